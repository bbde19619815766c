import { ifSet, missing, needed, never, none, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

const linux = ['azurerm_linux_virtual_machine', 'azurerm_virtual_machine', 'azurerm_linux_virtual_machine_scale_set', 'azurerm_virtual_machine_scale_set'];
const machines = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', 'azurerm_virtual_machine'];
const sets = [
  'azurerm_linux_virtual_machine_scale_set',
  'azurerm_windows_virtual_machine_scale_set',
  'azurerm_virtual_machine_scale_set',
  'azurerm_orchestrated_virtual_machine_scale_set',
];

export default [
  ...service('Machine', linux, {
    identity: {
      'linux-password-login': [
        'disable_password_authentication|os_profile_linux_config.disable_password_authentication',
        { must: { is: [true] }, absent: 'fine', set: true },
        'lets people in with a password',
        {
          arm: 'properties.osProfile.linuxConfiguration.disablePasswordAuthentication|properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication',
          ansible: '!ssh_password_enabled|linux_config.disable_password_authentication',
        },
      ],
    },
  }),
  ...service('Machine', machines, {
    host: {
      'machine-extensions-allowed': [
        'allow_extension_operations',
        off,
        'lets extensions be installed',
        { arm: 'properties.osProfile.allowExtensionOperations', severity: 'info' },
      ],
    },
    atRest: {
      'machine-host-encryption': [
        'encryption_at_host_enabled',
        on,
        'does not encrypt its caches',
        { ansible: 'security_profile.encryption_at_host', arm: 'properties.securityProfile.encryptionAtHost', severity: 'low' },
      ],
    },
    detection: {
      'machine-boot-diagnostics': [
        'boot_diagnostics',
        needed,
        'keeps no record of its start',
        { arm: 'properties.diagnosticsProfile.bootDiagnostics', ansible: 'boot_diagnostics', severity: 'info' },
      ],
    },
    machineIdentity: {
      'machine-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }],
    },
    secret: {
      'machine-custom-data-secret': [
        'custom_data',
        never(/(?:password|secret|token|AKIA)[\w]*\s*[=:]\s*\S{6,}/i, 'export DATABASE_PASSWORD="chart-pass"', 'apt-get update'),
        'carries a secret in its start script',
        { severity: 'medium', arm: 'properties.osProfile.customData' },
      ],
    },
    patching: {
      'machine-automatic-updates': [
        'automatic_updates_enabled|enable_automatic_updates',
        notOff,
        'gets no automatic updates',
        { arm: 'properties.osProfile.windowsConfiguration.enableAutomaticUpdates' },
      ],
      'machine-patches-unassessed': [
        'patch_assessment_mode',
        ifSet('ImageDefault', 'AutomaticByPlatform'),
        'is not looked through for missing updates',
        { arm: 'properties.osProfile.linuxConfiguration.patchSettings.assessmentMode|properties.osProfile.windowsConfiguration.patchSettings.assessmentMode', severity: 'info' },
      ],
      'machine-patch-mode': [
        'patch_mode',
        ifSet('Manual', 'AutomaticByPlatform', 'AutomaticByOS', 'ImageDefault'),
        'is patched by hand',
        { arm: 'properties.osProfile.windowsConfiguration.patchSettings.patchMode' },
      ],
    },
  }),
  ...service('Machine', ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine', ...sets.slice(0, 2)], {
    host: {
      'machine-secure-boot': [
        'secure_boot_enabled',
        on,
        'starts without secure boot',
        { arm: 'properties.securityProfile.uefiSettings.secureBootEnabled', severity: 'info' },
      ],
      'machine-vtpm': ['vtpm_enabled', on, 'has no trusted platform module', { arm: 'properties.securityProfile.uefiSettings.vTpmEnabled', severity: 'info' }],
    },
  }),
  ...service('Machine disks', machines, {
    customerKey: {
      'machine-unmanaged-disk': [
        'storage_os_disk.vhd_uri',
        none,
        'are not managed',
        {
          arm: 'properties.storageProfile.osDisk.vhd',
          ansible: 'managed_disk_type',
          severity: 'low',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_virtual_machine" "gpu" {\n  storage_os_disk {\n    vhd_uri = "https://x/y.vhd"\n               ^^^^^^^^^^^^^^^\n  }\n}\n',
              good: 'resource "azurerm_virtual_machine" "gpu" {\n  storage_os_disk {\n    managed_disk_type = "Standard_LRS"\n  }\n}\n',
            },
          ],
        },
      ],
      'machine-disk-without-key': [
        'os_disk.disk_encryption_set_id',
        needed,
        'are not encrypted with a customer-managed key',
        {
          severity: 'info',
          when: [{ path: 'os_disk', must: 'present' }],
          examples: missing(
            'azurerm_linux_virtual_machine',
            '  os_disk {\n    caching = "None"\n  }\n',
            '  os_disk {\n    disk_encryption_set_id = "a"\n  }\n',
          ),
        },
      ],
    },
  }),
  ...service('Scale set', sets, {
    atRest: {
      'scale-set-host-encryption': [
        'encryption_at_host_enabled',
        on,
        'does not encrypt its caches',
        { ansible: 'security_profile.encryption_at_host', arm: 'properties.virtualMachineProfile.securityProfile.encryptionAtHost', severity: 'low' },
      ],
    },
    patching: {
      'scale-set-without-os-upgrades': [
        'automatic_os_upgrade|automatic_os_upgrade_policy.enable_automatic_os_upgrade',
        on,
        'gets no automatic images',
        { arm: 'properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade', severity: 'info' },
      ],
    },
    host: {
      'scale-set-health': [
        'health_probe_id',
        needed,
        'checks no health',
        { arm: false, severity: 'info', confidence: 'low', orPath: [{ path: 'extension', must: 'present' }] },
      ],
    },
  }),
  ...service('Network interface', 'azurerm_network_interface', {
    host: {
      'interface-forwarding': [
        'ip_forwarding_enabled|enable_ip_forwarding',
        notOn,
        'passes on packets that are not for it',
        { arm: 'properties.enableIPForwarding', ansible: 'ip_forwarding' },
      ],
    },
    exposed: {
      'interface-public-address': [
        'ip_configuration.public_ip_address_id',
        none,
        'has a public address',
        {
          arm: 'properties.ipConfigurations.properties.publicIPAddress',
          ansible: 'ip_configurations.public_ip_address_name',
          severity: 'low',
          confidence: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_network_interface" "gpu" {\n  ip_configuration {\n    public_ip_address_id = azurerm_public_ip.gpu.id\n                           ^^^^^^^^^^^^^^^^^^^^^^^^\n  }\n}\n',
              good: 'resource "azurerm_network_interface" "gpu" {\n  ip_configuration {\n    private_ip_address_allocation = "Dynamic"\n  }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Machine', ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine'], {
    host: {
      'machine-without-agent': [
        'provision_vm_agent',
        notOff,
        'runs without the agent of the provider',
        { arm: 'properties.osProfile.linuxConfiguration.provisionVMAgent|properties.osProfile.windowsConfiguration.provisionVMAgent' },
      ],
    },
  }),
  ...service('Scale set', sets, {
    patching: {
      'scale-set-updates-off': [
        'automatic_updates_enabled|enable_automatic_updates',
        notOff,
        'does not install updates by itself',
        { arm: 'properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates' },
      ],
      'scale-set-manual-upgrade': [
        'upgrade_mode|upgrade_policy_mode',
        ifSet('Manual', 'Automatic', 'Rolling'),
        'brings a new model to its machines by hand only',
        { arm: 'properties.upgradePolicy.mode', severity: 'info' },
      ],
    },
    host: {
      'scale-set-extensions-allowed': [
        'extension_operations_enabled',
        off,
        'lets extensions be installed',
        { arm: 'properties.virtualMachineProfile.osProfile.allowExtensionOperations', severity: 'info', confidence: 'low' },
      ],
    },
    machineIdentity: { 'scale-set-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    customerKey: {
      'scale-set-disks-without-key': [
        'os_disk.disk_encryption_set_id',
        needed,
        key,
        { arm: 'properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet.id', severity: 'info' },
      ],
    },
    exposed: {
      'scale-set-public-address': [
        'network_interface.ip_configuration.public_ip_address|network_profile.ip_configuration.public_ip_address_configuration',
        none,
        'gives its machines public addresses',
        {
          arm: 'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations.properties.ipConfigurations.properties.publicIPAddressConfiguration',
          severity: 'low',
        },
      ],
    },
  }),
  ...service('Machine', machines, {
    password: {
      'machine-predictable-admin': [
        'admin_username|os_profile.admin_username',
        never(/^(?:admin|administrator|root|user|test|guest)$/i, 'administrator', 'chart-keeper'),
        'has a name for its administrator that everybody guesses',
        { arm: 'properties.osProfile.adminUsername', severity: 'info' },
      ],
    },
  }),
  ...service('Shared image', 'azurerm_shared_image', {
    host: {
      'image-untrusted-launch': [
        'trusted_launch_enabled|trusted_launch_supported|confidential_vm_enabled|confidential_vm_supported',
        needed,
        'does not ask for a trusted launch',
        { severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Lab machine', ['azurerm_dev_test_linux_virtual_machine', 'azurerm_dev_test_windows_virtual_machine'], {
    exposed: { 'lab-machine-public': ['disallow_public_ip_address', on, 'may have a public address', { severity: 'low', arm: 'properties.disallowPublicIpAddress' }] },
  }),
  ...service('Desktop pool', ['azurerm_virtual_desktop_host_pool', 'azurerm_virtual_desktop_workspace'], {
    exposed: {
      'public-desktop': [
        'public_network_access|public_network_access_enabled',
        { must: { is: ['Disabled', 'EnabledForClientsOnly', false] }, absent: 'bad', set: 'Disabled', sample: { bad: 'Enabled', good: 'Disabled' } },
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
    },
  }),
];
