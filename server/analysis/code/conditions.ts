import { capped, contained, hostChecked, judged, textual } from './tables/cleaners.ts';
import { everyKind, kindSet } from './kinds.ts';
import { factsOfCase } from './telling-fields.ts';
import { taintsIn, type Facts, type Proof, type Taint, type Value } from './value.ts';

const nothing: Facts = { whenTrue: [], whenFalse: [] };

/** What a test of a value proves, each way. */
export function factsOf(value: Value): Facts {
  const approval: readonly Proof[] = value.human ? [{ root: undefined, kinds: 0 }] : [];
  const verdict = value.probe?.mode === 'verdict' ? proofsOf(value.probe.taints, judged) : [];
  if (approval.length === 0 && verdict.length === 0) return value.facts ?? nothing;
  const both = [...approval, ...verdict];
  return { whenTrue: [...both, ...(value.facts?.whenTrue ?? [])], whenFalse: [...both, ...(value.facts?.whenFalse ?? [])] };
}

export function proofsOf(taints: readonly Taint[], kinds: number): readonly Proof[] {
  return taints.map((taint) => ({ root: taint.root, kinds }));
}

export function both(proofs: readonly Proof[]): Facts {
  return { whenTrue: proofs, whenFalse: proofs };
}

/** The value equals one that is known. */
export function equalityProofs(value: Value): readonly Proof[] {
  if (value.probe) {
    switch (value.probe.mode) {
      case 'host': return proofsOf(value.probe.taints, hostChecked);
      case 'length': return proofsOf(value.probe.taints, capped);
      // Who sent it is known: what it says is theirs to say.
      case 'sender': return proofsOf(value.probe.taints, everyKind);
      default: return [];
    }
  }
  return proofsOf(value.taints, everyKind);
}

const typeNames: Readonly<Record<string, number>> = { number: everyKind, boolean: everyKind, bigint: everyKind, string: textual };

/** Facts of a comparison. `operator` is JavaScript's. */
export function compare(operator: string, left: Value, right: Value): Facts {
  switch (operator) {
    case '===': case '!==': case 'is': case 'is not': {
      const facts = equality(left, right);
      return operator === '===' || operator === 'is' ? facts : { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue };
    }
    case 'in': return membership(left, right);
    case 'not in': {
      const facts = membership(left, right);
      return { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue };
    }
    case '<': case '<=': return length(left, right);
    case '>': case '>=': {
      const facts = length(right, left);
      const other = length(left, right);
      return { whenTrue: facts.whenTrue, whenFalse: other.whenTrue };
    }
    default: return nothing;
  }
}

function equality(left: Value, right: Value): Facts {
  const human = left.human || right.human;
  // `check(x).ok === true`
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (one.cases && typeof other.constant === 'string') return factsOfCase(one.cases, other.constant);
    if (!one.facts || one.taints.length > 0 || one.probe || human) continue;
    if (other.constant === true) return one.facts;
    if (other.constant === false || other.constant === null || other.name === 'undefined') return { whenTrue: one.facts.whenFalse, whenFalse: one.facts.whenTrue };
  }
  if (human) return both([{ root: undefined, kinds: 0 }]);
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (one.probe?.mode === 'verdict') return both(proofsOf(one.probe.taints, judged));
    if (one.probe?.mode === 'type') {
      const kinds = typeof other.constant === 'string' ? typeNames[other.constant] ?? 0 : other.name === 'int' || other.name === 'float' || other.name === 'bool' ? everyKind : other.name === 'str' ? textual : 0;
      return { whenTrue: proofsOf(one.probe.taints, kinds), whenFalse: [] };
    }
  }
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (other.constant === prototype && one.taints.length > 0) return { whenTrue: [], whenFalse: proofsOf(one.taints, kindSet('prototype')) };
    // Compared with nothing, or with something of the same origin, says nothing.
    if ((one.taints.length === 0 && !one.probe) || other.taints.length > 0 || other.constant === null || other.name === 'undefined' || other.constant === '') continue;
    return { whenTrue: equalityProofs(one), whenFalse: [] };
  }
  return nothing;
}

/** The name by which an object leads to the prototype of all. */
const prototype = '__proto__';

/** `left in right`. */
export function membership(left: Value, right: Value): Facts {
  if (left.probe?.mode === 'verdict' || right.probe?.mode === 'verdict') return both([...proofsOf(left.probe?.taints ?? [], judged), ...proofsOf(right.probe?.taints ?? [], judged)]);
  if (left.taints.length > 0 && elementsOf(right).some((one) => one === prototype)) return { whenTrue: [], whenFalse: proofsOf(left.taints, kindSet('prototype')) };
  if (left.taints.length > 0 || left.probe) return taintsIn(right).length === 0 && (typeof right.constant !== 'string' || (!left.probe && right.constant.length <= 100)) ? { whenTrue: equalityProofs(left), whenFalse: [] } : nothing;
  // `ROOT in path.parents`
  if (right.taints.length > 0 && left.name === 'pathlib.Path#' && (left.constant === undefined || right.name === 'pathlib.Path#parents')) return { whenTrue: proofsOf(right.taints, kindSet('path')), whenFalse: [] };
  if (right.taints.length > 0 && typeof left.constant === 'string') return forbidden(left.constant, right.taints);
  return nothing;
}

/** The texts of a list or set that is written out. */
function elementsOf(list: Value): readonly Value['constant'][] {
  return (list.items ?? []).map((one) => one.constant);
}

/** A text that holds none of `piece`. */
export function forbidden(piece: string, taints: readonly Taint[]): Facts {
  if (piece === '..' || piece === '../' || piece === '/' || piece === '\\') return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('path')) };
  if (piece === '://' || piece === '//') return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('redirect')) };
  if (piece === prototype) return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('prototype')) };
  if (piece === '<') return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('html')) };
  return nothing;
}

/** The text starts with `prefix`. */
export function prefixed(taints: readonly Taint[], prefix: Value, separator: boolean): Facts {
  const text = prefix.constant;
  if (typeof text === 'string') {
    if (text.startsWith('..')) return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('path')) };
    // `//host` begins with a slash as well: only that a text begins with no two of them keeps it on the site.
    if (text === '/') return nothing;
    if (text === '//' || text === '\\' || text === '/\\') return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('redirect')) };
    if (/^(?:https?|[a-z]+:\/*)$/i.test(text) || text.length < 2) return nothing;
    if (/^https?:\/\/[^/]+\/./.test(text) || /^https?:\/\/[^/]+\/$/.test(text)) return { whenTrue: proofsOf(taints, hostChecked), whenFalse: [] };
    if (/^https?:/.test(text)) return nothing;
  }
  void separator;
  return { whenTrue: proofsOf(taints, contained), whenFalse: [] };
}

/** The name of a host ends in that of the program's own, after a dot. */
export function suffixed(host: Value, suffix: Value): Facts {
  const text = suffix.constant;
  return host.probe?.mode === 'host' && typeof text === 'string' && /^\.[\w-]+\.\w/.test(text) ? { whenTrue: proofsOf(host.probe.taints, hostChecked), whenFalse: [] } : nothing;
}

function length(smaller: Value, larger: Value): Facts {
  return smaller.probe?.mode === 'length' && !larger.probe ? { whenTrue: proofsOf(smaller.probe.taints, capped), whenFalse: [] } : nothing;
}

export function negate(facts: Facts): Facts {
  return { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue };
}

/** How strict a regular expression is: `whole` fixes every character of the text. */
export function strictness(written: string, flags: string, wholeMatch: boolean): 'whole' | 'characters' | 'none' {
  // What is looked ahead at only forbids more.
  const pattern = written.replace(/\(\?[=!][^()]*\)/g, '');
  const start = wholeMatch || /^(?:\^|\\A)/.test(pattern);
  const end = wholeMatch || /(?:\$|\\Z|\\z)$/.test(pattern);
  const alternatives = /\|/.test(pattern.replace(/\\\||\([^)]*\)|\[[^\]]*\]/g, ''));
  const free = /(?<!\\)\.(?:[*+]|\{\d+,)|\[\\s\\S\]|\[\\S\\s\]|\[\^[^\]]{1,3}\][*+]|\\S[*+]/.test(pattern);
  if (start && end && !free && (!alternatives || wholeMatch) && !flags.includes('m')) return 'whole';
  // A class of forbidden characters: `/[;&|<>]/`, `/[^\w-]/`.
  if (/^\[[^\]]{3,}\]\+?$/.test(pattern) || /^\(?\[\^/.test(pattern)) return 'characters';
  return 'none';
}

/** A pattern that fixes scheme and host from the beginning of an address: `^https:\/\/api\.acme\.io\/`. */
const ownHost = /^\^(?:https?|wss?|ftp)\??:(?:\\?\/){2}(?:[\w-]|\\\.|\[[\w-]+\]\+?|\((?:\?:)?(?:[\w-]|\\\.|\||\[[\w-]+\]\+?)+\)[?*]?)+(?:\\?\/|\$$|\((?:\?:)?(?:\\?\/\|\$|\$\|\\?\/)\))/;

/** Facts of a pattern that the name of a host is held against. */
export function hostMatched(pattern: string, host: Value): Facts {
  const fixed = host.probe?.mode === 'host' && /^(?:\^(?!\.)|\\\.|\(\?:?\^\|\\\.\))(?:[\w-]|\\\.|\[[\w-]+\]\+?|[()?:|*])+\$$/.test(pattern) && /\\\./.test(pattern);
  return fixed ? { whenTrue: proofsOf(host.probe!.taints, hostChecked), whenFalse: [] } : nothing;
}

/** Facts of a regular expression test on tainted text. */
export function matched(pattern: string, flags: string, wholeMatch: boolean, taints: readonly Taint[]): Facts {
  if (pattern.includes(prototype)) return { whenTrue: [], whenFalse: proofsOf(taints, kindSet('prototype')) };
  switch (strictness(pattern, flags, wholeMatch)) {
    case 'whole': return { whenTrue: proofsOf(taints, everyKind), whenFalse: [] };
    case 'characters': return { whenTrue: [], whenFalse: proofsOf(taints, everyKind & ~kindSet('user-prompt', 'system-prompt', 'url')) };
    default: return ownHost.test(pattern) ? { whenTrue: proofsOf(taints, hostChecked), whenFalse: [] } : nothing;
  }
}
