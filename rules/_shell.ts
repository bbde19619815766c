import type { Severity } from '../server/rule/queries.ts';
import { runsDownload, uncheckedDownload } from './_downloads.ts';
import { isLocalHost } from './_hosts.ts';

/** Something wrong in a command line, with its place in the text. */
export interface ShellIssue {
  readonly kind: 'piped' | 'unpinned' | 'index' | 'insecure' | 'plain';
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: Severity;
}

const installer = /(?:^|[\s;&|(])(?:(?:python[\d.]*|uv)\s+(?:-m\s+)?)?pip[\d.]*\s+install\s+([^;&|\n]*)/g;
const options = new Set(['--trusted-host', '-r', '--requirement', '-c', '--constraint', '-e', '--editable', '-t', '--target', '--python', '-f', '--find-links', '--prefix', '--root', '--src', '--upgrade-strategy', '--platform', '--python-version', '--cache-dir', '--log', '--proxy', '--timeout', '--retries', '--progress-bar', '--only-binary', '--no-binary', '-d', '--dest']);

/** Issues of one command line, or of a script. Offsets count from the beginning of the text. */
export function shellIssues(text: string): readonly ShellIssue[] {
  const out: ShellIssue[] = [];
  for (const match of runsDownload.flatMap((one) => [...text.matchAll(one)])) {
    const lead = match[0].length - match[0].trimStart().length;
    const whole = match[0].trimEnd();
    // A quote that began before the command ends after it.
    const quoted = /["']$/.test(whole) && whole.split(whole.at(-1)!).length % 2 === 0;
    const [start, end] = [match.index + lead, match.index + whole.length - (quoted ? 1 : 0)];
    if (out.some((one) => one.start < end && start < one.end)) continue;
    out.push({ kind: 'piped', start, end, message: `${scriptIn(whole)} is downloaded and run unseen.`, severity: 'high' });
  }
  for (const match of text.matchAll(installer)) {
    const from = match.index + match[0].length - match[1]!.length;
    packages(match[1]!, from, out);
  }
  for (const match of uncheckedDownload.flatMap((one) => [...text.matchAll(one)])) {
    const hit = match[1]!;
    const at = match.index + match[0].lastIndexOf(hit);
    out.push({ kind: 'insecure', start: at, end: at + hit.length, message: `${hit.split(/[ =]/)[0]!.startsWith('Strict') ? 'The key of the host' : 'The certificate of the server'} is not checked.`, severity: 'medium' });
  }
  for (const match of text.matchAll(/\b(?:curl|wget|aria2c|git[ \t]+clone|pip[\d.]*[ \t]+install)\b[^\n;|]*?[\s"'=](http:\/\/([^\s/:"'?#]+)[^\s"']*)/g)) {
    const host = match[2]!;
    if (isLocalHost(host) || /^(?:169\.254\.169\.254|metadata\.google\.internal)$/.test(host)) continue;
    const at = match.index + match[0].length - match[1]!.length;
    out.push({ kind: 'plain', start: at, end: at + match[1]!.length, message: `${host} is reached without encryption, and what it sends can be replaced.`, severity: /\.(?:whl|sh|py|pt|pth|onnx|pkl|pickle|joblib|zip|tar|t?gz|bin|h5|jar|deb|rpm|safetensors|ckpt|exe|run|js)\b/i.test(match[1]!) || /install/.test(match[0]) ? 'medium' : 'low' });
  }
  return out.filter((one) => !isShown(text, one.start));
}

/** What a command downloads, by its host and, at GitHub, its repository; the rest of an address may hold a key. */
export function scriptIn(command: string): string {
  const [, host, path] = /\bhttps?:\/\/(?:[^\s/@"']*@)?([\w.-]+\.[a-z]{2,})(?::\d+)?(\/[\w.-]+\/[\w.-]+)?(?=[\s/?#"'|;)]|$)/i.exec(command) ?? [];
  return host === undefined ? 'A script' : `A script of ${host}${/github/.test(host) ? path ?? '' : ''}`;
}

/** What runs the text in quotes behind it. */
const running = /(?:^|[\s;&|(])(?:(?:ba|z|da|k)?sh|bash|su|ssh|eval|exec|docker|podman|kubectl|wsl|sudo|xargs|watch|timeout|nohup|env|parallel|runuser|chroot|nsenter|vagrant|multipass|gcloud|az|aws|cmd|powershell|pwsh)\b[^"']*$|-l?c[ \t]*$/;

/** Whether a command is only shown: in a comment, in quotes that nothing runs, in a text that `cat` prints. */
export function isShown(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  if (/^\s*#(?!!)|\s#\s/.test(line)) return true;
  const open = openQuote(line);
  if (open >= 0 && /[\w)}]/.test(line.slice(0, open)) && !running.test(line.slice(0, open))) return true;
  return text.includes('<<') && isPrinted(text, at);
}

/** Where the quote is that is open at the end of a line; -1 where none is. */
function openQuote(line: string): number {
  let open = -1;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === '\\') at++;
    else if (open >= 0 ? sign === line[open] : sign === '"' || sign === "'") open = open >= 0 ? -1 : at;
  }
  return open;
}

function isPrinted(text: string, at: number): boolean {
  for (const match of text.matchAll(/^[ \t]*(?:cat|echo|printf)\b[^|>\n]*<<-?[ \t]*["']?(\w+)["']?[ \t]*$/gm)) {
    if (match.index > at) return false;
    const end = text.indexOf(`\n${match[1]!}`, match.index + match[0].length);
    if (end < 0 || at < end) return true;
  }
  return false;
}

/** An archive at an address whose owner can replace it, without a hash: no release, tag or commit, and no index that keeps what was published. */
function servedArchive(word: string): boolean {
  if (!/^(?:[\w.-]+(?:\[[\w,]+\])?@)?https:\/\/[^{}$]+\.(?:whl|zip|tar\.gz|tgz)$/.test(word)) return false;
  if (/\/\/(?:github|gitlab)\.com\//.test(word)) return /\/(?:archive\/(?:refs\/heads\/)?|zipball\/|tarball\/)(?:main|master|dev|develop|trunk)\b/.test(word);
  return !/\/\/(?:[\w.-]+\.)?(?:pythonhosted\.org|pypi\.org|pytorch\.org|nvidia\.com|pyg\.org|googleapis\.com|openxlab\.org\.cn|openmmlab\.com|huggingface\.co|amazonaws\.com|mirrors\.[\w.-]+)(?::\d+)?\//.test(word);
}

function packages(list: string, from: number, out: ShellIssue[]): void {
  const words = [...list.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)].map((match) => ({ word: match[0].replace(/^["']|["']$/g, ''), start: from + match.index + (/^["']/.test(match[0]) ? 1 : 0) }));
  const loose: { word: string; start: number }[] = [];
  for (let at = 0; at < words.length; at++) {
    const { word, start } = words[at]!;
    if (word === '#' || word.startsWith('#')) break;
    const index = /^(?:--extra-index-url|--index-url|-i)(?:=(.*))?$/.exec(word);
    if (index) {
      const url = index[1] ?? words[at + 1]?.word ?? '';
      if (index[1] === undefined) at++;
      if (!/^https:\/\/(?:pypi\.org|download\.pytorch\.org|pypi\.nvidia\.com|developer\.download\.nvidia\.com|pypi\.ngc\.nvidia\.com|pip\.repos\.neuron\.amazonaws\.com|data\.pyg\.org|wheels\.\w+|storage\.googleapis\.com\/jax)/.test(url) && !/[{$]/.test(url)) out.push({ kind: 'index', start, end: start + word.length, message: word.startsWith('--extra') ? 'A package of the same name in either index may be taken.' : `Packages are taken from ${url.replace(/^(https?:\/\/)[^@/]*@/, '$1').slice(0, 60)}.`, severity: word.startsWith('--extra') ? 'medium' : 'low' });
      continue;
    }
    if (options.has(word)) { at++; continue; }
    if (servedArchive(word)) {
      out.push({ kind: 'unpinned', start, end: start + word.length, message: 'The package is whatever the address serves on the day; no hash tells it apart.', severity: 'medium' });
      continue;
    }
    if (word.startsWith('-') || /^[.{$%/~]|^\w:\\|\/$|\.(?:txt|whl|gz|zip)(?:$|[?#])/.test(word) || /^[0-9>|&]/.test(word)) continue;
    if (/^(?:\w+ ?@ ?)?git\+/.test(word)) {
      if (!/@(?:v?\d[\w.-]*|[0-9a-f]{7,40})(?:#|$)/.test(word)) out.push({ kind: 'unpinned', start, end: start + word.length, message: 'The package is built from whatever was last pushed to the repository.', severity: 'medium' });
      continue;
    }
    if (/^https?:/.test(word) || /[=!~<>]=|===|@/.test(word) || /^(?:pip|setuptools|wheel|uv)$/.test(word)) continue;
    if (/^[A-Za-z][\w.-]*(?:\[[\w,. -]*\])?$/.test(word)) loose.push({ word, start });
  }
  const [first] = loose;
  if (first) {
    const last = loose.at(-1)!;
    const end = last.start + last.word.length;
    out.push({ kind: 'unpinned', start: first.start, end, message: `${loose.length === 1 ? first.word : `${first.word} and ${loose.length - 1} more`} ${loose.length === 1 ? 'is' : 'are'} installed at whatever version was published last.`, severity: 'low' });
  }
}
