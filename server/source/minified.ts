/** Shorter texts are read whatever they are; characters. */
const small = 20_000;
/** Lines that people do not write; characters. */
const long = 1_000;

/**
 * Whether a text is what a minifier or bundler has made: most of it on very long lines, and those dense with punctuation, as pictures
 * and keys in base64 are not.
 */
export function isMinified(text: string): boolean {
  if (text.length < small) return false;
  let dense = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (stop - start > long && marks(text, start, stop) * 40 > stop - start) dense += stop - start;
    start = stop + 1;
  }
  return dense > text.length * 0.6;
}

function marks(text: string, start: number, stop: number): number {
  let count = 0;
  for (let at = start; at < stop; at++) {
    const code = text.charCodeAt(at);
    // ( ) , ; { }
    if (code === 40 || code === 41 || code === 44 || code === 59 || code === 123 || code === 125) count++;
  }
  return count;
}

/** Data and code on very long lines: names and values there mean nothing. */
export function onLongLines(text: string): boolean {
  if (text.length < small) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > 2_000;
}
