import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { everyKind, kindSet } from './kinds.ts';
import { refersTo } from './mentions.ts';
import { data, named, params } from './parameters.ts';
import { schemaOfType, validated } from './schema.ts';
import { argumentAt } from './sinks.ts';
import { cleaned, noTaints, unknownValue, type Closure, type Value } from './value.ts';

/** Work that a queue or an orchestrator starts, with what somebody put into the queue or typed into its page. */
const tasks = /^(?:celery\.(?:Celery#(?:task|on_after_configure)|shared_task|app\.shared_task|decorators\.task)|dramatiq\.actor|huey\.\w*Huey#(?:task|db_task)|rq\.decorators\.job|prefect\.flow|flytekit\.workflow|metaflow\.step|dagster\.(?:op|asset))(?:\(\)|#)?$/;
/** What such data does harm to wherever it comes from; the files that a job is given are its trade. */
const harmful = everyKind & ~kindSet('shell', 'sql', 'code');

const given = (interpreter: Interpreter, closure: Closure, at: number, what?: string): Value => {
  const value = data(interpreter, 'queue.Message', closure, at, what);
  return { ...value, taints: cleaned(value.taints, harmful) };
};

/** The parameters of a task, where its decorator says that it is one. */
export function enterTask(interpreter: Interpreter, closure: Closure, decorator: string): void {
  if (!tasks.test(decorator) || closure.entry) return;
  // Where the module itself starts it, what it is given is seen there.
  if (closure.node.name !== undefined && refersTo(interpreter.module.body, closure.node.name)) return;
  const dagster = decorator.startsWith('dagster.');
  closure.entry = params(closure).map((param, at): Value => {
    const name = param.target.kind === 'name' ? param.target.name : '';
    if (dagster && name === 'context') return { taints: noTaints, fields: new Map([['op_config', given(interpreter, closure, at, 'the configuration of the run')]]), complete: false };
    if (dagster && name !== 'config' || name === 'self') return unknownValue;
    const schema = param.type ? schemaOfType(interpreter, param.type) : undefined;
    const value = given(interpreter, closure, at);
    return schema ? validated(schema, value, value.taints) : { taints: value.taints, ...(value.origin ? { origin: value.origin } : {}) };
  });
}

/** What Airflow tells a function about its run: `kwargs["dag_run"].conf`, `context["params"]`, `params`. */
export function runContext(interpreter: Interpreter, closure: Closure, at: number, name: string, whole: boolean): Value | undefined {
  const typedIn = (): Value => given(interpreter, closure, at, 'the configuration of the run');
  const run = (): Value => ({ taints: noTaints, fields: new Map([['conf', typedIn()]]), complete: false });
  if (whole || name === 'context') return { taints: noTaints, fields: new Map([['params', typedIn()], ['dag_run', run()]]), complete: false };
  return name === 'dag_run' ? run() : name === 'params' ? typedIn() : undefined;
}

const fields = /^(?:nicegui\.ui\.(?:input|textarea)|panel\.widgets\.(?:TextInput|TextAreaInput|AutocompleteInput)|flet\.(?:TextField|SearchBar|AutoComplete))(?:\(\)|#)?$/;

/** What is typed into a field of a page that Python draws: told to the listener that the field, or a binding of it, was given. */
export function enterListener(interpreter: Interpreter, call: CodeCall, name: string): void {
  if (/^nicegui\.ui\.(?:input|textarea)$/.test(name)) {
    const closure = argumentAt(call, 'on_change')?.value.fn;
    if (closure) closure.entry ??= [typed(interpreter, closure)];
  } else if (/^flet\.(?:TextField|SearchBar)$/.test(name)) {
    for (const key of ['on_change', 'on_submit']) {
      const closure = argumentAt(call, key)?.value.fn;
      if (closure) closure.entry ??= [{ taints: noTaints, fields: new Map([['data', data(interpreter, 'ipywidgets.Change', closure, 0, 'what is typed')], ['control', typed(interpreter, closure)]]), complete: false }];
    }
  } else if (/^panel\.(?:bind|depends|interact)$/.test(name)) {
    const closure = call.args[0]?.value.fn;
    if (closure) closure.entry ??= params(closure).map((param, at) => {
      const widget = (param.target.kind === 'name' ? argumentAt(call, param.target.name) : undefined) ?? call.args.filter((one) => one.name === undefined)[at + 1];
      return fields.test(widget?.value.name ?? '') ? data(interpreter, 'ipywidgets.Change', closure, at, 'what is typed') : unknownValue;
    });
  }
}

function typed(interpreter: Interpreter, closure: Closure): Value {
  return { taints: noTaints, fields: new Map([['value', data(interpreter, 'ipywidgets.Change', closure, 0, 'what is typed')]]), complete: false };
}

/** A handler of connections: `await asyncio.start_server(handle, host, port)`. */
export function enterConnection(call: CodeCall, name: string): void {
  if (!/^asyncio\.(?:start_server|start_unix_server)$/.test(name)) return;
  const closure = call.args[0]?.value.fn;
  if (closure) closure.entry ??= [named('asyncio.StreamReader'), unknownValue];
}
