import { latin1, sectionOf, type ByteSource } from '../source.ts';

export interface TarEntry {
  readonly name: string;
  readonly data: ByteSource;
  /** Where a link points. */
  readonly link?: string;
}

const blockSize = 512;
const mostEntries = 20_000;

/** Whether a block is a tar header, by its checksum, which every reader asks. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= blockSize && head[0] !== 0 && checksumFits(head);
}

function checksumFits(block: Uint8Array): boolean {
  const given = octal(block, 148, 8);
  if (given === undefined) return false;
  let sum = 0;
  for (let at = 0; at < blockSize; at++) sum += at >= 148 && at < 156 ? 32 : block[at]!;
  return sum === given;
}

/** Members of a tar archive, old, ustar, GNU and pax; sizes and names as the headers give them. */
export function listTar(source: ByteSource): readonly TarEntry[] {
  const out: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + blockSize <= source.size && out.length < mostEntries;) {
    const block = source.read(at, blockSize);
    if (block[0] === 0 || !checksumFits(block)) break;
    const size = octal(block, 124, 12) ?? 0;
    const type = String.fromCharCode(block[156]!);
    const data = sectionOf(source, at + blockSize, size);
    if (type === 'L') longName = field(data.read(0, 4096), 0, 4096);
    else if (type === 'x' || type === 'g') longName = /\d+ path=([^\n]*)\n/.exec(latin1(data.read(0, 65_536)))?.[1] ?? longName;
    else {
      const prefix = latin1(block.subarray(257, 262)) === 'ustar' ? field(block, 345, 155) : '';
      const name = longName ?? (prefix === '' ? field(block, 0, 100) : `${prefix}/${field(block, 0, 100)}`);
      longName = undefined;
      if (type === '1' || type === '2') out.push({ name, data, link: field(block, 157, 100) });
      else if (type !== '5') out.push({ name, data });
    }
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
  }
  return out;
}

function field(block: Uint8Array, start: number, length: number): string {
  const text = latin1(block.subarray(start, start + length));
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).replace(/[\u0000-\u001f\u007f]/g, '·');
}

function octal(block: Uint8Array, start: number, length: number): number | undefined {
  if (block[start]! & 0x80) {
    let value = 0;
    for (let at = start + 1; at < start + length; at++) value = value * 256 + block[at]!;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = field(block, start, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}
