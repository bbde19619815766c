/** What came out of a compressed stream: whole, cut at the limit, or up to where the data stops making sense. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  /** The stream ended as it should. */
  readonly complete: boolean;
  /** Output was cut because it reached the limit. */
  readonly cut: boolean;
  /** Input bytes that were used. */
  readonly used: number;
}

/** Output that grows as needed up to a limit, with copies from what it already holds. */
export interface Output {
  readonly push: (byte: number) => boolean;
  readonly append: (bytes: Uint8Array) => boolean;
  /** Repeats what stands `distance` back; false when nothing stands there or the limit is reached. */
  readonly copy: (distance: number, length: number) => boolean;
  readonly size: () => number;
  readonly last: (distance: number) => number;
  readonly full: () => boolean;
  readonly bytes: () => Uint8Array;
}

export function createOutput(limit: number): Output {
  let buffer = new Uint8Array(Math.min(limit, 1 << 16));
  let size = 0;
  let full = false;
  const room = (more: number): boolean => {
    if (size + more > limit) {
      full = true;
      return false;
    }
    if (size + more > buffer.length) {
      const grown = new Uint8Array(Math.min(limit, Math.max(buffer.length * 2, size + more)));
      grown.set(buffer.subarray(0, size));
      buffer = grown;
    }
    return true;
  };
  return {
    push: (byte) => {
      if (size >= buffer.length && !room(1)) return false;
      buffer[size++] = byte;
      return true;
    },
    append: (bytes) => {
      const fits = room(bytes.length);
      const part = fits ? bytes : bytes.subarray(0, Math.max(0, limit - size));
      if (!fits && !room(part.length)) return false;
      buffer.set(part, size);
      size += part.length;
      if (!fits) full = true;
      return fits;
    },
    copy: (distance, length) => {
      if (distance <= 0 || distance > size || !room(length)) return false;
      if (distance >= length) buffer.copyWithin(size, size - distance, size - distance + length);
      else for (let at = 0; at < length; at++) buffer[size + at] = buffer[size + at - distance]!;
      size += length;
      return true;
    },
    size: () => size,
    last: (distance) => buffer[size - distance] ?? 0,
    full: () => full,
    bytes: () => buffer.subarray(0, size),
  };
}

interface Tree {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  /** Symbol and length of each code of up to `fast` bits, by the bits as they come; 0 for longer ones. */
  readonly quick: Uint16Array;
}

const fast = 9;

function treeOf(lengths: readonly number[]): Tree {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let at = 1; at < 15; at++) offsets[at + 1] = offsets[at]! + counts[at]!;
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => { if (length > 0) symbols[offsets[length]!++] = symbol; });
  return { counts, symbols, quick: quickOf(counts, symbols) };
}

function quickOf(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const quick = new Uint16Array(1 << fast);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= fast; length++) {
    for (let count = counts[length]!; count > 0; count--, index++, code++) {
      let reversed = 0;
      for (let bit = 0; bit < length; bit++) if (code & (1 << bit)) reversed |= 1 << (length - 1 - bit);
      for (let at = reversed; at < 1 << fast; at += 1 << length) quick[at] = (symbols[index]! << 4) | length;
    }
    code <<= 1;
  }
  return quick;
}

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const fixedLengths = treeOf([...Array<number>(144).fill(8), ...Array<number>(112).fill(9), ...Array<number>(24).fill(7), ...Array<number>(8).fill(8)]);
const fixedDistances = treeOf(Array<number>(30).fill(5));

/**
 * DEFLATE (RFC 1951). Of its own because what matters here is the beginning of broken, truncated and endless streams, which
 * libraries answer with an exception in place of the bytes before it.
 */
export function inflate(input: Uint8Array, limit: number): Unpacked {
  const out = createOutput(limit);
  let at = 0;
  let hold = 0;
  let held = 0;
  const bits = (count: number): number => {
    while (held < count) {
      if (at >= input.length) return -1;
      hold |= input[at++]! << held;
      held += 8;
    }
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbol = ({ counts, symbols, quick }: Tree): number => {
    while (held < fast && at < input.length) {
      hold |= input[at++]! << held;
      held += 8;
    }
    const known = quick[hold & ((1 << fast) - 1)]!;
    if (known !== 0 && (known & 15) <= held) {
      hold >>>= known & 15;
      held -= known & 15;
      return known >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      if (held === 0) {
        if (at >= input.length) return -1;
        hold = input[at++]!;
        held = 8;
      }
      code |= hold & 1;
      hold >>>= 1;
      held--;
      const count = counts[length]!;
      if (code - count < first) return symbols[index + (code - first)] ?? -1;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  };
  const result = (complete: boolean): Unpacked => ({ bytes: out.bytes(), complete, cut: out.full(), used: at - (held >> 3) });
  for (;;) {
    const last = bits(1);
    const type = bits(2);
    if (last < 0 || type < 0 || type === 3) return result(false);
    if (type === 0) {
      // Whole bytes that were taken ahead go back.
      at -= held >> 3;
      hold = 0;
      held = 0;
      const length = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
      if (at + 4 > input.length) return result(false);
      at += 4;
      if (!out.append(input.subarray(at, at + length)) || at + length > input.length) return result(false);
      at += length;
    } else {
      let lengths = fixedLengths;
      let distances = fixedDistances;
      if (type === 2) {
        const trees = dynamicTrees(bits, symbol);
        if (!trees) return result(false);
        [lengths, distances] = trees;
      }
      for (;;) {
        const next = symbol(lengths);
        if (next < 0) return result(false);
        if (next === 256) break;
        if (next < 256) {
          if (!out.push(next)) return result(false);
          continue;
        }
        const extra = bits(lengthExtra[next - 257] ?? 0);
        const base = lengthBase[next - 257];
        const far = symbol(distances);
        const farBase = distanceBase[far];
        const farExtra = farBase === undefined ? -1 : bits(distanceExtra[far]!);
        if (base === undefined || extra < 0 || farBase === undefined || farExtra < 0 || !out.copy(farBase + farExtra, base + extra)) return result(false);
      }
    }
    if (last === 1) return result(true);
  }
}

function dynamicTrees(bits: (count: number) => number, symbol: (tree: Tree) => number): readonly [Tree, Tree] | undefined {
  const literals = bits(5) + 257;
  const far = bits(5) + 1;
  const codes = bits(4) + 4;
  if (literals > 286 || far > 30) return undefined;
  const codeLengths = Array<number>(19).fill(0);
  for (let at = 0; at < codes; at++) {
    const length = bits(3);
    if (length < 0) return undefined;
    codeLengths[codeOrder[at]!] = length;
  }
  const tree = treeOf(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + far) {
    const next = symbol(tree);
    if (next < 0) return undefined;
    if (next < 16) lengths.push(next);
    else {
      const repeat = next === 16 ? lengths[lengths.length - 1] : 0;
      const count = next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7);
      if (repeat === undefined || lengths.length + count > literals + far) return undefined;
      for (let at = 0; at < count; at++) lengths.push(repeat);
    }
  }
  return [treeOf(lengths.slice(0, literals)), treeOf(lengths.slice(literals))];
}

/** zlib (RFC 1950) and gzip (RFC 1952) members, one after another, without their checksums. */
export function unzlib(input: Uint8Array, limit: number): Unpacked {
  const inner = inflate(input.subarray(2), limit);
  return { ...inner, used: inner.used + 2 };
}

export function gunzip(input: Uint8Array, limit: number): Unpacked {
  const parts: Uint8Array[] = [];
  let at = 0;
  let left = limit;
  let complete = false;
  let cut = false;
  for (let member = 0; member < 1000 && input[at] === 0x1f && input[at + 1] === 0x8b; member++) {
    const flags = input[at + 3] ?? 0;
    let body = at + 10;
    if (flags & 4) body += 2 + ((input[body] ?? 0) | ((input[body + 1] ?? 0) << 8));
    for (const flag of [8, 16]) if (flags & flag) { const end = input.indexOf(0, body); if (end < 0) break; body = end + 1; }
    if (flags & 2) body += 2;
    const inner = inflate(input.subarray(body), left);
    parts.push(inner.bytes);
    left -= inner.bytes.length;
    complete = inner.complete;
    cut = inner.cut;
    at = body + inner.used + 8;
    if (!complete) break;
  }
  return { bytes: joined(parts), complete, cut, used: at };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
