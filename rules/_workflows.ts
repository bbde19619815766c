import { lookIn, scalar, type Resource, type Value } from '../server/rule/queries.ts';
import type { ResourceContext } from '../server/rule/rule.ts';
import { mapOfResource, textAt } from './_kubernetes.ts';

export const file = '.github/workflows/train.yml';
export const workflow = (on: string, ...lines: readonly string[]): string =>
  ['name: train', `on: ${on}`, 'permissions: {}', 'jobs:', '  train:', '    runs-on: ubuntu-latest', ...lines.map((line) => `    ${line}`), ''].join('\n');
export const steps = (...lines: readonly string[]): readonly string[] => ['steps:', ...lines.map((line) => `  ${line}`)];
export const checkout = '- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';

export interface Script {
  readonly value: Value;
  readonly expression: string;
  readonly at: Value;
}

/** Expressions in what a step runs, each with its own place. */
export function expressionsOf(step: Resource, context: ResourceContext): readonly Script[] {
  const map = mapOfResource(step);
  const uses = textAt(step, 'uses') ?? '';
  const bodies = [
    ...lookIn(map, 'run').values,
    ...(uses.startsWith('docker://') ? ['args', 'entrypoint'].flatMap((name) => lookIn(map, `with.${name}`).values) : []),
    ...(uses === '' ? [] : ['script', 'inlineScript', 'inline-script', 'run', 'cmd', 'command', 'code'].flatMap((name) => lookIn(map, `with.${name}`).values)),
  ];
  return bodies.flatMap((value) => {
    if (value.kind !== 'string') return [];
    const { path, range } = value.origin;
    const text = context.sources.document(path)?.text.slice(range.start, range.end) ?? '';
    return [...text.matchAll(/\$\{\{((?:(?!\}\})[\s\S])*)\}\}/g)].map((match): Script => {
      const origin = { path, range: { start: range.start + match.index, end: range.start + match.index + match[0].length } };
      return { value, expression: match[1]!.trim(), at: { kind: 'string', value: match[0], origin, at: origin } };
    });
  });
}

export function triggers(context: ResourceContext): readonly string[] {
  return (context.unit.byType.get('github_workflow') ?? []).flatMap((one) => {
    const on = one.attributes.get('on')?.value ?? one.attributes.get('true')?.value;
    if (on?.kind === 'string') return [on.value];
    return on?.kind === 'list' ? on.items.map((item) => String(scalar(item))) : on?.kind === 'map' ? [...on.entries.keys()] : [];
  });
}

/** True where nothing but a tag starts the workflow. */
export function onlyTags(context: ResourceContext): boolean {
  return (context.unit.byType.get('github_workflow') ?? []).some((one) => {
    const push = lookIn(mapOfResource(one), 'on.push').values[0];
    return push?.kind === 'map' && push.entries.has('tags') && !push.entries.has('branches') && !push.entries.has('branches-ignore');
  });
}
