import { lookIn, scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const file = 'playbook.yml';
const play = (...lines: readonly string[]): string => ['- hosts: all', '  tasks:', ...lines.map((line) => `    ${line}`), ''].join('\n');
const { container, exposed, host, supply } = families;

const valuesAt = (resource: Resource, path: string): readonly Value[] => lookIn(mapOfResource(resource), path).values;

export default [
  objectRule({
    id: 'dependencies/ansible-git-without-version',
    title: 'Repository of whatever was pushed last',
    severity: 'info',
    confidence: 'medium',
    types: ['ansible_git'],
    file,
    what: 'Reports tasks of `git` without a `version`, or with the name of a usual branch.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const version = valuesAt(resource, 'version')[0];
      if (version ? /^(?:HEAD|main|master|develop)$/.test(String(scalar(version) ?? '')) : resource.complete)
        tell(version ?? valuesAt(resource, 'repo')[0], `Task "${resource.name}" fetches whatever was pushed last.`);
    },
    bad: play('- name: fetch', '  git:', '    repo: https://example.com/a.git', '          ^^^^^^^^^^^^^^^^^^^^^^^^^', '    dest: /a'),
    good: play('- name: fetch', '  git:', '    repo: https://example.com/a.git', '    dest: /a', '    version: v1.2.0'),
  }),
  objectRule({
    id: 'dependencies/ansible-download-unchecked',
    title: 'Download without a checksum',
    severity: 'info',
    confidence: 'medium',
    types: ['ansible_get_url'],
    file,
    what: 'Reports tasks of `get_url` without a `checksum`.',
    why: supply.why,
    references: supply.references,
    noFix: 'The checksum has to be looked up.',
    check: (resource, tell) => {
      const url = valuesAt(resource, 'url')[0];
      if (url?.kind === 'string' && resource.complete && !resource.attributes.has('checksum'))
        tell(url, `Task "${resource.name}" does not check what it downloads.`);
    },
    bad: play('- name: fetch', '  get_url:', '    url: https://example.com/a', '         ^^^^^^^^^^^^^^^^^^^^^', '    dest: /a'),
    good: play('- name: fetch', '  get_url:', '    url: https://example.com/a', '    dest: /a', '    checksum: sha256:0'),
  }),
  objectRule({
    id: 'workload/ansible-confinement-off',
    title: 'SELinux switched off',
    severity: 'medium',
    types: ['ansible_selinux'],
    file,
    what: 'Reports tasks of `selinux` with `state: disabled` or `permissive`.',
    why: host.why,
    references: host.references,
    noFix: 'What stops working has to be known.',
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'state'))
        if (/^(?:disabled|permissive)$/.test(value.value)) tell(value, `Task "${resource.name}" switches SELinux off.`);
    },
    bad: play('- name: confine', '  selinux:', '    state: disabled', '           ^^^^^^^^'),
    good: play('- name: confine', '  selinux:', '    state: enforcing'),
  }),
  objectRule({
    id: 'network/ansible-firewall-off',
    title: 'Firewall of a machine switched off',
    severity: 'medium',
    types: ['ansible_ufw', 'ansible_service', 'ansible_systemd', 'ansible_systemd_service'],
    file,
    what: 'Reports tasks that switch `ufw` off, and that stop `firewalld`, `ufw` or `iptables`.',
    why: exposed.why,
    references: exposed.references,
    noFix: 'The ports that are needed have to be known.',
    check: (resource, tell) => {
      const firewall =
        resource.type === 'ansible_ufw' || /^(?:firewalld|ufw|iptables|nftables)(?:\.service)?$/.test(String(scalar(valuesAt(resource, 'name')[0]) ?? ''));
      for (const value of textsAt(mapOfResource(resource), 'state'))
        if (firewall && /^(?:disabled|reset|stopped)$/.test(value.value)) tell(value, `Task "${resource.name}" switches the firewall off.`);
    },
    bad: play('- name: open', '  service:', '    name: firewalld', '    state: stopped', '           ^^^^^^^'),
    good: play('- name: close', '  service:', '    name: firewalld', '    state: started'),
  }),
  objectRule({
    id: 'workload/ansible-container-open',
    title: 'Container started with rights on its host',
    severity: 'medium',
    types: ['ansible_docker_container'],
    file,
    what: 'Reports containers that share the network, the processes or the memory of their host, and that get its Docker socket.',
    why: container.why,
    references: container.references,
    noFix: 'What the container needs has to be known.',
    check: (resource, tell) => {
      for (const path of ['network_mode', 'pid_mode', 'ipc_mode', 'userns_mode'])
        for (const value of textsAt(mapOfResource(resource), path))
          if (value.value === 'host') tell(value, `Task "${resource.name}" starts a container that is not apart from its host.`);
      for (const value of textsAt(mapOfResource(resource), 'volumes'))
        if (/(?:docker|containerd|crio|podman)\.sock(?::|$)/.test(value.value))
          tell(value, `Task "${resource.name}" starts a container that controls the others.`);
    },
    bad: play('- name: start', '  docker_container:', '    name: a', '    network_mode: host', '                  ^^^^'),
    good: play('- name: start', '  docker_container:', '    name: a', '    network_mode: bridge'),
  }),
  objectRule({
    id: 'auth/ansible-root-login',
    title: 'Sign-in that attackers try first',
    severity: 'medium',
    confidence: 'medium',
    types: ['ansible_lineinfile', 'ansible_replace', 'ansible_blockinfile'],
    file,
    what: 'Reports lines that let root, or people with a password, sign in over SSH.',
    why: families.identity.why,
    references: families.identity.references,
    noFix: 'Keys have to be there first.',
    check: (resource, tell) => {
      for (const value of ['line', 'replace', 'block'].flatMap((path) => textsAt(mapOfResource(resource), path)))
        if (/^\s*(?:PermitRootLogin\s+yes|PasswordAuthentication\s+yes|PermitEmptyPasswords\s+yes)\b/im.test(value.value))
          tell(value, `Task "${resource.name}" opens SSH to guesses.`);
    },
    bad: play('- name: ssh', '  lineinfile:', '    path: /etc/ssh/sshd_config', '    line: PermitRootLogin yes', '          ^^^^^^^^^^^^^^^^^^^'),
    good: play('- name: ssh', '  lineinfile:', '    path: /etc/ssh/sshd_config', '    line: PermitRootLogin no'),
  }),
];
