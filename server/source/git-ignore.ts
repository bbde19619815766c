import ignore, { type Ignore } from 'ignore';

/** The patterns of one `.gitignore`. */
export interface IgnoreScope {
  readonly directory: string;
  readonly rules: Ignore;
}

export function ignoreScope(directory: string, text: string): IgnoreScope {
  return { directory, rules: ignore({ allowRelativePaths: true }).add(text) };
}

/** Whether git would leave a path out, from the scopes of the folders above it, outermost first. What is in an ignored folder is to be asked by that folder. */
export function isIgnored(path: string, directory: boolean, scopes: readonly IgnoreScope[]): boolean {
  let ignored = false;
  for (const scope of scopes) {
    const relative = path.slice(scope.directory.length + (scope.directory.endsWith('/') ? 0 : 1)) + (directory ? '/' : '');
    const verdict = scope.rules.test(relative);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}
