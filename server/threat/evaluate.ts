import { groupBy } from '../base/group.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Authorisation, Element, Flow, Risk, RiskReason, Threat, ThreatModel } from '../model/threat.ts';
import { fileOfPart } from '../source/notebook.ts';
import { sensitive } from '../analysis/data-classes.ts';
import type { DecisionLookup } from './decisions.ts';
import type { JoinedModel } from './join.ts';
import { threatLibrary } from './library/index.ts';
import type { ModelView, ThreatTemplate } from './template.ts';

/** Where an element's declaration reaches, so that findings inside belong to it. */
export interface Extent {
  readonly element: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The threats that the elements, flows and findings imply, each with its state and risk. Deterministic. */
export function evaluateThreats(joined: JoinedModel, breaches: readonly Authorisation[], findings: readonly Finding[], extents: readonly Extent[], decisions: DecisionLookup): ThreatModel {
  const view = viewOf(joined, breaches);
  const owned = ownedFindings(findings, extents);
  const shows = witnessLookup();
  const threats: Threat[] = [];
  for (const element of joined.elements) {
    const own = owned.get(element.id) ?? [];
    const shown = groupShown(own, shows);
    for (const template of templatesOn(element.kind)) {
      const witnesses = shown.get(template) ?? [];
      const applies = template.when?.(element, view) ?? true;
      const structural = applies && (template.structural?.(element, view) ?? false);
      const control = element.controls.find((one) => one.name === template.control && one.present);
      if (witnesses.length === 0 && !structural && !(applies && control)) continue;
      threats.push(threatOf(template, element, witnesses, structural, control?.words, view, decisions));
    }
  }
  threats.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  const threatsOf = groupBy(threats, (threat) => threat.element);
  return { ...joined, unauthorised: breaches, elements: joined.elements.map((element) => withMissing(element, threatsOf.get(element.id) ?? [])), threats };
}

function groupShown(findings: readonly Finding[], shows: (ruleId: string) => ReadonlySet<ThreatTemplate>): ReadonlyMap<ThreatTemplate, readonly Finding[]> {
  const out = new Map<ThreatTemplate, Finding[]>();
  for (const finding of findings) {
    for (const template of shows(finding.ruleId)) {
      const own = out.get(template);
      if (own) own.push(finding);
      else out.set(template, [finding]);
    }
  }
  return out;
}

const byKind = new Map<Element['kind'], readonly ThreatTemplate[]>();
function templatesOn(kind: Element['kind']): readonly ThreatTemplate[] {
  let found = byKind.get(kind);
  if (!found) byKind.set(kind, found = threatLibrary.filter((template) => template.on.includes(kind)));
  return found;
}

/** The threats that a rule's findings show. Rules are few and findings many, so each rule is matched once. */
function witnessLookup(): (ruleId: string) => ReadonlySet<ThreatTemplate> {
  const known = new Map<string, ReadonlySet<ThreatTemplate>>();
  return (ruleId) => {
    let found = known.get(ruleId);
    if (!found) known.set(ruleId, found = new Set(threatLibrary.filter((template) => template.witnesses.some((selector) => selects(selector, ruleId)))));
    return found;
  };
}

function threatOf(template: ThreatTemplate, element: Element, witnesses: readonly Finding[], structural: boolean, control: string | undefined, view: ModelView, decisions: DecisionLookup): Threat {
  const id = `${template.id}@${element.id}`;
  const open = witnesses.length > 0 || (structural && control === undefined);
  const decision = decisions(id);
  const risk = riskOf(template, element, witnesses, view);
  return {
    id, template: template.id, element: element.id, title: template.title, stride: template.stride, references: template.references, why: template.why, mitigation: template.mitigation,
    ...(decision ? { state: decision.state, stateReason: `${decision.reason}${decision.by ? `, ${decision.by}` : ''}${decision.until ? `, until ${decision.until}` : ''}`, decision: { reason: decision.reason, ...(decision.by ? { by: decision.by } : {}), ...(decision.until ? { until: decision.until } : {}) } }
      : open ? { state: 'open' as const, stateReason: witnesses.length > 0 ? `${witnesses.length} ${witnesses.length === 1 ? 'finding shows' : 'findings show'} it` : 'the flows show it' } : { state: 'mitigated' as const, stateReason: control ?? '' }),
    risk, witnesses,
    evidence: witnesses.length > 0 ? [] : [...(template.id === 'unauthorised-data' ? view.unauthorised(element).map((one) => one.at) : []), ...view.into(element).flatMap((flow) => flow.evidence), ...element.evidence].slice(0, 3),
  };
}

function riskOf(template: ThreatTemplate, element: Element, witnesses: readonly Finding[], view: ModelView): Risk {
  const reasons: RiskReason[] = [];
  let likelihood: number = template.likelihood;
  let impact: number = template.impact;
  if (view.exposed(element)) {
    likelihood++;
    reasons.push({ because: 'exposed' });
  } else if (likelihood > 1) {
    likelihood--;
    reasons.push({ because: 'inner' });
  }
  const classes = element.dataClasses.filter((one) => sensitive.has(one) || one === 'training-data' || one === 'model-weights');
  if (classes.length > 0) {
    impact++;
    reasons.push({ because: 'holds', classes });
  }
  if (witnesses.some((one) => one.severity === 'critical')) {
    likelihood++;
    reasons.push({ because: 'critical' });
  }
  if (witnesses.length > 0 && witnesses.every((one) => one.severity === 'low' || one.severity === 'info')) {
    impact--;
    reasons.push({ because: 'hardening' });
  }
  const clamp = (value: number): 1 | 2 | 3 => Math.max(1, Math.min(3, value)) as 1 | 2 | 3;
  const product = clamp(likelihood) * clamp(impact);
  const severity: Severity = product >= 9 ? 'critical' : product >= 6 ? 'high' : product >= 3 ? 'medium' : 'low';
  return { likelihood: clamp(likelihood), impact: clamp(impact), severity, reasons };
}

function rank(threat: Threat): number {
  const state = threat.state === 'open' ? 100 : 0;
  return state + threat.risk.likelihood * threat.risk.impact * 10 + Math.min(9, threat.witnesses.length);
}

/** Controls that open threats show to be missing. */
function withMissing(element: Element, threats: readonly Threat[]): Element {
  const missing = threats.filter((threat) => threat.witnesses.length > 0).flatMap((threat) => {
    const name = threatLibrary.find((template) => template.id === threat.template)!.control;
    const [first] = threat.witnesses;
    return [{ name, present: false, evidence: { path: first!.path, range: first!.range }, words: first!.message }];
  });
  const names = new Set(missing.map((one) => one.name));
  const unique = [...new Map(missing.map((one) => [one.name, one])).values()];
  return unique.length === 0 ? element : { ...element, controls: [...element.controls.filter((one) => !names.has(one.name)), ...unique] };
}

/** Findings by the element whose extent holds them, the narrowest first. */
function ownedFindings(findings: readonly Finding[], extents: readonly Extent[]): ReadonlyMap<string, readonly Finding[]> {
  const byPath = new Map<string, Extent[]>();
  for (const extent of extents) {
    const own = byPath.get(extent.path);
    if (own) own.push(extent);
    else byPath.set(extent.path, [extent]);
  }
  const out = new Map<string, Set<Finding>>();
  for (const finding of findings) {
    const file = fileOfPart(finding.path);
    const inside = (one: Extent): boolean => one.start <= finding.range.start && finding.range.start <= one.end;
    const candidates = (byPath.get(finding.path) ?? []).filter(inside);
    if (file !== finding.path) candidates.push(...(byPath.get(file) ?? []).filter(inside));
    if (candidates.length === 0) continue;
    const narrowest = Math.min(...candidates.map((one) => one.end - one.start));
    for (const extent of candidates) {
      if (extent.end - extent.start > narrowest && extent.end !== Number.MAX_SAFE_INTEGER) continue;
      const own = out.get(extent.element);
      if (own) own.add(finding);
      else out.set(extent.element, new Set([finding]));
    }
  }
  return new Map([...out].map(([element, own]) => [element, [...own]]));
}

/** `model-output/*sql*`: `*` stands for any text within the name. */
function selects(selector: string, ruleId: string): boolean {
  if (!selector.includes('*')) return selector === ruleId;
  const pieces = selector.split('*');
  if (!ruleId.startsWith(pieces[0]!)) return false;
  let at = pieces[0]!.length;
  for (const piece of pieces.slice(1)) {
    const next = piece === '' ? at : ruleId.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return pieces.at(-1) === '' || ruleId.endsWith(pieces.at(-1)!);
}

function viewOf({ elements, flows }: JoinedModel, breaches: readonly Authorisation[] = []): ModelView {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const into = new Map<string, Flow[]>();
  const outOf = new Map<string, Flow[]>();
  for (const flow of flows) {
    into.set(flow.to, [...(into.get(flow.to) ?? []), flow]);
    outOf.set(flow.from, [...(outOf.get(flow.from) ?? []), flow]);
  }
  const reached = new Set<string>();
  const walk = (id: string): void => {
    for (const flow of outOf.get(id) ?? []) {
      if (flow.action === 'grant' || flow.action === 'deploy' || reached.has(flow.to)) continue;
      reached.add(flow.to);
      walk(flow.to);
    }
  };
  for (const element of elements) if (element.kind === 'external' && element.boundary.startsWith('internet')) walk(element.id);
  return { into: (element) => into.get(element.id) ?? [], outOf: (element) => outOf.get(element.id) ?? [], element: (id) => byId.get(id), exposed: (element) => reached.has(element.id), unauthorised: (element) => breaches.filter((one) => one.model === element.id) };
}

/** What a captured element reaches over flows and grants: ids of elements, without itself. */
export function blastRadius(id: string, { flows }: Pick<JoinedModel, 'flows'>): ReadonlySet<string> {
  const out = new Set<string>();
  const queue = [id];
  while (queue.length > 0) {
    const at = queue.pop()!;
    for (const flow of flows) {
      if (flow.from !== at || out.has(flow.to) || flow.to === id) continue;
      out.add(flow.to);
      queue.push(flow.to);
    }
  }
  return out;
}
