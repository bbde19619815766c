import type { Printed, TextEdit } from '../model/fix.ts';
import type { LiteralPlace } from './secret.ts';

/** `os.environ["NAME"]`, with `import os` where it is missing: in front of the first import, in a notebook of the same cell. */
export function pythonEnvironment(place: LiteralPlace): Printed {
  const { document, start, end, literalStart, literalEnd, quote, variable } = place;
  const { text, path } = document;
  if (quote === '' || quote === '`') return undefined;
  if (text.slice(literalStart - 3, literalStart) === quote.repeat(3)) return { refused: 'The literal may run over several lines; the secret has to be taken out by hand.' };
  const prefix = /(?:^|[^\w])([rbfuRBFU]{1,2})$/.exec(text.slice(Math.max(0, literalStart - 4), literalStart - 1))?.[1] ?? '';
  if (/b/i.test(prefix)) return { refused: 'The environment holds text, and these are bytes.' };
  const from = literalStart - 1 - prefix.length;
  let expression: string;
  if (start === literalStart && end === literalEnd) expression = `os.environ["${variable}"]`;
  else {
    const head = text.slice(literalStart, start);
    const tail = text.slice(end, literalEnd);
    if (/[{}\\\n]/.test(head + tail) && !/f/i.test(prefix)) return undefined;
    const inner = quote === '"' ? `os.environ['${variable}']` : `os.environ["${variable}"]`;
    expression = `${/f/i.test(prefix) ? prefix : `f${prefix}`}${quote}${head}{${inner}}${tail}${quote}`;
  }
  const edit: TextEdit = { path, range: { start: from, end: literalEnd + 1 }, text: expression };
  if (/^[ \t]*import[ \t]+(?:[\w.]+[ \t]*,[ \t]*)*os\b/m.test(text)) return [edit];
  const at = importPlace(text, cellStart(document.cells, start));
  return [{ path, range: { start: at, end: at }, text: 'import os\n' }, edit];
}

function cellStart(cells: readonly number[] | undefined, at: number): number {
  return cells?.findLast((start) => start <= at) ?? 0;
}

/** In front of the first import at the margin, else behind the comments, magics and docstring at the top. */
function importPlace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const line = text.slice(at, end);
    if (/^from\s+__future__\b/.test(line) || /^\s*(?:#|%|!|$)/.test(line)) {
      if (line.trim() === '' && /^(?:import|from)\s/.test(text.slice(end + 1))) return end + 1;
      at = end + 1;
      continue;
    }
    const quotes = /^[rRuU]?("""|''')/.exec(line)?.[1];
    if (quotes === undefined) return firstImport(text, at) ?? at;
    const close = text.indexOf(quotes, at + line.indexOf(quotes) + 3);
    if (close < 0) return from;
    const next = text.indexOf('\n', close);
    if (next < 0) return from;
    at = next + 1;
  }
  return from;
}

function firstImport(text: string, at: number): number | undefined {
  return /^(?:import|from)\s/.test(text.slice(at, at + 7)) ? at : undefined;
}
