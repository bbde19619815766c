import type { TextRange } from '../base/range.ts';
import type { Origin } from './origin.ts';
import type { Resource } from './resource.ts';
import type { MapValue } from './value.ts';

/**
 * An edit intent says what to change; fix/ prints it once per dialect. Plain data, so that hundreds of fixes cost no more than
 * their description until one is chosen.
 */
export type EditIntent =
  | { readonly kind: 'replace'; readonly origin: Origin; readonly text: string }
  /** As `replace`, for a value that is written in quotes or without; `stop` says that only the user knows the right text. */
  | { readonly kind: 'replaceText'; readonly origin: Origin; readonly text: string; readonly stop?: true }
  | { readonly kind: 'setAttribute'; readonly resource: Resource; readonly path: readonly string[]; readonly value: Literal; /** Where the path starts, if not at the resource. */ readonly within?: MapValue }
  /** A resource of its own behind another, in Terraform; `lines` are its body. */
  | { readonly kind: 'addCompanion'; readonly resource: Resource; readonly type: string; readonly lines: readonly string[] }
  /** Takes an attribute out, with what would be left empty around it. */
  | { readonly kind: 'removeAttribute'; readonly resource: Resource; readonly path: readonly string[]; readonly within?: MapValue }
  /** Takes one of several items out of a list. */
  | { readonly kind: 'removeItem'; readonly origin: Origin }
  | { readonly kind: 'literalToEnvironment'; readonly origin: Origin; readonly variable: string; /** The whole literal without quotes, where the origin is a part of it. */ readonly literal?: TextRange }
  | { readonly kind: 'addToEnvironmentExample'; readonly path: string; readonly variable: string }
  /** Puts the value at the origin into `.env`, which git then ignores. */
  | { readonly kind: 'addToEnvironmentFile'; readonly origin: Origin; readonly variable: string }
  /** A look-up by what the project uses already, in place of a whole literal. */
  | { readonly kind: 'literalToLookup'; readonly origin: Origin; readonly literal?: TextRange; readonly lookup: CodeLookup }
  /** The same in Terraform: a data source, and the block that declares it where the module has none. */
  | { readonly kind: 'literalToData'; readonly origin: Origin; readonly expression: string; readonly block?: string }
  /** A key of a Kubernetes Secret in place of an environment value; `text` goes in at `at` of the object that fills the Secret. */
  | { readonly kind: 'literalToSecretKey'; readonly origin: Origin; readonly secret: string; readonly key: string; readonly entry: { readonly path: string; readonly at: number; readonly text: string } }
  /** A dynamic reference of CloudFormation. */
  | { readonly kind: 'literalToDynamicReference'; readonly origin: Origin; readonly secret: string }
  /** A value that the editor asks its user for once. */
  | { readonly kind: 'literalToInput'; readonly origin: Origin; readonly variable: string }
  /** Certain actions in place of a wildcard of a policy: those that the project's code calls, or those that only read. `others` stand beside it. */
  | { readonly kind: 'narrowActions'; readonly origin: Origin; readonly action: string; readonly listed: boolean; readonly others: readonly string[]; readonly to: 'called' | 'reading' }
  | { readonly kind: 'clearCellOutput'; readonly origin: Origin }
  | { readonly kind: 'setKeywordArgument'; readonly call: Origin; readonly name: string; readonly value: string }
  | { readonly kind: 'setOption'; readonly call: Origin; readonly argument: number; readonly name: string; readonly value: string }
  | { readonly kind: 'replaceCallee'; readonly callee: Origin; readonly name: string; readonly module?: string }
  | { readonly kind: 'addImport'; readonly path: string; readonly module: string; readonly name?: string; readonly alias?: string }
  /** An edit that was printed already. */
  | { readonly kind: 'printed'; readonly edit: TextEdit };

/** How code asks a vault for a secret, with what has to hold at the place. */
export interface CodeLookup {
  readonly service: string;
  readonly expression: string;
  readonly isAsync: boolean;
  /** Outside of functions the place must lie behind this offset. */
  readonly from: number;
  /** The look-up is only known in this range. */
  readonly inside?: TextRange;
  /** What has to be imported for it. */
  readonly imported?: { readonly module: string; readonly name: string };
}

/** A value to print in any dialect. `raw` is an expression in the dialect's own syntax. */
export type Literal = string | number | boolean | readonly Literal[] | { readonly [key: string]: Literal } | Raw | Placeholder;

export interface Raw {
  readonly raw: string;
}

/**
 * A value that only the user knows, with what is written until then, which parses: a tab stop in editors that know snippets.
 * A fix with one is never safe.
 */
export interface Placeholder {
  readonly placeholder: string | number;
}

export interface Fix {
  /** Imperative, sentence case, names the effect: `Set storage_encrypted to true`. */
  readonly title: string;
  readonly intents: readonly EditIntent[];
  /** Keeps behaviour apart from the flaw and needs no decision: offered first and applied by fix-all. */
  readonly safe: boolean;
  /** Set when the fix exists but must not be applied here; shown greyed with this reason. */
  readonly disabled?: string;
  /** What is left to do once the fix is made, and where; the editor says so. */
  readonly then?: { readonly text: string; readonly uri?: string };
}

/** A printed edit: replace `range` of the document at `path`. An empty range inserts. */
export interface TextEdit {
  readonly path: string;
  readonly range: TextRange;
  readonly text: string;
  /** Where in the text a value stands that only the user knows. */
  readonly stops?: readonly TextRange[];
  /** The file is not there yet; the text is all of it. */
  readonly create?: true;
}

/** Why a fix that exists must not be made at its place, as a sentence for the person who would choose it. */
export interface Refusal {
  readonly refused: string;
}

/** What printing gives: edits, a refusal to be shown, or nothing where the place has no such fix at all. */
export type Printed = readonly TextEdit[] | Refusal | undefined;
