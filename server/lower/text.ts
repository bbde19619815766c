import { beginsAsJson } from '../base/json-text.ts';
import type { TextItem } from '../model/text.ts';
import type { Document } from '../source/document.ts';
import { isComponent } from '../source/language.ts';
import type { Dialect } from '../syntax/component/tag.ts';
import { lexComponent } from './text/component.ts';
import { lexCode } from './text/code.ts';
import { identity, type Frame } from './text/frame.ts';
import { lexJson } from './text/json.ts';
import { lexLoose } from './text/loose.ts';
import { lexNotebook } from './text/notebook.ts';
import { codeStyles } from './text/styles.ts';
import { lexUrls } from './text/urls.ts';
import { lexYaml } from './text/yaml.ts';

/** All strings of a document with their context, in every format; of a raw notebook its outputs and metadata. Total and linear. */
export function lowerText(document: Document): readonly TextItem[] {
  const items: TextItem[] = [];
  const { text, language } = document;
  if (language === 'notebook') {
    lexNotebook(text, items);
    const covers = items.filter((item) => item.role === 'output' || item.role === 'metadata');
    for (const { range } of covers) lexUrls({ text: text.slice(range.start, range.end), items, place: (offset) => range.start + offset, within: 'output' });
    return items;
  }
  if (isComponent(language)) {
    lexComponent(text, language as Dialect, items);
    return items;
  }
  const frame: Frame = { text, items, place: identity, within: undefined };
  const style = codeStyles[language];
  if (style) lexCode(frame, document.cells ? { ...style, magics: true } : style);
  else if (language === 'yaml' && !beginsAsJson(text)) lexYaml(frame);
  else if (language === 'json' || language === 'yaml') lexJson(frame);
  else lexLoose(frame, 0, text.length);
  lexUrls(frame);
  return items;
}
