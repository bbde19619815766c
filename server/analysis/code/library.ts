import { matched, membership, proofsOf } from './conditions.ts';
import { iterated } from './branches.ts';
import { current, origin } from './interpreter.ts';
import { everyKind, kindSet } from './kinds.ts';
import { at, here, keyword, live, test, type LibraryCall } from './library-call.ts';
import { fieldDefault } from './field-factories.ts';
import { byMethod, fieldsOf, without } from './library-methods.ts';
import { schemaCall } from './schema-calls.ts';
import { keptUnder } from './kept-objects.ts';
import { capped, hostChecked, textual } from './tables/cleaners.ts';
import { ownAddress as ownPage } from './tables/sources.ts';
import { rememberState } from './react-state.ts';
import { textOf } from './text.ts';
import { cleaned, elementOf, join, joinTaints, noTaints, taintsIn, unknownValue, type Facts, type Taint, withoutConstant, type Value } from './value.ts';

/** The value of a call that the library models know, or undefined. */
export function libraryValue(call: LibraryCall): Value | undefined {
  // `request.args.get("page", type=int)`
  if (call.method === 'get' && call.receiver && /^(?:int|float|bool)$/.test(keyword(call, 'type')?.name ?? '')) return here(call, noTaints, { scalar: true });
  // `readable.pipe(writable)` gives the latter.
  if (call.method === 'pipe' && call.receiver && !call.interpreter.scope.python && /(?:#|\(\))$/.test(at(call, 0).name ?? '')) return at(call, 0);
  return byName(call) ?? fieldDefault(call) ?? schemaCall(call) ?? (call.receiver ? byMethod(call, call.receiver) : undefined);
}

function allArgs(call: LibraryCall): readonly Taint[] {
  let taints = noTaints;
  for (const one of call.args) taints = joinTaints(taints, live(call, one.value));
  return taints;
}

/** What a function that the module exports gives to the page beside it: `loader` of Remix and React Router. */
function ofExport(interpreter: LibraryCall['interpreter'], name: string): Value | undefined {
  const closure = interpreter.modules.get(interpreter.module.path)?.exports.get(name)?.fn;
  return closure ? interpreter.enter(closure, [{ taints: noTaints, name: 'remix.Args#' }]).value : undefined;
}

/** An object with more keys than this is not taken apart pair by pair. */
const mostEntries = 40;
const passing = new Set(['markdown.markdown', 'markdown2.markdown', 'mistune.html', 'commonmark.commonmark', 'String', 'str', 'compile', 'builtins.compile', 'repr', 'ascii', 'bytes', 'bytearray', 'unicode', 'Buffer.from', 'Buffer.concat', 'atob', 'btoa', 'decodeURIComponent', 'decodeURI', 'unescape', 'escape', 'structuredClone', 'copy.copy', 'copy.deepcopy', 'Promise.resolve', 'Object.freeze', 'Object.seal', 'base64.b64decode', 'base64.urlsafe_b64decode', 'base64.standard_b64decode', 'base64.b32decode', 'base64.b16decode', 'base64.b85decode', 'binascii.unhexlify', 'bytes.fromhex', 'base64.b64encode', 'urllib.parse.unquote', 'textwrap.dedent', 'textwrap.indent', 'codecs.decode', 'codecs.encode', 'io.BytesIO', 'io.StringIO', 'json.loads', 'JSON.parse', 'JSON.stringify', 'json.dumps', 'yaml.safe_load', 'yaml.safe_dump', 'yaml.dump', 'list', 'tuple', 'set', 'frozenset', 'sorted', 'reversed', 'iter', 'next', 'min', 'max', 'dict', 'Array.from', 'Object.values', 'Object.entries', 'Object.fromEntries', 'Array.of', 'enumerate', 'zip', 'itertools.chain', 'itertools.chain.from_iterable', 'contextlib.closing', 'contextlib.suppress', 'shlex.split', 'shlex.join', 'os.path.join', 'path.join', 'path.resolve', 'path.normalize', 'path.relative', 'path.posix.join', 'os.path.abspath', 'os.path.normpath', 'os.path.realpath', 'os.path.expanduser', 'os.path.dirname', 'path.dirname', 'os.path.relpath', 'os.fspath', 'fs.realpathSync', 'fs.promises.realpath', 'fs.realpath', 'fileURLToPath', 'url.fileURLToPath', 'url.pathToFileURL', 'marked', 'marked.parse', 'marked.marked', 'markdown.markdown', 'markdown2.markdown', 'mistune.html', 'markdown_it.MarkdownIt#render', 'markdown-it.render', 'showdown.Converter#makeHtml', 'micromark', 'remark.process', 'querystring.parse', 'qs.parse', 'urllib.parse.parse_qs', 'util.format', 'sprintf-js.sprintf', 'util.inspect', 'readFile', 'unicodedata.normalize', 'streamToString', 'asyncio.wait_for', 'asyncio.shield', 'asyncio.gather', 'Promise.all', 'Promise.race', 'Promise.allSettled', 'Promise.any', 'anext', 'aiter', 'cast', 'typing.cast', 'rxjs.firstValueFrom', 'rxjs.lastValueFrom', 'rxjs.of', 'rxjs.from', 'common-tags.oneLine', 'dedent', 'strip-ansi', 'he.decode', 'html.unescape', 'gray-matter', 'email.message_from_string', 'ReadableStream', 'Readable.from', 'stream.Readable.from', 'pathlib.PurePath', 'numpy.array', 'bs4.BeautifulSoup', 'cheerio.load', 'requests.utils.unquote', 'decode', 'encode', 'Headers', 'Blob', 'File', 'Map', 'Set', 'json5.parse', 'json_repair.repair_json', 'json_repair.loads', 'partial-json.parse', 'orjson.loads', 'ujson.loads', 'simplejson.loads', 'orjson.dumps', 'destr', 'superjson.parse', 'devalue.parse', 'toml.loads', 'tomllib.loads', 'yaml.parse', 'yaml.load', 'js-yaml.load', 'xmltodict.parse', 'csv-parse/sync.parse', 'papaparse.parse', 'csv.reader', 'csv.DictReader', 'StringIO', 'BytesIO', 'parseUri']);

function byName(call: LibraryCall): Value | undefined {
  const { interpreter, name, args } = call;
  if (name === undefined) return undefined;
  const first = at(call, 0);
  switch (name) {
    case 'isinstance': return test(isInstance(call, first, at(call, 1)));
    case 'hmac.compare_digest': case 'secrets.compare_digest': return test({ whenTrue: args.flatMap((one) => proofsOf(current(interpreter, one.value.probe?.mode === 'digest' ? one.value.probe.taints : noTaints), kindSet('deserialize', 'code', 'sql', 'shell', 'path', 'url'))), whenFalse: [] });
    // What Jinja fills into a template is escaped where it is told to.
    case 'jinja2.Template#render': case 'jinja2.Environment#from_string().render': case 'jinja2.Environment#get_template().render': case 'jinja2.Sandbox#from_string().render': {
      const { receiver } = call;
      const own = receiver?.call;
      const made = own?.receiver?.call ?? own;
      const escape = made?.args.find((one) => one.name === 'autoescape')?.value;
      const source = made?.args[0]?.value.constant;
      const filtered = typeof source === 'string' && /\{\{/.test(source) && [...source.matchAll(/\{\{(.*?)\}\}/gs)].every(([, inner]) => /\|\s*(?:e|escape)\b/.test(inner!));
      const escapes = filtered || escape?.constant === true || escape?.name === 'jinja2.select_autoescape()';
      const filled = allArgs(call).filter((taint) => taint.label !== 'secret');
      return here(call, escapes ? cleaned(filled, kindSet('html')) : filled, { name: 'jinja2.render()' });
    }
    case 'socket.socket#accept': return here(call, noTaints, { items: [{ taints: noTaints, name: 'socket.socket#' }, { taints: noTaints, scalar: true }], complete: true });
    case 'ipaddress.ip_address': return { taints: noTaints, scalar: true, name: 'ipaddress.ip_address()', probe: { taints: first.probe?.mode === 'host' || first.probe?.mode === 'address' ? first.probe.taints : live(call, first), mode: 'address' } };
    case 'dns.lookup': case 'dns.promises.lookup': {
      const taints = first.probe?.taints ?? live(call, first);
      return here(call, noTaints, { fields: new Map([['address', { taints, probe: { taints, mode: 'address' as const } }]]), complete: false });
    }
    case 'net.isIP': case 'net.isIPv4': case 'net.isIPv6': return test({ whenTrue: first.probe ? [] : proofsOf(live(call, first), everyKind & ~hostChecked), whenFalse: [] });
    case 'ipaddr.js.parse': case 'ipaddr.js.process': return { taints: noTaints, name: 'ipaddr.js.Address#', probe: { taints: first.probe?.taints ?? live(call, first), mode: 'address' } };
    case 'ipaddr.js.Address#range': return { taints: noTaints, scalar: true, ...(call.receiver?.probe ? { probe: { taints: call.receiver.probe.taints, mode: 'host' as const } } : {}) };
    case 'ip.isPrivate': case 'private-ip': case 'is-private-ip': case 'ip.isLoopback': return test({ whenTrue: [], whenFalse: proofsOf(first.probe?.taints ?? live(call, first), hostChecked) });
    case 'async_hooks.AsyncLocalStorage#run': case 'async_hooks.AsyncLocalStorage#enterWith': {
      if (taintsIn(first).length > 0) interpreter.shared = true;
      if (call.receiver && !Object.isFrozen(call.receiver)) call.receiver.element = call.receiver.element ? join(call.receiver.element, first) : first;
      return at(call, 1).fn ? interpreter.invoke(at(call, 1), args.slice(2).map((one) => one.value)) : unknownValue;
    }
    case 'async_hooks.AsyncLocalStorage#getStore': return call.receiver?.element ?? unknownValue;
    case 'hono.Context#set': case 'hono.Context#get': case 'chainlit.user_session.set': case 'chainlit.user_session.get': return keptUnder(interpreter, name.replace(/[.#][sg]et$/, ''), first, name.endsWith('set') ? at(call, 1) : undefined);
    case 'socket.gethostbyname': return { taints: live(call, first), probe: { taints: first.probe?.taints ?? live(call, first), mode: 'address' } };
    case 'staticmethod': case 'classmethod': return first.name === undefined && !first.fn ? undefined : first;
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
    // A request goes where its address says, whatever is sent with it.
    case 'Request': return here(call, allArgs(call), { name: 'Request#', lead: first.lead ?? live(call, first) });
    case 'URL': {
      const base = at(call, 1);
      // A fixed path on the address of the request itself stays on this site.
      const fixedPath = typeof first.constant === 'string' || (base !== unknownValue && live(call, first).length === 0) || (typeof first.parts?.[0] === 'string' && first.parts[0].startsWith('/'));
      const taints = fixedPath && base !== unknownValue ? live(call, base).filter((taint) => !ownAddress.test(taint.what)) : joinTaints(live(call, base), live(call, first));
      // The host is that of the base.
      const based = base !== unknownValue && taints.length > 0;
      const parts = based ? base.parts : first.parts ?? (typeof first.constant === 'string' ? [first.constant] : undefined);
      return here(call, taints, { name: 'URL#', ...(parts ? { parts } : {}), ...(base === unknownValue && (first.lead ?? (ownPage.test(first.name ?? '') ? noTaints : undefined)) ? { lead: first.lead ?? noTaints } : {}), ...(typeof first.constant === 'string' && base === unknownValue ? { constant: first.constant } : {}) });
    }
    case 'urllib.parse.urlparse': case 'urllib.parse.urlsplit': case 'url.parse': return here(call, live(call, first), { name: 'URL#' });
    case 'urllib.parse.urljoin': return here(call, allArgs(call), { lead: allArgs(call) });
    case 'RegExp': return here(call, noTaints, { name: 'RegExp#', ...(typeof first.constant === 'string' ? { parts: [first.constant] } : {}) });
    case 'Object.assign': {
      for (const one of args.slice(1)) if (one.value.fields && first.fields) for (const [key, value] of one.value.fields) first.fields.set(key, value);
      return { ...first, taints: joinTaints(first.taints, args.slice(1).reduce((taints, one) => joinTaints(taints, live(call, one.value, 1)), noTaints)) };
    }
    case 'Object.keys': return here(call, live(call, first, 0), first.none ? { none: first.none } : {});
    case 'Object.entries': case 'enumerate': case 'zip': {
      const element = elementOf(first);
      let inner: Value = element;
      if (first.fields) for (const value of first.fields.values()) inner = inner === unknownValue ? value : join(inner, value);
      const taints = live(call, first, 0);
      if (name === 'Object.entries' && first.fields && first.complete === true && first.fields.size <= mostEntries) {
        const pairs = [...first.fields].map(([key, value]): Value => ({ taints, items: [{ taints, constant: key }, value], complete: true }));
        return here(call, taints, { items: pairs, complete: true });
      }
      return here(call, taints, { element: { taints, items: [{ taints: name === 'enumerate' ? noTaints : taints }, name === 'enumerate' ? iterated(interpreter, first, call.node) : inner === unknownValue ? { taints } : { ...inner, taints: joinTaints(inner.taints, taints) }], complete: true } });
    }
    case 'Object.values': case 'Array.from': case 'list': case 'tuple': case 'sorted': case 'set': case 'reversed': {
      const callback = name === 'Array.from' ? at(call, 1) : unknownValue;
      let inner = elementOf(first);
      if (name === 'Object.values' && first.fields) for (const value of first.fields.values()) inner = inner === unknownValue ? value : join(inner, value);
      if (callback.fn) return here(call, noTaints, { element: interpreter.invoke(callback, [iterated(interpreter, first, call.node), unknownValue]) });
      return { ...first, taints: live(call, first, 0), ...(name === 'set' ? { name: 'Set#' } : {}), ...(inner === unknownValue ? {} : { element: inner }), origin: origin(interpreter, call.node) };
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
    // The last name of a path leads nowhere else.
    case 'os.path.split': case 'ntpath.split': case 'posixpath.split': return here(call, noTaints, { items: [here(call, live(call, first)), here(call, cleaned(live(call, first), kindSet('path')))], complete: true });
    case 'os.path.join': case 'path.join': case 'path.resolve': case 'path.posix.join': return textOf(interpreter, call.node, args.flatMap((one, index) => (index === 0 ? [one.value] : ['/', one.value])), false);
    case 'pathlib.Path': case 'pathlib.PurePath': case 'anyio.Path': case 'pathlib.PosixPath': return here(call, allArgs(call), { name: 'pathlib.Path#', ...(typeof first.constant === 'string' && args.length === 1 ? { constant: first.constant } : {}) });
    case 'util.promisify': case 'functools.partial': case 'functools.wraps': case 'util.callbackify': case 'react.useCallback': case 'React.useCallback':
      if (first.fn && name === 'functools.partial') return { ...first, bound: { args: [...first.bound?.args ?? [], ...args.slice(1).flatMap((one) => (one.name === undefined ? [one.value] : []))], names: new Map([...first.bound?.names ?? [], ...args.flatMap((one) => (one.name === undefined ? [] : [[one.name, one.value] as const]))]) } };
      return first.fn ? first : first.name === undefined ? { ...first } : { taints: noTaints, name: first.name, ...(name === 'functools.partial' ? { given: [...first.given ?? [], ...args.slice(1)] } : {}) };
    case 'react.useMemo': case 'React.useMemo': case 'preact/hooks.useMemo': return first.fn ? interpreter.invoke(first, []) : undefined;
    case '@remix-run/node.json': case '@remix-run/node.defer': case '@remix-run/cloudflare.json': case '@remix-run/server-runtime.json': case 'react-router.data': return first;
    case '@remix-run/react.useLoaderData': case 'react-router.useLoaderData': return ofExport(interpreter, 'loader');
    case '@remix-run/react.useActionData': case 'react-router.useActionData': return ofExport(interpreter, 'action');
    // What stands between two braces is escaped.
    case 'mustache.render': case 'mustache.default.render': return here(call, typeof first.constant === 'string' && !/\{\{\{|\{\{\s*&/.test(first.constant) ? cleaned(allArgs(call), kindSet('html')) : allArgs(call), { name: 'mustache.render()' });
    case 'markdown-it#render': case 'markdown-it#renderInline': case 'markdown-it.MarkdownIt#render': case 'markdown-it().render': return here(call, escapesMarkup(call.receiver) ? cleaned(allArgs(call), kindSet('html')) : allArgs(call));
    case 'vue.unref': return first.fields?.get('value') ?? first;
    case 'vue.ref': case 'vue.shallowRef': case 'vue.customRef': return here(call, noTaints, { fields: new Map([['value', withoutConstant(first)]]), complete: false });
    case 'useAsyncData': case 'useLazyAsyncData': case '#app.useAsyncData': case '#imports.useAsyncData': {
      const handler = args.find((one) => one.value.fn)?.value;
      return handler && here(call, noTaints, { fields: new Map([['data', { taints: noTaints, fields: new Map([['value', interpreter.invoke(handler, [])]]), complete: false }]]), complete: false });
    }
    case 'vue.watch': {
      const watched = first.fn ? interpreter.invoke(first, []) : first.fields?.get('value') ?? first;
      if (at(call, 1).fn) interpreter.invoke(at(call, 1), [watched]);
      return here(call, noTaints);
    }
    case 'vue.reactive': case 'vue.shallowReactive': case 'vue.readonly': return first;
    case 'vue.computed': case 'vue.toRef': return { taints: noTaints, fields: new Map([['value', first.fn ? interpreter.invoke(first, []) : first]]), complete: false };
    case 'getattr': {
      const key = at(call, 1).constant;
      if (typeof key === 'string') return interpreter.member(first, key, call.node);
      const functions = [...(first.fields?.values() ?? [])].filter((one) => one.fn);
      const either = functions.length > 0 && functions.length <= mostEntries ? functions.reduce((all, one) => join(all, one)) : undefined;
      return here(call, joinTaints(live(call, first, 0), live(call, at(call, 1))), either?.fn ? { fn: either.fn, ...(either.others ? { others: either.others } : {}) } : {});
    }
    case 'require': case 'import': {
      return undefined;
    }
    case 'multiprocessing.Process': case 'threading.Thread': case 'threading.Timer': {
      const target = keyword(call, 'target') ?? at(call, 1);
      const list = keyword(call, 'args');
      if (target.fn) target.fn.beside = true;
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
      // What a function of a library does with its arguments was looked at where it was handed over.
      const target = at(call, skip);
      if (target.fn) return interpreter.invoke(target, args.slice(skip + 1).map((one) => one.value));
      return here(call, cleaned(allArgs(call), target.name === undefined ? 0 : interpreter.knowledge.cleaner(target.name)).filter((taint) => taint.label !== 'secret').map((taint) => ({ ...taint, weak: true })));
    }
    // Wrappers that give back the application.
    case 'quart_cors.cors': return first;
    case 'boto3.client': case 'boto3.resource': case 'boto3.Session#client': case 'boto3.session.Session#client': case 'aioboto3.Session#client': case 'boto3.Session#resource': case 'aiobotocore.session.get_session().create_client':
      return here(call, noTaints, { name: typeof first.constant === 'string' ? `boto3.client(${first.constant})#` : 'boto3.client()#' });
    case '@angular/core.inject': return here(call, noTaints, first.name === undefined ? {} : { name: `${first.name}#` });
    case 'react.useState': case 'React.useState': case 'preact/hooks.useState': return { ...rememberState(interpreter, call.node, first), origin: origin(interpreter, call.node) };
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
    if (/^(?:io\.)?(?:StringIO|BytesIO)$|^json\.dumps$|^(?:markdown2?\.markdown|mistune\.html|commonmark\.commonmark)$/.test(name)) out.name = `${name}()`;
    if (name === 'Blob' || name === 'File') out.name = `${name}#`;
    if (first.lead && args.length === 1) out.lead = cleaned(first.lead, kinds);
    if (first.holds) out.holds = first.holds;
    if (name.endsWith('digest')) out.name = `${name}()`;
    if (first.parts && (name === 'String' || name === 'str')) out.parts = first.parts;
    if (first.constant !== undefined && (args.length === 1 || name === 'Buffer.from') && kinds === 0) out.constant = first.constant;
    else if ((name === 'String' || name === 'str') && first.constant !== undefined) out.constant = String(first.constant);
    if ((first.items || first.element || first.fields) && kinds === 0) { if (first.items) out.items = first.items; if (first.element) out.element = first.element; if (first.fields) out.fields = first.fields; }
    if (first.human) out.human = true;
    return out;
  }
  return undefined;
}

/** Markdown-it shows markup as text, unless it is told otherwise or asked for a preset that does. */
function escapesMarkup(renderer: Value | undefined): boolean {
  const made = renderer?.call ?? renderer?.maker;
  if (!made) return false;
  return made.args.every(({ value }) => typeof value.constant === 'string' ? value.constant === 'default' || value.constant === 'zero' : value.fields !== undefined && value.complete !== false && (value.fields.get('html') === undefined || value.fields.get('html')!.constant === false));
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
