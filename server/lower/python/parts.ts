import type { Tree } from '@lezer/common';
import { errorsOf, parsePython } from '../../syntax/python/parse.ts';

/** Lines that begin a statement at the top of a file, whatever went wrong before. */
const opens = /^(?:@[\w.]|(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b|(?:if|for|while|with)[ \t(].*:[ \t]*(?:#.*)?$|try:|[A-Za-z_][\w.]*(?:\[[^\n\]]*\])?[ \t]*(?:=[^=]|\())/gm;
const mostParts = 5;
/** Longer texts are read as one: each part costs another reading of what follows it. */
const longest = 300_000;

/** A part of a text, parsed; offsets of its tree and its errors are the part's own. */
export interface Part {
  readonly text: string;
  readonly start: number;
  readonly tree: Tree;
  readonly errors: readonly number[];
}

/**
 * A text in parts that are parsed one by one. Behind an unclosed bracket or a wrong indentation the parser loses the bodies of all that
 * follows, so that a text with errors is cut at the next line that surely begins a statement. A text without errors is parsed once.
 */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (let start = 0; ;) {
    const rest = partAt(start === 0 ? text : text.slice(start), start);
    const [error] = rest.errors;
    if (error !== undefined && parts.length < mostParts && text.length <= longest) {
      opens.lastIndex = error + 1;
      const next = opens.exec(rest.text)?.index;
      if (next !== undefined) {
        parts.push(partAt(rest.text.slice(0, next), start));
        start += next;
        continue;
      }
    }
    parts.push(rest);
    return parts;
  }
}

function partAt(text: string, start: number): Part {
  const tree = parsePython(text);
  return { text, start, tree, errors: errorsOf(tree) };
}
