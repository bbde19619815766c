import type { TextRange } from '../../base/range.ts';

/** Syntax of HCL native files: bodies of attributes and blocks, and expressions. Every node has its range. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly value: HclExpression;
  readonly range: TextRange;
}

export interface HclBlock {
  readonly type: string;
  readonly typeRange: TextRange;
  readonly labels: readonly { readonly text: string; readonly range: TextRange }[];
  readonly body: HclBody;
  readonly range: TextRange;
  /** Offset just behind `{`; where an attribute may be inserted. */
  readonly open: number;
  /** Offset of `}`, or of the end where it is missing. */
  readonly close: number;
  /** False when something inside could not be parsed, or the closing brace is missing. */
  readonly whole: boolean;
}

export type HclExpression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly range: TextRange }
  | { readonly kind: 'template'; readonly parts: readonly (string | HclExpression)[]; readonly range: TextRange; readonly heredoc: boolean; readonly content: TextRange }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[]; readonly range: TextRange }
  | { readonly kind: 'object'; readonly entries: readonly HclEntry[]; readonly range: TextRange }
  | { readonly kind: 'traversal'; readonly root: string; readonly steps: readonly HclStep[]; readonly range: TextRange }
  | { readonly kind: 'access'; readonly target: HclExpression; readonly steps: readonly HclStep[]; readonly range: TextRange }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly HclExpression[]; readonly range: TextRange }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly HclExpression[]; readonly range: TextRange }
  | { readonly kind: 'conditional'; readonly condition: HclExpression; readonly then: HclExpression; readonly otherwise: HclExpression; readonly range: TextRange }
  | { readonly kind: 'for'; readonly object: boolean; readonly parts?: HclForParts; readonly range: TextRange }
  | { readonly kind: 'error'; readonly range: TextRange };

/** What stands within `[for name in over : value if condition]`; absent where it could not be read. */
export interface HclForParts {
  /** One name, or that of the key and that of the value. */
  readonly names: readonly string[];
  readonly over: HclExpression;
  readonly key?: HclExpression;
  readonly value: HclExpression;
  readonly condition?: HclExpression;
  /** `value...`: values of one key become a list. */
  readonly grouped: boolean;
}

export interface HclEntry {
  /** Undefined for a computed key. */
  readonly key: string | undefined;
  readonly keyRange: TextRange;
  readonly value: HclExpression;
}

/** `.name`, `[expression]`; a splat has neither a name nor an index. */
export interface HclStep {
  readonly name?: string;
  readonly index?: HclExpression;
}

export interface HclError {
  readonly message: string;
  readonly range: TextRange;
}

export interface HclFile {
  readonly body: HclBody;
  readonly errors: readonly HclError[];
}
