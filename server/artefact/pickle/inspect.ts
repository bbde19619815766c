import { bytesSource, createReader, type ByteSource } from '../source.ts';
import type { Inspection } from '../report.ts';
import { canonicalModule, judgeGlobal, reachesAttributes, type Judgement } from './judge.ts';
import { callsArguments, isTool, listedDanger, namedDanger } from './globals-dangerous.ts';
import { isLibrary } from './globals-safe.ts';
import { createCarried, isFurniture, seeHandedOn, type Carried } from './carried.ts';
import { arrayAfter, skipArray } from './joblib.ts';
import { runPickle, type PickleEvents, type PickleRun } from './machine.ts';
import { bytesIn, encoded, harmfulNamesIn, payloadIn } from './payload.ts';
import { tensorOf, wrappedArray, type PickledTensor } from './tensors.ts';
import { entryOf, nameOf, other, render, textOf, type Call, type Global, type PickleValue } from './value.ts';

/** What the pickles of one stream reach. Kept apart until it is known that the bytes are pickles at all. */
export interface PickleFindings {
  readonly pickles: number;
  readonly complete: boolean;
  readonly steps: number;
  readonly proto: boolean;
  readonly end: number;
  readonly globals: ReadonlySet<string>;
  readonly dangerous: readonly string[];
  /** Something dangerous is called, not only named. */
  readonly called: boolean;
  readonly unknown: readonly string[];
  readonly notes: readonly string[];
  readonly legacyTorch: boolean;
  readonly joblib: boolean;
  readonly tensors: readonly PickledTensor[];
}

const nestedLoads = /^(?:_?pickle|cPickle|pickle5|dill(?:\._dill)?|cloudpickle(?:\.cloudpickle)?|torch\.storage|joblib(?:\.numpy_pickle)?)\.(?:loads|_loads|_load_from_bytes)$/;
const carriesCode = /^(?:cloudpickle\.cloudpickle\.(?:_make_function|_fill_function|_make_skel_func|_builtin_type|_make_skeleton_class)|dill\._dill\._create_(?:function|code|type))$/;
const getattrName = /^builtins\.getattr$/;
/** What reaches attributes by their names: harmless in data, a trick when it is handed to a function that calls it. */
const accessor = /^(?:builtins\.getattr|_?operator\.(?:attrgetter|methodcaller|call)|types\.MethodType)$/;
const imports = /^(?:cloudpickle\.cloudpickle(?:_fast)?\.subimport|dill\._dill\._import_module)$/;
const carriesFunction = /^(?:cloudpickle\.(?:cloudpickle|cloudpickle_fast)\._(?:make_function|fill_function|make_skel_func)|dill\._dill\._create_function|types\.(?:FunctionType|LambdaType))$/;
const carriedFor = 'code that the file carries for ';
/** Classes of known libraries whose constructors open a path, while their own pickles make them without one. */
const opensPath = /^(?:lightgbm(?:\.basic)?\.(?:Booster|Dataset)|xgboost(?:\.core)?\.(?:Booster|DMatrix|QuantileDMatrix)|catboost(?:\.core)?\.Pool)$/;
const deepestNesting = 8;
/** torch.serialization's magic number, as far as a double holds it. */
const torchMagic = 0x1950a86a20f9469cfc6c;

/** Tensors that are listed of one stream. */
const mostTensors = 5000;

interface State {
  readonly tensors: Map<PickleValue, PickledTensor>;
  readonly globals: Set<string>;
  readonly dangerous: Map<string, Judgement>;
  readonly calls: Set<string>;
  readonly calledNames: Set<string>;
  readonly unknown: Set<string>;
  /** Accessors whose every use was one of plain attributes. */
  readonly settled: Set<string>;
  readonly notes: Set<string>;
  /** How often getattr was looked up and not called: kept in the data, where it does nothing. */
  getattrs: number;
  readonly carried: Carried;
  joblib: boolean;
  depth: number;
}

/** Reads the pickles that stand one after another from `start`. Never throws; runs nothing. */
export function readPickles(source: ByteSource, start: number, budget: { steps: number }): PickleFindings {
  const state: State = { tensors: new Map(), globals: new Set(), dangerous: new Map(), calls: new Set(), calledNames: new Set(), unknown: new Set(), settled: new Set(), notes: new Set(), getattrs: 0, carried: createCarried(), joblib: false, depth: 0 };
  const reader = createReader(source, start);
  const runs: PickleRun[] = [];
  let legacyTorch = false;
  for (let at = 0; at < 1000; at++) {
    if (at > 0 && (reader.left() === 0 || (legacyTorch && at >= 5))) break;
    const before = reader.at();
    const trial: State = at === 0 ? state : { ...state, globals: new Set(state.globals), dangerous: new Map(state.dangerous), calls: new Set(state.calls), calledNames: new Set(state.calledNames), unknown: new Set(state.unknown) };
    const run = runPickle(reader, eventsFor(trial, budget), budget);
    const first = runs.length === 0;
    if (!first && !run.complete && !(run.proto && trial.calls.size > state.calls.size)) {
      reader.seek(before);
      break;
    }
    if (trial !== state) merge(state, trial);
    runs.push(run);
    if (run.result?.kind === 'number' && first && Math.abs(run.result.value / torchMagic - 1) < 1e-9) legacyTorch = true;
    if (!run.complete) {
      if (run.failure === 'too many steps') state.notes.add('skipped: what follows the first millions of steps of the pickle');
      break;
    }
  }
  const inert = (name: string): boolean => state.carried.names.has(name) && !state.carried.reached && state.unknown.has(`${carriedFor}dill`);
  const uncalled = [...state.dangerous].filter(([name]) => !state.calledNames.has(name) && !inert(name)).map(([name, { why }]) => `reaches ${name.replace(/^builtins\./, '')}${why ? `, which ${why}` : ''}`);
  if (state.getattrs > 0) state.unknown.add('builtins.getattr');
  const last = runs[runs.length - 1];
  return {
    pickles: runs.length, complete: runs[0]?.complete ?? false, proto: runs[0]?.proto ?? false, end: last?.end ?? start, steps: runs.reduce((sum, one) => sum + one.steps, 0),
    globals: state.globals, dangerous: [...state.calls, ...uncalled], called: state.calls.size > 0, unknown: [...state.unknown].filter((one) => !state.settled.has(one)), notes: [...state.notes], legacyTorch, joblib: state.joblib, tensors: [...state.tensors.values()],
  };
}

function merge(into: State, from: State): void {
  for (const one of from.globals) into.globals.add(one);
  for (const [name, one] of from.dangerous) into.dangerous.set(name, one);
  for (const one of from.calls) into.calls.add(one);
  for (const one of from.calledNames) into.calledNames.add(one);
  for (const one of from.unknown) into.unknown.add(one);
  into.getattrs = from.getattrs;
  into.joblib = from.joblib;
}

function eventsFor(state: State, budget: { steps: number }): PickleEvents {
  return {
    global: (value) => seeGlobal(value, state),
    call: (call, made) => seeCall(call, made, state, budget),
    build: (target, given) => seeBuild(target, given, state),
    item: (key, value) => {
      const tensor = state.tensors.get(value);
      if (tensor && tensor.name === '') tensor.name = textOf(key) ?? '';
    },
    extension: (code) => void state.unknown.add(`extension code ${code} of the loading process`),
    afterBuild: (target, reader) => {
      const array = arrayAfter(target);
      if (array === undefined) return true;
      state.joblib = true;
      if (state.tensors.size < mostTensors) state.tensors.set(target, wrappedArray((key) => (target.kind === 'call' ? entryOf(target.state, key) : undefined)));
      if (array === 'unknown') return false;
      return array.objects ? runPickle(reader, eventsFor(state, budget), budget).complete : skipArray(array, reader);
    },
  };
}

function seeGlobal(value: Global, state: State): void {
  const name = `${canonicalModule(value.module)}.${value.name}`;
  if (getattrName.test(name)) {
    state.globals.add(name);
    state.getattrs++;
    return;
  }
  if (value.module === '?' || value.name === '?') {
    state.dangerous.set('a name that is computed while loading', { verdict: 'dangerous' });
    return;
  }
  if (state.globals.has(name)) return;
  if (state.globals.size < 5000) state.globals.add(name);
  const judged = judgeGlobal(value.module, value.name);
  if (judged.verdict === 'dangerous') {
    state.dangerous.set(name, judged);
    if (isFurniture(name)) state.carried.names.add(name);
  }
  else if (judged.verdict === 'unknown' && !isLibrary(canonicalModule(value.module))) state.unknown.add(name);
}

/** Judges a call and gives what stands for its result. */
function seeCall(call: Call, made: boolean, state: State, budget: { steps: number }): PickleValue {
  const name = nameOf(call.callee);
  seeAccessors(call, state);
  seeHandedOn(name, call.args, state.carried);
  if (name === undefined) {
    if (call.callee.kind === 'call' && carriesFunction.test(nameOf(call.callee.callee) ?? '')) noteCall(state, 'calls a function that the file carries');
    const reached = nameOf(call);
    if (reached !== undefined && judgedDotted(canonicalName(reached))) noteCall(state, `reaches ${canonicalName(reached)}`);
    const maker = call.callee.kind === 'call' ? nameOf(call.callee.callee) : undefined;
    if (maker !== 'dill._dill._load_type' && !(made && maker === 'dill._dill._create_type')) state.carried.reached = true;
    return call;
  }
  const canonical = canonicalName(name);
  const tensor = tensorOf(canonical, call.args);
  if (tensor && state.tensors.size < mostTensors) state.tensors.set(call, tensor);
  if (/^torch\._utils\._rebuild_parameter/.test(canonical)) { const inner = call.args[0]; const made = inner && state.tensors.get(inner); if (made) state.tensors.set(call, made); }
  if (getattrName.test(canonical)) return seeGetattr(call, state);
  if (canonical === '_codecs.encode' || canonical === 'codecs.encode' || canonical === 'builtins.bytes' || canonical === 'builtins.bytearray') {
    return encoded(call.args) ?? call;
  }
  if (nestedLoads.test(canonical)) return seeNested(call, canonical, state, budget);
  if (imports.test(canonical)) return seeImport(call, state);
  if (canonical === 'dill._dill._setattr') seeSetattr(call, state);
  if (canonical === 'dill._dill._eval_repr' && /^(?:Ellipsis|NotImplemented|None|True|False)$/.test(textOf(call.args[0]) ?? '')) return other;
  if (/^torch\.fx\.graph_module\.reduce_(?:graph|package_graph)_module$/.test(canonical)) return seeProgram(call, state);
  if (canonical === 'builtins.type' && call.args.length > 2) state.unknown.add('a class that the file itself makes');
  if (carriesCode.test(canonical)) seeCode(call, canonical, state);
  const danger = [...state.dangerous.keys()].find((one) => one === canonical || canonical.startsWith(`${one}.`)) ?? (judgedDotted(canonical) ? canonical : undefined);
  if (danger !== undefined && made && call.args.length === 0 && isFurniture(danger)) return call; // made without its constructor
  if (danger !== undefined) {
    state.calledNames.add(danger);
    if (call.callee.kind !== 'global') state.calledNames.add(canonical);
    noteCall(state, `calls ${render(call)}`);
    return call;
  }
  if (/^builtins\.(?:setattr|delattr|dir|vars)$/.test(canonical)) noteCall(state, `calls ${render(call)}`);
  if (isTool(canonical) && canonical !== 'dill._dill._import_module') state.carried.reached = true;
  if (isTool(canonical)) return call;
  const split = canonical.lastIndexOf('.');
  if (!made && opensPath.test(canonical) && call.args.some((one) => one.kind === 'text')) state.unknown.add(`${canonical}, which opens a file by its path`);
  if (!made && isOfLibrary(canonical) && /^(?:an address|a command)$/.test(payloadIn(call.args) ?? '')) state.unknown.add(`${canonical} with ${payloadIn(call.args)}`);
  if (call.callee.kind === 'global' && judgeGlobal(call.callee.module, call.callee.name).verdict === 'unknown') {
    const payload = payloadIn(call.args);
    if (payload !== undefined && !/^_?[A-Z]/.test(canonical.slice(split + 1))) noteCall(state, `passes ${payload} to ${render(call)}`);
    else if (!/^_?[A-Z]/.test(canonical.slice(split + 1)) && !(made && isLibrary(canonical))) state.unknown.add(canonical);
  }
  return call;
}

function canonicalName(name: string): string {
  return name.replace(/^(?:__builtin__|__builtins__)\./, 'builtins.').replace(/^copy_reg\./, 'copyreg.');
}

/**
 * Accessors handed to what calls them, and accessors made for an attribute that leads out of the data. With constant names of plain
 * attributes they are settings of an honest model.
 */
function seeAccessors(call: Call, state: State): void {
  const callee = canonicalName(nameOf(call.callee) ?? '');
  for (const argument of call.args.flatMap((one) => (one.kind === 'sequence' ? one.items : [one]))) {
    const given = canonicalName(nameOf(argument) ?? '');
    if (accessor.test(given) && argument.kind === 'global' && (callee === '' || callsArguments(callee) || !isHarmlessName(callee))) noteCall(state, `passes ${given.replace(/^builtins\./, '')} on, which reaches any attribute`);
  }
  const made = /^_?operator\.(attrgetter|methodcaller)$/.exec(callee)?.[1];
  if (made === undefined || call.callee.kind !== 'global') return;
  const names = made === 'attrgetter' ? call.args : call.args.slice(0, 1);
  const tricky = names.some((one) => { const text = textOf(one); return text === undefined || text.split('.').some(reachesAttributes) || namedDanger(text) !== undefined; });
  if (tricky || payloadIn(call.args.slice(1)) !== undefined) noteCall(state, `calls ${render(call)}`);
  else state.settled.add(callee);
}

/** A class that is known only because its library is. */
function isOfLibrary(name: string): boolean {
  return isLibrary(name.slice(0, Math.max(0, name.lastIndexOf('.')))) && /\._?[A-Z]\w*$/.test(name);
}

function isHarmlessName(name: string): boolean {
  const at = name.lastIndexOf('.');
  return at > 0 && judgeGlobal(name.slice(0, at), name.slice(at + 1)).verdict === 'safe';
}

/** A module that a carried function uses. Importing it does nothing yet, but for modules that act when they are imported. */
function seeImport(call: Call, state: State): PickleValue {
  const module = textOf(call.args[0]);
  if (module === undefined || module === 'antigravity' || /(?:^|\.)__main__$/.test(module) && module !== '__main__') noteCall(state, `calls ${render(call)}`);
  else state.unknown.add(`the module ${module}`);
  return call;
}

/** The program text of a torch.fx graph, which is executed to make its module. */
function seeProgram(call: Call, state: State): PickleValue {
  const texts = call.args.flatMap((one) => (one.kind === 'sequence' ? one.items : [one])).flatMap((one) => textOf(one) ?? []);
  const harmful = texts.flatMap((text) => [...text.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word)).filter((word) => /^(?:os|sys|subprocess|socket|shutil|builtins|importlib|ctypes)$/.test(word) || namedDanger(word) !== undefined);
  if (harmful.length > 0) noteCall(state, `carries a program that uses ${[...new Set(harmful)].slice(0, 4).join(', ')}`);
  else state.unknown.add('the program that the file carries for torch.fx');
  return call;
}

function noteCall(state: State, what: string): void {
  if (state.calls.size < 50) state.calls.add(what);
}

/** A name reached over attributes, judged at each place where module and name may part. */
function judgedDotted(name: string): boolean {
  const parts = name.split('.');
  for (let at = 1; at < parts.length; at++) if (judgeGlobal(parts.slice(0, at).join('.'), parts.slice(at).join('.')).verdict === 'dangerous') return true;
  return false;
}

/** `getattr(owner, name)` as protocols before 4 write nested classes, enum members and bound methods; anything else is a trick. */
function seeGetattr(call: Call, state: State): PickleValue {
  state.getattrs--;
  const attribute = call.args[1];
  const name = textOf(attribute);
  const full = nameOf(call);
  if (full === undefined && !/^__\w+__$/.test(name ?? '')) state.carried.reached = true;
  const harmful = name === undefined || reachesAttributes(name) || (full !== undefined ? judgedDotted(full) : leadsOut(call.args[0], name));
  if (harmful) noteCall(state, `calls ${render({ ...call, callee: { kind: 'global', module: 'builtins', name: 'getattr' } })}`.replace(/^calls …$/, `reaches ${full ?? 'an attribute'}`));
  return full === undefined ? other : call;
}

/** True for a method of an object that the file makes, when it reads, writes or runs: `to_csv` of a table, `set_data` of a loader. */
function leadsOut(owner: PickleValue | undefined, attribute: string): boolean {
  const name = owner?.kind === 'call' ? nameOf(owner.callee) : undefined;
  if (name === undefined) return false;
  const canonical = canonicalName(name);
  if (namedDanger(attribute) !== undefined || listedDanger(`${canonical}.${attribute}`) !== undefined) return true;
  return !isHarmlessName(canonical) && judgedDotted(`${canonical}.${attribute}`);
}

/** `_setattr` of dill, which fills cells and sets what a class or function holds. On a module or on a class of another it replaces code. */
function seeSetattr(call: Call, state: State): void {
  const target = call.args[0];
  const maker = target?.kind === 'call' ? nameOf(target.callee) ?? '' : '';
  if (!/^dill\._dill\._create_(?:cell|type|function)$/.test(maker)) noteCall(state, `sets attributes of ${target ? render(target) : 'an object'}`);
}

function seeNested(call: Call, name: string, state: State, budget: { steps: number }): PickleValue {
  const bytes = bytesIn(call.args[0]);
  const trusted = name === 'torch.storage._load_from_bytes';
  state.calledNames.add(name);
  if (!bytes || state.depth >= deepestNesting) {
    noteCall(state, `calls ${render(call)}`);
    return other;
  }
  if (!trusted) noteCall(state, `calls ${name}(…) on a pickle inside the pickle`);
  state.depth++;
  const inner = readPickles(bytesSource(bytes), 0, budget);
  state.depth--;
  for (const one of inner.dangerous) noteCall(state, one);
  for (const one of inner.globals) state.globals.add(one);
  for (const one of inner.unknown) state.unknown.add(one);
  return other;
}

/** Functions that cloudpickle and dill carry as bytecode: judged by the names that the bytecode uses. */
function seeCode(call: Call, name: string, state: State): void {
  const harmful = harmfulNamesIn(call.args);
  if (harmful.length > 0) noteCall(state, `carries code that uses ${harmful.slice(0, 4).join(', ')}`);
  else state.unknown.add(`code that the file carries for ${name.slice(0, name.indexOf('.'))}`);
}

function seeBuild(target: PickleValue, given: PickleValue, state: State): void {
  if (target.kind === 'global') {
    noteCall(state, `sets attributes of ${render(target)}`);
    return;
  }
  seeHandedOn(undefined, [given], state.carried);
  if (given.kind !== 'sequence') return;
  for (const dictionary of given.open === '{' ? [given] : given.items) {
    if (dictionary.kind !== 'sequence' || dictionary.open !== '{') continue;
    for (let at = 0; at + 1 < dictionary.items.length; at += 2) {
      const key = textOf(dictionary.items[at]);
      const value = dictionary.items[at + 1];
      if (key && /^__(?:setstate|reduce|reduce_ex|class|getattr|getattribute|call|init|new|del|dict|bases)__$/.test(key) && (value?.kind === 'global' || value?.kind === 'call')) noteCall(state, `sets ${key} to ${render(value)}`);
    }
  }
}

/** Puts what was read into the report. */
export function reportPickles(found: PickleFindings, inspection: Inspection): void {
  inspection.format(found.legacyTorch ? 'pytorch (legacy)' : found.joblib ? 'joblib' : 'pickle');
  for (const one of new Set(found.tensors)) inspection.tensor(one.name, one.dtype, one.shape);
  for (const one of found.globals) inspection.global(one);
  for (const one of found.dangerous) inspection.issue('dangerous', one);
  for (const one of found.unknown) inspection.issue('unknown', `needs ${one}`);
  for (const one of found.notes) inspection.note(one);
}

/** Whether what was read is a pickle and no accident of other bytes. */
export function isPickle(found: PickleFindings): boolean {
  if (found.complete) return found.proto || found.globals.size > 0 || found.legacyTorch || found.steps > 2;
  return found.called || (found.globals.size > 0 && (found.proto || found.steps > 40));
}

/** Where a pickle begins that junk was put before, or -1. Looks at protocol marks and at globals that do harm. */
export function findPickle(head: Uint8Array, from: number): number {
  for (let at = from; at + 2 < head.length; at++) {
    if (head[at] === 0x80 && head[at + 1]! >= 2 && head[at + 1]! <= 5 && /[\x95c(\]}\x8cX\x29\x28KNU]/.test(String.fromCharCode(head[at + 2]!))) return at;
    if (head[at] === 0x63 && (at === 0 || head[at - 1]! !== 0x61) && globalAt(head, at)) return at;
  }
  return -1;
}

function globalAt(head: Uint8Array, at: number): boolean {
  const line = (start: number): number => { for (let end = start; end < Math.min(head.length, start + 80); end++) if (head[end] === 10) return end; return -1; };
  const first = line(at + 1);
  const second = first < 0 ? -1 : line(first + 1);
  if (second < 0) return false;
  const module = String.fromCharCode(...head.subarray(at + 1, first));
  const name = String.fromCharCode(...head.subarray(first + 1, second));
  return /^[A-Za-z_][\w.]*$/.test(module) && /^[A-Za-z_][\w.]*$/.test(name) && judgeGlobal(module, name).verdict === 'dangerous';
}
