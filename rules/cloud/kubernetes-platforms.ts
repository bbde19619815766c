import { byHand, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const plain = byHand(never(/^http:\/\/(?!localhost|127\.|[\w-]+(?:\.[\w-]+)?(?::\d+)?(?:\/|$)|[\w.-]+\.svc\b)/, 'http://llm.example.com/v1', 'https://llm.example.com/v1'));
const latest = byHand(never(/:latest$/, 'registry.example.com/catalog:latest', 'registry.example.com/catalog:1.4.0'));
const object = (version: string, name: string, ...lines: readonly string[]): string => [`apiVersion: ${version}`, `kind: ${name}`, 'metadata:', '  name: example', ...lines, ''].join('\n');

/** Engines, model servers and platforms that operators run, and what brings software to them. Sources: the references of their objects. */
export default [
  ...kind('Job', 'sparkoperator.k8s.io/v1beta2', ['SparkApplication', 'ScheduledSparkApplication'], {
    identity: { 'spark-open': ['spec.sparkConf.spark/authenticate|spec.template.sparkConf.spark/authenticate', byHand(notOff), 'lets everybody join its work', { severity: 'medium', examples: [conf('spark.authenticate')] }] },
    transit: { 'spark-plaintext': ['spec.sparkConf.spark/ssl/enabled|spec.sparkConf.spark/network/crypto/enabled|spec.sparkConf.spark/io/encryption/enabled', byHand(notOff), 'moves its data without encryption', { severity: 'low', examples: [conf('spark.ssl.enabled')] }] },
  }),
  ...kind('Job', 'flink.apache.org/v1beta1', ['FlinkDeployment', 'FlinkSessionJob'], {
    transit: {
      'flink-plaintext': ['spec.flinkConfiguration.security/ssl/internal/enabled|spec.flinkConfiguration.security/ssl/rest/enabled', byHand(notOff), 'moves its data without encryption', {
        severity: 'low',
        examples: [flag('flink.apache.org/v1beta1', 'FlinkDeployment', ['spec:', '  flinkConfiguration:'], "    security.ssl.internal.enabled: 'false'", "    security.ssl.internal.enabled: 'true'", 'false')],
      }],
    },
  }),
  ...kind('Database', 'cassandra.datastax.com/v1beta1', 'CassandraDatacenter', {
    identity: { 'cassandra-open': ['spec.config.cassandra-yaml.authenticator', byHand(not('PasswordAuthenticator', 'AllowAllAuthenticator')), 'asks nobody who they are'] },
    privilege: { 'cassandra-everything': ['spec.config.cassandra-yaml.authorizer', byHand(not('CassandraAuthorizer', 'AllowAllAuthorizer')), 'lets every user do everything', { severity: 'medium' }] },
  }),
  ...kind('Database', 'scylla.scylladb.com/v1', 'ScyllaCluster', { host: { 'scylla-development': ['spec.developerMode', notOn, 'runs in its mode for development'] } }),
  ...kind('Database', 'pingcap.com/v1alpha1', 'TidbCluster', {
    transit: { 'tidb-plaintext': ['spec.tlsCluster.enabled|spec.tidb.tlsClient.enabled', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...kind('Database', 'yugabyte.com/v1alpha1', 'YBCluster', { transit: { 'yugabyte-plaintext': ['spec.tls.enabled', notOff, 'accepts connections without TLS', { severity: 'medium' }] } }),
  ...kind('Account', 'jetstream.nats.io/v1beta2', ['Account', 'Stream', 'Consumer'], {
    transit: { 'nats-plaintext': ['spec.servers', byHand(never(/^nats:\/\/(?!localhost|127\.|[\w-]+(?:\.[\w-]+)?(?::\d+)?$|[\w.-]+\.svc\b)/, ['nats://events.example.com:4222'], ['tls://events.example.com:4222'])), 'talks to its servers without TLS', { severity: 'low' }] },
  }),
  ...kind('Model server', 'production-stack.vllm.ai/v1alpha1', 'VLLMRuntime', {
    supply: { 'vllm-runs-code-of-model': ['spec.vllmConfig.extraArgs', byHand(never(/^--trust-remote-code$/, ['--trust-remote-code'], ['--max-num-seqs=32'])), 'runs the code that comes with a model', { severity: 'medium' }] },
  }),
  ...kind('Model', 'kubeai.org/v1', 'Model', {
    supply: { 'kubeai-runs-code-of-model': ['spec.args', byHand(never(/^--trust-remote-code$/, ['--trust-remote-code'], ['--max-num-seqs=32'])), 'runs the code that comes with it', { severity: 'medium' }] },
  }),
  ...kind('Model', 'kagent.dev/v1alpha2', 'ModelConfig', { transit: { 'agent-model-plaintext': ['spec.openAI.baseUrl|spec.anthropic.baseUrl', plain, 'is asked without TLS', { severity: 'medium' }] } }),
  ...kind('Tool server', 'toolhive.stacklok.dev/v1alpha1', 'MCPServer', {
    segmentation: { 'tool-server-open-network': ['spec.permissionProfile.name', byHand(not('none', 'network')), 'may reach every address', { severity: 'low', when: [{ path: 'spec.permissionProfile.type', must: { is: ['builtin'] } }], examples: [tool()] }] },
  }),
  ...kind('Vector database', 'qdrant.io/v1', 'QdrantCluster', { exposed: { 'qdrant-operator-published': ['spec.service.type', not('ClusterIP', 'LoadBalancer', 'NodePort'), 'can be reached from outside of its cluster', { severity: 'medium' }] } }),
  ...kind('Registry', 'goharbor.io/v1beta1', 'HarborCluster', { transit: { 'harbor-operator-plaintext': ['spec.expose.core.tls.disable|spec.expose.notary.tls.disable', notOn, 'gives images out without TLS'] } }),
  ...kind('Forge', 'apps.gitlab.com/v1beta1', 'GitLab', { transit: { 'gitlab-operator-plaintext': ['spec.chart.values.global.hosts.https', notOff, 'answers without TLS'] } }),
  ...kind('Build server', 'jenkins.io/v1alpha2', 'Jenkins', { identity: { 'jenkins-requests-forged': ['spec.master.disableCSRFProtection', notOn, 'takes requests that foreign pages make'] } }),
  ...kind('Disk', 'cdi.kubevirt.io/v1beta1', 'DataVolume', { transit: { 'disk-image-plaintext': ['spec.source.http.url', byHand(never(/^http:\/\//, 'http://images.example.com/disk.qcow2', 'https://images.example.com/disk.qcow2')), 'is fetched without TLS', { severity: 'medium' }] } }),
  ...kind('Package', 'pkg.crossplane.io/v1', ['Provider', 'Configuration', 'Function'], { supply: { 'crossplane-package-latest': ['spec.package', latest, 'is whatever was published last'] } }),
  ...kind('Catalog', 'operators.coreos.com/v1alpha1', 'CatalogSource', { supply: { 'operator-catalog-latest': ['spec.image', latest, 'is whatever was published last'] } }),
  ...kind('Operator', 'operators.coreos.com/v1alpha1', 'Subscription', { supply: { 'operator-updates-itself': ['spec.installPlanApproval', byHand(not('Manual', 'Automatic')), 'installs new versions without a look', { severity: 'info' }] } }),
  ...kind('Settings of nodes', 'machineconfiguration.openshift.io/v1', 'KubeletConfig', { host: { 'openshift-kernel-defaults': ['spec.kubeletConfig.protectKernelDefaults', notOff, 'let the kernel differ from what the kubelet expects'] } }),
  ...kind('Build', 'build.openshift.io/v1', 'BuildConfig', {
    transit: {
      'openshift-build-unchecked': ['spec.strategy.dockerStrategy.env.value|spec.strategy.sourceStrategy.env.value', byHand(notOn), 'does not check where its source comes from', {
        severity: 'medium', item: { key: 'name', name: 'GIT_SSL_NO_VERIFY' },
        examples: [flag('build.openshift.io/v1', 'BuildConfig', ['spec:', '  strategy:', '    dockerStrategy:', '      env:', '        - name: GIT_SSL_NO_VERIFY'], "          value: 'true'", "          value: 'false'", 'true')],
      }],
    },
    privilege: { 'openshift-build-environment': ['spec.triggers.*.generic.allowEnv', notOn, 'takes variables from whoever calls its hook', { severity: 'low' }] },
  }),
  ...kind('Image stream', 'image.openshift.io/v1', ['ImageStream', 'ImageStreamImport'], { supply: { 'openshift-image-insecure': ['spec.tags.*.importPolicy.insecure|spec.images.*.importPolicy.insecure', notOn, 'takes images without checking the registry', { severity: 'medium' }] } }),
  ...kind('Exception', 'kyverno.io/v2', 'PolicyException', {
    container: { 'kyverno-exception-everywhere': ['spec.match.any.*.resources.namespaces|spec.match.all.*.resources.namespaces', byHand(never(/^\*$/, ['*'], ['legacy'])), 'holds in every namespace', { severity: 'medium', examples: [exception()] }] },
  }),
  ...kind('Settings', 'config.gatekeeper.sh/v1alpha1', 'Config', {
    container: { 'gatekeeper-leaves-all-out': ['spec.match.*.excludedNamespaces', byHand(never(/^\*$/, ['*'], ['kube-system'])), 'leave every namespace out', { severity: 'high' }] },
  }),
];

function conf(name: string) {
  return flag('sparkoperator.k8s.io/v1beta2', 'SparkApplication', ['spec:', '  sparkConf:'], `    ${name}: 'false'`, `    ${name}: 'true'`, 'false');
}

function flag(version: string, name: string, before: readonly string[], bad: string, good: string, value: string) {
  return { file: 'manifest.yaml', bad: object(version, name, ...before, bad, `${' '.repeat(bad.lastIndexOf(value))}${'^'.repeat(value.length)}`), good: object(version, name, ...before, good) };
}

function tool() {
  return flag('toolhive.stacklok.dev/v1alpha1', 'MCPServer', ['spec:', '  permissionProfile:', '    type: builtin'], '    name: network', '    name: none', 'network');
}

function exception() {
  const text = (name: string, mark?: string): string => object('kyverno.io/v2', 'PolicyException', 'spec:', '  match:', '    any:', '      - resources:', `          namespaces: ['${name}']`, ...(mark ? [mark] : []));
  return { file: 'manifest.yaml', bad: text('*', `${' '.repeat(24)}^`), good: text('legacy') };
}
