import { analyzeModule } from '../analysis/code/analyze.ts';
import { actionsOfCall } from '../analysis/iam/calls.ts';
import { directoryName, joinPath } from '../base/path.ts';
import { lowerCode } from '../lower/code.ts';
import { createModuleLoader } from '../lower/modules.ts';
import { isTest } from '../rule/paths.ts';
import { isCode, languageOfPath } from '../source/language.ts';
import type { Documents } from './documents.ts';
import type { EngineHost } from './host.ts';

/** A project with more files of code is not looked through: a part of its calls would be no ground for narrowing rights. */
const mostFiles = 3000;
const deepest = 12;
const rootMarks: readonly string[] = ['package.json', 'pyproject.toml', 'requirements.txt', 'setup.py', 'cdk.json', 'template.yaml', '.wardline'];
const sdk = /boto3|@aws-sdk\/|['"]aws-sdk/;

/**
 * Actions of AWS that the code of a project calls, by the calls of its SDKs. The project is what lies below the repository's
 * root, or else the outermost folder above that says it is one. Files are looked at once, and again when they have changed.
 */
export function createCalledActions(documents: Documents, host: EngineHost): (path: string) => readonly string[] {
  const known = new Map<string, { readonly generation: number; readonly actions: readonly string[] }>();
  const inFile = (path: string): readonly string[] => {
    const generation = documents.generation(path);
    const before = known.get(path);
    if (before?.generation === generation) return before.actions;
    const actions = sdk.test(host.read(path) ?? '') ? read(path) : [];
    known.set(path, { generation, actions });
    return actions;
  };
  const read = (path: string): readonly string[] => {
    const { sources } = documents.recorder();
    const own = documents.document(path);
    const parts = documents.notebook(path)?.parts ?? (own ? [own] : []);
    return parts.filter((one) => isCode(one.language)).flatMap((part) => [...new Set(analyzeModule(lowerCode(part), createModuleLoader(sources)).calls.flatMap(actionsOfCall))]);
  };
  return (path) => {
    const files = codeFiles(projectOf(directoryName(path), host), documents);
    return files === undefined ? [] : [...new Set(files.flatMap(inFile))].sort();
  };
}

function projectOf(directory: string, host: EngineHost): string {
  let project = directory;
  for (let at = directory, depth = 0; depth < deepest && at !== '' && at !== '/'; at = directoryName(at), depth++) {
    if (host.exists(joinPath(at, '.git'))) return at;
    if (rootMarks.some((mark) => host.exists(joinPath(at, mark)))) project = at;
  }
  return project;
}

/** Undefined when there are too many. */
function codeFiles(root: string, documents: Documents): readonly string[] | undefined {
  const files: string[] = [];
  const { sources } = documents.recorder();
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const name of sources.list(folder)) {
      const path = joinPath(folder, name.replace(/\/$/, ''));
      if (name.endsWith('/')) folders.push(path);
      else if (mayHoldCode(path) && !isTest(path) && files.push(path) > mostFiles) return undefined;
    }
    if (folders.length > mostFiles) return undefined;
  }
  return files;
}

function mayHoldCode(path: string): boolean {
  const language = languageOfPath(path);
  return language !== undefined && (isCode(language) || language === 'notebook');
}
