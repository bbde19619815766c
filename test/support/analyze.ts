import { createHash } from 'node:crypto';
import { createAnalyzer, type Analyzer } from '../../server/engine/analyzer.ts';
import { inspectArtefact } from '../../server/artefact/inspect.ts';
import type { ArtefactReport } from '../../server/artefact/report.ts';
import { bytesSource } from '../../server/artefact/source.ts';
import { modelsLockName, parseLock } from '../../server/artefact/lock-file.ts';
import type { EngineHost } from '../../server/engine/host.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { createNotebook, partPath } from '../../server/source/notebook.ts';
import { rules } from '../../rules/index.ts';

/** A host over texts in memory. A notebook is written as its cells, separated by `# %%` lines. */
export function memoryHost(files: Readonly<Record<string, string>>): EngineHost {
  return hostOver(new Map(Object.entries(files).map(([name, text]) => [rootedPath(name), text])));
}

/** A host over texts by absolute path; what changes in the map has changed on the disk. */
export function hostOver(rooted: ReadonlyMap<string, string>): EngineHost {
  return {
    read: (path) => rooted.get(path),
    inspect: (path) => {
      const text = rooted.get(path);
      if (text === undefined || languageOfPath(path) !== undefined) return undefined;
      const data = Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
      const report = inspectArtefact(bytesSource(data), path.slice(path.lastIndexOf('/') + 1));
      return report && { ...report, ...lockedIn(rooted, path, data) };
    },
    exists: (path) => rooted.has(path) || [...rooted.keys()].some((one) => one.startsWith(`${path}/`)),
    list: (directory) => [...new Set([...rooted.keys()].filter((path) => path.startsWith(`${directory}/`)).map((path) => {
      const rest = path.slice(directory.length + 1);
      return rest.includes('/') ? `${rest.slice(0, rest.indexOf('/'))}/` : rest;
    }))].sort(),
    notebook: (path) => {
      const text = rooted.get(path);
      return path.endsWith('.ipynb') && text !== undefined && !text.trimStart().startsWith('{')
        ? createNotebook(path, cellsOf(text).map((cell) => ({ kind: 'code' as const, languageId: 'python', text: cell })))
        : undefined;
    },
  };
}

/** What the nearest lock in memory says of a file. */
function lockedIn(rooted: ReadonlyMap<string, string>, path: string, data: Uint8Array): Pick<ArtefactReport, 'integrity'> {
  const lock = [...rooted.keys()].find((one) => one.endsWith(`/${modelsLockName}`) && path.startsWith(one.slice(0, -modelsLockName.length)));
  const entry = lock === undefined ? undefined : parseLock(rooted.get(lock)!)?.find((one) => path === `${lock.slice(0, -modelsLockName.length)}${one.path}`);
  if (!entry) return {};
  const digest = createHash('sha256').update(data).digest('hex');
  return { integrity: { checked: [], differences: digest === entry.sha256 ? [] : [`is not what ${modelsLockName} holds: its digest is ${digest.slice(0, 12)}… in place of ${entry.sha256.slice(0, 12)}…`] } };
}

export function rootedPath(name: string): string {
  return name.startsWith('/') ? name : `/workspace/${name}`;
}

/** The cells of a notebook sample. */
export function cellsOf(sample: string): readonly string[] {
  return sample.split(/^# %%.*\n/m).filter((cell, at) => at > 0 || cell.trim() !== '').map((cell) => cell.replace(/\n$/, ''));
}

export function analyzerFor(files: Readonly<Record<string, string>>, only: readonly Rule[] = rules): Analyzer {
  const configured = Object.keys(files).some((name) => name.startsWith('.wardline/'));
  return createAnalyzer({ host: memoryHost(files), rules: only, ...(configured ? { team: { readFiles: true } } : {}) });
}

/** Findings of one file among others. */
export function findingsIn(file: string, files: Readonly<Record<string, string>>, only: readonly Rule[] = rules): readonly Finding[] {
  return analyzerFor(files, only).analyze(rootedPath(file)).findings;
}

/** The path that findings of a sample carry: a notebook's lie in its joined Python cells. */
export function findingPath(file: string, text: string): string {
  const path = rootedPath(file);
  return file.endsWith('.ipynb') && !text.trimStart().startsWith('{') ? partPath(path, 'python') : path;
}
