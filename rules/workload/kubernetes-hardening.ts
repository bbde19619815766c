import { containersOf, podsOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar, type MapValue, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { rewrite, setTo } from '../_fixes.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

const pod = (...lines: readonly string[]): string =>
  ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: inference', 'spec:', ...lines.map((line) => `  ${line}`), ''].join('\n');
const contained = ['containers:', '  - name: vllm', '    image: vllm@sha256:0'];

/** The security contexts of a pod and of its containers. */
function contexts(spec: MapValue): readonly MapValue[] {
  return ['securityContext', 'containers.securityContext', 'initContainers.securityContext'].flatMap((path) => lookIn(spec, path).values).flatMap(mapsOf);
}

/** SELinux types that the baseline of the pod security standards allows. */
const confined: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);
/** Volumes that the restricted pod security standard allows. */
const plainVolumes: ReadonlySet<string> = new Set([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'hostPath',
]);
const shells = /^(?:\/bin\/)?(?:ba|z|a)?sh$/;

export default [
  objectRule({
    id: 'workload/selinux-loosened',
    title: 'Pod with SELinux options of its own',
    severity: 'medium',
    types: workloads,
    what: 'Reports `seLinuxOptions` with a user, a role, or a type other than those of containers.',
    check: (resource, tell) => {
      for (const options of podsOf(resource)
        .flatMap(contexts)
        .flatMap((context) => lookIn(context, 'seLinuxOptions').values)
        .flatMap(mapsOf)) {
        for (const name of ['user', 'role'] as const) {
          const value = options.entries.get(name)?.value;
          if (String(scalar(value) ?? '') !== '') tell(value, `"${resource.name}" chooses its SELinux ${name}.`);
        }
        const type = options.entries.get('type')?.value;
        if (type?.kind === 'string' && !confined.has(type.value)) tell(type, `"${resource.name}" runs as the SELinux type "${type.value}".`);
      }
    },
    bad: pod('securityContext:', '  seLinuxOptions:', '    type: spc_t', '          ^^^^^', ...contained),
    good: pod('securityContext:', '  seLinuxOptions:', '    type: container_t', ...contained),
  }),
  objectRule({
    id: 'workload/root-group',
    title: 'Pod of the group root',
    severity: 'low',
    types: workloads,
    what: 'Reports `runAsGroup`, `fsGroup` and `supplementalGroups` of 0.',
    check: (resource, tell) => {
      for (const context of podsOf(resource).flatMap(contexts)) {
        for (const value of ['runAsGroup', 'fsGroup', 'supplementalGroups']
          .flatMap((path) => lookIn(context, path).values)
          .flatMap((one): readonly Value[] => (one.kind === 'list' ? one.items : [one]))) {
          if (scalar(value) === 0) tell(value, `"${resource.name}" runs in the group of root.`, rewrite(value, '10001'));
        }
      }
    },
    bad: pod('securityContext:', '  runAsGroup: 0', '              ^', ...contained),
    fixed: true,
    good: pod('securityContext:', '  runAsGroup: 10001', ...contained),
  }),
  objectRule({
    id: 'workload/unusual-volume',
    title: 'Volume of a kind that pods should not choose',
    severity: 'low',
    confidence: 'medium',
    types: workloads,
    what: 'Reports volumes other than those of the restricted pod security standard, such as `nfs` and `iscsi`.',
    why: 'Such a volume reaches storage past the claims that the cluster grants.',
    references: ['CM-7', 'AC-3'],
    check: (resource, tell) => {
      for (const volume of podsOf(resource)
        .flatMap((spec) => lookIn(spec, 'volumes').values)
        .flatMap(mapsOf)) {
        for (const entry of volume.entries.values())
          if (!plainVolumes.has(entry.key) && entry.value.kind === 'map')
            tell({ kind: 'null', origin: entry.keyOrigin, at: entry.keyOrigin }, `"${resource.name}" mounts a volume of the kind "${entry.key}".`);
      }
    },
    bad: pod(...contained, 'volumes:', '  - name: data', '    nfs:', '    ^^^', '      server: files', '      path: /'),
    good: pod(...contained, 'volumes:', '  - name: data', '    persistentVolumeClaim:', '      claimName: data'),
  }),
  objectRule({
    id: 'workload/no-storage-limit',
    title: 'Container without a limit of temporary storage',
    severity: 'info',
    confidence: 'low',
    types: workloads,
    what: 'Reports containers that limit memory or processor time and not `ephemeral-storage`.',
    why: 'One container can fill the disk of its node, and all others are evicted.',
    references: ['CWE-770', 'SC-5'],
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const limits = lookIn(one.map, 'resources.limits').values[0];
        if (limits?.kind === 'map' && limits.complete && limits.entries.size > 0 && !limits.entries.has('ephemeral-storage'))
          tell([...limits.entries.values()][0]!.value, `A container of "${resource.name}" may fill the disk of its node.`, setTo(resource, 'ephemeral-storage', { placeholder: '1Gi' }, limits));
      }
    },
    bad: pod(...contained, '    resources:', '      limits:', '        memory: 1Gi', '                ^^^'),
    fixed: pod(...contained, '    resources:', '      limits:', '        ephemeral-storage: 1Gi', '        memory: 1Gi'),
    good: pod(...contained, '    resources:', '      limits:', '        memory: 1Gi', '        ephemeral-storage: 1Gi'),
  }),
  objectRule({
    id: 'workload/host-names-changed',
    title: 'Pod with host names of its own',
    severity: 'info',
    types: workloads,
    what: 'Reports `hostAliases`.',
    why: 'What a name leads to is then decided by whoever writes the pod, past the name service and its records.',
    references: ['CM-7'],
    check: (resource, tell) => {
      for (const alias of podsOf(resource)
        .flatMap((spec) => lookIn(spec, 'hostAliases').values)
        .flatMap(mapsOf))
        tell(alias.entries.get('ip')?.value, `"${resource.name}" gives addresses names of its own.`);
    },
    bad: pod('hostAliases:', '  - ip: 10.0.0.4', '        ^^^^^^^^', ...contained),
    good: pod(...contained),
  }),
  objectRule({
    id: 'workload/node-chosen',
    title: 'Pod that chooses its node',
    severity: 'info',
    types: workloads,
    what: 'Reports `nodeName`.',
    why: 'The scheduler, and what it is told about nodes, is passed over.',
    references: ['CM-7'],
    check: (resource, tell) => {
      for (const value of podsOf(resource).flatMap((spec) => textsAt(spec, 'nodeName')))
        tell(value, `"${resource.name}" runs on "${value.value}" whatever the scheduler says.`);
    },
    bad: pod('nodeName: node-1', '          ^^^^^^', ...contained),
    good: pod(...contained),
  }),
  objectRule({
    id: 'workload/starts-with-shell',
    title: 'Hook that runs a shell',
    severity: 'info',
    confidence: 'low',
    types: workloads,
    what: 'Reports `postStart` hooks that run a shell.',
    why: 'What the shell does is not in the image, and is checked by nobody who checks images.',
    references: ['CM-7'],
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const [first] = lookIn(one.map, 'lifecycle.postStart.exec.command').values.flatMap((value) => (value.kind === 'list' ? value.items : []));
        if (first && shells.test(String(scalar(first)))) tell(first, `A container of "${resource.name}" runs a shell when it starts.`);
      }
    },
    bad: pod(...contained, '    lifecycle:', '      postStart:', '        exec:', '          command: [sh, -c, ls]', '                    ^^'),
    good: pod(...contained),
  }),
  objectRule({
    id: 'workload/no-disruption-allowed',
    title: 'Pods that may never be moved',
    severity: 'info',
    types: ['k8s_poddisruptionbudget'],
    what: 'Reports disruption budgets with `maxUnavailable: 0` or `minAvailable: 100%`.',
    why: 'Nodes cannot be emptied, and so not be updated.',
    references: ['SI-2', 'CP-10'],
    check: (resource, tell) => {
      for (const [path, bad] of [
        ['spec.maxUnavailable', /^0%?$/],
        ['spec.minAvailable', /^100%$/],
      ] as const)
        for (const value of lookIn(mapOfResource(resource), path).values)
          if (bad.test(String(scalar(value) ?? ''))) tell(value, `Budget "${resource.name}" lets no pod be moved.`);
    },
    bad: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: api\nspec:\n  maxUnavailable: 0\n                  ^\n',
    good: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: api\nspec:\n  maxUnavailable: 1\n',
  }),
  objectRule({
    id: 'workload/webhook-fails-open',
    title: 'Admission check that lets through what it cannot check',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_validatingwebhookconfiguration'],
    what: 'Reports validating webhooks with `failurePolicy: Ignore`.',
    why: 'Who keeps the webhook from answering gets everything past it.',
    references: ['CM-7'],
    check: (resource, tell) => {
      for (const webhook of lookIn(mapOfResource(resource), 'webhooks').values.flatMap(mapsOf))
        for (const value of textsAt(webhook, 'failurePolicy'))
          if (value.value === 'Ignore') tell(value, `Webhook "${resource.name}" lets through what it cannot check.`, setTo(resource, 'failurePolicy', 'Fail', webhook));
    },
    bad: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: images\nwebhooks:\n  - name: images.example.com\n    failurePolicy: Ignore\n                   ^^^^^^\n',
    fixed: true,
    good: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: images\nwebhooks:\n  - name: images.example.com\n    failurePolicy: Fail\n',
  }),
  objectRule({
    id: 'iam/kubernetes-system-masters',
    title: 'Binding of the group of all rights',
    severity: 'high',
    types: ['k8s_clusterrolebinding', 'k8s_rolebinding'],
    what: 'Reports bindings of `system:masters`.',
    why: 'The group passes all checks, and its members cannot be taken out while their certificate holds.',
    references: families.privilege.references,
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'subjects.name'))
        if (value.value === 'system:masters') tell(value, `Binding "${resource.name}" is for the group of all rights.`);
    },
    bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: admins\nsubjects:\n  - kind: Group\n    name: system:masters\n          ^^^^^^^^^^^^^^\n',
    good: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: admins\nsubjects:\n  - kind: Group\n    name: operators\n',
  }),
  objectRule({
    id: 'network/service-open-sources',
    title: 'Load balancer for every address',
    severity: 'low',
    types: ['k8s_service'],
    what: 'Reports `loadBalancerSourceRanges` with `0.0.0.0/0`.',
    why: families.exposed.why,
    references: families.exposed.references,
    whenNotToUse: 'For services that are public on purpose.',
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'spec.loadBalancerSourceRanges'))
        if (/^(?:0\.0\.0\.0|::)\/0$/.test(value.value)) tell(value, `Service "${resource.name}" lets every address in.`, setTo(resource, 'spec.loadBalancerSourceRanges', [{ placeholder: '10.0.0.0/8' }]));
    },
    bad: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  loadBalancerSourceRanges: ["0.0.0.0/0"]\n                              ^^^^^^^^^\n',
    fixed: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  loadBalancerSourceRanges: ["10.0.0.0/8"]\n',
    good: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  loadBalancerSourceRanges: ["198.51.100.0/24"]\n',
  }),
  objectRule({
    id: 'workload/local-storage',
    title: 'Volume on the disk of a node',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_persistentvolume'],
    what: 'Reports persistent volumes of the kind `hostPath`.',
    why: 'A claim on the volume reaches the files of a node.',
    references: families.container.references,
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'spec.hostPath.path')) tell(value, `Volume "${resource.name}" is a folder of a node.`);
    },
    bad: 'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: data\nspec:\n  hostPath:\n    path: /data\n          ^^^^^\n',
    good: 'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: data\nspec:\n  csi:\n    driver: disk.csi.example.com\n',
  }),
  objectRule({
    id: 'network/ingress-any-name',
    title: 'Ingress for every name',
    severity: 'info',
    confidence: 'medium',
    types: ['k8s_ingress'],
    what: 'Reports rules for hosts that begin with `*`.',
    why: 'Names that nobody thought of lead to the service, and cookies of one are sent to another.',
    references: families.exposed.references,
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'spec.rules.host'))
        if (value.value.startsWith('*'))
          tell(value, `Ingress "${resource.name}" answers for every name of ${value.value.replace(/^\*\.?/, '') || 'the internet'}.`);
    },
    bad: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  tls: []\n  rules:\n    - host: "*.example.com"\n             ^^^^^^^^^^^^^\n',
    good: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  tls: []\n  rules:\n    - host: api.example.com\n',
  }),
  objectRule({
    id: 'secrets/service-account-token',
    title: 'Token of a service account without an end',
    severity: 'low',
    types: ['k8s_secret'],
    what: 'Reports Secrets of the type `kubernetes.io/service-account-token`.',
    why: 'Such a token never expires; whoever reads the Secret acts as the account until it is deleted.',
    references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'type'))
        if (value.value === 'kubernetes.io/service-account-token') tell(value, `Secret "${resource.name}" holds a token that never expires.`);
    },
    bad: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: kubernetes.io/service-account-token\n      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
    good: 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n',
  }),
  objectRule({
    id: 'storage/cluster-secrets-plain',
    title: 'Cluster that keeps secrets without encryption',
    severity: 'medium',
    types: ['k8s_encryptionconfiguration'],
    what: 'Reports encryption configurations whose first provider is `identity`.',
    why: families.atRest.why,
    references: families.atRest.references,
    check: (resource, tell) => {
      for (const group of lookIn(mapOfResource(resource), 'resources')
        .values.flatMap((value) => (value.kind === 'list' ? value.items : []))
        .flatMap(mapsOf)) {
        const providers = group.entries.get('providers')?.value;
        const first = providers?.kind === 'list' ? providers.items[0] : undefined;
        const identity = first?.kind === 'map' ? first.entries.get('identity') : undefined;
        if (identity) tell({ kind: 'null', origin: identity.keyOrigin, at: identity.keyOrigin }, 'What is written is stored without encryption.');
      }
    },
    bad: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n  - resources: [secrets]\n    providers:\n      - identity: {}\n        ^^^^^^^^\n',
    good: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n  - resources: [secrets]\n    providers:\n      - secretbox: {}\n      - identity: {}\n',
  }),
];
