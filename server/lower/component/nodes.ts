import type { TextRange } from '../../base/range.ts';
import type { Call, CodeNode, Element, Expression, FunctionNode, Name, ObjectEntry, Parameter, Pattern, Statement } from '../../model/code-tree.ts';

/** The properties that a component is given. No program can use a name with a space. */
export const properties = ' props';
/** Reads what a reference of Vue or a store holds. */
export const unwrapping = ' unref';

/** The route of a page, which Vue's router brings along. */
export const currentRoute = ' useRoute';

const at = ({ start, end }: TextRange): CodeNode => ({ start, end });

export const nameNode = (name: string, range: TextRange): Name => ({ kind: 'name', name, ...at(range) });
export const unknownNode = (range: TextRange, parts: readonly Expression[] = []): Expression => ({ kind: 'other', type: 'unknown', parts, ...at(range) });
export const memberNode = (object: Expression, property: string, range: TextRange): Expression & { kind: 'member' } => ({ kind: 'member', object, property, propertyStart: range.start, ...at(range) });
export const callNode = (callee: Expression, args: readonly Expression[], range: TextRange): Call => ({ kind: 'call', callee, args: args.map((value) => ({ value, ...at(value) })), isNew: false, open: range.end, ...at(range) });
export const unwrapped = (value: Expression): Call => callNode(nameNode(unwrapping, value), [value], value);
export const propertyNode = (name: string, range: TextRange): Expression => memberNode(nameNode(properties, range), name, range);
export const assignNode = (target: Pattern, value: Expression, declares: boolean, range: TextRange): Statement => ({ kind: 'expression', value: { kind: 'assign', target, value, ...(declares ? { declares } : {}), ...at(range) }, ...at(range) });
export const statementNode = (value: Expression): Statement => ({ kind: 'expression', value, ...at(value) });
export const returnNode = (value: Expression): Statement => ({ kind: 'return', value, ...at(value) });
export const elementNode = (name: string, attributes: readonly ObjectEntry[], children: readonly Expression[], range: TextRange): Element => ({ kind: 'element', name, attributes, children, ...at(range) });
export const parameterNode = (target: Pattern): Parameter => ({ target, decorators: [], ...at(target) });

export function entryNode(key: string | undefined, keyRange: TextRange, value: Expression): ObjectEntry {
  return { key, keyStart: keyRange.start, keyEnd: keyRange.end, value, start: keyRange.start, end: Math.max(keyRange.end, value.end), ...(key === undefined ? { spread: true as const } : {}) };
}

export function functionNode(params: readonly Parameter[], body: readonly Statement[], range: TextRange, more: Partial<FunctionNode> = {}): FunctionNode {
  return { kind: 'function', name: undefined, nameStart: range.start, nameEnd: range.start, params, body, decorators: [], isAsync: false, isGenerator: false, isArrow: true, directives: [], ...at(range), ...more };
}

/** `[for target of list: element]`: markup that is repeated. */
export function repeated(element: Expression, target: Pattern | undefined, list: Expression, range: TextRange): Expression {
  return { kind: 'comprehension', element, clauses: [{ target: target ?? nameNode('', range), iterable: list, conditions: [] }], ...at(range) };
}

/** The names that a pattern binds. */
export function boundNames(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case 'name': return pattern.name === '' ? [] : [pattern.name];
    case 'object-pattern': return pattern.entries.flatMap((one) => boundNames(one.target));
    case 'list-pattern': return pattern.items.flatMap((one) => (one ? boundNames(one.target) : []));
    default: return [];
  }
}

/** Names that statements declare where they stand. */
export function declaredNames(body: readonly Statement[]): readonly string[] {
  return body.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case 'expression': return one.value.kind === 'assign' && one.value.declares ? boundNames(one.value.target) : [];
      case 'function': case 'class': return one.value.name === undefined ? [] : [one.value.name];
      case 'import': return one.names.map(({ local }) => local);
      default: return [];
    }
  });
}
