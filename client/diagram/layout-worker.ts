import { layout } from '../../server/threat/layout.ts';
import type { LayoutRequest, LayoutAnswer } from './layout.ts';

// Runs in a worker, so that a large drawing is laid out while the page answers.
declare const self: { onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null; postMessage: (answer: LayoutAnswer) => void };

self.onmessage = ({ data: { id, nodes, flows, aspect } }) => self.postMessage({ id, layout: layout(nodes, flows, aspect) });
