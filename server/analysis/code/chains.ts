import type { CodeArgument, CodeCall } from './events.ts';
import { runSequence } from './graphs.ts';
import { origin, type Interpreter } from './interpreter.ts';
import { argumentAt, sink } from './sinks.ts';
import { sourced } from './sources.ts';
import { taintsIn, type Value } from './value.ts';

/** Steps that are tied together: `prompt | model | parser`, `prompt.pipe(model)`. */
const steps = /^langchain\.(?:ChatModel|Runnable|ChatPromptTemplate|PromptTemplate|StrOutputParser|StringOutputParser|Agent|RunnableLambda|RunnableSequence|RunnableParallel|JsonOutputParser|PydanticOutputParser|StructuredOutputParser|RunnablePassthrough|Retriever)\b/;

export function isStep(value: Value): boolean {
  return value.name !== undefined && steps.test(value.name);
}

/** Two steps, or chains of them, as one chain. */
export function chainOf(interpreter: Interpreter, left: Value, right: Value, node: { start: number; end: number }): Value {
  const items = [...(left.name === 'langchain.Runnable#' ? left.items ?? [left] : [left]), ...(right.name === 'langchain.Runnable#' ? right.items ?? [right] : [right])];
  given(interpreter, items, node);
  if (right.fn || right.name === 'langchain.RunnableLambda#') runSequence(interpreter, items, node);
  return { taints: [], name: 'langchain.Runnable#', items, complete: true, origin: origin(interpreter, node) };
}

/** Steps that are given as a list. */
export function sequenceOf(interpreter: Interpreter, items: readonly Value[], node: { start: number; end: number }): void {
  given(interpreter, items, node);
  runSequence(interpreter, items, node);
}

interface Variable {
  readonly name: string;
  readonly argument: CodeArgument;
}

/** Variables in the instructions of a prompt template: `("system", "Follow {context}")`. */
function instructed(prompt: Value): readonly Variable[] {
  const out: Variable[] = [];
  const messages = prompt.call && /ChatPromptTemplate/.test(prompt.name ?? '') ? prompt.call.args[0] : undefined;
  messages?.value.items?.forEach((message, at) => {
    const [role, text] = message.items ?? [];
    const body = /^langchain\.SystemMessagePromptTemplate/.test(message.name ?? '') ? message.call?.args[0]?.value : role?.constant === 'system' ? text : undefined;
    if (typeof body?.constant !== 'string') return;
    const node = messages.node.kind === 'list' ? messages.node.items[at] ?? messages.node : messages.node;
    const argument: CodeArgument = { value: body, node, origin: body.origin ?? messages.origin };
    for (const [, name] of body.constant.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)) out.push({ name: name!, argument });
  });
  return out;
}

/** What a step before the prompt puts into its instructions: `{"context": retriever} | prompt`. */
function given(interpreter: Interpreter, items: readonly Value[], node: { start: number; end: number }): void {
  items.forEach((prompt, at) => {
    const before = items[at - 1];
    if (!before) return;
    for (const { name, argument } of instructed(prompt)) {
      const source = before.fields?.get(name) ?? before.call?.args.find((one) => one.name === name)?.value ?? before.call?.args[0]?.value.fields?.get(name);
      const first = source?.name === 'langchain.Runnable#' ? source.items?.[0] ?? source : source;
      if (first && /^langchain\.Retriever#|\.(?:as_retriever|asRetriever)\(\)$/.test(first.name ?? '')) sink(interpreter, 'system-prompt', sourced(interpreter, 'document', 'langchain.Retriever#invoke', node, 'the retrieved document'), argument.node, argument.origin, 'the prompt');
    }
  });
}

/** What a chain is asked with, as far as its template puts it into the instructions. */
export function askedWith(interpreter: Interpreter, call: CodeCall): void {
  for (const prompt of call.receiver?.items ?? (call.receiver ? [call.receiver] : [])) {
    for (const { name, argument } of instructed(prompt)) {
      const found = argumentAt(call, name);
      if (found) sink(interpreter, 'system-prompt', found.value, argument.origin.path === interpreter.module.path ? argument.node : found.node, argument.origin.path === interpreter.module.path ? argument.origin : found.origin, 'the prompt', call, taintsIn(found.value));
    }
  }
}
