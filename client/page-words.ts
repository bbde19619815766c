// For the programs of webviews: what they say is handed over by the extension, in the language of the editor.

/** The words in the page that the extension made. */
export function wordsOf<Words>(app: HTMLElement): Words {
  return JSON.parse(app.dataset['words'] ?? '{}') as Words;
}

/** A sentence with values in its places, `{0}` for the first. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (place, at) => String(values[Number(at)] ?? place));
}
