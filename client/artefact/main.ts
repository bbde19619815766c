import type { ArtefactView } from '../../server/lsp/protocol.ts';
import { pagedTable } from './table.ts';

declare function acquireVsCodeApi(): { readonly postMessage: (message: unknown) => void };

const api = acquireVsCodeApi();
const app = document.getElementById('app')!;
let digestCell: HTMLElement | undefined;

type Message = { readonly type: 'view'; readonly view: ArtefactView | null; readonly state: string } | { readonly type: 'digest'; readonly digest: string | null };

window.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'view') show(data.view, data.state);
  else if (digestCell) digestCell.textContent = data.digest ?? 'could not be read';
});
api.postMessage({ type: 'ready' });

/** Never by colour alone: sign, word and colour. */
const verdicts = {
  safe: { sign: '✓', text: 'Safe', what: 'All that loading looks up is known to be harmless.' },
  unknown: { sign: '?', text: 'Unknown', what: 'Loading needs code that is not known, or the file is not what it should be.' },
  dangerous: { sign: '!', text: 'Dangerous', what: 'Loading this file runs code or reaches files, processes or the network.' },
} as const;

function show(view: ArtefactView | null, state: string): void {
  app.replaceChildren();
  if (!view) {
    app.append(element('p', state === 'running' ? 'This file is no model or data file that Wardline knows, or it cannot be read.' : 'The Wardline language server is not running.', { role: 'status' }));
    return;
  }
  app.append(element('h1', view.name));
  const { sign, text, what } = verdicts[view.verdict];
  const banner = element('p', '', { class: `verdict ${view.verdict}`, role: 'status' });
  banner.append(element('span', sign, { class: 'sign', 'aria-hidden': 'true' }), element('strong', text), element('span', what));
  app.append(banner, element('p', 'Read from the bytes of the file. Nothing was loaded or executed.', { class: 'hint' }));
  app.append(facts(view));
  if (view.issues.length > 0) {
    app.append(element('h2', `Findings (${view.issues.length})`));
    const list = element('ul', '', { class: 'issues' });
    for (const { kind, what: words, member } of view.issues) {
      const item = element('li', '', { class: kind });
      item.append(element('strong', kind), element('span', words));
      if (member !== undefined) item.append(element('span', member, { class: 'member' }));
      list.append(item);
    }
    app.append(list);
  }
  const integrity = [...view.differences.map((one) => ['differs', one]), ...view.checked.map((one) => ['checked', one])];
  if (integrity.length > 0) app.append(pagedTable('Integrity', ['Result', 'Detail'], integrity));
  if (view.globals.length > 0) app.append(pagedTable('Globals that loading looks up', ['Verdict', 'Name'], view.globals.map((one) => [one.verdict, one.name]), 0));
  if (view.listed.length > 0) app.append(pagedTable(`Tensors (${view.tensors}${view.listed.length < view.tensors ? `, the first ${view.listed.length} listed` : ''})`, ['Name', 'Type', 'Shape', 'Member'], view.listed.map((one) => [one.name, one.dtype, one.shape.length === 0 ? 'scalar' : one.shape.join(' × '), one.member ?? ''])));
  if (view.metadata.length > 0) app.append(pagedTable('Metadata', ['Key', 'Value'], view.metadata.map((one) => [one.key, one.value])));
  if (view.members.length > 0) app.append(pagedTable('Members', ['Path'], view.members.map((one) => [one])));
  if (view.notes.length > 0) app.append(pagedTable('Not looked into', ['Note'], view.notes.map((one) => [one])));
}

function facts(view: ArtefactView): HTMLElement {
  const list = element('dl', '');
  const add = (name: string, value: string): HTMLElement => {
    const cell = element('dd', value);
    list.append(element('dt', name), cell);
    return cell;
  };
  add('Format', view.formats.join(', ') || 'data');
  add('Size', `${view.size.toLocaleString('en')} bytes`);
  digestCell = add('SHA-256', 'computing…');
  if (view.source !== undefined) add('Source', view.source);
  return list;
}

/** Text always becomes a text node: all of it comes from the file. */
function element(tag: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
