import type { TextRange } from '../base/range.ts';
import type { Finding } from '../model/finding.ts';
import type { Document } from '../source/document.ts';

/** Rules that point at the name of a secret, and never at its value. */
const names = /^secrets\/secret-in-bundle$/;

/** Settings and references, which are no secrets themselves: `mask: false`, `secrets: inherit`, `${{ secrets.KEY }}`. */
const plain = /^["']?(?:true|false|null|none|yes|no|on|off|inherit|\$\{\{\s*[\w.-]+\s*\}\})["']?$/i;

/** Where the secrets of one document stand, by the findings of its analysis. */
export function secretRanges(findings: readonly Finding[], path: string): readonly TextRange[] {
  return findings.filter((one) => one.path === path && (one.identity !== undefined || (one.ruleId.startsWith('secrets/') && !names.test(one.ruleId)))).map((one) => one.range);
}

/**
 * Lines of a document, from the one that `start` lies in, with every secret blanked by as many dots: a secret's value never leaves
 * the document, not in the snippet of another finding on its line either.
 */
export function blankSecrets(document: Document, start: number, lines: readonly string[], secrets: readonly TextRange[]): readonly string[] {
  if (secrets.length === 0) return lines;
  const first = document.lines.position(start).line;
  return lines.map((line, at) => {
    const { start: lineStart } = document.lines.range(first + at);
    let out = line;
    for (const secret of secrets) {
      if (plain.test(document.text.slice(secret.start, Math.min(secret.end, secret.start + 200)))) continue;
      const from = Math.max(0, secret.start - lineStart);
      const to = Math.min(line.length, secret.end - lineStart);
      if (to > from) out = out.slice(0, from) + '•'.repeat(to - from) + out.slice(to);
    }
    return out;
  });
}
