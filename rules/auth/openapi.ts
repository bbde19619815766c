import { lookIn, mapsOf, scalar, type MapValue, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt } from '../_kubernetes.ts';

const file = 'openapi.yaml';
const { identity, transit } = families;
const doc = (...lines: readonly string[]): string => ['openapi: 3.0.3', 'info:', '  title: inference', ...lines, ''].join('\n');
const operation = (...lines: readonly string[]): readonly string[] => ['paths:', '  /generate:', '    post:', ...lines.map((line) => `      ${line}`)];
const common = {
  file,
  why: identity.why,
  references: identity.references,
  whenNotToUse: 'For APIs that are public on purpose.',
  noFix: 'How clients sign in has to be decided.',
} as const;
/** Schemes of the IANA registry of HTTP authentication. */
const httpSchemes = new Set([
  'basic',
  'bearer',
  'digest',
  'dpop',
  'gnap',
  'hoba',
  'mutual',
  'negotiate',
  'oauth',
  'privatetoken',
  'scram-sha-1',
  'scram-sha-256',
  'vapid',
  'concealed',
]);

function schemesOf(context: ResourceContext): readonly MapValue[] {
  return (context.unit.byType.get('openapi_scheme') ?? []).map(mapOfResource);
}

const keyAt = (map: MapValue, key: string): Value | undefined => {
  const entry = map.entries.get(key);
  return entry && { ...entry.value, at: entry.keyOrigin };
};

const oauth = ['components:', '  securitySchemes:', '    login:', '      type: oauth2', '      flows:', '        clientCredentials:', '          scopes:', '            read: all'];

/** Lists without an end that are reported of one description. */
const mostLists = 10;
/** Operations that switch sign-in off and are reported of one description. */
const mostOpen = 5;

export default [
  objectRule({
    ...common,
    id: 'auth/openapi-without-security',
    title: 'API without security',
    severity: 'low',
    confidence: 'medium',
    types: ['openapi'],
    what: 'Reports API descriptions without a `security` section, where some operation has none of its own.',
    check: (resource, tell, context) => {
      if (resource.attributes.has('security') || !resource.complete) return;
      const operations = context.unit.byType.get('openapi_operation') ?? [];
      if (operations.length === 0 || operations.some((one) => !one.attributes.has('security')))
        tell(undefined, 'The API asks for no sign-in unless an operation says so.');
    },
    bad: 'openapi: 3.0.3\n^^^^^^^\npaths:\n  /generate:\n    post:\n      operationId: generate\n',
    good: doc('security:', '  - key: []'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-empty-security',
    title: 'API with empty security',
    severity: 'medium',
    types: ['openapi'],
    what: 'Reports `security: []` for a whole API.',
    check: (resource, tell) => {
      const value = resource.attributes.get('security');
      if ((value?.value.kind === 'list' && value.value.items.length === 0) || (value?.value.kind === 'map' && value.value.entries.size === 0))
        tell({ ...value.value, at: value.keyOrigin }, 'The API switches sign-in off for all operations.');
    },
    bad: doc('security: []', '^^^^^^^^'),
    good: doc('security:', '  - key: []'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-optional-security',
    title: 'API with optional security',
    severity: 'medium',
    types: ['openapi'],
    what: 'Reports an empty requirement, `{}`, in the security of a whole API.',
    check: (resource, tell) => {
      for (const map of lookIn(mapOfResource(resource), 'security').values.flatMap((value) => (value.kind === 'list' ? value.items : [])))
        if (map.kind === 'map' && map.entries.size === 0) tell(map, 'The API lets clients in that did not sign in.');
    },
    bad: doc('security: [{}]', '           ^^'),
    good: doc('security:', '  - key: []'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-operation-empty-security',
    title: 'Operation with empty security',
    severity: 'medium',
    types: ['openapi_operation'],
    what: 'Reports `security: []` of an operation.',
    check: (resource, tell, context) => {
      const emptied = (one: typeof resource): boolean => {
        const value = one.attributes.get('security')?.value;
        return value?.kind === 'list' && value.items.length === 0;
      };
      if (!emptied(resource)) return;
      const all = (context.unit.byType.get('openapi_operation') ?? []).filter(emptied);
      const place = all.indexOf(resource);
      if (place >= mostOpen) return;
      const value = resource.attributes.get('security')!;
      const more = place === mostOpen - 1 ? all.length - mostOpen : 0;
      tell(
        { ...value.value, at: value.keyOrigin },
        more > 0 ? `${resource.name} can be called by anybody, as can ${more} more.` : `${resource.name} can be called by anybody.`,
      );
    },
    bad: doc(...operation('security: []', '^^^^^^^^')),
    good: doc(...operation('security: [{ key: [] }]')),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-operation-optional-security',
    title: 'Operation with optional security',
    severity: 'medium',
    types: ['openapi_operation'],
    what: 'Reports `{}` in the security of an operation.',
    check: (resource, tell) => {
      const value = resource.attributes.get('security');
      if (value?.value.kind === 'map' && value.value.entries.size === 0)
        tell({ ...value.value, at: value.keyOrigin }, `${resource.name} can be called by anybody.`);
      for (const map of value?.value.kind === 'list' ? value.value.items : [])
        if (map.kind === 'map' && map.entries.size === 0) tell(map, `${resource.name} lets clients in that did not sign in.`);
    },
    bad: doc(...operation('security: [{}]', '           ^^')),
    good: doc(...operation('security: [{ key: [] }]')),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-operation-without-security',
    title: 'Operation without security',
    severity: 'low',
    confidence: 'medium',
    types: ['openapi_operation'],
    what: 'Reports operations without `security` in an API that has none for all.',
    check: (resource, tell, context) => {
      if (
        !resource.attributes.has('security') &&
        (context.unit.byType.get('openapi') ?? []).some((one) => !one.attributes.has('security') && one.complete) &&
        schemesOf(context).length > 0
      )
        tell(undefined, `${resource.name} asks for no sign-in.`);
    },
    bad: doc(...operation('operationId: a'), 'components:', '  securitySchemes:', '    key:', '      type: apiKey').replace(
      '    post:\n',
      '    post:\n    ^^^^\n',
    ),
    good: doc('security: [{ key: [] }]', ...operation('operationId: a')),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-schemes-undefined',
    title: 'API that defines no way to sign in',
    severity: 'low',
    types: ['openapi'],
    what: 'Reports API descriptions without `securitySchemes` or `securityDefinitions`.',
    check: (resource, tell) => {
      const swagger = resource.attributes.get('swagger');
      const own = resource.attributes.get('securityDefinitions');
      const components = resource.attributes.get('components');
      const schemes = components?.value.kind === 'map' ? components.value.entries.get('securitySchemes') : undefined;
      const entry = swagger ? own : schemes;
      if (
        entry
          ? entry.value.kind === 'map' && entry.value.entries.size === 0 && entry.value.complete
          : resource.complete && (swagger !== undefined || components === undefined || components.value.kind === 'map')
      )
        tell(
          entry ? { ...entry.value, at: entry.keyOrigin } : swagger ? undefined : components && { ...components.value, at: components.keyOrigin },
          'The API defines no way to sign in.',
        );
    },
    bad: doc('components:', '^^^^^^^^^^', '  schemas: {}'),
    good: doc('components:', '  securitySchemes:', '    key:', '      type: apiKey'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-unknown-scheme',
    title: 'API with an unknown scheme',
    severity: 'low',
    types: ['openapi_scheme'],
    what: 'Reports HTTP schemes that no registry knows.',
    check: (resource, tell) => {
      if (textAt(resource, 'type') !== 'http') return;
      for (const value of lookIn(mapOfResource(resource), 'scheme').values)
        if (value.kind === 'string' && !httpSchemes.has(value.value.toLowerCase()))
          tell(value, `The scheme "${value.value}" of "${resource.name}" is not known.`);
    },
    bad: doc('components:', '  securitySchemes:', '    key:', '      type: http', '      scheme: magic', '              ^^^^^'),
    good: doc('components:', '  securitySchemes:', '    key:', '      type: http', '      scheme: bearer'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-undefined-requirement',
    title: 'Security that is not defined',
    severity: 'medium',
    types: ['openapi', 'openapi_operation'],
    what: 'Reports requirements whose name no scheme has.',
    check: (resource, tell, context) => {
      const defined = new Set((context.unit.byType.get('openapi_scheme') ?? []).map((one) => one.name));
      for (const map of mapsAt(resource, 'security'))
        for (const entry of map.entries.values())
          if (!defined.has(entry.key)) tell({ ...entry.value, at: entry.keyOrigin }, `The requirement "${entry.key}" is not defined.`);
    },
    bad: doc('security:', '  - key: []', '    ^^^'),
    good: doc('security:', '  - key: []', 'components:', '  securitySchemes:', '    key:', '      type: apiKey'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-undefined-scope',
    title: 'Scope that is not defined',
    severity: 'low',
    types: ['openapi', 'openapi_operation'],
    what: 'Reports scopes of a requirement that the flows of its OAuth scheme do not name.',
    check: (resource, tell, context) => {
      const schemes = context.unit.byType.get('openapi_scheme') ?? [];
      for (const entry of mapsAt(resource, 'security').flatMap((map) => [...map.entries.values()])) {
        const scheme = schemes.find((one) => one.name === entry.key);
        if (!scheme?.complete || textAt(scheme, 'type') !== 'oauth2') continue;
        const flows = [mapOfResource(scheme), ...mapsAt(scheme, 'flows').flatMap((map) => [...map.entries.values()].flatMap((flow) => mapsOf(flow.value)))];
        const named = flows.flatMap((flow) => flow.entries.get('scopes')?.value ?? []);
        if (named.length === 0 || named.some((one) => one.kind !== 'map' || !one.complete || one.entries.has('$ref'))) continue;
        for (const scope of entry.value.kind === 'list' ? entry.value.items : [])
          if (scope.kind === 'string' && !named.some((one) => one.kind === 'map' && one.entries.has(scope.value)))
            tell(scope, `The scope "${scope.value}" of "${entry.key}" is not defined.`);
      }
    },
    bad: doc('security:', "  - login: ['write']", '             ^^^^^', ...oauth),
    good: doc('security:', "  - login: ['read']", ...oauth),
  }),
  objectRule({
    ...common,
    id: 'secrets/openapi-cleartext-credentials',
    title: 'Credentials in clear text',
    severity: 'medium',
    confidence: 'medium',
    types: ['openapi_scheme'],
    why: transit.why,
    references: transit.references,
    what: 'Reports basic authentication, and keys in headers or addresses, where the API does not say that it is served over HTTPS only.',
    check: (resource, tell, context) => {
      const root = (context.unit.byType.get('openapi') ?? [])[0];
      const servers = root
        ? lookIn(mapOfResource(root), 'servers.url').values.concat(
            lookIn(mapOfResource(root), 'schemes').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])),
          )
        : [];
      const secured = servers.length > 0 && servers.every((value) => /^(?:https|wss)/.test(String(scalar(value) ?? '')));
      const type = textAt(resource, 'type');
      const basic = type === 'basic' || (type === 'http' && /^basic$/i.test(textAt(resource, 'scheme') ?? ''));
      if (basic && !secured) tell(keyAt(mapOfResource(resource), type === 'http' ? 'scheme' : 'type'), `"${resource.name}" sends passwords in clear text.`);
    },
    bad: doc('components:', '  securitySchemes:', '    login:', '      type: http', '      scheme: basic', '      ^^^^^^'),
    good: doc('servers:', '  - url: https://api.example.com', 'components:', '  securitySchemes:', '    login:', '      type: http', '      scheme: basic'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-basic',
    title: 'API with passwords in every request',
    severity: 'low',
    types: ['openapi_scheme'],
    what: 'Reports basic and digest authentication.',
    check: (resource, tell) => {
      const type = keyAt(mapOfResource(resource), 'type');
      if (textAt(resource, 'type') === 'basic' || (textAt(resource, 'type') === 'http' && /^(?:basic|digest)$/i.test(textAt(resource, 'scheme') ?? '')))
        tell(type, `"${resource.name}" sends a password with every request.`);
    },
    bad: doc('components:', '  securitySchemes:', '    login:', '      type: http', '      ^^^^', '      scheme: basic'),
    good: doc('components:', '  securitySchemes:', '    key:', '      type: http', '      scheme: bearer'),
  }),
  objectRule({
    ...common,
    id: 'secrets/openapi-key-in-query',
    title: 'API key in the address',
    severity: 'medium',
    types: ['openapi_scheme'],
    references: ['CWE-522', 'IA-5'],
    why: 'Addresses stand in logs of servers and proxies, and in histories.',
    what: 'Reports API keys in the query.',
    check: (resource, tell) => {
      if (textAt(resource, 'type') === 'apiKey')
        for (const value of lookIn(mapOfResource(resource), 'in').values)
          if (scalar(value) === 'query') tell(value, `"${resource.name}" puts the key into the address.`);
    },
    bad: doc('components:', '  securitySchemes:', '    key:', '      type: apiKey', '      in: query', '          ^^^^^'),
    good: doc('components:', '  securitySchemes:', '    key:', '      type: apiKey', '      in: header'),
  }),
  objectRule({
    ...common,
    id: 'auth/openapi-weak-flow',
    title: 'OAuth flow that is out of use',
    severity: 'low',
    types: ['openapi_scheme'],
    what: 'Reports the implicit and the password flow.',
    why: 'The implicit flow shows tokens to the browser, the password flow shows passwords to the client.',
    check: (resource, tell) => {
      for (const map of mapsAt(resource, 'flows'))
        for (const name of ['implicit', 'password']) {
          const hit = keyAt(map, name);
          if (hit) tell(hit, `"${resource.name}" offers the ${name} flow.`);
        }
      for (const value of lookIn(mapOfResource(resource), 'flow').values)
        if (/^(?:implicit|password)$/.test(String(scalar(value)))) tell(value, `"${resource.name}" offers the ${String(scalar(value))} flow.`);
    },
    bad: doc('components:', '  securitySchemes:', '    login:', '      type: oauth2', '      flows:', '        implicit: {}', '        ^^^^^^^^'),
    good: doc('components:', '  securitySchemes:', '    login:', '      type: oauth2', '      flows:', '        authorizationCode: {}'),
  }),
  objectRule({
    ...common,
    id: 'transport/openapi-sign-in-http',
    title: 'Sign-in over plain HTTP',
    severity: 'medium',
    types: ['openapi_scheme'],
    why: transit.why,
    references: transit.references,
    what: 'Reports addresses of OAuth and OpenID with `http`.',
    noFix: 'The server has to offer TLS.',
    check: (resource, tell) => {
      const paths = [
        'openIdConnectUrl',
        'authorizationUrl',
        'tokenUrl',
        ...['implicit', 'password', 'clientCredentials', 'authorizationCode'].flatMap((flow) =>
          ['authorizationUrl', 'tokenUrl', 'refreshUrl'].map((name) => `flows.${flow}.${name}`),
        ),
      ];
      for (const value of paths.flatMap((path) => lookIn(mapOfResource(resource), path).values))
        if (value.kind === 'string' && /^http:\/\/(?!localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)/.test(value.value))
          tell(value, `"${resource.name}" signs people in over plain HTTP.`);
    },
    bad: doc(
      'components:',
      '  securitySchemes:',
      '    login:',
      '      type: openIdConnect',
      '      openIdConnectUrl: http://id.example.com',
      '                        ^^^^^^^^^^^^^^^^^^^^^',
    ),
    good: doc('components:', '  securitySchemes:', '    login:', '      type: openIdConnect', '      openIdConnectUrl: https://id.example.com'),
  }),
  objectRule({
    ...common,
    id: 'transport/openapi-http',
    title: 'API over plain HTTP',
    severity: 'medium',
    types: ['openapi', 'openapi_operation'],
    why: transit.why,
    references: transit.references,
    what: 'Reports servers and schemes with `http`, of the whole and of single operations.',
    noFix: 'The server has to offer TLS.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'servers.url').values)
        if (value.kind === 'string' && /^(?:http|ws):\/\/(?!localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host\.docker)/.test(value.value))
          tell(value, 'The API is served over plain HTTP.');
      for (const value of lookIn(mapOfResource(resource), 'schemes').values.flatMap((one) => (one.kind === 'list' ? one.items : [one])))
        if (/^(?:http|ws)$/.test(String(scalar(value)))) tell(value, 'The API is served over plain HTTP.');
    },
    bad: doc('servers:', '  - url: http://api.example.com', '         ^^^^^^^^^^^^^^^^^^^^^^'),
    good: doc('servers:', '  - url: https://api.example.com'),
  }),
  objectRule({
    ...common,
    id: 'input-validation/openapi-unbounded-array',
    title: 'List without an end',
    severity: 'info',
    types: ['openapi'],
    why: 'A client can send as much as it likes.',
    references: ['CWE-770', 'SC-5'],
    what: 'Reports arrays in schemas without `maxItems`: the first ten of a description, which has them nowhere or everywhere.',
    noFix: 'The right number has to be known.',
    check: (resource, tell) => {
      const endless: Value[] = [];
      const visit = (map: MapValue, depth: number): void => {
        if (depth > 12) return;
        const type = map.entries.get('type');
        if (type && scalar(type.value) === 'array' && map.entries.has('items') && !map.entries.has('maxItems') && map.complete) endless.push(type.value);
        for (const entry of map.entries.values()) for (const inner of mapsOf(entry.value)) visit(inner, depth + 1);
      };
      for (const path of ['components.schemas', 'definitions', 'paths']) for (const map of mapsAt(resource, path)) visit(map, 0);
      const more = endless.length - mostLists;
      endless
        .slice(0, mostLists)
        .forEach((value, at) =>
          tell(value, more > 0 && at === mostLists - 1 ? `A list of the API has no end, nor have ${more} more.` : 'A list of the API has no end.'),
        );
    },
    bad: doc('components:', '  schemas:', '    Prompts:', '      type: array', '            ^^^^^', '      items: { type: string }'),
    good: doc('components:', '  schemas:', '    Prompts:', '      type: array', '      maxItems: 10', '      items: { type: string }'),
  }),
];
