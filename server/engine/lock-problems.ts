import type { ArtefactReport } from '../artefact/report.ts';
import { modelsLockName, parseLock } from '../artefact/lock-file.ts';
import { joinPath } from '../base/path.ts';
import type { Problem } from '../model/problem.ts';
import type { Document } from '../source/document.ts';

export function isModelsLock(path: string): boolean {
  return path.endsWith(`/${modelsLockName}`);
}

/** What differs from a lock of models, at the lines of the lock. */
export function lockProblems(document: Document, inspect: (path: string) => ArtefactReport | undefined, exists: (path: string) => boolean): readonly Problem[] {
  if (!isModelsLock(document.path)) return [];
  const folder = document.path.slice(0, -modelsLockName.length - 1);
  const models = parseLock(document.text);
  const problem = (start: number, end: number, severity: Problem['severity'], message: string): Problem => ({ path: document.path, range: { start, end }, code: 'models/drift', severity, message, fixes: [] });
  if (!models) return [problem(0, Math.min(1, document.text.length), 'error', 'This is no lock of models; `wardline models lock` writes one.')];
  return models.flatMap((model): Problem[] => {
    const written = JSON.stringify(model.path);
    const start = document.text.indexOf(written);
    if (start < 0) return [];
    const path = joinPath(folder, model.path);
    const difference = inspect(path)?.integrity?.differences.find((one) => one.includes(modelsLockName));
    if (difference !== undefined) return [problem(start, start + written.length, 'error', `${model.path} ${difference}.`)];
    return exists(path) ? [] : [problem(start, start + written.length, 'warning', `${model.path} is locked and not there.`)];
  });
}
