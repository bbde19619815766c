import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node, type Pair } from 'yaml';
import type { Value } from '../../model/value.ts';
import { unquoted, type YamlBuilder, type YamlPair } from './yaml-builder.ts';
import type { YamlBounds } from './yaml-events.ts';

export interface YamlFile {
  readonly values: readonly Value[];
  /** Offsets of syntax errors. */
  readonly errors: readonly number[];
}

/** The documents of a YAML file from a parser that goes on after errors. */
export function valuesFromNodes(text: string, builder: YamlBuilder, bounds: YamlBounds): YamlFile {
  let documents: readonly Document.Parsed[];
  const { stackTraceLimit } = Error;
  try {
    // Templates have errors by the hundred; nobody reads where in the parser they were made.
    Error.stackTraceLimit = 0;
    const parsed = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent', keepSourceTokens: false });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    return { values: [], errors: [0] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  let left = bounds.nodes;
  const values: Value[] = [];
  const errors: number[] = [];
  for (const document of documents) {
    for (const error of document.errors) errors.push(error.pos[0]);
    const convert = (node: Node | null | undefined, fallback: number, depth: number, untagged = false): Value => {
      const range = { start: node?.range?.[0] ?? fallback, end: node?.range?.[1] ?? fallback };
      if (!node) return builder.scalar(null, undefined, range);
      if (--left < 0 || depth > bounds.depth) return builder.unknown(range);
      if (isAlias(node)) {
        const target = node.resolve(document);
        return target ? { ...convert(target as Node, range.start, depth + 1), at: builder.origin(range) } : builder.unknown(range);
      }
      const tagged = untagged || !node.tag ? undefined : builder.tagged(node.tag, convert(node, fallback, depth + 1, true), range);
      if (tagged) return tagged;
      if (isScalar(node)) return builder.scalar(node.value, node.source, typeof node.type === 'string' && node.type.startsWith('QUOTE') ? unquoted(text, range.start, range.end) : range);
      if (isSeq(node)) return builder.list(node.items.map((item) => convert(item as Node, range.start, depth + 1)), range);
      if (!isMap(node)) return builder.unknown(range);
      const pairs = (node.items as Pair<Node, Node | null>[]).map((pair): YamlPair => {
        const [start, end] = pair.key.range ?? [range.start, range.start];
        return { key: isScalar(pair.key) ? String(pair.key.value) : undefined, range: unquoted(text, start, end), value: convert(pair.value, start, depth + 1) };
      });
      return builder.map(pairs, range);
    };
    if (document.contents) values.push(convert(document.contents as Node, document.range[0], 0));
  }
  return { values, errors };
}
