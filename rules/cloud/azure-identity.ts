import { byHand, is, needed, never, notOff, off, on, service } from '../_families.ts';

export default [
  ...service('Federated trust', ['azuread_application_federated_identity_credential', 'azurerm_federated_identity_credential'], {
    privilege: {
      'federated-any-repository': [
        'subject',
        never(/\*|^repo:[^:]*$/, 'repo:clinic/*', 'repo:clinic/triage:ref:refs/heads/main'),
        'trusts more than one repository',
      ],
    },
  }),
  ...service('Key vault', 'azurerm_key_vault', {
    recovery: {
      'vault-without-purge-protection': [
        'purge_protection_enabled',
        on,
        'can be destroyed for good',
        { arm: 'properties.enablePurgeProtection', ansible: 'enable_purge_protection' },
      ],
      'vault-soft-delete-off': [
        'soft_delete_enabled',
        notOff,
        'cannot bring deleted keys back',
        { arm: 'properties.enableSoftDelete', ansible: 'enable_soft_delete' },
      ],
      'vault-soft-delete-unset': [
        'soft_delete_enabled',
        on,
        'does not say that deleted keys come back',
        {
          arm: 'properties.enableSoftDelete',
          ansible: 'enable_soft_delete',
          severity: 'info',
          confidence: 'low',
          orPath: [{ path: 'soft_delete_retention_days|properties.softDeleteRetentionInDays', must: 'present' }],
        },
      ],
    },
    exposed: {
      'vault-open-network': [
        'network_acls.default_action',
        is('Deny'),
        'lets every network in',
        {
          arm: 'properties.networkAcls.defaultAction',
          severity: 'low',
          orPath: [{ path: 'public_network_access_enabled|properties.publicNetworkAccess', must: { is: [false] } }],
        },
      ],
      'vault-without-network-rules': ['network_acls', needed, 'has no network rules', { arm: 'properties.networkAcls', severity: 'info' }],
      'public-vault': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          severity: 'low',
          orPath: [{ path: 'network_acls.default_action|properties.networkAcls.defaultAction', must: { is: ['Deny'] } }],
        },
      ],
    },
    privilege: {
      'vault-without-roles': [
        'rbac_authorization_enabled|enable_rbac_authorization',
        on,
        'keeps its own list of rights',
        { arm: 'properties.enableRbacAuthorization', severity: 'info', confidence: 'low' },
      ],
    },
    logging: {
      'vault-without-log': [
        'diagnostic_setting',
        needed,
        'records no access',
        {
          arm: false,
          ansible: false,
          beside: {
            type: 'azurerm_monitor_diagnostic_setting',
            lines: [
              'name                       = "audit"',
              'target_resource_id         = {owner}.id',
              'log_analytics_workspace_id = {the azurerm_log_analytics_workspace}.id',
              '',
              'enabled_log {',
              '  category_group = "audit"',
              '}',
            ],
          },
          or: [{ type: 'azurerm_monitor_diagnostic_setting' }],
          severity: 'info',
        },
      ],
    },
    segmentation: {
      'vault-trusted-services': [
        'network_acls.bypass',
        { must: { is: ['AzureServices'] }, absent: 'fine', set: 'AzureServices', sample: { bad: 'None' } },
        'keeps trusted services of the provider out',
        { arm: 'properties.networkAcls.bypass', severity: 'info' },
      ],
    },
  }),
  ...service('Secret', ['azurerm_key_vault_secret', 'azurerm_key_vault_certificate_secret'], {
    expiry: {
      'vault-secret-without-expiry': ['expiration_date', needed, 'never expires', { arm: 'properties.attributes.exp' }],
      'vault-secret-without-type': ['content_type', needed, 'does not say what it is', { arm: 'properties.contentType', severity: 'info' }],
    },
  }),
  ...service('Key', 'azurerm_key_vault_key', {
    expiry: {
      'vault-key-without-expiry': [
        'expiration_date',
        needed,
        'never expires',
        { arm: 'properties.attributes.exp', orPath: [{ path: 'rotation_policy.expire_after', must: 'present' }] },
      ],
    },
    customerKey: {
      'vault-key-without-hsm': [
        'key_type',
        byHand({ ...is('RSA-HSM', 'EC-HSM', 'oct-HSM'), sample: { bad: 'RSA' } }),
        'is not kept in hardware',
        { arm: 'properties.kty', severity: 'info' },
      ],
    },
    rotation: { 'vault-key-without-rotation': ['rotation_policy', needed, 'is never rotated', { arm: 'properties.rotationPolicy', severity: 'info' }] },
  }),
  ...service('Certificate', 'azurerm_key_vault_certificate', {
    expiry: {
      'certificate-long-validity': [
        'certificate_policy.x509_certificate_properties.validity_in_months',
        { must: { most: 12 }, absent: 'fine', set: 12 },
        'is valid for more than a year',
      ],
    },
  }),
  ...service('Role definition', 'azurerm_role_definition', {
    privilege: {
      'azure-wildcard-role': [
        'permissions.actions',
        { must: { not: ['*'] }, absent: 'fine' },
        'allows every action',
        {
          arm: 'properties.permissions.actions',
          ansible: 'permissions.actions',
          sample: { bad: ['*'], good: ['Microsoft.Storage/storageAccounts/read'] },
          noFix: 'The actions that are needed have to be listed.',
        },
      ],
      'azure-role-makes-roles': [
        'permissions.actions',
        never(
          /^Microsoft\.Authorization\/(?:\*|roleDefinitions\/(?:\*|write))$/i,
          ['Microsoft.Authorization/roleDefinitions/write'],
          ['Microsoft.Authorization/*/read'],
        ),
        'lets its holders make roles',
        { arm: 'properties.permissions.actions', ansible: 'permissions.actions' },
      ],
      'azure-role-assigns-roles': [
        'permissions.actions',
        never(
          /^Microsoft\.Authorization\/roleAssignments\/(?:\*|write)$/i,
          ['Microsoft.Authorization/roleAssignments/write'],
          ['Microsoft.Authorization/*/read'],
        ),
        'lets its holders give themselves roles',
        { arm: 'properties.permissions.actions', ansible: 'permissions.actions' },
      ],
    },
  }),
  ...service('Role assignment', 'azurerm_role_assignment', {
    privilege: {
      'azure-owner-assignment': [
        'role_definition_name|role_definition_id',
        never(/^(?:Owner|User Access Administrator)$|8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/, 'Owner', 'Reader'),
        'gives the rights of an owner',
        { severity: 'medium', arm: 'properties.roleDefinitionId' },
      ],
      'azure-guest-assignment': ['principal_type', { must: { not: ['Guest'] }, absent: 'fine' }, 'gives rights to a guest'],
    },
  }),
];
