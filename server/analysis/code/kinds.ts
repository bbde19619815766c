/** What a tainted value can do harm to. A sanitizer cleans a value for some kinds of sink and not for others. */
const sinkKinds = [
  'shell', 'code', 'sql', 'nosql', 'path', 'url', 'redirect', 'html', 'header', 'log', 'xml', 'regex', 'prototype', 'mass-assignment', 'deserialize', 'template', 'ldap', 'xpath',
  'system-prompt', 'user-prompt', 'model-choice', 'tool-choice', 'dispatch', 'module', 'prompt-template', 'effect', 'persist', 'message', 'origin', 'team', 'disclosure',
] as const;
export type SinkKind = (typeof sinkKinds)[number];

const bits = new Map<SinkKind, number>(sinkKinds.map((kind, at) => [kind, 1 << at]));
/** All that harm by what the data says. `disclosure`, the last, harms by whose data it is, which no check of its form changes. */
export const everyKind = (1 << (sinkKinds.length - 1)) - 1;
/** No longer the data itself: a count, a hash. */
export const sealed = 2 ** sinkKinds.length - 1;

export function cleanOfAll(clean: number): boolean {
  return (clean & everyKind) === everyKind;
}

/** Data that is not untrusted but must not spread. */
export const confidential: ReadonlySet<Label> = new Set<Label>(['personal', 'secret', 'classified']);

export function kindBit(kind: SinkKind): number {
  return bits.get(kind)!;
}

export function kindSet(...kinds: readonly SinkKind[]): number {
  return kinds.reduce((set, kind) => set | kindBit(kind), 0);
}

/**
 * Where untrusted data comes from. `request`: a network peer; `cli`: arguments and standard input; `message`: a queue or bus; `web`: a fetched
 * page; `document`: retrieved or uploaded text; `mail`; `tool`: arguments that a model gives to a tool; `model`: a model's answer; `browser`:
 * location, messages of other windows; `remote`: a tool of another server; `environment`; `store`: a database row; `team`: what a team's own rule calls a source; `personal` and `secret` are not untrusted but must not spread,
 * nor is `classified`, data of a class that a team's configuration keeps from some models.
 */
export type Label = 'request' | 'cli' | 'message' | 'web' | 'document' | 'mail' | 'tool' | 'model' | 'browser' | 'remote' | 'environment' | 'store' | 'personal' | 'secret' | 'classified' | 'team';
