import type { Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { jsonValue } from './json.ts';
import { yamlValues } from './yaml.ts';

const cache = new WeakMap<Document, readonly Value[]>();

/** What a YAML or JSON document holds, one value a document; parsed once. */
export function dataValues(document: Document): readonly Value[] {
  let values = cache.get(document);
  if (!values) {
    const json = document.language === 'json' || (document.language === 'yaml' && /^\s*\{(?![{%])/.test(document.text));
    const read = json ? jsonValue(document.path, document.text).value : undefined;
    values = json ? (read ? [read] : []) : yamlValues(document.path, document.text).values;
    cache.set(document, values);
  }
  return values;
}
