import type { Language } from '../source/language.ts';

/**
 * The code tree: TypeScript, JavaScript and Python in one vocabulary, close to what was written and free of syntax. Written by
 * lower/typescript and lower/python, read by analysis/code, which resolves names, constants and flows. All nodes carry offsets in
 * their module's document.
 */
export interface CodeModule {
  readonly path: string;
  readonly language: Language;
  readonly body: readonly Statement[];
  /** True when the text did not parse as a whole: what is missing may then merely be unreadable. */
  readonly broken: boolean;
  /** `'use server'` and the like, at the top of the module. */
  readonly directives: readonly string[];
  /** Where a file whose code does not begin at its top takes an import; undefined where it has no script. */
  readonly top?: number | undefined;
}

export interface CodeNode {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Literal | Template | Name | Member | Index | Call | ObjectLiteral | ListLiteral | FunctionNode | ClassNode | Binary | Logical | Unary
  | Conditional | Assign | Await | Spread | Comprehension | Element | Other;

export interface Literal extends CodeNode {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** Flags of a regular expression literal; `value` is then its pattern. */
  readonly regex?: string;
}

/** A template literal, f-string or a chain of `+` with a string in it: fixed texts and computed parts. */
export interface Template extends CodeNode {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
  /** The tag of a tagged template. */
  readonly tag?: Expression;
  /** True for a chain of `+`, whose operands may turn out to be numbers. */
  readonly sum?: true;
}

export interface Name extends CodeNode {
  readonly kind: 'name';
  readonly name: string;
}

export interface Member extends CodeNode {
  readonly kind: 'member';
  readonly object: Expression;
  readonly property: string;
  readonly propertyStart: number;
}

/** `a[b]`, and slices (`index` is then undefined). */
export interface Index extends CodeNode {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression | undefined;
  /** A slice with an upper bound: the length of the result is capped. */
  readonly bounded?: boolean;
  /** What a slice goes from, to and by. */
  readonly bounds?: readonly Expression[];
}

export interface Argument extends CodeNode {
  /** Name of a keyword argument. */
  readonly name?: string;
  readonly value: Expression;
  /** `...x`, `*x`, `**x` */
  readonly spread?: 'list' | 'map';
}

export interface Call extends CodeNode {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
  readonly isNew: boolean;
  /** Offset of the opening bracket; `end` where there is none (`new X`). */
  readonly open: number;
}

export interface ObjectEntry extends CodeNode {
  /** Undefined for spreads and computed keys. */
  readonly key: string | undefined;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly computed?: Expression;
  readonly value: Expression;
  readonly spread?: true;
}

export interface ObjectLiteral extends CodeNode {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
}

/** Arrays, tuples, sets. */
export interface ListLiteral extends CodeNode {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface Binary extends CodeNode {
  readonly kind: 'binary';
  /** JavaScript's spelling where both languages have the operator: `===` for all equality, `!==`, `in`, `not in`, `is`, `instanceof`, `+` ... */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends CodeNode {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or' | 'nullish';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends CodeNode {
  readonly kind: 'unary';
  readonly operator: string;
  readonly value: Expression;
}

export interface Conditional extends CodeNode {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Assign extends CodeNode {
  readonly kind: 'assign';
  readonly target: Pattern;
  readonly value: Expression;
  /** `+=` and the like join the old value with the new one. */
  readonly operator?: string;
  /** True for a declaration (`const`, `let`, `var`). */
  readonly declares?: boolean;
  /** Annotation of the target. */
  readonly type?: TypeNode;
}

export interface Await extends CodeNode {
  readonly kind: 'await';
  readonly value: Expression;
}

export interface Spread extends CodeNode {
  readonly kind: 'spread';
  readonly value: Expression;
}

/** List, set, dict comprehensions and generator expressions. */
export interface Comprehension extends CodeNode {
  readonly kind: 'comprehension';
  readonly element: Expression;
  readonly key?: Expression;
  readonly clauses: readonly { readonly target: Pattern; readonly iterable: Expression; readonly conditions: readonly Expression[] }[];
}

/** JSX. */
export interface Element extends CodeNode {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly ObjectEntry[];
  readonly children: readonly Expression[];
}

/** Anything else, with what it is made of. `yield` hands its value to the function's result. */
export interface Other extends CodeNode {
  readonly kind: 'other';
  readonly type: 'yield' | 'sequence' | 'this' | 'super' | 'unknown';
  readonly parts: readonly Expression[];
}

export type Pattern = Name | Member | Index | ObjectPattern | ListPattern;

export interface ObjectPattern extends CodeNode {
  readonly kind: 'object-pattern';
  readonly entries: readonly { readonly key: string | undefined; readonly target: Pattern; readonly fallback?: Expression; readonly rest?: true }[];
}

export interface ListPattern extends CodeNode {
  readonly kind: 'list-pattern';
  readonly items: readonly ({ readonly target: Pattern; readonly fallback?: Expression; readonly rest?: true } | undefined)[];
}

/** A type annotation, reduced to names, literals, unions and arguments: `Annotated[str, Field(max_length=9)]`, `z.infer<typeof X>`. */
export interface TypeNode extends CodeNode {
  /** Dotted name as written; `|` for unions, `literal` for literal types, `{}` for object types, '' where it is none of these. */
  readonly name: string;
  readonly args: readonly TypeNode[];
  readonly literal?: string | number | boolean | null;
  /** Members of an object type. */
  readonly members?: ReadonlyMap<string, TypeNode>;
  /** Python: the annotation as an expression, to evaluate `Field(...)`, `Depends(...)`. */
  readonly expression?: Expression;
}

export interface Parameter extends CodeNode {
  readonly target: Pattern;
  readonly fallback?: Expression;
  readonly type?: TypeNode;
  readonly rest?: 'list' | 'map';
  readonly decorators: readonly Expression[];
  /** `constructor(private readonly db: Db)` */
  readonly property?: boolean;
}

export interface FunctionNode extends CodeNode {
  readonly kind: 'function';
  readonly name: string | undefined;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly params: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isArrow: boolean;
  readonly returns?: TypeNode;
  readonly directives: readonly string[];
  /** Gives the markup of a component, which shows what all its other functions have left. */
  readonly shows?: true;
  /** Python: the docstring. */
  readonly documentation?: Literal;
}

export interface ClassMember {
  readonly name: string;
  readonly isStatic: boolean;
  readonly method?: FunctionNode;
  readonly value?: Expression;
  readonly type?: TypeNode;
  readonly decorators: readonly Expression[];
  readonly start: number;
  readonly end: number;
}

export interface ClassNode extends CodeNode {
  readonly kind: 'class';
  readonly name: string | undefined;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly bases: readonly Expression[];
  /** TypeScript: names of the interfaces that it implements. */
  readonly interfaces?: readonly string[];
  readonly members: readonly ClassMember[];
  readonly decorators: readonly Expression[];
  /** Statements of a class body that declare no member: calls, loops. */
  readonly body?: readonly Statement[];
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression; readonly start: number; readonly end: number }
  | { readonly kind: 'function'; readonly value: FunctionNode; readonly exported?: boolean; readonly start: number; readonly end: number }
  | { readonly kind: 'class'; readonly value: ClassNode; readonly exported?: boolean; readonly start: number; readonly end: number }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly start: number; readonly end: number }
  | { readonly kind: 'throw'; readonly value: Expression | undefined; readonly start: number; readonly end: number }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[]; readonly start: number; readonly end: number }
  | Loop
  | { readonly kind: 'try'; readonly body: readonly Statement[]; readonly handlers: readonly { readonly name?: string; readonly types: readonly Expression[]; readonly body: readonly Statement[] }[]; readonly final: readonly Statement[]; readonly start: number; readonly end: number }
  | { readonly kind: 'switch'; readonly value: Expression; readonly cases: readonly SwitchCase[]; readonly start: number; readonly end: number }
  | { readonly kind: 'with'; readonly items: readonly { readonly value: Expression; readonly target?: Pattern }[]; readonly body: readonly Statement[]; readonly start: number; readonly end: number }
  | { readonly kind: 'block'; readonly body: readonly Statement[]; readonly start: number; readonly end: number }
  /** Python: names that belong to a scope further out. */
  | { readonly kind: 'global'; readonly names: readonly string[]; readonly start: number; readonly end: number }
  | { readonly kind: 'jump'; readonly type: 'break' | 'continue'; readonly start: number; readonly end: number }
  | { readonly kind: 'assert'; readonly test: Expression; readonly start: number; readonly end: number }
  | ImportStatement
  | ExportStatement
  | TypeStatement
  | { readonly kind: 'delete'; readonly targets: readonly Expression[]; readonly start: number; readonly end: number };

/** TypeScript: `interface Card { … }`, `type Card = …`; what an interface extends stands beside its members under `&`. */
export interface TypeStatement extends CodeNode {
  readonly kind: 'type';
  readonly name: string;
  readonly type: TypeNode;
}

/** `for` over values has target and iterable, `while` and `for (;;)` a test (undefined for `for (;;)`). */
export interface Loop extends CodeNode {
  readonly kind: 'loop';
  readonly target?: Pattern;
  readonly iterable?: Expression;
  readonly keys?: true;
  readonly before: readonly Statement[];
  readonly test?: Expression;
  readonly update: readonly Expression[];
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly headEnd: number;
}

export interface SwitchCase {
  /** Undefined for `default` and `case _`. */
  readonly tests: readonly Expression[] | undefined;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
  readonly falls: boolean;
}

export interface ImportStatement extends CodeNode {
  readonly kind: 'import';
  /** As written: `node:fs`, `./db`, `..models` (Python relative with its dots). */
  readonly module: string;
  /** `name` is `*` for the whole module, `default` for a default import, '' for an import for its effects. */
  readonly names: readonly { readonly name: string; readonly local: string }[];
  /** Python: `from x import *`. */
  readonly all?: true;
  /** Gone when the program runs: `import type`. */
  readonly typeOnly?: true;
  /** Range of the module's name. */
  readonly moduleStart: number;
  readonly moduleEnd: number;
}

export interface ExportStatement extends CodeNode {
  readonly kind: 'export';
  /** Local names and how they are exported; or a re-export from `module`, `*` for all. */
  readonly names: readonly { readonly local: string; readonly name: string }[];
  readonly module?: string;
  /** `export default <expression>`. */
  readonly value?: Expression;
}
