import { directoryName } from '../../base/path.ts';
import type { TextRange } from '../../base/range.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { HclExpression, HclStep } from '../../syntax/hcl/tree.ts';
import { comprehension } from './comprehension.ts';
import { terraformFunction } from './functions.ts';
import type { Scope } from './scope.ts';

/** What the partition of nearly all accounts is called. */
const commonPartition: Readonly<Record<string, string>> = { partition: 'aws', dns_suffix: 'amazonaws.com' };

const opaqueRoots = new Set(['each', 'count', 'self', 'path', 'terraform', 'dependency', 'include', 'get_env']);

/** The value of an expression. Total; what cannot be known is unknown. */
export function evaluate(expression: HclExpression, scope: Scope): Value {
  const origin: Origin = { path: scope.path, range: expression.range };
  const placed = { origin, at: origin };
  const unknown = (parts?: readonly (string | undefined)[]): Value => ({ kind: 'unknown', ...placed, ...(parts ? { parts } : {}) });
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      if (value === null) return { kind: 'null', ...placed };
      if (typeof value === 'boolean') return { kind: 'boolean', value, ...placed };
      return typeof value === 'number' ? { kind: 'number', value, ...placed } : { kind: 'string', value, ...placed };
    }
    case 'template': return template(expression, scope, origin);
    case 'list': return { kind: 'list', items: expression.items.map((item) => evaluate(item, scope)), complete: true, ...placed };
    case 'object': {
      const entries = new Map<string, MapEntry>();
      let complete = true;
      for (const { key, keyRange, value } of expression.entries) {
        if (key === undefined) complete = false;
        else entries.set(key, { key, keyOrigin: { path: scope.path, range: keyRange }, value: evaluate(value, scope) });
      }
      return { kind: 'map', entries, complete, ...placed };
    }
    // Written by hands that know Python; Terraform has no such names.
    case 'traversal': return expression.steps.length === 0 && /^(?:True|False|TRUE|FALSE)$/.test(expression.root) ? { kind: 'boolean', value: /^t/i.test(expression.root), ...placed } : moved(traversal(expression.root, expression.steps, scope, origin), origin);
    case 'access': return moved(follow(evaluate(expression.target, scope), expression.steps, scope, origin), origin);
    case 'conditional': {
      const condition = evaluate(expression.condition, scope);
      if (condition.kind === 'boolean') return evaluate(condition.value ? expression.then : expression.otherwise, scope);
      return unknown();
    }
    case 'operation': return operation(expression.operator, expression.operands.map((one) => evaluate(one, scope)), origin);
    case 'call': return call(expression.name, expression.args, scope, origin);
    case 'for': return expression.parts ? comprehension(expression.parts, expression.object, scope, placed, evaluate) : unknown();
    case 'error': return unknown();
  }
}

/** The same value seen from where it is used; an argument of a module's call is seen from the call. */
function moved(value: Value, at: Origin): Value {
  return directoryName(value.at.path) === directoryName(at.path) ? { ...value, at } : value;
}

function template(expression: HclExpression & { kind: 'template' }, scope: Scope, whole: Origin): Value {
  const range: TextRange = expression.content;
  const origin: Origin = { path: whole.path, range };
  const { parts } = expression;
  if (parts.length === 1 && typeof parts[0] !== 'string') {
    const inner = evaluate(parts[0]!, scope);
    return inner.kind === 'unknown' ? { ...inner, parts: inner.parts ?? [undefined] } : inner;
  }
  const refers = new Set<string>();
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = evaluate(part, scope);
    if (value.kind === 'reference') refers.add(value.target);
    return value.kind === 'string' ? value.value : value.kind === 'number' || value.kind === 'boolean' ? String(value.value) : undefined;
  });
  if (texts.every((text) => text !== undefined)) return { kind: 'string', value: texts.join(''), origin, at: origin };
  return { kind: 'unknown', origin, at: origin, parts: texts, ...(refers.size > 0 ? { refers: [...refers] } : {}) };
}

function traversal(root: string, steps: readonly HclStep[], scope: Scope, origin: Origin): Value {
  const unknown: Value = { kind: 'unknown', origin, at: origin };
  const [first, second, ...rest] = steps;
  if (root === 'var') return first?.name === undefined ? unknown : follow(scope.variable(first.name) ?? unknown, steps.slice(1), scope, origin);
  if (root === 'local') return first?.name === undefined ? unknown : follow(scope.local(first.name) ?? unknown, steps.slice(1), scope, origin);
  if (root === 'module') {
    return first?.name === undefined || second?.name === undefined ? unknown : follow(scope.moduleOutput(first.name, second.name) ?? unknown, rest, scope, origin);
  }
  const iterated = scope.iterators?.get(root);
  if (iterated) return follow(iterated, steps, scope, origin);
  // A module's own folder; other folders are known to nobody here.
  if (root === 'path' && first?.name === 'module' && steps.length === 1) return { kind: 'string', value: '.', origin, at: origin };
  if (opaqueRoots.has(root) || first?.name === undefined) return unknown;
  const data = root === 'data';
  if (data && second?.name === undefined) return unknown;
  const fixed = data && first.name === 'aws_partition' ? commonPartition[rest[0]?.name ?? ''] : undefined;
  if (fixed !== undefined) return { kind: 'string', value: fixed, origin, at: origin };
  const target = data ? `${scope.prefix}data.${first.name}.${second!.name}` : `${scope.prefix}${root}.${first.name}`;
  const attribute = (data ? rest : steps.slice(1)).flatMap((step) => (step.name === undefined || /^\d+$/.test(step.name) ? [] : [step.name]));
  return { kind: 'reference', target, attribute, origin, at: origin };
}

function follow(value: Value, steps: readonly HclStep[], scope: Scope, origin: Origin): Value {
  let at = value;
  for (const [depth, step] of steps.entries()) {
    // A splat: the rest holds of every item.
    if (step.name === undefined && step.index === undefined && (at.kind === 'list' || at.kind === 'map')) {
      const list = at;
      const items = list.kind === 'list' ? list.items : [list];
      return { kind: 'list', items: items.map((item) => follow(item, steps.slice(depth + 1), scope, origin)), complete: list.kind === 'map' || list.complete, origin: list.origin, at: origin };
    }
    const index = step.index ? evaluate(step.index, scope) : undefined;
    const key = step.name ?? (index?.kind === 'string' || index?.kind === 'number' ? String(index.value) : undefined);
    if (at.kind === 'map' && key !== undefined && at.entries.has(key)) at = at.entries.get(key)!.value;
    else if (at.kind === 'list' && key !== undefined && at.items[Number(key)]) at = at.items[Number(key)]!;
    else if (at.kind === 'reference') at = { ...at, attribute: key === undefined || /^\d+$/.test(key) ? at.attribute : [...at.attribute, key] };
    else return { kind: 'unknown', origin, at: origin };
  }
  return at;
}

function operation(operator: string, operands: readonly Value[], origin: Origin): Value {
  const placed = { origin, at: origin };
  const unknown: Value = { kind: 'unknown', ...placed };
  const [a, b] = operands;
  if (a?.kind === 'boolean' && operator === '!') return { kind: 'boolean', value: !a.value, ...placed };
  if (operator === '&&' || operator === '||') {
    const decisive = operands.find((one) => one.kind === 'boolean' && one.value === (operator === '||'));
    if (decisive) return { kind: 'boolean', value: operator === '||', ...placed };
    return operands.every((one) => one.kind === 'boolean') ? { kind: 'boolean', value: operator === '&&', ...placed } : unknown;
  }
  if ((operator === '==' || operator === '!=') && a && b && (a.kind === 'null' || b.kind === 'null') && [a, b].every((one) => one.kind !== 'unknown' && one.kind !== 'reference')) {
    return { kind: 'boolean', value: (a.kind === b.kind) === (operator === '=='), ...placed };
  }
  const plain = (one: Value | undefined): string | number | boolean | undefined => (one?.kind === 'string' || one?.kind === 'number' || one?.kind === 'boolean' ? one.value : undefined);
  const left = plain(a);
  const right = plain(b);
  if (left === undefined || right === undefined) return unknown;
  if (operator === '==' || operator === '!=') return { kind: 'boolean', value: (String(left) === String(right)) === (operator === '=='), ...placed };
  if (typeof left !== 'number' || typeof right !== 'number') return unknown;
  switch (operator) {
    case '+': return { kind: 'number', value: left + right, ...placed };
    case '-': return { kind: 'number', value: left - right, ...placed };
    case '*': return { kind: 'number', value: left * right, ...placed };
    case '<': return { kind: 'boolean', value: left < right, ...placed };
    case '>': return { kind: 'boolean', value: left > right, ...placed };
    case '<=': return { kind: 'boolean', value: left <= right, ...placed };
    case '>=': return { kind: 'boolean', value: left >= right, ...placed };
    default: return unknown;
  }
}

function call(name: string, args: readonly HclExpression[], scope: Scope, origin: Origin): Value {
  const placed = { origin, at: origin };
  const unknown: Value = { kind: 'unknown', ...placed };
  const value = (at: number): Value => (args[at] ? evaluate(args[at], scope) : unknown);
  if (name === 'try') {
    const first = args.find((arg) => !fails(arg, scope));
    return first ? evaluate(first, scope) : unknown;
  }
  if (name === 'jsondecode' || name === 'yamldecode') {
    const [inner] = args;
    const path = inner?.kind === 'call' && inner.name === 'file' && inner.args[0] ? evaluate(inner.args[0], scope) : undefined;
    return (path?.kind === 'string' ? scope.data?.(path.value) : undefined) ?? unknown;
  }
  if (name === 'can') return args[0] && fails(args[0], scope) ? { kind: 'boolean', value: false, ...placed } : unknown;
  return terraformFunction(name, args.length, value, placed) ?? unknown;
}

/** True for a path that leads to what is certainly not there: a name that a known map lacks. */
function fails(expression: HclExpression, scope: Scope): boolean {
  if ((expression.kind !== 'traversal' && expression.kind !== 'access') || expression.steps.length === 0) return false;
  return expression.steps.some((step, depth) => {
    const before: HclExpression = expression.kind === 'access' ? (depth === 0 ? expression.target : { ...expression, steps: expression.steps.slice(0, depth) }) : { ...expression, steps: expression.steps.slice(0, depth) };
    if (before.kind === 'traversal' && before.steps.length === 0 && !scope.iterators?.has(before.root)) return false;
    const holder = evaluate(before, scope);
    const index = step.index ? evaluate(step.index, scope) : undefined;
    const key = step.name ?? (index?.kind === 'string' ? index.value : undefined);
    return holder.kind === 'null' || (holder.kind === 'map' && holder.complete && key !== undefined && !holder.entries.has(key));
  });
}
