import type { ArtefactReport } from '../rule/artefacts.ts';
import { baseName, directoryName } from '../base/path.ts';
import type { Control, ElementFact, Facts } from '../model/threat.ts';

/** Formats that hold data rather than weights. */
const dataFormats = /^(?:numpy|model signature|template|model configuration)/;
const containers = new Set(['zip', 'tar', 'gzip', 'zlib', 'bzip2', 'xz', 'lzma', 'lz4', 'zstd', '7z', 'rar', 'template', 'model configuration', 'model signature']);

/** A model or data file of the workspace as an element: what it is, what is known of its integrity, and the findings of the file. */
export function factsOfArtefact(artefact: ArtefactReport, path: string): Facts {
  const formats = artefact.formats.filter((one) => !containers.has(one));
  if (formats.length === 0) return { elements: [], flows: [] };
  return { elements: [artefactElement(artefact, path)], flows: [] };
}

export function artefactElement(artefact: ArtefactReport, path: string): ElementFact {
  const formats = artefact.formats.filter((one) => !containers.has(one));
  const data = formats.every((one) => dataFormats.test(one));
  const origin = { path, range: { start: 0, end: 1 } };
  const { differences = [], checked = [] } = artefact.integrity ?? {};
  const verified = differences.length === 0 ? checked.find((one) => /^as locked|verified \(/.test(one)) : undefined;
  const controls: readonly Control[] = verified === undefined ? [] : [{ name: 'integrity', present: true, evidence: origin, words: verified }];
  return {
    key: `${data ? 'data-store' : 'model'}:file/${baseName(directoryName(path))}/${baseName(path)}`, kind: data ? 'data-store' : 'model', name: baseName(path), technology: `${formats.join(', ') || 'data'} file, ${artefact.verdict}`,
    aliases: [], resolved: true, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [data ? 'training-data' : 'model-weights'], controls, origin, extents: [origin],
  };
}
