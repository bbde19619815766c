import type { SyntaxNode } from '@lezer/common';
import type { Argument, Comprehension, Expression, FunctionNode, ObjectEntry, Parameter, Pattern, TypeNode } from '../../model/code-tree.ts';
import { children } from '../../syntax/python/parse.ts';
import { stringShape, unescapePython } from './strings.ts';
import { typeOf } from './types.ts';

/** Deeper expressions are left out, so that no later walk can overflow the stack. */
const deepest = 200;

/** What the parts of the lowering ask of each other. */
export interface Lowering {
  readonly text: string;
  readonly expression: (node: SyntaxNode | undefined) => Expression;
  readonly tuple: (nodes: readonly SyntaxNode[]) => Expression;
  readonly pattern: (nodes: readonly SyntaxNode[]) => Pattern;
  readonly args: (list: SyntaxNode | undefined) => readonly Argument[];
  readonly params: (list: SyntaxNode | undefined) => readonly Parameter[];
  readonly type: (node: SyntaxNode | undefined) => TypeNode | undefined;
  readonly source: (node: SyntaxNode) => string;
  /** Reads a function whose text was left out, by where it starts; undefined for one that is all there. */
  readonly leftOut?: (start: number) => (() => FunctionNode) | undefined;
}

export function createLowering(text: string): Lowering {
  let depth = 0;
  const source = (node: SyntaxNode): string => text.slice(node.from, node.to);
  const unknown = (node: SyntaxNode | undefined, parts: readonly Expression[] = []): Expression => ({ kind: 'other', type: 'unknown', parts, start: node?.from ?? 0, end: node?.to ?? 0 });

  const expression = (node: SyntaxNode | undefined): Expression => {
    if (!node || depth > deepest) return unknown(node);
    depth++;
    const out = convert(node);
    depth--;
    return out;
  };

  const tuple = (nodes: readonly SyntaxNode[]): Expression => {
    const items = elements(nodes);
    if (items.length === 1 && !nodes.some((node) => node.name === ',')) return items[0]!;
    return { kind: 'list', items, start: nodes[0]?.from ?? 0, end: nodes.at(-1)?.to ?? 0 };
  };

  /** Items between commas, with `*x` as spreads. */
  const elements = (nodes: readonly SyntaxNode[]): Expression[] => {
    const out: Expression[] = [];
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!;
      if (isToken(node)) {
        const next = nodes[at + 1];
        if ((node.name === '*' || node.name === '**') && next) {
          out.push({ kind: 'spread', value: expression(next), start: node.from, end: next.to });
          at++;
        }
        continue;
      }
      out.push(expression(node));
    }
    return out;
  };

  const convert = (node: SyntaxNode): Expression => {
    const start = node.from;
    const end = node.to;
    const kids = (): SyntaxNode[] => children(node);
    switch (node.name) {
      case 'VariableName': return { kind: 'name', name: source(node), start, end };
      case 'self': return { kind: 'name', name: 'self', start, end };
      case 'Number': {
        const value = Number(source(node).replace(/_/g, '').replace(/^0o/i, '0o'));
        return Number.isNaN(value) ? unknown(node) : { kind: 'literal', value, start, end };
      }
      case 'Boolean': return { kind: 'literal', value: source(node) === 'True', start, end };
      case 'None': return { kind: 'literal', value: null, start, end };
      case 'String': {
        const literal = source(node);
        const shape = stringShape(literal);
        return { kind: 'literal', value: unescapePython(literal.slice(shape.start, shape.end), shape.raw), start, end };
      }
      case 'FormatString': return { kind: 'template', parts: format(node), start, end };
      case 'ContinuedString': {
        const parts = kids().flatMap((one): readonly (string | Expression)[] => {
          if (one.name === 'FormatString') return format(one);
          const value = expression(one);
          return value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [value];
        });
        return parts.every((part) => typeof part === 'string') ? { kind: 'literal', value: parts.join(''), start, end } : { kind: 'template', parts: parts.filter((part) => part !== ''), start, end };
      }
      case 'ParenthesizedExpression': return tuple(kids().filter((one) => one.name !== '(' && one.name !== ')'));
      case 'TupleExpression': case 'ArrayExpression': case 'SetExpression': return { kind: 'list', items: elements(kids()), start, end };
      case 'DictionaryExpression': return { kind: 'object', entries: entries(kids()), start, end };
      case 'ArrayComprehensionExpression': case 'ComprehensionExpression': case 'SetComprehensionExpression': case 'DictionaryComprehensionExpression': return comprehension(node);
      case 'MemberExpression': return member(node);
      case 'CallExpression': {
        const [callee, list] = kids();
        return { kind: 'call', callee: expression(callee), args: args(list), isNew: false, open: list?.from ?? end, start, end };
      }
      case 'BinaryExpression': return isLogical(node) ? logical(node) : binary(node);
      case 'UnaryExpression': {
        const [operator, value] = kids();
        if (operator?.name === 'not') return logical(node);
        return { kind: 'unary', operator: operator ? source(operator) : '', value: expression(value), start, end };
      }
      case 'ConditionalExpression': {
        const [then, , test, , otherwise] = kids();
        return { kind: 'conditional', test: expression(test), then: expression(then), otherwise: expression(otherwise), start, end };
      }
      case 'AwaitExpression': return { kind: 'await', value: expression(kids()[1]), start, end };
      case 'YieldExpression': case 'YieldStatement': return { kind: 'other', type: 'yield', parts: [tuple(kids().filter((one) => one.name !== 'yield' && one.name !== 'from'))], start, end };
      case 'NamedExpression': {
        const [target, , value] = kids();
        return { kind: 'assign', target: target ? pattern([target]) : { kind: 'name', name: '', start, end }, value: expression(value), start, end };
      }
      case 'LambdaExpression': {
        const list = kids();
        const value = list.at(-1);
        return {
          kind: 'function', name: undefined, nameStart: start, nameEnd: start, params: params(list.find((one) => one.name === 'ParamList')),
          body: value ? [{ kind: 'return', value: expression(value), start: value.from, end: value.to }] : [],
          decorators: [], isAsync: false, isGenerator: false, isArrow: true, directives: [], start, end,
        } satisfies FunctionNode;
      }
      default: return unknown(node);
    }
  };

  const format = (node: SyntaxNode): readonly (string | Expression)[] => {
    const literal = source(node);
    const shape = stringShape(literal);
    const out: (string | Expression)[] = [];
    let at = node.from + shape.start;
    const fixed = (to: number): void => {
      if (to > at) out.push(unescapePython(text.slice(at, to).replace(/\{\{/g, '{').replace(/\}\}/g, '}'), shape.raw));
    };
    for (const one of children(node)) {
      if (one.name !== 'FormatReplacement') continue;
      fixed(one.from);
      const inner = children(one).find((part) => !isToken(part) && part.name !== 'FormatConversion' && part.name !== 'FormatSpec' && part.name !== 'FormatSelfDoc');
      if (inner) out.push(expression(inner));
      at = one.to;
    }
    fixed(node.from + shape.end);
    return out;
  };

  /** A key's name where it is a fixed text. */
  const keyOf = (node: SyntaxNode): string | undefined => {
    const value = node.name === 'String' || node.name === 'Number' ? expression(node) : undefined;
    return value?.kind === 'literal' ? String(value.value) : undefined;
  };

  const entries = (kids: readonly SyntaxNode[]): readonly ObjectEntry[] => {
    const out: ObjectEntry[] = [];
    for (let at = 0; at < kids.length; at++) {
      const node = kids[at]!;
      const next = kids[at + 1];
      if (node.name === '**' && next) {
        out.push({ key: undefined, keyStart: node.from, keyEnd: node.to, value: expression(next), spread: true, start: node.from, end: next.to });
        at++;
      } else if (!isToken(node) && next?.name === ':' && kids[at + 2] && !isToken(kids[at + 2]!)) {
        const value = kids[at + 2]!;
        const key = keyOf(node);
        out.push({ key, keyStart: node.from, keyEnd: node.to, value: expression(value), start: node.from, end: value.to, ...(key === undefined ? { computed: expression(node) } : {}) });
        at += 2;
      }
    }
    return out;
  };

  const comprehension = (node: SyntaxNode): Expression => {
    const kids = children(node);
    const from = kids.findIndex((one) => one.name === 'for');
    if (from < 0) return unknown(node);
    const head = kids.slice(0, from).filter((one) => !isToken(one) || one.name === ':');
    const keyed = head[1]?.name === ':';
    const clauses: { target: Pattern; iterable: Expression; conditions: Expression[] }[] = [];
    for (let at = from; at < kids.length; at++) {
      const one = kids[at]!;
      if (one.name === 'for') {
        const into = kids.findIndex((other, index) => index > at && other.name === 'in');
        if (into < 0) break;
        clauses.push({ target: pattern(kids.slice(at + 1, into)), iterable: expression(kids[into + 1]), conditions: [] });
        at = into + 1;
      } else if (one.name === 'if') clauses.at(-1)?.conditions.push(expression(kids[++at]));
    }
    return {
      kind: 'comprehension', element: expression(keyed ? head[2] : head[0]), ...(keyed ? { key: expression(head[0]) } : {}), clauses, start: node.from, end: node.to,
    } satisfies Comprehension;
  };

  const member = (node: SyntaxNode): Expression => {
    const kids = children(node);
    const object = expression(kids[0]);
    const { from: start, to: end } = node;
    const property = kids.find((one) => one.name === 'PropertyName');
    if (property && kids[1]?.name === '.') return { kind: 'member', object, property: source(property), propertyStart: property.from, start, end };
    const inner = kids.slice(2).filter((one) => one.name !== ']');
    const colon = inner.findIndex((one) => one.name === ':');
    if (colon >= 0) return { kind: 'index', object, index: undefined, bounded: inner[colon + 1] !== undefined && !isToken(inner[colon + 1]!), bounds: inner.filter((one) => one.name === 'CallExpression' || one.name === 'BinaryExpression' || one.name === 'UnaryExpression' || one.name === 'MemberExpression').map(expression), start, end };
    const key = inner.length === 1 ? inner[0]! : undefined;
    if (key?.name === 'String') return { kind: 'member', object, property: keyOf(key) ?? '', propertyStart: key.from, start, end };
    return { kind: 'index', object, index: inner.length === 0 ? undefined : tuple(inner), start, end };
  };

  const isLogical = (node: SyntaxNode): boolean => node.name === 'BinaryExpression' && /^(?:and|or)$/.test(children(node)[1]?.name ?? '');

  /**
   * `and`, `or` and `not` by their precedence. The grammar lets `not` take all that follows (`not a or b` as `not (a or b)`), so what
   * stands without brackets is taken apart and put together again.
   */
  const logical = (node: SyntaxNode): Expression => {
    const tokens: (SyntaxNode | 'and' | 'or' | { readonly not: number })[] = [];
    const rest: (SyntaxNode | 'and' | 'or')[] = [node];
    for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
      if (typeof at === 'string') tokens.push(at);
      else if (isLogical(at)) {
        const [left, operator, right] = children(at);
        if (right) rest.push(right);
        rest.push(operator!.name as 'and' | 'or', left!);
      } else if (at.name === 'UnaryExpression' && children(at)[0]?.name === 'not') {
        tokens.push({ not: at.from });
        const value = children(at)[1];
        if (value) rest.push(value);
      } else tokens.push(at);
    }
    let next = 0;
    const operand = (): Expression => {
      const nots: number[] = [];
      let token = tokens[next++];
      for (; token !== undefined && typeof token !== 'string' && 'not' in token; token = tokens[next++]) nots.push(token.not);
      let out = expression(typeof token === 'string' || token === undefined ? undefined : token as SyntaxNode);
      for (const start of nots.reverse()) out = { kind: 'unary', operator: 'not', value: out, start, end: out.end };
      return out;
    };
    const chain = (operator: 'and' | 'or', part: () => Expression): Expression => {
      let left = part();
      while (tokens[next] === operator) {
        next++;
        const right = part();
        left = { kind: 'logical', operator, left, right, start: left.start, end: right.end };
      }
      return left;
    };
    return chain('or', () => chain('and', operand));
  };

  const comparisons = new Set(['<', '<=', '>', '>=']);
  const operators: Readonly<Record<string, string>> = { '==': '===', '!=': '!==', '<>': '!==' };
  const binary = (node: SyntaxNode): Expression => {
    // Left-deep chains are walked, not recursed into.
    const steps: { operator: string; right: SyntaxNode; to: number }[] = [];
    let at: SyntaxNode = node;
    while (at.name === 'BinaryExpression' && steps.length < 2000) {
      const kids = children(at);
      if (kids.length < 3) break;
      steps.push({ operator: kids.slice(1, -1).map(source).join(' '), right: kids.at(-1)!, to: at.to });
      at = kids[0]!;
    }
    let out = expression(at);
    let chainedTo: Expression | undefined;
    for (const { operator, right, to } of steps.reverse()) {
      const end = to;
      const start = out.start;
      if (operator === '+') {
        const before = out.kind === 'template' && out.sum ? out.parts : [textOr(out)];
        out = { kind: 'template', parts: [...before, textOr(expression(right))], sum: true, start, end };
      } else if (comparisons.has(operator) && out.kind === 'binary' && comparisons.has(out.operator) && out.end < to && chainedTo === out) {
        // `a <= b <= c` compares b twice.
        const second: Expression = { kind: 'binary', operator: operators[operator] ?? operator, left: out.right, right: expression(right), start: out.right.start, end };
        out = { kind: 'logical', operator: 'and', left: out, right: second, start, end };
        chainedTo = second;
      } else {
        out = { kind: 'binary', operator: operators[operator] ?? operator, left: out, right: expression(right), start, end };
        chainedTo = out;
      }
    }
    return out;
  };

  const args = (list: SyntaxNode | undefined): readonly Argument[] => {
    if (!list || list.name !== 'ArgList') return [];
    const kids = children(list);
    const out: Argument[] = [];
    const into = kids.findIndex((one) => one.name === 'for');
    if (into > 0) {
      const element = kids[into - 1]!;
      const value = comprehension(list);
      return [{ value, start: element.from, end: list.to - 1 }];
    }
    for (let at = 0; at < kids.length; at++) {
      const node = kids[at]!;
      const next = kids[at + 1];
      if ((node.name === '*' || node.name === '**') && next) {
        out.push({ value: expression(next), spread: node.name === '*' ? 'list' : 'map', start: node.from, end: next.to });
        at++;
      } else if (node.name === 'VariableName' && next?.name === 'AssignOp' && kids[at + 2]) {
        out.push({ name: source(node), value: expression(kids[at + 2]), start: node.from, end: kids[at + 2]!.to });
        at += 2;
      } else if (!isToken(node) && !node.type.isError) out.push({ value: expression(node), start: node.from, end: node.to });
    }
    return out;
  };

  const params = (list: SyntaxNode | undefined): readonly Parameter[] => {
    if (!list) return [];
    const kids = children(list);
    const out: Parameter[] = [];
    for (let at = 0; at < kids.length; at++) {
      const node = kids[at]!;
      let rest: Parameter['rest'];
      let name = node;
      if (node.name === '*' || node.name === '**') {
        if (kids[at + 1]?.name !== 'VariableName') continue;
        rest = node.name === '*' ? 'list' : 'map';
        name = kids[++at]!;
      } else if (node.name !== 'VariableName' && node.name !== 'self') continue;
      let type: TypeNode | undefined;
      let fallback: Expression | undefined;
      let end = name.to;
      if (kids[at + 1]?.name === 'TypeDef') {
        type = typed(kids[++at]!);
        end = kids[at]!.to;
      }
      if (kids[at + 1]?.name === 'AssignOp' && kids[at + 2]) {
        fallback = expression(kids[at + 2]);
        end = kids[at + 2]!.to;
        at += 2;
      }
      out.push({ target: { kind: 'name', name: source(name), start: name.from, end: name.to }, decorators: [], start: node.from, end, ...(type ? { type } : {}), ...(fallback ? { fallback } : {}), ...(rest ? { rest } : {}) });
    }
    return out;
  };

  const typed = (node: SyntaxNode | undefined): TypeNode | undefined => {
    const inner = node && children(node).find((one) => !isToken(one));
    return inner ? typeOf(expression(inner)) : undefined;
  };

  const pattern = (nodes: readonly SyntaxNode[]): Pattern => {
    const kept = nodes.filter((one) => !isToken(one) || one.name === '*');
    if (kept.length === 1 && !nodes.some((one) => one.name === ',')) return single(kept[0]!);
    const items: { target: Pattern; rest?: true }[] = [];
    for (let at = 0; at < kept.length; at++) {
      if (kept[at]!.name === '*' && kept[at + 1]) items.push({ target: single(kept[++at]!), rest: true });
      else items.push({ target: single(kept[at]!) });
    }
    return { kind: 'list-pattern', items, start: nodes[0]?.from ?? 0, end: nodes.at(-1)?.to ?? 0 };
  };

  const single = (node: SyntaxNode): Pattern => {
    if (node.name === 'TupleExpression' || node.name === 'ArrayExpression' || node.name === 'ParenthesizedExpression') return pattern(children(node));
    const target = expression(node);
    return target.kind === 'name' || target.kind === 'member' || target.kind === 'index' ? target : { kind: 'name', name: '', start: node.from, end: node.to };
  };

  const lowering: Lowering = { text, expression, tuple, pattern, args, params, type: typed, source };
  return lowering;
}

function textOr(one: Expression): string | Expression {
  return one.kind === 'literal' && typeof one.value === 'string' ? one.value : one;
}

const tokens = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', '*', '**', 'for', 'in', 'if', 'else', 'async', 'AssignOp', 'as', 'lambda', 'def', 'At']);
export function isToken(node: SyntaxNode): boolean {
  return tokens.has(node.name);
}
