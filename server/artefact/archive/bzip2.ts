import { createOutput, type Unpacked } from './inflate.ts';

const blockMagic = [0x314159, 0x265359] as const;

interface BitReader {
  readonly read: (count: number) => number;
  readonly at: () => number;
  readonly align: () => void;
}

function bitReader(input: Uint8Array): BitReader {
  let at = 0;
  let hold = 0;
  let held = 0;
  return {
    at: () => at,
    align: () => { held = 0; hold = 0; },
    read: (count) => {
      let out = 0;
      let wanted = count;
      while (wanted > 0) {
        if (held === 0) {
          if (at >= input.length) return -1;
          hold = input[at++]!;
          held = 8;
        }
        const take = Math.min(wanted, held);
        out = out * 2 ** take + ((hold >> (held - take)) & ((1 << take) - 1));
        held -= take;
        wanted -= take;
      }
      return out;
    },
  };
}

/** bzip2 streams, one after another, as far as they go. Format: as described in Julian Seward's bzip2 and its reverse-engineered specification by Joe Tsai. */
export function bunzip2(input: Uint8Array, limit: number): Unpacked {
  const out = createOutput(limit);
  const bits = bitReader(input);
  const done = (complete: boolean): Unpacked => ({ bytes: out.bytes(), complete, cut: out.full(), used: bits.at() });
  let first = true;
  for (;;) {
    if (bits.read(24) !== 0x425a68) return done(!first);
    const level = bits.read(8) - 0x30;
    if (level < 1 || level > 9) return done(false);
    first = false;
    for (;;) {
      const high = bits.read(24);
      const low = bits.read(24);
      if (high === 0x177245 && low === 0x385090) {
        bits.read(32);
        bits.align();
        break;
      }
      if (high !== blockMagic[0] || low !== blockMagic[1]) return done(false);
      bits.read(32);
      const block = readBlock(bits, level * 100_000);
      if (!block || !out.append(block)) return done(false);
    }
  }
}

interface Codes {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly order: Uint16Array;
  readonly shortest: number;
}

function codesOf(lengths: readonly number[]): Codes {
  const limit = new Int32Array(22).fill(-1);
  const base = new Int32Array(22);
  const sorted = lengths.map((length, symbol) => ({ length, symbol })).sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 20; length++) {
    code <<= 1;
    base[length] = index - code;
    while (index < sorted.length && sorted[index]!.length === length) {
      code++;
      index++;
    }
    limit[length] = code - 1;
  }
  return { limit, base, order: Uint16Array.from(sorted, (one) => one.symbol), shortest: sorted[0]?.length ?? 1 };
}

function readBlock(bits: BitReader, size: number): Uint8Array | undefined {
  if (bits.read(1) !== 0) return undefined;
  const origin = bits.read(24);
  const alphabet = usedBytes(bits);
  const groups = bits.read(3);
  const selectorCount = bits.read(15);
  if (alphabet.length === 0 || groups < 2 || groups > 6 || selectorCount < 1) return undefined;
  const front = [0, 1, 2, 3, 4, 5].slice(0, groups);
  const selectors = new Uint8Array(selectorCount);
  for (let at = 0; at < selectorCount; at++) {
    let rank = 0;
    for (let bit = bits.read(1); bit !== 0; bit = bits.read(1)) if (bit < 0 || ++rank >= groups) return undefined;
    const chosen = front.splice(rank, 1)[0]!;
    front.unshift(chosen);
    selectors[at] = chosen;
  }
  const tables: Codes[] = [];
  for (let group = 0; group < groups; group++) {
    const lengths: number[] = [];
    let length = bits.read(5);
    for (let symbol = 0; symbol < alphabet.length + 2; symbol++) {
      for (;;) {
        if (length < 1 || length > 20) return undefined;
        const more = bits.read(1);
        if (more < 0) return undefined;
        if (more === 0) break;
        length += bits.read(1) === 0 ? 1 : -1;
      }
      lengths.push(length);
    }
    tables.push(codesOf(lengths));
  }
  const text = moveToFront(bits, alphabet, tables, selectors, size);
  return text && origin < text.length ? undoRuns(untransform(text, origin)) : undefined;
}

function usedBytes(bits: BitReader): number[] {
  const ranges = bits.read(16);
  const out: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (!(ranges & (0x8000 >> range))) continue;
    const map = bits.read(16);
    for (let one = 0; one < 16; one++) if (map & (0x8000 >> one)) out.push(range * 16 + one);
  }
  return out;
}

/** Huffman codes, zero runs and the move-to-front list; gives the last column of the sorted rotations. */
function moveToFront(bits: BitReader, alphabet: number[], tables: readonly Codes[], selectors: Uint8Array, size: number): Uint8Array | undefined {
  const out = new Uint8Array(size);
  const end = alphabet.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; group < selectors.length; group++) {
    const { limit, base, order, shortest } = tables[selectors[group]!]!;
    for (let count = 0; count < 50; count++) {
      let width = shortest;
      let code = bits.read(width);
      while (code >= 0 && width <= 20 && code > limit[width]!) {
        const bit = bits.read(1);
        if (bit < 0) return undefined;
        code = code * 2 + bit;
        width++;
      }
      if (code < 0 || width > 20) return undefined;
      const symbol = order[code + base[width]!];
      if (symbol === undefined) return undefined;
      if (symbol < 2) {
        run += weight << symbol;
        weight <<= 1;
        if (run > size) return undefined;
        continue;
      }
      if (run > 0) {
        if (length + run > size) return undefined;
        out.fill(alphabet[0]!, length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return out.subarray(0, length);
      if (length >= size) return undefined;
      const value = alphabet.splice(symbol - 1, 1)[0]!;
      alphabet.unshift(value);
      out[length++] = value;
    }
  }
  return undefined;
}

/** The inverse of the Burrows-Wheeler transform. */
function untransform(last: Uint8Array, origin: number): Uint8Array {
  const counts = new Uint32Array(257);
  for (const byte of last) counts[byte + 1]!++;
  for (let at = 1; at < 257; at++) counts[at]! += counts[at - 1]!;
  const next = new Uint32Array(last.length);
  for (let at = 0; at < last.length; at++) next[counts[last[at]!]!++] = at;
  const out = new Uint8Array(last.length);
  let at = next[origin]!;
  for (let index = 0; index < last.length; index++) {
    out[index] = last[at]!;
    at = next[at]!;
  }
  return out;
}

/** Four equal bytes are followed by how many more there are. */
function undoRuns(text: Uint8Array): Uint8Array {
  const out = createOutput(text.length * 52 + 260);
  let same = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!;
    if (same === 4) {
      for (let count = 0; count < byte; count++) out.push(text[at - 1]!);
      same = 0;
      continue;
    }
    same = at > 0 && same > 0 && text[at - 1] === byte ? same + 1 : 1;
    out.push(byte);
  }
  return out.bytes();
}
