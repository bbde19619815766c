import { moved } from './moved.ts';
import type { Piece, PieceReader, Pieces } from './pieces.ts';

/**
 * Lowers what an edit touches and keeps the rest: the top-level statements around the difference of two texts are read again together
 * with one untouched neighbour on each side. When both neighbours come out where they were, with no error in the second, the parser
 * would have read everything beyond them as before. Undefined when that does not hold, or when the edit may change what the text is as a
 * whole (a module, its directives). The result is that of reading the new text;
 * where `await` at the top meets syntax errors the compiler's recovery may differ.
 */
export function relower(before: Pieces & { readonly text: string }, text: string, reader: PieceReader): Pieces | undefined {
  const { pieces, errors, isModule } = before;
  const [start, oldEnd] = difference(before.text, text);
  const by = text.length - before.text.length;
  const low = firstThat(pieces, (piece) => piece.end >= start) - 1;
  const high = firstThat(pieces, (piece) => piece.start > oldEnd);
  const from = low > 0 ? pieces[low - 1]!.end : 0;
  const next = pieces[high];
  const last = pieces[low];
  const to = next ? next.end : before.text.length;
  if ((to - from) * 4 > text.length * 3) return undefined;
  const prefix = isModule ? reader.module : '';
  const read = reader.read(prefix + text.slice(from, to + by));
  if (!read || (!isModule && read.isModule)) return undefined;
  const shift = from - prefix.length;
  const found = isModule ? read.pieces.slice(1) : read.pieces;
  const at = (piece: Piece | undefined, start: number, end: number): boolean => piece !== undefined && piece.start + shift === start && piece.end + shift === end;
  const own = found.slice(last ? 1 : 0, next ? -1 : undefined);
  if (found.length < (last ? 1 : 0) + (next ? 1 : 0)) return undefined;
  if (last && !at(found[0], last.start, last.end)) return undefined;
  if (next && (!at(found.at(-1), next.start + by, next.end + by) || read.errors.some((error) => error + shift >= next.start + by) || errors.some((error) => error >= next.start && error <= next.end))) return undefined;
  const kept = [...pieces.slice(0, low + 1), ...pieces.slice(high)];
  if (isModule && !kept.some((piece) => piece.isModule)) return undefined;
  // A text at the top is a directive, and so is the next one.
  if ((!last || last.isText) && [...own, ...(next ? [next] : []), ...pieces.slice(Math.max(low, 0), high)].some((piece) => piece.isText)) return undefined;
  return {
    isModule,
    pieces: [...pieces.slice(0, low + 1), ...own.map((piece) => moved(piece, shift)), ...pieces.slice(high).map((piece) => moved(piece, by))],
    // A separator that is missing is an error of the statement before, and lies where the next one starts.
    errors: [
      ...(last ? errors.filter((error) => error <= last.start) : []), ...read.errors.map((error) => error + shift).filter((error) => !last || error > last.start),
      ...(next ? errors.filter((error) => error >= next.start).map((error) => error + by) : []),
    ],
  };
}

/** Where two texts begin to differ, and where in the first one they cease to. */
function difference(before: string, after: string): readonly [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return [start, before.length - same];
}

/** The index of the first piece that meets a condition which all later ones meet too; their number when none does. */
function firstThat(pieces: readonly Piece[], holds: (piece: Piece) => boolean): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(pieces[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
