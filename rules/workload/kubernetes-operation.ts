import { containersOf, nameOf, podsOf, serving, workloads } from '../../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar } from '../../server/rule/queries.ts';
import { mapOfResource, mapsAt, objectRule, textAt } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';

const ordinary = workloads.filter((type) => type !== 'k8s_daemonset');
const placed = (...lines: readonly string[]): string => ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: batch', '  namespace: train', 'spec:', ...lines, '  containers:', '    - name: train', '      image: a@sha256:0', ''].join('\n');

/** Objects that the hint "no probe" is about: what serves, not what runs to its end. */
const probes = (kind: 'livenessProbe' | 'readinessProbe', word: string) =>
  objectRule({
    id: `workload/no-${word}-probe`,
    title: `Container without a ${word} probe`,
    severity: 'info',
    confidence: 'medium',
    types: serving,
    what: `Reports containers without \`${kind}\`.`,
    why: 'A container that hangs is neither restarted nor taken out of service.',
    references: ['SC-5', 'CP-10'],
    check: (resource, tell) => {
      for (const one of containersOf(resource))
        if (!one.init && one.map.complete && !one.map.entries.has(kind)) tell(nameOf(one.map), `Container "${one.name}" has no ${word} probe.`);
    },
    bad: pod(['  containers:', '    - name: train', '            ^^^^^', '      image: a@sha256:0']),
    good: pod(container(`${kind}:`, '  tcpSocket:', '    port: 8000')),
  });

/** Namespaces of the cluster itself. */
const ofCluster = /^kube-|^openshift-|-system$/;

export default [
  objectRule({
    id: 'workload/system-priority',
    title: 'Pod with the priority of the cluster itself',
    severity: 'info',
    confidence: 'medium',
    types: ordinary,
    what: 'Reports pods outside of the namespaces of the cluster that ask for `system-cluster-critical` or `system-node-critical`. Daemon sets are left alone.',
    why: 'Where nodes run full, everything else is put out for them, what keeps the cluster alive included.',
    references: ['SC-5'],
    whenNotToUse: 'For parts of the cluster that live in a namespace of their own.',
    check: (resource, tell) => {
      const space = textAt(resource, 'metadata.namespace');
      if (space === undefined || ofCluster.test(space)) return;
      for (const spec of podsOf(resource))
        for (const value of lookIn(spec, 'priorityClassName').values)
          if (value.kind === 'string' && /^system-(?:cluster|node)-critical$/.test(value.value)) tell(value, `"${resource.name}" claims the priority of the cluster itself.`);
    },
    bad: placed('  priorityClassName: system-cluster-critical', '                     ^^^^^^^^^^^^^^^^^^^^^^^'),
    good: placed('  priorityClassName: batch'),
  }),
  objectRule({
    id: 'workload/tolerates-everything',
    title: 'Pod that tolerates every taint',
    severity: 'info',
    confidence: 'medium',
    types: ordinary,
    what: 'Reports tolerations without a key, outside of the namespaces of the cluster. Daemon sets are left alone.',
    why: 'The pod may then run beside the control plane, and on nodes that were set apart for others.',
    references: ['CWE-668', 'AC-6'],
    check: (resource, tell) => {
      const space = textAt(resource, 'metadata.namespace');
      if (space === undefined || ofCluster.test(space)) return;
      for (const spec of podsOf(resource))
        for (const one of lookIn(spec, 'tolerations').values.flatMap(mapsOf))
          if (one.complete && scalar(one.entries.get('operator')?.value) === 'Exists' && !one.entries.has('key') && !/^(?:PreferNoSchedule)$/.test(String(scalar(one.entries.get('effect')?.value) ?? ''))) tell(one.entries.get('operator')!.value, `"${resource.name}" runs on every node, whatever it was set apart for.`);
    },
    bad: placed('  tolerations:', '    - operator: Exists', '                ^^^^^^'),
    good: placed('  tolerations:', '    - operator: Exists', '      key: gpu'),
  }),
  probes('livenessProbe', 'liveness'),
  probes('readinessProbe', 'readiness'),
  objectRule({
    id: 'monitoring/kubernetes-dashboard',
    title: 'Kubernetes dashboard',
    severity: 'medium',
    confidence: 'medium',
    types: workloads,
    what: 'Reports pods that run the Kubernetes dashboard.',
    why: 'The dashboard has been the way into many clusters; it shows and changes what its account may.',
    references: ['AC-6', 'CM-7'],
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const image = one.map.entries.get('image')?.value;
        if (image?.kind === 'string' && /kubernetes-?dashboard|kubernetesui\/dashboard/.test(image.value))
          return tell(image, `"${resource.name}" runs the Kubernetes dashboard.`);
      }
      if (containersOf(resource).length === 0) return;
      for (const labels of [...mapsAt(resource, 'metadata.labels'), ...mapsAt(resource, 'spec.template.metadata.labels')])
        for (const name of ['app', 'k8s-app', 'app.kubernetes.io/name']) {
          const label = labels.entries.get(name)?.value;
          if (scalar(label) === 'kubernetes-dashboard') return tell(label, `"${resource.name}" runs the Kubernetes dashboard.`);
        }
    },
    bad: pod(['  containers:', '    - name: dashboard', '      image: kubernetesui/dashboard:v2.7.0', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^']),
    good: pod(container()),
  }),
  objectRule({
    id: 'workload/tiller',
    title: 'Tiller (Helm 2)',
    severity: 'high',
    types: [...workloads, 'k8s_service'],
    what: 'Reports pods that run Tiller.',
    why: 'Tiller does what anybody in the cluster asks of it, with all rights.',
    references: ['AC-6', 'CM-7'],
    check: (resource, tell) => {
      const image = containersOf(resource)
        .flatMap((one) => one.map.entries.get('image')?.value ?? [])
        .find((value) => value.kind === 'string' && /\/?tiller(?::|@|$)/.test(value.value));
      if (image || /^tiller(?:-deploy)?$/.test(textAt(resource, 'metadata.name') ?? '')) tell(image, `"${resource.name}" runs Tiller.`);
    },
    bad: pod([
      '  containers:',
      '    - name: tiller',
      '      image: gcr.io/kubernetes-helm/tiller:v2.17.0',
      '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    ]),
    good: pod(container()),
  }),
  objectRule({
    id: 'workload/cronjob-without-deadline',
    title: 'Cron job without a deadline',
    severity: 'info',
    confidence: 'medium',
    types: ['k8s_cronjob'],
    what: 'Reports cron jobs without `startingDeadlineSeconds`.',
    why: 'Runs that were missed start all at once.',
    references: ['SC-5', 'CP-10'],
    check: (resource, tell) => {
      const spec = resource.attributes.get('spec')?.value;
      if (spec?.kind === 'map' && spec.complete && !spec.entries.has('startingDeadlineSeconds'))
        tell(undefined, `Cron job "${resource.name}" has no deadline.`);
    },
    bad: 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\n        ^^^^^^^\nspec:\n  schedule: "0 3 * * *"\n',
    good: 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\nspec:\n  schedule: "0 3 * * *"\n  startingDeadlineSeconds: 300\n',
  }),
  objectRule({
    id: 'workload/no-anti-affinity',
    title: 'Replicas that may share a node',
    severity: 'info',
    confidence: 'low',
    types: ['k8s_deployment', 'k8s_statefulset'],
    what: 'Reports workloads with several replicas and no rule that keeps them on different nodes.',
    why: 'When the node fails, all replicas are gone at once.',
    references: ['CP-10', 'SC-5'],
    check: (resource, tell) => {
      const replicas = lookIn(mapOfResource(resource), 'spec.replicas').values[0];
      const count = scalar(replicas);
      for (const one of podsOf(resource))
        if (
          typeof count === 'number' &&
          count > 1 &&
          one.complete &&
          lookIn(one, 'affinity.podAntiAffinity').values.length === 0 &&
          !one.entries.has('topologySpreadConstraints') &&
          !lookIn(one, 'affinity').unknown
        )
          tell(replicas, `The replicas of "${resource.name}" may share a node.`);
    },
    bad: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 3\n            ^\n  template:\n    spec:\n      containers:\n        - name: api\n',
    good: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: api\n',
  }),
  objectRule({
    id: 'workload/deprecated-api-version',
    title: 'Object of a removed API version',
    severity: 'low',
    types: [
      'k8s_deployment',
      'k8s_daemonset',
      'k8s_statefulset',
      'k8s_replicaset',
      'k8s_ingress',
      'k8s_networkpolicy',
      'k8s_podsecuritypolicy',
      'k8s_cronjob',
      'k8s_role',
      'k8s_rolebinding',
      'k8s_clusterrole',
      'k8s_clusterrolebinding',
      'k8s_customresourcedefinition',
      'k8s_horizontalpodautoscaler',
      'k8s_poddisruptionbudget',
    ],
    what: 'Reports API versions that current Kubernetes no longer serves.',
    why: 'The object is refused, and with it what it was to protect.',
    references: ['CM-2', 'SI-2'],
    check: (resource, tell) => {
      const version = resource.attributes.get('apiVersion')?.value;
      const kind = textAt(resource, 'kind');
      if (
        version?.kind === 'string' &&
        (/^(?:extensions\/v1beta1|apps\/v1beta[12]|networking\.k8s\.io\/v1beta1|rbac\.authorization\.k8s\.io\/v1(?:alpha|beta)1|apiextensions\.k8s\.io\/v1beta1|autoscaling\/v2beta[12])$/.test(
          version.value,
        ) ||
          (/^(?:batch|policy)\/v1beta1$/.test(version.value) && kind !== 'PodSecurityPolicy'))
      )
        tell(version, `"${resource.name}" uses ${version.value}, which is no longer served.`);
    },
    bad: 'apiVersion: extensions/v1beta1\n            ^^^^^^^^^^^^^^^^^^\nkind: Ingress\nmetadata:\n  name: api\n',
    good: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\n',
  }),
];
