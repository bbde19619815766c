import { joinPath } from '../base/path.ts';
import { readMap } from '../config/file.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { ThreatModel } from '../model/threat.ts';
import { fileOfPart } from '../source/notebook.ts';
import { buildThreatModel } from '../threat/build.ts';
import { decisionProblems, decisionsName, readDecisions, type Decision } from '../threat/decisions.ts';
import { accessesOf, dataAccessName, driftOf, parseDataAccess, type Drift } from '../threat/drift.ts';
import type { Analysis, Analyzer } from './analyzer.ts';

/** The threat model of what was analysed, under the decisions of its folders. */
export function threatModelOf(analyzer: Analyzer, analyses: Iterable<Analysis>, findings: readonly Finding[], folders: readonly string[], today: string): ThreatModel {
  const all = [...analyses];
  const dataClasses = new Map<string, readonly string[]>();
  for (const folder of folders) {
    for (const layer of analyzer.configuration.chain(joinPath(folder, 'x')).layers) for (const [name, globs] of layer.dataClasses) dataClasses.set(name, [...(dataClasses.get(name) ?? []), ...globs]);
  }
  return buildThreatModel({
    facts: [...new Set(all.flatMap((one) => one.facts))],
    annotations: all.flatMap((one) => one.annotations),
    findings, dataClasses, today,
    policyAt: (path) => analyzer.configuration.chain(fileOfPart(path)).modelPolicy,
    decisions: folders.flatMap((folder) => decisionsIn(analyzer, joinPath(folder, decisionsName))),
  });
}

/** The decisions of one file. */
function decisionsIn(analyzer: Pick<Analyzer, 'document'>, path: string): readonly Decision[] {
  const document = analyzer.document(path);
  return document ? readDecisions(readMap(document).map) : [];
}

/** Decisions of one file that have expired or lost their threat. */
export function threatFileProblems(analyzer: Pick<Analyzer, 'document'>, path: string, model: ThreatModel, today: string): readonly Problem[] {
  return decisionProblems(decisionsIn(analyzer, path), new Set(model.threats.map((threat) => threat.id)), today);
}

/** Accesses of the folders' files that their records do not hold; none where there is no record. */
export function driftIn(analyzer: Pick<Analyzer, 'document'>, folders: readonly string[], model: ThreatModel): readonly Drift[] {
  return folders.flatMap((folder): readonly Drift[] => {
    const text = analyzer.document(joinPath(folder, dataAccessName))?.text;
    const recorded = text === undefined ? undefined : parseDataAccess(text);
    return recorded ? driftOf(recorded, accessesOf(model).filter((access) => access.evidence.some((origin) => origin.path.startsWith(`${folder}/`)))) : [];
  });
}
