import { lookIn, scalar, truth, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { rewrite } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';

const file = 'hosts.ini';
const { transit, exposed, privilege } = families;

/** Addresses that are routed on the internet: IPv4 outside of the private, shared, loopback and link-local ranges. */
const internet =
  /^(?!(?:0|10|127)\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|(?:22[4-9]|2[3-5]\d)\.)\d{1,3}(?:\.\d{1,3}){3}$/;

/** A variable of hosts and groups. Source: "Connection methods and details" of Ansible's documentation. */
interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly name: string;
  readonly bad: (value: Value) => boolean;
  readonly sample: readonly [bad: string, good: string];
  /** The good value is right for everybody. */
  readonly fix?: true;
  readonly problem: string;
  readonly why: string;
  readonly references: readonly string[];
}

const text =
  (pattern: RegExp) =>
  (value: Value): boolean =>
    pattern.test(String(scalar(value) ?? ''));
const off = (value: Value): boolean => truth(value) === false;

const rows: readonly Row[] = [
  {
    id: 'transport/inventory-winrm-unverified',
    title: 'Machines whose certificate is not checked',
    severity: 'medium',
    name: 'ansible_winrm_server_cert_validation',
    bad: text(/^ignore$/),
    sample: ['ignore', 'validate'],
    fix: true,
    problem: 'without checking its certificate',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'transport/inventory-winrm-http',
    title: 'Machines that are managed over plain HTTP',
    severity: 'medium',
    name: 'ansible_winrm_scheme',
    bad: text(/^http$/),
    sample: ['http', 'https'],
    fix: true,
    problem: 'over plain HTTP',
    why: transit.why,
    references: transit.references,
  },
  {
    id: 'transport/inventory-httpapi-plaintext',
    title: 'Devices that are managed over plain HTTP',
    severity: 'medium',
    name: 'ansible_httpapi_use_ssl',
    bad: off,
    sample: ['false', 'true'],
    fix: true,
    problem: 'over plain HTTP',
    why: transit.why,
    references: transit.references,
  },
  {
    id: 'transport/inventory-httpapi-unverified',
    title: 'Devices whose certificate is not checked',
    severity: 'medium',
    name: 'ansible_httpapi_validate_certs',
    bad: off,
    sample: ['false', 'true'],
    fix: true,
    problem: 'without checking its certificate',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'transport/inventory-ssh-unchecked',
    title: 'Machines whose host key is not checked',
    severity: 'medium',
    name: 'ansible_ssh_common_args',
    bad: text(/StrictHostKeyChecking[= ]\s*(?:no|off)\b/i),
    sample: ['"-o StrictHostKeyChecking=no"', '"-o ControlMaster=auto"'],
    problem: 'without checking its host key',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'iam/inventory-root',
    title: 'Machines that are entered as root',
    severity: 'info',
    name: 'ansible_user',
    bad: text(/^root$/),
    sample: ['root', 'deploy'],
    problem: 'as root',
    why: privilege.why,
    references: privilege.references,
  },
];

const nouns: Readonly<Record<string, string>> = { ansible_host: 'Host', ansible_group: 'Group', ansible_play: 'Play' };

export default [
  ...rows.map((row) => {
    const line = `10.0.0.5 ${row.name}=${row.sample[0]}`;
    const mark = row.sample[0].replaceAll('"', '');
    return objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      types: ['ansible_host', 'ansible_group', 'ansible_play'],
      file,
      why: row.why,
      references: row.references,
      whenNotToUse: 'For machines of a test bed.',
      what: `Reports \`${row.name}\` of hosts and groups in inventories and of plays.`,
      check: (resource, tell) => {
        for (const value of lookIn(mapOfResource(resource), `vars.${row.name}`).values)
          if (row.bad(value)) tell(value, `${nouns[resource.type]!} "${resource.name}" ${resource.type === 'ansible_play' ? 'enters its machines' : 'is managed'} ${row.problem}.`, row.fix ? rewrite(value, row.sample[1]) : []);
      },
      ...(row.fix ? { fixed: true } : {}),
      bad: `[web]\n${line}\n${' '.repeat(line.indexOf(mark))}${'^'.repeat(mark.length)}\n`,
      good: `[web]\n10.0.0.5 ${row.name}=${row.sample[1]}\n`,
      more: [
        {
          file: 'playbook.yml',
          bad: `- hosts: all\n  vars:\n    ${row.name}: '${mark}'\n${' '.repeat(row.name.length + 7)}${'^'.repeat(mark.length)}\n  tasks: []\n`,
          good: `- hosts: all\n  vars:\n    ${row.name}: '${row.sample[1].replaceAll('"', '')}'\n  tasks: []\n`,
        },
      ],
    });
  }),
  objectRule({
    id: 'network/ansible-controller-public',
    title: 'Ansible controller on the internet',
    severity: 'high',
    confidence: 'medium',
    types: ['ansible_host'],
    file,
    references: exposed.references,
    why: 'The controller holds the credentials of every machine that it manages.',
    noFix: 'The controller needs a private address, and a way to it.',
    what: 'Reports hosts in the groups of the automation controller, its hub or Ansible Tower whose address is routed on the internet.',
    check: (resource, tell) => {
      const address = resource.attributes.get('address')?.value;
      if (
        /^(?:tower|awx|automation_?(?:controller|hub|gateway|edacontroller))$/i.test(textAt(resource, 'group') ?? '') &&
        internet.test(String(scalar(address) ?? ''))
      )
        tell(address, `Controller "${resource.name}" has an address on the internet.`);
    },
    bad: '[automationcontroller]\n198.18.4.10\n^^^^^^^^^^^\n',
    good: '[automationcontroller]\n10.0.4.10\n',
  }),
];
