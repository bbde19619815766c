import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Integrity, ModelSigner } from '../../artefact/report.ts';
import { readModelSignature, type ModelSignature, type SignedResource } from '../../artefact/signature.ts';
import { verifySignature } from './model-signature.ts';
import { modelsLockName, parseLock, type LockedModel } from '../../artefact/lock-file.ts';

/** Folders above a file in which its lock or signature is looked for. */
const mostParents = 12;
const largestText = 32_000_000;
const chunk = 1 << 20;
const signatureName = 'model.sig';

export interface Found {
  readonly path: string;
  readonly text: string;
}

/** The nearest lock and signature of a file, and every place that was looked at. Reads small texts only. */
export function integrityFiles(file: string): { readonly lock?: Found; readonly signature?: Found; readonly looked: readonly string[] } {
  const looked: string[] = [];
  const read = (at: string): Found | undefined => {
    looked.push(at);
    try {
      const stat = fs.statSync(at);
      return stat.isFile() && stat.size <= largestText ? { path: at, text: fs.readFileSync(at, 'utf8') } : undefined;
    } catch {
      return undefined;
    }
  };
  let lock: Found | undefined;
  let signature = read(`${file}.sig`);
  let folder = path.dirname(file);
  for (let up = 0; up < mostParents; up++, folder = path.dirname(folder)) {
    lock ??= read(path.join(folder, modelsLockName));
    signature ??= read(path.join(folder, signatureName));
    if (fs.existsSync(path.join(folder, '.git')) || folder === path.dirname(folder)) break;
  }
  return { looked, ...(lock ? { lock } : {}), ...(signature ? { signature } : {}) };
}

/** Compares a file with what was locked and what was signed; undefined where it is neither. */
export function integrityOf(file: string, { lock, signature }: ReturnType<typeof integrityFiles>, signers: readonly ModelSigner[]): Integrity | undefined {
  const differences: string[] = [];
  const checked: string[] = [];
  const digests = new Map<string, string>();
  const digest = (algorithm: string): string => {
    let known = digests.get(algorithm);
    if (known === undefined) digests.set(algorithm, (known = digestOfFile(file, algorithm)));
    return known;
  };
  const locked = lock && entryOf(lock, file);
  if (lock && locked) {
    const size = fs.statSync(file).size;
    if (locked.size !== size) differences.push(`is not what ${modelsLockName} holds: ${size} bytes in place of ${locked.size}`);
    else if (digest('sha256') !== locked.sha256) differences.push(`is not what ${modelsLockName} holds: its digest is ${digest('sha256').slice(0, 12)}… in place of ${locked.sha256.slice(0, 12)}…`);
    else checked.push(`as locked in ${modelsLockName}`);
  }
  if (signature) checkSignature(file, signature, signers, digest, differences, checked);
  if (differences.length === 0 && checked.length === 0) return undefined;
  const sha256 = digests.get('sha256');
  return { differences, checked, ...(sha256 === undefined ? {} : { sha256 }), ...(locked?.source === undefined ? {} : { source: locked.source }) };
}

/** Whether a lock holds a file: whatever it has become, it is compared. */
export function isLocked(file: string, { lock }: Pick<ReturnType<typeof integrityFiles>, 'lock'>): boolean {
  return lock !== undefined && entryOf(lock, file) !== undefined;
}

function entryOf(lock: Found, file: string): LockedModel | undefined {
  const folder = path.dirname(path.dirname(lock.path));
  const relative = path.relative(folder, file).split(path.sep).join('/');
  return parseLock(lock.text)?.find((one) => one.path === relative);
}

function checkSignature(file: string, found: Found, signers: readonly ModelSigner[], digest: (algorithm: string) => string, differences: string[], checked: string[]): void {
  const signed = readModelSignature(found.text);
  if (signed === undefined) return;
  const name = path.basename(found.path);
  if (typeof signed === 'string') {
    differences.push(`is signed by ${name}, which ${signed}`);
    return;
  }
  const relative = path.relative(path.dirname(found.path), file).split(path.sep).join('/');
  const own = signed.resources.filter((one) => one.path === relative);
  if (own.length === 0) {
    if (!isIgnored(relative, signed)) differences.push(`is not among the files that ${name} signs`);
    return;
  }
  const state = verifySignature(signed, signers);
  if (state.kind === 'wrong') differences.push(`has a signature in ${name} that does not hold: ${state.why}`);
  else checked.push(state.kind === 'verified' ? `signature of ${name} verified (${state.by})` : `signature of ${name} not verified, only its digests: ${state.why}`);
  const wrong = own.find((one) => !matches(file, one, digest));
  const unknown = own.find((one) => nodeAlgorithm(one.algorithm) === undefined);
  if (unknown) checked.push(`digest of ${name} not compared: ${unknown.algorithm} is not supported`);
  else if (wrong) differences.push(`is not what ${name} signs: its digest differs from ${wrong.digest.slice(0, 12)}…${wrong.range ? ` between bytes ${wrong.range.start} and ${wrong.range.end}` : ''}`);
  else if (signed.method === 'shards' && own.reduce((sum, one) => sum + (one.range!.end - one.range!.start), 0) !== fs.statSync(file).size) differences.push(`is not what ${name} signs: its length differs from the signed parts`);
  else checked.push(`digest as signed in ${name}`);
}

const mostNamed = 5;

/** Compares a whole model with what its signature lists: every signed file, and files that nobody has signed. */
export function manifestIntegrity(file: string, signers: readonly ModelSigner[]): Integrity | undefined {
  const signed = readModelSignature(fs.readFileSync(file, 'utf8'));
  if (signed === undefined || typeof signed === 'string') return undefined;
  const folder = path.dirname(file);
  const differences: string[] = [];
  const checked: string[] = [];
  const state = verifySignature(signed, signers);
  if (state.kind === 'wrong') differences.push(`holds a signature that does not hold: ${state.why}`);
  else checked.push(state.kind === 'verified' ? `signature verified (${state.by})` : `signature not verified, only the digests: ${state.why}`);
  const missing: string[] = [];
  const changed: string[] = [];
  const unsupported = new Set<string>();
  for (const one of signed.resources) {
    const at = path.join(folder, one.path);
    if (!fs.statSync(at, { throwIfNoEntry: false })?.isFile()) missing.push(one.path);
    else if (nodeAlgorithm(one.algorithm) === undefined) unsupported.add(one.algorithm);
    else if (!matches(at, one, (algorithm) => digestOfFile(at, algorithm))) changed.push(one.path);
  }
  const known = new Set(signed.resources.map((one) => one.path));
  const own = path.basename(file);
  // `weights.bin.sig` signs the one file beside it; `model.sig` signs its folder.
  const added = own === signatureName ? filesBelow(folder).filter((one) => one !== own && !known.has(one) && !isIgnored(one, signed)) : [];
  const list = (names: readonly string[]): string => `${[...new Set(names)].slice(0, mostNamed).join(', ')}${new Set(names).size > mostNamed ? `, and ${new Set(names).size - mostNamed} more` : ''}`;
  if (changed.length > 0) differences.push(`signs other content of ${list(changed)}`);
  if (missing.length > 0) differences.push(`signs ${list(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not there`);
  if (added.length > 0) differences.push(`does not sign ${list(added)}, which ${added.length === 1 ? 'lies' : 'lie'} in its folder`);
  if (unsupported.size > 0) checked.push(`digests not compared: ${[...unsupported].join(', ')} is not supported`);
  else if (changed.length + missing.length + added.length === 0) checked.push(`digests of ${known.size} ${known.size === 1 ? 'file' : 'files'} as signed`);
  return { differences, checked };
}

const mostFiles = 100_000;

function filesBelow(folder: string): readonly string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).slice(0, mostFiles).filter((one) => one.isFile()).map((one) => path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join('/')).sort();
}

/** Excluded by the specification, or by who signed. */
function isIgnored(relative: string, signed: ModelSignature): boolean {
  return ['.git', '.gitignore', '.gitattributes', '.github', signatureName, ...signed.ignored].some((one) => relative === one || relative.startsWith(`${one}/`)) || relative.endsWith('.sig');
}

function matches(file: string, { digest: wanted, algorithm, range }: SignedResource, digest: (algorithm: string) => string): boolean {
  const own = nodeAlgorithm(algorithm);
  if (own === undefined) return true;
  return (range ? digestOfFile(file, own, range.start, range.end) : digest(own)) === wanted;
}

function nodeAlgorithm(name: string): string | undefined {
  return ({ sha256: 'sha256', sha384: 'sha384', sha512: 'sha512', blake2b: 'blake2b512' } as Readonly<Record<string, string>>)[name];
}

/** Digest of a file, read piece by piece as the disk gives it. */
export async function digestLater(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const piece of fs.createReadStream(file, { highWaterMark: chunk })) hash.update(piece as Uint8Array);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/** Digest of a file or a part of it, read in pieces, in hexadecimal. */
export function digestOfFile(file: string, algorithm = 'sha256', start = 0, end = Number.POSITIVE_INFINITY): string {
  const hash = createHash(algorithm);
  const descriptor = fs.openSync(file, 'r');
  try {
    const buffer = new Uint8Array(chunk);
    for (let at = start; at < end;) {
      const count = fs.readSync(descriptor, buffer, 0, Math.min(chunk, end - at), at);
      if (count === 0) break;
      hash.update(buffer.subarray(0, count));
      at += count;
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}
