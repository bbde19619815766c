import { ifSet, is, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Bucket', 'oci_objectstorage_bucket', {
    public: { 'oci-public-bucket': ['access_type', not('NoPublicAccess', 'ObjectRead', 'ObjectReadWithoutList'), 'can be read by everybody'] },
    customerKey: { 'oci-bucket-without-key': ['kms_key_id', needed, key, { severity: 'low' }] },
    recovery: { 'oci-bucket-without-versioning': ['versioning', is('Enabled'), 'keeps no earlier versions of its objects', { sample: { bad: 'Disabled' } }] },
    logging: { 'oci-bucket-without-events': ['object_events_enabled', on, 'tells nobody of changes', { severity: 'info' }] },
  }),
  ...service('Instance', 'oci_core_instance', {
    transit: {
      'oci-boot-plaintext': [
        'launch_options.is_pv_encryption_in_transit_enabled|is_pv_encryption_in_transit_enabled',
        on,
        'sends what its disk holds unencrypted',
        { severity: 'low' },
      ],
    },
    logging: { 'oci-monitoring-off': ['agent_config.is_monitoring_disabled', notOn, 'is not monitored'] },
    host: {
      'oci-legacy-metadata': ['instance_options.are_legacy_imds_endpoints_disabled', on, 'answers the old metadata service', { severity: 'medium' }],
      'oci-secure-boot': ['platform_config.is_secure_boot_enabled', on, 'starts without secure boot', { severity: 'info' }],
    },
    exposed: { 'oci-public-address': ['create_vnic_details.assign_public_ip', notOn, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Disk', ['oci_core_volume', 'oci_core_boot_volume'], {
    customerKey: { 'oci-volume-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
    recovery: {
      'oci-volume-without-backup': [
        'backup_policy_id',
        needed,
        'is not backed up',
        { severity: 'info', or: [{ type: 'oci_core_volume_backup_policy_assignment' }] },
      ],
    },
  }),
  ...service('File system', 'oci_file_storage_file_system', { customerKey: { 'oci-files-without-key': ['kms_key_id', needed, key, { severity: 'info' }] } }),
  ...service('Export', 'oci_file_storage_export', {
    host: {
      'oci-export-root': [
        'export_options.identity_squash',
        { must: { not: ['NONE'] }, absent: 'fine', set: 'ALL' },
        'lets root of clients be root',
        { severity: 'info' },
      ],
      'oci-export-open': [
        'export_options.identity_squash',
        { must: { is: ['NONE', 'ALL'] }, absent: 'bad', sample: { bad: 'ROOT', good: 'NONE' } },
        'does not treat all its users alike',
        { severity: 'info', confidence: 'low' },
      ],
      'oci-export-port': ['export_options.require_privileged_source_port', notOff, 'accepts clients on any port', { severity: 'info' }],
    },
  }),
  ...service('Password policy', 'oci_identity_authentication_policy', {
    password: {
      'oci-password-length': [
        'password_policy.minimum_password_length',
        { must: { least: 14 }, absent: 'bad', set: 14 },
        'accepts passwords of less than 14 characters',
      ],
      'oci-password-lower': ['password_policy.is_lowercase_characters_required', on, 'asks for no small letter'],
      'oci-password-upper': ['password_policy.is_uppercase_characters_required', on, 'asks for no capital letter'],
      'oci-password-number': ['password_policy.is_numeric_characters_required', on, 'asks for no digit'],
      'oci-password-symbol': ['password_policy.is_special_characters_required', on, 'asks for no symbol'],
      'oci-password-name': ['password_policy.is_username_containment_allowed', off, 'accepts passwords that hold the name of the user'],
    },
  }),
  ...service('Cluster', 'oci_containerengine_cluster', {
    segmentation: { 'oke-without-groups': ['endpoint_config.nsg_ids', needed, 'has no security groups', { must: { never: /^(?:null)?$/ } }] },
    exposed: { 'oke-public-api': ['endpoint_config.is_public_ip_enabled', notOn, 'has an API that the internet can reach'] },
    host: { 'oke-without-pod-security': ['options.admission_controller_options.is_pod_security_policy_enabled', on, 'enforces no rules for its pods'] },
    supply: { 'oke-unsigned-images': ['image_policy_config.is_policy_enabled', on, 'runs images that nobody signed', { severity: 'info' }] },
    privilege: {
      'oke-dashboard': ['options.add_ons.is_kubernetes_dashboard_enabled', notOn, 'runs the dashboard'],
      'oke-tiller': ['options.add_ons.is_tiller_enabled', notOn, 'runs Tiller'],
    },
  }),
  ...service('Database', ['oci_database_autonomous_database'], {
    exposed: {
      'oci-db-open': ['whitelisted_ips', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.4']), 'lets every address in'],
      'oci-db-public': ['subnet_id|whitelisted_ips', needed, 'has an endpoint that the internet can reach', { severity: 'low', confidence: 'medium', noFix: 'The network has to be chosen.' }],
    },
    transit: { 'oci-db-mtls': ['is_mtls_connection_required', notOff, 'asks clients for no certificate', { severity: 'low' }] },
    customerKey: { 'oci-db-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Flow log', 'oci_logging_log', { logging: { 'oci-log-off': ['is_enabled', notOff, 'is switched off'] } }),
  ...service('Listener', 'oci_load_balancer_listener', {
    transit: { 'oci-lb-plaintext': ['ssl_configuration', needed, 'accepts unencrypted connections', { severity: 'low' }] },
  }),
  ...service('Address', 'opc_compute_ip_address_reservation', {
    exposed: {
      'opc-public-address': [
        'ip_address_pool',
        never(/^public-ippool$/, 'public-ippool', 'cloud-ippool'),
        'comes from the public pool',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Account', 'ibm_iam_account_settings', {
    identity: {
      'ibm-without-mfa': [
        'mfa',
        { must: { is: ['TOTP', 'TOTP4ALL', 'LEVEL1', 'LEVEL2', 'LEVEL3'] }, absent: 'bad', sample: { bad: 'NONE', good: 'LEVEL3' } },
        'asks for no second factor',
      ],
      'ibm-api-keys-open': [
        'restrict_create_platform_apikey',
        { must: { is: ['RESTRICTED'] }, absent: 'bad', set: 'RESTRICTED', sample: { bad: 'NOT_RESTRICTED' } },
        'lets everybody make keys',
      ],
      'ibm-service-ids-open': [
        'restrict_create_service_id',
        { must: { is: ['RESTRICTED'] }, absent: 'bad', set: 'RESTRICTED', sample: { bad: 'NOT_RESTRICTED' } },
        'lets everybody make service identities',
        { severity: 'low' },
      ],
      'ibm-long-session': ['session_expiration_in_seconds', { must: { most: 86_400 }, absent: 'fine', set: 86_400 }, 'keeps sessions for more than a day'],
    },
  }),
  ...service('Cluster', ['ibm_container_cluster', 'ibm_container_vpc_cluster'], {
    exposed: {
      'ibm-k8s-public-api': [
        'public_service_endpoint|!disable_public_service_endpoint',
        notOn,
        'has an API that the internet can reach',
        { severity: 'medium' },
      ],
    },
    segmentation: {
      'ibm-k8s-private-api': [
        'private_service_endpoint',
        on,
        'has no private address for its API',
        { orPath: [{ path: 'disable_public_service_endpoint', must: { is: [true] } }] },
      ],
    },
    customerKey: { 'ibm-k8s-without-key': ['kms_config', needed, 'does not encrypt its secrets with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Database', 'ibm_database', {
    exposed: {
      'ibm-db-public': ['service_endpoints', not('private', 'public', 'public-and-private'), 'is reachable from the internet', { severity: 'medium' }],
    },
    customerKey: {
      'ibm-db-without-key': ['key_protect_key', needed, key, { severity: 'info' }],
      'ibm-db-backup-without-key': ['backup_encryption_key_crn', needed, 'does not encrypt its backups with a customer-managed key', { severity: 'info' }],
    },
  }),
  ...service('Service', 'ibm_resource_instance', {
    exposed: {
      'ibm-service-public': ['service_endpoints|parameters.service-endpoints|parameters.allowed_network', not('private', 'public', 'public-and-private'), 'is reachable from the internet', { severity: 'low' }],
    },
  }),
  ...service('API', 'oci_apigateway_deployment', {
    identity: {
      'oci-api-anonymous': ['specification.request_policies.authentication.is_anonymous_access_allowed', notOn, 'answers callers who did not sign in', { severity: 'medium' }],
      'oci-api-route-anonymous': ['specification.routes.request_policies.authorization.type', ifSet('ANONYMOUS', 'AUTHENTICATION_ONLY', 'ANY_OF'), 'has a route that everybody may use', { severity: 'low' }],
    },
    transit: {
      'oci-api-plaintext-backend': ['specification.routes.backend.url', never(/^http:/, 'http://b.example.com', 'https://b.example.com'), 'reaches its backend over plain HTTP', { severity: 'medium' }],
      'oci-api-unchecked-backend': ['specification.routes.backend.is_ssl_verify_disabled', notOn, 'does not check the certificate of its backend', { severity: 'medium' }],
      'oci-api-unchecked-issuer': [
        'specification.request_policies.authentication.public_keys.is_ssl_verify_disabled|specification.request_policies.authentication.validation_policy.is_ssl_verify_disabled', notOn,
        'does not check the certificate of who issues its tokens', { severity: 'medium' },
      ],
    },
    exposed: { 'oci-api-any-origin': ['specification.request_policies.cors.allowed_origins', never(/^\*$/, ['*'], ['https://chat.example.com']), 'answers pages of any origin', { severity: 'low' }] },
  }),
  ...service('Bucket', 'ibm_cos_bucket', {
    exposed: {
      'ibm-bucket-public-endpoint': ['endpoint_type', ifSet('public', 'private', 'direct'), 'is reached over the internet', { severity: 'low' }],
      'ibm-bucket-open': ['allowed_ip', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'],
    },
  }),
  ...service('Bucket', 'ibm_cos_bucket', {
    customerKey: { 'ibm-bucket-without-key': ['key_protect|kms_key_crn', needed, key, { severity: 'info' }] },
    recovery: { 'ibm-bucket-without-versioning': ['object_versioning.enable', on, 'keeps no earlier versions of its objects', { severity: 'info' }] },
    logging: { 'ibm-bucket-without-log': ['activity_tracking', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'ibm_is_lb', {
    exposed: { 'ibm-lb-public': ['type', ifSet('public', 'private'), 'faces the internet', { severity: 'low', absent: 'bad' }] },
  }),
  ...service('Network', 'ibm_is_vpc', { segmentation: { 'ibm-vpc-classic-access': ['classic_access', notOn, 'can reach the classic network'] } }),
  ...service('Authority', 'oci_identity_authentication_policy', {
    password: {
      'oci-password-any-network': ['network_policy.network_source_ids', needed, 'lets people sign in from everywhere', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Database', ['oci_database_db_system', 'oci_mysql_mysql_db_system'], {
    recovery: {
      'oci-db-backup-off': ['db_home.database.db_backup_config.auto_backup_enabled|backup_policy.is_enabled', notOff, 'has its backups switched off'],
      'oci-db-deletion': ['deletion_policy.is_delete_protected', notOff, 'can be deleted without further ado', { severity: 'info' }],
    },
  }),
  ...service('Key', 'oci_kms_key', {
    atRest: { 'oci-key-software': ['protection_mode', ifSet('SOFTWARE', 'HSM'), 'is kept in software', { severity: 'info' }] },
  }),
  ...service('Subnet', 'oci_core_subnet', {
    segmentation: {
      'oci-public-subnet': [
        'prohibit_public_ip_on_vnic',
        on,
        'may give its machines public addresses',
        { severity: 'low', orPath: [{ path: 'prohibit_internet_ingress', must: { is: [true] } }] },
      ],
    },
  }),
  ...service('Listener', 'oci_load_balancer_listener', {
    oldTls: { 'oci-listener-old-tls': ['ssl_configuration.protocols', never(/^TLSv1(?:\.1)?$/, ['TLSv1.1'], ['TLSv1.2']), 'accepts outdated TLS versions'] },
  }),
  ...service('Load balancer', 'oci_load_balancer_load_balancer', {
    exposed: { 'oci-lb-public': ['is_private', on, 'is reachable from the internet', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Notebook', 'oci_datascience_notebook_session', {
    segmentation: {
      'oci-notebook-without-subnet': [
        'notebook_session_config_details.subnet_id|notebook_session_configuration_details.subnet_id',
        needed,
        'runs outside of a network of its own',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Function', 'oci_functions_application', {
    supply: { 'oci-function-unsigned': ['image_policy_config.is_policy_enabled', on, 'runs images that nobody signed', { severity: 'info' }] },
    logging: { 'oci-function-untraced': ['trace_config.is_enabled', on, 'records no calls', { severity: 'info' }] },
  }),
];
