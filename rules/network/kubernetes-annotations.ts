import { lookIn, scalar, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { exposed, transit, identity, privilege } = families;
const no = /^(?:false|off|no|0|disabled?)$/i;
const yes = /^(?:true|on|yes|1|enabled?)$/i;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly types: readonly string[];
  readonly key: RegExp;
  readonly bad: RegExp;
  readonly problem: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly sample: readonly [key: string, bad: string, good: string];
}

const published = ['k8s_ingress', 'k8s_service', 'k8s_gateway'];
const pods = ['k8s_pod', 'k8s_deployment', 'k8s_daemonset', 'k8s_statefulset', 'k8s_replicaset', 'k8s_job', 'k8s_cronjob'];

const rows: readonly Row[] = [
  {
    id: 'transport/ingress-redirect-off',
    title: 'Ingress that does not lead to TLS',
    severity: 'low',
    types: published,
    key: /(?:ssl-redirect|force-ssl-redirect|redirect-to-https|tls\.redirect|router\.tls)$/,
    bad: no,
    problem: 'answers without TLS as well',
    why: transit.why,
    references: transit.references,
    sample: ['nginx.ingress.kubernetes.io/ssl-redirect', 'false', 'true'],
  },
  {
    id: 'transport/ingress-http-allowed',
    title: 'Ingress that lets plain HTTP through',
    severity: 'low',
    types: published,
    key: /^kubernetes\.io\/ingress\.allow-http$/,
    bad: yes,
    problem: 'answers without TLS as well',
    why: transit.why,
    references: transit.references,
    sample: ['kubernetes.io/ingress.allow-http', 'true', 'false'],
  },
  {
    id: 'transport/ingress-backend-unchecked',
    title: 'Ingress that does not check its servers',
    severity: 'low',
    types: published,
    key: /nginx\.ingress\.kubernetes\.io\/(?:proxy-ssl-verify|auth-tls-verify-client)$/,
    bad: no,
    problem: 'does not check certificates',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    sample: ['nginx.ingress.kubernetes.io/proxy-ssl-verify', 'off', 'on'],
  },
  {
    id: 'transport/balancer-old-tls',
    title: 'Load balancer that speaks old TLS',
    severity: 'medium',
    types: published,
    key: /(?:ssl-negotiation-policy|ssl-policy)$/,
    bad: /^ELBSecurityPolicy-(?:2014-10|2015-\d\d|2016-08|TLS-1-[01]-\S*|FS-2018-06|FS-1-1-\S*)$|TLS13-1-[01]-/,
    problem: 'speaks old versions of TLS',
    why: families.oldTls.why,
    references: families.oldTls.references,
    sample: ['alb.ingress.kubernetes.io/ssl-policy', 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-2-2021-06'],
  },
  {
    id: 'network/balancer-faces-internet',
    title: 'Load balancer that faces the internet',
    severity: 'low',
    types: published,
    key: /(?:alb\.ingress\.kubernetes\.io\/scheme|(?:aws|azure)-load-balancer-(?:scheme|internal)|(?:networking|cloud)\.gke\.io\/load-balancer-type)$/,
    bad: /^(?:internet-facing|false|external)$/i,
    problem: 'can be reached from the internet',
    why: exposed.why,
    references: exposed.references,
    sample: ['alb.ingress.kubernetes.io/scheme', 'internet-facing', 'internal'],
  },
  {
    id: 'network/ingress-open-source',
    title: 'Ingress whose list of addresses lets everybody in',
    severity: 'low',
    types: published,
    key: /(?:whitelist-source-range|allowlist-source-range|inbound-cidrs|load-balancer-source-ranges|load-balancer-allowlist)$/,
    bad: /(?:^|,\s*)(?:0\.0\.0\.0\/0|::\/0)(?:\s*,|$)/,
    problem: 'lets every address in',
    why: exposed.why,
    references: exposed.references,
    sample: ['nginx.ingress.kubernetes.io/whitelist-source-range', '0.0.0.0/0', '203.0.113.0/24'],
  },
  {
    id: 'auth/ingress-any-origin',
    title: 'Ingress that answers pages of every origin',
    severity: 'low',
    types: published,
    key: /cors-allow-origin$/,
    bad: /^\*$/,
    problem: 'answers pages of every origin',
    why: 'Any page that somebody opens can then talk to the service through their browser.',
    references: ['CWE-942', ...identity.references.slice(1)],
    sample: ['nginx.ingress.kubernetes.io/cors-allow-origin', '*', 'https://chat.example.com'],
  },
  {
    id: 'network/ingress-snippet',
    title: 'Ingress that writes into the configuration of the server',
    severity: 'info',
    types: ['k8s_ingress'],
    key: /(?:configuration|server|auth|stream|modsecurity)-snippet$/,
    bad: /\S/,
    problem: 'writes into the configuration of the server',
    why: 'Where snippets are allowed, whoever may make an ingress runs code in the controller and reads all secrets of the cluster (CVE-2021-25742).',
    references: ['CWE-94', 'AC-6'],
    sample: ['nginx.ingress.kubernetes.io/configuration-snippet', 'more_set_headers a;', ''],
  },
  {
    id: 'transport/balancer-plain-listener',
    title: 'Load balancer that listens without TLS alone',
    severity: 'low',
    types: published,
    key: /^alb\.ingress\.kubernetes\.io\/listen-ports$/,
    bad: /^(?!.*"HTTPS").*"HTTP"/,
    problem: 'answers without TLS',
    why: transit.why,
    references: transit.references,
    sample: ['alb.ingress.kubernetes.io/listen-ports', '[{"HTTP": 80}]', '[{"HTTPS": 443}]'],
  },
  {
    id: 'transport/balancer-plain-backend',
    title: 'Load balancer that talks to its servers without TLS',
    severity: 'info',
    types: ['k8s_service'],
    key: /aws-load-balancer-backend-protocol$/,
    bad: /^http$/,
    problem: 'talks to its servers without TLS',
    why: transit.why,
    references: transit.references,
    sample: ['service.beta.kubernetes.io/aws-load-balancer-backend-protocol', 'http', 'https'],
  },
  {
    id: 'transport/router-plain-entrance',
    title: 'Ingress on the entrance without TLS',
    severity: 'low',
    types: published,
    key: /^traefik\.ingress\.kubernetes\.io\/router\.entrypoints$/,
    bad: /^(?:web|http)$/,
    problem: 'answers without TLS',
    why: transit.why,
    references: transit.references,
    sample: ['traefik.ingress.kubernetes.io/router.entrypoints', 'web', 'websecure'],
  },
  {
    id: 'workload/profile-off-by-annotation',
    title: 'Pod whose profile is switched off by an annotation',
    severity: 'medium',
    types: pods,
    key: /^(?:container\.apparmor\.security\.beta\.kubernetes\.io\/|(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\/)/,
    bad: /^unconfined$/,
    problem: 'may call everything of the kernel',
    why: families.container.why,
    references: families.container.references,
    sample: ['container.apparmor.security.beta.kubernetes.io/chat', 'unconfined', 'runtime/default'],
  },
  {
    id: 'network/mesh-lets-strangers-in',
    title: 'Mesh that lets clients in that do not say who they are',
    severity: 'low',
    types: ['k8s_namespace', ...pods],
    key: /^config\.linkerd\.io\/default-inbound-policy$/,
    bad: /^(?:all|cluster)-unauthenticated$/,
    problem: 'lets clients in that do not say who they are',
    why: identity.why,
    references: identity.references,
    sample: ['config.linkerd.io/default-inbound-policy', 'all-unauthenticated', 'all-authenticated'],
  },
  {
    id: 'iam/service-account-key-token',
    title: 'Token of a service account that never ends',
    severity: 'low',
    types: ['k8s_secret'],
    key: /^kubernetes\.io\/service-account\.name$/,
    bad: /\S/,
    problem: 'holds a token of a service account that never ends',
    why: privilege.why,
    references: ['CWE-613', 'IA-5'],
    sample: ['kubernetes.io/service-account.name', 'deployer', ''],
  },
];

/** Where annotations of an object and of its pods stand. */
const places = ['metadata.annotations', 'spec.template.metadata.annotations', 'spec.jobTemplate.spec.template.metadata.annotations'];

function annotationsOf(resource: Resource): readonly { readonly key: string; readonly value: Value }[] {
  return places.flatMap((path) => lookIn(mapOfResource(resource), path).values).flatMap((value) => (value.kind === 'map' ? [...value.entries.values()] : []));
}

const kinds: Readonly<Record<string, string>> = { k8s_ingress: 'Ingress', k8s_namespace: 'Namespace', k8s_pod: 'Pod', k8s_secret: 'Secret', k8s_service: 'Service' };
const named = (kind: string, lines: readonly string[]): string => ['apiVersion: v1', `kind: ${kind}`, 'metadata:', '  name: chat', ...lines, ''].join('\n');

export default rows.map((row) => {
  const [key, bad, good] = row.sample;
  const kind = kinds[row.types[0]!]!;
  const written = (value: string, mark = false): string =>
    named(kind, ['  annotations:', `    ${key}: '${value}'`, ...(mark ? [`${' '.repeat(key.length + 7)}${'^'.repeat(value.length)}`] : [])]);
  return objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: row.types,
    what: `Reports the annotation \`${key}: ${bad}\` and its like of other controllers.`,
    why: row.why,
    references: row.references,
    whenNotToUse: 'For what is meant to be so.',
    noFix: 'What clients need has to be known.',
    check: (resource, tell) => {
      for (const annotation of annotationsOf(resource)) {
        const text = scalar(annotation.value);
        if (text !== undefined && row.key.test(annotation.key) && row.bad.test(String(text).trim()))
          tell(annotation.value, `"${resource.name}" ${row.problem}.`);
      }
    },
    bad: written(bad, true),
    good: good === '' ? named(kind, []) : written(good),
  });
});
