import { expand } from '../analysis/code/knowledge.ts';
import { modelCalls } from '../analysis/code/tables/models.ts';
import type { LinkedSources } from '../source/sources.ts';
import { mayOwn } from './method-owners.ts';

let owners: ReadonlySet<string> | undefined;

/** The packages whose calls ask models. */
const modelOwners = (): ReadonlySet<string> => (owners ??= new Set(modelCalls.flatMap((one) => one.names.flatMap(expand)).flatMap((name) => /^@?[\w$-]+(?:\/[\w$-]+)?/.exec(name)?.[0] ?? []).filter((owner) => !/^[A-Z$]/.test(owner))));

/** Imports of names, the default one and those in braces, from modules of the program. */
const imports = /\bimport\s+(?!type\b)([^;'"]*?)\bfrom\s*['"](?:\.|@\/|~\/|@[\w-]+\/)[^'"\n]*['"]/g;

const judged = new WeakMap<ReadonlySet<string>, boolean>();

/** Whether a package asks models; files that import each other share one set. */
function leadsToModel(packages: ReadonlySet<string>): boolean {
  let known = judged.get(packages);
  if (known === undefined) {
    known = false;
    for (const owner of modelOwners()) if (mayOwn(owner, packages, '')) { known = true; break; }
    judged.set(packages, known);
  }
  return known;
}

/** Python's imports of names from modules, which may be the program's own. */
const pythonImports = /^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n(]*))/gm;

/** The same of a file of Python: `run(plan(goal))`, of which both come from elsewhere. */
export function composesPython(path: string, text: string, sources: LinkedSources, isLibrary: (module: string) => boolean): boolean {
  const names = new Set<string>();
  for (const [, module, several, one] of text.matchAll(pythonImports)) {
    if (isLibrary(module!)) continue;
    for (const [, name, alias] of (several ?? one!).matchAll(/\b([a-z_]\w*)(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?=[,\s)#]|$)/g)) names.add(alias ?? name!);
  }
  if (names.size < 2) return false;
  const given = new Set<string>();
  const taken = new Set<string>();
  for (const [, before, name, first] of text.matchAll(/(?<=([=(,]|\b(?:await|in)\b|^)[ \t]*)\b([a-z_]\w*)\([ \t]*(?=(\S))/gm)) {
    if (!names.has(name!)) continue;
    if (before !== '') taken.add(name!);
    if (!/[)'"]/.test(first!)) given.add(name!);
  }
  return [...given].some((one) => taken.size > (taken.has(one) ? 1 : 0)) && leadsToModel(sources.packages(path));
}

/**
 * Whether a file of TypeScript only puts together what others do, one of which asks a model: `render(await answer(question))`,
 * `<Article body={await draft(topic)} />`. What is found in it lies in the others.
 */
export function composes(path: string, text: string, sources: LinkedSources): boolean {
  const effects = /^\s*import\s*['"]\.[^'"\n]*['"]/m.test(text);
  if (!effects && !text.includes('await ')) return false;
  const names = new Set<string>();
  for (const [, list] of text.matchAll(imports)) for (const [, name] of list!.matchAll(/(?:^|[,{\s])([A-Za-z_$][\w$]*)\s*(?=[,}]|$)/g)) names.add(name!);
  const awaited = new Set<string>();
  if (names.size > 0) for (const [, name] of text.matchAll(/\b(?:await|of)\s+([A-Za-z_$][\w$]*)[\w$.]*\(/g)) if (names.has(name!)) awaited.add(name!);
  if (!effects && awaited.size === 0) return false;
  // What a class was given stands in its fields.
  const others = effects || (text.includes('constructor(') && /\bthis(?:\.[\w$]+){2,}\(\s*[^\s)'"`]/.test(text)) ? 1 : 0;
  const used = new Set(awaited);
  for (const pattern of [/([A-Za-z_$][\w$]*)(?:\.\w+)*\(\s*[^\s)'"`]/g, /<([A-Z]\w*)\b[^<>]*=\{/g]) for (const [, name] of text.matchAll(pattern)) if (names.has(name!)) used.add(name!);
  return used.size + others > 1 && leadsToModel(sources.packages(path));
}
