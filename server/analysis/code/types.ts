import type { TypeNode } from '../../model/code-tree.ts';
import { lookUp, lookUpDotted, type Interpreter } from './interpreter.ts';
import { canonicalName } from './names.ts';
import { declaredMember } from './sensitive.ts';
import { join, noTaints, unknownValue, type DeclaredType, type Scope, type Value } from './value.ts';

const globals = new Set(['Request', 'Response', 'File', 'Blob', 'FileReader', 'Ai', 'FormData', 'URLSearchParams', 'MessageEvent', 'URL', 'WebSocket', 'HTMLElement', 'Element', 'Document', 'Window']);
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
      const value = declaredMember(interpreter, typed(interpreter, one, depth + 1), name, one);
      if (value !== unknownValue) fields.set(name, value);
    }
    return fields.size > 0 ? { taints: noTaints, fields, complete: false } : unknownValue;
  }
  if (type.name.startsWith('typeof ')) {
    const value = lookUp(interpreter.scope, type.name.slice(7))?.value;
    return value?.cls ? interpreter.construct(value.cls) : value?.name !== undefined ? { taints: noTaints, name: value.name } : unknownValue;
  }
  if (type.name === 'ReturnType' && first?.name.startsWith('typeof ')) {
    const name = lookUp(interpreter.scope, first.name.slice(7))?.value.name;
    return name === undefined ? unknownValue : { taints: noTaints, name: interpreter.knowledge.returned(name) ?? `${name}()` };
  }
  const [head, ...rest] = type.name.split('.');
  const found = lookUp(interpreter.scope, head!)?.value;
  const cls = rest.length === 0 ? found?.cls : found?.fields && lookUpDotted(interpreter.scope, type.name)?.cls;
  if (cls) return interpreter.construct(cls);
  if (found?.name !== undefined) {
    const name = canonicalName([found.name, ...rest].join('.'));
    return { taints: noTaints, name: `${interpreter.knowledge.returned(name)?.replace(/#$/, '') ?? name}#` };
  }
  const declared = rest.length === 0 && !found?.fn ? declaredType(interpreter.scope, head!) : undefined;
  if (declared) return implementing(interpreter, head!, declared) ?? valueOfDeclared(interpreter, declared, depth);
  if (!found && globals.has(type.name)) return { taints: noTaints, name: `${type.name}#` };
  if (!found && (head === 'Express' || type.name.includes('.'))) return { taints: noTaints, name: `${type.name}#` };
  return unknownValue;
}

const mostImplementing = 4;

/** An object behind an interface: one of each class that was met and says that it implements it. */
function implementing(interpreter: Interpreter, name: string, declared: DeclaredType): Value | undefined {
  const own = interpreter.classes.filter((one) => one.node.interfaces?.includes(name) === true && (one.path === declared.scope.path || declaredType(one.scope, name)?.type === declared.type));
  return own.length === 0 || own.length > mostImplementing ? undefined : own.map((one) => interpreter.construct(one)).reduce((all, one) => join(all, one));
}

/** A type of the workspace by its name: declared here or further out, or where it was imported from. */
function declaredType(scope: Scope | undefined, name: string): DeclaredType | undefined {
  for (let at = scope; at; at = at.parent) {
    const type = at.types?.get(name);
    if (type) return { type, scope: at };
    const imported = at.typeLazies?.get(name)?.();
    if (imported) return imported;
  }
  return undefined;
}

/** Declared types of which nothing is known; large interfaces of SDKs stand at many parameters. */
const plain = new WeakMap<Interpreter, Set<TypeNode>>();

function valueOfDeclared(interpreter: Interpreter, { type, scope }: DeclaredType, depth: number): Value {
  let known = plain.get(interpreter);
  if (!known) plain.set(interpreter, (known = new Set()));
  if (known.has(type)) return unknownValue;
  const saved = interpreter.scope;
  interpreter.scope = scope;
  const value = typed(interpreter, type, depth + 1);
  interpreter.scope = saved;
  // Cut short by its depth, it may be more than nothing elsewhere.
  if (value === unknownValue && depth <= 1) known.add(type);
  return value;
}
