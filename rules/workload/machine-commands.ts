import { lookIn, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { shellIssues, type ShellIssue } from '../_shell.ts';

const { supply, transit } = families;

/** Where resources keep commands that run on a machine. */
const places: Readonly<Record<string, readonly string[]>> = {
  provisioner: ['command', 'inline'],
  aws_instance: ['user_data'],
  aws_launch_configuration: ['user_data'],
  google_compute_instance: ['metadata_startup_script', 'metadata.startup-script'],
  google_compute_instance_template: ['metadata_startup_script', 'metadata.startup-script'],
  azurerm_virtual_machine_extension: ['settings.commandToExecute', 'protected_settings.commandToExecute'],
  digitalocean_droplet: ['user_data'],
  hcloud_server: ['user_data'],
  openstack_compute_instance_v2: ['user_data'],
  vultr_instance: ['user_data'],
  alicloud_instance: ['user_data'],
  oci_core_instance: ['metadata.user_data'],
};

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly kinds: readonly ShellIssue['kind'][];
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly problem: string;
  readonly sample: readonly [bad: string, good: string];
}

const rows: readonly Row[] = [
  {
    id: 'dependencies/machine-script-from-network',
    title: 'Script from the network run on a machine',
    severity: 'low',
    kinds: ['piped'],
    what: 'Reports `curl ... | sh` in provisioners of Terraform and in the start scripts of machines.',
    why: supply.why,
    references: supply.references,
    problem: 'runs a script that it downloads, unseen',
    sample: ['curl -sSL https://example.com/install.sh | bash', './install.sh'],
  },
  {
    id: 'transport/machine-command-unchecked',
    title: 'Command of a machine that does not check certificates',
    severity: 'medium',
    kinds: ['insecure'],
    what: 'Reports `curl -k`, `pip --trusted-host`, `StrictHostKeyChecking=no` and the like in provisioners of Terraform and in the start scripts of machines.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    problem: 'does not check whom it talks to',
    sample: ['curl -k -O https://example.com/tool', 'curl -O https://example.com/tool'],
  },
  {
    id: 'transport/machine-command-plaintext',
    title: 'Command of a machine that downloads without TLS',
    severity: 'low',
    kinds: ['plain'],
    what: 'Reports downloads over plain HTTP in provisioners of Terraform and in the start scripts of machines.',
    why: transit.why,
    references: transit.references,
    problem: 'downloads without TLS',
    sample: ['curl -O http://example.com/tool', 'curl -O https://example.com/tool'],
  },
];

/** The text of a command; what is computed is left as `…`. */
function textOf(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'unknown' && value.parts ? value.parts.map((part) => part ?? '…').join('') : undefined;
}

const written = (command: string, mark?: string): string => ['resource "null_resource" "main" {', '  provisioner "local-exec" {', `    command = "${command}"`, ...(mark ? [mark] : []), '  }', '}', ''].join('\n');

/** Commands beside those of images, pipelines and playbooks. */
export default [
  ...rows.map((row) =>
    objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      confidence: 'medium',
      types: Object.keys(places),
      file: 'main.tf',
      what: row.what,
      why: row.why,
      references: row.references,
      noFix: 'What the command fetches has to be found elsewhere.',
      whenNotToUse: 'For machines that are made for a test.',
      check: (resource, tell) => {
        const root = mapOfResource(resource);
        for (const value of (places[resource.type] ?? []).flatMap((path) => lookIn(root, path).values).flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
          const text = textOf(value);
          if (text !== undefined && shellIssues(text).some((issue) => row.kinds.includes(issue.kind))) tell(value, `${resource.type === 'provisioner' ? `Provisioner "${resource.name}"` : `Machine "${resource.name}"`} ${row.problem}.`);
        }
      },
      bad: written(row.sample[0], `               ${'^'.repeat(row.sample[0].length)}`),
      good: written(row.sample[1]),
    }),
  ),
  objectRule({
    id: 'workload/machine-files-open',
    title: 'Command of a machine that opens files to everybody',
    severity: 'low',
    types: ['provisioner'],
    file: 'main.tf',
    what: 'Reports `chmod 777` and its like in provisioners of Terraform.',
    why: 'Every process of the machine may then put its own program where yours is started.',
    references: ['CWE-732', 'AC-6'],
    noFix: 'Who needs the file has to be known.',
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      for (const value of ['command', 'inline'].flatMap((path) => lookIn(root, path).values).flatMap((one) => (one.kind === 'list' ? one.items : [one])))
        if (/\bchmod\s+(?:-\w+\s+)*(?:0?[0-7]?777|0?[0-7]?666|a\+rwx|o\+w|ugo\+rwx)\b/.test(textOf(value) ?? '')) tell(value, `Provisioner "${resource.name}" lets everybody change files.`);
    },
    bad: written('chmod 777 /opt/app', `               ${'^'.repeat('chmod 777 /opt/app'.length)}`),
    good: written('chmod 750 /opt/app'),
  }),
];
