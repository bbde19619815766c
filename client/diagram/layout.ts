import type { Layout } from '../../server/threat/layout.ts';
/** The text of the worker's program, which the build puts in; a page cannot load a worker from its extension's address. */
import program from 'worker:layout-worker';

export type { Layout };

export interface LayoutRequest {
  readonly id: number;
  readonly nodes: readonly { readonly id: string; readonly boundary: string }[];
  readonly flows: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** Width to height of the page. */
  readonly aspect: number;
}

export interface LayoutAnswer {
  readonly id: number;
  readonly layout: Layout;
}

/** Lays drawings out off the page's thread. A newer request makes an older one void: only the last is answered. */
export function createLayouter(answered: (layout: Layout) => void): (nodes: LayoutRequest['nodes'], flows: LayoutRequest['flows'], aspect: number) => void {
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
  let last = 0;
  let busy = false;
  let waiting: LayoutRequest | undefined;
  const send = (request: LayoutRequest): void => {
    busy = true;
    worker.postMessage(request);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
    busy = false;
    if (data.id === last) answered(data.layout);
    if (waiting) send(waiting);
    waiting = undefined;
  });
  return (nodes, flows, aspect) => {
    const request: LayoutRequest = { id: ++last, nodes: nodes.map(({ id, boundary }) => ({ id, boundary })), flows: flows.map(({ id, from, to }) => ({ id, from, to })), aspect };
    if (busy) waiting = request;
    else send(request);
  };
}
