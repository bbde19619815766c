import { sampleOf, substituteOf } from '../server/rule/expectations.ts';
import type { Literal } from '../server/rule/queries.ts';
import type { Example, Rule } from '../server/rule/rule.ts';
import { families, service, type Expect, type Line } from './_families.ts';

type Lines = { readonly [name in keyof typeof families]?: Readonly<Record<string, Line>> };

/**
 * Rules on fields of one kind of Kubernetes objects, as `service` has them, with samples that are manifests. Several groups have
 * kinds of the same name, so the group is asked for as well. `*` in a path stands for a list in the samples.
 */
export function kind(noun: string, apiVersion: string, name: string | readonly string[], groups: Lines): readonly Rule[] {
  const names = typeof name === 'string' ? [name] : name;
  const group = apiVersion.split('/')[0]!;
  const own = { path: 'apiVersion', must: { matches: new RegExp(`^${group.replaceAll('.', '\\.')}/`) } } as const;
  const judged = Object.fromEntries(
    Object.entries(groups).map(([family, lines]) => [
      family,
      Object.fromEntries(
        Object.entries(lines).map(([id, [path, expect, problem, extra]]) => [
          id,
          [path, expect, problem, { examples: samples(apiVersion, names[0]!, path, expect, extra?.noFix !== undefined), ...extra, when: [own, ...(extra?.when ?? [])] }],
        ]),
      ),
    ]),
  ) as Lines;
  return service(
    noun,
    names.map((one) => `k8s_${one.toLowerCase()}`),
    judged,
  );
}

function samples(apiVersion: string, name: string, path: string, expect: Expect, byHand: boolean): readonly Example[] {
  const steps = path.split('|')[0]!.split('.');
  const print = (value: Literal | undefined, mark = false): string => manifest(apiVersion, name, steps, value, mark);
  const good = expect.must === 'absent' ? undefined : (expect.sample?.good ?? expect.set ?? sampleOf(expect.must, true));
  const bad = expect.sample?.bad ?? (expect.must === 'present' ? undefined : sampleOf(expect.must, false));
  const other = byHand ? undefined : substituteOf(bad, expect.must);
  const set = expect.set ?? (other === undefined || !Array.isArray(bad) ? other : [other]);
  return [{ file: 'manifest.yaml', bad: print(bad, true), ...(set === undefined ? {} : { fixed: print(set) }), good: print(good) }];
}

/** An object with one field set; the mark is under the value, or under the object's name where there is none. */
function manifest(apiVersion: string, name: string, steps: readonly string[], value: Literal | undefined, mark: boolean): string {
  const head = [`apiVersion: ${apiVersion}`, `kind: ${name}`, 'metadata:', '  name: example'];
  if (value === undefined) return [...head, ...(mark ? ['        ^^^^^^^'] : []), 'spec: {}', ''].join('\n');
  let indent = '';
  let dash = false;
  const body: string[] = [];
  steps.forEach((step, at) => {
    if (step === '*') {
      dash = true;
      indent += '  ';
      return;
    }
    const text = `${dash ? `${indent}- ` : indent}${step}:`;
    if (dash) indent += '  ';
    dash = false;
    if (at < steps.length - 1) {
      body.push(text);
      indent += '  ';
      return;
    }
    const items = Array.isArray(value) ? value : undefined;
    const written = items ? `[${items.map(quoted).join(', ')}]` : quoted(value);
    const open = (items ? 1 : 0) + (written.includes("'") ? 1 : 0);
    body.push(`${text} ${written}`);
    if (mark) body.push(' '.repeat(text.length + 1 + open) + '^'.repeat(written.length - 2 * open));
  });
  return [...head, ...body, ''].join('\n');
}

function quoted(value: Literal): string {
  return typeof value === 'string' && /^(?:true|false|yes|no|on|off|\d.*|\*.*)?$|[:*]/.test(value) ? `'${value}'` : String(value);
}
