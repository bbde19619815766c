import type { ByteSource } from './source.ts';

/** One field of a protobuf message: a number, or a range of bytes that may be a text, bytes or a message. */
export type ProtoField =
  | { readonly number: number; readonly value: number }
  | { readonly number: number; readonly start: number; readonly length: number };

const mostVarint = 10;

/**
 * The fields of the message that lies in [start, end); stops where the bytes are no message, and tells so. Values are read, contents are
 * not, so that a tensor of gigabytes costs its header. Wire format: protobuf.dev/programming-guides/encoding.
 */
export function* fieldsOf(source: ByteSource, start: number, end: number): Generator<ProtoField, boolean> {
  let window = source.read(start, 4096);
  let base = start;
  const byteAt = (at: number): number => {
    if (at < base || at >= base + window.length) {
      base = at;
      window = source.read(at, 4096);
    }
    return window[at - base] ?? -1;
  };
  let at = start;
  const varint = (): number | undefined => {
    let value = 0;
    for (let count = 0, scale = 1; count < mostVarint; count++, scale *= 128) {
      const byte = at < end ? byteAt(at) : -1;
      if (byte < 0) return undefined;
      at++;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < end) {
    const tag = varint();
    if (tag === undefined) return false;
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0) return false;
    if (wire === 0) {
      const value = varint();
      if (value === undefined) return false;
      yield { number, value };
    } else if (wire === 2) {
      const length = varint();
      if (length === undefined || at + length > end) return false;
      yield { number, start: at, length };
      at += length;
    } else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
    else return false;
    if (at > end) return false;
  }
  return true;
}

/** True when the bytes are one message whose fields have only these numbers. */
export function isMessage(source: ByteSource, start: number, end: number, numbers: ReadonlySet<number>, most = 64): boolean {
  const fields = fieldsOf(source, start, end);
  for (let count = 0; count < most; count++) {
    const next = fields.next();
    if (next.done) return next.value && count > 0;
    if (!numbers.has(next.value.number)) return false;
  }
  return true;
}
