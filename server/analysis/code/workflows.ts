import type { Interpreter } from './interpreter.ts';
import { params } from './parameters.ts';
import { join, unknownValue, type ClassValue, type Closure, type Value } from './value.ts';

/** Classes whose steps hand events to each other: LlamaIndex workflows, and message handlers of AutoGen's core. */
const bases = /^(?:llamaindex\.Workflow|autogen_core\.RoutedAgent)$/;
const stepDecorator = /^(?:llamaindex\.step|autogen_core\.(?:message_handler|event|rpc))(?:\(\))?$/;

/** Methods of a flow of CrewAI: what one gives, those that listen to it take. */
function runFlow(interpreter: Interpreter, cls: ClassValue): void {
  const instance = interpreter.construct(cls);
  for (const { method, name } of cls.node.members) {
    const closure = method ? interpreter.member(instance, name, method).fn : undefined;
    if (!method || !closure) continue;
    for (const decorator of method.decorators) {
      const { name: written, call } = interpreter.evaluate(decorator);
      const heard = call?.args[0];
      if (!/^crewai\.flow(?:\.flow)?\.(?:listen|router)\(\)$/.test(written ?? '') || !heard) continue;
      const source = heard.value.fn?.node.name ?? (heard.node.kind === 'name' ? heard.node.name : heard.value.constant);
      const speaker = typeof source === 'string' ? interpreter.member(instance, source, method) : unknownValue;
      if (speaker.fn) interpreter.enter(closure, [interpreter.enter(speaker.fn, []).value]);
    }
  }
}

/** What one step returns is given to the steps that are annotated to take it. */
export function runWorkflow(interpreter: Interpreter, cls: ClassValue): void {
  if (cls.bases.some((base) => /^crewai\.flow(?:\.flow)?\.Flow(?:\[\])?$/.test(base.name ?? ''))) runFlow(interpreter, cls);
  if (!cls.bases.some((base) => bases.test(base.name ?? ''))) return;
  const instance = interpreter.construct(cls);
  const steps = cls.node.members.flatMap(({ method, name }): Closure[] => {
    const closure = method?.decorators.some((one) => stepDecorator.test(interpreter.evaluate(one).name ?? '')) ? interpreter.member(instance, name, method).fn : undefined;
    return closure ? [closure] : [];
  });
  for (let round = 0; round < 2; round++) {
    const events = new Map<string, Value>();
    for (const closure of steps) {
      const { value } = interpreter.enter(closure, closure.entry?.map((one) => one ?? unknownValue) ?? []);
      for (const one of [value, ...(value.others ?? [])]) {
        const type = one.instance?.node.name;
        if (type === undefined) continue;
        const before = events.get(type);
        events.set(type, before ? join(before, one) : one);
      }
    }
    for (const closure of steps) {
      const entry = params(closure).map(({ type }) => [type, ...(type?.args ?? [])].flatMap((one) => (one ? events.get(one.name) ?? [] : []))[0]);
      if (entry.some((one) => one !== undefined)) { closure.entry = entry; closure.contexts.clear(); }
    }
  }
  for (const closure of steps) if (closure.entry) interpreter.enter(closure, closure.entry.map((one) => one ?? unknownValue));
}
