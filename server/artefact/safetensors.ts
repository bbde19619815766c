import { sectionOf, u64, utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { codeInTemplate } from './template.ts';

const longestHeader = 100_000_000;
const readHeader = 32_000_000;
const bits: Readonly<Record<string, number>> = { BOOL: 8, U8: 8, I8: 8, F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, F4: 4, F6_E2M3: 6, F6_E3M2: 6, I16: 16, U16: 16, F16: 16, BF16: 16, I32: 32, U32: 32, F32: 32, I64: 64, U64: 64, F64: 64, C64: 64 };

export function isSafetensors(head: Uint8Array, size: number, name: string): boolean {
  if (head.length < 9) return false;
  const text = String.fromCharCode(...head.subarray(8, 40));
  if (!/^\s*\{\s*(?:"|\})/.test(text)) return false;
  return /\.safetensors$/i.test(name) || (u64(head, 0) <= size - 8 && u64(head, 0) < longestHeader);
}

/** A file that is named so and has no such header: loaders by name trust the name. A Git LFS pointer is no model. */
export function inspectMisnamed(head: Uint8Array, inspection: Inspection): void {
  if (/^version https:\/\/git-lfs|^<(?:!doctype|html)/i.test(String.fromCharCode(...head.subarray(0, 40)))) return;
  inspection.format('safetensors');
  inspection.issue('malformed', 'is named safetensors and has no header of that format');
}

/** Checks what the format's own reader checks, and what it leaves to the caller: bounds, gaps, duplicates and texts in the metadata. */
export function inspectSafetensors(source: ByteSource, inspection: Inspection): void {
  inspection.format('safetensors');
  const length = u64(source.read(0, 8), 0);
  if (length > source.size - 8) return inspection.issue('malformed', `gives its header ${length} bytes, more than the file has`);
  if (length > longestHeader) return inspection.issue('malformed', 'gives its header more than 100 MB, which readers refuse');
  if (length > readHeader) return inspection.note('skipped: a header of more than 32 MB');
  const text = utf8(sectionOf(source, 8, length).read(0, length));
  for (const name of duplicates(text)) inspection.issue('malformed', `names ${name} twice, so that readers differ on it`);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    return inspection.issue('malformed', 'has a header that is no JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return inspection.issue('malformed', 'has a header that is no JSON object');
  const ranges: (readonly [number, number, string])[] = [];
  const room = source.size - 8 - length;
  for (const [name, tensor] of Object.entries(header)) {
    if (name === '__metadata__') {
      inspectMetadata(tensor, inspection);
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = (tensor ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
    if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every((one) => Number.isSafeInteger(one) && one >= 0) || !Array.isArray(shape) || !shape.every((one) => Number.isSafeInteger(one) && one >= 0)) {
      inspection.issue('malformed', `describes the tensor ${shown(name)} without shape and offsets`);
      continue;
    }
    const [start, end] = offsets as [number, number];
    const width = typeof dtype === 'string' ? bits[dtype] : undefined;
    if (start > end || end > room) inspection.issue('malformed', `places the tensor ${shown(name)} outside of the file`);
    else if (width !== undefined && (shape as number[]).reduce((product, one) => product * one, width) !== (end - start) * 8) inspection.issue('malformed', `gives the tensor ${shown(name)} a shape that its ${end - start} bytes do not hold`);
    else ranges.push([start, end, name]);
    inspection.tensor(name, typeof dtype === 'string' ? dtype : '', shape as number[]);
  }
  inspection.tensors(ranges.length);
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [at, [start, , name]] of ranges.entries()) {
    const before = ranges[at - 1];
    if (before && start < before[1]) {
      inspection.issue('malformed', `lets the tensors ${shown(before[2])} and ${shown(name)} overlap`);
      break;
    }
    if (start > (before?.[1] ?? 0)) {
      inspection.issue('malformed', `hides ${start - (before?.[1] ?? 0)} bytes before the tensor ${shown(name)}`);
      break;
    }
  }
  const last = ranges.length > 0 ? Math.max(...ranges.slice(-1).map((one) => one[1])) : 0;
  if (ranges.length > 0 && room > last) hiddenBytes(sectionOf(source, 8 + length + last, room - last), inspection);
}

/** Bytes behind the last tensor: padding, or a file of another kind that rides along. */
function hiddenBytes(rest: ByteSource, inspection: Inspection): void {
  const head = rest.read(0, 4096);
  if (head.some((byte) => byte !== 0 && byte !== 0x20)) inspection.issue('malformed', `carries ${rest.size} bytes behind its last tensor`);
}

function inspectMetadata(metadata: unknown, inspection: Inspection): void {
  if (typeof metadata !== 'object' || metadata === null) return;
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') continue;
    inspection.metadata(key, value);
    const code = codeInTemplate(value);
    if (code !== undefined) inspection.issue('dangerous', `has a text in its metadata (${shown(key)}) that ${code}`);
    else if (/^\s*(?:import os\b|__import__\(|exec\(|eval\()|<script\b|\bos\.system\(|\bsubprocess\.(?:Popen|run|call)\(/.test(value)) inspection.issue('dangerous', `has code in its metadata (${shown(key)})`);
  }
}

/** Keys that the header's object has twice; JSON.parse keeps the last one silently. */
function duplicates(text: string): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"') {
      const start = at + 1;
      for (at = start; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (depth !== 1 || !/^\s*:/.test(text.slice(at + 1, at + 20))) continue;
      const key = text.slice(start, at);
      if (seen.has(key)) twice.add(shown(key));
      seen.add(key);
    }
  }
  return [...twice].slice(0, 10);
}

function shown(name: string): string {
  return name.replace(/[\u0000-\u001f]/g, '·').slice(0, 60);
}
