import { file, play } from '../_ansible-samples.ts';
import { byHand, ifSet, inBicep, is, least, needed, never, not, notOff, notOn, off, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Single protections of Azure's services that have no table of their own. */
export default [
  ...service('Database', 'azurerm_mssql_managed_database', {
    recovery: { 'sql-managed-short-backups': ['short_term_retention_days', least(7), 'keeps its backups for less than a week', { arm: false }] },
  }),
  ...service('Backup policy', 'azurerm_mssql_database_backup_policy', {
    recovery: {
      'sql-backup-policy-short': ['retention_days', least(7), 'keeps its backups for less than a week', { terraform: false, arm: 'properties.retentionDays', examples: [{
        file: 'main.bicep',
        bad: "resource backups 'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies@2023-08-01' = {\n  name: 'server/db/default'\n  properties: {\n    retentionDays: 1\n                   ^\n  }\n}\n",
        good: "resource backups 'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies@2023-08-01' = {\n  name: 'server/db/default'\n  properties: {\n    retentionDays: 14\n  }\n}\n",
      }] }],
    },
  }),
  ...service('Vault', 'azurerm_recovery_services_vault_backup_config', {
    recovery: { 'backup-config-final-deletion': ['soft_delete_feature_state', ifSet('Disabled', 'Enabled', 'AlwaysON'), 'deletes backups at once and for good', { terraform: false, severity: 'medium', arm: 'properties.softDeleteFeatureState', examples: inBicep('Microsoft.RecoveryServices/vaults/backupconfig', 'properties.softDeleteFeatureState', 'Disabled', 'Enabled') }] },
    identity: { 'backup-config-without-pin': ['enhanced_security_state', ifSet('Disabled', 'Enabled'), 'lets backups be stopped without a second proof', { terraform: false, severity: 'low', arm: 'properties.enhancedSecurityState', examples: inBicep('Microsoft.RecoveryServices/vaults/backupconfig', 'properties.enhancedSecurityState', 'Disabled', 'Enabled') }] },
  }),
  ...service('Kubernetes cluster', 'azurerm_kubernetes_automatic_cluster', {
    exposed: { 'automatic-cluster-api-anywhere': ['api_server_access.authorized_ip_ranges', byHand(not(['203.0.113.0/24'], '0.0.0.0/0', '::/0')), 'lets its API be reached from every address'] },
  }),
  ...service('Deployment', 'azurerm_stack_hci_deployment_setting', {
    atRest: {
      'stack-boot-volume-plain': ['scale_unit.bitlocker_boot_volume_enabled', notOff, 'leaves the disks that machines start from unencrypted', { severity: 'medium' }],
      'stack-data-volume-plain': ['scale_unit.bitlocker_data_volume_enabled', notOff, 'leaves the disks for data unencrypted', { severity: 'medium' }],
    },
    transit: { 'stack-cluster-plain': ['scale_unit.smb_cluster_encryption_enabled', notOff, 'does not encrypt what its machines say to each other', { severity: 'low' }] },
    host: {
      'stack-credentials-unguarded': ['scale_unit.credential_guard_enabled', notOff, 'does not guard credentials in memory'],
      'stack-start-unmeasured': ['scale_unit.drtm_protection_enabled', notOff, 'does not measure how its machines start'],
      'stack-code-unchecked': ['scale_unit.hvci_protection_enabled', notOff, 'lets unsigned code into the kernel'],
      'stack-drift': ['scale_unit.drift_control_enabled', notOff, 'does not restore changed security settings'],
      'stack-application-control-off': ['scale_unit.wdac_enabled', notOff, 'lets any program run'],
    },
  }),
  ...service('Managed application', 'azurerm_managed_application_definition', {
    privilege: { 'managed-application-unlocked': ['lock_level', ifSet('None', 'ReadOnly', 'CanNotDelete'), 'lets customers change what it manages', { severity: 'low', arm: 'properties.lockLevel' }] },
  }),
  ...service('Certificate', 'azurerm_automation_certificate', {
    privilege: { 'automation-certificate-exportable': ['exportable', notOn, 'gives its private key away', { severity: 'low', arm: 'properties.isExportable' }] },
  }),
  ...service('Pool', 'azurerm_managed_devops_pool', {
    privilege: { 'devops-pool-key-exportable': ['virtual_machine_scale_set_fabric.security.key_vault_management.key_export_enabled', notOn, 'lets jobs take private keys away', { severity: 'low', arm: 'properties.fabricProfile.osProfile.secretsManagementSettings.keyExportable' }] },
  }),
  ...service('Lab network', 'azurerm_dev_test_virtual_network', {
    exposed: { 'lab-network-public-addresses': ['subnet.use_public_ip_address', ifSet('Allow', 'Deny'), 'lets its machines have public addresses', { severity: 'low', arm: 'properties.subnetOverrides.usePublicIpAddressPermission' }] },
  }),
  ...service('Machines', ['azurerm_linux_virtual_machine_scale_set', 'azurerm_windows_virtual_machine_scale_set'], {
    host: { 'scale-set-forwarding': ['network_interface.ip_forwarding_enabled|network_interface.enable_ip_forwarding', notOn, 'pass packets on', { arm: 'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.properties.enableIPForwarding' }] },
  }),
  ...service('Rule for roles', 'azurerm_role_management_policy', {
    privilege: { 'role-without-approval': ['activation_rules.require_approval', notOff, 'lets roles be taken up without approval', { severity: 'info' }] },
  }),
  ...service('Cluster', ['azurerm_hdinsight_hadoop_cluster', 'azurerm_hdinsight_hbase_cluster', 'azurerm_hdinsight_interactive_query_cluster', 'azurerm_hdinsight_kafka_cluster', 'azurerm_hdinsight_spark_cluster'], {
    oldTls: { 'hadoop-weak-key-cipher': ['disk_encryption.encryption_algorithm', ifSet('RSA1_5', 'RSA-OAEP-256', 'RSA-OAEP'), 'wraps the keys of its disks with outdated padding', { severity: 'low', arm: 'properties.diskEncryptionProperties.encryptionAlgorithm' }] },
  }),
  ...service('File share', 'azurerm_storage_share', {
    privilege: { 'azure-share-root': ['root_squash', not('RootSquash', 'NoRootSquash'), 'lets root of its clients be root', { terraform: false, severity: 'low', arm: 'properties.rootSquash', examples: inBicep('Microsoft.Storage/storageAccounts/fileServices/shares', 'properties.rootSquash', 'NoRootSquash', 'RootSquash') }] },
  }),
  ...service('Machines', 'azurerm_virtual_machine_scale_set', {
    exposed: { 'scale-set-public-machines': ['public_ip_per_vm', notOn, 'have public addresses', { terraform: false, severity: 'medium', examples: task('azure_rm_virtualmachinescaleset', 'public_ip_per_vm: true', 'public_ip_per_vm: false', 'true') }] },
  }),
  ...service('Web app', 'azurerm_app_service_access_restriction', {
    exposed: {
      'web-app-allows-every-address': ['ip_security_restrictions.ip_address|scm_ip_security_restrictions.ip_address', never(/^(?:0\.0\.0\.0|::0?)\/0$/, '0.0.0.0/0', '203.0.113.0/24'), 'lets every address in', {
        terraform: false, severity: 'medium', orPath: [{ path: 'ip_security_restrictions.action', must: { is: ['Deny'] } }, { path: 'scm_ip_security_restrictions.action', must: { is: ['Deny'] } }],
        examples: task('azure_rm_webappaccessrestriction', 'ip_security_restrictions: [{ name: all, ip_address: 0.0.0.0/0 }]', 'ip_security_restrictions: [{ name: office, ip_address: 203.0.113.0/24 }]', '0.0.0.0/0'),
      }],
    },
  }),
  ...service('File system', 'azurerm_managed_lustre_file_system', {
    customerKey: { 'lustre-without-key': ['encryption_key', needed, key, { severity: 'info', arm: 'properties.encryptionSettings' }] },
  }),
  ...service('Cluster', 'azurerm_service_fabric_managed_cluster', {
    exposed: { 'fabric-remote-desktop': ['allow_rdp_access', notOn, 'lets the internet at the desktops of its machines', { terraform: false, severity: 'medium', arm: 'properties.allowRdpAccess', examples: inBicep('Microsoft.ServiceFabric/managedClusters', 'properties.allowRdpAccess', true, false) }] },
  }),
  ...service('Named value', 'azurerm_api_management_workspace_named_value', {
    secret: { 'api-workspace-value-plain': ['secret', notOff, 'is shown to everybody who may read it', { severity: 'info', confidence: 'low', arm: 'properties.secret' }] },
  }),
  ...service('Log table', ['azurerm_log_analytics_workspace_table', 'azurerm_log_analytics_workspace_table_custom_log', 'azurerm_log_analytics_workspace_table_microsoft'], {
    retention: { 'log-table-short': ['total_retention_in_days|retention_in_days', { must: { least: 30 }, absent: 'fine', set: 90, sample: { bad: 7 } }, 'is kept for less than a month', { severity: 'info', arm: 'properties.totalRetentionInDays|properties.retentionInDays' }] },
  }),
  ...service('Health workspace', 'azurerm_healthcare_workspace', {
    exposed: { 'public-health-workspace': ['public_network_access', is('Disabled'), 'is reachable from the internet', { terraform: false, severity: 'low', confidence: 'medium', arm: 'properties.publicNetworkAccess', examples: inBicep('Microsoft.HealthcareApis/workspaces', 'properties.publicNetworkAccess', 'Enabled', 'Disabled') }] },
  }),
  ...service('Communication service', 'azurerm_communication_service', {
    identity: { 'communication-keys': ['disable_local_auth', off, 'accepts keys', { terraform: false, severity: 'info', arm: '!properties.disableLocalAuth', must: { is: [false] }, examples: inBicep('Microsoft.Communication/communicationServices', 'properties.disableLocalAuth', false, true) }] },
    exposed: { 'public-communication-service': ['public_network_access', ifSet('Enabled', 'Disabled', 'SecuredByPerimeter'), 'is reachable from the internet', { terraform: false, severity: 'info', arm: 'properties.publicNetworkAccess', examples: inBicep('Microsoft.Communication/communicationServices', 'properties.publicNetworkAccess', 'Enabled', 'Disabled') }] },
  }),
  ...service('Test workspace', 'azurerm_playwright_workspace', {
    identity: { 'playwright-keys': ['local_auth', ifSet('Enabled', 'Disabled'), 'accepts access tokens', { terraform: false, severity: 'low', arm: 'properties.localAuth', examples: inBicep('Microsoft.LoadTestService/playwrightWorkspaces', 'properties.localAuth', 'Enabled', 'Disabled') }] },
  }),
  ...service('Spark pool', 'azurerm_synapse_spark_pool', {
    patching: { 'spark-pool-outdated': ['spark_version', never(/^(?:2\.|3\.[0-3](?:\D|$))/, '3.2', '3.5'), 'runs a version of Spark that gets no updates', { arm: 'properties.sparkVersion' }] },
  }),
  ...service('Host name', ['azurerm_app_service_custom_hostname_binding', 'azurerm_app_service_slot_custom_hostname_binding'], {
    transit: { 'web-app-name-tls-off': ['ssl_state', not('SniEnabled', 'Disabled'), 'is served without a certificate', { severity: 'low', terraform: false, arm: 'properties.sslState', examples: inBicep('Microsoft.Web/sites/hostNameBindings', 'properties.sslState', 'Disabled', 'SniEnabled') }] },
  }),
];

/** Samples of a task, for what only a module of Ansible has. */
function task(module: string, bad: string, good: string, marked: string) {
  const lines = (line: string): readonly string[] => ['- name: deploy', `  azure.azcollection.${module}:`, '    resource_group: clinic', '    name: main', `    ${line}`];
  return [{ file, bad: play(...lines(bad), `${' '.repeat(4 + bad.lastIndexOf(marked))}${'^'.repeat(marked.length)}`), good: play(...lines(good)) }];
}
