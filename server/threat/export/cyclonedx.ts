import type { Element, ThreatModel } from '../../model/threat.ts';
import { uuidOf } from './ids.ts';

/** CycloneDX 1.6: services and data with their classification, models as machine-learning components, threats as vulnerabilities. */
export function cycloneDx(model: ThreatModel, project: string): string {
  const services = model.elements.filter((element) => ['process', 'endpoint', 'agent', 'tool', 'external', 'notebook', 'job', 'pipeline'].includes(element.kind));
  const components = model.elements.filter((element) => !services.includes(element) && element.kind !== 'identity');
  return `${JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${uuidOf(project)}`, version: 1,
    metadata: { component: { type: 'application', name: project, 'bom-ref': 'project' }, tools: { components: [{ type: 'application', name: 'Wardline' }] } },
    components: components.map(componentOf),
    services: services.map((element) => ({
      'bom-ref': element.id, name: element.name, description: element.technology, 'x-trust-boundary': !element.boundary.startsWith('workspace'),
      data: model.flows.filter((flow) => flow.from === element.id || flow.to === element.id).flatMap((flow) => (flow.dataClasses.length === 0 ? ['unclassified'] : flow.dataClasses).map((classification) => ({ flow: flow.from === element.id ? 'outbound' : 'inbound', classification }))),
    })),
    dependencies: model.elements.map((element) => ({ ref: element.id, dependsOn: [...new Set(model.flows.filter((flow) => flow.from === element.id).map((flow) => flow.to))].sort() })),
    vulnerabilities: model.threats.filter((threat) => threat.state === 'open').map((threat) => ({
      'bom-ref': threat.id, id: threat.template, description: threat.title, detail: threat.why, recommendation: threat.mitigation,
      ratings: [{ severity: threat.risk.severity, method: 'other' }],
      cwes: threat.references.filter((id) => id.startsWith('CWE-')).map((id) => Number(id.slice(4))),
      affects: [{ ref: threat.element }],
    })),
  }, undefined, 2)}\n`;
}

function componentOf(element: Element): unknown {
  const base = { 'bom-ref': element.id, name: element.name, description: element.technology };
  if (element.kind === 'model') return { ...base, type: 'machine-learning-model' };
  return { ...base, type: 'data', data: [{ type: element.kind === 'secret' ? 'configuration' : 'dataset', name: element.name, ...(element.dataClasses.length > 0 ? { classification: element.dataClasses.join(', ') } : {}) }] };
}
