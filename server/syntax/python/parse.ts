import { parser } from '@lezer/python';
import type { SyntaxNode, Tree } from '@lezer/common';

/** Parses Python. Total: a broken place becomes an error node, and the rest of the tree stays. */
export function parsePython(text: string): Tree {
  return parser.parse(withoutTargetBrackets(text));
}

const bracketed = /^([ \t]*(?:async[ \t]+)?with\b[^\n#'"]*\bas[ \t]*)\(([^()\n]*)\)(?=[ \t]*[:,])/gm;

/**
 * The grammar knows no brackets around the names of `with … as (a, b):` and loses the body; they become blanks, so that all places stay.
 * A line with several such targets loses its last brackets first.
 */
function withoutTargetBrackets(text: string): string {
  let out = text;
  for (let rounds = 0; rounds < 4; rounds++) {
    const next = out.replace(bracketed, '$1 $2 ');
    if (next === out) break;
    out = next;
  }
  return out;
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') out.push(child);
  return out;
}

/** Where the tree has places that did not parse. */
export function errorsOf(tree: Tree): readonly number[] {
  const errors: number[] = [];
  tree.iterate({ enter: (node) => { if (node.type.isError) errors.push(node.from); } });
  return errors;
}
