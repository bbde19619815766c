import type { Call, Expression, Name, Pattern, Statement } from '../../model/code-tree.ts';
import { assignNode, boundNames, callNode, declaredNames, memberNode, nameNode, properties, unknownNode, unwrapped } from './nodes.ts';
import { isOutside, type ComponentParts } from './parts.ts';
import { renamed, type Renaming } from './rename.ts';

/** Top-level statements of a script, with how they begin. */
export interface ScriptPiece {
  readonly text: string;
  readonly module: boolean;
  readonly body: readonly Statement[];
}

/** Runes and stores in plain words: `$props()` is what the component is given, `$state(x)` is `x`, `$answer` what the store `answer` holds. */
export function svelteParts(pieces: readonly ScriptPiece[]): ComponentParts {
  const outside: Statement[] = [];
  const inside: Statement[] = [];
  const derived: Statement[] = [];
  const known = new Set(pieces.flatMap((one) => declaredNames(one.body)));
  const store = (name: string): string | undefined => (/^\$[A-Za-z_]/.test(name) && known.has(name.slice(1)) && !known.has(name) ? name.slice(1) : undefined);
  const renaming: Renaming = {
    read: (one) => {
      const held = store(one.name);
      return held === undefined ? one : unwrapped(nameNode(held, one));
    },
    write: (one): Pattern => {
      const held = store(one.name);
      return held === undefined ? one : memberNode(nameNode(held, one), 'value', one) as Pattern;
    },
    replace: (node, inner) => (node.kind === 'call' ? rune(node, inner) ?? setStore(node, inner) : undefined),
  };
  for (const { text, module, body } of pieces) {
    const read = renamed(body, renaming);
    if (module) outside.push(...read);
    else if (/^\$\s*:/.test(text)) {
      inside.push(...read);
      derived.push(...read);
    } else if (/^export\s+let\b/.test(text)) inside.push(...read.flatMap((one) => givenProperties(one, read)));
    else {
      for (const one of read) (isOutside(one) ? outside : inside).push(one);
      if (/=\s*\$derived\b/.test(text)) derived.push(...read.filter((one) => one.kind === 'expression'));
    }
  }
  return { outside, inside, derived, renaming };
}

function rune(node: Call, inner: (node: Expression) => Expression): Expression | undefined {
  const written = node.callee.kind === 'member' && node.callee.object.kind === 'name' ? `${node.callee.object.name}.${node.callee.property}` : node.callee.kind === 'name' ? node.callee.name : '';
  const first = node.args[0]?.value;
  switch (written) {
    case '$props': return nameNode(properties, node);
    case '$state': case '$state.raw': case '$state.snapshot': case '$bindable': case '$derived': return first ? inner(first) : unknownNode(node);
    case '$derived.by': return first ? callNode(inner(first), [], node) : undefined;
    default: return undefined;
  }
}

/** `answer.set(x)` of a store that is made here is `answer.value = x`. */
function setStore(node: Call, inner: (node: Expression) => Expression): Expression | undefined {
  const { callee } = node;
  const value = node.args[0]?.value;
  if (callee.kind !== 'member' || callee.property !== 'set' || callee.object.kind !== 'name' || node.args.length !== 1 || !value) return undefined;
  const target = memberNode(callee.object, 'value', callee.object) as Pattern;
  return { kind: 'other', type: 'sequence', start: node.start, end: node.end, parts: [
    { kind: 'assign', target, value: inner(value), start: node.start, end: node.end },
    { ...node, args: node.args.map((one) => ({ ...one, value: inner(one.value) })) },
  ] };
}

/** `export let answer = ''` is given from outside under that name. */
function givenProperties(one: Statement, all: readonly Statement[]): readonly Statement[] {
  if (one.kind !== 'export') return [];
  return one.names.map(({ local, name }) => {
    const declared = all.find((each) => each.kind === 'expression' && each.value.kind === 'assign' && boundNames(each.value.target).includes(local));
    const fallback = declared?.kind === 'expression' && declared.value.kind === 'assign' ? declared.value.value : undefined;
    const range = declared ?? one;
    const target: Name = nameNode(local, range);
    return assignNode({ kind: 'object-pattern', entries: [{ key: name, target, ...(fallback && fallback.kind !== 'other' ? { fallback } : {}) }], start: range.start, end: range.end }, nameNode(properties, range), true, range);
  });
}
