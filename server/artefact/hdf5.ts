import { startsWith, utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { listHdf5 } from './hdf5-tree.ts';
import { inspectKerasConfig } from './keras.ts';

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes read while looking for the configuration; weights lie in large contiguous blocks and are stepped over quickly. */
const step = 1 << 20;
const mostScanned = 2_000_000_000;
const longestConfig = 64_000_000;
/** Bytes read in all while looking for the ends of texts: a file of braces alone would be read again for each. */
const mostRead = 128_000_000;

/** HDF5 begins at 0 or at a power of two from 512 on, behind a user block. */
export function isHdf5(_: ByteSource, head: Uint8Array): boolean {
  if (startsWith(head, signature)) return true;
  for (const at of [512, 1024, 2048]) if (startsWith(head, signature, at)) return true;
  return false;
}

/**
 * Keras keeps a model's description as JSON in an attribute of an HDF5 file. An attribute lies whole in an object header, a dense
 * attribute heap or a global heap, in every version of the format, so the text is looked for where it stands rather than through the
 * trees that lead to it, which a hostile file can break; the trees are walked only to list what the file holds.
 */
export function inspectHdf5(source: ByteSource, inspection: Inspection): void {
  inspection.format('hdf5');
  inspectConfigsIn(source, inspection);
  listHdf5(source, inspection);
}

/** The layers of a Keras model that was saved for TensorFlow: JSON texts in the fields of a protobuf message. */
export function inspectKerasMetadata(source: ByteSource, inspection: Inspection): void {
  inspection.format('keras metadata');
  inspectConfigsIn(source, inspection);
}

function inspectConfigsIn(source: ByteSource, inspection: Inspection): void {
  const budget = { bytes: mostRead };
  let keras = false;
  let from = 0;
  const overlap = 64;
  for (let at = 0; at < source.size; at += step) {
    if (at > mostScanned) {
      inspection.note('skipped: what lies beyond the first 2 GB');
      break;
    }
    const bytes = source.read(at, step + overlap);
    for (let index = bytes.indexOf(0x7b); index >= 0; index = bytes.indexOf(0x7b, index + 1)) {
      if (at + index < from || !opensObject(bytes, index)) continue;
      const text = budget.bytes > 0 ? jsonAt(source, at + index, budget) : undefined;
      if (text === undefined) continue;
      from = at + index + text.length;
      const config = text.includes('class_name') || text.includes('__lambda__') ? parse(text) : undefined;
      if (config === undefined) continue;
      if (!keras) inspection.format('keras');
      keras = true;
      inspectKerasConfig(config, inspection);
    }
  }
  if (budget.bytes <= 0) inspection.note('skipped: texts beyond the first 128 MB of what looks like configuration');
}

/** A brace and a key's quote, with white space between. */
function opensObject(bytes: Uint8Array, at: number): boolean {
  let next = at + 1;
  while (bytes[next] === 0x20 || bytes[next] === 0x0a || bytes[next] === 0x0d || bytes[next] === 0x09) next++;
  return bytes[next] === 0x22;
}

/** The JSON object that begins here, found by its braces; attributes are terminated or padded by zeros. */
function jsonAt(source: ByteSource, start: number, budget: { bytes: number }): string | undefined {
  let depth = 0;
  let inText = false;
  let skip = false;
  for (let at = start; at < Math.min(source.size, start + longestConfig); at += step) {
    const bytes = source.read(at, step);
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index]!;
      if (byte === 0 || --budget.bytes < 0) return undefined;
      if (skip) skip = false;
      else if (inText) { if (byte === 0x5c) skip = true; else if (byte === 0x22) inText = false; }
      else if (byte === 0x22) inText = true;
      else if (byte === 0x7b) depth++;
      else if (byte === 0x7d && --depth === 0) return utf8(source.read(start, at + index + 1 - start));
    }
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
