import type { TextRange } from '../../base/range.ts';

/** What stands between the scripts of a component, as a tree of what holds code. Texts are left out. */
export type Markup = MarkupElement | MarkupCode | MarkupEach | MarkupChoice | MarkupAwait | MarkupSnippet;

export interface MarkupElement extends TextRange {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Markup[];
}

export interface Attribute extends TextRange {
  /** As written, `:href`, `on:click`; '' for what is spread. */
  readonly name: string;
  readonly nameEnd: number;
  /** Fixed texts and code, in their order; undefined where the attribute has no value. */
  readonly parts: readonly (string | TextRange)[] | undefined;
  readonly value: TextRange;
}

/** `{{ code }}`, `{code}`; with a word in front, `{@html code}`. */
export interface MarkupCode extends TextRange {
  readonly kind: 'code';
  readonly word: string;
  readonly code: TextRange;
}

export interface MarkupEach extends TextRange {
  readonly kind: 'each';
  readonly list: TextRange;
  readonly item: TextRange | undefined;
  readonly children: readonly Markup[];
  readonly otherwise: readonly Markup[];
}

export interface MarkupChoice extends TextRange {
  readonly kind: 'choice';
  readonly branches: readonly { readonly test: TextRange | undefined; readonly children: readonly Markup[] }[];
}

export interface MarkupAwait extends TextRange {
  readonly kind: 'await';
  readonly value: TextRange;
  readonly branches: readonly { readonly item: TextRange | undefined; readonly of: 'value' | 'error' | 'nothing'; readonly children: readonly Markup[] }[];
}

export interface MarkupSnippet extends TextRange {
  readonly kind: 'snippet';
  readonly name: string;
  readonly parameters: TextRange;
  readonly children: readonly Markup[];
}

/** One `<script>` of a file, or the front matter of Astro. */
export interface Script extends TextRange {
  /** `setup` runs for each component, `module` once, `page` in the browser, apart from what the server runs. */
  readonly role: 'setup' | 'module' | 'options' | 'page';
  readonly language: 'typescript' | 'tsx';
}

export interface ComponentText {
  readonly scripts: readonly Script[];
  readonly markup: readonly Markup[];
}

/** Elements that have no end. */
export const voidElements: ReadonlySet<string> = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
