import { latin1, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { fieldsOf } from './protobuf.ts';

/** A Core ML model (Model.proto): a version, then a description. By name, since the bytes alone could be other messages. */
export function isCoreml(head: Uint8Array, name: string): boolean {
  return /\.mlmodel$/i.test(name) && head[0] === 8 && head[2] === 0x12;
}

const networks = new Set([303, 403, 500]);
const customLayer = 500;

/** Names classes of the app that custom models and layers run. */
export function inspectCoreml(source: ByteSource, inspection: Inspection): void {
  inspection.format('coreml');
  for (const field of fieldsOf(source, 0, source.size)) {
    if (!('start' in field)) continue;
    const end = field.start + field.length;
    if (field.number === 555) inspection.issue('unknown', `needs the class ${className(source, field.start, end)} of the app`);
    if (!networks.has(field.number)) continue;
    for (const layer of fieldsOf(source, field.start, end)) {
      if (layer.number !== 1 || !('start' in layer)) continue;
      for (const part of fieldsOf(source, layer.start, layer.start + layer.length)) {
        if (part.number === customLayer && 'start' in part) inspection.issue('unknown', `needs the layer class ${className(source, part.start, part.start + part.length)} of the app`);
      }
    }
  }
}

function className(source: ByteSource, start: number, end: number): string {
  for (const field of fieldsOf(source, start, end)) if ((field.number === 10 || field.number === 1) && 'start' in field) return latin1(source.read(field.start, Math.min(field.length, 100))).replace(/[^\x20-\x7e]/g, '·');
  return '?';
}
