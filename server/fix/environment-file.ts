import { directoryName, joinPath } from '../base/path.ts';
import { gitIgnored } from '../analysis/ignored.ts';
import type { EditIntent, Printed, TextEdit } from '../model/fix.ts';
import { fileOfPart } from '../source/notebook.ts';
import type { Sources } from '../source/sources.ts';
import { environmentExample } from './secret-files.ts';

type Intent = Extract<EditIntent, { kind: 'addToEnvironmentFile' }>;

/**
 * Puts the value that stands at `origin` under a name into the project's `.env`, and sees to it that git ignores the file. Undefined
 * where the project keeps no such file and nothing in it reads one.
 */
export function printEnvironmentFile({ origin, variable }: Intent, sources: Sources): Printed {
  const written = sources.document(origin.path)?.text.slice(origin.range.start, origin.range.end);
  const file = environmentFile(fileOfPart(origin.path), sources);
  if (written === undefined || file === undefined) return undefined;
  const line = settingLine(variable, written);
  if (line === undefined) return { refused: 'The value cannot be written to a .env file so that every tool reads it back the same.' };
  const known = sources.exists(file) ? sources.document(file)?.text : undefined;
  if (known === undefined && sources.exists(file)) return { refused: 'The .env file cannot be read.' };
  const old = known === undefined ? undefined : new RegExp(`^[ \\t]*(?:export[ \\t]+)?${variable}[ \\t]*=(.*)$`, 'm').exec(known);
  if (old && `${variable}=${old[1]!.trim()}` !== line) return { refused: `${variable} has another value in .env, which is not overwritten.` };
  const edits: TextEdit[] = [];
  if (gitIgnored(file, sources) !== true) edits.push(ignoring(file, sources));
  if (known === undefined) edits.push({ path: file, range: { start: 0, end: 0 }, text: `${line}\n`, create: true });
  else if (!old) edits.push(appended(file, known, line));
  return edits;
}

/** `NAME=value`, quoted where it has to be; undefined where Node's, Python's and Docker's readers would differ. */
export function settingLine(variable: string, value: string): string | undefined {
  if (/[\\\r\n]/.test(value)) return undefined;
  if (/^[\w./:@%+,=-]+$/.test(value)) return `${variable}=${value}`;
  if (!value.includes("'")) return `${variable}='${value}'`;
  return /["$`]/.test(value) ? undefined : `${variable}="${value}"`;
}

/** The project's `.env`, or where it belongs: beside its example, or beside the manifest of a project that reads such files. */
function environmentFile(path: string, sources: Sources): string | undefined {
  const example = environmentExample(path, sources);
  let directory = directoryName(path);
  for (let depth = 0; depth < 12 && directory !== '' && directory !== '/'; depth++, directory = directoryName(directory)) {
    const here = joinPath(directory, '.env');
    if (sources.exists(here)) return here;
    if (example !== undefined && directoryName(example) === directory) return here;
    if (manifests.some((name) => sources.exists(joinPath(directory, name)) && /dotenv|env[-_]file|pydantic-settings|environs|python-decouple|^services:/m.test(sources.document(joinPath(directory, name))?.text ?? ''))) return here;
    if (sources.exists(joinPath(directory, '.git'))) return undefined;
  }
  return undefined;
}

const manifests = ['package.json', 'pyproject.toml', 'requirements.txt', 'Pipfile', 'compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** Adds `.env` to the nearest .gitignore between the file and the repository's root, or writes a first one beside it. */
function ignoring(file: string, sources: Sources): TextEdit {
  for (let directory = directoryName(file); directory !== '' && directory !== '/'; directory = directoryName(directory)) {
    const path = joinPath(directory, '.gitignore');
    const text = sources.exists(path) ? sources.document(path)?.text : undefined;
    if (text !== undefined) return appended(path, text, '.env');
    if (sources.exists(joinPath(directory, '.git'))) break;
  }
  return { path: joinPath(directoryName(file), '.gitignore'), range: { start: 0, end: 0 }, text: '.env\n', create: true };
}

function appended(path: string, text: string, line: string): TextEdit {
  return { path, range: { start: text.length, end: text.length }, text: `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n` };
}
