import type { Document } from '../source/document.ts';
import type { Origin } from '../model/origin.ts';

/** What a comment says of the system: `@dataclass health`, `@boundary payment network`, `@asset patient index`, `@threat accepts x -- why`. */
export interface Annotation {
  readonly kind: 'asset' | 'dataclass' | 'boundary' | 'threat';
  readonly words: string;
  readonly reason?: string;
  readonly origin: Origin;
}

export const annotationKinds = ['asset', 'dataclass', 'boundary', 'threat'] as const;

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
