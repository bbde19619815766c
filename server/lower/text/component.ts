import type { TextItem } from '../../model/text.ts';
import { parseComponent } from '../../syntax/component/parse.ts';
import type { Dialect } from '../../syntax/component/tag.ts';
import { lexCode } from './code.ts';
import { identity, type Frame } from './frame.ts';
import { lexLoose } from './loose.ts';
import { codeStyles } from './styles.ts';
import { lexUrls } from './urls.ts';

/** Scripts of a component are read as programs, what stands around them as markup. */
export function lexComponent(text: string, dialect: Dialect, items: TextItem[]): void {
  const whole: Frame = { text, items, place: identity, within: undefined };
  let at = 0;
  for (const { start, end } of parseComponent(text, dialect).scripts) {
    lexLoose(whole, at, start);
    lexCode({ text: text.slice(start, end), items, place: (offset) => start + offset, within: undefined }, codeStyles.typescript!);
    at = end;
  }
  lexLoose(whole, at, text.length);
  lexUrls(whole);
}
