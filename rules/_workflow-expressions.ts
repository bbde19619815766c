import { lookIn, scalar, type Resource, type Value } from '../server/rule/queries.ts';
import type { ResourceContext } from '../server/rule/rule.ts';
import { mapOfResource, textAt } from './_kubernetes.ts';

/** What strangers write into an event, below `github.event`. */
const written: readonly RegExp[] = [
  /issue\.(?:title|body)/,
  /pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))/,
  /comment\.body/,
  /review\.body/,
  /review_comment\.body/,
  /discussion\.(?:title|body)/,
  /pages\b.*\.page_name/,
  /commits\b.*\.(?:message|author\.(?:email|name))/,
  /head_commit\.(?:message|author\.(?:email|name)|committer\.(?:email|name))/,
  /workflow_run\.(?:head_branch|display_title|head_commit\.(?:message|author\.(?:email|name)))/,
  /workflow_run\.(?:head_repository\.description|pull_requests\b.*\.head\.ref)/,
  /milestone\.(?:title|description)/,
  /label\.(?:name|description)/,
];
/** Parts of an event that strangers write. */
export const hostile = new RegExp(
  `github\\.event\\.(?:${written.map((one) => one.source).join('|')})|github\\.head_ref|github\\.event\\.ref\\b|\\btoJSON\\(\\s*github(?:\\.event)?\\s*\\)`,
  'i',
);
/** Values that whoever starts the workflow, or an earlier step, decides. */
export const computed = new RegExp(
  [
    /\b(?:inputs\.|github\.event\.(?:inputs|client_payload)|steps\.[\w-]+\.outputs|needs\.[\w-]+\.outputs)/,
    /\b(?:env\.|matrix\.|github\.(?:ref_name|ref|base_ref|event\b|actor|triggering_actor)|jobs\.[\w-]+\.outputs|vars\.)/,
  ]
    .map((one) => one.source)
    .join('|'),
  'i',
);
/** Fields of events with numbers, digests, times, switches and addresses of GitHub's own making. Source: "Webhook events and payloads" of its documentation. */
const harmlessFields = (
  'id node_id number action sha before after size url html_url \\w+_url \\w+_at \\w+_count fork private draft merged locked archived disabled prerelease mergeable rebaseable ' +
  'state state_reason conclusion status event run_number run_attempt head_sha merge_commit_sha type visibility author_association additions deletions changed_files commits ' +
  'comments review_comments'
).split(' ');
const harmless = new RegExp(
  [
    `\\bgithub\\.event\\.(?:[\\w.[\\]*]+\\.)?(?:${harmlessFields.join('|')})\\b(?![.[])`,
    '\\bgithub\\.event\\.(?:pull_request\\.base\\.ref|repository\\.(?:name|full_name|default_branch|owner\\.login))\\b',
    '\\benv\\.(?:CI|HOME|PATH|GITHUB_\\w+|RUNNER_\\w+)\\b',
    '\\bjob\\.status\\b',
    '\\bsteps\\.[\\w-]+\\.outputs\\.cache-hit\\b',
  ].join('|'),
  'gi',
);

/**
 * The parts of an expression whose text may become its value: of `a == 'x' && b || 'c'` that is `b`. Comparisons, negations,
 * tests and literals have no text of others.
 */
export function textParts(written: string): readonly string[] {
  const expression = written.replace(/(?<=[\w\])])\[\s*'([\w-]+)'\s*\]/g, '.$1');
  return split(expression, '||').flatMap((alternative) => {
    const own = unwrapped(split(alternative, '&&').at(-1)!.trim());
    if (split(own, '||').length > 1 || split(own, '&&').length > 1) return textParts(own);
    if (
      /^(?:'(?:[^']|'')*'|[\d.]+|true|false|null)$/.test(own) ||
      /^!/.test(own) ||
      /[=!<>]=|[<>]/.test(own.replace(/'[^']*'/g, '')) ||
      /^(?:contains|startsWith|endsWith|success|always|cancelled|failure|hashFiles)\s*\(/i.test(own)
    )
      return [];
    return [own.replace(/'(?:[^']|'')*'/g, "''").replace(harmless, '')];
  });
}

/** As `textParts`, without inputs whose type leaves no room for text: choices, switches and numbers. */
export function openParts(expression: string, context: ResourceContext): readonly string[] {
  return textParts(expression).map((part) =>
    part.replace(/\b(?:github\.event\.)?inputs\.([\w-]+)/g, (all, name: string) => (isFixedInput(name, context) ? '' : all)),
  );
}

function isFixedInput(name: string, context: ResourceContext): boolean {
  const declared = (context.unit.byType.get('github_workflow') ?? []).flatMap((one) =>
    ['workflow_dispatch', 'workflow_call'].flatMap((trigger) => lookIn(mapOfResource(one), `on.${trigger}.inputs.${name}`).values),
  );
  const fixed = /^(?:choice|boolean|number|environment)$/;
  return declared.length > 0 && declared.every((one) => one.kind === 'map' && fixed.test(String(scalar(one.entries.get('type')?.value) ?? '')));
}

/** The alternatives of a condition, of which one suffices. */
export function alternativesOf(condition: string): readonly string[] {
  return split(condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1'), '||').map((one) => unwrapped(one.trim()));
}

/** True where a condition lets nothing pass for which the pattern does not match one of its parts: every alternative has such a part. */
export function demands(condition: string, part: RegExp): boolean {
  const plain = condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').replace(/\s+/g, ' ');
  return split(plain, '||').every((alternative) =>
    split(alternative, '&&').some((one) => {
      const own = unwrapped(one.trim());
      const composed = split(own, '||').length > 1 || split(own, '&&').length > 1;
      return composed ? demands(own, part) : part.test(own);
    }),
  );
}

/** Parts at an operator outside of brackets and texts. */
function split(text: string, operator: string): readonly string[] {
  const out: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (depth === 0 && text.startsWith(operator, at)) {
      out.push(text.slice(from, at));
      from = at + operator.length;
      at = from - 1;
    }
  }
  return [...out, text.slice(from)];
}

function unwrapped(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text;
  }
  return unwrapped(text.slice(1, -1).trim());
}

/** True where an environment variable is set in the workflow, to what nobody but its author decides. */
export function isFixedVariable(step: Resource, name: string, context: ResourceContext): boolean {
  const set = variable(step, name, context);
  return set !== undefined && set.kind !== 'unknown' && !partsOf(set).some((one) => hostile.test(one) || computed.test(one));
}

/** True for an expression that gives the text of an environment variable in which the workflow puts what strangers write. */
export function isHostileVariable(step: Resource, expression: string, context: ResourceContext): boolean {
  const name = /^env\.([\w-]+)$/.exec(expression.trim())?.[1];
  const set = name === undefined ? undefined : variable(step, name, context);
  return set !== undefined && partsOf(set).some((one) => hostile.test(one));
}

/** True for a variable in which GitHub itself or the workflow puts what strangers write. */
export function holdsStrangersText(step: Resource, name: string, context: ResourceContext): boolean {
  const set = variable(step, name, context);
  return set === undefined ? name === 'GITHUB_HEAD_REF' : partsOf(set).some((one) => hostile.test(one));
}

/** True for a variable in which the workflow puts the head of a pull request. */
export function holdsHead(step: Resource, name: string, context: ResourceContext): boolean {
  const set = variable(step, name, context);
  return set?.kind === 'string' && /\bpull\/\$\{\{|pull_request\.head\.(?:sha|ref|repo\.(?:\w+_url|full_name))|github\.head_ref|pull_request\.merge_commit_sha|workflow_run\.head_(?:sha|branch|repository\.(?:\w+_url|full_name))/i.test(set.value);
}

/** What a script or an action looks up to find the head of a pull request. */
const looksUpHead = /\bheadRef(?:Oid|Name)\b|\bhead\.(?:sha|ref)\b|\bhead_(?:sha|ref|branch)\b|\bpulls\.get\b|pull-request-comment-branch@|\brefs\/pull\//;

/** True for an expression that gives the head of a pull request by way of a variable, of an earlier step or of an earlier job. */
export function leadsToHead(step: Resource, expression: string, context: ResourceContext, depth = 0): boolean {
  if (depth > 3) return false;
  const name = /^env\.(\w+)$/.exec(expression)?.[1];
  if (name !== undefined) return holdsHead(step, name, context);
  const [, kind, owner, output] = /^(steps|needs)\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
  if (kind === 'steps') {
    const job = step.address.slice(0, step.address.lastIndexOf('#') + 1);
    const source = (context.unit.byType.get('github_step') ?? []).find((one) => one.address.startsWith(job) && textAt(one, 'id') === owner);
    return source !== undefined && ['run', 'with.script', 'uses'].some((path) => looksUpHead.test(textAt(source, path) ?? ''));
  }
  const other = (context.unit.byType.get('github_job') ?? []).find((one) => one.name === owner);
  const given = other === undefined ? undefined : textAt(other, `outputs.${output}`);
  const inner = /^\$\{\{\s*(.+?)\s*\}\}$/.exec(given ?? '')?.[1];
  const inOther = (context.unit.byType.get('github_step') ?? []).find((one) => one.address.startsWith(`github_step.${owner}#`));
  return inner !== undefined && inOther !== undefined && leadsToHead(inOther, inner, context, depth + 1);
}

/** What a step, its job or its workflow sets a variable to. */
export function variable(step: Resource, name: string, context: ResourceContext): Value | undefined {
  const job = step.address.slice('github_step.'.length, step.address.lastIndexOf('#'));
  const owners = [
    step,
    ...(context.unit.byType.get('github_job') ?? []).filter((one) => one.name === job),
    ...(context.unit.byType.get('github_workflow') ?? []),
  ];
  return owners.flatMap((one): readonly Value[] => lookIn(mapOfResource(one), `env.${name}`).values)[0];
}

/** The parts of all expressions in a text. */
export function partsOf(value: Value): readonly string[] {
  return value.kind === 'string' ? [...value.value.matchAll(/\$\{\{((?:(?!\}\})[\s\S])*)\}\}/g)].flatMap((match) => textParts(match[1]!.trim())) : [];
}
