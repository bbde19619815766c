import { lookIn, mapsOf, truth, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const { privilege } = families;
const role = (label: string, rule: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: jobs-view\n  labels:\n${label}rules:\n  - apiGroups: ["batch"]\n    resources: ["jobs"]\n    verbs: ["${rule}"]\n`;
const joined = (selectors: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: operators\naggregationRule:\n  clusterRoleSelectors:\n${selectors}rules: []\n`;

const changing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection', 'bind', 'escalate', 'impersonate', '*']);
/** What the roles of Kubernetes themselves keep from those who look on, or from those who edit. */
const guarded = /^(?:secrets|\*|(?:cluster)?roles|(?:cluster)?rolebindings|serviceaccounts\/token|nodes\/proxy)$/;

const isEmpty = (value: Value): boolean => (value.kind === 'map' && value.entries.size === 0) || (value.kind === 'list' && value.items.length === 0);

/** API groups in which those stand. */
const ownGroup = /^(?:|\*|rbac\.authorization\.k8s\.io)$/;

export default [
  objectRule({
    id: 'iam/kubernetes-aggregated-too-far',
    title: 'Rights added to a role that many people hold',
    severity: 'medium',
    confidence: 'medium',
    types: ['k8s_clusterrole'],
    file: 'role.yaml',
    references: privilege.references,
    what: 'Reports cluster roles that are added to `view` and change something, and that add secrets, roles or everything to `view` or `edit`.',
    why: 'Kubernetes joins the rules to the role at once, in every namespace: everybody who was meant to look on may then change things.',
    noFix: 'The label has to name the role that the rules belong to.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      const labels = lookIn(mapOfResource(resource), 'metadata.labels').values.flatMap(mapsOf);
      const added = (name: string) =>
        labels.flatMap((map) => map.entries.get(`rbac.authorization.k8s.io/aggregate-to-${name}`) ?? []).find((entry) => truth(entry.value) === true);
      const view = added('view');
      const edit = added('edit');
      if (!view && !edit) return;
      const rules = lookIn(mapOfResource(resource), 'rules').values.flatMap((value) => (value.kind === 'list' ? value.items.flatMap(mapsOf) : mapsOf(value)));
      const changes = rules.some((rule) => textsAt(rule, 'verbs').some((verb) => changing.has(verb.value)));
      const held = rules.flatMap((rule) => (textsAt(rule, 'apiGroups').some((group) => ownGroup.test(group.value)) ? textsAt(rule, 'resources') : []));
      const guards = held.some((one) => guarded.test(one.value));
      const given = changes ? 'rights to change things' : 'what it keeps from them';
      if (view && (changes || guards)) tell({ ...view.value, at: view.keyOrigin }, `"${resource.name}" gives everybody with the role view ${given}.`);
      else if (edit && held.some((one) => guarded.test(one.value) && one.value !== 'secrets'))
        tell({ ...edit.value, at: edit.keyOrigin }, `"${resource.name}" gives everybody with the role edit what it keeps from them.`);
    },
    bad: role(`    rbac.authorization.k8s.io/aggregate-to-view: "true"\n    ${'^'.repeat('rbac.authorization.k8s.io/aggregate-to-view'.length)}\n`, 'delete'),
    good: role('    rbac.authorization.k8s.io/aggregate-to-view: "true"\n', 'list'),
  }),
  objectRule({
    id: 'iam/kubernetes-aggregates-all',
    title: 'Role made of all other roles',
    severity: 'high',
    types: ['k8s_clusterrole'],
    file: 'role.yaml',
    references: privilege.references,
    what: 'Reports an `aggregationRule` with a selector that fits every cluster role.',
    why: 'Whoever may make a cluster role decides what this one may do.',
    noFix: 'The labels have to be chosen.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      for (const list of lookIn(mapOfResource(resource), 'aggregationRule.clusterRoleSelectors').values)
        for (const one of list.kind === 'list' ? list.items : [])
          if (one.kind === 'map' && one.complete && [...one.entries.values()].every(({ value }) => isEmpty(value)))
            tell(one, `"${resource.name}" has the rights of every cluster role.`);
    },
    bad: joined('    - {}\n      ^^\n'),
    good: joined('    - matchLabels:\n        acme.dev/operators: "true"\n'),
  }),
];
