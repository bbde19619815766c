import type { Call, Expression, Statement } from '../../model/code-tree.ts';
import { confidential, everyKind } from './kinds.ts';
import { proofsOf } from './conditions.ts';
import { registerCall } from './entries.ts';
import type { CodeArgument, CodeCall } from './events.ts';
import { sourced, sourceText } from './sources.ts';
import { instanceOf } from './functions.ts';
import { assume, current, origin, written, type Interpreter } from './interpreter.ts';
import { libraryValue } from './library.ts';
import { fieldSinks } from './mass-assignment.ts';
import { canonicalModule, canonicalName, defaultExport } from './names.ts';
import { isOwn, moduleOf, namespace } from './modules.ts';
import { validated } from './schema.ts';
import { marked, sensitiveName } from './sensitive.ts';
import { stored } from './stores.ts';
import { argumentAt, callSinks, promptSinks, shortName, sink } from './sinks.ts';
import { capped, veilWords } from './tables/cleaners.ts';
import { cleaned, extend, join, joinTaints, noTaints, taintsIn, unknownValue, type ClassValue, type Taint, type Value } from './value.ts';

/** Functions by which a person decides. */
const asks = /(?:^|[.#])(?:readline\.Interface#question|input|confirm|window\.confirm|interrupt|elicitInput|elicit|prompt_toolkit\.prompt)$|^(?:@inquirer\/prompts|inquirer|prompts|enquirer|@clack\/prompts|questionary|click|typer|rich\.prompt|getpass)\b|[aA]pprov|[cC]onfirm(?!Password)|[cC]onsent|askUser|ask_user|askHuman|ask_human|humanReview|human_review|requestPermission|AskActionMessage|AskUserMessage/;

/** Calls that end the function they stand in. */
const neverReturns = /^(?:koa\.Context#throw|process\.exit|sys\.exit|os\._exit|exit|quit|flask\.abort|werkzeug\.exceptions\.abort|next\/navigation\.(?:notFound|redirect|permanentRedirect|forbidden|unauthorized)|@sveltejs\/kit\.(?:error|redirect)|aiohttp\.web\.HTTP\w+|pytest\.(?:skip|fail)|ctx\.throw|self\.fail|bottle\.abort|ctx\.abort)$/;

/** Unknown functions whose result has nothing to do with the text of their arguments. */
const lookups = /^(?:get|find|fetch|load|lookup|look_up|query|read|select|count|exists|list|search|save|create|insert|update|delete|remove|destroy|drop|add|send|post|put|write|log|publish|emit|dispatch|set|is|has|check|verify|register|subscribe|open|close|connect|authenticate|authorize|login|scan|where|eq|ne|gt|lt|gte|lte|and|or|not|in|inArray|like|ilike|orderBy|order_by|limit|offset|join|innerJoin|leftJoin|groupBy|group_by|having|returning|filter_by|filter|match|enqueue|schedule|notify|track|record|store|upload|download|one|all|many|first|by)(?=$|[A-Z_])/;
const checks = /^(?:is|has|validate|check|verify|assert|ensure|allow|accept|can|matches|contains|known|safe|valid)[A-Z_]?|[aA]llowed|[vV]alid(?:ate|ated|ator)?$/;
const fileReaders = /^(?:fs\.(?:promises\.)?readFile(?:Sync)?|open|io\.open|aiofiles\.open|Bun\.file|Deno\.readTextFile(?:Sync)?)$/;
const ownChecks = /^(?:is|has|assert|check|ensure)_?.*(?:[iI]nside|[wW]ithin|[cC]ontained|[aA]llowed|[pP]ermitted|[sS]ub_?[pP]ath|[cC]hild_?[oO]f|[wW]hitelisted|[aA]llowlisted)/;
const cleanersByName = /^(?:sanitize|sanitise|escape|clean|validate|purify|whitelist|allowlist|allow|normalizeId|slug|quote|parseId|safe|redact|strip_tags|scrub|neutralize|filterInput|guard)(?=$|[A-Z_])|_(?:sanitized|escaped|cleaned|validated)$/i;

export function call(interpreter: Interpreter, node: Call): Value {
  let receiver: Value | undefined;
  let callee: Value;
  if (node.callee.kind === 'index' && node.callee.index) {
    // `service[name]()`: an untrusted name of a method. Tables of the program's own functions are lists of what is allowed.
    const owner = interpreter.evaluate(node.callee.object);
    const key = interpreter.evaluate(node.callee.index);
    if (key.taints.length > 0 && (!owner.fields || owner.instance) && owner.name !== 'Map#' && owner.name !== 'dict#' && !owner.items) sink(interpreter, 'dispatch', key, node.callee.index, origin(interpreter, node.callee.index), written(node.callee.object));
  }
  if (node.callee.kind === 'member') {
    receiver = interpreter.evaluate(node.callee.object);
    callee = interpreter.member(receiver, node.callee.property, node.callee);
  } else callee = interpreter.evaluate(node.callee);
  if (node.callee.kind === 'name' && (node.callee.name === 'require' || node.callee.name === 'import') && !callee.fn) {
    const imported = required(interpreter, node);
    if (imported) return imported;
  }
  const args = node.args.map((one): CodeArgument => ({
    value: interpreter.evaluate(one.value), node: one.value, origin: origin(interpreter, one.value),
    ...(one.name === undefined ? {} : { name: one.name }), ...(one.spread ? { spread: one.spread } : {}),
  }));
  return apply(interpreter, node, callee, receiver, args);
}

function required(interpreter: Interpreter, node: Call): Value | undefined {
  const first = node.args[0]?.value;
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return undefined;
  const own = isOwn(first.value, false) ? moduleOf(interpreter, first.value, interpreter.scope.path) : undefined;
  if (own) {
    const whole = own.exports.get('default');
    return whole && whole.fields === undefined && (whole.fn || whole.cls) ? { ...whole, fields: own.exports } : namespace(own);
  }
  const module = canonicalModule(first.value);
  return isOwn(first.value, false) ? unknownValue : { taints: noTaints, name: defaultExport(module) === module ? module : module };
}

function apply(interpreter: Interpreter, node: Call, callee: Value, receiver: Value | undefined, args: readonly CodeArgument[]): Value {
  const { scope, frame, knowledge } = interpreter;
  let { name } = callee;
  const text = written(node.callee);
  if (name === undefined && !callee.fn && /(?:^|\.)env\.AI\.run$/.test(text)) name = 'cloudflare.Ai#run';
  // `import OpenAI from 'openai'` and `require('openai')` give the class.
  if (name !== undefined && node.isNew) name = canonicalName(defaultExport(name));
  else if (name?.endsWith('#')) name = `${name}()`;
  if (callee.instance && name === undefined && callee.fn === undefined) {
    const own = interpreter.member(callee, scope.python ? '__call__' : 'call', node);
    if (own.fn) return apply(interpreter, node, own, callee, args);
  }
  const result: Value = { taints: noTaints };
  const record: CodeCall = {
    name, written: text, node, origin: origin(interpreter, node), callee: origin(interpreter, node.callee), args, receiver, isNew: node.isNew, result,
    within: frame.within, approved: interpreter.flow.approved, tool: frame.tool, looped: frame.loops > 0,
  };
  if (interpreter.muted === 0 && scope.path === interpreter.module.path) interpreter.calls.push(record);
  if (name !== undefined) {
    const specs = knowledge.sinks(name);
    if (specs.length > 0) callSinks(interpreter, record, name, specs);
  }
  if (args.length > 0 && scope.python && /\.objects(?:\.\w+\(\))*\.raw$/.test(text)) sink(interpreter, 'sql', args[0]!.value, args[0]!.node, args[0]!.origin, 'objects.raw', record);
  if (args.length > 0 && /\.(?:insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseHTMLUnsafe)$/.test(text)) {
    const last = args.at(-1)!;
    sink(interpreter, 'html', last.value, last.node, last.origin, text.split('.').at(-1)!, record);
  }
  if (name === undefined || /^vscode\.|^react\./.test(name) || /^[.@~]\.?\//.test(name) || receiver?.taints.some((taint) => taint.label === 'request')) guessedSinks(interpreter, record, receiver, text);
  fieldSinks(interpreter, record, callee);
  registerCall(interpreter, record, result);
  const { schema } = result;
  const given = stored(interpreter, record, outcome(interpreter, record, callee, name, args));
  const out = schema && !given.schema ? { ...given, schema } : given;
  Object.assign(result, out);
  return out;
}

function outcome(interpreter: Interpreter, record: CodeCall, callee: Value, name: string | undefined, args: readonly CodeArgument[]): Value {
  const { node, receiver } = record;
  const { knowledge, scope } = interpreter;
  const at = origin(interpreter, node);
  if (callee.fn && !(name !== undefined && knowledge.model(name))) {
    const positional: Value[] = [];
    const names = new Map<string, Value>();
    for (const one of args) {
      if (one.name !== undefined) names.set(one.name, one.value);
      else if (one.spread === 'map') for (const [key, value] of one.value.fields ?? []) names.set(key, value);
      else if (one.spread === 'list') positional.push(...(one.value.items ?? [{ taints: one.value.taints }]));
      else positional.push(one.value);
    }
    if (one(callee.name, /^react\./)) return unknownValue;
    const entered = interpreter.enter(callee.fn, positional, names);
    let { value } = entered;
    if (!callee.others) interpreter.flow = assume(interpreter.flow, entered.proofs);
    // A function of the program's own that throws on what it does not accept.
    if (/^(?:validate|assert|ensure|verify|sanitize|sanitise|resolveSafe|safe|secure)(?=$|[A-Z_])/.test(callee.fn.node.name ?? '') && throws(callee.fn.node.body)) value = { ...value, taints: cleaned(value.taints, everyKind) };
    // Whether a path lies inside of a folder, or a value is allowed, is told by a function of the program's own.
    const called = callee.fn.node.name ?? '';
    if (ownChecks.test(called) && value.taints.length === 0 && !value.fields && !value.items && (value.facts?.whenTrue.length ?? 0) === 0) {
      const given = positional.reduce<readonly Taint[]>((all, each) => joinTaints(all, current(interpreter, taintsIn(each))), noTaints);
      if (given.length > 0) value = { ...value, facts: { whenTrue: proofsOf(given, everyKind), whenFalse: [] } };
    }
    for (const other of callee.others ?? []) if (other.fn) value = join(value, interpreter.enter(other.fn, positional, names).value);
    const own = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
    if (veilWords.test(own)) value = { ...value, taints: value.taints.filter((taint) => !/^(?:classified|secret|personal)$/.test(taint.label)) };
    return { ...value, taints: value.taints.map((taint) => extend(taint, at, `returned by ${own || 'the function'}`)), ...(asksPerson(own) ? { human: true } : {}), origin: at };
  }
  if (neverReturns.test(name ?? record.written)) interpreter.flow = { ...interpreter.flow, dead: true };
  if (callee.cls) return made(interpreter, record, callee.cls, args);
  if (name === 'Promise.settle' && callee.items) {
    callee.items.push(args[0]?.value ?? unknownValue);
    return unknownValue;
  }
  if (name === 'super' || (node.callee.kind === 'other' && node.callee.type === 'super')) return unknownValue;
  if (name !== undefined) {
    const known = namedResult(interpreter, record, callee, name);
    if (known) return known;
  }
  const method = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
  const modelled = libraryValue({ interpreter, node, name, method, receiver, args });
  if (modelled) return asksPerson(name ?? record.written) ? { ...modelled, human: true } : modelled;
  return unknownResult(interpreter, record, callee, name, method, scope.python);
}

function one(name: string | undefined, pattern: RegExp): boolean {
  return name !== undefined && pattern.test(name);
}

function asksPerson(name: string): boolean {
  return asks.test(name);
}

function throws(body: readonly Statement[], depth = 0): boolean {
  return depth < 6 && body.some((one) => {
    switch (one.kind) {
      case 'throw': return true;
      case 'if': return throws(one.then, depth + 1) || throws(one.otherwise, depth + 1);
      case 'block': case 'with': case 'loop': return throws(one.body, depth + 1);
      case 'try': return throws(one.body, depth + 1) || one.handlers.some((handler) => throws(handler.body, depth + 1));
      default: return false;
    }
  });
}

/** The result of a call whose name is known: a source, a model's answer, an instance. */
function namedResult(interpreter: Interpreter, record: CodeCall, callee: Value, name: string): Value | undefined {
  const { knowledge } = interpreter;
  const { node, receiver, args } = record;
  const at = origin(interpreter, node);
  const model = knowledge.model(name);
  if (knowledge.verdict(name)) {
    let taints: readonly Taint[] = noTaints;
    for (const one of args) taints = joinTaints(taints, current(interpreter, taintsIn(one.value)));
    return { taints: noTaints, name: `${name}()`, probe: { taints, mode: 'verdict' }, call: record };
  }
  if (model) {
    promptSinks(interpreter, record, model, name);
    const returned = knowledge.returned(name) ?? (isClass(name, interpreter.scope.python, node.isNew) ? `${name}#` : undefined);
    if (model.answers === false || returned !== undefined) {
      const fields = new Map<string, Value>();
      collect(fields, args);
      return { taints: noTaints, name: returned ?? `${name}()`, fields, complete: false, call: record, ...(answersWhenSent(name) ? { taints: answer(interpreter, name, node).taints } : {}) };
    }
    return { ...structured(interpreter, record, answer(interpreter, name, node), model.schema), call: record };
  }
  if (name === 'langchain.ChatModel#with_structured_output' || name === 'langchain.ChatModel#withStructuredOutput') return { taints: noTaints, name: 'langchain.ChatModel#', schema: args[0]?.value.schema ?? args[0]?.value.cls?.schema ?? { clean: everyKind } };
  if (callee.schema && name.endsWith('.valid')) return { ...validated(callee.schema, unknownValue, sourced(interpreter, 'request', name, node, sourceText(name)).taints), origin: at };
  if (fileReaders.test(name)) {
    // A file that the user or a peer names holds what somebody else wrote; one that the program calls its prompt is its own.
    const chosen = current(interpreter, args[0]?.value.taints ?? noTaints).find((taint) => taint.label === 'cli' || taint.label === 'request');
    if (chosen && !/prompt|system|instruct|template|config|persona|rules|settings/i.test(chosen.what)) return { ...sourced(interpreter, 'document', name, node, `the file ${chosen.what}`), name: `${name}()`, call: record };
  }
  const label = knowledge.result(name);
  if (label) {
    if (label === 'web' || label === 'document' || label === 'store') {
      const trusted = args[0]?.value;
      const own = { ...sourced(interpreter, label, name, node, shortName(name)), name: knowledge.returned(name) ?? `${name}()` };
      // An answer of a model that is asked over plain HTTP.
      if (label === 'web' && isModelEndpoint(trusted)) return { ...own, taints: own.taints.map((taint) => ({ ...taint, label: 'model' as const, what: 'the model’s answer' })), call: record };
      const spoken = label === 'store' ? spokenColumns(interpreter, name, args) : undefined;
      if (spoken) return { ...marked(interpreter, own, spoken, node), call: record };
      return { ...own, call: record };
    }
    const read = sourced(interpreter, label, name, node, sourceText(name));
    // A field of a form that takes no more than so many characters.
    const limited = args.some((one) => /^(?:max_chars|max_length|maxlength)$/.test(one.name ?? '') && typeof one.value.constant === 'number');
    const own = limited ? { ...read, taints: cleaned(read.taints, capped) } : read;
    return { ...own, name: `${name}()`, call: record, ...(asksPerson(name) ? { human: true } : {}) };
  }
  const fluent = /^((?:typeorm\.SelectQueryBuilder|knex\.Builder|express\.Response|fastify\.Reply|http\.ServerResponse)#)(?!send|json|end|render|redirect|write|sendFile|download|then|first)\w+$/.exec(name);
  if (fluent) return { taints: noTaints, name: fluent[1]!, call: record };
  const spoken = spokenColumns(interpreter, name, args);
  if (spoken) return { ...marked(interpreter, { taints: noTaints, name: knowledge.returned(name) ?? `${name}()`, call: record }, spoken, node), call: record };
  const returned = knowledge.returned(name);
  if (returned !== undefined && !name.startsWith('pathlib.')) {
    const fields = new Map<string, Value>();
    collect(fields, args);
    return { taints: noTaints, name: returned, call: record, fields, complete: false, ...(receiver?.schema ? { schema: receiver.schema } : {}) };
  }
  if (node.callee.kind === 'name' && name.endsWith('#')) return undefined;
  return undefined;
}

/** Personal data that a query or a reader of tables names among its columns. */
function spokenColumns(interpreter: Interpreter, name: string, args: readonly CodeArgument[]): string | undefined {
  if (!/^pandas\.read_|^dbapi\.Connection#(?:execute|cursor|fetch)|^sql\.Client#query|^polars\.read_|^sqlalchemy\.Engine#execute/.test(name)) return undefined;
  for (const one of args) {
    const texts = one.value.items ? one.value.items.map((item) => item.constant) : [one.value.constant];
    for (const text of texts) {
      if (typeof text !== 'string' || (!one.value.items && !/\bselect\b/i.test(text))) continue;
      for (const word of text.match(/[A-Za-z_]{3,40}/g) ?? []) if (sensitiveName(word) === 'personal' || interpreter.classify?.(word)) return word;
    }
  }
  return undefined;
}

function answersWhenSent(name: string): boolean {
  return name.startsWith('@aws-sdk/');
}

/** A command that is sent gives the answer: the taints travel on the command object and are read from the result of `send`. */
function answer(interpreter: Interpreter, name: string, node: Call): Value {
  const own = sourced(interpreter, 'model', `${name}()`, node, 'the model’s answer');
  return { ...own, name: `${name}()` };
}

/** An answer that was asked for, and checked, in a schema. */
function structured(interpreter: Interpreter, record: CodeCall, value: Value, places: readonly (string | number)[] | undefined): Value {
  const format = argumentAt(record, 'response_format') ?? argumentAt(record, 'text.format') ?? argumentAt(record, 'text_format') ?? argumentAt(record, 'output') ?? argumentAt(record, 'response_model');
  let schema = format?.value.schema ?? format?.value.cls?.schema ?? record.receiver?.schema;
  for (const place of places ?? []) {
    const found = argumentAt(record, place);
    schema = found?.value.schema ?? found?.value.cls?.schema ?? schema;
  }
  if (!schema) return value;
  if (record.receiver?.schema || record.name?.startsWith('instructor')) return validated(schema, value, value.taints);
  const parsed = validated(schema, value, value.taints);
  return { ...value, schema, fields: new Map([['output_parsed', parsed], ['parsed', parsed], ['object', parsed], ['output', parsed], ['experimental_output', parsed]].filter(([key]) => key !== 'output' || places === undefined && record.name?.startsWith('ai.')) as [string, Value][]), complete: false };
}

function isModelEndpoint(url: Value | undefined): boolean {
  const text = typeof url?.constant === 'string' ? url.constant : (url?.parts ?? []).find((part) => part !== undefined) ?? '';
  return /api\.openai\.com|api\.anthropic\.com|generativelanguage\.googleapis|\/v1\/(?:chat\/)?completions|\/v1\/(?:messages|responses)|\/api\/(?:generate|chat)\b|api\.mistral\.ai|api\.groq\.com|openrouter\.ai|api\.cohere|api-inference\.huggingface|:11434|\/(?:llm|openai|ollama|chat|completions?|inference)\//i.test(text);
}

function collect(fields: Map<string, Value>, args: readonly CodeArgument[]): void {
  for (const one of args) {
    if (one.name !== undefined) fields.set(one.name, one.value);
    else if (one.value.fields) for (const [key, value] of one.value.fields) if (!key.startsWith('method ')) fields.set(key, value);
  }
}

function isClass(name: string, python: boolean, isNew: boolean): boolean {
  if (isNew) return true;
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
  return python && (/^_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(last) || /^(?:SMTP|SMTP_SSL|LMTP|IMAP4|IMAP4_SSL|POP3|POP3_SSL|FTP|FTP_TLS|LLM|LM|FAISS|DDGS|T5|NNTP|TTS)$/.test(last));
}

/** An instance of a class of the workspace. Data classes and models hold what they were given. */
function made(interpreter: Interpreter, record: CodeCall, cls: ClassValue, args: readonly CodeArgument[]): Value {
  if (cls.schema) {
    const fields = new Map<string, Value>();
    for (const one of args) {
      const name = one.name;
      const spread = one.spread === 'map' || (name === undefined && !interpreter.scope.python);
      if (name !== undefined) {
        const inner = cls.schema.fields?.get(name);
        fields.set(name, inner ? validated(inner, one.value, current(interpreter, taintsIn(one.value))) : one.value);
      } else if (spread || one.value.taints.length > 0) for (const [key, value] of validated(cls.schema, one.value, current(interpreter, taintsIn(one.value))).fields ?? []) fields.set(key, value);
    }
    return { taints: noTaints, fields, instance: cls, complete: false, call: record, origin: record.origin, ...(cls.schema.fields ? { schema: cls.schema } : {}) };
  }
  return { ...instanceOf(interpreter, cls, args), call: record };
}

/** Nothing is known of the function: what it was given may come back, or be looked up by. */
function unknownResult(interpreter: Interpreter, record: CodeCall, callee: Value, name: string | undefined, method: string, python: boolean): Value {
  const { node, receiver, args } = record;
  const at = origin(interpreter, node);
  if (name !== undefined && isClass(name, python, node.isNew)) {
    const fields = new Map<string, Value>();
    collect(fields, args);
    const out: Value = { taints: noTaints, name: `${name}#`, fields, complete: false, call: record, origin: at };
    const positional = args.filter((one) => one.name === undefined && !one.value.fields);
    let element: Value | undefined;
    for (const one of positional) if (one.value.taints.length > 0 || one.value.items || one.value.element || one.value.fn || one.value.call) element = element ? join(element, one.value) : one.value;
    if (element) out.element = element;
    if (positional.length > 0) {
      if (/(?:Message|Document|Prompt|Template|Part|Content|TextNode)$/.test(name) && !fields.has('content')) fields.set('content', positional[0]!.value);
    }
    for (const one of args) if (one.value.fn) interpreter.invoke(one.value, []);
    return out;
  }
  let taints: readonly Taint[] = noTaints;
  const callbacks: Value[] = [];
  for (const one of args) {
    if (one.value.fn) callbacks.push(one.value);
    taints = joinTaints(taints, current(interpreter, taintsIn(one.value, 3)));
  }
  const own = receiver ? current(interpreter, receiver.taints) : noTaints;
  for (const one of callbacks) if (one.fn!.entry === undefined) interpreter.invoke(one, own.length > 0 ? [{ taints: own }] : []);
  if (asksPerson(name ?? record.written)) return { taints: noTaints, human: true, origin: at, call: record };
  // A check by a function that is not known proves what it was given, when its result is tested.
  const out: Value = { taints: noTaints, origin: at, call: record };
  if (name !== undefined) out.name = `${name}()`;
  if (receiver?.probe?.mode === 'verdict') out.probe = receiver.probe;
  if (receiver?.schema) out.schema = receiver.schema;
  if (checks.test(method) && taints.length > 0) out.facts = { whenTrue: proofsOf(taints, everyKind), whenFalse: [] };
  if (/moderat|guardrail|is_?safe|toxic|injection|profan/i.test(method || record.written)) out.probe = { taints, mode: 'verdict' };
  const counted = own.every((taint) => confidential.has(taint.label)) && /^(?:groupby|size|count|mean|sum|describe|agg|aggregate|value_counts|nunique|corr|median|std|min|max|len|shape|info|drop|exists|isnull|notnull|any|all|verify|compare|match|test|includes|startsWith|startswith|endsWith)$/.test(method);
  if (own.length > 0 && !counted && !veilWords.test(method) && !/^(?:save|close|sort|clear|write|end|destroy|on|abort|release)$/.test(method)) out.taints = own;
  // What a client sends is a model's answer when a command to a model was given to it.
  if (method === 'send') {
    const sent = args[0]?.value;
    if (sent?.taints.some((taint) => taint.label === 'model')) return { ...sent, fields: new Map(), complete: false, origin: at };
  }
  if (callee.taints.length > 0 && !receiver) out.taints = joinTaints(out.taints, current(interpreter, callee.taints));
  if (taints.length > 0) {
    if (veilWords.test(method)) taints = noTaints;
    else if (cleanersByName.test(method)) taints = cleaned(taints, everyKind);
    else if (lookups.test(method) || (name !== undefined && name.startsWith('react.'))) taints = noTaints;
    out.taints = joinTaints(out.taints, taints.map((taint) => (taint.weak ? taint : { ...taint, weak: true })));
  }
  return out;
}

/** A function or a named callee run on values, as a callback. */
export function invoke(interpreter: Interpreter, callee: Value, args: readonly Value[]): Value {
  if (callee.fn) {
    return interpreter.enter(callee.fn, args).value;
  }
  if (callee.name !== undefined) {
    const at = callee.origin ?? { path: interpreter.scope.path, range: { start: 0, end: 0 } };
    const node: Expression = { kind: 'name', name: callee.name, start: at.range.start, end: at.range.end };
    for (const spec of interpreter.knowledge.sinks(callee.name)) {
      if (spec.when) continue;
      args.forEach((value, position) => {
        if (spec.args.includes(position) || spec.args.includes('*')) sink(interpreter, spec.kind, value, node, at, shortName(callee.name!));
      });
    }
    const kinds = interpreter.knowledge.cleaner(callee.name);
    if (kinds !== 0) return { taints: cleaned(args.reduce<readonly Taint[]>((all, one) => joinTaints(all, taintsIn(one)), noTaints), kinds) };
    if (callee.name === 'Promise.settle' && callee.items) { callee.items.push(args[0] ?? unknownValue); return unknownValue; }
    if (callee.name === 'react.setState') return unknownValue;
  }
  return { taints: args.reduce<readonly Taint[]>((all, one) => joinTaints(all, taintsIn(one, 2)), noTaints) };
}

/** Sinks on receivers of unknown type, by the method's name and what the receiver is called. */
function guessedSinks(interpreter: Interpreter, record: CodeCall, receiver: Value | undefined, text: string): void {
  if (!receiver || record.node.callee.kind !== 'member') return;
  const { property } = record.node.callee;
  const owner = text.slice(0, Math.max(0, text.length - property.length - 1)).split(/[.]/).at(-1)?.replace(/\(\)|\[\]/g, '') ?? '';
  const first = record.args[0];
  if (!first) return;
  if (/^(?:query|execute|executemany|executescript|raw|exec|run|all|get|prepare|unsafe|fetch|fetchrow|fetchval|queryRaw|\$queryRawUnsafe|\$executeRawUnsafe|rawQuery|read_sql)$/.test(property) && /(?:^|_)(?:db|database|conn|connection|pool|cursor|cur|client|pg|mysql|sqlite|sql|session|engine|knex|sequelize|prisma|tx|trx|dataSource|queryRunner|repository|repo|store|em)$|(?:Pool|Connection|Db|Database|Cursor|DataSource|Session|Engine)$/i.test(owner)) {
    const parts = first.value.parts ?? (typeof first.value.constant === 'string' ? [first.value.constant] : []);
    const sqlish = parts.some((part) => part !== undefined && /\b(?:select|insert|update|delete|from|where|order by|values|create|drop|alter|union|join|group by|limit|pragma)\b/i.test(part));
    if (sqlish || property.startsWith('$') || /^(?:query|execute)$/.test(property) && parts.length === 0 && first.value.name === undefined) sink(interpreter, 'sql', first.value, first.node, first.origin, `${owner}.${property}`, record, first.value.fields ? noTaints : first.value.taints);
  } else if (/^(?:find|findOne|findOneAndUpdate|findOneAndDelete|updateOne|updateMany|deleteOne|deleteMany|countDocuments|find_one|update_one|delete_one|delete_many|update_many)$/.test(property) && (/(?:^|_)(?:users?|collection|coll|model|docs?|items?|accounts?|sessions?|orders?|products?|posts?|profiles?|messages?)$|Model$|Collection$|^[A-Z][a-z]+$/.test(owner))) {
    for (const one of record.args.slice(0, 2)) sink(interpreter, 'nosql', one.value, one.node, one.origin, `${owner}.${property}`, record);
  } else if (property === 'save' && interpreter.scope.python && receiver.taints.some((taint) => taint.label === 'request')) {
    sink(interpreter, 'path', first.value, first.node, first.origin, 'FileStorage.save', record);
  } else if (/^(?:redirect)$/.test(property) && /^(?:res|response|reply|ctx|c)$/.test(owner)) {
    for (const one of record.args) sink(interpreter, 'redirect', one.value, one.node, one.origin, `${owner}.redirect`, record, redirectTaints(one.value));
  } else if (/(?:globalState|workspaceState)\.update$|getConfiguration\(\)\.update$/.test(text)) {
    for (const one of record.args.slice(1)) sink(interpreter, 'persist', one.value, one.node, one.origin, `${owner}.update`, record);
  } else if (/^(?:put|add|setItem|set)$/.test(property) && /(?:^|_)(?:db|idb|store|storage|objectStore|local|session|cache)$|(?:Store|Storage|Db)$/.test(owner)) {
    for (const one of record.args) sink(interpreter, 'persist', one.value, one.node, one.origin, `${owner}.${property}`, record, one.value.taints.filter((taint) => taint.label === 'secret'));
  } else if (/^(?:mv)$/.test(property) && receiver.taints.some((taint) => taint.label === 'request')) sink(interpreter, 'path', first.value, first.node, first.origin, `${owner}.mv`, record);
}

export function redirectTaints(value: Value): readonly Taint[] {
  const [first] = value.parts ?? [];
  return typeof first === 'string' && first.length > 1 ? noTaints : taintsIn(value);
}

