import { ifSet, is, least, missing, needed, never, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Managed disk set', 'azurerm_snapshot', {
    atRest: { 'azure-snapshot-plain': ['encryption_settings.enabled', notOff, 'is stored without encryption at rest', { arm: 'properties.encryptionSettingsCollection.enabled' }] },
    exposed: { 'azure-snapshot-public': ['public_network_access_enabled', off, 'can be exported from the internet', { arm: 'properties.publicNetworkAccess', severity: 'info' }] },
  }),
  ...service('Elastic storage', 'azurerm_elastic_san', {
    customerKey: { 'elastic-san-without-key': ['encryption', needed, key, { severity: 'info' }] },
    exposed: { 'elastic-san-public': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }] },
  }),
  ...service('File system', ['azurerm_netapp_volume'], {
    identity: { 'netapp-without-kerberos': ['kerberos_enabled', on, 'knows its clients by address only', { arm: 'properties.kerberosEnabled', severity: 'info', confidence: 'low' }] },
    exposed: { 'netapp-open': ['export_policy_rule.allowed_clients', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in', { arm: 'properties.exportPolicy.rules.allowedClients' }] },
  }),
  ...service('Disk', 'azurerm_managed_disk', {
    atRest: {
      'azure-disk-encryption-off': [
        'encryption_settings.enabled',
        notOff,
        'has its encryption switched off',
        { arm: 'properties.encryptionSettingsCollection.enabled' },
      ],
      'azure-disk-unencrypted': [
        'encryption_settings',
        needed,
        'names no encryption',
        {
          arm: 'properties.encryptionSettingsCollection|properties.encryption|properties.encryptionSettings',
          severity: 'info',
          confidence: 'low',
          orPath: [{ path: 'disk_encryption_set_id|secure_vm_disk_encryption_set_id', must: 'present' }],
        },
      ],
    },
    customerKey: {
      'azure-disk-without-key': [
        'disk_encryption_set_id',
        needed,
        key,
        { arm: 'properties.encryption.diskEncryptionSetId', ansible: 'disk_encryption_set', severity: 'info' },
      ],
    },
    exposed: {
      'azure-disk-public': [
        'public_network_access_enabled',
        off,
        'can be exported from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
      'azure-disk-network-policy': [
        'network_access_policy',
        { must: { not: ['AllowAll'] }, absent: 'fine', set: 'DenyAll' },
        'can be exported over every network',
        { arm: 'properties.networkAccessPolicy', severity: 'low' },
      ],
    },
  }),
  ...service('Disk encryption set', 'azurerm_disk_encryption_set', {
    rotation: {
      'disk-encryption-set-without-rotation': [
        'auto_key_rotation_enabled',
        on,
        'does not follow new versions of its key',
        { arm: 'properties.rotationToLatestKeyVersionEnabled', severity: 'info' },
      ],
    },
  }),
  ...service('Recovery vault', 'azurerm_recovery_services_vault', {
    recovery: {
      'recovery-vault-soft-delete': [
        'soft_delete_enabled',
        notOff,
        'cannot bring deleted backups back',
        { arm: 'properties.securitySettings.softDeleteSettings.softDeleteState' },
      ],
      'recovery-vault-changeable': ['immutability', ifSet('Disabled', 'Locked', 'Unlocked'), 'lets its backups be changed', { arm: 'properties.securitySettings.immutabilitySettings.state', severity: 'info' }],
    },
    machineIdentity: { 'recovery-vault-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    customerKey: { 'recovery-vault-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }] },
    exposed: {
      'public-recovery-vault': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
    },
  }),
  ...service('Backup vault', 'azurerm_data_protection_backup_vault', {
    recovery: {
      'backup-vault-soft-delete-off': ['soft_delete', ifSet('Off', 'On', 'AlwaysOn'), 'cannot bring deleted backups back', { arm: 'properties.securitySettings.softDeleteSettings.state' }],
      'backup-vault-one-place': ['redundancy', ifSet('LocallyRedundant', 'GeoRedundant', 'ZoneRedundant'), 'is kept in one place', { arm: 'properties.storageSettings.type', severity: 'info' }],
    },
  }),
  ...service('NetApp account', 'azurerm_netapp_account', {
    transit: {
      'netapp-directory-without-aes': [
        'active_directory.aes_encryption_enabled',
        on,
        'signs in to its directory with weak ciphers',
        {
          severity: 'low',
          when: [{ path: 'active_directory', must: 'present' }],
          examples: missing(
            'azurerm_netapp_account',
            '  active_directory {\n    domain = "example.com"\n  }\n',
            '  active_directory {\n    aes_encryption_enabled = true\n  }\n',
          ),
        },
      ],
    },
  }),
  ...service('Volume', 'azurerm_netapp_volume', {
    privilege: { 'netapp-root-access': ['export_policy_rule.root_access_enabled', notOn, 'lets root of its clients in', { arm: 'properties.exportPolicy.rules.hasRootAccess', severity: 'low' }] },
    transit: { 'netapp-smb-plain': ['smb3_protocol_encryption_enabled', notOff, 'is reached without encryption', { severity: 'medium' }] },
    recovery: {
      'netapp-without-snapshots': [
        'data_protection_snapshot_policy|data_protection_backup_policy|data_protection_replication',
        needed,
        'keeps no snapshots',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Volume group', 'azurerm_elastic_san_volume_group', {
    customerKey: {
      'elastic-san-group-without-key': [
        'encryption_type',
        is('EncryptionAtRestWithCustomerManagedKey'),
        key,
        { arm: 'properties.encryption', severity: 'info', sample: { bad: 'EncryptionAtRestWithPlatformKey' } },
      ],
    },
    exposed: { 'elastic-san-group-open': ['network_rule', needed, 'has no network rules', { severity: 'info' }] },
  }),
  ...service('Snapshot', 'azurerm_snapshot', {
    exposed: {
      'azure-snapshot-network-policy': [
        'network_access_policy',
        ifSet('AllowAll', 'DenyAll', 'AllowPrivate'),
        'can be exported over every network',
        { arm: 'properties.networkAccessPolicy', severity: 'low' },
      ],
    },
  }),
  ...service('Backup policy', 'azurerm_backup_policy_vm', {
    recovery: { 'backup-policy-short': ['retention_daily.count', least(7), 'keeps daily backups for less than a week', { severity: 'low' }] },
  }),
  ...service('Backup vault', 'azurerm_data_protection_backup_vault', {
    recovery: {
      'backup-vault-mutable': [
        'immutability',
        ifSet('Disabled', 'Locked', 'Unlocked'),
        'lets its backups be changed',
        { arm: 'properties.securitySettings.immutabilitySettings.state', severity: 'info' },
      ],
    },
    machineIdentity: { 'backup-vault-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
];
