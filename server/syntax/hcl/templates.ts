import { Scanner } from './scanner.ts';
import type { HclExpression } from './tree.ts';

/** Reads strings and heredocs, which hold expressions as expressions hold them. */
export abstract class TemplateParser extends Scanner {
  /** Open brackets around the current place; inside of them a line break is a blank. */
  protected lines = 0;

  abstract expression(): HclExpression;

  protected quoted(): HclExpression {
    const start = this.at++;
    const parts = this.templateParts(this.text.length, true);
    const end = this.at;
    if (this.text[this.at] === '"') this.at++;
    else this.error('the string is not closed', start);
    return { kind: 'template', parts, range: { start, end: this.at }, heredoc: false, content: { start: start + 1, end } };
  }

  /** Literal and interpolated parts up to `limit`, or to the closing quote. */
  protected templateParts(limit: number, quoted: boolean): (string | HclExpression)[] {
    const { text } = this;
    const parts: (string | HclExpression)[] = [];
    let literal = '';
    const flush = (): void => {
      if (literal !== '') parts.push(literal);
      literal = '';
    };
    while (this.at < limit) {
      const char = text[this.at]!;
      if (quoted && (char === '"' || char === '\n')) break;
      if (quoted && char === '\\') {
        const next = text[this.at + 1] ?? '';
        literal += next === 'n' ? '\n' : next === 't' ? '\t' : next === 'r' ? '\r' : next === 'u' ? String.fromCharCode(Number.parseInt(text.slice(this.at + 2, this.at + 6), 16) || 0xfffd) : next;
        this.at += next === 'u' ? 6 : 2;
        continue;
      }
      if ((char === '$' || char === '%') && text[this.at + 1] === '{') {
        if (literal.endsWith(char)) {
          // `$${` is a literal `${`.
          literal += '{';
          this.at += 2;
          continue;
        }
        flush();
        const start = this.at;
        this.at += 2;
        if (text[this.at] === '~') this.at++;
        if (char === '%') {
          const end = text.indexOf('}', this.at);
          this.at = end === -1 ? limit : end + 1;
          parts.push({ kind: 'error', range: { start, end: this.at } });
          continue;
        }
        const outer = this.lines;
        this.lines = 1;
        this.space(true);
        const inner = this.expression();
        this.space(true);
        this.lines = outer;
        if (text[this.at] === '~') this.at++;
        if (text[this.at] === '}') this.at++;
        else {
          this.error('expected }', this.at);
          const stop = text.slice(this.at).search(quoted ? /[}"\n]/ : /\}/);
          this.at = stop === -1 ? limit : this.at + stop + (text[this.at + stop] === '}' ? 1 : 0);
        }
        parts.push(inner);
        continue;
      }
      literal += char;
      this.at++;
    }
    flush();
    return parts;
  }

  protected heredoc(): HclExpression {
    const start = this.at;
    const header = /^<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/u.exec(this.text.slice(start, start + 200));
    if (!header) {
      this.error('expected a heredoc', start);
      this.at += 2;
      return { kind: 'error', range: { start, end: this.at } };
    }
    const from = start + header[0].length;
    const closing = new RegExp(`^[ \\t]*${header[2]!.replace(/[-]/g, '\\-')}[ \\t]*\\r?$`, 'mu');
    const match = closing.exec(this.text.slice(from));
    const end = match ? from + match.index : this.text.length;
    this.at = from;
    const parts = this.templateParts(end, false);
    this.at = match ? end + match[0].replace(/\r$/, '').length : this.text.length;
    if (!match) this.error('the heredoc is not closed', start);
    return { kind: 'template', parts, range: { start, end: this.at }, heredoc: true, content: { start: from, end } };
  }
}
