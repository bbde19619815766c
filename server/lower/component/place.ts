import type { Markup, Script } from '../../syntax/component/markup.ts';
import { parseComponent } from '../../syntax/component/parse.ts';
import type { Dialect } from '../../syntax/component/tag.ts';

export type { Dialect };

/** What a line of a component begins in: a script, the markup between tags, or a tag or code of the markup, where no comment can stand. */
export type ComponentPlace = { readonly kind: 'script'; readonly script: Script } | { readonly kind: 'markup' | 'tag' };

export function placeInComponent(text: string, dialect: Dialect, offset: number): ComponentPlace {
  const { scripts, markup } = parseComponent(text, dialect);
  const script = scripts.find((one) => one.start <= offset && offset <= one.end);
  if (script) return { kind: 'script', script };
  return { kind: inTag(markup, offset) ? 'tag' : 'markup' };
}

function inTag(list: readonly Markup[], offset: number): boolean {
  return list.some((one): boolean => {
    if (one.end < offset || one.start >= offset) return false;
    switch (one.kind) {
      case 'element': return one.attributes.some((each) => offset <= each.end) || inTag(one.children, offset);
      case 'code': return true;
      case 'choice': case 'await': return one.branches.some((each) => inTag(each.children, offset));
      case 'each': return inTag(one.children, offset) || inTag(one.otherwise, offset);
      case 'snippet': return inTag(one.children, offset);
      default: return one satisfies never;
    }
  });
}
