import { analyzeModule, type CodeAnalysis } from '../../server/analysis/code/analyze.ts';
import { lowerCode } from '../../server/lower/code.ts';
import { createDocument } from '../../server/source/document.ts';
import { languageOfPath } from '../../server/source/language.ts';

/** The analysis of one file alone. */
export function analyzeCode(file: string, text: string): CodeAnalysis {
  const document = createDocument(`/workspace/${file}`, languageOfPath(file)!, text);
  return analyzeModule(lowerCode(document), { load: () => undefined, exists: () => false, resolve: () => undefined });
}

/** Flows as `label -> sink`, each once, in order. */
export function flowsOf(file: string, text: string): readonly string[] {
  return [...new Set(analyzeCode(file, text).flows.filter((flow) => flow.label !== 'secret' && flow.label !== 'personal' && flow.sink !== 'log').map((flow) => `${flow.label} -> ${flow.sink}`))];
}
