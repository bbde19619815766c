import { baseName, directoryName, joinPath } from '../../base/path.ts';
import type { Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';

/** What the file of parameters beside a template sets: `azuredeploy.parameters.json`, `main.parameters.json`; `parameters.json` beside `template.json`. */
export function parametersBeside(path: string, sources: Sources): ReadonlyMap<string, Value> {
  const name = baseName(path).replace(/\.\w+$/, '');
  const beside = joinPath(directoryName(path), name === 'template' ? 'parameters.json' : `${name}.parameters.json`);
  const document = sources.exists(beside) ? sources.document(beside) : undefined;
  return document ? settingsIn(document) : new Map();
}

function settingsIn(document: Document): ReadonlyMap<string, Value> {
  const [root] = dataValues(document);
  const parameters = root?.kind === 'map' ? root.entries.get('parameters')?.value : undefined;
  const out = new Map<string, Value>();
  for (const [name, entry] of parameters?.kind === 'map' ? parameters.entries : []) {
    const value = entry.value.kind === 'map' ? entry.value.entries.get('value')?.value : undefined;
    const set = value && settled(value);
    if (set) out.set(name, set);
  }
  return out;
}

/** A value as it is; the default of one that the environment may set, `${ACCESS=Enabled}`; undefined for what is filled in later. */
function settled(value: Value): Value | undefined {
  if (value.kind !== 'string') return value;
  if (/^GEN-|^<.*>$/.test(value.value)) return undefined;
  if (!value.value.includes('${')) return value;
  const fallback = /^\$\{\w+=([^{}]*)\}$/.exec(value.value)?.[1];
  if (fallback === undefined) return undefined;
  return /^(?:true|false)$/.test(fallback) ? { kind: 'boolean', value: fallback === 'true', origin: value.origin, at: value.at } : { ...value, value: fallback };
}
