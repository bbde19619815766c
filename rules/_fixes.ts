import { substituted } from '../server/rule/substitutes.ts';
import { scalar, type Fix, type Literal, type MapValue, type Resource, type Value } from '../server/rule/queries.ts';

const printed = (value: Literal): string => (typeof value !== 'object' ? String(value) : 'placeholder' in value ? String(value.placeholder) : JSON.stringify(value));

/** Sets an attribute of a resource, or of a map within it. Not applied in bulk: it may take away what the workload needs. */
export function setTo(resource: Resource, path: string, value: Literal, within?: MapValue): readonly Fix[] {
  return [{ title: `Set ${path} to ${printed(value)}`, safe: false, intents: [{ kind: 'setAttribute', resource, path: path.split('.'), value, ...(within ? { within } : {}) }] }];
}

/** Takes an attribute out, so that its default holds. */
export function takeOut(resource: Resource, path: string, within?: MapValue): readonly Fix[] {
  return [{ title: `Remove ${path}`, safe: false, intents: [{ kind: 'removeAttribute', resource, path: path.split('.'), ...(within ? { within } : {}) }] }];
}

/** Takes an item out of the list at a path; the list goes with its last item. */
export function takeItem(resource: Resource, path: string, item: Value, within?: MapValue): readonly Fix[] {
  let at: Value | undefined;
  let entries = within?.entries ?? resource.attributes;
  for (const name of path.split('.')) {
    at = entries.get(name)?.value;
    entries = at?.kind === 'map' ? at.entries : new Map();
  }
  if (at?.kind !== 'list' || !at.items.includes(item)) return [];
  if (at.items.length === 1) return takeOut(resource, path, within);
  return [{ title: `Remove ${String(scalar(item) ?? 'the item')}`, safe: false, intents: [{ kind: 'removeItem', origin: item.at }] }];
}

/** Writes another text in the place of a value's own, where it stands as it is. */
export function rewrite(value: Value, text: string, title = `Change to ${text}`): readonly Fix[] {
  return substituted(value, { text, title });
}

const opposites: Readonly<Record<string, string>> = { true: 'false', false: 'true', yes: 'no', no: 'yes', on: 'off', off: 'on', '1': '0', '0': '1' };
const schemes: readonly (readonly [RegExp, string])[] = [[/^http:(?=\/\/)/i, 'https:'], [/^ldap:(?=\/\/)/i, 'ldaps:'], [/^ws:(?=\/\/)/i, 'wss:'], [/^ftp:(?=\/\/)/i, 'ftps:'], [/^redis:(?=\/\/)/i, 'rediss:'], [/^amqp:(?=\/\/)/i, 'amqps:']];

/** A word in the case of another: `True` gives `False`. */
function styled(word: string | undefined, like: string): string | undefined {
  if (word === undefined || like[0] === like[0]!.toLowerCase()) return word;
  return like.length > 1 && like === like.toUpperCase() ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1);
}

/** The opposite of a word for true or false, or the same address with TLS, if it is no longer `bad`. */
export function safer(value: Value, bad: (text: string) => boolean = () => false): readonly Fix[] {
  const text = String(scalar(value) ?? '');
  const scheme = schemes.find(([pattern]) => pattern.test(text));
  const other = scheme ? text.replace(scheme[0], scheme[1]) : styled(opposites[text.toLowerCase()], text);
  return other === undefined || bad(other) ? [] : rewrite(value, other, scheme ? `Use ${scheme[1]}//` : undefined);
}
