import { lookIn, mapsOf, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const { privilege } = families;
const role = (resources: string, verbs: string, marks: string, kind = 'Role'): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: trainer\nrules:\n  - apiGroups: [""]\n    resources: ["${resources}"]\n${marks}    verbs: ["${verbs}"]\n`;

interface RoleRow {
  readonly id: RuleId;
  readonly title: string;
  readonly problem: string;
  readonly severity: Severity;
  readonly resources: RegExp;
  readonly verbs: readonly string[];
  readonly sample: readonly [resources: string, verbs: string];
  readonly why?: string;
  /** The groups of the API in which `*` among the resources means these. */
  readonly all?: RegExp;
  /** The names for which the rule is limited to objects of a name; rows without it leave such rules out. */
  readonly names?: RegExp;
  /** Rules that say the same of the same word, and more. */
  readonly yieldsTo?: readonly RuleId[];
}

const rows: readonly RoleRow[] = [
  {
    id: 'iam/kubernetes-secrets-readable',
    title: 'Kubernetes role that reads secrets',
    problem: 'may read secrets',
    severity: 'medium',
    resources: /^(?:secrets|\*)$/,
    all: /^\*?$/,
    verbs: ['get', 'list', 'watch', '*'],
    sample: ['secrets', 'get'],
    yieldsTo: ['iam/kubernetes-wildcard-role'],
    why: 'Secrets of the namespace hold the keys of everything that runs in it; model keys and registry passwords among them.',
  },
  {
    id: 'iam/kubernetes-pods-creatable',
    title: 'Kubernetes role that creates pods',
    problem: 'may create pods',
    severity: 'low',
    all: /^(?:\*?|apps|batch|extensions)$/,
    resources: /^(?:pods|\*|deployments|daemonsets|statefulsets|jobs|cronjobs|replicasets|replicationcontrollers)$/,
    verbs: ['create', '*'],
    sample: ['pods', 'create'],
    yieldsTo: ['iam/kubernetes-wildcard-role'],
    why: 'Who creates pods runs with any service account of the namespace, and reads its secrets.',
  },
  {
    id: 'iam/kubernetes-port-forward',
    title: 'Kubernetes role that forwards ports',
    problem: 'may open connections into pods',
    severity: 'low',
    resources: /^pods\/portforward$/,
    verbs: ['create', '*'],
    sample: ['pods/portforward', 'create'],
  },
  {
    id: 'iam/kubernetes-nodes-proxied',
    title: 'Kubernetes role that speaks to nodes',
    problem: 'may speak to the kubelet of every node',
    severity: 'medium',
    resources: /^nodes\/proxy$/,
    verbs: ['get', 'create', '*'],
    sample: ['nodes/proxy', 'get'],
    why: 'The kubelet runs commands in every container of its node, and no audit log of the cluster sees it.',
  },
  {
    id: 'iam/kubernetes-volumes-creatable',
    title: 'Kubernetes role that makes volumes',
    problem: 'may make volumes of any folder of a node',
    severity: 'low',
    resources: /^persistentvolumes$/,
    verbs: ['create', '*'],
    sample: ['persistentvolumes', 'create'],
    why: 'A volume of the kind hostPath opens the disk of a node, whatever the rules for pods say.',
  },
  {
    id: 'iam/kubernetes-containers-addable',
    title: 'Kubernetes role that puts containers into pods',
    problem: 'may put containers into running pods',
    severity: 'medium',
    resources: /^pods\/ephemeralcontainers$/,
    verbs: ['create', 'update', 'patch', '*'],
    sample: ['pods/ephemeralcontainers', 'patch'],
    why: 'A container within the pod sees its processes, its secrets and its network.',
  },
  {
    id: 'iam/kubernetes-nodes-changeable',
    title: 'Kubernetes role that changes nodes',
    problem: 'may change nodes',
    severity: 'low',
    resources: /^nodes(?:\/status)?$/,
    verbs: ['create', 'update', 'patch', 'delete', '*'],
    sample: ['nodes', 'patch'],
    why: 'Labels and taints decide which pods run where; pods with secrets can be drawn to a node that somebody else commands.',
  },
  {
    id: 'iam/kubernetes-namespaces-changeable',
    title: 'Kubernetes role that changes namespaces',
    problem: 'may change namespaces and what they enforce',
    severity: 'low',
    resources: /^namespaces(?:\/status)?$/,
    verbs: ['update', 'patch', '*'],
    sample: ['namespaces', 'patch'],
    why: 'The labels of a namespace decide which pod security standard holds in it.',
  },
  {
    id: 'iam/kubernetes-secrets-changeable',
    title: 'Kubernetes role that changes secrets',
    problem: 'may change secrets',
    severity: 'low',
    resources: /^secrets$/,
    verbs: ['create', 'update', 'patch', '*'],
    sample: ['secrets', 'patch'],
    yieldsTo: ['iam/kubernetes-secrets-readable'],
    why: 'A secret that is made for a service account gets its token, and changed credentials lead data elsewhere.',
  },
  {
    id: 'iam/kubernetes-webhooks-changeable',
    title: 'Kubernetes role that changes admission',
    problem: 'may change what checks new objects',
    severity: 'medium',
    resources: /^(?:validating|mutating)(?:webhookconfigurations|admissionpolic(?:ies|ybindings))$/,
    verbs: ['create', 'update', 'patch', '*'],
    sample: ['mutatingwebhookconfigurations', 'update'],
  },
  {
    id: 'iam/kubernetes-workloads-proxied',
    title: 'Kubernetes role that speaks to pods through the API',
    problem: 'may speak to every port of pods and services',
    severity: 'low',
    resources: /^(?:pods|services)\/proxy$/,
    verbs: ['get', 'create', '*'],
    sample: ['services/proxy', 'get'],
    why: 'What passes through the API server goes past network policies, and past the sign-in of a gateway in front of the service.',
  },
  {
    id: 'iam/kubernetes-api-redirectable',
    title: 'Kubernetes role that changes who serves the API',
    problem: 'may change who answers for a part of the API',
    severity: 'low',
    resources: /^apiservices$/,
    verbs: ['create', 'update', 'patch', '*'],
    sample: ['apiservices', 'update'],
    why: 'The API server hands requests with their users\' names on to whoever is written there.',
  },
  {
    id: 'iam/kubernetes-tokens-creatable',
    title: 'Kubernetes role that makes tokens',
    problem: 'may make tokens of service accounts',
    severity: 'medium',
    resources: /^serviceaccounts\/token$/,
    verbs: ['create', '*'],
    sample: ['serviceaccounts/token', 'create'],
  },
  {
    id: 'iam/kubernetes-certificates-approvable',
    title: 'Kubernetes role that approves certificates',
    problem: 'may approve certificates',
    severity: 'medium',
    resources: /^certificatesigningrequests\/(?:approval|status)$/,
    verbs: ['update', 'patch', '*'],
    sample: ['certificatesigningrequests/approval', 'update'],
  },
  {
    id: 'iam/kubernetes-roles-changeable',
    title: 'Kubernetes role that changes roles',
    problem: 'may change roles and bindings',
    severity: 'medium',
    resources: /^(?:roles|clusterroles|rolebindings|clusterrolebindings)$/,
    verbs: ['create', 'update', 'patch', '*'],
    sample: ['rolebindings', 'create'],
  },
  {
    id: 'iam/kubernetes-logs-deletable',
    title: 'Kubernetes role that deletes logs or events',
    problem: 'may remove the record of what happened',
    severity: 'low',
    resources: /^(?:events|pods\/log)$/,
    verbs: ['delete', 'deletecollection', '*'],
    sample: ['pods/log', 'delete'],
  },
  {
    id: 'iam/kubernetes-network-changeable',
    title: 'Kubernetes role that changes the network',
    problem: 'may change services and network policies',
    severity: 'info',
    resources: /^(?:networkpolicies|ingresses|services|endpoints|endpointslices)$/,
    verbs: ['create', 'update', 'patch', 'delete', '*'],
    sample: ['networkpolicies', 'delete'],
  },
  {
    id: 'iam/kubernetes-config-changeable',
    title: 'Kubernetes role that changes configuration',
    problem: 'may change configuration',
    severity: 'info',
    resources: /^configmaps$/,
    verbs: ['update', 'patch', 'delete', '*'],
    sample: ['configmaps', 'update'],
  },
  {
    id: 'iam/kubernetes-names-changeable',
    title: 'Kubernetes role that changes whom names lead to',
    problem: 'may change which addresses names lead to, or who may sign in',
    severity: 'medium',
    resources: /^configmaps$/,
    verbs: ['update', 'patch', '*'],
    names: /^(?:coredns|aws-auth|kube-dns)$/,
    sample: ['configmaps', 'update'],
    why: 'Who writes the settings of name resolution leads every connection of the cluster to a machine of their own; who writes the list of identities lets themselves in.',
  },
  {
    id: 'iam/kubernetes-privileged-allowed',
    title: 'Kubernetes role that makes privileged pods',
    problem: 'may make privileged pods',
    severity: 'medium',
    resources: /^(?:podsecuritypolicies|securitycontextconstraints)$/,
    verbs: ['use', '*'],
    names: /privileged|anyuid|hostaccess|hostmount|hostnetwork/,
    sample: ['securitycontextconstraints', 'use'],
    why: 'A privileged container is the node, with everything that runs on it.',
  },
  {
    id: 'iam/kubernetes-signers-approvable',
    title: 'Kubernetes role that approves for every signer',
    problem: 'may approve certificates of every signer',
    severity: 'medium',
    resources: /^signers$/,
    verbs: ['approve', 'sign', '*'],
    names: /^(?:\*|kubernetes\.io\/\*|kubernetes\.io\/kube-apiserver-client)$/,
    sample: ['signers', 'approve'],
    why: 'A certificate may name any user or group; one of the group system:masters commands the cluster.',
  },
];

const sampleNames: Readonly<Record<string, string>> = { configmaps: 'coredns', securitycontextconstraints: 'privileged', signers: '*' };

function rulesOf(resource: Resource): readonly MapValue[] {
  return ['rules', 'rule'].flatMap((path) => lookIn(mapOfResource(resource), path).values).flatMap(mapsOf);
}

const serviceAccount = (subject: MapValue, name: string): Value | undefined => {
  const own = subject.entries.get('name')?.value;
  return own?.kind === 'string' && own.value === name ? own : undefined;
};

/** What Kubernetes itself lets everybody see: versions, health, the keys of its tokens. */
const discovery = /^system:(?:service-account-issuer-discovery|public-info-viewer|discovery|basic-user)$/;
const meant: Readonly<Record<string, string>> = {
  'system:anonymous': 'everybody who reaches the API',
  'system:unauthenticated': 'everybody who reaches the API',
  'system:authenticated': 'everybody with an account of the cluster',
  'system:serviceaccounts': 'every service account',
};

export default [
  objectRule({
    id: 'iam/kubernetes-any-group',
    title: 'Kubernetes role for every API group',
    severity: 'low',
    types: ['k8s_role', 'k8s_clusterrole'],
    references: privilege.references,
    why: privilege.why,
    what: 'Reports rules of roles with `*` among their API groups.',
    whenNotToUse: 'For roles of operators and of people whose task it is.',
    noFix: 'What the role is for has to be known.',
    check: (resource, tell) => {
      for (const rule of rulesOf(resource))
        for (const group of textsAt(rule, 'apiGroups'))
          if (group.value === '*') tell(group, `Role "${resource.name}" is for every API group, also for those of the future.`);
    },
    bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: trainer\nrules:\n  - apiGroups: ["*"]\n                 ^\n    resources: ["jobs"]\n    verbs: ["get"]\n',
    good: role('nodes', 'get', ''),
  }),
  ...rows.map((row) =>
    objectRule({
      id: row.id,
      title: row.title,
      severity: row.severity,
      types: ['k8s_role', 'k8s_clusterrole'],
      references: privilege.references,
      why: row.why ?? privilege.why,
      what: `Reports roles that ${row.problem}.`,
      whenNotToUse: 'For roles of operators and of people whose task it is.',
      ...(row.yieldsTo ? { yieldsTo: row.yieldsTo } : {}),
      noFix: 'What the role is for has to be known.',
      check: (resource, tell) => {
        for (const rule of rulesOf(resource)) {
          const verbs = textsAt(rule, 'verbs').map((verb) => verb.value);
          if (!row.verbs.some((verb) => verbs.includes(verb))) continue;
          if (row.names ? !textsAt(rule, 'resourceNames').some((name) => row.names!.test(name.value)) : rule.entries.has('resourceNames')) continue;
          const groups = textsAt(rule, 'apiGroups').map((group) => group.value);
          const hit = textsAt(rule, 'resources').find((name) => row.resources.test(name.value) && (name.value !== '*' || groups.length === 0 || groups.some((group) => row.all?.test(group))));
          if (hit) tell(hit, `Role "${resource.name}" ${row.problem}.`);
        }
      },
      bad: role(row.sample[0], row.sample[1], `                 ${'^'.repeat(row.sample[0].length)}\n`) + (row.names ? `    resourceNames: ["${sampleNames[row.sample[0]]}"]\n` : ''),
      good: role('nodes', 'get', ''),
      more: row.all ? [{ title: 'All that an operator defines', file: 'operator.yaml', good: role('*', '*', '').replace('[""]', '["training.example.com"]') }] : [],
    }),
  ),
  objectRule({
    id: 'iam/kubernetes-default-account-bound',
    title: 'Rights of the default service account',
    severity: 'medium',
    types: ['k8s_rolebinding', 'k8s_clusterrolebinding'],
    references: privilege.references,
    why: privilege.why,
    what: 'Reports bindings for the service account `default`.',
    check: (resource, tell) => {
      for (const subject of lookIn(mapOfResource(resource), 'subjects').values.flatMap(mapsOf)) {
        const hit = textsAt(subject, 'kind').some((kind) => kind.value === 'ServiceAccount') ? serviceAccount(subject, 'default') : undefined;
        if (hit) tell(hit, `Binding "${resource.name}" gives rights to every pod without an account of its own.`);
      }
    },
    bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: ci\nsubjects:\n  - kind: ServiceAccount\n    name: default\n          ^^^^^^^\nroleRef:\n  name: view\n',
    good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: ci\nsubjects:\n  - kind: ServiceAccount\n    name: ci\nroleRef:\n  name: view\n',
  }),
  objectRule({
    id: 'iam/kubernetes-anonymous-bound',
    title: 'Rights of everybody',
    severity: 'high',
    types: ['k8s_rolebinding', 'k8s_clusterrolebinding'],
    references: privilege.references,
    why: privilege.why,
    what: 'Reports bindings for `system:anonymous`, `system:unauthenticated`, `system:authenticated` and `system:serviceaccounts`.',
    check: (resource, _tell, context) => {
      const given = textsAt(mapOfResource(resource), 'roleRef.name')[0];
      for (const name of textsAt(mapOfResource(resource), 'subjects.name'))
        if (/^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/.test(name.value) && !discovery.test(given?.value ?? ''))
          context.report({
            at: name.at,
            message: `Binding "${resource.name}" gives ${given ? `the role ${given.value}` : 'rights'} to ${meant[name.value]}.`,
            ...(/authenticated$|accounts$/.test(name.value) && name.value !== 'system:unauthenticated' ? { severity: 'medium' } : {}),
          });
    },
    bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nsubjects:\n  - kind: User\n    name: system:anonymous\n          ^^^^^^^^^^^^^^^^\nroleRef:\n  name: view\n',
    good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nsubjects:\n  - kind: User\n    name: ada\nroleRef:\n  name: view\n',
  }),
];
