import { readMarks } from '../../server/rule/example.ts';
import type { Example } from '../../server/rule/rule.ts';
import { languageOfPath, type Language } from '../../server/source/language.ts';
import { cellsOf } from './analyze.ts';
import { syntaxErrors } from './syntax.ts';

/** A text that a rule reports, in one of the shapes that people keep it in. */
export interface Variant {
  readonly name: string;
  readonly text: string;
}

const keep = 'keep this';

/** The bad text of an example as a file, and what is derived from it. Derived texts that do not parse where the first does are left out. */
export function variantsOf(example: Example): readonly Variant[] {
  const language = languageOfPath(example.file);
  const sample = readMarks(example.bad!).text;
  if (language === undefined) return [];
  if (language === 'notebook') return [{ name: 'as it is', text: sample.trimStart().startsWith('{') ? sample : notebookOf(sample) }];
  const text = sample.endsWith('\n') ? sample : `${sample}\n`;
  const errors = syntaxErrors(text, language);
  const derived: readonly (readonly [string, string | undefined])[] = [
    ['as it is', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with tabs', tabs.has(language) ? text.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)) : undefined],
    ['without a last line end', text.trimEnd()],
    ['among other things', surrounded(text, language)],
    ['with comments', commented(text, language)],
    ['twice', doubled(text, language)],
  ];
  return derived.flatMap(([name, own]) => (own === undefined || (name !== 'as it is' && (own === text || syntaxErrors(own, language) > errors)) ? [] : [{ name, text: own }]));
}

/** Comments that a fix must not take away with what they stand behind. */
export function keptComments(text: string): number {
  return text.split(keep).length - 1;
}

const tabs: ReadonlySet<Language> = new Set<Language>(['typescript', 'tsx', 'javascript', 'jsx', 'terraform', 'json', 'bicep', 'go', 'dockerfile', 'shell']);
const slashes: ReadonlySet<Language> = new Set<Language>(['typescript', 'tsx', 'javascript', 'jsx', 'bicep', 'go', 'java', 'csharp', 'rust', 'swift']);
const hashes: ReadonlySet<Language> = new Set<Language>(['python', 'yaml', 'terraform', 'dockerfile', 'shell', 'dotenv', 'toml', 'ini', 'ruby']);

function commentOf(language: Language): string | undefined {
  return slashes.has(language) ? '//' : hashes.has(language) ? '#' : undefined;
}

const after: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'export const unrelated = [1, 2];\n', tsx: 'export const unrelated = [1, 2];\n', javascript: 'export const unrelated = [1, 2];\n',
  python: 'unrelated = [1, 2]\n', terraform: 'locals {\n  unrelated = 1\n}\n', dockerfile: 'LABEL unrelated=1\n', shell: 'echo unrelated\n',
};

function surrounded(text: string, language: Language): string | undefined {
  if (language === 'json') return `\n${text}\n`;
  const mark = commentOf(language);
  if (mark === undefined) return undefined;
  const first = /^(?:#!|# ?syntax=|# -\*-|%YAML)[^\n]*\n/.exec(text)?.[0] ?? '';
  const more = language === 'yaml' && /^apiVersion:/m.test(text) ? '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: unrelated\n' : after[language] ?? '';
  return `${first}${mark} Über diese Datei 🙂\n\n${text.slice(first.length)}\n${more}${mark} the end\n`;
}

/** A comment at the end of every line that can have one; lines within a literal are left alone by trying. */
function commented(text: string, language: Language): string | undefined {
  const mark = commentOf(language);
  if (mark === undefined || /<<-?["']?\w+|"""|'''|`|\\\n|[|>][-+]?\n/.test(text) || language === 'dockerfile' || language === 'dotenv' || language === 'ini') return undefined;
  return text.replace(/^(?=.*\S)(?!\s*(?:#|\/\/|---)).*$/gm, (line) => `${line} ${mark} ${keep}`);
}

function doubled(text: string, language: Language): string | undefined {
  switch (language) {
    case 'typescript': case 'tsx': case 'javascript': case 'python': case 'dockerfile': case 'shell': return text + text;
    case 'terraform': return text + text.replace(/^((?:resource|data)\s+"[^"]+"\s+")([^"]+)"/gm, '$1$2_two"').replace(/^((?:variable|module|output)\s+")([^"]+)"/gm, '$1$2_two"')
      .replace(/\b((?:aws|google|azurerm|kubernetes)_\w+\.)(\w+)/g, '$1$2_two').replace(/\b(var|module)\.(\w+)/g, '$1.$2_two');
    case 'yaml': return /^apiVersion:/m.test(text) ? `${text}---\n${text.replace(/^---\n/, '')}` : undefined;
    default: return undefined;
  }
}

/** A sample of cells as the file that a notebook is saved in. */
function notebookOf(sample: string): string {
  const cells = cellsOf(sample).map((cell) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: cell.split(/(?<=\n)/) }));
  return `${JSON.stringify({ cells, metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}
