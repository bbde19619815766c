import { ifSet, missing, needed, never, none, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const instances = ['google_compute_instance', 'google_compute_instance_template', 'google_compute_instance_from_template'];

export default [
  ...service('Instance', instances, {
    exposed: {
      'gcp-instance-public-address': [
        'network_interface.access_config',
        none,
        'has a public address',
        {
          api: 'network_interfaces.access_configs',
          ansible: 'network_interfaces.access_configs',
          severity: 'medium',
          confidence: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "google_compute_instance" "gpu" {\n  network_interface {\n    access_config {}\n    ^^^^^^^^^^^^^^^^\n  }\n}\n',
              good: 'resource "google_compute_instance" "gpu" {\n  network_interface {\n    network = "private"\n  }\n}\n',
            },
          ],
        },
      ],
    },
    host: {
      'gcp-secure-boot': ['shielded_instance_config.enable_secure_boot', on, 'starts without secure boot', { severity: 'low' }],
      'gcp-vtpm': ['shielded_instance_config.enable_vtpm', notOff, 'has no trusted platform module'],
      'gcp-integrity-monitoring': ['shielded_instance_config.enable_integrity_monitoring', notOff, 'does not watch how it starts'],
      'gcp-unshielded': ['shielded_instance_config', needed, 'is not shielded', { severity: 'info' }],
      'gcp-ip-forwarding': ['can_ip_forward', notOn, 'passes on packets that are not for it', { severity: 'low' }],
      'gcp-serial-port': ['metadata.serial-port-enable', notOn, 'has an open serial console', { severity: 'medium' }],
      'gcp-project-ssh-keys': ['metadata.block-project-ssh-keys', on, 'accepts the keys of the whole project', { severity: 'low' }],
      'gcp-os-login-off': ['metadata.enable-oslogin', notOff, 'overrides the sign-in of the project', { severity: 'low' }],
      'gcp-confidential': [
        'confidential_instance_config.enable_confidential_compute',
        on,
        'keeps its memory unencrypted',
        { severity: 'info', confidence: 'low' },
      ],
    },
    customerKey: {
      'gcp-boot-disk-without-key': [
        'boot_disk.kms_key_self_link|boot_disk.disk_encryption_key_raw',
        needed,
        'does not encrypt its disk with a key of the customer',
        {
          api: 'disks.disk_encryption_key',
          severity: 'info',
          when: [{ path: 'boot_disk|disks', must: 'present' }],
          examples: missing('google_compute_instance', '  boot_disk {\n    auto_delete = true\n  }\n', '  boot_disk {\n    kms_key_self_link = "a"\n  }\n'),
        },
      ],
    },
    atRest: {
      'gcp-key-in-template': [
        'boot_disk.disk_encryption_key_raw|attached_disk.disk_encryption_key_raw',
        none,
        'has the key of its disk written down',
        { api: 'disks.disk_encryption_key.raw_key', severity: 'high', confidence: 'high' },
      ],
    },
    privilege: {
      'gcp-default-service-account': [
        'service_account.email',
        never(
          /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/,
          '1234567890-compute@developer.gserviceaccount.com',
          'trainer@project.iam.gserviceaccount.com',
        ),
        'runs as the default service account',
        { api: 'service_accounts.email', ansible: 'service_accounts.email', severity: 'medium' },
      ],
      'gcp-full-api-access': [
        'service_account.scopes',
        never(/^(?:https:\/\/www\.googleapis\.com\/auth\/)?cloud-platform$/, ['cloud-platform'], ['storage-ro']),
        'may call every API',
        { api: 'service_accounts.scopes', ansible: 'service_accounts.scopes', severity: 'low' },
      ],
      'gcp-unnamed-service-account': [
        'service_account.email',
        needed,
        'runs as the default service account because it names none',
        {
          api: 'service_accounts',
          severity: 'low',
          confidence: 'low',
          orPath: [{ path: 'service_account.scopes', must: { is: [] } }],
          when: [{ path: 'service_account.scopes|service_accounts.scopes', must: { matches: /cloud-platform|userinfo/ } }],
          examples: missing(
            'google_compute_instance',
            '  service_account {\n    scopes = ["cloud-platform"]\n  }\n',
            '  service_account {\n    email  = "a"\n    scopes = ["cloud-platform"]\n  }\n',
          ),
        },
      ],
    },
    recovery: { 'gcp-instance-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Project', ['google_compute_project_metadata', 'google_compute_project_metadata_item'], {
    host: {
      'gcp-os-login-project': [
        'metadata.enable-oslogin',
        on,
        'lets machines manage their own sign-in',
        { severity: 'low', orPath: [{ path: 'key', must: 'present' }] },
      ],
    },
  }),
  ...service('Project setting', 'google_compute_project_metadata_item', {
    host: {
      'gcp-os-login-item': ['value', notOff, 'lets machines manage their own sign-in', { when: [{ path: 'key', must: { is: ['enable-oslogin'] } }] }],
      'gcp-serial-port-item': ['value', notOn, 'opens serial consoles', { when: [{ path: 'key', must: { is: ['serial-port-enable'] } }] }],
    },
  }),
  ...service('Disk', ['google_compute_disk', 'google_compute_region_disk', 'google_compute_image', 'google_compute_snapshot'], {
    customerKey: {
      'gcp-disk-without-key': [
        'disk_encryption_key',
        needed,
        key,
        { severity: 'info', orPath: [{ path: 'image_encryption_key|snapshot_encryption_key', must: 'present' }] },
      ],
      'gcp-disk-without-kms': [
        'disk_encryption_key.kms_key_self_link|disk_encryption_key.kms_key_name',
        needed,
        'names no key of the key service',
        {
          api: 'disk_encryption_key.kms_key_name',
          severity: 'info',
          when: [{ path: 'disk_encryption_key', must: 'present' }],
          examples: missing(
            'google_compute_disk',
            '  disk_encryption_key {\n    rsa_encrypted_key = "a"\n  }\n',
            '  disk_encryption_key {\n    kms_key_self_link = "a"\n  }\n',
          ),
        },
      ],
    },
    atRest: { 'gcp-disk-key-in-template': ['disk_encryption_key.raw_key', none, 'has its key written down', { severity: 'high', confidence: 'high' }] },
  }),
  ...service('Instance', 'google_compute_region_instance_template', {
    exposed: {
      'gcp-regional-template-public-address': ['network_interface.access_config', none, 'gives its machines public addresses', { severity: 'medium' }],
    },
    host: {
      'gcp-regional-template-ip-forwarding': ['can_ip_forward', notOn, 'passes packets on'],
      'gcp-regional-template-serial-port': ['metadata.serial-port-enable', notOn, 'has an open serial console', { severity: 'medium' }],
      'gcp-regional-template-secure-boot': ['shielded_instance_config.enable_secure_boot', on, 'starts without secure boot'],
      'gcp-regional-template-os-login': ['metadata.enable-oslogin', notOff, 'lets people in past the directory', { severity: 'medium' }],
    },
    privilege: {
      'gcp-regional-template-all-scopes': [
        'service_account.scopes',
        never(/cloud-platform$/, ['https://www.googleapis.com/auth/cloud-platform'], ['https://www.googleapis.com/auth/logging.write']),
        'may call every API',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Instance', ['google_compute_instance', 'google_compute_instance_template', 'google_compute_region_instance_template'], {
    host: {
      'gcp-not-restarted': [
        'scheduling.automatic_restart',
        notOff,
        'is not started again after a failure',
        {
          severity: 'info',
          orPath: [
            { path: 'scheduling.preemptible', must: { is: [true] } },
            { path: 'scheduling.provisioning_model', must: { is: ['SPOT'] } },
          ],
        },
      ],
      'gcp-guest-attributes': ['metadata.enable-guest-attributes', notOn, 'lets programs publish what others read', { severity: 'info' }],
    },
    patching: {
      'gcp-not-migrated': [
        'scheduling.on_host_maintenance',
        ifSet('TERMINATE', 'MIGRATE'),
        'is stopped when its host is serviced',
        {
          severity: 'info',
          orPath: [
            { path: 'confidential_instance_config.enable_confidential_compute', must: { is: [true] } },
            { path: 'guest_accelerator', must: 'present' },
            { path: 'scheduling.preemptible', must: { is: [true] } },
            { path: 'scheduling.provisioning_model', must: { is: ['SPOT'] } },
          ],
        },
      ],
    },
  }),
  ...service('Instance image', 'google_compute_machine_image', {
    customerKey: { 'gcp-machine-image-without-key': ['machine_image_encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Group', ['google_compute_instance_group_manager', 'google_compute_region_instance_group_manager'], {
    recovery: {
      'gcp-group-without-healing': ['auto_healing_policies', needed, 'does not replace machines that fail', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('TPU', 'google_tpu_v2_vm', {
    exposed: { 'tpu-public-address': ['network_config.enable_external_ips', notOn, 'has a public address', { severity: 'medium' }] },
    host: { 'tpu-secure-boot': ['shielded_instance_config.enable_secure_boot', on, 'starts without secure boot', { severity: 'info' }] },
  }),
  ...service('Workstation', 'google_workstations_workstation_config', {
    exposed: { 'workstation-public-address': ['host.gce_instance.disable_public_ip_addresses', on, 'has a public address', { severity: 'low' }] },
    host: {
      'workstation-secure-boot': ['host.gce_instance.shielded_instance_config.enable_secure_boot', on, 'starts without secure boot', { severity: 'info' }],
    },
    customerKey: { 'workstation-without-key': ['encryption_key.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Workstation cluster', 'google_workstations_workstation_cluster', {
    exposed: { 'public-workstations': ['private_cluster_config.enable_private_endpoint', on, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('Login key', 'google_os_login_ssh_public_key', {
    expiry: { 'os-login-key-without-end': ['expiration_time_usec', needed, 'holds for ever', { severity: 'info' }] },
  }),
  ...service('Instance', instances, {
    segmentation: {
      'gcp-instance-default-network': [
        'network_interface.network',
        never(/^default$|\/networks\/default$/, 'default', 'clinic'),
        'runs in the default network',
        { api: 'network_interfaces.network', severity: 'low' },
      ],
    },
  }),
];
