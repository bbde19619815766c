import { lookIn, scalar, type Resource } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { agents, file, startsAgent, steps, workflow } from '../_workflows.ts';

/** Commands that put a change where it takes effect, past the person who would look at it. */
const merges = /\bgh[ \t]+pr[ \t]+merge\b|\bgit[ \t]+push\b[^\n;&|]*[ \t](?:HEAD:)?(?:refs\/heads\/)?(?:main|master|production|release)(?=[\s;&|"']|$)/;
const merging = /^(?:peter-evans\/enable-pull-request-automerge|pascalgn\/automerge-action|reitermarkus\/automerge)@/i;

const isAgent = (step: Resource): boolean => agents.test(textAt(step, 'uses') ?? '') || textsAt(mapOfResource(step), 'run').some((run) => startsAgent.test(run.value));

/** True where an earlier step of the same job, or the step itself, lets an agent work. */
function followsAgent(step: Resource, context: ResourceContext): boolean {
  const cut = step.address.lastIndexOf('#') + 1;
  const at = Number(step.address.slice(cut));
  return (context.unit.byType.get('github_step') ?? []).some((one) => one.address.startsWith(step.address.slice(0, cut)) && Number(one.address.slice(cut)) <= at && isAgent(one));
}

const claude = ['- uses: anthropics/claude-code-action@e8bad572273ce919ba15fec95aef0ce974464753', '  with:', '    prompt: Update the docs'];

/** What becomes of the work of agents. */
export default [
  objectRule({
    id: 'agent/workflow-agent-merges',
    title: 'Work of an agent that nobody looks at',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports jobs in which an agent works and whose later steps push to the main branch or merge a pull request.',
    why: 'What the agent was talked into, by an issue, a page or a package, is in the product without a person between.',
    references: ['LLM06:2025', 'AC-6', 'CWE-862'],
    noFix: 'The change has to go to a branch of its own, for a person to review.',
    whenNotToUse: 'Where the rules of the branch ask for the review of a person all the same.',
    check: (resource, tell, context) => {
      const action = lookIn(mapOfResource(resource), 'uses').values.find((value) => value.kind === 'string' && merging.test(value.value));
      const at = action ?? textsAt(mapOfResource(resource), 'run').find((run) => merges.test(run.value.replace(/^[ \t]*#.*$/gm, '')));
      if (at && followsAgent(resource, context)) tell(at, `"${resource.name}" takes over what an agent did, unseen.`);
    },
    bad: workflow('push', ...steps(...claude, '- run: git push origin HEAD:main', '       ^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(...claude, '- run: git push origin HEAD:docs && gh pr create --fill')),
  }),
  objectRule({
    id: 'agent/workflow-agent-personal-token',
    title: 'Agent in a workflow with the token of a person',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports agents that get a personal access token in the place of the token of the run.',
    why: 'The token reaches everything that the person reaches, and lasts longer than the run.',
    references: ['LLM06:2025', 'AC-6', 'CWE-522'],
    noFix: 'The token of the run, or one of an app with the rights that are needed, has to take its place.',
    check: (resource, tell) => {
      if (!agents.test(textAt(resource, 'uses') ?? '')) return;
      for (const value of ['github_token', 'github-token', 'token'].flatMap((name) => lookIn(mapOfResource(resource), `with.${name}`).values))
        if (/\bsecrets\.(?:\w*_)?(?:PAT|PERSONAL\w*|ADMIN\w*)(?:_\w+)?\b/i.test(String(scalar(value) ?? ''))) tell(value, `The agent of "${resource.name}" acts with the rights of a person.`);
    },
    bad: workflow('push', ...steps(...claude, '    github_token: ${{ secrets.BOT_PAT }}', '                  ^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(...claude, '    github_token: ${{ secrets.GITHUB_TOKEN }}')),
  }),
];
