import type { ClassMember, ClassNode, FunctionNode, Parameter } from '../../model/code-tree.ts';
import { bindEntry } from './conventions.ts';
import { entryOfFunction } from './entries.ts';
import type { CodeArgument } from './events.ts';
import { beforeRequest } from './handlers-before.ts';
import { apart, assume, commonProofs, origin, proofsSince, startFlow, type Frame, type Interpreter } from './interpreter.ts';
import { LazyValues } from './lazy-values.ts';
import { schemaOfClass } from './schema.ts';
import { sourced } from './sources.ts';
import { declaredMember, isText } from './sensitive.ts';
import { toolHandlerOf } from './tools.ts';
import { typed } from './types.ts';
import { tellingFields } from './telling-fields.ts';
import { extend, join, joinTaints, noTaints, taintsIn, unknownValue, type ClassValue, type Closure, type Facts, type Outcome, type Proof, type Scope, type Step, type Taint, type Value } from './value.ts';

/** Classes whose methods find the request in a field. */
const views = /^(?:django\.views\.|django\.contrib\.auth\.mixins\.|rest_framework\.(?:views|viewsets|generics|mixins)\.)/;

const deepestInlining = 8;
/** Functions of other files that call each other with nothing of the file's own. */
const deepestElsewhere = 3;
const mostContexts = 8;

/** A function as a value; decorators that wrap it are evaluated for what they register. */
export function declareFunction(interpreter: Interpreter, node: FunctionNode, owner?: ClassValue, self?: Value): Value {
  const closure: Closure = { node, scope: interpreter.scope, self: self ?? (node.isArrow ? interpreter.scope.self : undefined), owner, path: interpreter.scope.path, id: interpreter.closures.length, entered: 0, contexts: new Map() };
  interpreter.closures.push(closure);
  const value: Value = { taints: noTaints, fn: closure, origin: origin(interpreter, node) };
  if (node.decorators.length > 0) entryOfFunction(interpreter, value, node.decorators.map((one) => interpreter.evaluate(one)));
  return value;
}

export function declareClass(interpreter: Interpreter, node: ClassNode): Value {
  const bases = node.bases.map((one) => interpreter.evaluate(one));
  const scope: Scope = { vars: new Map(), parent: interpreter.scope, path: interpreter.scope.path, python: interpreter.scope.python };
  const cls: ClassValue = { node, scope, path: interpreter.scope.path, bases, statics: new LazyValues() };
  const value: Value = { taints: noTaints, cls, origin: origin(interpreter, node) };
  interpreter.classes.push(cls);
  if (node.name !== undefined) interpreter.scope.vars.set(node.name, value);
  cls.decorators = node.decorators.map((one) => interpreter.evaluate(one));
  cls.schema = schemaOfClass(interpreter, cls);
  for (const member of node.members) {
    if (!member.isStatic || member.method) continue;
    if (member.value) cls.statics.set(member.name, interpreter.evaluate(member.value));
  }
  if (node.body) {
    const saved = interpreter.scope;
    interpreter.scope = { ...scope, vars: new Map(cls.statics) };
    interpreter.execute(node.body);
    interpreter.scope = saved;
  }
  return value;
}

/** The one instance that stands for all of a class; made, with its fields and constructor, when it is first needed. */
export function instanceOf(interpreter: Interpreter, cls: ClassValue, args?: readonly CodeArgument[]): Value {
  if (cls.shared && !args) return cls.shared;
  const fields = new LazyValues();
  const instance: Value = { taints: noTaints, fields, instance: cls, complete: false };
  const base = cls.bases.find((one) => one.name !== undefined && !one.cls);
  if (base?.name !== undefined) instance.name = interpreter.knowledge.returned(base.name) ?? `${base.name}#`;
  if (base?.name !== undefined && views.test(base.name)) {
    fields.set('request', { taints: noTaints, name: 'django.HttpRequest#' });
    fields.set('kwargs', sourced(interpreter, 'request', 'django.View#kwargs', cls.node, 'self.kwargs'));
  }
  if (!args || args.length === 0) cls.shared = instance;
  const saved = interpreter.scope;
  interpreter.scope = { ...cls.scope, vars: new Map(), parent: cls.scope.parent, self: instance };
  for (const one of cls.bases) {
    if (!one.cls || one.cls === cls) continue;
    const inherited = instanceOf(interpreter, one.cls);
    if (inherited.name !== undefined) instance.name ??= inherited.name;
    if (inherited.fields) fields.inherit(inherited.fields, (name) => !name.startsWith('method '));
  }
  for (const [name, value] of cls.statics) fields.set(name, value);
  for (const member of cls.node.members) {
    // Python's fields of data classes and models are declared in the class and belong to each instance.
    const declaredOnly = member.isStatic && cls.scope.python && !member.value;
    if (member.method || (member.isStatic && !declaredOnly)) continue;
    const make = (): Value | undefined => {
      const value = member.value ? interpreter.evaluate(member.value) : declaredMember(interpreter, typed(interpreter, member.type), member.name, member.type);
      return declaredOnly && value === unknownValue ? undefined : value;
    };
    if (heldObject(interpreter, cls, member)) fields.later(member.name, apart(interpreter, make));
    else {
      const value = make();
      if (value) fields.set(member.name, value);
    }
  }
  interpreter.scope = saved;
  const constructor = methodOf(interpreter, cls, cls.scope.python ? '__init__' : 'constructor', instance);
  if (constructor?.fn) {
    const positional = args?.flatMap(({ name, spread, value }) => (name !== undefined || spread === 'map' ? [] : spread === 'list' ? value.items ?? [{ taints: value.taints }] : [value])) ?? [];
    const names = new Map(args?.flatMap((one) => (one.name === undefined ? [] : [[one.name, one.value] as const])) ?? []);
    for (const { spread, value } of args ?? []) {
      if (spread !== 'map') continue;
      const taints = anyOf(value);
      for (const { target } of constructor.fn.node.params.slice(1)) {
        if (target.kind !== 'name' || names.has(target.name)) continue;
        const given = value.fields?.get(target.name) ?? (taints.length > 0 ? { taints } : undefined);
        if (given) names.set(target.name, given);
      }
    }
    interpreter.enter(constructor.fn, args ? positional : constructor.fn.node.params.slice(cls.scope.python ? 1 : 0).map((one) => typed(interpreter, one.type)), names);
  } else if (cls.scope.python && args) {
    const order = dataFields(cls);
    let at = 0;
    for (const one of args) {
      if (one.spread === 'map') {
        // `Plan(**json.loads(text))`: whatever was sent under the names of the fields.
        for (const name of order) {
          const taints = anyOf(one.value);
          const given = one.value.fields?.get(name) ?? (taints.length > 0 ? { taints } : undefined);
          if (given) fields.set(name, given);
        }
        continue;
      }
      const name = one.name ?? (one.spread === undefined ? order[at++] : undefined);
      if (name !== undefined) fields.set(name, one.value);
    }
  }
  return instance;
}

/** What a dictionary holds under keys that are not known. */
function anyOf(value: Value): readonly Taint[] {
  return value.element ? joinTaints(value.taints, taintsIn(value.element, 2)) : value.taints;
}

/** Whether a field holds an object of a class, which may be large, hold others, and never be asked for. Calls of the module itself are all recorded. */
function heldObject(interpreter: Interpreter, cls: ClassValue, { value, type }: ClassMember): boolean {
  return value ? value.kind === 'call' && value.isNew && cls.path !== interpreter.module.path : type !== undefined && !isText(type);
}

/** Fields of a data class in the order in which its constructor takes them. */
function dataFields(cls: ClassValue, depth = 0): readonly string[] {
  const inherited = depth > 4 ? [] : cls.bases.flatMap((one) => (one.cls && one.cls !== cls ? dataFields(one.cls, depth + 1) : []));
  return [...new Set([...inherited, ...cls.node.members.flatMap((one) => (!one.method && one.type ? [one.name] : []))])];
}

/** A function of a class, bound to an instance once, which keeps it under `key`. */
function boundMethod(interpreter: Interpreter, cls: ClassValue, method: FunctionNode, self: Value, key: string): Value {
  const known = self.fields?.get(key);
  if (known) return known;
  const saved = interpreter.scope;
  interpreter.scope = cls.scope;
  const bound = declareFunction(interpreter, method, cls, self);
  interpreter.scope = saved;
  self.fields?.set(key, bound);
  return bound;
}

/** A method of a class or its bases, bound to an instance. */
export function methodOf(interpreter: Interpreter, cls: ClassValue, name: string, self: Value, depth = 0): Value | undefined {
  const member = cls.node.members.find((one) => one.name === name && one.method);
  if (member?.method) return boundMethod(interpreter, cls, member.method, self, `method ${name}`);
  if (depth > 5) return undefined;
  for (const base of cls.bases) {
    const inherited = base.cls && base.cls !== cls ? methodOf(interpreter, base.cls, name, self, depth + 1) : undefined;
    if (inherited) return inherited;
  }
  return undefined;
}

/** `super().name` of Python: the method of a base, on the object itself. */
export function methodOfBase(interpreter: Interpreter, owner: ClassValue, name: string, self: Value, depth = 0): Value | undefined {
  for (const { cls } of owner.bases) {
    if (!cls || cls === owner || depth > 5) continue;
    const member = cls.node.members.find((one) => one.name === name && one.method);
    if (!member?.method) {
      const further = methodOfBase(interpreter, cls, name, self, depth + 1);
      if (further) return further;
      continue;
    }
    return boundMethod(interpreter, cls, member.method, self, `method ${cls.node.name ?? ''}.${name}`);
  }
  return undefined;
}

/** Functions that are being run, outer ones first, and whether they have to do with the file that is analysed. */
const running = new Map<Closure, boolean>();
/** Calls that were not followed because they were too far from the file that is analysed. */
let cuts = 0;

/** Runs a function on arguments; the result of an earlier run on like arguments is used again. */
export function enter(interpreter: Interpreter, closure: Closure, args: readonly Value[], names?: ReadonlyMap<string, Value>): Outcome {
  const { node } = closure;
  const unknown = (): Outcome => ({ value: passed(args, names), proofs: [] });
  if (running.has(closure) || running.size >= deepestInlining || interpreter.budget <= 0) return unknown();
  const { path } = interpreter.module;
  const own = closure.path === path || [...args, ...names?.values() ?? [], ...(closure.self ? [closure.self] : [])].some((one) => concerns(one, path, 1));
  const away = own ? 0 : elsewhere() + 1;
  if (away > deepestElsewhere) {
    cuts++;
    return unknown();
  }
  const key = digestAll(args, names);
  const known = closure.contexts.get(key);
  if (known && (known.away === undefined || known.away <= away)) return known;
  if (!known && closure.contexts.size >= mostContexts) {
    const before = [...closure.contexts.values()];
    return { value: before.reduce((all, one) => join(all, one.value), passed(args, names)), proofs: commonProofs(before.map((one) => one.proofs)) };
  }
  closure.entered++;
  running.set(closure, own);
  const saved = { frame: interpreter.frame, scope: interpreter.scope, flow: interpreter.flow, conditions: interpreter.conditions };
  const python = closure.scope.python;
  const scope: Scope = { vars: new Map(), parent: closure.scope, path: closure.path, self: closure.self ?? (node.isArrow ? closure.scope.self : undefined), python };
  const entry = { ...saved.flow, dead: false };
  const frame: Frame = {
    closure, node, within: [...saved.frame.within, node], entry, returns: [], tool: saved.frame.tool, loops: 0, jumps: [], route: saved.frame.route, hands: [],
  };
  interpreter.frame = frame;
  interpreter.scope = scope;
  interpreter.flow = entry;
  interpreter.conditions = 0;
  try {
    bind(interpreter, closure, args, names);
    const before = cuts;
    interpreter.execute(node.body);
    return remember(interpreter, closure, key, frame, cuts > before ? away : undefined);
  } finally {
    running.delete(closure);
    interpreter.frame = saved.frame;
    interpreter.scope = saved.scope;
    interpreter.flow = saved.flow;
    interpreter.conditions = saved.conditions;
  }
}

/** How many functions of other files have been calling each other without data or code of the file that is analysed. */
function elsewhere(): number {
  let away = 0;
  for (const own of running.values()) away = own ? 0 : away + 1;
  return away;
}

/** Whether data came through a file. */
function touches(step: Step | undefined, path: string): boolean {
  for (let at = step; at; at = at.previous) if (at.origin.path === path) return true;
  return false;
}

/** Whether a value holds data that came through a file, or code of it. */
function concerns(value: Value, path: string, deep: number): boolean {
  if (value.taints.some(({ step }) => touches(step, path)) || value.fn?.path === path || value.cls?.path === path || value.instance?.path === path) return true;
  if (deep <= 0) return false;
  for (const [name, one] of value.fields ?? []) if (!name.startsWith('method ') && concerns(one, path, deep - 1)) return true;
  return (value.items?.some((one) => concerns(one, path, deep - 1)) ?? false) || (value.element !== undefined && concerns(value.element, path, deep - 1));
}

function remember(interpreter: Interpreter, closure: Closure, key: string, frame: Frame, away: number | undefined): Outcome {
  const ends = [...frame.returns];
  if (!interpreter.flow.dead) ends.push({ value: frame.returns.length > 0 || closure.node.isArrow ? { taints: noTaints, constant: null } : unknownValue, flow: interpreter.flow });
  let value: Value | undefined;
  for (const end of ends) value = value ? join(value, end.value) : end.value;
  const held = ends.map((end) => ({ value: end.value, proofs: proofsSince(end.flow, frame.entry) }));
  const proofs = commonProofs(held.map((one) => one.proofs));
  const facts = factsOfReturns(held);
  let result = tellingFields(value ?? unknownValue, held);
  if (facts.whenTrue.length > 0 || facts.whenFalse.length > 0) result = { ...result, facts };
  // A hook lets through what it does not answer.
  const hands = commonProofs(frame.hands.length > 0 ? frame.hands.map((one) => proofsSince(one, frame.entry)) : held.flatMap((end) => (end.value === unknownValue || end.value.constant === null ? [end.proofs] : [])));
  const outcome: Outcome = { value: result, proofs, ...(hands.length > 0 ? { hands } : {}), ...(away === undefined ? {} : { away }) };
  closure.contexts.set(key, outcome);
  return outcome;
}

/** `if (bad) return false; return true` proves what held on the way to `true`. */
function factsOfReturns(ends: readonly { value: Value; proofs: readonly Proof[] }[]): Facts {
  const truthy: (readonly Proof[])[] = [];
  const falsy: (readonly Proof[])[] = [];
  for (const { value, proofs } of ends) {
    if (value.constant === undefined || value.constant) truthy.push([...proofs, ...(value.facts?.whenTrue ?? [])]);
    if (value.constant === undefined || !value.constant) falsy.push([...proofs, ...(value.facts?.whenFalse ?? [])]);
  }
  return { whenTrue: commonProofs(truthy), whenFalse: commonProofs(falsy) };
}

function passed(args: readonly Value[], names?: ReadonlyMap<string, Value>): Value {
  let taints = noTaints;
  for (const one of [...args, ...(names?.values() ?? [])]) taints = joinTaints(taints, taintsIn(one, 2).flatMap((taint) => (taint.declared ? [] : [taint.weak ? taint : { ...taint, weak: true }])));
  return taints.length === 0 ? unknownValue : { taints };
}

function bind(interpreter: Interpreter, closure: Closure, args: readonly Value[], names?: ReadonlyMap<string, Value>): void {
  const { node } = closure;
  let params: readonly Parameter[] = node.params;
  const first = params[0];
  if (closure.scope.python && closure.owner && first?.target.kind === 'name' && !node.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod')) {
    const ofClass = node.decorators.some((one) => one.kind === 'name' && one.name === 'classmethod');
    interpreter.scope.vars.set(first.target.name, ofClass ? { taints: noTaints, cls: closure.self?.instance ?? closure.owner } : closure.self ?? unknownValue);
    params = params.slice(1);
  }
  params.forEach((param, at) => {
    const key = param.target.kind === 'name' ? param.target.name : undefined;
    let value: Value | undefined;
    if (param.rest === 'list') value = { taints: noTaints, items: args.slice(at), complete: true };
    // What starts the function hands its keywords over as one value.
    else if (param.rest === 'map' && names === undefined && args[at]?.fields) value = args[at];
    else if (param.rest === 'map') value = { taints: noTaints, fields: new Map(names), complete: false };
    else value = (key === undefined ? undefined : names?.get(key)) ?? args[at];
    if (value === undefined || value === unknownValue) {
      const declared = typed(interpreter, param.type);
      const fallback = param.fallback ? interpreter.evaluate(param.fallback) : undefined;
      // A default counts where the caller gave nothing; a declared type where nothing else is known.
      value = fallback ? (value === unknownValue || (args.length === 0 && closure.entry === undefined) ? { ...declared, ...withoutConstant(fallback), taints: joinTaints(declared.taints, fallback.taints) } : fallback) : declared;
    } else if (value.name === undefined && param.type && !value.fields && !value.instance) {
      const declared = typed(interpreter, param.type);
      if (declared.name !== undefined || declared.instance) value = { ...declared, ...value, taints: joinTaints(declared.taints, value.taints) };
    }
    if (value.taints.length > 0 && key !== undefined) value = { ...value, taints: value.taints.map((taint) => extend(taint, origin(interpreter, param), `passed as ${key}`)) };
    if (param.property && closure.self?.fields && key !== undefined) closure.self.fields.set(key, value);
    interpreter.assign(param.target, value, true);
  });
  if (!closure.node.isArrow && !closure.scope.python) interpreter.scope.vars.set('arguments', { taints: noTaints, items: [...args] });
}

/** A parameter's default may be replaced by any caller. */
function withoutConstant(value: Value): Value {
  const { constant: _constant, parts: _parts, ...rest } = value;
  return rest;
}

/** Runs a function as the world calls it: with what its registration and its annotations say of its parameters. */
export function enterAsEntry(interpreter: Interpreter, closure: Closure): void {
  const args = bindEntry(interpreter, closure);
  interpreter.frame.tool ??= toolHandlerOf(closure);
  interpreter.flow = startFlow;
  for (const one of closure.before ?? beforeRequest(interpreter, closure)) {
    const { hands } = enter(interpreter, one, args);
    interpreter.flow = hands ? assume(interpreter.flow, hands) : interpreter.flow;
  }
  enter(interpreter, closure, args);
}

function digestAll(args: readonly Value[], names?: ReadonlyMap<string, Value>): string {
  let out = '';
  for (const one of args) out += `${digest(one, 2)},`;
  if (names) for (const [name, one] of names) out += `${name}=${digest(one, 2)},`;
  return out;
}

/** Fields of an object that tell two contexts apart; clients of large interfaces have hundreds. */
const mostDigested = 40;

function digest(value: Value, deep: number): string {
  if (value === unknownValue) return '';
  let out = '';
  for (const taint of value.taints) out += `${taint.label}${taint.root.id}/${taint.clean}${taint.weak ? 'w' : ''};`;
  if (value.name !== undefined) out += `n${value.name}`;
  if (value.fn) out += `f${value.fn.id}`;
  if (value.constant !== undefined && (typeof value.constant !== 'string' || value.constant.length <= 60)) out += `c${String(value.constant)}`;
  if (value.human) out += 'h';
  if (deep > 0) {
    let left = value.instance ? mostDigested / 4 : mostDigested;
    for (const [name, one] of value.fields ?? []) {
      if (name.startsWith('method ') || one.fn) continue;
      if (--left < 0) break;
      out += `{${name}:${digest(one, deep - 1)}}`;
    }
    if (value.items) for (const one of value.items.slice(0, 8)) out += `[${digest(one, deep - 1)}]`;
    if (value.element) out += `<${digest(value.element, deep - 1)}>`;
  }
  return out;
}
