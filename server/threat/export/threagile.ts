import { stringify } from 'yaml';
import type { Element, Flow, ThreatModel, ThreatState } from '../../model/threat.ts';
import { sensitive } from '../../analysis/data-classes.ts';
import { slugOf } from './ids.ts';

const technology: Readonly<Record<Element['kind'], string>> = {
  external: 'browser', process: 'web-service-rest', notebook: 'application-server', job: 'batch-processing', endpoint: 'web-service-rest', pipeline: 'build-pipeline', agent: 'ai', tool: 'function', model: 'ai', prompt: 'file-server', 'data-store': 'database', 'vector-store': 'search-engine', secret: 'vault', identity: 'identity-provider',
};
const kind: Readonly<Record<Element['kind'], string>> = {
  external: 'external-entity', identity: 'external-entity', process: 'process', notebook: 'process', job: 'process', endpoint: 'process', pipeline: 'process', agent: 'process', tool: 'process', model: 'process', prompt: 'datastore', 'data-store': 'datastore', 'vector-store': 'datastore', secret: 'datastore',
};
const boundaryTypes: Readonly<Record<string, string>> = { internet: 'network-on-prem', 'third-party': 'network-cloud-provider', 'cloud-account': 'network-cloud-provider', network: 'network-virtual-lan', namespace: 'network-policy-namespace-isolation', process: 'execution-environment', human: 'network-on-prem', workspace: 'execution-environment' };

/** Transferred and not applicable have no word of their own there. */
const tracked: Readonly<Record<ThreatState, string>> = { open: 'unchecked', mitigated: 'mitigated', accepted: 'accepted', transferred: 'accepted', 'not-applicable': 'false-positive' };

/** Threagile's YAML model. */
export function threagile(model: ThreatModel, project: string): string {
  const classes = [...new Set([...model.elements.flatMap((element) => element.dataClasses), 'unclassified'])].sort();
  return stringify({
    threagile_version: '1.0.0', title: project, date: '2026-01-01', author: { name: 'Wardline', homepage: '' }, management_summary_comment: '', business_criticality: 'important',
    business_overview: { description: 'Derived by Wardline from code and infrastructure.', images: [] }, technical_overview: { description: '', images: [] }, questions: {}, abuse_cases: {}, security_requirements: {}, tags_available: ['wardline'],
    data_assets: Object.fromEntries(classes.map((name) => [name, { id: slugOf(name), description: name, usage: 'business', tags: [], origin: '', owner: '', quantity: 'many', confidentiality: sensitive.has(name) ? 'strictly-confidential' : 'internal', integrity: 'important', availability: 'operational', justification_cia_rating: '' }])),
    technical_assets: Object.fromEntries(model.elements.map((element) => [`${element.name} (${element.id})`, {
      id: slugOf(element.id), description: element.technology, type: kind[element.kind], usage: 'business', used_as_client_by_human: element.kind === 'external', out_of_scope: element.kind === 'external', justification_out_of_scope: '', size: 'component', technology: technology[element.kind], tags: [],
      internet: element.boundary.startsWith('internet'), machine: element.kind === 'process' ? 'container' : 'virtual', encryption: element.controls.some((one) => one.name === 'encryption-at-rest' && one.present) ? 'transparent' : 'none', owner: '', confidentiality: element.dataClasses.some((one) => sensitive.has(one)) ? 'strictly-confidential' : 'internal', integrity: 'important', availability: 'operational', justification_cia_rating: '',
      multi_tenant: false, redundant: false, custom_developed_parts: element.kind === 'process', data_assets_processed: ids(element.dataClasses), data_assets_stored: kind[element.kind] === 'datastore' ? ids(element.dataClasses) : [], data_formats_accepted: ['json'],
      communication_links: Object.fromEntries(model.flows.filter((flow) => flow.from === element.id).map((flow, at) => [`${flow.action} ${at + 1}`, linkOf(flow)])),
    }])),
    trust_boundaries: Object.fromEntries(model.boundaries.map((boundary) => [boundary.name, { id: slugOf(boundary.id), description: boundary.kind, type: boundaryTypes[boundary.kind], tags: [], technical_assets_inside: model.elements.filter((element) => element.boundary === boundary.id).map((element) => slugOf(element.id)), trust_boundaries_nested: model.boundaries.filter((one) => one.parent === boundary.id).map((one) => slugOf(one.id)) }])),
    shared_runtimes: {}, individual_risk_categories: {},
    risk_tracking: Object.fromEntries(model.threats.flatMap((threat) => (threat.decision ? [[`${threat.template}@${slugOf(threat.element)}`, { status: tracked[threat.state], justification: threat.decision.reason, ticket: '', date: '2026-01-01', checked_by: threat.decision.by ?? '' }]] : []))),
  }, { lineWidth: 0 });
}

function ids(classes: readonly string[]): readonly string[] {
  return (classes.length === 0 ? ['unclassified'] : classes).map(slugOf);
}

function linkOf(flow: Flow): unknown {
  return { target: slugOf(flow.to), description: flow.protocol ?? '', protocol: flow.encrypted === false ? 'http' : flow.encrypted ? 'https' : 'unknown-protocol', authentication: flow.authenticated ? 'token' : 'none', authorization: 'none', tags: [], vpn: false, ip_filtered: false, readonly: flow.action === 'read', usage: 'business', data_assets_sent: ids(flow.dataClasses), data_assets_received: [] };
}
