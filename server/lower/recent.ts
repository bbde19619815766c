import type { PieceReader, Pieces } from './pieces.ts';
import { relower } from './relower.ts';

const mostRecent = 3;

/** Reads texts by their statements and remembers the last few by path: an edit of one reads what it touches and keeps the rest. */
export function createRecent(reader: (kind: string) => PieceReader): (path: string, kind: string, text: string) => Pieces | undefined {
  const recent = new Map<string, Pieces & { readonly text: string; readonly kind: string }>();
  return (path, kind, text) => {
    const before = recent.get(path);
    const own = reader(kind);
    const read = (before?.kind === kind ? relower(before, text, own) : undefined) ?? own.read(text);
    recent.delete(path);
    if (!read) return undefined;
    recent.set(path, { ...read, text, kind });
    for (const oldest of recent.keys()) {
      if (recent.size <= mostRecent) break;
      recent.delete(oldest);
    }
    return read;
  };
}
