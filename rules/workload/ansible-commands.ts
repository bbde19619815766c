import { lookIn, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { shellIssues, type ShellIssue } from '../_shell.ts';
import { sourceOf } from '../_source.ts';

const { supply, transit } = families;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly kinds: readonly ShellIssue['kind'][];
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly bad: readonly [command: string, mark: string];
  readonly good: string;
}

const rows: readonly Row[] = [
  {
    id: 'dependencies/ansible-script-from-network',
    title: 'Script from the network run by a task',
    severity: 'medium',
    kinds: ['piped'],
    what: 'Reports `curl ... | sh` in commands of tasks.',
    why: supply.why,
    references: supply.references,
    bad: ['curl -sSL https://example.com/install.sh | bash', 'curl -sSL https://example.com/install.sh | bash'],
    good: './install.sh',
  },
  {
    id: 'transport/ansible-command-unchecked',
    title: 'Command of a task that does not check certificates',
    severity: 'medium',
    kinds: ['insecure'],
    what: 'Reports `curl -k`, `pip --trusted-host` and the like in commands of tasks.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    bad: ['curl -k -O https://example.com/tool', '-k'],
    good: 'curl -O https://example.com/tool',
  },
  {
    id: 'transport/ansible-command-plaintext',
    title: 'Command of a task that downloads without TLS',
    severity: 'low',
    kinds: ['plain'],
    what: 'Reports downloads over plain HTTP in commands of tasks.',
    why: transit.why,
    references: transit.references,
    bad: ['curl -O http://example.com/tool', 'http://example.com/tool'],
    good: 'curl -O https://example.com/tool',
  },
  {
    id: 'dependencies/ansible-command-index',
    title: 'Packages of a task from another index',
    severity: 'low',
    kinds: ['index'],
    what: 'Reports `--extra-index-url` in commands of tasks.',
    why: supply.why,
    references: supply.references,
    bad: ['pip install --extra-index-url https://pypi.example.com/simple tool==1.0', '--extra-index-url'],
    good: 'pip install tool==1.0',
  },
];

/** Commands of a task: of modules that run them, and what `pip` is told beside packages. `lead` stands for the words that the module adds. */
function commandsOf(value: ReturnType<typeof mapOfResource>, type: string): readonly { readonly value: Value; readonly lead: string }[] {
  const all = (path: string, lead: string) => lookIn(value, path).values.map((one) => ({ value: one, lead }));
  return type === 'ansible_pip' ? all('extra_args', 'pip install ') : [...all('_raw', ''), ...all('cmd', '')];
}

const play = (command: string, mark?: string): string =>
  [
    '- hosts: all',
    '  tasks:',
    `    - shell: ${command}`,
    ...(mark === undefined ? [] : [`${' '.repeat(13 + command.indexOf(mark))}${'^'.repeat(mark.length)}`]),
    '',
  ].join('\n');

export default rows.map((row) =>
  objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: ['ansible_shell', 'ansible_command', 'ansible_raw', 'ansible_pip'],
    file: 'playbook.yml',
    what: row.what,
    why: row.why,
    references: row.references,
    whenNotToUse: 'On machines that reach nothing but their own network.',
    noFix: 'Another source, or a version with a checksum, has to be chosen.',
    check: (resource, tell, context) => {
      for (const { value, lead } of commandsOf(mapOfResource(resource), resource.type)) {
        const { path, range } = value.origin;
        const text = lead + sourceOf(context, { path, range });
        for (const issue of shellIssues(text)) {
          if (!row.kinds.includes(issue.kind) || issue.start < lead.length) continue;
          const origin = { path, range: { start: range.start + issue.start - lead.length, end: range.start + issue.end - lead.length } };
          tell({ kind: 'null', origin, at: origin }, issue.message);
        }
      }
    },
    bad: play(...row.bad),
    good: play(row.good),
  }),
);
