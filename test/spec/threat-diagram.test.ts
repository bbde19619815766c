import assert from 'node:assert/strict';
import { openThreats, shownOf } from '../../client/diagram/shown.ts';
import { initialState, type ViewState } from '../../client/diagram/state.ts';
import type { DiagramElement, DiagramFlow, DiagramResult } from '../../server/lsp/protocol.ts';

const element = (id: string, boundary: string, states: readonly string[] = [], dataClasses: readonly string[] = []): DiagramElement => ({
  id, kind: 'process', name: id, technology: '', boundary, dataClasses, controls: [], reaches: [],
  threats: states.map((state, at) => ({ id: `${id}${at}`, title: 'A threat', state, severity: 'high', why: '', mitigation: '', reason: '' })),
});
const flow = (from: string, to: string, dataClasses: readonly string[] = []): DiagramFlow => ({ id: `${from} ${to}`, from, to, action: 'request', dataClasses });
const model: DiagramResult = {
  elements: [element('web', 'a', ['open']), element('api', 'a', ['accepted'], ['health']), element('db', 'b', [], ['health']), element('log', 'b')],
  flows: [flow('web', 'api'), flow('api', 'db', ['health']), flow('db', 'log')],
  boundaries: [{ id: 'a', kind: 'network', name: 'A' }, { id: 'b', kind: 'network', name: 'B' }],
  names: {},
};
const shown = (state: Partial<ViewState>): string => {
  const { nodes, flows } = shownOf(model, { ...initialState, ...state });
  return `${nodes.map((one) => one.id).join(', ')}; ${flows.map((one) => one.id).join(', ')}`;
};

describe('what the diagram shows', () => {
  it('is all of the model', () => assert.equal(shown({}), 'web, api, db, log; web api, api db, db log'));
  it('is what has open threats, and what is next to it', () => assert.equal(shown({ threats: true }), 'web, api; web api'));
  it('is the data of a class, with the ends of its flows', () => assert.equal(shown({ dataClass: 'health' }), 'api, db; api db'));
  it('is what passes both filters', () => assert.equal(shown({ threats: true, dataClass: 'health' }), '; '));
  it('is one node for a boundary that is closed', () => assert.equal(shown({ collapsed: ['b'] }), 'web, api, boundary b; web api, api->boundary b'));
  it('puts what nobody has decided on in the order of its severity', () => {
    const threat = (severity: 'critical' | 'high' | 'low', state = 'open') => ({ ...element('x', 'a', [state]).threats[0]!, severity });
    const elements = [{ ...element('web', 'a'), threats: [threat('high'), threat('low')] }, { ...element('db', 'b'), threats: [threat('critical'), threat('critical', 'accepted'), threat('high')] }];
    assert.deepEqual(openThreats({ ...model, elements }).map((one) => `${one.threat.severity} ${one.element.id}`), ['critical db', 'high web', 'high db', 'low web']);
  });
});
