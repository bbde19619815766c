import type { Expression, Statement, SwitchCase } from '../../model/code-tree.ts';
import { branch, iterated, joinVars, settle, type Arm, type Vars } from './branches.ts';
import { emptyName, withEmpty } from './empty-names.ts';
import { assume, joinFlows, type Flow, type Interpreter } from './interpreter.ts';
import { declareClass, declareFunction } from './functions.ts';
import { declareImport } from './modules.ts';
import { noTaints, unknownValue, type Value } from './value.ts';
import { factsOf, equalityProofs } from './conditions.ts';
import { sinkReturned } from './written-sinks.ts';

/** Whether it is looked at whether a person can be asked at all: `if (host.requestApproval) { … }`. */
function offersToAsk(test: Expression): boolean {
  const name = test.kind === 'member' ? test.property : test.kind === 'name' ? test.name : '';
  return /^(?:request|ask|seek)_?\w*(?:approval|confirmation|permission|consent)$/i.test(name);
}

/** Binds functions, classes and imports of a block before it runs. */
function hoist(interpreter: Interpreter, body: readonly Statement[]): void {
  for (const statement of body) {
    if (statement.kind === 'import') declareImport(interpreter, statement);
    else if (statement.kind === 'type') (interpreter.scope.types ??= new Map()).set(statement.name, statement.type);
    else if (statement.kind === 'function') {
      if (statement.value.name !== undefined && statement.value.decorators.length === 0) interpreter.scope.vars.set(statement.value.name, declareFunction(interpreter, statement.value));
    } else if (statement.kind === 'class' && statement.value.name !== undefined && statement.value.decorators.length === 0 && !statement.value.body) interpreter.scope.vars.set(statement.value.name, declareClass(interpreter, statement.value));
  }
}

export function execute(interpreter: Interpreter, body: readonly Statement[]): void {
  hoist(interpreter, body);
  for (const statement of body) {
    if (interpreter.flow.dead) return;
    run(interpreter, statement);
  }
}

function run(interpreter: Interpreter, statement: Statement): void {
  const { evaluate } = interpreter;
  switch (statement.kind) {
    case 'expression': evaluate(statement.value); return;
    case 'function':
      if (statement.value.name !== undefined && statement.value.decorators.length > 0) interpreter.scope.vars.set(statement.value.name, declareFunction(interpreter, statement.value));
      return;
    case 'class':
      // A class body with statements of its own runs where it stands.
      if (statement.value.name !== undefined && (statement.value.decorators.length > 0 || statement.value.body)) interpreter.scope.vars.set(statement.value.name, declareClass(interpreter, statement.value));
      return;
    case 'return': {
      const value = statement.value ? evaluate(statement.value) : unknownValue;
      if (statement.value) sinkReturned(interpreter, statement.value, value);
      interpreter.frame.returns.push({ value, flow: interpreter.flow });
      interpreter.flow = { ...interpreter.flow, dead: true };
      return;
    }
    case 'throw':
      if (statement.value) evaluate(statement.value);
      interpreter.flow = { ...interpreter.flow, dead: true };
      return;
    case 'jump':
      interpreter.frame.jumps.at(-1)?.push({ vars: interpreter.scope.vars, flow: interpreter.flow, leaves: statement.type === 'break' });
      interpreter.flow = { ...interpreter.flow, dead: true };
      return;
    case 'if': {
      const test = evaluate(statement.test);
      const facts = factsOf(test);
      branch(interpreter, [
        { proofs: facts.whenTrue, run: () => withEmpty(interpreter, emptyName(statement.test, true), () => execute(interpreter, statement.then)) },
        { proofs: offersToAsk(statement.test) ? [...facts.whenFalse, { root: undefined, kinds: 0 }] : facts.whenFalse, run: () => withEmpty(interpreter, emptyName(statement.test, false), () => execute(interpreter, statement.otherwise)) },
      ]);
      return;
    }
    case 'loop': loop(interpreter, statement); return;
    case 'switch': {
      const value = evaluate(statement.value);
      branch(interpreter, arms(interpreter, statement.cases, value));
      return;
    }
    case 'try': {
      const before = new Map(interpreter.scope.vars);
      const start = interpreter.flow;
      interpreter.conditions++;
      execute(interpreter, statement.body);
      const ends: { vars: Vars; flow: Flow }[] = [{ vars: interpreter.scope.vars, flow: interpreter.flow }];
      const thrown = joinVars(before, interpreter.scope.vars);
      for (const handler of statement.handlers) {
        interpreter.scope.vars = new Map(thrown);
        interpreter.flow = start;
        if (handler.name !== undefined) interpreter.scope.vars.set(handler.name, unknownValue);
        execute(interpreter, handler.body);
        ends.push({ vars: interpreter.scope.vars, flow: interpreter.flow });
      }
      interpreter.conditions--;
      settle(interpreter, ends);
      if (statement.final.length > 0) {
        const { dead } = interpreter.flow;
        interpreter.flow = { ...interpreter.flow, dead: false };
        execute(interpreter, statement.final);
        if (dead) interpreter.flow = { ...interpreter.flow, dead };
      }
      return;
    }
    case 'with':
      for (const { value, target } of statement.items) {
        const made = evaluate(value);
        const given = entered(interpreter, made, value);
        if (target) interpreter.assign(target, given, true);
      }
      execute(interpreter, statement.body);
      return;
    case 'block': execute(interpreter, statement.body); return;
    case 'assert': interpreter.flow = assume(interpreter.flow, factsOf(evaluate(statement.test)).whenTrue); return;
    case 'delete': for (const target of statement.targets) evaluate(target); return;
    case 'global': for (const name of statement.names) (interpreter.scope.shared ??= new Set()).add(name); return;
    case 'import': case 'type': return;
    case 'export': if (statement.value) interpreter.scope.vars.set('export default', evaluate(statement.value)); return;
    default: statement satisfies never;
  }
}

/** What `with` binds: what `__enter__` returns, or what a generator that was made a context manager yields. */
function entered(interpreter: Interpreter, made: Value, node: Expression): Value {
  if (made.instance) {
    for (const name of ['__enter__', '__aenter__']) {
      const { fn } = interpreter.member(made, name, node);
      if (fn) return interpreter.enter(fn, []).value;
    }
  }
  return made.name === undefined && !made.instance && made.element && !made.items && !made.fields ? { ...made.element } : made;
}

function arms(interpreter: Interpreter, cases: readonly SwitchCase[], value: Value): readonly Arm[] {
  const out: Arm[] = cases.map((one, at): Arm => ({
    proofs: one.tests && one.tests.length > 0 ? equalityProofs(value) : [],
    run: () => {
      for (const test of one.tests ?? []) interpreter.evaluate(test);
      if (one.guard) interpreter.flow = assume(interpreter.flow, factsOf(interpreter.evaluate(one.guard)).whenTrue);
      execute(interpreter, one.body);
      for (let next = at; cases[next]?.falls && cases[next + 1] && next < at + 4 && !interpreter.flow.dead; next++) execute(interpreter, cases[next + 1]!.body);
    },
  }));
  if (!cases.some((one) => one.tests === undefined)) out.push({ proofs: [], run: () => undefined });
  return out;
}

function loop(interpreter: Interpreter, statement: Extract<Statement, { kind: 'loop' }>): void {
  const { frame } = interpreter;
  if (statement.before.length > 0) execute(interpreter, statement.before);
  const iterable = statement.iterable ? interpreter.evaluate(statement.iterable) : undefined;
  const before = interpreter.scope.vars;
  const start = interpreter.flow;
  const test = statement.test ? interpreter.evaluate(statement.test) : undefined;
  const once = (item?: Value): void => {
    if (statement.target) interpreter.assign(statement.target, item ?? (iterable ? (statement.keys ? unknownValue : iterated(interpreter, iterable, statement)) : unknownValue), true);
    interpreter.flow = assume(interpreter.flow, test ? factsOf(test).whenTrue : []);
    execute(interpreter, statement.body);
    if (interpreter.flow.dead) interpreter.flow = start;
    for (const update of statement.update) interpreter.evaluate(update);
  };
  const jumps: (typeof frame.jumps)[number] = [];
  frame.jumps.push(jumps);
  frame.loops++;
  interpreter.conditions++;
  interpreter.scope.vars = new Map(before);
  // What a table says of one function is not said of another.
  const table = statement.keys || frame.loops > 1 ? undefined : tableOf(iterable);
  for (const item of table ?? []) once(item);
  if (!table) once();
  if (frame.loops <= 2 && gained(before, interpreter.scope.vars)) {
    interpreter.scope.vars = joinVars(before, interpreter.scope.vars);
    interpreter.flow = start;
    once();
  }
  interpreter.conditions--;
  frame.loops--;
  frame.jumps.pop();
  interpreter.scope.vars = jumps.reduce((all, one) => joinVars(all, one.vars), joinVars(before, interpreter.scope.vars));
  const endless = statement.test?.kind === 'literal' && statement.test.value === true && !leaves(statement.body);
  interpreter.flow = { ...(test ? assume(start, factsOf(test).whenFalse) : start), dead: endless };
  if (statement.otherwise.length === 0) return;
  execute(interpreter, statement.otherwise);
  // Who leaves the loop early does not come by what stands under `else`.
  for (const one of jumps) if (one.leaves) interpreter.flow = joinFlows(interpreter.flow, one.flow);
}

const mostUnrolled = 12;
/** The entries of a list that describes functions, where all of it is known. */
function tableOf(list: Value | undefined): readonly Value[] | undefined {
  const { items } = list ?? unknownValue;
  if (!items || items.length < 2 || items.length > mostUnrolled || list!.complete === false || list!.taints.length > 0) return undefined;
  const describes = ({ fields, items: pair, fn }: Value): boolean => fn !== undefined || (fields !== undefined && [...fields.values()].some((one) => one.fn)) || (pair?.some((one) => one.fn !== undefined || [...one.fields?.values() ?? []].some((each) => each.fn)) ?? false);
  return items.every(describes) ? items : undefined;
}

/** A break anywhere in the body, nested loops aside. */
function leaves(body: readonly Statement[]): boolean {
  return body.some((one) => {
    switch (one.kind) {
      case 'jump': return one.type === 'break';
      case 'if': return leaves(one.then) || leaves(one.otherwise);
      case 'block': case 'with': return leaves(one.body);
      case 'try': return leaves(one.body) || leaves(one.final) || one.handlers.some((handler) => leaves(handler.body));
      case 'switch': return one.cases.some((each) => leaves(each.body));
      case 'loop': return leaves(one.otherwise);
      default: return false;
    }
  });
}

function gained(before: Vars, after: Vars): boolean {
  for (const [name, value] of after) {
    const old = before.get(name);
    if (old !== value && value.taints !== noTaints && value.taints.length > (old?.taints.length ?? 0)) return true;
  }
  return false;
}
