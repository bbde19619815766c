import { look, scalar, type Found } from '../analysis/values.ts';
import type { Confidence, RuleId, Severity } from '../model/finding.ts';
import type { Fix, Literal } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { attributeExamples } from './attribute-examples.ts';
import { defineRule, type Example, type ResourceContext, type Rule } from './rule.ts';

type Plain = string | number | boolean;

/** What a value must be. Texts compare without case; a boolean matches its spelling. */
export type Expectation =
  | { readonly is: readonly Plain[] }
  | { readonly not: readonly Plain[] }
  | { readonly matches: RegExp }
  | { readonly never: RegExp }
  | { readonly least: number }
  | { readonly most: number }
  /** Anything, as long as it is there. */
  | 'present'
  /** Nothing may stand there. */
  | 'absent';

export interface Companion {
  readonly type: string;
  readonly path?: string;
  readonly must?: Expectation;
}

export interface AttributeRow {
  readonly id: RuleId;
  readonly title: string;
  readonly types: readonly string[];
  /** Dotted path of the attribute; see analysis/values. */
  readonly path: string;
  readonly must: Expectation;
  /** What holds when the attribute is missing: the provider's default. */
  readonly absent: 'bad' | 'fine';
  /** A companion that makes the resource good instead. */
  readonly or?: readonly Companion[];
  /** Another path of the same resource that makes it good instead. */
  readonly orPath?: readonly { readonly path: string; readonly must: Expectation }[];
  /** The row applies only where this holds for certain. */
  readonly when?: readonly { readonly path: string; readonly must: Expectation }[];
  /** `Database`: what the resource is, for the message. */
  readonly noun: string;
  /** `is stored without encryption at rest`. */
  readonly problem: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly why: string;
  readonly references: readonly string[];
  readonly set?: Literal;
  /** Why there is no fix, where `set` is missing. */
  readonly noFix?: string;
  readonly off?: true;
  readonly tags?: readonly string[];
  readonly whenNotToUse?: string;
  /** Samples where the generated ones do not do: values that are bad and good, further lines, or whole examples. */
  readonly sample?: { readonly bad?: Literal; readonly good?: Literal; readonly lines?: readonly string[] };
  readonly examples?: readonly Example[];
}

/** Rules from rows. Every row is one rule, so that a team can switch off exactly one. */
export function attributeRules(rows: readonly AttributeRow[]): readonly Rule[] {
  return rows.map(ruleOf);
}

function ruleOf(row: AttributeRow): Rule {
  const path = row.path.replaceAll('.*', '');
  return defineRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: row.confidence ?? (row.absent === 'bad' ? 'medium' : 'high'),
    references: row.references,
    what: `Reports a ${row.noun.toLowerCase()} that ${row.problem}: \`${path}\` of ${row.types.map((type) => `\`${type}\``).join(', ')} and of what they are called elsewhere. A value that is not known is never reported.`,
    why: row.why,
    whenNotToUse: row.whenNotToUse ?? 'Where the resource holds nothing of value and is removed with its environment, or where another control does the same.',
    ...(row.off ? { off: true } : {}),
    ...(row.tags ? { tags: row.tags } : {}),
    ...(row.set === undefined ? { noFix: row.noFix ?? 'The right value depends on what the workload needs.' } : {}),
    checks: [{ on: 'resource', types: row.types, check: (resource, context) => check(row, resource, context) }],
    examples: row.examples ?? attributeExamples(row),
  });
}

function check(row: AttributeRow, resource: Resource, context: ResourceContext): void {
  if (resource.mode !== 'managed') return;
  if (row.when && !row.when.every((condition) => holds(look(resource, condition.path), condition.must))) return;
  const found = look(resource, row.path);
  const message = `${row.noun} "${resource.name}" ${row.problem}.`;
  const fixes = fixesOf(row, resource);
  if (row.must === 'absent') {
    for (const value of found.values) if (value.kind !== 'unknown') context.report({ at: value.at, message, fixes: [] });
    return;
  }
  const bad = found.values.filter((value) => fails(value, row.must));
  if (bad.length > 0) {
    if (satisfiedElsewhere(row, resource)) return;
    for (const value of bad) context.report({ at: value.at, message, fixes });
    return;
  }
  if (row.absent === 'fine' || found.values.length > 0 || found.unknown || !resource.complete || satisfiedElsewhere(row, resource)) return;
  context.report({ at: resource.header, message, fixes });
}

function satisfiedElsewhere(row: AttributeRow, resource: Resource): boolean {
  if (row.orPath?.some((other) => { const found = look(resource, other.path); return found.unknown || holds(found, other.must); })) return true;
  return row.or?.some((companion) => resource.companions.some((one) => {
    if (one.type !== companion.type) return false;
    if (companion.path === undefined) return true;
    const found = look(one, companion.path);
    return found.unknown || holds(found, companion.must ?? 'present');
  })) ?? false;
}

/** True when some value is there and is certainly as expected. */
function holds(found: Found, must: Expectation): boolean {
  if (must === 'present') return found.values.length > 0;
  if (must === 'absent') return found.values.length === 0 && !found.unknown;
  return found.values.some((value) => {
    const plain = scalar(value);
    return plain !== undefined && meets(plain, must);
  });
}

/** True when the value is known and not as expected. */
export function fails(value: Value, must: Expectation): boolean {
  if (must === 'present') return value.kind === 'string' ? value.value.trim() === '' : value.kind === 'list' && value.complete && value.items.length === 0;
  if (must === 'absent') return value.kind !== 'unknown';
  if (value.kind === 'list') return value.items.some((item) => fails(item, must));
  const plain = scalar(value);
  return plain !== undefined && !meets(plain, must);
}

function meets(plain: Plain, must: Exclude<Expectation, 'present' | 'absent'>): boolean {
  const same = (one: Plain): boolean => String(one).toLowerCase() === String(plain).toLowerCase();
  if ('is' in must) return must.is.some(same);
  if ('not' in must) return !must.not.some(same);
  if ('matches' in must) return must.matches.test(String(plain));
  if ('never' in must) return !must.never.test(String(plain));
  const number = Number(plain);
  if (Number.isNaN(number)) return true;
  return 'least' in must ? number >= must.least : number <= must.most;
}

function fixesOf(row: AttributeRow, resource: Resource): readonly Fix[] {
  if (row.set === undefined) return [];
  const names = row.path.split('.').filter((name) => name !== '*');
  return [{ title: `Set ${names.join('.')} to ${typeof row.set === 'string' || typeof row.set === 'number' || typeof row.set === 'boolean' ? String(row.set) : JSON.stringify(row.set)}`, safe: true, intents: [{ kind: 'setAttribute', resource, path: names, value: row.set }] }];
}
