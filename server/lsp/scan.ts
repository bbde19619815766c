import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { ScanResultSummary } from './protocol.ts';
import { isVirtual, uriOfPath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** Milliseconds of work between two looks at the message queue, so that typing is answered during a scan. */
const slice = 12;

export interface ScanParts {
  readonly workspace: Workspace;
  readonly connection: Connection;
  readonly token: CancellationToken;
  readonly progress?: WorkDoneProgressReporter;
  /** Called when the scan begins; what it gives is called when it ends. */
  readonly onScan: () => () => void;
  /** Settles when models that are looked into on another thread have been. */
  readonly inspections?: (() => Promise<void>) | undefined;
  /** Called with the files that were analysed since the last call, at most once in the given milliseconds. */
  readonly onPart?: (files: readonly string[]) => void;
  readonly partEvery?: number;
}

/** Analyses all files in slices. Cancelling keeps what was found so far. */
export async function scanFiles(files: readonly string[], { workspace, connection, token, progress, onScan, inspections, onPart, partEvery = 0 }: ScanParts): Promise<ScanResultSummary> {
  const notes = new Set<string>();
  let done = 0;
  let sliceStart = performance.now();
  let part = 0;
  let partStart = sliceStart;
  const ended = onScan();
  progress?.begin('Wardline', 0, workspace.say('scan.begin', { count: files.length }), true);
  try {
    for (const file of files) {
      if (token.isCancellationRequested) break;
      try {
        const analysis = workspace.analyze(file);
        for (const note of analysis.notes) notes.add(`${nameOf(note.path)}: ${note.message}`);
      } catch (error) {
        notes.add(`${nameOf(file)}: ${error instanceof Error ? error.message : String(error)}`);
        connection.console.warn(`${file} could not be analysed: ${String(error)}`);
      }
      done++;
      if (onPart && performance.now() - partStart >= partEvery) {
        onPart(files.slice(part, done));
        part = done;
        partStart = performance.now();
      }
      if (performance.now() - sliceStart > slice) {
        progress?.report(Math.floor((done * 100) / files.length), workspace.say('scan.progress', { done, count: files.length }));
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        sliceStart = performance.now();
      }
    }
    // Models are looked into on a thread of their own; what is found there is reported when it is there.
    if (!token.isCancellationRequested) await Promise.race([inspections?.(), cancelled(token)]);
    for (const file of workspace.stale()) workspace.analyze(file);
  } finally {
    progress?.done();
    ended();
  }
  const findings = files.reduce((sum, file) => sum + workspace.outcome(file).judged.filter((one) => one.status === 'open').length, 0);
  return { files: done, findings, notes: [...notes], cancelled: done < files.length };
}

/** Settles when a request is cancelled. */
export function cancelled(token: CancellationToken): Promise<void> {
  return new Promise((resolve) => void token.onCancellationRequested(() => resolve()));
}

/** A file as a person knows it: what is on no disk has an address. */
function nameOf(path: string): string {
  return isVirtual(path) ? uriOfPath(path) : path;
}
