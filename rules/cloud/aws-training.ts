import { byHand, ifSet, missing, needed, never, not, notOn, service } from '../_families.ts';

const profiles = ['aws_sagemaker_domain', 'aws_sagemaker_user_profile'];
const settings = (path: string): string => `default_user_settings.${path}|user_settings.${path}`;
const variants = (path: string): string => `production_variants.${path}|shadow_production_variants.${path}`;

/** Further settings of what models are trained with and served by. Sources: the provider's pages of the resources; the guides of SageMaker, Comprehend and Batch. */
export default [
  ...service('Studio', profiles, {
    privilege: {
      'studio-shares-output': [settings('sharing_settings.notebook_output_option'), ifSet('Allowed', 'Disabled'), 'shares notebooks with the data that they show', { severity: 'low', why: 'Cells show rows of training data; whoever the notebook is shared with reads them.', references: ['AC-3', 'AISF-DATA-04'] }],
      'studio-everybody-administrator': [settings('r_studio_server_pro_app_settings.user_group'), ifSet('R_STUDIO_ADMIN', 'R_STUDIO_USER'), 'makes its users administrators of RStudio', { severity: 'low' }],
    },
  }),
  ...service('Studio domain', 'aws_sagemaker_domain', {
    container: {
      'studio-docker': ['domain_settings.docker_settings.enable_docker_access', ifSet('ENABLED', 'DISABLED'), 'lets its users start containers', { severity: 'low', whenNotToUse: 'Where images are built in the studio.' }],
    },
    logging: {
      'studio-users-unnamed': ['domain_settings.execution_role_identity_config', ifSet('DISABLED', 'USER_PROFILE_NAME'), 'does not say in the trail which of its users acted', { severity: 'info' }],
    },
    recovery: {
      'studio-home-deleted': ['retention_policy.home_efs_file_system', ifSet('Delete', 'Retain'), 'is deleted with the files of its users', { severity: 'info', cfn: false }],
    },
  }),
  ...service('Endpoint configuration', 'aws_sagemaker_endpoint_configuration', {
    privilege: { 'endpoint-shell': [variants('enable_ssm_access'), notOn, 'lets people into the containers that serve models', { severity: 'low' }] },
    customerKey: {
      'endpoint-core-dump-without-key': [variants('core_dump_config.kms_key_id'), needed, 'writes memory dumps without a customer-managed key', {
        severity: 'info', cfn: false, when: [{ path: 'production_variants.core_dump_config|shadow_production_variants.core_dump_config', must: 'present' }],
        examples: missing('aws_sagemaker_endpoint_configuration', '  kms_key_arn = "a"\n  production_variants {\n    core_dump_config {\n      destination_s3_uri = "s3://dumps"\n    }\n  }\n', '  kms_key_arn = "a"\n  production_variants {\n    core_dump_config {\n      destination_s3_uri = "s3://dumps"\n      kms_key_id         = "a"\n    }\n  }\n'),
      }],
    },
  }),
  ...service('Model', 'aws_sagemaker_model', {
    supply: {
      'model-latest-image': ['primary_container.image|container.image', byHand(never(/:latest$/, '111122223333.dkr.ecr.eu-west-1.amazonaws.com/triage:latest', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/triage:1.4.2')), 'is served by whatever image bears the tag `latest`', { severity: 'info', cfn: 'primary_container.image|containers.image' }],
    },
    transit: {
      'model-artefact-plaintext': ['primary_container.model_data_url|container.model_data_url', never(/^http:\/\//i, 'http://models.example.com/triage.tar.gz', 'https://models.example.com/triage.tar.gz'), 'is fetched over plain HTTP', { cfn: 'primary_container.model_data_url|containers.model_data_url' }],
    },
  }),
  ...service('Training cluster', 'aws_sagemaker_cluster', {
    segmentation: { 'training-cluster-without-vpc': ['vpc_config', needed, 'runs outside of a VPC', { severity: 'low', examples: cluster('VpcConfig', '{Subnets: [a], SecurityGroupIds: [b]}') }] },
  }),
  ...service('Studio script', 'aws_sagemaker_studio_lifecycle_config', {
    secret: {
      'studio-script-secret': ['studio_lifecycle_config_content', byHand(never(/(?:password|secret_key|api_key|token)\s*=\s*["']?[^\s"'$<{]{6,}/i, 'export API_KEY=chart-pass', 'pip install -r requirements.txt')), 'carries a secret', {}],
    },
  }),
  ...service('Language model', 'aws_comprehend_document_classifier', {
    customerKey: {
      'comprehend-output-without-key': ['output_data_config.kms_key_id', needed, 'writes its results without a customer-managed key', {
        severity: 'info', when: [{ path: 'output_data_config.s3_uri', must: 'present' }],
        examples: missing('aws_comprehend_document_classifier', '  output_data_config {\n    s3_uri = "s3://results"\n  }\n', '  output_data_config {\n    s3_uri     = "s3://results"\n    kms_key_id = "a"\n  }\n'),
      }],
    },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: {
      'batch-host-socket': ['container_properties.volumes.host.sourcePath', byHand(never(hostPaths(), '/var/run/docker.sock', '/data')), 'mounts what rules its host', {
        severity: 'high', cfn: 'container_properties.volumes.host.source_path|container_properties.volumes.host.sourcePath', noFix: 'The volume is taken out.',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ volumes = [{ host = { sourcePath = "/var/run/docker.sock" } }] })\n                                                                          ^^^^^^^^^^^^^^^^^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ volumes = [{ host = { sourcePath = "/data" } }] })\n}\n',
        }],
      }],
      'batch-shared-processes': ['eks_properties.pod_properties.share_process_namespace', notOn, 'lets containers see the processes of each other', { severity: 'low' }],
    },
  }),
  ...service('Task', 'aws_ecs_task_definition', {
    container: {
      'ecs-host-socket': ['volume.host_path', byHand(never(hostPaths(), '/var/run/docker.sock', '/data')), 'mounts what rules its host', { severity: 'high', cfn: 'volumes.host.source_path', noFix: 'The volume is taken out.', whenNotToUse: 'For agents that watch the host.' }],
    },
    identity: {
      'ecs-files-without-identity': ['volume.efs_volume_configuration.authorization_config.iam', ifSet('DISABLED', 'ENABLED'), 'mounts a file system without saying who it is', { severity: 'low', cfn: 'volumes.efs_volume_configuration.authorization_config.iam' }],
    },
  }),
  ...service('EMR cluster', 'aws_emr_cluster', {
    customerKey: {
      'emr-log-without-key': ['log_encryption_kms_key_id', needed, 'keeps its log without a customer-managed key', {
        severity: 'info', when: [{ path: 'log_uri', must: 'present' }],
        examples: missing('aws_emr_cluster', '  log_uri = "s3://logs"\n', '  log_uri                   = "s3://logs"\n  log_encryption_kms_key_id = "a"\n'),
      }],
    },
  }),
  ...service('Compute environment', 'aws_batch_compute_environment', {
    host: { 'batch-key-pair': ['compute_resources.ec2_key_pair', { must: 'absent', absent: 'fine' }, 'has machines that are entered with a key pair', { severity: 'info' }] },
  }),
  ...service('Access rule', ['aws_eks_access_policy_association', 'aws_eks_access_entry'], {
    privilege: {
      'eks-access-administrator': ['policy_arn|access_policies.policy_arn', byHand(never(/\/AmazonEKSClusterAdminPolicy$/, 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy')), 'gives all rights in the cluster', {
        severity: 'low', confidence: 'low', cfn: 'access_policies.policy_arn', noFix: 'The rights that are needed have to be chosen.', whenNotToUse: 'For the people who run the cluster.',
      }],
    },
  }),
  ...service('Browser settings', 'aws_workspacesweb_user_settings', {
    secret: {
      'browser-data-leaves': ['download_allowed|print_allowed', not('Disabled', 'Enabled'), 'lets data out of the browser', { severity: 'info', why: 'What is shown in the browser is carried off to the machine of the user.', references: ['AC-4'] }],
    },
  }),
];

/** Sockets and folders by which a container takes its host over. */
function hostPaths(): RegExp {
  return /^(?:\/|\/(?:var\/)?run\/(?:docker|containerd)[\w/.-]*|\/(?:proc|etc|root|boot|dev)(?:\/)?|\/var\/lib\/docker\/?)$/;
}

function cluster(name: string, value: string) {
  const text = (line: string, mark = ''): string => `Resources:\n  Gpus:\n${mark}    Type: AWS::SageMaker::Cluster\n    Properties:\n      ClusterName: gpus\n${line}`;
  return [{ file: 'template.yaml', bad: text('', '  ^^^^\n'), good: text(`      ${name}: ${value}\n`) }];
}
