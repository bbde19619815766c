import type { ArtefactView } from '../../server/lsp/protocol.ts';
import { fill, wordsOf } from '../page-words.ts';
import { pagedTable } from './table.ts';
import type { ArtefactWords } from './words.ts';

declare function acquireVsCodeApi(): { readonly postMessage: (message: unknown) => void };

const api = acquireVsCodeApi();
const app = document.getElementById('app')!;
app.setAttribute('role', 'main');
const words = wordsOf<ArtefactWords>(app);
let digestCell: HTMLElement | undefined;

type Message = { readonly type: 'view'; readonly view: ArtefactView | null; readonly state: string } | { readonly type: 'digest'; readonly digest: string | null };

window.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'view') show(data.view, data.state);
  else if (digestCell) digestCell.textContent = data.digest ?? words.notRead;
});
api.postMessage({ type: 'ready' });

/** Never by colour alone: sign, word and colour. */
const signs = { safe: '✓', unknown: '?', dangerous: '!' } as const;

function show(view: ArtefactView | null, state: string): void {
  app.replaceChildren();
  if (!view) {
    app.append(element('p', state === 'running' ? words.noModel : words.notRunning, { role: 'status' }));
    return;
  }
  app.append(element('h1', view.name));
  const { text, what } = words.verdicts[view.verdict];
  const banner = element('p', '', { class: `verdict ${view.verdict}`, role: 'status' });
  banner.append(element('span', signs[view.verdict], { class: 'sign', 'aria-hidden': 'true' }), element('strong', text), element('span', what));
  app.append(banner, element('p', words.nothingLoaded, { class: 'hint' }));
  app.append(facts(view));
  if (view.issues.length > 0) {
    app.append(element('h2', fill(words.findings, view.issues.length)));
    const list = element('ul', '', { class: 'issues' });
    for (const { kind, what: issue, member } of view.issues) {
      const item = element('li', '', { class: kind });
      item.append(element('strong', words.marks[kind]), element('span', issue));
      if (member !== undefined) item.append(element('span', member, { class: 'member' }));
      list.append(item);
    }
    app.append(list);
  }
  const integrity = [...view.differences.map((one) => [words.differs, one]), ...view.checked.map((one) => [words.checked, one])];
  if (integrity.length > 0) app.append(pagedTable(words.table, words.integrity, [words.result, words.detail], integrity));
  if (view.globals.length > 0) app.append(pagedTable(words.table, words.globals, [words.verdict, words.name], view.globals.map((one) => [words.marks[one.verdict], one.name]), view.globals.map((one) => one.verdict)));
  if (view.listed.length > 0) app.append(pagedTable(words.table, fill(view.listed.length < view.tensors ? words.tensorsListed : words.tensors, view.tensors, view.listed.length), [words.name, words.type, words.shape, words.member], view.listed.map((one) => [one.name, one.dtype, one.shape.length === 0 ? words.scalar : one.shape.join(' × '), one.member ?? ''])));
  if (view.metadata.length > 0) app.append(pagedTable(words.table, words.metadata, [words.key, words.value], view.metadata.map((one) => [one.key, one.value])));
  if (view.members.length > 0) app.append(pagedTable(words.table, words.members, [words.path], view.members.map((one) => [one])));
  if (view.notes.length > 0) app.append(pagedTable(words.table, words.notLookedInto, [words.note], view.notes.map((one) => [one])));
}

function facts(view: ArtefactView): HTMLElement {
  const list = element('dl', '');
  const add = (name: string, value: string): HTMLElement => {
    const cell = element('dd', value);
    list.append(element('dt', name), cell);
    return cell;
  };
  add(words.format, view.formats.join(', ') || words.data);
  add(words.size, fill(words.bytes, view.size.toLocaleString(document.documentElement.lang)));
  digestCell = add('SHA-256', words.computing);
  if (view.source !== undefined) add(words.source, view.source);
  return list;
}

/** Text always becomes a text node: all of it comes from the file. */
function element(tag: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
