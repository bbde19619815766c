import fs from 'node:fs';
import path from 'node:path';
import type { Bundle } from '../../base/speech/speech.ts';

/** The server's sentences in a language, from its file; undefined where that cannot be read, and English is spoken. */
export function readBundle(folder: string, name: string): Bundle | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, `server.${name}.json`), 'utf8')) as Bundle;
  } catch {
    return undefined;
  }
}
