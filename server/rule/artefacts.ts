/** What artefact checks may ask. */
export type { ArtefactIssue, ArtefactReport, ModelSigner } from '../artefact/report.ts';
import { hashText } from '../base/hash.ts';
import { directoryName, joinPath } from '../base/path.ts';
import type { ArtefactReport } from '../artefact/report.ts';
import { modelsLockName, parseLock } from '../artefact/lock-file.ts';
import { judgeGlobal } from '../artefact/pickle/judge.ts';
import type { Verdict } from '../artefact/report.ts';
import type { CodeContext } from './rule.ts';

/** Identity of what an artefact was found to hold: another payload in the same file is another finding. */
export function artefactIdentity(artefact: ArtefactReport, kind: string): string {
  return hashText([artefact.name, kind, ...artefact.issues.filter((one) => one.kind === kind).map((one) => `${one.member ?? ''} ${one.what}`)].join('\n')).slice(0, 32);
}

/** Folders above the program in which a relative path is looked for: programs are started from the project's root as often as from theirs. */
const mostParents = 6;
const mostFiles = 200;

interface ArtefactAt {
  readonly path: string;
  readonly report: ArtefactReport;
}

/** The artefacts that a constant path in code stands for: the file, or those of the folder. */
export function artefactsAt(written: string, context: Pick<CodeContext, 'document' | 'sources' | 'artefact'>): readonly ArtefactReport[] {
  return artefactPathsAt(written, context).map((one) => one.report);
}

/** The same, with the files that they are. */
export function artefactPathsAt(written: string, { document, sources, artefact }: Pick<CodeContext, 'document' | 'sources' | 'artefact'>): readonly ArtefactAt[] {
  if (!artefact || written === '' || written.length > 400 || /^\w+:\/\//.test(written)) return [];
  const at = (path: string): readonly ArtefactAt[] => {
    const report = artefact(path);
    return report ? [{ path, report }] : [];
  };
  let directory = directoryName(document.path);
  for (let up = 0; up < mostParents; up++, directory = directoryName(directory)) {
    const path = joinPath(directory, written);
    if (sources.exists(path)) {
      const own = at(path);
      if (own.length > 0) return own;
      return sources.list(path).slice(0, mostFiles).flatMap((name) => (name.endsWith('/') ? [] : at(joinPath(path, name))));
    }
    if (written.startsWith('/') || directory === '/' || directory === '' || sources.exists(joinPath(directory, '.git'))) break;
  }
  return [];
}

/** The commit at which files of a hub's repository were taken when they were locked; undefined where there is none or more than one. */
export function lockedRevision(repository: string, { document, sources }: CodeContext): string | undefined {
  let directory = directoryName(document.path);
  for (let up = 0; up < mostParents; up++, directory = directoryName(directory)) {
    const lock = sources.document(joinPath(directory, modelsLockName));
    if (lock) {
      const commits = new Set(parseLock(lock.text)?.flatMap((one) => (one.source?.startsWith(`hf://${repository}@`) ? /@([\da-f]{40})\//.exec(one.source)?.[1] ?? [] : [])));
      return commits.size === 1 ? [...commits][0] : undefined;
    }
    if (directory === '/' || directory === '') break;
  }
  return undefined;
}

/** What looking up one of a report's globals means by itself; the report weighs how it is used. */
export function globalVerdict(global: string): Verdict {
  const at = global.lastIndexOf('.');
  return at < 0 ? 'unknown' : judgeGlobal(global.slice(0, at), global.slice(at + 1)).verdict;
}
