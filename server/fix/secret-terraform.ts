import type { EditIntent, Printed, TextEdit } from '../model/fix.ts';
import type { Sources } from '../source/sources.ts';
import type { LiteralPlace } from './secret.ts';

/** A sensitive variable, and its name in place of the literal; the default of a variable goes. */
export function terraformVariable({ document, start, end, literalStart, literalEnd, quote, variable }: LiteralPlace): readonly TextEdit[] | undefined {
  const { text, path } = document;
  if (quote !== '"' || !/\.(?:tf|tofu)$/.test(path)) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, literalStart - 1);
  const inDefault = /^(\s*)default(\s*)=\s*$/.exec(line);
  if (inDefault) {
    if (start !== literalStart || end !== literalEnd) return undefined;
    let lineEnd = text.indexOf('\n', end);
    if (lineEnd < 0) lineEnd = text.length;
    const block = text.slice(lineEnd, text.indexOf('}', lineEnd));
    const head = text.slice(text.lastIndexOf('{', lineStart), lineStart);
    const sensitive = /\bsensitive\s*=/.test(block) || /\bsensitive\s*=/.test(head);
    const from = lineStart + inDefault[1]!.length;
    if (!sensitive) return [{ path, range: { start: from, end: end + 1 }, text: 'sensitive = true' }];
    const alone = text.slice(end + 1, lineEnd).trim() === '';
    return [{ path, range: alone ? { start: lineStart, end: Math.min(text.length, lineEnd + 1) } : { start: from, end: end + 1 }, text: '' }];
  }
  const name = variable.toLowerCase();
  const partial = start !== literalStart || end !== literalEnd;
  const reference: TextEdit = partial
    ? { path, range: { start, end }, text: `\${var.${name}}` }
    : { path, range: { start: start - 1, end: end + 1 }, text: `var.${name}` };
  if (new RegExp(`variable\\s+"${name}"`).test(text)) return [reference];
  const gap = text.endsWith('\n') ? '\n' : '\n\n';
  return [reference, { path, range: { start: text.length, end: text.length }, text: `${gap}variable "${name}" {\n  type      = string\n  sensitive = true\n}\n` }];
}

/** A reference to a data source in place of a whole literal; its block goes to the end of the file. */
export function printDataSource({ origin, expression, block }: Extract<EditIntent, { kind: 'literalToData' }>, sources: Sources): Printed {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { text, path } = document;
  const { start, end } = origin.range;
  if (text[start - 1] !== '"' || text[end] !== '"') return undefined;
  if (/\bdefault\s*=\s*"$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))) return { refused: 'The default of a variable must be a constant; the variable has to go first.' };
  const reference: TextEdit = { path, range: { start: start - 1, end: end + 1 }, text: expression };
  return block === undefined ? [reference] : [reference, { path, range: { start: text.length, end: text.length }, text: `${text.endsWith('\n') ? '\n' : '\n\n'}${block}\n` }];
}
