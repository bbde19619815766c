import type { Statement } from '../../model/code-tree.ts';
import { declaredNames, unwrapping } from './nodes.ts';

/** What Nuxt, and plugins of builders, bring along without an import. */
const modules: Readonly<Record<string, readonly string[]>> = {
  vue: ['ref', 'shallowRef', 'computed', 'reactive', 'shallowReactive', 'readonly', 'toRef', 'toRefs', 'h'],
  'vue-router': ['useRoute', 'useRouter'],
};

/** Imports that nobody wrote, of the names that a text uses and does not declare. */
export function autoImports(text: string, body: readonly Statement[], start: number): readonly Statement[] {
  const declared = new Set(declaredNames(body));
  const out: Statement[] = [{ kind: 'import', module: 'vue', names: [{ name: 'unref', local: unwrapping }], moduleStart: start, moduleEnd: start, start, end: start }];
  for (const [module, names] of Object.entries(modules)) {
    const used = names.filter((name) => text.includes(`${name}(`) || text.includes(`${name}<`)).filter((name) => !declared.has(name));
    if (used.length > 0) out.push({ kind: 'import', module, names: used.map((name) => ({ name, local: name })), moduleStart: start, moduleEnd: start, start, end: start });
  }
  return out;
}
