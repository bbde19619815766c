import { bytes, u16, u32, u64 } from './artefacts.ts';

/**
 * A dataset of 32-bit floats by its shape; a group by its members; the address of an object that is there already (a link that makes a
 * cycle); or, in the newer form, what lies in another file: an external link, external storage, a virtual dataset.
 */
export type Hdf5Node = readonly number[] | { readonly [name: string]: Hdf5Node } | { readonly address: number } | Hdf5Elsewhere;
type Hdf5Elsewhere = { readonly link: string } | { readonly storage: string } | { readonly virtual: string };

const signature = bytes([0x89], 'HDF\r\n', [0x1a, 0x0a]);
const padded = (part: Uint8Array): Uint8Array => bytes(part, Buffer.alloc((8 - (part.length % 8)) % 8));
const dataspace = (shape: readonly number[], older: boolean): Uint8Array => bytes(older ? [1, shape.length, 0, 0, 0, 0, 0, 0] : [2, shape.length, 0, 1], ...shape.map(u64));
const float32 = bytes(0x11, [0x20, 0x1f, 0], u32(4), u16(0), u16(32), [23, 8, 0, 23], u32(127));
const isDataset = (node: Hdf5Node): node is readonly number[] => Array.isArray(node);

/** An attribute of one text of fixed length, in the first version of the message. */
function attribute(name: string, text: string): Uint8Array {
  const type = bytes(0x13, [0, 0, 0], u32(text.length));
  const space = bytes(1, [0, 0, 0, 0, 0, 0, 0]);
  return bytes(1, 0, u16(name.length + 1), u16(type.length), u16(space.length), padded(bytes(name, 0)), padded(type), padded(space), text);
}

/** Puts parts one behind the other; each is told where it begins. */
function layOut(start: number): { readonly put: (part: Uint8Array) => number; readonly all: () => Uint8Array; readonly at: () => number } {
  const parts: Uint8Array[] = [];
  let at = start;
  return {
    put: (part) => { const here = at; const whole = padded(part); parts.push(whole); at += whole.length; return here; },
    all: () => bytes(...parts),
    at: () => at,
  };
}

/** As the library writes by default: symbol tables, object headers of version 1, superblock of version 0. */
export function hdf5Older(root: Hdf5Node, attributes: Readonly<Record<string, string>> = {}): Uint8Array {
  const file = layOut(96);
  const header = (messages: readonly (readonly [number, Uint8Array])[]): number => {
    const body = bytes(...messages.map(([type, data]) => { const whole = padded(data); return bytes(u16(type), u16(whole.length), 0, 0, 0, 0, whole); }));
    return file.put(bytes(1, 0, u16(messages.length), u32(1), u32(body.length), u32(0), body));
  };
  const write = (node: Hdf5Node, texts: Readonly<Record<string, string>> = {}): number => {
    if (isDataset(node)) return header([[0x01, dataspace(node, true)], [0x03, float32], [0x08, bytes(3, 1, u64(0), u64(0))]]);
    if ('address' in node && typeof node.address === 'number') return node.address;
    const members = Object.entries(node as Readonly<Record<string, Hdf5Node>>).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, write(inner)] as const);
    let names = bytes(Buffer.alloc(8));
    const entries = members.map(([name, address]) => { const offset = names.length; names = bytes(names, padded(bytes(name, 0))); return bytes(u64(offset), u64(address), u32(0), u32(0), Buffer.alloc(16)); });
    const data = file.put(names);
    const heap = file.put(bytes('HEAP', [0, 0, 0, 0], u64(names.length), u64(0), u64(data)));
    const symbols = file.put(bytes('SNOD', 1, 0, u16(entries.length), ...entries));
    const tree = file.put(bytes('TREE', 0, 0, u16(1), Buffer.alloc(16, 0xff), u64(0), u64(symbols), u64(0)));
    return header([[0x11, bytes(u64(tree), u64(heap))], ...Object.entries(texts).map(([name, text]) => [0x0c, attribute(name, text)] as const)]);
  };
  const top = write(root, attributes);
  return bytes(signature, [0, 0, 0, 0, 0, 8, 8, 0], u16(4), u16(16), u32(0), u64(0), Buffer.alloc(8, 0xff), u64(file.at()), Buffer.alloc(8, 0xff), u64(0), u64(top), u32(0), u32(0), Buffer.alloc(16), file.all());
}

/** As `libver="latest"` writes: link messages, object headers of version 2, superblock of version 2. Checksums are left empty. */
export function hdf5Newer(root: Hdf5Node): Uint8Array {
  const file = layOut(48);
  const header = (messages: readonly (readonly [number, Uint8Array])[]): number => {
    const body = bytes(...messages.map(([type, data]) => bytes(type, u16(data.length), 0, data)));
    return file.put(bytes('OHDR', 2, 2, u32(body.length), body, u32(0)));
  };
  const write = (node: Hdf5Node): number => {
    if (isDataset(node)) return header([[0x01, dataspace(node, false)], [0x03, float32]]);
    if ('address' in node && typeof node.address === 'number') return node.address;
    if ('storage' in node && typeof node.storage === 'string') {
      const names = bytes(Buffer.alloc(8), padded(bytes(node.storage, 0)));
      const heap = file.put(bytes('HEAP', [0, 0, 0, 0], u64(names.length), u64(0), u64(file.at() + 32), names));
      return header([[0x01, dataspace([4], false)], [0x03, float32], [0x07, bytes(1, 0, 0, 0, u16(1), u16(1), u64(heap), u64(8), u64(0), u64(16))]]);
    }
    if ('virtual' in node && typeof node.virtual === 'string') {
      const mapping = bytes(0, u64(1), node.virtual, 0, 'data', 0);
      const heap = file.put(bytes('GCOL', [1, 0, 0, 0], u64(16 + 16 + mapping.length), u16(1), u16(1), u32(0), u64(mapping.length), mapping));
      return header([[0x01, dataspace([4], false)], [0x03, float32], [0x08, bytes(4, 3, u64(heap), u32(1))]]);
    }
    return header(Object.entries(node as Readonly<Record<string, Hdf5Node>>).map(([name, inner]) => {
      if ('link' in inner && typeof inner.link === 'string') return [0x06, bytes(1, 8, 64, name.length, name, u16(inner.link.length + 4), 0, inner.link, 0, 'x', 0)] as const;
      return [0x06, bytes(1, 0, name.length, name, u64(write(inner)))] as const;
    }));
  };
  const top = write(root);
  return bytes(signature, [2, 8, 8, 0], u64(0), Buffer.alloc(8, 0xff), u64(file.at()), u64(top), u32(0), file.all());
}
