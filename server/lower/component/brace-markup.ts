import type { TextRange } from '../../base/range.ts';
import type { Expression, ObjectEntry, Pattern } from '../../model/code-tree.ts';
import type { Attribute, Markup, MarkupElement } from '../../syntax/component/markup.ts';
import type { CodeRange, MarkupCodeReader } from './code.ts';
import { boundNames, callNode, elementNode, entryNode, functionNode, nameNode, parameterNode, repeated, returnNode, unknownNode } from './nodes.ts';
import { renamed, type Renaming } from './rename.ts';

/** Attributes in whose code nothing is done with data. */
const skipped = /^(?:class|style)(?:$|[:=])|^(?:class:|style:|in:|out:|transition:|animate:|let:|slot$|client:)/;

/** All code of the markup of Svelte and Astro. */
export function braceCode(markup: readonly Markup[]): readonly CodeRange[] {
  const out: CodeRange[] = [];
  const visit = (list: readonly Markup[]): void => {
    for (const one of list) {
      switch (one.kind) {
        case 'code': if (one.word !== 'debug') out.push(one.code); break;
        case 'element':
          for (const { name, parts } of one.attributes) if (!skipped.test(name)) for (const part of parts ?? []) if (typeof part !== 'string') out.push(part);
          visit(one.children);
          break;
        case 'each': out.push(one.list); visit(one.children); visit(one.otherwise); break;
        case 'choice': for (const { test, children } of one.branches) { if (test) out.push(test); visit(children); } break;
        case 'await': out.push(one.value); for (const { children } of one.branches) visit(children); break;
        case 'snippet': visit(one.children); break;
        default: one satisfies never;
      }
    }
  };
  visit(markup);
  return out;
}

/** Lowers the markup of Svelte and Astro to elements; `renaming` says what its names stand for. */
export function lowerBraceMarkup(markup: readonly Markup[], read: MarkupCodeReader, renaming: Renaming): readonly Expression[] {
  type Hidden = ReadonlySet<string>;
  const expression = (range: TextRange, hidden: Hidden): Expression => renamed(read.expression(range), renaming, hidden);
  const widened = (hidden: Hidden, pattern: Pattern | undefined): Hidden => (pattern ? new Set([...hidden, ...boundNames(pattern)]) : hidden);

  const valueOf = ({ parts, value }: Attribute, hidden: Hidden): Expression => {
    if (!parts) return { kind: 'literal', value: true, start: value.start, end: value.end };
    const [first] = parts;
    if (parts.length === 1 && first !== undefined) return typeof first === 'string' ? { kind: 'literal', value: first, start: value.start, end: value.end } : expression(first, hidden);
    return { kind: 'template', parts: parts.map((part) => (typeof part === 'string' ? part : expression(part, hidden))), start: value.start, end: value.end };
  };

  const attributesOf = (node: MarkupElement, hidden: Hidden): readonly ObjectEntry[] => node.attributes.flatMap((one): readonly ObjectEntry[] => {
    if (skipped.test(one.name)) return [];
    const at = { start: one.start, end: one.nameEnd };
    const [, prefix, name] = /^(on|bind|use):([^|]+)/.exec(one.name) ?? [];
    if (prefix === 'use') {
      // An action is a function that gets the element, and what is handed to it.
      if (!/^[\w$]+$/.test(name!)) return [];
      return [entryNode(one.name, at, callNode(renamed<Expression>(nameNode(name!, at), renaming, hidden), [unknownNode(at), ...(one.parts ? [valueOf(one, hidden)] : [])], { start: one.start, end: one.end }))];
    }
    if (prefix === 'bind' && !one.parts) return [entryNode(name, at, renamed<Expression>(nameNode(name!, at), renaming, hidden))];
    if (prefix === 'on' && !one.parts) return [];
    return [entryNode(one.name === '' ? undefined : name ?? one.name, at, valueOf(one, hidden))];
  });

  const fragment = (list: readonly Markup[], hidden: Hidden, range: TextRange): Expression => elementNode('', [], childrenOf(list, hidden), range);

  const codeOf = (one: Extract<Markup, { kind: 'code' }>, hidden: Hidden): Expression => {
    const code = expression(one.code, hidden);
    return one.word === 'html' ? elementNode('', [entryNode('{@html}', { start: one.start, end: one.code.start }, code)], [], one) : code;
  };

  const childrenOf = (list: readonly Markup[], outer: Hidden): readonly Expression[] => {
    // Snippets may be shown before they are written, constants before they are read.
    const snippets = list.flatMap((one) => (one.kind === 'snippet' && one.name !== '' ? [one] : []));
    const hidden = snippets.length > 0 ? new Set([...outer, ...snippets.map((one) => one.name)]) : outer;
    const declared = new Set(hidden);
    const out: Expression[] = snippets.map((one) => {
      const pattern = read.pattern(one.parameters);
      const body = functionNode(pattern ? [parameterNode(pattern)] : [], [returnNode(fragment(one.children, widened(hidden, pattern), one))], one);
      return { kind: 'assign', target: nameNode(one.name, one), value: body, declares: true, start: one.start, end: one.end };
    });
    for (const one of list) {
      switch (one.kind) {
        case 'code': {
          const made = codeOf(one, declared);
          if (one.word === 'const' && made.kind === 'assign') {
            for (const name of boundNames(made.target)) declared.add(name);
            out.push({ ...made, declares: true });
          } else out.push(made);
          break;
        }
        case 'element': out.push(elementNode(one.name, attributesOf(one, declared), childrenOf(one.children, declared), one)); break;
        case 'each': {
          const item = one.item && read.pattern(one.item);
          out.push(repeated(fragment(one.children, widened(declared, item), one), item, expression(one.list, declared), one));
          if (one.otherwise.length > 0) out.push(fragment(one.otherwise, declared, one));
          break;
        }
        case 'choice':
          out.push(one.branches.reduceRight<Expression>((otherwise, { test, children }) => {
            const then = fragment(children, declared, one);
            return test ? { kind: 'conditional', test: expression(test, declared), then, otherwise, start: one.start, end: one.end } : then;
          }, unknownNode(one)));
          break;
        case 'await': {
          const value = expression(one.value, declared);
          for (const { item, of, children } of one.branches) {
            const pattern = item && read.pattern(item);
            const inner = fragment(children, widened(declared, pattern), one);
            out.push(pattern ? repeated(inner, pattern, of === 'value' ? { kind: 'list', items: [{ kind: 'await', value, start: value.start, end: value.end }], start: value.start, end: value.end } : unknownNode(one), one) : inner);
          }
          break;
        }
        case 'snippet': break;
        default: one satisfies never;
      }
    }
    return out;
  };

  return childrenOf(markup, new Set());
}
