import { parentPort } from 'node:worker_threads';
import { inspectFile } from './host/node/artefacts.ts';
import type { InspectionAnswer, InspectionRequest } from './host/node/inspection-worker.ts';

// The thread that looks into model files for the language server.
parentPort?.on('message', ({ id, file, signers }: InspectionRequest) => {
  let answer: InspectionAnswer;
  try {
    const report = inspectFile(file, signers);
    answer = { id, ...(report ? { report } : {}) };
  } catch (error) {
    answer = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
