import { fill } from '../page-words.ts';
import type { ArtefactWords } from './words.ts';

/** Rows that are in the page at a time. */
const pageSize = 100;

/** A table with a caption, in pages when it is long. `marks`: for each row the class of its first cell. */
export function pagedTable(words: ArtefactWords['table'], title: string, columns: readonly string[], rows: readonly (readonly string[])[], marks?: readonly string[]): HTMLElement {
  const section = document.createElement('section');
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.textContent = title;
  const head = table.createTHead().insertRow();
  const used = columns.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''));
  for (const at of used) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = columns[at]!;
    head.append(cell);
  }
  const body = table.createTBody();
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  const show = (page: number): void => {
    body.replaceChildren();
    for (const [index, row] of [...rows.entries()].slice(page * pageSize, (page + 1) * pageSize)) {
      const line = body.insertRow();
      for (const at of used) {
        const cell = line.insertCell();
        cell.textContent = row[at] ?? '';
        if (at === 0 && marks) cell.className = `mark ${marks[index]}`;
      }
    }
    status.textContent = fill(words.rows, page * pageSize + 1, Math.min(rows.length, (page + 1) * pageSize), rows.length);
  };
  section.append(table);
  if (rows.length > pageSize) {
    let page = 0;
    const last = Math.ceil(rows.length / pageSize) - 1;
    const navigation = document.createElement('nav');
    navigation.setAttribute('aria-label', fill(words.pages, title));
    const button = (text: string, step: number): HTMLButtonElement => {
      const made = document.createElement('button');
      made.textContent = text;
      made.addEventListener('click', () => {
        page = Math.max(0, Math.min(last, page + step));
        show(page);
      });
      return made;
    };
    navigation.append(button(words.previous, -1), status, button(words.next, 1));
    section.append(navigation);
  }
  show(0);
  return section;
}
