import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import { compileLater } from './compiling.ts';
import { threadLimits } from './memory.ts';

/** Less text than this is scanned sooner by one thread than a second one starts; bytes. */
export const worthwhile = 2_000_000;
export const mostThreads = 8;
/** Entries of folders that are looked at before the scan itself does; a folder that has not shown enough by then is waited for. */
const mostLooked = 3_000;

/** What a thread is told that is to wait for its order. */
export const waiting = 'later';

/**
 * Threads for a scan that load the program while this one still does: the module is the first that the program imports. The others take as
 * long to load as this one, during which half of two processors would have nothing to do.
 */
const threads: Worker[] = isMainThread && process.argv[2] === 'scan' && !process.argv.some((one) => one.startsWith('--jobs')) && isLarge(process.argv.slice(3)) ? start() : [];

function start(): Worker[] {
  compileLater();
  return Array.from({ length: Math.min(os.availableParallelism(), mostThreads) - 1 }, () => {
    const thread = new Worker(fs.realpathSync(process.argv[1]!), { workerData: { wardlineScan: waiting }, resourceLimits: threadLimits });
    // Where no order comes, it must not keep the program from ending.
    thread.unref();
    return thread;
  });
}

/** A thread that is loading or has loaded the program, and waits for a message with its order. */
export function earlyThread(): Worker | undefined {
  const thread = threads.shift();
  thread?.ref();
  return thread;
}

/** Whether what the arguments name holds enough to scan for several threads, by a quick look that leaves out hidden and installed folders. */
function isLarge(args: readonly string[]): boolean {
  const folders = args.filter((one) => !one.startsWith('-') && isFolder(one));
  let bytes = 0;
  let looked = 0;
  for (let at = 0; at < folders.length; at++) {
    let entries: fs.Dirent[] = [];
    try {
      entries = fs.readdirSync(folders[at]!, { withFileTypes: true });
    } catch { /* the scan says so */ }
    for (const entry of entries) {
      if (++looked > mostLooked) return false;
      const file = path.join(folders[at]!, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') folders.push(file);
      else if (entry.isFile() && /\.(?:[cm]?[jt]sx?|py|ipynb|tf|ya?ml|json|bicep)$/.test(entry.name)) bytes += sizeOf(file);
      if (bytes >= worthwhile) return true;
    }
  }
  return false;
}

function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** Bytes of a file; what is larger counts as much as makes threads worthwhile, for more is not read at once. */
export function sizeOf(file: string): number {
  try {
    return Math.min(fs.statSync(file).size, worthwhile);
  } catch {
    return 0;
  }
}
