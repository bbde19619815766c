import type { TextRange } from '../../base/range.ts';
import type { Expression, Pattern, Statement } from '../../model/code-tree.ts';
import { moved } from '../moved.ts';
import type { Pieces } from '../pieces.ts';
import { lowerPieces } from '../typescript/pieces.ts';
import { nameNode, unknownNode } from './nodes.ts';

/** Code of the markup by where it starts. */
export interface MarkupCodeReader {
  readonly expression: (range: TextRange) => Expression;
  /** What an event runs: one expression or several statements. */
  readonly statements: (range: TextRange) => readonly Statement[];
  readonly pattern: (range: TextRange) => Pattern | undefined;
}

export interface CodeRange extends TextRange {
  readonly statements?: true;
}

type Language = 'typescript' | 'tsx';

/** Code that begins like a declaration or block, though it is an expression. */
const ambiguous = /^\s*(?:\{|(?:async\s+)?function\b|class\b|let\b)/;

/**
 * A text of the same length in which only code stands, each piece as a statement by itself, at its own offset. The characters around a
 * piece are its quotes or braces, so that there is room for what parts it from the others.
 */
export function onlyCode(text: string, ranges: readonly CodeRange[]): string {
  const out: string[] = [];
  let at = 0;
  const blank = (to: number): void => {
    if (to > at) out.push(text.slice(at, to).replace(/[^\r\n]/g, ' '));
    at = Math.max(at, to);
  };
  for (const { start, end, statements } of [...ranges].sort((one, other) => one.start - other.start)) {
    if (start < at || start < 1) continue;
    const code = text.slice(start, end);
    if (!statements && ambiguous.test(code)) continue;
    blank(start - 1);
    out.push(statements ? '{' : ';', code);
    at = end;
    if (end < text.length) {
      out.push(statements ? '}' : ';');
      at = end + 1;
    }
  }
  blank(text.length);
  return out.join('');
}

export function createCodeReader(text: string, language: Language, pieces: Pieces | undefined): MarkupCodeReader {
  const byStart = pieces?.pieces ?? [];
  const within = ({ start, end }: TextRange): readonly Statement[] | undefined => {
    let low = 0;
    let high = byStart.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byStart[middle]!.start >= start) high = middle;
      else low = middle + 1;
    }
    const out: Statement[] = [];
    for (; low < byStart.length && byStart[low]!.start < end; low++) {
      if (byStart[low]!.end > end + 1) return undefined;
      out.push(...byStart[low]!.body);
    }
    return out;
  };
  const apart = (range: TextRange, before: string, after: string): Expression | undefined => {
    const read = lowerPieces(before + text.slice(range.start, range.end) + after, language);
    const [first, ...rest] = read?.pieces.flatMap((one) => one.body) ?? [];
    return first?.kind === 'expression' && rest.length === 0 ? moved(first.value, range.start - before.length) : undefined;
  };
  return {
    expression: (range) => {
      if (ambiguous.test(text.slice(range.start, Math.min(range.end, range.start + 80)))) return apart(range, '(', ')') ?? unknownNode(range);
      const found = within(range);
      const only = found?.length === 1 ? found[0] : undefined;
      return only?.kind === 'expression' ? only.value : unknownNode(range);
    },
    statements: (range) => {
      const found = within({ start: range.start - 1, end: range.end + 1 });
      return found?.flatMap((one) => (one.kind === 'block' ? one.body : [one])) ?? [];
    },
    pattern: (range) => {
      const written = text.slice(range.start, range.end).trim();
      if (/^[\w$]+$/.test(written)) return nameNode(written, range);
      const made = written === '' ? undefined : apart(range, '(', ') => 0');
      return made?.kind === 'function' ? made.params[0]?.target : undefined;
    },
  };
}
