import { byHand, needed, never, not, notOff, notOn, off, service } from '../_families.ts';
import { kind } from '../_manifest.ts';

/** One file with one setting, for what is no object. */
const file = (name: string, head: readonly string[], bad: string, good: string, marked: string) => {
  const text = (line: string, mark = ''): string => [...head, line, ...(mark ? [mark] : []), ''].join('\n');
  const at = bad.lastIndexOf(marked);
  return [{ file: name, bad: text(bad, `${' '.repeat(at)}${'^'.repeat(marked.length)}`), good: text(good) }];
};
const k3s = (bad: string, good: string, marked: string) => file('etc/rancher/k3s/config.yaml', bad.startsWith('write') ? [] : ["write-kubeconfig-mode: '0600'"], bad, good, marked);
const rke = (lines: readonly string[], bad: string, good: string, marked: string) => file('cluster.yml', ['services:', '  kube-api:', '    service_node_port_range: 30000-32767', ...lines], bad, good, marked);
const talos = (lines: readonly string[], bad: string, good: string, marked: string) => file('controlplane.yaml', ['version: v1alpha1', 'machine:', '  type: controlplane', ...lines], bad, good, marked);

const everywhere = /^(?:0\.0\.0\.0|::0?)\/0$/;
const inside = byHand(never(everywhere, ['0.0.0.0/0'], ['203.0.113.0/24']));

/** What sets clusters up: k3s, RKE, Talos, kubeadm, kops, eksctl and kind. Sources: their references. */
export default [
  ...service('Cluster', 'k3s_configuration', {
    privilege: { 'k3s-admin-file-readable': ['write-kubeconfig-mode', byHand(never(/^0?[0-7]{2}[4-7]$/, '0644', '0600')), 'lets every account of the machine read the administrator\'s credentials', { severity: 'medium', examples: k3s("write-kubeconfig-mode: '0644'", "write-kubeconfig-mode: '0600'", '0644') }] },
    atRest: { 'k3s-secrets-plain': ['secrets-encryption', byHand(notOff), 'keeps its secrets unencrypted', { severity: 'medium', examples: k3s('secrets-encryption: false', 'secrets-encryption: true', 'false') }] },
    segmentation: { 'k3s-without-network-policy': ['disable-network-policy', byHand(notOn), 'does not enforce network policies', { examples: k3s('disable-network-policy: true', 'disable-network-policy: false', 'true') }] },
    exposed: { 'k3s-etcd-metrics': ['etcd-expose-metrics', byHand(notOn), 'shows the metrics of its database to the network', { severity: 'low', examples: k3s('etcd-expose-metrics: true', 'etcd-expose-metrics: false', 'true') }] },
    host: { 'k3s-kernel-defaults': ['protect-kernel-defaults', byHand(notOff), 'lets the kernel differ from what the kubelet expects', { examples: k3s('protect-kernel-defaults: false', 'protect-kernel-defaults: true', 'false') }] },
  }),
  ...service('Cluster', 'rke_configuration', {
    atRest: { 'rke-secrets-plain': ['services.kube-api.secrets_encryption_config.enabled', byHand(notOff), 'keeps its secrets unencrypted', { severity: 'medium', examples: rke(['    secrets_encryption_config:'], '      enabled: false', '      enabled: true', 'false') }] },
    logging: { 'rke-audit-off': ['services.kube-api.audit_log.enabled', byHand(notOff), 'keeps no audit log', { severity: 'medium', examples: rke(['    audit_log:'], '      enabled: false', '      enabled: true', 'false') }] },
    privilege: { 'rke-without-rights': ['authorization.mode', byHand(not('rbac', 'none')), 'allows everything to everybody', { examples: rke(['authorization:'], '  mode: none', '  mode: rbac', 'none') }] },
    transit: { 'rke-kubelet-certificates': ['services.kubelet.generate_serving_certificate', byHand(notOff), 'lets nodes serve with certificates that they signed themselves', { severity: 'low', examples: rke(['  kubelet:'], '    generate_serving_certificate: false', '    generate_serving_certificate: true', 'false') }] },
  }),
  ...service('Machine', 'talos_configuration', {
    privilege: {
      'talos-without-roles': ['machine.features.rbac', byHand(notOff), 'gives every client of its API all rights', { severity: 'high', examples: talos(['  features:'], '    rbac: false', '    rbac: true', 'false') }],
      'talos-api-for-pods': ['machine.features.kubernetesTalosAPIAccess.allowedRoles', byHand(never(/^os:admin$/, ['os:admin'], ['os:reader'])), 'lets pods control it', { examples: talos(['  features:', '    kubernetesTalosAPIAccess:', '      enabled: true'], "      allowedRoles: ['os:admin']", "      allowedRoles: ['os:reader']", 'os:admin') }],
    },
    container: { 'talos-without-pod-security': ['cluster.apiServer.disablePodSecurityPolicy', byHand({ must: { is: [true] }, absent: 'fine' }), 'relies on pod security policies, which no longer exist', { severity: 'info', examples: talos(['cluster:', '  apiServer:'], '    disablePodSecurityPolicy: false', '    disablePodSecurityPolicy: true', 'false') }] },
  }),
  ...kind('Token', 'kubeadm.k8s.io/v1beta4', 'InitConfiguration', { expiry: { 'kubeadm-token-without-end': ['bootstrapTokens.*.ttl', byHand(never(/^0(?:[smh]|h0m0s)?$/, '0s', '24h0m0s')), 'never ends', { severity: 'medium' }] } }),
  ...kind('Node', 'kubeadm.k8s.io/v1beta4', 'JoinConfiguration', { transit: { 'kubeadm-join-unchecked': ['discovery.bootstrapToken.unsafeSkipCAVerification', notOn, 'joins without checking the cluster\'s certificate', { severity: 'medium' }] } }),
  ...kind('API server', 'apiserver.config.k8s.io/v1beta1', 'AuthenticationConfiguration', {
    identity: { 'authentication-anonymous': ['anonymous.enabled', notOn, 'answers requests of nobody in particular', { orPath: [{ path: 'anonymous.conditions', must: 'present' }] }] },
    transit: { 'authentication-issuer-plain': ['jwt.*.issuer.url', byHand(never(/^http:/i, 'http://idp.example.com', 'https://idp.example.com')), 'fetches the keys of its users\' tokens over plain HTTP'] },
  }),
  ...kind('API server', 'apiserver.config.k8s.io/v1', 'AuthorizationConfiguration', {
    privilege: {
      'authorization-allows-all': ['authorizers.*.type', byHand(not('RBAC', 'AlwaysAllow')), 'allows everything to everybody'],
      'authorization-fails-open': ['authorizers.*.webhook.failurePolicy', byHand(not('Deny', 'NoOpinion')), 'goes on without an answer when the one who decides does not answer', { severity: 'low' }],
    },
  }),
  ...kind('Cluster', 'kops.k8s.io/v1alpha2', 'Cluster', {
    exposed: { 'kops-api-anywhere': ['spec.kubernetesApiAccess|spec.api.access', inside, 'lets its API be reached from every address', { severity: 'medium' }], 'kops-ssh-anywhere': ['spec.sshAccess', inside, 'lets its machines be reached by SSH from every address'] },
    privilege: { 'kops-allows-all': ['spec.authorization.alwaysAllow', { must: 'absent', absent: 'fine', sample: { bad: '{}' } }, 'allows everything to everybody', {
      examples: [{ file: 'manifest.yaml', bad: 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: example\nspec:\n  authorization:\n    alwaysAllow: {}\n                 ^^\n', good: 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: example\nspec:\n  authorization:\n    rbac: {}\n' }],
    }] },
    atRest: { 'kops-etcd-plain': ['spec.etcdClusters.*.etcdMembers.*.encryptedVolume', notOff, 'keeps its database on a disk that is not encrypted'], 'kops-secrets-plain': ['spec.encryptionConfig', notOff, 'keeps its secrets unencrypted', { severity: 'low' }] },
  }),
  ...kind('Machines', 'kops.k8s.io/v1alpha2', 'InstanceGroup', {
    host: { 'kops-metadata-open': ['spec.instanceMetadata.httpTokens', byHand(not('required', 'optional')), 'give out their credentials without a session token', { severity: 'medium' }] },
    atRest: { 'kops-machine-plain': ['spec.rootVolume.encryption|spec.rootVolumeEncryption', notOff, 'start from disks that are not encrypted', { severity: 'medium' }] },
  }),
  ...kind('Cluster', 'eksctl.io/v1alpha5', 'ClusterConfig', {
    exposed: {
      'eksctl-public-api': ['vpc.clusterEndpoints.publicAccess', off, 'lets its API be reached from the internet', { severity: 'medium', missing: 'info', confidence: 'medium', orPath: [{ path: 'vpc.publicAccessCIDRs', must: 'present' }, { path: 'privateCluster.enabled', must: { is: [true] } }] }],
      'eksctl-api-anywhere': ['vpc.publicAccessCIDRs', inside, 'lets its API be reached from every address'],
      'eksctl-public-nodes': ['managedNodeGroups.*.privateNetworking|nodeGroups.*.privateNetworking', notOff, 'gives its machines public addresses', { severity: 'low' }],
      'eksctl-ssh': ['managedNodeGroups.*.ssh.allow|nodeGroups.*.ssh.allow', notOn, 'lets its machines be reached by SSH', { severity: 'low' }],
    },
    customerKey: { 'eksctl-secrets-without-key': ['secretsEncryption.keyARN', needed, 'does not encrypt its secrets with a customer-managed key', { severity: 'low', examples: cluster([], ['secretsEncryption:', '  keyARN: arn:aws:kms:eu-west-1:111122223333:key/a']) }] },
    logging: { 'eksctl-without-log': ['cloudWatch.clusterLogging.enableTypes', needed, 'records nothing of what is asked of its API', { examples: cluster([], ['cloudWatch:', '  clusterLogging:', "    enableTypes: ['audit', 'api']"]) }] },
    atRest: { 'eksctl-node-plain': ['managedNodeGroups.*.volumeEncrypted|nodeGroups.*.volumeEncrypted', notOff, 'keeps data on disks that are not encrypted', { severity: 'medium' }] },
    host: { 'eksctl-metadata-open': ['managedNodeGroups.*.disableIMDSv1|nodeGroups.*.disableIMDSv1', notOff, 'lets its machines give out credentials without a session token', { severity: 'medium' }] },
    privilege: { 'eksctl-node-administrator': ['managedNodeGroups.*.iam.attachPolicyARNs|nodeGroups.*.iam.attachPolicyARNs', byHand(never(/\/(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$/, ['arn:aws:iam::aws:policy/AdministratorAccess'], ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'])), 'makes every pod an administrator of the account'] },
  }),
  ...kind('Cluster', 'kind.x-k8s.io/v1alpha4', 'Cluster', { exposed: { 'kind-api-anywhere': ['networking.apiServerAddress', byHand(not('127.0.0.1', '0.0.0.0')), 'lets its API be reached from other machines', { severity: 'low' }] } }),
];

function cluster(bad: readonly string[], good: readonly string[]) {
  const text = (more: readonly string[], mark = ''): string => ['apiVersion: eksctl.io/v1alpha5', 'kind: ClusterConfig', 'metadata:', '  name: example', ...(mark ? [mark] : []), '  region: eu-west-1', ...more, ''].join('\n');
  return [{ file: 'manifest.yaml', bad: text(bad, '        ^^^^^^^'), good: text(good) }];
}
