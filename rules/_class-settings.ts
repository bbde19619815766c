import { walk } from '../server/rule/walk.ts';
import type { CodeAnalysis, Expression, Value } from '../server/rule/code.ts';

export interface ClassSetting {
  readonly name: string;
  readonly value: Value;
  readonly at: { readonly start: number; readonly end: number };
}

const isSettings = /(?:Config|Settings|Configuration)\w*$/;

/** Settings that a class holds for a framework, `class ProductionConfig: DEBUG = True`: texts, numbers, switches and lists of them. */
export function settingsOfClasses(code: CodeAnalysis): readonly ClassSetting[] {
  const out: ClassSetting[] = [];
  walk(code.module, (node) => {
    if (node.kind !== 'class' || !('members' in node) || !isSettings.test(node.name ?? '') || /(?:Dev|Local|Test)/i.test(node.name ?? '')) return;
    for (const { name, value, isStatic } of node.members) {
      const read = value && isStatic ? valueOf(value) : undefined;
      if (value && read) out.push({ name, value: read, at: { start: value.start, end: value.end } });
    }
  });
  return out;
}

function valueOf(node: Expression): Value | undefined {
  if (node.kind === 'literal') return { taints: [], constant: node.value };
  if (node.kind !== 'list') return undefined;
  const items = node.items.map((one) => valueOf(one));
  return items.every((one) => one !== undefined) ? { taints: [], items, complete: true } : undefined;
}
