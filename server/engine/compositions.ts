import { expand } from '../analysis/code/knowledge.ts';
import { modelCalls } from '../analysis/code/tables/models.ts';
import type { LinkedSources } from '../source/sources.ts';
import { mayOwn } from './method-owners.ts';

const owners = new Set(modelCalls.flatMap((one) => one.names.flatMap(expand)).flatMap((name) => /^@?[\w$-]+(?:\/[\w$-]+)?/.exec(name)?.[0] ?? []).filter((owner) => !/^[A-Z$]/.test(owner)));

/** Imports of names, the default one and those in braces, from modules of the program. */
const imports = /\bimport\s+(?!type\b)([^;'"]*?)\bfrom\s*['"](?:\.|@\/|~\/|@[\w-]+\/)[^'"\n]*['"]/g;

/**
 * Whether a file of TypeScript only puts together what others do, one of which asks a model: `render(await answer(question))`,
 * `<Article body={await draft(topic)} />`. What is found in it lies in the others.
 */
export function composes(path: string, text: string, sources: LinkedSources): boolean {
  const effects = /^\s*import\s*['"]\.[^'"\n]*['"]/m.test(text);
  if (!effects && !/\bawait\b/.test(text)) return false;
  let asked = effects;
  let used = effects || /\bthis(?:\.[\w$]+){2,}\(\s*[^\s)'"`]/.test(text) ? 1 : 0;
  for (const [, names] of text.matchAll(imports)) {
    for (const [, name] of names!.matchAll(/(?:^|[,{\s])([A-Za-z_$][\w$]*)\s*(?=[,}]|$)/g)) {
      const own = `\\b${name!.replaceAll('$', '\\$')}`;
      const awaited = new RegExp(`\\bawait\\s+(?:\\([^;{}]*\\bof\\s+)?${own}(?:\\.\\w+)*\\(`).test(text);
      if (!awaited && !new RegExp(`${own}(?:\\.\\w+)*\\(\\s*[^\\s)'"\`]|<${own}\\b[^<>]*=\\{`).test(text)) continue;
      used++;
      asked ||= awaited;
    }
  }
  if (used < 2 || !asked) return false;
  const packages = sources.packages(path);
  for (const owner of owners) if (mayOwn(owner, packages, text)) return true;
  return false;
}
