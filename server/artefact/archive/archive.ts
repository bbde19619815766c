import { bytesSource, startsWith, utf8, type ByteSource } from '../source.ts';
import type { Inspection } from '../report.ts';
import { inspectTorchCode, isTorchCode } from '../torchscript.ts';
import { bunzip2 } from './bzip2.ts';
import { gunzip, inflate, unzlib, type Unpacked } from './inflate.ts';
import { lz4Signature, unlz4 } from './lz4.ts';
import { unlzma, unlzmaRaw, unxz } from './lzma.ts';
import { sevenZipSignature, unpack7z } from './seven-zip.ts';
import { isTar, listTar } from './tar.ts';
import { isZip, listZip, type ZipEntry } from './zip.ts';

export type InspectInto = (source: ByteSource, name: string, inspection: Inspection) => boolean;

/** Output of one compressed stream that is kept in memory. */
const mostUnpacked = 128_000_000;
/** What is unpacked of a member at first. */
const firstPiece = 1 << 18;
/** What nobody's model is: hundreds of times larger unpacked, and large. */
function isBomb(packed: number, unpacked: number): boolean {
  return unpacked > 64_000_000 && unpacked / Math.max(1, packed) > 500;
}

/** Input of one compressed stream that is read. */
const mostPacked = 256_000_000;

interface Packing {
  readonly name: string;
  readonly is: (head: Uint8Array) => boolean;
  readonly unpack?: (input: Uint8Array, limit: number) => Unpacked;
}

/** Compressed streams, by their first bytes. Without `unpack` they are named and not looked into. */
const unpackers: readonly Packing[] = [
  { name: 'gzip', is: (head) => startsWith(head, [0x1f, 0x8b, 8]), unpack: gunzip },
  { name: 'zlib', is: (head) => (head[0]! & 0x0f) === 8 && (head[0]! >> 4) <= 7 && (head[0]! * 256 + head[1]!) % 31 === 0 && (head[1]! & 0x20) === 0, unpack: unzlib },
  { name: 'zlib (old joblib)', is: (head) => startsWith(head, [0x5a, 0x46, 0x30, 0x78]), unpack: (input, limit) => unzlib(input.subarray(21), limit) },
  { name: 'bzip2', is: (head) => startsWith(head, [0x42, 0x5a, 0x68]) && startsWith(head, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4), unpack: bunzip2 },
  { name: 'xz', is: (head) => startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), unpack: unxz },
  { name: 'lzma', is: (head) => startsWith(head, [0x5d, 0, 0]) && (startsWith(head, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 5) || (head[10] === 0 && head[11] === 0 && head[12] === 0)), unpack: unlzma },
  { name: 'lz4', is: (head) => startsWith(head, lz4Signature), unpack: unlz4 },
  { name: 'zstd', is: (head) => startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) },
  { name: 'rar', is: (head) => startsWith(head, [0x52, 0x61, 0x72, 0x21, 0x1a, 7]) },
];

/** Opens archives and compressed streams and inspects what they hold. */
export function inspectArchive(source: ByteSource, head: Uint8Array, name: string, inspection: Inspection, inner: InspectInto): boolean {
  if (isZip(head) || (head[0] !== 0x80 && endsLikeZip(source))) return inspectZip(source, inspection, inner);
  if (startsWith(head, sevenZipSignature)) return inspect7z(source, inspection, inner);
  if (isTar(head)) return inspectTar(source, inspection, inner);
  const packing = unpackers.find((one) => one.is(head));
  if (!packing) return false;
  if (!packing.unpack) {
    inspection.format(packing.name);
    inspection.issue('unknown', `is packed as ${packing.name}, which is not looked into`);
    return true;
  }
  const unpacked = unpack(packing.unpack, source, inspection);
  if (unpacked.bytes.length === 0) return false;
  if (isBomb(source.size, unpacked.bytes.length)) {
    inspection.format(packing.name);
    inspection.issue('malformed', `unpacks to more than ${Math.round(unpacked.bytes.length / 1_000_000)} MB from ${Math.max(1, Math.round(source.size / 1000))} KB`);
    return true;
  }
  const within = inspection.within(packing.name);
  const format = inspection.format;
  const known = inner(bytesSource(unpacked.bytes), name.replace(/\.(?:gz|gzip|z|zlib|bz2|xz|lzma|lz4|zst)$/i, ''), { ...within, format: (one) => { format(packing.name); format(one); } });
  if (known && unpacked.cut) inspection.note('skipped: what lies beyond the first 128 MB unpacked');
  return known;
}

function unpack(method: NonNullable<Packing['unpack']>, source: ByteSource, inspection: Inspection): Unpacked {
  const input = source.read(0, Math.min(source.size, mostPacked));
  const result = method(input, Math.min(mostUnpacked, Math.max(0, inspection.budget.bytes)));
  inspection.budget.bytes -= result.bytes.length;
  return result;
}

function endsLikeZip(source: ByteSource): boolean {
  if (source.size < 22) return false;
  const tail = source.read(source.size - 22, 22);
  return startsWith(tail, [0x50, 0x4b, 5, 6]);
}

function inspectZip(source: ByteSource, inspection: Inspection, inner: InspectInto): boolean {
  const { entries, conflicts, truncated } = listZip(source);
  const names = entries.map((one) => one.name);
  const torch = names.some((one) => /(?:^|\/)data\.pkl$/.test(one)) && names.some((one) => /(?:^|\/)(?:version|data\/\d+|byteorder)$/.test(one));
  inspection.format(names.some((one) => isTorchCode(one)) ? 'torchscript' : torch ? 'pytorch' : names.length > 0 && names.every((one) => /\.npy$/.test(one)) ? 'numpy (npz)' : names.includes('config.json') && names.includes('metadata.json') ? 'keras' : 'zip');
  if (torch) inspection.tensors(new Set(names.filter((one) => /(?:^|\/)data\/\d+$/.test(one))).size);
  let known = names.length > 0;
  if (truncated) inspection.note('skipped: members beyond the first 20000');
  for (const conflict of conflicts.slice(0, 3)) inspection.issue('malformed', `has a contradiction: ${conflict}`);
  for (const name of names) if (escapes(name)) inspection.issue('malformed', `has the member ${name}, which is written outside of its folder when it is unpacked`);
  for (const entry of entries) {
    if (entry.name.endsWith('/') || entry.data.size === 0) continue;
    if (--inspection.budget.members < 0) {
      inspection.note('skipped: further members');
      break;
    }
    // Arrays of zeros pack as well as bombs do, and are common.
    if (isBomb(entry.data.size, entry.size) && entry.method !== 0 && !/\.npy$/.test(entry.name)) inspection.issue('malformed', `has the member ${entry.name}, which unpacks to ${Math.round(entry.size / 1_000_000)} MB from ${Math.max(1, Math.round(entry.data.size / 1000))} KB`);
    else inspectEntry(entry, inspection.within(entry.name), inner);
  }
  known ||= entries.length > 0;
  return known;
}

function inspectEntry(entry: ZipEntry, inspection: Inspection, inner: InspectInto): void {
  const packed = entry.method === 8;
  const candidates: (() => ByteSource | undefined)[] = [
    () => (packed ? inflated(entry, inspection) : entry.method === 14 ? unpackedLzma(entry, inspection) : entry.data),
    // A method that lies: loaders that ask another field read the bytes in the other way.
    () => (packed ? entry.data : inflated(entry, inspection)),
  ];
  for (const [at, candidate] of candidates.entries()) {
    if (at === 1 && packed && entry.data.size > 1_000_000) break;
    if (at === 1 && entry.method === 0) break;
    const source = candidate();
    if (!source || source.size === 0) continue;
    if (isTorchCode(entry.name)) {
      inspectTorchCode(utf8(source.read(0, 4_000_000)), inspection);
      return;
    }
    if (inner(source, entry.name, inspection)) return;
  }
  if ((entry.flags & 1) !== 0) inspection.issue('unknown', 'is encrypted, which is not looked into');
  else if (![0, 8, 12, 14, 95].includes(entry.method)) inspection.issue('unknown', `is packed with method ${entry.method}, which is not looked into`);
}

/** A member packed with LZMA: two bytes of version, the length of the properties (5), the properties, the data. */
function unpackedLzma(entry: ZipEntry, inspection: Inspection): ByteSource | undefined {
  const bytes = entry.data.read(0, Math.min(entry.data.size, mostPacked));
  if (bytes.length < 10) return undefined;
  const unpacked = unlzmaRaw(bytes.subarray(9), bytes[4]!, entry.size, Math.min(mostUnpacked, Math.max(0, inspection.budget.bytes)));
  inspection.budget.bytes -= unpacked.bytes.length;
  return unpacked.bytes.length === 0 ? undefined : bytesSource(unpacked.bytes);
}

function inflated(entry: ZipEntry, inspection: Inspection): ByteSource | undefined {
  const start = inflate(entry.data.read(0, Math.min(entry.data.size, firstPiece)), firstPiece);
  if (start.complete || entry.data.size < firstPiece && !start.cut) return start.bytes.length === 0 ? undefined : bytesSource(start.bytes);
  // Most members tell what they are in their first bytes; the rest is unpacked when somebody reads on.
  let whole: Uint8Array | undefined;
  const unpackWhole = (): Uint8Array => {
    const limit = Math.min(mostUnpacked, Math.max(0, inspection.budget.bytes));
    const result = inflate(entry.data.read(0, Math.min(entry.data.size, mostPacked)), limit);
    inspection.budget.bytes -= result.bytes.length;
    if (result.cut) inspection.note('skipped: what lies beyond the first 128 MB unpacked');
    return result.bytes;
  };
  return {
    size: Math.max(start.bytes.length, entry.size),
    read: (offset, length) => {
      if (whole === undefined && offset + length <= start.bytes.length) return start.bytes.subarray(offset, offset + length);
      whole ??= unpackWhole();
      return whole.subarray(Math.min(offset, whole.length), Math.min(offset + Math.max(0, length), whole.length));
    },
  };
}

function inspectTar(source: ByteSource, inspection: Inspection, inner: InspectInto): boolean {
  const entries = listTar(source);
  const names = entries.map((one) => one.name.replace(/^\.\//, ''));
  const legacy = ['pickle', 'tensors', 'storages'].every((one) => names.includes(one));
  inspection.format(legacy ? 'pytorch (tar)' : 'tar');
  for (const entry of entries) {
    if (escapes(entry.name)) inspection.issue('malformed', `has the member ${entry.name}, which is written outside of its folder when it is unpacked`);
    if (entry.link !== undefined && escapes(entry.link)) inspection.issue('malformed', `has the link ${entry.name} to ${entry.link}, outside of its folder`);
    if (entry.data.size === 0) continue;
    if (--inspection.budget.members < 0) {
      inspection.note('skipped: further members');
      break;
    }
    inner(entry.data, legacy ? `${entry.name}.pkl` : entry.name, inspection.within(entry.name));
  }
  return true;
}

function inspect7z(source: ByteSource, inspection: Inspection, inner: InspectInto): boolean {
  inspection.format('7z');
  const unpacked = unpack7z(source, Math.min(mostUnpacked, Math.max(0, inspection.budget.bytes)));
  for (const reason of unpacked ? unpacked.skipped : ['a header that cannot be read']) inspection.issue('unknown', `is packed with ${reason}, which is not looked into`);
  for (const { name, bytes } of unpacked?.entries ?? []) {
    inspection.budget.bytes -= bytes.length;
    if (escapes(name)) inspection.issue('malformed', `has the member ${name}, which is written outside of its folder when it is unpacked`);
    if (--inspection.budget.members < 0) {
      inspection.note('skipped: further members');
      break;
    }
    inner(bytesSource(bytes), name, inspection.within(name));
  }
  return true;
}

/** A path that leaves the folder it is unpacked to. */
export function escapes(path: string): boolean {
  return /^(?:[/\\]|[a-z]:[/\\])/i.test(path) || path.split(/[/\\]/).includes('..');
}
