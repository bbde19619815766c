import { ExpressionParser } from './expressions.ts';
import { deepest } from './scanner.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclFile } from './tree.ts';

/** Parses an HCL native file. Total: broken text gives errors and the nodes around them. */
export function parseHcl(text: string): HclFile {
  return new Parser(text).file();
}

/** A template's text parsed on its own, for strings of JSON syntax that hold `${...}`. */
export function parseHclTemplate(text: string): HclExpression {
  return new Parser(text).wholeTemplate();
}

class Parser extends ExpressionParser {
  file(): HclFile {
    const body = this.body(false);
    return { body, errors: this.errors };
  }

  wholeTemplate(): HclExpression {
    const parts = this.templateParts(this.text.length, false);
    return { kind: 'template', parts, range: { start: 0, end: this.text.length }, heredoc: false, content: { start: 0, end: this.text.length } };
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
}
