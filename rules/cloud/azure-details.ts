import { byHand, ifSet, inBicep, is, never, not, notOff, notOn, on, service } from '../_families.ts';

const machines = ['azurerm_windows_virtual_machine', 'azurerm_windows_virtual_machine_scale_set'];

/** Settings further in, of services whose main settings stand in tables of their own. Source: the provider's pages of the resources. */
export default [
  ...service('Windows machine', machines, {
    transit: { 'winrm-plaintext': ['winrm_listener.protocol', ifSet('Http', 'Https'), 'is managed over plain HTTP', { severity: 'medium', arm: 'properties.osProfile.windowsConfiguration.winRM.listeners.protocol|properties.virtualMachineProfile.osProfile.windowsConfiguration.winRM.listeners.protocol' }] },
  }),
  ...service('Windows machine', ['azurerm_virtual_machine', 'azurerm_virtual_machine_scale_set'], {
    transit: { 'older-winrm-plaintext': ['os_profile_windows_config.winrm.protocol', ifSet('HTTP', 'HTTPS'), 'is managed over plain HTTP', { severity: 'medium' }] },
    patching: { 'older-machine-without-updates': ['os_profile_windows_config.enable_automatic_upgrades', notOff, 'gets no automatic updates'] },
    logging: { 'machine-without-boot-log': ['boot_diagnostics.enabled', notOff, 'keeps no log of how it starts', { severity: 'info' }] },
  }),
  ...service('Machines', 'azurerm_orchestrated_virtual_machine_scale_set', {
    transit: { 'flexible-set-winrm-plaintext': ['os_profile.windows_configuration.winrm_listener.protocol', ifSet('Http', 'Https'), 'are managed over plain HTTP', { severity: 'medium' }] },
    identity: { 'flexible-set-passwords': ['os_profile.linux_configuration.disable_password_authentication', notOff, 'accept passwords'] },
    host: { 'flexible-set-forwarding': ['network_interface.enable_ip_forwarding', notOn, 'pass packets on'] },
  }),
  ...service('Extension', ['azurerm_virtual_machine_extension', 'azurerm_virtual_machine_scale_set_extension', 'azurerm_arc_machine_extension'], {
    patching: { 'extension-not-upgraded': ['automatic_upgrade_enabled|auto_upgrade_minor_version', notOff, 'stays at an old version', { severity: 'info', arm: 'properties.enableAutomaticUpgrade|properties.autoUpgradeMinorVersion' }] },
  }),
  ...service('App slot', ['azurerm_linux_web_app_slot', 'azurerm_windows_web_app_slot', 'azurerm_linux_function_app_slot', 'azurerm_windows_function_app_slot'], {
    transit: { 'slot-basic-ftp-publish': ['ftp_publish_basic_authentication_enabled', notOff, 'lets code be published with a password over FTP', { severity: 'low' }] },
    identity: { 'slot-basic-publish': ['webdeploy_publish_basic_authentication_enabled', notOff, 'lets code be published with a password', { severity: 'low' }] },
  }),
  ...service('App environment', 'azurerm_app_service_environment_v3', {
    exposed: {
      'app-environment-external': ['internal_load_balancing_mode', { ...is('Web, Publishing'), sample: { bad: 'None' } }, 'is reachable from the internet', { severity: 'low', confidence: 'medium', arm: 'properties.internalLoadBalancingMode' }],
      'app-environment-debugging': ['remote_debugging_enabled', notOn, 'can be debugged from afar', { severity: 'medium', arm: 'properties.networkingConfiguration.properties.remoteDebugEnabled' }],
    },
  }),
  ...service('Container group', 'azurerm_container_group', {
    container: { 'container-group-init-privileged': ['init_container.security.privilege_enabled', notOn, 'prepares with a privileged container', { severity: 'high', arm: 'properties.initContainers.properties.securityContext.privileged' }] },
  }),
  ...service('Container registry', 'azurerm_container_registry', {
    recovery: { 'registry-copy-one-zone': ['georeplications.zone_redundancy_enabled', notOff, 'keeps a copy in one zone only', { severity: 'info' }] },
  }),
  ...service('API gateway', 'azurerm_api_management', {
    oldTls: {
      'api-management-cbc-ciphers': [
        ['ecdhe_ecdsa_with_aes256_cbc_sha', 'ecdhe_rsa_with_aes256_cbc_sha', 'rsa_with_aes128_cbc_sha256', 'rsa_with_aes256_cbc_sha256', 'rsa_with_aes128_gcm_sha256', 'rsa_with_aes256_gcm_sha384']
          .map((name) => `security.tls_${name}_ciphers_enabled`).join('|'),
        notOn, 'accepts weak ciphers', { severity: 'low' },
      ],
    },
    privilege: { 'api-management-tenant-access': ['tenant_access.enabled', notOn, 'lets its whole configuration be changed with a key', { severity: 'low' }] },
  }),
  ...service('Backend', 'azurerm_api_management_backend', {
    transit: { 'api-backend-any-name': ['tls.validate_certificate_name', notOff, 'accepts certificates of other hosts', { severity: 'medium', arm: 'properties.tls.validateCertificateName' }] },
  }),
  ...service('Application gateway', 'azurerm_application_gateway', {
    oldTls: { 'gateway-profile-old-tls': ['ssl_profile.ssl_policy.min_protocol_version', never(/^TLSv1_[01]$/, 'TLSv1_0', 'TLSv1_2'), 'accepts outdated TLS versions', { arm: 'properties.sslProfiles.properties.sslPolicy.minProtocolVersion' }] },
  }),
  ...service('AI account', ['azurerm_cognitive_account', 'azurerm_ai_services'], {
    segmentation: {
      'ai-account-unrestricted-outbound': ['outbound_network_access_restricted', byHand(on), 'may send data anywhere', {
        severity: 'info', arm: 'properties.restrictOutboundNetworkAccess', when: [{ path: 'kind', must: { is: ['OpenAI', 'AIServices'] } }], noFix: 'The hosts that it needs have to be known.',
        examples: [{
          file: 'main.tf',
          bad: 'resource "azurerm_cognitive_account" "chat" {\n                                      ^^^^\n  kind = "OpenAI"\n}\n',
          good: 'resource "azurerm_cognitive_account" "chat" {\n  kind                               = "OpenAI"\n  outbound_network_access_restricted = true\n  fqdns                              = ["example.com"]\n}\n',
        }],
      }],
    },
  }),
  ...service('Kubernetes cluster', 'azurerm_kubernetes_cluster', {
    segmentation: { 'aks-vault-public': ['key_management_service.key_vault_network_access', ifSet('Public', 'Private'), 'fetches its key over the internet', { severity: 'low', arm: 'properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess' }] },
  }),
  ...service('Workspace', 'azurerm_machine_learning_workspace', {
    exposed: { 'ml-serverless-public-address': ['serverless_compute.public_ip_enabled', notOn, 'gives its machines public addresses', { severity: 'medium', arm: '!properties.serverlessComputeSettings.serverlessComputeNoPublicIP' }] },
  }),
  ...service('Administrator', 'azurerm_mssql_managed_instance_active_directory_administrator', {
    identity: { 'managed-instance-own-logins': ['azuread_authentication_only', on, 'leaves logins with passwords on', { severity: 'low' }] },
  }),
  ...service('NetApp account', 'azurerm_netapp_account', {
    transit: { 'netapp-ldap-plain': ['active_directory.ldap_over_tls_enabled|active_directory.ldap_signing_enabled', notOff, 'speaks with its directory in the clear', { severity: 'medium', arm: 'properties.activeDirectories.ldapOverTLS|properties.activeDirectories.ldapSigning' }] },
  }),
  ...service('Volumes', ['azurerm_netapp_volume_group_oracle', 'azurerm_netapp_volume_group_sap_hana'], {
    privilege: { 'netapp-group-root': ['volume.export_policy_rule.root_access_enabled', notOn, 'are open to root of their clients', { severity: 'low' }] },
  }),
  ...service('Cache', 'azurerm_hpc_cache', {
    privilege: { 'hpc-cache-root': ['default_access_policy.access_rule.root_squash_enabled', notOff, 'is open to root of its clients', { severity: 'low' }] },
    transit: { 'hpc-cache-ldap-plain': ['directory_ldap.encrypted', notOff, 'speaks with its directory in the clear', { severity: 'medium' }] },
  }),
  ...service('Access policy', 'azurerm_hpc_cache_access_policy', {
    privilege: { 'hpc-policy-root': ['access_rule.root_squash_enabled', notOff, 'is open to root of its clients', { severity: 'low' }] },
  }),
  ...service('Autonomous database', ['azurerm_oracle_autonomous_database', 'azurerm_oracle_autonomous_database_clone_from_backup', 'azurerm_oracle_autonomous_database_clone_from_database'], {
    transit: { 'azure-oracle-without-mutual-tls': ['mtls_connection_required', notOff, 'lets clients connect without a certificate', { severity: 'low' }] },
  }),
  ...service('Cassandra cluster', 'azurerm_cosmosdb_cassandra_cluster', {
    identity: { 'cassandra-without-sign-in': ['authentication_method', ifSet('None', 'Cassandra'), 'lets clients in that did not sign in', { severity: 'high', arm: 'properties.authenticationMethod' }] },
  }),
  ...service('Socket service', 'azurerm_web_pubsub_socketio', {
    exposed: { 'public-socketio': ['public_network_access', { ...is('Disabled'), sample: { bad: 'Enabled' } }, 'is reachable from the internet', { severity: 'low' }] },
    identity: { 'socketio-keys': ['local_auth_enabled', { must: { is: [false] }, absent: 'bad', set: false }, 'lets clients in with keys', { severity: 'low' }] },
  }),
  ...service('Event namespace', 'azurerm_eventgrid_partner_namespace', {
    identity: { 'partner-namespace-keys': ['local_authentication_enabled', { must: { is: [false] }, absent: 'bad', set: false }, 'lets clients in with keys', { severity: 'low', arm: '!properties.disableLocalAuth' }] },
  }),
  ...service('Messaging namespace', 'azurerm_eventhub_namespace', {
    exposed: { 'eventhub-rules-public': ['network_rulesets.public_network_access_enabled', notOn, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('Messaging namespace', 'azurerm_servicebus_namespace', {
    exposed: { 'servicebus-rules-public': ['network_rule_set.public_network_access_enabled', notOn, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('Function app', 'azurerm_function_app_flex_consumption', {
    exposed: { 'flex-app-public': ['public_network_access_enabled', { must: { is: [false] }, absent: 'bad', set: false }, 'is reachable from the internet', { severity: 'info' }] },
    machineIdentity: { 'flex-app-storage-key': ['storage_authentication_type', not('SystemAssignedIdentity', 'StorageAccountConnectionString'), 'reads its code with the key of a storage account', { arm: false }] },
  }),
  ...service('Database', 'azurerm_mssql_database', {
    rotation: { 'sql-key-not-rotated': ['transparent_data_encryption_key_automatic_rotation_enabled', notOff, 'keeps an old version of its key', { severity: 'info', arm: 'properties.encryptionProtectorAutoRotation' }] },
  }),
  ...service('Spring gateway', 'azurerm_spring_cloud_gateway', {
    clientCertificate: { 'spring-clients-unchecked': ['client_authorization.verification_enabled', notOff, 'does not check the certificates of its clients'] },
  }),
  ...service('Forwarding rule', ['azurerm_lb_nat_rule', 'azurerm_lb_nat_pool'], {
    exposed: { 'lb-forwards-administration': ['backend_port', not(undefined, 22, 23, 3389, 5985, 5986), 'passes connections on to a port for administration', { severity: 'medium', confidence: 'medium' }] },
  }),
  ...service('Relay', 'azurerm_relay_namespace', {
    identity: { 'relay-keys': ['local_authentication_enabled', notOn, 'lets clients in with keys', { severity: 'low', terraform: false, arm: '!properties.disableLocalAuth', examples: inBicep('Microsoft.Relay/namespaces', 'properties.disableLocalAuth', false, true) }] },
  }),
  ...service('Rules for addresses', 'azurerm_iotcentral_application_network_rule_set', { exposed: { 'iot-central-open': ['default_action', ifSet('Allow', 'Deny'), 'let everybody in', { severity: 'medium' }] } }),
  ...service('Pool', 'azurerm_batch_pool', {
    host: { 'batch-pool-secure-boot': ['security_profile.secure_boot_enabled', notOff, 'starts without secure boot'] },
    atRest: { 'batch-pool-host-plain': ['security_profile.host_encryption_enabled', notOff, 'keeps temporary disks in the clear', { severity: 'low' }] },
  }),
  ...service('Private scope', ['azurerm_arc_private_link_scope', 'azurerm_resource_management_private_link_association'], {
    exposed: { 'private-scope-public': ['public_network_access_enabled', notOn, 'leaves the public way open', { severity: 'low' }] },
  }),
  ...service('Pool of desktops', 'azurerm_dev_center_project_pool', {
    privilege: { 'dev-box-administrator': ['local_administrator_enabled', notOn, 'makes its users administrators', { severity: 'low', arm: 'properties.localAdministrator' }] },
  }),
  ...service('Hadoop cluster', 'azurerm_hdinsight_hadoop_cluster', {
    identity: { 'hadoop-edge-open': ['roles.edge_node.https_endpoints.disable_gateway_auth', notOn, 'lets people in who did not sign in', { severity: 'high' }] },
  }),
  ...service('Hub', 'azurerm_iothub', {
    exposed: { 'iothub-event-endpoint-open': ['network_rule_set.apply_to_builtin_eventhub_endpoint', notOff, 'leaves the endpoint for events open', { severity: 'low', arm: 'properties.networkRuleSets.applyToBuiltInEventHubEndpoint' }] },
  }),
  ...service('Security solution', 'azurerm_iot_security_solution', {
    logging: { 'iot-log-addresses': ['log_unmasked_ips_enabled', notOn, 'writes whole addresses into its log', { severity: 'info', arm: '!properties.unmaskedIpLoggingStatus' }] },
  }),
  ...service('Certificate', 'azurerm_key_vault_certificate', {
    rotation: { 'certificate-reuses-key': ['certificate_policy.key_properties.reuse_key', notOn, 'keeps its key when it is renewed', { severity: 'info' }] },
  }),
  ...service('Rule for roles', 'azurerm_role_management_policy', {
    identity: { 'role-without-second-factor': ['active_assignment_rules.require_multifactor_authentication', notOff, 'gives roles without a second factor'] },
  }),
  ...service('Vault', 'azurerm_recovery_services_vault', {
    atRest: { 'vault-encrypted-once': ['encryption.infrastructure_encryption_enabled', notOff, 'encrypts backups only once', { severity: 'info', arm: false }] },
  }),
  ...service('Messaging key', 'azurerm_servicebus_namespace_customer_managed_key', {
    atRest: { 'servicebus-encrypted-once': ['infrastructure_encryption_enabled', notOff, 'encrypts messages only once', { severity: 'info' }] },
  }),
  ...service('Spring service', 'azurerm_spring_cloud_service', {
    exposed: { 'spring-log-public': ['log_stream_public_endpoint_enabled', notOn, 'shows its log to the internet', { severity: 'medium' }] },
    transit: {
      'spring-host-key-unchecked': [
        'config_server_git_setting.ssh_auth.strict_host_key_checking_enabled|config_server_git_setting.repository.ssh_auth.strict_host_key_checking_enabled', notOff, 'does not check the key of the host of its configuration', { severity: 'medium' },
      ],
    },
  }),
  ...service('Spring tools', 'azurerm_spring_cloud_dev_tool_portal', { exposed: { 'spring-tools-public': ['public_network_access_enabled', notOn, 'are reachable from the internet', { severity: 'low' }] } }),
  ...service('Spring binding', 'azurerm_spring_cloud_app_redis_association', { transit: { 'spring-redis-plain': ['ssl_enabled', notOff, 'speaks with the cache in the clear', { severity: 'medium' }] } }),
  ...service('Spring agent', 'azurerm_spring_cloud_app_dynamics_application_performance_monitoring', { transit: { 'spring-agent-plain': ['controller_ssl_enabled', notOff, 'sends what it sees in the clear', { severity: 'medium' }] } }),
  ...service('Vulnerability check', 'azurerm_synapse_sql_pool_vulnerability_assessment', {
    detection: { 'pool-check-once': ['recurring_scans.enabled', on, 'is not repeated', { severity: 'low' }] },
  }),
  ...service('VPN gateway', 'azurerm_virtual_network_gateway', {
    transit: { 'vpn-replay': ['ip_sec_replay_protection_enabled', notOff, 'accepts packets again that it has seen', { severity: 'medium', arm: '!properties.disableIPSecReplayProtection' }] },
    oldTls: { 'vpn-client-weak-cipher': ['vpn_client_configuration.ipsec_policy.ike_encryption|vpn_client_configuration.ipsec_policy.ipsec_encryption', never(/^(?:DES3?|None)$/i, 'DES3', 'GCMAES256'), 'uses a weak cipher', { arm: 'properties.vpnClientConfiguration.vpnClientIpsecPolicies.ikeEncryption|properties.vpnClientConfiguration.vpnClientIpsecPolicies.ipsecEncryption' }],
      'vpn-client-weak-integrity': ['vpn_client_configuration.ipsec_policy.ike_integrity|vpn_client_configuration.ipsec_policy.ipsec_integrity', never(/^(?:MD5|SHA1)$/i, 'MD5', 'SHA256'), 'checks messages with a weak hash', { arm: 'properties.vpnClientConfiguration.vpnClientIpsecPolicies.ikeIntegrity|properties.vpnClientConfiguration.vpnClientIpsecPolicies.ipsecIntegrity' }] },
  }),
  ...service('VPN connection', 'azurerm_vpn_gateway_connection', {
    oldTls: { 'wan-vpn-weak-cipher': ['vpn_link.ipsec_policy.encryption_algorithm|vpn_link.ipsec_policy.ike_encryption_algorithm', never(/^(?:DES3?|None)$/i, 'DES3', 'GCMAES256'), 'uses a weak cipher', { arm: 'properties.vpnLinkConnections.properties.ipsecPolicies.ipsecEncryption|properties.vpnLinkConnections.properties.ipsecPolicies.ikeEncryption|properties.ipsecPolicies.ipsecEncryption|properties.ipsecPolicies.ikeEncryption' }],
      'wan-vpn-weak-integrity': ['vpn_link.ipsec_policy.integrity_algorithm|vpn_link.ipsec_policy.ike_integrity_algorithm', never(/^(?:MD5|SHA1)$/i, 'MD5', 'SHA256'), 'checks messages with a weak hash', { arm: 'properties.vpnLinkConnections.properties.ipsecPolicies.ipsecIntegrity|properties.vpnLinkConnections.properties.ipsecPolicies.ikeIntegrity|properties.ipsecPolicies.ipsecIntegrity|properties.ipsecPolicies.ikeIntegrity' }] },
  }),
  ...service('VPN clients', 'azurerm_vpn_server_configuration', {
    oldTls: { 'vpn-server-weak-cipher': ['ipsec_policy.ike_encryption|ipsec_policy.ipsec_encryption', never(/^(?:DES3?|None)$/i, 'DES3', 'GCMAES256'), 'use a weak cipher', { arm: 'properties.vpnClientIpsecPolicies.ikeEncryption|properties.vpnClientIpsecPolicies.ipsecEncryption' }],
      'vpn-server-weak-integrity': ['ipsec_policy.ike_integrity|ipsec_policy.ipsec_integrity', never(/^(?:MD5|SHA1)$/i, 'MD5', 'SHA256'), 'check messages with a weak hash', { arm: 'properties.vpnClientIpsecPolicies.ikeIntegrity|properties.vpnClientIpsecPolicies.ipsecIntegrity' }] },
  }),
  ...service('Dashboard', 'azurerm_dashboard_grafana', {
    transit: { 'grafana-mail-plain': ['smtp.start_tls_policy', ifSet('NoStartTLS', 'MandatoryStartTLS'), 'sends mail in the clear', { severity: 'medium', arm: 'properties.grafanaConfigurations.smtp.startTLSPolicy' }] },
  }),
  ...service('Deployment', ['azurerm_resource_group_template_deployment', 'azurerm_subscription_template_deployment', 'azurerm_management_group_template_deployment', 'azurerm_tenant_template_deployment'], {
    secret: { 'deployment-logs-content': ['debug_level', never(/Content/i, 'requestContent, responseContent', 'none'), 'logs what is sent, with the secrets in it', { severity: 'medium' }] },
  }),
  ...service('Registry', 'azurerm_container_connected_registry', { logging: { 'connected-registry-without-log': ['audit_log_enabled', notOff, 'records no access'] } }),
  ...service('Machine profile', 'azurerm_automanage_configuration', {
    detection: { 'automanage-without-protection': ['antimalware.real_time_protection_enabled', notOff, 'leaves machines without protection against malware'] },
  }),
  ...service('SAP system', ['azurerm_workloads_sap_single_node_virtual_instance', 'azurerm_workloads_sap_three_tier_virtual_instance', 'azurerm_workloads_sap_discovery_virtual_instance'], {
    exposed: { 'sap-public': ['managed_resources_network_access_type', ifSet('Public', 'Private'), 'is managed over the internet', { severity: 'low' }] },
  }),
  ...service('App', ['azurerm_linux_web_app', 'azurerm_windows_web_app', 'azurerm_linux_function_app', 'azurerm_windows_function_app'], {
    identity: { 'app-nonce-unchecked': ['auth_settings_v2.login.validate_nonce', notOff, 'does not check the nonce of a sign-in', { arm: false }] },
  }),
];
