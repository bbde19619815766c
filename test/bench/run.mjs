// npm run bench [-- --files DIR] [--large DIR] [--infrastructure DIR] [--only-large | --only-infrastructure]: typing latency, scans beside other tools on the same files in the same run, memory, size.
// Machines differ and are shared, so ratios count, not seconds. The table goes to docs/benchmarks.md.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from '../../scripts/setup.mjs';
import { largeRepository } from './large.mjs';
import { terraform, typescript } from './samples.mjs';
import { startServer, typing } from './server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
ensureDependencies();
const tools = path.join(root, 'test/bench/node_modules');
if (!fs.existsSync(tools)) spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: path.join(root, 'test/bench'), stdio: 'inherit' });
spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const given = process.argv.indexOf('--files');
const infrastructureAt = process.argv.indexOf('--infrastructure');
const largeAt = process.argv.indexOf('--large');
const large = largeAt > 0 ? path.resolve(process.argv[largeAt + 1]) : given > 0 ? path.resolve(process.argv[given + 1]) : root;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'wardline-bench-'));
const texts = ['.ts', '.js', '.mjs', '.py', '.json', '.yaml', '.yml', '.tf', '.md', '.ipynb', '.env', '.sh', '.toml'];
const rows = [];
const row = (what, value, note = '') => {
  rows.push([what, value, note]);
  console.log(`${what.padEnd(58)} ${value.padStart(14)}  ${note}`);
};

/** Copies files of some kinds, so that every tool reads the very same ones. */
function sample(name, endings, from = given > 0 ? path.resolve(process.argv[given + 1]) : root) {
  const target = path.join(scratch, name);
  let bytes = 0;
  const paths = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (/^(?:node_modules|\.git|dist|\.host|\.out)$/.test(entry.name)) continue;
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(at);
      else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)) && fs.statSync(at).size < 1_000_000) {
        const copy = path.join(target, path.relative(from, at));
        fs.mkdirSync(path.dirname(copy), { recursive: true });
        fs.copyFileSync(at, copy);
        bytes += fs.statSync(at).size;
        paths.push(copy);
      }
    }
  };
  walk(from);
  return { target, paths, files: paths.length, megabytes: bytes / 1e6 };
}

/** A workspace of a number of files: those of the sample, again and again in folders of their own until there are enough. */
function workspaceOf(count, target) {
  const { target: once, paths } = sample('once', texts);
  for (let at = 0; at < count; at++) {
    const copy = path.join(target, `part${Math.floor(at / paths.length)}`, path.relative(once, paths[at % paths.length]));
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(paths[at % paths.length], copy);
  }
}

/** Wall seconds, peak memory in MB and exit status of a program; `undefined` when it cannot be started. */
function measure(command, args, options = {}) {
  return new Promise((resolve) => {
    const begun = performance.now();
    const child = spawn(command, args, { stdio: 'ignore', ...options });
    let peak = 0;
    const look = setInterval(() => {
      try {
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
      } catch { /* it has ended */ }
    }, 25);
    child.on('error', () => resolve(undefined));
    child.on('exit', (status) => {
      clearInterval(look);
      resolve({ seconds: (performance.now() - begun) / 1000, peak, status });
    });
  });
}

/** Rounds in which both tools scan the same files one after the other; the medians count. */
const rounds = 3;

async function compare(title, files, other, ...limit) {
  if (files.files === 0) return row(title, 'no files');
  const runs = [[], []];
  for (let round = 0; round < rounds; round++) {
    runs[0].push(await measure(process.execPath, ['dist/cli.js', 'scan', files.target, '--format', 'json', '--no-config', '--quiet', ...limit, '--output', path.join(scratch, 'own.json')]));
    runs[1].push(await measure(...other));
  }
  const [own, theirs] = runs.map((all) => [...all].sort((a, b) => (a?.seconds ?? 0) - (b?.seconds ?? 0))[Math.floor(rounds / 2)]);
  row(`${title}: Wardline`, `${(files.megabytes / own.seconds).toFixed(2)} MB/s`, `${files.files} files, ${files.megabytes.toFixed(1)} MB, ${(files.files / own.seconds).toFixed(0)} files/s, peak ${own.peak.toFixed(0)} MB`);
  if (theirs && theirs.status > 1) row(`${title}: the other tool`, 'failed', `exit status ${theirs.status}`);
  else if (theirs) row(`${title}: the other tool`, `${(files.megabytes / theirs.seconds).toFixed(2)} MB/s`, `peak ${theirs.peak.toFixed(0)} MB; Wardline is ${(theirs.seconds / own.seconds).toFixed(1)}x as fast`);
  else row(`${title}: the other tool`, 'not installed');
}

const { parse } = await import('@typescript-eslint/typescript-estree');
function bareParse(text) {
  const times = [];
  for (let at = 0; at < 15; at++) {
    const begun = performance.now();
    parse(`${text}\n//${at}`, { range: true, loc: true });
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[7];
}

/** The diagram's own layout, of a system of many services. */
async function layoutOf(count) {
  const { build, stop } = await import('esbuild');
  const out = path.join(scratch, 'layout.mjs');
  await build({ entryPoints: ['server/threat/layout.ts'], bundle: true, format: 'esm', platform: 'node', mainFields: ['module', 'main'], outfile: out, logLevel: 'error' });
  await stop();
  const { layout } = await import(out);
  const boundaries = 12;
  const elements = Array.from({ length: count }, (_, at) => ({ id: `e${at}`, boundary: `b${at % boundaries}` }));
  const flows = elements.flatMap((_, at) => [{ id: `f${at}`, from: `e${at}`, to: `e${(at * 7 + 3) % count}` }, ...(at % 2 === 0 ? [{ id: `g${at}`, from: `e${at}`, to: `e${(at * 13 + 5) % count}` }] : [])]).filter((flow) => flow.from !== flow.to);
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    layout(elements, flows);
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  return { milliseconds: times[2], flows: flows.length, boundaries };
}

/** Milliseconds from a changed text to the tree of the sidebar with what changed. */
async function updated(started, folder) {
  const uri = `file://${folder}/typed.ts`;
  const { connection } = started;
  const tree = () => connection.sendRequest('wardline/threatModel', { grouping: 'element', openOnly: true });
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: typescript(80) } });
  await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  await tree();
  const times = [];
  for (let at = 0; at < 9; at++) {
    const begun = performance.now();
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: at + 2 }, contentChanges: [{ text: typescript(80 + at) }] });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    await tree();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[4];
}

/** Infrastructure files, of a folder of their own where one is given. */
async function infrastructure() {
  const files = sample('infrastructure', ['.tf', '.yaml', '.yml', '.bicep', 'Dockerfile'], infrastructureAt > 0 ? path.resolve(process.argv[infrastructureAt + 1]) : undefined);
  await compare('scan of infrastructure files, beside Trivy', files, ['trivy', ['config', '--quiet', '--skip-check-update', '--format', 'json', '--output', 'trivy.json', 'infrastructure'], { cwd: scratch }]);
}

if (process.argv.includes('--only-infrastructure')) {
  await infrastructure();
  fs.rmSync(scratch, { recursive: true, force: true });
  process.exit(0);
}
if (process.argv.includes('--only-large')) {
  await largeRepository(row, measure, scratch, large);
  fs.rmSync(scratch, { recursive: true, force: true });
  process.exit(0);
}

try {
  const server = await startServer(scratch);
  row('start of the language server', `${server.ready.toFixed(0)} ms`, 'process to initialize answered');
  const code = typescript();
  const bare = bareParse(code);
  const typed = await typing(server, `file://${scratch}/typing.ts`, 'typescript', code);
  row('keystroke to diagnostics, TypeScript of 2,000 lines', `${(typed / bare).toFixed(2)} parses`, `median ${typed.toFixed(0)} ms; a bare typescript-estree parse of it takes ${bare.toFixed(0)} ms`);
  fs.writeFileSync(path.join(scratch, 'main.tf'), terraform());
  const terraformTyped = await typing(server, `file://${scratch}/main.tf`, 'terraform', terraform());
  row('keystroke to diagnostics, Terraform of 2,000 lines', `${terraformTyped.toFixed(0)} ms`, 'median beyond the debounce');
  const before = server.usage().cpu;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  row('CPU of the idle server over 3 s', `${((server.usage().cpu - before) * 1000).toFixed(0)} ms`);
  await server.stop();

  const drawn = await layoutOf(300);
  row('layout of a diagram of 300 elements, in its worker', `${(drawn.milliseconds / bare).toFixed(1)} parses`, `${drawn.flows} flows in ${drawn.boundaries} boundaries, ${drawn.milliseconds.toFixed(0)} ms`);

  const some = path.join(scratch, 'some');
  workspaceOf(2000, some);
  const sidebar = await startServer(some);
  await sidebar.connection.sendRequest('wardline/scanWorkspace', {});
  row('edit to updated threat model with 2,000 files', `${(await updated(sidebar, some)).toFixed(0)} ms`, 'median: diagnostics of the edited file and the sidebar\'s tree');
  await sidebar.stop();

  const many = path.join(scratch, 'many');
  workspaceOf(5000, many);
  const full = await startServer(many);
  const scanned = await full.connection.sendRequest('wardline/scanWorkspace', {});
  row('memory of the server after a scan of 5,000 files', `${full.usage().resident.toFixed(0)} MB`, `peak ${full.usage().peak.toFixed(0)} MB; ${scanned.findings} findings`);
  await full.connection.sendRequest('wardline/threatModel', { grouping: 'element', openOnly: true });
  const edited = performance.now();
  await full.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: `file://${many}/typed.ts`, languageId: 'typescript', version: 1, text: typescript(80) } });
  await full.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: `file://${many}/typed.ts` } });
  await full.connection.sendRequest('wardline/threatModel', { grouping: 'element', openOnly: true });
  row('edit to updated threat model with 5,000 files', `${(performance.now() - edited).toFixed(0)} ms`);
  await full.stop();

  await largeRepository(row, measure, scratch, large);

  // The other tools look for their plugins and for files from the folder they start in.
  fs.symlinkSync(tools, path.join(scratch, 'node_modules'));
  fs.copyFileSync('test/bench/eslint.config.mjs', path.join(scratch, 'eslint.config.mjs'));
  fs.writeFileSync(path.join(scratch, '.secretlintrc.json'), JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  const bin = (name) => path.join(tools, '.bin', name);
  const within = { cwd: scratch };
  await compare('scan of TypeScript and JavaScript, beside ESLint', sample('ts', ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']), [bin('eslint'), ['--format', 'json', '--output-file', 'eslint.json', 'ts'], within]);
  await compare('scan of Python, beside Bandit', sample('py', ['.py']), ['bandit', ['-q', '-r', '-f', 'json', '-o', 'bandit.json', 'py'], within]);
  await infrastructure();
  await compare('scan of all text for secrets, beside secretlint', sample('all', texts), [bin('secretlint'), ['--format', 'json', '--output', 'secretlint.json', 'all/**/*'], within], '--category', 'secrets');
  await compare('scan of all text for everything, beside secretlint', sample('all', texts), [bin('secretlint'), ['--format', 'json', '--output', 'secretlint.json', 'all/**/*'], within]);
  const { pack, vsix } = await import('../../scripts/package.mjs');
  await pack();
  row('size of the .vsix', `${(fs.statSync(vsix).size / 1e6).toFixed(2)} MB`);

  fs.writeFileSync('docs/benchmarks.md', ['# Benchmarks', '', '`npm run bench -- --files DIR` prints and writes this table. Other tools read the same files in the same run; ratios count, seconds depend on the machine. Tools beside Wardline and Wardline itself run three times in turn, and the medians count. `--infrastructure DIR` names a folder for the infrastructure row.', '', '| what | | |', '| --- | --- | --- |', ...rows.map((one) => `| ${one.join(' | ')} |`), ''].join('\n'));
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
