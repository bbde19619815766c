import { byHand, ifSet, is, needed, never, none, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const plain = 'is stored without encryption at rest';
const machines = ['aws_instance', 'aws_spot_instance_request'];
const disks = ['aws_instance', 'aws_launch_configuration', 'aws_spot_instance_request'];
/** The account encrypts every new disk. */
const byDefault = [{ type: 'aws_ebs_encryption_by_default', path: 'enabled', must: { is: [true] } }] as const;

export default [
  ...service('Disk', 'aws_ebs_volume', {
    atRest: { 'unencrypted-ebs': ['encrypted', on, plain, { ansible: 'encrypted', or: byDefault }] },
    customerKey: { 'ebs-without-key': ['kms_key_id', needed, key, { severity: 'info', ansible: false }] },
  }),
  ...service('Account', 'aws_ebs_encryption_by_default', { atRest: { 'ebs-default-off': ['enabled', notOff, 'leaves new disks unencrypted'] } }),
  ...service('Snapshot', ['aws_ebs_snapshot', 'aws_ebs_snapshot_copy', 'aws_ami_copy'], {
    atRest: { 'unencrypted-ebs-copy': ['encrypted', on, plain, { severity: 'medium', ansible: 'encrypted', orPath: [{ path: 'volume_id', must: 'present' }] }] },
    customerKey: { 'ebs-copy-without-key': ['kms_key_id', needed, key, { severity: 'info', ansible: 'kms_key_id', orPath: [{ path: 'volume_id', must: 'present' }] }] },
  }),
  ...service('Image', 'aws_ami', {
    atRest: {
      'unencrypted-ami': ['ebs_block_device.encrypted', on, 'has an unencrypted disk', { orPath: [{ path: 'ebs_block_device.snapshot_id', must: 'present' }], ansible: 'device_mapping.encrypted' }],
    },
    privilege: {
      'ami-shared': ['launch_permissions.user_ids', none, 'is shared with other accounts', {
        severity: 'medium', ansible: 'launch_permissions.user_ids',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ami" "base" {\n  launch_permissions {\n    user_ids = ["111122223333", "444455556666"]\n               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  }\n}\n',
          good: 'resource "aws_ami" "base" {\n  name = "base"\n}\n',
        }],
      }],
    },
  }),
  ...service('Image permission', 'aws_ami_launch_permission', {
    privilege: {
      'ami-permission': ['account_id', none, 'lets another account start the image', { severity: 'low', confidence: 'medium' }],
      'ami-public': ['group', never(/^all$/, 'all', 'none'), 'lets everybody start the image'],
    },
  }),
  ...service('Instance', disks, {
    atRest: {
      'unencrypted-root-device': ['root_block_device.encrypted', on, 'has an unencrypted root disk', {
        cfn: 'ebs_block_device.ebs.encrypted|block_device_mappings.ebs.encrypted', severity: 'medium', missing: 'low', or: byDefault,
        orPath: [{ path: 'ebs_block_device.ebs.snapshot_id', must: 'present' }],
      }],
      'unencrypted-attached-device': ['ebs_block_device.encrypted', on, 'has an unencrypted disk', {
        cfn: false, when: [{ path: 'ebs_block_device', must: 'present' }], severity: 'medium', or: byDefault,
        orPath: [{ path: 'ebs_block_device.no_device', must: 'present' }, { path: 'ebs_block_device.snapshot_id|ebs_block_device.ebs.snapshot_id', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_instance" "gpu" {\n                         ^^^\n  ebs_block_device {\n    device_name = "/dev/sdb"\n  }\n}\n',
          fixed: 'resource "aws_instance" "gpu" {\n  ebs_block_device {\n    device_name = "/dev/sdb"\n    encrypted = true\n  }\n}\n',
          good: 'resource "aws_instance" "gpu" {\n  ebs_block_device {\n    device_name = "/dev/sdb"\n    encrypted   = true\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Instance', [...machines, 'aws_launch_template', 'aws_launch_configuration'], {
    host: {
      'imds-v1': ['metadata_options.http_tokens', is('required'), 'hands out credentials without a session token (IMDSv1)', {
        severity: 'medium', ansible: 'metadata_options.http_tokens', orPath: [{ path: 'metadata_options.http_endpoint', must: { is: ['disabled'] } }],
        why: 'A request forged through an application on the instance (SSRF) reads the credentials of its role.',
        references: ['CWE-918', 'CM-6', 'AC-6'],
      }],
      'imds-hop-limit': ['metadata_options.http_put_response_hop_limit', { must: { most: 1 }, absent: 'fine', set: 1 }, 'lets its containers reach its credentials', { severity: 'low' }],
    },
  }),
  ...service('Instance', machines, {
    logging: {
      'instance-without-monitoring': ['monitoring', on, 'has no detailed monitoring', { ansible: 'detailed_monitoring|monitoring', severity: 'info' }],
    },
    host: { 'instance-not-ebs-optimised': ['ebs_optimized', on, 'shares its network with its disks', { severity: 'info', ansible: 'ebs_optimized' }] },
    machineIdentity: { 'instance-without-profile': ['iam_instance_profile', needed, 'has no role', { severity: 'info', confidence: 'low' }] },
    segmentation: {
      'instance-default-network': ['subnet_id', needed, 'runs in the default network', {
        severity: 'info', confidence: 'low',
        orPath: [{ path: 'network_interface|network_interfaces', must: 'present' }, { path: 'vpc_security_group_ids|security_group_ids', must: 'present' }],
      }],
    },
  }),
  ...service('Launch template', 'aws_launch_template', {
    atRest: {
      'template-disk-plain': ['block_device_mappings.ebs.encrypted', on, 'gives its instances unencrypted disks', {
        when: [{ path: 'block_device_mappings', must: 'present' }], severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_launch_template" "gpu" {\n                                ^^^\n  block_device_mappings {\n    device_name = "/dev/sdb"\n  }\n}\n',
          good: 'resource "aws_launch_template" "gpu" {\n  block_device_mappings {\n    ebs {\n      encrypted = true\n    }\n  }\n}\n',
        }],
      }],
    },
    logging: { 'template-without-monitoring': ['monitoring.enabled', on, 'has no detailed monitoring', { severity: 'info' }] },
  }),
  ...service('Launch configuration', 'aws_launch_configuration', {
    logging: {
      'launch-configuration-without-monitoring': ['enable_monitoring|instance_monitoring', notOff, 'has no detailed monitoring', { severity: 'info' }],
    },
  }),
  ...service('Auto-scaling group', 'aws_autoscaling_group', {
    recovery: {
      'asg-without-health-check': ['health_check_type', is('ELB'), 'trusts the state of its instances alone', {
        severity: 'info', confidence: 'low', when: [{ path: 'load_balancers|target_group_arns|load_balancer_names', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_autoscaling_group" "api" {\n                                  ^^^\n  load_balancers = ["a"]\n}\n',
          fixed: 'resource "aws_autoscaling_group" "api" {\n  load_balancers = ["a"]\n  health_check_type = "ELB"\n}\n',
          good: 'resource "aws_autoscaling_group" "api" {\n  load_balancers    = ["a"]\n  health_check_type = "ELB"\n}\n',
        }],
      }],
      'asg-without-balancer': ['load_balancers|target_group_arns', needed, 'stands behind no load balancer', {
        cfn: 'load_balancer_names|target_group_arns', ansible: 'load_balancers|target_group_arns', severity: 'info', confidence: 'low',
        or: [{ type: 'aws_autoscaling_attachment' }, { type: 'aws_autoscaling_traffic_source_attachment' }],
      }],
    },
    logging: { 'asg-without-metrics': ['enabled_metrics', needed, 'collects no metrics', { cfn: 'metrics_collection', severity: 'info' }] },
    host: {
      'asg-launch-configuration': ['launch_configuration', none, 'starts from a launch configuration, which cannot be versioned', { cfn: 'launch_configuration_name', severity: 'info' }],
    },
  }),
  ...service('File system', 'aws_efs_file_system', {
    atRest: { 'unencrypted-efs': ['encrypted', on, plain, { ansible: 'encrypt' }] },
    customerKey: { 'efs-without-key': ['kms_key_id', needed, key, { ansible: 'kms_key_id', severity: 'info' }] },
    recovery: {
      'efs-without-backup': ['backup_policy.status', is('ENABLED'), 'is not backed up', {
        or: [{ type: 'aws_efs_backup_policy', path: 'backup_policy.status', must: { is: ['ENABLED'] } }, { type: 'aws_backup_selection' }],
        noFix: 'A backup plan has to be chosen.', severity: 'info',
        beside: { type: 'aws_efs_backup_policy', lines: ['file_system_id = {owner}.id', '', 'backup_policy {', '  status = "ENABLED"', '}'] },
      }],
    },
  }),
  ...service('Access point', 'aws_efs_access_point', {
    privilege: {
      'efs-access-point-root': ['root_directory.path', { must: { not: ['/'] }, absent: 'bad' }, 'gives access to the whole file system', { severity: 'low', sample: { bad: '/', good: '/training' } }],
      'efs-access-point-without-user': ['posix_user', needed, 'fixes no user', { severity: 'low' }],
    },
  }),
  ...service('File system', ['aws_fsx_lustre_file_system', 'aws_fsx_windows_file_system', 'aws_fsx_ontap_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_file_system'], {
    customerKey: { 'fsx-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Function', 'aws_lambda_function', {
    customerKey: {
      'lambda-environment-without-key': ['kms_key_arn', needed, 'keeps its environment without a customer-managed key', {
        when: [{ path: 'environment', must: 'present' }], severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_lambda_function" "ask" {\n                                ^^^\n  environment {\n    variables = { MODE = "a" }\n  }\n}\n',
          good: 'resource "aws_lambda_function" "ask" {\n  kms_key_arn = aws_kms_key.main.arn\n  environment {\n    variables = { MODE = "a" }\n  }\n}\n',
        }],
      }],
    },
    logging: {
      'lambda-without-tracing': ['tracing_config.mode', is('Active'), 'traces no requests', { cfn: 'tracing_config.mode|tracing_config_mode', ansible: 'tracing_mode', severity: 'info' }],
      'lambda-without-dead-letter': ['dead_letter_config', needed, 'loses events that fail', { cfn: 'dead_letter_config|dead_letter_queue', ansible: false, severity: 'info', confidence: 'low' }],
    },
    supply: { 'lambda-unsigned-code': ['code_signing_config_arn', needed, 'runs code that is not signed', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Function', ['aws_lambda_function', 'serverless_function'], {
    segmentation: {
      'lambda-without-vpc': ['vpc_config|vpc', needed, 'runs outside of a VPC', { cfn: 'vpc_config', ansible: 'vpc_subnet_ids', severity: 'info', confidence: 'low' }],
    },
    recovery: {
      'lambda-without-concurrency-limit': ['reserved_concurrent_executions|reserved_concurrency', needed, 'may take all concurrency of the account', { severity: 'info', confidence: 'low' }],
    },
    patching: {
      'lambda-old-runtime': ['runtime', { ...never(/^(?:nodejs(?:|4\.3|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x)|python(?:2\.7|3\.6|3\.7|3\.8)|ruby2\.[57]|dotnetcore[\d.]+|dotnet[56]|java8|go1\.x|provided)$/, 'python3.7', 'python3.13') }, 'runs on a language version that is no longer maintained', { severity: 'medium', ansible: 'runtime' }],
    },
  }),
  ...service('Function URL', 'aws_lambda_function_url', {
    identity: {
      'lambda-url-open': ['authorization_type', not('AWS_IAM', 'NONE'), 'can be called by anybody', { cfn: 'authorization_type|auth_type', severity: 'high' }],
      'lambda-url-cors-any-origin': ['cors.allow_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site'],
    },
  }),
  ...service('Permission', 'aws_lambda_permission', {
    privilege: {
      'lambda-permission-everybody': ['principal', never(/^\*$/, '*', 'events.amazonaws.com'), 'lets everybody call the function', { ansible: 'principal', orPath: [{ path: 'function_url_auth_type', must: 'present' }] }],
      'lambda-permission-without-source': ['source_arn', needed, 'lets every resource of a service call the function', {
        severity: 'low', when: [{ path: 'principal', must: { matches: /amazonaws\.com$/ } }],
        orPath: [{ path: 'source_account', must: 'present' }, { path: 'principal_org_id', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_lambda_permission" "events" {\n                                  ^^^^^^\n  principal = "events.amazonaws.com"\n}\n',
          good: 'resource "aws_lambda_permission" "events" {\n  principal  = "events.amazonaws.com"\n  source_arn = aws_cloudwatch_event_rule.nightly.arn\n}\n',
        }],
      }],
      'lambda-permission-all-actions': ['action', never(/^lambda:(?!Invoke|GetLayerVersion$)|^\*$/i, 'lambda:*', 'lambda:InvokeFunction'), 'allows more than calling the function', { severity: 'medium', ansible: 'action' }],
    },
  }),
  ...service('Cluster', 'aws_eks_cluster', {
    exposed: {
      'eks-public-endpoint': ['vpc_config.endpoint_public_access', off, 'has an API endpoint that the internet can reach', { severity: 'medium', ansible: false }],
      'eks-public-endpoint-anywhere': ['vpc_config.public_access_cidrs', { must: { not: ['0.0.0.0/0', '::/0'] }, absent: 'bad' }, 'accepts API calls from every address', {
        severity: 'medium', orPath: [{ path: 'vpc_config.endpoint_public_access', must: { is: [false] } }],
        sample: { bad: ['0.0.0.0/0'], good: ['10.0.0.0/8'] }, noFix: 'The addresses that need access have to be named.',
      }],
    },
    atRest: {
      'eks-secrets-unencrypted': ['encryption_config.provider.key_arn', { must: 'present', absent: 'bad' }, 'keeps its secrets without envelope encryption', { severity: 'medium' }],
      'eks-encryption-without-secrets': ['encryption_config.resources', { must: { all: ['secrets'] }, absent: 'fine', set: ['secrets'] }, 'encrypts something other than its secrets'],
    },
    logging: {
      'eks-without-control-plane-log': ['enabled_cluster_log_types', needed, 'sends no control-plane log', { cfn: 'logging.cluster_logging.enabled_types' }],
      'eks-incomplete-control-plane-log': ['enabled_cluster_log_types', { must: { all: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] }, absent: 'bad', set: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] }, 'sends only some control-plane logs', { cfn: false, severity: 'info' }],
    },
    segmentation: {
      'eks-without-security-group': ['vpc_config.security_group_ids', needed, 'has no security group of its own', { ansible: 'security_groups', severity: 'info', confidence: 'low' }],
    },
    patching: {
      'eks-old-version': ['version', { must: { never: /^1\.(?:\d|1\d|2[0-9])$/ }, absent: 'fine', sample: { bad: '1.24', good: '1.33' } }, 'runs an unsupported version of Kubernetes', { ansible: 'version' }],
    },
  }),
  ...service('Node group', 'aws_eks_node_group', {
    exposed: {
      'eks-nodes-open-ssh': ['remote_access.source_security_group_ids', needed, 'accepts SSH from everywhere', {
        cfn: 'remote_access.source_security_groups', ansible: 'remote_access.source_sg', when: [{ path: 'remote_access.ec2_ssh_key', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_eks_node_group" "gpu" {\n                               ^^^\n  remote_access {\n    ec2_ssh_key = "ops"\n  }\n}\n',
          good: 'resource "aws_eks_node_group" "gpu" {\n  remote_access {\n    ec2_ssh_key               = "ops"\n    source_security_group_ids = [aws_security_group.bastion.id]\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Cluster', 'aws_ecs_cluster', {
    logging: {
      'ecs-without-insights': ['setting.value', { must: { is: ['enabled', 'enhanced'] }, absent: 'bad' }, 'has no container insights', {
        cfn: 'cluster_settings.value', api: 'settings.value', severity: 'info', noFix: 'The setting is a block of its own.',
        sample: { bad: 'disabled', good: 'enabled' },
      }],
      'ecs-exec-without-log': ['configuration.execute_command_configuration.logging', not('DEFAULT', 'NONE'), 'does not record commands that are run in containers'],
    },
    customerKey: {
      'ecs-exec-without-key': ['configuration.execute_command_configuration.kms_key_id', needed, 'does not encrypt commands that are run in containers', {
        when: [{ path: 'configuration.execute_command_configuration', must: 'present' }], severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ecs_cluster" "gpu" {\n                            ^^^\n  configuration {\n    execute_command_configuration {\n      logging = "DEFAULT"\n    }\n  }\n}\n',
          good: 'resource "aws_ecs_cluster" "gpu" {\n  configuration {\n    execute_command_configuration {\n      logging    = "DEFAULT"\n      kms_key_id = aws_kms_key.main.arn\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Service', 'aws_ecs_service', {
    exposed: {
      'ecs-public-address': ['network_configuration.assign_public_ip', notOn, 'gets a public address', { cfn: 'network_configuration.awsvpc_configuration.assign_public_ip', ansible: 'network_configuration.assign_public_ip', severity: 'medium' }],
    },
    patching: { 'ecs-old-platform': ['platform_version', ifSet('1.3.0', 'LATEST', '1.4.0'), 'is fixed to an old platform version'] },
    privilege: {
      'ecs-admin-role': ['iam_role|role', never(/admin/i, 'arn:aws:iam::111122223333:role/admin', 'arn:aws:iam::111122223333:role/service'), 'runs with an administrator role', { ansible: 'role', confidence: 'medium' }],
    },
    segmentation: {
      'ecs-without-balancer': ['load_balancer|load_balancers', needed, 'stands behind no load balancer', { severity: 'info', confidence: 'low' }],
    },
    host: { 'ecs-exec-enabled': ['enable_execute_command', notOn, 'lets commands be run in its containers', { severity: 'info' }] },
  }),
  ...service('Task definition', 'aws_ecs_task_definition', {
    transit: {
      'efs-plaintext-task': ['volume.efs_volume_configuration.transit_encryption', { must: { is: ['ENABLED'] }, absent: 'bad', set: 'ENABLED' }, 'mounts a file system without encryption in transit', {
        cfn: 'volumes.efs_volume_configuration.transit_encryption', ansible: false,
        when: [{ path: 'volume.efs_volume_configuration|volumes.efs_volume_configuration', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ecs_task_definition" "train" {\n                                    ^^^^^\n  volume {\n    efs_volume_configuration {\n      file_system_id = "a"\n    }\n  }\n}\n',
          good: 'resource "aws_ecs_task_definition" "train" {\n  volume {\n    efs_volume_configuration {\n      transit_encryption = "ENABLED"\n    }\n  }\n}\n',
        }],
      }],
    },
    segmentation: {
      'ecs-network-mode': ['network_mode', { must: { is: ['awsvpc'] }, absent: 'bad', set: 'awsvpc' }, 'shares the network of its host', { ansible: 'network_mode', severity: 'low', risky: true, sample: { bad: 'bridge' } }],
    },
    container: {
      'ecs-host-pid': ['pid_mode', not(undefined, 'host'), 'sees the processes of its host'],
      'ecs-host-ipc': ['ipc_mode', not(undefined, 'host'), 'shares memory with its host'],
      'ecs-host-network': ['network_mode', not('awsvpc', 'host'), 'uses the network of its host', { severity: 'low' }],
    },
    machineIdentity: { 'ecs-without-task-role': ['task_role_arn', needed, 'has no role of its own', { severity: 'info' }] },
  }),
  ...service('Task set', 'aws_ecs_task_set', {
    exposed: {
      'ecs-task-set-public-address': ['network_configuration.assign_public_ip', notOn, 'gets a public address', { cfn: 'network_configuration.aws_vpc_configuration.assign_public_ip', severity: 'medium' }],
    },
  }),
  ...service('Repository', 'aws_ecr_repository', {
    supply: {
      'mutable-image-tags': ['image_tag_mutability', is('IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'), 'lets tags be moved to other images', { ansible: 'image_tag_mutability' }],
    },
    detection: { 'ecr-without-scan': ['image_scanning_configuration.scan_on_push', on, 'does not scan images', { ansible: 'scan_on_push' }] },
    customerKey: {
      'ecr-without-key': ['encryption_configuration.encryption_type', { must: { is: ['KMS', 'KMS_DSSE'] }, absent: 'bad' }, key, { severity: 'info' }],
    },
  }),
  ...service('WorkSpace', 'aws_workspaces_workspace', {
    atRest: {
      'unencrypted-workspace-root': ['root_volume_encryption_enabled', on, 'has an unencrypted root volume', { severity: 'medium' }],
      'unencrypted-workspace-user': ['user_volume_encryption_enabled', on, 'has an unencrypted user volume', { severity: 'medium' }],
    },
    customerKey: { 'workspace-without-key': ['volume_encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Fleet', 'aws_appstream_fleet', {
    exposed: { 'appstream-internet': ['enable_default_internet_access', notOn, 'has access to the internet', { severity: 'low' }] },
    identity: {
      'appstream-long-sessions': ['max_user_duration_in_seconds', { must: { most: 36_000 }, absent: 'fine', set: 36_000 }, 'keeps sessions for longer than ten hours', { severity: 'info' }],
    },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: {
      'batch-privileged': ['container_properties.privileged', notOn, 'runs privileged', {
        ansible: 'privileged|container_properties.privileged',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ privileged = true })\n                                                   ^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ privileged = false })\n}\n',
        }],
      }],
    },
  }),
  ...service('Environment', 'aws_elastic_beanstalk_environment', {
    patching: {
      'beanstalk-old': ['solution_stack_name', never(/Amazon Linux 201\d/, '64bit Amazon Linux 2018.03 v4 running Node.js', '64bit Amazon Linux 2023 v4 running Node.js'), 'runs on an outdated platform', { severity: 'medium' }],
    },
  }),
  ...service('Instance', 'aws_lightsail_instance', {
    host: { 'lightsail-default-key': ['key_pair_name', needed, 'uses the default key pair', { severity: 'info' }] },
  }),
  ...service('Service', 'aws_apprunner_service', {
    exposed: {
      'apprunner-public': ['network_configuration.ingress_configuration.is_publicly_accessible', off, 'is reachable from the internet', { severity: 'info', confidence: 'low' }],
    },
    customerKey: { 'apprunner-without-key': ['encryption_configuration.kms_key', needed, key, { severity: 'info' }] },
    logging: { 'apprunner-without-tracing': ['observability_configuration.observability_enabled', on, 'traces no requests', { severity: 'info' }] },
  }),
];
