import type { Expression } from '../../model/code-tree.ts';
import { chainOf, isStep } from './chains.ts';
import { forbidden, hostMatched, matched, membership, prefixed, proofsOf, suffixed } from './conditions.ts';
import { iterated } from './branches.ts';
import { current, lookUp, origin } from './interpreter.ts';
import { everyKind, kindSet } from './kinds.ts';
import { at, here, keyword, live, test, type LibraryCall } from './library-call.ts';
import { marked } from './sensitive.ts';
import { veilWords } from './tables/cleaners.ts';
import { ownAddress } from './tables/sources.ts';
import { tellEmpty } from './telling-variables.ts';
import { cap, splitFormat, textOf } from './text.ts';
import { cleaned, elementOf, join, joinTaints, noTaints, taintsIn, unknownValue, type Value } from './value.ts';

/** Members of a list that are told apart. */
const mostItems = 24;

const containers: ReadonlySet<string> = new Set(['Map#', 'Set#', 'dict#', 'URL#', 'pathlib.Path#', 'RegExp#']);
/** What one function puts into a queue, another takes out. */
const queues = /^(?:asyncio|queue|multiprocessing|janus|gevent\.queue|trio)\.\w*Queue#$|^contextvars\.ContextVar#$/;
const ownMethods = /^(?:get|set|pop|update|append|add|items|keys|values|entries|map|filter|find|some|every|reduce|push|copy|all|one|data|json|text|read|content|result|first|last|apply|call|extend|insert|sort|fill|with|clone|page|html|shift|at|forEach)$/;

/** What a method of a text, a collection, a path or a task gives. */
export function byMethod(call: LibraryCall, receiver: Value): Value | undefined {
  const { interpreter, method, args } = call;
  const own = current(interpreter, receiver.taints);
  // `get`, `set`, `find` ... of a library's object are its own, and not those of a collection.
  if (receiver.name?.endsWith('#') && own.length === 0 && !receiver.items && !receiver.element && !containers.has(receiver.name) && !queues.test(receiver.name) && ownMethods.test(method)) return undefined;
  const first = at(call, 0);
  const element = (): Value => iterated(interpreter, receiver, call.node);
  switch (method) {
    // Tests of texts and collections
    case 'includes': case 'has': case 'contains': case 'hasOwnProperty': case '__contains__': {
      const taints = live(call, first);
      if (own.length > 0 && typeof first.constant === 'string') return test(forbidden(first.constant, own));
      if (receiver.probe?.mode === 'verdict') return test({ whenTrue: [], whenFalse: [] }, { probe: receiver.probe });
      return test(membership({ ...first, taints }, own.length > 0 ? { taints: own } : receiver.items ? { taints: noTaints, items: receiver.items } : unknownValue), receiver.human ? { human: true } : {});
    }
    case 'search':
      if (interpreter.scope.python && receiver.name !== undefined && receiver.name !== 'RegExp#') return undefined;
      return { taints: noTaints, scalar: true };
    case 'indexOf': return { taints: noTaints, scalar: true };
    case 'rfind': case 'rindex': case 'index': case 'count': return interpreter.scope.python && own.length > 0 && receiver.name === undefined ? { taints: noTaints, scalar: true } : undefined;
    case 'startsWith': case 'startswith': return test(prefixed(own, first, false), receiver.human ? { human: true } : {});
    case 'endsWith': case 'endswith': return test(suffixed(receiver, first));
    case 'is_relative_to': return test({ whenTrue: proofsOf(own, kindSet('path')), whenFalse: [] });
    case 'isdigit': case 'isalnum': case 'isnumeric': case 'isidentifier': case 'isalpha': case 'isdecimal': return test({ whenTrue: proofsOf(own, everyKind), whenFalse: [] });
    case 'test': case 'exec': case 'match': case 'fullmatch': {
      const pattern = receiver.name === 'RegExp#' ? receiver : first.name === 'RegExp#' ? first : undefined;
      const text = receiver.name === 'RegExp#' ? first : receiver;
      const taints = live(call, text);
      const source = pattern?.parts?.[0];
      const python = interpreter.scope.python;
      const facts = typeof source === 'string' ? matched(python && method === 'match' && !source.startsWith('^') ? `^${source}` : source, typeof pattern?.constant === 'string' ? '' : '', method === 'fullmatch', taints) : { whenTrue: [], whenFalse: [] };
      if (method === 'test') return test(facts.whenTrue.length > 0 || facts.whenFalse.length > 0 || typeof source !== 'string' ? facts : hostMatched(source, text));
      const strict = facts.whenTrue.length > 0 && typeof source === 'string';
      return here(call, strict ? noTaints : taints, { facts });
    }
    case 'some': case 'every': case 'find': case 'findLast': case 'filter': case 'findIndex': {
      if (!first.fn) return method === 'filter' ? receiver : method === 'find' && interpreter.scope.python && own.length > 0 && receiver.name === undefined ? { taints: noTaints, scalar: true } : undefined;
      const item = element();
      const result = interpreter.invoke(first, [item, unknownValue, receiver]);
      const facts = result.facts;
      const probe = receiver.probe ?? result.probe;
      if (method === 'some' || method === 'every' || method === 'findIndex') return { taints: noTaints, scalar: true, ...(facts ? { facts: method === 'every' ? { whenTrue: facts.whenTrue, whenFalse: [] } : facts } : {}), ...(probe ? { probe } : {}), ...(receiver.human || result.human ? { human: true } : {}) };
      const proven = facts?.whenTrue ?? [];
      const keep = (value: Value, deep = true): Value => (proven.length === 0 ? value : { ...value, ...(deep && value.element ? { element: keep(value.element, false) } : {}), ...(deep && value.items ? { items: value.items.map((one) => keep(one, false)) } : {}), taints: value.taints.flatMap((taint) => { const kinds = proven.filter((one) => one.root === taint.root).reduce((sum, one) => sum | one.kinds, 0); return cleaned([taint], kinds); }) });
      return method === 'filter' ? { ...keep(receiver), origin: origin(interpreter, call.node), ...(receiver.items ? { complete: false } : {}) } : keep(item);
    }
    // Texts
    case 'trim': case 'trimStart': case 'trimEnd': case 'toLowerCase': case 'toUpperCase': case 'lower': case 'upper': case 'strip': case 'lstrip': case 'rstrip': case 'title': case 'capitalize': case 'casefold': case 'toString': case 'valueOf': case 'normalize': case 'padStart': case 'padEnd': case 'zfill': case 'decode': case 'encode': case 'toWellFormed': case 'removeprefix': case 'removesuffix': case 'expanduser': case 'resolve': case 'absolute': case 'as_posix': case 'swapcase': case 'repeat': case 'center': case 'ljust': case 'rjust': case 'expandtabs': case 'dedent':
      if (method === 'resolve' && receiver.name !== 'pathlib.Path#' && !(interpreter.scope.python && own.length > 0)) return undefined;
      return receiver.taints.length > 0 || receiver.human || receiver.probe || receiver.parts || receiver.constant !== undefined ? { ...receiver, ...(method === 'encode' || method === 'decode' || args.length > 0 && method !== 'strip' ? withoutText(receiver) : {}), origin: origin(interpreter, call.node), taints: own, ...(receiver.name === 'pathlib.Path#' ? {} : {}) } : undefined;
    case 'slice': case 'substring': case 'substr': case 'truncate': {
      if (receiver.items || receiver.element) return { ...receiver, complete: false };
      return own.length > 0 ? here(call, args.length > 1 ? cap(own.filter((taint) => taint.label !== 'secret')) : own) : undefined;
    }
    case 'replace': case 'replaceAll': {
      const pattern = first.name === 'RegExp#' ? first.parts?.[0] : undefined;
      if (typeof pattern === 'string' && /^\[\^[\w\\ .,-]+\]\+?$/.test(pattern)) return here(call, cleaned(own, everyKind & ~kindSet('user-prompt', 'system-prompt')));
      const callbackTaints = at(call, 1).fn ? taintsIn(interpreter.invoke(at(call, 1), [receiver])) : live(call, at(call, 1));
      if (typeof first.constant === 'string' && receiver.constant === undefined && own.length === 0 && callbackTaints.length === 0) return undefined;
      return here(call, joinTaints(cleaned(own, without(first, pattern, at(call, 1).constant) | stepsGone(call, pattern ?? first.constant, pattern !== undefined)), callbackTaints), { ...(receiver.parts ? { parts: receiver.parts } : {}), ...(ownAddress.test(receiver.name ?? '') ? { lead: noTaints } : {}) });
    }
    case 'split': case 'splitlines': case 'rsplit': case 'partition': case 'rpartition': case 'matchAll': case 'groups': case 'groupdict': return own.length > 0 ? here(call, own) : undefined;
    case 'group': return own.length > 0 ? here(call, own) : undefined;
    case 'join': {
      // JavaScript joins the receiver with the separator, Python the argument with the receiver.
      const list = interpreter.scope.python ? first : receiver;
      const separator = interpreter.scope.python ? receiver : first;
      if (list.items && list.complete) return textOf(interpreter, call.node, list.items.flatMap((one, index) => (index === 0 ? [one] : [separator === unknownValue ? ',' : separator, one])), false);
      return here(call, live(call, list), { parts: partsOf(list) });
    }
    case 'format': case 'format_map': {
      let taints = own;
      for (const one of args) taints = joinTaints(taints, live(call, one.value));
      if (receiver.name !== undefined && !receiver.parts && receiver.constant === undefined && own.length === 0) return undefined;
      return here(call, taints, { parts: typeof receiver.constant === 'string' ? splitFormat(receiver.constant, /\{[^{}]*\}/) : receiver.parts ?? [] });
    }
    case 'concat': {
      if (receiver.items || receiver.element) return join(receiver, first);
      return textOf(interpreter, call.node, [receiver, ...args.map((one) => one.value)], false);
    }
    // Collections
    case 'map': case 'flatMap': case 'forEach': case 'reduce': case 'reduceRight': case 'sort': case 'toSorted': case 'then': case 'finally': case 'pipe': case 'subscribe': case 'tap': {
      if (method === 'pipe' && isStep(receiver) && (isStep(first) || first.fn)) return chainOf(interpreter, receiver, first, call.node);
      if (!first.fn && first.name === undefined) return undefined;
      if (method === 'pipe' && !first.fn) return undefined;
      if (method === 'then' || method === 'pipe' || method === 'subscribe' || method === 'tap') {
        const result = interpreter.invoke(first, [receiver]);
        if (at(call, 1).fn) interpreter.invoke(at(call, 1), []);
        return method === 'then' ? result : receiver;
      }
      if (method === 'finally') { interpreter.invoke(first, []); return receiver; }
      if (method === 'reduce' || method === 'reduceRight') {
        const start = at(call, 1);
        const once = interpreter.invoke(first, [start, element()]);
        return join(start, interpreter.invoke(first, [join(start, once), element()]));
      }
      if (method === 'sort' || method === 'toSorted') { if (first.fn) interpreter.invoke(first, [element(), element()]); return receiver; }
      const items = receiver.items && receiver.complete && receiver.items.length <= 8 && method === 'map' ? receiver.items.map((one) => interpreter.invoke(first, [one, unknownValue, receiver])) : undefined;
      if (items) return here(call, noTaints, { items, complete: true });
      const result = interpreter.invoke(first, [element(), unknownValue, receiver]);
      if (method === 'forEach') return unknownValue;
      const inner = method === 'flatMap' ? iterated(interpreter, result, call.node) : result;
      return here(call, noTaints, { element: method === 'flatMap' && inner === unknownValue ? result : inner });
    }
    case 'catch': return first.fn ? join(receiver, interpreter.invoke(first, [])) : receiver;
    case 'push': case 'unshift': case 'append': case 'add': case 'appendleft': case 'extend': case 'insert': case 'push_back': {
      if (receiver.name?.endsWith('#') && receiver.name !== 'Set#' && receiver.name !== 'dict#' && !receiver.items && !receiver.element) return undefined;
      if (Object.isFrozen(receiver)) return undefined;
      tellEmpty(interpreter, receiver);
      for (const one of args) {
        if (method === 'insert' && one === args[0]) continue;
        const spread = one.spread === 'list' || method === 'extend';
        const value = spread ? iterated(interpreter, one.value, one.node) : one.value;
        if (taintsIn(value).length > 0 && taintsIn(receiver).length === 0 && ofModule(call)) interpreter.shared = true;
        // Members that may be there are kept apart, so that what belongs together stays so.
        if (!spread && receiver.items && receiver.items.length < mostItems && !receiver.element && (method === 'push' || method === 'append')) {
          receiver.items.push(value);
          if (interpreter.conditions > (receiver.depth ?? 0)) receiver.complete = false;
        }
        else { receiver.element = receiver.element ? join(receiver.element, value) : value; receiver.complete = false; }
      }
      return { taints: noTaints, scalar: true };
    }
    case 'write': case 'writelines': {
      // A text that is put together in memory.
      if (receiver.name !== 'io.StringIO()' || Object.isFrozen(receiver)) return undefined;
      receiver.taints = joinTaints(receiver.taints, live(call, first));
      return { taints: noTaints, scalar: true };
    }
    case 'put': case 'put_nowait': {
      if (!queues.test(receiver.name ?? '') || Object.isFrozen(receiver)) return undefined;
      if (taintsIn(first).length > 0 && (!receiver.element || taintsIn(receiver.element).length === 0)) interpreter.shared = true;
      receiver.element = receiver.element ? join(receiver.element, first) : first;
      return { taints: noTaints, scalar: true };
    }
    case 'pop': case 'shift': case 'at': case 'popleft': case 'first': case 'last': case 'peek': {
      if (receiver.fields && typeof first.constant === 'string') return interpreter.member(receiver, first.constant, call.node);
      return receiver.items || receiver.element || own.length > 0 ? element() : undefined;
    }
    case 'get_nowait': return queues.test(receiver.name ?? '') && receiver.element ? receiver.element : undefined;
    case 'get': case 'getOrDefault': case 'setdefault': case 'getAll': case 'getlist': case 'get_all': case 'getItem': {
      if (receiver.element && queues.test(receiver.name ?? '')) return receiver.element;
      if (own.length === 0 && !receiver.fields && !receiver.element && receiver.name !== 'Map#' && receiver.name !== 'dict#') return undefined;
      const fallback = interpreter.scope.python ? at(call, 1) : unknownValue;
      if (typeof first.constant === 'string') {
        const inner = own.length > 0 ? marked(interpreter, interpreter.member(receiver, first.constant, call.node), first.constant, call.node) : interpreter.member(receiver, first.constant, call.node);
        return fallback === unknownValue || receiver.fields?.has(first.constant) ? inner : join(inner, fallback);
      }
      let out: Value = elementOf(receiver);
      if (receiver.fields) for (const [key, value] of receiver.fields) if (!key.startsWith('method ')) out = out === unknownValue ? value : join(out, value);
      if (own.length > 0) out = out === unknownValue ? here(call, own) : { ...out, taints: joinTaints(out.taints, own) };
      return fallback === unknownValue ? (out === unknownValue && receiver.name !== 'Map#' ? undefined : out) : join(out, fallback);
    }
    case 'set': case 'update': {
      if (receiver.name === 'contextvars.ContextVar#' && !Object.isFrozen(receiver)) {
        if (taintsIn(first).length > 0) interpreter.shared = true;
        receiver.element = receiver.element ? join(receiver.element, first) : first;
        return { taints: noTaints };
      }
      if (receiver.name !== 'Map#' && receiver.name !== 'dict#' && !(method === 'update' && receiver.fields && !receiver.instance)) return undefined;
      if (method === 'update') {
        receiver.fields ??= new Map();
        for (const one of args) {
          if (one.name !== undefined) receiver.fields.set(one.name, one.value);
          else if (one.value.fields) for (const [key, value] of one.value.fields) receiver.fields.set(key, value);
          else if (one.value.taints.length > 0) receiver.element = receiver.element ? join(receiver.element, one.value) : one.value;
        }
        return unknownValue;
      }
      const value = at(call, 1);
      if (value.taints.length > 0 && ofModule(call)) interpreter.shared = true;
      if (typeof first.constant === 'string') (receiver.fields ??= new Map()).set(first.constant, value);
      else receiver.element = receiver.element ? join(receiver.element, value) : value;
      return receiver;
    }
    case 'items': case 'entries': case 'values': case 'keys': case 'most_common': {
      if (!receiver.fields && !receiver.element && own.length === 0) return undefined;
      let inner: Value = elementOf(receiver);
      if (receiver.fields) for (const [key, value] of receiver.fields) if (!key.startsWith('method ')) inner = inner === unknownValue ? value : join(inner, value);
      if (own.length > 0) inner = inner === unknownValue ? { taints: own } : { ...inner, taints: joinTaints(inner.taints, own) };
      if (method === 'values') return here(call, noTaints, { element: inner });
      if (method === 'keys') return here(call, own);
      // The parts of an answer are a list: what counts them is a number.
      const counted = method === 'entries' && receiver.name !== 'Map#' && own.every((taint) => taint.label === 'model');
      return here(call, noTaints, { element: { taints: noTaints, items: [{ taints: counted ? noTaints : own }, inner], complete: true } });
    }
    case 'reverse': case 'toReversed': case 'flat': case 'fill': case 'splice': case 'toArray': case 'copy': case 'unique': case 'clone': case 'with': case 'tolist': case 'to_dict': case 'model_dump': case 'dict': case 'toJSON': case 'json': case 'text': case 'arrayBuffer': case 'blob': case 'read': case 'readline': case 'readlines': case 'read_text': case 'read_bytes': case 'getvalue': case 'get_secret_value': case 'iter_lines': case 'iter_content': case 'iter_text': case 'aiter_text': case 'getReader': case 'pipeThrough': case 'transformToString': case 'finalMessage': case 'finalText': case 'get_final_message': case 'get_final_text': case 'fetchall': case 'fetchone': case 'fetchmany': case 'all': case 'one': case 'scalars': case 'scalar': case 'result': case 'data': case 'content': case 'model_dump_json': case 'get_text': case 'getText': case 'extract_text': case 'page': case 'getbuffer': case 'aread': case 'atext': case 'unwrap': case 'get_payload': case 'as_string': case 'html': case 'with_suffix': case 'with_name': case 'joinpath': case 'relative_to': case 'asText': case 'consumeStream': case 'toDataStream': {
      // A new element of jQuery whose text is set.
      if (method === 'text' && receiver.name === 'jquery()' && args.length === 1) return here(call, noTaints, { name: 'jquery()' });
      if (method === 'joinpath' || method === 'with_name' || method === 'relative_to') return receiver.name === 'pathlib.Path#' ? here(call, joinTaints(own, method === 'relative_to' ? noTaints : args.reduce((all, one) => joinTaints(all, live(call, one.value)), noTaints)), { name: 'pathlib.Path#' }) : undefined;
      if (own.length === 0 && !receiver.items && !receiver.element && !receiver.fields) return undefined;
      // What an uploaded file holds names no other.
      if (method === 'read' && own.length > 0 && own.every((taint) => /(?:^|\.)(?:form|files)\.\w+$/.test(taint.what))) return { ...receiver, taints: cleaned(own, kindSet('path')), origin: origin(interpreter, call.node) };
      if (receiver.instance) return /^(?:model_dump|model_dump_json|dict|json|toJSON|to_dict|copy)$/.test(method) && fieldsOf(receiver) ? here(call, own, { fields: fieldsOf(receiver)!, complete: false }) : undefined;
      return { ...receiver, taints: own, origin: origin(interpreter, call.node) };
    }
    case 'apply': case 'call': case 'bind': {
      if (!receiver.fn && receiver.name === undefined) return undefined;
      if (receiver.name?.startsWith('pandas')) return undefined;
      if (method === 'bind') return receiver.fn && args.length > 1 ? { ...receiver, bound: { args: [...receiver.bound?.args ?? [], ...args.slice(1).map((one) => one.value)], names: new Map() } } : receiver;
      return receiver.fn || (receiver.name !== undefined && !receiver.name.endsWith('#') && interpreter.knowledge.sinks(receiver.name).length > 0) ? interpreter.invoke(receiver.fn ? receiver : { ...receiver, origin: origin(interpreter, call.node) }, method === 'call' ? args.slice(1).map((one) => one.value) : at(call, 1).items ?? []) : undefined;
    }
    case 'enter_async_context': case 'enter_context': return interpreter.scope.python && first !== unknownValue ? first : undefined;
    case 'delay': case 'apply_async': case 'remote': case 'send': case 'send_with_options': case 'si': case 's': {
      // A task of Celery, Dramatiq or Ray: what it is given, a worker gets.
      if (!interpreter.scope.python || !receiver.fn) return method === 'apply_async' ? background(call) : undefined;
      const listed = keyword(call, 'args') ?? (method === 'apply_async' ? first : undefined);
      const named = keyword(call, 'kwargs') ?? (method === 'apply_async' ? at(call, 1) : undefined);
      // A bound task gets itself first.
      const [self0] = receiver.fn.node.params;
      const bound = !receiver.fn.owner && self0?.target.kind === 'name' && self0.target.name === 'self' ? [unknownValue] : [];
      const positional = listed ? listed.items ?? [{ taints: listed.taints }] : args.filter((one) => one.name === undefined && one.spread === undefined).map((one) => one.value);
      interpreter.enter(receiver.fn, [...bound, ...positional], named ? named.fields : new Map(args.flatMap((one) => (one.name === undefined ? [] : [[one.name, one.value] as const]))));
      return here(call, noTaints);
    }
    case 'invoke': case 'ainvoke': return receiver.name === 'langchain.RunnableLambda#' && receiver.element?.fn ? interpreter.invoke(receiver.element, [first]) : undefined;
    case 'enqueue': case 'enqueue_call': {
      const task = first.fn ? first : keyword(call, 'func');
      if (!interpreter.scope.python || !task?.fn) return undefined;
      interpreter.enter(task.fn, keyword(call, 'args')?.items ?? args.slice(1).flatMap((one) => (one.name === undefined ? [one.value] : [])), keyword(call, 'kwargs')?.fields);
      return here(call, noTaints);
    }
    case 'add_task': case 'call_soon': case 'submit': case 'run_in_executor': case 'starmap': {
      return background(call);
    }
    default: break;
  }
  // What was signed is as good as the signature that it is compared with.
  if (own.length > 0 && veilWords.test(method)) return here(call, noTaints, /digest$/.test(method) ? { probe: { taints: own, mode: 'digest' } } : {});
  if (receiver.human && receiver.taints.length === 0) return { taints: noTaints, human: true };
  return undefined;
}

/** Whether a function changes a list of the module, which others read. */
function ofModule({ interpreter, node }: LibraryCall): boolean {
  const name = node.callee.kind === 'member' && node.callee.object.kind === 'name' ? node.callee.object.name : undefined;
  return name !== undefined && interpreter.frame.closure !== undefined && lookUp(interpreter.scope, name)?.scope.parent === undefined;
}

/** A function that an executor, a pool or a loop is to run on the arguments after it. */
function background({ interpreter, method, args }: LibraryCall): Value | undefined {
  const [target, ...rest] = args.slice(method === 'run_in_executor' ? 1 : 0);
  const { fn, bound } = target?.value ?? unknownValue;
  if (!fn) return undefined;
  return interpreter.enter(fn, [...bound?.args ?? [], ...rest.flatMap((one) => (one.name === undefined ? [one.value] : []))], new Map([...bound?.names ?? [], ...rest.flatMap((one) => (one.name === undefined ? [] : [[one.name, one.value] as const]))])).value;
}

/** What a text is harmless to once the characters of a pattern are gone from it: `<` begins no tag, and without `/` there is no other folder. */
export function without(first: Value, pattern: string | undefined, replacement?: Value['constant']): number {
  const whole = pattern ?? first.constant;
  // What has a meaning in patterns is escaped: `replace(/[.*+?^${}()|[\]\\]/g, '\\$&')`.
  if (typeof whole === 'string' && /^\(?\[/.test(whole) && /\*/.test(whole) && /\+/.test(whole) && /\(/.test(whole) && typeof replacement === 'string' && /\\/.test(replacement)) return kindSet('regex');
  if (whole === '<' || whole === '<|>') return kindSet('html');
  const set = typeof whole === 'string' ? /^\[([^\]^](?:\\.|[^\]])*)\][+]?$/.exec(whole)?.[1] : undefined;
  if (set === undefined) return 0;
  return (set.includes('<') ? kindSet('html') : 0) | (/\\\/|\//.test(set) ? kindSet('path') : 0);
}

/** What a path is harmless to once it holds no `..`, or once none is left before a path that was made plain. */
function stepsGone({ interpreter, method, node }: LibraryCall, whole: Value['constant'], isPattern: boolean): number {
  if (typeof whole !== 'string') return 0;
  const all = interpreter.scope.python || method === 'replaceAll' || (isPattern && node.args[0]?.value.kind === 'literal' && /g/.test(node.args[0].value.regex ?? ''));
  if (all && (isPattern ? /^(?:\\\.){2}\+?$|^\\\.\{2,\}$/.test(whole) : whole === '..')) return kindSet('path');
  return isPattern && /^\^\(?(?:\?:)?(?:\\\.){2}.*\)?[+*]$/.test(whole) && normalized(node.callee, 0) ? kindSet('path') : 0;
}

/** Whether a text was made by `path.normalize`. */
function normalized(node: Expression, depth: number): boolean {
  if (depth > 4) return false;
  if (node.kind === 'member') return node.property === 'normalize' || normalized(node.object, depth + 1);
  return node.kind === 'call' && normalized(node.callee, depth + 1);
}

/** What an instance holds, without its methods. */
export function fieldsOf(value: Value): Map<string, Value> | undefined {
  if (!value.fields) return undefined;
  const out = new Map([...value.fields].filter(([key, one]) => !key.startsWith('method ') && !one.fn));
  return out.size > 0 ? out : undefined;
}

function withoutText(value: Value): Partial<Value> {
  return value.parts ? { parts: value.parts } : {};
}

/** Fixed texts in a list that is joined, so that markup in it is seen. */
function partsOf(list: Value): readonly (string | undefined)[] {
  const out: (string | undefined)[] = [];
  for (const one of list.items ?? []) out.push(...(typeof one.constant === 'string' ? [one.constant] : one.parts ?? [undefined]));
  if (list.element) out.push(...(list.element.parts ?? [undefined]));
  return out;
}
