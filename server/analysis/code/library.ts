import { chainOf, isStep } from './chains.ts';
import { forbidden, matched, membership, prefixed, proofsOf } from './conditions.ts';
import { iterated } from './branches.ts';
import { current, origin } from './interpreter.ts';
import { everyKind, kindSet } from './kinds.ts';
import { at, here, keyword, live, test, type LibraryCall } from './library-call.ts';
import { schemaCall } from './schema-calls.ts';
import { marked } from './sensitive.ts';
import { capped, textual, veilWords } from './tables/cleaners.ts';
import { cap, splitFormat, textOf } from './text.ts';
import { cleaned, elementOf, join, joinTaints, noTaints, taintsIn, unknownValue, type Facts, type Taint, withoutConstant, type Value } from './value.ts';

/** The value of a call that the library models know, or undefined. */
export function libraryValue(call: LibraryCall): Value | undefined {
  return byName(call) ?? schemaCall(call) ?? (call.receiver ? byMethod(call, call.receiver) : undefined);
}

function allArgs(call: LibraryCall): readonly Taint[] {
  let taints = noTaints;
  for (const one of call.args) taints = joinTaints(taints, live(call, one.value));
  return taints;
}

const passing = new Set(['String', 'str', 'repr', 'ascii', 'bytes', 'bytearray', 'unicode', 'Buffer.from', 'Buffer.concat', 'atob', 'btoa', 'decodeURIComponent', 'decodeURI', 'unescape', 'escape', 'structuredClone', 'copy.copy', 'copy.deepcopy', 'Promise.resolve', 'Object.freeze', 'Object.seal', 'base64.b64decode', 'base64.b64encode', 'urllib.parse.unquote', 'textwrap.dedent', 'textwrap.indent', 'codecs.decode', 'codecs.encode', 'io.BytesIO', 'io.StringIO', 'json.loads', 'JSON.parse', 'JSON.stringify', 'json.dumps', 'yaml.safe_load', 'yaml.safe_dump', 'yaml.dump', 'list', 'tuple', 'set', 'frozenset', 'sorted', 'reversed', 'iter', 'next', 'min', 'max', 'dict', 'Array.from', 'Object.values', 'Object.entries', 'Object.fromEntries', 'Array.of', 'enumerate', 'zip', 'itertools.chain', 'itertools.chain.from_iterable', 'contextlib.closing', 'contextlib.suppress', 'shlex.split', 'shlex.join', 'os.path.join', 'path.join', 'path.resolve', 'path.normalize', 'path.relative', 'path.posix.join', 'os.path.abspath', 'os.path.normpath', 'os.path.realpath', 'os.path.expanduser', 'os.path.dirname', 'path.dirname', 'os.path.relpath', 'os.fspath', 'fs.realpathSync', 'fs.promises.realpath', 'fs.realpath', 'fileURLToPath', 'url.fileURLToPath', 'url.pathToFileURL', 'marked', 'marked.parse', 'marked.marked', 'markdown.markdown', 'markdown2.markdown', 'mistune.html', 'markdown_it.MarkdownIt#render', 'markdown-it.render', 'showdown.Converter#makeHtml', 'micromark', 'remark.process', 'querystring.parse', 'qs.parse', 'urllib.parse.parse_qs', 'util.format', 'sprintf-js.sprintf', 'util.inspect', 'readFile', 'unicodedata.normalize', 'streamToString', 'asyncio.wait_for', 'asyncio.shield', 'asyncio.gather', 'Promise.all', 'Promise.race', 'Promise.allSettled', 'Promise.any', 'anext', 'aiter', 'cast', 'typing.cast', 'rxjs.firstValueFrom', 'rxjs.lastValueFrom', 'rxjs.of', 'rxjs.from', 'common-tags.oneLine', 'dedent', 'strip-ansi', 'he.decode', 'html.unescape', 'gray-matter', 'email.message_from_string', 'ReadableStream', 'Readable.from', 'stream.Readable.from', 'pathlib.PurePath', 'numpy.array', 'bs4.BeautifulSoup', 'cheerio.load', 'requests.utils.unquote', 'decode', 'encode', 'Headers', 'Blob', 'File', 'Map', 'Set', 'json5.parse', 'json_repair.repair_json', 'json_repair.loads', 'partial-json.parse', 'orjson.loads', 'ujson.loads', 'simplejson.loads', 'orjson.dumps', 'destr', 'superjson.parse', 'devalue.parse', 'toml.loads', 'tomllib.loads', 'yaml.parse', 'yaml.load', 'js-yaml.load', 'xmltodict.parse', 'csv-parse/sync.parse', 'papaparse.parse', 'csv.reader', 'csv.DictReader', 'StringIO', 'BytesIO', 'parseUri']);

function byName(call: LibraryCall): Value | undefined {
  const { interpreter, name, args } = call;
  if (name === undefined) return undefined;
  const first = at(call, 0);
  switch (name) {
    case 'isinstance': return test(isInstance(call, first, at(call, 1)));
    case 'callable': case 'hasattr': case 'issubclass': return test({ whenTrue: [], whenFalse: [] });
    case 'len': return { taints: noTaints, scalar: true, ...(first.taints.length > 0 ? { probe: { taints: live(call, first), mode: 'length' as const } } : {}) };
    case 'type': return { taints: noTaints, scalar: true, probe: { taints: live(call, first), mode: 'type' } };
    case 'Number.isInteger': case 'Number.isFinite': case 'Number.isSafeInteger': case 'isFinite': case 'Number.isNaN': case 'isNaN': {
      const proofs = proofsOf(live(call, first), name.endsWith('NaN') ? 0 : everyKind);
      return test(name.endsWith('NaN') ? { whenTrue: [], whenFalse: proofsOf(live(call, first), everyKind) } : { whenTrue: proofs, whenFalse: [] });
    }
    case 'Array.isArray': return test({ whenTrue: [], whenFalse: [] });
    case 'Object.hasOwn': case 'Object.keys().includes': return test(membership({ ...at(call, 1), taints: live(call, at(call, 1)) }, first.taints.length > 0 ? first : unknownValue));
    case 'Object.prototype.hasOwnProperty.call': return test(membership({ ...at(call, 1), taints: live(call, at(call, 1)) }, unknownValue));
    case 'any': case 'all': {
      const facts = first.facts ?? elementOf(first).facts;
      const probe = first.probe ?? elementOf(first).probe;
      return { taints: noTaints, scalar: true, ...(facts ? { facts: name === 'all' ? { whenTrue: facts.whenTrue, whenFalse: [] } : { whenTrue: facts.whenTrue, whenFalse: facts.whenFalse } } : {}), ...(probe ? { probe } : {}) };
    }
    case 're.match': case 're.fullmatch': case 're.search': case 're.test': {
      const pattern = first.constant;
      const text = at(call, 1);
      const taints = live(call, text);
      const facts = typeof pattern === 'string' ? matched(name === 're.search' ? pattern : `^(?:${pattern})`.replace(/^\^\(\?:\^/, '^(?:'), '', name === 're.fullmatch', taints) : first.name === 'RegExp#' && first.parts ? matched(String(first.parts[0]), '', name === 're.fullmatch', taints) : undefined;
      const stricter = typeof pattern === 'string' && name === 're.match' ? matched(pattern.startsWith('^') ? pattern : `^${pattern}`, '', false, taints) : facts;
      return here(call, name === 're.fullmatch' && stricter?.whenTrue.length ? cleaned(taints, everyKind) : taints, { ...(stricter ? { facts: stricter } : {}) });
    }
    case 'zipfile.ZipFile': case 'tarfile.open': case 'tarfile.TarFile': return here(call, allArgs(call), { name: name === 'zipfile.ZipFile' ? 'zipfile.ZipFile#' : 'tarfile.TarFile#' });
    case 're.compile': return here(call, noTaints, { name: 'RegExp#', ...(typeof first.constant === 'string' ? { parts: [first.constant], constant: first.constant } : {}) });
    case 're.sub': case 're.subn': {
      const taints = live(call, at(call, 2));
      return here(call, typeof first.constant === 'string' && /^\[\^[\w\\ .,-]+\]\+?$/.test(first.constant) ? cleaned(taints, everyKind & ~kindSet('user-prompt', 'system-prompt')) : cleaned(taints, without(first, typeof first.constant === 'string' ? first.constant : undefined)));
    }
    case 're.findall': case 're.finditer': case 're.split': return here(call, live(call, at(call, 1)));
    case 'concurrent.futures.ThreadPoolExecutor#map': case 'concurrent.futures.ProcessPoolExecutor#map': case 'multiprocessing.Pool#map': case 'multiprocessing.Pool#imap': case 'multiprocessing.Pool#imap_unordered': case 'multiprocessing.pool.ThreadPool#map': {
      const result = first.fn || first.name !== undefined ? interpreter.invoke(first, [iterated(interpreter, at(call, 1), call.node)]) : unknownValue;
      return here(call, noTaints, { element: result });
    }
    case 'URL': {
      const base = at(call, 1);
      // A fixed path on the address of the request itself stays on this site.
      const fixedPath = typeof first.constant === 'string' || (base !== unknownValue && live(call, first).length === 0) || (typeof first.parts?.[0] === 'string' && first.parts[0].startsWith('/'));
      const taints = fixedPath && base !== unknownValue ? live(call, base).filter((taint) => !ownAddress.test(taint.what)) : joinTaints(live(call, base), live(call, first));
      // The host is that of the base.
      const based = base !== unknownValue && taints.length > 0;
      const parts = based ? base.parts : first.parts ?? (typeof first.constant === 'string' ? [first.constant] : undefined);
      return here(call, taints, { name: 'URL#', ...(parts ? { parts } : {}), ...(first.lead && base === unknownValue ? { lead: first.lead } : {}), ...(typeof first.constant === 'string' && base === unknownValue ? { constant: first.constant } : {}) });
    }
    case 'urllib.parse.urlparse': case 'urllib.parse.urlsplit': case 'url.parse': return here(call, live(call, first), { name: 'URL#' });
    case 'urllib.parse.urljoin': return here(call, allArgs(call), { lead: allArgs(call) });
    case 'RegExp': return here(call, noTaints, { name: 'RegExp#', ...(typeof first.constant === 'string' ? { parts: [first.constant] } : {}) });
    case 'Object.assign': {
      for (const one of args.slice(1)) if (one.value.fields && first.fields) for (const [key, value] of one.value.fields) first.fields.set(key, value);
      return { ...first, taints: joinTaints(first.taints, args.slice(1).reduce((taints, one) => joinTaints(taints, live(call, one.value, 1)), noTaints)) };
    }
    case 'Object.keys': return here(call, live(call, first, 0), {});
    case 'Object.entries': case 'enumerate': case 'zip': {
      const element = elementOf(first);
      let inner: Value = element;
      if (first.fields) for (const value of first.fields.values()) inner = inner === unknownValue ? value : join(inner, value);
      const taints = live(call, first, 0);
      return here(call, taints, { element: { taints, items: [{ taints: name === 'enumerate' ? noTaints : taints }, name === 'enumerate' ? iterated(interpreter, first, call.node) : inner === unknownValue ? { taints } : { ...inner, taints: joinTaints(inner.taints, taints) }], complete: true } });
    }
    case 'Object.values': case 'Array.from': case 'list': case 'tuple': case 'sorted': case 'set': case 'reversed': {
      const callback = name === 'Array.from' ? at(call, 1) : unknownValue;
      let inner = elementOf(first);
      if (name === 'Object.values' && first.fields) for (const value of first.fields.values()) inner = inner === unknownValue ? value : join(inner, value);
      if (callback.fn) return here(call, noTaints, { element: interpreter.invoke(callback, [iterated(interpreter, first, call.node), unknownValue]) });
      return { ...first, taints: live(call, first, 0), ...(inner === unknownValue ? {} : { element: inner }), origin: origin(interpreter, call.node) };
    }
    case 'map': case 'filter': {
      if (!interpreter.scope.python) return undefined;
      const callback = first;
      const element = iterated(interpreter, at(call, 1), call.node);
      if (name === 'filter') return at(call, 1);
      const result = callback.fn || callback.name !== undefined ? interpreter.invoke(callback, [element]) : element;
      return here(call, noTaints, { element: result });
    }
    case 'json.loads': case 'JSON.parse': case 'orjson.loads': case 'structuredClone': case 'copy.deepcopy': {
      const inner = first.element && !first.items ? first.element : first;
      if (inner !== first || first.fields) return { ...inner, taints: joinTaints(inner.taints, live(call, first, 0)) };
      // A text was read; what it holds can be an object again.
      const read = live(call, first);
      return here(call, name === 'JSON.parse' || name.endsWith('.loads') ? read.map((taint) => ((taint.clean & textual) === 0 || taint.clean === everyKind ? taint : { ...taint, clean: taint.clean & ~textual })) : read);
    }
    case 'JSON.stringify': case 'json.dumps': {
      // What it was made from stays known, for request bodies.
      return here(call, live(call, first), { element: first, encoded: true, ...(name === 'json.dumps' ? { name: 'json.dumps()' } : {}) });
    }
    case 'Promise.all': case 'Promise.allSettled': case 'asyncio.gather': {
      if (name === 'asyncio.gather') return here(call, noTaints, { items: args.map((one) => one.value), complete: args.every((one) => one.spread === undefined) });
      return first;
    }
    case 'Promise.resolve': case 'asyncio.run': case 'asyncio.wait_for': case 'asyncio.create_task': case 'asyncio.ensure_future': case 'rxjs.firstValueFrom': case 'rxjs.lastValueFrom': case 'next': case 'iter': case 'anext': case 'run_until_complete': case 'asyncio.run_coroutine_threadsafe':
      return name === 'next' || name === 'anext' ? iterated(interpreter, first, call.node) : first;
    case 'Promise': {
      let resolved: Value = unknownValue;
      const settle: Value = { taints: noTaints, name: 'Promise.settle' };
      if (first.fn) {
        settle.items = [];
        interpreter.invoke(first, [settle, unknownValue]);
        resolved = settle.items.reduce((all, one) => (all === unknownValue ? one : join(all, one)), unknownValue);
      }
      return resolved;
    }
    case 'Promise.settle': return undefined;
    case 'dataclasses.asdict': case 'dataclasses.astuple': case 'vars': case 'attr.asdict': case 'attrs.asdict': case 'django.forms.models.model_to_dict': return fieldsOf(first) ? here(call, live(call, first, 0), { fields: fieldsOf(first)!, complete: false }) : undefined;
    case 'dict': case 'Map': case 'collections.OrderedDict': case 'collections.defaultdict': {
      const fields = new Map<string, Value>();
      for (const one of args) if (one.name !== undefined) fields.set(one.name, one.value);
      if (first.fields) for (const [key, value] of first.fields) fields.set(key, value);
      const pairs = elementOf(first);
      const element = pairs.items?.[1] ?? (first.items ? first.items.flatMap((one) => one.items?.[1] ?? []).reduce<Value | undefined>((all, one) => (all ? join(all, one) : one), undefined) : pairs === unknownValue ? undefined : pairs);
      return here(call, live(call, first, 0), { fields, complete: false, name: name === 'Map' ? 'Map#' : 'dict#', ...(element ? { element } : {}) });
    }
    case 'Set': case 'WeakSet': return { ...first, name: 'Set#', origin: origin(interpreter, call.node) };
    case 'os.path.join': case 'path.join': case 'path.resolve': case 'path.posix.join': return textOf(interpreter, call.node, args.flatMap((one, index) => (index === 0 ? [one.value] : ['/', one.value])), false);
    case 'pathlib.Path': case 'pathlib.PurePath': case 'anyio.Path': case 'pathlib.PosixPath': return here(call, allArgs(call), { name: 'pathlib.Path#', ...(typeof first.constant === 'string' && args.length === 1 ? { constant: first.constant } : {}) });
    case 'util.promisify': case 'functools.partial': case 'functools.wraps': case 'util.callbackify': case 'react.useCallback': case 'react.useMemo': case 'React.useCallback':
      return first.fn && name !== 'functools.partial' ? first : first.name === undefined ? { ...first } : { taints: noTaints, name: first.name };
    case 'getattr': {
      const key = at(call, 1).constant;
      return typeof key === 'string' ? interpreter.member(first, key, call.node) : here(call, joinTaints(live(call, first, 0), live(call, at(call, 1))));
    }
    case 'require': case 'import': {
      return undefined;
    }
    case 'multiprocessing.Process': case 'threading.Thread': case 'threading.Timer': {
      const target = keyword(call, 'target') ?? at(call, 1);
      const list = keyword(call, 'args');
      if (target.fn || target.name !== undefined) interpreter.invoke(target, list?.items ?? []);
      return here(call, noTaints, { name: `${name}#` });
    }
    case 'ai.convertToModelMessages': case 'ai.convertToCoreMessages': {
      // Messages of the framework's own client: what is in them is a user's text.
      const taints = allArgs(call).map((taint) => ({ ...taint, weak: true }));
      return here(call, cleaned(taints, kindSet('system-prompt')), { element: { taints: noTaints } });
    }
    case 'asyncio.to_thread': case 'anyio.to_thread.run_sync': case 'starlette.concurrency.run_in_threadpool': case 'fastapi.concurrency.run_in_threadpool': case 'asyncio.get_event_loop().run_in_executor': {
      const skip = name.endsWith('run_in_executor') ? 1 : 0;
      return interpreter.invoke(at(call, skip), args.slice(skip + 1).map((one) => one.value));
    }
    // Wrappers that give back the application.
    case 'quart_cors.cors': return first;
    case 'boto3.client': case 'boto3.resource': case 'boto3.Session#client': case 'boto3.session.Session#client': case 'aioboto3.Session#client': case 'boto3.Session#resource': case 'aiobotocore.session.get_session().create_client':
      return here(call, noTaints, { name: typeof first.constant === 'string' ? `boto3.client(${first.constant})#` : 'boto3.client()#' });
    case '@angular/core.inject': return here(call, noTaints, first.name === undefined ? {} : { name: `${first.name}#` });
    case 'react.useState': case 'React.useState': return here(call, noTaints, { items: [withoutConstant(first), { taints: noTaints, name: 'react.setState' }], complete: true });
    default: break;
  }
  if (/^(?:validator|validators)\./.test(name)) {
    const word = name.slice(name.lastIndexOf('.') + 1);
    if (/^is(?!URL|FQDN|Length|Empty|JSON|Ascii)/.test(word)) return test({ whenTrue: proofsOf(live(call, first), everyKind), whenFalse: [] });
    if (word === 'isLength') return test({ whenTrue: proofsOf(live(call, first), capped), whenFalse: [] });
    return test({ whenTrue: [], whenFalse: [] });
  }
  const kinds = interpreter.knowledge.cleaner(name);
  if (kinds !== 0 || passing.has(name)) {
    const taints = allArgs(call);
    if (kinds === everyKind) return { taints: noTaints, scalar: true, ...(call.args.length === 1 && typeof first.constant === 'number' ? { constant: first.constant } : {}), name: `${name}()` };
    const out = here(call, cleaned(taints, kinds));
    if (/^(?:io\.)?(?:StringIO|BytesIO)$|^json\.dumps$/.test(name)) out.name = `${name}()`;
    if (first.lead && args.length === 1) out.lead = cleaned(first.lead, kinds);
    if (first.holds) out.holds = first.holds;
    if (name.endsWith('digest')) out.name = `${name}()`;
    if (first.parts && (name === 'String' || name === 'str')) out.parts = first.parts;
    if (first.constant !== undefined && args.length === 1 && kinds === 0) out.constant = first.constant;
    else if ((name === 'String' || name === 'str') && first.constant !== undefined) out.constant = String(first.constant);
    if ((first.items || first.element || first.fields) && kinds === 0) { if (first.items) out.items = first.items; if (first.element) out.element = first.element; if (first.fields) out.fields = first.fields; }
    if (first.human) out.human = true;
    return out;
  }
  return undefined;
}

function isInstance(call: LibraryCall, value: Value, type: Value): Facts {
  const names = (type.items ?? [type]).map((one) => one.name ?? '');
  const taints = live(call, value);
  if (names.length > 0 && names.every((name) => /^(?:int|float|bool|complex|decimal\.Decimal|datetime\.\w+|uuid\.UUID|numbers\.\w+)$/.test(name))) return { whenTrue: proofsOf(taints, everyKind), whenFalse: [] };
  if (names.includes('str')) return { whenTrue: proofsOf(taints, textual), whenFalse: [] };
  return { whenTrue: [], whenFalse: [] };
}

/** How the address of a request itself is read, by which a path stays on this site. */
const ownAddress = /(?:^|\.)(?:url|originalUrl|nextUrl|origin|href|location|base_url|host_url)$/i;

/** Members of a list that are told apart. */
const mostItems = 24;

const containers: ReadonlySet<string> = new Set(['Map#', 'Set#', 'dict#', 'URL#', 'pathlib.Path#', 'RegExp#']);
const ownMethods = /^(?:get|set|pop|update|append|add|items|keys|values|entries|map|filter|find|some|every|reduce|push|copy|all|one|data|json|text|read|content|result|first|last|apply|call|extend|insert|sort|fill|with|clone|page|html|shift|at|forEach|then)$/;

function byMethod(call: LibraryCall, receiver: Value): Value | undefined {
  const { interpreter, method, args } = call;
  const own = current(interpreter, receiver.taints);
  // `get`, `set`, `find` ... of a library's object are its own, and not those of a collection.
  if (receiver.name?.endsWith('#') && own.length === 0 && !receiver.items && !receiver.element && !containers.has(receiver.name) && ownMethods.test(method)) return undefined;
  const first = at(call, 0);
  const element = (): Value => iterated(interpreter, receiver, call.node);
  switch (method) {
    // Tests of texts and collections
    case 'includes': case 'has': case 'contains': case 'hasOwnProperty': case '__contains__': {
      const taints = live(call, first);
      if (own.length > 0 && typeof first.constant === 'string') return test(forbidden(first.constant, own));
      if (receiver.probe?.mode === 'verdict') return test({ whenTrue: [], whenFalse: [] }, { probe: receiver.probe });
      return test(membership({ ...first, taints }, own.length > 0 ? { taints: own } : unknownValue), receiver.human ? { human: true } : {});
    }
    case 'indexOf': case 'search': return { taints: noTaints, scalar: true };
    case 'rfind': case 'rindex': case 'index': case 'count': return interpreter.scope.python && own.length > 0 && receiver.name === undefined ? { taints: noTaints, scalar: true } : undefined;
    case 'startsWith': case 'startswith': return test(prefixed(own, first, false), receiver.human ? { human: true } : {});
    case 'endsWith': case 'endswith': return test({ whenTrue: [], whenFalse: [] });
    case 'is_relative_to': return test({ whenTrue: proofsOf(own, kindSet('path')), whenFalse: [] });
    case 'isdigit': case 'isalnum': case 'isnumeric': case 'isidentifier': case 'isalpha': case 'isdecimal': return test({ whenTrue: proofsOf(own, everyKind), whenFalse: [] });
    case 'test': case 'exec': case 'match': case 'fullmatch': {
      const pattern = receiver.name === 'RegExp#' ? receiver : first.name === 'RegExp#' ? first : undefined;
      const text = receiver.name === 'RegExp#' ? first : receiver;
      const taints = live(call, text);
      const source = pattern?.parts?.[0];
      const python = interpreter.scope.python;
      const facts = typeof source === 'string' ? matched(python && method === 'match' && !source.startsWith('^') ? `^${source}` : source, typeof pattern?.constant === 'string' ? '' : '', method === 'fullmatch', taints) : { whenTrue: [], whenFalse: [] };
      if (method === 'test') return test(facts);
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
      if (method === 'resolve' && receiver.name !== 'pathlib.Path#') return undefined;
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
      return here(call, joinTaints(cleaned(own, without(first, pattern)), callbackTaints), receiver.parts ? { parts: receiver.parts } : {});
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
      for (const one of args) {
        if (method === 'insert' && one === args[0]) continue;
        const spread = one.spread === 'list' || method === 'extend';
        const value = spread ? iterated(interpreter, one.value, one.node) : one.value;
        // Members that may be there are kept apart, so that what belongs together stays so.
        if (!spread && receiver.items && receiver.items.length < mostItems && !receiver.element && (method === 'push' || method === 'append')) {
          receiver.items.push(value);
          if (interpreter.conditions > (receiver.depth ?? 0)) receiver.complete = false;
        }
        else { receiver.element = receiver.element ? join(receiver.element, value) : value; receiver.complete = false; }
      }
      return { taints: noTaints, scalar: true };
    }
    case 'pop': case 'shift': case 'at': case 'popleft': case 'first': case 'last': case 'peek': {
      if (receiver.fields && typeof first.constant === 'string') return interpreter.member(receiver, first.constant, call.node);
      return receiver.items || receiver.element || own.length > 0 ? element() : undefined;
    }
    case 'get': case 'getOrDefault': case 'setdefault': case 'getAll': case 'getlist': case 'get_all': case 'getItem': {
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
      if (method === 'joinpath' || method === 'with_name' || method === 'relative_to') return receiver.name === 'pathlib.Path#' ? here(call, joinTaints(own, method === 'relative_to' ? noTaints : args.reduce((all, one) => joinTaints(all, live(call, one.value)), noTaints)), { name: 'pathlib.Path#' }) : undefined;
      if (own.length === 0 && !receiver.items && !receiver.element && !receiver.fields) return undefined;
      if (receiver.instance) return /^(?:model_dump|model_dump_json|dict|json|toJSON|to_dict|copy)$/.test(method) && fieldsOf(receiver) ? here(call, own, { fields: fieldsOf(receiver)!, complete: false }) : undefined;
      return { ...receiver, taints: own, ...(receiver.call ? {} : {}), origin: origin(interpreter, call.node) };
    }
    case 'apply': case 'call': case 'bind': {
      if (!receiver.fn && receiver.name === undefined) return undefined;
      if (receiver.name?.startsWith('pandas')) return undefined;
      if (method === 'bind') return receiver;
      return receiver.fn || (receiver.name !== undefined && !receiver.name.endsWith('#') && interpreter.knowledge.sinks(receiver.name).length > 0) ? interpreter.invoke(receiver.fn ? receiver : { ...receiver, origin: origin(interpreter, call.node) }, method === 'call' ? args.slice(1).map((one) => one.value) : at(call, 1).items ?? []) : undefined;
    }
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
  if (own.length > 0 && veilWords.test(method)) return here(call, noTaints);
  if (receiver.human && receiver.taints.length === 0) return { taints: noTaints, human: true };
  return undefined;
}

/** A function that an executor, a pool or a loop is to run on the arguments after it. */
function background({ interpreter, method, args }: LibraryCall): Value | undefined {
  const [target, ...rest] = args.slice(method === 'run_in_executor' ? 1 : 0);
  return target?.value.fn ? interpreter.invoke(target.value, rest.map((one) => one.value)) : undefined;
}

/** What a text is harmless to once the characters of a pattern are gone from it: `<` begins no tag, and without `/` there is no other folder. */
function without(first: Value, pattern: string | undefined): number {
  const whole = pattern ?? first.constant;
  if (whole === '<' || whole === '<|>') return kindSet('html');
  const set = typeof whole === 'string' ? /^\[([^\]^](?:\\.|[^\]])*)\][+]?$/.exec(whole)?.[1] : undefined;
  if (set === undefined) return 0;
  return (set.includes('<') ? kindSet('html') : 0) | (/\\\/|\//.test(set) ? kindSet('path') : 0);
}

/** What an instance holds, without its methods. */
function fieldsOf(value: Value): Map<string, Value> | undefined {
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
