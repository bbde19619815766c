import { lookIn, mapsOf, type MapValue, type Severity } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const { privilege } = families;
const role = (resources: string, verbs: string, group = '""'): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: trainer\nrules:\n  - apiGroups: [${group}]\n    resources: ["${resources}"]\n    verbs: ["${verbs}"]\n`;

/** The groups of the API that Kubernetes itself serves; others are of operators. */
const ownGroup = /^(?:\*|[a-z]*|(?:rbac\.authorization|networking|admissionregistration|apiextensions|apiregistration|storage|certificates|coordination|discovery|events|node|authentication|authorization|scheduling)\.k8s\.io)$/;
/** Resources through which whoever changes them gets all else. */
const leading = /^(?:\*|secrets|pods(?:\/.*)?|nodes(?:\/.*)?|serviceaccounts(?:\/.*)?|deployments|daemonsets|statefulsets|replicasets|jobs|cronjobs|(?:cluster)?role(?:binding)?s|(?:mutating|validating)webhookconfigurations|persistentvolumes|customresourcedefinitions)$/;
const reading = new Set(['get', 'list', 'watch']);

interface Wildcards {
  readonly verbs: boolean;
  readonly resources: boolean;
}

/** A rule over the resources of one operator is what its users are given; one over the core opens the cluster. */
function severityOf(rule: MapValue, all: Wildcards): Severity {
  const groups = textsAt(rule, 'apiGroups').map((group) => group.value);
  if (groups.length > 0 && !groups.some((group) => ownGroup.test(group))) return 'low';
  const reads = !all.verbs && textsAt(rule, 'verbs').every((verb) => reading.has(verb.value));
  if (all.resources) return reads ? 'medium' : groups.length === 0 || groups.some((group) => group === '' || group === '*') ? 'high' : 'medium';
  return textsAt(rule, 'resources').some((one) => leading.test(one.value)) ? 'high' : 'low';
}

const most = 3;

function listed(names: readonly string[]): string {
  return names.length > most ? `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more` : names.join(', ');
}

function allowed(rule: MapValue, all: Wildcards): string {
  const groups = textsAt(rule, 'apiGroups').map((group) => (group.value === '' ? 'the core' : group.value === '*' ? 'every group' : group.value));
  const resources = all.resources ? `all resources${groups.length > 0 ? ` of ${listed(groups)}` : ''}` : listed(textsAt(rule, 'resources').map((one) => one.value));
  return `${all.verbs ? 'all verbs' : listed(textsAt(rule, 'verbs').map((verb) => verb.value))} on ${resources === '' ? 'what it lists' : resources}`;
}

export default objectRule({
  id: 'iam/kubernetes-wildcard-role',
  title: 'Kubernetes role with wildcards',
  severity: 'high',
  types: ['k8s_role', 'k8s_clusterrole'],
  references: privilege.references,
  why: privilege.why,
  whenNotToUse: 'For the roles of cluster administrators.',
  what: 'Reports `*` among the verbs or resources of roles: high where it opens the core of the cluster, lower where it only reads or stays within the resources of one operator.',
  noFix: 'The verbs and resources that are needed have to be listed.',
  check: (resource, _tell, context) => {
    for (const rule of lookIn(mapOfResource(resource), 'rules').values.concat(lookIn(mapOfResource(resource), 'rule').values).flatMap(mapsOf)) {
      const verb = textsAt(rule, 'verbs').find((one) => one.value === '*');
      const every = textsAt(rule, 'resources').find((one) => one.value === '*');
      const at = [verb, every].filter((one) => one !== undefined).sort((a, b) => a.at.range.start - b.at.range.start)[0];
      const all = { verbs: verb !== undefined, resources: every !== undefined };
      if (at) context.report({ at: at.at, message: `Role "${resource.name}" allows ${allowed(rule, all)}.`, severity: severityOf(rule, all) });
    }
  },
  file: 'role.yaml',
  bad: role('pods', '*').replace('["*"]', '["*"]\n             ^'),
  good: role('pods', 'get'),
  more: [
    {
      title: 'One finding for a rule, where its first wildcard stands',
      file: 'all.yaml',
      bad: role('*', '*').replace('    verbs', '                 ^\n    verbs'),
    },
    {
      title: 'The resources of an operator',
      file: 'operator.yaml',
      bad: role('jobs', '*', '"training.example.com"').replace('["*"]', '["*"]\n             ^'),
    },
  ],
});
