import { fingerprints } from '../engine/fingerprint.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingItem } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** All known findings as plain items for the client's views. */
export function findingItems(known: ReadonlyMap<string, readonly Finding[]>, workspace: Workspace, settings: Settings): FindingItem[] {
  const out: FindingItem[] = [];
  for (const [, findings] of known) {
    const prints = fingerprints(findings, workspace.analyzer());
    findings.forEach((finding, at) => {
      const place = settings.shows(finding) ? workspace.locate(finding.path, finding.range) : undefined;
      const rule = workspace.analyzer().rule(finding.ruleId);
      if (!place || !rule) return;
      out.push({
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
        fingerprint: prints[at]!,
      });
    });
  }
  return out;
}
