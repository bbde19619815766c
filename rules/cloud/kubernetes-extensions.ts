import { byHand, needed, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const object = (version: string, name: string, ...lines: readonly string[]): string => [`apiVersion: ${version}`, `kind: ${name}`, 'metadata:', '  name: example', ...lines, ''].join('\n');
const anyText = byHand(never(/^\.[*+]\$?$|^\^\.[*+]\$?$/, '.*', 'https://chat\\.example\\.com'));

/** Further fields of meshes, certificates, pipelines and stores of secrets. Sources: the references of their objects. */
export default [
  ...kind('Access rule', 'security.istio.io/v1', 'AuthorizationPolicy', {
    privilege: {
      'mesh-any-principal': [
        'spec.rules.*.from.*.source.principals',
        byHand(never(/^\*$/, ['*'], ['cluster.local/ns/chat/sa/web'])),
        'lets every workload of the mesh in',
        { severity: 'low', when: [{ path: 'spec.action', must: { not: ['DENY', 'AUDIT'] } }], examples: [principals()] },
      ],
    },
  }),
  ...kind('Route', 'networking.istio.io/v1', 'VirtualService', {
    identity: {
      'mesh-any-origin': ['spec.http.*.corsPolicy.allowOrigins.*.regex', anyText, 'answers pages of every origin', { severity: 'low' }],
      'mesh-star-origin': ['spec.http.*.corsPolicy.allowOrigins.*.exact', byHand(never(/^\*$/, '*', 'https://chat.example.com')), 'answers pages of every origin', { severity: 'low' }],
    },
  }),
  ...kind('Sidecar', 'networking.istio.io/v1', 'Sidecar', {
    segmentation: { 'mesh-sidecar-open-egress': ['spec.outboundTrafficPolicy.mode', not('REGISTRY_ONLY', 'ALLOW_ANY'), 'lets its workloads reach every address', { severity: 'info' }] },
  }),
  ...kind('Token check', 'security.istio.io/v1', 'RequestAuthentication', {
    transit: { 'mesh-keys-plaintext': ['spec.jwtRules.*.jwksUri', never(/^http:\/\/(?!(?:localhost|127\.|[\w-]+(?:\.[\w-]+)?\.svc\b))/, 'http://id.example.com/keys', 'https://id.example.com/keys'), 'reads the keys of tokens without TLS'] },
  }),
  ...kind('Certificate', 'cert-manager.io/v1', 'Certificate', {
    rotation: { 'issued-key-never-new': ['spec.privateKey.rotationPolicy', not('Always', 'Never'), 'keeps its key when it is renewed', { severity: 'info' }] },
  }),
  ...kind('Source', 'source.toolkit.fluxcd.io/v1', 'OCIRepository', {
    supply: { 'flux-artefact-unsigned': ['spec.verify', needed, 'is taken without looking at its signature', { severity: 'info' }] },
  }),
  ...kind('Listener', 'triggers.tekton.dev/v1beta1', 'EventListener', {
    identity: {
      'tekton-listener-open': [
        'spec.triggers.*.interceptors',
        { must: 'present', absent: 'bad' },
        'starts work for everybody who calls it',
        { severity: 'low', when: [{ path: 'spec.triggers.*.template', must: 'present' }], examples: [listener()] },
      ],
    },
  }),
  ...kind('Secrets', 'external-secrets.io/v1', ['ExternalSecret', 'ClusterExternalSecret'], {
    privilege: {
      'external-secret-everything': [
        'spec.dataFrom.*.find.name.regexp|spec.externalSecretSpec.dataFrom.*.find.name.regexp',
        byHand(never(/^\^?\.[*+]\$?$/, '.*', '^training-')),
        'takes every secret of its store',
        { severity: 'low' },
      ],
    },
  }),
  ...kind('Secret store', 'external-secrets.io/v1', ['SecretStore', 'ClusterSecretStore'], {
    secret: {
      'secret-store-fake': [
        'spec.provider.fake',
        { must: 'absent', absent: 'fine' },
        'holds its secrets in the manifest',
        { severity: 'low', examples: [store()] },
      ],
    },
  }),
  ...kind('Message broker', 'rabbitmq.com/v1beta1', 'RabbitmqCluster', {
    identity: {
      'rabbitmq-guest-from-anywhere': [
        'spec.rabbitmq.additionalConfig',
        byHand(never(/loopback_users(?:\.guest)?\s*=\s*(?:none|false)\b/, 'loopback_users = none', 'log.console.level = info')),
        'lets its guest user in from everywhere',
      ],
    },
  }),
  ...kind('Backup store', 'velero.io/v1', 'BackupStorageLocation', {
    transit: { 'velero-unchecked': ['spec.config.insecureSkipTLSVerify', notOn, 'does not check the certificate of its store', { severity: 'medium' }] },
  }),
  ...kind('Profile', 'kubeflow.org/v1', 'Profile', {
    privilege: {
      'kubeflow-profile-everybody': ['spec.owner.name', byHand(never(/^system:(?:authenticated|unauthenticated|anonymous)$/, 'system:authenticated', 'ada@example.com')), 'belongs to everybody', { severity: 'medium' }],
    },
  }),
  ...kind('Access rule', 'policy.linkerd.io/v1beta1', 'ServerAuthorization', {
    identity: { 'mesh-client-unknown': ['spec.client.unauthenticated', notOn, 'lets clients in that do not say who they are'] },
  }),
  ...kind('Route', 'projectcontour.io/v1', 'HTTPProxy', {
    transit: { 'contour-plaintext': ['spec.routes.*.permitInsecure', notOn, 'answers without TLS as well', { severity: 'medium' }] },
  }),
  ...kind('Host', 'getambassador.io/v3alpha1', 'Host', {
    transit: { 'ambassador-plaintext': ['spec.requestPolicy.insecure.action', not('Redirect', 'Route'), 'answers without TLS as well', { severity: 'medium' }] },
  }),
  ...kind('Database', 'k8s.mariadb.com/v1alpha1', 'MariaDB', {
    transit: { 'mariadb-plaintext': ['spec.tls.enabled', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
    identity: { 'mariadb-empty-root': ['spec.rootEmptyPassword', notOn, 'lets root in without a password', { severity: 'high' }] },
  }),
  ...kind('Search cluster', 'opensearch.opster.io/v1', 'OpenSearchCluster', {
    exposed: { 'opensearch-operator-published': ['spec.general.serviceType|spec.dashboards.service.type', not('ClusterIP', 'LoadBalancer', 'NodePort'), 'can be reached from outside of its cluster', { severity: 'medium' }] },
  }),
];

function principals() {
  const text = (name: string, mark = '') =>
    object('security.istio.io/v1', 'AuthorizationPolicy', 'spec:', '  action: ALLOW', '  rules:', '    - from:', '        - source:', `            principals: ['${name}']${mark}`);
  return { file: 'manifest.yaml', bad: text('*', `\n${' '.repeat(26)}^`), good: text('cluster.local/ns/chat/sa/web') };
}

function listener() {
  const text = (mark: string, ...more: readonly string[]) =>
    object('triggers.tekton.dev/v1beta1', 'EventListener', ...(mark ? [mark] : []), 'spec:', '  triggers:', '    - name: push', '      template: {ref: train}', ...more);
  return { file: 'manifest.yaml', bad: text('        ^^^^^^^'), good: text('', '      interceptors: [{ref: {name: github}}]') };
}

function store() {
  const head = ['spec:', '  provider:'] as const;
  return {
    file: 'manifest.yaml',
    bad: object('external-secrets.io/v1', 'SecretStore', ...head, '    fake: {data: []}', '          ^^^^^^^^^^'),
    good: object('external-secrets.io/v1', 'SecretStore', ...head, '    aws:', '      service: SecretsManager'),
  };
}
