import type { CodeLens } from 'vscode-languageserver';
import { isRuleFile } from '../config/rules/shape.ts';
import type { FindingPlace } from './protocol.ts';
import { pathOfUri } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** Above each rule of the team: runs it on the workspace, with the number of its findings where all files are known. */
export function ruleLenses(uri: string, workspace: Workspace, scanned: boolean): CodeLens[] {
  const path = pathOfUri(uri);
  if (!isRuleFile(path)) return [];
  return workspace.analyzer().configuration.teamRules(path).flatMap(({ rule, definition }): CodeLens[] => {
    const place = workspace.locate(path, (definition.entries.get('id')?.keyOrigin ?? definition.origin).range);
    if (!place) return [];
    const count = scanned ? placesOf(rule.id, workspace).length : undefined;
    const title = count === undefined ? workspace.say('lens.run') : count === 1 ? workspace.say('lens.runOne') : workspace.say('lens.runMany', { count });
    return [{ range: place.range, command: { title, command: 'wardline.runTeamRule', arguments: [uri, place.range.start, rule.id] } }];
  });
}

/** Where a rule has open findings in the files that are known. */
export function placesOf(ruleId: string, workspace: Workspace): readonly FindingPlace[] {
  return workspace.known().flatMap((file) => workspace.outcome(file).judged.flatMap(({ finding, status }): FindingPlace[] => {
    const place = status === 'open' && finding.ruleId === ruleId ? workspace.locate(finding.path, finding.range) : undefined;
    return place ? [{ uri: place.uri, range: place.range }] : [];
  }));
}
