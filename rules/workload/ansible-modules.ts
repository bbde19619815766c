import { lookIn, scalar, type Fix, type MapEntry, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { file, play } from '../_ansible-samples.ts';
import { families } from '../_families.ts';
import { rewrite, safer } from '../_fixes.ts';
import { objectRule } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';

const { container, exposed, identity, logging, oldTls, privilege, supply, transit } = families;

/** Arguments of a module that are bad, by the modules' short names; `unless` names an argument that makes up for it, `with` those that have to hold as well. */
interface Setting {
  readonly modules: RegExp;
  readonly path: string;
  readonly bad: RegExp;
  /** What is right for everybody, where it is not the opposite of a bad yes or no. */
  readonly good?: string;
  readonly with?: Readonly<Record<string, RegExp>>;
  readonly unless?: Readonly<Record<string, RegExp>>;
}

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly settings: readonly Setting[];
  readonly problem: string;
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  /** The lines of the module and its arguments; the last one is bad or good. */
  readonly sample: readonly [module: readonly string[], bad: string, good: string, length: number];
}

const yes = /^(?:true|yes|on|1)$/i;
const no = /^(?:false|no|off|0)$/i;
const local = /^(?:localhost|127\.|::1|\/)/;
const everywhere = /^(?:any|0\.0\.0\.0\/0|::\/0)$/;

/** Source: the pages of the modules in the collections ansible.builtin, ansible.posix, ansible.windows, community.general, community.docker, community.crypto and of databases. */
const rows: readonly Row[] = [
  {
    id: 'dependencies/ansible-package-unsigned',
    title: 'Packages that are taken without a signature',
    severity: 'medium',
    settings: [
      { modules: /^deb822_repository$/, path: 'trusted|allow_insecure|allow_weak', bad: yes },
      { modules: /^zypper(?:_repository)?$/, path: 'disable_gpg_check|auto_import_keys', bad: yes },
      { modules: /^apk$/, path: 'allow_untrusted', bad: yes },
      { modules: /^flatpak_remote$/, path: 'flatpakrepo_url', bad: /^http:\/\// },
    ],
    problem: 'takes packages without a signature',
    what: 'Reports `disable_gpg_check` of zypper, `trusted` of Debian sources and `allow_untrusted` of Alpine.',
    why: supply.why,
    references: supply.references,
    sample: [['zypper:', 'name: nginx'], 'disable_gpg_check: true', 'disable_gpg_check: false', 4],
  },
  {
    id: 'transport/ansible-repository-unchecked',
    title: 'Repository whose certificate is not checked',
    severity: 'medium',
    settings: [{ modules: /^yum_repository$/, path: 'sslverify', bad: no }],
    problem: 'does not check the certificate of a repository',
    what: 'Reports `sslverify: false` of package repositories.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    sample: [['yum_repository:', 'name: tools'], 'sslverify: false', 'sslverify: true', 5],
  },
  {
    id: 'auth/ansible-login-key-plaintext',
    title: 'Key for signing in that is fetched without TLS',
    severity: 'high',
    settings: [{ modules: /^authorized_key$/, path: 'key', bad: /http:\/\/(?!localhost|127\.)/ }],
    problem: 'lets in whoever answers in place of the server that holds the key',
    what: 'Reports keys of `authorized_key` that are fetched over plain HTTP.',
    why: 'Who sits on the network puts a key of their own in its place, and signs in with it.',
    references: identity.references,
    sample: [['authorized_key:', 'user: deploy'], 'key: http://keys.example.com/deploy.pub', 'key: https://keys.example.com/deploy.pub', 34],
  },
  {
    id: 'network/ansible-firewall-open',
    title: 'Firewall of a machine that lets everybody in',
    severity: 'medium',
    settings: [
      { modules: /^ufw$/, path: 'default|policy', bad: /^allow$/, good: 'deny', with: { direction: /^(?:incoming|in)$/ } },
      { modules: /^ufw$/, path: 'from_ip|from|src', bad: everywhere, with: { rule: /^allow$/, port: /^(?:22|23|445|1433|2375|3306|3389|5432|5900|6379|9200|11211|27017)$/ } },
      { modules: /^firewalld$/, path: 'source', bad: everywhere, with: { zone: /^(?:trusted|internal|home)$/ } },
      { modules: /^iptables$/, path: 'policy', bad: /^ACCEPT$/, good: 'DROP', with: { chain: /^(?:INPUT|FORWARD)$/ } },
      { modules: /^win_firewall$/, path: 'state', bad: /^disabled$/, good: 'enabled' },
      { modules: /^win_firewall_rule$/, path: 'remoteip', bad: /^(?:any|0\.0\.0\.0\/0)$/i, with: { localport: /^(?:22|3389|5985|445)$/, action: /^allow$/i } },
    ],
    problem: 'lets everybody in',
    what: 'Reports firewalls of machines that accept by default, that are switched off, and rules of ufw and firewalld for every address.',
    why: exposed.why,
    references: exposed.references,
    sample: [['ufw:', 'direction: incoming'], 'default: allow', 'default: deny', 5],
  },
  {
    id: 'monitoring/ansible-watch-stopped',
    title: 'Service that watches a machine and is stopped',
    severity: 'medium',
    settings: [{ modules: /^(?:service|systemd|systemd_service)$/, path: 'state', bad: /^stopped$/, good: 'started', with: { name: /^(?:auditd|rsyslogd?|syslog-ng|fail2ban|falco|osqueryd|wazuh-agent|apparmor|amazon-cloudwatch-agent|unattended-upgrades)(?:\.service)?$/ } }],
    problem: 'stops what watches the machine',
    what: 'Reports tasks that stop auditd, rsyslog, fail2ban, AppArmor and the like.',
    why: logging.why,
    references: logging.references,
    sample: [['service:', 'name: auditd'], 'state: stopped', 'state: started', 7],
  },
  {
    id: 'workload/ansible-container-capabilities',
    title: 'Container started with capabilities that lead to its host',
    severity: 'medium',
    settings: [
      { modules: /^docker_container$/, path: 'capabilities', bad: /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|NET_ADMIN|DAC_READ_SEARCH)$/i },
      { modules: /^podman_container$/, path: 'cap_add|capabilities', bad: /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|NET_ADMIN|DAC_READ_SEARCH)$/i },
      { modules: /^podman_container$/, path: 'privileged', bad: yes },
      { modules: /^podman_container$/, path: 'network|pid|ipc|uts', bad: /^host$/ },
      { modules: /^docker_swarm_service$/, path: 'cap_add', bad: /^(?:CAP_)?(?:ALL|SYS_ADMIN)$/i },
    ],
    problem: 'starts a container that can reach its host',
    what: 'Reports capabilities such as SYS_ADMIN of containers, and containers of Podman that are privileged or share parts of their host.',
    why: container.why,
    references: container.references,
    sample: [['docker_container:', 'name: a'], 'capabilities: [SYS_ADMIN]', 'capabilities: [NET_BIND_SERVICE]', -1],
  },
  {
    id: 'transport/ansible-docker-plaintext',
    title: 'Docker that is commanded without TLS',
    severity: 'high',
    settings: [
      { modules: /^docker_\w+$/, path: 'docker_host', bad: /^tcp:\/\/(?!localhost|127\.)[^/]*:2375\b/ },
      { modules: /^docker_\w+$/, path: 'validate_certs|tls_verify', bad: no, with: { docker_host: /^(?:tcp|https):/ } },
    ],
    problem: 'commands Docker without TLS',
    what: 'Reports `docker_host` on port 2375, and checks of certificates that are switched off.',
    why: 'Whoever reaches the port, or answers in its place, commands the machine.',
    references: transit.references,
    sample: [['docker_container:', 'name: a'], 'docker_host: tcp://build.example.com:2375', 'docker_host: tcp://build.example.com:2376', 28],
  },
  {
    id: 'network/ansible-store-published',
    title: 'Store that a container publishes on every address',
    severity: 'medium',
    settings: [{ modules: /^(?:docker|podman)_container$/, path: 'published_ports|ports|publish', bad: /^(?:0\.0\.0\.0:)?(?:2375|3306|5432|6333|6379|9200|11211|19530|27017):\d+(?:\/tcp)?$/ }],
    problem: 'publishes a store on every address',
    what: 'Reports published ports of databases, caches and of Docker that name no address of their own.',
    why: exposed.why,
    references: exposed.references,
    sample: [['docker_container:', 'name: cache'], "published_ports: ['6379:6379']", "published_ports: ['127.0.0.1:6379:6379']", -1],
  },
  {
    id: 'transport/ansible-database-plaintext',
    title: 'Database that is reached without TLS',
    severity: 'medium',
    settings: [
      { modules: /^postgresql_\w+$/, path: 'ssl_mode|sslmode', bad: /^(?:disable|allow)$/, good: 'verify-full', unless: { login_host: local } },
      { modules: /^mysql_\w+$/, path: 'check_hostname', bad: no, unless: { login_host: local } },
      { modules: /^mongodb_\w+$/, path: 'ssl|tls', bad: no, with: { login_host: /^(?!localhost|127\.)/ } },
    ],
    problem: 'reaches a database without TLS, or without checking which it is',
    what: 'Reports `ssl_mode: disable` of PostgreSQL, `check_hostname: false` of MySQL and `ssl: false` of MongoDB.',
    why: transit.why,
    references: transit.references,
    sample: [['postgresql_db:', 'login_host: db.example.com'], 'ssl_mode: disable', 'ssl_mode: verify-full', 7],
  },
  {
    id: 'iam/ansible-broker-administrator',
    title: 'User of a broker who may do everything',
    severity: 'low',
    settings: [{ modules: /^rabbitmq_user$/, path: 'tags', bad: /(?:^|,\s*)administrator\b/ }],
    problem: 'makes an administrator of the broker',
    what: 'Reports users of RabbitMQ with the tag `administrator`.',
    why: privilege.why,
    references: privilege.references,
    sample: [['rabbitmq_user:', 'user: chat'], 'tags: administrator', 'tags: monitoring', 13],
  },
  {
    id: 'secrets/ansible-key-readable',
    title: 'Private key that others may read',
    severity: 'medium',
    settings: [{ modules: /^(?:openssl_privatekey|openssh_keypair|openssl_pkcs12)$/, path: 'mode', bad: /^0?[0-7]?[0-7](?:[4-7][0-7]|[0-7][4-7])$/, good: '0600' }],
    problem: 'lets others read a private key',
    what: 'Reports private keys with modes such as 0644.',
    why: 'Any process of the machine copies the key, and is then who it speaks for.',
    references: ['CWE-732', 'AC-6', 'IA-5'],
    sample: [['openssl_privatekey:', 'path: /etc/ssl/key.pem'], "mode: '0644'", "mode: '0600'", 4],
  },
  {
    id: 'transport/ansible-weak-certificate',
    title: 'Certificate that is weak from the start',
    severity: 'medium',
    settings: [
      { modules: /^x509_certificate(?:_pipe)?$/, path: 'selfsigned_digest|ownca_digest', bad: /^(?:sha1|md5)$/i, good: 'sha256' },
      { modules: /^openssl_csr(?:_pipe)?$/, path: 'digest', bad: /^(?:sha1|md5)$/i, good: 'sha256' },
      { modules: /^openssl_dhparam$/, path: 'size', bad: /^(?:512|768|1024|1536)$/, good: '2048' },
      { modules: /^openssh_keypair$/, path: 'type', bad: /^(?:dsa|rsa1)$/, good: 'ed25519' },
      { modules: /^openssh_keypair$/, path: 'size', bad: /^(?:512|768|1024|1536)$/, good: '4096', with: { type: /^rsa$/ } },
    ],
    problem: 'makes something with an algorithm or a size that is broken',
    what: 'Reports digests SHA-1 and MD5, keys of DSA, and parameters and keys of less than 2048 bits.',
    why: oldTls.why,
    references: oldTls.references,
    sample: [['x509_certificate:', 'path: /etc/ssl/cert.pem'], 'selfsigned_digest: sha1', 'selfsigned_digest: sha256', 4],
  },
  {
    id: 'transport/ansible-service-plaintext',
    title: 'Service that a task talks to without TLS',
    severity: 'medium',
    settings: [
      { modules: /^helm(?:_repository)?$/, path: 'chart_repo_url|repo_url', bad: /^http:\/\/(?!localhost|127\.)/ },
      { modules: /^ldap_\w+$/, path: 'server_uri', bad: /^ldap:\/\/(?!localhost|127\.)/, unless: { start_tls: yes } },
      { modules: /^mail$/, path: 'secure', bad: /^never$/, good: 'starttls', with: { password: /./ } },
      { modules: /^keycloak_realm$/, path: 'ssl_required', bad: /^none$/, good: 'external' },
      { modules: /^(?:hashivault|vault)_\w+$/, path: 'url', bad: /^http:\/\/(?!localhost|127\.)/ },
      { modules: /^grafana_\w+$/, path: 'grafana_url|url', bad: /^http:\/\/(?!localhost|127\.|[\w-]+(?:[:/]|$))/ },
    ],
    problem: 'talks to a service without TLS',
    what: 'Reports repositories of charts, directories, mail servers, Keycloak, Vault and Grafana that are reached, or set up, without TLS.',
    why: transit.why,
    references: transit.references,
    sample: [['helm:', 'name: chat'], 'chart_repo_url: http://charts.example.com', 'chart_repo_url: https://charts.example.com', 25],
  },
  {
    id: 'workload/ansible-windows-loosened',
    title: 'Protection of Windows switched off',
    severity: 'medium',
    settings: [
      { modules: /^win_regedit$/, path: 'data|value', bad: /^(?:0|0x0+)$/, with: { name: /^(?:EnableLUA|ConsentPromptBehaviorAdmin|LimitBlankPasswordUse|UserAuthentication|RequireSecuritySignature|EnableFirewall|fDenyTSConnections|LmCompatibilityLevel)$/i } },
      { modules: /^win_regedit$/, path: 'data|value', bad: /^(?:1|0x0*1)$/, with: { name: /^(?:SMB1|AllowInsecureGuestAuth|DisableAntiSpyware|DisableRealtimeMonitoring|UseLogonCredential|AutoAdminLogon|AllowUnencryptedTraffic|AlwaysInstallElevated)$/i } },
      { modules: /^win_(?:optional_)?feature$/, path: 'name', bad: /^(?:SMB1Protocol(?:-Server|-Client)?|FS-SMB1|Telnet-?(?:Client|Server)|TFTP-?Client|MicrosoftWindowsPowerShellV2(?:Root)?)$/i, unless: { state: /^absent$/ } },
      { modules: /^win_user$/, path: 'password_never_expires', bad: yes },
    ],
    problem: 'switches a protection of Windows off',
    what: 'Reports settings such as `EnableLUA: 0`, old SMB, Telnet, and passwords that never expire.',
    why: families.host.why,
    references: families.host.references,
    sample: [['win_regedit:', 'name: EnableLUA'], 'data: 0', 'data: 1', 1],
  },
  {
    id: 'workload/ansible-kernel-loosened',
    title: 'Protection of the kernel switched off',
    severity: 'medium',
    settings: [
      { modules: /^sysctl$/, path: 'value', bad: /^0$/, good: '2', with: { name: /^kernel\.randomize_va_space$/ } },
      { modules: /^sysctl$/, path: 'value', bad: /^0$/, with: { name: /^(?:kernel\.(?:kptr_restrict|dmesg_restrict|yama\.ptrace_scope|unprivileged_bpf_disabled)|net\.ipv4\.(?:tcp_syncookies|icmp_echo_ignore_broadcasts|conf\.\w+\.rp_filter)|fs\.protected_(?:hardlinks|symlinks))$/ } },
      { modules: /^sysctl$/, path: 'value', bad: /^[12]$/, with: { name: /^(?:net\.ipv[46]\.conf\.\w+\.(?:accept_redirects|secure_redirects|accept_source_route|send_redirects)|fs\.suid_dumpable|kernel\.sysrq)$/ } },
    ],
    problem: 'switches a protection of the kernel off',
    what: 'Reports settings of `sysctl` such as `kernel.randomize_va_space: 0` and `net.ipv4.conf.all.accept_redirects: 1`.',
    why: families.host.why,
    references: families.host.references,
    sample: [['sysctl:', 'name: kernel.randomize_va_space'], 'value: 0', 'value: 2', 1],
  },
  {
    id: 'network/ansible-database-user-anywhere',
    title: 'Account of a database that may sign in from everywhere',
    severity: 'low',
    settings: [{ modules: /^(?:mysql_user|proxysql_mysql_users)$/, path: 'host', bad: /^%$/ }],
    problem: 'lets an account sign in from every address',
    what: "Reports `host: '%'` of accounts of MySQL and MariaDB.",
    why: exposed.why,
    references: exposed.references,
    sample: [['mysql_user:', 'name: trainer'], "host: '%'", "host: 10.0.0.5", 1],
  },
];

const short = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

function textsOf(value: Value, paths: string): readonly { readonly text: string; readonly at: Value }[] {
  return paths.split('|').flatMap((path) => lookIn(value, path).values).flatMap((one) => (one.kind === 'list' ? one.items : [one])).flatMap((one) => { const text = scalar(one); return text === undefined ? [] : [{ text: String(text), at: one }]; });
}

function isMet(value: Value, conditions: Readonly<Record<string, RegExp>> | undefined, all: boolean): boolean {
  const each = Object.entries(conditions ?? {}).map(([path, pattern]) => textsOf(value, path).some(({ text }) => pattern.test(text)));
  return all ? each.every(Boolean) : each.some(Boolean);
}

function judge(row: Row, resource: Resource, entry: MapEntry, tell: (at: Value, message: string, fixes: readonly Fix[]) => void): void {
  if (entry.value.kind !== 'map') return;
  const module = short(entry.key);
  for (const setting of row.settings) {
    if (!setting.modules.test(module) || !isMet(entry.value, setting.with, true) || isMet(entry.value, setting.unless, false)) continue;
    if (setting.path !== 'state' && textsOf(entry.value, 'state').some(({ text }) => text === 'absent')) continue;
    for (const { text, at } of textsOf(entry.value, setting.path)) if (setting.bad.test(text)) tell(at, `Task "${resource.name}" ${row.problem}.`, setting.good === undefined ? safer(at, (other) => setting.bad.test(other)) : rewrite(at, setting.good));
  }
}

/** Keywords of tasks, which are no modules. */
const keywords = /^(?:name|when|tags|become\w*|register|vars|loop\w*|with_\w+|notify|environment|delegate_to|no_log|until|retries|delay|args|block|rescue|always|play_\w+)$/;

export default [
  ...rows.map((row) => {
    const [module, bad, good, length] = row.sample;
    const lines = (last: string): readonly string[] => ['- name: set up', `  ${module[0]}`, ...module.slice(1).map((line) => `    ${line}`), `    ${last}`];
    const value = bad.slice(bad.indexOf(': ') + 2).replace(/^[['"]+/, '');
    const inner = length > 0 ? length : value.replace(/[\]'"]+$/, '').length;
    const { settings: [first] } = row;
    const mended = first?.good !== undefined || /: (?:true|false|https?:.*|[01])$/.test(good);
    return objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      types: ['ansible_task'],
      file,
      what: row.what,
      why: row.why,
      references: row.references,
      whenNotToUse: 'For machines of a test bed.',
      check: (resource, tell) => {
        for (const entry of resource.attributes.values()) if (!keywords.test(entry.key)) judge(row, resource, entry, tell);
      },
      ...(mended ? { fixed: true } : {}),
      bad: play(...lines(bad), `${' '.repeat(4 + bad.indexOf(value, bad.indexOf(': ') + 2))}${'^'.repeat(inner)}`),
      good: play(...lines(good)),
    });
  }),
  objectRule({
    id: 'auth/ansible-password-hash',
    title: 'Password of an account that is hashed with too little work',
    severity: 'medium',
    types: ['ansible_task'],
    file,
    what: 'Reports passwords of the module `user` that are hashed with MD5 or SHA-1, or by the filter `hash`.',
    why: 'Whoever reads the hash finds the password within hours.',
    references: ['CWE-916', 'IA-5(1)'],
    whenNotToUse: 'For machines of a test bed.',
    check: (resource, tell, context) => {
      for (const entry of resource.attributes.values()) {
        const password = short(entry.key) === 'user' && entry.value.kind === 'map' ? entry.value.entries.get('password')?.value : undefined;
        if (!password) continue;
        const { path, range } = password.origin;
        const written = sourceOf(context, { path, range });
        const weak = /password_hash\(\s*['"](?:md5|sha1|sha1_crypt|des_crypt|crypt16)\b|\|\s*hash\(|^["']?\$1\$/;
        if (weak.test(written)) tell(password, `Task "${resource.name}" hashes a password with too little work.`);
      }
    },
    bad: play('- name: account', '  user:', '    name: ada', `    password: "{{ secret | password_hash('md5') }}"`, `               ${'^'.repeat("{{ secret | password_hash('md5') }}".length)}`),
    good: play('- name: account', '  user:', '    name: ada', `    password: "{{ secret | password_hash('sha512') }}"`),
  }),
  objectRule({
    id: 'transport/ansible-environment-unchecked',
    title: 'Task whose programs check no certificates',
    severity: 'medium',
    types: ['ansible_task', 'ansible_play'],
    file,
    what: 'Reports variables such as `NODE_TLS_REJECT_UNAUTHORIZED: 0` and `GIT_SSL_NO_VERIFY: 1` in the `environment` of tasks and plays.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    noFix: 'The certificate of the authority has to be named first.',
    check: (resource, tell) => {
      const own = resource.attributes.get('environment')?.value;
      if (own?.kind !== 'map') return;
      for (const entry of own.entries.values()) {
        const text = String(scalar(entry.value) ?? '');
        if (/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/.test(entry.key) ? no.test(text) : /^(?:GIT_SSL_NO_VERIFY|VAULT_SKIP_VERIFY|ANSIBLE_HASHI_VAULT_SKIP_VERIFY)$/.test(entry.key) && yes.test(text)) tell(entry.value, `"${resource.name}" runs programs that check no certificates.`);
      }
    },
    bad: play('- name: build', '  command: npm ci', '  environment:', "    NODE_TLS_REJECT_UNAUTHORIZED: '0'", `${' '.repeat(35)}^`),
    good: play('- name: build', '  command: npm ci', '  environment:', '    NODE_ENV: production'),
  }),
  objectRule({
    id: 'secrets/ansible-secret-printed',
    title: 'Secret that a task prints',
    severity: 'medium',
    confidence: 'medium',
    types: ['ansible_task'],
    file,
    what: 'Reports `debug` of variables that are named as passwords, tokens and keys.',
    why: 'The output of a run is kept in logs of pipelines and terminals, where others read it.',
    references: ['CWE-532', 'AU-9', 'IA-5'],
    noFix: 'What the output is for has to be known.',
    check: (resource, tell) => {
      const entry = [...resource.attributes.values()].find((one) => short(one.key) === 'debug');
      if (!entry || yes.test(String(scalar(resource.attributes.get('no_log')?.value) ?? ''))) return;
      for (const { text, at } of textsOf(entry.value, 'var')) if (/^(?:\w+_)?(?:password|passwd|secret|secret_key|api_?key|access_key|private_key|auth_token|api_token|token)$/i.test(text)) tell(at, `Task "${resource.name}" prints ${text}.`);
    },
    bad: play('- name: show', '  debug:', '    var: database_password', `         ${'^'.repeat(17)}`),
    good: play('- name: show', '  debug:', '    var: database_host'),
  }),
];
