import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = path.resolve('dist/cli.js');

/** Runs the built command line as a process of its own. */
export function wardline(cwd: string, ...args: readonly string[]): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

/** A folder of its own with these files, removed after the run. */
export function withFolder(files: Readonly<Record<string, string | Buffer>>, run: (folder: string) => void): void {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wardline-')));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export function read(folder: string, name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

export function write(folder: string, name: string, text: string): void {
  fs.writeFileSync(path.join(folder, name), text);
}

/** Runs git in a test's own repository, apart from the user's configuration. */
export function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}
