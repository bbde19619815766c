import { containersOf, nameOf, podsOf, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar, truth, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { setTo, takeItem, takeOut } from '../_fixes.ts';
import { mapOfResource, mapsAt, objectRule, ofSecurityContext, strongCapabilities, textsAt } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';

const systemFolders = /^\/(?:bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr|usr\/(?:bin|lib|lib64|sbin)|var|var\/(?:run|lib|log))?\/?$/;
const unsafeSysctl =
  /^(?!kernel\.shm_rmid_forced$|net\.ipv4\.(?:ip_local_port_range|ip_local_reserved_ports|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|tcp_keepalive_time|tcp_fin_timeout|tcp_keepalive_intvl|tcp_keepalive_probes)$).+/;

/** Capabilities that do no harm by being added, and those that are reported as strong. */
const isSmall = (name: string): boolean => /^(?:CAP_)?NET_BIND_SERVICE$/i.test(name) || strongCapabilities.has(name.replace(/^CAP_/, ''));

/** Kinds whose pods take their service account from the object itself, or, for Tekton's tasks, from what runs them. */
const accountPaths = ['serviceAccountName', 'automountServiceAccountToken', 'workflowSpec.serviceAccountName', 'taskRunTemplate.serviceAccountName', 'template.serviceAccountName'];
const withoutAccount: ReadonlySet<string> = new Set(['k8s_task', 'k8s_clustertask', 'k8s_pipeline']);

/** Service accounts that an object of Argo or Tekton names beside its pods. */
function accountsBeside(resource: Resource): readonly Value[] {
  return /^k8s_(?:workflow|workflowtemplate|clusterworkflowtemplate|cronworkflow|taskrun|pipelinerun|sensor|eventsource)$/.test(resource.type)
    ? accountPaths.flatMap((path) => lookIn(mapOfResource(resource), `spec.${path}`).values)
    : [];
}

/** What the restricted standard of Kubernetes asks of a container. */
const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

export default [
  objectRule({
    id: 'workload/no-apparmor-profile',
    title: 'Container without an AppArmor profile',
    leadsTo: ofSecurityContext,
    severity: 'info',
    confidence: 'medium',
    types: workloads,
    what: 'Reports pods that set no AppArmor profile, by annotation or by security context.',
    check: (resource, tell) => {
      const annotations = ['metadata.annotations', 'spec.template.metadata.annotations', 'spec.jobTemplate.spec.template.metadata.annotations'].flatMap(
        (path) => mapsAt(resource, path),
      );
      const own = annotations
        .flatMap((map) => [...map.entries.values()])
        .filter((entry) => entry.key.startsWith('container.apparmor.security.beta.kubernetes.io'));
      for (const one of containersOf(resource)) {
        const named = own.find((entry) => entry.key.endsWith(`/${one.name}`) || !entry.key.includes('/', 47));
        const profile = scalar(named?.value);
        if (typeof profile === 'string') {
          if (!/^(?:runtime\/default|localhost\/.+)$/.test(profile)) tell(named!.value, `Container "${one.name}" runs with the AppArmor profile "${profile}".`);
          continue;
        }
        const context = lookIn(one.map, 'securityContext.appArmorProfile');
        const outer = lookIn(one.pod, 'securityContext.appArmorProfile');
        const kind = (context.values.length > 0 ? context : outer).values.flatMap((value) => lookIn(value, 'type').values)[0];
        if (/^unconfined$/i.test(String(scalar(kind)))) tell(kind, `Container "${one.name}" runs with the AppArmor profile "Unconfined".`, setTo(resource, 'securityContext.appArmorProfile.type', 'RuntimeDefault', context.values.length > 0 ? one.map : one.pod));
        if (
          named ||
          context.unknown ||
          outer.unknown ||
          context.values.length + outer.values.length > 0 ||
          !one.map.complete ||
          annotations.some((map) => !map.complete)
        )
          continue;
        tell(nameOf(one.map), `Container "${one.name}" runs without an AppArmor profile.`, setTo(resource, 'securityContext.appArmorProfile.type', 'RuntimeDefault', one.map));
      }
    },
    bad: pod(['  containers:', '    - name: train', '            ^^^^^', '      image: a@sha256:0']),
    fixed: pod(['  containers:', '    - name: train', '      securityContext:', '        appArmorProfile:', '          type: RuntimeDefault', '      image: a@sha256:0']),
    good: pod(container('securityContext:', '  appArmorProfile:', '    type: RuntimeDefault')),
  }),
  objectRule({
    id: 'workload/no-security-context',
    title: 'Pod without a security context',
    severity: 'low',
    confidence: 'medium',
    types: workloads,
    what: 'Reports containers that have no security context, in pods that have none either. What the restricted standard of Kubernetes asks of a context is not reported one by one there.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        if (!one.map.entries.has('securityContext') && one.map.complete && one.pod.complete && !one.pod.entries.has('securityContext'))
          tell(
            nameOf(one.map),
            `Container "${one.name}" has no security context: it may run as root and gain privileges, with the default capabilities and every system call.`,
            setTo(resource, 'securityContext', restricted, one.map).map((fix) => ({ ...fix, title: 'Add the security context of the restricted standard' })),
          );
    },
    bad: pod(['  containers:', '    - name: train', '            ^^^^^', '      image: a@sha256:0']),
    fixed: pod(['  containers:', '    - name: train', '      securityContext:', '        allowPrivilegeEscalation: false', '        capabilities:', '          drop: ["ALL"]', '        runAsNonRoot: true', '        seccompProfile:', '          type: RuntimeDefault', '      image: a@sha256:0']),
    good: pod(container('securityContext:', '  runAsNonRoot: true')),
    more: [
      {
        title: 'In Terraform',
        file: 'main.tf',
        bad: 'resource "kubernetes_pod_v1" "train" {\n  spec {\n    container {\n      name  = "train"\n               ^^^^^\n      image = "a@sha256:0"\n    }\n  }\n}\n',
        fixed:
          'resource "kubernetes_pod_v1" "train" {\n  spec {\n    container {\n      name  = "train"\n      image = "a@sha256:0"\n      security_context {\n        allow_privilege_escalation = false\n        capabilities {\n          drop = ["ALL"]\n        }\n        run_as_non_root = true\n        seccomp_profile {\n          type = "RuntimeDefault"\n        }\n      }\n    }\n  }\n}\n',
      },
    ],
  }),
  objectRule({
    id: 'workload/unsafe-sysctl',
    title: 'Pod with an unsafe kernel setting',
    severity: 'medium',
    types: [...workloads, 'k8s_podsecuritypolicy'],
    what: 'Reports sysctls that are not on the list of safe ones, and policies that allow them.',
    why: 'Such settings reach beyond the pod: they change the kernel that all pods of the node share.',
    check: (resource, tell) => {
      for (const one of podsOf(resource))
        for (const name of textsAt(one, 'securityContext.sysctls.name'))
          if (unsafeSysctl.test(name.value)) tell(name, `Pod of "${resource.name}" sets ${name.value} of the kernel.`);
      if (resource.type === 'k8s_podsecuritypolicy')
        for (const name of textsAt(mapOfResource(resource), 'spec.allowedUnsafeSysctls'))
          tell(name, `Policy "${resource.name}" allows pods to set ${name.value} of the kernel.`);
    },
    bad: pod(['  securityContext:', '    sysctls:', '      - name: kernel.msgmax', '              ^^^^^^^^^^^^^', '        value: "65536"', ...container()]),
    good: pod(container()),
  }),
  objectRule({
    id: 'workload/writable-system-mount',
    title: 'System folder mounted writable',
    severity: 'medium',
    confidence: 'medium',
    types: workloads,
    what: 'Reports volumes that are mounted over folders of the system without `readOnly: true`.',
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const volumes = lookIn(one.pod, 'volumes').values.flatMap(mapsOf);
        for (const mount of lookIn(one.map, 'volumeMounts').values.flatMap(mapsOf)) {
          const path = mount.entries.get('mountPath')?.value;
          const volume = volumes.find((item) => scalar(item.entries.get('name')?.value) === scalar(mount.entries.get('name')?.value));
          if (volume && ['configMap', 'secret', 'projected', 'downwardAPI'].some((kind) => volume.entries.has(kind))) continue;
          if (
            path?.kind === 'string' &&
            systemFolders.test(path.value) &&
            truth(mount.entries.get('readOnly')?.value) !== true &&
            mount.complete &&
            mount.entries.get('readOnly')?.value.kind !== 'unknown'
          )
            tell(path, `Container "${one.name}" can write to "${path.value}".`, setTo(resource, 'readOnly', true, mount));
        }
      }
    },
    bad: pod(container('volumeMounts:', '  - name: data', '    mountPath: /bin', '               ^^^^')),
    fixed: pod(container('volumeMounts:', '  - name: data', '    readOnly: true', '    mountPath: /bin')),
    good: pod(container('volumeMounts:', '  - name: data', '    mountPath: /bin', '    readOnly: true')),
  }),
  objectRule({
    id: 'workload/writable-host-path',
    title: 'Folder of the node mounted writable',
    severity: 'medium',
    confidence: 'medium',
    types: workloads,
    what: 'Reports mounts of `hostPath` volumes without `readOnly: true`.',
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const hosts = new Set(
          lookIn(one.pod, 'volumes')
            .values.flatMap(mapsOf)
            .filter((volume) => volume.entries.has('hostPath'))
            .map((volume) => scalar(volume.entries.get('name')?.value)),
        );
        for (const mount of lookIn(one.map, 'volumeMounts').values.flatMap(mapsOf)) {
          const name = scalar(mount.entries.get('name')?.value);
          if (name !== undefined && hosts.has(name) && mount.complete && !mount.entries.has('readOnly'))
            tell(mount.entries.get('mountPath')?.value, `Container "${one.name}" can write to a folder of its node.`, setTo(resource, 'readOnly', true, mount));
        }
      }
    },
    bad: pod([
      ...container('volumeMounts:', '  - name: data', '    mountPath: /data', '               ^^^^^'),
      '  volumes:',
      '    - name: data',
      '      hostPath:',
      '        path: /data',
    ]),
    fixed: pod([
      ...container('volumeMounts:', '  - name: data', '    readOnly: true', '    mountPath: /data'),
      '  volumes:',
      '    - name: data',
      '      hostPath:',
      '        path: /data',
    ]),
    good: pod([
      ...container('volumeMounts:', '  - name: data', '    mountPath: /data', '    readOnly: true'),
      '  volumes:',
      '    - name: data',
      '      hostPath:',
      '        path: /data',
    ]),
  }),
  objectRule({
    id: 'network/host-port',
    title: 'Port of the node opened for a container',
    severity: 'low',
    types: workloads,
    what: 'Reports `hostPort`.',
    why: families.exposed.why,
    references: families.exposed.references,
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const item of lookIn(one.map, 'ports').values.flatMap(mapsOf)) {
          const port = item.entries.get('hostPort')?.value;
          if (port && scalar(port) !== undefined && scalar(port) !== 0) tell(port, `Container "${one.name}" opens port ${String(scalar(port))} of its node.`, item.entries.size > 1 ? takeOut(resource, 'hostPort', item) : []);
        }
    },
    bad: pod(container('ports:', '  - containerPort: 8000', '    hostPort: 8000', '              ^^^^')),
    fixed: true,
    good: pod(container('ports:', '  - containerPort: 8000')),
  }),
  objectRule({
    id: 'workload/sys-admin-capability',
    title: 'Container with SYS_ADMIN',
    severity: 'high',
    types: workloads,
    what: 'Reports containers that add the capability SYS_ADMIN, which is nearly root on the node.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const name of textsAt(one.map, 'securityContext.capabilities.add'))
          if (/^(?:CAP_)?SYS_ADMIN$/i.test(name.value)) tell(name, `Container "${one.name}" is nearly root on its node by SYS_ADMIN.`, takeItem(resource, 'securityContext.capabilities.add', name, one.map));
    },
    bad: pod(container('securityContext:', '  runAsNonRoot: true', '  capabilities:', '    add: [SYS_ADMIN]', '          ^^^^^^^^^')),
    fixed: true,
    good: pod(container('securityContext:', '  runAsNonRoot: true')),
  }),
  objectRule({
    id: 'workload/added-capability',
    title: 'Container with an added capability',
    severity: 'low',
    types: workloads,
    what: 'Reports any capability that is added and has no rule of its own.',
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        for (const name of textsAt(one.map, 'securityContext.capabilities.add'))
          if (!isSmall(name.value)) tell(name, `Container "${one.name}" gets the capability ${name.value}.`, takeItem(resource, 'securityContext.capabilities.add', name, one.map));
    },
    bad: pod(container('securityContext:', '  capabilities:', '    add:', '      - CHOWN', '        ^^^^^', '      - NET_BIND_SERVICE')),
    fixed: pod(container('securityContext:', '  capabilities:', '    add:', '      - NET_BIND_SERVICE')),
    good: pod(container('securityContext:', '  capabilities:', '    add: [NET_BIND_SERVICE]')),
  }),
  objectRule({
    id: 'workload/capabilities-not-all-dropped',
    title: 'Container that drops some capabilities only',
    severity: 'info',
    confidence: 'medium',
    yieldsTo: ['workload/capabilities-not-dropped', 'workload/no-security-context'],
    types: workloads,
    what: 'Reports containers that do not drop ALL.',
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const found = lookIn(one.map, 'securityContext.capabilities.drop');
        if (found.unknown || !one.map.complete || textsAt(one.map, 'securityContext.capabilities.drop').some((name) => /^all$/i.test(name.value))) continue;
        tell(found.values[0] ?? nameOf(one.map), `Container "${one.name}" does not drop all capabilities.`, setTo(resource, 'securityContext.capabilities.drop', ['ALL'], one.map));
      }
    },
    bad: pod(['  containers:', '    - name: train', '            ^^^^^', '      image: a@sha256:0']),
    fixed: pod(['  containers:', '    - name: train', '      securityContext:', '        capabilities:', '          drop: ["ALL"]', '      image: a@sha256:0']),
    good: pod(container('securityContext:', '  capabilities:', '    drop: [ALL]')),
  }),
  objectRule({
    id: 'workload/default-namespace',
    title: 'Object in the default namespace',
    severity: 'info',
    confidence: 'medium',
    types: [...workloads, 'k8s_service', 'k8s_role', 'k8s_rolebinding', 'k8s_serviceaccount', 'k8s_secret', 'k8s_configmap', 'k8s_ingress'],
    what: 'Reports objects that name the namespace `default`, `kube-system` or `kube-public`.',
    why: 'Rights, quotas and network policies are given by namespace; one for everything separates nothing.',
    references: ['AC-6', 'SC-7'],
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'metadata.namespace').values)
        if (value.kind === 'string' && /^(?:default|kube-system|kube-public)$/.test(value.value))
          tell(value, `"${resource.name}" is in the namespace ${value.value}.`, value.value === 'default' ? setTo(resource, 'metadata.namespace', { placeholder: resource.name }) : []);
    },
    bad: pod(container(), ['  namespace: default', '             ^^^^^^^']),
    fixed: pod(container(), ['  namespace: trainer']),
    good: pod(container(), ['  namespace: training']),
  }),
  objectRule({
    id: 'iam/default-service-account',
    title: 'Pod of the default service account',
    severity: 'low',
    confidence: 'medium',
    types: workloads,
    what: 'Reports pods that name the service account `default` or an empty one.',
    why: families.privilege.why,
    references: families.privilege.references,
    check: (resource, tell) => {
      const tellOf = (value: Value, pod?: MapValue): void => {
        if (value.kind === 'string' && (value.value === '' || value.value === 'default'))
          tell(value, `Pod of "${resource.name}" runs as the default service account.`, pod && setTo(resource, 'serviceAccountName', { placeholder: resource.name }, pod));
      };
      for (const value of accountsBeside(resource)) tellOf(value);
      for (const pod of podsOf(resource)) for (const value of lookIn(pod, 'serviceAccountName').values) tellOf(value, pod);
    },
    bad: pod(['  serviceAccountName: default', '                      ^^^^^^^', ...container()]),
    fixed: true,
    good: pod(['  serviceAccountName: trainer', ...container()]),
    more: [
      {
        file: 'workflow.yaml',
        bad: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  name: train\nspec:\n  serviceAccountName: default\n                      ^^^^^^^\n  templates: []\n',
        good: 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  name: train\nspec:\n  serviceAccountName: trainer\n  templates: []\n',
      },
    ],
  }),
  objectRule({
    id: 'iam/service-account-unset',
    title: 'Pod without a service account of its own',
    severity: 'info',
    confidence: 'low',
    types: workloads,
    what: 'Reports pods that name no service account.',
    why: families.privilege.why,
    references: families.privilege.references,
    check: (resource, tell) => {
      if (withoutAccount.has(resource.type) || accountsBeside(resource).length > 0) return;
      for (const one of podsOf(resource))
        if (one.complete && !one.entries.has('serviceAccountName') && !one.entries.has('serviceAccount'))
          tell(undefined, `Pod of "${resource.name}" names no service account.`, setTo(resource, 'serviceAccountName', { placeholder: resource.name }, one));
    },
    bad: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\n        ^^^^^^^\nspec:\n  containers:\n    - name: train\n',
    fixed: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: trainer\nspec:\n  serviceAccountName: trainer\n  containers:\n    - name: train\n',
    good: pod(['  serviceAccountName: trainer', ...container()]),
  }),
  objectRule({
    id: 'iam/api-token-mounted',
    title: 'Pod with an API token',
    severity: 'info',
    confidence: 'low',
    types: [...workloads, 'k8s_serviceaccount'],
    what: 'Reports pods and service accounts that do not switch `automountServiceAccountToken` off.',
    why: 'Whoever gets into the pod speaks to the API of the cluster with its token.',
    references: families.privilege.references,
    whenNotToUse: 'For pods that call the API.',
    check: (resource, tell) => {
      const maps: readonly MapValue[] = resource.type === 'k8s_serviceaccount' ? [mapOfResource(resource)] : podsOf(resource);
      for (const one of maps) {
        const value = one.entries.get('automountServiceAccountToken')?.value;
        const beside = accountsBeside(resource).some((own) => truth(own) === false);
        if (value ? truth(value) === true : one.complete && !beside && !withoutAccount.has(resource.type)) tell(value, `"${resource.name}" gives its pods a token for the API.`, setTo(resource, 'automountServiceAccountToken', false, resource.type === 'k8s_serviceaccount' ? undefined : one));
      }
    },
    bad: pod(['  automountServiceAccountToken: true', '                                ^^^^', ...container()]),
    fixed: true,
    good: pod(['  automountServiceAccountToken: false', ...container()]),
  }),
  objectRule({
    id: 'secrets/secret-in-environment',
    title: 'Secret in an environment variable',
    severity: 'info',
    confidence: 'medium',
    types: workloads,
    what: 'Reports environment variables that come from a secret.',
    why: 'Environments end up in logs, error reports and child processes; a file in a volume does not.',
    references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        for (const path of ['env.valueFrom.secretKeyRef', 'envFrom.secretRef'])
          for (const value of lookIn(one.map, path).values)
            tell(value.kind === 'map' ? ([...value.entries.values()][0]?.value ?? value) : value, `Container "${one.name}" gets a secret in its environment.`);
      }
    },
    bad: pod(
      container('env:', '  - name: API_KEY', '    valueFrom:', '      secretKeyRef:', '        name: openai', '              ^^^^^^', '        key: key'),
    ),
    good: pod(container('volumeMounts:', '  - name: secrets', '    mountPath: /secrets')),
  }),
  objectRule({
    id: 'workload/windows-host-process',
    title: 'Windows container that is a process of its node',
    severity: 'high',
    types: workloads,
    what: 'Reports `windowsOptions.hostProcess: true` of pods and containers.',
    check: (resource, tell) => {
      const maps = [...podsOf(resource), ...containersOf(resource).map((one) => one.map)];
      for (const map of maps)
        for (const value of lookIn(map, 'securityContext.windowsOptions.hostProcess').values)
          if (truth(value) === true) tell(value, `"${resource.name}" runs as a process of its node.`, setTo(resource, 'securityContext.windowsOptions.hostProcess', false, map));
    },
    bad: pod(['  securityContext:', '    windowsOptions:', '      hostProcess: true', '                   ^^^^', ...container()]),
    fixed: pod(['  securityContext:', '    windowsOptions:', '      hostProcess: false', ...container()]),
    good: pod(container()),
  }),
  objectRule({
    id: 'workload/shared-process-namespace',
    title: "Containers that see each other's processes",
    severity: 'info',
    types: workloads,
    what: 'Reports `shareProcessNamespace: true`.',
    check: (resource, tell) => {
      for (const one of podsOf(resource)) {
        const value: Value | undefined = one.entries.get('shareProcessNamespace')?.value;
        if (truth(value) === true) tell(value, `The containers of "${resource.name}" see each other's processes.`, setTo(resource, 'shareProcessNamespace', false, one));
      }
    },
    bad: pod(['  shareProcessNamespace: true', '                         ^^^^', ...container()]),
    fixed: pod(['  shareProcessNamespace: false', ...container()]),
    good: pod(container()),
  }),
];
