import { byHand, ifSet, is, least, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

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
  ...service('Key vault', 'azurerm_key_vault', {
    privilege: {
      'vault-all-permissions': [
        'access_policy.key_permissions|access_policy.secret_permissions|access_policy.certificate_permissions',
        never(/^(?:all|\*)$/i, ['all'], ['Get']),
        'gives all rights on what it holds',
        {
          arm: 'properties.accessPolicies.permissions.keys|properties.accessPolicies.permissions.secrets|properties.accessPolicies.permissions.certificates',
          severity: 'medium',
        },
      ],
      'vault-read-by-machines': [
        'enabled_for_deployment',
        notOn,
        'lets machines read its secrets',
        { arm: 'properties.enabledForDeployment', severity: 'info' },
      ],
      'vault-read-by-templates': [
        'enabled_for_template_deployment',
        notOn,
        'lets templates read its secrets',
        { arm: 'properties.enabledForTemplateDeployment', severity: 'info' },
      ],
    },
    recovery: {
      'vault-short-soft-delete': [
        'soft_delete_retention_days',
        least(30, 90),
        'brings deleted keys back for a few days only',
        { arm: 'properties.softDeleteRetentionInDays', severity: 'info' },
      ],
    },
  }),
  ...service('Vault rights', 'azurerm_key_vault_access_policy', {
    privilege: {
      'vault-policy-all': [
        'key_permissions|secret_permissions|certificate_permissions',
        never(/^(?:all|\*)$/i, ['all'], ['Get']),
        'give all rights on what the vault holds',
        { arm: 'properties.accessPolicies.permissions.keys|properties.accessPolicies.permissions.secrets|properties.accessPolicies.permissions.certificates', severity: 'medium' },
      ],
      'vault-policy-purge': [
        'key_permissions|secret_permissions|certificate_permissions',
        never(/^purge$/i, ['Purge'], ['Get']),
        'let keys be destroyed for good',
        { arm: 'properties.accessPolicies.permissions.keys|properties.accessPolicies.permissions.secrets|properties.accessPolicies.permissions.certificates', severity: 'info' },
      ],
    },
  }),
  ...service('Key', 'azurerm_key_vault_key', {
    atRest: { 'vault-key-short': ['key_size', least(2048), 'is too short', { arm: 'properties.keySize', severity: 'medium' }] },
  }),
  ...service('Certificate', 'azurerm_key_vault_certificate', {
    atRest: { 'certificate-key-short': ['certificate_policy.key_properties.key_size', least(2048), 'has a key that is too short', { severity: 'medium' }] },
    privilege: {
      'certificate-key-exportable': [
        'certificate_policy.key_properties.exportable',
        notOn,
        'has a key that can be taken out of its vault',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Key module', 'azurerm_key_vault_managed_hardware_security_module', {
    recovery: { 'hsm-without-purge-protection': ['purge_protection_enabled', on, 'can be destroyed for good', { arm: 'properties.enablePurgeProtection' }] },
    exposed: {
      'public-hsm': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          severity: 'low',
          orPath: [{ path: 'network_acls.default_action|properties.networkAcls.defaultAction', must: { is: ['Deny'] } }],
        },
      ],
      'hsm-open-network': [
        'network_acls.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkAcls.defaultAction', severity: 'low' },
      ],
    },
  }),
  ...service('Key', 'azurerm_key_vault_managed_hardware_security_module_key', {
    expiry: { 'hsm-key-without-expiry': ['expiration_date', needed, 'never expires', { severity: 'info' }] },
  }),
  ...service('Role assignment', 'azurerm_role_assignment', {
    privilege: {
      'azure-rights-administrator': [
        'role_definition_name',
        not(undefined, 'User Access Administrator', 'Role Based Access Control Administrator'),
        'lets rights be given',
        { arm: false, severity: 'medium' },
      ],
    },
  }),
  ...service('Role policy', 'azurerm_role_management_policy', {
    identity: {
      'role-policy-without-mfa': [
        'activation_rules.require_multifactor_authentication',
        on,
        'lets rights be taken up without a second factor',
        { severity: 'low', confidence: 'medium' },
      ],
    },
    privilege: { 'role-policy-without-end': ['active_assignment_rules.expiration_required', notOff, 'gives rights without an end', { severity: 'low' }] },
  }),
  ...service('Directory', 'azurerm_active_directory_domain_service', {
    exposed: {
      'directory-ldap-public': [
        'secure_ldap.external_access_enabled',
        notOn,
        'answers LDAP on the internet',
        { arm: 'properties.ldapsSettings.externalAccess' },
      ],
    },
    identity: {
      'directory-ntlm-v1': ['security.ntlm_v1_enabled', notOn, 'accepts the first version of NTLM', { arm: 'properties.domainSecuritySettings.ntlmV1' }],
      'directory-rc4': ['security.kerberos_rc4_encryption_enabled', notOn, 'accepts RC4', { arm: 'properties.domainSecuritySettings.kerberosRc4Encryption' }],
    },
    oldTls: { 'directory-old-tls': ['security.tls_v1_enabled', notOn, 'accepts outdated TLS versions', { arm: 'properties.domainSecuritySettings.tlsV1' }] },
    detection: {
      'directory-tells-nobody': [
        'notifications.notify_global_admins',
        on,
        'does not tell its administrators',
        { arm: 'properties.notificationSettings.notifyGlobalAdmins', severity: 'info' },
      ],
    },
  }),
  ...service('Application', 'azuread_application', {
    identity: {
      'azuread-public-client': ['fallback_public_client_enabled', notOn, 'signs in without a secret', { severity: 'low' }],
      'azuread-many-tenants': [
        'sign_in_audience',
        ifSet('AzureADandPersonalMicrosoftAccount', 'AzureADMyOrg', 'AzureADMultipleOrgs'),
        'lets personal accounts in',
        { severity: 'low' },
      ],
      'azuread-identity-token': ['web.implicit_grant.id_token_issuance_enabled', notOn, 'hands tokens to the browser', { severity: 'info' }],
    },
  }),
  ...service('Conditional access', 'azuread_conditional_access_policy', {
    identity: {
      'conditional-access-off': ['state', ifSet('disabled', 'enabled', 'enabledForReportingButNotEnforced'), 'is switched off', { severity: 'low' }],
    },
  }),
  ...service('User', 'azuread_user', {
    password: {
      'azuread-weak-password': ['disable_strong_password', notOn, 'may have a weak password', { severity: 'medium' }],
      'azuread-eternal-password': ['disable_password_expiration', notOn, 'has a password without an end', { severity: 'info' }],
    },
  }),
  ...service('Delegation', 'azurerm_lighthouse_definition', {
    privilege: {
      'lighthouse-owner': [
        'authorization.role_definition_id',
        never(/8e3af657-a8ff-443c-a75c-2fe8c4bcb635/i, '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'acdd72a7-3385-48ef-bd42-f606fba81ae7'),
        'gives another organisation all rights',
        { arm: 'properties.authorizations.roleDefinitionId' },
      ],
    },
  }),
];
