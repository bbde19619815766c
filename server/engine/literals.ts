import type { Document } from '../source/document.ts';

const skipped = {
  code: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
  python: /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  terraform: /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\r?\n[\s\S]*?\n[ \t]*\1\b|"(?:\\.|[^"\\\n])*"/g,
} as const;

/** Whether a line begins inside a literal that spans lines, where a comment would become part of the text. */
export function beginsInLiteral(document: Document, line: number): boolean {
  const pattern = document.language === 'python' ? skipped.python : document.language === 'terraform' ? skipped.terraform : /^(?:typescript|tsx|javascript|jsx|bicep)$/.test(document.language) ? skipped.code : undefined;
  if (!pattern) return false;
  const start = document.lines.start(line);
  for (const match of document.text.matchAll(pattern)) {
    if (match.index >= start) return false;
    if (match.index + match[0].length > start && match[0].includes('\n')) return true;
  }
  return false;
}
