import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { parseBicep } from '../../syntax/bicep/parse.ts';
import type { BicepExpression, BicepFile, BicepResource } from '../../syntax/bicep/tree.ts';
import { armResource } from './resource.ts';

/** The resources of a Bicep file in the vocabulary of the Azure resource manager. */
export function lowerBicep(document: Document): Resource[] {
  const file = parseBicep(document.text);
  const symbols = new Set<string>();
  const gather = (resources: readonly BicepResource[]): void => {
    for (const one of resources) {
      symbols.add(one.symbol);
      gather(one.nested);
    }
  };
  gather(file.resources);
  const types = new Map(file.resources.map((one) => [one.symbol, one.type]));
  const evaluate = evaluator(document.path, file, symbols);
  const lower = (resource: BicepResource, parent: BicepResource | undefined, prefix: string): Resource[] => {
    const type = parent && !/^Microsoft\./i.test(resource.type) ? `${prefix}/${resource.type}` : resource.type;
    const inner = resource.nested.flatMap((one) => lower(one, resource, type));
    const body = evaluate(resource.body, 0);
    if (resource.existing || body.kind !== 'map') return inner;
    const symbol: Origin = { path: document.path, range: resource.symbolRange };
    const name = body.entries.get('name')?.value;
    const outer = body.entries.get('parent')?.value;
    const whole = outer?.kind === 'reference' && !type.includes('/', type.indexOf('/') + 1) && types.has(outer.target) ? `${types.get(outer.target)}/${type}` : type;
    const own = armResource({
      type: whole, address: resource.symbol, name: name?.kind === 'string' ? name.value : resource.symbol, header: symbol,
      body: { ...body, origin: { path: document.path, range: resource.body.range } }, dialect: 'bicep',
      ...(parent ? { parent: parent.symbol } : {}),
    });
    return own ? [own, ...inner] : inner;
  };
  return file.resources.flatMap((one) => lower(one, undefined, ''));
}

function evaluator(path: string, file: BicepFile, symbols: ReadonlySet<string>): (expression: BicepExpression, depth: number) => Value {
  const busy = new Set<string>();
  const evaluate = (expression: BicepExpression, depth: number): Value => {
    const origin: Origin = { path, range: expression.range };
    const place = { origin, at: origin };
    const unknown: Value = { kind: 'unknown', ...place };
    if (depth > 80) return unknown;
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
          const value = evaluate(part, depth + 1);
          return value.kind === 'string' ? value.value : value.kind === 'number' ? String(value.value) : undefined;
        });
        return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), ...place } : { ...unknown, parts };
      }
      case 'array': return { kind: 'list', items: expression.items.map((item) => evaluate(item, depth + 1)), complete: true, ...place };
      case 'loop': return { kind: 'list', items: [evaluate(expression.body, depth + 1)], complete: false, ...place };
      case 'object': {
        const entries = new Map<string, MapEntry>();
        for (const { key, keyRange, value } of expression.entries) entries.set(key, { key, keyOrigin: { path, range: keyRange }, value: evaluate(value, depth + 1) });
        return { kind: 'map', entries, complete: expression.whole, ...place };
      }
      case 'name': {
        const { name } = expression;
        const bound = file.variables.get(name) ?? file.parameters.get(name);
        if (bound === undefined || busy.has(name)) return symbols.has(name) ? { kind: 'reference', target: name, attribute: [], ...place } : unknown;
        busy.add(name);
        const value = evaluate(bound, depth + 1);
        busy.delete(name);
        return { ...value, at: origin };
      }
      case 'member': {
        const target = evaluate(expression.target, depth + 1);
        if (target.kind === 'reference') return { ...target, attribute: [...target.attribute, expression.name], ...place };
        const value = target.kind === 'map' ? target.entries.get(expression.name)?.value : target.kind === 'list' ? target.items[Number(expression.name)] : undefined;
        return value ? { ...value, at: origin } : unknown;
      }
      case 'ternary': {
        const condition = evaluate(expression.condition, depth + 1);
        return condition.kind === 'boolean' ? evaluate(condition.value ? expression.then : expression.otherwise, depth + 1) : unknown;
      }
      case 'equality': {
        const [left, right] = [evaluate(expression.left, depth + 1), evaluate(expression.right, depth + 1)];
        return (left.kind === 'string' && right.kind === 'string') || (left.kind === 'boolean' && right.kind === 'boolean') || (left.kind === 'number' && right.kind === 'number')
          ? { kind: 'boolean', value: (left.value === right.value) === expression.equal, ...place } : unknown;
      }
      case 'not': {
        const value = evaluate(expression.operand, depth + 1);
        return value.kind === 'boolean' ? { ...value, value: !value.value } : unknown;
      }
      case 'call': case 'unknown': return unknown;
    }
  };
  return evaluate;
}
