type Holds = (words: readonly string[]) => boolean;

/** What is known of the words of the text that was asked about last: while one types, the next differs by little. */
let last: { readonly text: string; readonly known: Map<string, boolean>; readonly holds: Holds } = { text: '', known: new Map(), holds: () => false };

/** Above this many changed characters a text is taken for another one. */
const mostChanged = 4000;

/** Whether a text has one of some words in it; each word is looked for once, and after an edit only where that may have put it. */
export function wordsOf(text: string): Holds {
  if (text === last.text) return last.holds;
  const known = new Map<string, boolean>();
  // Not `last` itself: what it holds knows the text before it, and that one the text before.
  const before = last.known;
  const changed = changedBetween(last.text, text);
  const has = (word: string): boolean => {
    let found = known.get(word);
    if (found !== undefined) return found;
    if (changed && before.get(word) === false) found = text.slice(Math.max(0, changed.start - word.length), changed.end + word.length).includes(word);
    else found = mayHold(text, word) && text.includes(word);
    known.set(word, found);
    return found;
  };
  last = { text, known, holds: (words) => words.some(has) };
  return last.holds;
}

/** A place for every pair of ASCII characters; others share theirs. */
const pairOf = (first: number, second: number): number => ((first & 127) << 7) | (second & 127);

/** Which pairs of neighbouring characters a text has: one table for all texts, since what is made anew for each lives until memory is collected. */
const pairs = new Uint8Array(1 << 14);
let paired = '';

/** Whether a text has all pairs of a word's letters. Most words are missing by one of theirs, which is found out sooner than by looking through the text. */
function mayHold(text: string, word: string): boolean {
  if (text !== paired) {
    pairs.fill(0);
    paired = text;
    let first = text.charCodeAt(0);
    for (let at = 1; at < text.length; at++) {
      const second = text.charCodeAt(at);
      pairs[pairOf(first, second)] = 1;
      first = second;
    }
  }
  for (let at = 1; at < word.length; at++) if (pairs[pairOf(word.charCodeAt(at - 1), word.charCodeAt(at))] === 0) return false;
  return true;
}

/** The part of `after` that is not as it was in `before`; undefined where that is much of it. */
function changedBetween(before: string, after: string): { readonly start: number; readonly end: number } | undefined {
  const shorter = Math.min(before.length, after.length);
  if (shorter === 0 || Math.abs(before.length - after.length) > mostChanged) return undefined;
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  const end = after.length - same;
  return end - start > mostChanged ? undefined : { start, end };
}
