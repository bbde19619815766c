import { api, etcd, holds, is, manager, node, unreadable, anybody, type FlagRow } from './_component-flags.ts';

/** Hours of a duration of Go such as `8760h` or `720h30m`. */
const hours = (value: string): number => Number(/^(\d+)h/.exec(value)?.[1] ?? 0);

/** Flags that say whom a component believes, and what it tells. */
export const rows: readonly FlagRow[] = [
  {
    id: 'auth/apiserver-any-front-proxy', of: api, flag: 'requestheader-allowed-names', bad: is(''), missing: false,
    problem: 'takes names of users from every client with a certificate', severity: 'low', sample: ['--requestheader-allowed-names=', '--requestheader-allowed-names=front-proxy-client'], why: anybody,
  },
  {
    id: 'transport/apiserver-issuer-plain', of: api, flag: 'oidc-issuer-url', bad: (value) => /^http:/i.test(value), missing: false,
    problem: 'fetches the keys of its users\' tokens over plain HTTP', severity: 'high', sample: ['--oidc-issuer-url=http://idp.example.com', '--oidc-issuer-url=https://idp.example.com'], why: anybody,
  },
  {
    id: 'auth/apiserver-names-without-prefix', of: api, flag: 'oidc-username-prefix', bad: is('-'), missing: false,
    problem: 'lets users of the identity provider take names of the system', severity: 'info', sample: ['--oidc-username-prefix=-', '--oidc-username-prefix=oidc:'],
  },
  {
    id: 'workload/apiserver-every-version', of: api, flag: 'runtime-config', bad: (value) => value.split(',').some((one) => /^api\/(?:all|alpha)(?:=true)?$/i.test(one)), missing: false,
    problem: 'serves unfinished versions of its API', severity: 'info', sample: ['--runtime-config=api/all=true', '--runtime-config=api/beta=false'],
  },
  {
    id: 'auth/apiserver-long-tokens', of: api, flag: 'service-account-max-token-expiration', bad: (value) => hours(value) > 168, missing: false,
    problem: 'gives out tokens that hold for more than a week', severity: 'low', sample: ['--service-account-max-token-expiration=8760h', '--service-account-max-token-expiration=24h'],
  },
  {
    id: 'auth/manager-long-certificates', of: manager, flag: 'cluster-signing-duration', bad: (value) => hours(value) > 9000, missing: false,
    problem: 'signs certificates that hold for more than a year', severity: 'low', sample: ['--cluster-signing-duration=87600h', '--cluster-signing-duration=8760h'],
  },
  {
    id: 'auth/component-open-paths', of: [...manager, 'kube-scheduler'], flag: 'authorization-always-allow-paths', bad: (value) => holds('/*')(value) || holds('*')(value), missing: false,
    problem: 'answers everybody on every path', severity: 'medium', sample: ['--authorization-always-allow-paths=/*', '--authorization-always-allow-paths=/healthz'],
  },
  {
    id: 'monitoring/etcd-profiling', of: etcd, flag: 'enable-pprof', bad: is('true'), missing: false,
    problem: 'shows what it does in detail', severity: 'low', sample: ['--enable-pprof=true', '--enable-pprof=false'],
  },
  {
    id: 'auth/etcd-any-origin', of: etcd, flag: 'cors', bad: holds('*'), missing: false,
    problem: 'accepts cross-origin requests from every site', severity: 'medium', sample: ['--cors=*', '--cors=https://a.example.com'], why: anybody,
  },
  {
    id: 'transport/etcd-peer-names-unchecked', of: etcd, flag: 'peer-skip-client-san-verification', bad: is('true'), missing: false,
    problem: 'does not check the names in its peers\' certificates', severity: 'low', sample: ['--peer-skip-client-san-verification=true', '--peer-skip-client-san-verification=false'], why: unreadable,
  },
  {
    id: 'workload/kubelet-seccomp-off', of: node, flag: 'seccomp-default', bad: is('false'), missing: false, config: 'seccompDefault',
    problem: 'starts containers without a filter for system calls', severity: 'info', sample: ['--seccomp-default=false', '--seccomp-default=true'],
  },
  {
    id: 'transport/kubelet-own-certificate', of: node, flag: 'rotate-server-certificates', bad: is('false'), missing: false, config: 'serverTLSBootstrap',
    problem: 'serves with a certificate that it signed itself', severity: 'low', sample: ['--rotate-server-certificates=false', '--rotate-server-certificates=true'], why: unreadable,
  },
  {
    id: 'monitoring/kubelet-system-log', of: node, flag: 'enable-system-log-query', bad: is('true'), missing: false, config: 'enableSystemLogQuery',
    problem: 'gives out the logs of its machine', severity: 'low', sample: ['--enable-system-log-query=true', '--anonymous-auth=false'],
  },
];
