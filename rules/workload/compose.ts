import { lookIn, mapsOf, scalar, truth, type Literal, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { rewrite, setTo, takeItem, takeOut } from '../_fixes.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const file = 'docker-compose.yml';
const sample = (...lines: readonly string[]): string =>
  ['services:', '  vllm:', '    image: vllm@sha256:0', ...lines.map((line) => `    ${line}`), ''].join('\n');
const sensitive = /^(?:\/|~\/?|\/(?:etc|root|boot|dev|proc|sys|var|lib|lib64|bin|sbin|usr|home)(?:\/(?!(?:lib\/)?(?:docker\/volumes|localtime|timezone)).*)?)$/;
const harmless =
  /^\/(?:etc\/(?:localtime|timezone|ssl|resolv\.conf|hosts|letsencrypt|nginx|prometheus|grafana)\b|dev\/(?:shm|dri|null|nvidia)|var\/(?:www|log|lib\/(?:mysql|postgresql|redis|grafana|mongo)|opt)\b|home\/|usr\/(?:share|src)\b)/;

interface Mount {
  readonly source: string;
  readonly at: Value;
}

function mountsOf(resource: Resource): readonly Mount[] {
  return lookIn(mapOfResource(resource), 'volumes')
    .values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))
    .flatMap((item): Mount[] => {
      if (item.kind === 'string') return [{ source: item.value.split(':')[0]!, at: item }];
      const source = item.kind === 'map' ? (item.entries.get('source')?.value ?? item.entries.get('target')?.value) : undefined;
      return source?.kind === 'string' ? [{ source: source.value, at: source }] : [];
    });
}

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly path: string;
  readonly bad: (text: string) => boolean;
  readonly problem: string;
  readonly sample: readonly [key: string, value: string, good: string];
  /** The setting is taken out, as its default is good. */
  readonly out?: true;
}

const rows: readonly Row[] = [
  {
    id: 'workload/compose-privileged',
    title: 'Privileged compose service',
    severity: 'high',
    path: 'privileged',
    bad: (text) => text === 'true',
    problem: 'runs privileged',
    sample: ['privileged', 'true', 'false'],
  },
  {
    id: 'workload/compose-host-network',
    title: 'Compose service on the network of its host',
    severity: 'medium',
    path: 'network_mode',
    bad: (text) => text === 'host',
    problem: 'uses the network of its host',
    sample: ['network_mode', 'host', 'bridge'],
    out: true,
  },
  {
    id: 'workload/compose-host-pid',
    title: 'Compose service that sees the processes of its host',
    severity: 'medium',
    path: 'pid',
    bad: (text) => text === 'host',
    problem: 'sees the processes of its host',
    sample: ['pid', 'host', 'service:a'],
    out: true,
  },
  {
    id: 'workload/compose-host-ipc',
    title: 'Compose service that shares memory with its host',
    severity: 'medium',
    path: 'ipc',
    bad: (text) => text === 'host',
    problem: 'shares memory with its host',
    sample: ['ipc', 'host', 'private'],
  },
  {
    id: 'workload/compose-host-users',
    title: 'Compose service with the users of its host',
    severity: 'medium',
    path: 'userns_mode',
    bad: (text) => text === 'host',
    problem: 'has the users of its host',
    sample: ['userns_mode', 'host', 'private'],
    out: true,
  },
  {
    id: 'workload/compose-host-uts',
    title: 'Compose service with the name of its host',
    severity: 'low',
    path: 'uts',
    bad: (text) => text === 'host',
    problem: 'shares the name of its host',
    sample: ['uts', 'host', 'private'],
    out: true,
  },
  {
    id: 'workload/compose-host-cgroup',
    title: 'Compose service with the cgroup of its host',
    severity: 'low',
    path: 'cgroup_parent',
    bad: (text) => text.length > 0,
    problem: 'joins a cgroup of its host',
    sample: ['cgroup_parent', 'm-executor', ''],
    out: true,
  },
  {
    id: 'workload/compose-root',
    title: 'Compose service that runs as root',
    severity: 'low',
    path: 'user',
    bad: (text) => /^(?:root|0)(?::|$)/.test(text),
    problem: 'runs as root',
    sample: ['user', 'root', 'app'],
  },
  {
    id: 'workload/compose-engine-socket',
    title: 'Compose service that commands the engine',
    severity: 'high',
    path: 'use_api_socket',
    bad: (text) => text === 'true',
    problem: 'commands the containers of its host, with the sign-in of whoever starts it',
    sample: ['use_api_socket', 'true', 'false'],
  },
  {
    id: 'workload/compose-writable-root',
    title: 'Compose service that may change its own files',
    severity: 'info',
    path: 'read_only',
    bad: (text) => text === 'false',
    problem: 'may change its own files',
    sample: ['read_only', 'false', 'true'],
  },
  {
    id: 'workload/compose-restart',
    title: 'Compose service that restarts forever',
    severity: 'info',
    path: 'restart',
    bad: (text) => text === 'always',
    problem: 'restarts however often it fails',
    sample: ['restart', 'always', 'on-failure:5'],
  },
];

/** What a fix sets; whose name a service should run under only its author knows. */
const goodOf = ({ path, sample: [, , good] }: Row): Literal => (path === 'user' ? { placeholder: good } : /^(?:true|false)$/.test(good) ? good === 'true' : good);

const onlyWith = (map: MapValue, keys: readonly string[]): boolean => keys.some((key) => map.entries.has(key));

export default [
  ...rows.map((row) =>
    objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      types: ['compose_service'],
      file,
      what: `Reports \`${row.sample[0]}: ${row.sample[1]}\`.`,
      check: (resource, tell) => {
        for (const value of lookIn(mapOfResource(resource), row.path).values) {
          const text = scalar(value);
          if (text !== undefined && row.bad(String(text))) tell(value, `Service "${resource.name}" ${row.problem}.`, row.out ? takeOut(resource, row.path) : setTo(resource, row.path, goodOf(row)));
        }
      },
      bad: sample(`${row.sample[0]}: ${row.sample[1]}`, `${' '.repeat(row.sample[0].length + 2)}${'^'.repeat(row.sample[1].length)}`),
      fixed: row.out ? sample() : sample(`${row.sample[0]}: ${row.sample[2].includes(':') ? `"${row.sample[2]}"` : row.sample[2]}`),
      good: row.sample[2] === '' ? sample('labels: []') : sample(`${row.sample[0]}: ${row.sample[2]}`),
    }),
  ),
  objectRule({
    id: 'workload/compose-capability',
    title: 'Compose service with an added capability',
    severity: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports `cap_add`.',
    check: (resource, tell) => {
      for (const name of textsAt(mapOfResource(resource), 'cap_add'))
        if (!/NET_BIND_SERVICE/.test(name.value)) tell(name, `Service "${resource.name}" gets the capability ${name.value}.`, takeItem(resource, 'cap_add', name));
    },
    bad: sample('cap_add: [SYS_ADMIN]', '          ^^^^^^^^^'),
    fixed: sample(),
    good: sample('cap_drop: [ALL]'),
  }),
  objectRule({
    id: 'workload/compose-capabilities-kept',
    title: 'Compose service that keeps its capabilities',
    severity: 'info',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports services without `cap_drop`.',
    check: (resource, tell) => {
      if (resource.complete && !resource.attributes.has('cap_drop') && !resource.attributes.has('extends'))
        tell(undefined, `Service "${resource.name}" drops no capabilities.`, setTo(resource, 'cap_drop', ['ALL']));
    },
    bad: 'services:\n  vllm:\n  ^^^^\n    image: vllm\n',
    fixed: 'services:\n  vllm:\n    cap_drop: ["ALL"]\n    image: vllm\n',
    good: sample('cap_drop: [ALL]'),
  }),
  objectRule({
    id: 'workload/compose-seccomp-off',
    title: 'Compose service without seccomp',
    severity: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports `seccomp:unconfined`.',
    check: (resource, tell) => {
      for (const option of textsAt(mapOfResource(resource), 'security_opt'))
        if (/seccomp[:=]\s*unconfined/.test(option.value)) tell(option, `Service "${resource.name}" may call everything of the kernel.`, takeItem(resource, 'security_opt', option));
    },
    bad: sample('security_opt: ["seccomp:unconfined", "no-new-privileges:true"]', '                ^^^^^^^^^^^^^^^^^^'),
    fixed: true,
    good: sample('security_opt: ["no-new-privileges:true"]'),
  }),
  objectRule({
    id: 'workload/compose-apparmor-off',
    title: 'Compose service without AppArmor',
    severity: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports `apparmor:unconfined` and `label:disable`.',
    check: (resource, tell) => {
      for (const option of textsAt(mapOfResource(resource), 'security_opt'))
        if (/apparmor[:=]\s*unconfined|label[:=]\s*disable/.test(option.value)) tell(option, `Service "${resource.name}" is not confined.`, takeItem(resource, 'security_opt', option));
    },
    bad: sample('security_opt:', '  - no-new-privileges:true', '  - apparmor:unconfined', '    ^^^^^^^^^^^^^^^^^^^'),
    fixed: sample('security_opt:', '  - no-new-privileges:true'),
    good: sample('security_opt: ["no-new-privileges:true"]'),
  }),
  objectRule({
    id: 'workload/compose-new-privileges',
    title: 'Compose service that may gain privileges',
    severity: 'info',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports services without `no-new-privileges`, or with it switched off.',
    check: (resource, tell) => {
      const option = textsAt(mapOfResource(resource), 'security_opt').find((one) => one.value.startsWith('no-new-privileges'));
      if (
        option
          ? /false/.test(option.value)
          : resource.complete && !lookIn(mapOfResource(resource), 'security_opt').unknown && !resource.attributes.has('extends')
      )
        tell(option, `Service "${resource.name}" may gain privileges while it runs.`, option ? rewrite(option, 'no-new-privileges:true') : resource.attributes.has('security_opt') ? [] : setTo(resource, 'security_opt', ['no-new-privileges:true']));
    },
    bad: 'services:\n  vllm:\n  ^^^^\n    image: vllm\n',
    fixed: 'services:\n  vllm:\n    security_opt: ["no-new-privileges:true"]\n    image: vllm\n',
    good: sample('security_opt: ["no-new-privileges:true"]'),
  }),
  objectRule({
    id: 'workload/compose-docker-socket',
    title: 'Docker socket in a compose service',
    severity: 'high',
    types: ['compose_service'],
    file,
    what: 'Reports services that mount the socket of Docker or containerd.',
    why: 'Whoever reaches the socket commands the host.',
    check: (resource, tell) => {
      for (const mount of mountsOf(resource))
        if (/(?:docker|containerd|crio|podman)\.sock$/.test(mount.source))
          tell(mount.at, `Service "${resource.name}" controls the container runtime of its host.`);
    },
    bad: sample('volumes: ["/var/run/docker.sock:/var/run/docker.sock"]', '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    good: sample('volumes: ["data:/data"]'),
  }),
  objectRule({
    id: 'workload/compose-sensitive-mount',
    title: 'System folder in a compose service',
    severity: 'medium',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports services that mount folders of the system.',
    check: (resource, tell) => {
      for (const mount of mountsOf(resource))
        if (sensitive.test(mount.source) && !harmless.test(mount.source) && !/\.sock$/.test(mount.source))
          tell(mount.at, `Service "${resource.name}" mounts "${mount.source}" of its host.`);
    },
    bad: sample('volumes: ["/etc:/host/etc"]', '           ^^^^^^^^^^^^^^'),
    good: sample('volumes: ["data:/data"]'),
  }),
  objectRule({
    id: 'workload/compose-sensitive-volume',
    title: 'System folder as a volume of compose',
    severity: 'medium',
    confidence: 'medium',
    types: ['compose_volume'],
    file,
    what: 'Reports volumes whose driver keeps them in folders of the system.',
    check: (resource, tell) => {
      for (const value of ['driver_opts.device', 'driver_opts.mountpoint'].flatMap((path) => textsAt(mapOfResource(resource), path)))
        if (sensitive.test(value.value) && !harmless.test(value.value)) tell(value, `Volume "${resource.name}" is "${value.value}" of its host.`);
    },
    bad: `${sample('volumes: ["root:/host"]')}volumes:\n  root:\n    driver_opts:\n      device: /etc\n              ^^^^\n      o: bind\n`,
    good: `${sample('volumes: ["data:/data"]')}volumes:\n  data:\n    driver_opts:\n      device: /srv/data\n      o: bind\n`,
  }),
  objectRule({
    id: 'workload/compose-shared-mount',
    title: 'Shared mount propagation',
    severity: 'low',
    types: ['compose_service'],
    file,
    what: 'Reports `propagation: shared` and `:shared`.',
    check: (resource, tell) => {
      for (const value of [...textsAt(mapOfResource(resource), 'volumes'), ...textsAt(mapOfResource(resource), 'volumes.bind.propagation')])
        if (/^(?:shared|rshared|slave|rslave)$|:r?shared$/.test(value.value)) tell(value, `Service "${resource.name}" shares its mounts with its host.`, rewrite(value, value.value.includes(':') ? value.value.replace(/:r?shared$/, '') : 'rprivate'));
    },
    bad: sample('volumes: ["/data:/data:shared"]', '           ^^^^^^^^^^^^^^^^^^'),
    fixed: sample('volumes: ["/data:/data"]'),
    good: sample('volumes: ["data:/data"]'),
  }),
  ...(
    [
      ['memory', 'no memory limit', ['mem_limit'], 'workload/compose-no-memory-limit', '2g'],
      ['cpus', 'no CPU limit', ['cpus', 'cpu_quota', 'cpu_count', 'cpu_shares'], 'workload/compose-no-cpu-limit', 2],
      ['pids', 'no limit of processes', ['pids_limit'], 'workload/compose-no-pid-limit', 200],
    ] as const
  ).map(([name, problem, keys, id, limit]) =>
    objectRule({
      id,
      title: `Compose service with ${problem}`,
      severity: 'info',
      confidence: 'medium',
      types: ['compose_service'],
      file,
      what: `Reports services with ${problem}.`,
      why: 'One container can starve all others on its host.',
      references: ['CWE-770', 'SC-5'],
      check: (resource, tell) => {
        const found = lookIn(mapOfResource(resource), `deploy.resources.limits.${name}`);
        if (resource.complete && found.values.length === 0 && !found.unknown && !onlyWith(mapOfResource(resource), [...keys, 'extends']))
          tell(
            lookIn(mapOfResource(resource), 'deploy.resources.limits')
              .values.flatMap(mapsOf)
              .flatMap((map) => [...map.entries.values()])
              .map((entry): Value => ({ ...entry.value, at: entry.keyOrigin }))[0],
            `Service "${resource.name}" has ${problem}.`,
            found.absentIn[0] ? setTo(resource, name, { placeholder: limit }, found.absentIn[0]) : setTo(resource, keys[0], { placeholder: limit }),
          );
      },
      bad: 'services:\n  vllm:\n  ^^^^\n    image: vllm\n',
      fixed: `services:\n  vllm:\n    ${keys[0]}: ${typeof limit === 'string' ? `"${limit}"` : limit}\n    image: vllm\n`,
      good: sample(`${keys[0]}: 1`),
    }),
  ),
  objectRule({
    id: 'network/compose-all-interfaces',
    title: 'Port open on all addresses of the host',
    severity: 'low',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports published ports that are not bound to one address.',
    why: families.exposed.why,
    references: families.exposed.references,
    whenNotToUse: 'For services that are public on purpose.',
    check: (resource, tell) => {
      for (const item of lookIn(mapOfResource(resource), 'ports').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
        const text = scalar(item);
        if (text !== undefined && !String(text).includes('${') && /^(?:0\.0\.0\.0:)?\d+(?:-\d+)?:\d+/.test(String(text)))
          tell(item, `Service "${resource.name}" opens port ${String(text).split(':').at(-2)} on all addresses of its host.`, rewrite(item, `127.0.0.1:${String(text).replace(/^0\.0\.0\.0:/, '')}`));
        if (
          item.kind === 'map' &&
          item.entries.has('published') &&
          /^(?:0\.0\.0\.0|::)?$/.test(String(scalar(item.entries.get('host_ip')?.value) ?? '')) &&
          item.entries.get('host_ip')?.value.kind !== 'unknown'
        )
          tell(item.entries.get('published')!.value, `Service "${resource.name}" opens a port on all addresses of its host.`, setTo(resource, 'host_ip', '127.0.0.1', item));
      }
    },
    bad: sample('ports: ["8000:8000"]', '         ^^^^^^^^^'),
    fixed: true,
    good: sample('ports: ["127.0.0.1:8000:8000"]'),
  }),
  objectRule({
    id: 'network/compose-privileged-port',
    title: 'Privileged port of a compose service',
    severity: 'info',
    types: ['compose_service'],
    file,
    what: 'Reports published ports below 1024 other than 80 and 443.',
    why: families.exposed.why,
    references: families.exposed.references,
    check: (resource, tell) => {
      for (const port of textsAt(mapOfResource(resource), 'ports')) {
        const host = Number(/(?:^|:)(\d+):\d+(?:\/\w+)?$/.exec(port.value)?.[1] ?? 9999);
        if (host < 1024 && host !== 80 && host !== 443) tell(port, `Service "${resource.name}" uses the privileged port ${host}.`);
      }
    },
    bad: sample('ports: ["22:22"]', '         ^^^^^'),
    good: sample('ports: ["127.0.0.1:8000:8000"]'),
  }),
  objectRule({
    id: 'monitoring/compose-without-healthcheck',
    title: 'Compose service without a health check',
    severity: 'info',
    confidence: 'low',
    types: ['compose_service'],
    file,
    what: 'Reports services without `healthcheck`, or with it switched off.',
    why: 'A service that hangs is not noticed.',
    references: ['SC-5', 'CP-10'],
    check: (resource, tell) => {
      const off = lookIn(mapOfResource(resource), 'healthcheck.disable').values.find((value) => truth(value) === true);
      if (off || (resource.complete && !resource.attributes.has('healthcheck') && !resource.attributes.has('extends')))
        tell(off, `Service "${resource.name}" has no health check.`);
    },
    bad: 'services:\n  vllm:\n  ^^^^\n    image: vllm\n',
    good: sample('healthcheck:', '  test: curl -f http://localhost:8000/health'),
  }),
  objectRule({
    id: 'dependencies/compose-image-latest',
    title: 'Compose image with the tag latest',
    severity: 'low',
    types: ['compose_service'],
    file,
    what: 'Reports images with the tag `latest`, or without a tag.',
    why: families.supply.why,
    references: families.supply.references,
    check: (resource, tell) => {
      for (const image of textsAt(mapOfResource(resource), 'image'))
        if (
          !image.value.includes('$') &&
          !image.value.includes('@') &&
          (!/:[\w.-]+$/.test(image.value) || /:latest$/.test(image.value)) &&
          !resource.attributes.has('build')
        )
          tell(image, `Image "${image.value}" of "${resource.name}" is whatever was pushed last.`);
    },
    bad: 'services:\n  vllm:\n    image: vllm/vllm-openai:latest\n           ^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: sample(),
  }),
  objectRule({
    id: 'workload/compose-device',
    title: 'Device of the host in a compose service',
    severity: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports devices by which a container reaches the memory or the disks of its host, and all devices at once.',
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'devices'))
        if (/^\/dev(?:\/(?:k?mem|port|sd[a-z]\d*|nvme\w+|vd[a-z]\d*|xvd[a-z]\d*|disk|mapper)\b[^:]*)?(?::|$)/.test(value.value))
          tell(value, `Service "${resource.name}" reaches "${value.value.split(':')[0]!}" of its host.`);
      for (const value of textsAt(mapOfResource(resource), 'device_cgroup_rules')) if (/^[abc]\s+\*:\*/.test(value.value)) tell(value, `Service "${resource.name}" may use every device of its host.`);
    },
    bad: sample('devices: ["/dev/mem:/dev/mem"]', '           ^^^^^^^^^^^^^^^^^'),
    good: sample('devices: ["/dev/dri:/dev/dri"]'),
  }),
];
