import type { ClassNode, FunctionNode, TypeNode } from '../../model/code-tree.ts';
import type { Origin } from '../../model/origin.ts';
import type { CodeArgument, CodeCall } from './events.ts';
import { LazyValues } from './lazy-values.ts';
import { cleanOfAll, confidential, type Label } from './kinds.ts';

/**
 * What the analysis knows of a value: what it is called (`openai.OpenAI#chat`), its constant, what it holds, where untrusted parts
 * come from. Holders are shared and changed in place, as the objects they stand for.
 */
export interface Value {
  /** Qualified name: module and path; `#` after a class stands for an instance, `()` for the result of a call. */
  name?: string;
  constant?: string | number | boolean | null;
  /** Text with computed parts: fixed texts, `undefined` for what is not known. */
  parts?: readonly (string | undefined)[];
  taints: readonly Taint[];
  /** Of a text: the taints before its first `/`, which decide on the host of an address. */
  lead?: readonly Taint[];
  fields?: Map<string, Value>;
  /** Content under keys that are not known. */
  element?: Value;
  /** It is `element`, encoded as JSON text. */
  readonly encoded?: true;
  /** Members of a list whose length is known. */
  items?: Value[];
  /** False when further fields or items may exist. */
  complete?: boolean;
  fn?: Closure;
  /** Arguments that a function was given ahead of its call: `partial(ask, model)`, `ask.bind(null, model)`. */
  bound?: { readonly args: readonly Value[]; readonly names: ReadonlyMap<string, Value> };
  /** The same of a function of a library, as they were written. */
  given?: readonly CodeArgument[];
  cls?: ClassValue;
  /** The class it is an instance of. */
  instance?: ClassValue;
  /** What Python's `super()` gives: the object, and the class whose bases are asked. */
  above?: { readonly self: Value; readonly owner: ClassValue };
  /** What is proven when the value is true, or false. */
  facts?: Facts;
  /** What is proven by which of several constants it is. */
  cases?: readonly { readonly constant: Value['constant']; readonly proofs: readonly Proof[] }[];
  /** Of a list or an object, and of its length: what is proven when nothing was put into it. */
  none?: readonly Proof[];
  schema?: Schema;
  /** The call it came from. */
  call?: CodeCall;
  /** The calls that it may have come from, where there are several. */
  calls?: readonly CodeCall[];
  /** Of a member of an object that a call made: that call. */
  maker?: CodeCall;
  /** A person's answer: a test of it is an approval. */
  human?: boolean;
  /** Where it was written. */
  origin?: Origin;
  /** Further functions or instances that it may be. */
  others?: readonly Value[];
  /** Keyed by origin of fields: where each key was written. */
  keys?: Map<string, Origin>;
  /** Number of conditions around its creation; changes under more of them are weak. */
  depth?: number;
  /** What a test of this value proves of the data it was made of: a verdict, a length, a type, a host. */
  probe?: Probe;
  /** Of a file's name: untrusted text that was written to the file. */
  holds?: readonly Taint[];
  /** Of an object: the untrusted keys that it was found under. */
  under?: readonly Taint[];
  /** Of a path that is an object: its last name. */
  tail?: string;
  /** A number, truth or other value that can hold no text. */
  scalar?: boolean;
}

export interface Closure {
  readonly node: FunctionNode;
  readonly scope: Scope;
  readonly self?: Value | undefined;
  readonly owner?: ClassValue | undefined;
  readonly path: string;
  readonly id: number;
  /** Times it was entered, in any context. */
  entered: number;
  /** What is known of its parameters by the place where it was registered; see entries.ts. */
  entry?: (readonly (Value | undefined)[]) | undefined;
  /** Handlers that run before it and let through what they accept. */
  before?: readonly Closure[];
  /** What a decorator of the program's own has made of it, which is what the world calls. */
  wrapper?: Closure;
  /** What its declared type says of its parameters. */
  typed?: readonly string[];
  /** It runs beside what started it: what is put into a queue later, it gets. */
  beside?: boolean;
  /** It was given to a function that is not known, which may be what calls it. */
  handed?: boolean;
  readonly contexts: Map<string, Outcome>;
}

/** What a function gave in one context: its value, and what holds after every way out of it. */
export interface Outcome {
  readonly value: Value;
  readonly proofs: readonly Proof[];
  /** What holds where it hands on to the handler after it. */
  readonly hands?: readonly Proof[];
  /** How far from the file that is analysed it was worked out, where further calls were not followed; nearer to it more is known. */
  readonly away?: number;
}

export interface ClassValue {
  readonly node: ClassNode;
  readonly scope: Scope;
  readonly path: string;
  readonly bases: readonly Value[];
  readonly statics: LazyValues;
  /** One instance stands for all: fields set in one method are seen in the others. */
  shared?: Value;
  schema?: Schema | undefined;
  decorators?: readonly Value[];
}

export interface Scope {
  vars: Map<string, Value>;
  readonly parent: Scope | undefined;
  readonly path: string;
  readonly self?: Value | undefined;
  /** Python: names declared global or nonlocal are looked up further out by assignment as well. */
  readonly python: boolean;
  /** Python: names that `global` or `nonlocal` gives to a scope further out. */
  shared?: Set<string>;
  /** Names that imports bind and nothing has asked for yet; a module is run when one of its names is. */
  lazies?: Map<string, () => Value>;
  /** Types that the scope declares. */
  types?: Map<string, TypeNode>;
  /** Types that may be found where a name was imported from; asking runs the module. */
  typeLazies?: Map<string, () => DeclaredType | undefined>;
}

/** A declared type with the scope that its names are looked up in. */
export interface DeclaredType {
  readonly type: TypeNode;
  readonly scope: Scope;
}

/** A place that data was read from, with the property path read from it. Two reads of `req.body.name` have one root. */
export interface Root {
  readonly id: number;
  readonly parent: Root | undefined;
  readonly key: string;
  readonly children: Map<string, Root>;
}

export interface Step {
  readonly origin: Origin;
  readonly message: string;
  readonly previous: Step | undefined;
  readonly length: number;
}

export interface Taint {
  readonly label: Label;
  readonly root: Root;
  /** Kinds of sink it is harmless to. */
  readonly clean: number;
  /** Passed through a function that is not known. */
  readonly weak: boolean;
  /** Source text of what was read, for messages. */
  readonly what: string;
  readonly step: Step;
  /** Known only from a declared type: it says what the data is where it is kept, and nothing of what a call makes of it. */
  readonly declared?: true;
}

export interface Probe {
  readonly taints: readonly Taint[];
  readonly mode: 'verdict' | 'length' | 'type' | 'host' | 'sender' | 'address' | 'digest';
}

export interface Facts {
  readonly whenTrue: readonly Proof[];
  readonly whenFalse: readonly Proof[];
}

/** Data of a root is harmless to some kinds of sink; without a root, a person has approved. */
export interface Proof {
  readonly root: Root | undefined;
  readonly kinds: number;
}

/** What a validated value may be. `clean` is what a value of it is harmless to. */
export interface Schema {
  readonly clean: number;
  readonly fields?: ReadonlyMap<string, Schema>;
  readonly element?: Schema;
}

export const unknownValue: Value = Object.freeze({ taints: Object.freeze([]) as readonly Taint[] }) as Value;
export const noTaints: readonly Taint[] = unknownValue.taints;

let roots = 0;
export function newRoot(key: string): Root {
  return { id: ++roots, parent: undefined, key, children: new Map() };
}

export function childRoot(root: Root, key: string): Root {
  let child = root.children.get(key);
  if (!child) {
    let depth = 0;
    for (let at: Root | undefined = root; at; at = at.parent) depth++;
    if (depth > 12) return root;
    child = { id: ++roots, parent: root, key, children: new Map() };
    root.children.set(key, child);
  }
  return child;
}

export function step(origin: Origin, message: string, previous?: Step): Step {
  return { origin, message, previous, length: (previous?.length ?? 0) + 1 };
}

const longestPath = 10;
export function extend(taint: Taint, origin: Origin, message: string): Taint {
  const last = taint.step.origin;
  if (taint.step.length >= longestPath || (last.path === origin.path && last.range.start === origin.range.start && last.range.end === origin.range.end)) return taint;
  return { ...taint, step: step(origin, message, taint.step) };
}

export function cleaned(taints: readonly Taint[], kinds: number): readonly Taint[] {
  if (taints.length === 0 || kinds === 0) return taints;
  const out: Taint[] = [];
  for (const taint of taints) {
    const clean = taint.clean | kinds;
    if (cleanOfAll(clean) && !confidential.has(taint.label)) continue;
    out.push(clean === taint.clean ? taint : { ...taint, clean });
  }
  return out;
}

const mostTaints = 12;
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  const out = [...a];
  for (const taint of b) {
    const at = out.findIndex((one) => one.root === taint.root && one.label === taint.label);
    if (at < 0) { if (out.length < mostTaints) out.push(taint); }
    else if ((out[at]!.clean & taint.clean) !== out[at]!.clean) out[at] = { ...out[at]!, clean: out[at]!.clean & taint.clean };
  }
  return out;
}

/** All taints in a value, those of its fields and members included. */
export function taintsIn(value: Value, deep = 5): readonly Taint[] {
  let out = value.taints;
  if (deep <= 0) return out;
  if (value.fields) for (const one of value.fields.values()) if (one !== value) out = joinTaints(out, taintsIn(one, deep - 1));
  if (value.items) for (const one of value.items) out = joinTaints(out, taintsIn(one, deep - 1));
  if (value.element && value.element !== value) out = joinTaints(out, taintsIn(value.element, deep - 1));
  return out;
}

function joinCalls(a: Value, b: Value): Value['calls'] {
  const own = a.calls ?? (a.call ? [a.call] : undefined);
  const other = b.calls ?? (b.call ? [b.call] : undefined);
  return own && other ? [...new Set([...own, ...other])].slice(0, mostCalls) : own ?? other;
}

/** Levels of lists in lists that are joined one by one. */
const deepestJoin = 8;
/** Values within values that are joined one by one before only what is untrusted in them is. */
const mostJoined = 2_000;
let joined = 0;
const mostCalls = 4;
/** Objects with more fields keep them as they are. */
const mostFields = 40;
/** Longer lists of one length are not taken for tuples. */
const longestTuple = 4;
/** A value that may be either. Keeps what both agree on, and all taints. */
export function join(a: Value, b: Value, depth = 0): Value {
  if (a === b) return a;
  joined = depth === 0 ? 0 : joined + 1;
  // A list that was put into itself has no bottom, and what objects share is met again on every way to it.
  if (depth > deepestJoin || joined > mostJoined) return { taints: joinTaints(a.taints, b.taints) };
  if (a === unknownValue) return b.constant === undefined && b.facts === undefined ? b : withoutConstant(b);
  if (b === unknownValue) return a.constant === undefined && a.facts === undefined ? a : withoutConstant(a);
  const taints = joinTaints(a.taints, b.taints);
  // A holder stays the same holder, so that later changes reach all who share it.
  const out: Value = { taints };
  if (a.name === b.name ? a.name !== undefined : !(a.name !== undefined && b.name !== undefined && !isPlain(a) && !isPlain(b))) {
    const name = a.name ?? b.name;
    if (name !== undefined) out.name = name;
  }
  if (a.lead ?? b.lead) out.lead = joinTaints(a.lead ?? a.taints, b.lead ?? b.taints);
  const calls = joinCalls(a, b);
  if (calls) out.calls = calls;
  if (a.constant !== undefined && a.constant === b.constant) out.constant = a.constant;
  const fields = a.fields ?? b.fields;
  if (fields) {
    if (a.fields && b.fields && a.fields !== b.fields) {
      out.fields = a.fields instanceof LazyValues ? a.fields.copy() : new Map(a.fields);
      for (const [key, value] of b.fields) {
        const other = out.fields.get(key);
        out.fields.set(key, other ? join(other, value, depth + 1) : value);
      }
    } else {
      const opaque = a.fields ? b : a;
      out.fields = opaque.fields || opaque.taints.length === 0 || fields.size > mostFields ? fields : tainted(fields, opaque);
    }
    const keys = a.keys ?? b.keys;
    if (keys) out.keys = keys;
    out.complete = false;
  }
  const element = a.element && b.element ? (a.element === b.element ? a.element : join(a.element, b.element, depth + 1)) : a.element ?? b.element;
  if (element) out.element = element;
  const items = a.items ?? b.items;
  // Two pairs are a pair: what stands first in the one stands first in the other.
  if (a.items && b.items && a.items.length === b.items.length && a.items.length <= longestTuple && !out.element) {
    const others = b.items;
    out.items = a.items.map((item, at) => join(item, others[at]!, depth + 1));
    out.complete = a.complete === true && b.complete === true;
  } else if (items) {
    let all: Value | undefined = out.element;
    for (const item of [...(a.items ?? []), ...(b.items ?? [])]) all = all ? join(all, item, depth + 1) : item;
    if (all) out.element = all;
  }
  if (a.fn ?? b.fn) out.fn = (a.fn ?? b.fn)!;
  const bound = a.fn ? a.bound : b.bound;
  if (bound) out.bound = bound;
  if (a.cls ?? b.cls) out.cls = (a.cls ?? b.cls)!;
  if (a.instance ?? b.instance) out.instance = (a.instance ?? b.instance)!;
  if (a.schema ?? b.schema) out.schema = (a.schema ?? b.schema)!;
  if ((a.fn && b.fn && a.fn !== b.fn) || (a.instance && b.instance && a.instance !== b.instance)) {
    const others = [...(a.others ?? []), b, ...(b.others ?? [])];
    if (others.length <= 8) out.others = others;
  } else if (a.others ?? b.others) out.others = (a.others ?? b.others)!;
  if (a.call ?? b.call) out.call = (a.call ?? b.call)!;
  if (a.human ?? b.human) out.human = true;
  if (a.probe ?? b.probe) out.probe = (a.probe ?? b.probe)!;
  if (a.parts ?? b.parts) out.parts = (a.parts ?? b.parts)!;
  if (a.under ?? b.under) out.under = joinTaints(a.under ?? noTaints, b.under ?? noTaints);
  if (a.holds ?? b.holds) out.holds = joinTaints(a.holds ?? noTaints, b.holds ?? noTaints);
  const origin = a.origin ?? b.origin;
  if (origin) out.origin = origin;
  if (a.scalar && b.scalar) out.scalar = true;
  return out;
}

/** Fields that may as well be those of an object of which only is known where it comes from. */
function tainted(fields: ReadonlyMap<string, Value>, opaque: Value): Map<string, Value> {
  const taints = opaque.taints.filter((one) => !confidential.has(one.label));
  const out = fields instanceof LazyValues ? fields.copy() : new Map(fields);
  for (const [key, value] of fields) {
    if (!key.startsWith('method ')) out.set(key, { ...withoutConstant(value), taints: joinTaints(value.taints, taints.map((one) => ({ ...one, root: childRoot(one.root, key) }))) });
  }
  return out;
}

function isPlain(value: Value): boolean {
  return value.constant !== undefined || value.name === undefined;
}

export function withoutConstant(value: Value): Value {
  const { constant: _constant, facts: _facts, cases: _cases, ...rest } = value;
  return rest;
}

/** The values a list may hold, or any of a map's. */
export function elementOf(value: Value): Value {
  let out: Value | undefined = value.element;
  for (const item of value.items ?? []) out = out ? join(out, item) : item;
  return out ?? unknownValue;
}
