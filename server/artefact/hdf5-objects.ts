import { startsWith, u16, u32, utf8, type ByteSource } from './source.ts';

/**
 * Objects of HDF5 as its file format specification (versions 1.1 to 3.0 of The HDF Group) lays them out: superblock, object headers and the
 * messages in them. Nothing here follows an address twice or reads more than it says; what does not fit is left out.
 */
export interface Hdf5File {
  readonly source: ByteSource;
  /** Added to all addresses: the length of a user block. */
  readonly base: number;
  /** Bytes of an address and of a length: 2, 4 or 8. */
  readonly offsetSize: number;
  readonly lengthSize: number;
  /** Address of the root group's object header. */
  readonly root: number;
  /** Bytes that may still be read: objects of a hostile file overlap. Counted down. */
  readonly budget: { bytes: number };
}

/** A message of an object header. */
export interface Message {
  readonly type: number;
  readonly data: Uint8Array;
}

export const messageTypes = { dataspace: 0x01, linkInfo: 0x02, datatype: 0x03, link: 0x06, externalFiles: 0x07, layout: 0x08, attribute: 0x0c, continuation: 0x10, symbolTable: 0x11 } as const;

const mostMessages = 4000;
const mostBlocks = 200;
const longestBlock = 8_000_000;
const mostRead = 256_000_000;

/** An unsigned little-endian integer; the undefined address (all ones) and what is beyond 2^53 give Infinity. */
export function integer(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? 0);
  return value >= 2 ** (8 * Math.min(size, 6.5)) - 1 && size > 1 ? Number.POSITIVE_INFINITY : value;
}

/** Reads the superblock, which begins the file or follows a user block; undefined when it is none that is known. */
export function openHdf5(source: ByteSource): Hdf5File | undefined {
  for (const at of [0, 512, 1024, 2048]) {
    const head = source.read(at, 128);
    if (!startsWith(head, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])) continue;
    const version = head[8]!;
    const [offsetSize, lengthSize] = version < 2 ? [head[13]!, head[14]!] : [head[9]!, head[10]!];
    if (version > 3 || ![2, 4, 8].includes(offsetSize) || ![2, 4, 8].includes(lengthSize)) return undefined;
    // Of the first versions the root is a symbol table entry behind four addresses, of the later ones the last of four addresses.
    const addresses = version === 0 ? 24 : version === 1 ? 28 : 12;
    const root = integer(head, addresses + (version < 2 ? 5 : 3) * offsetSize, offsetSize);
    return { source, base: at, offsetSize, lengthSize, root, budget: { bytes: mostRead } };
  }
  return undefined;
}

/** Bytes at an address; none for an undefined one, and when enough was read. */
export function readAt({ source, base, budget }: Hdf5File, address: number, length: number): Uint8Array {
  const read = Number.isFinite(address) && budget.bytes > 0 ? source.read(base + address, Math.min(length, longestBlock)) : source.read(-1, 0);
  budget.bytes -= read.length;
  return read;
}

/** The messages of an object, those of its continuation blocks included. */
export function messagesOf(file: Hdf5File, address: number): readonly Message[] {
  const start = readAt(file, address, 64);
  const out: Message[] = [];
  const blocks: { readonly bytes: Uint8Array; readonly newer: boolean }[] = [];
  const order = (start[5]! & 0x04) !== 0;
  if (startsWith(start, [0x4f, 0x48, 0x44, 0x52]) && start[4] === 2) {
    const flags = start[5]!;
    const before = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
    const size = 1 << (flags & 3);
    blocks.push({ bytes: readAt(file, address + before + size, integer(start, before, size)), newer: true });
  } else if (start[0] === 1) blocks.push({ bytes: readAt(file, address + 16, u32(start, 8)), newer: false });
  for (let at = 0; at < blocks.length && at < mostBlocks; at++) {
    const { bytes, newer } = blocks[at]!;
    const head = newer ? (order ? 6 : 4) : 8;
    for (let next = 0; next + head <= bytes.length && out.length < mostMessages;) {
      const type = newer ? bytes[next]! : u16(bytes, next);
      const size = u16(bytes, next + (newer ? 1 : 2));
      const data = bytes.subarray(next + head, next + head + size);
      if (type === messageTypes.continuation) {
        const block = readAt(file, integer(data, 0, file.offsetSize), integer(data, file.offsetSize, file.lengthSize));
        // `OCHK` before and a checksum behind the messages.
        blocks.push({ bytes: newer ? block.subarray(4, Math.max(4, block.length - 4)) : block, newer });
      } else if (type !== 0) out.push({ type, data });
      next += head + size;
    }
  }
  return out;
}

/** The sizes of the dimensions; empty for a scalar. */
export function shapeOf(data: Uint8Array, { lengthSize }: Hdf5File): readonly number[] {
  const rank = Math.min(data[1] ?? 0, 32);
  const at = data[0] === 1 ? 8 : 4;
  return Array.from({ length: rank }, (_, index) => integer(data, at + index * lengthSize, lengthSize));
}

/** NumPy's name of a datatype where it has one, else its class. */
export function dtypeOf(data: Uint8Array): string {
  const bits = u32(data, 4) * 8;
  switch (data[0]! & 0x0f) {
    case 0: return `${data[1]! & 0x08 ? '' : 'u'}int${bits}`;
    case 1: return `float${bits}`;
    case 3: return 'string';
    case 4: return 'bits';
    case 5: return 'opaque';
    case 6: return 'compound';
    case 7: return 'reference';
    case 8: return 'enum';
    case 9: return (data[1]! & 0x0f) === 1 ? 'string' : 'list';
    case 10: return 'array';
    default: return '';
  }
}

/** An attribute that is one short text: its name and the text. */
export function textAttribute(file: Hdf5File, data: Uint8Array): readonly [name: string, text: string] | undefined {
  const version = data[0]!;
  if (version < 1 || version > 3) return undefined;
  const padded = (size: number): number => (version === 1 ? (size + 7) & ~7 : size);
  const [nameSize, typeSize, spaceSize] = [u16(data, 2), u16(data, 4), u16(data, 6)];
  const nameAt = version === 3 ? 9 : 8;
  const typeAt = nameAt + padded(nameSize);
  const valueAt = typeAt + padded(typeSize) + padded(spaceSize);
  const name = untilZero(data.subarray(nameAt, nameAt + nameSize));
  const type = data.subarray(typeAt, typeAt + typeSize);
  const value = data.subarray(valueAt);
  if (shapeOf(data.subarray(typeAt + padded(typeSize)), file).length > 0) return undefined;
  if ((type[0]! & 0x0f) === 3) return [name, untilZero(value.subarray(0, u32(type, 4)))];
  if (dtypeOf(type) !== 'string') return undefined;
  const text = heapObject(file, integer(value, 4, file.offsetSize), u32(value, 4 + file.offsetSize));
  return text && [name, untilZero(text.subarray(0, u32(value, 0)))];
}

/** An object of a global heap, where what has any length is kept. */
export function heapObject(file: Hdf5File, address: number, index: number): Uint8Array | undefined {
  const head = readAt(file, address, 8 + file.lengthSize);
  if (!startsWith(head, [0x47, 0x43, 0x4f, 0x4c])) return undefined;
  const heap = readAt(file, address, integer(head, 8, file.lengthSize));
  for (let at = 8 + file.lengthSize; at + 8 + file.lengthSize <= heap.length;) {
    const size = integer(heap, at + 8, file.lengthSize);
    const start = at + 8 + file.lengthSize;
    if (u16(heap, at) === 0) return undefined;
    if (u16(heap, at) === index) return heap.subarray(start, start + size);
    at = start + Math.ceil(size / 8) * 8;
  }
  return undefined;
}

/** The texts of a local heap, by their offsets in it. */
export function localHeap(file: Hdf5File, address: number): Uint8Array | undefined {
  const { offsetSize, lengthSize } = file;
  const head = readAt(file, address, 8 + 2 * lengthSize + offsetSize);
  if (!startsWith(head, [0x48, 0x45, 0x41, 0x50])) return undefined;
  return readAt(file, integer(head, 8 + 2 * lengthSize, offsetSize), integer(head, 8, lengthSize));
}

export function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8(end < 0 ? bytes : bytes.subarray(0, end));
}
