import picomatch from 'picomatch/posix';

/** Wildcards beyond this make a pattern's regular expression slow on long paths; such a pattern is refused. */
const mostWildcards = 12;
const longest = 400;

/** True for patterns that match in linear time for all practical paths. */
export function isReasonableGlob(glob: string): boolean {
  return glob.length > 0 && glob.length <= longest && (glob.match(/\*+/g)?.length ?? 0) <= mostWildcards && (glob.match(/[{[(]/g)?.length ?? 0) <= 8;
}

/** Whether a relative POSIX path matches one of the globs; `docs` and `docs/` mean all that lies below. Refused globs match nothing. */
export function globMatcher(globs: readonly string[]): (relative: string) => boolean {
  const patterns = globs.filter(isReasonableGlob).flatMap((glob) => {
    const plain = glob.replace(/^\.?\//, '').replace(/\/$/, '/**');
    return /[*?{[]/.test(plain) ? [plain] : [plain, `${plain}/**`];
  });
  if (patterns.length === 0) return () => false;
  const match = picomatch(patterns, { dot: true, noextglob: true });
  return (relative) => match(relative);
}
