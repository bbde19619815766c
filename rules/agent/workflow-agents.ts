import { lookIn, scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { hostile, isHostileVariable, partsOf } from '../_workflow-expressions.ts';
import { agents, file, startsAgent, steps, triggers, workflow } from '../_workflows.ts';

const prompts = [
  'prompt',
  'direct_prompt',
  'override_prompt',
  'custom_instructions',
  'system-prompt',
  'system_prompt',
  'append_system_prompt',
  'instructions',
  'message',
  'task',
];
const unconfined =
  /--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|--permission-mode[= ]bypassPermissions\b|--yolo\b|--allow-all-tools\b|--approval-mode[= ]yolo\b|--sandbox[= ]danger-full-access\b|--full-auto\b|"defaultMode"\s*:\s*"bypassPermissions"|"autoAccept"\s*:\s*true|"(?:run_shell_command|ShellTool)"|--dangerously-allow-all\b|\bcursor-agent\b[^\n]*\s(?:-f|--force)(?=\s|$)|\bgemini\b[^\n]*\s-y(?=\s|$)|"allow"\s*:\s*\[[^\]]*"Bash(?:\(\*\)|\(:\*\))?"|"approvalMode"\s*:\s*"yolo"|--allowed-?tools[= ]["']?(?:[^"'\n]*,\s*)?(?:Bash(?:\(\*\)|\(:\*\)|\((?:(?:ba|z)?sh|python[\d.]*|node|npx|eval|sudo|env|xargs|curl|wget|docker)(?::| )\*\))?|\*)(?=["',\s]|$)/i;

/** Commands that print what strangers write. */
const fetchedText = /\bgh\s+(?:issue|pr|discussion)\s+(?:view|diff|list)\b|\bgh\s+api\b[^\n]*\/(?:issues|pulls|comments|discussions)\b/;

/** Texts of a step that an agent is told. */
function promptsOf(step: Resource): readonly Value[] {
  const own = mapOfResource(step);
  return agents.test(textAt(step, 'uses') ?? '') ? prompts.flatMap((name) => lookIn(own, `with.${name}`).values) : [];
}

/** What strangers write, by expressions and by the variables that a command line puts into its prompt. */
function hostilePart(step: Resource, value: Value, context: ResourceContext): boolean {
  return partsOf(value).some((part) => hostile.test(part) || isHostileVariable(step, part, context));
}

const claude = '- uses: anthropics/claude-code-action@e8bad572273ce919ba15fec95aef0ce974464753';

export default [
  objectRule({
    id: 'model-input/workflow-prompt-of-strangers',
    title: 'Text of strangers in the prompt of a workflow',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports prompts of agents and models in workflows that hold text that anybody can write: titles, bodies, comments, branch names.',
    why: 'A sentence in an issue can tell the agent what to do, with the tools, the token and the secrets of the run.',
    references: ['LLM01:2025', 'AML.T0051', 'CWE-94'],
    noFix: 'The agent has to read the text as data, without tools or secrets that could do harm.',
    whenNotToUse: 'Where the agent has no tools and no rights to write.',
    check: (resource, tell, context) => {
      for (const value of promptsOf(resource))
        if (hostilePart(resource, value, context)) tell(value, `"${resource.name}" puts text that strangers write into a prompt.`);
      const run = lookIn(mapOfResource(resource), 'run').values[0];
      if (run?.kind !== 'string' || !startsAgent.test(run.value)) return;
      const fetched = fetchedText.exec(run.value)?.[0];
      if (fetched !== undefined && triggers(context).some((one) => /^(?:issues|issue_comment|discussion|discussion_comment|pull_request_target|workflow_run|schedule)$/.test(one)) && run.value.split('\n').some((line) => startsAgent.test(line) && /\$\(|`|[|<]/.test(line)))
        tell(run, `"${resource.name}" puts text that strangers write into a prompt (${fetched.replace(/\s+/g, ' ')}).`);
      for (const variables of lookIn(mapOfResource(resource), 'env').values)
        for (const { key, value } of variables.kind === 'map' ? variables.entries.values() : [])
          if (new RegExp(`\\$\\{?${key.replace(/\W/g, '')}\\b`).test(run.value) && hostilePart(resource, value, context))
            tell(value, `"${resource.name}" puts text that strangers write into a prompt.`);
    },
    bad: workflow(
      'issues',
      ...steps(claude, '  with:', '    prompt: "Fix this: ${{ github.event.issue.body }}"', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    ),
    good: workflow('issues', ...steps(claude, '  with:', '    prompt: Label the issue ${{ github.event.issue.number }}.')),
    more: [
      {
        file,
        bad: workflow(
          'issues',
          ...steps('- run: claude -p "Fix $BODY"', '  env:', '    BODY: ${{ github.event.issue.body }}', '          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
        ),
        good: workflow('issues', ...steps('- run: claude -p "Label it"', '  env:', '    BODY: ${{ github.event.issue.body }}')),
      },
      {
        file,
        bad: workflow('issues', ...steps('- run: gh issue view 1 | codex exec -', `       ${'^'.repeat('gh issue view 1 | codex exec -'.length)}`)),
        good: workflow('issues', ...steps('- run: gh issue view 1 && codex exec "Tidy the docs"')),
      },
    ],
  }),
  objectRule({
    id: 'agent/workflow-agent-unconfined',
    title: 'Agent in a workflow that may do everything',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports agents in workflows that ask for no permission, run without a sandbox, or may run every command.',
    why: 'What the agent reads, in code, issues and pages, then decides which commands run with the token and the secrets of the run.',
    references: ['LLM06:2025', 'AC-6', 'CWE-250'],
    noFix: 'Which commands the agent needs has to be decided.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const byAction = agents.test(textAt(resource, 'uses') ?? '');
      const texts = byAction
        ? ['claude_args', 'codex-args', 'settings', 'args', 'extra_args'].flatMap((name) => lookIn(own, `with.${name}`).values)
        : lookIn(own, 'run').values.filter(
            (value) => value.kind === 'string' && (startsAgent.test(value.value) || /\b(?:claude|codex|gemini|copilot|cursor-agent)\b/.test(value.value)),
          );
      for (const value of texts) if (value.kind === 'string' && unconfined.test(value.value)) tell(value, `The agent of "${resource.name}" may do everything.`);
      if (!byAction) return;
      for (const value of lookIn(own, 'with.allowed_tools').values)
        if (/(?:^|[\s,])(?:Bash(?:\(\*\))?|\*)(?=[\s,]|$)/.test(String(scalar(value) ?? '')))
          tell(value, `The agent of "${resource.name}" may run every command.`);
      for (const value of [...lookIn(own, 'with.sandbox').values, ...lookIn(own, 'with.safety-strategy').values])
        if (/^(?:danger-full-access|unsafe)$/.test(String(scalar(value) ?? ''))) tell(value, `The agent of "${resource.name}" runs without a sandbox.`);
    },
    bad: workflow(
      'pull_request',
      ...steps(claude, '  with:', '    claude_args: --dangerously-skip-permissions', '                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    ),
    good: workflow('pull_request', ...steps(claude, '  with:', "    claude_args: --allowedTools 'Bash(gh pr diff:*)'")),
    more: [
      {
        file,
        bad: workflow(
          'issues',
          ...steps('- uses: google-github-actions/run-gemini-cli@v0', '  with:', `    settings: '{"coreTools": ["run_shell_command"]}'`, `               ${'^'.repeat(`{"coreTools": ["run_shell_command"]}`.length)}`),
        ),
        good: workflow('issues', ...steps('- uses: google-github-actions/run-gemini-cli@v0', '  with:', `    settings: '{"coreTools": ["run_shell_command(gh issue view)"]}'`)),
      },
    ],
  }),
  objectRule({
    id: 'agent/workflow-agent-for-everybody',
    title: 'Agent in a workflow that obeys everybody',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports agents that take tasks from people without rights on the repository, or from every bot.',
    why: 'Whoever has an account can then have the agent work with the token and the secrets of the repository.',
    references: ['LLM06:2025', 'AC-3', 'CWE-862'],
    noFix: 'Who may give tasks has to be decided.',
    check: (resource, tell) => {
      if (!agents.test(textAt(resource, 'uses') ?? '')) return;
      for (const name of ['allowed_non_write_users', 'allow-users', 'allowed_bots', 'allow-bots'])
        for (const value of lookIn(mapOfResource(resource), `with.${name}`).values)
          if (scalar(value) === '*' || (name === 'allow-bots' && scalar(value) === true)) tell(value, `The agent of "${resource.name}" obeys everybody.`);
    },
    bad: workflow('issues', ...steps(claude, '  with:', "    allowed_non_write_users: '*'", '                              ^')),
    good: workflow('issues', ...steps(claude, '  with:', '    allowed_non_write_users: ada')),
  }),
];
