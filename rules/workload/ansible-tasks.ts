import { lookIn, scalar, truth, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { safer } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';

const file = 'playbook.yml';
const play = (...lines: readonly string[]): string => ['- hosts: all', '  tasks:', ...lines.map((line) => `    ${line}`), ''].join('\n');
const { container, privilege, supply, transit } = families;
/** Modules that have a rule of their own for this. */
const ruled = /(?:^|\.)(?:uri|get_url|win_get_url|win_uri|yum|dnf|apt_repository|apt_key|unarchive|rpm_key)$|api_gateway|^(?:amazon|community)\.aws\./;

/** A variable in a template whose name says that it holds a secret. */
const secretVariable = /\{\{-?\s*(?:[\w.]+\.)?(\w*(?:password|passwd|secret|api_?key|private_?key|token))\s*(?:\|\s*(?:quote|trim|string)\s*)?-?\}\}/i;

const textsOf = (value: Value | undefined): readonly (Value & { readonly kind: 'string' })[] =>
  value?.kind === 'list' ? value.items.flatMap(textsOf) : value?.kind === 'string' ? [value] : [];

/** True for a task that takes something away, which may be gone already. */
const removes = (task: Resource): boolean =>
  [...task.attributes.values()].some(({ value }) => value.kind === 'map' && scalar(value.entries.get('state')?.value) === 'absent');

export default [
  objectRule({
    id: 'iam/ansible-become-user-alone',
    title: 'User of a task that is never changed to',
    severity: 'low',
    confidence: 'medium',
    types: ['ansible_play', 'ansible_task'],
    file,
    what: 'Reports `become_user` where neither the task nor its blocks nor its play say `become`.',
    why: 'The task runs as the user of the connection, with rights that its author meant to give up.',
    references: ['CWE-250', 'AC-6'],
    noFix: 'Whether the user has to be changed is to be decided.',
    whenNotToUse: 'Where the inventory or ansible.cfg switches `become` on.',
    check: (resource, tell) => {
      const user = resource.attributes.get('become_user');
      const within = resource.type === 'ansible_play' || resource.attributes.has('play_hosts');
      if (user && within && !resource.attributes.has('become') && !resource.attributes.has('play_become'))
        tell({ ...user.value, at: user.keyOrigin }, `"${resource.name}" names a user and does not change to it.`);
    },
    bad: play('- name: migrate', '  command: ./migrate', '  become_user: chat', '  ^^^^^^^^^^^'),
    good: play('- name: migrate', '  command: ./migrate', '  become: true', '  become_user: chat'),
  }),
  objectRule({
    id: 'monitoring/ansible-errors-ignored',
    title: 'Task whose failure nobody notices',
    severity: 'info',
    confidence: 'medium',
    types: ['ansible_task', 'ansible_block', 'ansible_play'],
    file,
    what: 'Reports `ignore_errors: true` on tasks whose result is not kept either.',
    why: 'A setting that was not made looks like one that was.',
    references: ['CM-3', 'CM-6'],
    noFix: 'Which failure may happen is to be said in `failed_when`.',
    check: (resource, tell) => {
      const own = resource.attributes.get('ignore_errors')?.value;
      if (own && truth(own) === true && !resource.attributes.has('register') && !removes(resource)) tell(own, `Failures of "${resource.name}" are not noticed.`);
    },
    bad: play('- name: reload', '  command: ./reload', '  ignore_errors: true', '                 ^^^^'),
    good: play('- name: reload', '  command: ./reload', '  register: reload', '  failed_when: reload.rc > 1'),
  }),
  objectRule({
    id: 'workload/ansible-file-without-mode',
    title: 'File whose rights the machine decides',
    severity: 'info',
    confidence: 'low',
    types: ['ansible_copy', 'ansible_template', 'ansible_get_url', 'ansible_assemble', 'ansible_file', 'ansible_lineinfile', 'ansible_blockinfile'],
    file,
    what: 'Reports tasks that make a file without saying its `mode`.',
    why: 'The umask of the machine decides who reads the file, and on most it is everybody.',
    references: ['CWE-732', 'AC-6'],
    noFix: 'Who has to read the file is to be known.',
    check: (resource, tell) => {
      if (!resource.complete || resource.attributes.has('mode') || resource.attributes.has('task_loop') || resource.attributes.has('task_with_items')) return;
      const { type } = resource;
      if (type === 'ansible_file' && !/^(?:touch|directory)$/.test(textAt(resource, 'state') ?? '')) return;
      if (/ansible_(?:line|block)infile/.test(type) && truth(lookIn(mapOfResource(resource), 'create').values[0]) !== true) return;
      const place = ['dest', 'path', 'name'].flatMap((key) => lookIn(mapOfResource(resource), key).values)[0];
      if (place?.kind === 'string') tell(place, `The machine decides who reads ${place.value.slice(0, 60)}.`);
    },
    bad: play('- name: settings', '  copy:', '    src: chat.conf', '    dest: /etc/chat.conf', '          ^^^^^^^^^^^^^^'),
    good: play('- name: settings', '  copy:', '    src: chat.conf', '    dest: /etc/chat.conf', "    mode: '0640'"),
  }),
  objectRule({
    id: 'iam/ansible-sudoers-without-password',
    title: 'Rule of sudo for every command, without a password',
    severity: 'medium',
    types: ['ansible_sudoers'],
    file,
    what: 'Reports tasks of `sudoers` that allow all commands with no password; leaving `nopassword` out asks for none either.',
    why: privilege.why,
    references: privilege.references,
    noFix: 'The commands have to be chosen.',
    check: (resource, tell) => {
      const commands = lookIn(mapOfResource(resource), 'commands').values[0];
      const all = textsOf(commands).find((one) => one.value === 'ALL');
      const asked = lookIn(mapOfResource(resource), 'nopassword').values[0];
      if (all && (asked === undefined ? resource.complete : truth(asked) === true)) tell(asked ?? all, `Task "${resource.name}" lets a user become root without a password.`);
    },
    bad: play('- name: rights', '  community.general.sudoers:', '    name: chat', '    user: chat', '    commands: ALL', '    nopassword: true', '                ^^^^'),
    good: play('- name: rights', '  community.general.sudoers:', '    name: chat', '    user: chat', '    commands: ALL', '    nopassword: false'),
  }),
  objectRule({
    id: 'secrets/ansible-password-in-command',
    title: 'Password in a command that is written to the log',
    severity: 'low',
    confidence: 'medium',
    types: ['ansible_task'],
    file,
    what: 'Reports commands with the variable of a password, in tasks without `no_log`.',
    why: 'The command is written to the log of Ansible and of the machine, and stands in its list of processes while it runs.',
    references: ['CWE-532', 'IA-5'],
    noFix: 'The command has to take the password from its input, a file or the environment.',
    check: (resource, tell, context) => {
      const hidden = resource.attributes.get('no_log') ?? resource.attributes.get('play_no_log');
      if (hidden && truth(hidden.value) !== false) return;
      for (const module of resource.attributes.values()) {
        if (!/^(?:ansible\.(?:builtin|legacy|windows)\.)?(?:win_)?(?:shell|command|raw)$/.test(module.key)) continue;
        const map = module.value.kind === 'map' ? module.value : undefined;
        for (const value of map ? ['cmd', 'argv', '_raw_params'].flatMap((key) => lookIn(map, key).values) : [module.value]) {
          const { path, range } = value.origin;
          const name = secretVariable.exec(sourceOf(context, { path, range }))?.[1];
          if (name) tell(value, `Task "${resource.name}" writes ${name} to the log.`);
        }
      }
    },
    bad: play('- name: index', '  command: reindex --password {{ index_password }}', `           ${'^'.repeat('reindex --password {{ index_password }}'.length)}`),
    good: play('- name: index', '  command: reindex --password {{ index_password }}', '  no_log: true'),
  }),
  objectRule({
    id: 'dependencies/ansible-pip-unpinned',
    title: 'Python package of any version',
    severity: 'info',
    confidence: 'medium',
    types: ['ansible_pip'],
    file,
    what: 'Reports tasks of `pip` that name packages without a version.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const given = ['version', 'requirements', 'extra_args'].some((key) => resource.attributes.has(key));
      if (given || scalar(lookIn(mapOfResource(resource), 'state').values[0]) === 'latest') return;
      const loose = textsOf(lookIn(mapOfResource(resource), 'name').values[0]).find(
        (one) => /^[A-Za-z][\w.-]*(?:\[[\w,]+\])?$/.test(one.value) && !/^(?:pip|setuptools|wheel|virtualenv)$/.test(one.value),
      );
      if (loose) tell(loose, `Whatever version of ${loose.value} was published last is installed.`);
    },
    bad: play('- name: client', '  pip:', '    name: openai', '          ^^^^^^'),
    good: play('- name: client', '  pip:', '    name: openai==1.59.0'),
  }),
  objectRule({
    id: 'workload/ansible-mount-executable',
    title: 'Folder for everybody in which programs run',
    severity: 'low',
    confidence: 'medium',
    types: ['ansible_mount'],
    file,
    what: 'Reports mounts of /tmp, /var/tmp and /dev/shm whose options say neither `noexec` nor `nosuid`.',
    why: 'Everybody may write there: what an intruder leaves there runs.',
    references: container.references,
    noFix: 'Whether programs run from there is to be known.',
    check: (resource, tell) => {
      const path = textAt(resource, 'path') ?? textAt(resource, 'name') ?? '';
      const options = lookIn(mapOfResource(resource), 'opts').values[0];
      if (/^(?:\/tmp|\/var\/tmp|\/dev\/shm)\/?$/.test(path) && options?.kind === 'string' && !/\{\{|noexec|nosuid|\bbind\b/.test(options.value)) tell(options, `Programs run from ${path}.`);
    },
    bad: play('- name: scratch', '  ansible.posix.mount:', '    path: /tmp', '    src: tmpfs', '    fstype: tmpfs', '    opts: rw,size=2g', '          ^^^^^^^^^^'),
    good: play('- name: scratch', '  ansible.posix.mount:', '    path: /tmp', '    src: tmpfs', '    fstype: tmpfs', '    opts: rw,noexec,nosuid,nodev,size=2g'),
  }),
  objectRule({
    id: 'transport/ansible-module-certificates',
    title: 'Module that checks no certificates',
    severity: 'medium',
    types: ['ansible_task', 'ansible_play'],
    file,
    what: 'Reports `validate_certs: false` of any module, and in `module_defaults`, where the module has no rule of its own.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    check: (resource, tell) => {
      const defaults = resource.attributes.get('module_defaults')?.value;
      const modules = [...(resource.type === 'ansible_task' ? resource.attributes.values() : []), ...(defaults?.kind === 'map' ? defaults.entries.values() : [])];
      for (const { key, value } of modules) {
        if (value.kind !== 'map' || ruled.test(key)) continue;
        for (const name of ['validate_certs', 'ssl_verify', 'verify_ssl', 'tls_verify', 'validate_api_certs']) {
          const own = value.entries.get(name)?.value;
          if (own && truth(own) === false) tell(own, `${key} of "${resource.name}" checks no certificate.`, safer(own));
        }
      }
    },
    bad: play('- name: machines', '  community.vmware.vmware_guest_info:', '    hostname: vc.example.com', '    validate_certs: false', '                    ^^^^^'),
    fixed: true,
    good: play('- name: machines', '  community.vmware.vmware_guest_info:', '    hostname: vc.example.com', '    validate_certs: true'),
  }),
];
