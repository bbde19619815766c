import { containersOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar, type MapValue } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';

/** Names of variables that hold what opens something. */
const secretName = /(?:^|_)(?:PASSWORD|PASSWD|SECRET(?:_ACCESS)?_?KEY|SECRET|API_?KEY|ACCESS_?TOKEN|AUTH_?TOKEN|PRIVATE_?KEY|TOKEN)$/i;
const auditPolicy = (...lines: readonly string[]): string => ['apiVersion: audit.k8s.io/v1', 'kind: Policy', 'rules:', ...lines, ''].join('\n');

/** True for a rule of an audit policy that names nothing that it is limited to. */
const isUnlimited = (rule: MapValue): boolean => rule.complete && ['users', 'userGroups', 'verbs', 'resources', 'namespaces', 'nonResourceURLs'].every((name) => !rule.entries.has(name));

export default [
  objectRule({
    id: 'secrets/secret-from-config-map',
    title: 'Secret that a config map holds',
    severity: 'low',
    confidence: 'medium',
    types: workloads,
    what: 'Reports variables with names of passwords, keys and tokens that are read from a config map.',
    why: 'Config maps are neither encrypted nor guarded as secrets are: whoever may look at the workloads of a namespace reads them.',
    references: ['CWE-522', 'IA-5', 'AC-6'],
    noFix: 'The value has to move into a secret.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const variable of lookIn(one.map, 'env').values.flatMap(mapsOf)) {
          const name = String(scalar(variable.entries.get('name')?.value) ?? '');
          const [key] = lookIn(variable, 'valueFrom.configMapKeyRef').values;
          if (key && secretName.test(name)) tell(variable.entries.get('name')?.value, `Container "${one.name}" reads ${name} from a config map.`);
        }
    },
    bad: pod(container('env:', '  - name: OPENAI_API_KEY', '          ^^^^^^^^^^^^^^', '    valueFrom: {configMapKeyRef: {name: model, key: key}}')),
    good: pod(container('env:', '  - name: OPENAI_API_KEY', '    valueFrom: {secretKeyRef: {name: model, key: key}}')),
  }),
  objectRule({
    id: 'workload/mount-reaches-host',
    title: 'Mount of a container that reaches its host',
    severity: 'medium',
    types: workloads,
    what: 'Reports `mountPropagation: Bidirectional`.',
    why: 'What the container mounts appears on the host and in all other containers with the same volume.',
    whenNotToUse: 'For drivers of storage, whose task it is.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const value of lookIn(one.map, 'volumeMounts').values.flatMap(mapsOf).flatMap((map) => map.entries.get('mountPropagation')?.value ?? []))
          if (scalar(value) === 'Bidirectional') tell(value, `Container "${one.name}" mounts on its host.`);
    },
    bad: pod(container('volumeMounts:', '  - name: data', '    mountPath: /data', '    mountPropagation: Bidirectional', '                      ^^^^^^^^^^^^^')),
    good: pod(container('volumeMounts:', '  - name: data', '    mountPath: /data')),
  }),
  objectRule({
    id: 'monitoring/audit-policy-empty',
    title: 'Audit policy that records nothing',
    severity: 'medium',
    types: ['k8s_policy'],
    file: 'policy.yaml',
    what: 'Reports audit policies of Kubernetes whose first rule for everything has the level `None`.',
    why: families.logging.why,
    references: families.logging.references,
    noFix: 'What is to be recorded has to be decided.',
    check: (resource, tell) => {
      if (!/^audit\.k8s\.io\//.test(String(scalar(resource.attributes.get('apiVersion')?.value) ?? ''))) return;
      const first = mapsAt(resource, 'rules').find(isUnlimited)?.entries.get('level')?.value;
      const recorded = mapsAt(resource, 'rules').some((rule) => scalar(rule.entries.get('level')?.value) !== 'None');
      if (scalar(first) === 'None' && !recorded) tell(first, 'Nothing that happens in the cluster is recorded.');
    },
    bad: auditPolicy('  - level: None', '           ^^^^'),
    good: auditPolicy('  - level: None', '    resources: [{group: "", resources: [events]}]', '  - level: Metadata'),
  }),
  objectRule({
    id: 'secrets/audit-policy-records-secrets',
    title: 'Audit policy that records secrets',
    severity: 'medium',
    types: ['k8s_policy'],
    file: 'policy.yaml',
    what: 'Reports rules of audit policies that record the content of secrets and tokens (`Request`, `RequestResponse`).',
    why: 'Whoever reads the log reads the secrets of the cluster.',
    references: ['CWE-532', 'AU-9', 'IA-5'],
    noFix: 'The level for secrets has to become `Metadata`.',
    check: (resource, tell) => {
      if (!/^audit\.k8s\.io\//.test(String(scalar(resource.attributes.get('apiVersion')?.value) ?? ''))) return;
      for (const rule of mapsAt(resource, 'rules')) {
        const level = rule.entries.get('level')?.value;
        const names = lookIn(rule, 'resources.resources').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).map((one) => String(scalar(one) ?? ''));
        if (/^Request(?:Response)?$/.test(String(scalar(level) ?? '')) && names.some((name) => /^(?:secrets(?:\/\*)?|tokenreviews|serviceaccounts\/token)$/.test(name)))
          tell(level, 'The content of secrets goes into the audit log.');
      }
    },
    bad: auditPolicy('  - level: RequestResponse', '           ^^^^^^^^^^^^^^^', '    resources: [{group: "", resources: [secrets]}]'),
    good: auditPolicy('  - level: Metadata', '    resources: [{group: "", resources: [secrets]}]'),
  }),
  objectRule({
    id: 'workload/kubelet-unsafe-sysctls',
    title: 'Node that lets pods change its kernel',
    severity: 'medium',
    types: ['k8s_kubeletconfiguration'],
    what: 'Reports `allowedUnsafeSysctls` of a KubeletConfiguration.',
    why: 'Such settings reach beyond the pod: they change the kernel that all pods of the node share.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'allowedUnsafeSysctls').values)
        for (const one of value.kind === 'list' ? value.items : []) tell(one, `Pods may set ${String(scalar(one) ?? 'settings')} of the kernel.`);
    },
    bad: 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nallowedUnsafeSysctls: [kernel.msgmax]\n                       ^^^^^^^^^^^^^\n',
    good: 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nallowedUnsafeSysctls: []\n',
  }),
];
