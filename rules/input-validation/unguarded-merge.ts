import { walk } from '../../server/rule/walk.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { taintsIn, type Expression, type FunctionNode } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { express } from '../_samples.ts';

const helper = 'const merge = (target: any, source: any) => { for (const key of Object.keys(source)) {';

/** `a[k]` of a parameter: the key's name. */
function keyOf(node: Expression | undefined, params: ReadonlySet<string>): string | undefined {
  return node?.kind === 'index' && node.object.kind === 'name' && params.has(node.object.name) && node.index?.kind === 'name' ? node.index.name : undefined;
}

export default [
  defineRule({
    id: 'input-validation/unguarded-merge', title: 'Deep merge that takes untrusted keys', severity: 'medium', confidence: 'medium', references: ['CWE-1321', 'CWE-915', 'SI-10'],
    what: 'Reports functions of the program’s own that merge objects into objects, key by key, and are given data of a peer, where no key is refused.',
    why: 'The key `__proto__` leads to the prototype of every object of the process; checks of permissions then pass.', whenNotToUse: 'When both objects have no prototype.', noFix: 'The keys that may be written have to be listed, or `__proto__`, `constructor` and `prototype` refused.',
    checks: [{
      on: 'code', words: ['Object.keys', 'Object.entries', ' in '],
      check: (code, context) => {
        if (context.document.language === 'python' || isTest(context.document.path)) return;
        const given = new Set<FunctionNode>();
        for (const call of code.calls) if (call.args.length > 1 && call.args.some((one) => taintsIn(one.value).some((taint) => taint.label === 'request' || taint.label === 'message' || taint.label === 'browser'))) for (const one of merging(call.node.callee, code.module)) given.add(one);
        for (const fn of given) {
          const place = recursive(fn);
          if (place && !/__proto__|['"]constructor['"]|['"]prototype['"]|Object\.create\(null\)/.test(context.document.text.slice(fn.start, fn.end))) context.report({ at: place, message: `${fn.name ?? 'The merge'} writes whatever keys the peer sends, \`__proto__\` included.` });
        }
      },
    }],
    examples: [{ file: 'app.ts', bad: express([`${helper} if (typeof source[key] === 'object') «merge(target[key], source[key])»; else target[key] = source[key]; } };`, 'merge({}, req.body);', 'res.end();']), good: express([`${helper} if (key === '__proto__' || key === 'constructor') continue; if (typeof source[key] === 'object') merge(target[key], source[key]); else target[key] = source[key]; } };`, 'merge({}, req.body);', 'res.end();']) }],
  }),
] satisfies readonly Rule[];

/** Functions of a module that go by the name that is called. */
function merging(callee: Expression, module: Parameters<typeof walk>[0]): readonly FunctionNode[] {
  if (callee.kind !== 'name') return [];
  const out: FunctionNode[] = [];
  walk(module, (node) => {
    if (node.kind === 'function') { const fn = 'params' in node ? node : node.value; if (fn.name === callee.name) out.push(fn); }
    else if (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === callee.name && node.value.kind === 'function') out.push(node.value);
  });
  return out;
}

/** The call of itself on the objects under one key, in a function that also writes that key. */
function recursive(fn: FunctionNode): { readonly start: number; readonly end: number } | undefined {
  const params = new Set(fn.params.flatMap((one) => (one.target.kind === 'name' ? [one.target.name] : [])));
  let place: { start: number; end: number } | undefined;
  let key: string | undefined;
  const writes = new Set<string>();
  walk(fn, (node) => {
    if (node.kind === 'call' && node.args.length >= 2 && node.callee.kind === 'name') {
      const [one, two] = [keyOf(node.args[0]?.value, params), keyOf(node.args[1]?.value, params)];
      if (one !== undefined && one === two) { key = one; place ??= { start: node.start, end: node.end }; }
    }
    if (node.kind === 'assign' && node.target.kind === 'index' && node.target.object.kind === 'name' && params.has(node.target.object.name) && node.target.index?.kind === 'name') writes.add(node.target.index.name);
  });
  return place && key !== undefined && writes.has(key) ? place : undefined;
}
