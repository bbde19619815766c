import { byHand, ifSet, is, least, missing, needed, never, not, notOff, notOn, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const mounts = ['aws_datasync_location_smb', 'aws_datasync_location_fsx_ontap_file_system'];
const stored = ['aws_fsx_lustre_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_windows_file_system', 'aws_fsx_ontap_volume', 'aws_fsx_openzfs_volume'];

/** What moves, copies and keeps data. Sources: the provider's pages of the resources; the guides of DataSync, Database Migration Service, Glue, Lake Formation, RDS Proxy and Storage Gateway. */
export default [
  ...service('Backup policy', 'aws_efs_backup_policy', {
    recovery: { 'efs-backup-off': ['backup_policy.status', ifSet('DISABLED', 'ENABLED'), 'switches backups off', { cfn: false }] },
  }),
  ...service('Backup setting', 'aws_backup_region_settings', {
    recovery: {
      'backup-kind-left-out': ['resource_type_opt_in_preference.*', byHand(notOff), 'leaves kinds of resources without backups', {
        severity: 'info', cfn: false,
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_backup_region_settings" "main" {\n  resource_type_opt_in_preference = {\n    "Aurora" = false\n               ^^^^^\n  }\n}\n',
          good: 'resource "aws_backup_region_settings" "main" {\n  resource_type_opt_in_preference = {\n    "Aurora" = true\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Recycle bin rule', 'aws_rbin_rule', {
    recovery: { 'recycle-bin-short': ['retention_period.retention_period_value', least(7), 'keeps what was deleted for less than a week', { severity: 'info' }] },
  }),
  ...service('Snapshot policy', 'aws_dlm_lifecycle_policy', {
    recovery: { 'snapshot-policy-off': ['state', ifSet('DISABLED', 'ENABLED'), 'is switched off', {}] },
  }),
  ...service('Snapshot copy', ['aws_db_snapshot_copy', 'aws_rds_cluster_snapshot_copy'], {
    exposed: { 'snapshot-copy-public': ['shared_accounts', byHand(never(/^all$/, ['all'], ['111122223333'])), 'is shared with every AWS account', { severity: 'critical', cfn: false }] },
  }),
  ...service('File system', stored, {
    recovery: { 'fsx-without-last-backup': ['skip_final_backup', notOn, 'is deleted without a last backup', { severity: 'info', cfn: false }] },
  }),
  ...service('Data location', mounts, {
    oldTls: {
      'datasync-old-smb': ['mount_options.version|protocol.smb.mount_options.version', byHand(never(/^SMB(?:1|2_0)$/, 'SMB1', 'SMB3')), 'is read with an old version of the protocol', { severity: 'low' }],
    },
  }),
  ...service('Data location', 'aws_datasync_location_hdfs', {
    identity: { 'datasync-hdfs-names-only': ['authentication_type', byHand(ifSet('SIMPLE', 'KERBEROS')), 'is entered by naming a user', { severity: 'low' }] },
    transit: { 'datasync-hdfs-plain-calls': ['qop_configuration.rpc_protection', ifSet('DISABLED', 'PRIVACY'), 'is asked without encryption', { severity: 'low' }] },
  }),
  ...service('Replication template', 'aws_drs_replication_configuration_template', {
    atRest: { 'recovery-disks-plain': ['ebs_encryption', ifSet('NONE', 'DEFAULT', 'CUSTOM'), 'keeps copies of disks without encryption', {}] },
    segmentation: {
      'recovery-over-internet': ['data_plane_routing', byHand(ifSet('PUBLIC_IP', 'PRIVATE_IP')), 'copies disks over the internet', { severity: 'low' }],
      'recovery-default-group': ['associate_default_security_group', notOn, 'opens its servers to the default security group', { severity: 'low' }],
    },
  }),
  ...service('Database proxy', 'aws_db_proxy', {
    password: {
      'proxy-weak-password-hash': ['auth.client_password_auth_type', byHand(never(/^(?:POSTGRES_MD5|MYSQL_NATIVE_PASSWORD)$/, 'POSTGRES_MD5', 'POSTGRES_SCRAM_SHA_256')), 'takes passwords by a broken hash', { noFix: 'Clients have to know the better way.' }],
    },
  }),
  ...service('Endpoint', 'aws_dms_endpoint', {
    password: { 'dms-old-mongodb-sign-in': ['mongodb_settings.auth_mechanism', byHand(never(/^mongodb-cr$/i, 'mongodb-cr', 'scram-sha-1')), 'signs in by a broken hash', { cfn: 'mongo_db_settings.auth_mechanism' }] },
    transit: { 'dms-search-plaintext': ['elasticsearch_settings.endpoint_uri', never(/^http:\/\//i, 'http://search.example.com', 'https://search.example.com'), 'moves data over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Replication', 'aws_dms_replication_config', {
    logging: {
      'dms-serverless-without-log': ['replication_settings.Logging.EnableLogging', notOff, 'records nothing of what it moves', {
        severity: 'info', cfn: 'replication_settings.logging.enable_logging|replication_settings.Logging.EnableLogging',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_dms_replication_config" "charts" {\n  replication_settings = jsonencode({ Logging = { EnableLogging = false } })\n                                                                  ^^^^^\n}\n',
          good: 'resource "aws_dms_replication_config" "charts" {\n  replication_settings = jsonencode({ Logging = { EnableLogging = true } })\n}\n',
        }],
      }],
    },
  }),
  ...service('Data connection', 'aws_glue_connection', {
    transit: {
      'glue-connection-unverified': ['connection_properties.SKIP_CUSTOM_JDBC_CERT_VALIDATION|connection_properties.KAFKA_SKIP_CUSTOM_CERT_VALIDATION', ifSet('true', 'false'), 'does not check who it is connected to', {
        severity: 'medium', cfn: 'connection_input.connection_properties.SKIP_CUSTOM_JDBC_CERT_VALIDATION|connection_input.connection_properties.KAFKA_SKIP_CUSTOM_CERT_VALIDATION',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    SKIP_CUSTOM_JDBC_CERT_VALIDATION = "true"\n                                        ^^^^\n  }\n}\n',
          fixed: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    SKIP_CUSTOM_JDBC_CERT_VALIDATION = "false"\n  }\n}\n',
          good: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    SKIP_CUSTOM_JDBC_CERT_VALIDATION = "false"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Catalogue', 'aws_glue_catalog_database', {
    privilege: {
      'catalog-open-by-default': ['create_table_default_permission.principal.data_lake_principal_identifier', byHand(never(/^IAM_ALLOWED_PRINCIPALS$/, 'IAM_ALLOWED_PRINCIPALS', 'arn:aws:iam::111122223333:role/analyst')), 'leaves new tables to whatever IAM allows', {
        severity: 'low', cfn: 'database_input.create_table_default_permissions.principal.data_lake_principal_identifier', noFix: 'The principals that are meant have to be named.',
      }],
    },
  }),
  ...service('Data location', 'aws_lakeformation_resource', {
    privilege: { 'lake-location-privileged': ['with_privileged_access', notOn, 'gives whoever registers it every right on it', { severity: 'low', cfn: false }] },
  }),
  ...service('Data lake', 'aws_lakeformation_data_lake_settings', {
    privilege: { 'lake-filtered-outside': ['allow_external_data_filtering', notOn, 'trusts engines outside to filter what people may see', { severity: 'info' }] },
  }),
  ...service('Data share', 'aws_redshift_data_share_authorization', {
    privilege: { 'data-share-writable': ['allow_writes', notOn, 'lets another account change its data', { severity: 'low', cfn: false }] },
  }),
  ...service('Warehouse', 'aws_redshiftserverless_workgroup', {
    logging: {
      'redshift-serverless-activity-unlogged': ['config_parameter.parameter_value', { must: { is: [true] }, absent: 'fine', sample: { bad: 'false', good: 'true' } }, 'does not log what its users do', {
        cfn: 'config_parameters.parameter_value', item: { key: 'parameter_key', name: 'enable_user_activity_logging' },
      }],
    },
  }),
  ...service('Kafka cluster', 'aws_msk_cluster', {
    identity: {
      'msk-without-authentication': ['client_authentication', needed, 'lets in every client that can reach it', {
        confidence: 'medium', ansible: 'authentication', noFix: 'How clients prove who they are has to be decided.', whenNotToUse: 'Where its network holds nothing but its clients.',
      }],
    },
  }),
  ...service('Workflow environment', 'aws_mwaa_environment', {
    secret: {
      'airflow-shows-configuration': ['airflow_configuration_options.webserver/expose_config', byHand(ifSet('True', 'False', 'non-sensitive-only')), 'shows its configuration, passwords included, to its users', { severity: 'medium', examples: option('webserver.expose_config') }],
    },
    privilege: {
      'airflow-pickles': ['airflow_configuration_options.core/enable_xcom_pickling', byHand(ifSet('True', 'False')), 'unpickles what tasks hand to each other', {
        severity: 'medium', why: 'Whoever can write one value runs code on every worker that reads it.', references: ['CWE-502', 'SI-7'], examples: option('core.enable_xcom_pickling'),
      }],
    },
  }),
  ...service('Gateway', 'aws_storagegateway_gateway', {
    oldTls: { 'gateway-clients-decide': ['smb_security_strategy', not('MandatoryEncryption', 'ClientSpecified'), 'lets clients choose to sign and encrypt nothing', { severity: 'low', cfn: false }] },
    logging: { 'gateway-without-log': ['cloudwatch_log_group_arn', needed, 'records nothing of its own', { severity: 'info', cfn: false }] },
  }),
  ...service('File share', ['aws_storagegateway_smb_file_share', 'aws_storagegateway_file_system_association'], {
    logging: { 'gateway-share-without-audit': ['audit_destination_arn', needed, 'records no access', { severity: 'info', cfn: false }] },
  }),
  ...service('Table', 'aws_timestreamwrite_table', {
    customerKey: {
      'rejected-records-without-key': ['magnetic_store_write_properties.magnetic_store_rejected_data_location.s3_configuration.encryption_option', { ...is('SSE_KMS'), absent: 'fine', sample: { bad: 'SSE_S3' } }, 'keeps records that it refused without a customer-managed key', { severity: 'info', noFix: 'The key has to be named.' }],
    },
  }),
  ...service('Security data lake', 'aws_securitylake_data_lake', {
    customerKey: { 'security-lake-own-key': ['configuration.encryption_configuration.kms_key_id', byHand(never(/^S3_MANAGED_KEY$/, 'S3_MANAGED_KEY', 'alias/security')), key, { cfn: 'encryption_configuration.kms_key_id' }] },
  }),
  ...service('Object', 'aws_s3_object', {
    atRest: {
      'object-plain': ['encrypt', byHand(notOff), 'is stored without encryption', {
        severity: 'low', terraform: false, cfn: false, ansible: 'encrypt', examples: [{ file: 'playbook.yml', bad: play('no', `${' '.repeat(17)}^^\n`), good: play('yes') }],
      }],
    },
  }),
  ...service('Mail rule', 'aws_ses_receipt_rule', {
    customerKey: {
      'mail-stored-without-key': ['s3_action.kms_key_arn', needed, 'keeps mail without a customer-managed key', {
        severity: 'info', cfn: 'rule.actions.s3_action.kms_key_arn', when: [{ path: 's3_action|rule.actions.s3_action', must: 'present' }],
        examples: missing('aws_ses_receipt_rule', '  tls_policy   = "Require"\n  scan_enabled = true\n  s3_action {\n    bucket_name = "mail"\n  }\n', '  tls_policy   = "Require"\n  scan_enabled = true\n  s3_action {\n    kms_key_arn = "a"\n  }\n'),
      }],
    },
  }),
];

function option(name: string) {
  const text = (value: string, mark = ''): string => `resource "aws_mwaa_environment" "training" {\n  airflow_configuration_options = {\n    "${name}" = "${value}"\n${mark}  }\n}\n`;
  return [{ file: 'main.tf', bad: text('True', `${' '.repeat(name.length + 10)}^^^^\n`), good: text('False') }];
}

function play(encrypt: string, mark = ''): string {
  return `- hosts: localhost\n  tasks:\n    - name: put\n      s3_object:\n        bucket: charts\n        object: /a\n        mode: put\n        encrypt: ${encrypt}\n${mark}`;
}
