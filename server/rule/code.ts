/**
 * What rules ask of code. A `call` check gets each call by its qualified name; arguments are values: constants are resolved
 * through variables, imports and other files, objects have fields, `new X()` is an instance `module.X#`.
 *
 *     option(call, 'verify')           keyword argument, or property of an object argument; `a.b` looks inside
 *     option(call, 0)                  positional argument
 *     constantOf(option(call, 'x'))    its constant, or undefined when it is not known
 *     call.receiver                    what the method was called on; its `call` is the call that made it
 *     value.name                       `aws-cdk-lib/aws-s3.BucketEncryption.KMS` for enumerations and other named things
 */
export { argumentAt, hostTaints, isGraphQL, shortName } from '../analysis/code/sinks.ts';
export { expand } from '../analysis/code/knowledge.ts';
export type { CodeAnalysis } from '../analysis/code/analyze.ts';
export type { CodeArgument, CodeAssignment, CodeCall, CodeFlow, Route, ToolHandler } from '../analysis/code/events.ts';
export type { Label, SinkKind } from '../analysis/code/kinds.ts';
export type { SinkSpec } from '../analysis/code/tables/sinks.ts';
export { elementOf, taintsIn, type Taint, type Value } from '../analysis/code/value.ts';
export type { Call, ClassNode, CodeModule, Expression, FunctionNode, Statement } from '../model/code.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import type { CodeArgument, CodeCall } from '../analysis/code/events.ts';
import type { Value } from '../analysis/code/value.ts';

/** An argument by position, keyword, or option of an object argument. */
export function option(call: CodeCall, place: number | string): CodeArgument | undefined {
  return argumentAt(call, place);
}

export function constantOf(argument: CodeArgument | Value | undefined): string | number | boolean | null | undefined {
  if (!argument) return undefined;
  return 'value' in argument ? argument.value.constant : argument.constant;
}

/** Whether an option may be given in a way that is not seen: spread arguments, objects that are not known in full. */
export function mayHaveMore(call: CodeCall): boolean {
  return call.args.some((one) => (one.spread === 'map' && (one.value.complete !== true || !one.value.fields)) || (one.value.fields !== undefined && one.value.complete === false) || one.spread === 'list');
}
