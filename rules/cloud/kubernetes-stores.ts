import { byHand, needed, never, none, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const published = not('ClusterIP', 'LoadBalancer', 'NodePort');

/** Databases, caches, brokers and object stores that operators run. Sources: the operators' references of their objects. */
export default [
  ...kind('Database', 'pxc.percona.com/v1', 'PerconaXtraDBCluster', {
    transit: { 'percona-mysql-plaintext': ['spec.tls.enabled', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
    host: { 'percona-mysql-unsafe': ['spec.unsafeFlags.tls|spec.allowUnsafeConfigurations', notOn, 'allows settings that are known to be unsafe'] },
    exposed: { 'percona-mysql-published': ['spec.haproxy.exposePrimary.type|spec.proxysql.expose.type|spec.pxc.expose.type', published, 'can be reached from outside of its cluster', { severity: 'medium' }] },
  }),
  ...kind('Grant', 'k8s.mariadb.com/v1alpha1', 'Grant', {
    privilege: {
      'mariadb-grant-everything': ['spec.privileges', byHand(never(/^ALL(?: PRIVILEGES)?$/i, ['ALL PRIVILEGES'], ['SELECT'])), 'allows everything', {
        severity: 'medium', when: [{ path: 'spec.database', must: { is: ['*'] } }],
        examples: [{ file: 'manifest.yaml', bad: grant('ALL', '^^^'), good: grant('SELECT') }],
      }],
      'mariadb-grant-option': ['spec.grantOption', notOn, 'lets its user hand rights on', { severity: 'low' }],
    },
  }),
  ...kind('Cache', 'databases.spotahome.com/v1', 'RedisFailover', {
    identity: { 'redis-operator-open': ['spec.auth.secretPath', needed, 'asks nobody for a password', { missing: 'low', examples: [auth('databases.spotahome.com/v1', 'RedisFailover', 'auth: {secretPath: redis}')] }] },
  }),
  ...kind('Cache', 'redis.redis.opstreelabs.in/v1beta2', ['Redis', 'RedisCluster', 'RedisReplication'], {
    identity: { 'redis-opstree-open': ['spec.kubernetesConfig.redisSecret', needed, 'asks nobody for a password', { missing: 'low', examples: [auth('redis.redis.opstreelabs.in/v1beta2', 'Redis', 'kubernetesConfig: {redisSecret: {name: redis, key: password}}')] }] },
  }),
  ...kind('Cache', 'dragonflydb.io/v1alpha1', 'Dragonfly', {
    identity: { 'dragonfly-open': ['spec.authentication', needed, 'asks nobody for a password', { missing: 'low', examples: [auth('dragonflydb.io/v1alpha1', 'Dragonfly', 'authentication: {passwordFromSecret: {name: cache, key: password}}')] }] },
  }),
  ...kind('Object store', 'minio.min.io/v2', 'Tenant', {
    transit: {
      'minio-plaintext': ['spec.requestAutoCert', notOff, 'makes itself no certificate', {
        severity: 'medium',
        // With a certificate from elsewhere none has to be made.
        orPath: [{ path: 'spec.externalCertSecret', must: 'present' }],
      }],
    },
    exposed: { 'minio-published': ['spec.exposeServices.minio|spec.exposeServices.console', notOn, 'can be reached from outside of its cluster', { severity: 'low' }] },
  }),
  ...kind('Storage cluster', 'ceph.rook.io/v1', 'CephCluster', {
    transit: {
      'ceph-dashboard-plaintext': ['spec.dashboard.ssl', notOff, 'shows its dashboard without TLS', { severity: 'medium', when: [{ path: 'spec.dashboard.enabled', must: { is: [true] } }], examples: [dashboard()] }],
      'ceph-wire-plaintext': ['spec.network.connections.encryption.enabled', notOff, 'moves its data without encryption', { severity: 'low' }],
    },
    atRest: { 'ceph-disks-plain': ['spec.storage.config.encryptedDevice', notOff, 'keeps its data unencrypted', { severity: 'low' }] },
  }),
  ...kind('Kafka client', 'kafka.strimzi.io/v1beta2', ['KafkaConnect', 'KafkaBridge', 'KafkaMirrorMaker2'], {
    transit: {
      'kafka-client-plaintext': ['spec.tls', { must: 'present', absent: 'bad' }, 'talks to its brokers without TLS', {
        severity: 'low', when: [{ path: 'spec.bootstrapServers', must: { matches: /:9092\b/ } }],
        examples: [{ file: 'manifest.yaml', bad: connect('kafka:9092', '        ^^^^'), good: `${connect('kafka:9093')}  tls: {trustedCertificates: []}\n` }],
      }],
    },
  }),
  ...kind('Identity provider', 'k8s.keycloak.org/v2alpha1', 'Keycloak', {
    transit: { 'keycloak-plaintext': ['spec.http.httpEnabled', notOn, 'signs people in without TLS', { severity: 'medium' }] },
  }),
  ...kind('Search cluster', 'elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', {
    identity: { 'eck-anonymous': ['spec.nodeSets.*.config.xpack/security/authc/anonymous/roles|spec.nodeSets.*.config.xpack.security.authc.anonymous.roles', none, 'lets people in that do not say who they are', { examples: [search()] }] },
    transit: { 'eck-switched-off': ['spec.nodeSets.*.config.xpack/security/http/ssl/enabled|spec.nodeSets.*.config.xpack.security.http.ssl.enabled', byHand(notOff), 'answers without TLS', { severity: 'medium', examples: [search('xpack.security.http.ssl.enabled: false', 'xpack.security.http.ssl.enabled: true', 5)] }] },
  }),
  ...kind('Vector database', 'weaviate.io/v1alpha1', 'WeaviateCluster', {
    identity: { 'weaviate-operator-open': ['spec.authentication.anonymousAccess.enabled', notOn, 'lets everybody in'] },
  }),
  ...kind('Model server', 'machinelearning.seldon.io/v1', 'SeldonDeployment', {
    transit: {
      'seldon-model-plaintext': ['spec.predictors.*.graph.modelUri', byHand(never(/^http:\/\//, 'http://models.example.com/chat', 's3://models/chat')), 'fetches its model without TLS', { why: 'Who sits on the network replaces the model by one of their own.' }],
    },
  }),
  ...kind('GPU operator', 'nvidia.com/v1', 'ClusterPolicy', {
    container: {
      'gpu-devices-by-environment': ['spec.toolkit.env.value', notOn, 'gives every GPU to any container that asks by a variable', {
        severity: 'medium', item: { key: 'name', name: 'ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED' },
        examples: [{ file: 'manifest.yaml', bad: toolkit('true', '    ^^^^'), fixed: toolkit('false'), good: toolkit('false') }],
      }],
    },
  }),
];

function auth(version: string, name: string, field: string) {
  const head = `apiVersion: ${version}\nkind: ${name}\nmetadata:\n  name: cache\n`;
  return { file: 'manifest.yaml', bad: `${head}        ^^^^^\nspec:\n  replicas: 2\n`, good: `${head}spec:\n  ${field}\n` };
}

function grant(privilege: string, mark?: string): string {
  return ['apiVersion: k8s.mariadb.com/v1alpha1', 'kind: Grant', 'metadata:', '  name: chat', 'spec:', `  privileges: [${privilege}]`, ...(mark ? [' '.repeat(15) + mark] : []), '  database: "*"', ''].join('\n');
}

function connect(server: string, mark?: string): string {
  return ['apiVersion: kafka.strimzi.io/v1beta2', 'kind: KafkaConnect', 'metadata:', '  name: feed', ...(mark ? [mark] : []), 'spec:', `  bootstrapServers: ${server}`, ''].join('\n');
}

function dashboard() {
  const text = (ssl: boolean, mark?: string): string => ['apiVersion: ceph.rook.io/v1', 'kind: CephCluster', 'metadata:', '  name: rook', 'spec:', '  dashboard:', '    enabled: true', `    ssl: ${ssl}`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(false, '         ^^^^^'), fixed: text(true), good: text(true) };
}

function toolkit(value: string, mark?: string): string {
  return ['apiVersion: nvidia.com/v1', 'kind: ClusterPolicy', 'metadata:', '  name: gpu', 'spec:', '  toolkit:', '    env:', '      - name: ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED', `        value: "${value}"`, ...(mark ? [`            ${mark}`] : []), ''].join('\n');
}

function search(bad = 'xpack.security.authc.anonymous.roles: superuser', good = 'node.store.allow_mmap: false', length = 9) {
  const text = (line: string, mark?: string): string =>
    ['apiVersion: elasticsearch.k8s.elastic.co/v1', 'kind: Elasticsearch', 'metadata:', '  name: logs', 'spec:', '  nodeSets:', '    - name: hot', '      config:', `        ${line}`, ...(mark ? [mark] : []), ''].join('\n');
  return { file: 'manifest.yaml', bad: text(bad, `${' '.repeat(8 + bad.length - length)}${'^'.repeat(length)}`), good: text(good) };
}
