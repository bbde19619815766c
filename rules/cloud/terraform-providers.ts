import { lookIn, mapsOf, truth, type Value } from '../../server/rule/queries.ts';
import { families, none, notOn, service } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';

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
  provider_aws: ['insecure'],
  provider_nutanix: ['insecure'],
  provider_panos: ['skip_verify_certificate'],
  provider_checkpoint: ['ignore_server_certificate'],
  provider_netbox: ['allow_insecure_https'],
  provider_powerdns: ['insecure_https'],
  provider_opennebula: ['insecure'],
  provider_nexus: ['insecure'],
  provider_routeros: ['insecure'],
  provider_unifi: ['allow_insecure'],
  provider_truenas: ['insecure'],
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

/** Where providers say which server they talk to. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  provider_vault: ['address'],
  provider_consul: ['address'],
  provider_nomad: ['address'],
  provider_kubernetes: ['host'],
  provider_kubectl: ['host'],
  provider_helm: ['kubernetes.host'],
  provider_gitlab: ['base_url'],
  provider_github: ['base_url'],
  provider_elasticstack: ['elasticsearch.endpoints', 'kibana.endpoints'],
  provider_artifactory: ['url'],
  provider_sonarqube: ['host'],
  provider_openstack: ['auth_url'],
  provider_grafana: ['url'],
  provider_keycloak: ['url'],
  provider_nexus: ['url'],
  provider_harbor: ['url'],
  provider_rancher2: ['api_url'],
  provider_rabbitmq: ['endpoint'],
  provider_elasticsearch: ['url'],
  provider_opensearch: ['url'],
  provider_argocd: ['server_addr'],
  provider_powerdns: ['server_url'],
  provider_netbox: ['server_url'],
  provider_proxmox: ['endpoint', 'pm_api_url'],
  provider_litellm: ['api_base'],
};

/** Values of charts that take the walls of a container down. */
const risky = /(?:^|\.)(?:privileged|hostNetwork|hostPID|hostIPC|allowPrivilegeEscalation)$/;

/** Rules of Consul and Nomad, written in HCL, that allow changes everywhere. */
const everywhere =
  /\b((?:key|service|node|agent|session|event|query|namespace|partition)(?:_prefix)?)\s+\\?"(\*?)\\?"\s*\{\s*(?:\/\/[^\n]*\n\s*)?policy\s*=\s*\\?"write|^\s*(acl|operator|keyring)\s*=\s*\\?"write/gm;

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
    id: 'transport/provider-plaintext',
    title: 'Provider that talks to its server without TLS',
    severity: 'medium',
    types: Object.keys(addresses),
    file: 'main.tf',
    what: 'Reports addresses with `http://` of the providers of Vault, Consul, Kubernetes, GitLab and others.',
    why: 'Who sits on the network reads the credentials of the provider, which may do everything.',
    references: families.transit.references,
    noFix: 'The server has to speak TLS first.',
    whenNotToUse: "For servers on one's own machine.",
    check: (resource, tell) => {
      for (const value of (addresses[resource.type] ?? []).flatMap((path) => textsAt(mapOfResource(resource), path)))
        if (/^http:\/\/(?!localhost|127\.|\[::1\]|[\w-]+(?:[:/]|$))/.test(value.value)) tell(value, `Provider "${resource.name}" talks to its server without TLS.`);
    },
    bad: 'provider "vault" {\n  address = "http://vault.example.com:8200"\n             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
    good: 'provider "vault" {\n  address = "https://vault.example.com:8200"\n}\n',
  }),
  objectRule({
    id: 'transport/database-provider-plaintext',
    title: 'Provider that talks to a database without TLS',
    severity: 'medium',
    types: ['provider_postgresql', 'provider_mysql'],
    file: 'main.tf',
    what: 'Reports `sslmode = "disable"` of the provider of PostgreSQL and `tls = "skip-verify"` of that of MySQL.',
    why: 'Who sits on the network reads the password of the administrator.',
    references: families.transit.references,
    noFix: 'The server has to speak TLS first.',
    whenNotToUse: "For servers on one's own machine.",
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const local = textsAt(own, resource.type === 'provider_mysql' ? 'endpoint' : 'host').some((one) => /^(?:localhost|127\.|\/|postgres$|mysql$|db$)/.test(one.value));
      for (const value of local ? [] : [...textsAt(own, 'sslmode'), ...textsAt(own, 'tls')])
        if (/^(?:disable|allow|prefer|false|skip-verify|preferred)$/.test(value.value)) tell(value, `Provider "${resource.name}" does not prove which database it talks to.`);
    },
    bad: 'provider "postgresql" {\n  sslmode = "disable"\n             ^^^^^^^\n}\n',
    good: 'provider "postgresql" {\n  sslmode = "verify-full"\n}\n',
  }),
  objectRule({
    id: 'workload/chart-value-privileged',
    title: 'Chart that is told to run privileged',
    severity: 'medium',
    types: ['helm_release'],
    file: 'main.tf',
    what: 'Reports values of charts such as `securityContext.privileged`, `hostNetwork` and `hostPID` that are on.',
    why: families.container.why,
    references: families.container.references,
    check: (resource, tell) => {
      for (const one of lookIn(mapOfResource(resource), 'set').values.flatMap(mapsOf)) {
        const name = one.entries.get('name')?.value;
        const value = one.entries.get('value')?.value;
        if (name?.kind === 'string' && value && risky.test(name.value) && truth(value) === true) tell(value, `Chart "${resource.name}" is installed with ${name.value}.`);
      }
    },
    bad: 'resource "helm_release" "chat" {\n  set {\n    name  = "securityContext.privileged"\n    value = "true"\n             ^^^^\n  }\n}\n',
    good: 'resource "helm_release" "chat" {\n  set {\n    name  = "securityContext.privileged"\n    value = "false"\n  }\n}\n',
  }),
  objectRule({
    id: 'dependencies/chart-any-version',
    title: 'Chart of whatever version was published last',
    severity: 'info',
    confidence: 'medium',
    types: ['helm_release'],
    file: 'main.tf',
    what: 'Reports charts from a repository without a version.',
    why: families.supply.why,
    references: families.supply.references,
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const [repository] = textsAt(own, 'repository');
      if (repository && /^(?:https?|oci):/.test(repository.value) && resource.complete && !resource.attributes.has('version')) tell(undefined, `Chart "${resource.name}" has no version.`);
    },
    bad: 'resource "helm_release" "chat" {\n                         ^^^^\n  repository = "https://charts.example.com"\n  chart      = "chat"\n}\n',
    good: 'resource "helm_release" "chat" {\n  repository = "https://charts.example.com"\n  chart      = "chat"\n  version    = "1.4.0"\n}\n',
  }),
  objectRule({
    id: 'iam/cluster-policy-everything',
    title: 'Policy of Consul or Nomad for everything',
    severity: 'medium',
    types: ['consul_acl_policy', 'consul_acl_role', 'nomad_acl_policy'],
    file: 'main.tf',
    what: 'Reports policies that let their holder write below the empty prefix, in every namespace, or the lists of rights themselves.',
    why: families.privilege.why,
    references: families.privilege.references,
    noFix: 'What the holder needs has to be known.',
    check: (resource, tell, context) => {
      for (const value of ['rules', 'rules_hcl'].flatMap((name) => resource.attributes.get(name)?.value ?? [])) {
        const { path, range } = value.origin;
        const text = sourceOf(context, { path, range });
        for (const match of text.matchAll(everywhere)) {
          if (match[1] !== undefined && match[2] === '' && !match[1].endsWith('_prefix')) continue;
          const start = range.start + match.index + match[0].length - match[0].trimStart().length;
          const end = start + match[0].trimStart().split('\n')[0]!.length;
          const origin = { path, range: { start, end } };
          tell({ kind: 'null', origin, at: origin }, `Policy "${resource.name}" lets its holder write everywhere (${match[1] ?? match[3]}).`);
        }
      }
    },
    bad: 'resource "nomad_acl_policy" "main" {\n  name      = "chat"\n  rules_hcl = <<EOT\nnamespace "*" {\n^^^^^^^^^^^^^^^\n  policy = "write"\n}\nEOT\n}\n',
    good: 'resource "nomad_acl_policy" "main" {\n  name      = "chat"\n  rules_hcl = <<EOT\nnamespace "chat" {\n  policy = "read"\n}\nEOT\n}\n',
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
