import { byHand, never, not, notOff, notOn, service, type Expect, type Extra, type Line } from '../_families.ts';

/** A setting with a sample of its own: the lines around it and a bad and a good value. */
function setting(path: string, expect: Expect, problem: string, [file, before, bad, good, after]: readonly [file: string, before: readonly string[], bad: string, good: string, after: readonly string[]], extra: Extra = {}): Line {
  const indent = '  '.repeat(after.length);
  const text = (line: string, mark?: string): string => [...before, indent + line, ...(mark ? [mark] : []), ...after, ''].join('\n');
  const value = bad.slice(bad.indexOf(' = ') + 3);
  const inner = value.replace(/^["[]+|["\]]+$/g, '');
  const start = indent.length + bad.indexOf(inner, bad.indexOf(' = ') + 3);
  return [path, expect, problem, { examples: [{ file, bad: text(bad, ' '.repeat(start) + '^'.repeat(inner.length)), good: text(good) }], ...extra }];
}

const job = ['job "chat" {', '  group "chat" {', '    task "serve" {'] as const;
const ends = ['    }', '  }', '}'] as const;
const inTask = (bad: string, good: string) => ['chat.nomad.hcl', job, bad, good, ends] as const;
const inConfig = (bad: string, good: string) => ['chat.nomad.hcl', [...job, '      config {'], bad, good, ['      }', ...ends]] as const;
const agent = (block: string, bad: string, good: string, file = 'nomad.hcl') => [file, [block], bad, good, ['}']] as const;

/** Jobs of Nomad, images of Packer, and the settings of Consul, Nomad and Vault. Sources: their makers' references of the files. */
export default [
  ...service('Task', 'nomad_task', {
    container: {
      'nomad-task-privileged': setting('config.privileged', byHand(notOn), 'runs privileged', inConfig('privileged = true', 'privileged = false'), { severity: 'high' }),
      'nomad-task-host': setting('config.network_mode|config.pid_mode|config.ipc_mode|config.userns_mode', byHand(not(undefined, 'host')), 'shares parts of its host', inConfig('network_mode = "host"', 'network_mode = "bridge"')),
      'nomad-task-mounts-host': setting('config.volumes', byHand(never(/(?:docker|containerd|podman)\.sock(?::|$)|^\/(?:etc|root|proc|sys)?:/, ['/var/run/docker.sock:/var/run/docker.sock'], ['local/chat:/chat'])), 'mounts folders of its host', inConfig('volumes = ["/var/run/docker.sock:/var/run/docker.sock"]', 'volumes = ["local/chat:/chat"]')),
      'nomad-task-capabilities': setting('config.cap_add', byHand(never(/^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|NET_ADMIN)$/i, ['sys_admin'], ['net_bind_service'])), 'has capabilities that lead to its host', inConfig('cap_add = ["sys_admin"]', 'cap_add = ["net_bind_service"]')),
      'nomad-task-raw': setting('driver', byHand(not(undefined, 'raw_exec')), 'runs without any walls', inTask('driver = "raw_exec"', 'driver = "docker"')),
      'nomad-task-root': setting('user', byHand(not(undefined, 'root', '0')), 'runs as root', inTask('user = "root"', 'user = "nobody"'), { severity: 'low' }),
    },
    supply: {
      'nomad-image-latest': setting('config.image', byHand(never(/:latest$|^[\w./-]+$/, 'chat:latest', 'chat:1.4.0')), 'runs whatever image was pushed last', inConfig('image = "chat:latest"', 'image = "chat:1.4.0"')),
    },
    transit: { 'nomad-artifact-plaintext': setting('artifact.source', byHand(never(/^(?:git::)?http:\/\/(?!localhost|127\.)/, 'http://files.example.com/chat.tgz', 'https://files.example.com/chat.tgz')), 'fetches files without TLS', ['chat.nomad.hcl', [...job, '      artifact {'], 'source = "http://files.example.com/chat.tgz"', 'source = "https://files.example.com/chat.tgz"', ['      }', ...ends]], { severity: 'medium' }) },
  }),
  ...service('Group', 'nomad_group', {
    container: { 'nomad-group-host-network': setting('network.mode', byHand(not(undefined, 'host')), 'is on the network of its host', ['chat.nomad.hcl', ['job "chat" {', '  group "chat" {', '    network {'], 'mode = "host"', 'mode = "bridge"', ['    }', '  }', '}']], { severity: 'low' }) },
  }),
  ...service('Agent', 'nomad_agent', {
    identity: { 'nomad-without-rights': setting('acl.enabled', byHand(notOff), 'lets everybody start jobs', agent('acl {', 'enabled = false', 'enabled = true'), { severity: 'high' }) },
    transit: {
      'nomad-api-plaintext': setting('tls.http', byHand(notOff), 'takes commands without TLS', agent('tls {', 'http = false', 'http = true')),
      'nomad-peers-plaintext': setting('tls.rpc', byHand(notOff), 'talks to its peers without TLS', agent('tls {', 'rpc = false', 'rpc = true')),
      'nomad-peers-unchecked': setting('tls.verify_server_hostname', byHand(notOff), 'does not check whom it talks to', agent('tls {', 'verify_server_hostname = false', 'verify_server_hostname = true'), { severity: 'medium' }),
    },
    container: {
      'nomad-privileged-allowed': setting('plugin.config.allow_privileged', byHand(notOn), 'lets tasks run privileged', ['client.hcl', ['plugin "docker" {', '  config {'], 'allow_privileged = true', 'allow_privileged = false', ['  }', '}']]),
      'nomad-raw-allowed': setting('client.options.driver/raw_exec/enable', byHand(notOn), 'lets tasks run without any walls', ['client.hcl', ['client {', '  options {'], '"driver.raw_exec.enable" = "1"', '"driver.raw_exec.enable" = "0"', ['  }', '}']], { examples: rawOptions() }),
    },
  }),
  ...service('Agent', 'consul_agent', {
    privilege: { 'consul-allows-by-default': setting('acl.default_policy|default_policy', byHand(not(undefined, 'allow')), 'allows what no rule forbids', agent('acl {', 'default_policy = "allow"', 'default_policy = "deny"', 'consul.hcl')) },
    transit: {
      'consul-incoming-unchecked': setting('verify_incoming|tls.defaults.verify_incoming', byHand(notOff), 'takes connections without a certificate', ['consul.hcl', [], 'verify_incoming = false', 'verify_incoming = true', []], { severity: 'medium' }),
      'consul-outgoing-unchecked': setting('verify_outgoing|tls.defaults.verify_outgoing', byHand(notOff), 'talks to others without checking who they are', ['consul.hcl', [], 'verify_outgoing = false', 'verify_outgoing = true', []], { severity: 'medium' }),
    },
    container: { 'consul-script-checks': setting('enable_script_checks', byHand(notOn), 'runs scripts for whoever reaches its API', ['consul.hcl', [], 'enable_script_checks = true', 'enable_script_checks = false', []], { severity: 'high' }) },
  }),
  ...service('Server', 'vault_server', {
    transit: { 'vault-server-plaintext': setting('listener.tls_disable', byHand(notOn), 'gives secrets out without TLS', ['vault.hcl', ['storage "raft" {}', 'listener "tcp" {'], 'tls_disable = true', 'tls_disable = false', ['}']], { orPath: [{ path: 'listener.address', must: { matches: /^(?:127\.|localhost|unix:|\/)/ } }] }) },
    oldTls: { 'vault-server-old-tls': setting('listener.tls_min_version', byHand(not(undefined, 'tls10', 'tls11')), 'speaks old versions of TLS', ['vault.hcl', ['storage "raft" {}', 'listener "tcp" {'], 'tls_min_version = "tls10"', 'tls_min_version = "tls12"', ['}']]) },
    exposed: { 'vault-server-raw-storage': setting('raw_storage_endpoint', byHand(notOn), 'shows its storage past all rules', ['vault.hcl', ['storage "raft" {}', 'listener "tcp" {}'], 'raw_storage_endpoint = true', 'raw_storage_endpoint = false', []], { severity: 'medium' }) },
  }),
  ...service('Image', 'packer_source', {
    public: { 'packer-image-public': setting('ami_groups|snapshot_groups', byHand(never(/^all$/, ['all'], ['none'])), 'is given to everybody', ['image.pkr.hcl', ['source "amazon-ebs" "chat" {'], 'ami_groups = ["all"]', 'ami_groups = []', ['}']]) },
    atRest: { 'packer-image-plain': setting('encrypt_boot', byHand(notOff), 'is stored without encryption at rest', ['image.pkr.hcl', ['source "amazon-ebs" "chat" {'], 'encrypt_boot = false', 'encrypt_boot = true', ['}']], { severity: 'medium' }) },
    transit: { 'packer-unchecked': setting('winrm_insecure|insecure_connection|insecure_skip_tls_verify|skip_tls_verify', byHand(notOn), 'is made over connections that check nobody', ['image.pkr.hcl', ['source "vsphere-iso" "chat" {'], 'insecure_connection = true', 'insecure_connection = false', ['}']], { severity: 'medium' }) },
    exposed: { 'packer-open-range': setting('temporary_security_group_source_cidrs', byHand(never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24'])), 'can be reached from everywhere while it is made', ['image.pkr.hcl', ['source "amazon-ebs" "chat" {'], 'temporary_security_group_source_cidrs = ["0.0.0.0/0"]', 'temporary_security_group_source_cidrs = ["203.0.113.0/24"]', ['}']], { severity: 'low' }) },
  }),
];

function rawOptions() {
  const text = (value: string, mark?: string): string => ['client {', '  options = {', `    "driver.raw_exec.enable" = "${value}"`, ...(mark ? [mark] : []), '  }', '}', ''].join('\n');
  return [{ file: 'client.hcl', bad: text('1', `${' '.repeat(32)}^`), good: text('0') }];
}
