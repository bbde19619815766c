import { byHand, never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

/** What decides how an OpenShift cluster signs people in, keeps its state and takes images. Source: the reference of its API. */
export default [
  ...kind('Constraints', 'security.openshift.io/v1', 'SecurityContextConstraints', {
    container: {
      'scc-any-user': ['runAsUser.type', not('MustRunAsNonRoot', 'RunAsAny'), 'let containers run as any user, root among them'],
      'scc-any-label': ['seLinuxContext.type', not('MustRunAs', 'RunAsAny'), 'let containers choose their SELinux label', { severity: 'low' }],
      'scc-any-seccomp': ['seccompProfiles', byHand(never(/^(?:\*|unconfined)$/i, ['unconfined'], ['runtime/default'])), 'let containers make every system call', { severity: 'low' }],
      'scc-every-capability': ['allowedCapabilities|defaultAddCapabilities', byHand(never(/^(?:\*|ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|NET_ADMIN)$/, ['SYS_ADMIN'], ['NET_BIND_SERVICE'])), 'let containers take capabilities that lead to the host'],
      'scc-host-ports': ['allowHostPorts', notOn, 'let pods listen on their host', { severity: 'low' }],
    },
    privilege: {
      'scc-for-everybody': ['groups', byHand(never(/^system:(?:authenticated|unauthenticated|serviceaccounts)$/, ['system:authenticated'], ['trainers'])), 'hold for everybody', { severity: 'medium' }],
    },
  }),
  ...kind('Sign-in', 'config.openshift.io/v1', 'OAuth', {
    transit: {
      'openshift-directory-insecure': ['spec.identityProviders.*.ldap.insecure', notOn, 'asks its directory without TLS'],
      'openshift-directory-plaintext': ['spec.identityProviders.*.ldap.url', never(/^ldap:\/\//, 'ldap://directory.example.com/ou=people', 'ldaps://directory.example.com/ou=people'), 'asks its directory without TLS', { severity: 'medium' }],
    },
  }),
  ...kind('Image policy', 'config.openshift.io/v1', 'Image', {
    supply: {
      'openshift-insecure-registry': ['spec.registrySources.insecureRegistries', { must: 'absent', absent: 'fine', sample: { bad: ['registry.example.com'] } }, 'takes images from registries without checking who they are', {
        severity: 'medium',
        examples: [{
          file: 'manifest.yaml',
          bad: image('insecureRegistries', `${' '.repeat(24)}${'^'.repeat(22)}`),
          good: image('allowedRegistries'),
        }],
      }],
    },
  }),
  ...kind('API server', 'config.openshift.io/v1', 'APIServer', {
    logging: { 'openshift-without-audit': ['spec.audit.profile', not('Default', 'None'), 'keeps no record of requests'] },
    atRest: { 'openshift-state-plain': ['spec.encryption.type', not('aesgcm', 'identity', ''), 'keeps secrets unencrypted', { severity: 'medium' }] },
    oldTls: { 'openshift-old-tls': ['spec.tlsSecurityProfile.type', not('Intermediate', 'Old'), 'speaks old versions of TLS'] },
  }),
  ...kind('Ingress', 'operator.openshift.io/v1', 'IngressController', {
    oldTls: { 'openshift-ingress-old-tls': ['spec.tlsSecurityProfile.type', not('Intermediate', 'Old'), 'speaks old versions of TLS'] },
  }),
  ...kind('Image registry', 'imageregistry.operator.openshift.io/v1', 'Config', {
    atRest: { 'openshift-registry-plain': ['spec.storage.s3.encrypt', notOff, 'keeps images unencrypted', { severity: 'medium' }] },
  }),
  ...kind('GitOps server', 'argoproj.io/v1beta1', 'ArgoCD', {
    transit: { 'gitops-plaintext': ['spec.server.insecure', notOn, 'answers without TLS', { severity: 'medium' }] },
    privilege: { 'gitops-everybody-administrator': ['spec.rbac.defaultPolicy', byHand(not('reader', 'role:admin')), 'makes everybody an administrator'] },
  }),
];

function image(field: string, mark?: string): string {
  return ['apiVersion: config.openshift.io/v1', 'kind: Image', 'metadata:', '  name: cluster', 'spec:', '  registrySources:', `    ${field}: [registry.example.com]`, ...(mark ? [mark] : []), ''].join('\n');
}
