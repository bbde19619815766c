import { inspectHdf5References } from './hdf5-references.ts';
import { dtypeOf, integer, localHeap, messagesOf, messageTypes, openHdf5, readAt, shapeOf, textAttribute, untilZero, type Hdf5File, type Message } from './hdf5-objects.ts';
import { startsWith, u16 } from './source.ts';
import type { ByteSource } from './source.ts';
import type { Inspection } from './report.ts';

const mostObjects = 20_000;
const deepest = 40;
const longestMetadata = 200;

interface Link {
  readonly name: string;
  readonly address: number;
}

/**
 * Lists the datasets of an HDF5 file with type and shape, and the short texts that its root group carries. Every object is visited
 * once, whatever cycle its links make. Links of groups so large that they are kept in fractal heaps are noted, not listed.
 */
export function listHdf5(source: ByteSource, inspection: Inspection): void {
  const file = openHdf5(source);
  if (!file) return;
  const seen = new Set<number>();
  let datasets = 0;
  let dense = 0;
  const visit = (address: number, path: string, depth: number): void => {
    if (depth > deepest || seen.size >= mostObjects || seen.has(address) || --inspection.budget.steps < 0) return;
    seen.add(address);
    const messages = messagesOf(file, address);
    inspectHdf5References(file, messages, path, inspection);
    const one = (type: number): Message | undefined => messages.find((message) => message.type === type);
    const [type, space] = [one(messageTypes.datatype), one(messageTypes.dataspace)];
    if (type && space) {
      datasets++;
      inspection.tensor(path, dtypeOf(type.data), shapeOf(space.data, file));
      return;
    }
    if (depth === 0) for (const { type: kind, data } of messages) if (kind === messageTypes.attribute) describe(file, data, inspection);
    const info = one(messageTypes.linkInfo);
    if (info && Number.isFinite(integer(info.data, info.data[1]! & 1 ? 10 : 2, file.offsetSize))) dense++;
    for (const link of linksOf(file, messages)) visit(link.address, path === '' ? link.name : `${path}/${link.name}`, depth + 1);
  };
  visit(file.root, '', 0);
  if (datasets > 0) inspection.tensors(datasets);
  if (dense > 0) inspection.note(`not listed: what lies in ${dense === 1 ? 'a group' : `${dense} groups`} of very many members`);
  if (seen.size >= mostObjects) inspection.note(`not listed: what lies beyond the first ${mostObjects} objects`);
}

function describe(file: Hdf5File, data: Uint8Array, inspection: Inspection): void {
  const attribute = textAttribute(file, data);
  if (attribute && attribute[1].length <= longestMetadata) inspection.metadata(...attribute);
}

function linksOf(file: Hdf5File, messages: readonly Message[]): readonly Link[] {
  return messages.flatMap(({ type, data }): readonly Link[] => {
    if (type === messageTypes.symbolTable) return symbolTable(file, integer(data, 0, file.offsetSize), integer(data, file.offsetSize, file.offsetSize));
    const link = type === messageTypes.link ? hardLink(file, data) : undefined;
    return link ? [link] : [];
  });
}

/** A link to an object of this file; soft links lead to one that is reached anyway, external links out of it. */
function hardLink({ offsetSize }: Hdf5File, data: Uint8Array): Link | undefined {
  const flags = data[1]!;
  if (flags & 0x08 && data[2] !== 0) return undefined;
  const at = 2 + (flags & 0x08 ? 1 : 0) + (flags & 0x04 ? 8 : 0) + (flags & 0x10 ? 1 : 0);
  const size = 1 << (flags & 3);
  const length = integer(data, at, size);
  const name = data.subarray(at + size, at + size + length);
  return name.length < length ? undefined : { name: untilZero(name), address: integer(data, at + size + length, offsetSize) };
}

/** The members of a group of the older kind: a tree of symbol table nodes, whose names lie in a local heap. */
function symbolTable(file: Hdf5File, tree: number, heap: number): readonly Link[] {
  const { offsetSize, lengthSize } = file;
  const names = localHeap(file, heap);
  if (!names) return [];
  const links: Link[] = [];
  const seen = new Set<number>();
  const visit = (address: number): void => {
    if (seen.has(address) || seen.size >= mostObjects || links.length >= mostObjects) return;
    seen.add(address);
    const node = readAt(file, address, 8);
    if (startsWith(node, [0x53, 0x4e, 0x4f, 0x44])) {
      const size = 2 * offsetSize + 24;
      const entries = readAt(file, address + 8, u16(node, 6) * size);
      for (let at = 0; at + size <= entries.length; at += size) links.push({ name: untilZero(names.subarray(integer(entries, at, offsetSize))), address: integer(entries, at + offsetSize, offsetSize) });
    } else if (startsWith(node, [0x54, 0x52, 0x45, 0x45, 0])) {
      const size = lengthSize + offsetSize;
      const children = readAt(file, address + 8 + 2 * offsetSize, u16(node, 6) * size);
      for (let at = 0; at + size <= children.length; at += size) visit(integer(children, at + lengthSize, offsetSize));
    }
  };
  visit(tree);
  return links;
}
