import { languageOfPath } from '../source/language.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** How long documents took to analyse, for the report. */
export interface Timings {
  readonly add: (path: string, milliseconds: number) => void;
  /** The slowest ones, each with its language and its length in lines. */
  readonly slowest: (workspace: Workspace) => readonly { readonly language: string; readonly lines: number; readonly milliseconds: number }[];
}

const mostTimings = 5;

export function createTimings(): Timings {
  let slowest: { readonly path: string; readonly milliseconds: number }[] = [];
  return {
    add: (path, milliseconds) => {
      const before = slowest.find((one) => one.path === path)?.milliseconds ?? -1;
      if (milliseconds <= before) return;
      slowest = [...slowest.filter((one) => one.path !== path), { path, milliseconds }].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, mostTimings);
    },
    slowest: (workspace) => slowest.map(({ path, milliseconds }) => ({ language: languageOfPath(path) ?? 'other', lines: (workspace.sources().document(path)?.text ?? '').split('\n').length, milliseconds })),
  };
}

export interface ReportParts {
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly timings: Timings;
  readonly version: string;
  /** What the server runs on, in words. */
  readonly runtime: string;
  readonly folders: number;
  readonly scanned: boolean;
  /** Rules that threw, with what they said. */
  readonly failures: readonly string[];
}

/** The server's part of a report on a problem with Wardline, in Markdown. It holds no code, no path and no value of the workspace. */
export function diagnosticReport({ workspace, settings, timings, version, runtime, folders, scanned, failures }: ReportParts): string {
  const known = workspace.known();
  const languages = new Map<string, number>();
  for (const path of known) {
    const language = languageOfPath(path) ?? 'other';
    languages.set(language, (languages.get(language) ?? 0) + 1);
  }
  const judged = known.flatMap((path) => workspace.outcome(path).judged);
  const count = (status: string): number => judged.filter((one) => one.status === status).length;
  const slow = timings.slowest(workspace);
  return [
    `- Server: ${version} on ${runtime}`,
    `- Workspace: ${folders} ${folders === 1 ? 'folder' : 'folders'}, ${known.length} files known${scanned ? ' after a scan' : ', not scanned'}: ${[...languages].sort((a, b) => b[1] - a[1]).map(([language, files]) => `${language} ${files}`).join(', ') || 'none'}`,
    `- Findings: ${count('open')} open, ${count('suppressed')} suppressed, ${count('baselined')} in the baseline`,
    `- Settings: ${settings.enable ? '' : 'switched off, '}debounce ${settings.debounce} ms, at most ${settings.maxProblems} problems`,
    `- Slowest documents: ${slow.map((one) => `${one.language} of ${one.lines} lines ${one.milliseconds} ms`).join(', ') || 'none yet'}`,
    `- Rules that failed: ${failures.join('; ') || 'none'}`,
    '',
  ].join('\n');
}
