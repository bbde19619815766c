import { readingPatterns } from '../analysis/iam/catalogue.ts';
import type { EditIntent, Printed } from '../model/fix.ts';
import type { FixSources } from './sources.ts';

type NarrowActions = Extract<EditIntent, { kind: 'narrowActions' }>;

const mostOnOneLine = 3;

/** Writes certain actions in the place of a wildcard, as the list around it is written. Undefined where there are none to write. */
export function printNarrowActions({ origin, action, listed, others, to }: NarrowActions, sources: FixSources): Printed {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const service = /^([\w-]+):\*$/.exec(action)?.[1]?.toLowerCase();
  const found = to === 'called' ? called(service, origin.path, sources) : service === undefined ? [] : readingPatterns(service);
  const missing = found.filter((one) => !others.includes(one));
  const actions = missing.length > 0 ? missing : found;
  if (actions.length === 0) return undefined;

  const { text } = document;
  const quoted = /^(\\?["'])/.exec(text.slice(origin.range.start))?.[1];
  const before = /(\\?["'])$/.exec(text.slice(Math.max(0, origin.range.start - 2), origin.range.start))?.[1];
  const quote = quoted ?? (before !== undefined && text.startsWith(before, origin.range.end) ? before : '');
  const width = quote.length;
  const inner = quoted === undefined ? origin.range : { start: origin.range.start + width, end: origin.range.end - width };
  if (text.slice(inner.start, inner.end) !== action) return { refused: 'The action is written elsewhere, where others may use it.' };
  const range = { start: inner.start - width, end: inner.end + width };

  const plain = quote === '';
  const item = (one: string): string => `${quote}${one}${quote}`;
  const line = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  const edit = (written: string): Printed => [{ path: document.path, range, text: written }];
  if (actions.length === 1) return edit(item(actions[0]!));
  if (listed && document.language === 'yaml' && /^\s*(?:-\s+)*-\s+$/.test(line)) return edit(actions.map(item).join(`\n${line.replace(/-(?=.*-)/g, ' ')}`));
  if (listed) return edit(actions.map(item).join(line.trim() === '' ? `,\n${line}` : ', '));
  const list = actions.map(plain ? (one): string => `'${one}'` : item);
  const indent = /^\s*/.exec(line)![0];
  const short = list.length <= mostOnOneLine || quote.startsWith('\\') || document.language === 'json';
  return edit(short ? `[${list.join(', ')}]` : `[\n${list.map((one) => `${indent}  ${one},`).join('\n').slice(0, document.language === 'yaml' ? undefined : -1)}\n${indent}]`);
}

function called(service: string | undefined, path: string, sources: FixSources): readonly string[] {
  return (sources.calledActions?.(path) ?? []).filter((one) => service === undefined || one.startsWith(`${service}:`));
}
