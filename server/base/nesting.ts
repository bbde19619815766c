/**
 * Whether brackets nest deeper than a limit, outside of double-quoted strings. Asked before a recursive parser gets a text, whose
 * depth would else be the depth of its call stack.
 */
export function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at++;
      else if (code === 34 || code === 10) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123 || code === 40) {
      if (++depth > limit) return true;
    } else if ((code === 93 || code === 125 || code === 41) && depth > 0) depth--;
  }
  return false;
}
