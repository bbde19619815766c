import { lookIn, type Resource } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { demands } from '../_workflow-expressions.ts';
import { conditionsOf, file, jobOf, steps, triggers, workflow } from '../_workflows.ts';

/** Names and texts of an event that its sender chooses: branches of forks, titles, authors of commits. */
const chosen = [
  'github\\.head_ref',
  'github\\.event\\.pull_request\\.(?:title|head\\.(?:ref|label))',
  'github\\.event\\.workflow_run\\.(?:head_branch|display_title|head_commit\\.(?:message|author\\.\\w+))',
].join('|');
const chosenPart = new RegExp(`(?:${chosen}) == '|' == (?:${chosen})|^(?:startsWith|endsWith|contains)\\( ?(?:${chosen}) ?, ?'`, 'i');
/** What says who sent an event, or where its code is from. */
const whoOrWhence =
  /\.user\.(?:login|id|type)|author_association|head\.repo\b|head_repository|workflow_run\.event\b|github\.(?:triggering_)?actor|\.sender\.|labels\b|event\.label\b|fetch-metadata|getCollaboratorPermission|collaborators?\/|permission-check|check-.*(?:permission|access|role)|allowed[_-]?(?:users|roles|teams)/i;
const strong = /^[ \t]*environment:|:\s*write\b|write-all|\bsecrets\.(?!GITHUB_TOKEN\b)\w+|secrets:\s*inherit/m;

const textOf = (resource: Resource, context: ResourceContext): string => {
  const { path, range } = resource.origin;
  return sourceOf(context, { path, range });
};

/** What a command of a stranger should not reach: code, packages, deployments, identities and secrets. */
const strongCommand = /\b(?:contents|packages|deployments|actions|pages|id-token|security-events|attestations)\s*:\s*write\b|write-all|\bsecrets\.(?!GITHUB_TOKEN\b)\w+|secrets:\s*inherit/;

/** Tests of an author that people without rights pass: whoever once contributed, or is only not unknown. */
const weakAssociation = /author_association (?:!= '(?:NONE|FIRST_TIMER|FIRST_TIME_CONTRIBUTOR)'|== '(?:CONTRIBUTOR|FIRST_TIME_CONTRIBUTOR|NONE)')|contains\( ?fromJSON\('\[[^\]]*"(?:CONTRIBUTOR|FIRST_TIME_CONTRIBUTOR|NONE)"[^\]]*\]'\) ?, ?github\.event\.comment\.author_association/i;

/** True where an action of the job looks itself at whether the person may write, and is not told to obey others. */
const asksItself = (job: string): boolean =>
  /\buses:\s*["']?(?:anthropics\/claude-code-action|openai\/codex-action|peter-evans\/slash-command-dispatch|xt0rted\/slash-command-action|github\/command)@/.test(job) &&
  !/(?:allowed_non_write_users|allow-users)\s*:\s*["']?\*|permission(?:-level)?:\s*["']?(?:none|read)\b/.test(job);

/** True where the rights or the secrets of a job reach further than to read. */
function isStrong(job: Resource, context: ResourceContext): boolean {
  const top = (context.unit.byType.get('github_workflow') ?? [])[0];
  const inherited = job.attributes.has('permissions') || !top ? [] : lookIn(mapOfResource(top), 'permissions').values;
  return strong.test(textOf(job, context)) || inherited.some((value) => strong.test(sourceOf(context, value.origin)));
}

/** Commands that change infrastructure without asking. */
const applies = /\b(?:terraform|tofu|terragrunt)\b[^\n;&|]*\bapply\b[^\n;&|]*-auto-approve|\bcdk\b[^\n;&|]*\bdeploy\b[^\n;&|]*--require-approval[= ]never|\bpulumi\s+up\b[^\n;&|]*\s(?:-y|--yes)\b|\bsam\s+deploy\b[^\n;&|]*--no-confirm-changeset/;

const approvers = /^(?:hmarr\/auto-approve-action|juliangruber\/approve-pull-request-action)@/i;
const approves = /\bgh\s+pr\s+review\b[^\n;&|]*\s(?:--approve|-a)\b|\bgh\s+pr\s+merge\b[^\n;&|]*\s--admin\b/;
const approvesInScript = /\bcreateReview\s*\([^;]*\bevent\s*:\s*['"`]APPROVE/;

const approver = 'hmarr/auto-approve-action@f0939ea97e9205ef24d872e76833fa908a770363';

export default [
  objectRule({
    id: 'auth/condition-on-chosen-name',
    title: 'Condition on a name that strangers choose',
    severity: 'low',
    confidence: 'low',
    types: ['github_job', 'github_step'],
    file,
    what: 'Reports workflows on `pull_request_target` and `workflow_run`, with secrets or rights to write, in which nothing but the name of a branch, a title or the author of a commit decides what runs.',
    why: 'A fork may call its branch `main` or `renovate/x`, and a commit names any author.',
    references: ['CWE-863', 'CWE-345', 'AC-3'],
    noFix: 'Whose code may pass has to be decided: the repository of the head, the event, or the author of the pull request can be compared.',
    whenNotToUse: 'Where the workflow that is waited for never runs for pull requests.',
    check: (resource, tell, context) => {
      const condition = resource.attributes.get('if')?.value;
      if (condition?.kind !== 'string' || !triggers(context).some((one) => one === 'pull_request_target' || one === 'workflow_run')) return;
      const job = resource.type === 'github_job' ? resource : jobOf(resource, context);
      if (!job || !demands(condition.value, chosenPart) || !isStrong(job, context)) return;
      if (!whoOrWhence.test([textOf(job, context), ...conditionsOf(resource, context)].join('\n'))) tell(condition, `A stranger can choose the name that lets "${resource.name}" run.`);
    },
    bad: workflow(
      'workflow_run',
      "if: github.event.workflow_run.head_branch == 'main'",
      `    ${'^'.repeat("github.event.workflow_run.head_branch == 'main'".length)}`,
      ...steps('- run: ./deploy', '  env:', '    KEY: ${{ secrets.KEY }}'),
    ),
    good: workflow(
      'workflow_run',
      "if: github.event.workflow_run.head_branch == 'main' && github.event.workflow_run.event == 'push'",
      ...steps('- run: ./deploy', '  env:', '    KEY: ${{ secrets.KEY }}'),
    ),
    more: [
      {
        file,
        bad: workflow(
          'pull_request_target',
          'permissions:',
          '  contents: write',
          "if: startsWith(github.head_ref, 'renovate/')",
          `    ${'^'.repeat("startsWith(github.head_ref, 'renovate/')".length)}`,
          ...steps('- run: gh pr merge --auto "$GITHUB_REF"'),
        ),
        good: workflow(
          'pull_request_target',
          'permissions:',
          '  contents: write',
          "if: github.event.pull_request.user.login == 'renovate[bot]' && startsWith(github.head_ref, 'renovate/')",
          ...steps('- run: gh pr merge --auto "$GITHUB_REF"'),
        ),
      },
    ],
  }),
  objectRule({
    id: 'auth/workflow-approves-everybody',
    title: 'Workflow that approves whatever is sent',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that approve a pull request, or merge it past the rules of its branch, for whoever opened it.',
    why: 'The approval counts as the second pair of eyes that the branch asks for: nobody has then looked.',
    references: ['CWE-862', 'AC-3', 'AC-6'],
    noFix: 'Whose pull requests need no second person has to be decided.',
    check: (resource, tell, context) => {
      if (!triggers(context).some((one) => /^(?:pull_request|pull_request_target|workflow_run|issue_comment)$/.test(one))) return;
      const own = mapOfResource(resource);
      const action = lookIn(own, 'uses').values.find((value) => value.kind === 'string' && approvers.test(value.value));
      const script = /^actions\/github-script@/.test(textAt(resource, 'uses') ?? '') ? textsAt(own, 'with.script').find((value) => approvesInScript.test(value.value)) : undefined;
      const at = action ?? script ?? textsAt(own, 'run').find((value) => approves.test(value.value));
      const job = jobOf(resource, context);
      if (at && job && !whoOrWhence.test(textOf(job, context))) tell(at, `"${resource.name}" approves what anybody sends.`);
    },
    bad: workflow('pull_request_target', ...steps(`- uses: ${approver}`, `        ${'^'.repeat(approver.length)}`)),
    good: workflow('pull_request_target', "if: github.event.pull_request.user.login == 'dependabot[bot]'", ...steps(`- uses: ${approver}`)),
    more: [
      {
        file,
        bad: workflow('pull_request', ...steps('- run: gh pr review --approve "$URL"', `       ${'^'.repeat('gh pr review --approve "$URL"'.length)}`)),
        good: workflow('pull_request', ...steps('- run: gh pr review --comment --body "Thank you" "$URL"')),
      },
    ],
  }),
  objectRule({
    id: 'auth/workflow-deploys-unreviewed',
    title: 'Infrastructure changed by a pull request',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that apply Terraform, CDK, Pulumi or CloudFormation without asking, in workflows on `pull_request`, where no condition and no environment holds them back.',
    why: 'What is deployed then is what somebody proposes: nobody has looked at it yet.',
    references: ['CWE-862', 'AC-3', 'AC-6'],
    noFix: 'Where the change is to be applied has to be decided: after the merge, or behind an environment with reviewers.',
    whenNotToUse: 'For tests that make infrastructure of their own and take it down again.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('pull_request')) return;
      const job = jobOf(resource, context);
      const at = textsAt(mapOfResource(resource), 'run').find((value) => applies.test(value.value.replace(/^[ \t]*#.*$/gm, '')));
      if (!at || !job || job.attributes.has('environment') || conditionsOf(resource, context).some((one) => /event_name|github\.ref|merged|base_ref|\.action\b|labels|inputs\./.test(one)) || /\bdestroy\b|closed/.test(context.document.text)) return;
      tell(at, `"${resource.name}" deploys what a pull request proposes.`);
    },
    bad: workflow('pull_request', ...steps('- run: terraform apply -auto-approve', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('pull_request', ...steps('- run: terraform plan')),
  }),
  objectRule({
    id: 'auth/comment-command-open',
    title: 'Command in a comment that anybody may give',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_job', 'github_step'],
    file,
    what: 'Reports jobs and steps on `issue_comment` that run for a word in the comment, with rights to write or with secrets, and look at nobody who wrote it, and actions for such commands that ask for no right to write.',
    why: 'Anybody with an account may comment, and starts the job.',
    references: ['CWE-862', 'AC-3', 'AC-6'],
    noFix: 'Who may give the command has to be decided.',
    whenNotToUse: 'For commands that strangers are meant to give, such as asking to be assigned.',
    check: (resource, tell, context) => {
      if (!triggers(context).includes('issue_comment')) return;
      const uses = textAt(resource, 'uses') ?? '';
      const input = /^peter-evans\/slash-command-dispatch@/.test(uses) ? 'with.permission' : /^xt0rted\/slash-command-action@/.test(uses) ? 'with.permission-level' : undefined;
      for (const value of input === undefined ? [] : lookIn(mapOfResource(resource), input).values)
        if (value.kind === 'string' && /^(?:none|read)$/.test(value.value)) tell(value, `Anybody who comments starts "${resource.name}".`);
      const condition = resource.attributes.get('if')?.value;
      const job = resource.type === 'github_job' ? resource : jobOf(resource, context);
      if (condition?.kind !== 'string' || !/github\.event\.comment\.body/.test(condition.value) || !job) return;
      if (demands(condition.value, weakAssociation) && !demands(condition.value, /author_association == '(?:OWNER|MEMBER|COLLABORATOR)'|\.user\.(?:login|id) ==|actor ==/) && strongCommand.test(textOf(job, context)))
        return tell(condition, `People who may not write start "${resource.name}".`);
      const asked = /author_association|comment\.user\.(?:login|id)|github\.(?:triggering_)?actor|sender\.(?:login|id)|getCollaboratorPermission|collaborators?\/|permission-check|check-.*(?:permission|access|role)|require.*permission|allowed[_-]?(?:users|roles|teams)/i;
      const own = textOf(resource.type === 'github_job' ? job : resource, context);
      const text = textOf(job, context);
      if (!asked.test(text) && !asksItself(text) && strongCommand.test(own)) tell(condition, `Anybody who comments starts "${resource.name}".`);
    },
    bad: workflow(
      'issue_comment',
      "if: startsWith(github.event.comment.body, '/deploy')",
      `    ${'^'.repeat("startsWith(github.event.comment.body, '/deploy')".length)}`,
      'permissions:',
      '  deployments: write',
      ...steps('- run: ./deploy'),
    ),
    good: workflow(
      'issue_comment',
      "if: startsWith(github.event.comment.body, '/deploy') && github.event.comment.author_association == 'OWNER'",
      'permissions:',
      '  deployments: write',
      ...steps('- run: ./deploy'),
    ),
    more: [
      {
        file,
        bad: workflow(
          'issue_comment',
          "if: contains(github.event.comment.body, '/deploy') && github.event.comment.author_association != 'NONE'",
          `    ${'^'.repeat("contains(github.event.comment.body, '/deploy') && github.event.comment.author_association != 'NONE'".length)}`,
          ...steps('- run: ./deploy', '  env:', '    KEY: ${{ secrets.KEY }}'),
        ),
        good: workflow('issue_comment', "if: contains(github.event.comment.body, '/deploy') && github.event.comment.author_association == 'MEMBER'", ...steps('- run: ./deploy', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
      {
        file,
        bad: workflow('issue_comment', ...steps('- uses: peter-evans/slash-command-dispatch@v4', '  with:', '    commands: deploy', '    permission: none', '                ^^^^')),
        good: workflow('issue_comment', ...steps('- uses: peter-evans/slash-command-dispatch@v4', '  with:', '    commands: deploy', '    permission: write')),
      },
      {
        file,
        bad: workflow(
          'issue_comment',
          ...steps("- if: contains(github.event.comment.body, '/deploy')", `      ${'^'.repeat("contains(github.event.comment.body, '/deploy')".length)}`, '  run: ./deploy', '  env:', '    KEY: ${{ secrets.KEY }}'),
        ),
        good: workflow('issue_comment', ...steps("- if: contains(github.event.comment.body, '/help')", '  run: ./help')),
      },
    ],
  }),
];
