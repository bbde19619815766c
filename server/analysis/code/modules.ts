import type { CodeModule, ImportStatement, Statement } from '../../model/code-tree.ts';
import { splitStatements } from './deferred.ts';
import { apart, startFlow, type Interpreter, type ModuleValue } from './interpreter.ts';
import { LazyValues } from './lazy-values.ts';
import { canonicalModule, canonicalName, defaultExport } from './names.ts';
import { noTaints, unknownValue, type DeclaredType, type Scope, type Value } from './value.ts';

const mostModules = 30;

/** Binds the names of an import; a module of the workspace is run when it is first asked for. */
export function declareImport(interpreter: Interpreter, statement: ImportStatement): void {
  const { scope } = interpreter;
  const own = mayBeOwn(statement.module, scope.python) && interpreter.loader.exists(statement.module, scope.path);
  for (const { name, local } of statement.names) {
    if (own) {
      bindLazily(scope, localName(local), () => {
        const module = moduleOf(interpreter, statement.module, scope.path);
        const value = module && (name === '*' ? namespace(module) : exportOf(module, name));
        return value ?? submodule(interpreter, statement.module, name, scope) ?? unknownValue;
      });
      if (!scope.python) (scope.typeLazies ??= new Map()).set(localName(local), () => typeOf(interpreter, statement.module, scope.path, name));
      continue;
    }
    const module = canonicalModule(statement.module);
    if (scope.python && name === '*') {
      // `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`.
      const bound = local === statement.module && local.includes('.') ? local.slice(0, local.indexOf('.')) : local;
      scope.vars.set(bound, { taints: noTaints, name: bound === local ? canonicalName(module) : bound });
      continue;
    }
    const qualified = name === '*' ? module : name === 'default' ? defaultExport(module) : `${module}.${name}`;
    scope.vars.set(local, { taints: noTaints, name: canonicalName(scope.python ? canonicalModule(qualified) : qualified) });
  }
  const all = statement.all && own ? moduleOf(interpreter, statement.module, scope.path) : undefined;
  for (const [name, value] of all?.exports ?? []) scope.vars.set(name, value);
  for (const [name, value] of all?.scope.lazies ?? []) bindLazily(scope, name, value);
}

/** A type that a module exports, itself or from another one. */
function typeOf(interpreter: Interpreter, specifier: string, from: string, name: string, depth = 0): DeclaredType | undefined {
  const module = depth > 4 ? undefined : moduleOf(interpreter, specifier, from);
  if (!module) return undefined;
  const own = module.scope.types?.get(name);
  if (own) return { type: own, scope: module.scope };
  for (const statement of module.module.body) {
    if (statement.kind !== 'export' || statement.module === undefined || !mayBeOwn(statement.module, false)) continue;
    for (const one of statement.names) {
      if (one.name !== name && one.name !== '*') continue;
      const found = typeOf(interpreter, statement.module, module.module.path, one.local === '*' ? name : one.local, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

/** Binds a name whose value is worked out once, when it is asked for. */
function bindLazily(scope: Scope, name: string, make: () => Value): () => Value {
  let value: Value | undefined;
  let open = false;
  const once = (): Value => {
    if (value) return value;
    if (open) return unknownValue;
    open = true;
    value = make();
    open = false;
    return value;
  };
  scope.vars.delete(name);
  (scope.lazies ??= new Map()).set(name, once);
  return once;
}

/** Runs a statement of a module that is being run, or has been, when the name that it binds is asked for. */
function deferred(interpreter: Interpreter, scope: Scope, name: string, statement: Statement): () => Value {
  return apart(interpreter, () => {
    const { budget, imports } = interpreter;
    interpreter.execute([statement]);
    interpreter.imports = Math.min(interpreter.imports, imports - (budget - interpreter.budget));
    return scope.vars.get(name) ?? unknownValue;
  });
}

/** A name of a module; in Python the names that it imports are its own as well. */
function exportOf({ exports, scope }: ModuleValue, name: string): Value | undefined {
  return exports.get(name) ?? (scope.python ? scope.lazies?.get(name)?.() : undefined);
}

function localName(local: string): string {
  return local.includes('.') ? local.slice(0, local.indexOf('.')) : local;
}

/** Relative imports of JavaScript, and all of Python's, for a package may be a folder of the workspace. */
export function isOwn(module: string, python: boolean): boolean {
  return python || module.startsWith('.') || module.startsWith('@/') || module.startsWith('~/') || module.startsWith('#');
}

/** Libraries that are known by their names, also in the repository that they are made in. */
const libraries = /^@(?:langchain|ai-sdk|anthropic-ai|openai|google|google-cloud|mistralai|huggingface|llamaindex|mastra|modelcontextprotocol|genkit-ai|strands-agents|nestjs|trpc|aws-sdk|azure|hono|apollo|slack|octokit)\//;

/** Whether the configuration of the compiler may lead a specifier to a file of the workspace: `@core/assistant`, `src/users`. */
function mayBeOwn(module: string, python: boolean): boolean {
  return isOwn(module, python) || (module.includes('/') && !module.includes(':') && !libraries.test(module));
}

export function namespace(module: ModuleValue): Value {
  if (!module.scope.python) module.finish();
  else for (const [name, make] of module.scope.lazies ?? []) if (!module.exports.has(name)) module.exports.later(name, make);
  return { taints: noTaints, fields: module.exports, complete: false };
}

/** Python: `from package import module`. */
function submodule(interpreter: Interpreter, module: string, name: string, scope: Scope): Value | undefined {
  if (!scope.python || name === '*') return undefined;
  const inner = moduleOf(interpreter, module.endsWith('.') ? module + name : `${module}.${name}`, scope.path);
  return inner && namespace(inner);
}

/** Runs a module of the workspace once, muted. Undefined for packages, missing files, and when too many were run. */
export function moduleOf(interpreter: Interpreter, specifier: string, from: string): ModuleValue | undefined {
  const key = `${from}\n${specifier}`;
  if (interpreter.modules.has(key)) return interpreter.modules.get(key);
  interpreter.modules.set(key, undefined);
  const path = interpreter.loader.resolve(specifier, from);
  if (path === undefined) return undefined;
  if (interpreter.modules.has(path)) {
    const same = interpreter.modules.get(path);
    interpreter.modules.set(key, same);
    return same;
  }
  // A module that is not run is not read either.
  if (interpreter.modules.size > mostModules * 3 || interpreter.imports <= 0) return undefined;
  const tree = interpreter.loader.load(specifier, from);
  if (!tree) return undefined;
  interpreter.modules.set(tree.path, undefined);
  const { budget, imports } = interpreter;
  const module = interpreter.runModule(tree);
  // Modules that this one imported have taken their part already.
  interpreter.imports = Math.min(interpreter.imports, imports - (budget - interpreter.budget));
  interpreter.modules.set(tree.path, module);
  interpreter.modules.set(key, module);
  runForEffects(interpreter, tree);
  return module;
}

/**
 * Runs modules that are imported for what they do when they are loaded, such as to register tools: `import './tools.js'`, and what a
 * package of Python imports of itself, `from . import files, web`.
 */
function runForEffects(interpreter: Interpreter, module: CodeModule): void {
  const python = module.language === 'python';
  const ofPackage = module.path.endsWith('/__init__.py');
  let used: ReadonlySet<string> | undefined;
  for (const statement of module.body) {
    if (statement.kind !== 'import' || statement.typeOnly) continue;
    if (!python) {
      if (statement.module.startsWith('.') && statement.names.every((one) => one.name === '') && !/\.(?:css|scss|less|svg)$/.test(statement.module)) moduleOf(interpreter, statement.module, module.path)?.finish();
      continue;
    }
    for (const { name, local } of statement.names) {
      const whole = name === '*' ? statement.module : statement.module.endsWith('.') ? statement.module + name : `${statement.module}.${name}`;
      const effect = ofPackage ? /^\.+$/.test(statement.module) : module === interpreter.module && interpreter.loader.exists(whole, module.path) && !(used ??= namesIn(module.body)).has(localName(local));
      if (effect) moduleOf(interpreter, whole, module.path)?.finish();
    }
  }
}

/** All names that are read in a tree. */
function namesIn(node: object, into = new Set<string>()): ReadonlySet<string> {
  const { kind, name } = node as { kind?: unknown; name?: unknown };
  if (kind === 'name' && typeof name === 'string') into.add(name);
  else if (kind !== 'import') {
    for (const key in node) {
      const one = node[key as never] as unknown;
      if (typeof one === 'object' && one !== null) namesIn(one, into);
    }
  }
  return into;
}

/** Runs the statements of a module and gathers what it exports. */
export function runModule(interpreter: Interpreter, module: CodeModule, muted: boolean): ModuleValue {
  const saved = { frame: interpreter.frame, scope: interpreter.scope, flow: interpreter.flow, conditions: interpreter.conditions };
  const scope: Scope = { vars: new Map(), parent: undefined, path: module.path, python: module.language === 'python' };
  interpreter.scope = scope;
  interpreter.flow = startFlow;
  interpreter.conditions = 0;
  interpreter.frame = { closure: undefined, node: undefined, within: [], entry: startFlow, returns: [], tool: undefined, loops: 0, jumps: [], route: undefined, hands: [] };
  if (muted) interpreter.muted++;
  const exports = new LazyValues();
  const waiting = new Map<string, () => Value>();
  const finish = (): void => {
    for (const make of waiting.values()) make();
    // Going through the exports passes over what nobody has asked for.
    for (const statement of module.body) if (statement.kind === 'export' && statement.module === undefined) for (const { local, name } of statement.names) if (waiting.has(local)) exports.get(name);
  };
  const result: ModuleValue = { scope, exports, module, finish };
  if (!scope.python) {
    scope.vars.set('exports', { taints: noTaints, fields: exports, complete: false });
    scope.vars.set('module', { taints: noTaints, fields: new Map([['exports', { taints: noTaints, fields: exports, complete: false }]]), complete: false });
  }
  try {
    if (!muted) runForEffects(interpreter, module);
    if (muted) {
      const { later, now } = splitStatements(module);
      for (const { name, statement } of later) waiting.set(name, bindLazily(scope, name, deferred(interpreter, scope, name, statement)));
      interpreter.execute(now);
    } else interpreter.execute(module.body);
  } finally {
    if (muted) interpreter.muted--;
    gather(interpreter, module, result);
    Object.assign(interpreter, saved);
  }
  return result;
}

function gather(interpreter: Interpreter, module: CodeModule, { scope, exports }: ModuleValue): void {
  if (scope.python) {
    for (const [name, value] of scope.vars) exports.set(name, value);
    return;
  }
  const assigned = scope.vars.get('module')?.fields?.get('exports');
  if (assigned && assigned.fields !== exports) {
    exports.set('default', assigned);
    for (const [name, value] of assigned.fields ?? []) exports.set(name, value);
  }
  for (const statement of module.body) {
    if (statement.kind !== 'export') continue;
    if (statement.value) exports.set('default', scope.vars.get('export default') ?? unknownValue);
    const { module: from } = statement;
    const own = from !== undefined && mayBeOwn(from, false) && interpreter.loader.exists(from, module.path) ? () => moduleOf(interpreter, from, module.path) : undefined;
    for (const { local, name } of statement.names) {
      if (from === undefined) {
        const value = scope.vars.get(local);
        if (value) exports.set(name, value);
        else if (scope.lazies?.has(local)) exports.later(name, scope.lazies.get(local)!);
      } else if (local === '*' && name === '*') {
        if (own) exports.fallBack((each) => (each === 'default' ? undefined : own()?.exports.get(each)));
      } else if (own) {
        exports.later(name, () => {
          const other = own();
          return other && (local === '*' ? namespace(other) : exportOf(other, local));
        });
      } else if (local !== '*') {
        const qualified = canonicalModule(from);
        exports.set(name, { taints: noTaints, name: canonicalName(local === 'default' ? defaultExport(qualified) : `${qualified}.${local}`) });
      }
    }
  }
}
