import type { ElementFact, Facts } from '../model/threat.ts';

const ordinary = /^(?:index|main|app|server|handler|route|__init__|views|api|page|client|service|services|routes|utils|core|cli|run|base)$/;

/**
 * Elements that are files get the shortest end of their path that no other file of the model has: `chat/route`. Two segments at least where the
 * last says nothing, so that a move of folders above keeps ids.
 */
export function shortened(facts: readonly Facts[]): readonly Facts[] {
  const files = [...new Set(facts.flatMap((one) => one.elements.flatMap((element) => element.file ?? [])))].sort();
  if (files.length === 0) return facts;
  const names = namesOf(files);
  const keys = new Map<string, string>();
  const rename = (element: ElementFact): ElementFact => {
    if (element.file === undefined) return element;
    const name = names.get(element.file)!;
    const key = `${element.kind}:${name}`;
    keys.set(element.key, key);
    return { ...element, key, name: element.kind === 'agent' ? `agent of ${name}` : name };
  };
  const elements = facts.map((one) => one.elements.map(rename));
  return facts.map((one, at) => ({ elements: elements[at]!, flows: one.flows.map((flow) => ({ ...flow, from: keys.get(flow.from) ?? flow.from, to: keys.get(flow.to) ?? flow.to })) }));
}

function namesOf(files: readonly string[]): ReadonlyMap<string, string> {
  const parts = files.map((file) => file.replace(/\.\w+$/, '').split('/').filter((part) => part !== ''));
  const tail = (own: readonly string[], length: number): string => own.slice(-length).join('/');
  const counts = new Map<string, number>();
  for (const own of parts) for (let length = 1; length <= own.length; length++) counts.set(tail(own, length), (counts.get(tail(own, length)) ?? 0) + 1);
  return new Map(files.map((file, at) => {
    const own = parts[at]!;
    let length = ordinary.test(own.at(-1) ?? '') ? Math.min(2, own.length) : 1;
    while (length < own.length && counts.get(tail(own, length))! > 1) length++;
    return [file, tail(own, length)];
  }));
}
