import { never, not, notOff, notOn } from '../_families.ts';
import { kind } from '../_manifest.ts';

const plain = /^http:\/\/(?!(?:localhost|127\.|[\w-]+(?:\.[\w-]+)?\.svc\b))/;
const address = never(plain, 'http://charts.example.com', 'https://charts.example.com');

/** What brings software into a cluster, and what decides which of it may run. */
export default [
  ...kind('Project', 'argoproj.io/v1alpha1', 'AppProject', {
    privilege: {
      'argo-project-any-kind': [
        'spec.clusterResourceWhitelist.*.kind',
        never(/^\*$/, '*', 'Namespace'),
        'may make every kind of object in the cluster',
        { severity: 'medium' },
      ],
      'argo-project-any-namespace': ['spec.destinations.*.namespace', never(/^\*$/, '*', 'training'), 'may deploy to every namespace', { severity: 'low' }],
      'argo-project-any-cluster': [
        'spec.destinations.*.server',
        never(/^\*$/, '*', 'https://kubernetes.default.svc'),
        'may deploy to every cluster',
        { severity: 'low' },
      ],
    },
    supply: {
      'argo-project-any-source': [
        'spec.sourceRepos',
        never(/^\*$/, ['*'], ['https://example.com/apps.git']),
        'deploys from every repository',
        { severity: 'low' },
      ],
    },
  }),
  ...kind('Application', 'argoproj.io/v1alpha1', 'Application', {
    transit: { 'argo-source-plaintext': ['spec.source.repoURL', address, 'is fetched without TLS', { severity: 'medium' }] },
    privilege: {
      'argo-default-project': [
        'spec.project',
        not(undefined, 'default'),
        'belongs to the project that allows everything',
        { severity: 'info', confidence: 'medium' },
      ],
    },
  }),
  ...kind('Source', 'source.toolkit.fluxcd.io/v1', ['HelmRepository', 'GitRepository', 'OCIRepository', 'Bucket'], {
    transit: {
      'flux-source-plaintext': ['spec.url', address, 'is fetched without TLS', { severity: 'medium' }],
      'flux-source-insecure': ['spec.insecure', notOn, 'is fetched without TLS', { severity: 'medium' }],
    },
  }),
  ...kind('Policy', 'kyverno.io/v1', ['ClusterPolicy', 'Policy'], {
    container: {
      'kyverno-audit-only': [
        'spec.validationFailureAction',
        not('Enforce', 'Audit'),
        'lets through what it forbids',
        { severity: 'low', confidence: 'medium' },
      ],
      'kyverno-rule-audit-only': [
        'spec.rules.*.validate.failureAction',
        not('Enforce', 'Audit'),
        'lets through what it forbids',
        { severity: 'low', confidence: 'medium' },
      ],
      'kyverno-open-on-failure': ['spec.failurePolicy', not('Fail', 'Ignore'), 'lets everything through when it fails', { severity: 'low' }],
    },
  }),
  ...kind('Admission policy', 'admissionregistration.k8s.io/v1', ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'], {
    container: {
      'admission-policy-open-on-failure': ['spec.failurePolicy', not('Fail', 'Ignore'), 'lets everything through when it fails', { severity: 'low' }],
    },
  }),
  ...kind('Admission policy', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', {
    container: {
      'admission-policy-without-deny': [
        'spec.validationActions',
        { must: { some: /^Deny$/ }, absent: 'fine', sample: { bad: ['Audit'], good: ['Deny'] } },
        'lets through what it forbids',
        {
          severity: 'low',
          confidence: 'medium',
          examples: [
            {
              file: 'manifest.yaml',
              bad: `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata:\n  name: example\nspec:\n  validationActions: [Audit]\n${' '.repeat(21)}^^^^^^^\n`,
              good: 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata:\n  name: example\nspec:\n  validationActions: [Deny]\n',
            },
          ],
        },
      ],
    },
  }),
  ...kind('Constraints', 'security.openshift.io/v1', 'SecurityContextConstraints', {
    container: Object.fromEntries(
      (
        [
          ['allowPrivilegedContainer', 'privileged', 'let containers run privileged'],
          ['allowHostNetwork', 'host-network', 'let pods use the network of their host'],
          ['allowHostPID', 'host-pid', 'let pods see the processes of their host'],
          ['allowHostIPC', 'host-ipc', 'let pods share memory with their host'],
          ['allowHostDirVolumePlugin', 'host-path', 'let pods mount folders of their host'],
          ['allowPrivilegeEscalation', 'escalation', 'let processes gain privileges'],
        ] as const
      ).map(([field, id, problem]) => [`scc-${id}`, [field, notOn, problem, { severity: id === 'privileged' ? 'high' : 'medium' }] as const]),
    ),
  }),
  ...kind('Server', 'kibana.k8s.elastic.co/v1', 'Kibana', {
    transit: { 'eck-kibana-plaintext': ['spec.http.tls.selfSignedCertificate.disabled', notOn, 'answers without TLS', { severity: 'medium' }] },
  }),
  ...kind('Search cluster', 'elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', {
    transit: { 'eck-plaintext': ['spec.http.tls.selfSignedCertificate.disabled', notOn, 'answers without TLS', { severity: 'medium' }] },
  }),
  ...kind('Kafka cluster', 'kafka.strimzi.io/v1beta2', 'Kafka', {
    transit: { 'strimzi-plaintext': ['spec.kafka.listeners.*.tls', notOff, 'has a listener without TLS', { severity: 'medium' }] },
  }),
  ...kind('Database', 'postgresql.cnpg.io/v1', 'Cluster', {
    identity: {
      'cnpg-superuser': ['spec.enableSuperuserAccess', notOn, 'can be reached as its superuser', { severity: 'low' }],
      'cnpg-trust': [
        'spec.postgresql.pg_hba',
        never(/\btrust\s*$/, ['host all all 0.0.0.0/0 trust'], ['hostssl all all 10.0.0.0/8 scram-sha-256']),
        'lets people in without a password',
      ],
    },
  }),
  ...kind('Ray cluster', 'ray.io/v1', 'RayCluster', {
    exposed: {
      'ray-head-published': [
        'spec.headGroupSpec.serviceType',
        not('ClusterIP', 'LoadBalancer', 'NodePort'),
        'can be reached from outside of its cluster, where everybody who reaches it runs jobs',
      ],
    },
  }),
  ...kind('Ray cluster', 'ray.io/v1', ['RayService', 'RayJob'], {
    exposed: {
      'ray-service-published': [
        'spec.rayClusterConfig.headGroupSpec.serviceType|spec.rayClusterSpec.headGroupSpec.serviceType',
        not('ClusterIP', 'LoadBalancer', 'NodePort'),
        'can be reached from outside of its cluster, where everybody who reaches it runs jobs',
      ],
    },
  }),
  ...kind('Model endpoint', 'serving.kserve.io/v1beta1', ['InferenceService', 'LLMInferenceService'], {
    transit: {
      'model-fetched-plaintext': [
        'spec.predictor.model.storageUri|spec.model.uri',
        never(plain, 'http://models.example.com/a', 's3://models/a'),
        'fetches its model without TLS',
        { why: 'Who sits on the network replaces the model by one of their own.' },
      ],
    },
  }),
];
