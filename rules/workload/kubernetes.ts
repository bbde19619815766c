import { containersOf, nameOf, podsOf, workloads } from '../../server/rule/kubernetes.ts';
import { look, lookIn, scalar, truth, type MapValue, type RuleId, type Severity } from '../../server/rule/queries.ts';
import { defineRule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { setTo } from '../_fixes.ts';
import { deploymentSample, strongCapabilities } from '../_kubernetes.ts';

interface PodRow {
  readonly id: RuleId;
  readonly title: string;
  readonly key: string;
  readonly problem: string;
  readonly severity: Severity;
}
const hostRows: readonly PodRow[] = [
  { id: 'workload/host-network', title: 'Pod on the network of its node', key: 'hostNetwork', problem: 'shares the network of its node', severity: 'medium' },
  { id: 'workload/host-pid', title: 'Pod that sees the processes of its node', key: 'hostPID', problem: 'sees the processes of its node', severity: 'medium' },
  {
    id: 'workload/host-ipc',
    title: 'Pod that shares memory with its node',
    key: 'hostIPC',
    problem: 'shares memory with the processes of its node',
    severity: 'medium',
  },
];

function podSample(line: string, mark: string | undefined): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: trainer',
    'spec:',
    `  ${line}`,
    ...(mark === undefined ? [] : [`  ${mark}`]),
    '  containers:',
    '    - name: train',
    '      image: registry.example.com/train@sha256:0',
    '',
  ].join('\n');
}

const base = {
  confidence: 'high',
  references: families.container.references,
  why: families.container.why,
  whenNotToUse: 'For system components whose task is on the host itself.',
} as const;

export default [
  ...hostRows.map((row) =>
    defineRule({
      ...base,
      id: row.id,
      title: row.title,
      severity: row.severity,
      what: `Reports pods with \`${row.key}: true\`.`,
      checks: [
        {
          on: 'resource',
          types: workloads,
          check: (resource, context) => {
            for (const pod of podsOf(resource)) {
              const entry = pod.entries.get(row.key) ?? pod.entries.get(row.key.replace('IPC', 'Ipc').replace('PID', 'Pid'));
              if (entry && truth(entry.value) === true) {
                context.report({
                  at: entry.value.at,
                  message: `Pod of "${resource.name}" ${row.problem}.`,
                  fixes: [
                    { title: `Set ${row.key} to false`, safe: false, intents: [{ kind: 'setAttribute', resource, path: [row.key], value: false, within: pod }] },
                  ],
                });
              }
            }
          },
        },
      ],
      examples: [
        {
          file: 'pod.yaml',
          bad: podSample(`${row.key}: true`, `${' '.repeat(row.key.length + 2)}^^^^`),
          fixed: podSample(`${row.key}: false`, undefined),
          good: podSample(`${row.key}: false`, undefined),
        },
      ],
    }),
  ),
  defineRule({
    ...base,
    id: 'workload/host-path-volume',
    title: 'Volume of the node in a pod',
    severity: 'medium',
    what: 'Reports `hostPath` volumes.',
    noFix: 'Another kind of volume has to be chosen.',
    checks: [
      {
        on: 'resource',
        types: workloads,
        check: (resource, context) => {
          for (const pod of podsOf(resource)) {
            for (const entry of lookIn(pod, 'volumes').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
              const own = entry.kind === 'map' ? entry.entries.get('hostPath') : undefined;
              if (!own || own.value.kind === 'null') continue;
              const where = own.value.kind === 'map' ? own.value.entries.get('path')?.value : undefined;
              const path = scalar(where);
              if (typeof path === 'string' && /docker\.sock|containerd\.sock|crio\.sock/.test(path)) continue;
              const name = entry.kind === 'map' ? scalar(entry.entries.get('name')?.value) : undefined;
              const mounts = ['containers', 'initContainers']
                .flatMap((list) => lookIn(pod, `${list}.volumeMounts`).values)
                .flatMap((value) => (value.kind === 'list' ? value.items : [value]))
                .filter((mount) => mount.kind === 'map' && scalar(mount.entries.get('name')?.value) === name);
              const readOnly = mounts.length > 0 && mounts.every((mount) => mount.kind === 'map' && scalar(mount.entries.get('readOnly')?.value) === true);
              // Agents that watch the node read it; what cannot be written is no way onto the node.
              context.report({
                ...(readOnly ? { severity: 'low' as const } : {}),
                at: where?.at ?? own.keyOrigin,
                message: `Pod of "${resource.name}" mounts ${typeof path === 'string' ? `"${path}"` : 'a folder'} of its node.`,
              });
            }
          }
        },
      },
    ],
    examples: [
      {
        file: 'pod.yaml',
        bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\nspec:\n  containers:\n    - name: train\n      image: a@sha256:0\n  volumes:\n    - name: data\n      hostPath:\n        path: /etc\n              ^^^^\n',
        good: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\nspec:\n  containers:\n    - name: train\n      image: a@sha256:0\n  volumes:\n    - name: data\n      emptyDir: {}\n',
      },
    ],
  }),
  defineRule({
    ...base,
    id: 'workload/docker-socket-mounted',
    title: 'Container runtime socket in a pod',
    severity: 'critical',
    what: 'Reports `hostPath` volumes of the socket of Docker, containerd or CRI-O.',
    noFix: 'What needs the socket has to be built in another way.',
    checks: [
      {
        on: 'resource',
        types: workloads,
        check: (resource, context) => {
          for (const pod of podsOf(resource)) {
            for (const value of lookIn(pod, 'volumes.hostPath.path').values) {
              if (value.kind === 'string' && /docker\.sock|containerd\.sock|crio\.sock/.test(value.value))
                context.report({ at: value.at, message: `Pod of "${resource.name}" controls the container runtime of its node through "${value.value}".` });
            }
          }
        },
      },
    ],
    examples: [
      {
        file: 'pod.yaml',
        bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: builder\nspec:\n  containers:\n    - name: build\n      image: a@sha256:0\n  volumes:\n    - name: docker\n      hostPath:\n        path: /var/run/docker.sock\n              ^^^^^^^^^^^^^^^^^^^^\n',
        good: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: builder\nspec:\n  containers:\n    - name: build\n      image: a@sha256:0\n',
      },
    ],
  }),
  defineRule({
    ...base,
    id: 'workload/strong-capability',
    title: 'Container with a powerful capability',
    severity: 'high',
    what: `Reports containers that add one of ${[...strongCapabilities.keys()].filter((name) => name !== 'SYS_ADMIN').join(', ')}; SYS_ADMIN has a rule of its own.`,
    noFix: 'What the container does with the capability has to be known.',
    checks: [
      {
        on: 'resource',
        types: workloads,
        check: (resource, context) => {
          for (const container of containersOf(resource)) {
            for (const list of lookIn(container.map, 'securityContext.capabilities.add').values) {
              for (const item of list.kind === 'list' ? list.items : []) {
                const name = String(scalar(item) ?? '').replace(/^CAP_/, '');
                const severity = name === 'SYS_ADMIN' ? undefined : strongCapabilities.get(name);
                if (severity) context.report({ at: item.at, message: `Container "${container.name}" gets the capability ${name}.`, severity });
              }
            }
          }
        },
      },
    ],
    examples: [
      {
        file: 'deployment.yaml',
        bad: deploymentSample(['securityContext:', '  capabilities:', '    add: [SYS_MODULE]', '          ^^^^^^^^^^']),
        good: deploymentSample(['securityContext:', '  capabilities:', '    add: [NET_BIND_SERVICE]']),
      },
    ],
  }),
  defineRule({
    ...base,
    confidence: 'medium',
    id: 'workload/capabilities-not-dropped',
    yieldsTo: ['workload/no-security-context'],
    title: 'Container that keeps the default capabilities',
    severity: 'low',
    what: 'Reports containers that drop neither all capabilities nor NET_RAW.',
    checks: [
      {
        on: 'resource',
        types: workloads,
        check: (resource, context) => {
          for (const container of containersOf(resource)) {
            const found = lookIn(container.map, 'securityContext.capabilities.drop');
            if (found.unknown || !container.map.complete) continue;
            const dropped = found.values
              .flatMap((value) => (value.kind === 'list' ? value.items : [value]))
              .map((item) =>
                String(scalar(item) ?? '')
                  .toUpperCase()
                  .replace(/^CAP_/, ''),
              );
            if (!dropped.includes('ALL') && !dropped.includes('NET_RAW'))
              context.report({ at: nameOf(container.map).at, message: `Container "${container.name}" keeps the default capabilities.`, fixes: setTo(resource, 'securityContext.capabilities.drop', ['ALL'], container.map) });
          }
        },
      },
    ],
    examples: [
      {
        file: 'deployment.yaml',
        bad: deploymentSample([], true),
        fixed: deploymentSample([]).replace('vllm\n', 'vllm\n          securityContext:\n            capabilities:\n              drop: ["ALL"]\n'),
        good: deploymentSample(['securityContext:', '  capabilities:', '    drop: [ALL]']),
      },
    ],
  }),
  defineRule({
    ...base,
    id: 'iam/kubernetes-role-escalation',
    title: 'Kubernetes role that can widen its own rights',
    severity: 'high',
    references: families.privilege.references,
    why: families.privilege.why,
    whenNotToUse: 'For the roles of cluster administrators.',
    what: 'Reports the verbs `escalate`, `bind` and `impersonate`.',
    noFix: 'What the role is for has to be known.',
    checks: [
      {
        on: 'resource',
        types: ['k8s_role', 'k8s_clusterrole'],
        check: (resource, context) => {
          for (const list of look(resource, 'rules.verbs').values) {
            for (const item of list.kind === 'list' ? list.items : []) {
              const verb = scalar(item);
              if (verb === 'escalate' || verb === 'bind' || verb === 'impersonate')
                context.report({ at: item.at, message: `Role "${resource.name}" may ${verb} and so widen its own rights.` });
            }
          }
        },
      },
    ],
    examples: [
      {
        file: 'role.yaml',
        bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: trainer\nrules:\n  - resources: ["roles"]\n    verbs: ["bind"]\n             ^^^^\n',
        good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: trainer\nrules:\n  - resources: ["roles"]\n    verbs: ["get"]\n',
      },
    ],
  }),
  defineRule({
    ...base,
    id: 'iam/kubernetes-exec-role',
    title: 'Kubernetes role that can run commands in pods',
    severity: 'medium',
    references: families.privilege.references,
    why: families.privilege.why,
    whenNotToUse: 'For roles of people who debug pods.',
    what: 'Reports `create` on `pods/exec`, `pods/attach` and `nodes/proxy`.',
    noFix: 'What the role is for has to be known.',
    checks: [
      {
        on: 'resource',
        types: ['k8s_role', 'k8s_clusterrole'],
        check: (resource, context) => {
          for (const rule of look(resource, 'rules')
            .values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))
            .filter((one): one is MapValue => one.kind === 'map')) {
            const verbs = lookIn(rule, 'verbs')
              .values.flatMap((value) => (value.kind === 'list' ? value.items : []))
              .map((item) => scalar(item));
            if (!verbs.includes('create') && !verbs.includes('*')) continue;
            for (const item of lookIn(rule, 'resources').values.flatMap((value) => (value.kind === 'list' ? value.items : []))) {
              const name = String(scalar(item));
              if (/^(?:pods\/(?:exec|attach|\*)|nodes\/proxy)$/.test(name))
                context.report({ at: item.at, message: `Role "${resource.name}" may run commands through ${name}.` });
            }
          }
        },
      },
    ],
    examples: [
      {
        file: 'role.yaml',
        bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: debug\nrules:\n  - resources: ["pods/exec"]\n                 ^^^^^^^^^\n    verbs: ["create"]\n',
        good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: debug\nrules:\n  - resources: ["pods/log"]\n    verbs: ["get"]\n',
      },
    ],
  }),
  defineRule({
    ...base,
    id: 'iam/kubernetes-cluster-admin',
    title: 'Binding to cluster-admin',
    severity: 'high',
    references: families.privilege.references,
    why: families.privilege.why,
    whenNotToUse: 'For the groups of cluster administrators.',
    what: 'Reports bindings of the role `cluster-admin`.',
    noFix: 'A narrower role has to be written.',
    checks: [
      {
        on: 'resource',
        types: ['k8s_clusterrolebinding', 'k8s_rolebinding'],
        check: (resource, context) => {
          for (const value of look(resource, 'roleRef.name').values)
            if (scalar(value) === 'cluster-admin') context.report({ at: value.at, message: `Binding "${resource.name}" gives cluster-admin.` });
        },
      },
    ],
    examples: [
      {
        file: 'binding.yaml',
        bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  name: cluster-admin\n        ^^^^^^^^^^^^^\n',
        good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  name: view\n',
      },
    ],
  }),
];
