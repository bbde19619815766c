import ignore from 'ignore';
import type { Sources } from '../source/sources.ts';

/**
 * Whether git leaves a file out, by the .gitignore files beside it and above. Undefined when there is none: then nothing says that
 * the folder is a repository at all.
 */
export function gitIgnored(path: string, sources: Sources): boolean | undefined {
  const segments = path.split('/');
  let verdict: boolean | undefined;
  for (let depth = 1; depth < segments.length; depth++) {
    const directory = segments.slice(0, depth).join('/');
    const file = `${directory}/.gitignore`;
    const rules = sources.exists(file) ? sources.document(file) : undefined;
    if (!rules) continue;
    verdict ??= false;
    const tested = ignore().add(rules.text).test(segments.slice(depth).join('/'));
    if (tested.ignored) verdict = true;
    else if (tested.unignored) verdict = false;
  }
  return verdict;
}
