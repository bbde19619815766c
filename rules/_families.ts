import { attributeRules, type AttributeRow } from '../server/rule/attribute-table.ts';
import type { Expectation } from '../server/rule/expectations.ts';
import { namesKey } from '../server/rule/keys.ts';
import type { Literal } from '../server/rule/queries.ts';
import type { Category, Example, Rule, RuleId } from '../server/rule/rule.ts';

type Family = Pick<AttributeRow, 'severity' | 'why' | 'references'> & Partial<Pick<AttributeRow, 'confidence' | 'whenNotToUse' | 'noFix'>> & { readonly category: Category };

/** Reasons and references that the rows of a family share; the category is the first half of their rules' ids. */
export const families = {
  atRest: { category: 'storage', severity: 'high', confidence: 'medium', why: 'Whoever gets at the disk, a snapshot or a backup reads the data; training data, prompts and personal data are then disclosed at once.', references: ['CWE-311', 'SC-28', 'hipaa:164.312(a)(2)(iv)', 'pci-4.0.1:3.5.1', 'AISF-INFRA-05'] },
  customerKey: { category: 'storage', severity: 'low', confidence: 'medium', why: 'A provider-managed key cannot be revoked, restricted or audited by its user; for training data, models and personal data that control is what contains a leak.', references: ['CWE-311', 'SC-12', 'AISF-INFRA-07'], noFix: 'The key has to be chosen or made first.' },
  public: { category: 'network', severity: 'high', why: 'Anybody on the internet can read it, or write to it and poison what is trained on it.', references: ['CWE-732', 'AC-3', 'hipaa:164.312(a)(1)', 'AISF-DATA-04'] },
  transit: { category: 'transport', severity: 'high', why: 'Who sits on the network reads and changes what passes: credentials, prompts, model answers.', references: ['CWE-319', 'SC-8', 'hipaa:164.312(e)(1)', 'pci-4.0.1:4.2.1', 'AISF-INFRA-06'] },
  oldTls: { category: 'transport', severity: 'medium', why: 'Old protocol versions and ciphers have known attacks, and a peer can be talked down to them.', references: ['CWE-327', 'SC-8', 'pci-4.0.1:4.2.1'] },
  clientCertificate: { category: 'transport', severity: 'low', confidence: 'medium', why: 'Without a certificate of its own a client proves nothing about itself before it speaks.', references: ['CWE-295', 'IA-2', 'SC-8'] },
  exposed: { category: 'network', severity: 'high', why: 'A service that the internet can reach is found and tried within minutes; one weak password or one unpatched flaw is then enough.', references: ['CWE-668', 'SC-7', 'pci-4.0.1:1.4.2'] },
  segmentation: { category: 'network', severity: 'medium', confidence: 'medium', why: 'Without a network boundary of its own, a compromise of one workload reaches the next, and data leaves unhindered.', references: ['CWE-668', 'SC-7', 'AISF-INFRA-08'] },
  filter: { category: 'network', severity: 'low', confidence: 'medium', why: 'Requests reach the application unfiltered; known attacks against it are then stopped by nothing but itself.', references: ['CWE-693', 'SC-7', 'SI-4'] },
  logging: { category: 'monitoring', severity: 'low', confidence: 'medium', why: 'Without a record, misuse is neither noticed nor proven.', references: ['CWE-778', 'AU-2', 'hipaa:164.312(b)', 'pci-4.0.1:10.2.1', 'AISF-DETECT-01'] },
  retention: { category: 'monitoring', severity: 'low', confidence: 'medium', why: 'An intrusion is found after months on average; by then the record of how it began is gone.', references: ['CWE-778', 'AU-11', 'pci-4.0.1:10.5.1'] },
  detection: { category: 'monitoring', severity: 'low', confidence: 'medium', why: 'Attacks that the provider would recognise pass unnoticed.', references: ['CWE-778', 'SI-4', 'AISF-DETECT-01'] },
  recovery: { category: 'monitoring', severity: 'low', confidence: 'medium', why: 'A deletion, by mistake or by ransom, is then final.', references: ['CP-9', 'hipaa:164.308(a)(7)(ii)(A)'] },
  identity: { category: 'auth', severity: 'medium', why: 'What does not prove who it is can be anybody.', references: ['CWE-306', 'IA-2', 'hipaa:164.312(d)'] },
  password: { category: 'auth', severity: 'low', why: 'Short, simple and reused passwords are guessed or found in leaks.', references: ['CWE-287', 'IA-5(1)', 'pci-4.0.1:8.3.6'] },
  privilege: { category: 'iam', severity: 'high', why: 'More rights than the work needs are what an intruder works with.', references: ['CWE-250', 'AC-6', 'pci-4.0.1:7.2.5', 'AISF-IAM-02'] },
  machineIdentity: { category: 'iam', severity: 'low', confidence: 'medium', why: 'Without an identity of its own a workload needs stored credentials, which leak.', references: ['CWE-522', 'AC-2', 'IA-5'] },
  container: { category: 'workload', severity: 'medium', why: 'A process that breaks out of its container finds the host and its neighbours within reach.', references: ['CWE-250', 'AC-6', 'CM-6'] },
  host: { category: 'workload', severity: 'low', confidence: 'medium', why: 'A hardened machine is harder to take over and to keep.', references: ['CM-6', 'CM-7'] },
  rotation: { category: 'storage', severity: 'low', confidence: 'medium', why: 'A key that never changes stays useful to whoever once copied it.', references: ['CWE-798', 'SC-12', 'pci-4.0.1:3.7.4'] },
  expiry: { category: 'secrets', severity: 'low', confidence: 'medium', why: 'A secret without an end stays useful to whoever once copied it.', references: ['CWE-798', 'SC-12', 'IA-5'] },
  secret: { category: 'secrets', severity: 'high', why: 'Whoever reads the template, its history or the state reads the secret.', references: ['CWE-798', 'IA-5', 'pci-4.0.1:8.6.2'] },
  patching: { category: 'workload', severity: 'low', confidence: 'medium', why: 'Known flaws stay open until somebody remembers to update.', references: ['CWE-1104', 'SI-2', 'pci-4.0.1:6.3.3'] },
  supply: { category: 'dependencies', severity: 'low', confidence: 'medium', why: 'What is fetched can be replaced by somebody else between two runs.', references: ['CWE-1357', 'SI-7', 'AISF-ML-02'] },
} as const satisfies Readonly<Record<string, Family>>;

type FamilyName = keyof typeof families;

/** What must hold, with what follows from it for the fix and the samples. */
export type Expect = Pick<AttributeRow, 'must' | 'absent'> & Partial<Pick<AttributeRow, 'set' | 'sample'>> & { readonly byHand?: true };
export type Extra = Partial<Omit<AttributeRow, 'id' | 'types' | 'path' | 'problem' | 'noun'>>;
/** Path, what must hold there, what is wrong otherwise (`keeps no backups`), and what differs from the family. */
export type Line = readonly [path: string, expect: Expect, problem: string, extra?: Extra];

/** Must be true; missing is the bad default. */
export const on: Expect = { must: { is: [true] }, absent: 'bad', set: true };
/** Must not be false; missing is fine. */
export const notOff: Expect = { must: { is: [true] }, absent: 'fine', set: true };
/** Must not be true; missing is fine. */
export const notOn: Expect = { must: { is: [false] }, absent: 'fine', set: false };
/** Must be false; missing is the bad default. */
export const off: Expect = { must: { is: [false] }, absent: 'bad', set: false };
/** Must be there. */
export const needed: Expect = { must: 'present', absent: 'bad' };
/** Must have an identity of its own; a fix asks Azure for one. */
export const ownIdentity: Expect = { must: 'present', absent: 'bad', set: 'SystemAssigned' };
/** Must not be there. */
export const none: Expect = { must: 'absent', absent: 'fine' };
/** Must be one of these (the first is what a fix sets); missing is the bad default. */
export const is = (...values: readonly (string | number)[]): Expect => ({ must: { is: values }, absent: 'bad', set: values[0]! });
/** As `is`, but missing is fine. */
export const ifSet = (bad: string | number, ...values: readonly (string | number)[]): Expect => ({ must: { is: values }, absent: 'fine', set: values[0]!, sample: { bad } });
/** Must not be one of these; `good` is what a fix sets. */
export const not = (good: Literal | undefined, ...bad: readonly (string | number)[]): Expect => ({ must: { not: bad }, absent: 'fine', ...(good === undefined ? {} : { set: good }) });
/** As `not`, and missing is as bad. */
export const orMissing = (expect: Expect): Expect => ({ ...expect, absent: 'bad' });
/** At least this number; missing is fine. */
export const least = (number: number, set?: number): Expect => ({ must: { least: number }, absent: 'fine', set: set ?? number });
/** At most this number; missing is fine. */
export const most = (number: number): Expect => ({ must: { most: number }, absent: 'fine', set: number });
/** Must match; samples for both. */
export const matches = (pattern: RegExp, bad: string, good: string): Expect => ({ must: { matches: pattern }, absent: 'fine', set: good, sample: { bad, good } });
/** Must not match; samples for both. */
export const never = (pattern: RegExp, bad: Literal, good: Literal): Expect => ({ must: { never: pattern }, absent: 'fine', sample: { bad, good } });
/** A list that must hold all of these. */
export const all = (...values: readonly string[]): Expect => ({ must: { all: values }, absent: 'bad', set: values });
/** Without a fix: the value is the user's to choose. */
export const byHand = (expect: Expect): Expect => {
  const { set, ...rest } = expect;
  return { ...rest, byHand: true, ...(set === undefined || rest.sample?.good !== undefined ? {} : { sample: { ...rest.sample, good: set } }) };
};

/** The alias of a key that AWS manages is not a key of the account. */
const ownKey: Expectation = { never: /^$|(?:^|[:/])alias\/aws\// };

/** Samples for what is missing: the bodies of a bad and a good resource, and of the bad one after its fix. */
export function missing(type: string, bad: string, good: string, fixed?: string): readonly Example[] {
  const wrap = (body: string, mark = ''): string => `resource "${type}" "main" {\n${mark}${body}}\n`;
  return [{ file: 'main.tf', bad: wrap(bad, `${' '.repeat(`resource "${type}" "`.length)}^^^^\n`), good: wrap(good), ...(fixed === undefined ? {} : { fixed: wrap(fixed) }) }];
}

/** Samples in Bicep, for what only Azure's own form has: a property of a resource, with its bad and its good value. */
export function inBicep(type: string, path: string, bad: string | boolean, good: string | boolean): readonly Example[] {
  const names = path.split('.');
  const last = names.at(-1)!;
  const indent = '  '.repeat(names.length);
  const open = names.slice(0, -1).map((name, depth) => `${'  '.repeat(depth + 1)}${name}: {\n`).join('');
  const close = names.slice(0, -1).map((_, depth) => `${'  '.repeat(depth + 1)}}\n`).reverse().join('');
  const print = (value: string | boolean): string => (typeof value === 'string' ? `'${value}'` : String(value));
  const wrap = (value: string | boolean, mark = ''): string => `resource main '${type}@2024-01-01' = {\n  name: 'default'\n${open}${indent}${last}: ${print(value)}\n${mark}${close}}\n`;
  const quoted = typeof bad === 'string' ? 1 : 0;
  return [{ file: 'main.bicep', bad: wrap(bad, `${' '.repeat(indent.length + last.length + 2 + quoted)}${'^'.repeat(String(bad).length)}\n`), good: wrap(good) }];
}

/** Samples of a parameter of a database server of Azure, by its name. */
export function serverParameter(type: string, name: string, bad: string, good: string): readonly Example[] {
  const wrap = (value: string, mark = ''): string => `resource "${type}" "main" {\n  name  = "${name}"\n  value = "${value}"\n${mark}}\n`;
  return [{ file: 'main.tf', bad: wrap(bad, `${' '.repeat(11)}${'^'.repeat(bad.length)}\n`), good: wrap(good) }];
}

/** Settings that a table knows, as `type last_name`: what is said of settings in general leaves these alone. */
const known = new Set<string>();

/** Whether a table knows the setting, or, without a name, anything of the type. */
export function isKnownSetting(type: string, name = ''): boolean {
  return known.has(`${type} ${name}`);
}

/** A text or number, or the only one of a list. */
function onlyOf(value: Literal | undefined): string | number | undefined {
  const [one, ...more] = Array.isArray(value) ? value : [value];
  return more.length === 0 && (typeof one === 'string' || typeof one === 'number') ? one : undefined;
}

/** The rules of one kind of resource, by family; keys are the second half of the rules' ids. */
export function service(noun: string, types: string | readonly string[], groups: { readonly [name in FamilyName]?: Readonly<Record<string, Line>> }): readonly Rule[] {
  for (const [path] of Object.values(groups).flatMap((lines) => Object.values(lines ?? {})))
    for (const type of [types].flat()) for (const one of ['', ...path.split('|')]) known.add(`${type} ${one.slice(one.lastIndexOf('.') + 1).replace('!', '')}`);
  return attributeRules((Object.keys(groups) as FamilyName[]).flatMap((name) => {
    const { category, ...family } = families[name] as Family;
    const lines = Object.entries(groups[name] ?? {});
    const aliases = name === 'customerKey' && !lines.some(([id]) => id.endsWith('-default-key'));
    return lines.map(([id, [path, wanted, problem, extra]]): AttributeRow => {
      const expect = aliases && wanted.must === 'present' && wanted.absent === 'bad' ? { ...wanted, must: ownKey } : wanted;
      const row = { ...family, ...expect, ...extra, sample: { ...expect.sample, ...extra?.sample } };
      const key = name === 'customerKey' && row.set === undefined && row.beside === undefined && row.item === undefined && (row.must === 'present' || row.must === ownKey) && namesKey(path);
      // An old protocol or cipher has one successor for everybody.
      const successor = name === 'oldTls' && row.set === undefined && row.noFix === undefined && !row.byHand ? onlyOf(row.sample.good) : undefined;
      return { title: `${noun} that ${problem}`, ...row, ...(successor === undefined ? {} : { successor }), ...(key ? { key } : {}), id: `${category}/${id}` as RuleId, noun, types: typeof types === 'string' ? [types] : types, path, problem };
    });
  }));
}
