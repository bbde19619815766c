import { byHand, ifSet, least, most, never, none, not, notOff, notOn, service } from '../_families.ts';

/** Databases, queues, content networks and what else providers of Terraform set up on servers. Sources: the providers' pages of the resources. */
export default [
  ...service('Rights', 'rabbitmq_permissions', {
    privilege: { 'rabbitmq-everything': ['permissions.configure', byHand(never(/^\.\*$/, '.*', '^chat-.*')), 'cover every queue', { severity: 'info' }] },
  }),
  ...service('User', 'rabbitmq_user', { privilege: { 'rabbitmq-administrator': ['tags', byHand(never(/^administrator$/, ['administrator'], ['monitoring'])), 'may do everything', { severity: 'low' }] } }),
  ...service('Role', 'postgresql_role', {
    privilege: {
      'postgres-rows-open': ['bypass_row_level_security', notOn, 'reads rows that are not meant for it', { severity: 'medium' }],
      'postgres-makes-roles': ['create_role', notOn, 'may make further roles', { severity: 'low' }],
      'postgres-role-copies': ['replication', notOn, 'may copy the whole server', { severity: 'info' }],
    },
  }),
  ...service('Rights', ['postgresql_grant', 'postgresql_default_privileges'], {
    privilege: {
      'postgres-everybody': ['role', byHand(never(/^public$/i, 'public', 'chat')), 'are given to everybody', {
        severity: 'low',
        when: [{ path: 'privileges', must: { some: /./ } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "postgresql_grant" "main" {\n  role       = "public"\n                ^^^^^^\n  privileges = ["SELECT"]\n}\n',
          good: 'resource "postgresql_grant" "main" {\n  role       = "chat"\n  privileges = ["SELECT"]\n}\n',
        }],
      }],
      'postgres-grants-on': ['with_grant_option', notOn, 'can be handed on', { severity: 'low' }],
    },
  }),
  ...service('User', 'mysql_user', {
    exposed: { 'mysql-user-from-anywhere': ['host', byHand(never(/^%$/, '%', '10.0.0.5')), 'may come from every address', { severity: 'low' }] },
    transit: { 'mysql-user-plaintext': ['tls_option', ifSet('NONE', 'SSL', 'X509'), 'may talk without TLS', { severity: 'low' }] },
    oldTls: { 'mysql-old-password': ['auth_plugin', not(undefined, 'mysql_old_password', 'mysql_native_password'), 'has a password that is kept in an old way', { severity: 'low' }] },
  }),
  ...service('Rights', 'mysql_grant', {
    privilege: {
      'mysql-all-databases': ['database', byHand(never(/^\*$/, '*', 'chat')), 'cover every database', { severity: 'low' }],
      'mysql-grants-on': ['grant', notOn, 'can be handed on', { severity: 'low' }],
    },
  }),
  ...service('User', 'snowflake_user', { privilege: { 'snowflake-user-administrator': ['default_role', byHand(never(/^"?ACCOUNTADMIN"?$/i, 'ACCOUNTADMIN', 'ANALYST')), 'begins as the administrator', { severity: 'medium' }] } }),
  ...service('Sign-in policy', 'snowflake_authentication_policy', {
    identity: { 'snowflake-mfa-by-choice': ['mfa_enrollment', ifSet('OPTIONAL', 'REQUIRED', 'REQUIRED_PASSWORD_ONLY'), 'asks for no second factor'] },
  }),
  ...service('Kafka cluster', 'confluent_kafka_cluster', {
    segmentation: { 'confluent-shared': ['basic', { must: 'absent', absent: 'fine' }, 'shares its machines and cannot be reached privately', { severity: 'info', examples: [confluent()] }] },
  }),
  ...service('Role', ['elasticstack_elasticsearch_security_role', 'elasticstack_kibana_security_role'], {
    privilege: {
      'elastic-whole-cluster': ['cluster|elasticsearch.cluster', byHand(never(/^all$/, ['all'], ['monitor'])), 'may do everything with the cluster', { severity: 'medium' }],
      'elastic-acts-for-all': ['run_as|elasticsearch.run_as', byHand(never(/^\*$/, ['*'], ['reader'])), 'may act as everybody'],
    },
  }),
  ...service('User', 'elasticstack_elasticsearch_security_user', { privilege: { 'elastic-superuser': ['roles', byHand(never(/^superuser$/, ['superuser'], ['viewer'])), 'may do everything', { severity: 'medium' }] } }),
  ...service('Load balancer', 'scaleway_lb', {
    oldTls: { 'scaleway-lb-old-tls': ['ssl_compatibility_level', ifSet('ssl_compatibility_level_old', 'ssl_compatibility_level_intermediate', 'ssl_compatibility_level_modern'), 'accepts outdated TLS versions'] },
  }),
  ...service('Service', ['fastly_service_vcl', 'fastly_service_compute'], {
    transit: {
      'fastly-origin-unchecked': ['backend.ssl_check_cert', notOff, 'does not check the certificate of its origin', { severity: 'medium' }],
      'fastly-plaintext': ['request_setting.force_ssl', notOff, 'answers without TLS', { severity: 'medium' }],
    },
  }),
  ...service('Application', 'heroku_app', { transit: { 'heroku-without-certificate': ['acm', notOff, 'has no certificate of its own', { severity: 'info' }] } }),
  ...service('Space', 'heroku_space', { host: { 'heroku-space-shared': ['shield', notOff, 'is not kept apart as strictly as it could be', { severity: 'info' }] } }),
  ...service('Log drain', 'heroku_drain', { transit: { 'heroku-drain-plaintext': ['url', byHand(never(/^(?:http|syslog):\/\//, 'syslog://logs.example.com:514', 'syslog+tls://logs.example.com:6514')), 'sends logs without TLS'] } }),
  ...service('Certificate', 'tls_self_signed_cert', {
    expiry: { 'self-signed-for-years': ['validity_period_hours', most(43800), 'is good for more than five years', { severity: 'info' }] },
  }),
  ...service('Password', 'random_password', { password: { 'random-password-short': ['length', least(12), 'is short'] } }),
  ...service('Port group', ['vsphere_distributed_port_group', 'vsphere_host_port_group', 'vsphere_distributed_virtual_switch', 'vsphere_host_virtual_switch'], {
    segmentation: {
      'vsphere-listens': ['allow_promiscuous', notOn, 'lets a machine read what others send'],
      'vsphere-forges': ['allow_forged_transmits', notOn, 'lets a machine send as another', { severity: 'low' }],
      'vsphere-takes-addresses': ['allow_mac_changes', notOn, 'lets a machine take the address of another', { severity: 'low' }],
    },
  }),
  ...service('Machine', 'vsphere_virtual_machine', { host: { 'vsphere-secure-boot-off': ['efi_secure_boot_enabled', notOff, 'starts what nobody signed'] } }),
  ...service('Container', ['proxmox_lxc'], { container: { 'proxmox-privileged': ['unprivileged', notOff, 'has the root of its host as its own', { severity: 'medium' }] } }),
  ...service('Container', ['proxmox_virtual_environment_container'], { container: { 'proxmox-ve-privileged': ['unprivileged', notOff, 'has the root of its host as its own', { severity: 'medium' }] } }),
  ...service('Key', 'tailscale_tailnet_key', {
    expiry: { 'tailscale-key-reused': ['reusable', notOn, 'adds any number of machines', { severity: 'low' }] },
    identity: { 'tailscale-key-unasked': ['preauthorized', notOn, 'adds machines that nobody approved', { severity: 'info' }] },
  }),
  ...service('Machine', 'tailscale_device_key', { expiry: { 'tailscale-device-for-ever': ['key_expiry_disabled', notOn, 'never signs in again'] } }),
  ...service('Settings', 'tailscale_tailnet_settings', { identity: { 'tailscale-devices-unasked': ['devices_approval_on', notOff, 'let machines in that nobody approved', { severity: 'low' }] } }),
  ...service('Project', 'argocd_project', {
    supply: { 'argocd-project-any-source': ['spec.source_repos', byHand(never(/^\*$/, ['*'], ['https://example.com/apps.git'])), 'deploys from every repository', { severity: 'low' }] },
    privilege: {
      'argocd-project-any-namespace': ['spec.destination.namespace', byHand(never(/^\*$/, '*', 'training')), 'may deploy to every namespace', { severity: 'low' }],
      'argocd-project-any-kind': ['spec.cluster_resource_whitelist.kind', byHand(never(/^\*$/, '*', 'Namespace')), 'may make every kind of object in the cluster', { severity: 'medium' }],
    },
  }),
  ...service('Connection', ['argocd_repository', 'argocd_cluster'], {
    transit: { 'argocd-unchecked': ['insecure|config.tls_client_config.insecure', notOn, 'is made without checking the certificate', { severity: 'medium' }] },
  }),
  ...service('Project', 'harbor_project', {
    public: { 'harbor-public': ['public', notOn, 'gives its images to everybody', { severity: 'medium' }] },
    supply: {
      'harbor-scan-off': ['vulnerability_scanning', notOff, 'does not look for known flaws in its images'],
      'harbor-unsigned': ['enable_content_trust|enable_content_trust_cosign', notOff, 'gives out images that nobody signed', { severity: 'info' }],
    },
  }),
  ...service('Robot', 'harbor_robot_account', { expiry: { 'harbor-robot-for-ever': ['duration', byHand({ must: { not: [-1] }, absent: 'fine', sample: { bad: -1, good: 90 } }), 'never ends'] } }),
  ...service('Repository settings', ['nexus_security_anonymous', 'artifactory_general_security'], {
    identity: { 'repository-anonymous': ['enabled|enable_anonymous_access', notOn, 'let everybody in'] },
  }),
  ...service('Build', 'buildkite_pipeline', {
    supply: { 'buildkite-builds-forks': ['provider_settings.build_pull_request_forks', notOn, 'builds what strangers propose', { severity: 'medium' }] },
  }),
  ...service('Organisation', 'buildkite_organization', { identity: { 'buildkite-without-mfa': ['enforce_2fa', notOff, 'asks for no second factor'] } }),
  ...service('Stack', 'spacelift_stack', {
    privilege: { 'spacelift-administrative': ['administrative', notOn, 'may change the account that runs it', { severity: 'medium' }] },
    recovery: { 'spacelift-unprotected': ['protect_from_deletion', notOff, 'can be deleted', { severity: 'info' }] },
  }),
  ...service('Wireless network', ['meraki_networks_wireless_ssids', 'unifi_wlan'], {
    identity: { 'wireless-open': ['auth_mode|security', ifSet('open', 'psk', 'wpapsk', 'wpaeap', '8021x-radius'), 'lets everybody in', { severity: 'medium' }] },
  }),
  ...service('Service', ['routeros_ip_service'], {
    transit: {
      'router-plain-service': ['disabled', notOff, 'lets administrators sign in without TLS', {
        severity: 'medium',
        when: [{ path: 'numbers', must: { is: ['telnet', 'ftp', 'www', 'api'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "routeros_ip_service" "main" {\n  numbers  = "telnet"\n  disabled = false\n             ^^^^^\n}\n',
          good: 'resource "routeros_ip_service" "main" {\n  numbers  = "telnet"\n  disabled = true\n}\n',
          fixed: 'resource "routeros_ip_service" "main" {\n  numbers  = "telnet"\n  disabled = true\n}\n',
        }],
      }],
    },
  }),
  ...service('Key', 'litellm_key', {
    recovery: { 'litellm-key-without-budget': ['max_budget|budget_limits|team_id', { must: 'present', absent: 'bad' }, 'may spend any amount', { severity: 'low', references: ['LLM10:2025', 'SC-5'], why: 'Whoever gets the key spends until somebody looks at the bill.' }] },
  }),
  ...service('Container', 'docker_container', { container: { 'docker-provider-host': ['network_mode|pid_mode|ipc_mode|userns_mode', byHand(never(/^host$/, 'host', 'bridge')), 'shares what belongs to its host', { severity: 'medium' }] } }),
  ...service('Container', 'docker_container', {
    container: { 'docker-provider-socket': ['volumes.host_path|mounts.source', byHand(never(/(?:docker|containerd|podman)\.sock$|^\/$/, '/var/run/docker.sock', '/srv/data')), 'commands its host', { severity: 'high' }] },
  }),
  ...service('Project', 'sonarqube_project', { exposed: { 'sonarqube-public': ['visibility', ifSet('public', 'private'), 'can be read by everybody', { severity: 'low' }] } }),
  ...service('Rights', ['cockroach_allow_list'], { exposed: { 'cockroach-everybody': ['cidr_mask', byHand({ must: { not: [0] }, absent: 'fine', sample: { bad: 0, good: 32 } }), 'let every address in'] } }),
  ...service('Database', 'rediscloud_subscription_database', { identity: { 'redis-cloud-default-user': ['enable_default_user', notOn, 'keeps the user that everybody knows', { severity: 'low' }] } }),
  ...service('Capability', ['docker_service'], { container: { 'docker-service-capability': ['task_spec.container_spec.cap_add', none, 'gets more capabilities', { severity: 'medium' }] } }),
];

function confluent() {
  const wrap = (kind: string, mark = ''): string => `resource "confluent_kafka_cluster" "main" {\n  ${kind} {}\n${mark}}\n`;
  return { file: 'main.tf', bad: wrap('basic', `  ^^^^^^^^\n`), good: wrap('enterprise') };
}
