import type { TextRange } from '../../base/range.ts';
import type { Expression, ObjectEntry, Pattern, Statement } from '../../model/code-tree.ts';
import type { Attribute, Markup, MarkupElement } from '../../syntax/component/markup.ts';
import type { CodeRange, MarkupCodeReader } from './code.ts';
import { boundNames, elementNode, entryNode, functionNode, nameNode, parameterNode, repeated, unknownNode } from './nodes.ts';
import { renamed, type Renaming } from './rename.ts';

/** What an attribute of Vue's templates asks for. */
interface Directive {
  readonly kind: 'text' | 'property' | 'spread' | 'event' | 'if' | 'else-if' | 'else' | 'for' | 'slot' | 'skipped';
  readonly key: string;
}

const skipped = /^(?:class|style|key|ref|is)$/;

function directiveOf({ name }: Attribute): Directive {
  if (name.startsWith('@') || name.startsWith('v-on:')) return { kind: 'event', key: name.replace(/^@|^v-on:/, '').split('.')[0]! };
  if (name.startsWith('#') || /^v-slot\b/.test(name) || name === 'slot-scope') return { kind: 'slot', key: name };
  const bound = /^(?:v-bind:|:|\.)([^.]+)/.exec(name)?.[1];
  if (bound !== undefined) return { kind: skipped.test(bound) || bound.startsWith('[') ? 'skipped' : 'property', key: bound };
  switch (name) {
    case 'v-bind': return { kind: 'spread', key: '' };
    case 'v-if': return { kind: 'if', key: name };
    case 'v-else-if': return { kind: 'else-if', key: name };
    case 'v-else': return { kind: 'else', key: name };
    case 'v-for': return { kind: 'for', key: name };
    case 'v-show': case 'v-cloak': case 'v-once': case 'v-pre': case 'v-memo': return { kind: 'skipped', key: name };
    default: return name.startsWith('v-') ? { kind: 'property', key: name } : { kind: 'text', key: name };
  }
}

/** `(item, index) in list`. */
function repetitionOf(text: string, { start, end }: TextRange): { readonly item: TextRange; readonly list: TextRange } | undefined {
  const written = text.slice(start, end);
  const parts = /^\s*(?:\(([\s\S]*?)\)|([\s\S]*?))\s+(?:in|of)\s+(?=\S)/.exec(written);
  if (!parts) return undefined;
  const item = parts[1] ?? parts[2]!;
  const from = start + written.indexOf(item);
  return { item: { start: from, end: from + item.length }, list: { start: start + parts[0].length, end } };
}

/** All code of a template. */
export function vueCode(text: string, markup: readonly Markup[]): readonly CodeRange[] {
  const out: CodeRange[] = [];
  const visit = (list: readonly Markup[]): void => {
    for (const one of list) {
      if (one.kind === 'code') out.push(one.code);
      if (one.kind !== 'element') continue;
      for (const attribute of one.attributes) {
        const { kind } = directiveOf(attribute);
        if (attribute.parts === undefined || kind === 'text' || kind === 'skipped' || kind === 'slot' || kind === 'else') continue;
        if (kind === 'for') out.push(...[repetitionOf(text, attribute.value)?.list ?? []].flat());
        else out.push({ start: attribute.value.start, end: attribute.value.end, ...(kind === 'event' ? { statements: true as const } : {}) });
      }
      visit(one.children);
    }
  };
  visit(markup);
  return out;
}

const camelized = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Lowers a template to elements; `renaming` says what its names stand for. */
export function lowerVueMarkup(text: string, markup: readonly Markup[], read: MarkupCodeReader, renaming: Renaming): readonly Expression[] {
  const expression = (range: TextRange, hidden: ReadonlySet<string>): Expression => renamed(read.expression(range), renaming, hidden);

  const attributesOf = (element: MarkupElement, hidden: ReadonlySet<string>): readonly ObjectEntry[] => element.attributes.flatMap((one): readonly ObjectEntry[] => {
    const { kind, key } = directiveOf(one);
    const at = { start: one.start, end: one.nameEnd };
    const component = /[A-Z-]/.test(element.name);
    const own = key.startsWith('v-') ? key : component ? camelized(key) : key === 'inner-html' ? 'innerHTML' : key;
    switch (kind) {
      case 'text': return one.parts ? [entryNode(own, at, { kind: 'literal', value: String(one.parts[0]), start: one.value.start, end: one.value.end })] : [];
      case 'property':
        if (one.parts) return [entryNode(own, at, expression(one.value, hidden))];
        return key.startsWith('v-') ? [] : [entryNode(own, at, renamed<Expression>(nameNode(camelized(key), at), renaming, hidden))];
      case 'spread': return one.parts ? [entryNode(undefined, at, expression(one.value, hidden))] : [];
      case 'event': return one.parts ? [entryNode(`on${key.charAt(0).toUpperCase()}${key.slice(1)}`, at, handler(one.value, hidden))] : [];
      default: return [];
    }
  });

  const handler = (range: TextRange, hidden: ReadonlySet<string>): Expression => {
    const within = new Set([...hidden, '$event']);
    const body = renamed<readonly Statement[]>(read.statements(range), renaming, within);
    const [only] = body;
    if (body.length === 1 && only?.kind === 'expression' && (only.value.kind === 'name' || only.value.kind === 'member' || only.value.kind === 'function')) return only.value;
    return functionNode([parameterNode(nameNode('$event', range))], body, range);
  };

  const elementOf = (node: MarkupElement, hidden: ReadonlySet<string>): Expression => {
    const slot = node.attributes.find((one) => directiveOf(one).kind === 'slot' && one.parts);
    const given = slot && read.pattern(slot.value);
    const within = given ? new Set([...hidden, ...boundNames(given)]) : hidden;
    const children = childrenOf(node.children, within);
    const inner: readonly Expression[] = given ? [repeated(elementNode('', [], children, node), given, unknownNode(node), node)] : children;
    const name = /-/.test(node.name) ? camelized(node.name.charAt(0).toUpperCase() + node.name.slice(1)) : node.name;
    return elementNode(name, attributesOf(node, hidden), inner, node);
  };

  const repeatedElement = (node: MarkupElement, hidden: ReadonlySet<string>): Expression => {
    const loop = node.attributes.find((one) => directiveOf(one).kind === 'for');
    const parts = loop && repetitionOf(text, loop.value);
    if (!parts) return elementOf(node, hidden);
    const item: Pattern | undefined = read.pattern(parts.item);
    const within = new Set([...hidden, ...(item ? boundNames(item) : []), ...text.slice(parts.item.end, parts.list.start).match(/[\w$]+/g) ?? [], ...text.slice(parts.item.start, parts.item.end).split(/[,\s]+/).slice(1)]);
    return repeated(chosen(node, elementOf(node, within), within), item, expression(parts.list, hidden), node);
  };

  const testOf = (node: MarkupElement): Attribute | undefined => node.attributes.find((one) => /^(?:if|else-if)$/.test(directiveOf(one).kind) && one.parts);

  const chosen = (node: MarkupElement, element: Expression, hidden: ReadonlySet<string>): Expression => {
    const test = testOf(node);
    return test ? { kind: 'conditional', test: expression(test.value, hidden), then: element, otherwise: unknownNode(node), start: node.start, end: node.end } : element;
  };

  const childrenOf = (list: readonly Markup[], hidden: ReadonlySet<string>): readonly Expression[] => {
    const out: Expression[] = [];
    /** Tests of the elements before, of which none held where an `v-else` is shown. */
    let chain: { test: Expression; then: Expression; node: MarkupElement }[] = [];
    const flush = (last?: Expression): void => {
      const joined = chain.reduceRight<Expression | undefined>((otherwise, { test, then, node }) => ({ kind: 'conditional', test, then, otherwise: otherwise ?? unknownNode(node), start: node.start, end: node.end }), last);
      if (joined) out.push(joined);
      chain = [];
    };
    for (const one of list) {
      if (one.kind === 'code') out.push(expression(one.code, hidden));
      if (one.kind !== 'element') continue;
      const kinds = one.attributes.map((each) => directiveOf(each).kind);
      const test = testOf(one);
      if (kinds.includes('for')) { flush(); out.push(repeatedElement(one, hidden)); }
      else if (kinds.includes('else')) flush(elementOf(one, hidden));
      else if (test) {
        if (kinds.includes('if')) flush();
        chain.push({ test: expression(test.value, hidden), then: elementOf(one, hidden), node: one });
      } else { flush(); out.push(elementOf(one, hidden)); }
    }
    flush();
    return out;
  };

  return childrenOf(markup, new Set());
}

