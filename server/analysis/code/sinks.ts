import type { Expression } from '../../model/code-tree.ts';
import type { Origin } from '../../model/origin.ts';
import type { CodeArgument, CodeCall } from './events.ts';
import { current, type Interpreter } from './interpreter.ts';
import { kindBit, type SinkKind } from './kinds.ts';
import type { Place, SinkSpec } from './tables/sinks.ts';
import { ownAddress } from './tables/sources.ts';
import { heldBy } from './scripts.ts';
import { mentions } from './mentions.ts';
import { printedTaints } from './printed.ts';
import { keptIn, marked } from './sensitive.ts';
import { joinTaints, noTaints, taintsIn, unknownValue, type Taint, type Value } from './value.ts';

/** A query of GraphQL that is put together in the program. A peer that sends a whole one is what servers of GraphQL are for. */
export function isGraphQL({ parts }: Value): boolean {
  return parts !== undefined && parts.length > 1 && /^\s*(?:(?:query|mutation|subscription)\b[^{]*)?\{\s*\w/.test(parts[0] ?? '');
}

/** All that a peer sent, with names that the peer chose. */
const wholeObject = /(?:^|\.)(?:body|query)$/;

/** What a model sees. */
const seen: ReadonlySet<SinkKind> = new Set<SinkKind>(['system-prompt', 'user-prompt', 'prompt-template', 'tool-choice', 'disclosure']);

/** Records every taint of a value that can harm a sink. */
export function sink(interpreter: Interpreter, kind: SinkKind, value: Value, node: Expression, at: Origin, sinkName: string, call?: CodeCall, taints: readonly Taint[] = taintsIn(value)): void {
  if (interpreter.muted > 0 && interpreter.frame.closure === undefined) return;
  const bit = kindBit(kind);
  for (const taint of current(interpreter, taints)) {
    if (taint.label === 'classified') {
      if (seen.has(kind) && (taint.clean & kindBit('disclosure')) === 0) interpreter.flows.push({ sink: 'disclosure', label: taint.label, taint, at, node, call, sinkName, value, approved: interpreter.flow.approved, tool: interpreter.frame.tool });
      continue;
    }
    if (kind === 'disclosure' || (taint.clean & bit) !== 0) continue;
    interpreter.flows.push({ sink: kind, label: taint.label, taint, at, node, call, sinkName, value, approved: interpreter.flow.approved, tool: interpreter.frame.tool });
  }
}

/** An argument by position, keyword, or option of an object argument; `a.b` looks inside. */
export function argumentAt(call: { readonly args: readonly CodeArgument[] }, place: Place): CodeArgument | undefined {
  if (typeof place === 'number') {
    const positional = call.args.filter((one) => one.name === undefined);
    const found = positional[place];
    return found?.spread === undefined ? found : undefined;
  }
  const [head, ...rest] = place.split('.');
  let found: CodeArgument | undefined = call.args.find((one) => one.name === head);
  if (!found) {
    for (const one of call.args) {
      const field = one.name === undefined || one.spread === 'map' ? one.value.fields?.get(head!) : undefined;
      if (!field) continue;
      found = within(one, head!, field);
      break;
    }
  }
  for (const key of rest) {
    const field = found?.value.fields?.get(key);
    if (!found || !field) return undefined;
    found = within(found, key, field);
  }
  return found;
}

/** A field as an argument of its own, placed where it is written. */
function within(owner: CodeArgument, key: string, value: Value): CodeArgument {
  const entry = owner.node.kind === 'object' ? owner.node.entries.find((one) => one.key === key) : undefined;
  const at = entry ? { path: owner.origin.path, range: { start: entry.value.start, end: entry.value.end } } : owner.value.keys?.get(key) ?? value.origin ?? owner.origin;
  return { name: key, value, node: entry?.value ?? owner.node, origin: entry || !value.origin ? at : owner.origin.path === at.path ? at : owner.origin };
}

/** Checks a call against the sinks that its name has. */
export function callSinks(interpreter: Interpreter, call: CodeCall, name: string, specs: readonly SinkSpec[]): void {
  for (const spec of specs) {
    if (spec.when && !applies(spec.when, call)) continue;
    // A loader of files is one of addresses only by the way.
    if (spec.kind === 'url' && name === 'langchain.Loader' && fileLoader.test(call.written)) continue;
    for (const place of spec.args) {
      if (place === 'this') {
        if (call.receiver) sink(interpreter, spec.kind, call.receiver, call.node.callee, call.origin, shortName(name), call, call.receiver.taints);
        continue;
      }
      if (place === '*') {
        for (const one of call.args) sink(interpreter, spec.kind, one.value, one.node, one.origin, shortName(name), call, spec.kind === 'log' ? printedTaints(one.value, interpreter.scope.python) : taintsIn(one.value));
        break;
      }
      if (place === 'program' || place === 'words') {
        programWords(interpreter, call, name, place === 'words');
        continue;
      }
      if (place === '1') {
        shellWords(interpreter, call, name);
        continue;
      }
      const argument = argumentAt(call, place);
      if (!argument) continue;
      // `run("bash", input=text)`: a shell reads what it is to do.
      if (spec.when === 'reads-script' && !scripted.test(String(argumentAt(call, 0)?.value.constant ?? (argumentAt(call, 0)?.value.items?.length === 1 ? argumentAt(call, 0)?.value.items?.[0]?.constant : '') ?? ''))) continue;
      if (spec.when === 'graphql' && !isGraphQL(argument.value)) continue;
      if (spec.when === 'whole-object' && !argument.value.taints.some((taint) => wholeObject.test(taint.what))) continue;
      if ((spec.kind === 'path' || spec.kind === 'url') && uploaded(argument.value)) continue;
      // A statement that `text()` made was looked at there.
      if (spec.kind === 'sql' && /(?:^|\.)text\(\)(?:\.(?:columns|bindparams)\(\))*$/.test(argument.value.name ?? '')) continue;
      if (spec.kind === 'sql' && isBound(call, place)) continue;
      if (spec.kind === 'persist' && filed(name, place)) {
        const file = place === 1 ? argumentAt(call, 0)?.value : name.startsWith('pathlib.') ? call.receiver : call.receiver?.call?.receiver ?? call.receiver?.call?.args[0]?.value;
        sink(interpreter, 'persist', keptIn(interpreter, argument.value, file, argument.node), argument.node, argument.origin, shortName(name), call);
        continue;
      }
      if (spec.kind === 'persist' && place === 1) {
        // `setItem('refresh_token', x)`: the key says what the value is.
        const key = argumentAt(call, 0)?.value.constant;
        if (typeof key === 'string') { sink(interpreter, 'persist', marked(interpreter, argument.value, key, argument.node), argument.node, argument.origin, shortName(name), call); continue; }
      }
      if (spec.when === 'shell-words' && typeof place === 'number' && place > 0 && !shells.test(String(argumentAt(call, 0)?.value.constant ?? ''))) continue;
      // Of an object of options only the address counts, which has a place of its own.
      if ((spec.kind === 'url' || spec.kind === 'model-choice') && typeof place === 'number' && argument.value.fields && !argument.value.instance && argument.value.name === undefined && argument.value.taints.length === 0) continue;
      // Content is no address.
      if (spec.kind === 'url' && /^(?:Blob|File)#$/.test(argument.value.name ?? '')) continue;
      let taints = taintsIn(argument.value);
      // What an archive calls its members harms when it is written, not when what was unpacked is read.
      if (spec.kind === 'path' && taints.length > 0 && !writes(call, name)) taints = taints.filter((taint) => !taint.what.startsWith('zipfile.'));
      if (spec.when === 'shell-words' && argument.value.items) taints = commandWords(interpreter, argument.value);
      else if ((runs.has(spec.kind) || (spec.kind === 'deserialize' && loadsFile.test(name))) && !argument.value.items) taints = joinTaints(taints, heldBy(interpreter, argument.value, call));
      else if (spec.kind === 'ldap' && typeof place === 'number' && argument.value.fields) continue;
      // `{ text, values }`: the text is looked at by its name, and values are bound.
      else if (spec.kind === 'sql' && typeof place === 'number' && argument.value.fields) taints = argument.value.taints;
      else if (spec.kind === 'nosql') taints = taintsOfQuery(argument.value);
      else if (spec.kind === 'url' || spec.kind === 'redirect') taints = hostTaints(argument.value);
      // In a bucket `..` is a name like any other: who chooses the end of a key stays below what it begins with.
      else if (spec.when === 'method-write') taints = hostTaints(argument.value);
      sink(interpreter, spec.kind, argument.value, argument.node, argument.origin, shortName(name), call, taints);
    }
  }
}

/** Whether a name is that of a parameter, among those that are handed over after the statement. */
function isBound({ args }: CodeCall, place: Place): boolean {
  if (typeof place === 'number' || args.some((one) => one.name === place)) return false;
  return argumentAt({ args: args.filter((one) => one.name === undefined).slice(0, 1) }, place) === undefined;
}

/** Whether a call of Python opens a file to write to it. */
function writes(call: CodeCall, name: string): boolean {
  const mode = (argumentAt(call, 'mode') ?? argumentAt(call, 1))?.value.constant;
  return /^(?:builtins\.|io\.|codecs\.|aiofiles\.)?open$/.test(name) ? typeof mode === 'string' && /[wax+]/.test(mode) : /\.write_|^shutil\.(?:copy|move)/.test(name);
}

/** Whether a call writes what stands at a place to a file whose name is known. */
function filed(name: string, place: Place): boolean {
  return place === 1 ? /^(?:fs\.|Bun\.write$|Deno\.write)/.test(name) : place === 0 && /^pathlib\.Path#write_|open\(\)\.write$/.test(name);
}

/** An uploaded file is read as an object, not looked up by name. */
function uploaded(value: Value): boolean {
  return /(?:file_uploader|camera_input|audio_input)\(\)$|^starlette\.UploadFile#$|^flask\.request\.files(?:\.|\[)|BytesIO|StringIO|^json\.dumps\(\)$/.test(value.name ?? '');
}

/** What runs a file that it is given the name of. */
const runs: ReadonlySet<SinkKind> = new Set<SinkKind>(['shell', 'code', 'module']);

/** Loaders that are given the name of a file. */
const fileLoader = /(?:PDF\w*|Pdf\w*|Text|CSV|Docx\w*|Markdown|Unstructured(?!URL)\w*|Directory|JSON|BSHTML|Notebook|PyMuPDF|Python|Toml|EverNote|EPub|Obsidian)Loader$/;

/** What unpickles the file that it is given the name of. */
const loadsFile = /^(?:torch|joblib|numpy|dill)\.load$|^pandas\.read_pickle$/;

const shells = /^(?:.*\/)?(?:bash|sh|zsh|dash|ksh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python[\d.]*|node|perl|ruby|osascript|deno|bun|ssh|su|sudo|env|xargs|eval|php)$/i;

/** Programs whose first argument is a script that they run. */
const scripted = /^(?:.*\/)?(?:bash|sh|zsh|dash|ksh|pwsh|python[\d.]*|node|perl|ruby|deno|bun|php)$/;

/** Whether a running program is a shell or interpreter without a script of its own, which does what it reads. */
function startedShell(program: Value | undefined): boolean {
  const made = program?.call ?? program?.maker;
  const first = made && argumentAt(made, 0)?.value;
  const further = first?.items || !made ? [] : argumentAt(made, 1)?.value.items ?? [];
  const words = [...first?.items ?? (first ? [first] : []), ...further].map((one) => one.constant);
  return typeof words[0] === 'string' && shells.test(words[0].trim()) && words.slice(1).every((one) => typeof one === 'string' && /^-(?:[ils]|-login|-interactive|-norc)?$/.test(one));
}

const installers = /^(?:pip[\d.]*|uv|pipx|conda|mamba|poetry|npm|pnpm|yarn|bun|gem|cargo|apt|apt-get|brew|code)$/;

/** Command lists: the program itself, and the text after `-c` of a shell or interpreter. */
function commandWords(interpreter: Interpreter, value: Value): readonly Taint[] {
  const items = value.items ?? [];
  let taints = items[0] ? joinTaints(items[0].taints, heldBy(interpreter, items[0])) : noTaints;
  const program = items[0]?.constant;
  // `pip install NAME` runs what the package brings along.
  const install = items.findIndex((one, index) => index > 0 && typeof one.constant === 'string' && /^(?:install|add|i)$/.test(one.constant));
  if (install > 0 && items.slice(0, install).some((one) => typeof one.constant === 'string' && installers.test(one.constant))) for (const one of items.slice(install + 1)) taints = joinTaints(taints, taintsIn(one));
  const interpreterFirst = typeof program === 'string' ? shells.test(program) : items[0]?.name === 'sys.executable' || items[0]?.name === 'process.execPath';
  if (interpreterFirst) {
    const flag = items.findIndex((one) => typeof one.constant === 'string' && /^(?:-\w*[ce]|\/c|-Command|--eval|-EncodedCommand|-r)$/i.test(one.constant));
    if (flag >= 0) for (const one of items.slice(flag + 1)) taints = joinTaints(taints, taintsIn(one));
    else if (program !== 'ssh') {
      for (const one of items.slice(1)) taints = joinTaints(taints, heldBy(interpreter, one));
      // The script itself: `sh scripts/${name}`.
      const script = items.slice(1).find((one) => typeof one.constant !== 'string' || !one.constant.startsWith('-'));
      if (script && scripted.test(String(program))) taints = joinTaints(taints, script.taints.filter((taint) => (taint.clean & kindBit('path')) === 0));
    }
    else for (const one of items.slice(1)) taints = joinTaints(taints, taintsIn(one));
  }
  return taints;
}

/** `os.execl('/bin/sh', 'sh', '-c', text)`, `sh.bash('-c', text)`: the program is named first, or by the function, and its words follow. */
function programWords(interpreter: Interpreter, call: CodeCall, name: string, byName: boolean): void {
  const given = call.args.filter((one) => one.name === undefined && one.spread === undefined);
  const method = name.slice(name.lastIndexOf('.') + 1);
  if (byName) given.unshift(...(/^(?:bash|sh|zsh|ssh|sudo)$/.test(method) && given[0] ? [{ ...given[0], value: { taints: noTaints, constant: method } }] : []));
  const [first, ...rest] = method.startsWith('spawn') ? given.slice(1) : given;
  if (!first) return;
  // The first word of the list is what the program is to call itself.
  const listed = rest[0]?.value.items;
  const words = byName ? rest.map((one) => one.value) : listed ? listed.slice(1) : rest.slice(1).map((one) => one.value);
  sink(interpreter, 'shell', first.value, first.node, first.origin, shortName(name), call, commandWords(interpreter, { taints: noTaints, items: [first.value, ...words] }));
}

/** `spawn('sh', ['-c', text])`: the second argument counts when the first is a shell. */
function shellWords(interpreter: Interpreter, call: CodeCall, name: string): void {
  const program = argumentAt(call, 0);
  const list = argumentAt(call, 'args') ?? argumentAt(call, 1);
  if (!program || !list) return;
  const taints = list.value.items ? commandWords(interpreter, { taints: noTaints, items: [program.value, ...list.value.items, ...(list.value.element ? [list.value.element] : list.value.taints.length > 0 ? [{ taints: list.value.taints }] : [])] }) : noTaints;
  const outer = joinTaints(noTaints, program.value.taints);
  sink(interpreter, 'shell', list.value, list.node, list.origin, shortName(name), call, taints.filter((taint) => !outer.includes(taint)));
  const shell = argumentAt(call, 'shell')?.value.constant;
  if (shell === true || typeof shell === 'string') sink(interpreter, 'shell', list.value, list.node, list.origin, shortName(name), call);
}

/** In a query by example a fixed operator with a text is harmless, an object that the peer sends is not. */
function taintsOfQuery(value: Value): readonly Taint[] {
  // Parts of a path, headers and cookies are texts.
  return queryTaints(value).filter((taint) => taint.label !== 'cli' && !/(?:^|\.)(?:params|headers?|cookies)\b/.test(taint.what));
}

/** `{ name: { $eq: x } }` compares with `x`, whatever it is; and a text that was put together is no object. */
function queryTaints(value: Value, code = false, depth = 0): readonly Taint[] {
  if (value.parts && !code) return noTaints;
  if (!value.fields || depth > 4) return taintsIn(value);
  let { taints } = value;
  for (const [key, one] of value.fields) if (key !== '$eq') taints = joinTaints(taints, queryTaints(one, code || /^\$(?:where|function|accumulator)$/.test(key), depth + 1));
  for (const one of [...(value.items ?? []), ...(value.element ? [value.element] : [])]) taints = joinTaints(taints, taintsIn(one));
  return taints;
}

/** Data behind a fixed host cannot choose the host. */
export function hostTaints(value: Value): readonly Taint[] {
  const [first] = value.parts ?? [];
  if (typeof first === 'string' && (/^[a-z][a-z+.-]*:\/\/[^/?#]+[/?#]/i.test(first) || (/^\/(?!\/)/.test(first) && first.length > 1))) return noTaints;
  if (value.lead) return value.lead;
  // Of a request that was made here only its address decides, not what it carries.
  if (value.call && value.fields && /(?:^|\.)Request#$/.test(value.name ?? '')) return taintsIn(value.fields.get('url') ?? value.element ?? unknownValue);
  if (ownAddress.test(value.name ?? '')) return noTaints;
  return value.taints.length > 0 ? value.taints : taintsIn(value);
}

function applies(when: NonNullable<SinkSpec['when']>, call: CodeCall): boolean {
  switch (when) {
    case 'shell-words': {
      const shell = argumentAt(call, 'shell')?.value.constant;
      const first = argumentAt(call, 0) ?? argumentAt(call, 'args');
      if (shell === true || typeof shell === 'string') return true;
      // Without a shell the first word is a program's name; a whole tainted text names any program.
      return first !== undefined;
    }
    case 'fed-shell': return startedShell(call.receiver);
    case 'shell': return argumentAt(call, 'shell')?.value.constant === true;
    case 'unbound': return call.args.length < 2;
    case 'html': return sendsHtml(call);
    case 'unsafe-yaml': return unsafeYaml(call);
    case 'deep': return argumentAt(call, 'unsafe_allow_html')?.value.constant === true || argumentAt(call, 'dangerously_allow_html')?.value.constant === true;
    case 'no-root': return argumentAt(call, 'root') === undefined;
    case 'method-write': return /delete|put|copy|upload/i.test(call.name ?? '');
    case 'html-type': {
      const type = argumentAt(call, 'mimetype')?.value.constant ?? argumentAt(call, 'content_type')?.value.constant ?? argumentAt(call, 'media_type')?.value.constant;
      if (typeof type === 'string') return /html/.test(type);
      if (/^json\.dumps|^flask\.jsonify/.test(call.args[0]?.value.name ?? '')) return false;
      return !/^(?:aiohttp|starlette|azure)/.test(call.name ?? '') && !(call.args[0]?.value.fields ?? call.args[0]?.value.items);
    }
    // An upload is an object; a path is made of parts.
    case 'file-loader': return fileLoader.test(call.written);
    case 'made-path': return (call.args[0]?.value.parts?.length ?? 0) > 1;
    case 'html-unless-set': return writesPage(call);
    case 'html-mail': return argumentAt(call, 1)?.value.constant === 'html';
    case 'raw-template': {
      const made = call.receiver?.call;
      const environment = made?.receiver?.call ?? made;
      const source = made?.args[0]?.value;
      const escapes = environment ? argumentAt(environment, 'autoescape') : undefined;
      return escapes === undefined && (source?.parts ?? (typeof source?.constant === 'string' ? [source.constant] : [])).some((part) => part !== undefined && /<[a-z!]/i.test(part));
    }
    case 'curl-url': return /(?:^|\.)URL$/.test(call.args[0]?.value.name ?? '');
    case 'mail-header': return (argumentAt(call, 2)?.value.parts ?? []).some((part) => part !== undefined && /^(?:subject|from|to|cc|bcc|reply-to)\s*:/im.test(part));
    // `%s` puts a text in as it is, `%L` and `%I` quote it.
    case 'markup-property': return /^(?:innerHTML|outerHTML|srcdoc)$/.test(String(argumentAt(call, 1)?.value.constant));
    case 'raw-markup': return rawMarkup(call);
    case 'format-raw': return /%(?:\d+\$)?s/.test(String(call.args[0]?.value.constant ?? ''));
    case 'bare-text': return sendsText(call);
    case 'markup-selector': return selectsMarkup(call);
    case 'evaluated': return argumentAt(call, 'eval')?.value.constant === true;
    case 'object-key': return call.args.length > 1;
    case 'sql-magic': return /^(?:sql|bigquery)$/.test(String(call.args[0]?.value.constant));
    case 'run-magic': return /^(?:run|load|loadpy|python|timeit)$/.test(String(call.args[0]?.value.constant));
    case 'shell-magic': return /^(?:sx|system|bash|sh|script|!|sc)$/.test(String(call.args[0]?.value.constant));
    case 'unfiltered': {
      const filter = argumentAt(call, 'filter')?.value;
      return argumentAt(call, 'members') === undefined && (filter === undefined || filter.constant === 'fully_trusted');
    }
    default: return true;
  }
}

const textSource = /^(?:req\.|express\.Request[.#]?)?(?:(?:query|params|headers|cookies)\b(?!.*challenge)|(?:originalUrl|url|path)$)/;

/** A text of the request that Express sends as a page, for nothing says that it is none. */
function sendsText(call: CodeCall): boolean {
  const value = call.args[0]?.value;
  if (!value || value.fields || value.items || value.encoded || !(value.parts || value.name?.startsWith('express.Request#') || value.call?.name === 'String') || sendsHtml(call) || /\.(?:type|contentType|set|header|setHeader|attachment|json)\(/.test(chainText(call.node.callee))) return false;
  if (!value.taints.some((taint) => taint.label === 'request' && !taint.weak && textSource.test(taint.what))) return false;
  return !['type', 'contentType', 'setHeader', 'set', 'header', 'attachment'].some((one) => mentions(call.within.at(-1), one));
}

/** What puts a value in unescaped, by template language. */
const rawMarks: readonly (readonly [RegExp, RegExp])[] = [
  [/^ejs\./, /<%-/], [/^(?:mustache|hogan)/i, /\{\{[{&]/], [/^pug\./, /!=|!\{/], [/^(?:nunjucks|liquidjs|swig|twig)/, /\|\s*(?:safe|raw)\b/], [/^eta\./, /<%~/],
];

/** Whether a template that is written in the program puts values in as they are. */
function rawMarkup(call: CodeCall): boolean {
  const template = call.args[0]?.value.constant;
  return typeof template === 'string' && rawMarks.some(([name, mark]) => name.test(call.name ?? '') && mark.test(template));
}

/** Whether jQuery may take a text for markup and not for a selector. */
function selectsMarkup(call: CodeCall): boolean {
  const [first] = call.args[0]?.value.parts ?? [];
  return first === undefined || /^\s*</.test(first);
}

/** Tornado sends text as HTML unless the handler says otherwise; objects are sent as JSON. */
function writesPage(call: CodeCall): boolean {
  const value = call.args[0]?.value;
  if (!value || value.fields || value.items || value.encoded || /^json\.dumps|^tornado\.escape\./.test(value.name ?? '')) return false;
  return !mentions(call.within.at(-1), 'set_header');
}

/** Whether a response is sent as HTML: by its text, its type, or by default for texts that hold markup. */
function sendsHtml(call: CodeCall): boolean {
  const chain = chainText(call.node.callee);
  if (/\.(?:json|jsonp)\(/.test(chain)) return false;
  const type = /(?:type|contentType|content_type)\(['"`]?([\w/+.-]+)/.exec(chain)?.[1];
  if (type !== undefined && !/html/.test(type)) return false;
  const headers = argumentAt(call, 'headers') ?? argumentAt(call, 'content-type');
  const contentType = headers?.value.fields?.get('content-type')?.constant ?? headers?.value.fields?.get('Content-Type')?.constant;
  if (typeof contentType === 'string') return /html/.test(contentType);
  const value = call.args[0]?.value;
  if (!value || value.fields || value.items) return false;
  if (type !== undefined) return true;
  return (value.parts ?? []).some((part) => part !== undefined && /<[a-z!/][^>]*/i.test(part));
}

function chainText(node: Expression, depth = 0): string {
  if (depth > 8) return '';
  if (node.kind === 'member') return `${chainText(node.object, depth + 1)}.${node.property}`;
  if (node.kind !== 'call') return node.kind === 'name' ? node.name : '';
  const first = node.args[0]?.value;
  const second = node.args[1]?.value;
  const words = [first, second].map((one) => (one?.kind === 'literal' ? JSON.stringify(one.value) : '')).join(',');
  const typeHeader = node.callee.kind === 'member' && /^(?:set|header|setHeader)$/.test(node.callee.property) && /content-type/i.test(words) ? `.type("${second?.kind === 'literal' ? String(second.value) : ''}` : '';
  return `${chainText(node.callee, depth + 1)}(${words})${typeHeader}`;
}

function unsafeYaml(call: CodeCall): boolean {
  const name = call.name ?? '';
  if (name.startsWith('js-yaml.')) {
    const schema = argumentAt(call, 'schema')?.value;
    return schema !== undefined && (/DEFAULT_FULL_SCHEMA$/.test(schema.name ?? '') || schema.call?.args.some((one) => /js-yaml-js-types/.test(one.value.name ?? '')) === true);
  }
  if (name.startsWith('bson.')) return argumentAt(call, 'evalFunctions')?.value.constant === true;
  if (name === 'yaml.load' || name === 'yaml.load_all') {
    const loader = argumentAt(call, 'Loader') ?? argumentAt(call, 1);
    return loader === undefined || !/Safe|Base/.test(loader.value.name ?? 'Safe');
  }
  if (name === 'numpy.load') return argumentAt(call, 'allow_pickle')?.value.constant === true;
  if (name === 'torch.load') return argumentAt(call, 'weights_only')?.value.constant !== true;
  return true;
}

/** The last two parts of a qualified name, for messages. */
export function shortName(name: string): string {
  const parts = name.replace(/#/g, '.').split(/[./]/).filter((one) => one !== '' && one !== '()');
  return parts.slice(-2).join('.').replace(/\(\)/g, '');
}
