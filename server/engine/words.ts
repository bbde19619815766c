/** Tells whether a text holds a word, which many rules ask of the same text; each word is looked for once. */
export function wordsOf(text: string): (words: readonly string[]) => boolean {
  const known = new Map<string, boolean>();
  const has = (word: string): boolean => {
    let found = known.get(word);
    if (found === undefined) known.set(word, (found = text.includes(word)));
    return found;
  };
  return (words) => words.some(has);
}
