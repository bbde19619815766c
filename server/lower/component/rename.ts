import type { Expression, FunctionNode, Member, Name, Pattern, Statement } from '../../model/code-tree.ts';
import { boundNames, declaredNames } from './nodes.ts';

/** What stands in place of names, and of properties of `this`, in code of a component. */
export interface Renaming {
  readonly read: (name: Name) => Expression;
  /** Where the name is assigned to. */
  readonly write?: (name: Name) => Pattern;
  /** Any other expression, before its parts are looked at; undefined leaves it. */
  readonly replace?: (node: Expression, inner: (node: Expression) => Expression) => Expression | undefined;
  readonly replaceTarget?: (node: Member) => Pattern | undefined;
}

const none: ReadonlySet<string> = new Set();

/** A copy of code with its free names replaced. */
export function renamed<T extends Expression | readonly Statement[]>(code: T, renaming: Renaming, hidden: ReadonlySet<string> = none): T {
  return rename(code, renaming, hidden) as T;
}

function rename(node: unknown, renaming: Renaming, hidden: ReadonlySet<string>): unknown {
  if (typeof node !== 'object' || node === null || node instanceof Map) return node;
  if (Array.isArray(node)) return node.map((one: unknown) => rename(one, renaming, hidden));
  const own = node as Expression;
  const again = (one: Expression): Expression => rename(one, renaming, hidden) as Expression;
  const replaced = typeof own.kind === 'string' ? renaming.replace?.(own, again) : undefined;
  if (replaced) return replaced;
  switch (own.kind) {
    case 'name': return hidden.has(own.name) ? own : renaming.read(own);
    // The statement that declares a function goes by the same kind.
    case 'function': return 'params' in own ? renameFunction(own, renaming, hidden) : parts(own, renaming, hidden);
    case 'assign': return { ...own, target: renameTarget(own.target, renaming, hidden, own.declares === true), value: again(own.value) };
    case 'comprehension': {
      const within = new Set([...hidden, ...own.clauses.flatMap((one) => boundNames(one.target))]);
      return {
        ...own, element: rename(own.element, renaming, within), ...(own.key ? { key: rename(own.key, renaming, within) } : {}),
        clauses: own.clauses.map((one) => ({ target: one.target, iterable: again(one.iterable), conditions: rename(one.conditions, renaming, within) })),
      };
    }
    default: return parts(own, renaming, hidden);
  }
}

function parts(node: object, renaming: Renaming, hidden: ReadonlySet<string>): unknown {
  const copy: Record<string, unknown> = {};
  for (const key in node) {
    const value = node[key as never] as unknown;
    copy[key] = key === 'type' || typeof value !== 'object' ? value : key === 'target' ? renameTarget(value as Pattern, renaming, hidden, true) : rename(value, renaming, hidden);
  }
  return copy;
}

function renameFunction(node: FunctionNode, renaming: Renaming, hidden: ReadonlySet<string>): FunctionNode {
  const within = new Set([...hidden, ...node.params.flatMap((one) => boundNames(one.target)), ...declaredWithin(node.body)]);
  return {
    ...node, body: rename(node.body, renaming, within) as readonly Statement[],
    params: node.params.map((one) => (one.fallback ? { ...one, fallback: rename(one.fallback, renaming, within) as Expression } : one)),
  };
}

/** Names that a function declares, in its blocks as well. */
function declaredWithin(body: readonly Statement[]): readonly string[] {
  return [...declaredNames(body), ...body.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case 'if': return [...declaredWithin(one.then), ...declaredWithin(one.otherwise)];
      case 'loop': return [...(one.target ? boundNames(one.target) : []), ...declaredWithin(one.before), ...declaredWithin(one.body)];
      case 'try': return [...declaredWithin(one.body), ...one.handlers.flatMap((each) => [...(each.name === undefined ? [] : [each.name]), ...declaredWithin(each.body)]), ...declaredWithin(one.final)];
      case 'switch': return one.cases.flatMap((each) => declaredWithin(each.body));
      case 'block': return declaredWithin(one.body);
      default: return [];
    }
  })];
}

function renameTarget(pattern: Pattern | undefined, renaming: Renaming, hidden: ReadonlySet<string>, declares: boolean): Pattern | undefined {
  switch (pattern?.kind) {
    case 'name': return declares || hidden.has(pattern.name) ? pattern : renaming.write?.(pattern) ?? pattern;
    case 'member': return renaming.replaceTarget?.(pattern) ?? { ...pattern, object: rename(pattern.object, renaming, hidden) as Expression };
    case 'index': return rename(pattern, renaming, hidden) as Pattern;
    case 'object-pattern': return { ...pattern, entries: pattern.entries.map((one) => ({ ...one, target: renameTarget(one.target, renaming, hidden, declares)!, ...(one.fallback ? { fallback: rename(one.fallback, renaming, hidden) as Expression } : {}) })) };
    case 'list-pattern': return { ...pattern, items: pattern.items.map((one) => (one ? { ...one, target: renameTarget(one.target, renaming, hidden, declares)!, ...(one.fallback ? { fallback: rename(one.fallback, renaming, hidden) as Expression } : {}) } : undefined)) };
    default: return pattern;
  }
}
