import { forbiddenClasses } from '../analysis/model-policy.ts';
import type { Finding, RelatedPlace } from '../model/finding.ts';
import type { ModelPolicy } from '../model/model-policy.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { Authorisation, Element, Flow } from '../model/threat.ts';
import type { JoinedModel } from './join.ts';

/** The policy that holds in a file. */
export type PolicyAt = (path: string) => ModelPolicy | undefined;

/**
 * Data that was read from a store of a known class and reaches a model which must not see it: the class may come from the store's declaration in
 * another file, from a comment there, or from the configuration. What an agent's tool reads reaches the agent's model.
 */
export function unauthorised({ elements, flows }: JoinedModel, policyAt: PolicyAt): readonly Authorisation[] {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const out = new Map<string, Authorisation>();
  const add = (model: Element, source: Element, at: Origin, path: readonly RelatedPlace[]): void => {
    const policy = policyAt(at.path);
    if (!policy || !model.identity) return;
    for (const { dataClass, entry } of forbiddenClasses(policy, model.identity, source.dataClasses)) {
      const id = `${dataClass} ${source.id} ${model.id} ${at.path}:${at.range.start}`;
      if (!out.has(id)) out.set(id, { model: model.id, source: source.id, dataClass, entry, at, path: [...path, { ...at, message: `reaches ${model.name}` }] });
    }
  };
  const reads = flows.filter((flow) => flow.action === 'read' || flow.action === 'use');
  for (const flow of flows) {
    const model = byId.get(flow.to);
    if (model?.kind !== 'model') continue;
    for (const { at, read } of flow.taken ?? []) {
      for (const source of sourcesAt(read, reads)) add(model, byId.get(source)!, at, [{ ...read, message: `${byId.get(source)!.name} is read` }]);
    }
    const agent = byId.get(flow.from);
    if (agent?.kind !== 'agent' || !flow.evidence[0]) continue;
    for (const toTool of flows.filter((one) => one.from === agent.id && byId.get(one.to)?.kind === 'tool')) {
      for (const read of reads.filter((one) => one.from === toTool.to)) {
        const source = byId.get(read.to)!;
        add(model, source, flow.evidence[0], read.evidence.slice(0, 1).map((origin) => ({ ...origin, message: `tool ${byId.get(toTool.to)!.name} reads ${source.name}` })));
      }
    }
  }
  return [...out].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The stores that the read at a place is a read of. */
function sourcesAt(read: Origin, reads: readonly Flow[]): readonly string[] {
  return [...new Set(reads.filter((flow) => flow.evidence.some((origin) => origin.path === read.path && origin.range.start === read.range.start)).map((flow) => flow.to))];
}

/** As problems at the calls, where no finding of the same call says so already. */
export function authorisationProblems(breaches: readonly Authorisation[], elements: readonly Element[], findings: readonly Finding[]): readonly Problem[] {
  const name = (id: string): string => elements.find((element) => element.id === id)?.name ?? id;
  const reported = findings.filter((finding) => finding.ruleId === authorisationRule);
  return breaches.flatMap(({ at, dataClass, source, model, path }): Problem[] => {
    if (reported.some((finding) => finding.path === at.path && at.range.start <= finding.range.start && finding.range.end <= at.range.end)) return [];
    return [{ ...at, code: authorisationRule, severity: 'error', fixes: [], related: path, message: `Data of ${name(source)} (${dataClass}) reaches ${name(model)}, which must not see it.` }];
  });
}

const authorisationRule = 'model-input/forbidden-data-class';
