import type { Element, Expression, Template } from '../../model/code-tree.ts';
import { current, origin, type Frame, type Interpreter } from './interpreter.ts';
import { kindBit } from './kinds.ts';
import { isLookedUp } from './mass-assignment.ts';
import { named, routeOf } from './parameters.ts';
import { promptRoute } from './prompt-functions.ts';
import { marked } from './sensitive.ts';
import { argumentAt, hostTaints, sink } from './sinks.ts';
import { elementOf, joinTaints, noTaints, taintsIn, unknownValue, type Taint, type Value } from './value.ts';

/** Sinks that are no calls: assignments, JSX, returned values, tagged templates. */
/** Runs of handlers that said that they answer with HTML. */
const pages = new WeakSet<Frame>();
const htmlProperties = new Set(['innerHTML', 'outerHTML', 'srcdoc']);

export function assignmentSink(interpreter: Interpreter, node: Extract<Expression, { kind: 'assign' }>, value: Value): void {
  const { target } = node;
  if (target.kind === 'name') {
    if (target.name === 'location' && !node.declares && !interpreter.scope.python) sink(interpreter, 'redirect', value, node.value, origin(interpreter, node.value), 'location');
    return;
  }
  if (target.kind === 'member') {
    if (interpreter.scope.python) {
      if (/^shelve\.open(?:\(\)|#)$/.test(interpreter.evaluate(target.object).name ?? '')) sink(interpreter, 'persist', marked(interpreter, value, target.property, node.value), node.value, origin(interpreter, node.value), 'shelve');
      falconPage(interpreter, node, value);
      if (target.property === 'on_message' && value.fn && /^paho\./.test(interpreter.evaluate(target.object).name ?? '')) value.fn.entry ??= [unknownValue, unknownValue, named('paho.MQTTMessage')];
      return;
    }
    const at = origin(interpreter, node.value);
    if (target.property === 'onmessage' && value.fn && /^(?:window|self|globalThis)$/.test(writtenOf(target.object))) value.fn.entry ??= [named('MessageEvent')];
    if (target.property === 'src' || target.property === 'href' || target.property === 'action') {
      const made = interpreter.evaluate(target.object).call;
      const tag = made && /^document\.createElement$/.test(made.name ?? '') ? made.args[0]?.value.constant : undefined;
      if (tag === 'script') sink(interpreter, 'html', value, node.value, at, 'script.src', undefined, hostTaints(value));
      else if (tag === 'iframe' || tag === 'form') sink(interpreter, 'redirect', value, node.value, at, `${tag}.${target.property}`, undefined, hostTaints(value));
    }
    if (htmlProperties.has(target.property)) sink(interpreter, 'html', value, node.value, at, target.property);
    else if (target.property === 'href' || target.property === 'location' || target.property === 'src') {
      const object = writtenOf(target.object);
      if (/(?:^|\.)(?:location|window|document|self|top|parent)$/.test(object)) sink(interpreter, 'redirect', value, node.value, at, `${object}.${target.property}`, undefined, hostTaints(value));
    } else if (target.property === 'html' && /(?:^|\.)webview$/i.test(writtenOf(target.object))) sink(interpreter, 'html', value, node.value, at, 'webview.html');
    else if (target.property === 'body') {
      const object = interpreter.evaluate(target.object);
      if (object.name === 'koa.Context#' && ((value.parts ?? []).some((part) => part !== undefined && /<[a-z]/i.test(part)) || pages.has(interpreter.frame))) sink(interpreter, 'html', value, node.value, at, 'ctx.body');
    } else if (target.property === 'type' && typeof value.constant === 'string' && /html/.test(value.constant)) {
      if (interpreter.evaluate(target.object).name === 'koa.Context#') pages.add(interpreter.frame);
    } else if (target.property === 'cookie' && writtenOf(target.object) === 'document') sink(interpreter, 'persist', value, node.value, at, 'document.cookie');
    else if (/^(?:localStorage|sessionStorage)$/.test(writtenOf(target.object).split('.').at(-1) ?? '')) sink(interpreter, 'persist', marked(interpreter, value, target.property, node.value), node.value, at, 'localStorage');
    return;
  }
  if (target.kind === 'index') {
    const index = target.index ? interpreter.evaluate(target.index) : undefined;
    if (index && index.taints.length > 0 && !interpreter.scope.python) {
      // `settings[section][name] = value`: two keys that the peer chooses reach the prototype.
      // `for (const [key, one] of Object.entries(body)) row[key] = one`
      if (target.object.kind === 'name' && isLookedUp(interpreter.evaluate(target.object))) sink(interpreter, 'mass-assignment', index, target, origin(interpreter, target), target.object.name, undefined, index.taints);
      const owner = target.object.kind === 'index' && target.object.index ? interpreter.evaluate(target.object.index).taints : target.object.kind === 'name' ? interpreter.evaluate(target.object).under : undefined;
      if (owner && current(interpreter, owner).some((taint) => (taint.clean & kindBit('prototype')) === 0)) sink(interpreter, 'prototype', index, target, origin(interpreter, target), 'property', undefined, index.taints);
    }
  }
}

/** A response of Falcon, whose type and text are set one after the other. */
function falconPage(interpreter: Interpreter, node: Extract<Expression, { kind: 'assign' }>, value: Value): void {
  if (node.target.kind !== 'member' || !/^(?:content_type|text|body|media)$/.test(node.target.property) || interpreter.evaluate(node.target.object).name !== 'falcon.Response#') return;
  if (node.target.property === 'content_type') {
    if (value.name === 'falcon.MEDIA_HTML' || (typeof value.constant === 'string' && value.constant.includes('html'))) pages.add(interpreter.frame);
  } else if (node.target.property !== 'media' && pages.has(interpreter.frame)) sink(interpreter, 'html', value, node.value, origin(interpreter, node.value), `resp.${node.target.property}`);
}

function writtenOf(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? `${writtenOf(node.object)}.${node.property}` : '';
}

export function elementSinks(interpreter: Interpreter, node: Element, fields: ReadonlyMap<string, Value>): void {
  const raw = fields.get('dangerouslySetInnerHTML');
  if (raw) {
    const entry = node.attributes.find((one) => one.key === 'dangerouslySetInnerHTML');
    const inner = raw.fields?.get('__html') ?? raw;
    const at = entry?.value.kind === 'object' ? entry.value.entries.find((one) => one.key === '__html')?.value ?? entry.value : entry?.value ?? node;
    sink(interpreter, 'html', inner, at, origin(interpreter, at), 'dangerouslySetInnerHTML');
  }
  for (const name of ['srcDoc', 'srcdoc', 'v-html', 'innerHTML', '{@html}', 'set:html']) {
    const value = fields.get(name);
    const entry = node.attributes.find((one) => one.key === name);
    if (value && entry) sink(interpreter, 'html', value, entry.value, origin(interpreter, entry.value), name);
  }
  if (node.name === 'a' || node.name === 'iframe' || node.name === 'form') {
    const name = node.name === 'a' ? 'href' : node.name === 'iframe' ? 'src' : 'action';
    const value = fields.get(name);
    const entry = node.attributes.find((one) => one.key === name);
    if (value && entry) sink(interpreter, 'redirect', value, entry.value, origin(interpreter, entry.value), `${node.name} ${name}`, undefined, value.parts ? noTaints : value.taints.filter((taint) => taint.label !== 'web'));
  }
  // Markdown with raw HTML let through.
  const plugins = fields.get('rehypePlugins');
  if (plugins && elementOf(plugins) !== unknownValue && [...(plugins.items ?? [])].some((one) => one.name === 'rehype-raw') && ![...(plugins.items ?? [])].some((one) => one.name === 'rehype-sanitize' || one.items?.[0]?.name === 'rehype-sanitize')) {
    for (const child of node.children) {
      const value = interpreter.evaluate(child);
      sink(interpreter, 'html', value, child, origin(interpreter, child), 'Markdown with rehype-raw');
    }
  }
}

/** What a handler returns is the response: markup in it is HTML. */
export function sinkReturned(interpreter: Interpreter, node: Expression, value: Value): void {
  gatewayResponse(interpreter, node, value);
  const own = interpreter.frame.closure;
  const route = interpreter.frame.route ?? (own && routeOf(own) === 'wsgi' ? 'wsgi' : undefined);
  if (route === promptRoute) {
    sink(interpreter, 'system-prompt', value, node, origin(interpreter, node), 'the agent');
    return;
  }
  const { closure } = interpreter.frame;
  if (route === undefined || !closure || (closure.entry === undefined && route !== 'wsgi' && (route !== 'nest' || routeOf(closure) !== 'nest'))) return;
  const page = route === 'fastapi.Router' && (interpreter.frame.node?.decorators ?? []).some((one) => one.kind === 'call' && one.args.some(({ name, value: given }) => name === 'response_class' && /HTMLResponse$/.test(writtenOf(given))));
  if (route !== 'flask.Flask' && route !== 'nest' && route !== 'aiohttp' && route !== 'hapi.Server' && !/^(?:bottle\.|cherrypy\.|functions_framework\.|wsgi$)/.test(route) && !page) return;
  const first = value.items && node.kind === 'list' ? value.items[0]! : value;
  if (!first || first.fields || first.name === 'flask.jsonify()') return;
  const text = first.parts ?? [];
  if (page || (route === 'flask.Flask' && (isAnswerText(node, first) || /^(?:markdown2?\.markdown|mistune\.html|commonmark\.commonmark)\(\)$/.test(first.name ?? ''))) || text.some((part) => part !== undefined && /<[a-z!/]/i.test(part))) sink(interpreter, 'html', first, node, origin(interpreter, node), 'the response');
}

/** The text of a model's answer, `return reply.choices[0].message.content`, which Flask sends as HTML. */
function isAnswerText(node: Expression, value: Value): boolean {
  const key = node.kind === 'member' ? node.property : node.kind === 'index' && node.index?.kind === 'literal' ? String(node.index.value) : '';
  return /^(?:content|text|output_text|generated_text|completion)$/.test(key) && value.taints.some((taint) => taint.label === 'model');
}

/** What a function behind a gateway returns as a page: `{ statusCode, headers: { 'Content-Type': 'text/html' }, body }`. */
function gatewayResponse(interpreter: Interpreter, node: Expression, value: Value): void {
  const body = value.fields?.get('body');
  for (const [key, one] of value.fields?.get('headers')?.fields ?? []) {
    if (/^location$/i.test(key) && value.fields!.has('statusCode')) {
      const at = one.origin ?? origin(interpreter, node);
      sink(interpreter, 'redirect', one, node, at, 'the response', undefined, hostTaints(one));
    }
    if (!body || body.taints.length === 0) continue;
    if (!/^content-type$/i.test(key) || typeof one.constant !== 'string' || !/html/i.test(one.constant)) continue;
    const entry = node.kind === 'object' ? node.entries.find((each) => each.key === 'body')?.value ?? node : node;
    sink(interpreter, 'html', body, entry, origin(interpreter, entry), 'the response');
  }
}

/** Templates whose values become one word each of a command. */
const quoting = /^(?:zx\.\$|bun\.\$|Bun\.\$|execa\.(?:\$|execa)|execa|dax\.\$|@david\/dax\.\$|dax-sh)(?:\(\))?$/;
const script = /(?:^|[\s;|&(])(?:(?:ba|z|da|k)?sh|pwsh|powershell)\s+(?:-\w+\s+)*-(?:\w*c|Command)\s+$|(?:^|[\s;|&(])(?:node|bun|deno)\s+(?:-e|--eval|eval)\s+$|(?:^|[\s;|&(])(?:python3?|perl|ruby)\s+-[ce]\s+$|(?:^|[\s;|&(])(?:eval|ssh\s+\S+)\s+$/;

/** Tagged templates: `sql` binds its values, `$` runs a shell with quoted ones, `html` escapes. */
export function taggedSink(interpreter: Interpreter, node: Template, tag: Value, values: readonly Value[]): Value {
  let taints: readonly Taint[] = noTaints;
  for (const one of values) taints = joinTaints(taints, current(interpreter, taintsIn(one, 2)));
  const out: Value = { taints: noTaints, origin: origin(interpreter, node) };
  // Execa quotes what is put into its template, unless it is told to use a shell.
  if (/^execa(?:\.(?:\$|execa|execaSync))?\(\)$/.test(tag.name ?? '') && tag.call && argumentAt(tag.call, 'shell')?.value.constant === true) for (const one of values) sink(interpreter, 'shell', one, node, origin(interpreter, node), 'execa.$');
  // Quoted or not, what comes after `bash -c` is a script.
  if (quoting.test(tag.name ?? '')) {
    let at = 0;
    node.parts.forEach((part, index) => {
      if (typeof part === 'string') return;
      const before = node.parts[index - 1];
      const value = values[at++];
      if (value && typeof before === 'string' && script.test(before)) sink(interpreter, 'shell', value, part, origin(interpreter, part), tag.name!.replace(/\(\)$/, ''));
    });
  }
  if (tag.name !== undefined) out.name = `${tag.name}()`;
  if (tag.name === 'String.raw' || tag.name === 'lit.html' || tag.name === undefined) out.taints = tag.name === 'lit.html' ? noTaints : taints;
  return out;
}
