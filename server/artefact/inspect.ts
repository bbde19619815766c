import type { ByteSource } from './source.ts';
import { collect, type ArtefactReport, type Inspection } from './report.ts';
import { inspectArchive } from './archive/archive.ts';
import { inspectCoreml, isCoreml } from './coreml.ts';
import { inspectTflite, isTflite } from './flatbuffer.ts';
import { inspectFolderFile } from './folder.ts';
import { inspectGguf, isGguf } from './gguf.ts';
import { inspectHdf5, inspectKerasMetadata, isHdf5 } from './hdf5.ts';
import { inspectOnnx, isOnnx } from './onnx.ts';
import { graphKind, inspectGraph } from './tensorflow.ts';
import { inspectSignature } from './signature.ts';
import { inspectMisnamed, inspectSafetensors, isSafetensors } from './safetensors.ts';
import { isNpy, inspectNpy } from './numpy.ts';
import { findPickle, isPickle, readPickles, reportPickles } from './pickle/inspect.ts';

/** What one artefact may cost: bytes unpacked, members opened, pickle opcodes carried out. */
const limits = { bytes: 512_000_000, members: 20_000, steps: 60_000_000 };
const deepest = 6;

/** Extensions under which models and data are kept, for bytes that say nothing of themselves. */
const pickleNames = /\.(?:pkl|pickle|p|pk|pck|pcl|dill|joblib|jbl|sav|model|mdl|pt|pth|pt2|ckpt|bin|dat|data|npy|npz|th|t7|pkl\d*|cpkl|cloudpickle)$|(?:^|\/)data\.pkl$/i;

/**
 * What loading an artefact would do, told from its bytes; nothing is loaded. Undefined when the bytes are no model or data format that
 * is known. Never throws; cost is bounded whatever the bytes.
 */
export function inspectArtefact(source: ByteSource, name: string): ArtefactReport | undefined {
  const collected = collect({ ...limits });
  let known = false;
  try {
    known = inspectInto(source, name, collected.root);
  } catch (error) {
    collected.root.note(`skipped: the rest, which could not be read (${error instanceof Error ? error.message : 'error'})`);
    known = true;
  }
  return known ? collected.report(name, source.size) : undefined;
}

interface FormatReader {
  readonly is: (source: ByteSource, head: Uint8Array, name: string) => boolean;
  readonly inspect: (source: ByteSource, inspection: Inspection) => void;
}

/** Formats with a signature, or nearly so; the first that knows the bytes reads them. */
const readers: readonly FormatReader[] = [
  { is: (_, head) => isNpy(head), inspect: inspectNpy },
  { is: isHdf5, inspect: inspectHdf5 },
  { is: (_, __, name) => /(?:^|\/)keras_metadata\.pb$/.test(name), inspect: inspectKerasMetadata },
  { is: (_, head) => isGguf(head), inspect: inspectGguf },
  { is: (_, head) => isTflite(head), inspect: inspectTflite },
  { is: (_, head, name) => isCoreml(head, name), inspect: inspectCoreml },
  { is: (source, head, name) => isSafetensors(head, source.size, name), inspect: inspectSafetensors },
  { is: isOnnx, inspect: inspectOnnx },
];

/** Recognises by content and reads; false when the bytes are nothing that is known. */
function inspectInto(source: ByteSource, name: string, inspection: Inspection): boolean {
  if (inspection.depth > deepest) {
    inspection.note(`skipped: nested deeper than ${deepest} archives`);
    inspection.issue('unknown', `is nested deeper than ${deepest} archives, where nothing was looked into`);
    return true;
  }
  const head = source.read(0, 4096);
  if (head.length < 2) return false;
  const reader = readers.find((one) => one.is(source, head, name));
  if (reader) {
    reader.inspect(source, inspection);
    return true;
  }
  if (inspectArchive(source, head, name, inspection, inspectInto) || inspectFolderFile(source, head, name, inspection)) return true;
  const graph = graphKind(source, name);
  if (graph) {
    inspectGraph(source, graph, inspection);
    return true;
  }
  if (/\.sig$/i.test(name) && inspection.depth === 0 && inspectSignature(source, inspection)) return true;
  if (inspectPickle(source, head, name, inspection)) return true;
  if (!/\.safetensors$/i.test(name) || head.length < 8) return false;
  inspectMisnamed(head, inspection);
  return true;
}

function inspectPickle(source: ByteSource, head: Uint8Array, name: string, inspection: Inspection): boolean {
  if (couldBePickle(head)) {
    const found = readPickles(source, 0, inspection.budget);
    if (isPickle(found) && (found.proto || found.globals.size > 0 || pickleNames.test(name))) {
      reportPickles(found, inspection);
      return true;
    }
  }
  if (!pickleNames.test(name)) return false;
  // Bytes before a pickle do not stop who seeks to it.
  const start = source.read(0, 1 << 18);
  let tries = 0;
  for (let at = findPickle(start, 1); at >= 0 && tries < 64; at = findPickle(start, at + 1), tries++) {
    const found = readPickles(source, at, inspection.budget);
    if (!found.called || !(found.complete || found.steps > 4)) continue;
    reportPickles(found, inspection);
    inspection.note(`a pickle begins at byte ${at}`);
    return true;
  }
  return false;
}

/** Opcodes with which a pickle of a value can begin. */
function couldBePickle(head: Uint8Array): boolean {
  return head[0] === 0x80 ? head[1]! <= 5 : '(]}c)NIJKLMFGSTUVXBCiP\x8c\x8a\x8f\x95l'.includes(String.fromCharCode(head[0]!));
}
