import { lookIn, mapsOf, scalar, type Confidence, type Fix, type MapValue, type Resource, type Severity, type Value } from '../server/rule/queries.ts';
import { defineRule, type Example, type ResourceContext, type Rule, type RuleId } from '../server/rule/rule.ts';
import { families } from './_families.ts';

/** Capabilities whose holder controls the node or its network; those that reach only as far as the container are less. */
export const strongCapabilities: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ...['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'DAC_READ_SEARCH', 'SYS_RAWIO', 'BPF'].map((name) => [name, 'high'] as const),
  ...['NET_ADMIN', 'SYS_PTRACE', 'DAC_OVERRIDE', 'PERFMON', 'SYS_TIME', 'SYS_BOOT'].map((name) => [name, 'medium'] as const),
]);

/** A rule on objects of one kind, in few lines. */
export interface ObjectRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly types: readonly string[];
  readonly what: string;
  readonly why?: string;
  readonly references?: readonly string[];
  readonly whenNotToUse?: string;
  readonly noFix?: string;
  readonly check: (resource: Resource, tell: (at: Value | undefined, message: string, fixes?: readonly Fix[]) => void, context: ResourceContext) => void;
  readonly file?: string;
  readonly bad: string;
  readonly good: string;
  /** The bad text after its fix, `true` where that is the good one; a row without one has no fix. */
  readonly fixed?: string | true;
  readonly leadsTo?: readonly RuleId[];
  readonly yieldsTo?: readonly RuleId[];
  /** Further samples. */
  readonly more?: readonly Example[];
}

/** Told one by one where a container has a security context, and by one finding where it has none. */
export const ofSecurityContext: readonly RuleId[] = ['workload/privilege-escalation-allowed', 'workload/container-may-run-as-root', 'workload/no-seccomp-profile', 'workload/capabilities-not-dropped', 'workload/capabilities-not-all-dropped'];

export function objectRule(row: ObjectRow): Rule {
  const fixed = row.fixed === true ? row.good : row.fixed;
  return defineRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: row.confidence ?? 'high',
    references: row.references ?? families.container.references,
    what: row.what,
    why: row.why ?? families.container.why,
    whenNotToUse: row.whenNotToUse ?? 'For system components whose task asks for it.',
    ...(row.leadsTo ? { leadsTo: row.leadsTo } : {}),
    ...(row.yieldsTo ? { yieldsTo: row.yieldsTo } : {}),
    ...(fixed === undefined ? { noFix: row.noFix ?? 'The right value depends on what the workload needs.' } : {}),
    checks: [
      {
        on: 'resource',
        types: row.types,
        check: (resource, context) =>
          row.check(resource, (at, message, fixes) => context.report({ at: at?.at ?? resource.header, message, ...(fixes ? { fixes } : {}) }), context),
      },
    ],
    examples: [
      { file: row.file ?? 'manifest.yaml', bad: row.bad, good: row.good, ...(fixed === undefined ? {} : { fixed }) },
      ...(row.more ?? []),
    ],
  });
}

/** Texts of a list, or of a single text, at a path. */
export function textsAt(map: MapValue, path: string): readonly (Value & { readonly kind: 'string' })[] {
  return lookIn(map, path)
    .values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))
    .filter((value): value is Value & { kind: 'string' } => value.kind === 'string');
}

export function mapOfResource(resource: Resource): MapValue {
  return { kind: 'map', entries: resource.attributes, complete: resource.complete, origin: resource.origin, at: resource.origin };
}

export function textAt(resource: Resource, path: string): string | undefined {
  const value = scalar(lookIn(mapOfResource(resource), path).values[0]);
  return value === undefined ? undefined : String(value);
}

export function mapsAt(resource: Resource, path: string): readonly MapValue[] {
  return lookIn(mapOfResource(resource), path).values.flatMap(mapsOf);
}

/** A deployment of a model server with more lines in its container; the mark is under the container's name. */
export function deploymentSample(lines: readonly string[], mark?: boolean): string {
  const head = ['apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: model-server', 'spec:', '  template:', '    spec:', '      containers:'];
  const own = mark ? ['        - name: vllm', `                ${'^'.repeat(4)}`] : ['        - name: vllm'];
  return [...head, ...own, '          image: registry.example.com/vllm@sha256:0', ...lines.map((line) => `          ${line}`), ''].join('\n');
}
