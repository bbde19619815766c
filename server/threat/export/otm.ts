import { sayEnglish } from '../../base/speech/speech.ts';
import { reasonsOf } from '../said.ts';
import type { Element, ThreatModel, ThreatState } from '../../model/threat.ts';
import { slugOf } from './ids.ts';

const componentTypes: Readonly<Record<Element['kind'], string>> = {
  external: 'generic-client', process: 'web-service', notebook: 'CD-JUPYTER-NOTEBOOK', job: 'batch-job', endpoint: 'web-service', pipeline: 'ci-cd', agent: 'ai-agent', tool: 'ai-tool', model: 'ai-model', prompt: 'ai-prompt',
  'data-store': 'generic-database', 'vector-store': 'vector-database', secret: 'secrets-manager', identity: 'identity',
};
const trust: Readonly<Record<string, number>> = { internet: 0, 'third-party': 20, human: 40, workspace: 60, 'cloud-account': 70, network: 80, namespace: 80, process: 90 };

const states: Readonly<Record<ThreatState, string>> = { open: 'exposed', mitigated: 'mitigated', accepted: 'accepted', transferred: 'transferred', 'not-applicable': 'not-applicable' };

/** Open Threat Model 0.2.0, as JSON. */
export function openThreatModel(model: ThreatModel, project: string): string {
  const assets = [...new Set(model.elements.flatMap((element) => element.dataClasses))].sort();
  const templates = [...new Map(model.threats.map((threat) => [threat.template, threat])).values()];
  return `${JSON.stringify({
    otmVersion: '0.2.0',
    project: { name: project, id: slugOf(project), description: 'Derived by Wardline from code and infrastructure.' },
    representations: [{ name: 'Code', id: 'code', type: 'code' }],
    trustZones: model.boundaries.map((boundary) => ({ id: slugOf(boundary.id), name: boundary.name, type: boundary.kind, risk: { trustRating: trust[boundary.kind] ?? 50 }, ...(boundary.parent ? { parent: { trustZone: slugOf(boundary.parent) } } : {}) })),
    assets: assets.map((name) => ({ id: slugOf(`asset ${name}`), name, risk: { confidentiality: name === 'public' ? 10 : 80, integrity: 60, availability: 50, comment: 'Class of data.' } })),
    components: model.elements.map((element) => ({
      id: slugOf(element.id), name: element.name, type: componentTypes[element.kind], description: element.technology, parent: { trustZone: slugOf(element.boundary) }, tags: [element.kind], attributes: { wardlineId: element.id, ...decisionsOf(model, element) },
      ...(element.dataClasses.length > 0 ? { assets: { stored: element.dataClasses.map((name) => slugOf(`asset ${name}`)) } } : {}),
      threats: model.threats.filter((threat) => threat.element === element.id).map((threat) => ({ threat: threat.template, state: states[threat.state], mitigations: [{ mitigation: `mitigate-${threat.template}`, state: threat.state === 'mitigated' ? 'implemented' : 'recommended' }] })),
    })),
    dataflows: model.flows.map((flow) => ({ id: slugOf(flow.id), name: flow.action, source: slugOf(flow.from), destination: slugOf(flow.to), bidirectional: false, ...(flow.dataClasses.length > 0 ? { assets: flow.dataClasses.filter((name) => assets.includes(name)).map((name) => slugOf(`asset ${name}`)) } : {}), tags: [flow.protocol, flow.encrypted === false ? 'not encrypted' : flow.encrypted ? 'encrypted' : undefined].filter((tag) => tag !== undefined) })),
    threats: templates.map((threat) => ({ id: threat.template, name: threat.title, categories: [threat.stride], cwes: threat.references.filter((id) => id.startsWith('CWE-')), description: threat.why, risk: { likelihood: Math.round((threat.risk.likelihood / 3) * 100), impact: Math.round((threat.risk.impact / 3) * 100), likelihoodComment: reasonsOf(sayEnglish, threat.risk.reasons), impactComment: '' }, tags: threat.references.filter((id) => !id.startsWith('CWE-')) })),
    mitigations: templates.map((threat) => ({ id: `mitigate-${threat.template}`, name: threat.mitigation, description: threat.mitigation, riskReduction: 80 })),
  }, undefined, 2)}\n`;
}

/** What the team decided of the element's threats; the format has states but no place for reasons. */
function decisionsOf(model: ThreatModel, element: Element): { readonly decisions?: Readonly<Record<string, unknown>> } {
  const decided = model.threats.filter((threat) => threat.element === element.id && threat.decision);
  return decided.length === 0 ? {} : { decisions: Object.fromEntries(decided.map((threat) => [threat.template, threat.decision])) };
}
