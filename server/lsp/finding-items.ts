import type { FindingItem } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** All known findings as plain items for the client's views, and how many are suppressed or in the baseline. */
export function findingItems(workspace: Workspace, settings: Settings): { readonly items: readonly FindingItem[]; readonly suppressed: number; readonly baselined: number } {
  const items: FindingItem[] = [];
  let suppressed = 0;
  let baselined = 0;
  for (const file of workspace.known()) {
    for (const judged of workspace.outcome(file).judged) {
      const { finding, fingerprint, status } = judged;
      if (status === 'suppressed') suppressed++;
      else if (status === 'baselined') baselined++;
      const place = settings.shows(judged) ? workspace.locate(finding.path, finding.range) : undefined;
      const rule = workspace.analyzer().rule(finding.ruleId);
      if (!place || !rule) continue;
      items.push({
        uri: place.fileUri,
        ...(place.uri === place.fileUri ? {} : { cellUri: place.uri }),
        ...(place.cell === undefined ? {} : { cell: place.cell }),
        range: place.range,
        ruleId: finding.ruleId,
        title: rule.title,
        message: finding.message,
        severity: finding.severity,
        confidence: finding.confidence,
        fixable: finding.fixes.some((fix) => fix.disabled === undefined),
        baselined: status === 'baselined',
        fingerprint,
      });
    }
  }
  return { items, suppressed, baselined };
}
