import { lookIn, mapsOf, scalar, truth, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { shellIssues } from '../_shell.ts';

const file = 'cloud-init.yaml';
const { identity, privilege, supply, transit } = families;
const written = (...lines: readonly string[]): string => ['#cloud-config', ...lines, ''].join('\n');

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly find: (root: ReturnType<typeof mapOfResource>) => readonly Value[];
  readonly problem: string;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

/** The commands of a start: texts, and lists of words. */
function commandsOf(root: ReturnType<typeof mapOfResource>): readonly { readonly text: string; readonly at: Value }[] {
  return ['runcmd', 'bootcmd'].flatMap((key) => lookIn(root, key).values).flatMap((value) => (value.kind === 'list' ? value.items : [value])).map((one) => ({ text: one.kind === 'list' ? one.items.map((word) => String(scalar(word) ?? '…')).join(' ') : String(scalar(one) ?? ''), at: one }));
}

/** Source: the reference of cloud-init's modules. */
const rows: readonly Row[] = [
  {
    id: 'auth/machine-password-login',
    title: 'Machine that people enter with a password',
    severity: 'medium',
    what: 'Reports `ssh_pwauth: true` and `lock_passwd: false`.',
    why: identity.why,
    references: identity.references,
    find: (root) => [...lookIn(root, 'ssh_pwauth').values.filter((value) => truth(value) === true), ...lookIn(root, 'users.lock_passwd').values.filter((value) => truth(value) === false)],
    problem: 'lets people in with a password',
    bad: ['ssh_pwauth: true', '            ^^^^'],
    good: ['ssh_pwauth: false'],
  },
  {
    id: 'auth/machine-root-login',
    title: 'Machine that root enters',
    severity: 'medium',
    what: 'Reports `disable_root: false`.',
    why: identity.why,
    references: identity.references,
    find: (root) => lookIn(root, 'disable_root').values.filter((value) => truth(value) === false),
    problem: 'lets root in',
    bad: ['disable_root: false', '              ^^^^^'],
    good: ['disable_root: true'],
  },
  {
    id: 'iam/machine-sudo-without-password',
    title: 'User of a machine who becomes root without a password',
    severity: 'info',
    what: 'Reports `NOPASSWD: ALL` of users.',
    why: privilege.why,
    references: privilege.references,
    find: (root) => textsAt(root, 'users.sudo').filter((value) => /NOPASSWD\s*:\s*ALL/.test(value.value)),
    problem: 'has a user who becomes root without a password',
    bad: ['users:', '  - name: deploy', '    sudo: ALL=(ALL) NOPASSWD:ALL', `${' '.repeat(10)}${'^'.repeat(22)}`],
    good: ['users:', '  - name: deploy', '    sudo: false'],
  },
  {
    id: 'dependencies/machine-packages-unsigned',
    title: 'Machine that takes packages without a signature',
    severity: 'medium',
    what: 'Reports sources of packages with `trusted=yes`, and repositories with `gpgcheck: false`.',
    why: supply.why,
    references: supply.references,
    find: (root) => [
      ...lookIn(root, 'apt.sources').values.flatMap(mapsOf).flatMap((one) => [...one.entries.values()].flatMap((entry) => mapsOf(entry.value))).flatMap((one) => one.entries.get('source')?.value ?? []).filter((value) => /\[[^\]]*trusted=yes/.test(String(scalar(value) ?? ''))),
      ...lookIn(root, 'yum_repos').values.flatMap(mapsOf).flatMap((one) => [...one.entries.values()].flatMap((entry) => mapsOf(entry.value))).flatMap((one) => one.entries.get('gpgcheck')?.value ?? []).filter((value) => truth(value) === false),
    ],
    problem: 'takes packages without a signature',
    bad: ['apt:', '  sources:', '    tools:', '      source: deb [trusted=yes] https://example.com stable main', `${' '.repeat(14)}${'^'.repeat(49)}`],
    good: ['apt:', '  sources:', '    tools:', '      source: deb https://example.com stable main', '      keyid: 9FED2BCBDCD29CDF762678CBAED4B06F473041FA'],
  },
  {
    id: 'dependencies/machine-start-from-network',
    title: 'Machine that runs a script from the network when it starts',
    severity: 'low',
    what: 'Reports `curl ... | sh` in `runcmd` and `bootcmd`.',
    why: supply.why,
    references: supply.references,
    find: (root) => commandsOf(root).filter(({ text }) => shellIssues(text).some((issue) => issue.kind === 'piped')).map(({ at }) => at),
    problem: 'runs a script that it downloads, unseen',
    bad: ['runcmd:', '  - curl -sSL https://example.com/install.sh | bash', `    ${'^'.repeat(47)}`],
    good: ['runcmd:', '  - /opt/app/setup'],
  },
  {
    id: 'transport/machine-start-unchecked',
    title: 'Machine that does not check whom it talks to when it starts',
    severity: 'medium',
    what: 'Reports `curl -k`, downloads without TLS and the like in `runcmd` and `bootcmd`.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    find: (root) => commandsOf(root).filter(({ text }) => { const kinds = shellIssues(text).map((issue) => issue.kind); return !kinds.includes('piped') && (kinds.includes('insecure') || kinds.includes('plain')); }).map(({ at }) => at),
    problem: 'does not check whom it talks to',
    bad: ['runcmd:', '  - curl -k -O https://example.com/tool', `    ${'^'.repeat(35)}`],
    good: ['runcmd:', '  - curl -O https://example.com/tool'],
  },
];

export default rows.map((row) =>
  objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: ['cloud_init'],
    file,
    what: `${row.what} In files for cloud-init.`,
    why: row.why,
    references: row.references,
    whenNotToUse: 'For machines that are made for a test.',
    noFix: 'How the machine is entered and filled instead has to be decided.',
    check: (resource, tell) => {
      for (const value of row.find(mapOfResource(resource))) tell(value, `The machine of "${resource.name}" ${row.problem}.`);
    },
    bad: written(...row.bad),
    good: written(...row.good),
  }),
);
