import os from 'node:os';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import { mergeShards, readShard, shard } from '../../report/shard.ts';
import type { ScanResult } from '../../report/result.ts';
import type { Rule } from '../../rule/rule.ts';
import { compileLater } from './compiling.ts';
import { earlyThread, mostThreads, sizeOf, waiting, worthwhile } from './early-threads.ts';
import { threadLimits } from './memory.ts';
import { rootOf, scan, startScan, type ScanOptions, type ScanSettings } from './scan.ts';
import { walk, type Walk } from './walk.ts';

/** What a worker is told when it starts. Rules hold functions, so it has its own. */
interface Order {
  readonly wardlineScan: Omit<ScanSettings, 'rules' | 'facts'>;
  readonly walked: Walk;
  readonly portions: readonly (readonly string[])[];
  /** See `takerOf`. */
  readonly stretches: SharedArrayBuffer;
  readonly worker: number;
}

/** Progress, and in the end what was found, as UTF-8: a text would be copied, with two bytes for each character. */
type FromWorker = { readonly done: number } | { readonly shard: Uint8Array<ArrayBuffer> };

/** Files are handed out by folder, so that a unit is lowered once, in about this many portions for each worker. */
const portionsPerWorker = 24;

/**
 * The same result as `scan`, from several threads where there is enough to do, this one among them: it begins while the others load.
 * `program` is the script to start them with; it has to call `runScanWorker` when it finds itself in one.
 */
export async function scanInParallel(options: ScanOptions & { readonly jobs?: number; readonly program: string }): Promise<{ readonly result: ScanResult; readonly root: string }> {
  const walked = walk(options.paths);
  const files = [...walked.files, ...walked.artefacts].filter((file) => options.select?.(file) ?? true);
  const folders = byFolder(files);
  const total = folders.reduce((sum, folder) => sum + folder.bytes, 0);
  const workers = Math.min(options.jobs ?? Math.min(os.availableParallelism(), mostThreads), folders.length);
  if (total >= worthwhile) compileLater();
  if (workers < 2 || (options.jobs === undefined && total < worthwhile)) return scan({ ...options, reported: true });
  const portions = portionsOf(folders, total / (workers * portionsPerWorker));
  const stretches = stretchesOf(portions.length, workers);
  const { paths, version, team, overlay } = options;
  const settings = { paths, version, team, reported: true, ...(overlay ? { overlay } : {}) };
  let done = 0;
  const more = (count: number): void => options.progress?.(done += count, files.length);
  const others = Array.from({ length: workers - 1 }, (_, at) => {
    const order: Order = { wardlineScan: settings, walked, portions, stretches, worker: at + 1 };
    const early = earlyThread();
    early?.postMessage(order);
    return resultOf(early ?? new Worker(options.program, { workerData: order, resourceLimits: threadLimits }), options.rules, more);
  });
  const own = analyzeShare({ ...settings, rules: options.rules }, walked, portions, takerOf(stretches, 0), () => more(1));
  const results = [own, ...await Promise.all(others)];
  const root = rootOf(paths);
  return { root, result: { ...mergeShards(results), root, rules: options.rules } };
}

/** What a worker has found; rejects when it ends without saying. */
function resultOf(worker: Worker, rules: readonly Rule[], progress: (done: number) => void): Promise<ScanResult> {
  const result = new Promise<ScanResult>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if ('done' in message) return progress(message.done);
      const read = readShard(new TextDecoder().decode(message.shard), rules);
      if ('problem' in read) reject(new Error(read.problem));
      else resolve(read);
      void worker.terminate();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a scan thread ended early with status ${code}`)));
  });
  // It is awaited later, when this thread has done its own part.
  result.catch(() => undefined);
  return result;
}

function analyzeShare(settings: ScanSettings, walked: Walk, portions: readonly (readonly string[])[], take: () => number | undefined, progress: () => void): ScanResult {
  const running = startScan(settings, walked);
  for (let at = take(); at !== undefined; at = take()) running.analyze(portions[at]!, progress);
  return running.finish().result;
}

/** The worker's side of `scanInParallel`; false when this thread is no scan worker. */
export function runScanWorker(rules: readonly Rule[]): boolean {
  const given = workerData as Order | { readonly wardlineScan: typeof waiting } | null;
  if (!parentPort || !given?.wardlineScan) return false;
  if (given.wardlineScan === waiting) parentPort.once('message', (order: Order) => runOrder(order, rules));
  else runOrder(given as Order, rules);
  return true;
}

function runOrder(order: Order, rules: readonly Rule[]): void {
  const send = (message: FromWorker, transferred: readonly ArrayBuffer[] = []): void => parentPort!.postMessage(message, transferred);
  const result = analyzeShare({ ...order.wardlineScan, rules }, order.walked, order.portions, takerOf(order.stretches, order.worker), () => send({ done: 1 }));
  const bytes = new TextEncoder().encode(shard(result));
  send({ shard: bytes }, [bytes.buffer]);
}

interface Folder {
  readonly files: string[];
  bytes: number;
}

/** Files of one folder belong together; folders in the order of their first file. */
function byFolder(files: readonly string[]): readonly Folder[] {
  const folders = new Map<string, Folder>();
  for (const file of files) {
    const name = file.slice(0, file.lastIndexOf('/'));
    let folder = folders.get(name);
    if (!folder) folders.set(name, (folder = { files: [], bytes: 0 }));
    folder.files.push(file);
    folder.bytes += sizeOf(file);
  }
  return [...folders.values()];
}

/** Neighbouring folders joined to portions of about `size` bytes. */
function portionsOf(folders: readonly Folder[], size: number): (readonly string[])[] {
  const portions: string[][] = [];
  let bytes = Infinity;
  for (const folder of folders) {
    if (bytes >= size) {
      portions.push([]);
      bytes = 0;
    }
    portions.at(-1)!.push(...folder.files);
    bytes += folder.bytes;
  }
  return portions;
}

/** The first portion of a stretch that is still to be done, and the first one behind it, in the halves of an integer. */
const halves = { pack: (from: number, to: number): number => (from << 16) | to, from: (share: number): number => share >>> 16, to: (share: number): number => share & 0xffff };

/** A stretch of neighbouring portions for every two workers, who come towards each other from its ends. */
function stretchesOf(portions: number, workers: number): SharedArrayBuffer {
  const count = Math.ceil(workers / 2);
  const buffer = new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT);
  const edge = (at: number): number => Math.floor((at * portions) / count);
  new Int32Array(buffer).forEach((_, at, stretches) => { stretches[at] = halves.pack(edge(at), edge(at + 1)); });
  return buffer;
}

/**
 * Hands out portions to a worker without asking another thread. What imports each other mostly lies side by side: where each goes
 * through neighbours only, few files are read by two of them. A worker whose stretch is done helps with the longest one that is left.
 * Undefined when nothing is.
 */
function takerOf(buffer: SharedArrayBuffer, worker: number): () => number | undefined {
  const stretches = new Int32Array(buffer);
  const left = (at: number): number => { const stretch = Atomics.load(stretches, at); return halves.to(stretch) - halves.from(stretch); };
  return () => {
    for (;;) {
      const at = left(worker >> 1) > 0 ? worker >> 1 : stretches.reduce((longest, _, one) => (left(one) > left(longest) ? one : longest), 0);
      const stretch = Atomics.load(stretches, at);
      const [from, to] = [halves.from(stretch), halves.to(stretch)];
      if (from >= to) {
        if (stretches.every((_, one) => left(one) <= 0)) return undefined;
        continue;
      }
      const first = worker % 2 === 0;
      if (Atomics.compareExchange(stretches, at, stretch, first ? halves.pack(from + 1, to) : halves.pack(from, to - 1)) === stretch) return first ? from : to - 1;
    }
  };
}
