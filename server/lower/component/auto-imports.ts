import type { Statement } from '../../model/code-tree.ts';
import { currentRoute, declaredNames, unwrapping } from './nodes.ts';

/** What Nuxt, and plugins of builders, bring along without an import. */
const modules: Readonly<Record<string, readonly string[]>> = {
  vue: ['ref', 'shallowRef', 'computed', 'reactive', 'shallowReactive', 'readonly', 'toRef', 'toRefs', 'watch', 'h'],
  'vue-router': ['useRoute', 'useRouter'],
};

/** Imports that nobody wrote, of the names that a text uses and does not declare. */
export function autoImports(text: string, body: readonly Statement[], start: number): readonly Statement[] {
  const declared = new Set(declaredNames(body));
  const imported = (module: string, names: readonly { readonly name: string; readonly local: string }[]): Statement => ({ kind: 'import', module, names, moduleStart: start, moduleEnd: start, start, end: start });
  const out: Statement[] = [imported('vue', [{ name: 'unref', local: unwrapping }])];
  if (text.includes('$route')) out.push(imported('vue-router', [{ name: 'useRoute', local: currentRoute }]));
  for (const [module, names] of Object.entries(modules)) {
    const used = names.filter((name) => text.includes(`${name}(`) || text.includes(`${name}<`)).filter((name) => !declared.has(name));
    if (used.length > 0) out.push(imported(module, used.map((name) => ({ name, local: name }))));
  }
  return out;
}
