import type { Statement } from '../../model/code-tree.ts';
import type { Renaming } from './rename.ts';

/** The scripts of a component, read so that one function can stand for it. */
export interface ComponentParts {
  /** Once for all: imports, types, scripts of the module. */
  readonly outside: readonly Statement[];
  /** For each component. */
  readonly inside: readonly Statement[];
  /** What is worked out again when what it reads changes: shown is what it is at last. */
  readonly derived: readonly Statement[];
  /** What names in the markup stand for. */
  readonly renaming: Renaming;
}

/** Statements that are the same for all components: imports, types, and what is handed on from other files. */
export function isOutside(one: Statement): boolean {
  return one.kind === 'import' || one.kind === 'type' || (one.kind === 'export' && one.module !== undefined);
}
