import type { Boundary, BoundaryFact, Element, ElementFact, Facts, Flow, FlowFact } from '../model/threat.ts';
import type { Origin } from '../model/origin.ts';

/** What is known when the parts of all files are one: elements with one id each, flows between them, boundaries around them. */
export interface JoinedModel {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
  readonly boundaries: readonly Boundary[];
}

const mostEvidence = 20;

/** Joins facts. The same key, or a common alias, is the same element: the bucket that a notebook reads is the one that Terraform declares. */
export function joinFacts(facts: readonly Facts[]): JoinedModel {
  const all = facts.flatMap((one) => one.elements).sort(byPlace);
  const groups = groupsOf(all);
  const idOf = new Map<string, string>();
  const elements = groups.map((group): Element => {
    const ranked = [...group].sort(byRank);
    const first = ranked[0]!;
    for (const one of group) {
      idOf.set(one.key, first.key);
      for (const alias of one.aliases) if (!idOf.has(alias)) idOf.set(alias, first.key);
    }
    return {
      id: first.key, kind: first.kind, name: first.name, technology: first.technology,
      boundary: boundaryId(first.boundary),
      dataClasses: unique(group.flatMap((one) => one.dataClasses)),
      controls: [...new Map(group.flatMap((one) => one.controls).map((control) => [`${control.name}${control.present}`, control])).values()],
      aliases: unique(group.flatMap((one) => one.aliases)),
      resolved: group.some((one) => one.resolved),
      evidence: uniqueOrigins(ranked.map((one) => one.origin)),
      extents: uniqueOrigins(ranked.flatMap((one) => one.extents)),
      ...identityOf(ranked),
    };
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
  const known = new Set(elements.map((element) => element.id));
  const answering = answersOf(all, idOf);
  const flows = joinFlows(facts.flatMap((one) => one.flows).sort(byPlace), (name) => {
    const id = idOf.get(name) ?? answering.get(name) ?? name;
    return known.has(id) ? id : undefined;
  });
  return { elements, flows, boundaries: boundariesOf(groups.map((group) => [...group].sort(byRank)[0]!.boundary)) };
}

/** Who answers to an address; nobody where two do. */
function answersOf(all: readonly ElementFact[], idOf: ReadonlyMap<string, string>): ReadonlyMap<string, string | undefined> {
  const out = new Map<string, string | undefined>();
  for (const fact of all) {
    for (const address of fact.answers ?? []) {
      const id = idOf.get(fact.key)!;
      out.set(address, out.has(address) && out.get(address) !== id ? undefined : id);
    }
  }
  return out;
}

function identityOf(group: readonly ElementFact[]): Pick<Element, 'identity'> {
  const identity = group.find((one) => one.identity)?.identity;
  return identity ? { identity } : {};
}

/** Union by key and alias. */
function groupsOf(all: readonly ElementFact[]): readonly (readonly ElementFact[])[] {
  const parent = all.map((_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[at] !== root) [at, parent[at]] = [parent[at]!, root];
    return root;
  };
  const seen = new Map<string, number>();
  const ambiguous = ambiguousVariables(all);
  all.forEach((fact, at) => {
    for (const name of [fact.key, ...fact.aliases]) {
      if (ambiguous.has(name)) continue;
      const other = seen.get(name);
      if (other === undefined) seen.set(name, at);
      else parent[find(at)] = find(other);
    }
  });
  const groups = new Map<number, ElementFact[]>();
  all.forEach((fact, at) => {
    const root = find(at);
    const own = groups.get(root);
    if (own) own.push(fact);
    else groups.set(root, [fact]);
  });
  return [...groups.values()];
}

/** Environment variables that hold different things in different services say nothing of what a file means by them. */
function ambiguousVariables(all: readonly ElementFact[]): ReadonlySet<string> {
  const holders = new Map<string, string>();
  const out = new Set<string>();
  for (const fact of all) {
    if (fact.boundary.kind === 'workspace') continue;
    for (const alias of fact.aliases) {
      if (!alias.startsWith('env:')) continue;
      const other = holders.get(alias);
      if (other !== undefined && other !== fact.key) out.add(alias);
      holders.set(alias, fact.key);
    }
  }
  return out;
}

/** The order of files on disk or in the editor must not show in the model. */
function byPlace(a: { readonly origin: Origin }, b: { readonly origin: Origin }): number {
  return a.origin.path < b.origin.path ? -1 : a.origin.path > b.origin.path ? 1 : a.origin.range.start - b.origin.range.start;
}

/** A declaration names an element better than a use does. */
function byRank(a: ElementFact, b: ElementFact): number {
  const rank = (one: ElementFact): number => (one.resolved ? 0 : 1) + (/^(?:third-party|workspace|human)$/.test(one.boundary.kind) ? 2 : 0);
  return rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

function joinFlows(all: readonly FlowFact[], resolve: (name: string) => string | undefined): readonly Flow[] {
  const flows = new Map<string, Flow>();
  for (const fact of all) {
    const from = resolve(fact.from);
    const to = resolve(fact.to);
    if (from === undefined || to === undefined || from === to) continue;
    const id = `${from}->${to}:${fact.action}`;
    const known = flows.get(id);
    flows.set(id, {
      id, from, to, action: fact.action,
      protocol: known?.protocol ?? fact.protocol,
      encrypted: worst(known?.encrypted, fact.encrypted, known !== undefined),
      authenticated: worst(known?.authenticated, fact.authenticated, known !== undefined),
      validated: worst(known?.validated, fact.validated, known !== undefined),
      dataClasses: unique([...(known?.dataClasses ?? []), ...fact.dataClasses]),
      evidence: uniqueOrigins([...(known?.evidence ?? []), fact.origin]),
      ...(known?.taken || fact.taken?.length ? { taken: [...(known?.taken ?? []), ...(fact.taken ?? []).map((read) => ({ at: fact.origin, read }))] } : {}),
    });
  }
  return [...flows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One flow that is not protected makes the joined one unprotected. */
function worst(before: boolean | undefined, now: boolean | undefined, joined: boolean): boolean | undefined {
  if (!joined) return now;
  return before === false || now === false ? false : before ?? now;
}

function boundaryId(boundary: BoundaryFact): string {
  return `${boundary.kind}:${boundary.name}`;
}

const parents: Readonly<Partial<Record<BoundaryFact['kind'], BoundaryFact>>> = { network: { kind: 'cloud-account', name: 'cloud account' } };

function boundariesOf(facts: readonly BoundaryFact[]): readonly Boundary[] {
  const out = new Map<string, Boundary>();
  const accounts = unique(facts.filter((one) => one.kind === 'cloud-account').map(boundaryId));
  for (const fact of facts) {
    const parent = parents[fact.kind] && accounts.length === 1 ? accounts[0] : undefined;
    out.set(boundaryId(fact), { id: boundaryId(fact), kind: fact.kind, name: fact.name, parent });
  }
  return [...out.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort();
}

function uniqueOrigins(origins: readonly Origin[]): readonly Origin[] {
  return [...new Map(origins.map((origin) => [`${origin.path}:${origin.range.start}`, origin])).values()].slice(0, mostEvidence);
}
