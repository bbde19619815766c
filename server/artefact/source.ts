/** Bounded random access to bytes that may lie on a disk. `read` never throws: past the end it gives fewer bytes than asked, or none. */
export interface ByteSource {
  readonly size: number;
  readonly read: (offset: number, length: number) => Uint8Array;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => (offset < 0 || offset >= bytes.length || length <= 0 ? empty : bytes.subarray(offset, Math.min(bytes.length, offset + length))),
  };
}

const empty = new Uint8Array(0);

/** A part of a source as a source of its own; cut where the outer one ends. */
export function sectionOf(source: ByteSource, start: number, length: number): ByteSource {
  const from = Math.min(Math.max(0, start), source.size);
  const size = Math.max(0, Math.min(length, source.size - from));
  return { size, read: (offset, count) => (offset < 0 || offset >= size ? empty : source.read(from + offset, Math.min(count, size - offset))) };
}

/** Bytes as text of one character a byte, so that signatures and identifiers can be looked for whatever the encoding. */
export function latin1(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return out;
}

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

export function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return bytes.length >= at + signature.length && signature.every((byte, index) => bytes[at + index] === byte);
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

/** A 64-bit length. Beyond 2^53 it is no length of anything that exists, and only its size matters. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

/** Sequential reading with look-ahead in windows, so that a big file costs two windows of memory. */
export interface Reader {
  readonly at: () => number;
  readonly left: () => number;
  /** The next byte, or -1 at the end. */
  readonly byte: () => number;
  /** The next bytes, or undefined when there are fewer. Longer reads than `keep` give the first `keep` of them. */
  readonly bytes: (length: number, keep?: number) => Uint8Array | undefined;
  /** A line without its end, of long ones the first 64 KB; undefined when none ends within 256 MB. */
  readonly line: () => Uint8Array | undefined;
  readonly seek: (offset: number) => void;
}

const windowSize = 1 << 18;
const keptLine = 1 << 16;
const longestLine = 1 << 28;

export function createReader(source: ByteSource, start = 0): Reader {
  let window = source.read(start, windowSize);
  let base = start;
  let next = 0;
  const fill = (): boolean => {
    base += next;
    window = source.read(base, windowSize);
    next = 0;
    return window.length > 0;
  };
  return {
    at: () => base + next,
    left: () => Math.max(0, source.size - base - next),
    byte: () => (next < window.length || fill() ? window[next++]! : -1),
    bytes: (length, keep = length) => {
      if (length > source.size - base - next) return undefined;
      const wanted = Math.min(length, keep);
      const out = next + wanted <= window.length ? window.subarray(next, next + wanted) : source.read(base + next, wanted);
      if (out.length < wanted) return undefined;
      next += length;
      return out;
    },
    line: () => {
      if (next >= window.length && !fill()) return undefined;
      let end = window.indexOf(10, next);
      if (end < 0) {
        if (!fill()) return undefined;
        end = window.indexOf(10, next);
      }
      if (end >= 0) {
        const out = window.subarray(next, Math.min(end, next + keptLine));
        next = end + 1;
        return out;
      }
      // Protocol 0 writes arrays as one line of text.
      const out = window.slice(0, keptLine);
      for (let passed = 0; end < 0 && passed < longestLine; passed += windowSize) {
        next = window.length;
        if (!fill()) return undefined;
        end = window.indexOf(10);
      }
      if (end < 0) return undefined;
      next = end + 1;
      return out;
    },
    seek: (offset) => {
      base = offset;
      next = 0;
      window = source.read(base, windowSize);
    },
  };
}
