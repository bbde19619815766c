import type { Document } from '../../server/rule/documents.ts';
import { isInstructions } from './instructions.ts';

export interface Grant {
  readonly key: string;
  readonly word: string;
  readonly at: { readonly start: number; readonly end: number };
}

/** What the head of a command, skill or agent lets the assistant do unasked: `allowed-tools: Read, Bash(git log:*)`, in one line or as a list. */
export function grants(document: Document): readonly Grant[] {
  const { text, path } = document;
  if (!isInstructions(path)) return [];
  const head = /^\uFEFF?---[ \t]*\r?\n([\s\S]{0,8000}?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!head) return [];
  const from = head[0].indexOf(head[1]!);
  const out: Grant[] = [];
  for (const found of head[1]!.matchAll(/^(allowed-tools|allowedTools|permissionMode):[ \t]*([^\n]*)((?:\r?\n[ \t]+- [^\n]*)*)/gm)) {
    const start = from + found.index + found[0].indexOf(':') + 1;
    // Words are separated by commas or spaces outside of brackets.
    for (const word of text.slice(start, from + found.index + found[0].length).matchAll(/[\w*@-]+(?:\([^)\n]*\))?/g)) {
      if (word[0] === '-') continue;
      out.push({ key: found[1]!, word: word[0], at: { start: start + word.index, end: start + word.index + word[0].length } });
    }
  }
  return out;
}
