import type { Document } from '../source/document.ts';
import type { Origin } from '../model/origin.ts';

export { namedClasses } from '../analysis/data-classes.ts';

/** What a comment says of the system: `@dataclass health`, `@boundary payment network`, `@asset patient index`, `@threat accepts x -- why`. */
export interface Annotation {
  readonly kind: 'asset' | 'dataclass' | 'boundary' | 'threat';
  readonly words: string;
  readonly reason?: string;
  readonly origin: Origin;
}

const pattern = /(?:\/\/|#|--|\/?\*+|<!--)[ \t]*@(asset|dataclass|boundary|threat)[ \t]+([^\r\n]*?)[ \t]*(?:\*\/|-->)?[ \t]*$/gm;

/** Annotations in the comments of a document, in order. */
export function annotationsOf(document: Document): readonly Annotation[] {
  if (document.language === 'notebook' || !/@(?:asset|dataclass|boundary|threat)\b/.test(document.text)) return [];
  return [...document.text.matchAll(pattern)].map((match): Annotation => {
    const [, kind, rest] = match as unknown as [string, Annotation['kind'], string];
    const [words, reason] = rest.split(/\s+--\s+/, 2) as [string, string | undefined];
    return { kind, words: words.trim(), origin: { path: document.path, range: { start: match.index, end: match.index + match[0].trimEnd().length } }, ...(reason ? { reason } : {}) };
  });
}

/** Variables, parameters and fields that the comment above, or beside, gives a class of data. */
export function annotatedNames(document: Document): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, readonly string[]>();
  for (const { kind, words, origin: { range } } of annotationsOf(document)) {
    if (kind !== 'dataclass') continue;
    const before = document.text.slice(document.text.lastIndexOf('\n', range.start - 1) + 1, range.start);
    const after = document.text.slice(range.end, range.end + 300).replace(/^[^\n]*\n/, '');
    const name = declaredName(before) ?? declaredName(after);
    if (name !== undefined) out.set(name, words.split(/[\s,]+/).filter((word) => word !== ''));
  }
  return out;
}

/** The name that a line declares: `const x =`, `x: str = ...`, `readonly x?: string`. */
function declaredName(text: string): string | undefined {
  return /^\s*(?:export\s+)?(?:(?:const|let|var|readonly|private|public|static|def|async|function)\s+)*([A-Za-z_$][\w$]*)\s*(?:[?!]?\s*:|=(?!=)|\()/.exec(text)?.[1];
}
