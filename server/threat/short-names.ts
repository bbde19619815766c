import type { ElementFact, Facts, FlowFact } from '../model/threat.ts';

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
  const renamed = (flow: FlowFact): FlowFact => {
    const from = keys.get(flow.from) ?? flow.from;
    const to = keys.get(flow.to) ?? flow.to;
    return from === flow.from && to === flow.to ? flow : { ...flow, from, to };
  };
  return facts.map((one, at) => ({ elements: elements[at]!, flows: one.flows.map(renamed) }));
}

interface Path {
  readonly file: string;
  readonly parts: readonly string[];
}

function namesOf(files: readonly string[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const least = ({ parts }: Path): number => (ordinary.test(parts.at(-1) ?? '') ? 2 : 1);
  /** Names paths that have the same last `length - 1` segments; only those that share one more are looked at further. */
  const name = (paths: readonly Path[], length: number): void => {
    const groups = new Map<string | undefined, Path[]>();
    for (const one of paths) {
      const segment = one.parts[one.parts.length - length];
      const group = groups.get(segment);
      if (group) group.push(one);
      else groups.set(segment, [one]);
    }
    for (const group of groups.values()) {
      const longer = group.filter((one) => length < one.parts.length && (group.length > 1 || length < least(one)));
      for (const one of group) if (!longer.includes(one)) out.set(one.file, one.parts.slice(-length).join('/'));
      if (longer.length > 0) name(longer, length + 1);
    }
  };
  name(files.map((file) => ({ file, parts: file.replace(/\.\w+$/, '').split('/').filter((part) => part !== '') })), 1);
  return out;
}
