import { lookIn, scalar, truth, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { file, play } from '../_ansible-samples.ts';
import { families } from '../_families.ts';
import { rewrite, safer } from '../_fixes.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const secretName = /pass(?:word|wd)?$|secret|token|api_?key|private_?key|credential/i;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly module: string;
  readonly types: readonly string[];
  readonly key: string;
  readonly bad: (value: Value) => boolean;
  readonly problem: string;
  readonly value: string;
  readonly good: string;
  /** The good value is right for everybody. */
  readonly fix?: true;
  readonly why: string;
  readonly references: readonly string[];
}

/** A text, or the texts of a list. */
const textsOf = (value: Value): readonly string[] => (value.kind === 'string' ? [value.value] : value.kind === 'list' ? value.items.flatMap(textsOf) : []);
const isFalse = (value: Value): boolean => truth(value) === false;
const isTrue = (value: Value): boolean => truth(value) === true;
const certificates = (module: string, key = 'validate_certs'): Row => ({
  id: `transport/ansible-${module.replaceAll('_', '-')}-${key === 'validate_certs' ? 'certificates' : key.replaceAll('_', '-')}`,
  title: `Certificates not checked by ${module}`,
  severity: 'medium',
  module,
  types: [`ansible_${module}`],
  key,
  bad: isFalse,
  problem: 'does not check certificates',
  value: 'false',
  good: 'true',
  why: families.transit.why,
  references: ['CWE-295', 'SC-8'],
});
const unsigned = (module: string, key: string, bad: (value: Value) => boolean, value: string, good: string): Row => ({
  id: `dependencies/ansible-${module.replaceAll('_', '-')}-${key.replaceAll('_', '-')}`,
  title: `Unsigned packages taken by ${module}`,
  severity: 'medium',
  module,
  types: [`ansible_${module}`],
  key,
  bad,
  problem: 'takes packages that nobody signed',
  value,
  good,
  why: families.supply.why,
  references: ['CWE-494', 'SI-7'],
});

const rows: readonly Row[] = [
  certificates('uri'),
  certificates('get_url'),
  certificates('yum'),
  certificates('dnf'),
  certificates('apt_repository'),
  certificates('apt_key'),
  certificates('unarchive'),
  certificates('rpm_key'),
  certificates('yum', 'sslverify'),
  certificates('dnf', 'sslverify'),
  unsigned('yum', 'disable_gpg_check', isTrue, 'true', 'false'),
  unsigned('dnf', 'disable_gpg_check', isTrue, 'true', 'false'),
  unsigned('apt', 'allow_unauthenticated', isTrue, 'true', 'false'),
  unsigned('apt', 'force', isTrue, 'true', 'false'),
  unsigned('yum_repository', 'gpgcheck', isFalse, 'false', 'true'),
  {
    id: 'transport/ansible-plain-http',
    title: 'Download over plain HTTP',
    severity: 'low',
    module: 'get_url',
    types: ['get_url', 'uri', 'unarchive', 'apt', 'yum', 'dnf', 'rpm_key', 'apt_key', 'yum_repository', 'package'].map((one) => `ansible_${one}`),
    key: 'url|src|deb|name|pkg|key|baseurl',
    bad: (value) => textsOf(value).some((text) => /^http:\/\/(?!localhost|127\.)/.test(text)),
    problem: 'uses plain HTTP',
    value: 'http://example.com/a',
    good: 'https://example.com/a',
    why: families.transit.why,
    references: families.transit.references,
  },
  {
    id: 'transport/ansible-git-http',
    title: 'Repository over plain HTTP',
    severity: 'low',
    module: 'git',
    types: ['ansible_git'],
    key: 'repo',
    bad: (value) => value.kind === 'string' && /^(?:http|git):\/\//.test(value.value),
    problem: 'uses plain HTTP',
    value: 'http://example.com/a.git',
    good: 'https://example.com/a.git',
    why: families.transit.why,
    references: families.transit.references,
  },
  {
    id: 'transport/ansible-git-any-host-key',
    title: 'Repository whose host key is not checked',
    severity: 'low',
    module: 'git',
    types: ['ansible_git'],
    key: 'accept_hostkey',
    bad: (value) => truth(value) === true,
    problem: 'accepts any key of the host',
    value: 'true',
    good: 'false',
    why: families.transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'auth/ansible-database-trusts',
    title: 'Database that lets people in without a password',
    severity: 'high',
    module: 'postgresql_pg_hba',
    types: ['ansible_postgresql_pg_hba'],
    key: 'method',
    bad: (value) => /^(?:trust|ident|password)$/.test(String(scalar(value) ?? '')),
    problem: 'lets people in without a password, or with one in plain text',
    value: 'trust',
    good: 'scram-sha-256',
    fix: true,
    why: families.identity.why,
    references: families.identity.references,
  },
  {
    id: 'network/ansible-every-port',
    title: 'Firewall open on every port',
    severity: 'high',
    module: 'firewalld',
    types: ['ansible_firewalld'],
    key: 'port',
    bad: (value) => /^[01]-65535\//.test(String(scalar(value) ?? '')),
    problem: 'opens every port',
    value: '0-65535/tcp',
    good: '443/tcp',
    why: families.exposed.why,
    references: families.exposed.references,
  },
  {
    id: 'transport/ansible-registry-http',
    title: 'Registry over plain HTTP',
    severity: 'medium',
    module: 'docker_login',
    types: ['ansible_docker_login'],
    key: 'registry_url',
    bad: (value) => value.kind === 'string' && /^http:\/\/(?!localhost|127\.)/.test(value.value),
    problem: 'sends its password over plain HTTP',
    value: 'http://registry.example.com',
    good: 'https://registry.example.com',
    why: families.transit.why,
    references: families.transit.references,
  },
  {
    id: 'dependencies/ansible-latest-package',
    title: 'Package of the latest version',
    severity: 'info',
    module: 'apt',
    types: ['ansible_apt', 'ansible_yum', 'ansible_dnf', 'ansible_package', 'ansible_pip', 'ansible_npm', 'ansible_gem'],
    key: 'state',
    bad: (value) => scalar(value) === 'latest',
    problem: 'installs whatever is newest',
    value: 'latest',
    good: 'present',
    fix: true,
    why: families.supply.why,
    references: families.supply.references,
  },
  {
    id: 'workload/ansible-world-writable',
    title: 'File that everybody may change',
    severity: 'medium',
    module: 'file',
    types: ['ansible_file', 'ansible_copy', 'ansible_template', 'ansible_unarchive', 'ansible_get_url'],
    key: 'mode',
    bad: (value) => /^0{0,2}[0-7]{2,3}[2367]$|^(?:.*,)?[ug]*[oa][ugoa]*[=+][rstX]*w/.test(String(scalar(value) ?? '')),
    problem: 'lets everybody change a file',
    value: "'0777'",
    good: "'0644'",
    fix: true,
    why: families.container.why,
    references: ['CWE-732', 'AC-6'],
  },
  {
    id: 'workload/ansible-privileged-container',
    title: 'Privileged container started',
    severity: 'high',
    module: 'docker_container',
    types: ['ansible_docker_container'],
    key: 'privileged',
    bad: isTrue,
    problem: 'starts a privileged container',
    value: 'true',
    good: 'false',
    why: families.container.why,
    references: families.container.references,
  },
  {
    id: 'transport/ansible-short-key',
    title: 'Private key that is too short',
    severity: 'medium',
    module: 'openssl_privatekey',
    types: ['ansible_openssl_privatekey'],
    key: 'size',
    bad: (value) => Number(scalar(value) ?? 4096) < 2048,
    problem: 'makes a key that is too short',
    value: '1024',
    good: '4096',
    fix: true,
    why: families.oldTls.why,
    references: families.oldTls.references,
  },
  {
    id: 'iam/ansible-database-administrator',
    title: 'Database user with every right',
    severity: 'medium',
    module: 'mysql_user',
    types: ['ansible_mysql_user'],
    key: 'priv',
    bad: (value) => /(?:^|\/)\*\.\*:(?:ALL|.*\b(?:GRANT|SUPER)\b)/i.test(String(scalar(value) ?? '')),
    problem: 'gives every right in every database',
    value: "'*.*:ALL'",
    good: "'chat.*:SELECT'",
    why: families.privilege.why,
    references: families.privilege.references,
  },
  {
    id: 'iam/ansible-database-superuser',
    title: 'Database user that is superuser',
    severity: 'medium',
    module: 'postgresql_user',
    types: ['ansible_postgresql_user'],
    key: 'role_attr_flags',
    bad: (value) => /(?:^|,)\s*(?:SUPERUSER|BYPASSRLS)\b/.test(String(scalar(value) ?? '')),
    problem: 'makes a superuser',
    value: 'SUPERUSER',
    good: 'NOSUPERUSER',
    fix: true,
    why: families.privilege.why,
    references: families.privilege.references,
  },
  {
    id: 'network/ansible-firewall-old-service',
    title: 'Firewall opened for a service without encryption',
    severity: 'medium',
    module: 'firewalld',
    types: ['ansible_firewalld'],
    key: 'port',
    bad: (value) => /^(?:21|23|69|111|512|513|514|2375)\/(?:tcp|udp)$/.test(String(scalar(value) ?? '')),
    problem: 'opens a port of a service that encrypts nothing',
    value: '23/tcp',
    good: '443/tcp',
    why: families.exposed.why,
    references: families.exposed.references,
  },
  {
    id: 'workload/ansible-sudo-without-password',
    title: 'User that becomes root without a password',
    severity: 'medium',
    module: 'copy',
    types: ['ansible_copy', 'ansible_lineinfile', 'ansible_blockinfile'],
    key: 'content|line|block',
    bad: (value) => /\bNOPASSWD\s*:\s*ALL\b/.test(String(scalar(value) ?? '')),
    problem: 'lets a user become root without a password',
    value: "'app ALL=(ALL) NOPASSWD: ALL'",
    good: "'app ALL=(root) /usr/bin/app'",
    why: families.privilege.why,
    references: families.privilege.references,
  },
];

const unquoted = (value: string): string => value.replace(/^'|'$/g, '');

/** The key that samples show. */
const keyOf = (row: Row): string => row.key.split('|')[0]!;

export default [
  ...rows.map((row) =>
    objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      types: row.types,
      file,
      what: `Reports tasks of \`${row.module}\` with \`${keyOf(row)}: ${row.value}\`.`,
      why: row.why,
      references: row.references,
      check: (resource, tell) => {
        for (const value of row.key.split('|').flatMap((key) => lookIn(mapOfResource(resource), key).values))
          if (row.bad(value)) tell(value, `Task "${resource.name}" ${row.problem}.`, row.fix ? rewrite(value, unquoted(row.good)) : safer(value));
      },
      bad: play(
        '- name: fetch',
        `  ${row.module}:`,
        `    ${keyOf(row)}: ${row.value}`,
        `${' '.repeat(keyOf(row).length + 6 + (row.value.startsWith("'") ? 1 : 0))}${'^'.repeat(row.value.replaceAll("'", '').length)}`,
      ),
      ...(row.fix || /^(?:true|false|https:.*)$/.test(row.good) ? { fixed: true } : {}),
      good: play('- name: fetch', `  ${row.module}:`, `    ${keyOf(row)}: ${row.good}`),
    }),
  ),
  objectRule({
    id: 'secrets/ansible-log',
    title: 'Password in the log of a task',
    severity: 'low',
    confidence: 'medium',
    types: [
      'ansible_user',
      'ansible_win_user',
      'ansible_mysql_user',
      'ansible_postgresql_user',
      'ansible_mongodb_user',
      'ansible_docker_login',
      'ansible_uri',
      'ansible_command',
      'ansible_shell',
      'aws_db_instance',
      'aws_iam_user',
      'azurerm_mssql_server',
      'azurerm_postgresql_server',
      'azurerm_mysql_server',
    ],
    file,
    what: 'Reports tasks that take a password and write what they do to the log (`no_log` is not true).',
    why: 'The log shows the password to everybody who runs or reads it.',
    references: ['CWE-532', 'IA-5'],
    check: (resource, tell) => {
      if (resource.dialect !== 'ansible') return;
      const own = resource.attributes.get('task_no_log');
      if (own && truth(own.value) !== false) return;
      const secret = [...resource.attributes.values()].find(
        (entry) =>
          secretName.test(entry.key) &&
          !entry.key.startsWith('task_') &&
          (entry.value.kind === 'string' || entry.value.kind === 'unknown') &&
          !/^update_|_hash|generate/.test(entry.key),
      );
      if (secret && (own || resource.attributes.has('task_loop') || resource.attributes.has('task_with_items')))
        tell(own ? { ...own.value } : { ...secret.value, at: secret.keyOrigin }, `Task "${resource.name}" writes a password to the log.`);
    },
    bad: play('- name: account', '  user:', '    name: ada', '    password: "{{ item }}"', '  no_log: false', '          ^^^^^'),
    good: play('- name: account', '  user:', '    name: ada', '    password: "{{ item }}"', '  no_log: true'),
  }),
  objectRule({
    id: 'monitoring/ansible-block-without-rescue',
    title: 'Block that handles no errors',
    severity: 'info',
    confidence: 'low',
    types: ['ansible_block'],
    file,
    what: 'Reports blocks without `rescue`.',
    why: 'A play that stops half way leaves machines in a state that nobody planned.',
    references: ['CP-10', 'CM-3'],
    check: (resource, tell) => {
      if (!resource.attributes.has('rescue') && resource.complete) tell(undefined, `Block "${resource.name}" handles no errors.`);
    },
    bad: play('- name: install', '  ^^^^', '  block:', '    - apt:', '        name: a'),
    good: play('- name: install', '  block:', '    - apt:', '        name: a', '  rescue:', '    - debug:', '        msg: b'),
  }),
];
