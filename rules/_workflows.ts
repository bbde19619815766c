import { lookIn, scalar, type Resource, type Value } from '../server/rule/queries.ts';
import type { ResourceContext } from '../server/rule/rule.ts';
import { mapOfResource, textAt } from './_kubernetes.ts';
import { sourceOf } from './_source.ts';
import { demands } from './_workflow-expressions.ts';

export const file = '.github/workflows/train.yml';
export const workflow = (on: string, ...lines: readonly string[]): string =>
  ['name: train', `on: ${on}`, 'permissions: {}', 'jobs:', '  train:', '    runs-on: ubuntu-latest', ...lines.map((line) => `    ${line}`), ''].join('\n');
export const steps = (...lines: readonly string[]): readonly string[] => ['steps:', ...lines.map((line) => `  ${line}`)];
export const checkout = '- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';

/** Actions that give a task to an agent or a model. */
export const agents =
  /^(?:anthropics\/claude-code(?:-base)?-action|google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action|openai\/codex-action|actions\/ai-inference|openhands\/[\w-]+|all-hands-ai\/[\w-]+|paul-gauthier\/aider[\w-]*|mirrajabi\/aider[\w-]*|qodo-ai\/pr-agent|codium-ai\/pr-agent|cursor\/[\w-]+|github\/copilot[\w-]*|block\/goose[\w-]*|warpdotdev\/[\w-]+)@/i;

/** Command lines that give a task to an agent or a model. */
export const startsAgent =
  /(?:^|[\s;&|("'])(?:claude\s+(?:-p|--print)|codex\s+exec|gemini\s+(?:-p|--prompt|-y|--yolo)|copilot\s+(?:-p|--prompt)|cursor-agent\s+(?:-p|--print)|aider\s+(?:-m|--message|--yes)|opencode\s+run|goose\s+run|q\s+chat|llm\s+-|python[\d.]*\s+-m\s+(?:openhands|sweagent)\b|openhands\s+(?:--?\w|run)|sweagent\s+run|amp\s+(?:-x|--execute)|mini\s+(?:-t|--task))/m;

export interface Script {
  readonly value: Value;
  readonly expression: string;
  readonly at: Value;
}

/** Inputs whose text an action hands to a shell or an interpreter. */
const runInputs = (
  'script inlineScript inline-script run cmd command commands code prepare pre-script post-script pre_script post_script preCommands postCommands ' +
  'on_retry_command new_command_on_retry build-command build_command test-command test_command install-command install_command'
).split(' ');
/** Actions with such inputs under names that mean something else elsewhere. */
const runInputsOf: readonly (readonly [action: RegExp, inputs: readonly string[]])[] = [
  [/^uraimo\/run-on-arch-action@/i, ['install', 'setup']],
  [/^gradle\/gradle-build-action@/i, ['arguments']],
  [/^cypress-io\/github-action@/i, ['start', 'build', 'install-command']],
];

/** Expressions in what a step runs, each with its own place. */
export function expressionsOf(step: Resource, context: ResourceContext): readonly Script[] {
  const map = mapOfResource(step);
  const uses = textAt(step, 'uses') ?? '';
  const bodies = [
    ...lookIn(map, 'run').values,
    ...lookIn(map, 'shell').values,
    ...(uses.startsWith('docker://') ? ['args', 'entrypoint'].flatMap((name) => lookIn(map, `with.${name}`).values) : []),
    ...(uses === '' ? [] : [...runInputs, ...runInputsOf.flatMap(([action, inputs]) => (action.test(uses) ? inputs : []))].flatMap((name) => lookIn(map, `with.${name}`).values)),
  ];
  return bodies.flatMap((value) => {
    if (value.kind !== 'string') return [];
    const { path, range } = value.origin;
    const text = sourceOf(context, { path, range });
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

/** What holds of runs on code of the repository itself alone: no pull request, or none of a fork. */
const ownCode = new RegExp(
  [
    /\bhead\.repo\.full_name == (?:github\.repository\b|github\.event\.pull_request\.base\.repo\.full_name|github\.event\.repository\.full_name|'[\w.-]+\/[\w.-]+')/,
    /(?:github\.repository|'[\w.-]+\/[\w.-]+') == github\.event\.pull_request\.head\.repo\.full_name/,
    /\bhead\.repo\.id == github\.(?:repository_id|event\.repository\.id)/,
    /\bhead\.repo\.owner\.login == (?:github\.repository_owner|'[\w-]+')/,
    /\bhead(?:\.repo|_repository)\.fork (?:== false|!= true)/,
    /^!\s*github\.event\.(?:pull_request\.head\.repo|workflow_run\.head_repository)\.fork$/,
    /\bworkflow_run\.head_repository\.(?:full_name == (?:github\.repository\b|'[\w.-]+\/[\w.-]+')|id == github\.repository_id|owner\.login == (?:github\.repository_owner|'[\w-]+'))/,
    /\bworkflow_run\.event == '(?:push|schedule|release|workflow_dispatch|merge_group)'/,
    /\bworkflow_run\.event != 'pull_request'/,
    /\bgithub\.event_name == '(?:push|schedule|release|workflow_dispatch|merge_group|pull_request)'/,
  ]
    .map((one) => one.source)
    .join('|'),
  'i',
);

/** The job that a step belongs to. */
export function jobOf(step: Resource, context: ResourceContext): Resource | undefined {
  const name = step.address.slice('github_step.'.length, step.address.lastIndexOf('#'));
  return (context.unit.byType.get('github_job') ?? []).find((one) => one.name === name);
}

/** Conditions of a step and of its job. */
export function conditionsOf(step: Resource, context: ResourceContext): readonly string[] {
  return [step, jobOf(step, context)].flatMap((one) => (one ? (textAt(one, 'if') ?? []) : []));
}

/** True where a step runs for code of the repository itself alone. */
export function isForOwnCode(step: Resource, context: ResourceContext): boolean {
  return conditionsOf(step, context).some((one) => demands(one, ownCode));
}

/** The version that stands behind an action's name, or beside its commit in a comment. */
export function statedVersion(uses: Value & { readonly kind: 'string' }, context: ResourceContext): string | undefined {
  const version = uses.value.split('@')[1];
  const text = context.sources.document(uses.at.path)?.text ?? '';
  const comment = /^["']?\s*#\s*(v?\d[\d.]*)/.exec(text.slice(uses.at.range.end, uses.at.range.end + 60))?.[1];
  return (version !== undefined && /^[0-9a-f]{40}$/.test(version) ? comment : version)?.replace(/^v/, '');
}
