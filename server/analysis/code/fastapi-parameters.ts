import type { Parameter } from '../../model/code-tree.ts';
import { lookUpDotted, type Interpreter } from './interpreter.ts';
import { constraintOf, params, pythonParameter } from './parameters.ts';
import { schemaOfType } from './schema.ts';
import { typed } from './types.ts';
import { noTaints, unknownValue, type ClassValue, type Closure, type Value } from './value.ts';

/** Dependencies of dependencies. */
const deepest = 4;

/** What FastAPI gives a parameter: dependencies are run, requests are objects, everything else is data checked against its annotation. */
export function fastapiParameter(interpreter: Interpreter, closure: Closure, param: Parameter, at: number, guards: Value[], depth = 0): Value {
  const alias = param.type && lookUpDotted(interpreter.scope, param.type.name);
  const [aliased, ...further] = alias?.name === 'typing.Annotated[]' ? alias.items ?? [] : [];
  const declared = aliased ? (aliased.cls ? interpreter.construct(aliased.cls) : unknownValue) : typed(interpreter, param.type);
  if (declared.name === 'starlette.UploadFile#') return declared;
  const annotated = aliased ? further : param.type?.name.endsWith('Annotated') ? param.type.args.slice(1).flatMap((one) => (one.expression ? [interpreter.evaluate(one.expression)] : [])) : [];
  const fallback = param.fallback ? interpreter.evaluate(param.fallback) : undefined;
  const dependency = [...annotated, ...(fallback ? [fallback] : [])].find((one) => /(?:^|\.)(?:Depends|Security)(?:\(\)|#)$/.test(one.name ?? ''));
  if (dependency) {
    if (depth === 0) guards.push(dependency);
    const target = dependency.call?.args[0]?.value;
    if (depth >= deepest) return declared;
    if (target?.fn && target.fn !== closure) {
      entryOf(interpreter, target.fn, depth + 1);
      const given = interpreter.enter(target.fn, (target.fn.entry ?? []).map((one) => one ?? unknownValue)).value;
      // What it gives is not known: its annotation says.
      return declared.instance && !given.instance && !given.fields && given.taints.length === 0 ? declared : given;
    }
    // `paging: Paging = Depends()` makes an object of what was sent under the names of its parameters.
    const cls = target?.cls ?? (target ? undefined : declared.instance);
    return cls ? objectOf(interpreter, cls, closure, at, depth + 1) ?? declared : declared;
  }
  if (declared.name !== undefined && /^(?:starlette|fastapi)\.(?:Request|WebSocket|BackgroundTasks|Response)#/.test(declared.name)) return declared;
  const constrained = [...annotated, ...(fallback ? [fallback] : [])].reduce((kinds, one) => kinds | constraintOf(one), 0);
  const schema = param.type ? schemaOfType(interpreter, param.type) : undefined;
  return pythonParameter(interpreter, closure, at, 'fastapi.Param', { ...(schema ?? { clean: 0 }), clean: (schema?.clean ?? 0) | constrained });
}

/** A dependency's parameters come from the request as well. */
function entryOf(interpreter: Interpreter, closure: Closure, depth: number): void {
  if (closure.entry) return;
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  closure.entry = params(closure).map((param, at) => {
    const declared = typed(interpreter, param.type);
    const plain = declared.name === undefined && !declared.instance;
    return plain || param.fallback || param.type?.name.endsWith('Annotated') ? fastapiParameter(interpreter, closure, param, at, [], depth) : declared;
  });
  interpreter.scope = saved;
}

function objectOf(interpreter: Interpreter, cls: ClassValue, closure: Closure, at: number, depth: number): Value | undefined {
  const shared = interpreter.construct(cls);
  const constructor = interpreter.member(shared, '__init__', closure.node).fn;
  if (!constructor) return cls.schema ? pythonParameter(interpreter, closure, at, 'fastapi.Param', cls.schema) : undefined;
  entryOf(interpreter, constructor, depth);
  const node = closure.node;
  return interpreter.construct(cls, (constructor.entry ?? []).map((one) => {
    const value = one ?? unknownValue;
    return { value: value === unknownValue ? { taints: noTaints } : value, node: { kind: 'name', name: '', start: node.start, end: node.start }, origin: { path: closure.path, range: { start: node.start, end: node.start } } };
  }));
}
