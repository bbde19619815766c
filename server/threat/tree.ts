import { nameOf, sayEnglish, type Say } from '../base/speech/speech.ts';
import { groupBy } from '../base/group.ts';
import type { Origin } from '../model/origin.ts';
import type { Element, Flow, Threat, ThreatModel } from '../model/threat.ts';
import { referenceOf } from '../rule/references.ts';
import { reasonsOf, said } from './said.ts';

/** How the tree of the threat model is ordered. */
export const groupings = ['element', 'threat', 'stride', 'framework'] as const;
export type Grouping = (typeof groupings)[number];

/** A node of the tree; positions are still ranges of the engine. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly origin?: Origin;
  /** Set for a threat: what may be decided of it. */
  readonly threat?: string;
  readonly state?: Threat['state'];
  readonly expandable: boolean;
  /** Made when asked for: a workspace of thousands of files has more nodes than anybody opens. */
  readonly children: () => readonly TreeNode[];
}

const leaf = { expandable: false, children: (): readonly TreeNode[] => [] } as const;

const icons: Readonly<Record<Element['kind'], string>> = {
  external: 'globe', process: 'server-process', notebook: 'notebook', job: 'play-circle', endpoint: 'plug', pipeline: 'git-merge', agent: 'robot', tool: 'tools', model: 'sparkle', prompt: 'comment-discussion',
  'data-store': 'database', 'vector-store': 'search', secret: 'key', identity: 'account',
};

/** The model as a tree; what is open and worst stands first. */
export function threatTree(model: ThreatModel, grouping: Grouping, openOnly: boolean, say: Say = sayEnglish): readonly TreeNode[] {
  const threats = model.threats.filter((threat) => !openOnly || threat.state === 'open');
  const byId = new Map(model.elements.map((element) => [element.id, element]));
  if (grouping === 'element') {
    const threatsOf = groupBy(threats, (threat) => threat.element);
    const flows = flowsByEnd(model.flows);
    return model.elements.map((element) => elementNode(element, threatsOf.get(element.id) ?? [], flows.get(element.id) ?? [], (id) => byId.get(id)?.name ?? id, say)).sort(byWorst(threats));
  }
  const groups = new Map<string, Threat[]>();
  for (const threat of threats) {
    for (const key of keysOf(threat, grouping)) {
      const own = groups.get(key);
      if (own) own.push(threat);
      else groups.set(key, [threat]);
    }
  }
  return [...groups].sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1)).map(([key, own]): TreeNode => ({
    id: `${grouping}:${key}`,
    label: grouping === 'threat' ? said(say, own[0]!).title : grouping === 'stride' ? nameOf(say, 'stride', key) : key,
    description: countsOf(own, say),
    icon: grouping === 'threat' ? 'shield' : 'list-tree',
    ...(grouping === 'threat' ? { tooltip: explained(own[0]!, say) } : {}),
    expandable: true,
    children: () => own.map((threat) => threatNode(threat, grouping === 'threat' ? byId.get(threat.element)?.name ?? threat.element : said(say, threat).title, byId.get(threat.element), `${grouping}:${key}`, say)),
  }));
}

function keysOf(threat: Threat, grouping: Grouping): readonly string[] {
  if (grouping === 'threat') return [threat.template];
  if (grouping === 'stride') return [threat.stride];
  return [...new Set(threat.references.flatMap((id) => { const reference = referenceOf(id); return reference ? [`${reference.label} ${reference.title}`] : []; }))];
}

function flowsByEnd(flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> {
  const out = new Map<string, Flow[]>();
  for (const flow of flows) {
    for (const end of [flow.from, flow.to]) {
      const own = out.get(end);
      if (own) own.push(flow);
      else out.set(end, [flow]);
    }
  }
  return out;
}

function elementNode(element: Element, threats: readonly Threat[], flows: readonly Flow[], name: (id: string) => string, say: Say): TreeNode {
  const children = (): readonly TreeNode[] => [
    ...threats.map((threat) => threatNode(threat, said(say, threat).title, element, element.id, say)),
    ...(flows.length === 0 ? [] : [{
      id: `${element.id}#flows`, label: say('tree.flows'), description: String(flows.length), icon: 'arrow-swap', expandable: true,
      children: () => flows.map((flow): TreeNode => ({
        id: `${element.id}#${flow.id}`,
        label: flow.from === element.id ? say('tree.to', { element: name(flow.to) }) : say('tree.from', { element: name(flow.from) }),
        description: [nameOf(say, 'flow', flow.action), flow.protocol, flow.encrypted === false ? say('tree.notEncrypted') : undefined, flow.validated === false ? say('tree.notValidated') : undefined, ...flow.dataClasses].filter((part) => part !== undefined).join(', '),
        icon: flow.from === element.id ? 'arrow-right' : 'arrow-left',
        ...(flow.evidence[0] ? { origin: flow.evidence[0] } : {}),
        ...leaf,
      })),
    }]),
    ...(element.controls.length === 0 ? [] : [{
      id: `${element.id}#controls`, label: say('tree.controls'), description: say('tree.controlsPresent', { present: element.controls.filter((one) => one.present).length, count: element.controls.length }), icon: 'checklist', expandable: true,
      children: () => element.controls.map((control): TreeNode => ({ id: `${element.id}#control:${control.name}`, label: nameOf(say, 'control', control.name), description: control.words, icon: control.present ? 'pass' : 'circle-slash', ...(control.evidence ? { origin: control.evidence } : {}), ...leaf })),
    }]),
  ];
  return {
    id: element.id, label: element.name, icon: icons[element.kind],
    description: [nameOf(say, 'kind', element.kind), countsOf(threats, say), ...element.dataClasses].filter((part) => part !== '').join(' · '),
    tooltip: `${say('tree.in', { technology: element.technology, boundary: element.boundary.slice(element.boundary.indexOf(':') + 1) })}${element.resolved ? '' : `\n\n${say('tree.unresolved')}`}`,
    ...(element.evidence[0] ? { origin: element.evidence[0] } : {}),
    expandable: threats.length + flows.length + element.controls.length > 0,
    children,
  };
}

function threatNode(threat: Threat, label: string, element: Element | undefined, parent: string, say: Say): TreeNode {
  const severity = nameOf(say, 'severity', threat.risk.severity);
  const { likelihood, impact, reasons } = threat.risk;
  const origin = threat.witnesses[0] ?? threat.evidence[0] ?? element?.evidence[0];
  return {
    id: `${parent}/${threat.id}`, label, threat: threat.id, state: threat.state,
    description: threat.state === 'open' ? `${severity} · ${threat.decision ? threat.stateReason : shownBy(threat, say)}` : `${nameOf(say, 'state', threat.state)} · ${threat.stateReason}`,
    tooltip: `${explained(threat, say)}\n\n${reasons.length > 0 ? say('tree.riskBecause', { severity, likelihood, impact, reasons: reasonsOf(say, reasons) }) : say('tree.risk', { severity, likelihood, impact })}\n\n${nameOf(say, 'stride', threat.stride)} · ${threat.references.join(' · ')}`,
    icon: threat.state === 'open' ? threat.risk.severity : 'pass',
    ...(origin ? { origin: { path: origin.path, range: origin.range } } : {}),
    expandable: threat.witnesses.length > 0,
    children: () => threat.witnesses.map((finding, at): TreeNode => ({ id: `${parent}/${threat.id}#${at}`, label: finding.message, description: finding.ruleId, icon: finding.severity, origin: { path: finding.path, range: finding.range }, ...leaf })),
  };
}

function explained(threat: Threat, say: Say): string {
  const { why, mitigation } = said(say, threat);
  return `${why}\n\n${mitigation}`;
}

/** Why a threat is taken to be open. */
function shownBy({ witnesses }: Threat, say: Say): string {
  return witnesses.length === 0 ? say('tree.shownByFlows') : witnesses.length === 1 ? say('tree.shownByOne') : say('tree.shownByMany', { count: witnesses.length });
}

function countsOf(threats: readonly Threat[], say: Say): string {
  const open = threats.filter((threat) => threat.state === 'open').length;
  return threats.length === 0 ? '' : open === 0 ? say('tree.settled', { count: threats.length }) : say('tree.open', { count: open });
}

function byWorst(threats: readonly Threat[]): (a: TreeNode, b: TreeNode) => number {
  const scores = new Map<string, number>();
  for (const threat of threats) if (threat.state === 'open') scores.set(threat.element, Math.max(scores.get(threat.element) ?? 0, threat.risk.likelihood * threat.risk.impact * 100 + 1));
  return (a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0) || (a.label < b.label ? -1 : 1);
}
