import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ArtefactReport, ModelSigner } from '../../artefact/report.ts';

export interface InspectionRequest {
  readonly id: number;
  readonly file: string;
  readonly signers: readonly ModelSigner[];
}

export interface InspectionAnswer {
  readonly id: number;
  readonly report?: ArtefactReport;
  readonly failure?: string;
}

/** Megabytes of the worker's heap; a file that needs more is given up, not the server. */
const heap = 1024;
/** Milliseconds after which a file is given up. */
const longest = 180_000;

interface Job extends InspectionRequest {
  readonly done: (report: ArtefactReport | undefined) => void;
}

/**
 * Looks into files one after another on a thread of its own, so that none of them holds up typing. A file on which the thread dies or
 * hangs gets a report that says so. Undefined where the program of the thread is not installed.
 */
export function createInspectionWorker(program: string): ((file: string, signers: readonly ModelSigner[], done: (report: ArtefactReport | undefined) => void) => void) | undefined {
  if (!fs.existsSync(program)) return undefined;
  const jobs: Job[] = [];
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = 0;

  const finish = (report: ArtefactReport | undefined): void => {
    clearTimeout(timer);
    timer = undefined;
    jobs.shift()?.done(report);
    run();
  };
  const give = (reason: string): void => {
    const lost = worker;
    worker = undefined;
    lost?.removeAllListeners();
    void lost?.terminate();
    const file = jobs[0]?.file;
    if (file !== undefined) finish(skippedReport(file, reason));
  };
  const start = (): Worker => {
    const started = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: heap } });
    started.on('message', ({ id, report, failure }: InspectionAnswer) => {
      if (jobs[0]?.id !== id) return;
      finish(failure === undefined ? report : skippedReport(jobs[0].file, failure));
    });
    started.on('error', (error) => give(`its reader failed (${error.message})`));
    started.on('exit', () => give('its reader ended'));
    started.unref();
    return started;
  };
  function run(): void {
    const job = jobs[0];
    if (!job || timer) return;
    worker ??= start();
    timer = setTimeout(() => give('it takes too long'), longest);
    timer.unref();
    worker.postMessage({ id: job.id, file: job.file, signers: job.signers } satisfies InspectionRequest);
  }
  return (file, signers, done) => {
    jobs.push({ id: next++, file, signers, done });
    run();
  };
}

function skippedReport(file: string, reason: string): ArtefactReport {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return { name, formats: [], size: 0, verdict: 'unknown', issues: [{ kind: 'unknown', what: `could not be looked into: ${reason}` }], globals: [], members: [], listed: [], metadata: [], notes: [`skipped: ${reason}`] };
}
