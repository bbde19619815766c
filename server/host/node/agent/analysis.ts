import fs from 'node:fs';
import path from 'node:path';
import type { ScanResult } from '../../../report/result.ts';
import type { Rule } from '../../../rule/rule.ts';
import { languageOfPath } from '../../../source/language.ts';
import { toEnginePath } from '../files.ts';
import { scanInParallel } from '../parallel-scan.ts';
import { startScan } from '../scan.ts';
import { AgentError, insideOf } from './paths.ts';

export interface AgentOptions {
  /** Absolute, without links. Nothing outside of them is read for an agent. */
  readonly roots: readonly string[];
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly program: string;
  readonly readFiles: boolean;
}

export interface Asked {
  readonly paths: readonly string[];
  /** Analysed in place of what the one path holds, which need not be there. */
  readonly content?: string;
}

/** Scans what an agent asks for, as the team's configuration wants it. */
export async function analyse({ paths, content }: Asked, options: AgentOptions): Promise<{ readonly result: ScanResult; readonly absolute: (path: string) => string }> {
  const files = paths.map((one) => insideOf(options.roots, one));
  const result = content === undefined ? await onDisk(files, options) : ofText(files, content, options);
  return { result, absolute: (one) => path.resolve(result.root, one) };
}

async function onDisk(files: readonly string[], { rules, version, program, readFiles }: AgentOptions): Promise<ScanResult> {
  const missing = files.find((file) => !fs.existsSync(file));
  if (missing !== undefined) throw new AgentError(`${missing} does not exist. Give existing files or folders, or pass the text as content.`);
  return (await scanInParallel({ paths: files, rules, version, program, team: { readFiles } })).result;
}

function ofText(files: readonly string[], content: string, { rules, version, readFiles }: AgentOptions): ScanResult {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new AgentError('content needs exactly one path: the file that the text is meant for.');
  if (fs.existsSync(file) && !fs.statSync(file).isFile()) throw new AgentError(`${file} is no file. Give the path of the file that the text is meant for.`);
  const known = toEnginePath(file);
  if (languageOfPath(known) === undefined) throw new AgentError(`${file} is of no kind that Wardline reads as text.`);
  const folder = path.dirname(file);
  const running = startScan({ paths: [fs.existsSync(folder) ? folder : process.cwd()], rules, version, team: { readFiles }, overlay: new Map([[known, content]]) }, { files: [known], artefacts: [], skipped: new Map() });
  running.analyze([known]);
  return running.finish().result;
}
