import fs from 'node:fs';
import path from 'node:path';
import { sizeLimitOf } from '../../source/size-limit.ts';

/** Text of a file as the engine sees it, with what is needed to write it back unchanged elsewhere. */
export interface FileText {
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
  readonly bom: boolean;
}

/** Why a file was not read, in words for a person. */
export interface Skipped {
  readonly skipped: string;
}

/** Reads and decodes a text file. `limit`, in bytes, is the team's; without it the project's own holds. Never throws: an unreadable, binary or too large file says so. */
export function readText(file: string, limit?: number): FileText | Skipped {
  let bytes: Buffer;
  try {
    const stat = fs.statSync(file);
    if (!stat.isFile()) return { skipped: 'not a regular file' };
    const most = sizeLimitOf(file);
    if (limit !== undefined && stat.size > limit) return { skipped: `too large (${stat.size} bytes, limits.fileSize is ${limit})` };
    if (limit === undefined && stat.size > most) return { skipped: `too large (${megabytes(stat.size)} MB, limit ${megabytes(most)} MB)` };
    bytes = bytesOf(file, stat.size);
  } catch (error) {
    return { skipped: `unreadable (${(error as NodeJS.ErrnoException).code ?? 'error'})` };
  }
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2), encoding: 'utf16le', bom: true };
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.length - (bytes.length % 2);
    return { text: Buffer.from(bytes.subarray(0, even)).swap16().toString('utf16le', 2), encoding: 'utf16be', bom: true };
  }
  const bom = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (bytes.subarray(0, 8192).includes(0)) return { skipped: 'binary' };
  return { text: bytes.toString('utf8', bom ? 3 : 0), encoding: 'utf8', bom };
}

/** Room for the bytes of a file until they are decoded; to make it anew for every file takes longer than to read most of them. */
const room = Buffer.allocUnsafeSlow(1 << 20);

/** The bytes of a file of about that size. They hold until the next file is read. */
function bytesOf(file: string, size: number): Buffer {
  if (size >= room.length) return fs.readFileSync(file);
  const descriptor = fs.openSync(file, 'r');
  try {
    let length = 0;
    for (let more = 1; more > 0; length += more) more = fs.readSync(descriptor, room, length, room.length - length, null);
    return room.subarray(0, length);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Writes a text back in its encoding, through a temporary file in the same folder, so that no reader sees half of it. */
export function writeText(file: string, text: string, like: Omit<FileText, 'text'> = { encoding: 'utf8', bom: false }): void {
  let bytes = Buffer.from((like.bom ? '\ufeff' : '') + text, like.encoding === 'utf8' ? 'utf8' : 'utf16le');
  if (like.encoding === 'utf16be') bytes = bytes.swap16();
  const target = fs.existsSync(file) ? fs.realpathSync(file) : file;
  // A device or pipe (`--output /dev/null`) is written to, never replaced by a file.
  if (fs.existsSync(target) && !fs.statSync(target).isFile()) {
    fs.writeFileSync(target, bytes);
    return;
  }
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    fs.writeFileSync(temporary, bytes, fs.existsSync(target) ? { mode: fs.statSync(target).mode } : {});
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
}

/** A native path as the engine's POSIX path. */
export function toEnginePath(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}
