import { lookIn, truth, type Value } from '../../server/rule/queries.ts';
import { families, none, notOn, service } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

/** Settings by which providers of Terraform stop checking the certificate of what they talk to. */
const unchecked: Readonly<Record<string, readonly string[]>> = {
  provider_kubernetes: ['insecure'],
  provider_kubectl: ['insecure'],
  provider_helm: ['kubernetes.insecure'],
  provider_vault: ['skip_tls_verify'],
  provider_consul: ['insecure_https'],
  provider_nomad: ['skip_verify'],
  provider_vsphere: ['allow_unverified_ssl'],
  provider_proxmox: ['pm_tls_insecure', 'insecure'],
  provider_grafana: ['insecure_skip_verify'],
  provider_rabbitmq: ['insecure'],
  provider_keycloak: ['tls_insecure_skip_verify'],
  provider_kafka: ['skip_tls_verify'],
  provider_minio: ['minio_insecure'],
  provider_gitlab: ['insecure'],
  provider_github: ['insecure'],
  provider_openstack: ['insecure'],
  provider_elasticsearch: ['insecure'],
  provider_elasticstack: ['elasticsearch.insecure'],
  provider_opensearch: ['insecure'],
  provider_argocd: ['insecure'],
  provider_harbor: ['insecure'],
  provider_rancher2: ['insecure'],
  provider_nsxt: ['allow_unverified_ssl'],
  provider_vcd: ['allow_unverified_ssl'],
  provider_aci: ['insecure'],
  provider_fortios: ['insecure'],
  provider_artifactory: ['skip_tls_verify'],
  provider_bigip: ['validate_certs_disable'],
};

export default [
  objectRule({
    id: 'transport/provider-unchecked',
    title: 'Provider that checks no certificate',
    severity: 'medium',
    types: Object.keys(unchecked),
    file: 'main.tf',
    what: 'Reports settings such as `insecure = true` of the providers of Kubernetes, Helm, Vault, vSphere, Grafana and others.',
    why: 'Who sits on the network gets the credentials of the provider, which may do everything.',
    references: ['CWE-295', 'SC-8'],
    noFix: 'The certificate of the authority has to be named first.',
    whenNotToUse: "For clusters on one's own machine.",
    check: (resource, tell) => {
      const wrong = (unchecked[resource.type] ?? [])
        .flatMap((path) => lookIn(mapOfResource(resource), path).values)
        .filter((value: Value) => truth(value) === true);
      for (const value of wrong) tell(value, `Provider "${resource.name}" checks no certificate.`);
    },
    bad: 'provider "kubernetes" {\n  insecure = true\n             ^^^^\n}\n',
    good: 'provider "kubernetes" {\n  insecure = false\n}\n',
  }),
  objectRule({
    id: 'transport/chart-plaintext',
    title: 'Chart that is fetched without TLS',
    severity: 'medium',
    types: ['helm_release'],
    file: 'main.tf',
    what: 'Reports repositories of charts over plain HTTP.',
    why: families.transit.why,
    references: families.transit.references,
    noFix: 'The repository has to speak TLS first.',
    check: (resource, tell) => {
      for (const value of textsAt(mapOfResource(resource), 'repository'))
        if (/^http:\/\/(?!localhost|127\.)/.test(value.value)) tell(value, `Chart "${resource.name}" is fetched without TLS.`);
    },
    bad: 'resource "helm_release" "chat" {\n  repository = "http://charts.example.com"\n                ^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
    good: 'resource "helm_release" "chat" {\n  repository = "https://charts.example.com"\n}\n',
  }),
  ...service('Container', 'docker_container', {
    container: {
      'docker-provider-privileged': ['privileged', notOn, 'runs privileged', { severity: 'high' }],
      'docker-provider-capability': ['capabilities.add', none, 'gets more capabilities'],
    },
  }),
];
