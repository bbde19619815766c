import type { DiagramResult } from '../../server/lsp/protocol.ts';
import { wordsOf } from '../page-words.ts';
import { createLayouter, type Layout } from './layout.ts';
import { panelOf } from './side-panel.ts';
import { shownOf, type Shown } from './shown.ts';
import { initialState, type ViewState } from './state.ts';
import { draw, svg } from './svg.ts';
import { tableOf } from './table.ts';
import type { DiagramWords } from './words.ts';

interface Host {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => ViewState | undefined;
  readonly setState: (state: ViewState) => void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const app = document.getElementById('app')!;
const words = wordsOf<DiagramWords>(app);
let model: DiagramResult = { elements: [], flows: [], boundaries: [], names: {} };
let state: ViewState = { ...initialState, ...host.getState() };
let shown: Shown = { nodes: [], flows: [] };
let placed: Layout | undefined;
/** What the layout that is shown, or asked for, was made of. */
let layoutKey = '';
/** What is drawn until the layout of something newer comes. */
let drawn: Shown = { nodes: [], flows: [] };
const askLayout = createLayouter((layout) => {
  if (placed && state.scale > 0) keepInPlace(placed, layout);
  placed = layout;
  drawn = shown;
  paint();
});

const canvas = svg('svg', { tabindex: 0, role: 'graphics-document', 'aria-label': words.canvas }) as SVGSVGElement;
canvas.append(svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' }, svg('path', { d: 'M0 0L10 5L0 10z' }))));
const world = svg('g', {});
canvas.append(world);
const side = html('aside', { 'aria-label': words.details });
const table = html('div', { class: 'table', role: 'region', 'aria-label': words.tables, tabindex: '0' });
const live = html('p', { class: 'live', role: 'status' });
const search = html('input', { type: 'search', placeholder: words.search, 'aria-label': words.searchElements }) as HTMLInputElement;
const classes = html('select', { 'aria-label': words.dataClass }) as HTMLSelectElement;
const openOnly = button(words.buttons.openThreats, () => update({ threats: !state.threats, scale: 0 }));
const help = html('p', { class: 'help', hidden: '' }, words.help);
app.append(html('header', {}, search, classes, button(words.buttons.fit, fit), openOnly, button(words.buttons.radius, () => update({ radius: !state.radius })), button(words.buttons.tables, () => update({ table: !state.table })), button(words.buttons.saveSvg, () => host.postMessage({ type: 'save', format: 'svg', content: picture() })), button(words.buttons.savePng, () => void savePng())), help, html('main', {}, canvas, table, side), live);

function html(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function button(label: string, run: () => void): HTMLElement {
  const element = html('button', { type: 'button' }, label);
  element.addEventListener('click', run);
  return element;
}

function update(change: Partial<ViewState>): void {
  state = { ...state, ...change };
  host.setState(state);
  render();
}

function render(): void {
  shown = shownOf(model, state);
  const key = drawnKey(shown);
  if (key !== layoutKey) {
    layoutKey = key;
    askLayout(shown.nodes, shown.flows, canvas.clientHeight > 0 ? canvas.clientWidth / canvas.clientHeight : 1.6);
  } else if (placed && drawnKey(drawn) === key) drawn = shown;
  paint();
}

/** What is looked at stays where it is on the screen when the drawing is laid out anew: the selected element, else the one in the middle. */
function keepInPlace(before: Layout, after: Layout): void {
  const middle = { x: (canvas.clientWidth / 2 - state.x) / state.scale, y: (canvas.clientHeight / 2 - state.y) / state.scale };
  const away = (id: string): number => Math.hypot(before.boxes.get(id)!.x - middle.x, before.boxes.get(id)!.y - middle.y);
  const both = [...before.boxes.keys()].filter((id) => after.boxes.has(id));
  const anchor = both.find((id) => id === state.selected) ?? both.sort((a, b) => away(a) - away(b))[0];
  if (anchor === undefined) return;
  const [then, now] = [before.boxes.get(anchor)!, after.boxes.get(anchor)!];
  state = { ...state, x: state.x + (then.x - now.x) * state.scale, y: state.y + (then.y - now.y) * state.scale };
}

function drawnKey({ nodes, flows }: Shown): string {
  return JSON.stringify([nodes.map((node) => [node.id, node.boundary]), flows.map((flow) => flow.id)]);
}

/** Draws what is laid out, and the panels beside it. */
function paint(): void {
  openOnly.setAttribute('aria-pressed', String(state.threats));
  const selected = model.elements.find((element) => element.id === state.selected);
  const reached = state.radius && selected ? new Set(selected.reaches) : undefined;
  if (placed) world.replaceChildren(draw(drawn, placed, model, { selected: state.selected, search: state.search, reached }, words.drawing));
  table.hidden = !state.table;
  canvas.toggleAttribute('hidden', state.table);
  // What is to be fitted to the page is laid out first; until then what is drawn stays as it is.
  if (state.scale > 0) place();
  else if (placed && drawn.nodes.length > 0 && !state.table && drawnKey(drawn) === layoutKey) fit();
  side.replaceChildren(...panelOf(model, selected, state, words, { open: (at) => host.postMessage({ type: 'open', place: at }), decide: (threat, title) => host.postMessage({ type: 'decide', threat, title }), select: (id) => update({ selected: id }) }));
  if (state.table) table.replaceChildren(...tableOf(model, words, (at) => host.postMessage({ type: 'open', place: at })));
}

/** Applies pan and zoom without drawing anew. */
function place(): void {
  world.setAttribute('transform', `translate(${state.x} ${state.y}) scale(${state.scale})`);
  host.setState(state);
}

function fit(): void {
  if (!placed) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = Math.min(1.4, Math.max(0.05, Math.min(width / (placed.width + 20), height / (placed.height + 20)) || 1));
  state = { ...state, scale, x: (width - placed.width * scale) / 2, y: (height - placed.height * scale) / 2 };
  place();
}

function zoom(factor: number, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2): void {
  const scale = Math.min(4, Math.max(0.05, state.scale * factor));
  const real = scale / state.scale;
  state = { ...state, scale, x: x - (x - state.x) * real, y: y - (y - state.y) * real };
  place();
}

/** The nearest element in a direction, else the nearest of all. */
function neighbour(dx: number, dy: number): string | undefined {
  const from = placed?.boxes.get(state.selected ?? '');
  if (!from || !placed) return shown.nodes[0]?.id;
  let best: string | undefined;
  let least = Infinity;
  for (const { id } of drawn.nodes) {
    const box = placed.boxes.get(id)!;
    const [x, y] = [box.x - from.x, box.y - from.y];
    const along = x * dx + y * dy;
    if (along <= 1) continue;
    const distance = along + 2 * Math.abs(x * dy - y * dx);
    if (distance < least) [least, best] = [distance, id];
  }
  return best ?? state.selected;
}

function say(id: string | undefined): void {
  live.textContent = canvas.querySelector(`[data-id="${CSS.escape(id ?? '')}"]`)?.getAttribute('aria-label') ?? '';
}

function select(id: string | undefined): void {
  update({ selected: id });
  say(id);
}

canvas.addEventListener('keydown', (event) => {
  const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const move = moves[event.key];
  if (move) select(neighbour(...move));
  else if (event.key === 'Enter') {
    const at = model.elements.find((element) => element.id === state.selected)?.place;
    if (at) host.postMessage({ type: 'open', place: at });
  } else if (event.key === '+' || event.key === '=') zoom(1.25);
  else if (event.key === '-') zoom(0.8);
  else if (event.key === 'f') fit();
  else if (event.key === 'b') update({ radius: !state.radius });
  else if (event.key === 'o') openOnly.click();
  else if (event.key === 't') update({ table: true });
  else if (event.key === '?') help.hidden = !help.hidden;
  else if (event.key === 'Escape') select(undefined);
  else return;
  event.preventDefault();
});
canvas.addEventListener('wheel', (event) => {
  event.preventDefault();
  const box = canvas.getBoundingClientRect();
  zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
canvas.addEventListener('click', (event) => {
  const target = event.target as Element;
  const node = target.closest<SVGElement>('[data-id]');
  const flow = target.closest<SVGElement>('[data-flow]');
  if (node) select(node.dataset['id']);
  else if (flow) {
    const at = model.flows.find((one) => one.id === flow.dataset['flow'])?.place;
    if (at) host.postMessage({ type: 'open', place: at });
  } else if (!dragged) select(undefined);
});
canvas.addEventListener('dblclick', (event) => {
  const target = event.target as Element;
  const node = target.closest<SVGElement>('[data-id]')?.dataset['id'];
  const boundary = target.closest<SVGElement>('[data-boundary]')?.dataset['boundary'];
  if (node?.startsWith('boundary ')) update({ collapsed: state.collapsed.filter((one) => one !== node.slice('boundary '.length)) });
  else if (boundary) update({ collapsed: [...state.collapsed, boundary] });
});

let dragged = false;
canvas.addEventListener('pointerdown', (down) => {
  dragged = false;
  const { x, y } = state;
  const moved = (event: PointerEvent): void => {
    if (Math.abs(event.clientX - down.clientX) + Math.abs(event.clientY - down.clientY) > 4) dragged = true;
    state = { ...state, x: x + event.clientX - down.clientX, y: y + event.clientY - down.clientY };
    place();
  };
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', () => window.removeEventListener('pointermove', moved), { once: true });
});
search.value = state.search;
search.addEventListener('input', () => update({ search: search.value }));
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  const typed = search.value.toLowerCase();
  const found = shown.nodes.find((node) => `${node.name} ${node.kind}`.toLowerCase().includes(typed));
  if (found) select(found.id);
  canvas.focus();
});
classes.addEventListener('change', () => update({ dataClass: classes.value, scale: 0 }));

/** The drawing as a text of its own, with the colours of now. */
function picture(): string {
  if (!placed) return '';
  const copy = canvas.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${Math.ceil(placed.width)} ${Math.ceil(placed.height)}`);
  copy.querySelector('g')?.removeAttribute('transform');
  const originals = canvas.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, at) => {
    const style = getComputedStyle(originals[at]!);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'opacity']) element.setAttribute(name, style.getPropertyValue(name));
  });
  const background = svg('rect', { width: Math.ceil(placed.width), height: Math.ceil(placed.height), fill: getComputedStyle(document.body).backgroundColor });
  copy.insertBefore(background, copy.querySelector('g'));
  copy.setAttribute('width', String(Math.ceil(placed.width)));
  copy.setAttribute('height', String(Math.ceil(placed.height)));
  return new XMLSerializer().serializeToString(copy);
}

/** Browsers draw at most so many pixels on a side. */
const mostPixels = 8000;

/** The drawing as a bitmap, at twice its size where that is not too large. */
async function savePng(): Promise<void> {
  if (!placed) return;
  const scale = Math.min(2, mostPixels / Math.max(placed.width, placed.height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture())}`;
  await image.decode();
  const bitmap = document.createElement('canvas');
  bitmap.width = Math.ceil(placed.width * scale);
  bitmap.height = Math.ceil(placed.height * scale);
  bitmap.getContext('2d')!.drawImage(image, 0, 0, bitmap.width, bitmap.height);
  host.postMessage({ type: 'save', format: 'png', content: bitmap.toDataURL('image/png').replace(/^[^,]*,/, '') });
}

window.addEventListener('message', ({ data }: MessageEvent<{ type: string; model: DiagramResult }>) => {
  if (data.type !== 'model') return;
  model = data.model;
  const all = [...new Set([...model.elements, ...model.flows].flatMap((one) => one.dataClasses))].sort();
  classes.replaceChildren(...['', ...all].map((name) => {
    const option = html('option', { value: name }, name === '' ? words.allData : name) as HTMLOptionElement;
    option.selected = name === state.dataClass;
    return option;
  }));
  render();
});
window.addEventListener('resize', () => place());
host.postMessage({ type: 'ready' });
