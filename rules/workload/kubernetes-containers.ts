import { containersOf, nameOf, workloads, type Container } from '../../server/rule/kubernetes.ts';
import { lookIn, scalar, truth, type Confidence, type Fix, type Literal, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { deploymentSample, ofSecurityContext } from '../_kubernetes.ts';

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
  /** Containers that need it as it is do not start, or do not work, once it is set. */
  readonly risky?: true;
  readonly why?: string;
  readonly references?: readonly string[];
  readonly off?: true;
  readonly leadsTo?: readonly RuleId[];
  readonly yieldsTo?: readonly RuleId[];
  /** YAML of the container for the samples, without name and image. */
  readonly badLines: readonly string[];
  readonly fixedLines?: readonly string[];
  readonly goodLines: readonly string[];
}

/** Where there is no context at all, one finding says so. */
const withoutContext: readonly RuleId[] = ['workload/no-security-context'];

const isTrue = (value: Value): boolean => truth(value) === true;
const isFalse = (value: Value): boolean => truth(value) === false;
const never = (): boolean => false;

const rows: readonly ContainerRow[] = [
  {
    id: 'workload/privileged-container',
    title: 'Privileged container',
    risky: true,
    path: 'securityContext.privileged',
    bad: isTrue,
    missing: false,
    problem: 'runs privileged',
    severity: 'high',
    confidence: 'high',
    set: false,
    badLines: ['securityContext:', '  privileged: true', '              ^^^^'],
    fixedLines: ['securityContext:', '  privileged: false'],
    goodLines: ['securityContext:', '  privileged: false'],
  },
  {
    id: 'workload/privilege-escalation-allowed',
    title: 'Container that may gain privileges',
    path: 'securityContext.allowPrivilegeEscalation',
    yieldsTo: withoutContext,
    bad: isTrue,
    missing: true,
    problem: 'may gain privileges while it runs',
    severity: 'low',
    set: false,
    badLines: [],
    goodLines: ['securityContext:', '  allowPrivilegeEscalation: false'],
  },
  {
    id: 'workload/writable-root-filesystem',
    title: 'Container with a writable root file system',
    risky: true,
    leadsTo: ofSecurityContext,
    path: 'securityContext.readOnlyRootFilesystem',
    bad: isFalse,
    missing: true,
    problem: 'can write to its root file system',
    severity: 'low',
    set: true,
    badLines: [],
    goodLines: ['securityContext:', '  readOnlyRootFilesystem: true'],
  },
  {
    id: 'workload/container-may-run-as-root',
    title: 'Container that may run as root',
    risky: true,
    path: 'securityContext.runAsNonRoot',
    yieldsTo: withoutContext,
    bad: isFalse,
    missing: true,
    podPath: 'securityContext.runAsNonRoot',
    problem: 'may run as root',
    severity: 'low',
    set: true,
    badLines: [],
    goodLines: ['securityContext:', '  runAsNonRoot: true'],
  },
  {
    id: 'workload/container-runs-as-root',
    title: 'Container that runs as root',
    path: 'securityContext.runAsUser',
    bad: (value) => scalar(value) === 0,
    missing: false,
    problem: 'runs as root',
    severity: 'medium',
    confidence: 'high',
    set: { placeholder: 10001 },
    badLines: ['securityContext:', '  runAsUser: 0', '             ^'],
    fixedLines: ['securityContext:', '  runAsUser: 10001'],
    goodLines: ['securityContext:', '  runAsUser: 10001'],
  },
  {
    id: 'workload/container-low-user-id',
    title: 'Container with a user id of the host',
    leadsTo: ofSecurityContext,
    path: 'securityContext.runAsUser',
    bad: (value) => typeof scalar(value) === 'number' && Number(scalar(value)) > 0 && Number(scalar(value)) < 10_000,
    missing: true,
    podPath: 'securityContext.runAsUser',
    problem: 'may run with a user id that exists on the host',
    severity: 'info',
    set: { placeholder: 10001 },
    badLines: [],
    goodLines: ['securityContext:', '  runAsUser: 10001'],
  },
  {
    id: 'workload/unmasked-proc',
    title: 'Container with an unmasked /proc',
    path: 'securityContext.procMount',
    bad: (value) => scalar(value) === 'Unmasked',
    missing: false,
    problem: 'sees the whole of /proc',
    severity: 'medium',
    set: 'Default',
    badLines: ['securityContext:', '  procMount: Unmasked', '             ^^^^^^^^'],
    fixedLines: ['securityContext:', '  procMount: Default'],
    goodLines: ['securityContext:', '  procMount: Default'],
  },
  {
    id: 'workload/no-memory-limit',
    title: 'Container without a memory limit',
    path: 'resources.limits.memory',
    bad: never,
    missing: true,
    problem: 'has no memory limit',
    severity: 'low',
    why: 'One container can starve all others on its node; model servers do so easily.',
    references: ['CWE-770', 'SC-5'],
    set: { placeholder: '1Gi' },
    leadsTo: ['workload/no-storage-limit'],
    badLines: [],
    goodLines: ['resources:', '  limits:', '    memory: 1Gi'],
  },
  {
    id: 'workload/no-cpu-limit',
    title: 'Container without a CPU limit',
    path: 'resources.limits.cpu',
    bad: never,
    missing: true,
    problem: 'has no CPU limit',
    severity: 'info',
    why: 'One container can slow down all others on its node.',
    references: ['CWE-770', 'SC-5'],
    set: { placeholder: '1' },
    leadsTo: ['workload/no-storage-limit'],
    badLines: [],
    goodLines: ['resources:', '  limits:', '    cpu: "1"'],
  },
  {
    id: 'workload/no-memory-request',
    title: 'Container without a memory request',
    path: 'resources.requests.memory',
    bad: never,
    missing: true,
    problem: 'requests no memory',
    severity: 'info',
    why: 'The scheduler cannot know what the container needs and may evict it first.',
    references: ['CWE-770', 'SC-5'],
    set: { placeholder: '1Gi' },
    badLines: [],
    goodLines: ['resources:', '  requests:', '    memory: 1Gi'],
  },
  {
    id: 'workload/no-cpu-request',
    title: 'Container without a CPU request',
    path: 'resources.requests.cpu',
    bad: never,
    missing: true,
    problem: 'requests no CPU',
    severity: 'info',
    why: 'The scheduler cannot know what the container needs.',
    references: ['CWE-770', 'SC-5'],
    set: { placeholder: '1' },
    badLines: [],
    goodLines: ['resources:', '  requests:', '    cpu: "1"'],
  },
  {
    id: 'workload/no-seccomp-profile',
    title: 'Container without a seccomp profile',
    path: 'securityContext.seccompProfile.type',
    yieldsTo: withoutContext,
    bad: (value) => scalar(value) === 'Unconfined',
    missing: true,
    podPath: 'securityContext.seccompProfile.type',
    problem: 'runs without a seccomp profile',
    severity: 'low',
    set: 'RuntimeDefault',
    badLines: [],
    goodLines: ['securityContext:', '  seccompProfile:', '    type: RuntimeDefault'],
  },
];

/** What the fix of a missing setting gives: the setting behind the container's first key. */
function inserted(row: ContainerRow): string {
  const names = row.path.split('.');
  const lines = names.map((name, depth) => `${'  '.repeat(depth)}${name}:${depth === names.length - 1 ? ` ${shown(row.set)}` : ''}`);
  const head = ['apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: model-server', 'spec:', '  template:', '    spec:', '      containers:'];
  return [
    ...head,
    '        - name: vllm',
    ...lines.map((line) => `          ${line}`),
    '          image: registry.example.com/vllm@sha256:0',
    '',
  ].join('\n');
}

/** A value as YAML has it. */
function shown(value: Literal | undefined): string {
  const own = typeof value === 'object' && 'placeholder' in value ? value.placeholder : value;
  return typeof own === 'string' && /^\d+$/.test(own) ? `"${own}"` : String(own);
}

function ruleOf(row: ContainerRow): Rule {
  const family = families.container;
  const example =
    row.badLines.length > 0
      ? {
          file: 'deployment.yaml',
          bad: deploymentSample(row.badLines),
          ...(row.fixedLines ? { fixed: deploymentSample(row.fixedLines) } : {}),
          good: deploymentSample(row.goodLines),
        }
      : {
          file: 'deployment.yaml',
          bad: deploymentSample([], true),
          ...(row.set === undefined ? {} : { fixed: inserted(row) }),
          good: deploymentSample(row.goodLines),
        };
  return defineRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: row.confidence ?? 'medium',
    references: row.references ?? family.references,
    what: `Reports a container that ${row.problem}: \`${row.path}\` in the pods of any workload, in manifests, Helm templates and Terraform.`,
    why: row.why ?? family.why,
    whenNotToUse: 'For system components whose task is on the host itself.',
    ...(row.off ? { off: true } : {}),
    ...(row.leadsTo ? { leadsTo: row.leadsTo } : {}),
    ...(row.yieldsTo ? { yieldsTo: row.yieldsTo } : {}),
    ...(row.set === undefined ? { noFix: 'The right value depends on what the container needs.' } : {}),
    checks: [
      {
        on: 'resource',
        types: workloads,
        check: (resource, context) => {
          for (const container of containersOf(resource)) {
            const message = `Container "${container.name}" ${row.problem}.`;
            const fixes: readonly Fix[] =
              row.set === undefined
                ? []
                : [
                    {
                      title: `Set ${row.path} to ${shown(row.set)}`,
                      safe: !row.risky && typeof row.set !== 'object' && lookIn(container.map, row.path).values.length > 0,
                      intents: [{ kind: 'setAttribute', resource, path: row.path.split('.'), value: row.set, within: container.map }],
                    },
                  ];
            report(row, container, (at) => context.report({ at: at.at, message, fixes }));
          }
        },
      },
    ],
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

export default rows.map(ruleOf);
