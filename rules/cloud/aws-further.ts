import { byHand, ifSet, is, matches, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

const open = 'can reach, and be told to reach, all of the internet';

/** Services that few templates have, and the newest ones for agents. Sources: the provider's pages of the resources; AWS Foundational Security Best Practices. */
export default [
  ...service('Agent runtime', 'aws_bedrockagentcore_agent_runtime', {
    segmentation: {
      'agent-runtime-outside-vpc': ['network_configuration.network_mode', byHand(ifSet('PUBLIC', 'VPC')), open, { noFix: 'Subnets and security groups have to be named.' }],
    },
    identity: {
      'agent-runtime-without-authorizer': ['authorizer_configuration', needed, 'is guarded by IAM alone', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Agent gateway', 'aws_bedrockagentcore_gateway', {
    identity: {
      'agent-gateway-open': ['authorizer_type', byHand(ifSet('NONE', 'AWS_IAM', 'CUSTOM_JWT')), 'gives its tools to everybody', { severity: 'high', noFix: 'Who may call the tools has to be decided.' }],
    },
    customerKey: { 'agent-gateway-without-key': ['kms_key_arn', needed, 'is not encrypted with a customer-managed key', {}] },
  }),
  ...service('Code interpreter', 'aws_bedrockagentcore_code_interpreter', {
    segmentation: {
      'code-interpreter-public': ['network_configuration.network_mode', ifSet('PUBLIC', 'SANDBOX', 'VPC'), 'runs code of a model that can send data anywhere', { severity: 'medium' }],
    },
  }),
  ...service('Agent browser', 'aws_bedrockagentcore_browser', {
    segmentation: {
      'agent-browser-public': ['network_configuration.network_mode', byHand(ifSet('PUBLIC', 'VPC')), open, { severity: 'low', noFix: 'Subnets and security groups have to be named.' }],
    },
    logging: {
      'agent-browser-without-recording': ['recording.enabled', on, 'records no sessions', { cfn: 'recording_config.enabled|recording.enabled' }],
    },
  }),
  ...service('Agent memory', 'aws_bedrockagentcore_memory', {
    customerKey: { 'agent-memory-without-key': ['encryption_key_arn', needed, 'is not encrypted with a customer-managed key', {}] },
  }),
  ...service('Table bucket', 'aws_s3tables_table_bucket', {
    customerKey: { 'table-bucket-without-key': ['encryption_configuration.kms_key_arn', needed, 'is not encrypted with a customer-managed key', {}] },
  }),
  ...service('Client VPN', 'aws_ec2_client_vpn_endpoint', {
    logging: { 'client-vpn-without-log': ['connection_log_options.enabled', on, 'records no connections', {}] },
  }),
  ...service('Data transfer', 'aws_datasync_task', {
    logging: {
      'datasync-without-log': ['cloudwatch_log_group_arn', needed, 'records nothing of what it moves', { severity: 'info', cfn: 'cloud_watch_log_group_arn' }],
    },
  }),
  ...service('Threat detection feature', 'aws_guardduty_detector_feature', {
    detection: { 'guardduty-feature-off': ['status', ifSet('DISABLED', 'ENABLED'), 'is switched off', {}] },
  }),
  ...service('Transform', 'aws_glue_ml_transform', {
    atRest: {
      'glue-transform-unencrypted': ['transform_encryption.ml_user_data_encryption.ml_user_data_encryption_mode', byHand(is('SSE-KMS')), 'keeps its data unencrypted', {
        severity: 'medium', noFix: 'The key has to be named.', terraform: false,
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Match:\n  ^^^^^\n    Type: AWS::Glue::MLTransform\n    Properties: {Name: a}\n',
          good: 'Resources:\n  Match:\n    Type: AWS::Glue::MLTransform\n    Properties: {TransformEncryption: {MLUserDataEncryption: {MLUserDataEncryptionMode: SSE-KMS}}}\n',
        }],
      }],
    },
  }),
  ...service('Glue job', 'aws_glue_job', {
    patching: {
      'glue-old-version': ['glue_version', matches(/^(?:[3-9]|\d\d)/, '0.9', '5.0'), 'runs a version of Spark that is no longer maintained', {}],
    },
  }),
  ...service('Lightsail instance', ['aws_lightsail_instance_public_ports', 'aws_lightsail_instance'], {
    exposed: {
      'lightsail-open-port': ['port_info.cidrs|port_info.ipv6_cidrs', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['10.0.0.0/8'])), 'opens ports to the internet', {
        severity: 'medium', cfn: 'networking.ports.cidrs|networking.ports.ipv6_cidrs', ansible: 'public_ports.cidrs|public_ports.ipv6_cidrs', noFix: 'The addresses that need access have to be named.',
      }],
    },
  }),
  ...service('Kafka connector', 'aws_mskconnect_connector', {
    transit: {
      'kafka-connector-plaintext': ['kafka_cluster_encryption_in_transit.encryption_type', ifSet('PLAINTEXT', 'TLS'), 'reaches its cluster without TLS', { severity: 'medium' }],
    },
    identity: {
      'kafka-connector-anonymous': ['kafka_cluster_client_authentication.authentication_type', ifSet('NONE', 'IAM'), 'does not prove who it is to its cluster', { severity: 'low' }],
    },
    logging: { 'kafka-connector-without-log': ['log_delivery', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('File system', ['aws_fsx_lustre_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_ontap_file_system', 'aws_fsx_windows_file_system'], {
    recovery: { 'fsx-without-backup': ['automatic_backup_retention_days', { must: { least: 1 }, absent: 'fine', set: 30 }, 'is not backed up', {}] },
  }),
  ...service('Windows file system', 'aws_fsx_windows_file_system', {
    logging: { 'fsx-without-audit-log': ['audit_log_configuration', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Search domain', ['aws_opensearch_domain', 'aws_elasticsearch_domain'], {
    identity: {
      'opensearch-anonymous': ['advanced_security_options.anonymous_auth_enabled', notOn, 'lets people in who did not sign in', { severity: 'high' }],
    },
  }),
  ...service('Desktop directory', 'aws_workspaces_directory', {
    privilege: {
      'workspaces-local-admin': ['workspace_creation_properties.user_enabled_as_local_administrator', notOn, 'makes its users administrators of their desktops', { severity: 'low' }],
    },
    segmentation: {
      'workspaces-internet': ['workspace_creation_properties.enable_internet_access', notOn, 'gives its desktops addresses on the internet', { severity: 'low' }],
    },
  }),
  ...service('Access log', 'aws_verifiedaccess_instance_logging_configuration', {
    logging: { 'verified-access-without-log': ['access_logs.cloudwatch_logs.enabled', notOff, 'is switched off', { severity: 'info' }] },
  }),
  ...service('Address range', 'aws_ec2_managed_prefix_list', {
    exposed: {
      'prefix-list-everybody': ['entry.cidr', byHand(not(undefined, '0.0.0.0/0', '::/0')), 'holds every address', { cfn: 'entries.cidr', severity: 'low', sample: { good: '10.0.0.0/8' }, noFix: 'The addresses that are meant have to be named.' }],
    },
  }),
];
