import type { Rule } from '../../server/rule/rule.ts';
import { callRule } from '../_calls.ts';
import { calleesOf, judgeBy, type SettingRow } from '../_settings.ts';
import { sample } from '../_samples.ts';

const schema = 'Anybody is shown every type, field and mutation of the service.';
const apollo = ['@apollo/server.ApolloServer', 'apollo-server.ApolloServer', 'apollo-server-{express,fastify,koa,lambda,micro}.ApolloServer'];
const nest = ['@nestjs/graphql.GraphQLModule.{forRoot,forRootAsync}'];

const rows: readonly SettingRow[] = [
  { callees: [...apollo, ...nest], at: ['includeStacktraceInErrorResponses', 'debug'], bad: [true], message: 'Callers are shown the call stack of errors.', instead: 'false' },
  { callees: [...apollo, ...nest], at: ['introspection'], bad: [true], severity: 'low', message: schema },
  { callees: [...apollo, ...nest], at: ['playground'], bad: [true], severity: 'low', message: schema, instead: 'false' },
  { callees: ['elysia.Elysia'], at: ['allowUnsafeValidationDetails'], bad: [true], severity: 'low', message: 'Callers are shown what a request is checked against.', instead: 'false' },
  { callees: ['graphql-yoga.createYoga', '@graphql-yoga/node.createServer'], at: ['maskedErrors'], bad: [false], message: 'Callers are shown errors as they were thrown, with queries and paths.', instead: 'true' },
  { callees: ['express-graphql.graphqlHTTP', 'koa-graphql.graphqlHTTP', 'graphql-yoga.createYoga'], at: ['graphiql'], bad: [true], severity: 'low', message: schema, instead: 'false' },
  { callees: ['fastify.App#register'], plugin: /^mercurius/, at: ['graphiql', 'ide'], bad: [true, 'graphiql', 'playground'], severity: 'low', message: schema, instead: 'false' },
  { callees: ['@trpc/server.initTRPC.create', '@trpc/server.initTRPC.context().create'], at: ['isDev'], bad: [true], severity: 'low', message: 'Callers are shown the call stack of errors.', instead: 'false' },
  { callees: ['@hapi/hapi.server', '@hapi/hapi.Server'], at: ['debug.log', 'routes.validate.options.debug'], bad: ['*'], severity: 'low', message: 'Requests and errors are written out with all that they hold.' },
];

export default [
  callRule({
    id: 'monitoring/details-shown-to-peer', title: 'Service that shows its insides', severity: 'medium', references: ['CWE-209', 'CWE-200', 'SI-11'], callees: calleesOf(rows),
    what: 'Reports settings of GraphQL servers and their like by which callers are shown call stacks, unmasked errors, or the whole schema, in production as well.',
    why: 'File names, queries and the list of all that can be called tell an attacker what to try next.', whenNotToUse: 'For a public schema, or a service that only its developers reach.',
    noFix: 'Which environments may show it has to be decided.',
    judge: judgeBy(rows),
    examples: [{ file: 'server.ts', bad: sample(["import { ApolloServer } from '@apollo/server';", "export const server = new ApolloServer({ typeDefs: '', introspection: «true» });"]), good: sample(["import { ApolloServer } from '@apollo/server';", "export const server = new ApolloServer({ typeDefs: '', introspection: process.env.NODE_ENV !== 'production' });"]) }, { file: 'yoga.ts', bad: sample(["import { createYoga } from 'graphql-yoga';", "import { schema } from './schema';", 'export const yoga = createYoga({ schema, maskedErrors: «false» });']), fixed: sample(["import { createYoga } from 'graphql-yoga';", "import { schema } from './schema';", 'export const yoga = createYoga({ schema, maskedErrors: true });']), good: sample(["import { createYoga } from 'graphql-yoga';", "import { schema } from './schema';", 'export const yoga = createYoga({ schema });']) }],
  }),
] satisfies readonly Rule[];
