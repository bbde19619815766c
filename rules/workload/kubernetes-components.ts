import { containersOf, workloads } from '../../server/rule/kubernetes.ts';
import { look, lookIn, scalar, truth, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { handedOn, handingOn, kubeletSettings } from './_component-arguments.ts';
import type { Component, FlagRow } from './_component-flags.ts';
import { rows as apiRows } from './_component-flags-api.ts';
import { rows as admissionRows } from './_component-flags-admission.ts';
import { rows as identityRows } from './_component-flags-identity.ts';
import { rows as nodeRows } from './_component-flags-nodes.ts';
import { rows as portRows } from './_component-flags-ports.ts';

interface Flags {
  readonly component: Component;
  readonly values: ReadonlyMap<string, Value>;
  readonly complete: boolean;
  readonly at: Value;
}

/** The flags with which a container starts a part of Kubernetes. */
const known = new WeakMap<MapValue, Flags | 'none'>();

/** The flags with which a container starts a component; read once, for every rule asks. */
function flagsOf(map: MapValue): Flags | undefined {
  const before = known.get(map);
  const flags = before ?? readFlags(map) ?? 'none';
  if (!before) known.set(map, flags);
  return flags === 'none' ? undefined : flags;
}

function readFlags(map: MapValue): Flags | undefined {
  const command = lookIn(map, 'command');
  const args = lookIn(map, 'args');
  const items = [...command.values, ...args.values].flatMap((value) => (value.kind === 'list' ? value.items : [value]));
  const words = items.flatMap((item) => {
    const text = scalar(item);
    return typeof text === 'string' ? text.trim().split(/\s+/) : [];
  });
  const component = (['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'kubelet', 'kube-proxy'] as const).find((name) =>
    words.some((word) => word === name || word.endsWith(`/${name}`)),
  );
  const first = items[0];
  if (!component || !first) return undefined;
  const values = new Map<string, Value>();
  items.forEach((item, index) => {
    const text = scalar(item);
    if (typeof text !== 'string') return;
    for (const word of text.trim().split(/\s+/)) {
      const match = /^--([\w-]+)(?:=(.*))?$/.exec(word.replace(/^"|"$/g, ''));
      if (!match) continue;
      const next = scalar(items[index + 1]);
      const value = match[2] ?? (typeof next === 'string' && !next.trim().startsWith('-') ? next.trim() : 'true');
      values.set(match[1]!, { kind: 'string', value, origin: item.origin, at: item.at });
    }
  });
  return { component, values, complete: map.complete && items.every((item) => item.kind === 'string') && !command.unknown && !args.unknown, at: first };
}

function manifest(row: FlagRow, flag: string, mark: boolean): string {
  const name = row.of[0]!;
  const own = `        - ${flag}`;
  const has = flag.startsWith(`--${row.flag}=`);
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  containers:',
    `    - name: ${name}`,
    `      image: registry.k8s.io/${name}@sha256:0`,
    '      command:',
    `        - ${name}`,
    ...(mark && !has ? [`          ${'^'.repeat(name.length)}`] : []),
    own,
    ...(mark && has ? [`          ${'^'.repeat(flag.length)}`] : []),
    '',
  ].join('\n');
}

/** What a configuration object says in place of a flag. */
function checkConfiguration(
  row: FlagRow,
  resource: Resource,
  path: string,
  judgeMissing: boolean,
  name: string,
  report: (at: Value, name: string) => void,
): void {
  const found = look(resource, path);
  for (const value of found.values) {
    const text = value.kind === 'list' ? value.items.map((item) => String(scalar(item) ?? '')).join(',') : scalar(value);
    if (text !== undefined && row.bad(String(text))) report(value, name);
  }
  if (judgeMissing && found.values.length === 0 && !found.unknown && !(row.configInstead !== undefined && truth(look(resource, row.configInstead).values[0]) === true)) report({ kind: 'null', origin: resource.header, at: resource.header }, name);
}

function check(row: FlagRow, resource: Resource, report: (at: Value, name: string) => void): void {
  switch (resource.type) {
    case 'k8s_kubeletconfiguration':
      if (row.config !== undefined && row.of.includes('kubelet')) checkConfiguration(row, resource, row.config, row.configMissing ?? false, 'kubelet', report);
      return;
    case 'k8s_kubeproxyconfiguration':
      if (row.config !== undefined && row.of.includes('kube-proxy')) checkConfiguration(row, resource, row.config, false, 'kube-proxy', report);
      return;
    case 'k8s_kubeschedulerconfiguration':
    case 'k8s_kubecontrollermanagerconfiguration':
      if (row.component !== undefined)
        checkConfiguration(
          row,
          resource,
          row.component,
          true,
          resource.type === 'k8s_kubeschedulerconfiguration' ? 'kube-scheduler' : 'kube-controller-manager',
          report,
        );
      return;
    default:
      if (handingOn.includes(resource.type)) {
        for (const [component, value, text] of handedOn(resource, row.flag)) if (row.of.includes(component) && row.bad(text)) report(value, component);
        const own = kubeletSettings[resource.type];
        if (own !== undefined && row.config !== undefined && row.of.includes('kubelet')) checkConfiguration(row, resource, `${own}.${row.config}`, false, 'kubelet', report);
        return;
      }
      for (const container of containersOf(resource)) {
        const flags = flagsOf(container.map);
        if (!flags || !row.of.includes(flags.component)) continue;
        const value = flags.values.get(row.flag);
        if (value ? row.bad(String(scalar(value))) : row.missing && flags.complete) report(value ?? flags.at, flags.component);
      }
  }
}

const types = [...workloads, ...['kubelet', 'kubeproxy', 'kubescheduler', 'kubecontrollermanager'].map((kind) => `k8s_${kind}configuration`), ...handingOn];

export default [...apiRows, ...identityRows, ...admissionRows, ...nodeRows, ...portRows].map((row): Rule =>
  defineRule({
    id: row.id,
    title: `${row.of[0]} that ${row.problem}`,
    severity: row.severity ?? 'low',
    confidence: row.confidence ?? (row.missing ? 'medium' : 'high'),
    references: ['CM-6', 'SC-8', 'AC-6'],
    what: `Reports ${row.of.join(', ')} when it ${row.problem}: the flag \`--${row.flag}\` in the command of its pod${row.config ? `, or \`${row.config}\` in a KubeletConfiguration` : ''}.`,
    why: row.why ?? 'The parts that control a cluster are worth more to an intruder than any workload in it.',
    whenNotToUse: 'For clusters whose control plane is set up by a provider, or that serve tests only.',
    noFix: 'Flags of the control plane depend on how the cluster was set up.',
    checks: [
      {
        on: 'resource',
        types,
        check: (resource, context) =>
          check(row, resource, (at, name) => context.report({ at: at.at, message: `${name} of "${resource.name}" ${row.problem}.` })),
      },
    ],
    examples: [{ file: 'manifest.yaml', bad: manifest(row, row.sample[0], true), good: manifest(row, row.sample[1], false) }],
  }),
);
