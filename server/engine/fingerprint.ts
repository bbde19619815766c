import { hashText } from '../base/hash.ts';
import type { Finding } from '../model/finding.ts';
import type { Analyzer } from './analyzer.ts';

/**
 * Content fingerprints of one file's findings, in their order: rule, the code around the finding without white space, identity
 * and the count of equal ones before. Moved lines keep it. A secret's line is left out: its salted identity stands for it.
 */
export function fingerprints(findings: readonly Finding[], analyzer: Pick<Analyzer, 'document'>): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const document = analyzer.document(finding.path);
    const secret = finding.ruleId.startsWith('secrets/') || finding.identity !== undefined;
    const line = document && !secret ? document.lines.range(document.lines.position(finding.range.start).line) : undefined;
    const code = line && document ? document.text.slice(line.start, line.end).replace(/\s+/g, '') : '';
    const base = [finding.ruleId, code, finding.identity ?? ''].join('\n');
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return hashText(`${base}\n${count}`).slice(0, 32);
  });
}
