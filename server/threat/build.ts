import type { Finding } from '../model/finding.ts';
import type { ElementFact, Facts, ThreatModel } from '../model/threat.ts';
import type { Annotation } from './annotations.ts';
import { dataClassesOf } from '../analysis/data-classes.ts';
import { lookupOf, type Decision } from './decisions.ts';
import { evaluateThreats, type Extent } from './evaluate.ts';
import { unauthorised, type PolicyAt } from './authorisation.ts';
import { joinFacts } from './join.ts';
import { shortened } from './short-names.ts';

export interface ThreatInput {
  /** Facts of every file and unit that is known. */
  readonly facts: readonly Facts[];
  /** Open findings. */
  readonly findings: readonly Finding[];
  readonly annotations: readonly Annotation[];
  readonly decisions: readonly Decision[];
  /** Names that the team has declared to carry a class of data. */
  readonly dataClasses: ReadonlyMap<string, readonly string[]>;
  readonly today: string;
  readonly policyAt: PolicyAt;
}

/** Characters after a comment within which the thing that it speaks of begins. */
const reach = 400;

/** The whole threat model. Same input, same model. */
export function buildThreatModel(input: ThreatInput): ThreatModel {
  const facts = shortened(input.facts).map((one): Facts => ({ flows: one.flows, elements: one.elements.map((element) => annotated(declared(element, input.dataClasses), input.annotations)) }));
  const joined = joinFacts(facts);
  const ids = new Map<string, string>();
  for (const element of joined.elements) for (const name of [element.id, ...element.aliases]) ids.set(name, element.id);
  const extents = facts.flatMap((one) => one.elements).flatMap((element): Extent[] => {
    const id = ids.get(element.key) ?? element.aliases.map((alias) => ids.get(alias)).find((found) => found !== undefined);
    return id === undefined ? [] : element.extents.map((extent) => ({ element: id, path: extent.path, start: extent.range.start, end: extent.range.end }));
  });
  const accepted = input.annotations.flatMap((one): Decision[] => {
    const match = /^accepts\s+(\S+)/.exec(one.kind === 'threat' ? one.words : '');
    const owner = match && extents.filter((extent) => extent.path === one.origin.path).sort((a, b) => (a.end - a.start) - (b.end - b.start)).find((extent) => extent.start - reach <= one.origin.range.start && one.origin.range.start <= extent.end);
    return match && owner && one.reason ? [{ threat: `${match[1]}@${owner.element}`, state: 'accepted', reason: one.reason, origin: one.origin }] : [];
  });
  return evaluateThreats(joined, unauthorised(joined, input.policyAt), input.findings, extents, lookupOf([...accepted, ...input.decisions], input.today));
}

function declared(element: ElementFact, classes: ThreatInput['dataClasses']): ElementFact {
  if (classes.size === 0) return element;
  const found = dataClassesOf([element.name, ...element.aliases.map((alias) => alias.slice(alias.indexOf(':') + 1))], classes);
  return found.length === 0 ? element : { ...element, dataClasses: [...new Set([...element.dataClasses, ...found])].sort() };
}

/** Comments above or inside of a declaration speak of it. */
function annotated(element: ElementFact, annotations: readonly Annotation[]): ElementFact {
  const own = annotations.filter((one) => element.extents.some((extent) => one.origin.path === extent.path && extent.range.start - reach <= one.origin.range.start && one.origin.range.end <= extent.range.end));
  return own.reduce<ElementFact>((now, one) => {
    if (one.kind === 'dataclass') return { ...now, dataClasses: [...new Set([...now.dataClasses, ...one.words.split(/[\s,]+/).filter((word) => word !== '')])].sort() };
    if (one.kind === 'boundary') return { ...now, boundary: { kind: 'network', name: one.words } };
    if (one.kind === 'asset') return { ...now, name: one.words };
    return now;
  }, element);
}
