import { containersOf, workloads } from '../../server/rule/kubernetes.ts';
import { look, lookIn, scalar, type Confidence, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type Rule, type RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';

type Component = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kubelet';

interface FlagRow {
  readonly id: RuleId;
  readonly of: readonly Component[];
  readonly flag: string;
  /** True when the value is bad. Not asked where the flag is missing. */
  readonly bad: (value: string) => boolean;
  readonly missing: boolean;
  readonly problem: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Where a KubeletConfiguration says the same. */
  readonly config?: string;
  readonly sample: readonly [bad: string, good: string];
  readonly why?: string;
}

const is = (...words: readonly string[]) => (value: string): boolean => words.includes(value.toLowerCase());
const isNot = (...words: readonly string[]) => (value: string): boolean => !words.includes(value.toLowerCase());
const under = (number: number) => (value: string): boolean => Number(value) < number;
const lacks = (word: string) => (value: string): boolean => !value.split(',').includes(word);
const holds = (word: string) => (value: string): boolean => value.split(',').includes(word);
const always = (): boolean => true;
const never = (): boolean => false;
const weak = (value: string): boolean => value.split(',').some((suite) => /_CBC_|RC4|3DES|_MD5|NULL|TLS_RSA_WITH_/.test(suite) && !/^TLS_RSA_WITH_AES_(?:128|256)_GCM/.test(suite));
const api: readonly Component[] = ['kube-apiserver'];
const etcd: readonly Component[] = ['etcd'];
const manager: readonly Component[] = ['kube-controller-manager'];
const node: readonly Component[] = ['kubelet'];
const unreadable = 'What passes between the parts of the cluster, secrets among it, can be read and changed on the network.';
const anybody = 'Whoever reaches the port controls the cluster, or its nodes.';

const rows: readonly FlagRow[] = [
  { id: 'auth/apiserver-anonymous', of: [...api, ...node], flag: 'anonymous-auth', bad: is('true'), missing: true, problem: 'answers requests of nobody in particular', severity: 'medium', config: 'authentication.anonymous.enabled', sample: ['--anonymous-auth=true', '--anonymous-auth=false'], why: anybody },
  { id: 'auth/apiserver-basic-auth', of: api, flag: 'basic-auth-file', bad: always, missing: false, problem: 'accepts passwords from a file', severity: 'medium', sample: ['--basic-auth-file=users.csv', '--anonymous-auth=false'] },
  { id: 'auth/apiserver-token-file', of: api, flag: 'token-auth-file', bad: always, missing: false, problem: 'accepts tokens from a file, which never expire', severity: 'medium', sample: ['--token-auth-file=tokens.csv', '--anonymous-auth=false'] },
  { id: 'auth/always-allow', of: [...api, ...node], flag: 'authorization-mode', bad: holds('AlwaysAllow'), missing: false, problem: 'allows everything to everybody', severity: 'high', config: 'authorization.mode', sample: ['--authorization-mode=AlwaysAllow', '--authorization-mode=Node,RBAC'], why: anybody },
  { id: 'auth/authorization-unset', of: api, flag: 'authorization-mode', bad: never, missing: true, problem: 'does not say how it checks rights, and so allows everything', severity: 'medium', sample: ['--profiling=false', '--authorization-mode=Node,RBAC'], why: anybody },
  { id: 'iam/authorization-without-rbac', of: api, flag: 'authorization-mode', bad: lacks('RBAC'), missing: true, problem: 'knows no roles', sample: ['--authorization-mode=Node', '--authorization-mode=Node,RBAC'] },
  { id: 'iam/authorization-without-node', of: api, flag: 'authorization-mode', bad: lacks('Node'), missing: true, problem: 'lets nodes read what belongs to other nodes', sample: ['--authorization-mode=RBAC', '--authorization-mode=Node,RBAC'] },
  { id: 'iam/service-account-lookup', of: api, flag: 'service-account-lookup', bad: is('false'), missing: false, problem: 'accepts tokens of service accounts that are gone', severity: 'medium', sample: ['--service-account-lookup=false', '--service-account-lookup=true'] },
  { id: 'iam/service-account-lookup-unset', of: api, flag: 'service-account-lookup', bad: never, missing: true, problem: 'does not say that it looks service accounts up', severity: 'info', confidence: 'low', sample: ['--profiling=false', '--service-account-lookup=true'] },
  { id: 'transport/kubelet-plaintext', of: api, flag: 'kubelet-https', bad: is('false'), missing: false, problem: 'talks to nodes without TLS', severity: 'high', sample: ['--kubelet-https=false', '--kubelet-https=true'], why: unreadable },
  { id: 'transport/kubelet-client-certificate', of: api, flag: 'kubelet-client-certificate', bad: never, missing: true, problem: 'proves nothing about itself to nodes', sample: ['--profiling=false', '--kubelet-client-certificate=client.crt'] },
  { id: 'transport/kubelet-client-key', of: api, flag: 'kubelet-client-key', bad: never, missing: true, problem: 'has no key to prove itself to nodes with', sample: ['--profiling=false', '--kubelet-client-key=client.key'] },
  { id: 'workload/kubelet-certificate-authority', of: api, flag: 'kubelet-certificate-authority', bad: never, missing: true, problem: 'does not check the certificates of nodes', sample: ['--profiling=false', '--kubelet-certificate-authority=ca.crt'] },
  { id: 'transport/insecure-bind-address', of: api, flag: 'insecure-bind-address', bad: always, missing: false, problem: 'listens without TLS on an address', severity: 'high', sample: ['--insecure-bind-address=0.0.0.0', '--bind-address=0.0.0.0'], why: anybody },
  { id: 'transport/insecure-port', of: api, flag: 'insecure-port', bad: isNot('0'), missing: true, problem: 'may listen on a port without TLS', severity: 'medium', sample: ['--insecure-port=8080', '--insecure-port=0'], why: anybody },
  { id: 'network/secure-port-off', of: api, flag: 'secure-port', bad: is('0'), missing: false, problem: 'does not listen with TLS', severity: 'high', sample: ['--secure-port=0', '--secure-port=6443'] },
  { id: 'network/component-bind-address', of: [...manager, 'kube-scheduler'], flag: 'bind-address', bad: isNot('127.0.0.1', '::1', 'localhost'), missing: false, problem: 'listens on addresses beyond its own machine', sample: ['--bind-address=0.0.0.0', '--bind-address=127.0.0.1'] },
  { id: 'workload/component-profiling', of: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'], flag: 'profiling', bad: isNot('false'), missing: true, problem: 'offers details of its inner workings', sample: ['--profiling=true', '--profiling=false'] },
  { id: 'monitoring/apiserver-audit-log', of: api, flag: 'audit-log-path', bad: never, missing: true, problem: 'keeps no audit log', severity: 'medium', sample: ['--profiling=false', '--audit-log-path=/var/log/audit.log'] },
  { id: 'monitoring/apiserver-audit-policy', of: api, flag: 'audit-policy-file', bad: never, missing: true, problem: 'has no policy for its audit log', sample: ['--profiling=false', '--audit-policy-file=policy.yaml'] },
  { id: 'monitoring/apiserver-audit-age', of: api, flag: 'audit-log-maxage', bad: under(30), missing: true, problem: 'keeps its audit log for less than 30 days', sample: ['--audit-log-maxage=10', '--audit-log-maxage=30'] },
  { id: 'monitoring/apiserver-audit-backup', of: api, flag: 'audit-log-maxbackup', bad: under(10), missing: true, problem: 'keeps less than ten files of its audit log', sample: ['--audit-log-maxbackup=5', '--audit-log-maxbackup=10'] },
  { id: 'monitoring/apiserver-audit-size', of: api, flag: 'audit-log-maxsize', bad: under(100), missing: true, problem: 'keeps little of its audit log', sample: ['--audit-log-maxsize=50', '--audit-log-maxsize=100'] },
  { id: 'workload/apiserver-request-timeout', of: api, flag: 'request-timeout', bad: (value) => /^(?:[3-9]\d\d\d+s|(?:[6-9]|[1-9]\d+)m.*|\d+h.*)$/.test(value) || /^[3-9]\d\d+s$/.test(value) && Number.parseInt(value, 10) > 300, missing: false, problem: 'lets requests run for more than five minutes', sample: ['--request-timeout=600s', '--request-timeout=300s'] },
  { id: 'storage/apiserver-secrets-plain', of: api, flag: 'encryption-provider-config', bad: never, missing: true, problem: 'stores secrets without encryption', severity: 'medium', sample: ['--profiling=false', '--encryption-provider-config=config.yaml'], why: families.atRest.why },
  { id: 'transport/apiserver-etcd-ca', of: api, flag: 'etcd-cafile', bad: never, missing: true, problem: 'does not check the certificate of etcd', sample: ['--profiling=false', '--etcd-cafile=ca.crt'], why: unreadable },
  { id: 'transport/apiserver-etcd-certificate', of: api, flag: 'etcd-certfile', bad: never, missing: true, problem: 'proves nothing about itself to etcd', sample: ['--profiling=false', '--etcd-certfile=client.crt'], why: unreadable },
  { id: 'transport/apiserver-etcd-key', of: api, flag: 'etcd-keyfile', bad: never, missing: true, problem: 'has no key to prove itself to etcd with', sample: ['--profiling=false', '--etcd-keyfile=client.key'], why: unreadable },
  { id: 'transport/component-certificate', of: ['kube-apiserver', 'kubelet'], flag: 'tls-cert-file', bad: never, missing: true, problem: 'names no certificate of its own', config: 'tlsCertFile', sample: ['--profiling=false', '--tls-cert-file=server.crt'], why: unreadable },
  { id: 'transport/component-key', of: ['kube-apiserver', 'kubelet'], flag: 'tls-private-key-file', bad: never, missing: true, problem: 'names no key of its own', config: 'tlsPrivateKeyFile', sample: ['--profiling=false', '--tls-private-key-file=server.key'], why: unreadable },
  { id: 'transport/component-client-ca', of: ['kube-apiserver', 'kubelet'], flag: 'client-ca-file', bad: never, missing: true, problem: 'does not check the certificates of clients', config: 'authentication.x509.clientCAFile', sample: ['--profiling=false', '--client-ca-file=ca.crt'], why: unreadable },
  { id: 'transport/component-weak-ciphers', of: ['kube-apiserver', 'kubelet', 'etcd'], flag: 'tls-cipher-suites', bad: weak, missing: false, problem: 'allows weak ciphers', severity: 'medium', config: 'tlsCipherSuites', sample: ['--tls-cipher-suites=TLS_RSA_WITH_3DES_EDE_CBC_SHA', '--tls-cipher-suites=TLS_AES_128_GCM_SHA256'], why: families.oldTls.why },
  { id: 'transport/component-default-ciphers', of: api, flag: 'tls-cipher-suites', bad: never, missing: true, problem: 'keeps the default ciphers', severity: 'info', confidence: 'low', sample: ['--profiling=false', '--tls-cipher-suites=TLS_AES_128_GCM_SHA256'], why: families.oldTls.why },
  { id: 'workload/admission-always-admit', of: api, flag: 'enable-admission-plugins', bad: holds('AlwaysAdmit'), missing: false, problem: 'admits everything', severity: 'medium', sample: ['--enable-admission-plugins=AlwaysAdmit', '--enable-admission-plugins=NodeRestriction'] },
  { id: 'workload/admission-without-node-restriction', of: api, flag: 'enable-admission-plugins', bad: lacks('NodeRestriction'), missing: true, problem: 'lets nodes change other nodes', sample: ['--enable-admission-plugins=AlwaysPullImages', '--enable-admission-plugins=NodeRestriction'] },
  { id: 'workload/admission-without-pull', of: api, flag: 'enable-admission-plugins', bad: lacks('AlwaysPullImages'), missing: true, problem: 'lets pods run images that others fetched', severity: 'info', sample: ['--enable-admission-plugins=NodeRestriction', '--enable-admission-plugins=AlwaysPullImages'] },
  { id: 'workload/admission-without-rate-limit', of: api, flag: 'enable-admission-plugins', bad: lacks('EventRateLimit'), missing: true, problem: 'does not limit events', severity: 'info', sample: ['--enable-admission-plugins=NodeRestriction', '--enable-admission-plugins=EventRateLimit'] },
  { id: 'workload/admission-without-pod-security', of: api, flag: 'enable-admission-plugins', bad: (value) => !/PodSecurity|SecurityContextDeny/.test(value), missing: true, problem: 'enforces no rules for pods', severity: 'info', sample: ['--enable-admission-plugins=NodeRestriction', '--enable-admission-plugins=PodSecurityPolicy'] },
  { id: 'workload/admission-service-account-off', of: api, flag: 'disable-admission-plugins', bad: holds('ServiceAccount'), missing: false, problem: 'does not manage service accounts', severity: 'medium', sample: ['--disable-admission-plugins=ServiceAccount', '--disable-admission-plugins=AlwaysAdmit'] },
  { id: 'workload/admission-namespace-off', of: api, flag: 'disable-admission-plugins', bad: holds('NamespaceLifecycle'), missing: false, problem: 'does not manage namespaces', severity: 'medium', sample: ['--disable-admission-plugins=NamespaceLifecycle', '--disable-admission-plugins=AlwaysAdmit'] },
  { id: 'secrets/service-account-key-file', of: api, flag: 'service-account-key-file', bad: never, missing: true, problem: 'checks tokens of service accounts with the key of its own certificate', sample: ['--profiling=false', '--service-account-key-file=sa.pub'] },
  { id: 'secrets/service-account-credentials', of: manager, flag: 'use-service-account-credentials', bad: isNot('true'), missing: true, problem: 'runs all its loops with the same rights', sample: ['--use-service-account-credentials=false', '--use-service-account-credentials=true'] },
  { id: 'secrets/service-account-private-key', of: manager, flag: 'service-account-private-key-file', bad: never, missing: true, problem: 'has no key of its own to sign tokens with', sample: ['--profiling=false', '--service-account-private-key-file=sa.key'] },
  { id: 'transport/manager-root-ca', of: manager, flag: 'root-ca-file', bad: (value) => !/\.(?:pem|crt|cer|ca)$/.test(value), missing: true, problem: 'gives pods no authority to check the API with', sample: ['--profiling=false', '--root-ca-file=ca.pem'], why: unreadable },
  { id: 'transport/kubelet-server-rotation', of: [...manager, ...node], flag: 'feature-gates', bad: (value) => /RotateKubeletServerCertificate=false/.test(value), missing: false, problem: 'does not renew the certificates of nodes', sample: ['--feature-gates=RotateKubeletServerCertificate=false', '--feature-gates=RotateKubeletServerCertificate=true'] },
  { id: 'transport/kubelet-rotation-off', of: node, flag: 'rotate-certificates', bad: is('false'), missing: false, problem: 'does not renew its certificate', config: 'rotateCertificates', sample: ['--rotate-certificates=false', '--rotate-certificates=true'] },
  { id: 'workload/manager-garbage-collection', of: manager, flag: 'terminated-pod-gc-threshold', bad: (value) => Number(value) <= 0, missing: true, problem: 'keeps pods that are done', severity: 'info', sample: ['--terminated-pod-gc-threshold=0', '--terminated-pod-gc-threshold=1000'] },
  { id: 'transport/etcd-certificate', of: etcd, flag: 'cert-file', bad: never, missing: true, problem: 'listens without a certificate', severity: 'medium', sample: ['--client-cert-auth=true', '--cert-file=server.crt'], why: unreadable },
  { id: 'transport/etcd-key', of: etcd, flag: 'key-file', bad: never, missing: true, problem: 'listens without a key', severity: 'medium', sample: ['--client-cert-auth=true', '--key-file=server.key'], why: unreadable },
  { id: 'auth/etcd-client-certificates', of: etcd, flag: 'client-cert-auth', bad: isNot('true'), missing: true, problem: 'asks clients for no certificate', severity: 'medium', sample: ['--client-cert-auth=false', '--client-cert-auth=true'], why: anybody },
  { id: 'transport/etcd-auto-tls', of: etcd, flag: 'auto-tls', bad: is('true'), missing: false, problem: 'uses certificates that it made itself', sample: ['--auto-tls=true', '--auto-tls=false'], why: unreadable },
  { id: 'transport/etcd-peer-certificate', of: etcd, flag: 'peer-cert-file', bad: never, missing: true, problem: 'talks to its peers without a certificate', sample: ['--client-cert-auth=true', '--peer-cert-file=peer.crt'], why: unreadable },
  { id: 'transport/etcd-peer-key', of: etcd, flag: 'peer-key-file', bad: never, missing: true, problem: 'talks to its peers without a key', sample: ['--client-cert-auth=true', '--peer-key-file=peer.key'], why: unreadable },
  { id: 'auth/etcd-peer-client-certificates', of: etcd, flag: 'peer-client-cert-auth', bad: isNot('true'), missing: true, problem: 'asks its peers for no certificate', sample: ['--peer-client-cert-auth=false', '--peer-client-cert-auth=true'], why: anybody },
  { id: 'transport/etcd-peer-auto-tls', of: etcd, flag: 'peer-auto-tls', bad: is('true'), missing: false, problem: 'talks to its peers with certificates that it made itself', sample: ['--peer-auto-tls=true', '--peer-auto-tls=false'], why: unreadable },
  { id: 'network/kubelet-read-only-port', of: node, flag: 'read-only-port', bad: isNot('0'), missing: false, problem: 'tells everybody about its pods', severity: 'medium', config: 'readOnlyPort', sample: ['--read-only-port=10255', '--read-only-port=0'] },
  { id: 'network/kubelet-iptables', of: node, flag: 'make-iptables-util-chains', bad: is('false'), missing: false, problem: 'does not manage its firewall', config: 'makeIPTablesUtilChains', sample: ['--make-iptables-util-chains=false', '--make-iptables-util-chains=true'] },
  { id: 'workload/kubelet-kernel-defaults', of: node, flag: 'protect-kernel-defaults', bad: is('false'), missing: true, problem: 'changes settings of the kernel', config: 'protectKernelDefaults', sample: ['--protect-kernel-defaults=false', '--protect-kernel-defaults=true'] },
  { id: 'workload/kubelet-idle-timeout', of: node, flag: 'streaming-connection-idle-timeout', bad: (value) => /^0s?$/.test(value), missing: false, problem: 'keeps idle connections forever', config: 'streamingConnectionIdleTimeout', sample: ['--streaming-connection-idle-timeout=0', '--streaming-connection-idle-timeout=5m'] },
  { id: 'workload/kubelet-hostname-override', of: node, flag: 'hostname-override', bad: always, missing: false, problem: 'gives itself another name', sample: ['--hostname-override=host', '--read-only-port=0'] },
  { id: 'monitoring/kubelet-events', of: node, flag: 'event-qps', bad: is('0'), missing: false, problem: 'may drop events', config: 'eventRecordQPS', sample: ['--event-qps=0', '--event-qps=5'] },
  { id: 'workload/kubelet-pid-limit', of: node, flag: 'pod-max-pids', bad: (value) => Number(value) <= 0, missing: false, problem: 'does not limit the processes of a pod', config: 'podPidsLimit', sample: ['--pod-max-pids=-1', '--pod-max-pids=4096'] },
];

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
  const words = items.flatMap((item) => { const text = scalar(item); return typeof text === 'string' ? text.trim().split(/\s+/) : []; });
  const component = (['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'kubelet'] as const).find((name) => words.some((word) => word === name || word.endsWith(`/${name}`)));
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
  return ['apiVersion: v1', 'kind: Pod', 'metadata:', `  name: ${name}`, 'spec:', '  containers:', `    - name: ${name}`, `      image: registry.k8s.io/${name}@sha256:0`, '      command:', `        - ${name}`,
    ...(mark && !has ? [`          ${'^'.repeat(name.length)}`] : []), own, ...(mark && has ? [`          ${'^'.repeat(flag.length)}`] : []), ''].join('\n');
}

function check(row: FlagRow, resource: Resource, report: (at: Value, name: string) => void): void {
  if (resource.type === 'k8s_kubeletconfiguration') {
    if (row.config === undefined) return;
    for (const value of look(resource, row.config).values) {
      const text = value.kind === 'list' ? value.items.map((item) => String(scalar(item) ?? '')).join(',') : scalar(value);
      if (text !== undefined && row.bad(String(text))) report(value, 'kubelet');
    }
    return;
  }
  for (const container of containersOf(resource)) {
    const flags = flagsOf(container.map);
    if (!flags || !row.of.includes(flags.component)) continue;
    const value = flags.values.get(row.flag);
    if (value ? row.bad(String(scalar(value))) : row.missing && flags.complete) report(value ?? flags.at, flags.component);
  }
}

export default rows.map((row): Rule => defineRule({
  id: row.id,
  title: `${row.of[0]} that ${row.problem}`,
  severity: row.severity ?? 'low', confidence: row.confidence ?? (row.missing ? 'medium' : 'high'),
  references: ['CM-6', 'SC-8', 'AC-6'],
  what: `Reports ${row.of.join(', ')} when it ${row.problem}: the flag \`--${row.flag}\` in the command of its pod${row.config ? `, or \`${row.config}\` in a KubeletConfiguration` : ''}.`,
  why: row.why ?? 'The parts that control a cluster are worth more to an intruder than any workload in it.',
  whenNotToUse: 'For clusters whose control plane is set up by a provider, or that serve tests only.',
  noFix: 'Flags of the control plane depend on how the cluster was set up.',
  checks: [{ on: 'resource', types: [...workloads, 'k8s_kubeletconfiguration'], check: (resource, context) => check(row, resource, (at, name) => context.report({ at: at.at, message: `${name} of "${resource.name}" ${row.problem}.` })) }],
  examples: [{ file: 'manifest.yaml', bad: manifest(row, row.sample[0], true), good: manifest(row, row.sample[1], false) }],
}));
