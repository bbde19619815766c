import type { Literal } from '../model/fix.ts';
import { printHcl } from '../fix/hcl-literal.ts';
import type { AttributeRow, Condition } from './attribute-table.ts';
import { badOf, sampleOf, substituteOf } from './expectations.ts';
import type { CompanionText } from './companions.ts';
import { newKey } from './keys.ts';
import type { Example } from './rule.ts';

/** A body in the making: values, and blocks by name. */
type Body = Map<string, Leaf | Body>;
interface Leaf {
  readonly literal: Literal;
  readonly mark: boolean;
}

/** Terraform samples of a row: one bad, what its fix makes of it, one good. */
export function attributeExamples(row: AttributeRow): readonly Example[] {
  const type = row.types[0]!;
  const written = row.path.split('|')[0]!;
  const inverted = written.startsWith('!');
  const names = namesOf(inverted ? written.slice(1) : written);
  const turned = (value: Literal): Literal => (inverted && typeof value === 'boolean' ? !value : value);
  const base = (): Body => {
    const body: Body = new Map();
    for (const condition of row.when ?? []) if (condition.must !== 'absent') put(body, namesOf(condition.path.split('|')[0]!), { literal: conditionSample(condition), mark: false });
    return body;
  };
  const sample = (value: Literal | undefined, mark = false): string => {
    const body = base();
    if (value !== undefined) {
      if (row.item) put(body, [...names.slice(0, -1), row.item.key], { literal: typeof row.item.name === 'string' ? row.item.name : row.item.name.source.replace(/[^\w ]/g, ''), mark: false });
      put(body, names, { literal: value, mark });
    }
    return resource(type, [...(row.sample?.lines ?? []), ...print(body, 0, typeof row.must === 'object' && ('all' in row.must || 'some' in row.must))]);
  };
  const good = row.must === 'absent' ? undefined : turned(row.sample?.good ?? row.set ?? sampleOf(row.must, true));
  const bad = badOf(row);
  const key = row.key ? newKey(type) : undefined;
  const other = row.set === undefined && row.noFix === undefined ? substituteOf(bad, row.must, row.successor) : undefined;
  const set: Literal | undefined = row.set ?? (other === undefined ? undefined : Array.isArray(bad) ? [other] : other);
  const keyed = key ? `${sample({ raw: `${key.type}.example.${key.attribute}` }).trimEnd()}\n\n${companion(type, { type: key.type, lines: key.body! })}` : undefined;
  const fixed = keyed !== undefined ? { fixed: keyed } : set === undefined || (row.item && bad === undefined) ? {} : { fixed: sample(turned(set)) };
  if (bad !== undefined) return [{ file: 'main.tf', bad: sample(turned(bad), true), ...fixed, good: sample(good) }];
  const rows = sample(undefined).split('\n');
  const mark = ' '.repeat(`resource "${type}" "`.length) + '^'.repeat('example'.length);
  const added = row.beside && { fixed: `${sample(undefined).trimEnd()}\n\n${companion(type, row.beside)}` };
  const needs = new Map(chain(row.beside).flatMap((one) => one.lines).flatMap((line) => [...line.matchAll(the)].map((match) => [match[1]!, match[2] ?? 'shared'] as const)));
  const before = [...needs].map(([needed, name]) => `resource "${needed}" "${name}" {\n}\n\n`).join('');
  return [{ file: 'main.tf', bad: before + [rows[0], mark, ...rows.slice(1)].join('\n'), ...(added ? { fixed: before + added.fixed } : fixed), good: sample(good) }];
}

const the = /\{the (\w+)(?: named (\w+))?\}/g;

/** A companion and what comes before it, in the order of the text. */
function chain(one: CompanionText | undefined): readonly CompanionText[] {
  return one === undefined ? [] : [...chain(one.first), one];
}

function companion(owner: string, whole: CompanionText): string {
  return chain(whole).map((one) => companionText(owner, one)).join('\n');
}

function companionText(owner: string, { type, lines }: CompanionText): string {
  const body = lines.map((line) => line.replaceAll('{owner}', `${owner}.example`).replaceAll('{name}', 'example').replace(the, (_, needed: string, name = 'shared') => `${needed}.${name}`));
  return `resource "${type}" "example" {\n${body.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`;
}

function namesOf(path: string): string[] {
  return path.split('.').filter((name) => name !== '*');
}

function put(body: Body, names: readonly string[], leaf: Leaf): void {
  const [name, ...rest] = names;
  if (rest.length === 0) {
    body.set(name!, leaf);
    return;
  }
  const inner = body.get(name!);
  const block: Body = inner instanceof Map ? inner : new Map();
  body.set(name!, block);
  put(block, rest, leaf);
}

function print(body: Body, depth: number, whole: boolean): string[] {
  const indent = '  '.repeat(depth);
  return [...body].flatMap(([name, one]) => {
    if (one instanceof Map) return [`${indent}${name} {`, ...print(one, depth + 1, whole), `${indent}}`];
    const printed = printHcl(one.literal);
    const line = `${indent}${name} = ${printed}`;
    if (!one.mark) return [line];
    const inner = printed.startsWith('["') && !whole ? 2 : printed.startsWith('"') ? 1 : 0;
    return [line, ' '.repeat(2 + line.length - printed.length + inner) + '^'.repeat(Math.max(1, printed.length - 2 * inner))];
  });
}

function resource(type: string, lines: readonly string[]): string {
  return lines.length === 0 ? `resource "${type}" "example" {\n}\n` : `resource "${type}" "example" {\n${lines.map((line) => (/^\s*\^/.test(line) ? line : `  ${line}`)).join('\n')}\n}\n`;
}

function conditionSample({ must }: Condition): Literal {
  return sampleOf(must, true);
}
