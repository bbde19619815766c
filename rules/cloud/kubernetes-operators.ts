import { byHand, ifSet, needed, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const anywhere = byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']));
const published = not('ClusterIP', 'LoadBalancer', 'NodePort');

/** Databases, queues, pipelines and clusters that operators run, and what hands secrets and addresses to others. Sources: the operators' references of their objects. */
export default [
  ...kind('Kafka cluster', 'kafka.strimzi.io/v1beta2', 'Kafka', {
    identity: {
      'strimzi-anonymous': ['spec.kafka.listeners.*.authentication', { must: 'present', absent: 'bad' }, 'has a listener that asks nobody who they are', {
        severity: 'low',
        examples: [{
          file: 'manifest.yaml',
          bad: strimzi('      - name: tls', '        tls: true').replace('example\n', 'example\n        ^^^^^^^\n'),
          good: strimzi('      - name: tls', '        tls: true', '        authentication:', '          type: tls'),
        }],
      }],
    },
    privilege: { 'strimzi-without-authorization': ['spec.kafka.authorization', { must: 'present', absent: 'bad' }, 'lets every client do everything', { severity: 'low' }] },
  }),
  ...kind('Kafka user', 'kafka.strimzi.io/v1beta2', 'KafkaUser', {
    privilege: { 'strimzi-user-everything': ['spec.authorization.acls.*.operations', never(/^All$/, ['All'], ['Read']), 'may do everything with a topic', { severity: 'info' }] },
  }),
  ...kind('Vector database', 'milvus.io/v1beta1', 'Milvus', {
    identity: { 'milvus-without-sign-in': ['spec.config.common.security.authorizationEnabled', notOff, 'asks nobody who they are', { severity: 'medium' }] },
  }),
  ...kind('Database', 'acid.zalan.do/v1', 'postgresql', {
    exposed: {
      'operator-postgres-open-range': ['spec.allowedSourceRanges', anywhere, 'lets every address in'],
      'operator-postgres-published': ['spec.enableMasterLoadBalancer|spec.enableReplicaLoadBalancer', notOn, 'has a load balancer in front of it', { severity: 'low' }],
    },
  }),
  ...kind('Database', 'postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', {
    exposed: { 'crunchy-published': ['spec.service.type', published, 'can be reached from outside of its cluster', { severity: 'medium' }] },
  }),
  ...kind('Database', 'psmdb.percona.com/v1', 'PerconaServerMongoDB', {
    transit: { 'percona-mongo-plaintext': ['spec.tls.mode', not('requireTLS', 'disabled', 'allowTLS', 'preferTLS'), 'accepts connections without TLS', { severity: 'medium' }] },
    exposed: { 'percona-mongo-published': ['spec.replsets.*.expose.type', published, 'can be reached from outside of its cluster', { severity: 'medium' }] },
    host: { 'percona-mongo-unsafe': ['spec.unsafeFlags.tls|spec.allowUnsafeConfigurations', notOn, 'allows settings that are known to be unsafe'] },
  }),
  ...kind('Database', 'mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', {
    transit: { 'mongodb-community-plaintext': ['spec.security.tls.enabled', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...kind('Message broker', 'rabbitmq.com/v1beta1', 'RabbitmqCluster', {
    exposed: { 'rabbitmq-published': ['spec.service.type', published, 'can be reached from outside of its cluster', { severity: 'medium' }] },
    transit: { 'rabbitmq-plaintext': ['spec.tls.disableNonTLSListeners', notOff, 'accepts connections without TLS', { severity: 'low' }] },
  }),
  ...kind('Bastion', 'infrastructure.cluster.x-k8s.io/v1beta2', 'AWSCluster', {
    exposed: { 'cluster-bastion-open': ['spec.bastion.allowedCIDRBlocks', anywhere, 'lets every address in'] },
  }),
  ...kind('Cluster', 'controlplane.cluster.x-k8s.io/v1beta2', ['AWSManagedControlPlane'], {
    exposed: { 'cluster-api-open': ['spec.endpointAccess.publicCIDRs', anywhere, 'has an API that every address can reach', { severity: 'medium' }] },
  }),
  ...kind('Gateway', 'gateway.networking.k8s.io/v1', 'Gateway', {
    segmentation: {
      'gateway-routes-from-all': ['spec.listeners.*.allowedRoutes.namespaces.from', byHand(ifSet('All', 'Same', 'Selector', 'None')), 'takes routes from every namespace', { severity: 'info', off: true }],
    },
  }),
  ...kind('Secret store', 'external-secrets.io/v1', 'ClusterSecretStore', {
    privilege: {
      'secret-store-every-namespace': ['spec.conditions', needed, 'gives its secrets to every namespace', {
        severity: 'info',
        examples: [{
          file: 'manifest.yaml',
          bad: 'apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata:\n  name: example\n        ^^^^^^^\nspec: {}\n',
          good: 'apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata:\n  name: example\nspec:\n  conditions:\n    - namespaces: [training]\n',
        }],
      }],
    },
  }),
  ...kind('Event source', 'argoproj.io/v1alpha1', 'EventSource', {
    identity: {
      'event-webhook-open': ['spec.webhook.*.authSecret', { must: 'present', absent: 'bad' }, 'starts work for everybody who calls it', {
        severity: 'low', when: [{ path: 'spec.webhook', must: 'present' }],
        examples: [{
          file: 'manifest.yaml',
          bad: eventSource('        ^^^^'),
          good: eventSource().replace('      port:', '      authSecret: {name: hook, key: token}\n      port:'),
        }],
      }],
    },
  }),
  ...kind('Tracking server', 'monitoring.coreos.com/v1', ['Prometheus', 'Alertmanager'], {
    transit: { 'prometheus-remote-unchecked': ['spec.remoteWrite.*.tlsConfig.insecureSkipVerify|spec.remoteRead.*.tlsConfig.insecureSkipVerify', notOn, 'sends its data without checking a certificate', { severity: 'medium' }] },
    exposed: { 'prometheus-administration': ['spec.enableAdminAPI', notOn, 'lets callers delete its data', { severity: 'medium' }] },
  }),
  ...kind('Certificate', 'cert-manager.io/v1', ['ClusterIssuer', 'Issuer'], {
    transit: { 'issuer-vault-plaintext': ['spec.vault.server', never(/^http:/, 'http://vault:8200', 'https://vault:8200'), 'asks Vault without TLS', { severity: 'medium' }] },
  }),
];

function strimzi(...lines: readonly string[]): string {
  return ['apiVersion: kafka.strimzi.io/v1beta2', 'kind: Kafka', 'metadata:', '  name: example', 'spec:', '  kafka:', '    listeners:', ...lines, ''].join('\n');
}

function eventSource(mark?: string): string {
  return ['apiVersion: argoproj.io/v1alpha1', 'kind: EventSource', 'metadata:', '  name: hook', ...(mark ? [mark] : []), 'spec:', '  webhook:', '    train:', '      port: "12000"', ''].join('\n');
}
