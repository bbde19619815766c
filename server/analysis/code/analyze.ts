import type { CodeModule } from '../../model/code-tree.ts';
import { call, invoke } from './calls.ts';
import { readsAhead } from './cells.ts';
import { exportedAs } from './conventions.ts';
import { registerClass } from './classes.ts';
import { runGraphs } from './graphs.ts';
import { deliver } from './listeners.ts';
import { routeOf } from './parameters.ts';
import { registerToolObjects } from './tool-objects.ts';
import { toolHandlerOf } from './tools.ts';
import type { CodeAssignment, CodeCall, CodeFlow, Route, ToolHandler } from './events.ts';
import { assign } from './assignment.ts';
import { evaluate, member } from './expressions.ts';
import { enter, enterAsEntry, instanceOf } from './functions.ts';
import { startFlow, type Interpreter, type Loader } from './interpreter.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { runModule } from './modules.ts';
import { execute } from './statements.ts';
import type { Closure, Value } from './value.ts';
import { handlersElsewhere } from './wrapped.ts';

/** What the analysis found in one file: every call as it was evaluated, flows from untrusted data to sinks, routes, tools. */
export interface CodeAnalysis {
  readonly module: CodeModule;
  readonly calls: readonly CodeCall[];
  readonly flows: readonly CodeFlow[];
  readonly assignments: readonly CodeAssignment[];
  readonly routes: readonly Route[];
  readonly tools: readonly ToolHandler[];
  /** Top-level names after the module ran. */
  readonly names: ReadonlyMap<string, Value>;
  /** The analysis gave up before every function was entered. */
  readonly exhausted: boolean;
}

let standard: Knowledge | undefined;
const steps = 400_000;
const importSteps = 24_000;

/** Runs a module abstractly: its statements, then every function that nothing in it called. Total and deterministic. */
export function analyzeModule(module: CodeModule, loader: Loader, knowledge?: Knowledge, classify?: (name: string) => boolean): CodeAnalysis {
  const interpreter: Interpreter = {
    knowledge: knowledge ?? (standard ??= createKnowledge()), loader, module, classify,
    calls: [], flows: [], assignments: [], routes: [], tools: [], closures: [], classes: [], modules: new Map(),
    flow: startFlow,
    frame: { closure: undefined, node: undefined, within: [], entry: startFlow, returns: [], tool: undefined, loops: 0, jumps: [], route: undefined, hands: [] },
    scope: { vars: new Map(), parent: undefined, path: module.path, python: module.language === 'python' },
    budget: steps, imports: importSteps, inlined: 0, conditions: 0, muted: 0, shared: false,
    evaluate: (node) => evaluate(interpreter, node),
    execute: (body) => execute(interpreter, body),
    assign: (pattern, value, declares) => assign(interpreter, pattern, value, declares),
    enter: (closure, args, names) => enter(interpreter, closure, args, names),
    call: (node) => call(interpreter, node),
    invoke: (callee, args) => invoke(interpreter, callee, args),
    construct: (cls, args) => instanceOf(interpreter, cls, args),
    member: (object, property, node) => member(interpreter, object, property, node),
    runModule: (other) => runModule(interpreter, other, true),
  };
  interpreter.modules.set(module.path, undefined);
  const own = runModule(interpreter, module, false);
  interpreter.modules.set(module.path, own);
  interpreter.scope = own.scope;
  // Cells that were run out of order see what later cells left.
  if (/\.ipynb(?:::|$)/.test(module.path) && readsAhead(module)) {
    interpreter.flow = startFlow;
    interpreter.execute(module.body);
    interpreter.flow = startFlow;
  }
  const entered = new Set<Closure>();
  const blind = new Set<Closure>();
  const run = (closure: Closure): void => {
    if (entered.has(closure) || interpreter.budget <= 0) return;
    if (closure.wrapper && ranBy(closure, closure.wrapper)) return;
    entered.add(closure);
    if (closure.entry === undefined) blind.add(closure);
    interpreter.frame = { ...interpreter.frame, tool: toolHandlerOf(closure), route: routeOf(closure) };
    enterAsEntry(interpreter, closure);
    interpreter.frame = { ...interpreter.frame, tool: undefined, route: undefined };
  };
  /** Whether what a decorator has made of a function runs it: then it gets what the decorator lets through. */
  const ranBy = (closure: Closure, wrapper: Closure): boolean => {
    const before = closure.contexts.size;
    run(wrapper);
    return closure.contexts.size > before;
  };
  // Methods twice: what one method puts into a field, another may read.
  for (const cls of [...interpreter.classes]) if (cls.path === module.path) registerClass(interpreter, cls, run);
  registerToolObjects(interpreter);
  for (let at = 0; at < interpreter.closures.length && at < 5000; at++) {
    const closure = interpreter.closures[at]!;
    if (closure.path === module.path && !closure.node.shows && (closure.entered === 0 || closure.entry !== undefined || (closure.handed === true && (closure.typed !== undefined || exportedAs(interpreter, closure) !== undefined)))) run(closure);
  }
  show(interpreter, run);
  for (const closure of handlersElsewhere(interpreter)) run(closure);
  if (interpreter.shared) {
    const again = interpreter.closures.filter((one) => one.path === module.path && (entered.has(one) || one.beside === true));
    for (const closure of interpreter.closures) if (closure.path === module.path) closure.contexts.clear();
    for (const closure of again) entered.delete(closure);
    for (const closure of again) run(closure);
  }
  registerToolObjects(interpreter);
  // Functions that another one registered as a handler or tool after they had been run.
  for (const closure of blind) {
    if (closure.entry === undefined) continue;
    entered.delete(closure);
    run(closure);
  }
  for (const cls of interpreter.classes) {
    if (cls.path !== module.path || ![...(cls.shared?.fields?.values() ?? [])].some((one) => !one.fn && (one.taints.length > 0 || one.human))) continue;
    for (const one of cls.shared?.fields?.values() ?? []) {
      if (!one.fn || one.fn.owner !== cls || interpreter.budget <= 0) continue;
      one.fn.contexts.clear();
      entered.delete(one.fn);
      run(one.fn);
    }
  }
  runGraphs(interpreter);
  deliver(interpreter);
  return { module, calls: interpreter.calls, flows: interpreter.flows, assignments: interpreter.assignments, routes: interpreter.routes, tools: interpreter.tools, names: own.scope.vars, exhausted: interpreter.budget <= 0 };
}

/** Markup of components is run when all other functions have: it shows what they have left. What it hands to events is run after it. */
function show(interpreter: Interpreter, run: (closure: Closure) => void): void {
  const { path } = interpreter.module;
  const own = interpreter.closures.filter((one) => one.path === path && one.node.shows);
  if (own.length === 0) return;
  for (const closure of interpreter.closures) if (closure.path === path) closure.contexts.clear();
  const before = interpreter.closures.length;
  for (const closure of own) run(closure);
  for (let at = before; at < interpreter.closures.length && at < 5000; at++) {
    const closure = interpreter.closures[at]!;
    if (closure.path === path && closure.entered === 0) run(closure);
  }
  if (interpreter.closures.length === before) return;
  for (const closure of interpreter.closures) if (closure.path === path) closure.contexts.clear();
  for (const closure of own) enterAsEntry(interpreter, closure);
}
