import type { Binary, Element, Expression, Template } from '../../model/code-tree.ts';
import { chainOf, isStep } from './chains.ts';
import { compare, factsOf, negate, proofsOf } from './conditions.ts';
import { declareClass, declareFunction, instanceOf, methodOf, methodOfBase } from './functions.ts';
import { assume, current, lookUp, origin, written, type Interpreter } from './interpreter.ts';
import { confidential, everyKind, kindBit, kindSet } from './kinds.ts';
import { memberName } from './names.ts';
import { isModelName } from './names.ts';
import { classified, marked, sensitiveName } from './sensitive.ts';
import { sink } from './sinks.ts';
import { elementSinks, taggedSink } from './written-sinks.ts';
import { assignment } from './assignment.ts';
import { branch, iterated, read, withoutConfidential } from './branches.ts';
import { keptObject } from './kept-objects.ts';
import { logical } from './logic.ts';
import { sourced, sourceText } from './sources.ts';
import { cap, splitFormat, textOf } from './text.ts';
import { noteToolObject } from './tool-objects.ts';
import { hostChecked, veilWords } from './tables/cleaners.ts';
import { harmless } from './tables/sources.ts';
import { comparedCount, countFacts } from './telling-variables.ts';
import { tellingFields } from './telling-fields.ts';
import { childRoot, cleaned, elementOf, join, joinTaints, noTaints, taintsIn, unknownValue, withoutConstant, type Taint, type Value } from './value.ts';

/** Whether the program itself holds all that a value may be. */
function isFixed(node: Expression): boolean {
  return node.kind === 'literal' || (node.kind === 'conditional' && isFixed(node.then) && isFixed(node.otherwise));
}

export function evaluate(interpreter: Interpreter, node: Expression): Value {
  interpreter.budget--;
  switch (node.kind) {
    case 'literal':
      return { taints: noTaints, constant: node.value, origin: origin(interpreter, node), ...(node.regex === undefined ? {} : { name: 'RegExp#', parts: [String(node.value)] }) };
    case 'name': return named(interpreter, node.name, node);
    case 'template': return template(interpreter, node);
    case 'member': {
      const object = interpreter.evaluate(node.object);
      return marked(interpreter, read(interpreter, interpreter.member(object, node.property, node)), node.property, node);
    }
    case 'index': {
      const object = interpreter.evaluate(node.object);
      const index = node.index ? interpreter.evaluate(node.index) : undefined;
      if (typeof index?.constant === 'string') return classified(interpreter, read(interpreter, interpreter.member(object, index.constant, node)), index.constant, node);
      // `Caller = Annotated[str, Depends(caller)]`
      if (index?.items && /^typing(?:_extensions)?\.Annotated$/.test(object.name ?? '')) return { taints: noTaints, name: 'typing.Annotated[]', items: index.items };
      if (!node.index) for (const one of node.bounds ?? []) interpreter.evaluate(one);
      if (!node.index) return sliced(interpreter, object, node.bounded === true);
      if (typeof index?.constant === 'number' && object.items && object.items[index.constant]) return read(interpreter, object.items[index.constant]!);
      if (index && index.taints.length > 0 && /^(?:globals\(\)|locals\(\)|window|globalThis)$/.test(object.name ?? '')) sink(interpreter, 'dispatch', index, node.index ?? node, origin(interpreter, node.index ?? node), object.name!);
      // Everything that a module exports can be reached by an untrusted name.
      if (index && index.taints.length > 0 && isNamespace(interpreter, node.object)) sink(interpreter, 'dispatch', index, node.index ?? node, origin(interpreter, node.index ?? node), written(node.object));
      // Columns of a table that are picked by name.
      const column = index?.items?.find((one) => typeof one.constant === 'string' && (sensitiveName(one.constant) === 'personal' || interpreter.classify?.(one.constant)))?.constant;
      if (typeof column === 'string') return marked(interpreter, { ...object }, column, node);
      // A look-up by an untrusted key in a table of the program gives what the table holds.
      let element: Value = elementOf(object);
      if (object.fields) for (const [key, one] of object.fields) if (!key.startsWith('method ')) element = element === unknownValue ? one : join(element, one);
      const taints = current(interpreter, object.taints);
      if (taints.length === 0) {
        const found: Value = element === unknownValue && object.name !== undefined ? { taints: noTaints, name: `${object.name}[]` } : element.constant === undefined ? element : { ...element };
        return index && index.taints.length > 0 && !interpreter.scope.python && !object.items && !element.fn ? { ...found, under: current(interpreter, index.taints) } : found;
      }
      const own: Value = { taints, origin: origin(interpreter, node), ...(object.name === undefined ? {} : { name: `${object.name}[]` }) };
      return element === unknownValue ? own : join(element, own);
    }
    case 'call': return interpreter.call(node);
    case 'object': {
      const fields = new Map<string, Value>();
      const keys = new Map<string, ReturnType<typeof origin>>();
      let complete = true;
      let element: Value | undefined;
      let taints: readonly Taint[] = noTaints;
      for (const entry of node.entries) {
        let value = interpreter.evaluate(entry.value);
        if (entry.key !== undefined) {
          if (!isFixed(entry.value) && !veilWords.test(written(entry.value))) value = marked(interpreter, value, entry.key, entry);
          fields.set(entry.key, value);
          keys.set(entry.key, origin(interpreter, { start: entry.keyStart, end: entry.keyEnd }));
          continue;
        }
        if (entry.spread) {
          taints = joinTaints(taints, current(interpreter, value.taints));
          if (value.fields) for (const [key, one] of value.fields) { fields.set(key, one); const at = value.keys?.get(key); if (at) keys.set(key, at); }
          else if (value.taints.length > 0) for (const [key, one] of fields) fields.set(key, { ...withoutConstant(one), taints: joinTaints(one.taints, current(interpreter, value.taints).map((taint) => ({ ...taint, root: childRoot(taint.root, key) }))) });
          if (!value.fields || value.complete === false) complete = false;
          if (value.element) element = element ? join(element, value.element) : value.element;
          continue;
        }
        if (entry.computed) {
          const key = interpreter.evaluate(entry.computed);
          if (typeof key.constant === 'string') { fields.set(key.constant, value); continue; }
        }
        complete = false;
        element = element ? join(element, value) : value;
      }
      const object: Value = { taints, fields, keys, complete, depth: interpreter.conditions, origin: origin(interpreter, node), ...(element ? { element } : {}) };
      noteToolObject(interpreter, object);
      return object;
    }
    case 'list': {
      const items: Value[] = [];
      let complete = true;
      let element: Value | undefined;
      let taints: readonly Taint[] = noTaints;
      for (const item of node.items) {
        if (item.kind === 'spread') {
          const value = interpreter.evaluate(item.value);
          taints = joinTaints(taints, current(interpreter, value.taints));
          if (value.items && value.complete) items.push(...value.items);
          else {
            complete = false;
            const inner = iterated(interpreter, value, item);
            if (inner !== unknownValue) element = element ? join(element, inner) : inner;
          }
        } else items.push(interpreter.evaluate(item));
      }
      return { taints, items, complete, depth: interpreter.conditions, origin: origin(interpreter, node), ...(element ? { element } : {}) };
    }
    case 'function': return declareFunction(interpreter, node);
    case 'class': return declareClass(interpreter, node);
    case 'binary': return binary(interpreter, node);
    case 'logical': return logical(interpreter, node);
    case 'unary': {
      const value = interpreter.evaluate(node.value);
      if (node.operator === 'not') return { taints: noTaints, scalar: true, facts: negate(factsOf(value)), ...(value.human ? { human: true } : {}), ...(value.probe ? { probe: value.probe } : {}), ...(value.constant === undefined ? {} : { constant: !value.constant }) };
      if (node.operator === 'typeof') return { taints: noTaints, scalar: true, probe: { taints: current(interpreter, value.taints), mode: 'type' } };
      if (typeof value.constant === 'number' && node.operator === '-') return { ...value, constant: -value.constant };
      return { taints: noTaints, scalar: true };
    }
    case 'conditional': {
      const test = interpreter.evaluate(node.test);
      const facts = factsOf(test);
      let then: Value = unknownValue;
      let otherwise: Value = unknownValue;
      branch(interpreter, [
        { proofs: facts.whenTrue, run: () => { then = interpreter.evaluate(node.then); } },
        { proofs: facts.whenFalse, run: () => { otherwise = interpreter.evaluate(node.otherwise); } },
      ]);
      // Where the test is settled, so is the constant; what flows is still that of both sides.
      const settled = typeof test.constant === 'boolean' ? (test.constant ? then : otherwise).constant : undefined;
      const either = tellingFields(join(then, otherwise), [{ value: then, proofs: facts.whenTrue }, { value: otherwise, proofs: facts.whenFalse }]);
      // What is shown instead of a secret says which of the others are secrets.
      const veiled = [then, otherwise].some((one) => typeof one.constant === 'string' && veil.test(one.constant)) || [node.then, node.otherwise].some((one) => one.kind === 'call' && veilWords.test(written(one.callee)));
      return { ...(veiled ? withoutConfidential(either) : either), ...(settled === undefined ? {} : { constant: settled }), origin: origin(interpreter, node) };
    }
    case 'assign': return assignment(interpreter, node);
    case 'await': return interpreter.evaluate(node.value);
    case 'spread': return interpreter.evaluate(node.value);
    case 'comprehension': return comprehension(interpreter, node);
    case 'element': {
      const fields = new Map<string, Value>();
      for (const one of node.attributes) {
        const value = interpreter.evaluate(one.value);
        if (one.key !== undefined) fields.set(one.key, value);
        else if (value.fields) for (const [key, inner] of value.fields) fields.set(key, inner);
      }
      elementSinks(interpreter, node, fields);
      let element: Value | undefined;
      for (const child of node.children) {
        const value = interpreter.evaluate(child);
        if (value.taints.length > 0) element = element ? join(element, value) : value;
      }
      if (element) fields.set('children', element);
      component(interpreter, node, fields);
      return { taints: noTaints, name: 'jsx#' };
    }
    case 'other': {
      if (node.type === 'this') return interpreter.scope.self ?? lookUpSelf(interpreter);
      if (node.type === 'super') return lookUpSelf(interpreter);
      let last: Value = unknownValue;
      for (const part of node.parts) last = interpreter.evaluate(part);
      if (node.type === 'yield') {
        interpreter.frame.returns.push({ value: { taints: noTaints, element: last }, flow: interpreter.flow });
        return unknownValue;
      }
      return node.type === 'sequence' ? last : unknownValue;
    }
    default: return node satisfies never;
  }
}

/** A component of the program's own gets untrusted properties as a function gets arguments. */
function component(interpreter: Interpreter, node: Element, fields: Map<string, Value>): void {
  if (!/^[A-Z]\w*$/.test(node.name)) return;
  // Looking it up may run the file that it comes from: only for what is handed to it.
  if (![...fields.values()].some((one) => taintsIn(one, 2).length > 0)) return;
  const fn = lookUp(interpreter.scope, node.name)?.value.fn;
  if (!fn) return;
  const { value } = interpreter.enter(fn, [{ taints: noTaints, fields, complete: false }]);
  // A component of a file of its own gives the function that shows it.
  if (value.fn?.node.shows) interpreter.invoke(value, []);
}

function lookUpSelf(interpreter: Interpreter): Value {
  for (let at: Interpreter['scope'] | undefined = interpreter.scope; at; at = at.parent) if (at.self) return at.self;
  return unknownValue;
}

/** A variable read, or a name that nobody bound: a global. */
function named(interpreter: Interpreter, name: string, node: Expression): Value {
  const found = lookUp(interpreter.scope, name);
  if (found) return marked(interpreter, read(interpreter, found.value), name, node);
  if (name === 'undefined') return { taints: noTaints, constant: null, name: 'undefined' };
  const label = interpreter.knowledge.read(name);
  return label ? sourced(interpreter, label, name, node) : { taints: noTaints, name };
}

const answers: ReadonlySet<string> = new Set(['model', 'web', 'document', 'remote']);

/** What stands in place of a secret that is not to be seen. */
const veil = /^\W*[*•x]{3,}\W*$|redacted|masked|<hidden>|filtered/i;

/** Property of a value. */
export function member(interpreter: Interpreter, object: Value, property: string, node: { start: number; end: number }): Value {
  const field = object.fields?.get(property);
  if (field) return field;
  if (object.above) return methodOfBase(interpreter, object.above.owner, property, object.above.self) ?? object.above.self.fields?.get(property) ?? unknownValue;
  if (object.instance) {
    const method = methodOf(interpreter, object.instance, property, object);
    if (method) {
      if (method.fn?.node.decorators.some((one) => (one.kind === 'name' && /^(?:cached_)?property$/.test(one.name)) || (one.kind === 'member' && one.property === 'cached_property'))) return interpreter.enter(method.fn, []).value;
      const others = (object.others ?? []).flatMap((one) => (one.instance ? [methodOf(interpreter, one.instance, property, one)] : [])).filter((one): one is Value => one !== undefined);
      return others.length > 0 ? { ...method, others } : method;
    }
  }
  if (object.cls) {
    const fixed = object.cls.statics.get(property);
    if (fixed) return fixed;
    const method = methodOf(interpreter, object.cls, property, instanceOf(interpreter, object.cls));
    if (method) return method;
    if (property === 'prototype') return instanceOf(interpreter, object.cls);
  }
  if (object.fn && property === 'constructor' && !interpreter.scope.python) return { taints: noTaints, name: 'Function' };
  const name = object.name === undefined ? undefined : memberName(object.name, property);
  if (name !== undefined) {
    const label = interpreter.knowledge.read(name);
    if (label) return sourced(interpreter, label, name, node, sourceText(name));
    const kept = keptObject(interpreter, name);
    if (kept) return kept;
  }
  const taints = object.taints;
  if (interpreter.scope.python && /^is_(?:private|loopback|global|link_local|reserved|multicast|unspecified)$/.test(property) && object.probe?.mode === 'address') {
    const proofs = proofsOf(current(interpreter, object.probe.taints), hostChecked);
    return { taints: noTaints, scalar: true, facts: property === 'is_global' ? { whenTrue: proofs, whenFalse: [] } : { whenTrue: [], whenFalse: proofs } };
  }
  // `req.query.size` is what the peer sent under that name.
  if (object.name === 'MessageEvent#' && (property === 'origin' || property === 'source')) return { taints: noTaints, name: `MessageEvent#${property}`, probe: { taints: sourced(interpreter, 'browser', 'MessageEvent#data', node).taints, mode: 'sender' } };
  if (property === 'length' || (property === 'size' && !/Request#(?:query|params|body)$/.test(object.name ?? ''))) return { taints: noTaints, scalar: true, ...(object.none ? { none: object.none, facts: countFacts(object.none, 'some') } : {}), ...(taints.length > 0 ? { probe: { taints: current(interpreter, taints), mode: 'length' as const } } : {}), ...(name === undefined ? {} : { name }) };
  const out: Value = { taints: noTaints, origin: origin(interpreter, node) };
  if (name !== undefined) out.name = name;
  const maker = object.maker ?? object.call;
  if (maker) out.maker = maker;
  if (object.probe?.mode === 'verdict') out.probe = object.probe;
  if (object.human) out.human = true;
  if (object.holds && (property === 'name' || property === 'path')) out.holds = object.holds;
  if (object.schema?.fields?.has(property)) out.schema = object.schema.fields.get(property)!;
  if (taints.length > 0) {
    const url = object.name === 'URL#' || object.name === 'urllib.parse.ParseResult#';
    // Where an upload was put is for the server to say.
    if (/^(?:path|destination|filename|fieldname)$/.test(property) && /^express\.Request#files?(?:\[\]|\.\w+)*$/.test(object.name ?? '')) return { ...out, taints: cleaned(taints, kindSet('path', 'shell')) };
    if (/^(?:path|files|name)$/.test(property) && taints.every((taint) => ownFolder.test(`${object.name ?? ''} ${taint.what}.${property}`))) return { ...out, taints: cleaned(taints, kindSet('path')) };
    // The host of the request's or the page's own address is this site, and its path lies on it.
    const here = url && /^(?:origin|host|hostname|pathname)$/.test(property) && taints.every((taint) => /(?:^|\.)(?:url|originalUrl|nextUrl|location|location\.href)$/.test(taint.what));
    if (here && property !== 'pathname') return { ...out, taints: cleaned(taints, kindSet('redirect')), probe: { taints: current(interpreter, taints), mode: 'host' } };
    // An address without a host stays on this site.
    if (url && interpreter.scope.python && (property === 'netloc' || property === 'hostname')) return { ...out, taints, probe: { taints: current(interpreter, taints), mode: 'host' }, facts: { whenTrue: [], whenFalse: proofsOf(current(interpreter, taints), kindSet('redirect')) } };
    if (/^(?:hostname|host|origin|netloc)$/.test(property) && (url || object.name === undefined || taints.every((taint) => taint.label !== 'request' || !/headers$/.test(taint.what)))) return { ...out, taints: url && property !== 'origin' ? cleaned(taints, kindSet('path')) : taints, probe: { taints: current(interpreter, taints), mode: 'host' } };
    // The widget of Google's search, which its terms ask to be shown as it is.
    if (/^rendered_?[cC]ontent$/.test(property) && taints.every((taint) => /search_?entry_?point/i.test(taint.what))) return { ...out, taints: cleaned(taints, kindSet('html')) };
    // What a page may open is told by the scheme.
    if (url && property === 'protocol' && taints.every((taint) => (taint.clean & kindBit('path')) !== 0)) return { ...out, probe: { taints: current(interpreter, taints), mode: 'host' } };
    if (url && (property === 'protocol' || property === 'scheme' || property === 'port')) return out;
    if (/^(?:columns|shape|dtypes|index|size|name|keys)$/.test(property) && taints.every((taint) => confidential.has(taint.label))) return out;
    // What AWS writes into a record, and not who sent it.
    if (/^(?:messageId|receiptHandle|eventID|eventId|eventSourceARN|awsRegion)$/.test(property) && taints.every((taint) => /(?:^|\.)Records$/.test(taint.what))) return out;
    if (property === 'bucket' && taints.every((taint) => /(?:^|\.)Records\.s3$/.test(taint.what))) return out;
    if (/^(?:inputS3Url|outputRoute|outputToken)$/.test(property) && taints.every((taint) => /(?:^|\.)getObjectContext$/.test(taint.what))) return out;
    if (/^CodePipeline\.job$/.test(property) || (property === 'job' && taints.every((taint) => /(?:^|\.)CodePipeline$/.test(taint.what)))) return out;
    if (harmless.has(property) && taints.every((taint) => answers.has(taint.label))) return out;
    if (object.name === 'pathlib.Path#' && /^(?:name|stem|suffix)$/.test(property)) return { ...out, taints: cleaned(taints, kindSet('path')) };
    // A secret is a text and has no parts; what else hangs on an object that was made with one is not secret.
    const kept = taints.every((taint) => taint.label !== 'secret') || /^(?:value|data|text|content|current|body|raw|plain|buffer|payload|SecretString|secret)$/.test(property) ? taints : taints.filter((taint) => taint.label !== 'secret');
    out.taints = (url && property === 'href') || (object.name === 'pathlib.Path#' && /^(?:parent|parents|parts)$/.test(property)) ? taints : kept.map((taint) => ({ ...taint, root: childRoot(taint.root, property), what: taint.what.length < 60 ? `${taint.what}.${property}` : taint.what }));
    if (here) out.taints = cleaned(out.taints, kindSet('redirect'));
  }
  if (object.element && !/^(?:push|append|map|forEach|filter|join|get|items|keys|values|add|extend|find|some|every|reduce|includes|has|slice|concat|pop|entries|set|update|flatMap|sort|at|then|read|write|strip|split)$/.test(property)) {
    const element = object.element;
    if (out.taints.length === 0 && out.name === undefined) return element.constant === undefined ? element : { ...element };
    return { ...out, taints: joinTaints(out.taints, taintsIn(element, 2)) };
  }
  return out;
}

/** Whether a name stands for a whole module, as `import * as actions` binds it. */
function isNamespace(interpreter: Interpreter, node: Expression): boolean {
  return node.kind === 'name' && interpreter.scope.path === interpreter.module.path && interpreter.module.body.some((one) => one.kind === 'import' && one.names.some(({ name, local }) => name === '*' && local === node.name));
}

function sliced(interpreter: Interpreter, object: Value, bounded: boolean): Value {
  // The first letters of a secret tell it apart and do not give it away.
  const taints = current(interpreter, object.taints).filter((taint) => !bounded || taint.label !== 'secret');
  return { ...object, taints: bounded ? cap(taints) : taints };
}

function template(interpreter: Interpreter, node: Template): Value {
  const values = node.parts.map((part) => (typeof part === 'string' ? part : interpreter.evaluate(part)));
  const tag = node.tag ? interpreter.evaluate(node.tag) : undefined;
  if (node.tag) return taggedSink(interpreter, node, tag!, values.filter((one): one is Value => typeof one !== 'string'));
  return textOf(interpreter, node, values, node.sum === true);
}

function binary(interpreter: Interpreter, node: Binary): Value {
  const left = interpreter.evaluate(node.left);
  const right = interpreter.evaluate(node.right);
  const scalar: Value = { taints: noTaints, scalar: true };
  switch (node.operator) {
    case '%':
      // Text formatted with values, as in `"... %s" % x`.
      if (interpreter.scope.python && (left.parts || typeof left.constant === 'string')) {
        return { taints: joinTaints(current(interpreter, left.taints), current(interpreter, taintsIn(right, 3))), origin: origin(interpreter, node), parts: typeof left.constant === 'string' ? splitFormat(left.constant, /%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-z]/) : left.parts ?? [] };
      }
      return scalar;
    case '/': {
      // A text is divided by nothing; what it is put after is a folder, though where that was made is not known yet.
      const folder = interpreter.scope.python && right.taints.length > 0 && (left === unknownValue || (left.taints.length === 0 && (left.name === undefined || (node.left.kind === 'name' && left.name === node.left.name)) && left.constant === undefined && !left.scalar));
      if (folder || left.name === 'pathlib.Path#' || right.name === 'pathlib.Path#') return { taints: joinTaints(current(interpreter, left.taints), current(interpreter, right.taints)), name: 'pathlib.Path#', origin: origin(interpreter, node), ...lastName(right) };
      return scalar;
    }
    case '|': {
      if (interpreter.scope.python && (chained(left) || chained(right))) return chainOf(interpreter, left, right, node);
      if (left.fields || right.fields) return join(left, right);
      return { taints: joinTaints(left.taints, right.taints) };
    }
    case '===': case '!==': case 'in': case 'not in': case 'is': case 'is not': case '<': case '>': case '<=': case '>=': case 'instanceof': {
      if (left.taints.length === 0 && right.taints.length === 0 && ![left, right].some((one) => one.probe ?? one.human ?? one.facts ?? one.cases)) {
        if ((node.operator === '===' || node.operator === '!==') && left.constant !== undefined && right.constant !== undefined) return scalar;
        return scalar;
      }
      const asks = left.none && typeof right.constant === 'number' ? comparedCount(node.operator, right.constant) : undefined;
      if (asks) return { taints: noTaints, scalar: true, facts: countFacts(left.none!, asks) };
      const facts = compare(node.operator, { ...left, taints: current(interpreter, left.taints) }, { ...right, taints: current(interpreter, right.taints) });
      return { taints: noTaints, scalar: true, facts, ...(left.human || right.human ? { human: true } : {}) };
    }
    case '-': return interpreter.scope.python && left.name === 'Set#' ? { taints: left.taints, name: 'Set#', facts: { whenTrue: [], whenFalse: right.taints.length === 0 ? proofsOf(current(interpreter, taintsIn(left)), everyKind) : [] } } : scalar;
    case '*': case '@':
      if (typeof left.constant === 'string' && typeof right.constant === 'number' && left.constant.length * right.constant <= 256 && right.constant >= 0) return { taints: noTaints, constant: left.constant.repeat(right.constant) };
      if (interpreter.scope.python && (left.items || right.items || left.parts || right.parts)) return { taints: joinTaints(left.taints, right.taints) };
      return scalar;
    default: return scalar;
  }
}

/** The last name of a path, from the text that was joined to it. */
function lastName(value: Value): { readonly tail?: string } {
  const tail = typeof value.constant === 'string' ? value.constant : value.parts?.at(-1);
  return tail === undefined ? {} : { tail };
}

function chained(value: Value): boolean {
  return isStep(value) || (value.name !== undefined && isModelName(value.name));
}

/** Chainlit and Gradio put what is uploaded into a folder of their own, and tell where. */
const ownFolder = /AskFileMessage[\w.]*\.path$|\.elements\.path$|^gradio\.Param\S* .*\.(?:files|name|path)$/;

function comprehension(interpreter: Interpreter, node: Extract<Expression, { kind: 'comprehension' }>): Value {
  const saved = interpreter.flow;
  const vars = interpreter.scope.vars;
  interpreter.scope.vars = new Map(vars);
  interpreter.conditions++;
  for (const { target, iterable, conditions } of node.clauses) {
    const values = interpreter.evaluate(iterable);
    interpreter.assign(target, iterated(interpreter, values, iterable), true);
    for (const condition of conditions) interpreter.flow = assume(interpreter.flow, factsOf(interpreter.evaluate(condition)).whenTrue);
  }
  if (node.key) interpreter.evaluate(node.key);
  const element = read(interpreter, interpreter.evaluate(node.element));
  interpreter.conditions--;
  interpreter.flow = saved;
  interpreter.scope.vars = vars;
  const out: Value = { taints: noTaints, element, complete: false, depth: interpreter.conditions, origin: origin(interpreter, node) };
  if (element.facts) out.facts = element.facts;
  if (element.probe) out.probe = element.probe;
  return out;
}

