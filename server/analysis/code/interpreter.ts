import type { CodeModule, CodeNode, Expression, FunctionNode, Pattern, Statement } from '../../model/code-tree.ts';
import type { Origin } from '../../model/origin.ts';
import type { CodeArgument, CodeAssignment, CodeCall, CodeFlow, Route, ToolHandler } from './events.ts';
import type { LazyValues } from './lazy-values.ts';
import type { Knowledge } from './knowledge.ts';
import type { Closure, ClassValue, Outcome, Proof, Root, Scope, Taint, Value } from './value.ts';

/** What holds at a point of the run: data proven harmless, whether a person agreed, whether control gets here. */
export interface Flow {
  readonly proven: ReadonlyMap<Root, number>;
  readonly approved: boolean;
  readonly dead: boolean;
}

export const startFlow: Flow = { proven: new Map(), approved: false, dead: false };

/** One run of a function. */
export interface Frame {
  readonly closure: Closure | undefined;
  readonly node: FunctionNode | undefined;
  readonly within: readonly FunctionNode[];
  readonly entry: Flow;
  readonly returns: { readonly value: Value; readonly flow: Flow }[];
  tool: ToolHandler | undefined;
  loops: number;
  /** What stood at the jumps out of each loop that is running. */
  readonly jumps: { readonly vars: Map<string, Value>; readonly flow: Flow; readonly leaves: boolean }[][];
  route: string | undefined;
  /** What held where a handler handed on to the next one. */
  readonly hands: Flow[];
}

/** How other files of the workspace are reached. */
export interface Loader {
  /** The tree of the module that `specifier` means in the file at `from`; undefined for packages and missing files. */
  readonly load: (specifier: string, from: string) => CodeModule | undefined;
  /** Whether there is such a module; answered without reading it. */
  readonly exists: (specifier: string, from: string) => boolean;
  /** The file of such a module; it may be no code that can be read. */
  readonly resolve: (specifier: string, from: string) => string | undefined;
}

/** A module that was run: what it exports. */
export interface ModuleValue {
  readonly scope: Scope;
  readonly exports: LazyValues;
  readonly module: CodeModule;
  /** Runs what has waited for its name to be asked for. */
  readonly finish: () => void;
}

/** The running state and the parts of the interpreter, which call each other through it. */
export interface Interpreter {
  readonly knowledge: Knowledge;
  readonly loader: Loader;
  readonly module: CodeModule;
  /** Whether a name stands for data of a class that some model must not see; undefined where no policy says so. */
  readonly classify: ((name: string) => boolean) | undefined;
  readonly calls: CodeCall[];
  readonly flows: CodeFlow[];
  readonly assignments: CodeAssignment[];
  readonly routes: Route[];
  readonly tools: ToolHandler[];
  readonly closures: Closure[];
  readonly classes: ClassValue[];
  readonly modules: Map<string, ModuleValue | undefined>;
  flow: Flow;
  frame: Frame;
  scope: Scope;
  /** Steps left; none left ends the inlining of calls. */
  budget: number;
  /** Steps that may still be spent on running modules that others import; part of the budget. */
  imports: number;
  inlined: number;
  /** Set when a function put untrusted data into a variable of the module. */
  shared: boolean;
  /** What would be proven had the way of two that is being run not been taken. */
  otherwise?: readonly Proof[] | undefined;
  /** Conditions around the current point, in the current frame. */
  conditions: number;
  /** Set while another module runs: its own findings are its own analysis's. */
  muted: number;

  readonly evaluate: (node: Expression) => Value;
  readonly execute: (body: readonly Statement[]) => void;
  readonly assign: (pattern: Pattern, value: Value, declares: boolean) => void;
  readonly enter: (closure: Closure, args: readonly Value[], names?: ReadonlyMap<string, Value>) => Outcome;
  readonly call: (call: Extract<Expression, { kind: 'call' }>) => Value;
  readonly invoke: (callee: Value, args: readonly Value[]) => Value;
  readonly construct: (cls: ClassValue, args?: readonly CodeArgument[]) => Value;
  readonly member: (object: Value, property: string, node: CodeNode, path?: string) => Value;
  readonly runModule: (module: CodeModule) => ModuleValue;
}

export function origin(interpreter: Interpreter, node: CodeNode): Origin {
  return { path: interpreter.scope.path, range: { start: node.start, end: node.end } };
}

/** Makes a value as if it were made now, whatever is being run by then. */
export function apart<Made>(interpreter: Interpreter, make: () => Made): () => Made {
  const { scope, frame, conditions, muted } = interpreter;
  return () => {
    const saved = { scope: interpreter.scope, frame: interpreter.frame, flow: interpreter.flow, conditions: interpreter.conditions, muted: interpreter.muted };
    Object.assign(interpreter, { scope, frame, flow: startFlow, conditions, muted });
    try {
      return make();
    } finally {
      Object.assign(interpreter, saved);
    }
  };
}

/** Taints that are still harmful here, given what has been proven. */
export function current(interpreter: Interpreter, taints: readonly Taint[]): readonly Taint[] {
  const { proven } = interpreter.flow;
  if (taints.length === 0 || proven.size === 0) return taints;
  let out: Taint[] | undefined;
  taints.forEach((taint, at) => {
    const clean = taint.clean | provenOf(proven, taint.root);
    if (clean === taint.clean) { out?.push(taint); return; }
    out ??= taints.slice(0, at);
    out.push({ ...taint, clean });
  });
  return out ?? taints;
}

function provenOf(proven: ReadonlyMap<Root, number>, root: Root): number {
  let kinds = 0;
  for (let at: Root | undefined = root; at; at = at.parent) kinds |= proven.get(at) ?? 0;
  return kinds;
}

/** The flow after proofs hold. */
export function assume(flow: Flow, proofs: readonly Proof[]): Flow {
  if (proofs.length === 0) return flow;
  const proven = new Map(flow.proven);
  let { approved } = flow;
  for (const { root, kinds } of proofs) {
    if (!root) approved = true;
    else proven.set(root, (proven.get(root) ?? 0) | kinds);
  }
  return { ...flow, proven, approved };
}

/** What holds whichever way control came. */
export function joinFlows(a: Flow, b: Flow): Flow {
  if (a === b) return a;
  if (a.dead) return b;
  if (b.dead) return a;
  const approved = a.approved && b.approved;
  if (a.proven === b.proven) return approved === a.approved ? a : { ...a, approved };
  const proven = new Map<Root, number>();
  for (const [root, kinds] of a.proven) {
    const both = kinds & (b.proven.get(root) ?? 0);
    if (both !== 0) proven.set(root, both);
  }
  return { proven, approved, dead: false };
}

/** What a flow proves beyond another. */
export function proofsSince(flow: Flow, entry: Flow): readonly Proof[] {
  const out: Proof[] = [];
  for (const [root, kinds] of flow.proven) {
    const fresh = kinds & ~(entry.proven.get(root) ?? 0);
    if (fresh !== 0) out.push({ root, kinds: fresh });
  }
  if (flow.approved && !entry.approved) out.push({ root: undefined, kinds: 0 });
  return out;
}

export function commonProofs(lists: readonly (readonly Proof[])[]): readonly Proof[] {
  const [first, ...rest] = lists;
  if (!first) return [];
  return first.flatMap((proof): readonly Proof[] => {
    let { kinds } = proof;
    for (const list of rest) {
      const other = list.find((one) => one.root === proof.root);
      if (!other) return [];
      if (proof.root) kinds &= other.kinds;
    }
    return proof.root && kinds === 0 ? [] : [{ root: proof.root, kinds }];
  });
}

export function lookUp(scope: Scope | undefined, name: string): { readonly scope: Scope; readonly value: Value } | undefined {
  for (let at = scope; at; at = at.parent) {
    const value = at.vars.get(name) ?? at.lazies?.get(name)?.();
    if (value) return { scope: at, value };
  }
  return undefined;
}

/** What a dotted name stands for: `schemas.Question` of a module that was imported as a whole. */
export function lookUpDotted(scope: Scope | undefined, name: string): Value | undefined {
  const [head, ...rest] = name.split('.');
  let value = lookUp(scope, head!)?.value;
  for (const one of rest) value = value?.fields?.get(one);
  return value;
}

/** The callee or expression as written, for names without a known origin: `this.db.query`. */
export function written(node: Expression, depth = 0): string {
  if (depth > 8) return '';
  switch (node.kind) {
    case 'name': return node.name;
    case 'member': {
      const object = written(node.object, depth + 1);
      return object === '' ? `.${node.property}` : `${object}.${node.property}`;
    }
    case 'other': return node.type === 'this' ? 'this' : node.type === 'super' ? 'super' : '';
    case 'call': return `${written(node.callee, depth + 1)}()`;
    case 'await': return written(node.value, depth + 1);
    case 'index': return `${written(node.object, depth + 1)}[]`;
    default: return '';
  }
}
