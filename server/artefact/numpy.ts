import { latin1, sectionOf, startsWith, u16, u32, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { readPickles, reportPickles } from './pickle/inspect.ts';

const npySignature = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export function isNpy(head: Uint8Array): boolean {
  return startsWith(head, npySignature);
}

/** A NumPy array file (numpy/lib/format.py): a Python dictionary as header, then raw data, or a pickle for arrays of objects. */
export function inspectNpy(source: ByteSource, inspection: Inspection): void {
  inspection.format('numpy');
  const head = source.read(0, 12);
  const wide = head[6]! >= 2;
  const length = wide ? u32(head, 8) : u16(head, 8);
  const start = (wide ? 12 : 10) + length;
  if (start > source.size) {
    inspection.issue('malformed', 'has a header that is longer than the file');
    return;
  }
  const header = latin1(source.read(wide ? 12 : 10, Math.min(length, 65_536)));
  inspection.tensors(1);
  // The header is read with ast.literal_eval; a call in it is a payload for readers that eval it.
  if (/\b__\w+__\b|\b(?:exec|eval|system|import)\b\s*[( ]/.test(header)) inspection.issue('dangerous', 'has code in the array\'s header');
  const descr = /['"]descr['"]\s*:\s*(\[[^]*?\]\s*,\s*['"]|['"][^'"]*['"])/.exec(header)?.[1] ?? '';
  inspection.tensor('', descr.replace(/^['"]|['"]$/g, ''), (/['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1] ?? '').split(',').map((one) => Number.parseInt(one, 10)).filter((one) => !Number.isNaN(one)));
  if (!/['"][|<>=]?O\d*['"]/.test(descr) && source.read(start, 1)[0] !== 0x80) return;
  const found = readPickles(sectionOf(source, start, source.size - start), 0, inspection.budget);
  if (found.globals.size > 0 || found.complete) reportPickles(found, inspection);
}
