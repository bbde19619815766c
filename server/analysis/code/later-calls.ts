import type { CodeArgument, CodeCall } from './events.ts';
import { written, type Interpreter } from './interpreter.ts';
import { noTaints, unknownValue } from './value.ts';

/** Arguments that are not seen here. */
export function further({ node, origin: at }: CodeArgument): CodeArgument {
  return { value: unknownValue, node, origin: at, spread: 'map' };
}

/** `partial(torch.load, weights_only=False)` is a call to come, with more arguments than these. */
export function foretold(interpreter: Interpreter, record: CodeCall): void {
  const [first, ...rest] = record.args;
  if (!first || first.value.fn || first.value.name === undefined || first.value.name.endsWith('#')) return;
  interpreter.calls.push({ ...record, name: first.value.name, written: written(first.node), callee: first.origin, args: [...rest, further(first)], receiver: undefined, result: unknownValue });
}

/** Methods that have a thread call what they are given. */
const threads: ReadonlySet<string> = new Set(['to_thread', 'run_sync', 'run_in_threadpool', 'run_in_executor', 'submit']);

/** A function of a library that a thread is to call with the arguments behind it: `asyncio.to_thread(subprocess.run, command, shell=True)`. */
export function handedOn(record: CodeCall): CodeCall | undefined {
  const { node: { callee } } = record;
  const method = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if (!threads.has(method)) return undefined;
  const [target, ...rest] = record.args.slice(method === 'run_in_executor' ? 1 : 0);
  const name = target?.value.name;
  if (!target || target.name !== undefined || name === undefined || target.value.fn || name.endsWith('#') || name.endsWith(')')) return undefined;
  return { ...record, name, written: written(target.node), callee: target.origin, args: rest, receiver: undefined, isNew: false, result: { taints: noTaints } };
}
