import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { BicepExpression, BicepFile, BicepLoop } from '../../syntax/bicep/tree.ts';
import { armFunction } from './expression.ts';

/** What loops around an expression bind; a name without a value is bound to something unknown. */
export type Bindings = ReadonlyMap<string, Value | undefined>;

const deepest = 80;
/** Items that a loop over a list that is known is unrolled to. */
const mostItems = 50;

/** Evaluates expressions of a file. `given` is what a caller of the file sets parameters to. Total. */
export function bicepEvaluator(path: string, file: BicepFile, symbols: ReadonlySet<string>, given: ReadonlyMap<string, Value>): (expression: BicepExpression, bindings: Bindings) => Value {
  const busy = new Set<string>();
  const evaluate = (expression: BicepExpression, bindings: Bindings, depth: number): Value => {
    const origin: Origin = { path, range: expression.range };
    const place = { origin, at: origin };
    const unknown: Value = { kind: 'unknown', ...place };
    if (depth > deepest) return unknown;
    const inner = (one: BicepExpression): Value => evaluate(one, bindings, depth + 1);
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        if (value === null) return { kind: 'null', ...place };
        if (typeof value === 'string') return { kind: 'string', value, ...place };
        return typeof value === 'number' ? { kind: 'number', value, ...place } : { kind: 'boolean', value, ...place };
      }
      case 'template': {
        const parts = expression.parts.map((part) => {
          if (typeof part === 'string') return part;
          const value = inner(part);
          return value.kind === 'string' ? value.value : value.kind === 'number' ? String(value.value) : undefined;
        });
        return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), ...place } : { ...unknown, parts };
      }
      case 'array': return { kind: 'list', items: expression.items.map(inner), complete: true, ...place };
      case 'loop': return loop(expression, bindings, depth, place);
      case 'object': {
        const entries = new Map<string, MapEntry>();
        for (const { key, keyRange, value } of expression.entries) entries.set(key, { key, keyOrigin: { path, range: keyRange }, value: inner(value) });
        return { kind: 'map', entries, complete: expression.whole, ...place };
      }
      case 'name': return named(expression.name, bindings, depth, origin);
      case 'member': {
        const target = inner(expression.target);
        if (target.kind === 'reference') return { ...target, attribute: [...target.attribute, expression.name], ...place };
        const value = target.kind === 'map' ? target.entries.get(expression.name)?.value : target.kind === 'list' ? target.items[Number(expression.name)] : undefined;
        return value ? { ...value, at: origin } : unknown;
      }
      case 'index': {
        const [target, index] = [inner(expression.target), inner(expression.index)];
        const value = target.kind === 'list' && index.kind === 'number' ? target.items[index.value] : target.kind === 'map' && index.kind === 'string' ? target.entries.get(index.value)?.value : undefined;
        return value ? { ...value, at: origin } : unknown;
      }
      case 'ternary': {
        const condition = inner(expression.condition);
        return condition.kind === 'boolean' ? inner(condition.value ? expression.then : expression.otherwise) : unknown;
      }
      case 'equality': {
        const [left, right] = [inner(expression.left), inner(expression.right)];
        return (left.kind === 'string' && right.kind === 'string') || (left.kind === 'boolean' && right.kind === 'boolean') || (left.kind === 'number' && right.kind === 'number')
          ? { kind: 'boolean', value: (left.value === right.value) === expression.equal, ...place } : unknown;
      }
      case 'not': {
        const value = inner(expression.operand);
        return value.kind === 'boolean' ? { ...value, value: !value.value } : unknown;
      }
      case 'call': return armFunction(expression.name, expression.args.map(inner), unknown) ?? unknown;
      case 'unknown': return unknown;
    }
  };

  const loop = (expression: BicepLoop, bindings: Bindings, depth: number, place: Pick<Value, 'origin' | 'at'>): Value => {
    const over = evaluate(expression.over, bindings, depth + 1);
    const known = over.kind === 'list' && over.complete && over.items.length <= mostItems && !expression.filtered;
    const once = (item: Value | undefined, index: number | undefined): Value => {
      const counted: Value | undefined = index === undefined ? undefined : { kind: 'number', value: index, ...place };
      return evaluate(expression.body, new Map([...bindings, [expression.item, item], ...(expression.index === undefined ? [] : [[expression.index, counted] as const])]), depth + 1);
    };
    return { kind: 'list', items: known ? over.items.map((item, index) => once(item, index)) : [once(undefined, undefined)], complete: known, ...place };
  };

  const named = (name: string, bindings: Bindings, depth: number, origin: Origin): Value => {
    const unknown: Value = { kind: 'unknown', origin, at: origin };
    if (bindings.has(name)) {
      const value = bindings.get(name);
      return value ? { ...value, at: origin } : unknown;
    }
    const argument = file.parameters.has(name) ? given.get(name) : undefined;
    if (argument) return argument;
    const bound = file.variables.get(name) ?? file.parameters.get(name);
    if (bound === undefined || busy.has(name)) return symbols.has(name) ? { kind: 'reference', target: name, attribute: [], origin, at: origin } : unknown;
    busy.add(name);
    const value = evaluate(bound, new Map(), depth + 1);
    busy.delete(name);
    return { ...value, at: origin };
  };

  return (expression, bindings) => evaluate(expression, bindings, 0);
}
