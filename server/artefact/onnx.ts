import { latin1, utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { escapes } from './archive/archive.ts';
import { fieldsOf } from './protobuf.ts';

const model = new Set([1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]);
/** Domains of operators that ONNX itself, ML profiles and the common runtimes define. */
const knownDomains = /^(?:|ai\.onnx(?:\.\w+)*|com\.microsoft(?:\.\w+)*|ai\.graphcore|org\.pytorch(?:\.\w+)*|pkg\.onnxscript(?:\.[\w.]+)?|pkg\.torch(?:\.[\w.]+)?|com\.ms\.\w+|ai\.onnxruntime(?:\.\w+)*|onnx|org\.openvinotoolkit|com\.nvidia(?:\.\w+)*|trt(?:\.plugins)?|this|local|pkg|_python|com\.intel(?:\.\w+)*|qonnx(?:\.[\w.]+)?|finn(?:\.[\w.]+)?|mmdeploy|mmcv|torch_scatter|com\.domain)$/;
const pythonOperators = /^(?:PyOp|PythonOp|PyCustomOp|PythonOpGrad|ExternalPyOp|_PyOp|ATen|EagerPyFunc|PyFunc)$/;

/** An ONNX model (onnx.proto): a version first, and a graph in field 7. */
export function isOnnx(source: ByteSource, head: Uint8Array, name: string): boolean {
  if (head[0] !== 8 && !/\.onnx$/i.test(name)) return false;
  let graph = false;
  let count = 0;
  const fields = fieldsOf(source, 0, source.size);
  for (let next = fields.next(); ; next = fields.next()) {
    if (next.done) return graph && (next.value || /\.onnx$/i.test(name));
    const field = next.value;
    if (++count > 10_000 || !model.has(field.number)) return false;
    if (field.number === 7) {
      if (!('start' in field)) return false;
      graph = true;
    }
    if (field.number === 1 && !('value' in field)) return false;
  }
}

export function inspectOnnx(source: ByteSource, inspection: Inspection): void {
  inspection.format('onnx');
  for (const field of fieldsOf(source, 0, source.size)) {
    if (!('start' in field)) continue;
    const end = field.start + field.length;
    if (field.number === 7) graph(source, field.start, end, 0, inspection);
    else if (field.number === 25) for (const one of fieldsOf(source, field.start, end)) if (one.number === 7 && 'start' in one) node(source, one.start, one.start + one.length, 0, inspection);
    if (field.number === 20) for (const one of fieldsOf(source, field.start, end)) if ((one.number === 1 || one.number === 2) && 'start' in one) graph(source, one.start, one.start + one.length, 1, inspection);
    if (field.number === 14) metadata(source, field.start, end, inspection);
  }
}

function graph(source: ByteSource, start: number, end: number, depth: number, inspection: Inspection): void {
  if (depth > 8) return;
  let tensors = 0;
  for (const field of fieldsOf(source, start, end)) {
    if (--inspection.budget.steps < 0) return inspection.note('skipped: the rest of a very large graph');
    if (!('start' in field)) continue;
    const last = field.start + field.length;
    if (field.number === 1) node(source, field.start, last, depth, inspection);
    else if (field.number === 5) {
      tensors++;
      tensor(source, field.start, last, inspection);
    } else if (field.number === 15) for (const one of fieldsOf(source, field.start, last)) if ('start' in one) tensor(source, one.start, one.start + one.length, inspection);
  }
  inspection.tensors(tensors);
}

function node(source: ByteSource, start: number, end: number, depth: number, inspection: Inspection): void {
  let operator = '';
  let domain = '';
  for (const field of fieldsOf(source, start, end)) {
    if (!('start' in field)) continue;
    if (field.number === 4) operator = latin1(source.read(field.start, Math.min(field.length, 128)));
    else if (field.number === 7) domain = latin1(source.read(field.start, Math.min(field.length, 256)));
    else if (field.number === 5) attribute(source, field.start, field.start + field.length, depth, inspection);
  }
  if (pythonOperators.test(operator)) inspection.issue('dangerous', `has the operator ${domain === '' ? '' : `${domain}.`}${operator}, which runs Python`);
  else if (!knownDomains.test(domain)) inspection.issue('unknown', `needs the operator ${operator} of the domain ${domain}, which a library of its own brings`);
}

/** Constants and subgraphs of If and Loop. */
function attribute(source: ByteSource, start: number, end: number, depth: number, inspection: Inspection): void {
  for (const field of fieldsOf(source, start, end)) {
    if (!('start' in field)) continue;
    const last = field.start + field.length;
    if (field.number === 5 || field.number === 10) tensor(source, field.start, last, inspection);
    else if (field.number === 6 || field.number === 11) graph(source, field.start, last, depth + 1, inspection);
  }
}

/** Weights outside of the file: their location must stay in the model's folder. */
/** Names of TensorProto.DataType. */
const dataTypes = ['', 'F32', 'U8', 'I8', 'U16', 'I16', 'I32', 'I64', 'STRING', 'BOOL', 'F16', 'F64', 'U32', 'U64', 'C64', 'C128', 'BF16'];

function listTensor(source: ByteSource, start: number, end: number, inspection: Inspection): void {
  let name = '';
  let type = 0;
  const shape: number[] = [];
  for (const field of fieldsOf(source, start, end)) {
    if ('start' in field) { if (field.number === 8) name = utf8(source.read(field.start, Math.min(field.length, 512))); }
    else if (field.number === 1) shape.push(field.value);
    else if (field.number === 2) type = field.value;
  }
  inspection.tensor(name, dataTypes[type] ?? `type ${type}`, shape);
}

function tensor(source: ByteSource, start: number, end: number, inspection: Inspection): void {
  listTensor(source, start, end, inspection);
  for (const field of fieldsOf(source, start, end)) {
    if (field.number !== 13 || !('start' in field)) continue;
    const entry = new Map<number, string>();
    for (const one of fieldsOf(source, field.start, field.start + field.length)) if ('start' in one) entry.set(one.number, utf8(source.read(one.start, Math.min(one.length, 4096))));
    const location = entry.get(1) === 'location' ? entry.get(2) ?? '' : undefined;
    if (location === undefined) {
      if ((entry.get(1) === 'offset' || entry.get(1) === 'length') && !/^\d{1,15}$/.test(entry.get(2) ?? '')) inspection.issue('malformed', `gives external data the ${entry.get(1)} '${(entry.get(2) ?? '').slice(0, 40)}'`);
      continue;
    }
    if (escapes(location) || /^\w+:\/\//.test(location)) inspection.issue('malformed', `takes weights from '${location.replace(/[\u0000-\u001f]/g, '·').slice(0, 80)}', outside of its folder`);
  }
}

function metadata(source: ByteSource, start: number, end: number, inspection: Inspection): void {
  for (const field of fieldsOf(source, start, end)) {
    if (field.number !== 2 || !('start' in field)) continue;
    const text = utf8(source.read(field.start, Math.min(field.length, 65_536)));
    inspection.metadata('metadata', text);
    if (/\b__import__\s*\(|\bos\.system\s*\(|\bsubprocess\.\w+\s*\(|^\s*(?:exec|eval)\s*\(/.test(text)) inspection.issue('dangerous', 'has code in its metadata');
  }
}
