import { latin1, sectionOf, startsWith, u16, u32, u64, utf8, type ByteSource } from '../source.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly size: number;
  /** The stored bytes. */
  readonly data: ByteSource;
}

export interface ZipListing {
  readonly entries: readonly ZipEntry[];
  /** What readers would disagree on. */
  readonly conflicts: readonly string[];
  readonly truncated: boolean;
}

const mostEntries = 20_000;
const localHeader = [0x50, 0x4b, 3, 4];
const centralHeader = [0x50, 0x4b, 1, 2];
const endRecord = [0x50, 0x4b, 5, 6];

export function isZip(head: Uint8Array): boolean {
  return startsWith(head, localHeader) || startsWith(head, endRecord);
}

/**
 * All members that some reader would find: those of the central directory, which Python uses, and those of the local headers, which
 * streaming readers use. Checksums and encryption flags are not asked, as loaders do not ask them either. Format: PKWARE APPNOTE.
 */
export function listZip(source: ByteSource): ZipListing {
  const byOffset = new Map<number, ZipEntry>();
  const names = new Map<number, string>();
  const conflicts: string[] = [];
  let truncated = false;
  const central = centralEntries(source);
  for (const one of central) {
    if (byOffset.size >= mostEntries) { truncated = true; break; }
    const local = localAt(source, one.offset);
    const start = local ? local.data : one.offset + 30;
    if (local && local.name !== one.name) conflicts.push(`the directory calls a member ${one.name}, its own header ${local.name}`);
    names.set(one.offset, one.name);
    byOffset.set(one.offset, { name: one.name, method: one.method, flags: one.flags, size: one.size, data: sectionOf(source, start, one.packed) });
    if (local && local.method !== one.method) byOffset.set(one.offset + 0.5, { name: one.name, method: local.method, flags: local.flags, size: one.size, data: sectionOf(source, start, one.packed) });
  }
  const packedOf = new Map(central.map((one) => [one.offset, one.packed]));
  let at = central.length > 0 ? Math.min(...central.slice(0, 5000).map((one) => one.offset)) : 0;
  if (localAt(source, 0)) at = 0;
  for (let count = 0; count < mostEntries; count++) {
    const local = localAt(source, at);
    if (!local) break;
    const packed = packedOf.get(at) ?? (local.packed > 0 || (local.flags & 8) === 0 ? local.packed : distanceToNext(source, local.data));
    if (!names.has(at)) byOffset.set(at, { name: local.name, method: local.method, flags: local.flags, size: local.size, data: sectionOf(source, local.data, packed) });
    let next = local.data + packed;
    if (local.flags & 8) next = skipDescriptor(source, next);
    if (next <= at) break;
    at = next;
  }
  return { entries: [...byOffset.values()].slice(0, mostEntries), conflicts, truncated };
}

interface Central {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function centralEntries(source: ByteSource): readonly Central[] {
  const tailSize = Math.min(source.size, 65_557 + 64);
  const tailStart = source.size - tailSize;
  const tail = source.read(tailStart, tailSize);
  let end = -1;
  for (let at = tail.length - 22; at >= 0; at--) if (tail[at] === 0x50 && startsWith(tail, endRecord, at)) { end = at; break; }
  if (end < 0) return [];
  let size = u32(tail, end + 12);
  let offset = u32(tail, end + 16);
  if (end >= 20 && startsWith(tail, [0x50, 0x4b, 6, 7], end - 20)) {
    const big = source.read(u64(tail, end - 12), 56);
    if (startsWith(big, [0x50, 0x4b, 6, 6])) {
      size = u64(big, 40);
      offset = u64(big, 48);
    }
  }
  // Bytes put before the archive move everything by as much; Python finds it out the same way.
  let shift = 0;
  if (!startsWith(source.read(offset, 4), centralHeader)) {
    const real = tailStart + end - size;
    if (real < 0 || !startsWith(source.read(real, 4), centralHeader)) return [];
    shift = real - offset;
  }
  const bytes = source.read(offset + shift, Math.min(size, 64_000_000));
  const out: Central[] = [];
  for (let at = 0; at + 46 <= bytes.length && startsWith(bytes, centralHeader, at) && out.length < mostEntries;) {
    const nameLength = u16(bytes, at + 28);
    const extraLength = u16(bytes, at + 30);
    const name = textName(bytes.subarray(at + 46, at + 46 + nameLength));
    const wide = wideSizes(bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength), u32(bytes, at + 24), u32(bytes, at + 20), u32(bytes, at + 42));
    out.push({ name, flags: u16(bytes, at + 8), method: u16(bytes, at + 10), size: wide.size, packed: wide.packed, offset: wide.offset + shift });
    at += 46 + nameLength + extraLength + u16(bytes, at + 32);
  }
  return out;
}

/** The sizes of the zip64 extra field where the short ones say so. */
function wideSizes(extra: Uint8Array, size: number, packed: number, offset: number): { readonly size: number; readonly packed: number; readonly offset: number } {
  const max = 0xffffffff;
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16(extra, at + 2)) {
    if (u16(extra, at) !== 1) continue;
    let next = at + 4;
    const take = (short: number): number => {
      if (short !== max) return short;
      next += 8;
      return u64(extra, next - 8);
    };
    return { size: take(size), packed: take(packed), offset: take(offset) };
  }
  return { size, packed, offset };
}

interface Local {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly packed: number;
  readonly size: number;
  /** Where the member's bytes begin. */
  readonly data: number;
}

function localAt(source: ByteSource, offset: number): Local | undefined {
  const head = source.read(offset, 30);
  if (!startsWith(head, localHeader) || head.length < 30) return undefined;
  const nameLength = u16(head, 26);
  const extraLength = u16(head, 28);
  const rest = source.read(offset + 30, nameLength + extraLength);
  const wide = wideSizes(rest.subarray(nameLength), u32(head, 22), u32(head, 18), 0);
  return { name: textName(rest.subarray(0, nameLength)), flags: u16(head, 6), method: u16(head, 8), packed: wide.packed, size: wide.size, data: offset + 30 + nameLength + extraLength };
}

function textName(bytes: Uint8Array): string {
  const text = utf8(bytes);
  return (text.includes('\ufffd') ? latin1(bytes) : text).replace(/[\u0000-\u001f\u007f]/g, '·');
}

/** Bytes up to the next header, for members whose size is only told after them. */
function distanceToNext(source: ByteSource, start: number): number {
  const step = 1 << 20;
  for (let at = start; at < source.size && at - start < 256 * step; at += step) {
    const bytes = source.read(at, step + 4);
    for (let index = bytes.indexOf(0x50); index >= 0; index = bytes.indexOf(0x50, index + 1)) {
      if (bytes[index + 1] === 0x4b && ((bytes[index + 2] === 3 && bytes[index + 3] === 4) || (bytes[index + 2] === 1 && bytes[index + 3] === 2) || (bytes[index + 2] === 7 && bytes[index + 3] === 8))) return at + index - start;
    }
  }
  return source.size - start;
}

function skipDescriptor(source: ByteSource, at: number): number {
  for (const length of [16, 24, 12, 20, 0]) {
    const next = source.read(at + length, 4);
    if (startsWith(next, localHeader) || startsWith(next, centralHeader)) return at + length;
  }
  return at;
}
