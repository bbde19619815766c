import { lookIn, scalar, truth, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'serverless.yml';
const sample = (provider: readonly string[], ...lines: readonly string[]): string => ['service: triage', 'provider:', '  name: aws', ...provider.map((line) => `  ${line}`), 'functions:', '  ask:', '    handler: a.b', ...lines.map((line) => `    ${line}`), ''].join('\n');
const marked = (text: string): string => text.replace('provider:\n', 'provider:\n^^^^^^^^\n');
const at = (resource: Resource, path: string): Value | undefined => lookIn(mapOfResource(resource), path).values[0];

/** The HTTP events of a function, under the name of their kind. */
function endpoints(resource: Resource, kinds: RegExp): readonly (readonly [kind: string, Value])[] {
  return lookIn(mapOfResource(resource), 'events').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).flatMap((event) => (event.kind === 'map' ? [...event.entries.values()] : []))
    .filter((entry) => kinds.test(entry.key)).map((entry) => [entry.key, entry.value]);
}

/** The origins that an event or an API lets in; `true` stands for all. */
function originsOf(cors: Value | undefined): readonly Value[] {
  if (cors?.kind === 'boolean') return cors.value ? [cors] : [];
  if (cors?.kind !== 'map') return [];
  const own = (map: MapValue): readonly Value[] => ['origin', 'origins', 'allowedOrigins'].flatMap((name) => map.entries.get(name)?.value ?? []);
  return own(cors).flatMap((value) => (value.kind === 'list' ? value.items : [value])).filter((value) => scalar(value) === '*');
}

export default [
  objectRule({
    id: 'auth/serverless-cors-any-origin', title: 'API that accepts requests from every site', severity: 'low', confidence: 'medium', types: ['serverless_function', 'serverless_provider'], file, references: families.identity.references, why: 'A page that a user happens to visit can read the answers of the API.',
    what: 'Reports `cors: true` and origins of `*` in services of the Serverless Framework.', noFix: 'The sites that may call the API have to be listed.', whenNotToUse: 'For APIs that anybody may call.',
    check: (resource, tell) => {
      const found = resource.type === 'serverless_provider' ? originsOf(at(resource, 'http_api.cors')) : endpoints(resource, /^http$/).flatMap(([, value]) => (value.kind === 'map' ? originsOf(value.entries.get('cors')?.value) : []));
      for (const value of found) tell(value, `${resource.type === 'serverless_provider' ? 'The API of the service' : `Function "${resource.name}"`} accepts requests from every site.`);
    },
    bad: sample([], 'events:', '  - http:', '      path: ask', '      method: post', '      private: true', '      cors:', '        origins:', "          - '*'", '             ^'), good: sample([], 'events:', '  - http:', '      path: ask', '      method: post', '      private: true', '      cors:', '        origins:', '          - https://app.example.com'),
  }),
  objectRule({
    id: 'auth/serverless-http-api-open', title: 'HTTP API route without an authorizer', severity: 'low', confidence: 'medium', types: ['serverless_function'], file, references: families.identity.references, why: families.identity.why, whenNotToUse: 'Where the function checks the caller itself.', noFix: 'An authorizer has to be written or chosen first.',
    what: 'Reports `httpApi` events and `$connect` routes of WebSocket APIs without `authorizer`, and `http` events in their short form, in services of the Serverless Framework.',
    check: (resource, tell) => {
      for (const [kind, value] of endpoints(resource, /^(?:http|httpApi|websocket)$/)) {
        const short = value.kind === 'string' && /^(?:\*|[a-z*]+ \S+)$/i.test(value.value) && !/^options /i.test(value.value);
        // A connection is asked who it is when it begins, not on each route.
        const begins = kind === 'httpApi' || (kind === 'websocket' && scalar(value.kind === 'map' ? value.entries.get('route')?.value : value) === '$connect');
        const open = begins && (value.kind === 'map' ? value.complete && !value.entries.has('authorizer') : kind === 'websocket');
        if (short || open) tell(value.kind === 'map' ? (value.entries.get('path') ?? value.entries.get('route'))?.value ?? value : value, `Function "${resource.name}" can be called by anybody over HTTP.`);
      }
    },
    bad: sample([], 'events:', '  - httpApi:', '      path: /ask', '            ^^^^', '      method: post'), good: sample([], 'events:', '  - httpApi:', '      path: /ask', '      method: post', '      authorizer:', '        type: aws_iam'),
  }),
  objectRule({
    id: 'monitoring/serverless-api-without-tracing', title: 'API without tracing', severity: 'info', confidence: 'medium', types: ['serverless_provider'], file, references: families.logging.references, why: families.logging.why,
    what: 'Reports services of the Serverless Framework that trace no requests to their REST API.',
    check: (resource, tell, context) => {
      const value = at(resource, 'tracing.apiGateway');
      const served = (context.unit.byType.get('serverless_function') ?? []).some((one) => endpoints(one, /^http$/).length > 0);
      const tracing = resource.attributes.get('tracing')?.value;
      if (value ? truth(value) === false : served && resource.complete && (tracing === undefined || (tracing.kind === 'map' && tracing.complete))) tell(value, 'The API of the service traces no requests.');
    },
    bad: sample(['tracing:', '  apiGateway: false', '              ^^^^^']), good: sample(['tracing:', '  apiGateway: true']),
  }),
  objectRule({
    id: 'monitoring/serverless-api-unlogged', title: 'Service that does not switch the log of its API on', severity: 'info', confidence: 'low', types: ['serverless_provider'], file, references: families.logging.references, why: families.logging.why,
    what: 'Reports services of the Serverless Framework with HTTP events and no `logs` for them.',
    check: (resource, tell, context) => {
      const served = (context.unit.byType.get('serverless_function') ?? []).some((one) => endpoints(one, /^(?:http|httpApi|websocket)$/).length > 0);
      if (served && resource.complete && !resource.attributes.has('logs')) tell(undefined, 'The API of the service records no access.');
    },
    bad: marked(sample([], 'events:', '  - http:', '      path: ask', '      method: get', '      private: true')), good: sample(['logs:', '  restApi: true'], 'events:', '  - http:', '      path: ask', '      method: get', '      private: true'),
  }),
  objectRule({
    id: 'monitoring/serverless-api-log-off', title: 'Service that switches the log of its API off', severity: 'low', confidence: 'medium', types: ['serverless_provider'], file, references: families.logging.references, why: families.logging.why,
    what: 'Reports `logs.restApi`, `logs.httpApi` and `logs.websocket` of the Serverless Framework that are false, or without `accessLogging`.',
    check: (resource, tell) => {
      for (const api of ['restApi', 'httpApi', 'websocket', 'http'])
        for (const path of [`logs.${api}`, `logs.${api}.accessLogging`, `logs.${api}.executionLogging`]) {
          const value = at(resource, path);
          if (value && truth(value) === false) tell(value, 'The API of the service records no access.');
        }
    },
    bad: sample(['logs:', '  restApi: false', '           ^^^^^']), good: sample(['logs:', '  restApi: true']),
  }),
  objectRule({
    id: 'monitoring/serverless-log-retention', title: 'Service that keeps its logs forever', severity: 'info', confidence: 'low', types: ['serverless_provider'], file, references: families.retention.references, why: 'Logs of requests hold personal data; what is kept without an end is disclosed in the end.',
    what: 'Reports services of the Serverless Framework without `logRetentionInDays`.',
    check: (resource, tell, context) => { if (resource.complete && !resource.attributes.has('log_retention_in_days') && (context.unit.byType.get('serverless_function') ?? []).some((one) => !one.attributes.has('log_retention_in_days'))) tell(undefined, 'The service names no time for which it keeps logs.'); },
    bad: marked(sample([])), good: sample(['logRetentionInDays: 365']),
  }),
  objectRule({
    id: 'storage/serverless-deployment-bucket', title: 'Deployment bucket without encryption of its own', severity: 'info', confidence: 'low', types: ['serverless_provider'], file, references: families.atRest.references, why: 'The bucket holds the code and the configuration of the service.',
    what: 'Reports services of the Serverless Framework that name a deployment bucket and not how it is encrypted.',
    check: (resource, tell) => {
      const bucket = at(resource, 'deployment_bucket');
      if (bucket?.kind === 'map' && bucket.complete && !bucket.entries.has('serverSideEncryption')) tell(bucket.entries.get('name')?.value ?? bucket, 'The deployment bucket of the service is not said to be encrypted.');
    },
    bad: sample(['deploymentBucket:', '  name: deployments', '        ^^^^^^^^^^^']), good: sample(['deploymentBucket:', '  name: deployments', '  serverSideEncryption: AES256']),
  }),
  objectRule({
    id: 'network/serverless-deployment-bucket-public', title: 'Deployment bucket that may be made public', severity: 'low', confidence: 'medium', types: ['serverless_provider'], file, references: families.exposed.references, why: 'The bucket holds the code and the settings of every release.', whenNotToUse: 'Where the account blocks public access for all of its buckets.', noFix: 'The framework sets it on buckets that it makes itself only.',
    what: 'Reports `blockPublicAccess: false` of the deployment bucket of a service.',
    check: (resource, tell) => { const value = at(resource, 'deployment_bucket.blockPublicAccess'); if (value && truth(value) === false) tell(value, 'The deployment bucket of the service may be made public.'); },
    bad: sample(['deploymentBucket:', '  blockPublicAccess: false', '                     ^^^^^']), good: sample(['deploymentBucket:', '  blockPublicAccess: true']),
  }),
  objectRule({
    id: 'dependencies/serverless-images-unscanned', title: 'Images of a service that nobody looks through', severity: 'low', confidence: 'medium', types: ['serverless_provider'], file, references: families.supply.references, why: families.supply.why, whenNotToUse: 'Where the account scans all of its registries.', noFix: 'Scanning may cost something.',
    what: 'Reports `scanOnPush: false` of the registry that a service makes for its images.',
    check: (resource, tell) => { const value = at(resource, 'ecr.scanOnPush'); if (value && truth(value) === false) tell(value, 'The images of the service are not scanned for known vulnerabilities.'); },
    bad: sample(['ecr:', '  scanOnPush: false', '              ^^^^^']), good: sample(['ecr:', '  scanOnPush: true']),
  }),
  objectRule({
    id: 'iam/serverless-admin-role', title: 'Function with an administrator role', severity: 'medium', confidence: 'medium', types: ['serverless_function'], file, references: families.privilege.references, why: families.privilege.why,
    what: 'Reports functions and services of the Serverless Framework whose role is called after administrators.', noFix: 'A narrower role has to be made.',
    check: (resource, tell) => { const role = resource.attributes.get('role')?.value; if (/admin(?:istrator)?/i.test(String(scalar(role) ?? ''))) tell(role, `Function "${resource.name}" runs with an administrator role.`); },
    bad: sample([], 'role: arn:aws:iam::111122223333:role/Admin', '      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'), good: sample([], 'role: arn:aws:iam::111122223333:role/ask'),
  }),
  objectRule({
    id: 'network/serverless-api-without-limit', title: 'API keys without a usage plan', severity: 'info', confidence: 'medium', types: ['serverless_provider'], file, references: families.filter.references, why: 'One client can use the API up for all others.',
    what: 'Reports services of the Serverless Framework with API keys and no usage plan.',
    check: (resource, tell) => { const gateway = at(resource, 'api_gateway'); if (gateway?.kind === 'map' && gateway.complete && gateway.entries.has('apiKeys') && !gateway.entries.has('usagePlan')) tell({ ...gateway.entries.get('apiKeys')!.value, at: gateway.entries.get('apiKeys')!.keyOrigin }, 'The API keys of the service have no usage plan.'); },
    bad: sample(['apiGateway:', '  apiKeys:', '  ^^^^^^^', '    - partner']), good: sample(['apiGateway:', '  apiKeys:', '    - partner', '  usagePlan:', '    quota:', '      limit: 1000']),
  }),
];
