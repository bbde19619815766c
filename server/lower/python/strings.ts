const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', v: '\v', '\n': '' };

/** Where the content of a string literal stands, and whether it is raw. */
export function stringShape(literal: string): { readonly start: number; readonly end: number; readonly raw: boolean; readonly bytes: boolean } {
  const prefix = /^[A-Za-z]*/.exec(literal)![0];
  const rest = literal.slice(prefix.length);
  const quote = /^(?:"""|'''|"|')/.exec(rest)?.[0] ?? '';
  const start = prefix.length + quote.length;
  const closed = quote !== '' && literal.length >= start + quote.length && literal.endsWith(quote);
  return { start, end: Math.max(start, literal.length - (closed ? quote.length : 0)), raw: /r/i.test(prefix), bytes: /b/i.test(prefix) };
}

export function unescapePython(text: string, raw: boolean): string {
  if (raw || !text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g, (whole, x, u, long, octal, one: string | undefined) => {
    if (one !== undefined) return simple[one] ?? whole;
    const code = octal === undefined ? Number.parseInt(x ?? u ?? long, 16) : Number.parseInt(octal, 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
