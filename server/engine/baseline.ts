import { hashText } from '../base/hash.ts';
import type { Finding } from '../model/finding.ts';

/**
 * `.wardline/baseline.json`: findings that were there when the team began. An entry is a salted hash of the finding's content
 * fingerprint, so it says nothing of the code and never stands for another secret.
 */
export interface Baseline {
  readonly version: 1;
  /** Random, made with the file; hexadecimal. */
  readonly salt: string;
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the folder that holds `.wardline`. */
  readonly path: string;
  readonly id: string;
}

export const baselineName = '.wardline/baseline.json';

export function baselineId(salt: string, fingerprint: string): string {
  return hashText(`${salt}\n${fingerprint}`).slice(0, 32);
}

/** Reads a baseline; a message says why it cannot be used. */
export function parseBaseline(text: string): Baseline | { readonly problem: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { problem: 'The baseline is not valid JSON.' };
  }
  const file = raw as Partial<Baseline> | null;
  if (typeof file !== 'object' || file === null || file.version !== 1 || typeof file.salt !== 'string' || !Array.isArray(file.entries)) return { problem: 'The baseline is not of version 1.' };
  const entries = (file.entries as unknown[]).filter((one): one is BaselineEntry => {
    const entry = one as Partial<BaselineEntry> | null;
    return typeof entry === 'object' && entry !== null && typeof entry.rule === 'string' && typeof entry.path === 'string' && typeof entry.id === 'string';
  });
  return { version: 1, salt: file.salt, entries };
}

/** One entry a line, sorted, so that a review shows what came and what went. */
export function printBaseline({ salt, entries }: Pick<Baseline, 'salt' | 'entries'>): string {
  const sorted = [...entries].sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.id, b.id));
  const lines = sorted.map(({ rule, path, id }) => `    ${JSON.stringify({ rule, path, id })}`);
  return `{\n  "version": 1,\n  "salt": ${JSON.stringify(salt)},\n  "entries": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Finds the entries of one file: those of its path, and those of files that are gone, for a file that was renamed. */
export function baselineMatcher(baseline: Baseline, exists: (path: string) => boolean): (path: string, finding: Pick<Finding, 'ruleId'>, fingerprint: string) => BaselineEntry | undefined {
  const byId = new Map<string, BaselineEntry[]>();
  for (const entry of baseline.entries) {
    const own = byId.get(entry.id);
    if (own) own.push(entry);
    else byId.set(entry.id, [entry]);
  }
  const gone = new Map<string, boolean>();
  const isGone = (path: string): boolean => {
    let answer = gone.get(path);
    if (answer === undefined) gone.set(path, (answer = !exists(path)));
    return answer;
  };
  return (path, finding, fingerprint) => {
    const candidates = byId.get(baselineId(baseline.salt, fingerprint));
    return candidates?.find((entry) => entry.rule === finding.ruleId && (entry.path === path || isGone(entry.path)));
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
