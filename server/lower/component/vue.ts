import type { Expression, FunctionNode, Name, ObjectEntry, ObjectLiteral, Pattern, Statement } from '../../model/code-tree.ts';
import { assignNode, boundNames, callNode, currentRoute, declaredNames, memberNode, nameNode, properties, propertyNode, statementNode, unwrapped } from './nodes.ts';
import { isOutside, type ComponentParts } from './parts.ts';
import { renamed, type Renaming } from './rename.ts';

/** Names that templates may use and no component declares. */
const globals = /^(?:\$\w*|undefined|Infinity|NaN|isFinite|isNaN|parseFloat|parseInt|decodeURI|decodeURIComponent|encodeURI|encodeURIComponent|Math|Number|Date|Array|Object|Boolean|String|RegExp|Map|Set|JSON|Intl|BigInt|console|Error|Symbol|window|document|location|import\.meta)$/;

/** `<script setup>`: what is declared with a call may be a reference, which the template sees through. */
export function setupParts(body: readonly Statement[]): ComponentParts {
  const read = renamed(body, { read: (one) => one, replace: (node, inner) => macro(node, inner) });
  const inside = read.filter((one) => !isOutside(one) && one.kind !== 'export');
  return { outside: read.filter(isOutside), inside, derived: derivedOf(inside), renaming: templateNames(read) };
}

/** `defineProps()` gives what the component is given. */
function macro(node: Expression, inner: (node: Expression) => Expression): Expression | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'name') return undefined;
  if (node.callee.name === 'defineProps') return nameNode(properties, node);
  const first = node.args[0]?.value;
  return node.callee.name === 'withDefaults' && first ? inner(first) : undefined;
}

/** Computed values, which are those of the end. */
function derivedOf(inside: readonly Statement[]): readonly Statement[] {
  return inside.filter((one) => one.kind === 'expression' && one.value.kind === 'assign' && one.value.declares && one.value.value.kind === 'call' && one.value.value.callee.kind === 'name' && /^(?:computed|computedAsync|asyncComputed)$/.test(one.value.value.callee.name));
}

function templateNames(body: readonly Statement[]): Renaming {
  const references = new Set(body.flatMap((one) => (one.kind === 'expression' && one.value.kind === 'assign' && one.value.declares && madeByCall(one.value.value) ? boundNames(one.value.target) : [])));
  const declared = new Set(declaredNames(body));
  return {
    read: (one): Expression => {
      if (one.name === '$route') return callNode(nameNode(currentRoute, one), [], one);
      if (references.has(one.name)) return unwrapped(one);
      return declared.has(one.name) || globals.test(one.name) ? one : propertyNode(one.name, one);
    },
    write: (one): Pattern => (references.has(one.name) ? memberNode(one, 'value', one) as Pattern : one),
  };
}

function madeByCall(node: Expression): boolean {
  return node.kind === 'call' || (node.kind === 'await' && node.value.kind === 'call');
}

/** The object of options in `export default {}`, `defineComponent({})`, `Vue.extend({})`. */
export function optionsOf(body: readonly Statement[]): ObjectLiteral | undefined {
  const found = body.find((one) => one.kind === 'export' && one.value !== undefined);
  const value = found?.kind === 'export' ? found.value : undefined;
  const inner = value?.kind === 'call' ? value.args[0]?.value : value;
  return inner?.kind === 'object' ? inner : undefined;
}

/** A component that is an object of options, read as if its data and methods were variables and functions. */
export function optionParts(body: readonly Statement[], options: ObjectLiteral): ComponentParts {
  const inside: Statement[] = [];
  const names = new Set<string>();
  const computed = new Set<string>();
  const given = new Set<string>();
  const hooks: Statement[] = [];
  let setup: readonly Statement[] = [];
  const method = (key: string, fn: FunctionNode): void => {
    names.add(key);
    inside.push({ kind: 'function', value: { ...fn, name: key, isArrow: true }, start: fn.start, end: fn.end });
  };
  const entriesOf = (node: Expression): readonly (ObjectEntry & { readonly key: string })[] => (node.kind === 'object' ? node.entries.filter((one): one is ObjectEntry & { readonly key: string } => one.key !== undefined) : []);
  const data = (list: readonly (ObjectEntry & { readonly key: string })[]): void => {
    for (const one of list) {
      if (one.value.kind === 'name' && one.value.name === one.key) { names.add(one.key); continue; }
      names.add(one.key);
      inside.push(assignNode(nameNode(one.key, { start: one.keyStart, end: one.keyEnd }), one.value, true, one));
    }
  };
  const returnedOf = (fn: FunctionNode): { readonly before: readonly Statement[]; readonly entries: readonly (ObjectEntry & { readonly key: string })[] } => {
    const last = fn.body.at(-1);
    const object = last?.kind === 'return' ? last.value : undefined;
    return object?.kind === 'object' ? { before: fn.body.slice(0, -1), entries: entriesOf(object) } : { before: fn.body, entries: [] };
  };
  for (const { key, value } of options.entries) {
    switch (key) {
      case 'props':
        for (const one of value.kind === 'list' ? value.items : []) if (one.kind === 'literal' && typeof one.value === 'string') given.add(one.value);
        for (const one of entriesOf(value)) given.add(one.key);
        break;
      case 'data':
        if (value.kind === 'function') {
          const { before, entries } = returnedOf(value);
          inside.push(...before);
          data(entries);
        } else data(entriesOf(value));
        break;
      case 'computed':
        for (const one of entriesOf(value)) {
          const get = entriesOf(one.value).find((each) => each.key === 'get')?.value ?? one.value;
          if (get.kind !== 'function') continue;
          method(one.key, get);
          computed.add(one.key);
        }
        break;
      case 'methods':
        for (const one of entriesOf(value)) {
          if (one.value.kind === 'function') method(one.key, one.value);
          else data([one]);
        }
        break;
      case 'setup':
        if (value.kind === 'function') {
          const { before, entries } = returnedOf(value);
          const [first] = value.params;
          if (first) inside.push(assignNode(first.target, nameNode(properties, first), true, first));
          setup = before;
          inside.push(...before);
          data(entries);
        }
        break;
      case 'watch': for (const one of entriesOf(value)) hooks.push(statementNode(one.value)); break;
      case 'components': case 'name': case 'mixins': case 'extends': case 'directives': break;
      default: hooks.push(statementNode(value));
    }
  }
  const named = (name: string, at: Expression): Expression | undefined => {
    if (name === '$route') return callNode(nameNode(currentRoute, at), [], at);
    if (computed.has(name)) return callNode(nameNode(name, at), [], at);
    if (names.has(name)) return nameNode(name, at);
    return given.has(name) ? propertyNode(name, at) : undefined;
  };
  const own: Renaming = {
    read: (one) => one,
    replace: (node) => (node.kind === 'member' && isThis(node.object) ? named(node.property, node) : undefined),
    replaceTarget: (node) => (isThis(node.object) && names.has(node.property) && !computed.has(node.property) ? nameNode(node.property, node) : undefined),
  };
  const outer = body.filter((one) => !(one.kind === 'export' && one.value !== undefined));
  const template = templateNames(setup);
  return {
    outside: outer, inside: renamed([...inside, ...hooks], own), derived: [],
    renaming: {
      read: (one: Name) => (computed.has(one.name) ? callNode(one, [], one) : names.has(one.name) && !declaredNames(setup).includes(one.name) ? one : template.read(one)),
      write: (one) => (names.has(one.name) && !declaredNames(setup).includes(one.name) ? one : template.write!(one)),
    },
  };
}

function isThis(node: Expression): boolean {
  return node.kind === 'other' && node.type === 'this';
}
