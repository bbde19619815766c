import type { TextRange } from '../../base/range.ts';
import { createCodeEnds } from './code-end.ts';
import { voidElements, type Attribute, type ComponentText, type Markup, type MarkupAwait, type MarkupChoice, type Script } from './markup.ts';
import { readTag, type Dialect, type Tag } from './tag.ts';

/** Deeper elements are read as if they stood beside each other. */
const deepest = 80;

/** What is open while a text is read: an element, or a block of Svelte. */
interface Open {
  readonly name: string;
  readonly block: boolean;
  children: Markup[];
  /** `{:else}` and the like: what follows belongs to another branch. */
  turn?: (word: string, code: TextRange) => void;
  readonly close: (end: number) => Markup | undefined;
}

/** Finds the scripts of a single-file component and the code in its markup. Total and, but for what never closes, linear. */
export function parseComponent(text: string, dialect: Dialect): ComponentText {
  const scripts: Script[] = [];
  const fence = dialect === 'astro' ? frontMatter(text) : undefined;
  if (fence) scripts.push({ role: 'setup', language: 'typescript', start: fence.start, end: fence.end });
  const markup = readMarkup(text, fence ? fence.behind : 0, dialect, scripts);
  return { scripts, markup };
}

function frontMatter(text: string): (TextRange & { readonly behind: number }) | undefined {
  const open = /^\uFEFF?(?:\s|<!--[\s\S]*?-->)*---/.exec(text);
  if (!open) return undefined;
  const start = open[0].length;
  const close = /(?:^|\n)[ \t]*---/g;
  close.lastIndex = start;
  const found = close.exec(text);
  return found ? { start, end: found.index, behind: found.index + found[0].length } : { start, end: text.length, behind: text.length };
}

function readMarkup(text: string, from: number, dialect: Dialect, scripts: Script[]): readonly Markup[] {
  const root: Open = { name: '', block: true, children: [], close: () => undefined };
  const stack: Open[] = [root];
  const codeEnd = createCodeEnds(text);
  const lastDouble = dialect === 'vue' ? text.lastIndexOf('}}') : -1;
  const top = (): Open => stack.at(-1)!;
  const closeTop = (end: number): void => {
    const made = stack.pop()!.close(end);
    if (made) top().children.push(made);
  };
  const closeTo = (holds: (open: Open) => boolean, end: number, within: boolean): void => {
    for (let at = stack.length - 1; at > 0; at--) {
      if (holds(stack[at]!)) {
        while (stack.length > at) closeTop(end);
        return;
      }
      // An end tag does not end the block around its element.
      if (within && stack[at]!.block) return;
    }
  };
  const open = (one: Open, end: number): void => {
    stack.push(one);
    if (stack.length > deepest) closeTop(end);
  };

  let at = from;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '<') {
      if (text.startsWith('<!--', at)) { at = behind(text, '-->', at); continue; }
      if (text[at + 1] === '/') {
        const end = text.indexOf('>', at);
        const name = text.slice(at + 2, end < 0 ? text.length : end).trim();
        at = end < 0 ? text.length : end + 1;
        closeTo((one) => !one.block && one.name === name, at, true);
        continue;
      }
      if (!/[A-Za-z]/.test(text[at + 1] ?? '') && !(dialect === 'astro' && text[at + 1] === '>')) { at++; continue; }
      const start = at;
      const tag = readTag(text, at, dialect, codeEnd);
      at = tag.end;
      const outside = stack.length === 1;
      if (/^(?:script|style)$/i.test(tag.name) || (dialect === 'vue' && outside && tag.name !== 'template')) {
        top().children.push({ kind: 'element', name: tag.name, attributes: tag.attributes, children: [], start, end: at });
        if (tag.selfClosing) continue;
        const end = closing(text, tag.name, at);
        if (/^script$/i.test(tag.name) && (outside || dialect === 'astro')) {
          const script = scriptOf(tag, { start: at, end: end.start }, dialect);
          if (script) scripts.push(script);
        }
        at = end.end;
        continue;
      }
      if (dialect === 'vue' && outside && valueOf(tag.attributes, 'lang') !== undefined && valueOf(tag.attributes, 'lang') !== 'html') {
        at = closing(text, 'template', at).end;
        continue;
      }
      const children: Markup[] = [];
      const element: Open = { name: tag.name, block: false, children, close: (end) => ({ kind: 'element', name: tag.name, attributes: tag.attributes, children, start, end }) };
      open(element, at);
      if ((tag.selfClosing || voidElements.has(tag.name.toLowerCase())) && top() === element) closeTop(at);
      continue;
    }
    if (char === '{') {
      if (dialect === 'vue') {
        if (text[at + 1] !== '{' || stack.length === 1 || lastDouble < at + 2) { at++; continue; }
        const end = text.indexOf('}}', at + 2);
        top().children.push({ kind: 'code', word: '', code: { start: at + 2, end }, start: at, end: end + 2 });
        at = end + 2;
        continue;
      }
      const end = codeEnd(at + 1, text.length);
      if (end === undefined) { at++; continue; }
      if (dialect === 'svelte') mustache(text, { start: at + 1, end }, { top, open, closeTo, closeElements: () => { while (!top().block) closeTop(at); }, at });
      else top().children.push({ kind: 'code', word: '', code: { start: at + 1, end }, start: at, end: end + 1 });
      at = end + 1;
      continue;
    }
    at++;
  }
  while (stack.length > 1) closeTop(text.length);
  return root.children;
}

interface Reader {
  readonly top: () => Open;
  readonly open: (one: Open, end: number) => void;
  readonly closeTo: (holds: (open: Open) => boolean, end: number, within: boolean) => void;
  readonly closeElements: () => void;
  /** Where the brace stands. */
  readonly at: number;
}

/** What stands in braces of Svelte: code, `{@html code}`, `{#if code}`, `{:else}`, `{/if}`. */
function mustache(text: string, inner: TextRange, { top, open, closeTo, closeElements, at: start }: Reader): void {
  const head = /^\s*([#:@/])\s*([a-z]+)\s*/.exec(text.slice(inner.start, Math.min(inner.end, inner.start + 80)));
  if (!head) {
    top().children.push({ kind: 'code', word: '', code: inner, start, end: inner.end + 1 });
    return;
  }
  const [whole, mark, word] = head as unknown as [string, string, string];
  const code = { start: inner.start + whole.length, end: inner.end };
  const end = inner.end + 1;
  if (mark === '@') top().children.push({ kind: 'code', word, code, start, end });
  else if (mark === '/') closeTo((one) => one.block && one.name === word, end, false);
  else if (mark === ':') {
    // Elements that were left open in the branch before end with it.
    closeElements();
    top().turn?.(word, code);
  } else open(block(text, word, code, start), end);
}

function block(text: string, word: string, code: TextRange, start: number): Open {
  const children: Markup[] = [];
  switch (word) {
    case 'if': {
      const branches: { test: TextRange | undefined; children: Markup[] }[] = [{ test: code, children }];
      const one: Open = {
        name: word, block: true, children, close: (end): MarkupChoice => ({ kind: 'choice', branches, start, end }),
        turn: (_, behind) => {
          const [own] = /^\s*if\s+/.exec(text.slice(behind.start, behind.end)) ?? [];
          one.children = [];
          branches.push({ test: own === undefined ? undefined : { start: behind.start + own.length, end: behind.end }, children: one.children });
        },
      };
      return one;
    }
    case 'each': {
      const otherwise: Markup[] = [];
      const { list, item } = eachOf(text, code);
      const one: Open = { name: word, block: true, children, close: (end) => ({ kind: 'each', list, item, children, otherwise, start, end }), turn: () => { one.children = otherwise; } };
      return one;
    }
    case 'await': {
      const [, value = '', kind, item] = /^([\s\S]*?)(?:\s+(then|catch)(?:\s+([\s\S]+))?)?$/.exec(text.slice(code.start, code.end)) ?? [];
      const ranged = (name: string | undefined, end: number): TextRange | undefined => (name === undefined ? undefined : { start: end - name.length, end });
      const branches: { item: TextRange | undefined; of: MarkupAwait['branches'][number]['of']; children: Markup[] }[] = [{ item: ranged(item, code.end), of: kind === 'then' ? 'value' : kind === 'catch' ? 'error' : 'nothing', children }];
      const one: Open = {
        name: word, block: true, children, close: (end) => ({ kind: 'await', value: { start: code.start, end: code.start + value.length }, branches, start, end }),
        turn: (next, behind) => {
          one.children = [];
          branches.push({ item: behind.end > behind.start ? behind : undefined, of: next === 'then' ? 'value' : 'error', children: one.children });
        },
      };
      return one;
    }
    case 'snippet': {
      const [, name = ''] = /^([\w$]+)/.exec(text.slice(code.start, code.end)) ?? [];
      const open = text.indexOf('(', code.start);
      const close = text.lastIndexOf(')', code.end);
      const parameters = open < 0 || open > code.end || close < open ? { start: code.end, end: code.end } : { start: open + 1, end: close };
      return { name: word, block: true, children, close: (end) => ({ kind: 'snippet', name, parameters, children, start, end }) };
    }
    default: return { name: word, block: true, children, close: (end): MarkupChoice => ({ kind: 'choice', branches: [{ test: undefined, children }], start, end }) };
  }
}

/** `list as item, index (key)`; the last `as` parts them, for the list may be cast to a type. */
function eachOf(text: string, { start, end }: TextRange): { readonly list: TextRange; readonly item: TextRange | undefined } {
  const written = text.slice(start, end);
  const parts = [...written.matchAll(/\sas\s+(?=[\w$[{])/g)];
  const as = parts.at(-1);
  if (!as) return { list: { start, end }, item: undefined };
  const from = start + as.index + as[0].length;
  let to = from;
  if (text[from] === '{' || text[from] === '[') to = Math.min(end, (patternEnd(text, from, end) ?? end - 1) + 1);
  else while (to < end && /[\w$]/.test(text[to]!)) to++;
  return { list: { start, end: start + as.index }, item: { start: from, end: to } };
}

/** The bracket that closes a pattern. */
function patternEnd(text: string, from: number, to: number): number | undefined {
  let depth = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '{' || text[at] === '[') depth++;
    else if ((text[at] === '}' || text[at] === ']') && --depth === 0) return at;
  }
  return undefined;
}

function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

/** Where the element that holds no other ends. */
function closing(text: string, name: string, from: number): TextRange {
  const pattern = new RegExp(`</${name.replace(/[^\w-]/g, '')}\\b[^>]*>`, 'gi');
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : { start: text.length, end: text.length };
}

function valueOf(attributes: readonly Attribute[], name: string): string | undefined {
  const part = attributes.find((one) => one.name === name)?.parts?.[0];
  return typeof part === 'string' ? part : undefined;
}

function scriptOf({ attributes }: Tag, range: TextRange, dialect: Dialect): Script | undefined {
  const type = valueOf(attributes, 'type');
  if (type !== undefined && !/^(?:module|text\/(?:javascript|typescript|babel)|application\/javascript|ts|js)?$/.test(type)) return undefined;
  const has = (name: string): boolean => attributes.some((one) => one.name === name);
  const language = /^(?:tsx|jsx)$/.test(valueOf(attributes, 'lang') ?? '') ? 'tsx' : 'typescript';
  if (dialect === 'vue') return { role: has('setup') ? 'setup' : 'options', language, ...range };
  if (dialect === 'astro') return { role: 'page', language, ...range };
  return { role: has('module') || valueOf(attributes, 'context') === 'module' ? 'module' : 'setup', language, ...range };
}
