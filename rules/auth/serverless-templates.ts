import { lookIn, scalar, truth } from '../../server/rule/queries.ts';
import { families, never, ifSet, service } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt } from '../_kubernetes.ts';

const file = 'template.yaml';
const { identity } = families;
const template = (kind: string, ...lines: readonly string[]): string => ['Resources:', '  Chat:', `    Type: AWS::Serverless::${kind}`, '    Properties:', ...lines.map((line) => `      ${line}`), ''].join('\n');
const marked = (text: string): string => text.replace('  Chat:\n', '  Chat:\n  ^^^^\n');
/** A sample in a template of SAM, whose properties other dialects do not have. */
const samples = (bad: readonly string[], good: readonly string[]) => [{ file, bad: template('Api', 'StageName: prod', ...bad), good: template('Api', 'StageName: prod', ...good) }];

/** APIs as the Serverless Application Model declares them. */
export default [
  objectRule({
    id: 'auth/sam-api-open', title: 'Serverless API without an authorizer', severity: 'low', confidence: 'medium', types: ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'], file, references: identity.references, why: identity.why, whenNotToUse: 'Where the functions check the caller themselves.', noFix: 'An authorizer has to be written or chosen first.',
    what: 'Reports `AWS::Serverless::Api` and `AWS::Serverless::HttpApi` without an authorizer, an API key or a resource policy for all their routes.',
    check: (resource, tell) => {
      if (!/^(?:Api|HttpApi)$/.test(textAt(resource, 'sam_kind') ?? '')) return;
      const auth = resource.attributes.get('auth')?.value;
      const definition = ['definition_body', 'definition_uri'].some((name) => resource.attributes.has(name));
      if (!auth) {
        if (resource.complete && !definition) tell(undefined, `API "${resource.name}" can be called by anybody.`);
        return;
      }
      if (auth.kind !== 'map' || !auth.complete) return;
      const guarded = ['default_authorizer', 'resource_policy', 'enable_iam_authorizer'].some((name) => auth.entries.has(name) && scalar(auth.entries.get(name)!.value) !== 'NONE') || truth(auth.entries.get('api_key_required')?.value) !== false && auth.entries.has('api_key_required');
      if (!guarded) tell({ ...auth, at: resource.attributes.get('auth')!.keyOrigin }, `API "${resource.name}" can be called by anybody.`);
    },
    bad: marked(template('Api', 'StageName: prod')), good: template('Api', 'StageName: prod', 'Auth:', '  DefaultAuthorizer: AWS_IAM'),
  }),
  objectRule({
    id: 'auth/sam-event-open', title: 'Route of a serverless function without an authorizer', severity: 'low', confidence: 'high', types: ['aws_lambda_function'], file, references: identity.references, why: identity.why, whenNotToUse: 'For routes that anybody may call, such as a health check.', noFix: 'An authorizer has to be written or chosen first.',
    what: 'Reports events of `AWS::Serverless::Function` that take the authorizer of the API away, or that have none on an API that the template does not name.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'events.*.properties.auth.authorizer').values) if (scalar(value) === 'NONE') tell(value, `A route of function "${resource.name}" can be called by anybody.`);
      for (const event of mapsAt(resource, 'events.*')) {
        const kind = /^(?:Api|HttpApi)$/.exec(String(scalar(event.entries.get('type')?.value) ?? ''))?.[0];
        const route = event.entries.get('properties')?.value;
        if (kind === undefined || resource.attributes.has(`sam_${kind.toLowerCase()}_auth`) || (route && (route.kind !== 'map' || !route.complete))) continue;
        const method = String(scalar(route?.entries.get('method')?.value) ?? '');
        if (route && (['auth', 'rest_api_id', 'api_id'].some((name) => route.entries.has(name)) || /^(?:head|options)$/i.test(method))) continue;
        tell(event.entries.get('type')?.value, `A route of function "${resource.name}" can be called by anybody.`);
      }
    },
    bad: template('Function', 'Handler: a.b', 'Events:', '  Ask:', '    Type: Api', '    Properties:', '      Path: /ask', '      Method: post', '      Auth:', '        Authorizer: NONE', '                    ^^^^'),
    good: template('Function', 'Handler: a.b', 'Events:', '  Ask:', '    Type: Api', '    Properties:', '      Path: /ask', '      Method: post', '      Auth:', '        Authorizer: AWS_IAM'),
  }),
  ...service('Serverless API', ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'], {
    identity: {
      'sam-cors-any-origin': ['cors.allow_origin|cors|cors_configuration.allow_origins|cors_configuration', never(/^'?\*'?$|^true$/, '*', 'https://app.example.com'), 'accepts requests from every site', {
        severity: 'low', examples: samples(['Cors: "\'*\'"', '       ^^^'], ['Cors: "\'https://app.example.com\'"']),
      }],
    },
    oldTls: {
      'sam-api-old-tls': ['domain.security_policy', ifSet('TLS_1_0', 'TLS_1_2'), 'accepts outdated TLS versions', {
        examples: samples(['Domain:', '  SecurityPolicy: TLS_1_0', '                  ^^^^^^^'], ['Domain:', '  SecurityPolicy: TLS_1_2']),
      }],
    },
    exposed: {
      'sam-api-public': ['endpoint_configuration.type|endpoint_configuration', never(/^(?:EDGE|REGIONAL)$/i, 'EDGE', 'PRIVATE'), 'is reachable from the internet', {
        severity: 'info', confidence: 'low', examples: samples(['EndpointConfiguration:', '  Type: EDGE', '        ^^^^'], ['EndpointConfiguration:', '  Type: PRIVATE']),
      }],
    },
  }),
];
