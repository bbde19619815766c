import type { HclAttribute, HclBlock, HclBody, HclEntry, HclError, HclExpression, HclFile, HclForParts, HclStep } from './tree.ts';

/** Nesting beyond this is cut off with an error; real files stay below 20. */
const deepest = 100;

/** Parses an HCL native file. Total: broken text gives errors and the nodes around them. */
export function parseHcl(text: string): HclFile {
  return new Parser(text).file();
}

/** A template's text parsed on its own, for strings of JSON syntax that hold `${...}`. */
export function parseHclTemplate(text: string): HclExpression {
  return new Parser(text).wholeTemplate();
}

const identifierStart = /[\p{ID_Start}_]/u;

function isIdentifierCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code > 127;
}

class Parser {
  readonly text: string;
  private at = 0;
  private depth = 0;
  private readonly errors: HclError[] = [];

  constructor(text: string) {
    this.text = text;
  }

  file(): HclFile {
    const body = this.body(false);
    return { body, errors: this.errors };
  }

  wholeTemplate(): HclExpression {
    const parts = this.templateParts(this.text.length, false);
    return { kind: 'template', parts, range: { start: 0, end: this.text.length }, heredoc: false, content: { start: 0, end: this.text.length } };
  }

  private error(message: string, start: number, end = start + 1): void {
    this.errors.push({ message, range: { start: Math.min(start, this.text.length), end: Math.min(end, this.text.length) } });
  }

  /** Skips blanks and comments; line breaks only when asked. */
  private space(lines: boolean): void {
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

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end + 1;
  }

  private identifier(): string | undefined {
    const start = this.at;
    const first = this.text[start];
    if (first === undefined || !identifierStart.test(first)) return undefined;
    while (this.at < this.text.length && isIdentifierCode(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  private body(inBlock: boolean): HclBody {
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    for (;;) {
      this.space(true);
      if (this.at >= this.text.length) break;
      const start = this.at;
      if (this.text[start] === '}') {
        if (inBlock) break;
        this.error('unexpected }', start);
        this.at++;
        continue;
      }
      const name = this.identifier() ?? this.quotedKey();
      if (name === undefined) {
        this.error('expected an attribute or a block', start);
        this.at++;
        this.skipLineUnlessClosing();
        continue;
      }
      const nameRange = { start, end: this.at };
      this.space(false);
      if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
        this.at++;
        this.space(false);
        const value = this.expression();
        attributes.push({ name, nameRange, value, range: { start, end: value.range.end } });
        this.endOfLine();
      } else {
        const block = this.block(name, nameRange);
        if (block) blocks.push(block);
      }
    }
    return { attributes, blocks };
  }

  /** A key in quotes where an attribute may stand, as in .tfvars written by other tools. */
  private quotedKey(): string | undefined {
    const match = /^"([^"\n\\$]*)"(?=[ \t]*=)/.exec(this.text.slice(this.at, this.at + 200));
    if (!match) return undefined;
    this.at += match[0].length;
    return match[1];
  }

  private skipLineUnlessClosing(): void {
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '\n' || char === '}') return;
      this.at++;
    }
  }

  private endOfLine(): void {
    this.space(false);
    const char = this.text[this.at];
    if (char === undefined || char === '\n' || char === '}') return;
    if (char === ',') {
      this.at++;
      return;
    }
    this.error('expected the end of the line', this.at);
    this.skipLineUnlessClosing();
  }

  private block(type: string, typeRange: HclBlock['typeRange']): HclBlock | undefined {
    const labels: { text: string; range: { start: number; end: number } }[] = [];
    const before = this.errors.length;
    for (;;) {
      this.space(false);
      const start = this.at;
      if (this.text[start] === '"') {
        const end = this.text.slice(start + 1, start + 400).search(/["\n]/);
        if (end === -1) break;
        labels.push({ text: this.text.slice(start + 1, start + 1 + end), range: { start: start + 1, end: start + 1 + end } });
        this.at = start + 1 + end + (this.text[start + 1 + end] === '"' ? 1 : 0);
      } else {
        const label = this.identifier();
        if (label === undefined) break;
        labels.push({ text: label, range: { start, end: this.at } });
      }
    }
    if (this.text[this.at] !== '{') {
      this.error('expected = or {', this.at);
      this.skipLineUnlessClosing();
      return undefined;
    }
    this.at++;
    const open = this.at;
    if (++this.depth > deepest) {
      this.depth--;
      this.error('nested too deep', open);
      this.at = this.text.length;
      return { type, typeRange, labels, body: { attributes: [], blocks: [] }, range: { start: typeRange.start, end: this.at }, open, close: this.at, whole: false };
    }
    const body = this.body(true);
    this.depth--;
    const close = this.at;
    const closed = this.text[close] === '}';
    if (closed) this.at++;
    else this.error('the block is not closed', typeRange.start, typeRange.end);
    return { type, typeRange, labels, body, range: { start: typeRange.start, end: this.at }, open, close, whole: closed && this.errors.length === before };
  }

  expression(): HclExpression {
    if (++this.depth > deepest) {
      this.depth--;
      const start = this.at;
      this.error('nested too deep', start);
      this.at = this.text.length;
      return { kind: 'error', range: { start, end: this.at } };
    }
    const condition = this.binary(0);
    this.space(this.lines > 0);
    let out = condition;
    if (this.text[this.at] === '?') {
      this.at++;
      this.space(true);
      const then = this.expression();
      this.space(true);
      if (this.text[this.at] === ':') this.at++;
      else this.error('expected :', this.at);
      this.space(true);
      const otherwise = this.expression();
      out = { kind: 'conditional', condition, then, otherwise, range: { start: condition.range.start, end: otherwise.range.end } };
    }
    this.depth--;
    return out;
  }

  /** Open brackets around the current place; inside of them a line break is a blank. */
  private lines = 0;

  private binary(level: number): HclExpression {
    const levels = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']];
    if (level >= levels.length) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const saved = this.at;
      this.space(this.lines > 0);
      const operator = levels[level]!.find((one) => this.text.startsWith(one, this.at));
      if (operator === undefined || (operator === '/' && /[/*]/.test(this.text[this.at + 1] ?? ''))) {
        this.at = saved;
        return left;
      }
      this.at += operator.length;
      this.space(true);
      const right = this.binary(level + 1);
      left = { kind: 'operation', operator, operands: [left, right], range: { start: left.range.start, end: right.range.end } };
    }
  }

  private unary(): HclExpression {
    const start = this.at;
    const char = this.text[start];
    if (char === '!' || char === '-') {
      this.at++;
      this.space(false);
      if (++this.depth > deepest) {
        this.depth--;
        this.at = this.text.length;
        return { kind: 'error', range: { start, end: this.at } };
      }
      const operand = this.unary();
      this.depth--;
      if (char === '-' && operand.kind === 'literal' && typeof operand.value === 'number') return { kind: 'literal', value: -operand.value, range: { start, end: operand.range.end } };
      return { kind: 'operation', operator: char, operands: [operand], range: { start, end: operand.range.end } };
    }
    return this.postfix(this.primary());
  }

  private postfix(target: HclExpression): HclExpression {
    const steps: HclStep[] = [];
    for (;;) {
      const char = this.text[this.at];
      if (char === '.' && this.text[this.at + 1] !== '.') {
        this.at++;
        if (this.text[this.at] === '*') {
          this.at++;
          steps.push({});
          continue;
        }
        const digits = /^\d+/.exec(this.text.slice(this.at, this.at + 12))?.[0];
        const name = digits ?? this.identifier();
        if (digits) this.at += digits.length;
        if (name === undefined) {
          this.error('expected a name', this.at);
          break;
        }
        steps.push({ name });
      } else if (char === '[') {
        this.at++;
        this.lines++;
        this.space(true);
        if (this.text[this.at] === '*') {
          this.at++;
          steps.push({});
        } else steps.push({ index: this.expression() });
        this.space(true);
        this.lines--;
        if (this.text[this.at] === ']') this.at++;
        else {
          this.error('expected ]', this.at);
          break;
        }
      } else break;
    }
    if (steps.length === 0) return target;
    const range = { start: target.range.start, end: this.at };
    return target.kind === 'traversal' && target.steps.length === 0 ? { kind: 'traversal', root: target.root, steps, range } : { kind: 'access', target, steps, range };
  }

  private primary(): HclExpression {
    const start = this.at;
    const { text } = this;
    const char = text[start];
    if (char === '"') return this.quoted();
    if (char === '<' && text[start + 1] === '<') return this.heredoc();
    if (char === '[') return this.list();
    if (char === '{') return this.object();
    if (char === '(') {
      this.at++;
      this.lines++;
      this.space(true);
      const inner = this.expression();
      this.space(true);
      this.lines--;
      if (text[this.at] === ')') this.at++;
      else this.error('expected )', this.at);
      return inner;
    }
    const number = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(start, start + 40))?.[0];
    if (number) {
      this.at += number.length;
      return { kind: 'literal', value: Number(number), range: { start, end: this.at } };
    }
    const name = this.identifier();
    if (name === undefined) {
      this.error('expected a value', start);
      return { kind: 'error', range: { start, end: start } };
    }
    const range = { start, end: this.at };
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', range };
    if (name === 'null') return { kind: 'literal', value: null, range };
    if (text[this.at] === '(') return this.call(name, start);
    if (text.startsWith('::', this.at)) {
      this.at += 2;
      const rest = this.identifier() ?? '';
      if (text[this.at] === '(') return this.call(`${name}::${rest}`, start);
    }
    return { kind: 'traversal', root: name, steps: [], range };
  }

  private call(name: string, start: number): HclExpression {
    this.at++;
    this.lines++;
    const args: HclExpression[] = [];
    for (;;) {
      this.space(true);
      const char = this.text[this.at];
      if (char === ')' || char === undefined) break;
      const before = this.at;
      args.push(this.expression());
      this.space(true);
      if (this.text.startsWith('...', this.at)) this.at += 3;
      this.space(true);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ')') {
        this.error('expected , or )', this.at);
        if (this.at === before) break;
        break;
      }
    }
    this.lines--;
    if (this.text[this.at] === ')') this.at++;
    else this.error('the call is not closed', start);
    return { kind: 'call', name, args, range: { start, end: this.at } };
  }

  private forExpression(start: number, object: boolean, close: string): HclExpression | undefined {
    const saved = this.at;
    if (this.identifier() !== 'for' || !/[\s]/.test(this.text[this.at] ?? '')) {
      this.at = saved;
      return undefined;
    }
    const [inside, known, outer] = [this.at, this.errors.length, this.lines];
    const parts = this.forParts(object);
    this.space(true);
    if (parts && this.errors.length === known && this.text[this.at] === close) {
      this.at++;
      return { kind: 'for', object, parts, range: { start, end: this.at } };
    }
    // What it gives is unknown then: skip to the matching bracket.
    this.at = inside;
    this.errors.length = known;
    this.lines = outer;
    let depth = 1;
    while (this.at < this.text.length && depth > 0) {
      const char = this.text[this.at]!;
      if (char === '"') {
        this.quoted();
        continue;
      }
      if (char === '#' || (char === '/' && this.text[this.at + 1] === '/')) {
        this.skipLine();
        continue;
      }
      if ('[{('.includes(char)) depth++;
      else if (']})'.includes(char)) depth--;
      this.at++;
    }
    if (depth > 0) this.error(`expected ${close}`, this.at);
    return { kind: 'for', object, range: { start, end: this.at } };
  }

  /** `key, value in over : key => value if condition`, behind `for`. */
  private forParts(object: boolean): HclForParts | undefined {
    const word = (): string | undefined => {
      this.space(true);
      return this.identifier();
    };
    const taken = (token: string): boolean => {
      this.space(true);
      if (!this.text.startsWith(token, this.at)) return false;
      this.at += token.length;
      this.space(true);
      return true;
    };
    const first = word();
    const second = taken(',') ? word() : undefined;
    if (first === undefined || word() !== 'in') return undefined;
    this.space(true);
    const over = this.expression();
    if (!taken(':')) return undefined;
    const left = this.expression();
    const key = object && taken('=>') ? left : undefined;
    if (object && key === undefined) return undefined;
    const value = key ? this.expression() : left;
    const grouped = taken('...');
    this.space(true);
    const condition = this.text.startsWith('if', this.at) && word() === 'if' ? (this.space(true), this.expression()) : undefined;
    return { names: second === undefined ? [first] : [first, second], over, ...(key ? { key } : {}), value, ...(condition ? { condition } : {}), grouped };
  }

  private list(): HclExpression {
    const start = this.at++;
    this.lines++;
    this.space(true);
    const each = this.forExpression(start, false, ']');
    if (each) {
      this.lines--;
      return each;
    }
    const items: HclExpression[] = [];
    for (;;) {
      this.space(true);
      const char = this.text[this.at];
      if (char === ']' || char === undefined) break;
      const before = this.at;
      items.push(this.expression());
      this.space(true);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ']') {
        this.error('expected , or ]', this.at);
        if (this.at === before || this.looksLikeStatement()) break;
      }
    }
    this.lines--;
    if (this.text[this.at] === ']') this.at++;
    else this.error('the list is not closed', start);
    return { kind: 'list', items, range: { start, end: this.at } };
  }

  /** True at `name =` or `name {`: a bracket above was left open. */
  private looksLikeStatement(): boolean {
    return /^[A-Za-z_][\w-]*[ \t]*(?:=[^=]|\{|")/.test(this.text.slice(this.at, this.at + 120));
  }

  private object(): HclExpression {
    const start = this.at++;
    this.lines++;
    this.space(true);
    const each = this.forExpression(start, true, '}');
    if (each) {
      this.lines--;
      return each;
    }
    const outer = this.lines;
    const entries: HclEntry[] = [];
    for (;;) {
      this.space(true);
      const char = this.text[this.at];
      if (char === '}' || char === undefined) break;
      const before = this.at;
      this.lines = outer;
      const key = this.key();
      this.space(true);
      const separator = this.text[this.at];
      if (separator === '=' || separator === ':') this.at++;
      else this.error('expected = or :', this.at);
      this.space(true);
      // A line break ends an entry of an object, whatever brackets stand around the object.
      this.lines = 0;
      const value = this.expression();
      this.lines = outer;
      entries.push({ ...key, value });
      this.space(false);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== '\n' && this.text[this.at] !== '}' && this.text[this.at] !== undefined) {
        this.error('expected , or a new line', this.at);
        if (this.at <= before) this.at = before + 1;
        this.skipLineUnlessClosing();
      }
      if (this.at === before) this.at++;
    }
    this.lines = outer - 1;
    if (this.text[this.at] === '}') this.at++;
    else this.error('the object is not closed', start);
    return { kind: 'object', entries, range: { start, end: this.at } };
  }

  private key(): { key: string | undefined; keyRange: HclEntry['keyRange'] } {
    const start = this.at;
    if (this.text[start] === '"') {
      const quoted = this.quoted();
      const plain = quoted.kind === 'template' && quoted.parts.every((part) => typeof part === 'string') ? quoted.parts.join('') : undefined;
      return { key: plain, keyRange: { start: start + 1, end: Math.max(start + 1, this.at - 1) } };
    }
    const expression = this.binary(0);
    const keyRange = expression.range;
    if (expression.kind === 'traversal' && expression.steps.length === 0) return { key: expression.root, keyRange };
    if (expression.kind === 'literal') return { key: String(expression.value), keyRange };
    return { key: undefined, keyRange };
  }

  private quoted(): HclExpression {
    const start = this.at++;
    const parts = this.templateParts(this.text.length, true);
    const end = this.at;
    if (this.text[this.at] === '"') this.at++;
    else this.error('the string is not closed', start);
    return { kind: 'template', parts, range: { start, end: this.at }, heredoc: false, content: { start: start + 1, end } };
  }

  /** Literal and interpolated parts up to `limit`, or to the closing quote. */
  private templateParts(limit: number, quoted: boolean): (string | HclExpression)[] {
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

  private heredoc(): HclExpression {
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
