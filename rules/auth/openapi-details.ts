import { lookIn, mapsOf, scalar, type MapValue, type Resource } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';

const file = 'openapi.yaml';
const { identity } = families;
const doc = (...lines: readonly string[]): string => ['openapi: 3.0.3', 'info:', '  title: inference', ...lines, ''].join('\n');
/** Operations that are reported of one description for what they have in common. */
const most = 5;

/** Whether an operation asks for a sign-in, by itself or by what holds for the whole description. */
function isGuarded(operation: Resource, context: ResourceContext): boolean {
  const own = operation.attributes.get('security')?.value;
  const value = own ?? (context.unit.byType.get('openapi') ?? [])[0]?.attributes.get('security')?.value;
  return value?.kind === 'list' && value.items.some((item) => item.kind === 'map' && item.entries.size > 0);
}

function responsesOf(operation: Resource): MapValue | undefined {
  const value = operation.attributes.get('responses')?.value;
  return value?.kind === 'map' && value.complete ? value : undefined;
}

const refuses = (operation: Resource): boolean => [...(responsesOf(operation)?.entries.keys() ?? [])].some((code) => /^(?:401|403|4XX|default)$/i.test(code));

export default [
  objectRule({
    id: 'auth/openapi-old-scheme',
    title: 'API with a way to sign in that is out of use',
    severity: 'low',
    types: ['openapi_scheme'],
    file,
    why: identity.why,
    references: identity.references,
    what: 'Reports the schemes Negotiate, HOBA, OAuth 1 and SCRAM with SHA-1, and API keys in cookies.',
    noFix: 'How clients sign in has to be decided.',
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      for (const value of lookIn(root, 'scheme').values) if (textAt(resource, 'type') === 'http' && /^(?:negotiate|hoba|oauth|scram-sha-1)$/i.test(String(scalar(value) ?? ''))) tell(value, `"${resource.name}" uses a scheme that is out of use.`);
      for (const value of lookIn(root, 'in').values) if (textAt(resource, 'type') === 'apiKey' && scalar(value) === 'cookie') tell(value, `"${resource.name}" puts the key into a cookie, which browsers send along with requests of foreign pages.`);
    },
    bad: doc('components:', '  securitySchemes:', '    login:', '      type: http', '      scheme: negotiate', '              ^^^^^^^^^'),
    good: doc('components:', '  securitySchemes:', '    login:', '      type: http', '      scheme: bearer'),
  }),
  objectRule({
    id: 'secrets/openapi-secret-in-query',
    title: 'Secret among the parameters of an address',
    severity: 'medium',
    confidence: 'medium',
    types: ['openapi_operation'],
    file,
    why: 'Addresses stand in logs of servers and proxies, and in histories.',
    references: ['CWE-200', 'IA-5'],
    what: 'Reports parameters in the query that are named as passwords, tokens and keys.',
    noFix: 'How clients hand the secret over instead has to be decided.',
    check: (resource, tell) => {
      for (const parameter of lookIn(mapOfResource(resource), 'parameters').values.flatMap(mapsOf)) {
        const name = parameter.entries.get('name')?.value;
        if (scalar(parameter.entries.get('in')?.value) === 'query' && /^(?:password|passwd|pwd|secret|client_?secret|api_?key|apikey|access_?token|auth_?token|private_?key)$/i.test(String(scalar(name) ?? ''))) tell(name, `${resource.name} takes ${String(scalar(name))} in its address.`);
      }
    },
    bad: doc('paths:', '  /login:', '    get:', '      parameters:', '        - name: password', '                ^^^^^^^^', '          in: query'),
    good: doc('paths:', '  /login:', '    get:', '      parameters:', '        - name: page', '          in: query'),
  }),
  objectRule({
    id: 'auth/openapi-refusal-undescribed',
    title: 'Operation that never says no',
    severity: 'info',
    confidence: 'medium',
    types: ['openapi_operation'],
    file,
    why: 'Clients that do not know a refusal take it for something else, and gateways that check answers by the description turn it into an error of the server.',
    references: identity.references,
    what: `Reports operations with a sign-in whose responses describe neither 401 nor 403; of one description at most ${most}.`,
    whenNotToUse: 'Where a gateway in front answers those who did not sign in.',
    noFix: 'What the answer holds has to be decided.',
    check: (resource, tell, context) => {
      if (!responsesOf(resource) || refuses(resource) || !isGuarded(resource, context)) return;
      const same = (context.unit.byType.get('openapi_operation') ?? []).filter((one) => responsesOf(one) && !refuses(one) && isGuarded(one, context));
      if (same.indexOf(resource) < most) tell({ ...resource.attributes.get('responses')!.value, at: resource.attributes.get('responses')!.keyOrigin }, `${resource.name} does not say what those get who may not call it.`);
    },
    bad: doc('security: [{ key: [] }]', 'paths:', '  /generate:', '    post:', '      responses:', '      ^^^^^^^^^', "        '200': { description: done }"),
    good: doc('security: [{ key: [] }]', 'paths:', '  /generate:', '    post:', '      responses:', "        '200': { description: done }", "        '401': { description: sign in first }"),
  }),
];
