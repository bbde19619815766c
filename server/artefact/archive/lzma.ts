import { u64 } from '../source.ts';
import { createOutput, type Output, type Unpacked } from './inflate.ts';

const full = 1 << 11;

/** The range decoder over bits whose odds it learns. After the input's end it reads zeros and says so. */
class RangeDecoder {
  private range = 0xffffffff;
  private code = 0;
  ended = false;
  readonly input: Uint8Array;
  at: number;

  constructor(input: Uint8Array, at: number) {
    this.input = input;
    this.at = at + 1;
    for (let count = 0; count < 4; count++) this.code = ((this.code << 8) | this.next()) >>> 0;
  }

  private next(): number {
    const byte = this.input[this.at++];
    if (byte === undefined) this.ended = true;
    return byte ?? 0;
  }

  private normalize(): void {
    if (this.range < 0x1000000) {
      this.range = (this.range << 8) >>> 0;
      this.code = ((this.code << 8) | this.next()) >>> 0;
    }
  }

  bit(odds: Uint16Array, at: number): number {
    const own = odds[at]!;
    const bound = (this.range >>> 11) * own;
    let bit: number;
    if (this.code < bound) {
      this.range = bound;
      odds[at] = own + ((full - own) >> 5);
      bit = 0;
    } else {
      this.range = (this.range - bound) >>> 0;
      this.code = (this.code - bound) >>> 0;
      odds[at] = own - (own >> 5);
      bit = 1;
    }
    this.normalize();
    return bit;
  }

  direct(count: number): number {
    let out = 0;
    for (let left = count; left > 0; left--) {
      this.range >>>= 1;
      const bit = this.code >= this.range ? 1 : 0;
      if (bit) this.code = (this.code - this.range) >>> 0;
      out = out * 2 + bit;
      this.normalize();
    }
    return out;
  }

  tree(odds: Uint16Array, start: number, bits: number): number {
    let node = 1;
    for (let count = 0; count < bits; count++) node = (node << 1) | this.bit(odds, start + node);
    return node - (1 << bits);
  }

  reversed(odds: Uint16Array, start: number, bits: number): number {
    let node = 1;
    let out = 0;
    for (let count = 0; count < bits; count++) {
      const bit = this.bit(odds, start + node);
      node = (node << 1) | bit;
      out |= bit << count;
    }
    return out;
  }
}

const odds = (count: number): Uint16Array => new Uint16Array(count).fill(full >> 1);

interface LengthOdds {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

const lengthOdds = (): LengthOdds => ({ choice: odds(2), low: odds(16 << 3), middle: odds(16 << 3), high: odds(256) });

function lengthFrom(decoder: RangeDecoder, own: LengthOdds, position: number): number {
  if (decoder.bit(own.choice, 0) === 0) return 2 + decoder.tree(own.low, position << 3, 3);
  if (decoder.bit(own.choice, 1) === 0) return 10 + decoder.tree(own.middle, position << 3, 3);
  return 18 + decoder.tree(own.high, 0, 8);
}

/** The state of an LZMA decoder, which LZMA2 keeps from chunk to chunk. Format: the LZMA SDK's lzma-specification.txt. */
interface Model {
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
  readonly literal: Uint16Array;
  readonly match: Uint16Array;
  readonly repeat: Uint16Array;
  readonly repeat0: Uint16Array;
  readonly repeat1: Uint16Array;
  readonly repeat2: Uint16Array;
  readonly repeat0Long: Uint16Array;
  readonly slot: Uint16Array;
  readonly special: Uint16Array;
  readonly align: Uint16Array;
  readonly lengths: LengthOdds;
  readonly repeatLengths: LengthOdds;
  state: number;
  readonly distances: number[];
}

function modelOf(properties: number): Model | undefined {
  if (properties >= 225) return undefined;
  const lc = properties % 9;
  const lp = Math.floor(properties / 9) % 5;
  const pb = Math.floor(properties / 45);
  return {
    lc, lp, pb, literal: odds(0x300 << (lc + lp)), match: odds(12 << 4), repeat: odds(12), repeat0: odds(12), repeat1: odds(12), repeat2: odds(12), repeat0Long: odds(12 << 4),
    slot: odds(4 << 6), special: odds(128), align: odds(16), lengths: lengthOdds(), repeatLengths: lengthOdds(), state: 0, distances: [0, 0, 0, 0],
  };
}

/** Decodes until `size` bytes are out, the end marker stands, or the data ends. */
function decode(decoder: RangeDecoder, model: Model, out: Output, size: number): boolean {
  const end = out.size() + size;
  const { lc, lp, pb, distances } = model;
  while (out.size() < end) {
    if (decoder.ended) return false;
    const position = out.size() & ((1 << pb) - 1);
    const { state } = model;
    if (decoder.bit(model.match, (state << 4) + position) === 0) {
      const before = out.size() > 0 ? out.last(1) : 0;
      const start = 0x300 * (((out.size() & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        let matched = out.last(distances[0]! + 1);
        while (symbol < 0x100) {
          const matchBit = (matched >> 7) & 1;
          matched <<= 1;
          const bit = decoder.bit(model.literal, start + ((1 + matchBit) << 8) + symbol);
          symbol = (symbol << 1) | bit;
          if (matchBit !== bit) break;
        }
      }
      while (symbol < 0x100) symbol = (symbol << 1) | decoder.bit(model.literal, start + symbol);
      if (!out.push(symbol & 0xff)) return false;
      model.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let length: number;
    if (decoder.bit(model.repeat, state) === 1) {
      if (decoder.bit(model.repeat0, state) === 0) {
        if (decoder.bit(model.repeat0Long, (state << 4) + position) === 0) {
          model.state = state < 7 ? 9 : 11;
          if (!out.copy(distances[0]! + 1, 1)) return false;
          continue;
        }
      } else {
        const index = decoder.bit(model.repeat1, state) === 0 ? 1 : decoder.bit(model.repeat2, state) === 0 ? 2 : 3;
        distances.unshift(distances.splice(index, 1)[0]!);
      }
      length = lengthFrom(decoder, model.repeatLengths, position);
      model.state = state < 7 ? 8 : 11;
    } else {
      length = lengthFrom(decoder, model.lengths, position);
      model.state = state < 7 ? 7 : 10;
      const slot = decoder.tree(model.slot, Math.min(length - 2, 3) << 6, 6);
      let distance = slot;
      if (slot >= 4) {
        const direct = (slot >> 1) - 1;
        distance = (2 | (slot & 1)) * 2 ** direct;
        if (slot < 14) distance += decoder.reversed(model.special, distance - slot, direct);
        else distance += decoder.direct(direct - 4) * 16 + decoder.reversed(model.align, 0, 4);
      }
      distances.unshift(distance);
      distances.pop();
      if (distance === 0xffffffff) return true;
    }
    if (!out.copy(distances[0]! + 1, Math.min(length, end - out.size()))) return false;
  }
  return true;
}

/** One raw LZMA stream with its five bytes of properties given apart, as 7z keeps them. */
export function unlzmaRaw(input: Uint8Array, properties: number, size: number, limit: number): Unpacked {
  const out = createOutput(Math.min(limit, size));
  const model = modelOf(properties);
  const decoder = new RangeDecoder(input, 0);
  const complete = model !== undefined && decode(decoder, model, out, size);
  return { bytes: out.bytes(), complete, cut: out.full(), used: decoder.at };
}

/** A `.lzma` file: properties, dictionary size, length (all ones when an end marker stands), data. */
export function unlzma(input: Uint8Array, limit: number): Unpacked {
  const size = u64(input, 5);
  const out = createOutput(limit);
  const model = modelOf(input[0] ?? 255);
  const decoder = new RangeDecoder(input, 13);
  const complete = model !== undefined && decode(decoder, model, out, size >= 2 ** 63 ? limit + 1 : size);
  return { bytes: out.bytes(), complete, cut: out.full(), used: decoder.at };
}

/** LZMA2 chunks up to their end mark; gives where they end. */
export function unlzma2(input: Uint8Array, start: number, out: Output): { readonly complete: boolean; readonly end: number } {
  let at = start;
  let model: Model | undefined;
  for (;;) {
    const control = input[at];
    if (control === undefined) return { complete: false, end: at };
    if (control === 0) return { complete: true, end: at + 1 };
    if (control < 0x80) {
      const size = ((input[at + 1] ?? 0) << 8) + (input[at + 2] ?? 0) + 1;
      if (control > 2 || !out.append(input.subarray(at + 3, at + 3 + size)) || at + 3 + size > input.length) return { complete: false, end: at };
      at += 3 + size;
      continue;
    }
    const size = ((control & 0x1f) << 16) + ((input[at + 1] ?? 0) << 8) + (input[at + 2] ?? 0) + 1;
    const packed = ((input[at + 3] ?? 0) << 8) + (input[at + 4] ?? 0) + 1;
    const reset = (control >> 5) & 3;
    let data = at + 5;
    if (reset >= 2) model = modelOf(input[data++] ?? 255);
    else if (reset === 1 && model) model = modelOf((model.pb * 5 + model.lp) * 9 + model.lc);
    if (!model || !decode(new RangeDecoder(input, data), model, out, size)) return { complete: false, end: at };
    at = data + packed;
  }
}

/** xz streams (xz-file-format.txt): blocks of LZMA2, other filters are left alone. */
export function unxz(input: Uint8Array, limit: number): Unpacked {
  const out = createOutput(limit);
  const check = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64][(input[7] ?? 0) & 15]!;
  let at = 12;
  for (;;) {
    const header = input[at];
    if (header === undefined || header === 0) return { bytes: out.bytes(), complete: header === 0, cut: out.full(), used: at };
    const data = at + (header + 1) * 4;
    const block = unlzma2(input, data, out);
    if (!block.complete) return { bytes: out.bytes(), complete: false, cut: out.full(), used: block.end };
    const length = block.end - data;
    at = data + Math.ceil(length / 4) * 4 + check;
  }
}
