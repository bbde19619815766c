import type { HclError } from './tree.ts';

/** Nesting beyond this is cut off with an error; real files stay below 20. */
export const deepest = 100;

const identifierStart = /[\p{ID_Start}_]/u;

function isIdentifierCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code > 127;
}

/** The place in a text of HCL, and what is skipped, read or noted there. */
export class Scanner {
  readonly text: string;
  protected at = 0;
  protected depth = 0;
  protected readonly errors: HclError[] = [];

  constructor(text: string) {
    this.text = text;
  }

  protected error(message: string, start: number, end = start + 1): void {
    this.errors.push({ message, range: { start: Math.min(start, this.text.length), end: Math.min(end, this.text.length) } });
  }

  /** Skips blanks and comments; line breaks only when asked. */
  protected space(lines: boolean): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13 || (lines && code === 10) || code === 0xfeff) this.at++;
      else if (code === 35 || (code === 47 && text.charCodeAt(this.at + 1) === 47)) {
        const end = text.indexOf('\n', this.at);
        this.at = end === -1 ? text.length : end;
      } else if (code === 47 && text.charCodeAt(this.at + 1) === 42) {
        const end = text.indexOf('*/', this.at + 2);
        this.at = end === -1 ? text.length : end + 2;
      } else return;
    }
  }

  protected skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end + 1;
  }

  protected identifier(): string | undefined {
    const start = this.at;
    const first = this.text[start];
    if (first === undefined || !identifierStart.test(first)) return undefined;
    while (this.at < this.text.length && isIdentifierCode(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  protected skipLineUnlessClosing(): void {
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '\n' || char === '}') return;
      this.at++;
    }
  }

  /** True at `name =` or `name {`: a bracket above was left open. */
  protected looksLikeStatement(): boolean {
    return /^[A-Za-z_][\w-]*[ \t]*(?:=[^=]|\{|")/.test(this.text.slice(this.at, this.at + 120));
  }
}
