import { lookIn, truth, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { rewrite } from '../_fixes.ts';
import { sourceOf } from '../_source.ts';
import { asVariables } from '../_workflow-fixes.ts';
import { alternativesOf, computed, holdsHead, holdsStrangersText, hostile, isFixedVariable, isHostileVariable, leadsToHead, openParts, partsOf } from '../_workflow-expressions.ts';
import { checkout, expressionsOf, file, isForOwnCode, steps, triggers, workflow } from '../_workflows.ts';

/** What stands below a name in a value, in the items of a list as well. */
const below = (value: Value, name: string): readonly Value[] =>
  value.kind === 'list' ? value.items.flatMap((item) => below(item, name)) : value.kind === 'map' ? [value.entries.get(name)?.value ?? []].flat() : [value];

/** True where the value of a matrix (`version.folder` in `matrix.version.folder`) is given by an expression. */
function dynamicMatrix(step: Resource, path: string, context: ResourceContext): boolean {
  const [name, ...rest] = path.split('.') as [string, ...string[]];
  const job = step.address.slice('github_step.'.length, step.address.lastIndexOf('#'));
  const found = (context.unit.byType.get('github_job') ?? []).find((one) => one.name === job);
  const strategy = found && lookIn(mapOfResource(found), 'strategy.matrix').values[0];
  if (!strategy) return false;
  if (strategy.kind !== 'map') return true;
  const texts = (value: Value): readonly string[] =>
    value.kind === 'string'
      ? [value.value]
      : value.kind === 'list'
        ? value.items.flatMap(texts)
        : value.kind === 'map'
          ? [...value.entries.values()].flatMap((entry) => texts(entry.value))
          : [];
  const own = [strategy.entries.get(name)?.value ?? []].flat();
  const included = [strategy.entries.get('include')?.value ?? []].flat().flatMap((value) => below(value, name));
  const entries = rest.reduce<readonly Value[]>((values, part) => values.flatMap((value) => below(value, part)), [...own, ...included]);
  return entries.some((value) => texts(value).some((text) => computed.test(text) || hostile.test(text) || /fromJSON/.test(text)));
}

/** Commands that bring the head of a pull request into the working folder. */
const fetched = new RegExp(
  [
    /\bgh\s+pr\s+checkout\b/,
    /\bgit\s+(?:fetch|pull)\b[^\n;&]*\bpull\//,
    /\bgit\s+(?:checkout|fetch|pull|switch|reset|merge)\b[^\n;&]*(?:head\.(?:sha|ref)|head_ref|workflow_run\.head_(?:sha|branch)|\bHEAD_(?:SHA|REF)\b)/,
    /\bgit\s+(?:clone|remote\s+add)\b[^\n;&]*\bhead(?:\.repo|_repository)\.(?:\w+_url|full_name)/,
    /\b(?:curl|wget|gh\s+api)\b[^\n;&]*\/(?:archive|tarball|zipball)\/[^\n;&]*(?:head\.(?:sha|ref)|head_ref|workflow_run\.head_(?:sha|branch))/,
  ]
    .map((one) => `^(?![ \\t]*#).*?${one.source}`)
    .join('|'),
  'm',
);

/** The rest of a command that says what comes into the working folder. */
const taken = /^(?![ \t]*#).*?(?:\bgit[ \t]+(?:checkout|fetch|pull|reset|switch|merge|clone|remote[ \t]+add)\b|\b(?:curl|wget|gh[ \t]+api)\b(?=[^\n;&]*\/(?:archive|tarball|zipball)\/))([^\n;&]*)/gm;

/** Variables that GitHub itself sets and no stranger words. Source: "Default environment variables" of its documentation. */
const ofGitHub = /^(?:GITHUB_(?:SERVER_URL|API_URL|GRAPHQL_URL|SHA|RUN_ID|RUN_NUMBER|RUN_ATTEMPT|REPOSITORY|REPOSITORY_ID|REPOSITORY_OWNER|REPOSITORY_OWNER_ID|JOB|WORKSPACE|EVENT_NAME|ENV|PATH|OUTPUT|STEP_SUMMARY|ACTION|ACTOR_ID)|RUNNER_\w+|HOME|PWD|CI)$/;

/** Where a line writes what becomes the environment of later steps. */
const toEnvironment = /(?:>>|\btee\s+(?:-a|--append)|\b(?:Out-File|Add-Content|Tee-Object)\b[^\n|]*?)\s*"?\$\{?(?:env:)?GITHUB_(?:ENV|PATH)/i;

/** Whether what a script writes to the environment comes from its own words and from variables of GitHub alone. */
function ownOnly(script: string, isFixed: (name: string) => boolean): boolean {
  const known = new Set<string>();
  for (const line of script.split('\n')) {
    const set = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
    const uses = [...(set ? set[2]! : line).matchAll(/\$\{?(\w+)/g)].map((one) => one[1]!);
    const own = !/\$\(|`|\$\{\{/.test(line) && uses.every((name) => ofGitHub.test(name) || known.has(name) || isFixed(name));
    if (set && own) known.add(set[1]!);
    else if (set) known.delete(set[1]!);
    // What a program prints is not its own words: `cat result.env >> "$GITHUB_ENV"`.
    if (toEnvironment.test(line) && !(own && /(?:^|[;&]\s*)\s*(?:echo|printf)\b[^|;&]*(?:>>|\|\s*tee\b)/.test(line))) return false;
  }
  return !/<<|\{\s*$/m.test(script);
}

/** A script of `actions/github-script` that hands on what strangers write: titles, bodies and names of branches. */
const exported = /\bcore\.(?:exportVariable|addPath)\([^;\n]*\bcontext\.payload\??\.\w+\??\.(?:title|body|head\??\.(?:ref|label)|message)\b/;

/** Events that strangers cause, and whose workflows have secrets. */
const withSecrets = /^(?:issues|issue_comment|discussion|discussion_comment|pull_request_target|workflow_run)$/;

/** True where a line that writes the environment holds a variable with what strangers write. */
function writesStrangersText(script: string, isForeign: (name: string) => boolean): boolean {
  return script.split('\n').some((line) => /^\s*(?:(?:echo|printf|Write-Output)\b|["'$])/i.test(line) && toEnvironment.test(line) && [...line.matchAll(/\$\{?(?:env:)?(\w+)/gi)].some((one) => isForeign(one[1]!)));
}

export default [
  objectRule({
    id: 'input-validation/workflow-injection',
    title: 'Text of strangers in a script',
    severity: 'high',
    types: ['github_step'],
    file,
    what: 'Reports expressions with text that anybody can write (titles, bodies, branch names, commit messages) in `run` and in scripts.',
    why: 'The text is pasted into the script before it runs: a title such as `$(curl evil)` runs on the runner, with its token and secrets.',
    references: ['CWE-94', 'CWE-78', 'SI-10'],
    check: (resource, tell, context) => {
      for (const one of expressionsOf(resource, context))
        if (openParts(one.expression, context).some((part) => hostile.test(part) || isHostileVariable(resource, part, context)))
          tell(one.at, `Text that strangers write (${one.expression.slice(0, 60)}) becomes part of the script of "${resource.name}".`, asVariables(resource, [one], context));
    },
    bad: workflow('issues', ...steps('- run: echo "${{ github.event.issue.title }}"', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    fixed: workflow('issues', ...steps('- run: echo "${ISSUE_TITLE}"', '  env:', '    ISSUE_TITLE: "${{ github.event.issue.title }}"')),
    good: workflow('issues', ...steps('- run: echo "$TITLE"', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
    more: [
      {
        file,
        bad: workflow('pull_request', ...steps('- run: echo ${{ GITHUB.HEAD_REF }}', '            ^^^^^^^^^^^^^^^^^^^^^^')),
        good: workflow('pull_request', ...steps('- run: echo ${{ GITHUB.SHA }}')),
      },
      {
        file,
        bad: workflow('issues', ...steps("- run: echo ${{ github['event']['issue']['title'] }}", `            ${'^'.repeat("${{ github['event']['issue']['title'] }}".length)}`)),
        good: workflow('issues', ...steps("- run: echo ${{ github['event']['issue']['number'] }}")),
      },
    ],
  }),
  objectRule({
    id: 'input-validation/workflow-expression-in-script',
    title: 'Computed value in a script',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports expressions in scripts whose value an input, an earlier step or the event decides.',
    why: 'The value is pasted into the script before it runs; as a variable in `env` it would stay data.',
    references: ['CWE-94', 'SI-10'],
    check: (resource, tell, context) => {
      for (const one of expressionsOf(resource, context)) {
        const parts = openParts(one.expression, context);
        if (parts.some((part) => hostile.test(part) || isHostileVariable(resource, part, context))) continue;
        const decided = (part: string): boolean => {
          const matrix = /\bmatrix\.([\w-]+(?:\.[\w-]+)*)/.exec(part)?.[1];
          const rest = part
            .replace(/\bmatrix\.[\w.-]+/g, '')
            .replace(/\benv\.([\w-]+)/g, (all, name: string) => (isFixedVariable(resource, name, context) ? '' : all));
          return computed.test(rest) || (matrix !== undefined && dynamicMatrix(resource, matrix, context));
        };
        if (parts.some(decided)) tell(one.at, `A computed value (${one.expression.slice(0, 60)}) becomes part of the script of "${resource.name}".`, asVariables(resource, [one], context));
      }
    },
    bad: workflow('workflow_dispatch', ...steps('- run: make ${{ inputs.target }}', '            ^^^^^^^^^^^^^^^^^^^^')),
    fixed: workflow('workflow_dispatch', ...steps('- run: make "${TARGET}"', '  env:', '    TARGET: "${{ inputs.target }}"')),
    good: workflow('workflow_dispatch', ...steps('- run: make "$TARGET"', '  env:', '    TARGET: ${{ inputs.target }}')),
    more: [
      {
        file,
        bad: workflow(
          '\n  workflow_dispatch:\n    inputs:\n      level:\n        type: string',
          ...steps('- run: make ${{ inputs.level }}', '            ^^^^^^^^^^^^^^^^^^^'),
        ),
        good: workflow('\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\n        options: [a, b]', ...steps('- run: make ${{ inputs.level }}')),
      },
    ],
  }),
  objectRule({
    id: 'input-validation/untrusted-checkout',
    title: 'Code of strangers with the rights of the repository',
    severity: 'high',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports workflows on `pull_request_target`, `workflow_run` or `issue_comment` that check out the head of the pull request, with an action or with git.',
    why: 'Such workflows run with secrets and a token that writes; the code of a stranger then has both.',
    references: ['CWE-829', 'AC-6', 'SI-7'],
    check: (resource, tell, context) => {
      const on = triggers(context);
      if (!on.some((one) => /^(?:pull_request_target|workflow_run|issue_comment)$/.test(one)) || isForOwnCode(resource, context)) return;
      for (const run of lookIn(mapOfResource(resource), 'run').values)
        if (run.kind === 'string' && (fetched.test(run.value) || [...run.value.matchAll(taken)].some((one) => [...one[1]!.matchAll(/\$\{?(\w+)/g)].some((name) => holdsHead(resource, name[1]!, context)))))
          tell(run, `"${resource.name}" checks out code of the pull request in a workflow that has secrets.`);
      if (!/^actions\/checkout@/.test(textAt(resource, 'uses') ?? '')) return;
      const [head] = ['with.ref', 'with.repository'].flatMap((path) => lookIn(mapOfResource(resource), path).values).filter((value) => value.kind === 'string' && (/head\.(?:sha|ref|repo)|head_ref|merge_commit_sha|head_(?:sha|branch)|refs\/pull/.test(value.value) || partsOf(value).some((part) => leadsToHead(resource, part.trim(), context))));
      if (head) tell(head, `"${resource.name}" checks out code of the pull request in a workflow that has secrets.`);
    },
    bad: workflow(
      'pull_request_target',
      ...steps(checkout, '  with:', '    ref: ${{ github.event.pull_request.head.sha }}', '         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    ),
    good: workflow('pull_request', ...steps(checkout, '  with:', '    ref: ${{ github.event.pull_request.head.sha }}')),
    more: [
      {
        file,
        bad: workflow('issue_comment', ...steps('- run: gh pr checkout "$NUMBER"', '       ^^^^^^^^^^^^^^^^^^^^^^^^')),
        good: workflow('issue_comment', ...steps('- run: gh pr view "$NUMBER"')),
      },
      {
        file,
        bad: workflow('pull_request_target', ...steps('- run: git checkout "$HEAD"', '       ^^^^^^^^^^^^^^^^^^^^', '  env:', '    HEAD: ${{ github.event.pull_request.head.sha }}')),
        good: workflow('pull_request_target', ...steps('- run: git checkout "$BASE"', '  env:', '    BASE: ${{ github.event.pull_request.base.sha }}')),
      },
      {
        file,
        bad: workflow(
          'issue_comment',
          ...steps('- id: pr', '  run: gh pr view 1 --json headRefOid >> "$GITHUB_OUTPUT"', checkout, '  with:', '    ref: ${{ steps.pr.outputs.commit }}', '         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
        ),
        good: workflow('issue_comment', ...steps('- id: pr', '  run: gh release view --json tagName >> "$GITHUB_OUTPUT"', checkout, '  with:', '    ref: ${{ steps.pr.outputs.commit }}')),
      },
      {
        file,
        bad: workflow('pull_request_target', ...steps('- run: git clone --branch "$REF" "$URL" src', `       ${'^'.repeat('git clone --branch "$REF" "$URL" src'.length)}`, '  env:', '    REF: train', '    URL: ${{ github.event.pull_request.head.repo.clone_url }}')),
        good: workflow('pull_request_target', 'if: github.event.pull_request.head.repo.full_name == github.repository', ...steps(checkout, '  with:', '    ref: ${{ github.event.pull_request.head.sha }}')),
      },
    ],
  }),
  objectRule({
    id: 'input-validation/workflow-environment-write',
    title: 'Environment written in a workflow with secrets',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports writing to GITHUB_ENV or GITHUB_PATH, also by `core.exportVariable`, in workflows that strangers can start with the rights of the repository.',
    why: 'What is written becomes the environment of later steps: `LD_PRELOAD` or `NODE_OPTIONS` run code there.',
    references: ['CWE-94', 'CWE-427', 'SI-10'],
    check: (resource, tell, context) => {
      const on = triggers(context);
      const script = lookIn(mapOfResource(resource), 'with.script').values[0];
      if (script?.kind === 'string' && exported.test(script.value) && on.some((one) => withSecrets.test(one))) return tell(script, `"${resource.name}" writes the environment of later steps.`);
      const run = resource.attributes.get('run')?.value;
      if (run?.kind !== 'string' || !toEnvironment.test(run.value)) return;
      const open = on.includes('pull_request_target') || on.includes('workflow_run');
      const foreign = on.some((one) => withSecrets.test(one)) && writesStrangersText(run.value, (name) => holdsStrangersText(resource, name, context));
      if (foreign || (open && !ownOnly(run.value, (name) => isFixedVariable(resource, name, context)))) tell(run, `"${resource.name}" writes the environment of later steps.`);
    },
    bad: workflow('pull_request_target', ...steps('- run: echo "V=$(cat v)" >> $GITHUB_ENV', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: echo "V=$(cat v)" >> $GITHUB_ENV')),
    more: [
      {
        file,
        bad: workflow('workflow_run', ...steps('- run: cat result.env >> "$GITHUB_ENV"', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
        good: workflow('workflow_run', ...steps('- run: echo "MODE=$GITHUB_SHA" >> "$GITHUB_ENV"')),
      },
      {
        file,
        bad: workflow('issues', ...steps('- uses: actions/github-script@v7', '  with:', "    script: core.exportVariable('TITLE', context.payload.issue.title)", `            ${'^'.repeat("core.exportVariable('TITLE', context.payload.issue.title)".length)}`)),
        good: workflow('issues', ...steps('- uses: actions/github-script@v7', '  with:', "    script: core.exportVariable('NUMBER', context.payload.issue.number)")),
      },
      {
        file,
        bad: workflow('workflow_run', ...steps('- run: cat pr/number.txt | tee -a $GITHUB_ENV', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
        good: workflow('workflow_run', ...steps('- run: echo "MODE=$GITHUB_SHA" | tee -a "$GITHUB_ENV"')),
      },
      {
        file,
        bad: workflow('issues', ...steps('- run: echo "$TITLE" >> "$GITHUB_PATH"', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
        good: workflow('issues', ...steps('- run: echo "N=$NUMBER" >> "$GITHUB_ENV"', '  env:', '    NUMBER: ${{ github.event.issue.number }}')),
      },
    ],
  }),
  objectRule({
    id: 'input-validation/unsecure-commands',
    title: 'Old workflow commands switched on',
    severity: 'medium',
    types: ['github_workflow', 'github_job', 'github_step'],
    file,
    what: 'Reports ACTIONS_ALLOW_UNSECURE_COMMANDS.',
    why: 'Every line that a step prints can then set variables of later steps.',
    references: ['CWE-94', 'CM-7'],
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'env.ACTIONS_ALLOW_UNSECURE_COMMANDS').values)
        if (truth(value) === true) tell(value, `"${resource.name}" lets what is printed set variables.`, rewrite(value, 'false'));
    },
    bad: workflow('push', 'env:', '  ACTIONS_ALLOW_UNSECURE_COMMANDS: true', '                                   ^^^^', ...steps('- run: make')),
    fixed: workflow('push', 'env:', '  ACTIONS_ALLOW_UNSECURE_COMMANDS: false', ...steps('- run: make')),
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/dangerous-trigger',
    title: 'Workflow that strangers start with secrets',
    severity: 'low',
    confidence: 'medium',
    types: ['github_workflow'],
    file,
    what: 'Reports the triggers `pull_request_target` and `workflow_run`.',
    why: 'They run with secrets on what a stranger sent; one step that trusts it is enough.',
    references: ['CWE-829', 'AC-6'],
    whenNotToUse: 'For workflows that only label or comment.',
    check: (resource, tell) => {
      const on = resource.attributes.get('on') ?? resource.attributes.get('true');
      const values: readonly Value[] =
        on?.value.kind === 'string'
          ? [on.value]
          : on?.value.kind === 'list'
            ? on.value.items
            : on?.value.kind === 'map'
              ? [...on.value.entries.values()].map((entry): Value => ({ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin }))
              : [];
      for (const value of values)
        if (value.kind === 'string' && /^(?:pull_request_target|workflow_run)$/.test(value.value))
          tell(value, `Workflow "${resource.name}" runs with secrets on ${value.value}.`);
    },
    bad: `name: train\non: pull_request_target\n    ^^^^^^^^^^^^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`,
    good: workflow('pull_request', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/untrusted-artifact',
    title: 'Artefact of strangers in a workflow with secrets',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports workflows on `workflow_run` that download artefacts of the run before into their working folder.',
    why: 'The run before may have been started by a pull request of a stranger, who then decides what lies in the folder of a workflow that has secrets.',
    references: ['CWE-829', 'SI-7', 'SI-10'],
    noFix: 'The artefact has to go into a folder of its own, and what it holds has to be checked.',
    whenNotToUse: 'Where only runs of the default branch are waited for.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('workflow_run') || isForOwnCode(resource, context)) return;
      const uses = resource.attributes.get('uses')?.value;
      const run = resource.attributes.get('run')?.value;
      const path = textAt(resource, 'with.path') ?? '';
      const script = lookIn(mapOfResource(resource), 'with.script').values[0];
      if (script?.kind === 'string' && /\bdownloadArtifact\s*\(/.test(script.value) && /\bwriteFile/.test(script.value) && !/RUNNER_TEMP|runner\.temp|['"`]\/tmp\/|tmpdir\(/.test(script.value))
        tell(script, `"${resource.name}" puts files that strangers may have made beside those of the workflow.`);
      if (
        uses?.kind === 'string' &&
        /^(?:actions\/download-artifact|dawidd6\/action-download-artifact)@/.test(uses.value) &&
        !/runner\.temp|^\/tmp\b/.test(path)
      )
        tell(uses, `"${resource.name}" puts files that strangers may have made beside those of the workflow.`);
      else if (run?.kind === 'string' && /\bgh\s+run\s+download\b(?![^\n]*(?:-D|--dir)[ =]\S*(?:RUNNER_TEMP|\/tmp|runner\.temp))/.test(run.value))
        tell(run, `"${resource.name}" puts files that strangers may have made beside those of the workflow.`);
    },
    bad: workflow(
      'workflow_run',
      ...steps(
        '- uses: actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16',
        `        ${'^'.repeat('actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16'.length)}`,
      ),
    ),
    good: workflow(
      'workflow_run',
      ...steps('- uses: actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16', '  with:', '    path: ${{ runner.temp }}/results'),
    ),
  }),
  objectRule({
    id: 'input-validation/condition-always-true',
    title: 'Condition that always holds',
    severity: 'medium',
    types: ['github_step', 'github_job'],
    file,
    what: 'Reports conditions in which text stands around an expression, such as a line end after `}}`, and those with `always()` as one of their alternatives.',
    why: 'A text that is not empty is true, as is an alternative that always holds: the check that it looks like never fails.',
    references: ['CWE-863', 'AC-3'],
    whenNotToUse: 'Never.',
    check: (resource, tell, context) => {
      const own = resource.attributes.get('if')?.value;
      if (own?.kind !== 'string') return;
      const alternatives = alternativesOf(own.value);
      if (alternatives.length > 1 && alternatives.some((one) => /^(?:always\(\s*\)|true)$/i.test(one))) return tell(own, `The condition of "${resource.name}" always holds, whatever its other alternatives say.`);
      if (!own.value.includes('${{')) return;
      const whole = /^\s*\$\{\{[\s\S]*\}\}$/.test(own.value) && own.value.split('${{').length === 2;
      // A block text keeps its last line end unless it says `-`.
      const source = sourceOf(context, own.origin);
      if (!whole || (/^[|>][+\d]*\s*\n/.test(source) && own.value.endsWith('\n'))) tell(own, `The condition of "${resource.name}" is a text and always holds.`);
    },
    bad: workflow('push', "if: ${{ github.actor }} == 'ada'", `    ${'^'.repeat("${{ github.actor }} == 'ada'".length)}`, ...steps('- run: make')),
    good: workflow('push', "if: ${{ github.actor == 'ada' }}", ...steps('- run: make')),
    more: [
      {
        file,
        bad: workflow('pull_request', 'if: always() || github.event.pull_request.merged', `    ${'^'.repeat('always() || github.event.pull_request.merged'.length)}`, ...steps('- run: make')),
        good: workflow('pull_request', 'if: always() && github.event.pull_request.merged', ...steps('- run: make')),
      },
    ],
  }),
];
