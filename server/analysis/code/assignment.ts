import type { Expression, Pattern } from '../../model/code-tree.ts';
import { iterated, read } from './branches.ts';
import { lookUp, origin, written, type Interpreter } from './interpreter.ts';
import { noteKept } from './kept-objects.ts';
import { kindSet } from './kinds.ts';
import { memberName } from './names.ts';
import { entryOfType } from './parameters.ts';
import { hostChecked } from './tables/cleaners.ts';
import { tellEmpty } from './telling-variables.ts';
import { textOf } from './text.ts';
import { typed } from './types.ts';
import { cleaned, extend, join, joinTaints, noTaints, unknownValue, type Value } from './value.ts';
import { assignmentSink } from './written-sinks.ts';

const approvals = /^(?:is_?|was_?|user_?)?(?:approved|approval|confirmed|confirmation|consent|granted|permitted|go_?ahead)$/i;

/** Names of what is left of a secret for people to see. */
const veiled = /^(?:masked|redacted|obfuscated|hidden|truncated|censored|safe)(?:$|[A-Z_])|(?:Masked|Redacted|Preview)$|_(?:masked|redacted|preview)$/;

/** Evaluates an assignment and stores its value. */
export function assignment(interpreter: Interpreter, node: Extract<Expression, { kind: 'assign' }>): Value {
  let value = interpreter.evaluate(node.value);
  if (node.type && value.name === undefined && !value.fields && !value.instance && !value.items) {
    const declared = typed(interpreter, node.type);
    if (declared.name !== undefined || declared.instance) value = { ...declared, ...value, taints: value.taints };
  }
  if (node.operator) {
    const old = node.target.kind === 'name' || node.target.kind === 'member' || node.target.kind === 'index' ? interpreter.evaluate(node.target) : unknownValue;
    if (node.operator === '+=') value = textOf(interpreter, node, [old, value], true);
    else if (node.operator === '||=' || node.operator === '??=' || node.operator === '|=') value = join(old, value);
    else value = { taints: noTaints, scalar: true };
  }
  const label = node.target.kind === 'name' ? node.target.name : undefined;
  if (label !== undefined && approvals.test(label) && value.constant === undefined && value !== unknownValue) value = { ...value, human: true };
  if (label !== undefined && value.taints.length > 0 && veiled.test(label)) value = { ...value, taints: value.taints.filter((taint) => taint.label !== 'secret' && taint.label !== 'personal') };
  if (value.fn && node.type) entryOfType(value.fn, node.type.name);
  if (value.taints.length > 0 && label !== undefined) value = { ...value, taints: value.taints.map((taint) => extend(taint, origin(interpreter, node.target), `stored in ${label}`)) };
  if (!node.operator || node.operator === '+=') assignmentSink(interpreter, node, value);
  noteAssignment(interpreter, node, value);
  interpreter.assign(node.target, value, node.declares === true);
  return value;
}

function noteAssignment(interpreter: Interpreter, node: Extract<Expression, { kind: 'assign' }>, value: Value): void {
  const { target } = node;
  if (interpreter.muted > 0 || interpreter.scope.path !== interpreter.module.path) return;
  if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'index') return;
  let name: string | undefined;
  let text = written(target);
  if (target.kind === 'member') {
    const owner = interpreter.evaluate(target.object).name;
    name = owner === undefined ? undefined : memberName(owner, target.property);
  } else if (target.kind === 'index') {
    const key = target.index ? interpreter.evaluate(target.index).constant : undefined;
    if (typeof key !== 'string') return;
    const owner = interpreter.evaluate(target.object).name;
    name = owner === undefined ? undefined : memberName(owner, key);
    text = `${written(target.object)}.${key}`;
  }
  interpreter.assignments.push({ name, written: text, value, node: node.value, origin: origin(interpreter, node.value), target: origin(interpreter, target), within: interpreter.frame.within });
}

export function assign(interpreter: Interpreter, pattern: Pattern, value: Value, declares: boolean): void {
  const { scope } = interpreter;
  switch (pattern.kind) {
    case 'name': {
      if (pattern.name === '') return;
      if ((declares || scope.python) && scope.shared?.has(pattern.name) !== true) { scope.vars.set(pattern.name, value); return; }
      const found = lookUp(scope.shared ? scope.parent : scope, pattern.name);
      if (!found || found.scope === scope) { scope.vars.set(pattern.name, value); return; }
      // What ran before has not seen it.
      if (value.taints.length > 0 && found.value.taints.length === 0 && found.scope.parent === undefined) interpreter.shared = true;
      found.scope.vars.set(pattern.name, join(found.value, value));
      return;
    }
    case 'member': {
      const object = interpreter.evaluate(pattern.object);
      // An address whose host the program sets leads there.
      if (object.name === 'URL#' && (pattern.property === 'host' || pattern.property === 'hostname') && value.taints.length === 0 && !Object.isFrozen(object)) object.taints = cleaned(object.taints, hostChecked);
      // What comes after the host of an address leads to no other one.
      const behind = value.taints.length > 0 && (pattern.property === 'pathname' || pattern.property === 'search' || pattern.property === 'hash');
      set(interpreter, object, pattern.property, behind ? { ...value, taints: cleaned(value.taints, kindSet('url', 'redirect')) } : value);
      return;
    }
    case 'index': {
      const object = interpreter.evaluate(pattern.object);
      const index = pattern.index ? interpreter.evaluate(pattern.index) : undefined;
      if (typeof index?.constant === 'string') { set(interpreter, object, index.constant, value); return; }
      if (typeof index?.constant === 'number' && object.items && index.constant < object.items.length && index.constant >= 0) { object.items[index.constant] = value; return; }
      if (object !== unknownValue && !Object.isFrozen(object)) object.element = object.element ? join(object.element, value) : value;
      return;
    }
    case 'object-pattern': {
      const taken = new Set<string>();
      for (const { key, target, fallback, rest } of pattern.entries) {
        if (rest || key === undefined) {
          const fields = value.fields ? new Map([...value.fields].filter(([name]) => !taken.has(name))) : undefined;
          interpreter.assign(target, { ...value, ...(fields ? { fields } : {}) }, declares);
          continue;
        }
        taken.add(key);
        let inner = read(interpreter, interpreter.member(value, key, target));
        if (fallback) {
          const other = interpreter.evaluate(fallback);
          inner = inner === unknownValue || (inner.name === undefined && inner.taints.length === 0 && !inner.fields && inner.constant === undefined) ? (value.fields && value.complete ? other : { ...other, taints: joinTaints(inner.taints, other.taints) }) : join(inner, { ...other });
        }
        if (inner.taints.length > 0 && target.kind === 'name') inner = { ...inner, taints: inner.taints.map((taint) => extend(taint, origin(interpreter, target), `stored in ${target.name}`)) };
        interpreter.assign(target, inner, declares);
      }
      return;
    }
    case 'list-pattern':
      pattern.items.forEach((item, at) => {
        if (!item) return;
        if (item.rest) { interpreter.assign(item.target, { ...value, ...(value.items ? { items: value.items.slice(at) } : {}) }, declares); return; }
        let inner = value.items?.[at] ?? iterated(interpreter, value, item.target);
        if (item.fallback) {
          const other = interpreter.evaluate(item.fallback);
          inner = inner === unknownValue ? other : join(inner, other);
        }
        interpreter.assign(item.target, read(interpreter, inner), declares);
      });
      return;
    default: pattern satisfies never;
  }
}

/** Sets a field; under more conditions than the object was made in, the old value may remain. */
function set(interpreter: Interpreter, object: Value, property: string, value: Value): void {
  if (object === unknownValue || Object.isFrozen(object)) return;
  if (object.cls) { object.cls.statics.set(property, value); return; }
  tellEmpty(interpreter, object);
  noteKept(interpreter, object, value);
  object.fields ??= new Map();
  if (object.complete === undefined) object.complete = false;
  const old = object.fields.get(property);
  const weak = old !== undefined && (object.instance !== undefined || interpreter.conditions > (object.depth ?? 0));
  object.fields.set(property, weak ? join(old, value) : value);
}

