import type { Language } from '../../source/language.ts';
import type { CodeStyle } from './code.ts';

const plain: CodeStyle = { line: ['//'], block: true, quotes: '"\'', templates: false, triple: false, heredoc: false, regex: false, multiline: false, magics: false };
const script: CodeStyle = { ...plain, quotes: '"\'`', templates: true, regex: true };

/** Languages that are programs: only what stands in quotes, comments and texts within is a value. */
export const codeStyles: Readonly<Partial<Record<Language, CodeStyle>>> = {
  typescript: script, tsx: script, javascript: script, jsx: script,
  python: { ...plain, line: ['#'], block: false, triple: true },
  terraform: { ...plain, line: ['#', '//'], quotes: '"', heredoc: true },
  bicep: { ...plain, quotes: "'", triple: true },
  go: { ...plain, quotes: '"\'`' },
  java: { ...plain, triple: true },
  csharp: { ...plain, triple: true },
  c: plain,
  ruby: { ...plain, line: ['#'], block: false, heredoc: true, multiline: true },
  php: { ...plain, line: ['//', '#'], heredoc: true, multiline: true },
  rust: { ...plain, quotes: '"' },
  swift: { ...plain, quotes: '"', triple: true },
  sql: { ...plain, line: ['--'], multiline: true },
};
