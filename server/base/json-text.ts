/** True for a text that begins like a JSON object; `{{` begins a template action. */
export function beginsAsJson(text: string): boolean {
  return /^\s*\{(?!\{)/.test(text);
}
