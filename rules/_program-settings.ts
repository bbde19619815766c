import { elementOf, type CodeAnalysis, type Value } from '../server/rule/code.ts';

/** The objects that a file of settings exports, `export default defineConfig({ … })`, `module.exports = withPlugin(settings)`. */
export function exportedSettings(code: CodeAnalysis): readonly Value[] {
  const out: Value[] = [];
  const visit = (value: Value | undefined, depth: number): void => {
    if (!value || depth > 3) return;
    if (value.fields && value.instance === undefined) out.push(value);
    for (const one of value.call?.args ?? []) visit(one.value, depth + 1);
  };
  visit(code.names.get('export default'), 0);
  visit(code.names.get('module')?.fields?.get('exports'), 0);
  return out;
}

/** Values at a path of an object: `images.remotePatterns[].hostname`, `*` for all keys. */
export function valuesAt(value: Value, path: string): readonly { readonly key: string; readonly value: Value }[] {
  let found: { key: string; value: Value }[] = [{ key: '', value }];
  for (const step of path.split(/\.|(?=\[\])/)) {
    found = found.flatMap(({ key, value: one }) => {
      if (step === '[]') return (one.items ?? [elementOf(one)]).map((item) => ({ key, value: item }));
      if (step === '*') return [...(one.fields ?? [])].map(([name, field]) => ({ key: name, value: field }));
      const field = one.fields?.get(step);
      return field ? [{ key: step, value: field }] : [];
    });
  }
  return found;
}
