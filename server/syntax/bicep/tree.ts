import type { TextRange } from '../../base/range.ts';

/** Expressions of Bicep. Ranges of strings are those of their content, without the quotes. */
export type BicepExpression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly range: TextRange }
  /** Texts and the expressions between them. */
  | { readonly kind: 'template'; readonly parts: readonly (string | BicepExpression)[]; readonly range: TextRange }
  | { readonly kind: 'array'; readonly items: readonly BicepExpression[]; readonly range: TextRange }
  | { readonly kind: 'object'; readonly entries: readonly BicepEntry[]; readonly whole: boolean; readonly range: TextRange }
  | { readonly kind: 'name'; readonly name: string; readonly range: TextRange }
  | { readonly kind: 'member'; readonly target: BicepExpression; readonly name: string; readonly range: TextRange }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BicepExpression[]; readonly range: TextRange }
  | { readonly kind: 'ternary'; readonly condition: BicepExpression; readonly then: BicepExpression; readonly otherwise: BicepExpression; readonly range: TextRange }
  | { readonly kind: 'equality'; readonly equal: boolean; readonly left: BicepExpression; readonly right: BicepExpression; readonly range: TextRange }
  | { readonly kind: 'not'; readonly operand: BicepExpression; readonly range: TextRange }
  /** Repeats its body; stands where an array or a resource's body does. */
  | BicepLoop
  | { readonly kind: 'index'; readonly target: BicepExpression; readonly index: BicepExpression; readonly range: TextRange }
  | { readonly kind: 'unknown'; readonly range: TextRange };

export interface BicepLoop {
  readonly kind: 'loop';
  /** `for (item, index) in over: body`. */
  readonly item: string;
  readonly index?: string;
  readonly over: BicepExpression;
  /** A condition leaves some of the items out. */
  readonly filtered: boolean;
  readonly body: BicepExpression;
  readonly range: TextRange;
}

export interface BicepEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: BicepExpression;
}

export interface BicepResource {
  readonly symbol: string;
  readonly symbolRange: TextRange;
  /** `Microsoft.Storage/storageAccounts`, without its version; relative to its parent for a nested resource. */
  readonly type: string;
  readonly existing: boolean;
  /** It is there only where this holds. */
  readonly condition?: BicepExpression;
  readonly body: BicepExpression;
  /** The loop around the body. */
  readonly loop?: BicepLoop;
  /** Resources declared in the body. */
  readonly nested: readonly BicepResource[];
  readonly range: TextRange;
}

export interface BicepFile {
  readonly parameters: ReadonlyMap<string, BicepExpression | undefined>;
  readonly variables: ReadonlyMap<string, BicepExpression>;
  readonly resources: readonly BicepResource[];
  /** Calls of other files; `type` is the path. */
  readonly modules: readonly BicepResource[];
  readonly outputs: readonly BicepOutput[];
  /** Parameters as they are declared. */
  readonly declared: readonly BicepParameter[];
}

export interface BicepParameter {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly type: string;
  readonly secure: boolean;
}

export interface BicepOutput {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly secure: boolean;
  readonly value: BicepExpression;
}
