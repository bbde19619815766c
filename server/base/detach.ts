/**
 * The same text in memory of its own. Engines make a part of a long string a view into it, so that a name that is kept for long
 * would keep the whole file it was read from. Texts of fewer than 13 characters are always copied (V8's `SlicedString::kMinLength`).
 */
export function detached(text: string): string {
  return text.length < 13 ? text : `${text} `.slice(0, -1);
}
