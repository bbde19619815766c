import type { Document } from '../source/document.ts';
import { isComponent, isScript } from '../source/language.ts';
import { placeInComponent, type Dialect } from '../lower/component/place.ts';

const skipped = {
  code: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
  python: /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  terraform: /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\r?\n[\s\S]*?\n[ \t]*\1\b|"(?:\\.|[^"\\\n])*"/g,
} as const;

/** Whether a line begins inside a literal that spans lines, where a comment would become part of the text. */
export function beginsInLiteral(document: Document, line: number): boolean {
  const pattern = document.language === 'python' ? skipped.python : document.language === 'terraform' ? skipped.terraform : document.language === 'bicep' || isScript(document.language) ? skipped.code : undefined;
  if (!pattern) return false;
  const start = document.lines.start(line);
  const place = isComponent(document.language) ? placeInComponent(document.text, document.language as Dialect, start) : undefined;
  if (place && place.kind !== 'script') return false;
  const from = place?.kind === 'script' ? place.script.start : 0;
  for (const match of document.text.slice(from).matchAll(pattern)) {
    if (from + match.index >= start) return false;
    if (from + match.index + match[0].length > start && match[0].includes('\n')) return true;
  }
  return false;
}
