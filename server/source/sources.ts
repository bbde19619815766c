import type { Document } from './document.ts';

/**
 * How analysis reads further files. Implemented by the engine over the host, so that what was read is recorded and a cached
 * result is known to be stale when one of those files changes. Never does IO beyond the workspace.
 */
export interface Sources {
  /** The document at a path (open editors win over the disk); undefined when missing, unreadable, binary or too large. */
  readonly document: (path: string) => Document | undefined;
  readonly exists: (path: string) => boolean;
  /** Names in a directory, sorted; folders end with '/'. Empty when there is no such directory. */
  readonly list: (directory: string) => readonly string[];
}

/** Files whose imports are followed as well. */
export interface LinkedSources extends Sources {
  /** Specifiers of the packages that a file of code imports, itself or through files of the workspace. */
  readonly packages: (path: string) => ReadonlySet<string>;
}
