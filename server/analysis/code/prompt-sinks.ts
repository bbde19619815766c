import type { CodeArgument, CodeCall } from './events.ts';
import { current, type Interpreter } from './interpreter.ts';
import type { SinkKind } from './kinds.ts';
import { argumentAt, shortName, sink } from './sinks.ts';
import type { ModelCall } from './tables/models.ts';
import type { Place } from './tables/sinks.ts';
import { taintsIn, type Taint, type Value } from './value.ts';

const operator = new Set(['system', 'developer', 'assistant', 'model']);

/** The role of a message: a text, or a member of an enumeration such as `MessageRole.SYSTEM`. */
function roleOf(role: Value | undefined): string | undefined {
  if (typeof role?.constant === 'string') return role.constant;
  return /(?:^|\.)(?:\w*Role)\.(\w+)$/.exec(role?.name ?? '')?.[1]?.toLowerCase();
}

/** Records what flows into a call to a model. */
export function promptSinks(interpreter: Interpreter, call: CodeCall, model: ModelCall, name: string): void {
  const title = shortName(name);
  // What all options may be overwritten with was said of them all.
  const beside = (place: Place): CodeArgument | undefined => {
    const found = argumentAt(call, place);
    return found && whole.length > 0 ? { ...found, value: { ...found.value, taints: found.value.taints.filter((taint) => !whole.some((one) => one.root === taint.root || one.root === taint.root.parent)) } } : found;
  };
  const each = (places: readonly Place[] | undefined, kind: SinkKind): void => {
    for (const place of places ?? []) {
      const found = beside(place);
      // The one object of options is no model's name.
      if (typeof place === 'number' && kind === 'model-choice' && found?.value.fields) continue;
      if (!found) continue;
      // Instructions that are made for each run.
      if (kind === 'system-prompt' && found.value.fn) sink(interpreter, kind, interpreter.invoke(found.value, []), found.node, found.origin, title, call);
      else sink(interpreter, kind, found.value, found.node, found.origin, title, call);
    }
  };
  // All options at once, from outside. What stands before keywords or before an object of options is an id.
  const separate = call.args.some((one) => one.name !== undefined || (one !== call.args[0] && (model.system ?? []).some((place) => typeof place === 'string' && one.value.fields?.has(place) === true)));
  const whole: Taint[] = [];
  for (const one of call.args) if ((one.spread === 'map' || (!separate && one.name === undefined && one === call.args[0] && (model.messages ?? model.user ?? model.system ?? [0]).every((place) => typeof place === 'string'))) && one.value.taints.length > 0) {
    whole.push(...one.value.taints);
    sink(interpreter, 'system-prompt', one.value, one.node, one.origin, title, call, one.value.taints);
  }
  each(model.system, 'system-prompt');
  each(model.user, 'user-prompt');
  each(model.model, 'model-choice');
  each(model.tools, 'tool-choice');
  for (const place of model.messages ?? []) {
    const found = beside(place);
    if (found) messages(interpreter, call, found, title, 0);
  }
  // Rows of numbers for a model that reads tables are no prompt.
  const format = argumentAt(call, 'ContentType')?.value.constant;
  for (const place of typeof format === 'string' && !/json|text\/plain/i.test(format) ? [] : model.json ?? []) {
    const found = argumentAt(call, place);
    if (found) body(interpreter, call, found, title);
  }
}

/** A list of messages, one message, or plain text. */
function messages(interpreter: Interpreter, call: CodeCall, argument: CodeArgument, title: string, depth: number): void {
  const { value } = argument;
  if (depth > 4) return;
  const own = (kind: SinkKind, of: Value, taints = taintsIn(of), node = argument.node, at = argument.origin): void => sink(interpreter, kind, of, node, at, title, call, taints);
  const isPair = value.items?.length === 2 && typeof value.items[0]!.constant === 'string' && /^(?:system|human|user|ai|assistant|developer|placeholder)$/.test(value.items[0]!.constant);
  if (isPair) {
    own(operator.has(String(value.items![0]!.constant)) ? 'system-prompt' : 'user-prompt', value.items![1]!);
    return;
  }
  if (value.items || (value.element && !value.fields)) {
    const listed = argument.node.kind === 'list' ? argument.node.items : [];
    value.items?.forEach((item, at) => {
      const node = listed[at]?.kind === 'spread' ? argument.node : listed[at] ?? argument.node;
      const place = item.origin && node === argument.node ? item.origin : { path: argument.origin.path, range: { start: node.start, end: node.end } };
      messages(interpreter, call, { value: item, node, origin: node === argument.node ? argument.origin : place }, title, depth + 1);
    });
    if (value.element) messages(interpreter, call, { ...argument, value: value.element }, title, depth + 1);
    // Messages that the peer sends whole bring their own roles.
    if (value.taints.length > 0) { own('system-prompt', value, value.taints.filter(sentWhole)); own('user-prompt', value, value.taints.filter((taint) => !sentWhole(taint))); }
    return;
  }
  const fields = value.fields;
  const content = fields?.get('content') ?? fields?.get('text') ?? fields?.get('parts');
  if (content) {
    const role = fields!.get('role');
    const entry = argument.node.kind === 'object' ? argument.node.entries.find((one) => one.key === 'content' || one.key === 'parts' || one.key === 'text') : undefined;
    const node = entry?.value ?? argument.node;
    // A message that was written elsewhere in the file is reported there.
    const written = ['content', 'parts', 'text'].flatMap((key) => value.keys?.get(key) ?? [])[0];
    const at = entry ? { path: argument.origin.path, range: { start: entry.value.start, end: entry.value.end } } : written?.path === argument.origin.path ? written : argument.origin;
    const spoken = roleOf(role);
    const kind: SinkKind = spoken !== undefined ? (operator.has(spoken) ? 'system-prompt' : 'user-prompt') : value.name?.startsWith('langchain.SystemMessage') ? 'system-prompt' : role && current(interpreter, role.taints).some(sentWhole) ? 'system-prompt' : 'user-prompt';
    own(kind, content, taintsIn(content), node, at);
    return;
  }
  if (value.name === 'langchain.SystemMessage#') { own('system-prompt', value); return; }
  // `ChatMessage.from_user(text)`: the name of the maker is the role.
  const made = /\.from_(user|system|assistant)\(\)$/.exec(value.name ?? '')?.[1];
  if (made) { const text = value.call?.args[0]?.value; if (text && made === 'user') own('user-prompt', text); return; }
  if (fields) {
    // Named inputs of a template: `{ input, question }`, or a state with messages.
    for (const [key, one] of fields) {
      if (key.startsWith('method ')) continue;
      if (key === 'messages') messages(interpreter, call, { ...argument, value: one }, title, depth + 1);
      else own('user-prompt', one);
    }
    return;
  }
  // Data that came as one piece: messages with roles when it was a list, a text when it was made into text.
  const whole = value.taints.some((taint) => sentWhole(taint) && /(?:messages|history|conversation|turns|chat)$/i.test(taint.what)) || (argument.name === 'messages' && !value.parts);
  own(whole && !value.parts ? 'system-prompt' : 'user-prompt', value);
}

/** Whether a peer sent the data as one piece; what an unknown function made of it may be anything. */
function sentWhole(taint: Taint): boolean {
  return !taint.weak && (taint.label === 'request' || taint.label === 'message' || taint.label === 'browser' || taint.label === 'team');
}

/** A request body as JSON text: what it was made from is still known. */
function body(interpreter: Interpreter, call: CodeCall, argument: CodeArgument, title: string): void {
  const inner = argument.value.element ?? argument.value;
  const { fields } = inner;
  const put = (kind: SinkKind, value: Value): void => sink(interpreter, kind, value, argument.node, argument.origin, title, call);
  if (!fields) { put('user-prompt', argument.value); return; }
  for (const [key, value] of fields) {
    if (key === 'messages') messages(interpreter, call, { ...argument, value }, title, 0);
    else put(key === 'system' ? 'system-prompt' : /^(?:tools?|tool_?[cC]onfig|tool_?[cC]hoice|functions?|mcp_?[sS]ervers|model\w*|temperature|top_?\w|max_?\w+|stop\w*|response_?[fF]ormat|inferenceConfig|textGenerationConfig|guardrail\w*|parameters|options|config)$/.test(key) ? 'tool-choice' : 'user-prompt', value);
  }
  if (argument.value.taints.length > 0) put('user-prompt', { taints: argument.value.taints });
}
