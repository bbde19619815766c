import type { Element, Flow, Threat, ThreatModel, ThreatState } from '../../model/threat.ts';
import { layout, type Box } from '../layout.ts';
import { uuidOf } from './ids.ts';

const shapes: Readonly<Record<Element['kind'], 'actor' | 'process' | 'store'>> = {
  external: 'actor', identity: 'actor', process: 'process', notebook: 'process', job: 'process', endpoint: 'process', pipeline: 'process', agent: 'process', tool: 'process', model: 'process', prompt: 'store', 'data-store': 'store', 'vector-store': 'store', secret: 'store',
};
const tm: Readonly<Record<string, string>> = { actor: 'tm.Actor', process: 'tm.Process', store: 'tm.Store' };
const severity: Readonly<Record<string, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Low' };

/** OWASP Threat Dragon, version 2. */
export function threatDragon(model: ThreatModel, project: string): string {
  const { boxes, groups } = layout(model.elements, model.flows);
  const threats = (element: string): readonly unknown[] => model.threats.filter((threat) => threat.element === element).map(threatOf);
  const cells = [
    ...[...groups].map(([id, box], at) => ({ ...frame(box), zIndex: -1, shape: 'trust-boundary-box', id: uuidOf(id), attrs: {}, data: { type: 'tm.BoundaryBox', name: nameOf(model, id), description: '', isTrustBoundary: true, hasOpenThreats: false }, order: at })).map(({ order: _order, ...cell }) => cell),
    ...model.elements.map((element) => {
      const shape = shapes[element.kind];
      const own = threats(element.id);
      return {
        ...frame(boxes.get(element.id)!), zIndex: 1, shape, id: uuidOf(element.id), attrs: { text: { text: element.name } },
        data: { type: tm[shape], name: element.name, description: element.technology, outOfScope: false, reasonOutOfScope: '', isTrustBoundary: false, hasOpenThreats: model.threats.some((threat) => threat.element === element.id && threat.state === 'open'), threats: own, ...(shape === 'store' ? { isALog: false, isEncrypted: element.controls.some((one) => one.name === 'encryption-at-rest' && one.present), isSigned: false, storesCredentials: element.dataClasses.includes('credentials'), storesInventory: false } : {}) },
      };
    }),
    ...model.flows.map((flow) => flowCell(flow)),
  ];
  return `${JSON.stringify({
    version: '2.2.0',
    summary: { title: project, owner: '', description: 'Derived by Wardline from code and infrastructure.', id: 0 },
    detail: { contributors: [], diagrams: [{ id: 0, title: 'Data flows', diagramType: 'STRIDE', thumbnail: './public/content/images/thumbnail.stride.jpg', version: '2.2.0', placeholder: '', description: '', cells }], diagramTop: 1, reviewer: '', threatTop: model.threats.length },
  }, undefined, 2)}\n`;
}

/** As the schema of the model has them. */
const statuses: Readonly<Record<ThreatState, string>> = { open: 'Open', mitigated: 'Mitigated', accepted: 'Accepted', transferred: 'Transferred', 'not-applicable': 'NotApplicable' };

function threatOf(threat: Threat, at: number): unknown {
  return { id: uuidOf(threat.id), title: threat.title, status: statuses[threat.state], severity: severity[threat.risk.severity], type: threat.stride, description: `${threat.why} ${threat.stateReason}`, mitigation: threat.decision ? `${threat.decision.reason}\n\n${threat.mitigation}` : threat.mitigation, modelType: 'STRIDE', new: false, number: at + 1, score: '' };
}

function flowCell(flow: Flow): unknown {
  return {
    shape: 'flow', zIndex: 10, id: uuidOf(flow.id), width: 200, height: 100, connector: 'smooth', attrs: {}, labels: [{ attrs: { label: { text: flow.action } } }], source: { cell: uuidOf(flow.from) }, target: { cell: uuidOf(flow.to) }, vertices: [],
    data: { type: 'tm.Flow', name: flow.action, description: flow.dataClasses.join(', '), outOfScope: false, reasonOutOfScope: '', isTrustBoundary: false, hasOpenThreats: false, threats: [], isBidirectional: false, isEncrypted: flow.encrypted === true, isPublicNetwork: flow.from.startsWith('external:'), protocol: flow.protocol ?? '' },
  };
}

function frame({ x, y, width, height }: Box): unknown & { position: { x: number; y: number }; size: { width: number; height: number } } {
  return { position: { x: Math.round(x), y: Math.round(y) }, size: { width: Math.round(width), height: Math.round(height) } };
}

function nameOf(model: ThreatModel, id: string): string {
  return model.boundaries.find((boundary) => boundary.id === id)?.name ?? id;
}
