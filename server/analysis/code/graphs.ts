import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { sourced } from './sources.ts';
import { join, noTaints, unknownValue, type Closure, type Value } from './value.ts';

const graphs = new WeakMap<object, { state: Value; closures: Closure[] }>();

/** A function that is a node of a graph. */
export function registerNode(interpreter: Interpreter, call: CodeCall): void {
  const node = call.args.find((one) => one.value.fn)?.value;
  if (!node) return;
  let graph = graphs.get(interpreter);
  if (!graph) graphs.set(interpreter, (graph = { state: { taints: noTaints, fields: new Map(), complete: false, depth: 0 }, closures: [] }));
  // A loop over a table of nodes registers each of them.
  for (const closure of [node.fn!, ...(node.others ?? []).flatMap((one) => one.fn ?? [])]) {
    if (graph.closures.includes(closure)) continue;
    graph.closures.push(closure);
    closure.entry ??= [graph.state];
  }
}

/** Nodes of a graph pass a state: what one returns the others read. */
export function runGraphs(interpreter: Interpreter): void {
  const graph = graphs.get(interpreter);
  if (!graph) return;
  for (let round = 0; round < 2; round++) {
    for (const closure of graph.closures) {
      const { value } = interpreter.enter(closure, [graph.state]);
      for (const [key, one] of value.fields ?? []) {
        const old = graph.state.fields!.get(key);
        graph.state.fields!.set(key, old ? join(old, one) : one);
      }
    }
  }
}

/** Each step of a chain gets what the one before gave. */
export function runSequence(interpreter: Interpreter, steps: readonly Value[], node: { start: number; end: number }): void {
  let value: Value = unknownValue;
  for (const one of steps) {
    if (/^langchain\.(?:ChatModel|Agent)#/.test(one.name ?? '')) value = sourced(interpreter, 'model', 'langchain.Runnable#', node, 'the model’s answer');
    const fn = one.fn ? one : one.fields?.get('func') ?? (one.element?.fn ? one.element : undefined);
    if (fn?.fn) value = interpreter.invoke(fn, [value]);
  }
}

