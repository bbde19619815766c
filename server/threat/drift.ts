import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { DataClass, Element, ThreatModel } from '../model/threat.ts';

/** Who may reach which data, with which action: `.wardline/data-access.json`. */
export interface DataAccess {
  readonly version: 1;
  readonly accesses: readonly AccessRecord[];
}

export interface AccessRecord {
  readonly from: string;
  readonly to: string;
  readonly action: string;
  /** Classes of data that go along; a new one is drift. */
  readonly data: readonly DataClass[];
  /** Why it was accepted, where somebody said so. */
  readonly reason?: string;
}

/** An access that the model shows. */
export interface Access extends AccessRecord {
  readonly id: string;
  readonly words: string;
  readonly evidence: readonly Origin[];
}

export const dataAccessName = '.wardline/data-access.json';

const data: ReadonlySet<Element['kind']> = new Set(['data-store', 'vector-store', 'model', 'secret', 'tool', 'external']);
const actors: ReadonlySet<Element['kind']> = new Set(['process', 'job', 'notebook', 'agent', 'model', 'identity', 'endpoint', 'pipeline', 'tool']);

/** The accesses to data, models, tools and third parties that a model shows. */
export function accessesOf(model: ThreatModel): readonly Access[] {
  const byId = new Map(model.elements.map((element) => [element.id, element]));
  return model.flows.flatMap((flow): Access[] => {
    const from = byId.get(flow.from);
    const to = byId.get(flow.to);
    if (!from || !to || !actors.has(from.kind) || !data.has(to.kind)) return [];
    const classes = [...new Set([...flow.dataClasses, ...(to.kind === 'data-store' || to.kind === 'vector-store' ? to.dataClasses : [])])].sort();
    return [{ id: flow.id, from: flow.from, to: flow.to, action: flow.action, data: classes, evidence: flow.evidence, words: `${from.name} ${verb(flow.action)} ${to.name}` }];
  });
}

function verb(action: string): string {
  return ({ read: 'reads', write: 'writes', invoke: 'calls', use: 'uses', grant: 'may do anything with', request: 'calls', deploy: 'deploys' } as Readonly<Record<string, string>>)[action] ?? action;
}

export interface Drift {
  readonly access: Access;
  /** Classes that are new where the access itself is known; empty where the access is new. */
  readonly classes: readonly DataClass[];
}

/** What the model shows and the record does not. */
export function driftOf(recorded: DataAccess, accesses: readonly Access[]): readonly Drift[] {
  const known = new Map(recorded.accesses.map((one) => [keyOf(one), one]));
  return accesses.flatMap((access): Drift[] => {
    const before = known.get(keyOf(access));
    if (!before) return [{ access, classes: [] }];
    const classes = access.data.filter((one) => !before.data.includes(one));
    return classes.length > 0 ? [{ access, classes }] : [];
  });
}

function keyOf({ from, to, action }: Pick<AccessRecord, 'from' | 'to' | 'action'>): string {
  return `${from}\n${to}\n${action}`;
}

/** Drift as problems at the lines that cause it. */
export function driftProblems(drifts: readonly Drift[]): readonly Problem[] {
  return drifts.flatMap(({ access, classes }) => access.evidence.slice(0, 1).map((origin): Problem => ({
    ...origin, code: 'drift/new-access', severity: 'warning', fixes: [],
    message: classes.length > 0 ? `${access.words} with ${classes.join(', ')}, which the recorded data access does not hold.` : `${access.words}, which the recorded data access does not hold.`,
  })));
}

/** Reads a record; undefined when it is none. */
export function parseDataAccess(text: string): DataAccess | undefined {
  try {
    const file = JSON.parse(text) as Partial<DataAccess> | null;
    if (typeof file !== 'object' || file === null || file.version !== 1 || !Array.isArray(file.accesses)) return undefined;
    return { version: 1, accesses: (file.accesses as unknown[]).filter(isRecord) };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is AccessRecord {
  const one = value as Partial<AccessRecord> | null;
  return typeof one === 'object' && one !== null && typeof one.from === 'string' && typeof one.to === 'string' && typeof one.action === 'string' && Array.isArray(one.data);
}

/** One access a line, sorted, so that a review shows what came and what went. */
export function printDataAccess(accesses: readonly AccessRecord[]): string {
  const lines = [...accesses].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map(({ from, to, action, data: classes, reason }) => `    ${JSON.stringify({ from, to, action, data: classes, ...(reason ? { reason } : {}) })}`);
  return `{\n  "version": 1,\n  "accesses": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** The record with one access added or widened. */
export function withAccess(recorded: DataAccess | undefined, { from, to, action, data: classes }: Access, reason: string): readonly AccessRecord[] {
  const rest = (recorded?.accesses ?? []).filter((one) => keyOf(one) !== keyOf({ from, to, action }));
  return [...rest, { from, to, action, data: classes, reason }];
}
