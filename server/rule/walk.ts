import type { CodeModule, Expression, FunctionNode, Statement } from '../model/code.ts';

type Node = Expression | Statement;

/**
 * Visits every statement and expression below a node, outer ones first, with the functions around it, innermost last. Iterative:
 * depth of nesting is no depth of the stack.
 */
export function walk(root: CodeModule | FunctionNode, visit: (node: Node, within: readonly FunctionNode[]) => void): void {
  const stack: { readonly value: unknown; readonly within: readonly FunctionNode[] }[] = [...root.body].reverse().map((value) => ({ value, within: 'kind' in root ? [root] : [] }));
  while (stack.length > 0) {
    const { value, within } = stack.pop()!;
    if (typeof value !== 'object' || value === null || value instanceof Map) continue;
    if (Array.isArray(value)) {
      for (let at = value.length - 1; at >= 0; at--) stack.push({ value: value[at] as unknown, within });
      continue;
    }
    const node = value as Node;
    let inside = within;
    if ('kind' in node && typeof node.kind === 'string') {
      visit(node, within);
      if (node.kind === 'function' && 'params' in node) inside = [...within, node];
    }
    const values: unknown[] = Object.values(node);
    for (let at = values.length - 1; at >= 0; at--) if (typeof values[at] === 'object') stack.push({ value: values[at], within: inside });
  }
}
