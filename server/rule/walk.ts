import type { CodeModule, Expression, FunctionNode, Statement } from '../model/code.ts';

type Node = Expression | Statement;
type Visit = (node: Node, within: readonly FunctionNode[]) => void;

/** Nodes below a root in the order of a visit, each followed by the functions around it. */
let last: { readonly root: object; readonly nodes: readonly (Node | readonly FunctionNode[])[] } | undefined;

/**
 * Visits every statement and expression below a node, outer ones first, with the functions around it, innermost last. Iterative:
 * depth of nesting is no depth of the stack. Many rules go through one module after each other; its nodes are gathered once.
 */
export function walk(root: CodeModule | FunctionNode, visit: Visit): void {
  if (last?.root !== root) {
    const nodes: (Node | readonly FunctionNode[])[] = [];
    go(root, (node, within) => { nodes.push(node, within); });
    last = { root, nodes };
  }
  const { nodes } = last!;
  for (let at = 0; at < nodes.length; at += 2) visit(nodes[at] as Node, nodes[at + 1] as readonly FunctionNode[]);
}

function go(root: CodeModule | FunctionNode, visit: Visit): void {
  const values: unknown[] = [...root.body].reverse();
  const around: (readonly FunctionNode[])[] = values.map(() => ('kind' in root ? [root] : []));
  while (values.length > 0) {
    const value = values.pop();
    const within = around.pop()!;
    if (typeof value !== 'object' || value === null || value instanceof Map) continue;
    if (Array.isArray(value)) {
      for (let at = value.length - 1; at >= 0; at--) {
        values.push(value[at]);
        around.push(within);
      }
      continue;
    }
    const node = value as Node;
    let inside = within;
    if ('kind' in node && typeof node.kind === 'string') {
      visit(node, within);
      if (node.kind === 'function' && 'params' in node) inside = [...within, node];
    }
    const inner: unknown[] = Object.values(node);
    for (let at = inner.length - 1; at >= 0; at--) {
      if (typeof inner[at] !== 'object') continue;
      values.push(inner[at]);
      around.push(inside);
    }
  }
}
