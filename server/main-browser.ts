import type { Bundle } from './base/speech/speech.ts';
import { providePrograms } from './host/browser/programs.ts';

// The first message says where the worker's other programs are, and what is said in the editor's language; what follows is the language server's.
globalThis.onmessage = ({ data }: MessageEvent<{ readonly wardlinePrograms: Readonly<Record<string, string>>; readonly wardlineBundle?: Bundle }>) => {
  globalThis.onmessage = null;
  providePrograms(data.wardlinePrograms);
  void import('./main-worker.ts').then(({ start }) => start(data.wardlineBundle));
};
