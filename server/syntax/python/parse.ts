import { parser } from '@lezer/python';
import type { SyntaxNode, Tree } from '@lezer/common';

/** Parses Python. Total: a broken place becomes an error node, and the rest of the tree stays. */
export function parsePython(text: string): Tree {
  return parser.parse(text);
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') out.push(child);
  return out;
}

/** Whether the tree has a place that did not parse. */
export function hasErrors(tree: Tree): boolean {
  let found = false;
  tree.iterate({ enter: (node) => { if (node.type.isError) found = true; return !found; } });
  return found;
}
