import { argumentAt, constantOf, mayHaveMore, type Label } from '../../rule/code.ts';
import { scalar } from '../../rule/queries.ts';
import type { CallCheck, FlowCheck } from '../../rule/rule.ts';
import { stringsOf, type Definition } from './definition.ts';
import { flowPath } from '../../rule/flow.ts';

/** `kind: call`: calls by qualified name whose arguments are as given. One rule holds for TypeScript and Python. */
export function callCheck({ map, tell, message }: Definition): CallCheck | undefined {
  const call = map.entries.get('call')?.value;
  const callees = call?.kind === 'map' ? stringsOf(call.entries.get('callee')?.value) : [];
  if (call?.kind !== 'map' || callees.length === 0) {
    tell(map.entries.get('kind')!.keyOrigin, 'A call rule needs "call" with "callee".');
    return undefined;
  }
  const list = call.entries.get('arguments')?.value;
  const conditions = (list?.kind === 'list' ? list.items : []).flatMap((item) => {
    if (item.kind !== 'map') return [];
    const place = scalar(item.entries.get('keyword')?.value) ?? scalar(item.entries.get('position')?.value);
    if (typeof place !== 'string' && typeof place !== 'number') {
      tell(item.at, 'An argument needs "keyword" or "position".');
      return [];
    }
    return [{ place, is: scalar(item.entries.get('is')?.value), missing: scalar(item.entries.get('missing')?.value) === true }];
  });
  return {
    on: 'call', callees,
    check: (found, { report }) => {
      let at = found.callee;
      for (const { place, is, missing } of conditions) {
        const given = argumentAt(found, place);
        if (missing ? given !== undefined || mayHaveMore(found) : given === undefined || (is !== undefined && constantOf(given) !== is)) return;
        if (given) at = given.origin;
      }
      report({ at, message: message({ name: found.written, type: found.name ?? '', value: found.written }) });
    },
  };
}

/** Labels that a rule may name instead of functions. */
const labels: readonly Label[] = ['request', 'cli', 'message', 'web', 'document', 'mail', 'tool', 'model', 'browser', 'remote', 'environment', 'store', 'personal', 'secret'];

/** `kind: taint`: values of sources that reach sinks without having passed a sanitizer. */
export function taintCheck({ map, tell, message }: Definition): FlowCheck | undefined {
  const named = stringsOf(map.entries.get('sources')?.value);
  const sanitizers = stringsOf(map.entries.get('sanitizers')?.value);
  const list = map.entries.get('sinks')?.value;
  const sinks = (list?.kind === 'list' ? list.items : []).flatMap((item) => {
    const callee = item.kind === 'map' ? scalar(item.entries.get('callee')?.value) : undefined;
    const places = item.kind === 'map' ? item.entries.get('arguments')?.value : undefined;
    if (typeof callee !== 'string') return [];
    const args = places?.kind === 'list' ? places.items.flatMap((one) => { const plain = scalar(one); return typeof plain === 'string' || typeof plain === 'number' ? [plain] : []; }) : ['*'];
    return [{ callee, spec: { kind: 'team' as const, names: [callee], args } }];
  });
  if (named.length === 0 || sinks.length === 0) {
    tell(map.entries.get('kind')!.keyOrigin, 'A taint rule needs "sources" and "sinks".');
    return undefined;
  }
  const builtIn = named.filter((name): name is Label => (labels as readonly string[]).includes(name));
  const own = named.filter((name) => !(labels as readonly string[]).includes(name));
  const callees = new Set(sinks.map((sink) => sink.callee));
  return {
    on: 'flow', from: [...builtIn, ...(own.length > 0 ? ['team' as const] : [])], to: ['team'], sinks: sinks.map((sink) => sink.spec), sources: own, sanitizers,
    check: (flow, { report }) => {
      if (!callees.has(flow.call?.name ?? '')) return;
      report({ at: flow.at, message: message({ name: flow.taint.what, type: flow.sinkName, value: flow.taint.what }), related: flowPath(flow), flow: true });
    },
  };
}
