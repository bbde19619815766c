import type { TextRange } from '../base/range.ts';
import type { Document } from '../source/document.ts';
import type { Language } from '../source/language.ts';

/** A `wardline-ignore` comment. */
export interface Directive {
  readonly path: string;
  readonly kind: 'line' | 'file' | 'start' | 'end';
  /** Rule ids or whole categories as `iam/*`. */
  readonly selectors: readonly { readonly name: string; readonly range: TextRange }[];
  readonly reason?: string;
  /** `2027-01-31`; the last day on which it holds. */
  readonly until?: string;
  /** From `wardline-ignore` to the end of its words. */
  readonly range: TextRange;
  /** The whole comment, for its removal. */
  readonly comment: TextRange;
  /** Zero-based lines on which findings are suppressed, inclusive. */
  readonly lines: { readonly first: number; readonly last: number };
}

const word = 'wardline-ignore';

const hash = '#';
const slashes = '(?://|/\\*+|\\*)';
const markup = '<!--';
const introducers: Readonly<Record<Language, string>> = {
  typescript: slashes, tsx: slashes, javascript: slashes, jsx: slashes, bicep: slashes, json: slashes,
  python: hash, notebook: '(?!)', yaml: hash, dockerfile: hash, dotenv: hash, shell: hash, toml: hash,
  terraform: `(?:${hash}|${slashes})`, ini: '(?:#|;|//)', xml: markup, markdown: markup, sql: `(?:--|${slashes})`,
  vue: `(?:${markup}|${slashes})`, svelte: `(?:${markup}|${slashes})`, astro: `(?:${markup}|${slashes})`,
  text: `(?:#|;|--|${markup}|${slashes})`,
  go: slashes, java: slashes, csharp: slashes, c: slashes, rust: slashes, swift: slashes, ruby: hash, php: `(?:${hash}|${slashes})`,
};

/** Whether a document may hold suppressions. */
export function mayHoldDirectives({ language, text }: Document): boolean {
  return language !== 'notebook' && text.includes(word);
}

/** The suppressions that comments of a document hold, in order. */
export function readDirectives(document: Document): readonly Directive[] {
  if (!mayHoldDirectives(document)) return [];
  const { text, lines } = document;
  const out: Directive[] = [];
  const introducer = new RegExp(`${introducers[document.language] ?? introducers.text}\\s*$`);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const { line } = lines.position(at);
    const whole = lines.range(line);
    const before = introducer.exec(text.slice(Math.max(whole.start, at - 200), at));
    if (!before) continue;
    const start = at - before[0].length;
    const rest = text.slice(at, whole.end);
    const close = /\s*(?:\*\/\}?|-->)/.exec(rest);
    const words = (close ? rest.slice(0, close.index) : rest).trimEnd();
    const parsed = parseWords(words, at);
    if (!parsed) continue;
    const comment = { start: text[start - 1] === '{' && close?.[0].endsWith('}') ? start - 1 : start, end: close ? at + close.index + close[0].length : whole.end };
    const alone = text.slice(whole.start, comment.start).trim() === '';
    out.push({ path: document.path, ...parsed, range: { start: at, end: at + words.length }, comment, lines: linesOf(document, parsed.kind, line, alone, introducer) });
  }
  return closeBlocks(out, lines.count);
}

function parseWords(words: string, offset: number): Pick<Directive, 'kind' | 'selectors' | 'reason' | 'until'> | undefined {
  const head = /^wardline-ignore(-file|-start|-end)?(?=$|[\s:])[\s:]*/.exec(words);
  if (!head) return undefined;
  const kind = head[1] === undefined ? 'line' : (head[1].slice(1) as 'file' | 'start' | 'end');
  const dashes = words.slice(head[0].length).search(/(?:^|\s)--(?:\s|$)/);
  const names = dashes < 0 ? words.slice(head[0].length) : words.slice(head[0].length, head[0].length + dashes);
  const tail = dashes < 0 ? '' : words.slice(head[0].length + dashes).replace(/^\s*--\s*/, '');
  const until = /[\s[(,]*\buntil\s+(\d{4}-\d{2}-\d{2})[\])]?\s*$/.exec(dashes < 0 ? names : tail);
  const listed = dashes < 0 && until ? names.slice(0, until.index) : names;
  const reason = (until && dashes >= 0 ? tail.slice(0, until.index) : tail).trim();
  const selectors = [...listed.matchAll(/[^\s,]+/g)].map((match) => ({ name: match[0], range: { start: offset + head[0].length + match.index, end: offset + head[0].length + match.index + match[0].length } }));
  return { kind, selectors, ...(reason === '' ? {} : { reason }), ...(until ? { until: until[1]! } : {}) };
}

/** A comment alone on its line speaks of the next line that is neither blank nor a comment of ours. */
function linesOf(document: Document, kind: Directive['kind'], line: number, alone: boolean, introducer: RegExp): Directive['lines'] {
  if (kind === 'file') return { first: 0, last: Number.MAX_SAFE_INTEGER };
  if (kind !== 'line' || !alone) return { first: line, last: line };
  for (let next = line + 1; next < Math.min(document.lines.count, line + 20); next++) {
    const range = document.lines.range(next);
    const text = document.text.slice(range.start, range.end);
    const own = text.indexOf(word);
    if (text.trim() !== '' && !(own >= 0 && introducer.test(text.slice(0, own)) && /^\W*$/.test(text.slice(0, own)))) return { first: line, last: next };
  }
  return { first: line, last: line + 1 };
}

/** A block reaches from its start to the next end, or to the end of the file. */
function closeBlocks(directives: readonly Directive[], lines: number): readonly Directive[] {
  return directives.map((one, at) => {
    if (one.kind !== 'start') return one;
    const end = directives.slice(at + 1).find((later) => later.kind === 'end' && (later.selectors.length === 0 || later.selectors.some((selector) => one.selectors.some((own) => own.name === selector.name))));
    return { ...one, lines: { first: one.lines.first, last: end ? end.lines.last : lines } };
  });
}

const comments: Readonly<Partial<Record<Language, readonly [string, string]>>> = {
  typescript: ['// ', ''], tsx: ['// ', ''], javascript: ['// ', ''], jsx: ['// ', ''], bicep: ['// ', ''], xml: ['<!-- ', ' -->'], markdown: ['<!-- ', ' -->'], sql: ['-- ', ''],
  python: ['# ', ''], yaml: ['# ', ''], dockerfile: ['# ', ''], dotenv: ['# ', ''], shell: ['# ', ''], toml: ['# ', ''], terraform: ['# ', ''], ini: ['# ', ''],
};

/** The comment that suppresses a rule, without indentation; undefined where the language has no comments. */
export function suppressionComment(language: Language, kind: 'line' | 'file', rule: string, reason: string, until?: string): string | undefined {
  const around = comments[language];
  if (!around) return undefined;
  const words = reason.replace(/[\r\n\u2028\u2029]+/g, ' ').replace(/\*\/|-->/g, ' ').trim();
  return `${around[0]}${word}${kind === 'file' ? '-file' : ''} ${rule} -- ${words}${until ? ` until ${until}` : ''}${around[1]}`;
}
