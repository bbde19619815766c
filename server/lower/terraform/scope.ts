import type { Value } from '../../model/value.ts';

/** Names that an expression may refer to. `undefined` is unknown. */
export interface Scope {
  readonly path: string;
  readonly variable: (name: string) => Value | undefined;
  readonly local: (name: string) => Value | undefined;
  readonly moduleOutput: (module: string, output: string) => Value | undefined;
  /** Prefix of addresses of this module's resources: `module.storage.`, or nothing. */
  readonly prefix: string;
  /** What a file of JSON or YAML holds, by its path from the module. */
  readonly data?: (path: string) => Value | undefined;
  /** What `each` and the iterators of dynamic blocks stand for: maps with `key` and `value`. */
  readonly iterators?: ReadonlyMap<string, Value>;
}
