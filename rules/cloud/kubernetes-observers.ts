import { byHand, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const outside = /^http:\/\/(?!(?:localhost|127\.|\[::1\]|[\w-]+(?:\.[\w-]+)?(?::\d+)?(?:\/|$)|[\w.-]+\.svc\b|[\w.-]+\.(?:local|internal)\b))/;
const address = byHand(never(outside, 'http://metrics.example.com/write', 'https://metrics.example.com/write'));

/** What watches a cluster and where it sends what it sees, and what checks images and pipelines. Sources: the references of their objects. */
export default [
  ...kind('Tracking server', 'monitoring.coreos.com/v1', ['Prometheus', 'PrometheusAgent'], {
    transit: { 'prometheus-remote-plaintext': ['spec.remoteWrite.*.url|spec.remoteRead.*.url', address, 'sends its data without TLS', { severity: 'medium' }] },
  }),
  ...kind('Alerts', 'monitoring.coreos.com/v1alpha1', 'AlertmanagerConfig', {
    transit: {
      'alerts-plaintext': ['spec.receivers.*.webhookConfigs.*.url', address, 'are sent without TLS', { severity: 'low' }],
      'alerts-unchecked': ['spec.receivers.*.webhookConfigs.*.httpConfig.tlsConfig.insecureSkipVerify', notOn, 'are sent without checking a certificate', { severity: 'low' }],
    },
  }),
  ...kind('Dashboards', 'grafana.integreatly.org/v1beta1', 'Grafana', {
    identity: {
      'grafana-operator-anonymous': ['spec.config.auth/anonymous.enabled', byHand(notOn), 'let everybody in without signing in', { examples: [anonymous()] }],
      'grafana-operator-sign-up': ['spec.config.users.allow_sign_up', notOn, 'let everybody make an account', { severity: 'low' }],
      'grafana-operator-embedding': ['spec.config.security.allow_embedding', notOn, 'can be shown within foreign pages', { severity: 'low' }],
    },
    transit: { 'grafana-operator-cookie': ['spec.config.security.cookie_secure', notOff, 'send their cookie without TLS', { severity: 'low' }] },
  }),
  ...kind('Data source', 'grafana.integreatly.org/v1beta1', 'GrafanaDatasource', {
    transit: { 'grafana-datasource-unchecked': ['spec.datasource.jsonData.tlsSkipVerify', notOn, 'is asked without checking its certificate', { severity: 'medium' }] },
  }),
  ...kind('Collector', 'opentelemetry.io/v1beta1', 'OpenTelemetryCollector', {
    transit: {
      'collector-unchecked': ['spec.config.exporters.*.tls.insecure_skip_verify', byHand(notOn), 'sends its data without checking a certificate', { severity: 'medium', examples: [exporter('insecure_skip_verify')] }],
      'collector-plaintext': ['spec.config.exporters.*.tls.insecure', byHand(notOn), 'sends its data without TLS', {
        severity: 'low', when: [{ path: 'spec.config.exporters.*.endpoint', must: { matches: /^(?!localhost)[\w-]+(?:\.[\w-]+)*\.(?!svc\b|local\b|internal\b|cluster\b)[a-z]{2,}(?::\d+)?$/ } }],
        examples: [exporter('insecure')],
      }],
    },
  }),
  ...kind('Log output', 'fluentbit.fluent.io/v1alpha2', ['ClusterOutput', 'Output'], {
    transit: { 'log-output-unchecked': ['spec.*.tls.verify', byHand(notOff), 'sends logs without checking a certificate', { severity: 'medium', examples: [output()] }] },
  }),
  ...kind('Log output', 'logging.banzaicloud.io/v1beta1', ['Output', 'ClusterOutput'], {
    transit: {
      'log-output-plaintext': ['spec.elasticsearch.scheme|spec.opensearch.scheme', not('https', 'http'), 'sends logs without TLS', { severity: 'low' }],
      'log-search-unchecked': ['spec.elasticsearch.ssl_verify|spec.opensearch.ssl_verify', notOff, 'sends logs without checking a certificate', { severity: 'medium' }],
    },
  }),
  ...kind('Image policy', 'policy.sigstore.dev/v1beta1', 'ClusterImagePolicy', {
    supply: {
      'image-policy-warns-only': ['spec.mode', not('enforce', 'warn'), 'lets through what it should refuse'],
      'image-policy-passes-all': ['spec.authorities.*.static.action', not('fail', 'pass'), 'takes images without a signature', { severity: 'medium' }],
    },
  }),
  ...kind('Source', 'source.toolkit.fluxcd.io/v1', 'OCIRepository', {
    supply: { 'flux-artefact-latest': ['spec.ref.tag', byHand(not(undefined, 'latest')), 'takes whatever the tag `latest` points to'] },
  }),
  ...kind('Secret store', 'external-secrets.io/v1', ['SecretStore', 'ClusterSecretStore'], {
    transit: {
      'secret-webhook-plaintext': ['spec.provider.webhook.url', byHand(never(outside, 'http://secrets.example.com/read', 'https://secrets.example.com/read')), 'reads secrets without TLS'],
    },
  }),
  ...kind('Trigger', 'eventing.knative.dev/v1', ['Trigger', 'Subscription'], {
    transit: { 'events-plaintext': ['spec.subscriber.uri', byHand(never(outside, 'http://hooks.example.com/in', 'https://hooks.example.com/in')), 'sends events without TLS', { severity: 'low' }] },
  }),
  ...kind('Project', 'argoproj.io/v1alpha1', 'AppProject', {
    privilege: {
      'argo-role-everything': ['spec.roles.*.policies', byHand(never(/,\s*\*\s*,\s*[^,]*\*\s*,\s*allow\s*$/, ['p, proj:chat:ci, applications, *, *, allow'], ['p, proj:chat:ci, applications, sync, chat/*, allow'])), 'has a role that may do everything', { severity: 'low', examples: [policies()] }],
      'argo-applications-anywhere': ['spec.sourceNamespaces', byHand(never(/^\*$/, ['*'], ['chat'])), 'takes applications from every namespace', { severity: 'medium' }],
    },
  }),
  ...kind('Pipeline run', 'tekton.dev/v1', ['PipelineRun', 'TaskRun'], {
    supply: {
      'tekton-fetched-plaintext': ['spec.pipelineRef.params.value|spec.taskRef.params.value', byHand(never(/^http:\/\//, 'http://pipelines.example.com/build.yaml', 'https://pipelines.example.com/build.yaml')), 'fetches its steps without TLS', {
        severity: 'medium', item: { key: 'name', name: 'url' }, examples: [reference('url', 'http://pipelines.example.com/build.yaml', 'https://pipelines.example.com/build.yaml')],
      }],
      'tekton-moving-revision': ['spec.pipelineRef.params.value|spec.taskRef.params.value', byHand(never(/^(?:main|master|HEAD|develop|trunk|latest|refs\/heads\/.*)$/, 'main', '4f2a9c1d0e8b7a6c5f4e3d2c1b0a9f8e7d6c5b4a')), 'takes its steps from a branch', {
        severity: 'low', item: { key: 'name', name: 'revision' }, examples: [reference('revision', 'main', '4f2a9c1d0e8b7a6c5f4e3d2c1b0a9f8e7d6c5b4a')],
      }],
    },
    container: {
      'tekton-host-network': ['spec.taskRunTemplate.podTemplate.hostNetwork|spec.podTemplate.hostNetwork', notOn, 'uses the network of its node'],
    },
  }),
];

function anonymous() {
  const text = (value: boolean, mark?: string): string =>
    ['apiVersion: grafana.integreatly.org/v1beta1', 'kind: Grafana', 'metadata:', '  name: dashboards', 'spec:', '  config:', '    auth.anonymous:', `      enabled: '${value}'`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(true, `${' '.repeat(16)}^^^^`), good: text(false) };
}

function exporter(field: string) {
  const text = (value: boolean, mark?: string): string =>
    ['apiVersion: opentelemetry.io/v1beta1', 'kind: OpenTelemetryCollector', 'metadata:', '  name: traces', 'spec:', '  config:', '    exporters:', '      otlp:', '        endpoint: traces.example.com:4317', '        tls:', `          ${field}: ${value}`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(true, `${' '.repeat(field.length + 12)}^^^^`), good: text(false) };
}

function output() {
  const text = (value: boolean, mark?: string): string =>
    ['apiVersion: fluentbit.fluent.io/v1alpha2', 'kind: ClusterOutput', 'metadata:', '  name: logs', 'spec:', '  http:', '    host: logs.example.com', '    tls:', `      verify: ${value}`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(false, '              ^^^^^'), good: text(true) };
}

function policies() {
  const text = (what: string, mark?: string): string =>
    ['apiVersion: argoproj.io/v1alpha1', 'kind: AppProject', 'metadata:', '  name: chat', 'spec:', '  roles:', '    - name: ci', '      policies:', `        - p, proj:chat:ci, applications, ${what}, allow`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text('*, *', `          ${'^'.repeat('p, proj:chat:ci, applications, *, *, allow'.length)}`), good: text('sync, chat/app') };
}

function reference(name: string, bad: string, good: string) {
  const text = (value: string, mark?: string): string =>
    ['apiVersion: tekton.dev/v1', 'kind: PipelineRun', 'metadata:', '  name: build', 'spec:', '  pipelineRef:', '    resolver: git', '    params:', `      - name: ${name}`, `        value: ${value}`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(bad, `${' '.repeat(15)}${'^'.repeat(bad.length)}`), good: text(good) };
}
