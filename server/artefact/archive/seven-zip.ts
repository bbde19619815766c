import { sectionOf, startsWith, u64, type ByteSource } from '../source.ts';
import { createOutput, inflate } from './inflate.ts';
import { bunzip2 } from './bzip2.ts';
import { unlzma2, unlzmaRaw } from './lzma.ts';

export const sevenZipSignature = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];

export interface SevenZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Coder {
  readonly method: string;
  readonly properties: Uint8Array;
}

interface Folder {
  readonly coders: readonly Coder[];
  readonly outSizes: number[];
  readonly packedStreams: number;
}

interface Streams {
  packPosition: number;
  packSizes: number[];
  folders: Folder[];
  /** Sizes of the files in each folder. */
  substreams: number[][];
}

const mostHeader = 16_000_000;
const mostCount = 100_000;

/**
 * Members of a 7z archive (7zFormat.txt of the LZMA SDK) whose folders use one coder: LZMA, LZMA2, DEFLATE, bzip2 or none. Undefined
 * where the header cannot be read; `skipped` says which methods stand in the way.
 */
export function unpack7z(source: ByteSource, limit: number): { readonly entries: readonly SevenZipEntry[]; readonly skipped: readonly string[] } | undefined {
  const start = source.read(0, 32);
  if (!startsWith(start, sevenZipSignature) || start.length < 32) return undefined;
  let header = sectionOf(source, 32 + u64(start, 12), Math.min(u64(start, 20), mostHeader)).read(0, mostHeader);
  const skipped = new Set<string>();
  for (let round = 0; round < 4 && header[0] === 0x17; round++) {
    const cursor = cursorOf(header, 1);
    const streams = readStreams(cursor);
    const inner = streams && unpackFolder(source, streams, 0, mostHeader, skipped);
    if (!inner) return undefined;
    header = inner;
  }
  if (header[0] !== 1) return undefined;
  const cursor = cursorOf(header, 1);
  let streams: Streams | undefined;
  let names: readonly string[] = [];
  let empty: readonly boolean[] = [];
  for (let id = cursor.byte(); id > 0; id = cursor.byte()) {
    if (id === 4) streams = readStreams(cursor);
    else if (id === 5) ({ names, empty } = readFiles(cursor));
    else return undefined;
    if (id === 4 && !streams) return undefined;
  }
  if (!streams) return { entries: [], skipped: [] };
  const withData = names.filter((_, at) => !empty[at]);
  const entries: SevenZipEntry[] = [];
  let next = 0;
  let left = limit;
  for (let at = 0; at < streams.folders.length; at++) {
    const bytes = left > 0 ? unpackFolder(source, streams, at, left, skipped) : undefined;
    left -= bytes?.length ?? 0;
    let offset = 0;
    for (const size of streams.substreams[at] ?? []) {
      if (bytes) entries.push({ name: withData[next] ?? `member ${next}`, bytes: bytes.subarray(offset, offset + size) });
      offset += size;
      next++;
    }
  }
  return { entries, skipped: [...skipped] };
}

interface Cursor {
  readonly byte: () => number;
  readonly number: () => number;
  readonly take: (length: number) => Uint8Array;
  readonly at: () => number;
  readonly seek: (at: number) => void;
}

function cursorOf(bytes: Uint8Array, start: number): Cursor {
  let at = start;
  return {
    at: () => at,
    seek: (to) => { at = to; },
    byte: () => (at < bytes.length ? bytes[at++]! : -1),
    take: (length) => { const out = bytes.subarray(at, at + length); at += length; return out; },
    /** 7z's numbers: leading ones of the first byte count the bytes that follow. */
    number: () => {
      const first = bytes[at++] ?? 0;
      let value = 0;
      for (let mask = 0x80, shift = 0; shift < 8; mask >>= 1, shift++) {
        if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * shift);
        value += (bytes[at++] ?? 0) * 2 ** (8 * shift);
      }
      return value;
    },
  };
}

function readStreams(cursor: Cursor): Streams | undefined {
  const out: Streams = { packPosition: 0, packSizes: [], folders: [], substreams: [] };
  for (let id = cursor.byte(); id !== 0; id = cursor.byte()) {
    if (id === 6) {
      out.packPosition = cursor.number();
      const count = cursor.number();
      if (count > mostCount) return undefined;
      for (let inner = cursor.byte(); inner !== 0; inner = cursor.byte()) {
        if (inner === 9) for (let at = 0; at < count; at++) out.packSizes.push(cursor.number());
        else if (inner === 10) skipDigests(cursor, count);
        else return undefined;
      }
    } else if (id === 7) {
      if (!readFolders(cursor, out)) return undefined;
      out.substreams = out.folders.map((folder) => [folder.outSizes[folder.outSizes.length - 1] ?? 0]);
    } else if (id === 8) {
      if (!readSubstreams(cursor, out)) return undefined;
    } else return undefined;
  }
  return out;
}

function skipDigests(cursor: Cursor, count: number): number {
  let defined = count;
  if (cursor.byte() === 0) defined = bitsOf(cursor, count).filter(Boolean).length;
  cursor.take(defined * 4);
  return defined;
}

function bitsOf(cursor: Cursor, count: number): boolean[] {
  const out: boolean[] = [];
  let byte = 0;
  for (let at = 0; at < count; at++) {
    if (at % 8 === 0) byte = Math.max(0, cursor.byte());
    out.push((byte & (0x80 >> (at % 8))) !== 0);
  }
  return out;
}

function readFolders(cursor: Cursor, out: Streams): boolean {
  if (cursor.byte() !== 11) return false;
  const count = cursor.number();
  if (count > mostCount || cursor.byte() !== 0) return false;
  const outputs: number[] = [];
  for (let at = 0; at < count; at++) {
    const coders: Coder[] = [];
    let ins = 0;
    let outs = 0;
    const coderCount = cursor.number();
    if (coderCount < 1 || coderCount > 8) return false;
    for (let one = 0; one < coderCount; one++) {
      const flags = cursor.byte();
      const method = [...cursor.take(flags & 15)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const complex = (flags & 0x10) !== 0;
      ins += complex ? cursor.number() : 1;
      outs += complex ? cursor.number() : 1;
      coders.push({ method, properties: flags & 0x20 ? cursor.take(cursor.number()) : new Uint8Array(0) });
    }
    for (let bond = 0; bond < outs - 1; bond++) { cursor.number(); cursor.number(); }
    const packedStreams = ins - (outs - 1);
    if (packedStreams < 1 || packedStreams > 8) return false;
    if (packedStreams > 1) for (let one = 0; one < packedStreams; one++) cursor.number();
    outputs.push(outs);
    out.folders.push({ coders, outSizes: [], packedStreams });
  }
  for (let id = cursor.byte(); id !== 0; id = cursor.byte()) {
    if (id === 12) out.folders.forEach((folder, at) => { for (let one = 0; one < outputs[at]!; one++) folder.outSizes.push(cursor.number()); });
    else if (id === 10) skipDigests(cursor, count);
    else return false;
  }
  return true;
}

function readSubstreams(cursor: Cursor, out: Streams): boolean {
  const counts = out.folders.map(() => 1);
  let id = cursor.byte();
  if (id === 13) {
    for (let at = 0; at < counts.length; at++) counts[at] = Math.min(mostCount, cursor.number());
    id = cursor.byte();
  }
  out.substreams = out.folders.map((folder, at) => {
    const total = folder.outSizes[folder.outSizes.length - 1] ?? 0;
    const sizes: number[] = [];
    if (counts[at] === 0) return sizes;
    let sum = 0;
    if (id === 9) for (let one = 0; one < counts[at]! - 1; one++) { const size = cursor.number(); sizes.push(size); sum += size; }
    sizes.push(Math.max(0, total - sum));
    return sizes;
  });
  if (id === 9) id = cursor.byte();
  if (id === 10) {
    skipDigests(cursor, counts.reduce((sum, count) => sum + count, 0));
    id = cursor.byte();
  }
  return id === 0;
}

function readFiles(cursor: Cursor): { readonly names: readonly string[]; readonly empty: readonly boolean[] } {
  const count = Math.min(mostCount, cursor.number());
  const names: string[] = [];
  let empty: boolean[] = [];
  for (let id = cursor.byte(); id > 0; id = cursor.byte()) {
    const size = cursor.number();
    const next = cursor.at() + size;
    if (id === 14) empty = bitsOf(cursor, count);
    else if (id === 17 && cursor.byte() === 0) {
      const bytes = cursor.take(size - 1);
      let name = '';
      for (let at = 0; at + 1 < bytes.length && names.length < count; at += 2) {
        const unit = bytes[at]! | (bytes[at + 1]! << 8);
        if (unit === 0) { names.push(name); name = ''; } else if (name.length < 1024) name += String.fromCharCode(unit);
      }
    }
    cursor.seek(next);
  }
  return { names, empty };
}

function unpackFolder(source: ByteSource, streams: Streams, at: number, limit: number, skipped: Set<string>): Uint8Array | undefined {
  const folder = streams.folders[at];
  if (!folder) return undefined;
  const before = streams.folders.slice(0, at).reduce((sum, one) => sum + one.packedStreams, 0);
  const start = 32 + streams.packPosition + streams.packSizes.slice(0, before).reduce((sum, size) => sum + size, 0);
  const packed = source.read(start, Math.min(streams.packSizes[before] ?? 0, 256_000_000));
  const size = folder.outSizes[folder.outSizes.length - 1] ?? 0;
  const [coder, more] = folder.coders;
  if (!coder || more) {
    skipped.add(folder.coders.some((one) => one.method === '06f10701') ? 'encryption' : 'a chain of filters');
    return undefined;
  }
  if (coder.method === '00') return packed.subarray(0, size);
  if (coder.method === '030101') return unlzmaRaw(packed, coder.properties[0] ?? 255, Math.min(size, limit), limit).bytes;
  if (coder.method === '21') {
    const out = createOutput(Math.min(size, limit));
    unlzma2(packed, 0, out);
    return out.bytes();
  }
  if (coder.method === '040108') return inflate(packed, Math.min(size, limit)).bytes;
  if (coder.method === '040202') return bunzip2(packed, Math.min(size, limit)).bytes;
  skipped.add(`method ${coder.method}`);
  return undefined;
}
