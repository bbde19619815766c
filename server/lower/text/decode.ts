/** A text after unescaping, and where each of its offsets came from. */
export interface Decoded {
  readonly text: string;
  readonly place: (offset: number) => number;
}

/** Unescapes pieces of JSON strings (without their quotes) and joins them; offsets lead back to the raw text. */
export function decodeJson(raw: string, pieces: readonly { readonly start: number; readonly end: number }[]): Decoded {
  let text = '';
  /** Where a run of plain characters starts: in the decoded text, and in the raw text. */
  const decodedAt: number[] = [];
  const rawAt: number[] = [];
  const run = (at: number): void => {
    decodedAt.push(text.length);
    rawAt.push(at);
  };
  for (const { start, end } of pieces) {
    let at = start;
    while (at < end) {
      let escape = raw.indexOf('\\', at);
      if (escape < 0 || escape > end) escape = end;
      if (escape > at) {
        run(at);
        text += raw.slice(at, escape);
      }
      if (escape >= end) break;
      run(escape);
      const code = raw[escape + 1];
      if (code === 'u') {
        const value = Number.parseInt(raw.slice(escape + 2, escape + 6), 16);
        text += Number.isNaN(value) ? '?' : String.fromCharCode(value);
        at = escape + 6;
      } else {
        text += simple[code ?? ''] ?? code ?? '';
        at = escape + 2;
      }
    }
    run(end);
  }
  const finish = pieces.at(-1)?.end ?? 0;
  return {
    text,
    place: (offset) => {
      let low = 0;
      let high = decodedAt.length - 1;
      if (high < 0) return finish;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (decodedAt[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.min(rawAt[low]! + offset - decodedAt[low]!, finish);
    },
  };
}

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
