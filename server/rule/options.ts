import type { CodeArgument, CodeCall } from '../analysis/code/events.ts';
import type { Value } from '../analysis/code/value.ts';
import type { Expression } from '../model/code.ts';
import type { Origin } from '../model/origin.ts';

/** An option of a call, at whatever depth of its object arguments. */
export interface FoundOption {
  readonly name: string;
  /** Names from the argument down: `https.rejectUnauthorized`. */
  readonly path: string;
  readonly value: Value;
  readonly at: Origin;
  /** Written in the call itself: a fix may change it there. */
  readonly inline: boolean;
  readonly owner: Value | undefined;
}

/** All keyword arguments and object properties that a call is given, with their values resolved. */
export function optionsOf(call: CodeCall, deepest = 3): readonly FoundOption[] {
  const out: FoundOption[] = [];
  for (const argument of call.args) {
    if (argument.name !== undefined) out.push({ name: argument.name, path: argument.name, value: argument.value, at: argument.origin, inline: true, owner: undefined });
    inside(argument.value, argument.node, argument, argument.name ?? '', deepest, out);
  }
  return out;
}

/** An option and the call that it is given to. */
export interface GivenOption {
  readonly call: CodeCall;
  readonly found: FoundOption;
}

/**
 * The options of calls that pass a test. One that is only handed on, within something made elsewhere, is left out where the same is
 * written down in these calls: what is made with it and given to a client, and the client to others, is one matter.
 */
export function optionsMadeIn(calls: readonly CodeCall[], passes: (given: GivenOption) => boolean, deepest = 3): readonly GivenOption[] {
  const all = calls.flatMap((call) => optionsOf(call, deepest).map((found) => ({ call, found }))).filter(passes);
  const handedOn = ({ call, found }: GivenOption): boolean => !found.inline && call.args.some((argument) => argument.origin === found.at);
  const what = ({ found }: GivenOption): string => `${found.name} ${String(found.value.constant)}`;
  const written = new Set(all.filter((one) => !handedOn(one)).map(what));
  // The same key of the same object, met in the call that makes it and in one that is given it.
  const place = ({ found }: GivenOption): string => { const { path, range } = found.owner?.keys?.get(found.name) ?? found.at; return `${path} ${range.start} ${found.name}`; };
  const inline = new Set(all.filter((one) => one.found.inline).map(place));
  return all.filter((one) => (!handedOn(one) || !written.has(what(one))) && (one.found.inline || !inline.has(place(one))));
}

function inside(value: Value, node: Expression | undefined, argument: CodeArgument, path: string, deep: number, out: FoundOption[]): void {
  if (deep <= 0 || out.length > 200) return;
  if (value.fields && value.instance === undefined) {
    for (const [name, one] of value.fields) {
      if (name.startsWith('method ')) continue;
      const entry = node?.kind === 'object' ? node.entries.find((each) => each.key === name) : undefined;
      const key = value.keys?.get(name);
      const at = entry ? { path: argument.origin.path, range: { start: entry.value.start, end: entry.value.end } } : key && key.path === argument.origin.path ? key : argument.origin;
      const whole = path === '' ? name : `${path}.${name}`;
      // The options of a client made in an argument were reported where it was made.
      out.push({ name, path: whole, value: one, at, inline: entry !== undefined, owner: value });
      if (!one.name?.endsWith('#')) inside(one, entry?.value, argument, whole, deep - 1, out);
    }
  }
  if (value.items) value.items.slice(0, 20).forEach((one, at) => inside(one, node?.kind === 'list' ? node.items[at] : undefined, argument, path, deep - 1, out));
}
