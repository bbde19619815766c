import { parseTree, type Node } from 'jsonc-parser';
import { nestsDeeper } from '../../base/nesting.ts';
import type { TextRange } from '../../base/range.ts';
import { parseHclTemplate } from './parse.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclFile } from './tree.ts';

const deepest = 200;
const empty: HclFile = { body: { attributes: [], blocks: [] }, errors: [] };
/** Labels that blocks of a type have. */
const labels: Readonly<Record<string, number>> = { resource: 2, data: 2, variable: 1, output: 1, module: 1, provider: 1, locals: 0, terraform: 0 };

/** Terraform's JSON syntax as the tree of its native one. Blocks within blocks become attributes, which lower to the same values. */
export function parseHclJson(text: string): HclFile {
  if (nestsDeeper(text, deepest)) return empty;
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  if (root?.type !== 'object') return empty;
  const blocks = properties(root).flatMap(({ key, value }) => (labels[key.text] === undefined ? [] : blocksOf(key.text, key.range, [], value, labels[key.text]!)));
  return { body: { attributes: [], blocks }, errors: [] };
}

interface Property {
  readonly key: { readonly text: string; readonly range: TextRange };
  readonly value: Node;
}

function properties(node: Node): readonly Property[] {
  return (node.children ?? []).flatMap((property): Property[] => {
    const [key, value] = property.children ?? [];
    return key && value ? [{ key: { text: String(key.value), range: { start: key.offset + 1, end: key.offset + key.length - 1 } }, value }] : [];
  });
}

function blocksOf(type: string, typeRange: TextRange, before: HclBlock['labels'], value: Node, left: number): readonly HclBlock[] {
  if (value.type === 'array') return (value.children ?? []).flatMap((item) => blocksOf(type, typeRange, before, item, left));
  if (value.type !== 'object') return [];
  if (left > 0) return properties(value).flatMap(({ key, value: inner }) => blocksOf(type, typeRange, [...before, key], inner, left - 1));
  const range = rangeOf(value);
  return [{ type, typeRange, labels: before, body: bodyOf(value), range, open: range.start + 1, close: range.end - 1, whole: true }];
}

function bodyOf(node: Node): HclBody {
  return { attributes: properties(node).filter(({ key }) => key.text !== '//').map(({ key, value }): HclAttribute => ({ name: key.text, nameRange: key.range, value: expressionOf(value), range: { start: key.range.start - 1, end: value.offset + value.length } })), blocks: [] };
}

function expressionOf(node: Node): HclExpression {
  const range = rangeOf(node);
  switch (node.type) {
    case 'number': case 'boolean': return { kind: 'literal', value: node.value as number | boolean, range };
    case 'null': return { kind: 'literal', value: null, range };
    case 'array': return { kind: 'list', items: (node.children ?? []).map(expressionOf), range };
    case 'object': return { kind: 'object', entries: properties(node).map(({ key, value }) => ({ key: key.text, keyRange: key.range, value: expressionOf(value) })), range };
    case 'string': {
      const text = String(node.value);
      const content = { start: range.start + 1, end: range.end - 1 };
      if (!/[$%]\{/.test(text)) return { kind: 'template', parts: [text], range, heredoc: false, content };
      const parsed = parseHclTemplate(text);
      return placed(parsed, range) as HclExpression;
    }
    default: return { kind: 'error', range };
  }
}

/** An expression that was read from a string, with the string's range for all its nodes. */
function placed(value: unknown, range: TextRange): unknown {
  if (Array.isArray(value)) return value.map((one) => placed(one, range));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, /^(?:range|content|keyRange|nameRange)$/.test(key) ? (key === 'content' ? { start: range.start + 1, end: range.end - 1 } : range) : placed(one, range)]));
}

function rangeOf(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}
