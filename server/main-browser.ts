import { providePrograms } from './host/browser/programs.ts';

// The first message says where the worker's other programs are; what follows is the language server's.
globalThis.onmessage = ({ data }: MessageEvent<{ readonly wardlinePrograms: Readonly<Record<string, string>> }>) => {
  globalThis.onmessage = null;
  providePrograms(data.wardlinePrograms);
  void import('./main-worker.ts').then(({ start }) => start());
};
