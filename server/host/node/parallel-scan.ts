import fs from 'node:fs';
import os from 'node:os';
import v8 from 'node:v8';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import { mergeShards, readShard, shard } from '../../report/shard.ts';
import type { ScanResult } from '../../report/result.ts';
import type { Rule } from '../../rule/rule.ts';
import { rootOf, scan, startScan, type ScanOptions, type ScanSettings } from './scan.ts';
import { walk, type Walk } from './walk.ts';

/** What a worker is told when it starts. Rules hold functions, so it has its own. */
interface Order {
  readonly wardlineScan: Omit<ScanSettings, 'rules' | 'facts'>;
  readonly walked: Walk;
}

type ToWorker = { readonly files: readonly string[] } | { readonly finish: true };
type FromWorker = { readonly idle: true } | { readonly done: number } | { readonly shard: string };

/** Less text than this is scanned sooner by one thread than a second one starts; bytes. */
const worthwhile = 2_000_000;
/** Files are handed out by folder, so that a unit is lowered once, in about this many portions for each worker. */
const portionsPerWorker = 12;
const mostWorkers = 8;

/**
 * The same result as `scan`, from several threads where there is enough to do. `program` is the script to start workers with; it has to
 * call `runScanWorker` when it finds itself in one.
 */
export async function scanInParallel(options: ScanOptions & { readonly jobs?: number; readonly program: string }): Promise<{ readonly result: ScanResult; readonly root: string }> {
  const walked = walk(options.paths);
  const files = [...walked.files, ...walked.artefacts].filter((file) => options.select?.(file) ?? true);
  const folders = byFolder(files);
  const total = folders.reduce((sum, folder) => sum + folder.bytes, 0);
  const workers = Math.min(options.jobs ?? Math.min(os.availableParallelism(), mostWorkers), folders.length);
  if (workers < 2 || (options.jobs === undefined && total < worthwhile)) return scan(options);
  // Every thread compiles the program's hot functions for itself; waiting a little longer compiles fewer of them. Unknown flags are ignored.
  v8.setFlagsFromString('--interrupt-budget=1000000');
  const next = sharesOf(portionsOf(folders, total / (workers * portionsPerWorker)), workers);
  const { paths, version, team, overlay } = options;
  const order: Order = { wardlineScan: { paths, version, team, ...(overlay ? { overlay } : {}) }, walked };
  let done = 0;
  const results = await Promise.all(Array.from({ length: workers }, (_, at) => new Promise<ScanResult>((resolve, reject) => {
    const worker = new Worker(options.program, { workerData: order });
    const send = (message: ToWorker): void => worker.postMessage(message);
    worker.on('message', (message: FromWorker) => {
      if ('done' in message) options.progress?.(done += message.done, files.length);
      else if ('shard' in message) {
        const read = readShard(message.shard, options.rules);
        if ('problem' in read) reject(new Error(read.problem));
        else resolve(read);
        void worker.terminate();
      } else {
        const files = next(at);
        send(files ? { files } : { finish: true });
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a scan thread ended early with status ${code}`)));
  })));
  const root = rootOf(paths);
  return { root, result: { ...mergeShards(results), root, rules: options.rules } };
}

/** The worker's side of `scanInParallel`; false when this thread is no scan worker. */
export function runScanWorker(rules: readonly Rule[]): boolean {
  const order = workerData as Order | null;
  if (!parentPort || !order?.wardlineScan) return false;
  const port = parentPort;
  const send = (message: FromWorker): void => port.postMessage(message);
  const running = startScan({ ...order.wardlineScan, rules }, order.walked);
  port.on('message', (message: ToWorker) => {
    if ('finish' in message) return send({ shard: shard(running.finish().result) });
    running.analyze(message.files, () => send({ done: 1 }));
    send({ idle: true });
  });
  send({ idle: true });
  return true;
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

/** Neighbouring folders joined to portions of about `size` bytes: what imports each other mostly lies side by side. */
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

/**
 * Hands out portions: each worker goes through a stretch of its own, so that it meets the same imports again, and then takes from
 * the far end of the longest stretch that is left.
 */
function sharesOf(portions: readonly (readonly string[])[], workers: number): (worker: number) => readonly string[] | undefined {
  const shares = Array.from({ length: workers }, (_, at) => portions.slice(Math.floor((at * portions.length) / workers), Math.floor(((at + 1) * portions.length) / workers)));
  return (worker) => shares[worker]!.shift() ?? shares.reduce((longest, one) => (one.length > longest.length ? one : longest)).pop();
}

function sizeOf(file: string): number {
  try {
    return Math.min(fs.statSync(file).size, worthwhile);
  } catch {
    return 0;
  }
}
