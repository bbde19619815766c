import { lookIn, scalar, truth, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'serverless.yml';
const sample = (provider: readonly string[], ...lines: readonly string[]): string => ['service: triage', 'provider:', '  name: aws', ...provider.map((line) => `  ${line}`), 'functions:', '  ask:', '    handler: a.b', ...lines.map((line) => `    ${line}`), ''].join('\n');
const marked = (text: string): string => text.replace('  ask:\n', '  ask:\n  ^^^\n');

export default [
  objectRule({
    id: 'iam/serverless-shared-role', title: 'Function without a role of its own', severity: 'info', confidence: 'medium', types: ['serverless_function'], file, what: 'Reports functions of the Serverless Framework that share the role of their service.', why: families.privilege.why, references: families.privilege.references,
    check: (resource, tell) => { if (resource.complete && !['role', 'iam_role_statements', 'iam_role_statements_name'].some((key) => resource.attributes.has(key))) tell(undefined, `Function "${resource.name}" shares the role of its service.`); },
    bad: marked(sample([])), good: sample([], 'role: arn:aws:iam::111122223333:role/ask'),
  }),
  objectRule({
    id: 'iam/function-shared-role', title: 'Functions that share a role', severity: 'info', confidence: 'medium', types: ['aws_lambda_function', 'serverless_function'], file: 'template.yaml', what: 'Reports functions whose role another function of the same template has, too.', why: families.privilege.why, references: families.privilege.references,
    check: (resource, tell, context) => {
      const role = resource.attributes.get('role')?.value;
      const keyOf = (value: Value | undefined): string | undefined => (value?.kind === 'reference' ? `ref ${value.target}` : value?.kind === 'string' ? value.value : undefined);
      const key = keyOf(role);
      if (role && key !== undefined && (context.unit.byType.get(resource.type) ?? []).some((one) => one.address !== resource.address && keyOf(one.attributes.get('role')?.value) === key)) tell(role, `Function "${resource.name}" shares its role with another.`);
    },
    bad: 'Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: arn:aws:iam::111122223333:role/x\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  B:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: arn:aws:iam::111122223333:role/x\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n', good: 'Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: arn:aws:iam::111122223333:role/x\n',
  }),
  objectRule({
    id: 'monitoring/serverless-without-tracing', title: 'Function without tracing', severity: 'info', types: ['serverless_function'], file, what: 'Reports functions of the Serverless Framework without active tracing.', why: families.logging.why, references: families.logging.references,
    check: (resource, tell) => { const value = resource.attributes.get('tracing')?.value; if (value ? value.kind !== 'unknown' && value.kind !== 'map' && !(truth(value) === true || scalar(value) === 'Active') : resource.complete) tell(value, `Function "${resource.name}" traces no requests.`); },
    bad: marked(sample([])), good: sample([], 'tracing: Active'),
  }),
  objectRule({
    id: 'storage/serverless-environment-without-key', title: 'Function environment without a customer-managed key', severity: 'info', confidence: 'medium', types: ['serverless_function'], file, what: 'Reports functions of the Serverless Framework with an environment and no key for it.', why: families.customerKey.why, references: families.customerKey.references,
    check: (resource, tell) => { if (resource.complete && resource.attributes.has('environment') && !resource.attributes.has('kms_key_arn')) tell(undefined, `Function "${resource.name}" keeps its environment without a customer-managed key.`); },
    bad: marked(sample([], 'environment:', '  MODE: a')), good: sample(['kmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/a'], 'environment:', '  MODE: a'),
  }),
  objectRule({
    id: 'monitoring/serverless-without-dead-letter', title: 'Function that loses failed events', severity: 'info', confidence: 'low', types: ['serverless_function'], file, what: 'Reports functions of the Serverless Framework without `onError` or a destination.', why: 'What failed is gone, and nobody knows.', references: families.logging.references,
    check: (resource, tell) => { if (resource.complete && !resource.attributes.has('on_error') && !resource.attributes.has('dead_letter') && !resource.attributes.has('destinations')) tell(undefined, `Function "${resource.name}" loses events that fail.`); },
    bad: marked(sample([])), good: sample([], 'onError: arn:aws:sns:eu-west-1:111122223333:failed'),
  }),
  objectRule({
    id: 'monitoring/serverless-api-without-log', title: 'API without an access log', severity: 'info', confidence: 'medium', types: ['serverless_provider'], file, what: 'Reports services of the Serverless Framework that switch the log of their API off, or do not switch it on.', why: families.logging.why, references: families.logging.references,
    check: (resource, tell) => { const found = lookIn(mapOfResource(resource), 'logs.restApi').values.concat(lookIn(mapOfResource(resource), 'logs.httpApi').values); const off = found.find((value) => truth(value) === false); if (off) tell(off, 'The API of the service records no access.'); },
    bad: sample(['logs:', '  restApi: false', '           ^^^^^']), good: sample(['logs:', '  restApi: true']),
  }),
  objectRule({
    id: 'transport/serverless-api-old-tls', title: 'API domain with outdated TLS', severity: 'medium', types: ['serverless_provider'], file, what: 'Reports domains of the Serverless Framework with TLS 1.0.', why: families.oldTls.why, references: families.oldTls.references,
    check: (resource, tell) => { for (const path of ['domain.securityPolicy', 'api_gateway.securityPolicy']) for (const value of lookIn(mapOfResource(resource), path).values) if (/1_0/.test(String(scalar(value)))) tell(value, 'The API of the service accepts outdated TLS versions.'); },
    bad: sample(['domain:', '  securityPolicy: TLS_1_0', '                  ^^^^^^^']), good: sample(['domain:', '  securityPolicy: TLS_1_2']),
  }),
  objectRule({
    id: 'network/serverless-api-public', title: 'API that the internet can reach', severity: 'info', confidence: 'low', types: ['serverless_provider'], file, what: 'Reports `endpointType` other than PRIVATE.', why: families.exposed.why, references: families.exposed.references,
    check: (resource, tell) => { for (const value of lookIn(mapOfResource(resource), 'endpoint_type').values) if (scalar(value) !== undefined && !/^private$/i.test(String(scalar(value)))) tell(value, 'The API of the service can be reached from the internet.'); },
    bad: sample(['endpointType: REGIONAL', '              ^^^^^^^^']), good: sample(['endpointType: PRIVATE']),
  }),
  objectRule({
    id: 'auth/serverless-endpoint-open', title: 'HTTP endpoint of a function without an authorizer', severity: 'low', confidence: 'medium', types: ['serverless_function'], file, references: families.identity.references, why: families.identity.why, whenNotToUse: 'Where the function checks the caller itself.', noFix: 'An authorizer has to be written or chosen first.',
    what: 'Reports `http` and `httpApi` events without `authorizer`, `private` or IAM, in services of the Serverless Framework.',
    check: (resource, tell) => {
      for (const event of lookIn(mapOfResource(resource), 'events').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
        const settings = event.kind === 'map' ? (event.entries.get('http') ?? event.entries.get('httpApi'))?.value : undefined;
        if (settings?.kind === 'string') {
          if (/^(?!options\b)[a-z*]+ \/?\S*$/i.test(settings.value)) tell(settings, `Function "${resource.name}" can be called by anybody over HTTP.`);
          continue;
        }
        if (settings?.kind !== 'map' || !settings.complete || settings.entries.has('authorizer') || (settings.entries.has('private') && truth(settings.entries.get('private')!.value) !== false)) continue;
        if (/^options$/i.test(String(scalar(settings.entries.get('method')?.value)))) continue;
        tell(settings.entries.get('path')?.value ?? settings, `Function "${resource.name}" can be called by anybody over HTTP.`);
      }
    },
    bad: sample([], 'events:', '  - http:', '      path: ask', '            ^^^', '      method: post'), good: sample([], 'events:', '  - http:', '      path: ask', '      method: post', '      authorizer: aws_iam'),
  }),
];
