import { directoryName } from '../../base/path.ts';
import type { TextRange } from '../../base/range.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { HclExpression, HclStep } from '../../syntax/hcl/tree.ts';

/** Names that an expression may refer to. `undefined` is unknown. */
export interface Scope {
  readonly path: string;
  readonly variable: (name: string) => Value | undefined;
  readonly local: (name: string) => Value | undefined;
  readonly moduleOutput: (module: string, output: string) => Value | undefined;
  /** Prefix of addresses of this module's resources: `module.storage.`, or nothing. */
  readonly prefix: string;
  /** What `each` and the iterators of dynamic blocks stand for: maps with `key` and `value`. */
  readonly iterators?: ReadonlyMap<string, Value>;
}

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
    case 'for': case 'error': return unknown();
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
  for (const step of steps) {
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
  switch (name) {
    case 'jsonencode': case 'yamlencode': case 'sensitive': case 'nonsensitive': case 'tolist': case 'toset': case 'tomap': case 'distinct': case 'sort': case 'compact': case 'try': case 'tostring': case 'tonumber': case 'tobool':
    case 'trimspace': case 'chomp':
      return value(0);
    case 'concat': case 'setunion': case 'flatten': {
      const lists = name === 'flatten' ? (() => { const list = value(0); return list.kind === 'list' ? list.items : [list]; })() : args.map((_, at) => value(at));
      return {
        kind: 'list', ...placed,
        items: lists.flatMap((list) => (list.kind === 'list' ? list.items : name === 'flatten' && list.kind !== 'unknown' ? [list] : [])),
        complete: lists.every((list) => (list.kind === 'list' ? list.complete : name === 'flatten' && list.kind !== 'unknown')),
      };
    }
    case 'merge': {
      const maps = args.map((_, at) => value(at));
      return {
        kind: 'map', ...placed,
        entries: new Map(maps.flatMap((map) => (map.kind === 'map' ? [...map.entries] : []))),
        complete: maps.every((map) => map.kind === 'map' && map.complete),
      };
    }
    case 'lower': case 'upper': {
      const text = value(0);
      return text.kind === 'string' ? { kind: 'string', value: name === 'lower' ? text.value.toLowerCase() : text.value.toUpperCase(), ...placed } : unknown;
    }
    case 'join': {
      const separator = value(0);
      const list = value(1);
      if (separator.kind !== 'string' || list.kind !== 'list' || !list.complete || !list.items.every((item) => item.kind === 'string')) return unknown;
      return { kind: 'string', value: list.items.map((item) => (item.kind === 'string' ? item.value : '')).join(separator.value), ...placed };
    }
    case 'lookup': {
      const map = value(0);
      const key = value(1);
      if (map.kind !== 'map' || key.kind !== 'string') return unknown;
      return map.entries.get(key.value)?.value ?? (map.complete ? value(2) : unknown);
    }
    case 'coalesce': {
      for (let at = 0; at < args.length; at++) {
        const one = value(at);
        if (one.kind === 'unknown') return unknown;
        if (one.kind !== 'null' && !(one.kind === 'string' && one.value === '')) return one;
      }
      return unknown;
    }
    default: return unknown;
  }
}
