import type { TypeNode } from '../../model/code-tree.ts';
import { lookUp, type Interpreter } from './interpreter.ts';
import { canonicalName } from './names.ts';
import { join, noTaints, unknownValue, type Value } from './value.ts';

const globals = new Set(['Request', 'Response', 'FormData', 'URLSearchParams', 'MessageEvent', 'URL', 'WebSocket', 'HTMLElement', 'Element', 'Document', 'Window']);
const wrappers = new Set(['Promise', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'Optional', 'Annotated', 'typing.Optional', 'typing.Annotated', 'Awaitable', 'Coroutine', 'ClassVar', 'Final', 'InstanceType']);
const lists = new Set(['Array', 'ReadonlyArray', 'list', 'List', 'Sequence', 'Iterable', 'AsyncIterable', 'set', 'Set', 'tuple', 'Tuple', 'AsyncGenerator', 'Generator', 'Iterator', 'AsyncIterator', 'ReadonlySet']);
const scalars = new Set(['number', 'boolean', 'bigint', 'int', 'float', 'bool', 'null', 'undefined', 'void', 'None', 'Date', 'datetime', 'date', 'Decimal']);

/** A value of a declared type: an instance of the class that is meant. */
export function typed(interpreter: Interpreter, type: TypeNode | undefined, depth = 0): Value {
  if (!type || depth > 4 || type.name === '') return unknownValue;
  const [first] = type.args;
  if (scalars.has(type.name)) return { taints: noTaints, scalar: true };
  if (wrappers.has(type.name)) return typed(interpreter, first, depth + 1);
  if (lists.has(type.name)) {
    const element = typed(interpreter, first, depth + 1);
    return element === unknownValue ? unknownValue : { taints: noTaints, element };
  }
  if (type.name === '|' || type.name === '&') {
    let out: Value | undefined;
    for (const one of type.args) {
      if (scalars.has(one.name) || one.name === 'literal') continue;
      const value = typed(interpreter, one, depth + 1);
      if (value !== unknownValue) out = out ? join(out, value) : value;
    }
    return out ?? unknownValue;
  }
  if (type.members) {
    const fields = new Map<string, Value>();
    for (const [name, one] of type.members) {
      const value = typed(interpreter, one, depth + 1);
      if (value !== unknownValue) fields.set(name, value);
    }
    return fields.size > 0 ? { taints: noTaints, fields, complete: false } : unknownValue;
  }
  const [head, ...rest] = type.name.split('.');
  const found = lookUp(interpreter.scope, head!)?.value;
  if (found?.cls && rest.length === 0) return interpreter.construct(found.cls);
  if (found?.name !== undefined) {
    const name = canonicalName([found.name, ...rest].join('.'));
    return { taints: noTaints, name: `${interpreter.knowledge.returned(name)?.replace(/#$/, '') ?? name}#` };
  }
  if (!found && globals.has(type.name)) return { taints: noTaints, name: `${type.name}#` };
  if (!found && (head === 'Express' || type.name.includes('.'))) return { taints: noTaints, name: `${type.name}#` };
  return unknownValue;
}
