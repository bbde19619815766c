import { heapObject, integer, localHeap, messageTypes, untilZero, type Hdf5File, type Message } from './hdf5-objects.ts';
import { u16, u32 } from './source.ts';
import type { Inspection } from './report.ts';

/** Slots of external storage that are looked at; one is enough to tell. */
const mostSlots = 100;
/** Paths that leave the file's own folder. */
const leaves = /^(?:[/~\\]|[a-z]:|\w+:\/\/)|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

/**
 * Other files that reading an object reads: external links, raw data that is stored elsewhere, and virtual datasets. Loaders of
 * weights follow them, so that a model hands over any file of the machine that loads it.
 */
export function inspectHdf5References(file: Hdf5File, messages: readonly Message[], path: string, inspection: Inspection): void {
  const refer = (name: string, how: string): void => {
    if (name === '' || name === '.') return;
    inspection.issue(leaves.test(name) ? 'dangerous' : 'unknown', `reads the file ${shown(name)} through ${how}${path === '' ? '' : ` in ${shown(path)}`}`);
  };
  for (const { type, data } of messages) {
    if (type === messageTypes.link) refer(externalLink(data), 'an external link');
    else if (type === messageTypes.externalFiles) for (const name of storedIn(file, data)) refer(name, 'external storage');
    else if (type === messageTypes.layout && data[0]! >= 4 && data[1] === 3) refer(virtualSource(file, data), 'a virtual dataset');
  }
}

/** The file of a link of the external kind, which is kept with its length behind the link's name. */
function externalLink(data: Uint8Array): string {
  const flags = data[1]!;
  if (!(flags & 0x08) || data[2] !== 64) return '';
  const at = 3 + (flags & 0x04 ? 8 : 0) + (flags & 0x10 ? 1 : 0);
  const size = 1 << (flags & 3);
  return untilZero(data.subarray(at + size + integer(data, at, size) + 3));
}

function storedIn(file: Hdf5File, data: Uint8Array): readonly string[] {
  const names = localHeap(file, integer(data, 8, file.offsetSize));
  const first = 8 + file.offsetSize;
  return names ? Array.from({ length: Math.min(u16(data, 6), mostSlots) }, (_, at) => untilZero(names.subarray(integer(data, first + at * 3 * file.lengthSize, file.lengthSize)))) : [];
}

/** Of a mapping in the second encoding: its source lies in the same file. */
const sameFile = 0x04;

/** The first file of the mappings of a virtual dataset; `.` or none is the file itself. */
function virtualSource(file: Hdf5File, data: Uint8Array): string {
  const mappings = heapObject(file, integer(data, 2, file.offsetSize), u32(data, 2 + file.offsetSize));
  if (!mappings) return '';
  const at = 1 + file.lengthSize;
  if (mappings[0] === 0) return untilZero(mappings.subarray(at));
  return mappings[at]! & sameFile ? '' : untilZero(mappings.subarray(at + 1));
}

function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '·').slice(0, 100);
}
