/** What may stand before a regular expression: nothing that has a value. */
const beforePattern = /[([{,;:=!&|?+\-*%<>~^]$|(?:^|\W)(?:return|typeof|case|in|of)$|^$/;

/**
 * The offset of the brace that closes code which begins at an offset, strings, comments and patterns aside; undefined where none does.
 */
function codeEnd(text: string, from: number, to: number): number | undefined {
  const open: string[] = [];
  for (let at = from; at < to; at++) {
    const char = text[at]!;
    switch (char) {
      case '{': case '(': case '[': open.push(char); break;
      case '}': case ')': case ']':
        if (open.length === 0) return char === '}' ? at : undefined;
        if (!matches(open.pop()!, char)) return undefined;
        break;
      case '"': case "'": {
        const end = stringEnd(text, at, to, char);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
      case '`': {
        const end = templateEnd(text, at, to, 0);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
      case '/': {
        const end = slashEnd(text, from, at, to);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
      default: break;
    }
  }
  return undefined;
}

function matches(open: string, close: string): boolean {
  return (open === '{' && close === '}') || (open === '(' && close === ')') || (open === '[' && close === ']');
}

function stringEnd(text: string, at: number, to: number, quote: string): number | undefined {
  for (let next = at + 1; next < to; next++) {
    if (text[next] === '\\') next++;
    else if (text[next] === quote) return next;
    else if (text[next] === '\n') return undefined;
  }
  return undefined;
}

const deepestTemplate = 20;

function templateEnd(text: string, at: number, to: number, depth: number): number | undefined {
  if (depth > deepestTemplate) return undefined;
  for (let next = at + 1; next < to; next++) {
    if (text[next] === '\\') next++;
    else if (text[next] === '`') return next;
    else if (text[next] === '$' && text[next + 1] === '{') {
      const end = codeEnd(text, next + 2, to);
      if (end === undefined) return undefined;
      next = end;
    }
  }
  return undefined;
}

/** The last character of a comment or pattern that a slash begins; the slash itself where it divides or closes a tag. */
function slashEnd(text: string, from: number, at: number, to: number): number | undefined {
  const next = text[at + 1];
  if (next === '*') {
    const end = text.indexOf('*/', at + 2);
    return end < 0 || end >= to ? undefined : end + 1;
  }
  const before = text.slice(Math.max(from, at - 40), at).trimEnd();
  if (next === '/' && !/[:\w]$/.test(text.slice(Math.max(from, at - 1), at))) {
    const end = text.indexOf('\n', at);
    return end < 0 || end >= to ? undefined : end;
  }
  if (next === '>' || before.endsWith('<') || !beforePattern.test(before)) return at;
  let inClass = false;
  for (let end = at + 1; end < to; end++) {
    const char = text[end];
    if (char === '\n') return at;
    if (char === '\\') end++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return end;
  }
  return at;
}

/** Finds where code ends; after some that nothing closes, what follows is taken for text, so that a broken file is not gone through again and again. */
export type CodeEnds = (from: number, to: number) => number | undefined;

const mostUnclosed = 20;

export function createCodeEnds(text: string): CodeEnds {
  let unclosed = 0;
  return (from, to) => {
    if (unclosed >= mostUnclosed) return undefined;
    const end = codeEnd(text, from, to);
    if (end === undefined) unclosed++;
    return end;
  };
}
