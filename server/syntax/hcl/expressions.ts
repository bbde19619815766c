import { deepest } from './scanner.ts';
import { TemplateParser } from './templates.ts';
import type { HclEntry, HclExpression, HclForParts, HclStep } from './tree.ts';

/** How closely operators bind. */
const precedence: Readonly<Record<string, number>> = { '||': 0, '&&': 1, '==': 2, '!=': 2, '<=': 3, '>=': 3, '<': 3, '>': 3, '+': 4, '-': 4, '*': 5, '/': 5, '%': 5 };

function operatorAt(text: string, at: number): string | undefined {
  const one = text[at];
  const next = text[at + 1];
  switch (one) {
    case '|': case '&': return next === one ? one + one : undefined;
    case '=': case '!': return next === '=' ? `${one}=` : undefined;
    case '<': case '>': return next === '=' ? `${one}=` : one;
    case '/': return next === '/' || next === '*' ? undefined : one;
    case '+': case '-': case '*': case '%': return one;
    default: return undefined;
  }
}

/** Reads expressions. Total: broken text gives errors and the nodes around them. */
export class ExpressionParser extends TemplateParser {
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

  /** Operands of operators that bind at least as closely as `least`. */
  private binary(least: number): HclExpression {
    let left = this.unary();
    for (;;) {
      const saved = this.at;
      this.space(this.lines > 0);
      const operator = operatorAt(this.text, this.at);
      const closeness = operator === undefined ? -1 : precedence[operator]!;
      if (operator === undefined || closeness < least) {
        this.at = saved;
        return left;
      }
      this.at += operator.length;
      this.space(true);
      const right = this.binary(closeness + 1);
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
}
