import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { toEnginePath } from './files.ts';

/** Zero-based lines, inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** The lines that a change adds, by absolute file; an added file has all of its lines. */
export interface Change {
  readonly lines: ReadonlyMap<string, readonly LineRange[]>;
  /** Texts to read instead of those on the disk. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Options under which git runs nothing that a repository configures. */
const inert = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'diff.external=', '-c', 'core.quotePath=false'];

function git(cwd: string, args: readonly string[]): string {
  const result = spawnSync('git', [...inert, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 29, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.error) throw new Error(`git could not be run: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`git ${args[0]}: ${result.stderr.trim().split('\n')[0]}`);
  return result.stdout;
}

/** What changed in the working tree since the point where it left a revision, untracked files included. */
export function changeSince(base: string, near: string): Change {
  if (base.startsWith('-')) throw new Error(`'${base}' is no revision`);
  const folder = folderOf(near);
  const root = git(folder, ['rev-parse', '--show-toplevel']).trim();
  const from = git(root, ['merge-base', base, 'HEAD']).trim();
  const lines = addedLines(git(root, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '-U0', '--diff-filter=d', from]), root);
  for (const name of git(root, ['ls-files', '--others', '--exclude-standard', '-z']).split('\0')) {
    if (name !== '') lines.set(toEnginePath(path.join(root, name)), [{ first: 0, last: Number.MAX_SAFE_INTEGER }]);
  }
  return { lines };
}

/** What is staged, with the staged texts. */
export function stagedChange(near: string): Change {
  const root = git(folderOf(near), ['rev-parse', '--show-toplevel']).trim();
  const lines = addedLines(git(root, ['diff', '--cached', '--no-ext-diff', '--no-textconv', '--no-color', '-U0', '--diff-filter=d']), root);
  const texts = new Map<string, string>();
  // What git calls binary has no text; it is looked into as it lies on the disk.
  for (const [file, [first]] of lines) if (first?.last !== Number.MAX_SAFE_INTEGER) texts.set(file, git(root, ['show', `:${path.relative(root, file).split(path.sep).join('/')}`]));
  return { lines, texts };
}

/** Lines added by a unified diff without context. */
function addedLines(diff: string, root: string): Map<string, LineRange[]> {
  const out = new Map<string, LineRange[]>();
  let own: LineRange[] | undefined;
  for (const line of diff.split('\n')) {
    const file = /^\+\+\+ (?:"?b\/)(.*?)"?\t?$/.exec(line);
    if (file) {
      own = [];
      out.set(toEnginePath(path.join(root, file[1]!)), own);
      continue;
    }
    const binary = /^Binary files (?:\/dev\/null|"?a\/.*?) and "?b\/(.*?)"? differ$/.exec(line);
    if (binary) out.set(toEnginePath(path.join(root, binary[1]!)), [{ first: 0, last: Number.MAX_SAFE_INTEGER }]);
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk || !own) continue;
    const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
    if (count > 0) own.push({ first: Number(hunk[1]) - 1, last: Number(hunk[1]) + count - 2 });
  }
  return out;
}

function folderOf(near: string): string {
  const real = fs.realpathSync(near);
  return fs.statSync(real).isDirectory() ? real : path.dirname(real);
}
