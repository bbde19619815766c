import { lookIn, scalar, truth, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { rewrite, setTo, takeOut } from '../_fixes.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { settingsOf } from '../_services.ts';

const file = 'docker-compose.yml';
const sample = (...lines: readonly string[]): string => ['services:', '  chat:', '    image: chat@sha256:0', ...lines.map((line) => `    ${line}`), ''].join('\n');
const { container, host, logging } = families;

/** Files in a home that open other machines. */
const credentials = /^(?:~|\$HOME|\$\{HOME[^}]*\}|\/root|\/home\/[\w.-]+)\/(\.(?:ssh(?!\/(?:known_hosts|config|[\w.-]+\.pub))|aws|azure|kube|gnupg|docker\/config\.json|netrc|git-credentials|npmrc|pypirc|config\/(?:gcloud|gh)))(?:\/|:|$)/;

/** Settings of services that are seldom seen. */
export default [
  objectRule({
    id: 'workload/compose-credential-mount',
    title: 'Credentials of a person in a compose service',
    severity: 'low',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports services that mount the keys of SSH, of a cloud, a cluster or a registry from the home of whoever starts them.',
    why: 'Whoever gets into the service, or into one of its dependencies, acts as that person everywhere.',
    references: ['CWE-522', 'AC-6', 'IA-5'],
    noFix: 'The service needs a credential of its own.',
    whenNotToUse: 'On the machine of a developer, for services with nothing but own code.',
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      for (const value of [...textsAt(root, 'volumes'), ...textsAt(root, 'volumes.source')]) {
        const kept = credentials.exec(value.value)?.[1];
        if (kept !== undefined) tell(value, `Service "${resource.name}" gets ${kept} of whoever starts it.`);
      }
    },
    bad: sample('volumes: ["~/.aws:/root/.aws:ro"]', '           ^^^^^^^^^^^^^^^^^^^^'),
    good: sample('volumes: ["./data:/data"]'),
  }),
  objectRule({
    id: 'workload/compose-build-secret',
    title: 'Secret handed to the build of a service',
    severity: 'low',
    confidence: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports `build.args` with a name of a secret.',
    why: 'Arguments of a build stand in the history of the image; a mounted secret does not.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'The Dockerfile has to take the secret by a mount (`RUN --mount=type=secret`), and the service by `build.secrets`.',
    check: (resource, tell) => {
      for (const one of settingsOf(mapOfResource(resource), ['build.args']))
        if (/(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|ACCESS_KEY)$/i.test(one.name) && !/public|_ID$/i.test(one.name)) tell(one.value, `The secret "${one.name}" stays in the history of the image of "${resource.name}".`);
    },
    bad: sample('build:', '  context: .', '  args:', '    HF_TOKEN: ${HF_TOKEN}', '              ^^^^^^^^^^^'),
    good: sample('build:', '  context: .', '  secrets: [hf]'),
  }),
  objectRule({
    id: 'workload/compose-build-rights',
    title: 'Build of a service with rights on its machine',
    severity: 'medium',
    types: ['compose_service'],
    file,
    what: 'Reports `build.privileged`, the entitlements `security.insecure` and `network.host`, and builds on the network of the host.',
    why: container.why,
    references: container.references,
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      for (const value of lookIn(root, 'build.privileged').values) if (truth(value) === true) tell(value, `"${resource.name}" is built with rights on its machine.`, setTo(resource, 'build.privileged', false));
      for (const value of textsAt(root, 'build.entitlements')) if (/^(?:security\.insecure|network\.host|device)$/.test(value.value)) tell(value, `"${resource.name}" is built with rights on its machine.`);
      for (const value of textsAt(root, 'build.network')) if (value.value === 'host') tell(value, `"${resource.name}" is built on the network of its machine.`, takeOut(resource, 'build.network'));
    },
    bad: sample('build:', '  context: .', '  privileged: true', '              ^^^^'),
    fixed: true,
    good: sample('build:', '  context: .', '  privileged: false'),
  }),
  objectRule({
    id: 'workload/compose-shared-namespace',
    title: 'Service that shares more than it has to',
    severity: 'low',
    types: ['compose_service'],
    file,
    what: 'Reports `cgroup: host` and `ipc: shareable`.',
    why: container.why,
    references: container.references,
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      const shared: readonly (readonly [path: string, word: string])[] = [['cgroup', 'host'], ['ipc', 'shareable']];
      for (const [path, word] of shared) for (const value of textsAt(root, path)) if (value.value === word) tell(value, `"${resource.name}" shares ${path} with others.`, rewrite(value, 'private'));
    },
    bad: sample('cgroup: host', '        ^^^^'),
    fixed: true,
    good: sample('cgroup: private'),
  }),
  objectRule({
    id: 'monitoring/compose-without-log',
    title: 'Service whose output is thrown away',
    severity: 'low',
    types: ['compose_service'],
    file,
    what: 'Reports the logging driver `none`.',
    why: logging.why,
    references: logging.references,
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'logging.driver')) if (value.value === 'none') tell(value, `The output of "${resource.name}" is thrown away.`, rewrite(value, 'json-file'));
    },
    bad: sample('logging: {driver: none}', '                  ^^^^'),
    fixed: true,
    good: sample('logging: {driver: json-file}'),
  }),
  objectRule({
    id: 'workload/compose-development-mode',
    title: 'Store that runs in its mode for development',
    severity: 'medium',
    types: ['compose_service', 'k8s_deployment', 'k8s_statefulset', 'k8s_pod'],
    file,
    what: 'Reports Vault with `server -dev` and Consul with `agent -dev`.',
    why: 'In this mode there is one root token that everybody knows or sees, no TLS, and nothing is kept.',
    references: host.references,
    check: (resource, tell) => {
      const root = mapOfResource(resource);
      const lists: readonly Value[] = resource.type === 'compose_service' ? lookIn(root, 'command').values : ['spec.template.spec.containers', 'spec.containers'].flatMap((path) => [...lookIn(root, `${path}.args`).values, ...lookIn(root, `${path}.command`).values]);
      for (const value of lists) {
        const words = value.kind === 'list' ? value.items.map((item) => String(scalar(item) ?? '')).join(' ') : String(scalar(value) ?? '');
        if (/(?:^|\s)(?:server|agent)\s(?:.*\s)?-dev(?:\s|$)/.test(words)) tell(value, `"${resource.name}" runs in its mode for development.`);
      }
    },
    bad: sample('command: server -dev', '         ^^^^^^^^^^^'),
    good: sample('command: server'),
  }),
];
