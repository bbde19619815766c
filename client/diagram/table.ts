import { nameOf } from './shown.ts';
import type { DiagramWords } from './words.ts';
import type { DiagramPlace, DiagramResult } from '../../server/lsp/protocol.ts';

/** The same as the drawing, for screen readers and for those who like tables. */
export function tableOf(model: DiagramResult, { table: words, drawing }: DiagramWords, open: (place: DiagramPlace) => void): readonly Node[] {
  const name = (id: string): string => model.elements.find((one) => one.id === id)?.name ?? id;
  const boundary = (id: string): string => model.boundaries.find((one) => one.id === id)?.name ?? id;
  return [
    table(words.elements, [words.element, words.kind, words.boundary, words.data, words.openThreats, words.code], model.elements.map((element) => [element.name, nameOf(model, 'kind', element.kind), boundary(element.boundary), element.dataClasses.join(', '), String(element.threats.filter((threat) => threat.state === 'open').length), element.place]), open),
    table(words.flows, [words.from, words.to, words.action, words.encryption, words.data, words.code], model.flows.map((flow) => [name(flow.from), name(flow.to), nameOf(model, 'flow', flow.action), flow.encrypted === undefined ? words.notKnown : flow.encrypted ? drawing.encrypted : drawing.notEncrypted, flow.dataClasses.join(', '), flow.place]), open),
  ];
}

function table(caption: string, head: readonly string[], rows: readonly (readonly (string | DiagramPlace | undefined)[])[], open: (place: DiagramPlace) => void): HTMLElement {
  const element = document.createElement('table');
  element.createCaption().textContent = `${caption} (${rows.length})`;
  const top = element.createTHead().insertRow();
  for (const title of head) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = title;
    top.append(cell);
  }
  const body = element.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) {
      const cell = line.insertCell();
      if (typeof value === 'string' || value === undefined) cell.textContent = value ?? '';
      else {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'link';
        button.textContent = value.label;
        button.addEventListener('click', () => open(value));
        cell.append(button);
      }
    }
  }
  return element;
}
