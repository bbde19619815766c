import { rules } from '../../rules/index.ts';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { driftIn, threatFileProblems, threatModelOf } from '../../server/engine/threat-model.ts';
import type { ThreatModel } from '../../server/model/threat.ts';
import { decisionsName } from '../../server/threat/decisions.ts';
import { memoryHost, rootedPath } from './analyze.ts';

export const root = rootedPath('x').slice(0, -'/x'.length);

/** The threat model of files in memory, with drift and the problems of the file of decisions. */
export function modelOf(files: Readonly<Record<string, string>>, today = '2026-11-27'): { readonly model: ThreatModel; readonly drift: readonly string[]; readonly problems: readonly string[] } {
  const analyzer = createAnalyzer({ host: { ...memoryHost(files), today: () => today }, rules, team: { readFiles: true }, facts: true });
  const analyses = Object.keys(files).map((file) => ({ path: rootedPath(file), analysis: analyzer.analyze(rootedPath(file)) }));
  const findings = analyses.flatMap(({ path, analysis }) => analyzer.outcome(path, analysis.findings).judged.flatMap((one) => (one.status === 'open' ? [one.finding] : [])));
  const model = threatModelOf(analyzer, analyses.map((one) => one.analysis), findings, [root], today);
  return { model, drift: driftIn(analyzer, [root], model).map((one) => one.access.words), problems: threatFileProblems(analyzer, `${root}/${decisionsName}`, model, today).map((one) => one.code) };
}
