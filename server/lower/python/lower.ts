import type { SyntaxNode } from '@lezer/common';
import type { ClassMember, CodeModule, Expression, FunctionNode, Literal, Statement, SwitchCase } from '../../model/code-tree.ts';
import type { Document } from '../../source/document.ts';
import { blankMagics } from '../../source/magics.ts';
import { children, errorsOf, parsePython } from '../../syntax/python/parse.ts';
import { moved } from '../moved.ts';
import type { Piece, PieceReader } from '../pieces.ts';
import { createRecent } from '../recent.ts';
import { outlineOf } from './outline.ts';
import { partsOf } from './parts.ts';
import { createLowering, isToken, type Lowering } from './expressions.ts';
import { magicStatements } from './magics.ts';
import { matchCases } from './match.ts';

/** Reads Python by its top-level statements. */
export const pythonReader: PieceReader = {
  module: '',
  read: (text) => {
    const pieces: Piece[] = [];
    const errors: number[] = [];
    for (const { text: part, start, tree, errors: own } of partsOf(text)) {
      const lowering = createLowering(part);
      for (const node of children(tree.topNode)) if (node.from < node.to) pieces.push(moved({ start: node.from, end: node.to, body: statement(node, lowering, 0).flatMap(atTop) }, start));
      for (const error of own) errors.push(error + start);
    }
    return { pieces, errors, isModule: false };
  },
};

/** Nothing returns from a module: a line of a function that has lost its indentation must not end what follows. */
function atTop(one: Statement): readonly Statement[] {
  if (one.kind !== 'return') return [one];
  return one.value ? [{ kind: 'expression', value: one.value, start: one.start, end: one.end }] : [];
}

const read = createRecent(() => pythonReader);

/** Lowers a Python document, or the joined Python cells of a notebook, to its code tree. Total. */
export function lowerPython(document: Document): CodeModule {
  const lowered = read(document.path, document.language, document.cells ? blankMagics(document.text) : document.text)!;
  return {
    path: document.path, language: document.language, broken: lowered.errors.length > 0, directives: [],
    body: inOrder(lowered.pieces.flatMap((piece) => piece.body), magicStatements(document)),
  };
}

/**
 * Lowers a Python file that others import: of its longer functions only where they are and what decorates them; the rest is read when it is asked for. Undefined
 * where the text is not so regular that it can be read in this way.
 */
export function outlinePython({ path, language, text }: Document): CodeModule | undefined {
  const outline = outlineOf(text);
  if (!outline) return undefined;
  const tree = parsePython(outline.text);
  if (errorsOf(tree).length > 0) return undefined;
  const leftOut: Lowering['leftOut'] = (start) => {
    const end = outline.ends.get(start);
    return end === undefined ? undefined : () => functionAt(text, start, end);
  };
  const lowering = { ...createLowering(outline.text), leftOut };
  return { path, language, broken: false, directives: [], body: children(tree.topNode).flatMap((node) => (node.from < node.to ? statement(node, lowering, 0).flatMap(atTop) : [])) };
}

/** A function by itself, at its offsets in the whole text. */
function functionAt(text: string, start: number, end: number): FunctionNode {
  // Statements of several lines end behind the last one.
  const own = text.slice(start, end + (text[end] === '\r' ? 2 : 1));
  const [node] = children(parsePython(own).topNode);
  return moved(fn(node!, [], createLowering(own), 0), start);
}

/** Magics take their place among the statements of the cells; those inside of blocks come after the block. */
function inOrder(body: readonly Statement[], magics: readonly Statement[]): readonly Statement[] {
  return magics.length === 0 ? body : [...body, ...magics].sort((a, b) => a.start - b.start);
}

/** Blocks nested deeper are left out. */
const deepest = 100;

function statements(nodes: readonly SyntaxNode[], lowering: Lowering, depth: number): readonly Statement[] {
  if (depth > deepest) return [];
  const out: Statement[] = [];
  for (const node of nodes) out.push(...statement(node, lowering, depth));
  return out;
}

function block(node: SyntaxNode | undefined, lowering: Lowering, depth: number): readonly Statement[] {
  return node ? statements(children(node).filter((one) => one.name !== ':'), lowering, depth + 1) : [];
}

function statement(node: SyntaxNode, lowering: Lowering, depth: number): readonly Statement[] {
  const { from: start, to: end } = node;
  const { expression, tuple, pattern, source } = lowering;
  const kids = (): SyntaxNode[] => children(node);
  switch (node.name) {
    case 'StatementGroup': return statements(kids(), lowering, depth);
    case 'ExpressionStatement': return [{ kind: 'expression', value: tuple(kids()), start, end }];
    case 'YieldStatement': return [{ kind: 'expression', value: expression(node), start, end }];
    case 'AssignStatement': return assignments(kids(), lowering, start, end);
    case 'UpdateStatement': {
      const [target, operator, ...value] = kids();
      return target && operator ? [{ kind: 'expression', start, end, value: { kind: 'assign', target: pattern([target]), operator: source(operator), value: tuple(value), start, end } }] : [];
    }
    case 'ImportStatement': return imports(node, lowering);
    case 'ReturnStatement': {
      const value = kids().slice(1);
      return [{ kind: 'return', value: value.length > 0 ? tuple(value) : undefined, start, end }];
    }
    case 'RaiseStatement': {
      const value = kids()[1];
      return [{ kind: 'throw', value: value && value.name !== 'from' ? expression(value) : undefined, start, end }];
    }
    case 'AssertStatement': return [{ kind: 'assert', test: expression(kids()[1]), start, end }];
    case 'DeleteStatement': return [{ kind: 'delete', targets: kids().slice(1).filter((one) => !isToken(one)).map(expression), start, end }];
    case 'ScopeStatement': return [{ kind: 'global', names: kids().filter((one) => one.name === 'VariableName').map(lowering.source), start, end }];
    case 'BreakStatement': return [{ kind: 'jump', type: 'break', start, end }];
    case 'ContinueStatement': return [{ kind: 'jump', type: 'continue', start, end }];
    case 'IfStatement': return branches(kids(), lowering, depth, start, end);
    case 'WhileStatement': {
      const list = kids();
      const bodies = list.filter((one) => one.name === 'Body');
      return [{ kind: 'loop', before: [], test: expression(list[1]), update: [], body: block(bodies[0], lowering, depth), otherwise: block(bodies[1], lowering, depth), headEnd: bodies[0]?.from ?? end, start, end }];
    }
    case 'ForStatement': {
      const list = kids();
      const into = list.findIndex((one) => one.name === 'in');
      const from = list.findIndex((one) => one.name === 'for');
      const bodies = list.filter((one) => one.name === 'Body');
      const until = list.findIndex((one) => one.name === 'Body');
      if (into < 0) return [];
      return [{ kind: 'loop', before: [], target: pattern(list.slice(from + 1, into)), iterable: tuple(list.slice(into + 1, until < 0 ? undefined : until)), update: [], body: block(bodies[0], lowering, depth), otherwise: block(bodies[1], lowering, depth), headEnd: bodies[0]?.from ?? end, start, end }];
    }
    case 'TryStatement': return [tryStatement(kids(), lowering, depth, start, end)];
    case 'WithStatement': {
      const list = kids();
      const items: { value: Expression; target?: ReturnType<Lowering['pattern']> }[] = [];
      let flat = list.filter((one) => one.name !== 'Body');
      if (flat.length > 0 && flat.at(-1)!.name === 'ParenthesizedExpression') flat = [...flat.slice(0, -1), ...children(flat.at(-1)!).flatMap((one) => (one.type.isError ? children(one) : [one]))];
      for (let at = 0; at < flat.length; at++) {
        const one = flat[at]!;
        if (isToken(one) || one.name === 'with' || one.type.isError) continue;
        const named = flat[at + 1]?.name === 'as' ? flat[at + 2] : undefined;
        // `as (a, b)`: the parser did not see the brackets.
        let last = at + 2;
        if (named && /\(\s*$/.test(lowering.source(node).slice(0, named.from - start))) while (flat[last + 1]?.name === ',' && flat[last + 2] && !/^\s*\)/.test(lowering.source(node).slice(flat[last]!.to - start))) last += 2;
        items.push({ value: expression(one), ...(named ? { target: pattern(flat.slice(at + 2, last + 1)) } : {}) });
        if (named) at = last;
      }
      return [{ kind: 'with', items, body: block(list.find((one) => one.name === 'Body'), lowering, depth), start, end }];
    }
    case 'FunctionDefinition': return [{ kind: 'function', value: fn(node, [], lowering, depth), start, end }];
    case 'ClassDefinition': return [{ kind: 'class', value: cls(node, [], lowering, depth), start, end }];
    case 'DecoratedStatement': {
      const decorators = kids().filter((one) => one.name === 'Decorator').map((one) => decorator(one, lowering));
      const inner = kids().at(-1);
      if (inner?.name === 'FunctionDefinition') return [{ kind: 'function', value: fn(inner, decorators, lowering, depth), start: inner.from, end }];
      if (inner?.name === 'ClassDefinition') return [{ kind: 'class', value: cls(inner, decorators, lowering, depth), start: inner.from, end }];
      return [];
    }
    case 'MatchStatement': {
      const list = kids();
      const value = tuple(list.slice(1, -1));
      const cases: SwitchCase[] = list.at(-1)?.name === 'MatchBody' ? matchCases(list.at(-1)!, value, lowering, (body) => block(body, lowering, depth)) : [];
      return [{ kind: 'switch', value, cases, start, end }];
    }
    default: return node.type.isError ? statements(children(node), lowering, depth + 1) : [];
  }
}

function assignments(kids: readonly SyntaxNode[], lowering: Lowering, start: number, end: number): readonly Statement[] {
  const groups: SyntaxNode[][] = [[]];
  let type: SyntaxNode | undefined;
  for (const one of kids) {
    if (one.name === 'AssignOp') groups.push([]);
    else if (one.name === 'TypeDef') type = one;
    else groups.at(-1)!.push(one);
  }
  const annotation = lowering.type(type);
  const last = groups.length > 1 ? groups.pop()! : [];
  const value: Expression = last.length > 0 ? lowering.tuple(last) : { kind: 'other', type: 'unknown', parts: [], start, end };
  return groups.map((group): Statement => ({ kind: 'expression', start, end, value: { kind: 'assign', target: lowering.pattern(group), value, start, end, ...(annotation ? { type: annotation } : {}) } }));
}

function imports(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const kids = children(node);
  const { from: start, to: end } = node;
  const into = kids.findIndex((one) => one.name === 'import');
  const named = (list: readonly SyntaxNode[]): { name: string; local: string; from: number; to: number }[] => {
    const out: { name: string; local: string; from: number; to: number }[] = [];
    for (let at = 0; at < list.length; at++) {
      const one = list[at]!;
      if (one.name !== 'VariableName') continue;
      let name = lowering.source(one);
      let to = one.to;
      while (list[at + 1]?.name === '.' && list[at + 2]) {
        name += `.${lowering.source(list[at + 2]!)}`;
        to = list[at + 2]!.to;
        at += 2;
      }
      const alias = list[at + 1]?.name === 'as' && list[at + 2] ? lowering.source(list[at + 2]!) : undefined;
      if (alias !== undefined) at += 2;
      out.push({ name, local: alias ?? name, from: one.from, to });
    }
    return out;
  };
  if (kids[0]?.name === 'from') {
    const path = kids.slice(1, into < 0 ? undefined : into);
    const module = path.map(lowering.source).join('');
    const names = named(kids.slice(into + 1)).map(({ name, local }) => ({ name, local }));
    const all = kids.slice(into + 1).some((one) => one.name === '*');
    return [{ kind: 'import', module, names, ...(all ? { all: true as const } : {}), moduleStart: path[0]?.from ?? start, moduleEnd: path.at(-1)?.to ?? end, start, end }];
  }
  return named(kids.slice(1)).map(({ name, local, from, to }): Statement => (local === name
    // `import a.b` binds `a`.
    ? { kind: 'import', module: name, names: [{ name: '*', local: name }], moduleStart: from, moduleEnd: to, start, end }
    : { kind: 'import', module: name, names: [{ name: '*', local }], moduleStart: from, moduleEnd: to, start, end }));
}

function branches(kids: readonly SyntaxNode[], lowering: Lowering, depth: number, start: number, end: number): readonly Statement[] {
  const arms: { test: SyntaxNode | undefined; body: SyntaxNode; from: number }[] = [];
  for (let at = 0; at < kids.length; at++) {
    const one = kids[at]!;
    if (one.name === 'if' || one.name === 'elif') {
      const body = kids.slice(at).find((other) => other.name === 'Body');
      if (body) arms.push({ test: kids[at + 1], body, from: one.from });
    } else if (one.name === 'else' && kids[at + 1]?.name === 'Body') arms.push({ test: undefined, body: kids[at + 1]!, from: one.from });
  }
  let otherwise: readonly Statement[] = [];
  for (const arm of arms.reverse()) {
    if (!arm.test) otherwise = block(arm.body, lowering, depth);
    else otherwise = [{ kind: 'if', test: lowering.expression(arm.test), then: block(arm.body, lowering, depth), otherwise, start: arm.from === undefined ? start : arm.from, end }];
  }
  return otherwise;
}

function tryStatement(kids: readonly SyntaxNode[], lowering: Lowering, depth: number, start: number, end: number): Statement {
  let body: readonly Statement[] = [];
  let final: readonly Statement[] = [];
  const otherwise: Statement[] = [];
  const handlers: { name?: string; types: readonly Expression[]; body: readonly Statement[] }[] = [];
  for (let at = 0; at < kids.length; at++) {
    const one = kids[at]!;
    if (one.name !== 'try' && one.name !== 'except' && one.name !== 'finally' && one.name !== 'else') continue;
    const until = kids.findIndex((other, index) => index > at && other.name === 'Body');
    if (until < 0) break;
    const statementsOf = block(kids[until], lowering, depth);
    const between = kids.slice(at + 1, until);
    if (one.name === 'try') body = statementsOf;
    else if (one.name === 'finally') final = statementsOf;
    else if (one.name === 'else') otherwise.push(...statementsOf);
    else {
      const as = between.findIndex((other) => other.name === 'as');
      const name = as >= 0 && between[as + 1] ? lowering.source(between[as + 1]!) : undefined;
      const types = between.slice(0, as < 0 ? undefined : as).filter((other) => !isToken(other)).map(lowering.expression);
      handlers.push({ types, body: statementsOf, ...(name === undefined ? {} : { name }) });
    }
    at = until;
  }
  return { kind: 'try', body: [...body, ...otherwise], handlers, final, start, end };
}

function decorator(node: SyntaxNode, lowering: Lowering): Expression {
  const kids = children(node).filter((one) => one.name !== 'At');
  const list = kids.find((one) => one.name === 'ArgList');
  const names = kids.filter((one) => one.name === 'VariableName' || one.name === 'PropertyName');
  let callee: Expression | undefined;
  for (const name of names) {
    const text = lowering.source(name);
    callee = callee ? { kind: 'member', object: callee, property: text, propertyStart: name.from, start: callee.start, end: name.to } : { kind: 'name', name: text, start: name.from, end: name.to };
  }
  if (!callee) return lowering.expression(kids[0]);
  return list ? { kind: 'call', callee, args: lowering.args(list), isNew: false, open: list.from, start: callee.start, end: list.to } : callee;
}

function fn(node: SyntaxNode, decorators: readonly Expression[], lowering: Lowering, depth: number): FunctionNode {
  const kids = children(node);
  const name = kids.find((one) => one.name === 'VariableName');
  const whole = lowering.leftOut?.(node.from);
  if (whole) return readLater({ name: name && lowering.source(name), nameStart: name?.from ?? node.from, nameEnd: name?.to ?? node.from, isAsync: kids[0]?.name === 'async', decorators, start: node.from, end: node.to }, whole);
  const body = kids.find((one) => one.name === 'Body');
  const returns = lowering.type(kids.find((one) => one.name === 'TypeDef'));
  const list = block(body, lowering, depth);
  const first = list[0];
  const documentation = first?.kind === 'expression' && first.value.kind === 'literal' && typeof first.value.value === 'string' ? (first.value as Literal) : undefined;
  return {
    kind: 'function', name: name && lowering.source(name), nameStart: name?.from ?? node.from, nameEnd: name?.to ?? node.from,
    params: lowering.params(kids.find((one) => one.name === 'ParamList')), body: list, decorators,
    isAsync: kids[0]?.name === 'async', isGenerator: false, isArrow: false, directives: [], start: node.from, end: node.to,
    ...(returns ? { returns } : {}), ...(documentation ? { documentation } : {}),
  };
}

/** A function of which the head's name is known and the rest is read when it is asked for. */
function readLater(head: Pick<FunctionNode, 'name' | 'nameStart' | 'nameEnd' | 'isAsync' | 'decorators' | 'start' | 'end'>, read: () => FunctionNode): FunctionNode {
  let known: FunctionNode | undefined;
  const whole = (): FunctionNode => (known ??= read());
  return {
    kind: 'function', ...head, isGenerator: false, isArrow: false, directives: [],
    get params() { return whole().params; },
    get body() { return whole().body; },
    get returns() { return whole().returns; },
    get documentation() { return whole().documentation; },
  } as FunctionNode;
}

/** Statements of a class body that declare no member; those that do are looked for in conditions as well. */
function remaining(body: readonly Statement[]): readonly Statement[] {
  return body.filter((one) => one.kind === 'loop' || one.kind === 'with' || one.kind === 'delete' || one.kind === 'assert' || (one.kind === 'expression' && one.value.kind !== 'assign' && one.value.kind !== 'literal'));
}

/** A class may define its members under conditions: by platform, by version. */
function withinConditions(body: readonly Statement[], depth = 0): readonly Statement[] {
  return depth > 10 ? [] : body.flatMap((one): readonly Statement[] => {
    if (one.kind === 'if') return withinConditions([...one.then, ...one.otherwise], depth + 1);
    if (one.kind === 'try') return withinConditions([...one.body, ...one.handlers.flatMap((handler) => handler.body), ...one.final], depth + 1);
    return [one];
  });
}

function cls(node: SyntaxNode, decorators: readonly Expression[], lowering: Lowering, depth: number): Extract<Statement, { kind: 'class' }>['value'] {
  const kids = children(node);
  const name = kids.find((one) => one.name === 'VariableName');
  const within = withinConditions(block(kids.find((one) => one.name === 'Body'), lowering, depth));
  const body = remaining(within);
  const members = within.flatMap((one): readonly ClassMember[] => {
    if (one.kind === 'class') return [{ name: one.value.name ?? '', isStatic: true, decorators: [], value: one.value, start: one.start, end: one.end }];
    if (one.kind === 'function') {
      const isStatic = one.value.decorators.some((each) => each.kind === 'name' && (each.name === 'staticmethod' || each.name === 'classmethod'));
      return [{ name: one.value.name ?? '', isStatic, method: one.value, decorators: one.value.decorators, start: one.start, end: one.end }];
    }
    if (one.kind !== 'expression' || one.value.kind !== 'assign' || one.value.target.kind !== 'name') return [];
    const { target, value, type } = one.value;
    const has = !(value.kind === 'other' && value.start === one.start);
    return [{ name: target.name, isStatic: true, decorators: [], ...(has ? { value } : {}), ...(type ? { type } : {}), start: one.start, end: one.end }];
  });
  return {
    kind: 'class', name: name && lowering.source(name), nameStart: name?.from ?? node.from, nameEnd: name?.to ?? node.from,
    bases: lowering.args(kids.find((one) => one.name === 'ArgList')).filter((one) => one.name === undefined).map((one) => one.value),
    decorators, members, ...(body.length > 0 ? { body } : {}), start: node.from, end: node.to,
  };
}
