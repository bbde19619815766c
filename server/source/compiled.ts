import { baseName, directoryName, joinPath } from '../base/path.ts';
import type { Document } from './document.ts';

/** How far into a template its generator is looked for; characters. */
const head = 4_000;

/** What Bicep writes at the top of what it compiles; nothing but short texts stands before it. */
const madeByBicep = /^\s*\{(?:\s*"[^"\\]*"\s*:\s*"[^"\\]*"\s*,)*\s*"metadata"\s*:\s*\{\s*"_generator"\s*:\s*\{\s*"name"\s*:\s*"bicep"/;

/** Where the source of a template would lie that Bicep has compiled, the likeliest first; none for all other files. Read off the head of the text. */
export function sourcesOfCompiled({ path, language, text }: Document): readonly string[] {
  if (language !== 'json' || !madeByBicep.test(text.slice(0, head))) return [];
  const own = path.replace(/\.json$/i, '.bicep');
  return baseName(path) === 'azuredeploy.json' ? [own, joinPath(directoryName(path), 'main.bicep')] : [own];
}
