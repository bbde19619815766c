import { deflateRawSync, gzipSync, deflateSync } from 'node:zlib';

/** Assemblers of model files from their specifications. Payloads are harmless texts, put together at run time. */

export const bytes = (...parts: readonly (string | Uint8Array | readonly number[] | number)[]): Uint8Array => Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
export const u16 = (value: number): Uint8Array => { const out = Buffer.alloc(2); out.writeUInt16LE(value); return out; };
export const u32 = (value: number): Uint8Array => { const out = Buffer.alloc(4); out.writeUInt32LE(value >>> 0); return out; };
export const u64 = (value: number): Uint8Array => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };

export const shell = ['sys', 'tem'].join('');
export const command = 'echo loaded';

/** Opcodes of the pickle machine, as pickletools names them. */
export const op = {
  proto: (version: number) => bytes(0x80, version),
  frame: (length: number) => bytes(0x95, u64(length)),
  global: (module: string, name: string) => bytes('c', module, '\n', name, '\n'),
  inst: (module: string, name: string) => bytes('i', module, '\n', name, '\n'),
  text: (value: string) => bytes('X', u32(Buffer.byteLength(value)), Buffer.from(value)),
  shortText: (value: string) => bytes(0x8c, value.length, value),
  line: (value: string) => bytes("S'", value, "'\n"),
  unicode: (value: string) => bytes('V', value, '\n'),
  data: (value: Uint8Array) => bytes('B', u32(value.length), value),
  int: (value: number) => bytes('J', u32(value)),
  put: (at: number) => bytes('q', at), get: (at: number) => bytes('h', at), memoize: bytes(0x94),
  stackGlobal: bytes(0x93), reduce: bytes('R'), build: bytes('b'), object: bytes('o'), mark: bytes('('), tuple: bytes('t'), tuple1: bytes(0x85), tuple2: bytes(0x86), tuple3: bytes(0x87),
  none: bytes('N'), dict: bytes('}'), list: bytes(']'), append: bytes('a'), appends: bytes('e'), setItems: bytes('u'), setItem: bytes('s'), pop: bytes('0'), popMark: bytes('1'), dup: bytes('2'), newObject: bytes(0x81), newObjectEx: bytes(0x92), emptyTuple: bytes(')'), persistent: bytes('Q'), stop: bytes('.'),
} as const;

/** A pickle that calls `module.name(text)` with the opcodes of a protocol. */
export function callPickle(protocol: number, module = 'posix', name = shell, text = command): Uint8Array {
  if (protocol === 0) return bytes(op.global(module, name), op.mark, op.line(text), op.tuple, op.reduce, op.stop);
  if (protocol === 1) return bytes(op.global(module, name), op.put(0), op.mark, op.text(text), op.put(1), op.tuple, op.put(2), op.reduce, op.stop);
  if (protocol <= 3) return bytes(op.proto(protocol), op.global(module, name), op.put(0), op.text(text), op.put(1), op.tuple1, op.reduce, op.stop);
  const body = bytes(op.shortText(module), op.memoize, op.shortText(name), op.memoize, op.stackGlobal, op.memoize, op.shortText(text), op.memoize, op.tuple1, op.memoize, op.reduce, op.memoize, op.stop);
  return bytes(op.proto(protocol), op.frame(body.length), body);
}

/** `{"weights": [1, 2]}` in protocol 4. */
export const plainPickle = bytes(op.proto(4), op.dict, op.memoize, op.shortText('weights'), op.memoize, op.list, op.memoize, op.mark, 'K', 1, 'K', 2, op.appends, op.setItem, op.stop);
/** An OrderedDict of a tensor, as torch.save writes it. */
export const statePickle = bytes(op.proto(2), op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.mark, op.text('weight'), op.global('torch._utils', '_rebuild_tensor_v2'), op.mark, op.mark, op.text('storage'), op.global('torch', 'FloatStorage'), op.text('0'), op.text('cpu'), op.int(4), op.tuple, op.persistent, op.int(0), op.int(4), op.tuple1, op.int(1), op.tuple1, bytes(0x89), op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.tuple, op.reduce, op.setItems, op.stop);

export interface ZipMember {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** Broken on purpose: the checksum, the encryption flag, the name or method that the local header gives. */
  readonly crc?: number;
  readonly flags?: number;
  readonly localName?: string;
  readonly method?: number;
  /** Left out of the central directory. */
  readonly hidden?: boolean;
  /** Sizes only behind the data. */
  readonly descriptor?: boolean;
}

export function zip(members: readonly ZipMember[], prefix: Uint8Array = bytes()): Uint8Array {
  const parts: Uint8Array[] = [prefix];
  const directory: Uint8Array[] = [];
  let at = prefix.length;
  for (const { name, data, deflate, crc = 0, flags = 0, localName = name, method, hidden, descriptor } of members) {
    const packed = deflate ? deflateRawSync(data) : data;
    const how = method ?? (deflate ? 8 : 0);
    const flag = flags | (descriptor ? 8 : 0);
    const sizes = bytes(u32(crc), u32(descriptor ? 0 : packed.length), u32(descriptor ? 0 : data.length));
    const local = bytes([0x50, 0x4b, 3, 4], u16(20), u16(flag), u16(how), u32(0), sizes, u16(localName.length), u16(0), localName, packed, ...(descriptor ? [bytes([0x50, 0x4b, 7, 8], u32(crc), u32(packed.length), u32(data.length))] : []));
    if (!hidden) directory.push(bytes([0x50, 0x4b, 1, 2], u16(20), u16(20), u16(flag), u16(how), u32(0), u32(crc), u32(packed.length), u32(data.length), u16(name.length), u16(0), u16(0), u16(0), u16(0), u32(0), u32(at), name));
    parts.push(local);
    at += local.length;
  }
  const central = bytes(...directory);
  return bytes(...parts, central, [0x50, 0x4b, 5, 6], u16(0), u16(0), u16(directory.length), u16(directory.length), u32(central.length), u32(at), u16(0));
}

export function tar(members: readonly { readonly name: string; readonly data: Uint8Array; readonly link?: string }[]): Uint8Array {
  return bytes(...members.map(({ name, data, link }) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write('0000644\0', 100);
    head.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write(link === undefined ? '0' : '2', 156);
    if (link !== undefined) head.write(link, 157);
    head.write('ustar\0' + '00', 257);
    head.fill(32, 148, 156);
    head.write(`${head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return bytes(head, data, Buffer.alloc((512 - (data.length % 512)) % 512));
  }), Buffer.alloc(1024));
}

export const gzip = (data: Uint8Array): Uint8Array => gzipSync(data);
export const zlib = (data: Uint8Array): Uint8Array => deflateSync(data);

/** A stored 7z archive: one folder, the copy coder. */
export function sevenZip(name: string, data: Uint8Array): Uint8Array {
  const utf16 = bytes(Buffer.from(`${name}\0`, 'utf16le'));
  const size = (value: number): Uint8Array => bytes(0x80 | (value >> 8), value & 0xff);
  const header = bytes(1, 4, 6, 0, 1, 9, size(data.length), 0, 7, 11, 1, 0, 1, 1, 0, 12, size(data.length), 0, 0, 5, 1, 17, size(utf16.length + 1), 0, utf16, 0, 0);
  return bytes([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], u32(0), u64(data.length), u64(header.length), u32(0), data, header);
}

export function npy(header: string, data: Uint8Array): Uint8Array {
  return bytes([0x93], 'NUMPY', [1, 0], u16(header.length), header, data);
}

export function safetensors(header: unknown, data: Uint8Array = bytes(), length?: number): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return bytes(u64(length ?? text.length), text, data);
}

/** A protobuf message from its fields. */
export type Field = readonly [number, number | string | Uint8Array];
export function message(...fields: readonly Field[]): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
  return bytes(...fields.map(([number, value]) => (typeof value === 'number' ? bytes(varint(number * 8), varint(value)) : bytes(varint(number * 8 + 2), varint(typeof value === 'string' ? Buffer.byteLength(value) : value.length), typeof value === 'string' ? Buffer.from(value) : value))));
}

/** A SavedModel with these operations in its graph or in a function of its library. */
export function savedModel(ops: readonly (readonly [string, string])[], inFunction = false): Uint8Array {
  const nodes = ops.map(([name, kind]) => message([1, name], [2, kind], [3, 'path'], [5, message([1, 'dtype'], [2, message([6, 7])])]));
  const graph = inFunction ? message([2, message([1, message([1, message([1, '__inference_1'])], ...nodes.map((node): Field => [3, node]))])]) : message(...nodes.map((node): Field => [1, node]));
  return message([1, 1], [2, message([1, message([4, 'serve'])], [2, graph])]);
}

export function onnx(options: { readonly location?: string; readonly domain?: string; readonly operator?: string; readonly inBranch?: boolean } = {}): Uint8Array {
  const tensor = message([1, 4], [2, 1], [8, 'w'], ...(options.location === undefined ? [[9, bytes(u64(0), u64(0))] as Field] : [[13, message([1, 'location'], [2, options.location])] as Field, [14, 1] as Field]));
  const node = message([1, 'x'], [2, 'y'], [4, options.operator ?? 'Relu'], ...(options.domain === undefined ? [] : [[7, options.domain] as Field]));
  const inner = message([1, node], [2, 'g'], [5, tensor]);
  const graph = options.inBranch ? message([1, message([4, 'If'], [5, message([1, 'then_branch'], [6, inner])])], [2, 'outer']) : inner;
  return message([1, 8], [2, 'pytorch'], [7, graph], [8, message([1, ''], [2, 17])]);
}

const ggufText = (value: string): Uint8Array => bytes(u64(Buffer.byteLength(value)), Buffer.from(value));
export function gguf(metadata: Readonly<Record<string, string>>, options: { readonly tensors?: number; readonly entries?: number; readonly tail?: Uint8Array } = {}): Uint8Array {
  const entries = Object.entries(metadata).map(([key, value]) => bytes(ggufText(key), u32(8), ggufText(value)));
  return bytes('GGUF', u32(3), u64(options.tensors ?? 0), u64(options.entries ?? entries.length), ...entries, options.tail ?? bytes());
}

/** The beginning of an HDF5 file with an attribute's text in its heap, as Keras keeps its configuration. */
export function hdf5(config: unknown): Uint8Array {
  return bytes([0x89], 'HDF\r\n', [0x1a, 0x0a], Buffer.alloc(88), 'GCOL', [1, 0, 0, 0], u64(4096), u16(1), u16(1), u32(0), u64(JSON.stringify(config).length), JSON.stringify(config), Buffer.alloc(64));
}

export const layer = (name: string, config: unknown, extra: Readonly<Record<string, unknown>> = {}): unknown => ({ class_name: 'Sequential', config: { name: 'model', layers: [{ class_name: 'InputLayer', config: { batch_shape: [null, 3] } }, { class_name: name, config, ...extra }] } });
export const lambda = layer('Lambda', { name: 'lambda', function: [Buffer.from(`\u00e3\u0000os\u0000${shell}`, 'latin1').toString('base64'), null, null], function_type: 'lambda' });

/** A TensorFlow Lite model with one operator of its own. */
export function tflite(custom: string): Uint8Array {
  const text = bytes(u32(custom.length), custom, 0);
  // Root table at 24: its table of fields stands before it; field 1 leads to a vector of one operator code.
  return bytes(u32(24), 'TFL3', u16(0), u16(0), u16(8), u16(12), u16(0), u16(8), u32(0), u32(12), u32(0), u32(4), u32(1), u32(12), u16(8), u16(8), u16(0), u16(4), u32(8), u32(4), text);
}
