/** Largest file that is read, in bytes, where the team sets no limit of its own; notebooks carry pictures in their outputs and may be larger. */
export function sizeLimitOf(path: string): number {
  return path.endsWith('.ipynb') ? 24_000_000 : 4_000_000;
}
