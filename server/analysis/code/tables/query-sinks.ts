import type { SinkSpec } from './sink-spec.ts';

/** Queries of GraphQL, by client: handed over as texts, and sent as the body of a request. */
export const querySinks: readonly SinkSpec[] = [
  { kind: 'sql', names: ['JSON.stringify', 'json.dumps', 'axios.post', '{requests,httpx}.post', 'requests.Session#post', 'httpx.{Client,AsyncClient}#post', 'aiohttp.ClientSession#post', 'ky.post', 'got.post', 'got'], args: ['query', 'json.query', 'body.query'], when: 'graphql' },
  { kind: 'sql', names: ['graphql-request.{request,rawRequest}'], args: [1, 'document'], when: 'graphql' },
  { kind: 'sql', names: ['graphql-request.GraphQLClient#{request,rawRequest}', '{octokit,@octokit/core,@octokit/rest}.Octokit#graphql', '@octokit/graphql.graphql', '@actions/github.getOctokit().graphql', 'gql.gql', 'weaviate.Client#query.raw', 'weaviate.Client().query.raw', 'sgqlc.endpoint.http.HTTPEndpoint#()'], args: [0, 'document'], when: 'graphql' },
  { kind: 'sql', names: ['graphql.{graphql,graphqlSync}', 'python_graphql_client.GraphqlClient#{execute,execute_async}', 'firebase-admin.dataconnect().{executeGraphql,executeGraphqlRead}', 'graphene.Schema#execute'], args: [0, 1, 'source', 'query'], when: 'graphql' },
];
