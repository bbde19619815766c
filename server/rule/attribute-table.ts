import { look, lookIn, scalar, type Found } from '../analysis/values.ts';
import type { Confidence, RuleId, Severity } from '../model/finding.ts';
import type { Fix, Literal } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { MapValue, Value } from '../model/value.ts';
import { attributeExamples } from './attribute-examples.ts';
import { badOf, inStyle, instead, meets, textInStyle, type Expectation } from './expectations.ts';
import { companionFixes, type CompanionText } from './companions.ts';
import { keyFixes, newKey, newKeyLeadsTo } from './keys.ts';
import { substituted } from './substitutes.ts';
import { defineRule, type Example, type ResourceContext, type Rule } from './rule.ts';

export interface Companion {
  readonly type: string;
  readonly path?: string;
  readonly must?: Expectation;
}

/** A condition on another attribute of the same resource. */
export interface Condition {
  readonly path: string;
  readonly must: Expectation;
}

/**
 * Dotted path of an attribute (see analysis/values); alternatives that mean the same are separated by `|`, the first is what a fix
 * writes. A leading `!` says that the attribute means the opposite (`!disable_local_auth`). False: the dialect has no such attribute.
 */
export type Path = string | false;

export interface AttributeRow {
  readonly id: RuleId;
  readonly title: string;
  readonly types: readonly string[];
  readonly path: string;
  /** What the attribute is called in CloudFormation, where the general rule for names does not give it. */
  readonly cfn?: Path;
  /** False: Terraform's provider has no such attribute, so that nothing is missing there. */
  readonly terraform?: false;
  /** Its path in ARM and Bicep resources (`properties.publicNetworkAccess`); a row without one says nothing of them. */
  readonly arm?: Path;
  /** Its name in Ansible modules. Where it is missing only values are judged there, never what is absent. */
  readonly ansible?: Path;
  /** Its path in the provider's own API, for Deployment Manager and Crossplane. */
  readonly api?: Path;
  readonly must: Expectation;
  /** The path leads through a list of named items (`{ name = "log_connections", value = "on" }`): only the item of this name is judged. */
  readonly item?: { readonly key: string; readonly name: string | RegExp };
  /** What holds when the attribute is missing: the provider's default. */
  readonly absent: 'bad' | 'fine';
  /** A companion that makes the resource good instead. */
  readonly or?: readonly Companion[];
  /** Another path of the same resource that makes it good instead; in a list of blocks, for its own block. */
  readonly orPath?: readonly (Condition & {
    /** It says what holds where the attribute is missing; a wrong value stays one. */
    readonly onlyAbsent?: true;
  })[];
  /** The row applies only where this holds for certain. */
  readonly when?: readonly Condition[];
  /** `Database`: what the resource is, for the message. */
  readonly noun: string;
  /** `is stored without encryption at rest`. */
  readonly problem: string;
  readonly severity: Severity;
  /** Severity where the attribute is missing, if that is less certain than a bad value. */
  readonly missing?: Severity;
  readonly confidence?: Confidence;
  readonly why: string;
  readonly references: readonly string[];
  readonly set?: Literal;
  /** What takes the place of any bad value, for everybody: the successor of an old protocol. */
  readonly successor?: string | number;
  /** A key belongs there: a fix names one of the module, or makes it; see rule/keys. */
  readonly key?: true;
  /** The resource that a fix in Terraform adds behind this one; see rule/companions. */
  readonly beside?: CompanionText;
  readonly leadsTo?: readonly RuleId[];
  /** The fix changes how the resource works or who reaches it: it is offered, and never made unasked. */
  readonly risky?: true;
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
  let examples = row.examples;
  return defineRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: row.confidence ?? (row.absent === 'bad' ? 'medium' : 'high'),
    references: row.references,
    get what() {
      return whatOf(row);
    },
    why: row.why,
    whenNotToUse: row.whenNotToUse ?? 'Where the resource holds nothing of value and is removed with its environment, or where another control does the same.',
    ...(row.off ? { off: true } : {}),
    ...(row.tags ? { tags: row.tags } : {}),
    ...(row.leadsTo || row.key ? { leadsTo: [...(row.leadsTo ?? []), ...(row.key ? newKeyLeadsTo : [])] } : {}),
    ...(row.arm ? { templatePath: row.arm.split('|')[0]! } : {}),
    get noFix() {
      return isFixed(row) ? undefined : row.key ? 'Where the module has a key, a fix names it; otherwise the key has to be made first.' : (row.noFix ?? 'The right value depends on what the workload needs.');
    },
    checks: [{ on: 'resource', types: row.types, check: (resource, context) => check(row, resource, context) }],
    // There are thousands of rules, and a scan reads the examples of none.
    get examples() {
      return (examples ??= attributeExamples(row));
    },
  });
}

/** Whether the row always has a fix, so that its samples show it. */
function isFixed(row: AttributeRow): boolean {
  return row.set !== undefined || row.beside !== undefined || (row.key === true && newKey(row.types[0]!) !== undefined) || (row.noFix === undefined && instead(badOf(row), row.must, row.successor) !== undefined);
}

/** What a rule reports, with the name of the setting in each dialect that has one of its own. */
function whatOf(row: AttributeRow): string {
  const shown = (path: string): string => `\`${path.split('|')[0]!.replace('!', '').replaceAll('.*', '')}\``;
  const elsewhere = ([[row.cfn, 'CloudFormation'], [row.arm, 'ARM and Bicep'], [row.ansible, 'Ansible']] as const).flatMap(([path, dialect]) => (path && shown(path) !== shown(row.path) ? [`${shown(path)} in ${dialect}`] : []));
  const own = `${shown(row.path)} of ${row.types.map((type) => `\`${type}\``).join(', ')}`;
  return `Reports any ${lowered(row.noun)} that ${row.problem}: ${own}${elsewhere.length > 0 ? `, ${elsewhere.join(', ')}` : ''}. A value that is not known is never reported.`;
}

function lowered(noun: string): string {
  return /^[A-Z][A-Z\d]/.test(noun) ? noun : noun.slice(0, 1).toLowerCase() + noun.slice(1);
}

/** The names of a row's attribute in the dialect of a resource, and whether its absence can be judged there. */
function namesIn(row: AttributeRow, resource: Resource): { readonly paths: readonly string[]; readonly total: boolean } {
  const split = (path: Path): readonly string[] => (path === false ? [] : path.split('|'));
  switch (resource.dialect) {
    case 'cloudformation-yaml': case 'cloudformation-json': case 'cdk': case 'aws-native': return { paths: split(row.cfn ?? row.path), total: true };
    case 'arm': case 'bicep': return { paths: split(row.arm ?? false), total: true };
    // The native provider has no `properties` of its own further in.
    case 'azure-native': return { paths: split(row.arm ?? false).map((path) => path.replace(/(?<=\.)properties\./g, '')), total: true };
    case 'ansible': {
      const own = row.ansible ?? (resource.type.startsWith('google_') ? row.api : undefined);
      return { paths: own === undefined ? [...new Set([...split(row.path), ...split(row.cfn ?? false)])] : split(own), total: own !== undefined || resource.type.startsWith('google_') };
    }
    case 'deployment-manager': return { paths: split(row.api ?? row.path), total: true };
    // Some controllers use the names of the API, which are those of CloudFormation, others those of the Terraform provider.
    case 'crossplane': return { paths: [...new Set([...split(row.path), ...split(row.api ?? false), ...split(row.cfn ?? false)])], total: true };
    default: return { paths: split(row.path), total: row.terraform === undefined };
  }
}

interface Judged {
  readonly path: string;
  readonly must: Expectation;
  readonly found: Found;
}

function check(row: AttributeRow, resource: Resource, context: ResourceContext): void {
  if (resource.mode !== 'managed') return;
  if (row.when && !row.when.every((condition) => holdsAt(resource, condition))) return;
  const { paths, total } = namesIn(row, resource);
  const judged = paths.map((written): Judged => {
    const path = written.startsWith('!') ? written.slice(1) : written;
    return { path, must: path === written ? row.must : inverse(row.must), found: row.item ? lookItem(resource, path, row.item) : look(resource, path) };
  });
  if (judged.length === 0 || (row.must === 'present' && judged.length > 1 && judged.some(({ found }) => holds(found, 'present')))) return;
  const message = `${row.noun} "${resource.name}" ${row.problem}.`;
  if (row.must === 'absent') {
    for (const { found } of judged) for (const value of found.values) if (value.kind !== 'unknown' && !fails(value, 'present')) context.report({ at: value.at, message, fixes: [] });
    return;
  }
  const excused = excusedBeside(row, resource, judged);
  const bad = judged.flatMap(({ path, must, found }) => found.values.filter((value) => !excused.has(value)).flatMap((value) => failing(value, must)).map((value) => ({ path, must, value })));
  if (bad.length > 0) {
    if (satisfiedElsewhere(row, resource, true, excused.size > 0)) return;
    for (const { path, must, value } of bad) context.report({ at: value.at, message, fixes: fixesOf(row, resource, context, path, must, value) });
    return;
  }
  if (row.absent === 'fine' || !total || judged.some(({ found }) => found.unknown)) return;
  const absent = judged.flatMap(({ found }) => found.absentIn).filter((map) => map !== undefined);
  if (absent.length > 0 && absent.every((map) => excused.has(map))) return;
  const first = judged[0]!;
  if (judged.every(({ found }) => found.values.length === 0)) {
    if (!satisfiedElsewhere(row, resource, false, excused.size > 0)) context.report({ at: resource.header, message, fixes: row.beside ? companionFixes(row.beside, resource, context) : fixesOf(row, resource, context, first.path, first.must), ...(row.missing ? { severity: row.missing } : {}) });
    return;
  }
  const written = judged.filter(({ found }) => found.values.length > 0 || found.absentIn.some((map) => map !== undefined));
  if (written.length > 1 || satisfiedElsewhere(row, resource, false, excused.size > 0)) return;
  for (const map of written[0]!.found.absentIn) {
    const at = map && !excused.has(map) && firstKey(map);
    if (at) context.report({ at, message, fixes: [] });
  }
}

/** As `look`, in those items of the list before the last name that bear the name. */
function lookItem(resource: Resource, path: string, item: NonNullable<AttributeRow['item']>): Found {
  const at = path.lastIndexOf('.');
  const lists = look(resource, path.slice(0, at));
  const values: Value[] = [];
  let { unknown } = lists;
  const visit = (value: Value): void => {
    if (value.kind === 'list') {
      if (!value.complete) unknown = true;
      value.items.forEach(visit);
    } else if (value.kind === 'map') {
      const same = (name: string): boolean => (typeof item.name === 'string' ? item.name === name : item.name.test(name));
      const named = value.entries.get(item.key) ?? value.entries.get('parameter_name') ?? value.entries.get('option_name');
      const own = value.entries.get(path.slice(at + 1)) ?? value.entries.get('parameter_value');
      const name = scalar(named?.value);
      if (named === undefined) values.push(...[...value.entries.values()].filter((entry) => same(entry.key)).map((entry) => entry.value));
      else if (name === undefined) unknown = true;
      else if (own && same(String(name))) values.push(own.value);
    } else if (value.kind !== 'null') unknown = true;
  };
  lists.values.forEach(visit);
  return { values, unknown: unknown || values.some((value) => value.kind === 'unknown'), absentIn: [] };
}

function firstKey(map: MapValue) {
  return [...map.entries.values()].map((entry) => entry.keyOrigin).sort((a, b) => a.range.start - b.range.start)[0];
}

function inverse(must: Expectation): Expectation {
  if (typeof must === 'string') return must;
  if ('is' in must) return { is: must.is.map((one) => (typeof one === 'boolean' ? !one : one)) };
  return 'not' in must ? { not: must.not.map((one) => (typeof one === 'boolean' ? !one : one)) } : must;
}

/** The blocks of a list that another attribute of the same block makes good (a disk from a snapshot), and what stands in them. */
function excusedBeside(row: AttributeRow, resource: Resource, judged: readonly Judged[]): ReadonlySet<unknown> {
  const out = new Set<unknown>();
  for (const { path } of judged) {
    const parent = path.slice(0, path.lastIndexOf('.'));
    for (const condition of parent === '' ? [] : row.orPath ?? []) for (const other of condition.path.split('|')) {
      if (other.slice(0, other.lastIndexOf('.')) !== parent) continue;
      for (const map of look(resource, parent).values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
        if (map.kind !== 'map' || !holds(lookIn(map, other.slice(parent.length + 1)), condition.must)) continue;
        out.add(map);
        const own = map.entries.get(path.slice(parent.length + 1))?.value;
        if (own) out.add(own);
      }
    }
  }
  return out;
}

/** Whether a companion or another path makes the resource good; `beside` says that paths in the same block are judged there. */
function satisfiedElsewhere(row: AttributeRow, resource: Resource, wrong: boolean, beside: boolean): boolean {
  if (row.orPath?.some((other) => !(wrong && other.onlyAbsent) && !(beside && other.path.includes('.')) && other.path.split('|').some((path) => { const found = look(resource, path); return (found.unknown && resource.attributes.has(path.split('.')[0]!)) || holds(found, other.must); }))) return true;
  return row.or?.some((companion) => resource.companions.some((one) => {
    if (one.type !== companion.type) return false;
    if (companion.path === undefined) return true;
    const found = look(one, companion.path);
    return found.unknown || holds(found, companion.must ?? 'present');
  })) ?? false;
}

/** True when the condition certainly holds, by any of its names. */
function holdsAt(resource: Resource, condition: Condition): boolean {
  const names = condition.path.split('|');
  if (condition.must === 'absent') return names.every((path) => holds(look(resource, path), 'absent'));
  return names.some((path) => holds(look(resource, path), condition.must));
}

/** True when some value is there and is certainly as expected. */
function holds(found: Found, must: Expectation): boolean {
  if (must === 'present') return found.values.some((value) => !fails(value, 'present'));
  if (must === 'absent') return found.values.length === 0 && !found.unknown;
  return found.values.some((value) => {
    if (typeof must === 'object' && ('all' in must || 'some' in must)) return value.kind !== 'unknown' && value.kind !== 'reference' && !fails(value, must);
    const plain = scalar(value);
    if (plain !== undefined) return meets(plain, must);
    return value.kind === 'list' && value.items.some((item) => { const one = scalar(item); return one !== undefined && meets(one, must); });
  });
}

/** True when the value is known and not as expected. */
export function fails(value: Value, must: Expectation): boolean {
  return failing(value, must).length > 0;
}

/** The parts of a value that are known and not as expected: the value itself, or items of a list. */
function failing(value: Value, must: Expectation): readonly Value[] {
  if (must === 'present') return (value.kind === 'string' && value.value.trim() === '') || (value.kind === 'list' && value.complete && value.items.length === 0) ? [value] : [];
  if (must === 'absent') return value.kind !== 'unknown' ? [value] : [];
  if ('all' in must) {
    if (value.kind !== 'list' || !value.complete || value.items.some((item) => scalar(item) === undefined)) return [];
    const own = value.items.map((item) => String(scalar(item)).toLowerCase());
    return must.all.every((one) => own.includes(one.toLowerCase())) ? [] : [value];
  }
  if ('some' in must) {
    if (value.kind !== 'list') { const plain = scalar(value); return plain !== undefined && !must.some.test(String(plain)) ? [value] : []; }
    const own = value.items.map(scalar);
    return value.complete && !own.includes(undefined) && !own.some((one) => must.some.test(String(one))) ? [value] : [];
  }
  if (value.kind === 'list') return value.items.flatMap((item) => failing(item, must));
  const plain = scalar(value);
  return plain !== undefined && !meets(plain, must) ? [value] : [];
}

function fixesOf(row: AttributeRow, resource: Resource, context: ResourceContext, path: string, must: Expectation, old?: Value): readonly Fix[] {
  if (row.set === undefined && row.key) return keyFixes(resource, path.split('.').filter((name) => name !== '*'), context);
  const written = old !== undefined && old.origin.path === old.at.path && old.origin.range.start === old.at.range.start;
  if (row.set === undefined) return row.noFix === undefined ? substituted(old, instead(scalar(old), must, row.successor)) : [];
  // The framework says most of this in its own words.
  if (resource.dialect === 'serverless' || (row.item !== undefined && old === undefined)) return [];
  const names = path.split('.').filter((name) => name !== '*');
  const plain = scalar(old);
  const flipped: Literal = must !== row.must && typeof row.set === 'boolean' ? !row.set : row.set;
  const styled = typeof plain !== 'string' ? flipped : typeof flipped === 'boolean' ? inStyle(flipped, plain) : typeof flipped === 'string' ? textInStyle(flipped, plain, resource.dialect) : flipped;
  if (styled === undefined) return [];
  let value: Literal = typeof styled === 'string' && typeof must === 'object' && !('all' in must || 'some' in must) && !meets(styled, must) ? flipped : styled;
  if (old === undefined && (resource.dialect === 'arm' || resource.dialect === 'bicep' || resource.dialect === 'azure-native') && typeof value === 'boolean' && /[aA]ccess$|^state$/.test(names.at(-1)!)) value = value ? 'Enabled' : 'Disabled';
  if (resource.dialect.startsWith('cloudformation') && value === true && names.at(-1) === 'status') value = 'Enabled';
  if (row.item !== undefined && old !== undefined) {
    const last = names.at(-1)!;
    const item: MapValue = { kind: 'map', entries: new Map([[last, { key: last, keyOrigin: old.origin, value: old }]]), complete: false, origin: old.origin, at: old.at };
    return [{ title: `Set ${String(row.item.name)} to ${String(value)}`, safe: true, intents: [{ kind: 'setAttribute', resource, path: [last], value, within: item }] }];
  }
  // A wrong literal is replaced. What is missing may cost something or be set elsewhere; what a variable gives is the variable's to change.
  return [{ title: `Set ${names.join('.')} to ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`, safe: row.leadsTo === undefined && !row.risky && written, intents: [{ kind: 'setAttribute', resource, path: names, value }] }];
}
