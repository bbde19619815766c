import { podsOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar, truth, type Fix, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { exposed, segmentation, transit } = families;
const service = (...lines: readonly string[]): string => ['apiVersion: v1', 'kind: Service', 'metadata:', '  name: inference', ...lines, ''].join('\n');
const policy = (...lines: readonly string[]): string =>
  ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', 'metadata:', '  name: inference', 'spec:', ...lines.map((line) => `  ${line}`), ''].join('\n');
const annotationsOf = (resource: Resource): readonly { readonly key: string; readonly value: Value }[] =>
  lookIn(mapOfResource(resource), 'metadata.annotations').values.flatMap((value) => (value.kind === 'map' ? [...value.entries.values()] : []));
/**
 * Whether annotations keep a load balancer off the internet, each cloud by its own. The controller of AWS, which `external` and `nlb-ip` ask for, makes
 * internal ones unless a scheme says otherwise.
 */
function isInternal(resource: Resource): boolean {
  const settings = annotationsOf(resource).map((entry) => [entry.key, String(scalar(entry.value) ?? '')] as const);
  const scheme = settings.find(([key]) => /aws-load-balancer-scheme$/.test(key))?.[1];
  if (scheme !== undefined) return scheme === 'internal';
  return settings.some(([key, value]) => /internal/i.test(key) ? !/^false$|external/i.test(value) : /load-?balancer/i.test(key) && /^(?:internal|intranet|private|external|nlb-ip)$/i.test(value))
    || lookIn(mapOfResource(resource), 'spec.loadBalancerClass').values.length > 0;
}
const hasSelector = (map: MapValue | undefined): boolean =>
  map !== undefined && [...map.entries.values()].some((entry) => entry.value.kind !== 'map' || entry.value.entries.size > 0) && map.entries.size > 0;

/** Labels of the pods of a workload. */
function labelsOf(resource: Resource): readonly MapValue[] {
  return resource.type === 'k8s_pod' ? mapsAt(resource, 'metadata.labels') : mapsAt(resource, 'spec.template.metadata.labels');
}

function pods(context: ResourceContext): readonly Resource[] {
  return workloads.flatMap((type) => context.unit.byType.get(type) ?? []).filter((resource) => podsOf(resource).length > 0);
}

/** True when all labels of a selector are on the pods; undefined when that cannot be known. */
function selects(selector: MapValue, resource: Resource): boolean | undefined {
  const labels = labelsOf(resource);
  if (labels.some((map) => !map.complete) || !selector.complete) return undefined;
  return [...selector.entries.values()].every((entry) => labels.some((map) => scalar(map.entries.get(entry.key)?.value) === scalar(entry.value)));
}

function matchLabels(resource: Resource): MapValue | undefined {
  return lookIn(mapOfResource(resource), 'spec.podSelector.matchLabels').values.flatMap(mapsOf)[0];
}

/** A policy of its own behind the object, that denies its pods what no other policy allows. None in lists and in JSON. */
function denyingPolicy(resource: Resource, context: ResourceContext): readonly Fix[] {
  const document = context.sources.document(resource.origin.path);
  const { start, end } = resource.origin.range;
  if (resource.dialect !== 'kubernetes' || document?.language !== 'yaml' || document.text[start] === '{' || (start > 0 && document.text[start - 1] !== '\n'))
    return [];
  const labels = labelsOf(resource)[0];
  const pairs = labels?.complete
    ? [...labels.entries.values()].flatMap((entry) => (entry.value.kind === 'string' ? [`      ${entry.key}: ${JSON.stringify(entry.value.value)}`] : []))
    : [];
  if (labels && pairs.length !== labels.entries.size) return [];
  const namespace = textAt(resource, 'metadata.namespace');
  const lines = [
    '---',
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${resource.name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec:',
    ...(pairs.length === 0 ? ['  podSelector: {}'] : ['  podSelector:', '    matchLabels:', ...pairs]),
    '  policyTypes:',
    '    - Ingress',
    '    - Egress',
    '',
  ];
  const at = { path: document.path, range: { start: end, end } };
  return [
    {
      title: 'Add a policy that denies what no other allows',
      safe: false,
      intents: [{ kind: 'replace', origin: at, text: `${document.text[end - 1] === '\n' ? '' : '\n'}${lines.join('\n')}` }],
    },
  ];
}

export default [
  objectRule({
    id: 'network/service-node-port',
    title: 'Service on a port of every node',
    severity: 'low',
    types: ['k8s_service'],
    what: 'Reports services of the type NodePort.',
    why: exposed.why,
    references: exposed.references,
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'spec.type').values)
        if (scalar(value) === 'NodePort') tell(value, `Service "${resource.name}" is reachable on every node.`);
    },
    bad: service('spec:', '  type: NodePort', '        ^^^^^^^^'),
    good: service('spec:', '  type: ClusterIP'),
  }),
  objectRule({
    id: 'network/service-load-balancer',
    title: 'Service with a public load balancer',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_service'],
    what: 'Reports services of the type LoadBalancer without an annotation that keeps it internal.',
    why: exposed.why,
    references: exposed.references,
    whenNotToUse: 'For services that are public on purpose.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'spec.type').values) {
        if (
          scalar(value) === 'LoadBalancer' &&
          !isInternal(resource) &&
          !lookIn(mapOfResource(resource), 'metadata.annotations').unknown &&
          lookIn(mapOfResource(resource), 'spec.loadBalancerSourceRanges').values.length === 0
        )
          tell(value, `Service "${resource.name}" gets a load balancer that the internet can reach.`);
      }
    },
    bad: service('spec:', '  type: LoadBalancer', '        ^^^^^^^^^^^^'),
    good: service('  annotations:', '    service.beta.kubernetes.io/aws-load-balancer-internal: "true"', 'spec:', '  type: LoadBalancer'),
  }),
  objectRule({
    id: 'network/service-external-address',
    title: 'Service with an external address',
    severity: 'medium',
    types: ['k8s_service'],
    what: 'Reports `externalIPs`.',
    why: 'Whoever may make services takes over traffic to any address (CVE-2020-8554).',
    references: exposed.references,
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'spec.externalIPs')) tell(value, `Service "${resource.name}" takes traffic for ${value.value}.`);
    },
    bad: service('spec:', '  externalIPs: [203.0.113.4]', '                ^^^^^^^^^^^'),
    good: service('spec:', '  type: ClusterIP'),
  }),
  objectRule({
    id: 'network/service-without-target',
    title: 'Service without pods',
    severity: 'info',
    confidence: 'low',
    types: ['k8s_service'],
    what: 'Reports services whose selector fits no pod of a file that declares pods.',
    why: 'Traffic goes nowhere, or to whoever takes the labels.',
    references: segmentation.references,
    check: (resource, tell, context) => {
      const selector = lookIn(mapOfResource(resource), 'spec.selector').values.flatMap(mapsOf)[0];
      const all = pods(context);
      if (selector && selector.entries.size > 0 && all.length > 0 && all.every((one) => selects(selector, one) === false))
        tell([...selector.entries.values()][0]?.value, `Service "${resource.name}" selects no pod of this file.`);
    },
    bad: `${service('spec:', '  selector:', '    app: api', '         ^^^')}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: web\nspec:\n  containers: []\n`,
    good: `${service('spec:', '  selector:', '    app: api')}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: api\nspec:\n  containers: []\n`,
  }),
  objectRule({
    id: 'transport/ingress-without-tls',
    title: 'Ingress without TLS',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_ingress'],
    what: 'Reports ingresses without a `tls` section.',
    why: transit.why,
    references: transit.references,
    whenNotToUse: 'Where the load balancer in front ends TLS.',
    check: (resource, tell) => {
      const spec = resource.attributes.get('spec')?.value;
      if (spec?.kind === 'map' && spec.complete && !spec.entries.has('tls') && !annotationsOf(resource).some((entry) => /certificate|ssl|tls/i.test(entry.key)))
        tell(undefined, `Ingress "${resource.name}" ends no TLS.`);
    },
    bad: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n        ^^^\nspec:\n  rules: []\n',
    good: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  tls: []\n',
  }),
  objectRule({
    id: 'network/ingress-exposes-workload',
    title: 'Workload published by an ingress',
    severity: 'info',
    confidence: 'low',
    types: ['k8s_ingress'],
    what: 'Reports ingresses that lead to a service of the same file.',
    why: exposed.why,
    references: exposed.references,
    whenNotToUse: 'For what is public on purpose.',
    check: (resource, tell, context) => {
      const services = context.unit.byType.get('k8s_service') ?? [];
      for (const path of [
        'spec.rules.http.paths.backend.serviceName',
        'spec.rules.http.paths.backend.service.name',
        'spec.backend.serviceName',
        'spec.defaultBackend.service.name',
      ]) {
        for (const value of textsAt(mapOfResource(resource), path))
          if (services.some((one) => one.name === value.value)) tell(value, `Ingress "${resource.name}" publishes the service "${value.value}".`);
      }
    },
    bad: `${service('spec:', '  type: ClusterIP')}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  defaultBackend:\n    service:\n      name: inference\n            ^^^^^^^^^\n`,
    good: `${service('spec:', '  type: ClusterIP')}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  rules: []\n`,
  }),
  objectRule({
    id: 'network/ingress-unsafe-annotation',
    title: 'Ingress with an unsafe annotation',
    severity: 'medium',
    types: ['k8s_ingress'],
    what: 'Reports annotations of ingress-nginx that put text into the configuration of the server, or whose values hold characters by which one can.',
    why: 'The controller writes annotations into its configuration; whoever may write an ingress then runs code in it and reads all secrets (CVE-2021-25742, CVE-2025-1097, CVE-2025-24514).',
    references: ['CWE-94', 'AC-6', 'SI-10'],
    check: (resource, tell) => {
      for (const { key, value } of annotationsOf(resource)) {
        const text = scalar(value);
        if (!/nginx\.ingress\.kubernetes\.io\//.test(key) || typeof text !== 'string') continue;
        const snippet = /-snippet$/.test(key);
        const url =
          /(?:auth-url|auth-signin|permanent-redirect|temporal-redirect|app-root|rewrite-target|proxy-redirect-(?:from|to)|mirror-target|x-forwarded-prefix|auth-tls-match-cn|mirror-host)$/.test(
            key,
          );
        if (
          snippet
            ? /lua|load_module|root|alias|serviceaccount|location|proxy_pass/.test(text) || text.includes('{')
            : url && /[|{};`#"'\n\r]|\\|\$\(/.test(text.replace(/\$[\w]+|\$\{\w+\}/g, ''))
        )
          tell(value, `Annotation ${key} of ingress "${resource.name}" can change the configuration of the server.`);
      }
    },
    bad: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n  annotations:\n    nginx.ingress.kubernetes.io/auth-url: https://example.com/#;}\n                                          ^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n  annotations:\n    nginx.ingress.kubernetes.io/auth-url: https://example.com/auth\n',
  }),
  objectRule({
    id: 'network/policy-without-target',
    title: 'Network policy that selects no pod',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_networkpolicy'],
    what: 'Reports network policies whose selector fits no pod of the same file or module.',
    why: segmentation.why,
    references: segmentation.references,
    check: (resource, tell, context) => {
      const labels = matchLabels(resource);
      const all = pods(context);
      if (labels && labels.entries.size > 0 && all.every((one) => selects(labels, one) === false) && (all.length > 0 || resource.dialect === 'terraform'))
        tell([...labels.entries.values()][0]?.value, `Network policy "${resource.name}" selects no pod that is declared here.`);
    },
    bad: `${policy('podSelector:', '  matchLabels:', '    app: api', '         ^^^')}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: web\nspec:\n  containers: []\n`,
    good: `${policy('podSelector:', '  matchLabels:', '    app: api')}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: api\nspec:\n  containers: []\n`,
  }),
  objectRule({
    id: 'network/pod-without-policy',
    title: 'Pod without a network policy',
    severity: 'info',
    confidence: 'low',
    types: workloads,
    what: 'Reports pods that no network policy of the same file selects, where the file has policies.',
    why: segmentation.why,
    references: segmentation.references,
    check: (resource, tell, context) => {
      const policies = context.unit.byType.get('k8s_networkpolicy') ?? [];
      if (policies.length === 0 || podsOf(resource).length === 0) return;
      const namespace = textAt(resource, 'metadata.namespace') ?? 'default';
      const covered = policies.some((one) => {
        const kinds = lookIn(mapOfResource(one), 'spec.policyTypes');
        if (kinds.values.some((value) => value.kind === 'list' && value.complete && value.items.length === 0)) return false;
        if ((textAt(one, 'metadata.namespace') ?? 'default') !== namespace) return false;
        const selector = lookIn(mapOfResource(one), 'spec.podSelector').values.flatMap(mapsOf)[0];
        if (!hasSelector(selector)) return true;
        const labels = matchLabels(one);
        return labels === undefined || selects(labels, resource) !== false;
      });
      if (!covered) tell(undefined, `No network policy of this file covers the pods of "${resource.name}".`, denyingPolicy(resource, context));
    },
    bad: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n        ^\n  namespace: one\nspec:\n  containers: []\n---\n${policy('podSelector: {}')}`,
    fixed: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: one\nspec:\n  containers: []\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: one\nspec:\n  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n---\n${policy('podSelector: {}')}`,
    good: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: []\n---\n${policy('podSelector: {}')}`,
  }),
  ...(['egress', 'ingress'] as const).map((direction) =>
    objectRule({
      id: `network/policy-open-${direction}` as const,
      title: `Network policy that allows all ${direction === 'egress' ? 'outgoing' : 'incoming'} traffic`,
      severity: 'medium',
      types: ['k8s_networkpolicy'],
      what: `Reports network policies that allow ${direction} from or to 0.0.0.0/0, or without any limit.`,
      why: segmentation.why,
      references: segmentation.references,
      check: (resource, tell) => {
        const side = direction === 'egress' ? 'to' : 'from';
        for (const value of textsAt(mapOfResource(resource), `spec.${direction}.${side}.ipBlock.cidr`))
          if (/^(?:0\.0\.0\.0\/0|::\/0)$/.test(value.value)) tell(value, `Network policy "${resource.name}" allows ${direction} ${side} every address.`);
        for (const list of lookIn(mapOfResource(resource), `spec.${direction}`).values)
          for (const item of list.kind === 'list' ? list.items : [])
            if (item.kind === 'map' && item.complete && item.entries.size === 0) tell(item, `Network policy "${resource.name}" allows all ${direction}.`);
      },
      bad: policy(
        'podSelector: {}',
        `${direction}:`,
        `  - ${direction === 'egress' ? 'to' : 'from'}:`,
        '      - ipBlock:',
        '          cidr: 0.0.0.0/0',
        '                ^^^^^^^^^',
      ),
      good: policy('podSelector: {}', `${direction}:`, `  - ${direction === 'egress' ? 'to' : 'from'}:`, '      - ipBlock:', '          cidr: 10.0.0.0/16'),
    }),
  ),
  objectRule({
    id: 'network/policy-every-namespace',
    title: 'Network policy that lets every namespace in',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_networkpolicy'],
    what: 'Reports network policies that let pods of all namespaces in: `namespaceSelector: {}` without a selector of pods.',
    why: segmentation.why,
    references: segmentation.references,
    check: (resource, tell) => {
      for (const peer of mapsAt(resource, 'spec.ingress.from')) {
        const namespaces = peer.entries.get('namespaceSelector')?.value;
        if (namespaces?.kind !== 'map' || !namespaces.complete || namespaces.entries.size > 0 || hasSelector(mapsOf(peer.entries.get('podSelector')?.value ?? namespaces)[0])) continue;
        tell(namespaces, `Network policy "${resource.name}" lets pods of every namespace in.`);
      }
    },
    bad: policy('podSelector: {}', 'ingress:', '  - from:', '      - namespaceSelector: {}', '                           ^^'),
    good: policy('podSelector: {}', 'ingress:', '  - from:', '      - namespaceSelector:', '          matchLabels:', '            team: ml'),
  }),
  objectRule({
    id: 'secrets/kubernetes-secret-manifest',
    title: 'Secret in a manifest',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_secret'],
    what: 'Reports secrets whose values stand in the manifest. Base64 is no encryption.',
    why: families.secret.why,
    references: families.secret.references,
    whenNotToUse: 'For manifests that never leave the machine.',
    check: (resource, tell) => {
      const values = ['data', 'stringData']
        .flatMap((path) => mapsAt(resource, path))
        .flatMap((map) => [...map.entries.values()])
        .filter((entry) => entry.value.kind === 'string' && entry.value.value.trim().length > 0 && !/^(?:type|url|name|project|server)$/.test(entry.key));
      const first = values[0];
      if (first) tell({ ...first.value, at: first.keyOrigin }, `Secret "${resource.name}" has its values written down.`);
    },
    bad: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: openai\nstringData:\n  key: chart-pass\n  ^^^\n',
    good: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: openai\n',
  }),
  objectRule({
    id: 'workload/namespace-without-pod-security',
    title: 'Namespace that enforces no pod security standard',
    severity: 'info',
    confidence: 'low',
    types: ['k8s_namespace'],
    what: 'Reports namespaces without a `pod-security.kubernetes.io/enforce` label, or with `privileged`.',
    references: segmentation.references,
    check: (resource, tell) => {
      const labels = lookIn(mapOfResource(resource), 'metadata.labels');
      const level = labels.values
        .flatMap((value) => (value.kind === 'map' ? [...value.entries.values()] : []))
        .find((entry) => entry.key === 'pod-security.kubernetes.io/enforce')?.value;
      if (
        level ? scalar(level) === 'privileged' : !labels.unknown && resource.complete && labels.values.every((value) => value.kind === 'map' && value.complete)
      )
        tell(
          level,
          `Namespace "${resource.name}" enforces no pod security standard.`,
          level
            ? []
            : [
                {
                  title: 'Enforce the baseline standard',
                  safe: false,
                  intents: [{ kind: 'setAttribute', resource, path: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'], value: 'baseline' }],
                },
              ],
        );
    },
    bad: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: training\n        ^^^^^^^^\n',
    fixed: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n  name: training\n',
    good: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: training\n  labels:\n    pod-security.kubernetes.io/enforce: restricted\n',
  }),
  objectRule({
    id: 'auth/kserve-anonymous',
    title: 'Model endpoint without authentication',
    severity: 'info',
    confidence: 'low',
    types: ['k8s_inferenceservice'],
    what: 'Reports inference services without the annotation that asks for authentication.',
    why: families.identity.why,
    references: families.identity.references,
    check: (resource, tell) => {
      const annotations = lookIn(mapOfResource(resource), 'metadata.annotations');
      if (
        !annotations.unknown &&
        resource.complete &&
        !annotationsOf(resource).some((entry) => /enable-auth|auth-type/.test(entry.key) && truth(entry.value) !== false)
      )
        tell(undefined, `Model endpoint "${resource.name}" answers everybody in the cluster.`);
    },
    bad: 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: triage\n        ^^^^^^\nspec:\n  predictor:\n    model: {}\n',
    good: 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: triage\n  annotations:\n    security.opendatahub.io/enable-auth: "true"\nspec:\n  predictor:\n    model: {}\n',
  }),
];
