import type { Rule } from '../rule/rule.ts';
import type { ReportedFinding, ReportedProblem, ScanResult } from './result.ts';

interface ShardFile {
  readonly wardlineShard: 1;
  readonly result: Omit<ScanResult, 'findings' | 'rules' | 'skipped'> & { readonly skipped: readonly (readonly [string, number])[] };
  readonly findings: readonly (Omit<ReportedFinding, 'rule' | 'finding'> & { readonly rule: string; readonly finding: Omit<ReportedFinding['finding'], 'fixes'> })[];
}

/** One part of a scan, to be joined by `mergeShards`. Holds no source text beyond the lines of the findings. */
export function shard(result: ScanResult): string {
  const { findings, rules: _rules, skipped, ...rest } = result;
  const file: ShardFile = {
    wardlineShard: 1,
    result: { ...rest, root: '', skipped: [...skipped] },
    findings: findings.map(({ rule, finding: { fixes: _fixes, ...finding }, ...own }) => ({ ...own, rule: rule.id, finding })),
  };
  return `${JSON.stringify(file)}\n`;
}

export function readShard(text: string, rules: readonly Rule[]): ScanResult | { readonly problem: string } {
  let file: ShardFile;
  try {
    file = JSON.parse(text) as ShardFile;
  } catch {
    return { problem: 'not valid JSON' };
  }
  if (typeof file !== 'object' || file === null || file.wardlineShard !== 1 || !Array.isArray(file.findings)) return { problem: 'not a shard; write one with --format shard' };
  const byId = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
  const missing = file.findings.find((one) => !byId.has(one.rule));
  if (missing) return { problem: `the rule ${missing.rule} is not known to this version` };
  return {
    ...file.result, rules,
    skipped: new Map(file.result.skipped),
    findings: file.findings.map(({ rule, finding, ...own }) => ({ ...own, rule: byId.get(rule)!, finding: { ...finding, fixes: [] } })),
  };
}

/** The result of one scan over all that the parts scanned. */
export function mergeShards(shards: readonly ScanResult[]): ScanResult {
  const [first] = shards as [ScanResult];
  const findings = new Map<string, ReportedFinding>();
  for (const one of shards.flatMap((part) => part.findings)) {
    const key = `${one.place.path}\n${one.place.start.line}:${one.place.start.column}-${one.place.end.line}:${one.place.end.column}\n${one.rule.id}`;
    if (!findings.has(key)) findings.set(key, one);
  }
  const used = new Set([...findings.values()].flatMap((one) => (one.suppression ? [lineKey(one.suppression.place.path, one.suppression.place.start.line)] : [])));
  const problems = new Map<string, ReportedProblem>();
  for (const one of shards.flatMap((part) => part.problems)) {
    if (one.code === 'suppression/useless' && used.has(lineKey(one.place.path, one.place.start.line))) continue;
    problems.set(`${one.code}\n${one.place.path}\n${one.place.start.line}:${one.place.start.column}\n${one.message}`, one);
  }
  const skipped = new Map<string, number>();
  // Every part walks the whole tree, so what it left out is the same in each.
  for (const part of shards) for (const [reason, count] of part.skipped) skipped.set(reason, Math.max(count, skipped.get(reason) ?? 0));
  return {
    ...first,
    findings: [...findings.values()].sort((a, b) => compare(a.place.path, b.place.path) || a.place.start.line - b.place.start.line || a.place.start.column - b.place.start.column || compare(a.rule.id, b.rule.id)),
    problems: [...problems.values()].sort((a, b) => compare(a.place.path, b.place.path) || a.place.start.line - b.place.start.line || compare(a.code, b.code)),
    notes: [...new Map(shards.flatMap((part) => part.notes).map((note) => [`${note.path}\n${note.message}`, note])).values()].sort((a, b) => compare(a.path, b.path) || compare(a.message, b.message)),
    scanned: shards.reduce((sum, part) => sum + part.scanned, 0),
    withBaseline: shards.some((part) => part.withBaseline),
    skipped,
  };
}

function lineKey(path: string, line: number): string {
  return `${path}:${line}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
