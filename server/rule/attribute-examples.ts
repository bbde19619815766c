import type { Literal } from '../model/fix.ts';
import { printHcl } from '../fix/hcl-literal.ts';
import type { AttributeRow, Expectation } from './attribute-table.ts';
import type { Example } from './rule.ts';

/** Terraform samples of a row: one bad, what its fix makes of it, one good. */
export function attributeExamples(row: AttributeRow): readonly Example[] {
  const type = row.types[0]!;
  const lines = [...(row.when ?? []).flatMap(({ path, must }) => attributeLines(path.split('.').filter((name) => name !== '*'), sampleOf(must, true))), ...(row.sample?.lines ?? [])];
  const names = row.path.split('.').filter((name) => name !== '*');
  const goodValue = row.sample?.good ?? row.set ?? sampleOf(row.must, true);
  const badValue = row.sample?.bad ?? (row.absent === 'bad' ? undefined : sampleOf(row.must, false));
  const good = resource(type, row.must === 'absent' ? lines : [...lines, ...attributeLines(names, goodValue)]);
  if (badValue === undefined) {
    const text = resource(type, lines);
    const mark = ' '.repeat(`resource "${type}" "`.length) + '^'.repeat('example'.length);
    const rows = text.split('\n');
    const bad = [rows[0], mark, ...rows.slice(1)].join('\n');
    return [{ file: 'main.tf', bad, ...(row.set === undefined ? {} : { fixed: resource(type, [...lines, ...attributeLines(names, row.set)]) }), good }];
  }
  const bad = resource(type, [...lines, ...attributeLines(names, badValue, true)]);
  return [{ file: 'main.tf', bad, ...(row.set === undefined ? {} : { fixed: resource(type, [...lines, ...attributeLines(names, row.set)]) }), good }];
}

function resource(type: string, lines: readonly string[]): string {
  return lines.length === 0 ? `resource "${type}" "example" {\n}\n` : `resource "${type}" "example" {\n${lines.map((line) => (/^\s*\^/.test(line) ? line : `  ${line}`)).join('\n')}\n}\n`;
}

/** `a { b = value }` over several lines; with `mark`, the value's range is marked below it. */
function attributeLines(names: readonly string[], value: Literal, mark = false): string[] {
  const indent = '  '.repeat(names.length - 1);
  const printed = printHcl(value);
  const line = `${indent}${names.at(-1)} = ${printed}`;
  const quoted = printed.startsWith('"');
  const column = line.length - printed.length + (quoted ? 1 : 0) + 2;
  const out = names.slice(0, -1).map((name, depth) => `${'  '.repeat(depth)}${name} {`);
  out.push(line);
  if (mark) out.push(' '.repeat(column) + '^'.repeat(Math.max(1, printed.length - (quoted ? 2 : 0))));
  for (let depth = names.length - 2; depth >= 0; depth--) out.push(`${'  '.repeat(depth)}}`);
  return out;
}

function sampleOf(must: Expectation, good: boolean): Literal {
  if (must === 'present') return good ? 'example' : '';
  if (must === 'absent') return 'example';
  if ('is' in must) {
    const first = must.is[0]!;
    return good ? first : typeof first === 'boolean' ? !first : typeof first === 'number' ? first + 1 : `not-${first}`;
  }
  if ('not' in must) return good ? (typeof must.not[0] === 'boolean' ? !must.not[0] : 'other') : must.not[0]!;
  if ('least' in must) return good ? must.least : must.least - 1;
  if ('most' in must) return good ? must.most : must.most + 1;
  return good ? 'good' : 'bad';
}
