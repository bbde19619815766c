import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { nestsDeeper } from '../../base/nesting.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';

const deepest = 200;

/** A JSON text (comments and trailing commas allowed) as a value. Total: undefined when there is nothing to read. */
export function jsonValue(path: string, text: string): { readonly value: Value | undefined; readonly errors: readonly number[] } {
  if (nestsDeeper(text, deepest)) return { value: undefined, errors: [0] };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  return { value: tree && convert(path, tree), errors: errors.map((error) => error.offset) };
}

function convert(path: string, node: Node): Value {
  const string = node.type === 'string';
  const origin: Origin = { path, range: string ? { start: node.offset + 1, end: Math.max(node.offset + 1, node.offset + node.length - 1) } : { start: node.offset, end: node.offset + node.length } };
  const placed = { origin, at: origin };
  switch (node.type) {
    case 'string': return { kind: 'string', value: String(node.value), ...placed };
    case 'number': return { kind: 'number', value: Number(node.value), ...placed };
    case 'boolean': return { kind: 'boolean', value: node.value === true, ...placed };
    case 'null': return { kind: 'null', ...placed };
    case 'array': return { kind: 'list', items: (node.children ?? []).map((child) => convert(path, child)), complete: true, ...placed };
    case 'object': {
      const entries = new Map<string, MapEntry>();
      let complete = true;
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        if (!key || !value) {
          complete = false;
          continue;
        }
        const name = String(key.value);
        entries.set(name, { key: name, keyOrigin: { path, range: { start: key.offset + 1, end: key.offset + key.length - 1 } }, value: convert(path, value) });
      }
      return { kind: 'map', entries, complete, ...placed };
    }
    default: return { kind: 'unknown', ...placed };
  }
}
