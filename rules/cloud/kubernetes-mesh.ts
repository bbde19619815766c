import { ifSet, is, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const everywhere = /^(?:0\.0\.0\.0\/0|::\/0)$/;
const oldVersion = /^TLS(?:V1_[01]|_AUTO)$|^VersionTLS1[01]$/;

/** Service meshes, gateways and network policies beyond those that Kubernetes itself has. */
export default [
  ...kind('Mesh policy', 'security.istio.io/v1', 'PeerAuthentication', {
    transit: {
      'mesh-plaintext-allowed': ['spec.mtls.mode', not('STRICT', 'PERMISSIVE', 'DISABLE'), 'lets services talk without TLS', { severity: 'medium' }],
      'mesh-port-plaintext': [
        'spec.portLevelMtls.*.mode',
        { ...not(undefined, 'PERMISSIVE', 'DISABLE') },
        'lets a port talk without TLS',
        {
          severity: 'low',
          examples: [
            {
              file: 'manifest.yaml',
              bad: peer('  portLevelMtls:', '    8080:', '      mode: DISABLE', '            ^^^^^^^'),
              good: peer('  portLevelMtls:', '    8080:', '      mode: STRICT'),
            },
          ],
        },
      ],
    },
  }),
  ...kind('Traffic rule', 'networking.istio.io/v1', 'DestinationRule', {
    transit: {
      'mesh-destination-plaintext': [
        'spec.trafficPolicy.tls.mode',
        not('ISTIO_MUTUAL', 'DISABLE'),
        'talks to its destination without TLS',
        { severity: 'medium' },
      ],
      'mesh-destination-unchecked': ['spec.trafficPolicy.tls.insecureSkipVerify', notOn, 'does not check the certificate of its destination'],
    },
  }),
  ...kind('Gateway', 'networking.istio.io/v1', 'Gateway', {
    oldTls: {
      'mesh-gateway-old-tls': ['spec.servers.*.tls.minProtocolVersion', { ...not('TLSV1_2', 'TLSV1_0', 'TLSV1_1') }, 'speaks old versions of TLS'],
    },
  }),
  ...kind('Mesh', 'install.istio.io/v1alpha1', 'IstioOperator', {
    segmentation: {
      'mesh-open-egress': [
        'spec.meshConfig.outboundTrafficPolicy.mode',
        not('REGISTRY_ONLY', 'ALLOW_ANY'),
        'lets workloads reach every address',
        { severity: 'info' },
      ],
    },
  }),
  ...kind('Transport', 'traefik.io/v1alpha1', ['ServersTransport', 'ServersTransportTCP'], {
    transit: { 'traefik-backend-unchecked': ['spec.insecureSkipVerify|spec.tls.insecureSkipVerify', notOn, 'does not check the certificates of its servers'] },
  }),
  ...kind('TLS option', 'traefik.io/v1alpha1', 'TLSOption', {
    oldTls: { 'traefik-old-tls': ['spec.minVersion', never(oldVersion, 'VersionTLS10', 'VersionTLS12'), 'speaks old versions of TLS'] },
  }),
  ...kind('Route', 'route.openshift.io/v1', 'Route', {
    transit: {
      'route-plaintext-allowed': ['spec.tls.insecureEdgeTerminationPolicy', not('Redirect', 'Allow'), 'answers without TLS as well', { severity: 'medium' }],
      'route-without-tls': ['spec.tls', { must: 'present', absent: 'bad' }, 'ends no TLS', { severity: 'low', confidence: 'medium' }],
    },
  }),
  ...kind('Network policy', 'cilium.io/v2', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'], {
    exposed: {
      'cilium-open-ingress': ['spec.ingress.*.fromEntities', never(/^(?:all|world)$/, ['world'], ['cluster']), 'lets the internet in', { severity: 'medium' }],
      'cilium-open-source': ['spec.ingress.*.fromCIDR', never(everywhere, ['0.0.0.0/0'], ['10.0.0.0/16']), 'lets every address in', { severity: 'medium' }],
    },
    segmentation: {
      'cilium-open-egress': [
        'spec.egress.*.toEntities',
        never(/^(?:all|world)$/, ['world'], ['cluster']),
        'lets workloads reach the internet',
        { severity: 'low' },
      ],
      'cilium-open-target': [
        'spec.egress.*.toCIDR',
        never(everywhere, ['0.0.0.0/0'], ['10.0.0.0/16']),
        'lets workloads reach every address',
        { severity: 'low' },
      ],
    },
  }),
  ...kind('API service', 'apiregistration.k8s.io/v1', 'APIService', {
    transit: { 'api-service-unchecked': ['spec.insecureSkipTLSVerify', notOn, 'is asked without checking its certificate', { severity: 'medium' }] },
  }),
  ...kind('Monitor', 'monitoring.coreos.com/v1', ['ServiceMonitor', 'PodMonitor'], {
    transit: {
      'scrape-unchecked': [
        'spec.endpoints.*.tlsConfig.insecureSkipVerify|spec.podMetricsEndpoints.*.tlsConfig.insecureSkipVerify',
        notOn,
        'is scraped without checking its certificate',
        { severity: 'low' },
      ],
    },
  }),
  ...kind('Issuer', 'cert-manager.io/v1', ['ClusterIssuer', 'Issuer'], {
    transit: { 'issuer-unchecked': ['spec.acme.skipTLSVerify', notOn, 'does not check the server that makes its certificates', { severity: 'medium' }] },
  }),
  ...kind('Certificate', 'cert-manager.io/v1', 'Certificate', {
    oldTls: {
      'issued-certificate-short-key': [
        'spec.privateKey.size',
        { must: { least: 2048 }, absent: 'fine', set: 2048 },
        'has a key that is too short',
        { when: [{ path: 'spec.privateKey.algorithm', must: { is: ['RSA'] } }], examples: [certificate()] },
      ],
    },
  }),
  ...kind('Network policy', 'projectcalico.org/v3', 'FelixConfiguration', {
    segmentation: {
      'calico-host-default': ['spec.defaultEndpointToHostAction', ifSet('Accept', 'Drop', 'Return'), 'lets pods reach their host', { severity: 'low' }],
    },
  }),
  ...kind('Vault connection', 'secrets.hashicorp.com/v1beta1', 'VaultConnection', {
    transit: {
      'vault-connection-unchecked': ['spec.skipTLSVerify', notOn, 'does not check the certificate of Vault'],
      'vault-connection-plaintext': ['spec.address', never(/^http:/, 'http://vault:8200', 'https://vault:8200'), 'reaches Vault without TLS'],
    },
  }),
  ...kind('Secret store', 'external-secrets.io/v1', ['SecretStore', 'ClusterSecretStore'], {
    transit: {
      'secret-store-plaintext': ['spec.provider.vault.server', never(/^http:/, 'http://vault:8200', 'https://vault:8200'), 'reads secrets without TLS'],
    },
  }),
  ...kind('Storage class', 'storage.k8s.io/v1', 'StorageClass', {
    atRest: { 'storage-class-plain': ['parameters.encrypted', notOff, 'makes unencrypted volumes', { severity: 'medium' }] },
  }),
  ...kind('Node class', 'karpenter.k8s.aws/v1', ['EC2NodeClass', 'AWSNodeTemplate'], {
    host: {
      'karpenter-imds-v1': [
        'spec.metadataOptions.httpTokens',
        is('required'),
        'starts nodes that give their credentials to any request',
        { severity: 'medium', absent: 'fine' },
      ],
    },
    atRest: { 'karpenter-disk-plain': ['spec.blockDeviceMappings.*.ebs.encrypted', notOff, 'starts nodes with unencrypted disks', { severity: 'medium' }] },
  }),
];

function peer(...lines: readonly string[]): string {
  return ['apiVersion: security.istio.io/v1', 'kind: PeerAuthentication', 'metadata:', '  name: example', 'spec:', ...lines, ''].join('\n');
}

function certificate() {
  const text = (size: number, mark = ''): string =>
    `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: example\nspec:\n  privateKey:\n    algorithm: RSA\n    size: ${size}\n${mark}`;
  return { file: 'manifest.yaml', bad: text(1024, '          ^^^^\n'), fixed: text(2048), good: text(2048) };
}
