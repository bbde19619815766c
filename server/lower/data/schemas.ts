import type { TextRange } from '../../base/range.ts';

/** Several readers ask of one text after each other. */
let last: { readonly text: string; readonly ranges: readonly TextRange[] } | undefined;

/**
 * Where the `spec` of each custom resource definition stands in a file of YAML documents, whole lines. The schemas in them are megabytes in
 * many charts, and nothing is asked of them.
 */
export function schemaRanges(text: string): readonly TextRange[] {
  if (!text.includes('CustomResourceDefinition')) return [];
  if (last?.text !== text) last = { text, ranges: findSchemas(text) };
  return last.ranges;
}

function findSchemas(text: string): readonly TextRange[] {
  const out: TextRange[] = [];
  for (let start = 0; start < text.length;) {
    const mark = text.indexOf('\n---', start);
    const end = mark < 0 ? text.length : mark + 1;
    const part = text.slice(start, end);
    const spec = part.includes('CustomResourceDefinition') && /^kind:[ \t]*CustomResourceDefinition\b/m.test(part) ? /^spec:/m.exec(part) : undefined;
    if (spec) {
      const next = /\n(?=[A-Za-z"'#{]|\.\.\.)/.exec(part.slice(spec.index));
      out.push({ start: start + spec.index, end: next ? start + spec.index + next.index + 1 : end });
    }
    start = mark < 0 ? text.length : mark + 4;
  }
  return out;
}

/** The text with each schema as a comment of its length, which a parser passes over at once. */
export function withoutSchemas(text: string, ranges = schemaRanges(text)): string {
  return replaced(text, ranges, ({ start, end }) => `#${' '.repeat(Math.max(0, end - start - 2))}${text[end - 1] === '\n' ? '\n' : ' '}`);
}

/** The text without schemas, to look for words in; places in it are not those of the text. */
export function cutSchemas(text: string): string {
  return replaced(text, schemaRanges(text), () => '');
}

function replaced(text: string, ranges: readonly TextRange[], by: (range: TextRange) => string): string {
  if (ranges.length === 0) return text;
  let out = '';
  let at = 0;
  for (const range of ranges) {
    out += text.slice(at, range.start) + by(range);
    at = range.end;
  }
  return out + text.slice(at);
}
