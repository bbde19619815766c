import { look, lookIn, mapsOf, scalar, truth, type MapEntry, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const { container, exposed, identity, supply, transit } = families;
const deepest = 12;

/** Where objects of Flux and Argo CD keep values for a chart. */
const held: Readonly<Record<string, readonly string[]>> = {
  k8s_helmrelease: ['spec.values'],
  k8s_application: ['spec.source.helm.valuesObject', 'spec.sources.helm.valuesObject'],
  k8s_helmchart: ['spec.values'],
};

function valuesOf(resource: Resource): readonly MapValue[] {
  return resource.type === 'helm_values' ? [mapOfResource(resource)] : (held[resource.type] ?? []).flatMap((path) => look(resource, path).values).flatMap(mapsOf);
}

type Visit = (entry: MapEntry, holder: MapValue, above: string) => Value | undefined;

/** Every entry of the values, with the map that holds it and the name of that map. */
function* found(map: MapValue, visit: Visit, above = '', depth = 0): Generator<Value> {
  if (depth > deepest) return;
  for (const entry of map.entries.values()) {
    const hit = visit(entry, map, above);
    if (hit) yield hit;
    for (const inner of entry.value.kind === 'list' ? entry.value.items : [entry.value]) if (inner.kind === 'map') yield* found(inner, visit, entry.key, depth + 1);
  }
}

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly visit: Visit;
  readonly problem: string;
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly sample: readonly [bad: readonly string[], good: readonly string[], mark: string];
}

const strong = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|NET_ADMIN|DAC_READ_SEARCH|SYS_RAWIO|BPF)$/i;

/** Passwords that are written in the documentation of charts and images. */
const preset = /^(?:minioadmin|minio123|admin|administrator|password|changeme|change-me|postgres|root|guest|elastic|neo4j|rabbitmq|airflow|prom-operator|strongpassword|Harbor12345|milvus|secret)$/i;

const rows: readonly Row[] = [
  {
    id: 'workload/chart-values-host',
    title: 'Chart whose values take the walls of a container down',
    severity: 'medium',
    visit: ({ key, value }) => (/^(?:privileged|hostNetwork|hostPID|hostIPC|allowPrivilegeEscalation)$/.test(key) && truth(value) === true ? value : undefined),
    problem: 'take the walls of a container down',
    what: 'Reports `privileged`, `hostNetwork`, `hostPID`, `hostIPC` and `allowPrivilegeEscalation` that are on.',
    why: container.why,
    references: container.references,
    sample: [['securityContext:', '  privileged: true'], ['securityContext:', '  privileged: false'], '              ^^^^'],
  },
  {
    id: 'workload/chart-values-root',
    title: 'Chart whose values make a container run as root',
    severity: 'low',
    visit: ({ key, value }) => ((key === 'runAsUser' && scalar(value) === 0) || (key === 'runAsNonRoot' && truth(value) === false) ? value : undefined),
    problem: 'make a container run as root',
    what: 'Reports `runAsUser: 0` and `runAsNonRoot: false`.',
    why: container.why,
    references: container.references,
    sample: [['podSecurityContext:', '  runAsUser: 0'], ['podSecurityContext:', '  runAsUser: 10001'], '             ^'],
  },
  {
    id: 'workload/chart-values-capability',
    title: 'Chart whose values give a container strong capabilities',
    severity: 'medium',
    visit: ({ key, value }, _, above) => (key === 'add' && above === 'capabilities' && value.kind === 'list' ? value.items.find((one) => strong.test(String(scalar(one) ?? ''))) : undefined),
    problem: 'give a container capabilities that lead to its node',
    what: 'Reports capabilities such as SYS_ADMIN below `capabilities.add`.',
    why: container.why,
    references: container.references,
    sample: [['securityContext:', '  capabilities:', '    add: [SYS_ADMIN]'], ['securityContext:', '  capabilities:', '    drop: [ALL]'], '          ^^^^^^^^^'],
  },
  {
    id: 'workload/chart-values-host-path',
    title: 'Chart whose values mount folders of the node',
    severity: 'medium',
    visit: ({ key, value }, _, above) => (key === 'path' && above === 'hostPath' && /^\/(?:$|etc\b|root\b|proc\b|sys\b|boot\b|var\/(?:run|lib)\b|run\b)|\.sock$/.test(String(scalar(value) ?? '')) ? value : undefined),
    problem: 'mount a folder of the node',
    what: 'Reports `hostPath` volumes of system folders and of sockets.',
    why: container.why,
    references: container.references,
    sample: [['extraVolumes:', '  - name: docker', '    hostPath:', '      path: /var/run/docker.sock'], ['extraVolumes:', '  - name: docker', '    emptyDir: {}'], '            ^^^^^^^^^^^^^^^^^^^^'],
  },
  {
    id: 'dependencies/chart-values-latest',
    title: 'Chart whose values take whatever image was pushed last',
    severity: 'low',
    visit: ({ key, value }, holder) => (key === 'tag' && scalar(value) === 'latest' && holder.entries.has('repository') && !holder.entries.has('digest') ? value : undefined),
    problem: 'take whatever image was pushed last',
    what: 'Reports images with the tag `latest`.',
    why: supply.why,
    references: supply.references,
    sample: [['image:', '  repository: chat', '  tag: latest'], ['image:', '  repository: chat', '  tag: 1.4.0'], '       ^^^^^^'],
  },
  {
    id: 'network/chart-values-published',
    title: 'Chart whose values put a service on the internet',
    severity: 'info',
    visit: ({ key, value }, holder, above) => (key === 'type' && /service$/i.test(above) && /^(?:LoadBalancer|NodePort)$/.test(String(scalar(value) ?? '')) && !holder.entries.has('loadBalancerSourceRanges') && !holder.entries.has('annotations') ? value : undefined),
    problem: 'make a service reachable from outside of the cluster',
    what: 'Reports services of the type LoadBalancer or NodePort without annotations and without a list of addresses.',
    why: exposed.why,
    references: exposed.references,
    sample: [['service:', '  type: LoadBalancer'], ['service:', '  type: ClusterIP'], '        ^^^^^^^^^^^^'],
  },
  {
    id: 'auth/chart-values-anonymous',
    title: 'Chart whose values let everybody in',
    severity: 'medium',
    visit: ({ key, value }, _, above) =>
      (key === 'enabled' && /^(?:auth\.)?anonymous(?:_?access)?$/i.test(above) && truth(value) === true) ||
      (key === 'enabled' && above === 'auth' && truth(value) === false) ||
      (/^auth_?enabled$/i.test(key) && truth(value) === false) ||
      (key === 'authenticator_class' && /^(?:dummy|null|jupyterhub\.auth\.DummyAuthenticator)$/.test(String(scalar(value) ?? '')))
        ? value
        : undefined,
    problem: 'let everybody in',
    what: 'Reports anonymous access that is on, `auth.enabled: false`, and the dummy authenticator of JupyterHub.',
    why: identity.why,
    references: identity.references,
    sample: [['authentication:', '  anonymous_access:', '    enabled: true'], ['authentication:', '  anonymous_access:', '    enabled: false'], '             ^^^^'],
  },
  {
    id: 'secrets/chart-values-default-password',
    title: 'Chart whose values keep a password that everybody knows',
    severity: 'medium',
    visit: ({ key, value }) => (/(?:password|secret_?key|passwd)$/i.test(key) && value.kind === 'string' && preset.test(value.value) ? value : undefined),
    problem: 'keep a password that everybody knows',
    what: 'Reports passwords that charts and images come with, such as `minioadmin`.',
    why: 'Whoever finds the service tries what its documentation says first.',
    references: ['CWE-798', 'IA-5'],
    sample: [['minio:', '  rootPassword: minioadmin'], ['minio:', '  existingSecret: minio'], '                ^^^^^^^^^^'],
  },
  {
    id: 'transport/chart-values-without-tls',
    title: 'Chart whose values switch TLS off',
    severity: 'info',
    visit: ({ key, value }, _, above) => (key === 'enabled' && above === 'tls' && truth(value) === false ? value : undefined),
    problem: 'switch TLS off',
    what: 'Reports `tls.enabled: false`.',
    why: transit.why,
    references: transit.references,
    sample: [['tls:', '  enabled: false'], ['tls:', '  enabled: true'], '           ^^^^^'],
  },
];

export default [
  ...rows.map((row) => {
    const [bad, good, mark] = row.sample;
    return objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      confidence: 'medium',
      types: ['helm_values', ...Object.keys(held)],
      file: 'values.yaml',
      what: `${row.what} In values for charts whose templates do not stand beside, and in those of HelmRelease and Application.`,
      why: row.why,
      references: row.references,
      noFix: 'What the workload needs has to be known.',
      check: (resource, tell) => {
        for (const map of valuesOf(resource)) for (const value of found(map, row.visit)) tell(value, `The values of "${resource.name}" ${row.problem}.`);
      },
      bad: `${[...bad, mark, ''].join('\n')}`,
      good: [...good, ''].join('\n'),
    });
  }),
  objectRule({
    id: 'transport/chart-repository-plaintext',
    title: 'Chart that is fetched without TLS',
    severity: 'medium',
    types: ['helm_chart', 'helmfile'],
    file: 'Chart.yaml',
    what: 'Reports repositories with `http://` among the dependencies of a chart and in a helmfile.',
    why: supply.why,
    references: transit.references,
    noFix: 'The server has to speak TLS first.',
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      for (const value of [...textsAt(root, 'dependencies.repository'), ...textsAt(root, 'repositories.url')])
        if (/^http:\/\/(?!localhost|127\.)/.test(value.value)) tell(value, `A chart of "${resource.name}" is fetched without TLS.`);
    },
    bad: 'name: chat\ndependencies:\n  - name: redis\n    repository: http://charts.example.com\n                ^^^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: 'name: chat\ndependencies:\n  - name: redis\n    repository: https://charts.example.com\n',
  }),
  objectRule({
    id: 'dependencies/chart-dependency-any-version',
    title: 'Chart that needs any version of another',
    severity: 'low',
    types: ['helm_chart', 'k8s_helmrelease'],
    file: 'Chart.yaml',
    what: 'Reports `version: "*"` and `latest` of charts.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      const versions = resource.type === 'helm_chart' ? lookIn(root, 'dependencies.version').values : lookIn(root, 'spec.chart.spec.version').values;
      for (const value of versions) if (/^(?:\*|x|latest|>=?\s*0(?:\.0)*(?:-0)?)$/.test(String(scalar(value) ?? ''))) tell(value, `"${resource.name}" takes any version of a chart.`);
    },
    bad: 'name: chat\ndependencies:\n  - name: redis\n    version: "*"\n              ^\n    repository: https://charts.example.com\n',
    good: 'name: chat\ndependencies:\n  - name: redis\n    version: 20.1.0\n    repository: https://charts.example.com\n',
  }),
];
