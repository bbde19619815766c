import type { DiagramElement, DiagramPlace, DiagramResult } from '../../server/lsp/protocol.ts';
import { fill } from '../page-words.ts';
import { nameOf, openThreats } from './shown.ts';
import type { ViewState } from './state.ts';
import type { DiagramWords } from './words.ts';

export interface PanelActions {
  readonly open: (place: DiagramPlace) => void;
  readonly decide: (threat: string, title: string) => void;
  readonly select: (id: string) => void;
}

/** Threats, evidence, controls and reach of the selected element; a summary where none is. */
export function panelOf(model: DiagramResult, element: DiagramElement | undefined, state: ViewState, words: DiagramWords, actions: PanelActions): readonly Node[] {
  if (!element) return overview(model, words, actions);
  const { panel } = words;
  const name = (id: string): string => model.elements.find((one) => one.id === id)?.name ?? id;
  const boundary = model.boundaries.find((one) => one.id === element.boundary)?.name ?? '';
  return [
    make('h2', element.name),
    make('p', fill(element.dataClasses.length > 0 ? panel.aboutData : panel.about, nameOf(model, 'kind', element.kind), element.technology, boundary, element.dataClasses.join(', '))),
    ...(element.place ? [link(element.place.label, () => actions.open(element.place!))] : []),
    make('h3', fill(panel.threats, element.threats.filter((threat) => threat.state === 'open').length)),
    list(element.threats.map((threat) => {
      const item = make('li', '');
      item.className = threat.state === 'open' ? threat.severity : 'settled';
      item.append(make('strong', `${threat.state === 'open' ? nameOf(model, 'severity', threat.severity) : nameOf(model, 'state', threat.state)}: ${threat.title}`), make('span', `${threat.why} ${threat.mitigation}`));
      if (threat.place) item.append(link(threat.place.label, () => actions.open(threat.place!)));
      if (threat.state === 'open') item.append(link(words.buttons.decide, () => actions.decide(threat.id, threat.title)));
      return item;
    })),
    ...(element.controls.length > 0 ? [make('h3', panel.controls), list(element.controls.map((control) => make('li', fill(control.present ? panel.present : panel.missing, nameOf(model, 'control', control.name), control.words))))] : []),
    make('h3', fill(element.reaches.length === 1 ? (state.radius ? panel.reachesOneShown : panel.reachesOne) : state.radius ? panel.reachesShown : panel.reaches, element.reaches.length)),
    list(element.reaches.slice(0, 40).map((id) => {
      const item = make('li', '');
      item.append(link(name(id), () => actions.select(id)));
      return item;
    })),
  ];
}

function overview(model: DiagramResult, { panel }: DiagramWords, actions: PanelActions): readonly Node[] {
  const open = openThreats(model);
  if (model.elements.length === 0) return [make('h2', panel.nothing), make('p', panel.nothingWhy)];
  return [
    make('h2', fill(panel.overview, model.elements.length, model.flows.length, open.length)),
    make('p', panel.legend),
    list(open.filter(({ threat }) => threat.severity === 'critical' || threat.severity === 'high').slice(0, 200).map(({ element, threat }) => {
      const item = make('li', '');
      item.className = threat.severity;
      item.append(make('strong', `${nameOf(model, 'severity', threat.severity)}: ${threat.title}`), link(`${element.name} (${nameOf(model, 'kind', element.kind)})`, () => actions.select(element.id)));
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
