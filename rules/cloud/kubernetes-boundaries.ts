import { byHand, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const anywhere = byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['10.0.0.0/16']));
const anyOrigin = byHand(never(/^\*$/, ['*'], ['https://chat.example.com']));
const oldTls = byHand(not('1.2', '1.0', '1.1'));

/** Who may reach what: network policies, meshes and gateways of further projects. Sources: the references of their objects. */
export default [
  ...kind('Access rule', 'policy.linkerd.io/v1alpha1', 'NetworkAuthentication', {
    exposed: { 'mesh-every-network': ['spec.networks.*.cidr', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, '0.0.0.0/0', '10.0.0.0/16')), 'lets every address in', { severity: 'medium' }] },
  }),
  ...kind('Access rule', 'policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication', {
    privilege: { 'mesh-every-identity': ['spec.identities', byHand(never(/^\*$/, ['*'], ['web.chat.serviceaccount.identity.linkerd.cluster.local'])), 'lets every workload of the mesh in', { severity: 'low' }] },
  }),
  ...kind('Network policy', 'crd.antrea.io/v1beta1', ['ClusterNetworkPolicy', 'NetworkPolicy'], {
    exposed: {
      'antrea-open-source': ['spec.ingress.*.from.*.ipBlock.cidr', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, '0.0.0.0/0', '10.0.0.0/16')), 'lets every address in', {
        severity: 'medium', when: [{ path: 'spec.ingress.*.action', must: { is: ['Allow'] } }],
        examples: [{ file: 'manifest.yaml', bad: antrea('0.0.0.0/0', '^'.repeat(9)), good: antrea('10.0.0.0/16') }],
      }],
    },
  }),
  ...kind('Network policy', 'policy.networking.k8s.io/v1alpha1', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'], {
    segmentation: {
      'admin-policy-open-target': ['spec.egress.*.to.*.networks', anywhere, 'lets workloads reach every address', {
        severity: 'low', when: [{ path: 'spec.egress.*.action', must: { is: ['Allow'] } }],
        examples: [{ file: 'manifest.yaml', bad: admin('0.0.0.0/0', '^'.repeat(9)), good: admin('10.0.0.0/16') }],
      }],
    },
  }),
  ...kind('Route', 'gateway.networking.k8s.io/v1', 'HTTPRoute', {
    transit: { 'route-leads-to-plaintext': ['spec.rules.*.filters.*.requestRedirect.scheme', not('https', 'http'), 'leads people away from TLS', { severity: 'low' }] },
  }),
  ...kind('Client rule', 'gateway.envoyproxy.io/v1alpha1', 'ClientTrafficPolicy', {
    oldTls: { 'envoy-client-old-tls': ['spec.tls.minVersion', oldTls, 'speaks old versions of TLS'] },
  }),
  ...kind('Server rule', 'gateway.envoyproxy.io/v1alpha1', ['EnvoyProxy', 'BackendTrafficPolicy'], {
    oldTls: { 'envoy-server-old-tls': ['spec.backendTLS.minVersion', oldTls, 'speaks old versions of TLS'] },
  }),
  ...kind('Security rule', 'gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', {
    identity: { 'envoy-any-origin': ['spec.cors.allowOrigins', anyOrigin, 'answers pages of every origin', { severity: 'low' }] },
    transit: { 'envoy-keys-plaintext': ['spec.jwt.providers.*.remoteJWKS.uri', never(/^http:\/\//, 'http://id.example.com/keys', 'https://id.example.com/keys'), 'reads the keys of tokens without TLS'] },
  }),
  ...kind('Plugin', 'configuration.konghq.com/v1', ['KongPlugin', 'KongClusterPlugin'], {
    identity: {
      'kong-any-origin': ['config.origins', anyOrigin, 'answers pages of every origin', { severity: 'low' }],
      'kong-keys-kept': ['config.hide_credentials', notOff, 'hands the keys of callers on to the service', { severity: 'info' }],
    },
  }),
  ...kind('Middleware', 'traefik.io/v1alpha1', ['Middleware', 'MiddlewareTCP'], {
    exposed: { 'traefik-list-lets-everybody-in': ['spec.ipAllowList.sourceRange|spec.ipWhiteList.sourceRange', anywhere, 'lets every address in', { severity: 'medium' }] },
    identity: { 'traefik-any-origin': ['spec.headers.accessControlAllowOriginList', anyOrigin, 'answers pages of every origin', { severity: 'low' }] },
    transit: { 'traefik-asks-plaintext': ['spec.forwardAuth.tls.insecureSkipVerify', notOn, 'does not check the server that signs people in'] },
  }),
  ...kind('Server', 'k8s.nginx.org/v1', 'VirtualServer', {
    transit: {
      'nginx-server-without-tls': ['spec.tls', { must: 'present', absent: 'bad' }, 'ends no TLS', {
        severity: 'low', confidence: 'medium', when: [{ path: 'spec.host', must: 'present' }],
        examples: [{ file: 'manifest.yaml', bad: nginx('        ^^^^'), good: `${nginx()}  tls: {secret: chat}\n` }],
      }],
    },
  }),
  ...kind('Gateway', 'networking.istio.io/v1', 'Gateway', {
    exposed: { 'mesh-gateway-every-host': ['spec.servers.*.hosts', byHand(never(/^(?:[\w.*-]+\/)?\*$/, ['*'], ['chat.example.com'])), 'answers for every name', { severity: 'info' }] },
  }),
  ...kind('Access rule', 'consul.hashicorp.com/v1alpha1', 'ServiceIntentions', {
    privilege: { 'mesh-intention-for-all': ['spec.sources.*.name', byHand(never(/^\*$/, '*', 'api')), 'lets every service in', {
      severity: 'low', when: [{ path: 'spec.sources.*.action', must: { is: ['allow'] } }],
      examples: [{ file: 'manifest.yaml', bad: intention('*', '              ^'), good: intention('api') }],
    }] },
  }),
  ...kind('Mesh', 'consul.hashicorp.com/v1alpha1', 'Mesh', {
    oldTls: { 'consul-mesh-old-tls': ['spec.tls.incoming.tlsMinVersion|spec.tls.outgoing.tlsMinVersion', byHand(not('TLSv1_2', 'TLSv1_0', 'TLSv1_1', 'TLS_AUTO')), 'speaks old versions of TLS'] },
  }),
  ...kind('Mesh', 'kuma.io/v1alpha1', 'Mesh', { transit: { 'kuma-plaintext-allowed': ['spec.mtls.backends.*.mode', not('STRICT', 'PERMISSIVE'), 'lets services talk without TLS', { severity: 'medium' }] } }),
  ...kind('Access rule', 'kuma.io/v1alpha1', 'MeshTrafficPermission', {
    privilege: { 'kuma-lets-mesh-in': ['spec.from.*.targetRef.kind', byHand(not('MeshSubset', 'Mesh')), 'lets every service of the mesh in', {
      severity: 'low', when: [{ path: 'spec.from.*.default.action', must: { is: ['Allow'] } }],
      examples: [{ file: 'manifest.yaml', bad: permission('Mesh', `${' '.repeat(14)}^^^^`), good: permission('MeshSubset') }],
    }] },
  }),
  ...kind('Mesh', 'config.openservicemesh.io/v1alpha2', 'MeshConfig', { privilege: { 'mesh-permissive': ['spec.traffic.enablePermissiveTrafficPolicyMode', notOn, 'lets every service reach every other', { severity: 'medium' }] } }),
  ...kind('Virtual service', 'gateway.solo.io/v1', 'VirtualService', {
    identity: { 'gloo-any-origin': ['spec.virtualHost.options.cors.allowOriginRegex|spec.virtualHost.options.cors.allowOrigin', byHand(never(/^\*$|^\^?\.[*+]\$?$/, ['.*'], ['https://chat.example.com'])), 'answers pages of every origin', { severity: 'low' }] },
  }),
  ...kind('Network policy', 'cilium.io/v2', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'], {
    segmentation: { 'cilium-every-name': ['spec.egress.*.toFQDNs.*.matchPattern', byHand(never(/^\*+(?:\.\*+)*$/, '*', '*.example.com')), 'lets workloads reach every name', { severity: 'low' }] },
    exposed: { 'cilium-open-source-set': ['spec.ingress.*.fromCIDRSet.*.cidr', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, '0.0.0.0/0', '10.0.0.0/16')), 'lets every address in', { severity: 'medium' }] },
  }),
  ...kind('Bastion', 'infrastructure.cluster.x-k8s.io/v1beta2', ['AWSMachineTemplate', 'AWSMachinePool'], {
    exposed: { 'cluster-machine-public': ['spec.template.spec.publicIP|spec.awsLaunchTemplate.publicIP', notOn, 'starts machines with public addresses', { severity: 'low' }] },
  }),
  ...kind('Node class', 'karpenter.k8s.aws/v1', 'EC2NodeClass', {
    exposed: { 'karpenter-public': ['spec.associatePublicIPAddress', notOn, 'starts nodes with public addresses', { severity: 'medium' }] },
  }),
];

function antrea(cidr: string, mark?: string): string {
  const from = `      from: [{ipBlock: {cidr: ${cidr}}}]`;
  return ['apiVersion: crd.antrea.io/v1beta1', 'kind: ClusterNetworkPolicy', 'metadata:', '  name: chat', 'spec:', '  ingress:', '    - action: Allow', from, ...(mark ? [' '.repeat(30) + mark] : []), ''].join('\n');
}

function admin(cidr: string, mark?: string): string {
  return ['apiVersion: policy.networking.k8s.io/v1alpha1', 'kind: AdminNetworkPolicy', 'metadata:', '  name: chat', 'spec:', '  egress:', '    - action: Allow', `      to: [{networks: [${cidr}]}]`, ...(mark ? [' '.repeat(23) + mark] : []), ''].join('\n');
}

function nginx(mark?: string): string {
  return ['apiVersion: k8s.nginx.org/v1', 'kind: VirtualServer', 'metadata:', '  name: chat', ...(mark ? [mark] : []), 'spec:', '  host: chat.example.com', ''].join('\n');
}

function intention(name: string, mark?: string): string {
  return ['apiVersion: consul.hashicorp.com/v1alpha1', 'kind: ServiceIntentions', 'metadata:', '  name: chat', 'spec:', '  sources:', `    - name: '${name}'`, ...(mark ? [mark.replace(/^ +/, ' '.repeat(13))] : []), '      action: allow', ''].join('\n');
}

function permission(name: string, mark?: string): string {
  return ['apiVersion: kuma.io/v1alpha1', 'kind: MeshTrafficPermission', 'metadata:', '  name: chat', 'spec:', '  from:', '    - targetRef:', `        kind: ${name}`, ...(mark ? [mark] : []), '      default: {action: Allow}', ''].join('\n');
}
