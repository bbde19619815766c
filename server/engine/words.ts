/** What is known of the words of the text that was asked about last: while one types, the next differs by little. */
let last: { readonly text: string; readonly known: Map<string, boolean> } = { text: '', known: new Map() };

/** Above this many changed characters a text is taken for another one. */
const mostChanged = 4000;

/** Whether a text has one of some words in it; each word is looked for once, and after an edit only where that may have put it. */
export function wordsOf(text: string): (words: readonly string[]) => boolean {
  const known = new Map<string, boolean>();
  const before = last;
  last = { text, known };
  const changed = changedBetween(before.text, text);
  const has = (word: string): boolean => {
    let found = known.get(word);
    if (found !== undefined) return found;
    found = changed && before.known.get(word) === false ? text.slice(Math.max(0, changed.start - word.length), changed.end + word.length).includes(word) : text.includes(word);
    known.set(word, found);
    return found;
  };
  return (words) => words.some(has);
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
