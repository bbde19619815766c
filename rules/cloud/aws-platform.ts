import { all, byHand, ifSet, least, most, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const open = 'is reachable from the internet';

/** Settings of machines, containers, build systems and of the account itself. */
export default [
  ...service('Snapshot setting', 'aws_ebs_snapshot_block_public_access', {
    exposed: { 'snapshots-may-be-public': ['state', ifSet('unblocked', 'block-all-sharing'), 'lets snapshots be made public', { severity: 'medium' }] },
  }),
  ...service('Image setting', 'aws_ec2_image_block_public_access', {
    exposed: { 'images-may-be-public': ['state', ifSet('unblocked', 'block-new-sharing'), 'lets images be made public', { severity: 'medium' }] },
  }),
  ...service('Console setting', 'aws_ec2_serial_console_access', {
    exposed: { 'serial-console-on': ['enabled', notOn, 'opens the serial console of all instances', { severity: 'low' }] },
  }),
  ...service('Metadata setting', 'aws_ec2_instance_metadata_defaults', {
    host: {
      'metadata-default-v1': ['http_tokens', ifSet('optional', 'required'), 'lets instances hand out credentials without a token', { severity: 'medium' }],
    },
  }),
  ...service('Instance', 'aws_instance', {
    recovery: {
      'instance-without-termination-protection': ['disable_api_termination', on, 'can be terminated without further ado', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Fleet', 'aws_spot_fleet_request', {
    atRest: {
      'spot-fleet-disk-plain': ['launch_specification.root_block_device.encrypted|launch_specification.ebs_block_device.encrypted', { must: { is: [true] }, absent: 'fine', set: true }, 'has unencrypted disks', {
        cfn: 'spot_fleet_request_config_data.launch_specifications.block_device_mappings.ebs.encrypted',
      }],
    },
    exposed: {
      'spot-fleet-public-address': ['launch_specification.associate_public_ip_address', notOn, 'gives its instances public addresses', {
        cfn: 'spot_fleet_request_config_data.launch_specifications.network_interfaces.associate_public_ip_address', severity: 'medium',
      }],
    },
  }),
  ...service('Capacity provider', 'aws_ecs_capacity_provider', {
    recovery: {
      'ecs-capacity-unprotected': ['auto_scaling_group_provider.managed_termination_protection', ifSet('DISABLED', 'ENABLED'), 'may remove instances on which tasks run', { severity: 'info' }],
    },
  }),
  ...service('Cluster', 'aws_ecs_cluster', {
    atRest: {
      'ecs-exec-log-plain': ['configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled|configuration.execute_command_configuration.log_configuration.s3_bucket_encryption_enabled', notOff, 'keeps the commands that are run in containers unencrypted', {
        cfn: 'configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled|configuration.execute_command_configuration.log_configuration.s3_encryption_enabled',
        severity: 'low',
      }],
    },
    customerKey: {
      'ecs-storage-without-key': ['configuration.managed_storage_configuration.fargate_ephemeral_storage_kms_key_id', needed, 'does not encrypt the storage of its tasks with a customer-managed key', {
        severity: 'info', when: [{ path: 'configuration.managed_storage_configuration', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ecs_cluster" "gpu" {\n                            ^^^\n  configuration {\n    managed_storage_configuration {\n      kms_key_id = aws_kms_key.main.arn\n    }\n  }\n}\n',
          good: 'resource "aws_ecs_cluster" "gpu" {\n  configuration {\n    managed_storage_configuration {\n      fargate_ephemeral_storage_kms_key_id = aws_kms_key.main.arn\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Service', 'aws_ecs_service', {
    atRest: {
      'ecs-volume-plain': ['volume_configuration.managed_ebs_volume.encrypted', notOff, 'gives its tasks unencrypted volumes', { cfn: 'volume_configurations.managed_ebs_volume.encrypted' }],
    },
  }),
  ...service('Repository', 'aws_ecr_repository', {
    recovery: {
      'ecr-without-lifecycle': ['lifecycle_policy', needed, 'keeps every image that was ever pushed', { severity: 'info', confidence: 'low', or: [{ type: 'aws_ecr_lifecycle_policy' }] }],
    },
  }),
  ...service('Cluster', 'aws_eks_cluster', {
    exposed: {
      'eks-without-private-endpoint': ['vpc_config.endpoint_private_access', { must: { is: [true] }, absent: 'bad', set: true }, 'is administered over the internet even by its own nodes', {
        severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_eks_cluster" "gpu" {\n                            ^^^\n}\n',
          fixed: 'resource "aws_eks_cluster" "gpu" {\n  vpc_config {\n    endpoint_private_access = true\n  }\n}\n',
          good: 'resource "aws_eks_cluster" "gpu" {\n  vpc_config {\n    endpoint_private_access = true\n  }\n}\n',
        }],
      }],
    },
    recovery: { 'eks-without-deletion-protection': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
    identity: {
      'eks-config-map-access': ['access_config.authentication_mode', ifSet('CONFIG_MAP', 'API'), 'takes the rights of users from a config map', { severity: 'info', risky: true }],
    },
  }),
  ...service('Node group', 'aws_eks_node_group', {
    patching: {
      'eks-nodes-old-image': ['ami_type', never(/^AL2_/, 'AL2_x86_64', 'AL2023_x86_64_STANDARD'), 'runs an image that gets no more updates', { severity: 'low' }],
    },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: {
      'batch-writable-root': ['container_properties.readonlyRootFilesystem', { must: { is: [true] }, absent: 'fine', set: true }, 'can write to its root file system', {
        cfn: 'container_properties.readonly_root_filesystem', severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ readonlyRootFilesystem = false })\n                                                               ^^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ readonlyRootFilesystem = true })\n}\n',
        }],
      }],
      'batch-pod-privileged': ['eks_properties.pod_properties.containers.security_context.privileged', notOn, 'runs privileged', { severity: 'high' }],
      'batch-pod-root': ['eks_properties.pod_properties.containers.security_context.run_as_non_root', notOff, 'may run as root', { severity: 'low' }],
      'batch-pod-host-network': ['eks_properties.pod_properties.host_network', notOn, 'uses the network of its host', { severity: 'low' }],
    },
  }),
  ...service('Code signing', 'aws_lambda_code_signing_config', {
    supply: {
      'code-signing-warns-only': ['policies.untrusted_artifact_on_deployment', { must: { is: ['Enforce'] }, absent: 'bad', set: 'Enforce', sample: { bad: 'Warn' } }, 'only warns of code that nobody signed', {
        cfn: 'code_signing_policies.untrusted_artifact_on_deployment',
      }],
    },
  }),
  ...service('Layer permission', 'aws_lambda_layer_version_permission', {
    privilege: {
      'layer-public': ['principal', { ...never(/^\*$/, '*', '111122223333') }, 'gives a layer to every account', { severity: 'medium', orPath: [{ path: 'organization_id', must: 'present' }] }],
    },
  }),
  ...service('Function permission', 'aws_lambda_permission', {
    identity: { 'lambda-url-permission-open': ['function_url_auth_type', not('AWS_IAM', 'NONE'), 'lets anybody call the URL of a function'] },
  }),
  ...service('Build', 'aws_codebuild_project', {
    clientCertificate: {
      'codebuild-insecure-source': ['source.insecure_ssl|secondary_sources.insecure_ssl', notOn, 'does not check the certificate of its source', { severity: 'medium' }],
    },
  }),
  ...service('Report group', 'aws_codebuild_report_group', {
    atRest: {
      'codebuild-report-plain': ['export_config.s3_destination.encryption_disabled', notOn, 'is stored without encryption at rest', { severity: 'medium' }],
    },
  }),
  ...service('Environment', 'aws_elastic_beanstalk_environment', {
    logging: {
      'beanstalk-basic-reports': ['setting.value', { must: { is: ['enhanced'] }, absent: 'fine', set: 'enhanced', sample: { bad: 'basic' } }, 'has basic health reports only', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'SystemType' }, severity: 'info',
      }],
      'beanstalk-logs-not-sent': ['setting.value', { must: { is: [true] }, absent: 'fine', sample: { bad: 'false', good: 'true' } }, 'does not send its logs to CloudWatch', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'StreamLogs' }, severity: 'info',
      }],
    },
    host: {
      'beanstalk-imds-v1': ['setting.value', { must: { is: [true] }, absent: 'fine', sample: { bad: 'false', good: 'true' } }, 'lets instances hand out credentials without a token', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'DisableIMDSv1' }, severity: 'medium',
      }],
    },
  }),
  ...service('Image builder', 'aws_appstream_image_builder', {
    exposed: { 'appstream-builder-internet': ['enable_default_internet_access', notOn, 'has access to the internet', { severity: 'low' }] },
  }),
  ...service('Image infrastructure', 'aws_imagebuilder_infrastructure_configuration', {
    host: {
      'image-build-imds-v1': ['instance_metadata_options.http_tokens', { must: { is: ['required'] }, absent: 'bad', set: 'required', sample: { bad: 'optional' } }, 'lets the building instance hand out credentials without a token', { severity: 'low' }],
    },
    logging: { 'image-build-without-log': ['logging', needed, 'keeps no log', { severity: 'info' }] },
  }),
  ...service('Image distribution', 'aws_imagebuilder_distribution_configuration', {
    exposed: {
      'image-distribution-public': ['distribution.ami_distribution_configuration.launch_permission.user_groups', never(/^all$/, ['all'], ['workers']), 'gives its images to every account', {
        cfn: 'distributions.ami_distribution_configuration.launch_permission_configuration.user_groups',
      }],
    },
  }),
  ...service('Resource share', 'aws_ram_resource_share', { privilege: { 'share-outside-organization': ['allow_external_principals', notOn, 'may be joined by accounts outside of the organisation', { severity: 'low' }] } }),
  ...service('Job definition', 'aws_batch_job_definition', {
    transit: {
      'batch-efs-plaintext': ['container_properties.volumes.efsVolumeConfiguration.transitEncryption', ifSet('DISABLED', 'ENABLED'), 'mounts a file system without encryption in transit', {
        cfn: 'container_properties.volumes.efs_volume_configuration.transit_encryption|container_properties.volumes.EfsVolumeConfiguration.TransitEncryption', severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ volumes = [{ efsVolumeConfiguration = { transitEncryption = "DISABLED" } }] })\n                                                                                                   ^^^^^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ volumes = [{ efsVolumeConfiguration = { transitEncryption = "ENABLED" } }] })\n}\n',
        }],
      }],
    },
  }),
  ...service('Image pipeline', ['aws_imagebuilder_image_pipeline', 'aws_imagebuilder_image'], { detection: { 'image-build-unscanned': ['image_scanning_configuration.image_scanning_enabled', on, 'does not look for flaws in its images', { severity: 'info' }] } }),
  ...service('Experiment', 'aws_fis_experiment_template', { logging: { 'experiment-without-log': ['log_configuration', needed, 'keeps no log', { severity: 'info' }] } }),
  ...service('Repository template', 'aws_ecr_repository_creation_template', { supply: { 'template-mutable-tags': ['image_tag_mutability', { must: { is: ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'] }, absent: 'bad', set: 'IMMUTABLE', sample: { bad: 'MUTABLE' } }, 'lets tags be moved to other images', { severity: 'info' }] } }),
  ...service('Replication template', 'aws_drs_replication_configuration_template', { exposed: { 'recovery-public-address': ['create_public_ip', notOn, 'gives its servers public addresses', { severity: 'low' }] } }),
  ...service('Development environment', 'aws_cloud9_environment_ec2', {
    exposed: {
      'cloud9-direct-ssh': ['connection_type', { must: { is: ['CONNECT_SSM'] }, absent: 'bad', set: 'CONNECT_SSM', sample: { bad: 'CONNECT_SSH' } }, 'is entered over SSH from the internet', { severity: 'low' }],
    },
  }),
  ...service('Mainframe environment', 'aws_m2_environment', { exposed: { 'mainframe-public': ['publicly_accessible', notOn, open] } }),
  ...service('Dashboard workspace', 'aws_grafana_workspace', {
    exposed: { 'grafana-public': ['network_access_control', needed, open, { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Metrics workspace', 'aws_prometheus_workspace', {
    logging: { 'prometheus-without-log': ['logging_configuration', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('Canary', 'aws_synthetics_canary', {
    logging: { 'canary-without-tracing': ['run_config.active_tracing', on, 'traces no requests', { severity: 'info' }] },
  }),
  ...service('Account setting', 'aws_ssm_service_setting', {
    exposed: {
      'ssm-documents-may-be-public': ['setting_value', ifSet('Enable', 'Disable'), 'lets documents be made public', {
        severity: 'medium', when: [{ path: 'setting_id', must: { matches: /public-sharing-permission$/ } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ssm_service_setting" "sharing" {\n  setting_id    = "/ssm/documents/console/public-sharing-permission"\n  setting_value = "Enable"\n                   ^^^^^^\n}\n',
          fixed: 'resource "aws_ssm_service_setting" "sharing" {\n  setting_id    = "/ssm/documents/console/public-sharing-permission"\n  setting_value = "Disable"\n}\n',
          good: 'resource "aws_ssm_service_setting" "sharing" {\n  setting_id    = "/ssm/documents/console/public-sharing-permission"\n  setting_value = "Disable"\n}\n',
        }],
      }],
    },
  }),
  ...service('Session document', 'aws_ssm_document', {
    atRest: {
      'ssm-session-log-plain': ['content.inputs.s3EncryptionEnabled|content.inputs.cloudWatchEncryptionEnabled', { must: { is: [true] }, absent: 'fine', set: true }, 'keeps the record of sessions unencrypted', {
        severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ssm_document" "session" {\n  document_type = "Session"\n  content       = jsonencode({ inputs = { s3EncryptionEnabled = false } })\n                                                                ^^^^^\n}\n',
          good: 'resource "aws_ssm_document" "session" {\n  document_type = "Session"\n  content       = jsonencode({ inputs = { s3EncryptionEnabled = true } })\n}\n',
        }],
      }],
    },
  }),
  ...service('Rule', 'aws_config_config_rule', {
    password: {
      'access-keys-old': ['input_parameters.maxAccessKeyAge', most(90), 'lets access keys live for more than 90 days', {
        when: [{ path: 'source.source_identifier', must: { is: ['ACCESS_KEYS_ROTATED'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_config_config_rule" "keys" {\n  input_parameters = jsonencode({ maxAccessKeyAge = 365 })\n                                                    ^^^\n  source {\n    source_identifier = "ACCESS_KEYS_ROTATED"\n  }\n}\n',
          fixed: 'resource "aws_config_config_rule" "keys" {\n  input_parameters = jsonencode({ maxAccessKeyAge = 90 })\n  source {\n    source_identifier = "ACCESS_KEYS_ROTATED"\n  }\n}\n',
          good: 'resource "aws_config_config_rule" "keys" {\n  input_parameters = jsonencode({ maxAccessKeyAge = 90 })\n  source {\n    source_identifier = "ACCESS_KEYS_ROTATED"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('EMR cluster', 'aws_emr_cluster', {
    segmentation: {
      'emr-without-security-groups': ['ec2_attributes.emr_managed_master_security_group', needed, 'has no security groups of its own', { cfn: 'instances.emr_managed_master_security_group', severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Table', 'aws_dynamodb_table', {
    recovery: {
      'dynamodb-without-scaling': ['billing_mode', { must: { is: ['PAY_PER_REQUEST'] }, absent: 'bad', sample: { bad: 'PROVISIONED', good: 'PAY_PER_REQUEST' } }, 'does not grow with its load', { severity: 'info', confidence: 'low', or: [{ type: 'aws_appautoscaling_target' }], orPath: [{ path: 'sam_kind', must: 'present', onlyAbsent: true }] }],
    },
  }),
  ...service('Trace encryption', 'aws_xray_encryption_config', {
    customerKey: { 'xray-default-encryption': ['type', ifSet('NONE', 'KMS'), key, { severity: 'info' }] },
  }),
  ...service('Stack', 'aws_cloudformation_stack', {
    privilege: {
      'stack-without-role': ['iam_role_arn', needed, 'is deployed with the rights of whoever deploys it', { cfn: false, severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Alarm', 'aws_cloudwatch_composite_alarm', {
    detection: {
      'composite-alarm-off': ['actions_enabled', notOff, 'does nothing when it goes off'],
      'composite-alarm-without-action': ['alarm_actions', needed, 'tells nobody', { severity: 'info' }],
    },
  }),
  ...service('Event data store', 'aws_cloudtrail_event_data_store', {
    recovery: { 'event-store-unprotected': ['termination_protection_enabled', notOff, 'can be deleted without further ado', { severity: 'low' }] },
    logging: { 'event-store-one-region': ['multi_region_enabled', notOff, 'covers one region only', { severity: 'low' }] },
    retention: { 'event-store-short': ['retention_period', least(365), 'keeps events for less than a year', { severity: 'info' }] },
  }),
  ...service('Detector', 'aws_guardduty_detector', {
    detection: {
      'guardduty-detector-feature-off': ['features.status', ifSet('DISABLED', 'ENABLED'), 'has a feature that is switched off', { severity: 'low' }],
      'guardduty-without-malware-scan': ['datasources.malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable', notOff, 'does not look for malware', {
        cfn: 'data_sources.malware_protection.scan_ec2_instance_with_findings.ebs_volumes', severity: 'low',
      }],
    },
  }),
  ...service('Inspector', 'aws_inspector2_enabler', {
    detection: { 'inspector-without-types': ['resource_types', all('EC2', 'ECR', 'LAMBDA'), 'leaves kinds of resources out', { severity: 'info' }] },
  }),
  ...service('Security hub', 'aws_securityhub_account', {
    detection: {
      'securityhub-without-standards': ['enable_default_standards', notOff, 'checks no standard by itself', { severity: 'info' }],
    },
  }),
  ...service('Key', ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_key_policy'], {
    privilege: {
      'kms-lockout-bypass': ['bypass_policy_lockout_safety_check', notOn, 'may lock everybody out', { cfn: 'bypass_policy_lockout_safety_check', severity: 'low' }],
    },
  }),
  ...service('Key', 'aws_kms_key', {
    rotation: {
      'kms-slow-rotation': ['rotation_period_in_days', most(365), 'is rotated less than once a year', { cfn: 'rotation_period_in_days', severity: 'info' }],
    },
  }),
  ...service('Secret', 'aws_secretsmanager_secret', {
    recovery: {
      'secret-deleted-at-once': ['recovery_window_in_days', byHand({ must: { not: [0] }, absent: 'fine', set: 30 }), 'is gone at once when it is deleted', { cfn: false, ansible: 'recovery_window', severity: 'info' }],
    },
  }),
  ...service('Secret policy', 'aws_secretsmanager_secret_policy', {
    exposed: { 'secret-policy-may-be-public': ['block_public_policy', notOff, 'may open the secret to everybody', { severity: 'low' }] },
  }),
  ...service('Receipt rule', 'aws_ses_receipt_rule', {
    transit: {
      'mail-receipt-plaintext': ['tls_policy', { must: { is: ['Require'] }, absent: 'bad', set: 'Require', sample: { bad: 'Optional' } }, 'takes mail without TLS', { cfn: 'rule.tls_policy', severity: 'low' }],
    },
    detection: { 'mail-unscanned': ['scan_enabled', on, 'does not look for malware in mail', { cfn: 'rule.scan_enabled', severity: 'low' }] },
  }),
  ...service('Contact centre', 'aws_connect_instance', {
    logging: {
      'connect-without-flow-log': ['contact_flow_logs_enabled', on, 'records no contact flows', { cfn: 'attributes.contactflow_logs', severity: 'info' }],
    },
  }),
  ...service('Device logging', 'aws_iot_logging_options', {
    logging: {
      'iot-logging-off': ['disable_all_logs', notOn, 'records nothing', { cfn: false }],
      'iot-log-level-off': ['default_log_level', ifSet('DISABLED', 'WARN', 'ERROR', 'INFO', 'DEBUG'), 'logs nothing', {}],
    },
  }),
  ...service('Device authorizer', 'aws_iot_authorizer', { identity: { 'iot-token-unsigned': ['signing_disabled', notOn, 'takes tokens that nobody signed'] } }),
  ...service('Publishing task', 'aws_datasync_task', {
    logging: { 'datasync-log-off': ['options.log_level', not('BASIC', 'OFF'), 'records nothing of what it moves', { severity: 'info' }] },
    recovery: { 'datasync-unverified': ['options.verify_mode', not('POINT_IN_TIME_CONSISTENT', 'NONE'), 'does not check what it moved', { severity: 'info' }] },
  }),
  ...service('DataSync location', 'aws_datasync_location_efs', {
    transit: {
      'datasync-efs-plaintext': ['in_transit_encryption', { must: { is: ['TLS1_2'] }, absent: 'bad', set: 'TLS1_2', sample: { bad: 'NONE' } }, 'is read without TLS', { severity: 'low', noFix: 'An access point and a role have to be named with it.' }],
    },
  }),
  ...service('DataSync location', 'aws_datasync_location_hdfs', {
    transit: {
      'datasync-hdfs-plaintext': ['qop_configuration.data_transfer_protection', ifSet('DISABLED', 'PRIVACY'), 'is read without encryption', { severity: 'medium' }],
    },
  }),
  ...service('Backup vault', 'aws_backup_vault', {
    recovery: {
      'backup-vault-without-lock': ['lock_configuration', needed, 'lets its backups be deleted', { severity: 'info', or: [{ type: 'aws_backup_vault_lock_configuration' }] }],
      'backup-vault-force-destroy': ['force_destroy', notOn, 'is deleted with its backups', { cfn: false, severity: 'info' }],
    },
  }),
];
