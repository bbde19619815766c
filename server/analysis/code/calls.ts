import { remembered } from '../../base/remembered.ts';
import type { Call, Expression } from '../../model/code-tree.ts';
import { confidential, everyKind, kindSet } from './kinds.ts';
import { factsOf, proofsOf } from './conditions.ts';
import { registerCall } from './entries.ts';
import type { CodeArgument, CodeCall } from './events.ts';
import { instanceOf } from './functions.ts';
import { assume, current, origin, written, type Interpreter } from './interpreter.ts';
import { libraryValue } from './library.ts';
import { fieldSinks } from './mass-assignment.ts';
import { canonicalModule, canonicalName, defaultExport } from './names.ts';
import { isOwn, moduleOf, namespace } from './modules.ts';
import { writtenSinks } from './method-sinks.ts';
import { foretold, further, handedOn } from './later-calls.ts';
import { noteWritten } from './scripts.ts';
import { validated } from './schema.ts';
import { marked } from './sensitive.ts';
import { stored } from './stores.ts';
import { tupleOf } from './named-tuples.ts';
import { setState } from './react-state.ts';
import { argumentAt, callSinks, shortName, sink } from './sinks.ts';
import { databaseMethod, guessedQuery, guessedSinks, mayExecute } from './guessed-sinks.ts';
import { asksPerson, collect, isClass, namedResult } from './named-result.ts';
import { hostChecked, veilWords } from './tables/cleaners.ts';
import { checksContent, tellsProblem } from './own-checks.ts';
import { cleaned, extend, join, joinTaints, noTaints, taintsIn, unknownValue, type ClassValue, type Taint, type Value } from './value.ts';

/** Members of what a call or a look-up gave, whose class is not known. */
const derived = /(?:\(\)|\[\])\.\w+$/;

/** Functions that throw unless their first argument is true. */
const asserts = /^(?:koa\.Context#assert|assert|assert\.(?:ok|strict)|http-assert|tiny-invariant|invariant)$/;

/** Casts of Python that throw at what they cannot read, and read nothing that does harm. */
const throwingCasts = /^(?:int|float|uuid\.UUID|decimal\.Decimal|ipaddress\.(?:ip_address|ip_network|IPv4Address|IPv6Address)|datetime\.(?:datetime|date)\.fromisoformat)$/;

/** Calls that end the function they stand in. */
const neverReturns = /^(?:koa\.Context#throw|process\.exit|sys\.exit|os\._exit|exit|quit|flask\.abort|werkzeug\.exceptions\.abort|next\/navigation\.(?:notFound|redirect|permanentRedirect|forbidden|unauthorized)|@sveltejs\/kit\.(?:error|redirect)|aiohttp\.web\.HTTP\w+|pytest\.(?:skip|fail)|ctx\.throw|self\.fail|bottle\.abort|ctx\.abort)$/;

/** Unknown functions whose result has nothing to do with the text of their arguments. */
const lookups = /^(?:get|find|fetch|load|lookup|look_up|query|read|select|count|exists|list|search|save|create|insert|update|delete|remove|destroy|drop|add|send|post|put|write|log|publish|emit|dispatch|set|is|has|check|verify|register|subscribe|open|close|connect|authenticate|authorize|login|scan|where|eq|ne|gt|lt|gte|lte|and|or|not|in|inArray|like|ilike|orderBy|order_by|limit|offset|join|innerJoin|leftJoin|groupBy|group_by|having|returning|filter_by|filter|match|enqueue|schedule|notify|track|record|store|upload|download|one|all|many|first|by)(?=$|[A-Z_])/;
/** Unknown functions that call what they are given later, or for each of many, and give something else. */
const listens = /^(?:on[A-Z]?\w*|once|off|add\w*Listener|subscribe|use|use[A-Z]\w*|watch\w*|describe|context|it|test|each|forEach|for_each|set(?:Timeout|Interval|Immediate)|schedule\w*|cron|before\w*|after\w*|expect|observe\w*|filter|find\w*|some|every|sort\w*|count\w*|group\w*|partition|assert\w*|raises|throws|rejects|catch|finally|then|create[A-Z]\w*|define[A-Z]\w*|register\w*|Depends|field|property)$/;
const checks = /^(?:is|has|validate|check|verify|assert|ensure|allow|accept|can|matches|contains|known|safe|valid)[A-Z_]?|[aA]llowed|[vV]alid(?:ate|ated|ator)?$/;
const ownChecks = /^(?:is|has|assert|check|ensure)_?.*(?:[iI]nside|[wW]ithin|[cC]ontained|[aA]llowed|[pP]ermitted|[sS]ub_?[pP]ath|[cC]hild_?[oO]f|[wW]hitelisted|[aA]llowlisted)/;
/** What the name of a function of the program's own says that it does with what it does not accept. */
interface Role {
  readonly cleans: boolean;
  readonly refuses: boolean;
  readonly tells: boolean;
  readonly compares: boolean;
}
const noRole: Role = { cleans: false, refuses: false, tells: false, compares: false };
const roleOf = remembered((name): Role => ({
  cleans: /^(?:validate|assert|ensure|verify|sanitize|sanitise|resolveSafe|safe|secure)(?=$|[A-Z_])/.test(name), refuses: /^_?(?:validate|assert|ensure|verify|check|guard|resolveAndValidate)(?=$|[A-Z_])/.test(name),
  tells: /^_?(?:validate|verify|check)(?=$|[A-Z_])/.test(name), compares: ownChecks.test(name),
}));
const cleanersByName = /^(?:sanitize|sanitise|escape|clean|validate|purify|whitelist|allowlist|allow|normalizeId|slug|quote|parseId|safe|redact|strip_tags|scrub|neutralize|filterInput|guard)(?=$|[A-Z_])|_(?:sanitized|escaped|cleaned|validated)$/i;

export function call(interpreter: Interpreter, node: Call): Value {
  let receiver: Value | undefined;
  let callee: Value;
  if (node.callee.kind === 'index' && node.callee.index) {
    // `service[name]()`: an untrusted name of a method. Tables of the program's own functions are lists of what is allowed.
    const owner = interpreter.evaluate(node.callee.object);
    const key = interpreter.evaluate(node.callee.index);
    if (key.taints.length > 0 && !interpreter.scope.python && (!owner.fields || owner.instance) && owner.name !== 'Map#' && owner.name !== 'dict#' && !owner.items) sink(interpreter, 'dispatch', key, node.callee.index, origin(interpreter, node.callee.index), written(node.callee.object));
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

/** Methods of clients of models. */
const asking: ReadonlySet<string> = new Set(['create', 'parse', 'stream', 'generate_content', 'generateContent', 'generate_content_stream', 'generateContentStream']);
const asksBy = /\.(?:chat\.completions|responses|messages)\.(?:create|parse|stream)$|\.models\.generate_?[cC]ontent(?:Stream|_stream)?$/;

/** A client that was handed over from where nobody sees is known by how it is asked: `c.get('llm').chat.completions.create({ messages })`. */
function askedLike(text: string, args: readonly CodeArgument[]): string | undefined {
  const has = (key: string): boolean => argumentAt({ args }, key) !== undefined;
  const method = text.slice(text.lastIndexOf('.') + 1);
  if (!has('model')) return undefined;
  if (/\.chat\.completions\.\w+$/.test(text)) return has('messages') ? `openai.OpenAI#chat.completions.${method}` : undefined;
  if (/\.responses\.\w+$/.test(text)) return has('input') || has('instructions') ? `openai.OpenAI#responses.${method}` : undefined;
  if (/\.messages\.\w+$/.test(text)) return has('messages') && has('max_tokens') ? `anthropic.Anthropic#messages.${method === 'parse' ? 'create' : method}` : undefined;
  return has('contents') ? `google.genai.Client#models.${method}` : undefined;
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

function apply(interpreter: Interpreter, node: Call, callee: Value, receiver: Value | undefined, passed: readonly CodeArgument[]): Value {
  const { scope, frame, knowledge } = interpreter;
  // What `partial` was given comes first, and gives way to what is named again.
  const args = callee.given && !callee.fn ? [...callee.given.filter((one) => one.name === undefined || !passed.some((other) => other.name === one.name)), ...passed] : passed;
  let { name } = callee;
  const text = written(node.callee);
  if (!callee.fn && (name === undefined || name.startsWith('hono.Context#')) && text.endsWith('env.AI.run') && /(?:^|\.)env\.AI\.run$/.test(text)) name = 'cloudflare.Ai#run';
  else if (name?.endsWith('#env.AI.run')) name = 'cloudflare.Ai#run';
  else if (args.length > 0 && node.callee.kind === 'member' && asking.has(node.callee.property) && asksBy.test(text) && (name === undefined || !knowledge.model(name))) name = askedLike(text, args) ?? name;
  // `import OpenAI from 'openai'` and `require('openai')` give the class.
  if (name !== undefined && node.isNew) name = canonicalName(defaultExport(name));
  else if (name?.endsWith('#')) name = `${name}()`;
  if (callee.instance && (name === undefined || /^(?:dspy|torch\.nn|keras)\.\w+#\(\)$/.test(name)) && callee.fn === undefined) {
    const own = (scope.python ? ['__call__', 'forward'] : ['call']).map((method) => interpreter.member(callee, method, node)).find((one) => one.fn);
    if (own) return apply(interpreter, node, own, callee, args);
  }
  const result: Value = { taints: noTaints };
  const record: CodeCall = {
    name, written: text, node, origin: origin(interpreter, node), callee: origin(interpreter, node.callee), args, receiver, isNew: node.isNew, result,
    within: frame.within, approved: interpreter.flow.approved, tool: frame.tool, looped: frame.loops > 0,
  };
  if (interpreter.muted === 0 && scope.path === interpreter.module.path) {
    // What was given ahead was judged where it was given.
    interpreter.calls.push(args === passed ? record : { ...record, args: [...passed, further(passed[0] ?? callee.given![0]!)] });
    if (name === 'functools.partial') foretold(interpreter, record);
  }
  if (name !== undefined) {
    const specs = knowledge.sinks(name);
    if (specs.length > 0) callSinks(interpreter, record, name, specs);
  }
  const later = scope.python ? handedOn(record) : undefined;
  if (later) {
    callSinks(interpreter, later, later.name!, knowledge.sinks(later.name!));
    if (interpreter.muted === 0 && scope.path === interpreter.module.path) interpreter.calls.push(later);
  }
  // These look for nothing but untrusted data.
  const carries = (receiver !== undefined && receiver.taints.length > 0) || args.some(({ value }) => value.taints.length > 0 || value.fields !== undefined || value.items !== undefined || value.element !== undefined);
  if (carries) {
    writtenSinks(interpreter, record, text);
    if (name === undefined || /^vscode\.|^react\.|^pydantic_ai\.RunContext#|#env\.\w+\.\w+$/.test(name) || /^[.@~]\.?\//.test(name) || receiver?.taints.some((taint) => taint.label === 'request')) guessedSinks(interpreter, record, receiver, text);
    else if (scope.python && args.length > 0 && (databaseMethod.test(text) || mayExecute.test(text)) && knowledge.sinks(name).length === 0) guessedQuery(interpreter, record, text, false);
    else if (receiver && derived.test(name) && knowledge.sinks(name).length === 0) guessedQuery(interpreter, record, text, false);
    fieldSinks(interpreter, record, callee);
  }
  if (name !== undefined) noteWritten(interpreter, record, name);
  registerCall(interpreter, record, result);
  const { schema } = result;
  const given = stored(interpreter, record, environmentValue(interpreter, record, outcome(interpreter, record, callee, name, args)));
  const out = schema && !given.schema ? { ...given, schema } : given;
  Object.assign(result, out);
  return out;
}

const environmentReaders = /^(?:os\.getenv|os\.environ\.get|Deno\.env\.get|@nestjs\/config\.ConfigService#(?:get|getOrThrow)|decouple\.config|environs\.Env#(?:str|\(\))|environ\.Env#(?:str|\(\)))$/;

/** `os.getenv("API_TOKEN")` is the variable of that name. */
function environmentValue(interpreter: Interpreter, { name, args, node }: CodeCall, value: Value): Value {
  const key = args[0]?.value.constant;
  if (typeof key !== 'string' || !environmentReaders.test(name ?? '')) return value;
  return marked(interpreter, { ...value, name: `os.environ.${key}` }, key, node).taints.length > value.taints.length ? marked(interpreter, { ...value, name: `os.environ.${key}` }, key, node) : value;
}

function outcome(interpreter: Interpreter, record: CodeCall, callee: Value, name: string | undefined, args: readonly CodeArgument[]): Value {
  const { node, receiver } = record;
  const { knowledge, scope } = interpreter;
  const at = origin(interpreter, node);
  if (callee.fn && !(name !== undefined && knowledge.model(name))) {
    const positional: Value[] = [...callee.bound?.args ?? []];
    const names = new Map<string, Value>(callee.bound?.names);
    for (const one of args) {
      if (one.name !== undefined) names.set(one.name, one.value);
      else if (one.spread === 'map') {
        for (const [key, value] of one.value.fields ?? []) names.set(key, value);
        // `handler(**arguments)`: whatever was sent under the names of the parameters.
        const taints = current(interpreter, joinTaints(one.value.taints, one.value.element ? taintsIn(one.value.element, 2) : noTaints));
        if (taints.length > 0) for (const { target } of [callee, ...(callee.others ?? [])].flatMap((each) => each.fn?.node.params ?? [])) if (target.kind === 'name' && !names.has(target.name) && !/^(?:self|cls)$/.test(target.name)) names.set(target.name, { taints });
      }
      else if (one.spread === 'list') positional.push(...one.value.items ?? spreadOf(one.value, callee.fn.node.params.length - positional.length));
      else positional.push(one.value);
    }
    if (one(callee.name, /^react\./)) return unknownValue;
    const entered = interpreter.enter(callee.fn, positional, names);
    let { value } = entered;
    if (!callee.others) interpreter.flow = assume(interpreter.flow, entered.proofs);
    const called = callee.fn.node.name ?? '';
    const role = roleOf(called) ?? noRole;
    // A function of the program's own that throws on what it does not accept.
    if (role.cleans && checksContent(callee.fn.node)) value = { ...value, taints: cleaned(value.taints, everyKind) };
    // A function of the program's own that throws at what it does not accept proves what it lets pass.
    if (role.refuses && checksContent(callee.fn.node)) {
      const given = positional.reduce<readonly Taint[]>((all, each) => joinTaints(all, current(interpreter, taintsIn(each, 1))), noTaints);
      if (given.length > 0) interpreter.flow = assume(interpreter.flow, proofsOf(given, everyKind));
    }
    // One that gives back what is wrong has found nothing wrong where it gives nothing back.
    if (role.tells && tellsProblem(callee.fn.node)) {
      const given = positional.reduce<readonly Taint[]>((all, each) => joinTaints(all, current(interpreter, taintsIn(each, 1))), noTaints);
      if (given.length > 0) value = { ...value, facts: { whenTrue: value.facts?.whenTrue ?? [], whenFalse: [...(value.facts?.whenFalse ?? []), ...proofsOf(given, everyKind)] } };
    }
    // Whether a path lies inside of a folder, or a value is allowed, is told by a function of the program's own.
    if (role.compares && value.taints.length === 0 && !value.fields && !value.items) {
      const given = positional.reduce<readonly Taint[]>((all, each) => joinTaints(all, current(interpreter, taintsIn(each))), noTaints);
      if (given.length > 0) value = { ...value, facts: { whenTrue: [...(value.facts?.whenTrue ?? []), ...proofsOf(given, everyKind)], whenFalse: value.facts?.whenFalse ?? [] } };
    }
    for (const other of callee.others ?? []) if (other.fn) value = join(value, interpreter.enter(other.fn, positional, names).value);
    const own = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
    // What a function of the program's own calls its sanitized markup.
    if (/[sS]aniti[sz]ed_?(?:[hH]tml|HTML|[mM]arkdown)$/.test(own)) value = { ...value, taints: cleaned(value.taints, kindSet('html')) };
    if (veilWords.test(own)) value = { ...value, taints: value.taints.filter((taint) => !/^(?:classified|secret|personal)$/.test(taint.label)) };
    return { ...value, taints: value.taints.map((taint) => extend(taint, at, `returned by ${own || 'the function'}`)), ...(asksPerson(own) ? { human: true } : {}), origin: at };
  }
  if (asserts.test(name ?? '') && args[0]) interpreter.flow = assume(interpreter.flow, factsOf(args[0].value).whenTrue);
  // It throws where the path does not lie inside of the folder.
  if (receiver?.name === 'pathlib.Path#' && receiver.taints.length > 0 && record.written.endsWith('.relative_to')) interpreter.flow = assume(interpreter.flow, proofsOf(current(interpreter, receiver.taints), kindSet('path')));
  // It throws at what it cannot read: what was given is no other text afterwards.
  if (scope.python && name !== undefined && args.length === 1 && args[0]!.value.taints.length > 0 && /^(?:name|member)$/.test(args[0]!.node.kind) && !args[0]!.value.probe && throwingCasts.test(name)) {
    interpreter.flow = assume(interpreter.flow, proofsOf(current(interpreter, args[0]!.value.taints), name.startsWith('ipaddress.') ? everyKind & ~hostChecked : everyKind));
  }
  if (name !== undefined && args.length === 0 && /^(?:express|koa|hono|fastify)\.Next#\(\)$/.test(name)) interpreter.frame.hands.push(interpreter.flow);
  if (neverReturns.test(name ?? record.written)) interpreter.flow = { ...interpreter.flow, dead: true };
  // A question whose `no` ends the program.
  if (name !== undefined && /^(?:click|typer)\.confirm$/.test(name) && args.some((one) => one.name === 'abort' && one.value.constant === true)) interpreter.flow = { ...interpreter.flow, approved: true };
  // A class of fixed values throws at any other.
  if (callee.cls && args.length === 1 && args[0]!.value.taints.length > 0 && callee.cls.bases.some((one) => /^enum\.\w*(?:Enum|Flag)$/.test(one.name ?? ''))) interpreter.flow = assume(interpreter.flow, proofsOf(current(interpreter, args[0]!.value.taints), everyKind));
  const tuple = tupleOf(callee, args);
  if (tuple) return { ...tuple, call: record };
  if (callee.cls) return made(interpreter, record, callee.cls, args);
  // Django: `objects = ProductQuerySet.as_manager()`, `Manager.from_queryset(ProductQuerySet)()`.
  if (receiver?.cls && record.written.endsWith('.as_manager')) return instanceOf(interpreter, receiver.cls);
  if (args[0]?.value.cls && record.written.endsWith('.from_queryset')) return { taints: noTaints, cls: args[0].value.cls };
  // A container of dependencies hands out the instance of a class: `container.resolve(Orders)`.
  if (node.callee.kind === 'member' && args[0]?.value.cls && /^(?:resolve|get|inject|getInstance|get_instance)$/.test(node.callee.property)) return instanceOf(interpreter, args[0].value.cls);
  if (name === 'Promise.settle' && callee.items) {
    callee.items.push(args[0]?.value ?? unknownValue);
    return unknownValue;
  }
  const owner = name === 'super' && scope.python ? interpreter.frame.closure?.owner : undefined;
  const object = owner && interpreter.frame.closure?.self;
  if (owner && object) return { taints: noTaints, above: { self: object, owner } };
  if (name === 'react.setState') return setState(interpreter, callee, args[0]?.value ?? unknownValue);
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

/** Members of a list of which only is known what each may be, one for each parameter that is left. */
function spreadOf({ taints, element }: Value, left: number): readonly Value[] {
  return element ? Array<Value>(Math.max(1, left)).fill(element) : [{ taints }];
}

function one(name: string | undefined, pattern: RegExp): boolean {
  return name !== undefined && pattern.test(name);
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
    // What a form or serializer was given, after its checks.
    const given = /(?:Form|Serializer)$/.test(cls.bases.map((one) => one.name ?? '').join(' ')) ? args.find((one) => one.name === 'data') ?? (args[0]?.name === undefined ? args[0] : undefined) : undefined;
    if (given) for (const name of ['cleaned_data', 'validated_data']) fields.set(name, validated(cls.schema, unknownValue, current(interpreter, taintsIn(given.value))));
    return { taints: noTaints, fields, instance: cls, complete: false, call: record, origin: record.origin, ...(cls.schema.fields ? { schema: cls.schema } : {}) };
  }
  return { ...instanceOf(interpreter, cls, args), call: record };
}

/** Whether a function's name says that it judges content. */
const judges = remembered((name) => /moderat|guardrail|is_?safe|toxic|injection|profan/i.test(name));
const clientNames = /(?:^|[.#_])(?:\w*(?:Client|Connection|Redis|Session|Pool|Engine|Driver|Provider|Manager|Service|Database))$|(?:^|[._])(?:connect|create_?(?:client|pool|engine|connection)|get_?(?:client|connection))$/i;

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
  // What a client gives that was made with a key is not the key.
  const own = receiver ? current(interpreter, receiver.taints).filter((taint) => taint.label !== 'secret' || receiver.parts !== undefined) : noTaints;
  const [only] = callbacks.length === 1 && !listens.test(method) ? callbacks : [];
  let returned: readonly Taint[] = noTaints;
  for (const one of callbacks) {
    if (one.fn!.entry !== undefined) continue;
    const value = interpreter.invoke(one, own.length > 0 ? [{ taints: own }] : []);
    if (one === only) returned = taintsIn(value, 3);
  }
  if (asksPerson(name ?? record.written)) return { taints: noTaints, human: true, origin: at, call: record };
  // A client that was made with a key is not the key.
  if (taints.length > 0 && clientNames.test(record.written)) taints = taints.filter((taint) => taint.label !== 'secret');
  // A check by a function that is not known proves what it was given, when its result is tested.
  const out: Value = { taints: noTaints, origin: at, call: record };
  if (name !== undefined) out.name = `${name}()`;
  if (receiver?.probe?.mode === 'verdict') out.probe = receiver.probe;
  if (receiver?.schema) out.schema = receiver.schema;
  if (checks.test(method) && taints.length > 0) out.facts = { whenTrue: proofsOf(taints, everyKind), whenFalse: [] };
  if (judges(method || record.written)) out.probe = { taints, mode: 'verdict' };
  const counted = own.every((taint) => confidential.has(taint.label)) && /^(?:groupby|size|count|mean|sum|describe|agg|aggregate|value_counts|nunique|corr|median|std|min|max|len|shape|info|drop|exists|isnull|notnull|any|all|verify|compare|match|test|includes|startsWith|startswith|endsWith)$/.test(method);
  if (own.length > 0 && !counted && !veilWords.test(method) && !/^(?:save|close|sort|clear|write|end|destroy|on|abort|release)$/.test(method)) out.taints = own;
  // What a client sends is a model's answer when a command to a model was given to it.
  if (method === 'send') {
    const sent = args[0]?.value;
    if (sent?.taints.some((taint) => taint.label === 'model' || taint.label === 'document' || (taint.label === 'message' && sent.name === '@aws-sdk/client-sqs.ReceiveMessageCommand#'))) return { ...sent, fields: new Map(), complete: false, origin: at };
  }
  // `retry(() => ask())` gives what was asked for, and `wrapped(handler)` is the handler.
  if (returned.length > 0) out.taints = joinTaints(out.taints, current(interpreter, returned));
  if (only && !python && !name?.includes('#')) {
    out.fn = only.fn!;
    if (only.bound) out.bound = only.bound;
    only.fn!.handed = true;
  }
  if (callee.taints.length > 0 && !receiver) out.taints = joinTaints(out.taints, current(interpreter, callee.taints));
  if (taints.length > 0) {
    if (veilWords.test(method)) taints = noTaints;
    else if (cleanersByName.test(method)) taints = cleaned(taints, everyKind);
    else if (lookups.test(method) || /^use(?:[A-Z]\w*)?(?:Query|Queries|SWR)$/.test(method) || (name !== undefined && name.startsWith('react.'))) taints = noTaints;
    out.taints = joinTaints(out.taints, taints.map((taint) => (taint.weak ? taint : { ...taint, weak: true })));
  }
  return out;
}

/** A function or a named callee run on values, as a callback. */
export function invoke(interpreter: Interpreter, callee: Value, args: readonly Value[]): Value {
  if (callee.fn) return interpreter.enter(callee.fn, callee.bound ? [...callee.bound.args, ...args] : args, callee.bound?.names).value;

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
    if (callee.name === 'react.setState') return setState(interpreter, callee, args[0] ?? unknownValue);
  }
  return { taints: args.reduce<readonly Taint[]>((all, one) => joinTaints(all, taintsIn(one, 2)), noTaints).filter((taint) => taint.label !== 'secret').map((taint) => (taint.weak ? taint : { ...taint, weak: true })) };
}

