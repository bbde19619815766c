import { errorsOf, parsePython } from '../../syntax/python/parse.ts';

/** Lines that begin a statement at the top of a file, whatever went wrong before. */
const opens = /^(?:@[\w.]|(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b|(?:if|for|while|with)[ \t(].*:[ \t]*(?:#.*)?$|try:|[A-Za-z_][\w.]*(?:\[[^\n\]]*\])?[ \t]*(?:=[^=]|\())/gm;
const mostParts = 5;
/** Longer texts are read as one: each part costs another reading of what follows it. */
const longest = 300_000;

/**
 * A text in parts that are parsed one by one, each with its offset. Behind an unclosed bracket or a wrong indentation the parser loses
 * the bodies of all that follows, so that a text with errors is cut at the next line that surely begins a statement.
 */
export function partsOf(text: string): readonly (readonly [part: string, start: number])[] {
  const parts: (readonly [string, number])[] = [];
  let start = 0;
  while (parts.length < mostParts && text.length <= longest) {
    const rest = start === 0 ? text : text.slice(start);
    const error = errorsOf(parsePython(rest))[0];
    if (error === undefined) break;
    opens.lastIndex = error + 1;
    // A decorator belongs to what it stands above.
    const next = opens.exec(rest)?.index;
    if (next === undefined) break;
    parts.push([rest.slice(0, next), start]);
    start += next;
  }
  parts.push([start === 0 ? text : text.slice(start), start]);
  return parts;
}
