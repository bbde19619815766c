import type { Call } from '../../model/code-tree.ts';
import type { CodeArgument } from './events.ts';
import { current, origin, type Interpreter } from './interpreter.ts';
import { noTaints, taintsIn, unknownValue, type Facts, type Taint, type Value } from './value.ts';

/** A call as the library models see it. */
export interface LibraryCall {
  readonly interpreter: Interpreter;
  readonly node: Call;
  readonly name: string | undefined;
  /** Last name of the callee: the method or function. */
  readonly method: string;
  readonly receiver: Value | undefined;
  readonly args: readonly CodeArgument[];
}

/** A positional argument. */
export const at = (call: LibraryCall, position: number): Value => call.args.filter((one) => one.name === undefined)[position]?.value ?? unknownValue;
export const keyword = (call: LibraryCall, name: string): Value | undefined => call.args.find((one) => one.name === name)?.value;
/** A value made by the call. */
export const here = (call: LibraryCall, taints: readonly Taint[], more: Partial<Value> = {}): Value => ({ taints, origin: origin(call.interpreter, call.node), ...more });
/** Taints of a value that still harm. */
export const live = (call: LibraryCall, value: Value, deep = 4): readonly Taint[] => current(call.interpreter, taintsIn(value, deep));
/** The result of a test. */
export const test = (facts: Facts, more: Partial<Value> = {}): Value => ({ taints: noTaints, scalar: true, facts, ...more });

