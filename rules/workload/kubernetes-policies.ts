import { lookIn, scalar, truth, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { mapOfResource, mapsAt, objectRule, textsAt } from '../_kubernetes.ts';

const psp = (...lines: readonly string[]): string =>
  ['apiVersion: policy/v1beta1', 'kind: PodSecurityPolicy', 'metadata:', '  name: restricted', 'spec:', ...lines.map((line) => `  ${line}`), ''].join('\n');
const types = ['k8s_podsecuritypolicy'];
const why = 'A policy is what keeps pods of others in the cluster within bounds; what it allows, somebody will use.';

interface FlagRow {
  readonly id: RuleId;
  readonly path: string;
  readonly problem: string;
  readonly severity: Severity;
  /** False where the setting has to be true. */
  readonly on?: false;
  readonly missing?: true;
}

const rows: readonly FlagRow[] = [
  { id: 'workload/psp-privileged', path: 'privileged', problem: 'allows privileged containers', severity: 'high' },
  { id: 'workload/psp-privilege-escalation', path: 'allowPrivilegeEscalation', problem: 'lets containers gain privileges', severity: 'medium', missing: true },
  { id: 'workload/psp-host-pid', path: 'hostPID', problem: 'lets pods see the processes of their node', severity: 'medium' },
  { id: 'workload/psp-host-ipc', path: 'hostIPC', problem: 'lets pods share memory with their node', severity: 'medium' },
  { id: 'workload/psp-host-network', path: 'hostNetwork', problem: 'lets pods use the network of their node', severity: 'medium' },
  {
    id: 'workload/psp-writable-root',
    path: 'readOnlyRootFilesystem',
    problem: 'lets containers write to their root file system',
    severity: 'low',
    on: false,
    missing: true,
  },
];

const paths = (row: FlagRow): readonly string[] => [`spec.${row.path}`, `spec.${row.path.replace('IPC', 'Ipc').replace('PID', 'Pid')}`];

export default [
  ...rows.map((row) =>
    objectRule({
      id: row.id,
      title: `Pod security policy that ${row.problem}`,
      severity: row.severity,
      types,
      why,
      what: `Reports pod security policies with \`${row.path}: ${row.on === false ? 'false' : 'true'}\`${row.missing ? ' or without the setting' : ''}.`,
      check: (resource, tell) => {
        const found = paths(row).map((path) => lookIn(mapOfResource(resource), path));
        const value = found.flatMap((one) => one.values)[0];
        const bad = row.on === false ? truth(value) === false : truth(value) === true;
        if (bad || (row.missing && value === undefined && !found.some((one) => one.unknown) && resource.complete))
          tell(value, `Policy "${resource.name}" ${row.problem}.`);
      },
      bad: psp(
        `${row.path}: ${row.on !== false}`.replace('false', row.on === false ? 'false' : 'true'),
        `${' '.repeat(row.path.length + 2)}${'^'.repeat(row.on === false ? 5 : 4)}`,
      ),
      good: psp(`${row.path}: ${row.on === false}`),
    }),
  ),
  objectRule({
    id: 'workload/psp-added-capabilities',
    title: 'Pod security policy that allows capabilities',
    severity: 'medium',
    types,
    why,
    what: 'Reports `allowedCapabilities` and `defaultAddCapabilities`.',
    check: (resource, tell) => {
      for (const path of ['spec.allowedCapabilities', 'spec.defaultAddCapabilities'])
        for (const name of textsAt(mapOfResource(resource), path)) tell(name, `Policy "${resource.name}" allows the capability ${name.value}.`);
    },
    bad: psp('allowedCapabilities: [NET_ADMIN]', '                      ^^^^^^^^^'),
    good: psp('requiredDropCapabilities: [ALL]'),
  }),
  objectRule({
    id: 'workload/psp-capabilities-kept',
    title: 'Pod security policy that drops no capabilities',
    severity: 'low',
    confidence: 'medium',
    types,
    why,
    what: 'Reports policies without `requiredDropCapabilities`.',
    check: (resource, tell) => {
      const found = lookIn(mapOfResource(resource), 'spec.requiredDropCapabilities');
      if (!found.unknown && found.values.length === 0 && resource.complete) tell(undefined, `Policy "${resource.name}" drops no capabilities.`);
    },
    bad: 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: restricted\n        ^^^^^^^^^^\nspec:\n  privileged: false\n',
    good: psp('requiredDropCapabilities: [ALL]'),
  }),
  objectRule({
    id: 'workload/psp-net-raw',
    title: 'Pod security policy that keeps NET_RAW',
    severity: 'low',
    types,
    why,
    what: 'Reports policies whose `requiredDropCapabilities` hold neither ALL nor NET_RAW.',
    check: (resource, tell) => {
      const found = lookIn(mapOfResource(resource), 'spec.requiredDropCapabilities');
      const names = textsAt(mapOfResource(resource), 'spec.requiredDropCapabilities').map((name) => name.value.toUpperCase());
      if (found.values[0] && !found.unknown && !names.includes('ALL') && !names.includes('NET_RAW'))
        tell(found.values[0], `Policy "${resource.name}" keeps NET_RAW.`);
    },
    bad: psp('requiredDropCapabilities: [CHOWN]', '                          ^^^^^^^'),
    good: psp('requiredDropCapabilities: [NET_RAW]'),
  }),
  objectRule({
    id: 'workload/psp-host-paths',
    title: 'Pod security policy that allows folders of the node',
    severity: 'medium',
    types,
    why,
    what: 'Reports `allowedHostPaths` that may be written, and volumes of every kind.',
    check: (resource, tell) => {
      for (const map of mapsAt(resource, 'spec.allowedHostPaths'))
        if (truth(map.entries.get('readOnly')?.value) !== true && map.complete && map.entries.get('readOnly')?.value.kind !== 'unknown')
          tell(map.entries.get('pathPrefix')?.value, `Policy "${resource.name}" lets pods write to a folder of their node.`);
      for (const name of textsAt(mapOfResource(resource), 'spec.volumes'))
        if (name.value === '*') tell(name, `Policy "${resource.name}" allows volumes of every kind.`);
    },
    bad: psp('allowedHostPaths:', '  - pathPrefix: /var', '                ^^^^'),
    good: psp('allowedHostPaths:', '  - pathPrefix: /var', '    readOnly: true'),
  }),
  objectRule({
    id: 'workload/psp-run-as-root',
    title: 'Pod security policy that allows root',
    severity: 'medium',
    types,
    why,
    what: 'Reports policies that let containers run as root.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'spec.runAsUser.rule').values)
        if (scalar(value) === 'RunAsAny') tell(value, `Policy "${resource.name}" lets containers run as root.`);
    },
    bad: psp('runAsUser:', '  rule: RunAsAny', '        ^^^^^^^^'),
    good: psp('runAsUser:', '  rule: MustRunAsNonRoot'),
  }),
  objectRule({
    id: 'workload/psp-without-seccomp',
    title: 'Pod security policy without a seccomp profile',
    severity: 'low',
    confidence: 'medium',
    types,
    why,
    what: 'Reports policies that name no default seccomp profile.',
    check: (resource, tell) => {
      const annotations = lookIn(mapOfResource(resource), 'metadata.annotations');
      const profile: Value | undefined = annotations.values
        .flatMap((value) => (value.kind === 'map' ? [...value.entries.values()] : []))
        .find((entry) => entry.key.startsWith('seccomp.security.alpha.kubernetes.io'))?.value;
      const text = scalar(profile);
      if (typeof text === 'string' ? !/^(?:docker|runtime)\/default$/.test(text) : profile === undefined && !annotations.unknown && resource.complete)
        tell(profile, `Policy "${resource.name}" names no seccomp profile.`);
    },
    bad: 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: restricted\n        ^^^^^^^^^^\nspec:\n  privileged: false\n',
    good: 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata:\n  name: restricted\n  annotations:\n    seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default\nspec:\n  privileged: false\n',
  }),
  objectRule({
    id: 'workload/admission-config-without-rate-limit',
    title: 'Admission that limits no events',
    severity: 'info',
    confidence: 'medium',
    types: ['k8s_admissionconfiguration'],
    what: 'Reports configurations of admission without the plugin `EventRateLimit`.',
    why: 'One workload that floods the API with events slows the whole cluster down.',
    references: ['CWE-770', 'SC-5'],
    noFix: 'The right limit has to be known.',
    check: (resource, tell) => {
      const plugins = lookIn(mapOfResource(resource), 'plugins');
      if (resource.complete && !plugins.unknown && !mapsAt(resource, 'plugins').some((one) => scalar(one.entries.get('name')?.value) === 'EventRateLimit'))
        tell(undefined, 'Admission limits no events.');
    },
    bad: 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\n      ^^^^^^^^^^^^^^^^^^^^^^\nplugins:\n  - name: PodSecurity\n',
    good: 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n  - name: EventRateLimit\n    path: eventconfig.yaml\n',
  }),
  objectRule({
    id: 'workload/cluster-pod-security-privileged',
    title: 'Cluster that lets every pod run as it likes',
    severity: 'medium',
    types: ['k8s_admissionconfiguration', 'k8s_podsecurityconfiguration'],
    what: 'Reports `enforce: privileged` as the default of the PodSecurity plugin.',
    noFix: 'The workloads have to be checked first.',
    check: (resource, tell) => {
      for (const value of ['plugins.configuration.defaults.enforce', 'defaults.enforce'].flatMap((path) => textsAt(mapOfResource(resource), path)))
        if (value.value === 'privileged') tell(value, 'The cluster enforces no pod security standard.');
    },
    bad: 'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\ndefaults:\n  enforce: privileged\n           ^^^^^^^^^^\n',
    good: 'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\ndefaults:\n  enforce: baseline\n',
  }),
];
