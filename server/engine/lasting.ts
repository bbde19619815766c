import type { Finding } from '../model/finding.ts';
import type { Fix, TextEdit } from '../model/fix.ts';

/**
 * A finding that keeps nothing else in memory. As rules make them, their fixes hold resources with all that these hold, and a text that was
 * cut out of a file holds the file. Of the fixes the first one that can be printed stays, printed.
 */
export function lasting(finding: Finding, print: (fix: Fix) => readonly TextEdit[] | undefined): Finding {
  const first = finding.fixes.find((fix) => fix.disabled === undefined);
  const edits = first && print(first);
  const fixes = first && edits ? [{ title: first.title, safe: first.safe, intents: edits.map((edit) => ({ kind: 'printed', edit })) }] : [];
  return { ...(JSON.parse(JSON.stringify({ ...finding, fixes })) as Finding), ruleId: finding.ruleId, path: finding.path };
}
