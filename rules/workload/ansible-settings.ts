import { lookIn, truth, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { safer } from '../_fixes.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'ansible.cfg';
const { transit, secret, container, supply } = families;

/** A setting of `ansible.cfg`, with its section, a bad and a good value. Source: "Ansible Configuration Settings" of its documentation. */
interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly setting: string;
  readonly bad: (value: Value) => boolean;
  readonly sample: readonly [bad: string, good: string];
  readonly problem: string;
  readonly why: string;
  readonly references: readonly string[];
  /** A switch, which a fix turns over. */
  readonly isSwitch?: true;
}

const isOn = (value: Value): boolean => truth(value) === true;
const isOff = (value: Value): boolean => truth(value) === false;
const unchecked = /StrictHostKeyChecking[= ]\s*(?:no|off)\b|UserKnownHostsFile[= ]\s*\/dev\/null/i;
const matches =
  (pattern: RegExp) =>
  (value: Value): boolean =>
    value.kind === 'string' && pattern.test(value.value);

const rows: readonly Row[] = [
  {
    id: 'transport/ansible-host-keys-unchecked',
    title: 'Host keys that are not checked',
    severity: 'medium',
    setting: 'defaults.host_key_checking',
    bad: isOff,
    sample: ['False', 'True'],
    problem: 'connects to machines without checking their keys',
    why: 'Who stands between takes over the connection, and with it the passwords and commands of every task.',
    references: ['CWE-295', 'SC-8', 'SC-23'],
    isSwitch: true,
  },
  {
    id: 'transport/ansible-ssh-unchecked',
    title: 'Ansible that tells ssh to check no keys',
    severity: 'medium',
    setting: 'ssh_connection.ssh_args',
    bad: matches(unchecked),
    sample: ['-o StrictHostKeyChecking=no', '-o ControlMaster=auto'],
    problem: 'tells ssh to check no keys',
    why: 'Who stands between takes over the connection, and with it the passwords and commands of every task.',
    references: ['CWE-295', 'SC-8', 'SC-23'],
  },
  {
    id: 'transport/ansible-galaxy-certificates',
    title: 'Galaxy server whose certificate is not checked',
    severity: 'medium',
    setting: 'galaxy.ignore_certs',
    bad: isOn,
    sample: ['True', 'False'],
    problem: 'does not check the certificate of its Galaxy server',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    isSwitch: true,
  },
  {
    id: 'transport/ansible-galaxy-http',
    title: 'Galaxy server over plain HTTP',
    severity: 'medium',
    setting: 'galaxy.server',
    bad: matches(/^http:\/\/(?!localhost|127\.)/),
    sample: ['http://galaxy.example.com', 'https://galaxy.example.com'],
    problem: 'takes roles over plain HTTP',
    why: supply.why,
    references: transit.references,
  },
  {
    id: 'secrets/ansible-log-off',
    title: 'Log of all task arguments',
    severity: 'low',
    setting: 'defaults.no_log',
    bad: isOff,
    sample: ['False', 'True'],
    problem: 'writes the arguments of every task to the log',
    why: secret.why,
    references: ['CWE-532', 'AU-9'],
    isSwitch: true,
  },
  {
    id: 'secrets/ansible-arguments-shown',
    title: 'Arguments of tasks on the screen',
    severity: 'low',
    setting: 'defaults.display_args_to_stdout',
    bad: isOn,
    sample: ['True', 'False'],
    problem: 'prints the arguments of every task',
    why: secret.why,
    references: ['CWE-532', 'AU-9'],
    isSwitch: true,
  },
  {
    id: 'workload/ansible-readable-files',
    title: 'Temporary files that everybody may read',
    severity: 'medium',
    setting: 'defaults.allow_world_readable_tmpfiles',
    bad: isOn,
    sample: ['True', 'False'],
    problem: 'leaves the files of its modules readable to everybody',
    why: 'The files hold the arguments of tasks, passwords among them.',
    references: ['CWE-732', 'AC-6'],
    isSwitch: true,
  },
  {
    id: 'input-validation/ansible-unsafe-lookups',
    title: 'Look-ups whose result becomes a template',
    severity: 'medium',
    setting: 'defaults.allow_unsafe_lookups',
    bad: isOn,
    sample: ['True', 'False'],
    problem: 'runs templates that look-ups return',
    why: 'Whoever writes what is looked up runs code on the controller.',
    references: ['CWE-94', 'SI-10'],
    isSwitch: true,
  },
  {
    id: 'iam/ansible-always-root',
    title: 'Every task as root',
    severity: 'low',
    setting: 'privilege_escalation.become',
    bad: isOn,
    sample: ['True', 'False'],
    problem: 'runs every task with raised rights',
    why: container.why,
    references: ['CWE-250', 'AC-6'],
  },
];

export default rows.map((row) => {
  const [section, key] = row.setting.split('.') as [string, string];
  const text = (value: string, mark = ''): string => `[${section}]\n${key} = ${value}\n${mark}`;
  return objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    types: ['ansible_settings'],
    file,
    what: `Reports \`${key}\` of the section \`${section}\` in \`ansible.cfg\`.`,
    why: row.why,
    references: row.references,
    whenNotToUse: 'For settings of a test bed that reaches nothing else.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), row.setting).values) {
        if (row.bad(value))
          tell(
            value,
            `Ansible ${row.problem}.`,
            row.isSwitch
              ? [{ title: `Set ${key} to ${row.sample[1]}`, safe: true, intents: [{ kind: 'replace', origin: value.at, text: row.sample[1] }] }]
              : safer(value, (text) => /^http:/.test(text)),
          );
      }
    },
    bad: text(row.sample[0], `${' '.repeat(key.length + 3)}${'^'.repeat(row.sample[0].length)}\n`),
    good: text(row.sample[1]),
    ...(row.isSwitch || /^(?:True|False|https:.*)$/.test(row.sample[1]) ? { fixed: text(row.sample[1]) } : {}),
  });
});
