import { containersOf, podsOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';

const image = container();
/** Modes by which everybody may write: 0777 and 0666, as numbers to the base of 8 and as they look. */
const writable: ReadonlySet<unknown> = new Set([0o777, 0o666, 777, 666]);
const week = 7 * 24 * 3600;
const placed = ['k8s_pod', 'k8s_deployment', 'k8s_statefulset', 'k8s_job', 'k8s_cronjob'];

/** Handles that a pod gives to an intruder: a login, tokens that hold for long, files that everybody may write, a place beside the control plane. */
export default [
  objectRule({
    id: 'network/container-login-port',
    title: 'Container that people log in to',
    severity: 'low',
    confidence: 'medium',
    types: workloads,
    what: 'Reports containers with port 22.',
    why: 'A login server in a container is a second way in, with passwords and keys of its own that nobody rotates.',
    references: ['CM-7', 'AC-17', 'CWE-668'],
    noFix: '`kubectl exec` gives the same, with the rights and the records of the cluster.',
    whenNotToUse: 'For servers whose task it is to take files by SFTP.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const port of lookIn(one.map, 'ports.containerPort').values) if (scalar(port) === 22) tell(port, `Container "${one.name}" offers a login on port 22.`);
    },
    bad: pod(container('ports:', '  - containerPort: 22', '                   ^^')),
    good: pod(container('ports:', '  - containerPort: 8080')),
  }),
  objectRule({
    id: 'secrets/account-token-long',
    title: 'Token of a service account that holds for long',
    severity: 'low',
    types: workloads,
    what: 'Reports projected tokens of service accounts that hold for more than a week.',
    why: 'Who once read the token uses it until it ends, also when the pod is long gone.',
    references: ['CWE-613', 'IA-5', 'AC-12'],
    noFix: 'How long the token is needed has to be known; the kubelet renews it in time.',
    check: (resource, tell) => {
      for (const one of podsOf(resource))
        for (const value of lookIn(one, 'volumes.projected.sources.serviceAccountToken.expirationSeconds').values) {
          const seconds = scalar(value);
          if (typeof seconds === 'number' && seconds > week) tell(value, `A token of "${resource.name}" holds for ${Math.round(seconds / 86400)} days.`);
        }
    },
    bad: pod([...image, '  volumes:', '    - name: token', '      projected:', '        sources:', '          - serviceAccountToken: {path: token, expirationSeconds: 31536000}', `${' '.repeat(66)}^^^^^^^^`]),
    good: pod([...image, '  volumes:', '    - name: token', '      projected:', '        sources:', '          - serviceAccountToken: {path: token, expirationSeconds: 3600}']),
  }),
  objectRule({
    id: 'secrets/secret-files-writable',
    title: 'Secret that every process may change',
    severity: 'low',
    types: workloads,
    what: 'Reports volumes of secrets with modes such as 0777.',
    why: 'Any process of the pod then reads the secret, and puts another in its place.',
    references: ['CWE-732', 'AC-6'],
    noFix: 'Which user reads the secret has to be known; 0400 is enough for most.',
    check: (resource, tell) => {
      for (const one of podsOf(resource))
        for (const path of ['volumes.secret.defaultMode', 'volumes.secret.items.mode', 'volumes.projected.defaultMode'])
          for (const value of lookIn(one, path).values) if (writable.has(scalar(value))) tell(value, `Every process of "${resource.name}" may change its secret.`);
    },
    bad: pod([...image, '  volumes:', '    - name: key', '      secret:', '        secretName: key', '        defaultMode: 0777', `${' '.repeat(21)}^^^^`]),
    good: pod([...image, '  volumes:', '    - name: key', '      secret:', '        secretName: key', '        defaultMode: 0400']),
  }),
  objectRule({
    id: 'workload/beside-control-plane',
    title: 'Workload that may run beside the control plane',
    severity: 'info',
    types: placed,
    what: 'Reports pods, deployments and jobs that tolerate the taints of the control plane.',
    why: 'Who breaks out of a container there is on the machine that keeps the secrets of the whole cluster.',
    references: families.container.references,
    whenNotToUse: 'For parts of the control plane, and for clusters of one machine.',
    noFix: 'Where the workload may run instead has to be known.',
    check: (resource, tell) => {
      for (const one of podsOf(resource))
        for (const toleration of lookIn(one, 'tolerations').values.flatMap(mapsOf)) {
          const key = toleration.entries.get('key')?.value;
          if (/^node-role\.kubernetes\.io\/(?:control-plane|master)$/.test(String(scalar(key) ?? ''))) tell(key, `"${resource.name}" may run beside the control plane.`);
        }
    },
    bad: pod([...image, '  tolerations:', '    - key: node-role.kubernetes.io/control-plane', `${' '.repeat(11)}${'^'.repeat('node-role.kubernetes.io/control-plane'.length)}`, '      operator: Exists']),
    good: pod([...image, '  tolerations:', '    - key: nvidia.com/gpu', '      operator: Exists']),
  }),
];
