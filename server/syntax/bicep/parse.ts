import { nestsDeeper } from '../../base/nesting.ts';
import type { TextRange } from '../../base/range.ts';
import { scanBicep, type BicepToken } from './scan.ts';
import type { BicepEntry, BicepExpression, BicepFile, BicepOutput, BicepParameter, BicepResource } from './tree.ts';

const deepest = 200;

/** Parses a Bicep file. Total: what cannot be read is unknown, and reading goes on at the next declaration. */
export function parseBicep(text: string): BicepFile {
  const parameters = new Map<string, BicepExpression | undefined>();
  const variables = new Map<string, BicepExpression>();
  const resources: BicepResource[] = [];
  const modules: BicepResource[] = [];
  const outputs: BicepOutput[] = [];
  const declared: BicepParameter[] = [];
  if (nestsDeeper(text, deepest)) return { parameters, variables, resources, modules, outputs, declared };
  let secure = false;
  const parser = createParser(text, scanBicep(text));
  for (;;) {
    parser.skipNewlines();
    const token = parser.peek();
    if (token.kind === 'end') break;
    if (token.kind === 'name' && token.text === 'param') {
      parser.next();
      const name = parser.next();
      declared.push({ name: name.text, nameRange: name.range, type: parser.peek().text, secure });
      while (!['newline', 'end'].includes(parser.peek().kind) && parser.peek().text !== '=') parser.skipOne();
      parameters.set(name.text, parser.accept('=') ? parser.expression() : undefined);
    } else if (token.kind === 'name' && token.text === 'var') {
      parser.next();
      const name = parser.next();
      if (parser.accept('=')) variables.set(name.text, parser.expression());
    } else if (token.kind === 'name' && token.text === 'resource') {
      const resource = parser.resource();
      if (resource) resources.push(resource);
    } else if (token.kind === 'name' && token.text === 'module') {
      const called = parser.resource();
      if (called) modules.push(called);
    } else if (token.kind === 'name' && token.text === 'output') {
      parser.next();
      const name = parser.next();
      while (!['newline', 'end'].includes(parser.peek().kind) && parser.peek().text !== '=') parser.skipOne();
      if (parser.accept('=')) outputs.push({ name: name.text, nameRange: name.range, secure, value: parser.expression() });
    }
    secure = token.text === '@' && (parser.peek(1).text === 'secure' || secure);
    parser.skipLine();
  }
  return { parameters, variables, resources, modules, outputs, declared };
}

const levels: readonly (readonly string[])[] = [['??'], ['||'], ['&&'], ['==', '!=', '=~', '!~'], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];
const functions: Readonly<Record<string, string>> = {
  '??': 'coalesce', '||': 'or', '&&': 'and', '=~': 'equalsIgnoringCase', '!~': 'differsIgnoringCase', '<': 'less', '>': 'greater', '<=': 'lessOrEquals', '>=': 'greaterOrEquals', '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '%': 'mod',
};

function createParser(text: string, tokens: readonly BicepToken[]) {
  let at = 0;
  const peek = (ahead = 0): BicepToken => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const next = (): BicepToken => tokens[at < tokens.length - 1 ? at++ : at]!;
  const is = (symbol: string): boolean => peek().kind === 'symbol' && peek().text === symbol;
  const accept = (symbol: string): boolean => (is(symbol) ? (next(), true) : false);
  const skipNewlines = (): void => {
    while (peek().kind === 'newline') next();
  };
  /** Passes one token, or a whole bracketed group. */
  const skipOne = (): void => {
    const open = next();
    if (open.kind !== 'symbol' || !'{[('.includes(open.text)) return;
    let depth = 1;
    while (depth > 0 && peek().kind !== 'end') {
      const token = next();
      if (token.kind !== 'symbol') continue;
      if ('{[('.includes(token.text)) depth++;
      else if ('}])'.includes(token.text)) depth--;
    }
  };
  const skipLine = (): void => {
    while (peek().kind !== 'newline' && peek().kind !== 'end') skipOne();
  };
  const span = (start: TextRange): TextRange => ({ start: start.start, end: tokens[Math.max(0, at - 1)]!.range.end });

  const string = (token: BicepToken): BicepExpression => {
    const parts = token.parts ?? [token.text];
    if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join(''), range: token.range };
    return {
      kind: 'template', range: token.range,
      parts: parts.flatMap((part): (string | BicepExpression)[] => (typeof part === 'string' ? (part === '' ? [] : [part]) : [createParser(text, scanBicep(text, part.start, part.end)).expression()])),
    };
  };

  const object = (open: BicepToken, nested: BicepResource[]): BicepExpression => {
    const entries: BicepEntry[] = [];
    let whole = true;
    for (;;) {
      while (peek().kind === 'newline' || is(',')) next();
      if (accept('}')) break;
      const token = peek();
      if (token.kind === 'end') {
        whole = false;
        break;
      }
      if (is('@')) {
        skipLine();
        continue;
      }
      if (token.kind === 'name' && token.text === 'resource' && peek(1).kind === 'name') {
        const inner = resource();
        if (inner) nested.push(inner);
        continue;
      }
      if (token.kind !== 'name' && token.kind !== 'string') {
        whole = false;
        skipOne();
        continue;
      }
      next();
      if (!accept(':')) {
        whole = false;
        skipLine();
        continue;
      }
      skipNewlines();
      const computed = token.kind === 'string' && token.parts?.some((part) => typeof part !== 'string');
      const value = expression();
      if (computed) whole = false;
      else entries.push({ key: token.kind === 'string' ? (token.parts ?? []).join('') : token.text, keyRange: token.range, value });
    }
    return { kind: 'object', entries, whole, range: span(open.range) };
  };

  const primary = (nested: BicepResource[]): BicepExpression => {
    const token = peek();
    if (token.kind === 'newline' || token.kind === 'end') return { kind: 'unknown', range: token.range };
    next();
    if (token.kind === 'string') return string(token);
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text), range: token.range };
    if (token.kind === 'name') {
      if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true', range: token.range };
      if (token.text === 'null') return { kind: 'literal', value: null, range: token.range };
      if (!is('(')) return { kind: 'name', name: token.text, range: token.range };
      next();
      return { kind: 'call', name: token.text, args: list(')'), range: span(token.range) };
    }
    if (token.text === '{') return object(token, nested);
    if (token.text === '[') {
      skipNewlines();
      if (peek().kind === 'name' && peek().text === 'for') {
        next();
        const names: string[] = [];
        while (peek().text !== 'in' && !is(':') && peek().kind !== 'end' && peek().kind !== 'newline') {
          const name = next();
          if (name.kind === 'name') names.push(name.text);
        }
        if (peek().text === 'in') next();
        const over = expression();
        while (!is(':') && peek().kind !== 'end' && peek().kind !== 'newline') skipOne();
        accept(':');
        skipNewlines();
        const filtered = peek().text === 'if';
        if (filtered) {
          next();
          skipOne();
        }
        const body = expression(nested);
        skipNewlines();
        accept(']');
        return { kind: 'loop', item: names[0] ?? '', ...(names[1] === undefined ? {} : { index: names[1] }), over, filtered, body, range: span(token.range) };
      }
      return { kind: 'array', items: list(']'), range: span(token.range) };
    }
    if (token.text === '(') {
      const inner = expression();
      accept(')');
      return inner;
    }
    if (token.text === '!') return { kind: 'not', operand: postfix(nested), range: span(token.range) };
    if (token.text === '-') {
      const inner = postfix(nested);
      return inner.kind === 'literal' && typeof inner.value === 'number' ? { ...inner, value: -inner.value, range: span(token.range) } : { kind: 'unknown', range: span(token.range) };
    }
    return { kind: 'unknown', range: token.range };
  };

  const list = (close: string): BicepExpression[] => {
    const items: BicepExpression[] = [];
    for (;;) {
      while (peek().kind === 'newline' || is(',')) next();
      if (peek().kind === 'end' || accept(close)) return items;
      const before = at;
      items.push(expression());
      if (at === before) skipOne();
    }
  };

  const postfix = (nested: BicepResource[]): BicepExpression => {
    let value = primary(nested);
    for (;;) {
      if ((is('.') || is('.?') || is('::')) && peek(1).kind === 'name') {
        next();
        const name = next().text;
        if (is('(')) {
          next();
          value = { kind: 'call', name, args: list(')'), range: span(value.range) };
        } else value = { kind: 'member', target: value, name, range: span(value.range) };
      } else if (is('[')) {
        next();
        const [index] = list(']');
        value = index?.kind === 'literal' ? { kind: 'member', target: value, name: String(index.value), range: span(value.range) } : index ? { kind: 'index', target: value, index, range: span(value.range) } : { kind: 'unknown', range: span(value.range) };
      } else if (is('!')) next();
      else return value;
    }
  };

  /** Operators that bind more loosely come first; those that are no comparison are the functions that do the same. */
  const binary = (level: number, nested: BicepResource[]): BicepExpression => {
    const operators = levels[level];
    if (!operators) return postfix(nested);
    let value = binary(level + 1, nested);
    while (peek().kind === 'symbol' && operators.includes(peek().text)) {
      const operator = next().text;
      skipNewlines();
      const right = binary(level + 1, []);
      const range = span(value.range);
      value = operator === '==' || operator === '!=' ? { kind: 'equality', equal: operator === '==', left: value, right, range } : { kind: 'call', name: functions[operator]!, args: [value, right], range };
    }
    return value;
  };

  const expression = (nested: BicepResource[] = []): BicepExpression => {
    const value = binary(0, nested);
    let ahead = 0;
    while (peek(ahead).kind === 'newline') ahead++;
    if (peek(ahead).kind === 'symbol' && peek(ahead).text === '?') {
      skipNewlines();
      next();
      skipNewlines();
      const then = expression();
      skipNewlines();
      if (!accept(':')) return { kind: 'unknown', range: span(value.range) };
      skipNewlines();
      return { kind: 'ternary', condition: value, then, otherwise: expression(), range: span(value.range) };
    }
    return value;
  };

  const resource = (): BicepResource | undefined => {
    const keyword = next();
    const symbol = next();
    const type = peek();
    if (symbol.kind !== 'name' || type.kind !== 'string') return undefined;
    next();
    const existing = peek().kind === 'name' && peek().text === 'existing';
    if (existing) next();
    if (!accept('=')) return undefined;
    skipNewlines();
    let condition: BicepExpression | undefined;
    if (peek().kind === 'name' && peek().text === 'if') {
      next();
      const start = at;
      condition = is('(') ? expression() : undefined;
      if (!is('{') && peek().kind !== 'newline') {
        condition = undefined;
        at = start;
        skipOne();
      }
      skipNewlines();
    }
    const nested: BicepResource[] = [];
    const body = expression(nested);
    return { symbol: symbol.text, symbolRange: symbol.range, type: (type.parts ?? []).filter((part) => typeof part === 'string').join('').split('@')[0]!, existing, ...(condition ? { condition } : {}), ...(body.kind === 'loop' ? { body: body.body, loop: body } : { body }), nested, range: span(keyword.range) };
  };

  return { peek, next, accept, skipNewlines, skipOne, skipLine, expression, resource };
}
