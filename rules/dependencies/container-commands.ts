import { containersOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';
import { shellIssues, type ShellIssue } from '../_shell.ts';
import { sourceOf } from '../_source.ts';

const { supply, transit } = families;

/** What containers run: the words of their commands, and the scripts of steps. */
function commandsOf(resource: Resource): readonly (Value & { readonly kind: 'string' })[] {
  if (resource.type === 'compose_service') return ['command', 'entrypoint'].flatMap((name) => textsAt(mapOfResource(resource), name));
  return containersOf(resource).flatMap((one) => [
    ...['command', 'args', 'script', 'source'].flatMap((name) => textsAt(one.map, name)),
    ...['postStart', 'preStop'].flatMap((name) => lookIn(one.map, `lifecycle.${name}.exec`).values).flatMap((value) => (value.kind === 'map' ? textsAt(value, 'command') : [])),
  ]);
}

/** Issues of one kind in what a container runs, with their places. */
function* issuesOf(resource: Resource, kind: ShellIssue['kind'], context: ResourceContext): Iterable<{ readonly at: Value; readonly issue: ShellIssue }> {
  for (const { origin } of commandsOf(resource)) {
    const text = sourceOf(context, origin);
    if (!/\b(?:curl|wget|git|pip|npm|ssh)\b/.test(text)) continue;
    for (const issue of shellIssues(text)) {
      if (issue.kind !== kind) continue;
      const own = { path: origin.path, range: { start: origin.range.start + issue.start, end: origin.range.start + issue.end } };
      yield { at: { kind: 'null', origin: own, at: own }, issue };
    }
  }
}

const shell = (command: string): readonly string[] => container('command: [sh, -c]', `args: ['${command}']`);
const marks = (command: string, part: string): readonly string[] => [...shell(command), `${' '.repeat(14 + command.indexOf(part))}${'^'.repeat(part.length)}`];

const rows = [
  {
    id: 'dependencies/container-script-from-network',
    title: 'Container that runs a script from the network',
    kind: 'piped',
    what: 'Reports `curl ... | sh` in the commands of pods and of compose services.',
    why: supply.why,
    references: supply.references,
    noFix: 'What the script does belongs into the image.',
    sample: ['curl -s https://example.com/i.sh | sh', 'curl -s https://example.com/i.sh | sh', './i.sh'],
  },
  {
    id: 'transport/container-download-unchecked',
    title: 'Container that downloads without checking certificates',
    kind: 'insecure',
    what: 'Reports `curl -k`, `wget --no-check-certificate` and the like in the commands of pods and of compose services.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    noFix: 'The authority that signs the certificate has to be given.',
    sample: ['wget --no-check-certificate https://example.com/a.bin', '--no-check-certificate', 'wget https://example.com/a.bin'],
  },
] as const;

export default rows.map((row) =>
  objectRule({
    id: row.id,
    title: row.title,
    severity: 'low',
    confidence: 'medium',
    types: [...workloads, 'compose_service'],
    what: row.what,
    why: row.why,
    references: row.references,
    noFix: row.noFix,
    whenNotToUse: 'For probes of the container itself, and for servers inside of the cluster.',
    check: (resource, tell, context) => {
      for (const { at, issue } of issuesOf(resource, row.kind, context)) tell(at, `"${resource.name}": ${issue.message}`);
    },
    bad: pod(marks(row.sample[0], row.sample[1])),
    good: pod(shell(row.sample[2])),
    more: [
      {
        file: 'docker-compose.yml',
        bad: `services:\n  chat:\n    image: a@sha256:0\n    command: sh -c "${row.sample[0]}"\n${' '.repeat(20 + row.sample[0].indexOf(row.sample[1]))}${'^'.repeat(row.sample[1].length)}\n`,
        good: `services:\n  chat:\n    image: a@sha256:0\n    command: sh -c "${row.sample[2]}"\n`,
      },
    ],
  }),
);
