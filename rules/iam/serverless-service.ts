import { lookIn, mapsOf, scalar, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const file = 'serverless.yml';
const { privilege, exposed, retention } = families;
const broad = /(?:^|\/)(?:AdministratorAccess|PowerUserAccess|IAMFullAccess|\w+FullAccess)$/;
const fewestDays = 7;
const sample = (...lines: readonly string[]): string =>
  ['service: chat', 'provider:', '  name: aws', ...lines.map((line) => `  ${line}`), 'functions:', '  ask:', '    handler: ask.handler', ''].join('\n');

/** True for a statement that lets everybody do something, with no condition. */
function letsEverybody(statement: Value): Value | undefined {
  if (statement.kind !== 'map' || statement.entries.has('Condition') || scalar(statement.entries.get('Effect')?.value) !== 'Allow') return undefined;
  const principal = statement.entries.get('Principal')?.value;
  const inner = principal?.kind === 'map' ? principal.entries.get('AWS')?.value : principal;
  return scalar(inner) === '*' ? inner : undefined;
}

/** What a service of the Serverless Framework says for all of its functions. Source: "Serverless.yml reference" of its documentation. */
export default [
  objectRule({
    id: 'iam/serverless-broad-policy',
    title: 'Functions with a policy for everything',
    severity: 'medium',
    types: ['serverless_provider'],
    file,
    what: 'Reports `AdministratorAccess` and other policies with full access among the managed policies of a service.',
    why: privilege.why,
    references: privilege.references,
    noFix: 'What the functions need has to be known.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      for (const one of ['iam.role.managedPolicies', 'iam_managed_policies', 'iamManagedPolicies'].flatMap((path) => textsAt(mapOfResource(resource), path)))
        if (broad.test(one.value)) tell(one, `All functions of the service get ${broad.exec(one.value)![0].replace('/', '')}.`);
    },
    bad: sample('iam:', '  role:', '    managedPolicies:', '      - arn:aws:iam::aws:policy/AdministratorAccess', `        ${'^'.repeat('arn:aws:iam::aws:policy/AdministratorAccess'.length)}`),
    good: sample('iam:', '  role:', '    managedPolicies:', '      - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
  }),
  objectRule({
    id: 'iam/serverless-open-resource-policy',
    title: 'API whose policy lets everybody in',
    severity: 'medium',
    types: ['serverless_provider'],
    file,
    what: 'Reports statements of `resourcePolicy` that allow `*` with no condition.',
    why: exposed.why,
    references: exposed.references,
    noFix: 'Who may call the API has to be known.',
    whenNotToUse: 'Where a deny beside it keeps the others out.',
    check: (resource, tell) => {
      const statements = ['api_gateway.resourcePolicy', 'resource_policy'].flatMap((path) => lookIn(mapOfResource(resource), path).values).flatMap(mapsOf);
      if (statements.some((one) => scalar(one.entries.get('Effect')?.value) === 'Deny')) return;
      for (const one of statements) {
        const at = letsEverybody(one);
        if (at) tell(at, 'Everybody may call the API of the service.');
      }
    },
    bad: sample('apiGateway:', '  resourcePolicy:', '    - Effect: Allow', "      Principal: '*'", '                  ^', '      Action: execute-api:Invoke', "      Resource: '*'"),
    good: sample('apiGateway:', '  resourcePolicy:', '    - Effect: Allow', '      Principal: {AWS: arn:aws:iam::111122223333:root}', '      Action: execute-api:Invoke', "      Resource: '*'"),
  }),
  objectRule({
    id: 'monitoring/serverless-short-log-retention',
    title: 'Functions whose logs are gone after days',
    severity: 'low',
    types: ['serverless_provider'],
    file,
    what: 'Reports `logRetentionInDays` of less than a week.',
    why: retention.why,
    references: retention.references,
    noFix: 'How long logs are kept has to be decided.',
    whenNotToUse: 'For services of a test bed.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'log_retention_in_days').values)
        if (Number(scalar(value)) < fewestDays) tell(value, `The logs of the service are gone after ${String(scalar(value))} days.`);
    },
    bad: sample('logRetentionInDays: 1', '                    ^'),
    good: sample('logRetentionInDays: 365'),
  }),
];
