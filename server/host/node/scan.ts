import fs from 'node:fs';
import path from 'node:path';
import { detached } from '../../base/detach.ts';
import { setProjectFolders } from '../../base/project.ts';
import type { Analyzer, Note } from '../../engine/analyzer.ts';
import { createAnalyzer } from '../../engine/analyzer.ts';
import { sortFindings } from '../../engine/findings.ts';
import type { Judged } from '../../engine/outcome.ts';
import { blankSecrets, secretRanges } from '../../engine/masking.ts';
import type { Place } from '../../engine/place.ts';
import type { TeamOptions } from '../../engine/team.ts';
import type { Finding } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rule } from '../../rule/rule.ts';
import type { ReportedFinding, ReportedProblem, ScanResult } from '../../report/result.ts';
import { isCode, languageOfPath } from '../../source/language.ts';
import { fileOfPart } from '../../source/notebook.ts';
import { isTeamFile } from '../../config/file.ts';
import { isAsked, switchedOn } from '../../config/only.ts';
import { createNodeHost } from './host.ts';
import { spareMemoryOfConfiguration } from './memory.ts';
import { projectsOf } from './projects.ts';
import { walk, type Walk } from './walk.ts';

export interface ScanOptions {
  readonly paths: readonly string[];
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly team: TeamOptions;
  /** Texts to read instead of those on the disk, by absolute path. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** Which of the files that were found are scanned. */
  readonly select?: (file: string) => boolean;
  readonly progress?: (done: number, total: number) => void;
  /** Collect what the threat model is made of. */
  readonly facts?: boolean;
  /** Only `result` is asked for: findings then keep nothing of the files in memory. */
  readonly reported?: boolean;
}

/** Findings by file, with what is needed to look closer. */
export interface Scan {
  readonly root: string;
  readonly analyzer: Analyzer;
  readonly files: readonly string[];
  readonly outcomes: ReadonlyMap<string, readonly Judged[]>;
  readonly result: ScanResult;
}

/** Scans files and folders. Throws when a path does not exist. Same input, same result. */
export function scan(options: ScanOptions): Scan {
  const walked = walk(options.paths);
  const files = [...walked.files, ...walked.artefacts].filter((file) => options.select?.(file) ?? true);
  const running = startScan(options, walked);
  running.analyze(files, (done) => options.progress?.(done, files.length));
  return running.finish();
}

/** What a running scan needs to know; all of it can be sent to another thread but the rules. */
export type ScanSettings = Pick<ScanOptions, 'paths' | 'rules' | 'version' | 'team' | 'overlay' | 'facts' | 'reported'>;

/** A scan that is given its files bit by bit. */
export interface RunningScan {
  /** Analyses files; `progress` gets how many of them are done. */
  readonly analyze: (files: readonly string[], progress?: (done: number) => void) => void;
  /** What came out for all files analysed so far. */
  readonly finish: () => Scan;
}

/** A scan goes through everything once; what many files of a program import should be read once. Characters. */
const keptText = { code: 6_000_000, configuration: 1_000_000 };

/** Whether hardly one file in ten is code. */
function isConfiguration({ files }: Walk): boolean {
  return files.filter((file) => { const language = languageOfPath(file); return language !== undefined && isCode(language); }).length * 10 < files.length;
}

/** Starts a scan over some of the files of a walk. */
export function startScan(options: ScanSettings, walked: Walk): RunningScan {
  const root = rootOf(options.paths);
  setProjectFolders(projectsOf(options.paths));
  const host = createNodeHost(options.overlay);
  const configuration = isConfiguration(walked);
  if (configuration) spareMemoryOfConfiguration();
  const rules = switchedOn(options.rules, options.team.only ?? {});
  const analyzer = createAnalyzer({ host, rules, team: options.team, facts: options.facts ?? false, lasts: options.reported ?? false, keep: configuration ? keptText.configuration : keptText.code });
  const files: string[] = [];
  const notes: Note[] = [];
  const leftOut = new Set<string>();
  /** By the file they lie in; an analysis may find something in another file of its unit. */
  const found = new Map<string, Finding[]>();
  const analyze: RunningScan['analyze'] = (some, progress) => some.forEach((file, at) => {
    files.push(file);
    const analysis = analyzer.analyze(file);
    for (const finding of analysis.findings) {
      const owner = fileOfPart(finding.path);
      const own = found.get(owner);
      if (own) own.push(finding);
      else found.set(owner, [finding]);
    }
    notes.push(...analysis.notes);
    if (analysis.leftOut) leftOut.add(file);
    progress?.(at + 1);
  });
  const finish = (): Scan => {
    const problems: ReportedProblem[] = [];
    const addProblems = (all: readonly Problem[]): void => {
      for (const { code, severity, message, path: at, range } of all) {
        const place = placeOf(analyzer, root, at, range);
        if (place) problems.push({ code, severity, message, place });
      }
    };
    const outcomes = new Map<string, readonly Judged[]>();
    const reported: ReportedFinding[] = [];
    const asked = new Set([...walked.files, ...walked.artefacts]);
    for (const file of new Set([...files, ...[...found.keys()].filter((one) => asked.has(one))])) {
      const outcome = analyzer.outcome(file, sortFindings(found.get(file) ?? []));
      outcomes.set(file, outcome.judged);
      reported.push(...outcome.judged.flatMap((judged) => reportOf(judged, analyzer, root) ?? []));
      addProblems([...outcome.problems, ...analyzer.problems(file)]);
    }
    for (const config of analyzer.configuration.files()) if (!outcomes.has(config)) addProblems(analyzer.problems(config));
    // What a fix looked through or looked for on its own account, as for the actions that code calls, nobody asked about.
    for (const [file, reason] of host.skipped) if (!host.artefacts.has(file) && (asked.has(file) || (isTeamFile(file) && host.exists(file)))) notes.push({ path: file, message: `skipped: ${reason}` });
    const result: ScanResult = {
      root, version: options.version,
      rules: rules.filter((rule) => isAsked(rule.id, options.team.only ?? {})),
      skipped: skippedOf(walked, analyzer),
      findings: reported.sort((a, b) => byPlace(a.place, b.place) || compare(a.rule.id, b.rule.id)),
      problems: problems.sort((a, b) => byPlace(a.place, b.place) || compare(a.code, b.code)),
      notes: [...new Map(notes.map((note) => [`${note.path}\n${note.message}`, { ...note, path: relativePath(root, note.path) }])).values()].sort((a, b) => compare(a.path, b.path) || compare(a.message, b.message)),
      scanned: files.filter((file) => !leftOut.has(file) && (host.artefacts.has(file) || (languageOfPath(file) !== undefined && !host.skipped.has(file))) && !analyzer.configuration.ignores(file)).length,
      withBaseline: files.some((file) => analyzer.baselineOf(file) !== undefined),
    };
    return { root, analyzer, files, outcomes, result };
  };
  return { analyze, finish };
}

function skippedOf(walked: Walk, analyzer: Analyzer): ReadonlyMap<string, number> {
  const ignored = walked.files.filter((file) => analyzer.configuration.ignores(file)).length;
  return ignored === 0 ? walked.skipped : new Map([...walked.skipped, ['ignored by configuration', ignored]]);
}

function reportOf({ finding, fingerprint, status, suppression }: Judged, analyzer: Analyzer, root: string): ReportedFinding | undefined {
  const rule = analyzer.rule(finding.ruleId);
  const place = placeOf(analyzer, root, finding.path, finding.range);
  if (!rule || !place) return undefined;
  const fix = fixOf(finding, analyzer, root);
  const suppressed = suppression && placeOf(analyzer, root, suppression.origin.path, suppression.origin.range);
  return {
    finding, rule, place, fingerprint, status,
    ...(suppressed && suppression ? { suppression: { kind: suppression.kind, place: suppressed, ...(suppression.reason ? { reason: suppression.reason } : {}), ...(suppression.until ? { until: suppression.until } : {}) } } : {}),
    related: finding.related.flatMap((step) => {
      const there = placeOf(analyzer, root, step.path, step.range);
      return there ? [{ place: there, message: step.message }] : [];
    }),
    ...(fix ? { fix } : {}),
  };
}

function fixOf(finding: Finding, analyzer: Analyzer, root: string): ReportedFinding['fix'] {
  const first = finding.fixes.find((fix) => fix.disabled === undefined);
  const edits = first && analyzer.edits(first);
  if (!first || !edits) return undefined;
  const placed = edits.flatMap((edit) => {
    const place = placeOf(analyzer, root, edit.path, edit.range);
    return place ? [{ ...edit, place }] : [];
  });
  return placed.length === edits.length ? { title: first.title, safe: first.safe, edits: placed } : undefined;
}

function placeOf(analyzer: Analyzer, root: string, file: string, range: Finding['range']): Place | undefined {
  const place = analyzer.place(file, range);
  const document = analyzer.document(file);
  if (!place) return undefined;
  if (!document) return { ...place, path: relativePath(root, place.path) };
  const lines = blankSecrets(document, range.start, place.lines, secretRanges(analyzer.analyze(place.path).findings, file));
  return { ...place, path: relativePath(root, place.path), lines: lines.map(detached) };
}

/** What reported paths are relative to: the working directory where it holds all that is scanned, else the one folder that was asked for. */
export function rootOf(paths: readonly string[]): string {
  const inside = paths.every((one) => !path.relative(process.cwd(), path.resolve(one)).startsWith('..'));
  if (inside || paths.length !== 1) return process.cwd();
  const only = path.resolve(paths[0]!);
  return fs.statSync(only).isDirectory() ? only : path.dirname(only);
}

/** Relative to the root where the file lies below it, else absolute. */
export function relativePath(root: string, file: string): string {
  const relative = path.relative(root, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
}

function byPlace(a: Place, b: Place): number {
  return compare(a.path, b.path) || a.start.line - b.start.line || a.start.column - b.start.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
