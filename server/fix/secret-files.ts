import { directoryName } from '../base/path.ts';
import type { EditIntent, TextEdit } from '../model/fix.ts';
import type { Sources } from '../source/sources.ts';

const exampleNames = ['.env.example', '.env.sample', '.env.template', '.env.dist'];

/** Adds a name without a value to the nearest example of environment settings. Undefined when there is none, or it has the name. */
export function printEnvironmentExample({ path, variable }: Extract<EditIntent, { kind: 'addToEnvironmentExample' }>, sources: Sources): readonly TextEdit[] | undefined {
  const example = environmentExample(path, sources);
  const document = example === undefined ? undefined : sources.document(example);
  if (!document) return undefined;
  const { text } = document;
  if (new RegExp(`^\\s*(?:export\\s+)?${variable}=`, 'm').test(text)) return undefined;
  return [{ path: document.path, range: { start: text.length, end: text.length }, text: `${text === '' || text.endsWith('\n') ? '' : '\n'}${variable}=\n` }];
}

/** The example of environment settings beside a file or in a folder above it. */
export function environmentExample(path: string, sources: Sources): string | undefined {
  let directory = directoryName(path.split('::')[0]!);
  for (let depth = 0; depth < 12 && directory !== ''; depth++) {
    for (const name of exampleNames) {
      const at = directory === '/' ? `/${name}` : `${directory}/${name}`;
      if (sources.exists(at)) return at;
    }
    if (directory === '/') break;
    directory = directoryName(directory);
  }
  return undefined;
}

/** Empties the saved outputs of the cell that a place lies in. */
export function printClearedOutput({ origin }: Extract<EditIntent, { kind: 'clearCellOutput' }>, sources: Sources): readonly TextEdit[] | undefined {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { text, path } = document;
  const key = text.lastIndexOf('"outputs"', origin.range.start);
  const open = key < 0 ? -1 : text.indexOf('[', key);
  if (open < 0 || open > origin.range.start) return undefined;
  const close = closing(text, open);
  if (close === undefined || close < origin.range.end) return undefined;
  return [{ path, range: { start: open, end: close + 1 }, text: '[]' }];
}

/** The bracket that closes the one at `open`, strings left out. */
function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    } else if (code === 91 || code === 123) depth++;
    else if ((code === 93 || code === 125) && --depth === 0) return at;
  }
  return undefined;
}
