import type { Sources } from '../source/sources.ts';

/** What a fix may ask of the project beside its texts. */
export interface FixSources extends Sources {
  /** Actions of AWS that the code of the project around a path calls, sorted: `s3:GetObject`. */
  readonly calledActions?: (path: string) => readonly string[];
}
