import { containersOf, nameOf, podsOf, workloads, type Container } from '../../server/rule/kubernetes.ts';
import { look, lookIn, scalar, truth, type Confidence, type Fix, type Literal, type MapValue, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';

interface ContainerRow {
  readonly id: RuleId;
  readonly title: string;
  readonly path: string;
  /** The value is bad when this says so; undefined values are not asked. */
  readonly bad: (value: Value) => boolean;
  /** Missing is bad, unless the pod sets it at the same place. */
  readonly missing: boolean;
  readonly podPath?: string;
  readonly problem: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly set?: Literal;
  readonly why?: string;
  readonly references?: readonly string[];
  readonly off?: true;
  /** YAML of the container for the samples, without name and image. */
  readonly badLines: readonly string[];
  readonly fixedLines?: readonly string[];
  readonly goodLines: readonly string[];
}

const isTrue = (value: Value): boolean => truth(value) === true;
const isFalse = (value: Value): boolean => truth(value) === false;
const never = (): boolean => false;

const rows: readonly ContainerRow[] = [
  { id: 'workload/privileged-container', title: 'Privileged container', path: 'securityContext.privileged', bad: isTrue, missing: false, problem: 'runs privileged', severity: 'high', confidence: 'high', set: false, badLines: ['securityContext:', '  privileged: true', '              ^^^^'], fixedLines: ['securityContext:', '  privileged: false'], goodLines: ['securityContext:', '  privileged: false'] },
  { id: 'workload/privilege-escalation-allowed', title: 'Container that may gain privileges', path: 'securityContext.allowPrivilegeEscalation', bad: isTrue, missing: true, problem: 'may gain privileges while it runs', severity: 'low', set: false, badLines: [], goodLines: ['securityContext:', '  allowPrivilegeEscalation: false'] },
  { id: 'workload/writable-root-filesystem', title: 'Container with a writable root file system', path: 'securityContext.readOnlyRootFilesystem', bad: isFalse, missing: true, problem: 'can write to its root file system', severity: 'low', set: true, badLines: [], goodLines: ['securityContext:', '  readOnlyRootFilesystem: true'] },
  { id: 'workload/container-may-run-as-root', title: 'Container that may run as root', path: 'securityContext.runAsNonRoot', bad: isFalse, missing: true, podPath: 'securityContext.runAsNonRoot', problem: 'may run as root', severity: 'low', set: true, badLines: [], goodLines: ['securityContext:', '  runAsNonRoot: true'] },
  { id: 'workload/container-runs-as-root', title: 'Container that runs as root', path: 'securityContext.runAsUser', bad: (value) => scalar(value) === 0, missing: false, problem: 'runs as root', severity: 'medium', confidence: 'high', badLines: ['securityContext:', '  runAsUser: 0', '             ^'], goodLines: ['securityContext:', '  runAsUser: 10001'] },
  { id: 'workload/container-low-user-id', title: 'Container with a user id of the host', path: 'securityContext.runAsUser', bad: (value) => typeof scalar(value) === 'number' && Number(scalar(value)) > 0 && Number(scalar(value)) < 10_000, missing: true, podPath: 'securityContext.runAsUser', problem: 'may run with a user id that exists on the host', severity: 'info', badLines: [], goodLines: ['securityContext:', '  runAsUser: 10001'] },
  { id: 'workload/unmasked-proc', title: 'Container with an unmasked /proc', path: 'securityContext.procMount', bad: (value) => scalar(value) === 'Unmasked', missing: false, problem: 'sees the whole of /proc', severity: 'medium', set: 'Default', badLines: ['securityContext:', '  procMount: Unmasked', '             ^^^^^^^^'], fixedLines: ['securityContext:', '  procMount: Default'], goodLines: ['securityContext:', '  procMount: Default'] },
  { id: 'workload/no-memory-limit', title: 'Container without a memory limit', path: 'resources.limits.memory', bad: never, missing: true, problem: 'has no memory limit', severity: 'low', why: 'One container can starve all others on its node; model servers do so easily.', references: ['CWE-770', 'SC-5'], badLines: [], goodLines: ['resources:', '  limits:', '    memory: 1Gi'] },
  { id: 'workload/no-cpu-limit', title: 'Container without a CPU limit', path: 'resources.limits.cpu', bad: never, missing: true, problem: 'has no CPU limit', severity: 'info', why: 'One container can slow down all others on its node.', references: ['CWE-770', 'SC-5'], badLines: [], goodLines: ['resources:', '  limits:', '    cpu: "1"'] },
  { id: 'workload/no-memory-request', title: 'Container without a memory request', path: 'resources.requests.memory', bad: never, missing: true, problem: 'requests no memory', severity: 'info', why: 'The scheduler cannot know what the container needs and may evict it first.', references: ['CWE-770', 'SC-5'], badLines: [], goodLines: ['resources:', '  requests:', '    memory: 1Gi'] },
  { id: 'workload/no-cpu-request', title: 'Container without a CPU request', path: 'resources.requests.cpu', bad: never, missing: true, problem: 'requests no CPU', severity: 'info', why: 'The scheduler cannot know what the container needs.', references: ['CWE-770', 'SC-5'], badLines: [], goodLines: ['resources:', '  requests:', '    cpu: "1"'] },
  { id: 'workload/no-seccomp-profile', title: 'Container without a seccomp profile', path: 'securityContext.seccompProfile.type', bad: (value) => scalar(value) === 'Unconfined', missing: true, podPath: 'securityContext.seccompProfile.type', problem: 'runs without a seccomp profile', severity: 'low', set: 'RuntimeDefault', badLines: [], goodLines: ['securityContext:', '  seccompProfile:', '    type: RuntimeDefault'] },
];

function sample(lines: readonly string[], mark?: boolean): string {
  const head = ['apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: model-server', 'spec:', '  template:', '    spec:', '      containers:'];
  const own = mark ? ['        - name: vllm', `                ${'^'.repeat(4)}`] : ['        - name: vllm'];
  return [...head, ...own, '          image: registry.example.com/vllm@sha256:0', ...lines.map((line) => `          ${line}`), ''].join('\n');
}

/** What the fix of a missing setting gives: the setting before the container's first key. */
function inserted(row: ContainerRow): string {
  const names = row.path.split('.');
  const lines = names.map((name, depth) => `${'  '.repeat(depth)}${name}:${depth === names.length - 1 ? ` ${String(row.set)}` : ''}`);
  const head = ['apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: model-server', 'spec:', '  template:', '    spec:', '      containers:'];
  return [...head, ...lines.map((line, at) => (at === 0 ? `        - ${line}` : `          ${line}`)), '          name: vllm', '          image: registry.example.com/vllm@sha256:0', ''].join('\n');
}

function ruleOf(row: ContainerRow): Rule {
  const family = families.container;
  const example = row.badLines.length > 0
    ? { file: 'deployment.yaml', bad: sample(row.badLines), ...(row.fixedLines ? { fixed: sample(row.fixedLines) } : {}), good: sample(row.goodLines) }
    : { file: 'deployment.yaml', bad: sample([], true), ...(row.set === undefined ? {} : { fixed: inserted(row) }), good: sample(row.goodLines) };
  return defineRule({
    id: row.id, title: row.title, severity: row.severity, confidence: row.confidence ?? 'medium',
    references: row.references ?? family.references,
    what: `Reports a container that ${row.problem}: \`${row.path}\` in the pods of any workload, in manifests, Helm templates and Terraform.`,
    why: row.why ?? family.why,
    whenNotToUse: 'For system components whose task is on the host itself.',
    ...(row.off ? { off: true } : {}),
    ...(row.set === undefined ? { noFix: 'The right value depends on what the container needs.' } : {}),
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const container of containersOf(resource)) {
          const message = `Container "${container.name}" ${row.problem}.`;
          const fixes: readonly Fix[] = row.set === undefined ? [] : [{ title: `Set ${row.path} to ${String(row.set)}`, safe: lookIn(container.map, row.path).values.length > 0, intents: [{ kind: 'setAttribute', resource, path: row.path.split('.'), value: row.set, within: container.map }] }];
          report(row, container, (at) => context.report({ at: at.at, message, fixes }));
        }
      },
    }],
    examples: [example],
  });
}

function report(row: ContainerRow, container: Container, tell: (at: Value) => void): void {
  const found = lookIn(container.map, row.path);
  for (const value of found.values) if (row.bad(value)) tell(value);
  if (found.values.length > 0 || found.unknown || !row.missing || !container.map.complete) return;
  if (row.podPath !== undefined) {
    const pod = lookIn(container.pod, row.podPath);
    if (pod.unknown || pod.values.some((value) => !row.bad(value))) return;
  }
  tell(nameOf(container.map));
}

/** Capabilities whose holder controls the node or its network. */
const strong = new Set(['ALL', 'SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'DAC_READ_SEARCH', 'DAC_OVERRIDE', 'SYS_RAWIO', 'BPF', 'PERFMON', 'SYS_TIME', 'SYS_BOOT']);

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
  { id: 'workload/host-ipc', title: 'Pod that shares memory with its node', key: 'hostIPC', problem: 'shares memory with the processes of its node', severity: 'medium' },
];

function podSample(line: string, mark: string | undefined): string {
  return ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: trainer', 'spec:', `  ${line}`, ...(mark === undefined ? [] : [`  ${mark}`]), '  containers:', '    - name: train', '      image: registry.example.com/train@sha256:0', ''].join('\n');
}

const base = { confidence: 'high', references: families.container.references, why: families.container.why, whenNotToUse: 'For system components whose task is on the host itself.' } as const;

export default [
  ...rows.map(ruleOf),
  ...hostRows.map((row) => defineRule({
    ...base, id: row.id, title: row.title, severity: row.severity,
    what: `Reports pods with \`${row.key}: true\`.`,
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const pod of podsOf(resource)) {
          const entry = pod.entries.get(row.key) ?? pod.entries.get(row.key.replace('IPC', 'Ipc').replace('PID', 'Pid'));
          if (entry && truth(entry.value) === true) {
            context.report({ at: entry.value.at, message: `Pod of "${resource.name}" ${row.problem}.`, fixes: [{ title: `Set ${row.key} to false`, safe: true, intents: [{ kind: 'setAttribute', resource, path: [row.key], value: false, within: pod }] }] });
          }
        }
      },
    }],
    examples: [{ file: 'pod.yaml', bad: podSample(`${row.key}: true`, `${' '.repeat(row.key.length + 2)}^^^^`), fixed: podSample(`${row.key}: false`, undefined), good: podSample(`${row.key}: false`, undefined) }],
  })),
  defineRule({
    ...base, id: 'workload/host-path-volume', title: 'Volume of the node in a pod', severity: 'medium',
    what: 'Reports `hostPath` volumes.', noFix: 'Another kind of volume has to be chosen.',
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const pod of podsOf(resource)) {
          for (const entry of lookIn(pod, 'volumes').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
            const own = entry.kind === 'map' ? entry.entries.get('hostPath') : undefined;
            if (!own || own.value.kind === 'null') continue;
            const where = own.value.kind === 'map' ? own.value.entries.get('path')?.value : undefined;
            const path = scalar(where);
            if (typeof path === 'string' && /docker\.sock|containerd\.sock|crio\.sock/.test(path)) continue;
            const name = entry.kind === 'map' ? scalar(entry.entries.get('name')?.value) : undefined;
            const mounts = ['containers', 'initContainers'].flatMap((list) => lookIn(pod, `${list}.volumeMounts`).values).flatMap((value) => (value.kind === 'list' ? value.items : [value])).filter((mount) => mount.kind === 'map' && scalar(mount.entries.get('name')?.value) === name);
            const readOnly = mounts.length > 0 && mounts.every((mount) => mount.kind === 'map' && scalar(mount.entries.get('readOnly')?.value) === true);
            // Agents that watch the node read it; what cannot be written is no way onto the node.
            context.report({ ...(readOnly ? { severity: 'low' as const } : {}), at: where?.at ?? own.keyOrigin, message: `Pod of "${resource.name}" mounts ${typeof path === 'string' ? `"${path}"` : 'a folder'} of its node.` });
          }
        }
      },
    }],
    examples: [{ file: 'pod.yaml', bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\nspec:\n  containers:\n    - name: train\n      image: a@sha256:0\n  volumes:\n    - name: data\n      hostPath:\n        path: /etc\n              ^^^^\n', good: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\nspec:\n  containers:\n    - name: train\n      image: a@sha256:0\n  volumes:\n    - name: data\n      emptyDir: {}\n' }],
  }),
  defineRule({
    ...base, id: 'workload/docker-socket-mounted', title: 'Container runtime socket in a pod', severity: 'critical',
    what: 'Reports `hostPath` volumes of the socket of Docker, containerd or CRI-O.', noFix: 'What needs the socket has to be built in another way.',
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const pod of podsOf(resource)) {
          for (const value of lookIn(pod, 'volumes.hostPath.path').values) {
            if (value.kind === 'string' && /docker\.sock|containerd\.sock|crio\.sock/.test(value.value)) context.report({ at: value.at, message: `Pod of "${resource.name}" controls the container runtime of its node through "${value.value}".` });
          }
        }
      },
    }],
    examples: [{ file: 'pod.yaml', bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: builder\nspec:\n  containers:\n    - name: build\n      image: a@sha256:0\n  volumes:\n    - name: docker\n      hostPath:\n        path: /var/run/docker.sock\n              ^^^^^^^^^^^^^^^^^^^^\n', good: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: builder\nspec:\n  containers:\n    - name: build\n      image: a@sha256:0\n' }],
  }),
  defineRule({
    ...base, id: 'workload/strong-capability', title: 'Container with a powerful capability', severity: 'high',
    what: `Reports containers that add one of ${[...strong].join(', ')}.`, noFix: 'What the container does with the capability has to be known.',
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const container of containersOf(resource)) {
          for (const list of lookIn(container.map, 'securityContext.capabilities.add').values) {
            for (const item of list.kind === 'list' ? list.items : []) {
              const name = String(scalar(item) ?? '').replace(/^CAP_/, '');
              if (strong.has(name)) context.report({ at: item.at, message: `Container "${container.name}" gets the capability ${name}.` });
            }
          }
        }
      },
    }],
    examples: [{ file: 'deployment.yaml', bad: sample(['securityContext:', '  capabilities:', '    add: [SYS_ADMIN]', '          ^^^^^^^^^']), good: sample(['securityContext:', '  capabilities:', '    add: [NET_BIND_SERVICE]']) }],
  }),
  defineRule({
    ...base, confidence: 'medium', id: 'workload/capabilities-not-dropped', title: 'Container that keeps the default capabilities', severity: 'low',
    what: 'Reports containers that drop neither all capabilities nor NET_RAW.', noFix: 'Whether the container needs a default capability has to be tried.',
    checks: [{
      on: 'resource', types: workloads,
      check: (resource, context) => {
        for (const container of containersOf(resource)) {
          const found = lookIn(container.map, 'securityContext.capabilities.drop');
          if (found.unknown || !container.map.complete) continue;
          const dropped = found.values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).map((item) => String(scalar(item) ?? '').toUpperCase().replace(/^CAP_/, ''));
          if (!dropped.includes('ALL') && !dropped.includes('NET_RAW')) context.report({ at: nameOf(container.map).at, message: `Container "${container.name}" keeps the default capabilities.` });
        }
      },
    }],
    examples: [{ file: 'deployment.yaml', bad: sample([], true), good: sample(['securityContext:', '  capabilities:', '    drop: [ALL]']) }],
  }),
  defineRule({
    ...base, id: 'iam/kubernetes-wildcard-role', title: 'Kubernetes role with wildcards', severity: 'high', references: families.privilege.references, why: families.privilege.why,
    whenNotToUse: 'For the roles of cluster administrators.', what: 'Reports `*` among the verbs, resources or API groups of roles.', noFix: 'The verbs and resources that are needed have to be listed.',
    checks: [{
      on: 'resource', types: ['k8s_role', 'k8s_clusterrole'],
      check: (resource, context) => {
        for (const part of ['verbs', 'resources']) {
          for (const list of look(resource, `rules.${part}`).values) {
            for (const item of list.kind === 'list' ? list.items : []) if (scalar(item) === '*') context.report({ at: item.at, message: `Role "${resource.name}" allows all ${part}.` });
          }
        }
      },
    }],
    examples: [{ file: 'role.yaml', bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: trainer\nrules:\n  - apiGroups: [""]\n    resources: ["pods"]\n    verbs: ["*"]\n             ^\n', good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: trainer\nrules:\n  - apiGroups: [""]\n    resources: ["pods"]\n    verbs: ["get"]\n' }],
  }),
  defineRule({
    ...base, id: 'iam/kubernetes-role-escalation', title: 'Kubernetes role that can widen its own rights', severity: 'high', references: families.privilege.references, why: families.privilege.why,
    whenNotToUse: 'For the roles of cluster administrators.', what: 'Reports the verbs `escalate`, `bind` and `impersonate`.', noFix: 'What the role is for has to be known.',
    checks: [{
      on: 'resource', types: ['k8s_role', 'k8s_clusterrole'],
      check: (resource, context) => {
        for (const list of look(resource, 'rules.verbs').values) {
          for (const item of list.kind === 'list' ? list.items : []) {
            const verb = scalar(item);
            if (verb === 'escalate' || verb === 'bind' || verb === 'impersonate') context.report({ at: item.at, message: `Role "${resource.name}" may ${verb} and so widen its own rights.` });
          }
        }
      },
    }],
    examples: [{ file: 'role.yaml', bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: trainer\nrules:\n  - resources: ["roles"]\n    verbs: ["bind"]\n             ^^^^\n', good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: trainer\nrules:\n  - resources: ["roles"]\n    verbs: ["get"]\n' }],
  }),
  defineRule({
    ...base, id: 'iam/kubernetes-exec-role', title: 'Kubernetes role that can run commands in pods', severity: 'medium', references: families.privilege.references, why: families.privilege.why,
    whenNotToUse: 'For roles of people who debug pods.', what: 'Reports `create` on `pods/exec`, `pods/attach` and `nodes/proxy`.', noFix: 'What the role is for has to be known.',
    checks: [{
      on: 'resource', types: ['k8s_role', 'k8s_clusterrole'],
      check: (resource, context) => {
        for (const rule of look(resource, 'rules').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).filter((one): one is MapValue => one.kind === 'map')) {
          const verbs = lookIn(rule, 'verbs').values.flatMap((value) => (value.kind === 'list' ? value.items : [])).map((item) => scalar(item));
          if (!verbs.includes('create') && !verbs.includes('*')) continue;
          for (const item of lookIn(rule, 'resources').values.flatMap((value) => (value.kind === 'list' ? value.items : []))) {
            const name = String(scalar(item));
            if (/^(?:pods\/(?:exec|attach|\*)|nodes\/proxy)$/.test(name)) context.report({ at: item.at, message: `Role "${resource.name}" may run commands through ${name}.` });
          }
        }
      },
    }],
    examples: [{ file: 'role.yaml', bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: debug\nrules:\n  - resources: ["pods/exec"]\n                 ^^^^^^^^^\n    verbs: ["create"]\n', good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: debug\nrules:\n  - resources: ["pods/log"]\n    verbs: ["get"]\n' }],
  }),
  defineRule({
    ...base, id: 'iam/kubernetes-cluster-admin', title: 'Binding to cluster-admin', severity: 'high', references: families.privilege.references, why: families.privilege.why,
    whenNotToUse: 'For the groups of cluster administrators.', what: 'Reports bindings of the role `cluster-admin`.', noFix: 'A narrower role has to be written.',
    checks: [{
      on: 'resource', types: ['k8s_clusterrolebinding', 'k8s_rolebinding'],
      check: (resource, context) => {
        for (const value of look(resource, 'roleRef.name').values) if (scalar(value) === 'cluster-admin') context.report({ at: value.at, message: `Binding "${resource.name}" gives cluster-admin.` });
      },
    }],
    examples: [{ file: 'binding.yaml', bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  name: cluster-admin\n        ^^^^^^^^^^^^^\n', good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n  name: view\n' }],
  }),
];
