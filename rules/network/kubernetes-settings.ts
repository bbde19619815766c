import { scalar, type Severity } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapsAt, objectRule } from '../_kubernetes.ts';

interface Setting {
  /** The name of the config map, without what charts put before it. */
  readonly map: RegExp;
  readonly key: RegExp;
  readonly bad: RegExp;
}

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly settings: readonly Setting[];
  readonly problem: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly sample: readonly [map: string, key: string, bad: string, good: string];
}

const yes = /^true$/i;
const nginx = /ingress(?:-nginx)?-controller$|nginx-config(?:uration)?$|^ingress-nginx/;

const rows: readonly Row[] = [
  {
    id: 'auth/controller-open',
    title: 'Controller that lets everybody in',
    severity: 'high',
    settings: [
      { map: /^argocd-cm$/, key: /^users\.anonymous\.enabled$/, bad: yes },
      { map: /^argocd-cmd-params-cm$/, key: /^server\.disable\.auth$/, bad: yes },
      { map: /workflow-controller-configmap$/, key: /^(?:auth-?mode)$/i, bad: /^server$/ },
    ],
    problem: 'lets everybody in',
    why: families.identity.why,
    references: families.identity.references,
    sample: ['argocd-cm', 'users.anonymous.enabled', 'true', 'false'],
  },
  {
    id: 'auth/controller-shared-administrator',
    title: 'Controller with an administrator that people share',
    severity: 'info',
    settings: [{ map: /^argocd-cm$/, key: /^admin\.enabled$/, bad: yes }],
    problem: 'keeps an administrator that people share',
    why: 'Nobody can tell later who of them it was.',
    references: families.identity.references,
    sample: ['argocd-cm', 'admin.enabled', 'true', 'false'],
  },
  {
    id: 'iam/controller-everybody-administrator',
    title: 'Controller in which everybody may do everything',
    severity: 'high',
    settings: [{ map: /^argocd-rbac-cm$/, key: /^policy\.default$/, bad: /^role:admin$/ }],
    problem: 'makes everybody an administrator',
    why: families.privilege.why,
    references: families.privilege.references,
    sample: ['argocd-rbac-cm', 'policy.default', 'role:admin', 'role:readonly'],
  },
  {
    id: 'iam/cluster-administrators-mapped',
    title: 'Cloud identity that is administrator of the cluster',
    severity: 'medium',
    settings: [{ map: /^aws-auth$/, key: /^map(?:Roles|Users)$/, bad: /^[ \t]*-[ \t]*["']?system:masters\b/m }],
    problem: 'makes an identity of the cloud an administrator',
    why: 'Whoever takes the role or user over commands the cluster, and no role of the cluster limits them.',
    references: families.privilege.references,
    sample: ['aws-auth', 'mapRoles', '- system:masters', '- developers'],
  },
  {
    id: 'iam/controller-shell',
    title: 'Controller that opens shells in pods',
    severity: 'low',
    settings: [{ map: /^argocd-cm$/, key: /^exec\.enabled$/, bad: yes }],
    problem: 'opens shells in pods',
    why: families.privilege.why,
    references: families.privilege.references,
    sample: ['argocd-cm', 'exec.enabled', 'true', 'false'],
  },
  {
    id: 'transport/controller-plaintext',
    title: 'Controller without TLS',
    severity: 'low',
    settings: [
      { map: /^argocd-cmd-params-cm$/, key: /^server\.insecure$/, bad: yes },
      { map: nginx, key: /^(?:ssl-redirect|hsts)$/, bad: /^false$/i },
      { map: /^config-network$/, key: /^(?:external-domain-tls|auto-tls|system-internal-tls)$/, bad: /^disabled$/i },
    ],
    problem: 'answers without TLS',
    why: families.transit.why,
    references: families.transit.references,
    sample: ['argocd-cmd-params-cm', 'server.insecure', 'true', 'false'],
  },
  {
    id: 'transport/controller-old-tls',
    title: 'Controller that speaks old TLS',
    severity: 'medium',
    settings: [{ map: nginx, key: /^ssl-protocols$/, bad: /\bTLSv1(?:\.[01])?(?![.\d])|\bSSLv/ }],
    problem: 'speaks old versions of TLS',
    why: families.oldTls.why,
    references: families.oldTls.references,
    sample: ['ingress-nginx-controller', 'ssl-protocols', 'TLSv1 TLSv1.2', 'TLSv1.2 TLSv1.3'],
  },
  {
    id: 'network/policies-not-enforced',
    title: 'Network that enforces no policies',
    severity: 'high',
    settings: [{ map: /^cilium-config$/, key: /^enable-policy$/, bad: /^never$/ }],
    problem: 'enforces no network policies',
    why: families.segmentation.why,
    references: families.segmentation.references,
    sample: ['cilium-config', 'enable-policy', 'never', 'default'],
  },
  {
    id: 'network/controller-snippets-allowed',
    title: 'Controller that takes configuration from every ingress',
    severity: 'medium',
    settings: [
      { map: nginx, key: /^allow-snippet-annotations$/, bad: yes },
      { map: nginx, key: /^annotations-risk-level$/, bad: /^critical$/i },
    ],
    problem: 'takes configuration from every ingress',
    why: 'Whoever may make an ingress then runs code in the controller and reads all secrets of the cluster (CVE-2021-25742).',
    references: ['CWE-94', 'AC-6'],
    sample: ['ingress-nginx-controller', 'allow-snippet-annotations', 'true', 'false'],
  },
];

export default rows.map((row) => {
  const [map, key, bad, good] = row.sample;
  const written = (value: string, mark = false): string =>
    [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata:',
      `  name: ${map}`,
      'data:',
      `  ${key}: '${value}'`,
      ...(mark ? [`${' '.repeat(key.length + 5)}${'^'.repeat(value.length)}`] : []),
      '',
    ].join('\n');
  return objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    types: ['k8s_configmap'],
    what: `Reports settings of Argo CD, Argo Workflows, Knative and ingress-nginx in their config maps, such as \`${key}: ${bad}\`.`,
    why: row.why,
    references: row.references,
    whenNotToUse: 'Where what stands before the controller does the same.',
    noFix: 'How people reach the controller instead has to be decided.',
    check: (resource, tell) => {
      for (const setting of row.settings) {
        if (!setting.map.test(resource.name)) continue;
        for (const data of mapsAt(resource, 'data'))
          for (const entry of data.entries.values())
            if (setting.key.test(entry.key) && setting.bad.test(String(scalar(entry.value) ?? ''))) tell(entry.value, `"${resource.name}" ${row.problem}.`);
      }
    },
    bad: written(bad, true),
    good: written(good),
  });
});
