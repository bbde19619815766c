import type { Threat, ThreatModel } from '../../model/threat.ts';
import type { Decision } from '../decisions.ts';
import { uuidOf } from '../export/ids.ts';
import type { ForeignThreat } from './exchange.ts';

export interface ImportResult {
  readonly decisions: readonly Omit<Decision, 'origin'>[];
  /** Decided so already. */
  readonly known: number;
  /** Open in the file. */
  readonly open: number;
  /** One sentence for each decision that no threat of the model answers to. */
  readonly unmatched: readonly string[];
}

/**
 * What a file of another tool decides of the threats of the model. By our own ids where the file came from here, else by the names of element
 * and threat when exactly one threat has both.
 */
export function matchDecisions(foreign: readonly ForeignThreat[], model: ThreatModel, source: string): ImportResult {
  const byId = new Map<string, Threat>();
  for (const threat of model.threats) for (const id of [threat.id, uuidOf(threat.id)]) byId.set(id, threat);
  const names = new Map(model.elements.map((element) => [element.id, element.name]));
  const byName = new Map<string, Threat[]>();
  for (const threat of model.threats) {
    for (const key of new Set([nameKey(names.get(threat.element) ?? '', threat.title), nameKey(names.get(threat.element) ?? '', threat.template)])) byName.set(key, [...(byName.get(key) ?? []), threat]);
  }
  const decisions = new Map<string, Omit<Decision, 'origin'>>();
  const unmatched: string[] = [];
  let known = 0;
  let open = 0;
  for (const one of foreign) {
    if (one.state === 'open') {
      open++;
      continue;
    }
    const named = byName.get(nameKey(one.element, one.threat)) ?? [];
    const threat = one.ids.map((id) => byId.get(id)).find((found) => found !== undefined) ?? (named.length === 1 ? named[0] : undefined);
    if (!threat) {
      unmatched.push(`${one.threat} on ${one.element === '' ? 'an element without a name' : one.element} (${one.state}): ${named.length > 1 ? `${named.length} threats of the model have these names` : 'the model has no such threat'}.`);
      continue;
    }
    const reason = reasonOf(one, threat) ?? threat.decision?.reason;
    if (threat.state === one.state && (threat.decision === undefined || reason === threat.decision.reason)) {
      known++;
      continue;
    }
    decisions.set(threat.id, { threat: threat.id, state: one.state, reason: reason ?? `Decided in ${source}, which gives no reason.`, ...(one.by ? { by: one.by } : {}), ...(one.until && /^\d{4}-\d{2}-\d{2}$/.test(one.until) ? { until: one.until } : {}) });
  }
  return { decisions: [...decisions.values()], known, open, unmatched };
}

/** The reason without the mitigation that the library has for the threat. */
function reasonOf({ reason }: ForeignThreat, { mitigation }: Threat): string | undefined {
  const own = reason?.replace(mitigation, '').replace(/\s+/g, ' ').trim();
  return own === undefined || own === '' ? undefined : own.slice(0, 1000);
}

function nameKey(element: string, threat: string): string {
  return `${element.trim().toLowerCase()}\n${threat.trim().toLowerCase()}`;
}
