import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { ThreatState } from '../model/threat.ts';
import type { MapValue, Value } from '../model/value.ts';

/** What the team has decided of a threat; `.wardline/threat-model.yaml`. */
export interface Decision {
  readonly threat: string;
  readonly state: Exclude<ThreatState, 'open'>;
  readonly reason: string;
  readonly by?: string;
  /** `2027-01-31`; the last day on which it holds. */
  readonly until?: string;
  readonly origin: Origin;
}

export type DecisionLookup = (threat: string) => Decision | undefined;

export const decisionsName = '.wardline/threat-model.yaml';
export const decisionStates = ['accepted', 'mitigated', 'transferred', 'not-applicable'] as const;

/** Reads the decisions of a validated map; entries without threat, state or reason are left out. */
export function readDecisions(map: MapValue | undefined): readonly Decision[] {
  const list = map?.entries.get('decisions')?.value;
  return (list?.kind === 'list' ? list.items : []).flatMap((item): Decision[] => {
    if (item.kind !== 'map') return [];
    const text = (name: string): string | undefined => stringOf(item.entries.get(name)?.value);
    const [threat, state, reason, by, until] = ['threat', 'state', 'reason', 'by', 'until'].map(text);
    if (threat === undefined || !(decisionStates as readonly (string | undefined)[]).includes(state) || (reason ?? '').trim() === '') return [];
    return [{ threat, state: state as Decision['state'], reason: reason!, origin: item.entries.get('threat')!.value.at, ...(by ? { by } : {}), ...(until ? { until } : {}) }];
  });
}

/** Decisions in force: the last one of a threat that has not expired. */
export function lookupOf(decisions: readonly Decision[], today: string): DecisionLookup {
  const byThreat = new Map<string, Decision>();
  for (const decision of decisions) if (decision.until === undefined || decision.until >= today) byThreat.set(decision.threat, decision);
  return (threat) => byThreat.get(threat);
}

/** Decisions that have expired, or whose threat is no longer there. */
export function decisionProblems(decisions: readonly Decision[], known: ReadonlySet<string>, today: string): readonly Problem[] {
  return decisions.flatMap((decision): Problem[] => {
    if (decision.until !== undefined && decision.until < today) return [{ ...decision.origin, code: 'threat-model/expired', severity: 'warning', message: `The decision on this threat expired on ${decision.until}.`, fixes: [] }];
    if (!known.has(decision.threat)) return [{ ...decision.origin, code: 'threat-model/orphaned', severity: 'warning', message: 'The threat model has no such threat any more.', fixes: [] }];
    return [];
  });
}

/** The text of the file after a decision was added, or changed where the threat has one. Throws where the file is no YAML. */
export function withDecision(text: string, decision: Omit<Decision, 'origin'>): string {
  return withDecisions(text, [decision]);
}

/** The same for several at once; comments and the order of the file stay. */
export function withDecisions(text: string, decisions: readonly Omit<Decision, 'origin'>[]): string {
  const document = parseDocument(text.trim() === '' ? '# Decisions on threats; reviewed with the code.\ndecisions: []\n' : text);
  if (document.errors.length > 0) throw new Error(`${decisionsName} cannot be read: ${document.errors[0]!.message.split('\n')[0]}`);
  if (!isMap(document.contents)) document.contents = document.createNode({}) as unknown as typeof document.contents;
  if (!isSeq(document.get('decisions'))) document.set('decisions', document.createNode([]));
  const list = document.get('decisions') as YAMLSeq;
  list.flow = false;
  for (const decision of decisions) {
    const entry = Object.fromEntries(['threat', 'state', 'reason', 'by', 'until'].flatMap((key) => {
      const value = decision[key as keyof typeof decision];
      return value === undefined ? [] : [[key, value]];
    }));
    const known = list.items.find((item) => isMap(item) && item.get('threat') === decision.threat);
    if (isMap(known)) {
      for (const key of ['state', 'reason', 'by', 'until']) {
        if (entry[key] === undefined) known.delete(key);
        else known.set(key, entry[key]);
      }
    } else list.add(document.createNode(entry));
  }
  return document.toString({ lineWidth: 0 });
}

function stringOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}
