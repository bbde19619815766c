import { missing, needed, never, none, notOff, notOn, on, service } from '../_families.ts';

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
        { severity: 'high', confidence: 'high' },
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
        'disk_encryption_key.kms_key_self_link',
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
];
