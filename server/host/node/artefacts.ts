import fs from 'node:fs';
import path from 'node:path';
import { inspectArtefact } from '../../artefact/inspect.ts';
import type { ArtefactReport, ModelSigner } from '../../artefact/report.ts';
import { signatureFormat } from '../../artefact/signature.ts';
import { startsWith, type ByteSource } from '../../artefact/source.ts';
import { hashText } from '../../base/hash.ts';
import { languageOfPath, type Language } from '../../source/language.ts';
import { integrityFiles, integrityOf, isLocked, manifestIntegrity } from './integrity.ts';

/** Extensions of files that nobody loads as a model or as data. */
const never = new Set(('png jpg jpeg gif webp bmp ico icns tif tiff psd ai eps svg heic avif mp3 mp4 wav ogg flac m4a aac mov avi mkv webm ttf otf woff woff2 eot '
  + 'pdf doc docx xls xlsx ppt pptx odt exe dll so dylib a o obj lib class pyc pyo pyd wasm jar war map css scss less lock sum mod po mo pot snap patch diff rst adoc tex bib csv tsv '
  + 'proto graphql gql vim lua pl pm r jl hs ml erl ex exs clj elm nim zig cmake make mk am in ac m4 el tcl asm s iml editorconfig gitattributes gitmodules nix rules pub crt cer der asc sig').split(' ').map((one) => `.${one}`));

/** Whether a name says that a file is something else: only a pickle or array under a wrong name is then looked for. */
function isOther(file: string): boolean {
  return never.has(path.extname(file).toLowerCase());
}

const largestSignature = 32_000_000;

/** Files beyond this that are named as something else are left alone. */
const mostOther = 64_000_000;

/** Text files that loaders of models read. */
const textArtefact = /(?:^|\/)(?:[\w.-]*tokenizer[\w.-]*\.json|[\w.-]*config\.json|[\w.-]*\.index\.json|[\w.-]*chat_template[\w.-]*\.(?:json|jinja2?)|special_tokens_map\.json|processor[\w.-]*\.json|model_index\.json|[^/]*\.(?:pmml|xml))$/i;

/** Languages under whose names models were seen. */
const sniffed: ReadonlySet<Language> = new Set<Language>(['text', 'json', 'xml', 'markdown']);

/** First bytes that no text has: a model under a text's name. */
function isBinary(head: Uint8Array): boolean {
  return startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x1f, 0x8b]) || isPickled(head);
}

function isPickled(head: Uint8Array): boolean {
  return (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) || startsWith(head, [0x93, 0x4e, 0x55, 0x4d]) || startsWith(head, [0x89, 0x48, 0x44, 0x46])
    || (head[0] === 0x63 && /^c(?:os|posix|nt|builtins|__builtin__|subprocess|sys|socket|shutil|importlib|runpy)[\r\n]/.test(String.fromCharCode(...head)));
}

function isWanted(file: string, language: Language | undefined, source: ByteSource): boolean {
  if (path.extname(file) === '.sig') return source.size < largestSignature && source.read(0, 1)[0] === 0x7b;
  if (isOther(file)) return source.size <= mostOther && isPickled(source.read(0, 24));
  return language === undefined || textArtefact.test(file) || isBinary(source.read(0, 24));
}

interface Known {
  readonly size: number;
  readonly time: number;
  /** What it was compared with: lock, signature and who is trusted. */
  readonly beside: string;
  readonly report: ArtefactReport | undefined;
}

export interface InspectorOptions {
  /** A file that could not be read, and why. */
  readonly unreadable?: (file: string, reason: string) => void;
  /** Looks into a file elsewhere and hands over the report later, so that who asks is not held up. */
  readonly apart?: (file: string, signers: readonly ModelSigner[], done: (report: ArtefactReport | undefined) => void) => void;
  /** A file that was looked into elsewhere has its report now. */
  readonly inspected?: (file: string) => void;
}

export interface Inspector {
  /** The report of a file. With `apart`, undefined for a file that takes long until `inspected` has named it. */
  readonly inspect: (file: string, signers?: readonly ModelSigner[]) => ArtefactReport | undefined;
  /** Settles when no file is being looked into elsewhere. */
  readonly settled: () => Promise<void>;
  readonly artefacts: ReadonlyMap<string, ArtefactReport>;
}

/** Bytes of a plain file that are looked into at once, also where somebody types. */
const quick = 256_000;
/** The same for archives that grow when they are unpacked. */
const quickPacked = 8_000;

/** True for what takes long enough to be felt. */
function isSlow(source: ByteSource): boolean {
  if (source.size > quick) return true;
  const head = source.read(0, 12);
  const packed = startsWith(head, [0x50, 0x4b]) || startsWith(head, [0x1f, 0x8b]) || head[0] === 0x78 || startsWith(head, [0x5a, 0x46, 0x30, 0x78]);
  return packed ? source.size > quickPacked : startsWith(head, [0x42, 0x5a, 0x68]) || startsWith(head, [0xfd, 0x37]) || startsWith(head, [0x5d, 0, 0]) || startsWith(head, [0x04, 0x22, 0x4d]) || startsWith(head, [0x37, 0x7a]);
}

/** Looks into a file here and now, and compares it with its lock and signature. Throws when it cannot be read. */
export function inspectFile(file: string, signers: readonly ModelSigner[]): ArtefactReport | undefined {
  const { size } = fs.statSync(file);
  const beside = integrityFiles(file);
  const report = withFile(file, size, (source) => inspectArtefact(source, path.basename(file))) ?? (isLocked(file, beside) ? noModel(file, size) : undefined);
  if (!report) return undefined;
  const integrity = report.formats.includes(signatureFormat) ? manifestIntegrity(file, signers) : integrityOf(file, beside, signers);
  return { ...report, rests: beside.looked, ...(integrity ? { integrity } : {}) };
}

/** Of a file that was locked as a model and is none any more; what it differs in is its integrity's to say. */
function noModel(file: string, size: number): ArtefactReport {
  return { name: path.basename(file), size, formats: [], verdict: 'safe', issues: [], globals: [], members: [], listed: [], metadata: [], notes: [] };
}

/** Looks into model and data files on the disk; what is unchanged in size and time is not looked into again. */
export function createInspector({ unreadable, apart, inspected }: InspectorOptions = {}): Inspector {
  const known = new Map<string, Known>();
  const artefacts = new Map<string, ArtefactReport>();
  const pending = new Map<string, Stamp>();
  let waiting: (() => void)[] = [];
  const keep = (file: string, stamp: Stamp, report: ArtefactReport | undefined): void => {
    known.set(file, { ...stamp, report });
    if (report) artefacts.set(file, report);
    else artefacts.delete(file);
  };
  const elsewhere = (file: string, stamp: Stamp, signers: readonly ModelSigner[], run: NonNullable<InspectorOptions['apart']>): void => {
    if (sameStamp(pending.get(file), stamp)) return;
    pending.set(file, stamp);
    run(file, signers, (report) => {
      if (pending.get(file) !== stamp) return; // it has changed since and is looked into again
      pending.delete(file);
      keep(file, stamp, report);
      inspected?.(file);
      if (pending.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
  };
  return {
    artefacts,
    settled: () => (pending.size === 0 ? Promise.resolve() : new Promise((resolve) => { waiting.push(resolve); })),
    inspect: (file, signers = []) => {
      const language = languageOfPath(file);
      if (language !== undefined && !sniffed.has(language) && !textArtefact.test(file)) return undefined;
      try {
        const stat = fs.statSync(file);
        if (!stat.isFile()) return undefined;
        const before = known.get(file);
        const unchanged = before?.size === stat.size && before.time === stat.mtimeMs;
        // What is no model is compared with nothing.
        if (unchanged && !before.report) return undefined;
        const beside = integrityFiles(file);
        const stamp: Stamp = { size: stat.size, time: stat.mtimeMs, beside: besideOf(beside, signers) };
        if (sameStamp(before, stamp)) return before?.report;
        // A signature is compared with every file of its folder.
        const what = withFile(file, stat.size, (source) => (!isWanted(file, language, source) && !isLocked(file, beside) ? 'nothing' : path.extname(file) === '.sig' || isSlow(source) ? 'slow' : 'quick'));
        if (what === 'nothing') keep(file, stamp, undefined);
        else if (what === 'slow' && apart) elsewhere(file, stamp, signers, apart);
        else keep(file, stamp, inspectFile(file, signers));
        // The last report stands until the new one is there, so that findings do not flicker.
        return known.get(file)?.report;
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        known.delete(file);
        artefacts.delete(file);
        if (code !== 'ENOENT') unreadable?.(file, `could not be read (${typeof code === 'string' ? code : String(error)})`);
        return undefined;
      }
    },
  };
}

type Stamp = Omit<Known, 'report'>;

function sameStamp(one: Stamp | undefined, other: Stamp): boolean {
  return one?.size === other.size && one.time === other.time && one.beside === other.beside;
}

function besideOf({ lock, signature }: ReturnType<typeof integrityFiles>, signers: readonly ModelSigner[]): string {
  const trusted = signature ? signers.map((one) => [one, ...[one.publicKey, one.certificate, one.trustedRoot].map((at) => (at === undefined ? 0 : (fs.statSync(at, { throwIfNoEntry: false })?.mtimeMs ?? -1)))]) : [];
  return hashText(JSON.stringify([lock, signature, trusted]));
}

/** A file as a byte source, closed afterwards. The first window is kept, since every format's signature is asked of it. */
function withFile<T>(file: string, size: number, use: (source: ByteSource) => T): T {
  const descriptor = fs.openSync(file, 'r');
  try {
    const readAt = (offset: number, length: number): Uint8Array => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const count = fs.readSync(descriptor, buffer, filled, wanted - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled === wanted ? buffer : buffer.subarray(0, filled);
    };
    const head = readAt(0, 4096);
    return use({ size, read: (offset, length) => (offset < 0 || offset >= size || length <= 0 ? head.subarray(0, 0) : offset + length <= head.length ? head.subarray(offset, offset + length) : readAt(offset, length)) });
  } finally {
    fs.closeSync(descriptor);
  }
}
