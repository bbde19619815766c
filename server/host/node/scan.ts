import fs from 'node:fs';
import path from 'node:path';
import type { Analyzer, Note } from '../../engine/analyzer.ts';
import { createAnalyzer } from '../../engine/analyzer.ts';
import { sortFindings } from '../../engine/findings.ts';
import { fingerprints } from '../../engine/fingerprint.ts';
import type { Place } from '../../engine/place.ts';
import type { Finding } from '../../model/finding.ts';
import type { Rule } from '../../rule/rule.ts';
import type { ReportedFinding, ScanResult } from '../../report/result.ts';
import { createNodeHost } from './host.ts';
import { walk } from './walk.ts';

export interface ScanOptions {
  readonly paths: readonly string[];
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly progress?: (done: number, total: number) => void;
}

/** Scans files and folders. Throws when a path does not exist. Same input, same result. */
export function scan(options: ScanOptions): ScanResult {
  const root = rootOf(options.paths);
  const host = createNodeHost();
  const rules = options.rules.filter((rule) => !rule.off);
  const analyzer = createAnalyzer({ host, rules });
  const { files, skipped } = walk(options.paths);
  const findings = new Map<string, Finding[]>();
  const notes: Note[] = [];
  let done = 0;
  for (const file of files) {
    const analysis = analyzer.analyze(file);
    for (const finding of analysis.findings) {
      const own = findings.get(finding.path);
      if (own) own.push(finding);
      else findings.set(finding.path, [finding]);
    }
    notes.push(...analysis.notes);
    options.progress?.(++done, files.length);
  }
  for (const [file, reason] of host.skipped) notes.push({ path: file, message: `skipped: ${reason}` });
  const reported = [...findings.values()].flatMap((own) => report(sortFindings(own), analyzer, root));
  reported.sort((a, b) => compare(a.place.path, b.place.path) || a.place.start.line - b.place.start.line || a.place.start.column - b.place.start.column || compare(a.rule.id, b.rule.id));
  return {
    root, rules, skipped, version: options.version,
    findings: reported,
    notes: [...new Map(notes.map((note) => [`${note.path}\n${note.message}`, { ...note, path: relativePath(root, note.path) }])).values()],
    scanned: files.length - host.skipped.size,
  };
}

function report(findings: readonly Finding[], analyzer: Analyzer, root: string): ReportedFinding[] {
  const prints = fingerprints(findings, analyzer);
  return findings.flatMap((finding, at): ReportedFinding[] => {
    const rule = analyzer.rule(finding.ruleId);
    const place = placeOf(analyzer, root, finding.path, finding.range);
    if (!rule || !place) return [];
    const fix = fixOf(finding, analyzer, root);
    return [{
      finding, rule, place, fingerprint: prints[at]!,
      related: finding.related.flatMap((step) => {
        const there = placeOf(analyzer, root, step.path, step.range);
        return there ? [{ place: there, message: step.message }] : [];
      }),
      ...(fix ? { fix } : {}),
    }];
  });
}

function fixOf(finding: Finding, analyzer: Analyzer, root: string): ReportedFinding['fix'] {
  const first = finding.fixes.find((fix) => fix.disabled === undefined);
  const edits = first && analyzer.edits(first);
  if (!first || !edits) return undefined;
  const placed = edits.flatMap((edit) => {
    const place = placeOf(analyzer, root, edit.path, edit.range);
    return place ? [{ ...edit, place }] : [];
  });
  return placed.length === edits.length ? { title: first.title, edits: placed } : undefined;
}

function placeOf(analyzer: Analyzer, root: string, file: string, range: Finding['range']): Place | undefined {
  const place = analyzer.place(file, range);
  return place && { ...place, path: relativePath(root, place.path) };
}

/** What reported paths are relative to: the working directory where it holds all that is scanned, else the one folder that was asked for. */
function rootOf(paths: readonly string[]): string {
  const inside = paths.every((one) => !path.relative(process.cwd(), path.resolve(one)).startsWith('..'));
  if (inside || paths.length !== 1) return process.cwd();
  const only = path.resolve(paths[0]!);
  return fs.statSync(only).isDirectory() ? only : path.dirname(only);
}

/** Relative to the root where the file lies below it, else absolute. */
function relativePath(root: string, file: string): string {
  const relative = path.relative(root, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
