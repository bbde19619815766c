import { startsWith, u32, u64, utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { codeInTemplate } from './template.ts';

const widths: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const text = 8;
const list = 9;
const mostEntries = 100_000;
const mostTensors = 200_000;

export function isGguf(head: Uint8Array): boolean {
  return startsWith(head, [0x47, 0x47, 0x55, 0x46]) || startsWith(head, [0x46, 0x55, 0x47, 0x47]);
}

/** GGUF (ggml's docs/gguf.md): metadata and tensor infos with counts and lengths that loaders written in C trust. */
export function inspectGguf(source: ByteSource, inspection: Inspection): void {
  inspection.format('gguf');
  const bad = (what: string): void => inspection.issue('malformed', what);
  let at = 4;
  const need = (length: number): boolean => at + length <= source.size;
  const version = u32(source.read(4, 4), 0);
  if (version > 0xffff) return inspection.note('skipped: a big-endian file');
  const wide = version >= 2;
  at = 8;
  const size = (): number => {
    const bytes = source.read(at, 8);
    at += wide ? 8 : 4;
    return bytes.length < (wide ? 8 : 4) ? Number.NaN : wide ? u64(bytes, 0) : u32(bytes, 0);
  };
  const tensors = size();
  const entries = size();
  if (!(tensors >= 0) || !(entries >= 0)) return bad('ends within its header');
  if (tensors * 24 > source.size) return bad(`counts ${tensors} tensors, more than the file can hold`);
  if (entries * 12 > source.size) return bad(`counts ${entries} metadata entries, more than the file can hold`);
  const string = (): string | undefined => {
    const length = size();
    if (!(length <= source.size - at)) return undefined;
    const value = utf8(source.read(at, Math.min(length, 4_000_000)));
    at += length;
    return value;
  };
  let alignment = 32;
  const skipValue = (type: number, depth: number): boolean => {
    const width = widths[type];
    if (width !== undefined) {
      at += width;
      return at <= source.size;
    }
    if (type === text) return string() !== undefined;
    if (type !== list || depth > 4) return false;
    const inner = u32(source.read(at, 4), 0);
    at += 4;
    const count = size();
    const own = widths[inner];
    if (own !== undefined) {
      if (!(count * own <= source.size - at)) return false;
      at += count * own;
      return true;
    }
    if (!(count * 4 <= source.size - at)) return false;
    for (let index = 0; index < count; index++) {
      if (--inspection.budget.steps < 0) return false;
      if (inner === text ? !skipText() : !skipValue(inner, depth + 1)) return false;
    }
    return true;
  };
  const skipText = (): boolean => {
    const length = size();
    if (!(length <= source.size - at)) return false;
    at += length;
    return true;
  };
  const seen = new Set<string>();
  for (let index = 0; index < entries; index++) {
    if (index >= mostEntries) return inspection.note('skipped: metadata beyond the first 100000 entries');
    const key = string();
    if (key === undefined || !need(4)) return bad('has a metadata key that is longer than the file');
    if (seen.has(key)) bad(`has the metadata ${shown(key)} twice`);
    seen.add(key);
    const type = u32(source.read(at, 4), 0);
    at += 4;
    if (type > 12) return bad(`gives the metadata ${shown(key)} the type ${type}, which there is not`);
    if (type === text) {
      const value = string();
      if (value === undefined) return bad(`gives the metadata ${shown(key)} more text than the file has`);
      inspection.metadata(key, value);
      const code = /template|prompt/i.test(key) || value.includes('{{') || value.includes('{%') ? codeInTemplate(value) : undefined;
      if (code !== undefined) inspection.issue('dangerous', `has a chat template (${shown(key)}) that ${code}`);
      else if (/^\s*(?:import os\b|__import__\(|exec\(|eval\()|\bos\.system\(|\bsubprocess\.(?:Popen|run|call)\(/.test(value)) inspection.issue('dangerous', `has code in its metadata (${shown(key)})`);
    } else {
      const shownValue = scalar(type, source.read(at, 8));
      if (shownValue !== undefined) inspection.metadata(key, shownValue);
      if (key === 'general.alignment' && type === 4) alignment = u32(source.read(at, 4), 0);
      if (!skipValue(type, 0)) return bad(`gives the metadata ${shown(key)} more values than the file has`);
    }
  }
  if (alignment === 0 || (alignment & (alignment - 1)) !== 0) bad(`gives ${alignment} as its alignment, which is no power of two`);
  tensorInfos(tensors);

  function tensorInfos(count: number): void {
    const offsets: number[] = [];
    for (let index = 0; index < Math.min(count, mostTensors); index++) {
      const name = string();
      const dimensions = name === undefined || !need(4) ? Number.NaN : u32(source.read(at, 4), 0);
      at += 4;
      if (name === undefined || !(dimensions <= 4)) return bad(`describes tensor ${index + 1} with a length or dimensions that cannot be`);
      let values = 1;
      const shape: number[] = [];
      for (let one = 0; one < dimensions; one++) shape.push(size());
      values = shape.reduce((product, one) => product * one, 1);
      if (!(values < Number.MAX_SAFE_INTEGER)) return bad(`gives the tensor ${shown(name)} more values than can be counted`);
      const rest = source.read(at, 12);
      at += 12;
      if (rest.length < 12) return bad('ends within the descriptions of its tensors');
      offsets.push(u64(rest, 4));
      inspection.tensor(name, types[u32(rest, 0)] ?? `type ${u32(rest, 0)}`, shape);
    }
    inspection.tensors(count);
    const data = Math.ceil(at / Math.max(1, alignment)) * Math.max(1, alignment);
    if (offsets.some((one) => one > 0 && data + one > source.size)) bad('places a tensor outside of the file');
    if (new Set(offsets).size < offsets.length) bad('lets tensors overlap');
  }
}

/** Names of ggml's types by their numbers, from ggml.h. */
const types: Readonly<Record<number, string>> = { 0: 'F32', 1: 'F16', 2: 'Q4_0', 3: 'Q4_1', 6: 'Q5_0', 7: 'Q5_1', 8: 'Q8_0', 9: 'Q8_1', 10: 'Q2_K', 11: 'Q3_K', 12: 'Q4_K', 13: 'Q5_K', 14: 'Q6_K', 15: 'Q8_K', 24: 'I8', 25: 'I16', 26: 'I32', 27: 'I64', 28: 'F64', 30: 'BF16' };

/** A number or truth value of the metadata as text. */
function scalar(type: number, bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < (widths[type] ?? 9)) return undefined;
  if (type === 7) return String(bytes[0] !== 0);
  if (type === 6) return String(Number(view.getFloat32(0, true).toPrecision(7)));
  if (type === 12) return String(view.getFloat64(0, true));
  if (type === 4) return String(view.getUint32(0, true));
  if (type === 5) return String(view.getInt32(0, true));
  if (type === 2) return String(view.getUint16(0, true));
  if (type === 3) return String(view.getInt16(0, true));
  return type === 0 ? String(bytes[0]) : type === 10 ? String(view.getBigUint64(0, true)) : type === 11 ? String(view.getBigInt64(0, true)) : type === 1 ? String(view.getInt8(0)) : undefined;
}

function shown(name: string): string {
  return name.replace(/[\u0000-\u001f]/g, '·').slice(0, 60);
}
