import fs from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';

/** Owners of a path by the repository's CODEOWNERS file; the last pattern that matches wins. */
export function codeOwners(root: string): ((relative: string) => readonly string[]) | undefined {
  const file = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'].map((name) => path.join(root, name)).find((one) => fs.existsSync(one));
  if (!file) return undefined;
  const rules = fs.readFileSync(file, 'utf8').split('\n').flatMap((line) => {
    const [pattern, ...owners] = line.replace(/(?:^|\s)#.*$/, '').trim().split(/\s+/);
    return pattern && !pattern.startsWith('[') ? [{ matcher: ignore({ allowRelativePaths: true }).add(pattern), owners }] : [];
  });
  return (relative) => (relative.startsWith('..') || path.isAbsolute(relative) ? [] : (rules.findLast((one) => one.matcher.ignores(relative))?.owners ?? []));
}
