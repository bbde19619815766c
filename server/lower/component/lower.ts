import type { CodeModule, Expression, Statement } from '../../model/code-tree.ts';
import type { Document } from '../../source/document.ts';
import { parseComponent } from '../../syntax/component/parse.ts';
import type { Markup, Script } from '../../syntax/component/markup.ts';
import type { Dialect } from '../../syntax/component/tag.ts';
import type { Pieces } from '../pieces.ts';
import { createRecent } from '../recent.ts';
import { typescriptReader } from '../typescript/lower.ts';
import type { Language } from '../../source/language.ts';
import { autoImports } from './auto-imports.ts';
import { braceCode, lowerBraceMarkup } from './brace-markup.ts';
import { createCodeReader, onlyCode } from './code.ts';
import { elementNode, functionNode, nameNode, parameterNode, properties, returnNode, unknownNode } from './nodes.ts';
import { isOutside, type ComponentParts } from './parts.ts';
import { renamed, type Renaming } from './rename.ts';
import { svelteParts } from './svelte.ts';
import { lowerVueMarkup, vueCode } from './vue-markup.ts';
import { optionParts, optionsOf, setupParts } from './vue.ts';

const readScript = createRecent((language) => typescriptReader(language as Language));
const readMarkup = createRecent((language) => typescriptReader(language as Language));

/**
 * Lowers a single-file component to a module that exports one function: it gets the component's properties, runs its script, and
 * gives the function that shows its markup. All offsets are those of the file. Total.
 */
export function lowerComponent({ path, language, text }: Document): CodeModule {
  const dialect = language as Dialect;
  const { scripts, markup } = parseComponent(text, dialect);
  const own = scripts.filter((one) => one.role !== 'page');
  const scriptLanguage = own.some((one) => one.language === 'tsx') ? 'tsx' : 'typescript';
  const read = own.length > 0 ? readScript(path, scriptLanguage, only(text, own)) : undefined;
  const parts = partsOf(dialect, text, own, read);
  const pages = scripts.filter((one) => one.role === 'page');
  const inPage = pages.length > 0 ? readScript(`${path} page`, 'typescript', only(text, pages)) : undefined;
  const shown = markupOf(path, dialect, text, markup, parts.renaming);
  const whole = { start: 0, end: text.length };
  const shows = functionNode([], [...parts.derived, returnNode(elementNode('', [], shown, whole))], whole, { shows: true });
  const component = functionNode([parameterNode(nameNode(properties, whole))], [...parts.inside, returnNode(shows)], whole);
  const top = own.map((one) => /^[ \t]*\r?\n/.exec(text.slice(one.start, one.end))).map((line, at) => own[at]!.start + (line?.[0].length ?? 0));
  return {
    path, language, directives: [], broken: (read?.errors.length ?? 0) > 0,
    body: [
      ...parts.outside, ...(inPage?.pieces.flatMap((one) => one.body) ?? []), ...autoImports(dialect === 'vue' ? text : '', parts.outside, text.length),
      { kind: 'export', names: [], value: component, ...whole },
    ],
    ...(top.length > 0 ? { top: top.at(-1)! } : { top: undefined }),
  };
}

/** The text of the scripts at their places, and nothing else. */
function only(text: string, scripts: readonly Script[]): string {
  let out = '';
  for (const { start, end } of scripts) out += text.slice(out.length, start).replace(/[^\r\n]/g, ' ') + text.slice(start, end);
  return out;
}

function partsOf(dialect: Dialect, text: string, scripts: readonly Script[], read: Pieces | undefined): ComponentParts {
  const pieces = (read?.pieces ?? []).map((one) => ({ body: one.body, text: text.slice(one.start, Math.min(one.end, one.start + 400)), role: scripts.findLast((script) => script.start <= one.start)?.role }));
  if (dialect === 'svelte') return svelteParts(pieces.map((one) => ({ ...one, module: one.role === 'module' })));
  const bodyOf = (role: Script['role']): readonly Statement[] => pieces.flatMap((one) => (one.role === role ? one.body : []));
  if (dialect === 'astro') {
    const renaming = astro(text);
    const body = renamed<readonly Statement[]>(bodyOf('setup'), renaming);
    return { outside: body.filter(isOutside), inside: body.filter((one) => !isOutside(one)), derived: [], renaming };
  }
  const beside = bodyOf('options');
  if (scripts.some((one) => one.role === 'setup')) {
    return setupParts([...beside.filter((one) => !(one.kind === 'export' && one.value !== undefined)), ...bodyOf('setup')]);
  }
  const options = optionsOf(beside);
  return options ? optionParts(beside, options) : setupParts(beside);
}

/** `Astro.props` is what the component is given. */
function astro(text: string): Renaming {
  // Pages that are made beforehand get their parameters from the program.
  const fixed = text.includes('getStaticPaths');
  return {
    read: (one) => one,
    replace: (node) => {
      if (node.kind !== 'member' || node.object.kind !== 'name' || node.object.name !== 'Astro') return undefined;
      if (node.property === 'props') return nameNode(properties, node);
      return node.property === 'params' && fixed ? unknownNode(node) : undefined;
    },
  };
}

function markupOf(path: string, dialect: Dialect, text: string, markup: readonly Markup[], renaming: Renaming): readonly Expression[] {
  const language = dialect === 'astro' ? 'tsx' : 'typescript';
  const own = dialect === 'vue' ? markup.flatMap((one) => (one.kind === 'element' && one.name === 'template' ? one.children : [])) : markup;
  const ranges = dialect === 'vue' ? vueCode(text, own) : braceCode(own);
  const reader = createCodeReader(text, language, ranges.length > 0 ? readMarkup(path, language, onlyCode(text, ranges)) : undefined);
  return dialect === 'vue' ? lowerVueMarkup(text, own, reader, renaming) : lowerBraceMarkup(own, reader, renaming);
}

