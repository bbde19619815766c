import type { Interpreter } from './interpreter.ts';
import { data, params } from './parameters.ts';
import { jsonSchema, validated } from './schema.ts';
import { addTool, executeKeys, pythonTool } from './tools.ts';
import { unknownValue, type Closure, type Schema, type Value } from './value.ts';

const schemaKeys = ['parameters', 'inputSchema', 'input_schema', 'schema', 'argsSchema', 'args_schema'];
/** What handlers of requests and of other events call what they are given. */
const handed = /^_?(?:req|request|res|response|ctx|context|event|interaction|message|msg|c|e|evt|argv|payload)$/i;

const waiting = new WeakMap<Interpreter, { readonly object: Value; readonly closure: Closure; readonly schema: Schema }[]>();

/** Remembers an object that tells a model of a function: a name or description, a schema of its arguments, and the function. */
export function noteToolObject(interpreter: Interpreter, object: Value): void {
  const { fields } = object;
  if (!fields?.has('description') || interpreter.muted > 0) return;
  const fn = executeKeys.map((key) => fields.get(key)?.fn).find((one) => one !== undefined);
  if (!fn || fn.path !== interpreter.module.path) return;
  const written = schemaKeys.map((key) => fields.get(key)).find((one) => one !== undefined);
  const schema = written && (written.schema ?? written.cls?.schema ?? jsonSchema(written));
  const first = params(fn)[0]?.target;
  if (!schema || (first?.kind === 'name' && handed.test(first.name))) return;
  const list = waiting.get(interpreter);
  if (list) list.push({ object, closure: fn, schema });
  else waiting.set(interpreter, [{ object, closure: fn, schema }]);
}

/** Makes tools of those that no library was given; a library says more of them. */
export function registerToolObjects(interpreter: Interpreter): void {
  for (const { object, closure, schema } of waiting.get(interpreter)?.splice(0) ?? []) {
    if (closure.entry !== undefined) continue;
    if (closure.scope.python) closure.entry = pythonTool(interpreter, closure, schema);
    else closure.entry = [validated(schema, unknownValue, data(interpreter, 'tool.Argument', closure, 0, 'the model’s argument').taints)];
    const text = (key: string): string | undefined => { const one = object.fields!.get(key)?.constant; return typeof one === 'string' ? one : undefined; };
    addTool(interpreter, { closure, name: text('name') ?? closure.node.name, description: text('description'), approval: false, origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, framework: 'tool' });
  }
}
