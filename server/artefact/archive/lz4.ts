import { startsWith, u32 } from '../source.ts';
import { createOutput, type Output, type Unpacked } from './inflate.ts';

export const lz4Signature = [0x04, 0x22, 0x4d, 0x18];

/** LZ4 frames (lz4_Frame_format.md) without their checksums. */
export function unlz4(input: Uint8Array, limit: number): Unpacked {
  const out = createOutput(limit);
  let at = 0;
  const done = (complete: boolean): Unpacked => ({ bytes: out.bytes(), complete, cut: out.full(), used: at });
  while (startsWith(input, lz4Signature, at)) {
    const flags = input[at + 4] ?? 0;
    at += 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
    for (;;) {
      if (at + 4 > input.length) return done(false);
      const word = u32(input, at);
      at += 4;
      if (word === 0) break;
      const length = word & 0x7fffffff;
      const block = input.subarray(at, at + length);
      if (!(word >>> 31 ? out.append(block) : unblock(block, out)) || block.length < length) return done(false);
      at += length + (flags & 16 ? 4 : 0);
    }
    if (flags & 4) at += 4;
  }
  return done(at > 0);
}

function unblock(block: Uint8Array, out: Output): boolean {
  let at = 0;
  const long = (start: number): number => {
    let length = start;
    if (start === 15) {
      for (;;) {
        const more = block[at++];
        if (more === undefined) return -1;
        length += more;
        if (more < 255) break;
      }
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = long(token >> 4);
    if (literals < 0 || at + literals > block.length || !out.append(block.subarray(at, at + literals))) return false;
    at += literals;
    if (at >= block.length) return true;
    const distance = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const length = long(token & 15);
    if (length < 0 || !out.copy(distance, length + 4)) return false;
  }
  return true;
}
