import type { DiagramElement, DiagramPlace, DiagramResult } from '../../server/lsp/protocol.ts';
import type { ViewState } from './state.ts';

export interface PanelActions {
  readonly open: (place: DiagramPlace) => void;
  readonly decide: (threat: string, title: string) => void;
  readonly select: (id: string) => void;
}

/** Threats, evidence, controls and reach of the selected element; a summary where none is. */
export function panelOf(model: DiagramResult, element: DiagramElement | undefined, state: ViewState, actions: PanelActions): readonly Node[] {
  if (!element) return overview(model, actions);
  const name = (id: string): string => model.elements.find((one) => one.id === id)?.name ?? id;
  const boundary = model.boundaries.find((one) => one.id === element.boundary)?.name ?? '';
  return [
    make('h2', element.name),
    make('p', `${element.kind.replace('-', ' ')}, ${element.technology}, in ${boundary}${element.dataClasses.length > 0 ? `; data: ${element.dataClasses.join(', ')}` : ''}`),
    ...(element.place ? [link(element.place.label, () => actions.open(element.place!))] : []),
    make('h3', `Threats (${element.threats.filter((threat) => threat.state === 'open').length} open)`),
    list(element.threats.map((threat) => {
      const item = make('li', '');
      item.className = threat.state === 'open' ? threat.severity : 'settled';
      item.append(make('strong', `${threat.state === 'open' ? threat.severity : threat.state}: ${threat.title}`), make('span', `${threat.why} ${threat.mitigation}`));
      if (threat.place) item.append(link(threat.place.label, () => actions.open(threat.place!)));
      if (threat.state === 'open') item.append(link('Decide…', () => actions.decide(threat.id, threat.title)));
      return item;
    })),
    ...(element.controls.length > 0 ? [make('h3', 'Controls'), list(element.controls.map((control) => make('li', `${control.present ? 'present' : 'missing'}: ${control.name.replaceAll('-', ' ')} — ${control.words}`)))] : []),
    make('h3', `A compromise reaches ${element.reaches.length} ${element.reaches.length === 1 ? 'element' : 'elements'}${state.radius ? ' (shown)' : ''}`),
    list(element.reaches.slice(0, 40).map((id) => {
      const item = make('li', '');
      item.append(link(name(id), () => actions.select(id)));
      return item;
    })),
  ];
}

function overview(model: DiagramResult, actions: PanelActions): readonly Node[] {
  const open = model.elements.flatMap((element) => element.threats.filter((threat) => threat.state === 'open').map((threat) => ({ element, threat })));
  if (model.elements.length === 0) return [make('h2', 'No elements yet'), make('p', 'Open files or scan the workspace; the model is derived from what Wardline has read.')];
  return [
    make('h2', `${model.elements.length} elements, ${model.flows.length} flows, ${open.length} open threats`),
    make('p', 'Solid lines are encrypted, dashed lines are not, dotted lines are not known.'),
    list(open.filter(({ threat }) => threat.severity === 'critical' || threat.severity === 'high').slice(0, 30).map(({ element, threat }) => {
      const item = make('li', '');
      item.className = threat.severity;
      item.append(make('strong', `${threat.severity}: ${threat.title}`), link(element.name, () => actions.select(element.id)));
      return item;
    })),
  ];
}

function make(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function list(items: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement('ul');
  element.append(...items);
  return element;
}

function link(label: string, run: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'link';
  element.textContent = label;
  element.addEventListener('click', run);
  return element;
}
