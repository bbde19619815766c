import type { Printed, TextEdit } from '../model/fix.ts';
import type { LiteralPlace } from './secret.ts';

const instruction = /^[ \t]*(ENV|ARG)[ \t]+([A-Za-z_]\w*)(?:=|[ \t]+)["']?$/i;

/**
 * Takes a value out of an image, which keeps what it was built with. Where later steps of the stage use the variable they mount it
 * as a build secret (`docker build --secret id=...`); else an argument loses its default, and an environment line goes.
 */
export function dockerfile({ document, start, end, literalEnd, quote }: LiteralPlace): Printed {
  const { text, path } = document;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const match = instruction.exec(text.slice(lineStart, start));
  let lineEnd = text.indexOf('\n', end);
  if (lineEnd < 0) lineEnd = text.length;
  if (!match || text.slice(literalEnd + quote.length, lineEnd).trim() !== '') {
    return /^[ \t]*(?:ENV|ARG)\b/i.test(text.slice(lineStart, start)) ? { refused: 'The instruction sets several variables; this one has to be taken out by hand.' } : undefined;
  }
  const [, kind, name] = match;
  const steps = stepsWith(text, lineEnd, name!);
  const gone: TextEdit = { path, range: { start: lineStart, end: Math.min(text.length, lineEnd + 1) }, text: '' };
  if (steps.length > 0) {
    const id = name!.toLowerCase();
    return [gone, ...steps.map((at) => ({ path, range: { start: at, end: at }, text: `--mount=type=secret,id=${id},env=${name} ` }))];
  }
  if (kind!.toUpperCase() === 'ENV') return [gone];
  const nameEnd = lineStart + match[0].indexOf(name!) + name!.length;
  return [{ path, range: { start: nameEnd, end: literalEnd + quote.length }, text: '' }];
}

/** Where the commands begin of RUN steps that name the variable, down to the next stage. */
function stepsWith(text: string, from: number, name: string): readonly number[] {
  const out: number[] = [];
  const stage = /^[ \t]*FROM\b/im.exec(text.slice(from));
  const until = stage ? from + stage.index : text.length;
  const step = /^[ \t]*RUN[ \t]+((?:[^\\\n]|\\[\s\S])*)/gim;
  step.lastIndex = from;
  for (let match = step.exec(text); match && match.index < until; match = step.exec(text)) {
    if (new RegExp(`\\$(?:\\{)?${name}\\b`).test(match[1]!) && !match[1]!.includes(`env=${name}`) && !match[1]!.startsWith('[')) out.push(match.index + match[0].length - match[1]!.length);
  }
  return out;
}
