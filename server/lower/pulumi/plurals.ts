import type { MapEntry, Value } from '../../model/value.ts';

/** Blocks of Amazon's provider that may be repeated; Pulumi has them as lists under a plural name. */
const amazonBlocks = [
  'access_config', 'acl', 'action', 'activated_rule', 'additional_authentication_provider', 'advanced_event_selector', 'application_configuration', 'apply_server_side_encryption_by_default', 'artifact_store', 'auth',
  'auth_provider', 'authenticate_cognito', 'authenticate_oidc', 'authentication_mode', 'backend', 'block_device_mapping', 'body', 'cloudwatch_config', 'condition', 'config_parameter', 'configuration', 'container', 'cors_rule',
  'create_table_default_permission', 'cross_region_copy', 'cross_region_copy_rule', 'custom_claim', 'custom_origin_config', 'data_privacy', 'data_resource', 'default_action', 'destination', 'distribution', 'ebs_block_device',
  'ec2_configuration', 'ec2_inbound_permission', 'encryption_config', 'encryption_configuration', 'endpoint_configuration', 'entry', 'environment', 'event_selector', 'filter', 'filter_group', 'filters_config', 'firehose', 'grant',
  'guardrail_configuration', 'guest_accelerator', 'key_modes_of_use', 'launch_specification', 'lifecycle_configuration', 'lifecycle_policy', 'lifecycle_rule', 'listener', 'load_balancer', 'log_configuration',
  'log_delivery_configuration', 'logging', 'managed_word_lists_config', 'network_configuration', 'network_interface', 'obfuscation_setting', 'ordered_cache_behavior', 'origin', 'origin_group', 'output_config', 'parameter',
  'pii_entities_config', 'policy_attribute', 'policy_type', 'port_info', 'posix_user', 'predicate', 'principal', 'publish_auth_mode', 'redirect', 'regexes_config', 'replica', 'replication_configuration', 'root_block_device',
  'root_directory', 'routing_rule', 'rule', 's3_action', 's3_destination', 'schedule', 'server_side_encryption_configuration', 'setting', 'source', 'stateful_rule_group_reference', 'stateless_rule_group_reference',
  'subscribe_auth_mode', 'target_grant', 'topics_config', 'versioning', 'volume', 'vpc_config', 'website', 'words_config',
];

/** Lists of texts whose names Amazon's provider has in the singular. */
const amazonTexts: ReadonlyMap<string, string> = new Map(['allowed_audience', 'client_list', 'include_execution_data', 'skipped_ip_range_list'].map((name) => [`${name}s`, name]));

/** The same of Azure's and Google's providers. */
const azureBlocks = [
  'access_policy', 'action', 'active_directory', 'admin_ssh_key', 'agent_pool_profile', 'allowed_caller', 'api_server_access_profile', 'auth_setting', 'authentication', 'backend', 'backend_address_pool', 'capability', 'connection_string', 'container',
  'content_filter', 'criteria', 'custom_rule', 'data_disk', 'delegation', 'diagnostic', 'email_receiver', 'enabled_log', 'enabled_metric', 'env', 'extension', 'filter', 'frontend_endpoint', 'frontend_ip_configuration', 'frontend_port',
  'gateway_ip_configuration', 'geo_location', 'http_listener', 'ip_configuration', 'ip_restriction', 'ip_rule', 'log', 'managed_rule', 'metric', 'network_interface', 'network_rule', 'network_rule_set', 'oauth2_permission_scope', 'permission', 'port',
  'private_link_access', 'probe', 'redirect_configuration', 'request_routing_rule', 'route', 'routing_rule', 'rule', 'scm_ip_restriction', 'secret', 'security_rule', 'ssl_certificate', 'storage_account', 'subnet', 'user', 'virtual_network_rule', 'volume',
];
const googleBlocks = [
  'access', 'access_config', 'alias_ip_range', 'allow', 'allowed_ip_range', 'attached_disk', 'audit_log_config', 'backend', 'binding', 'config', 'deny', 'disk', 'env', 'guest_accelerator', 'host_rule', 'ipv6_access_config', 'lifecycle_rule', 'match', 'network_interface',
  'path_matcher', 'rule', 'scratch_disk', 'secondary_ip_range', 'secret_environment_variable', 'taint', 'user',
];

/** Types whose blocks the provider itself calls by a plural name. */
const kept: Readonly<Record<string, RegExp>> = {
  containers: /^aws_(?:batch|ecs)_/, network_interfaces: /^aws_launch_template$/, block_device_mappings: /^aws_launch_template$/, predicates: /^aws_waf/, rules: /^aws_waf_|^aws_wafregional_|^google_org_policy_policy$/, permissions: /^azurerm_role_definition$/, ports: /^google_/, users: /^google_/,
};

const bySingular = (blocks: readonly string[]): ReadonlyMap<string, string> => new Map(blocks.map((name) => [/[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`, name]));
const singular: Readonly<Record<string, ReadonlyMap<string, string>>> = { aws: bySingular(amazonBlocks), azurerm: bySingular(azureBlocks), google: bySingular(googleBlocks) };

/** A value with its blocks under the names that the provider has for them. Lists of texts keep their names. */
export function inProviderNames(type: string, value: Value, depth = 0): Value {
  if (depth > 12) return value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => inProviderNames(type, item, depth + 1)) };
  if (value.kind !== 'map') return value;
  const entries = new Map<string, MapEntry>();
  const other = !singular[type.slice(0, type.indexOf('_'))];
  for (const [key, entry] of value.entries) {
    const name = nameOf(type, key, entry.value);
    const one = other ? blockName(key, entry.value) : undefined;
    if (one !== undefined && !value.entries.has(one)) entries.set(one, { ...entry, key: one, value: inProviderNames(type, entry.value, depth + 1) });
    entries.set(name, { ...entry, key: name, value: inProviderNames(type, entry.value, depth + 1) });
  }
  return { ...value, entries };
}

/** Of other providers it is not known which blocks have a plural here: a list of blocks has both names. */
function blockName(key: string, value: Value): string | undefined {
  return value.kind === 'list' && value.items.length > 0 && value.items.every((item) => item.kind === 'map') && /[^s]s$/.test(key) ? key.replace(/ies$/, 'ys').slice(0, -1) : undefined;
}

function nameOf(type: string, key: string, value: Value): string {
  if (type.startsWith('aws_') && amazonTexts.has(key)) return amazonTexts.get(key)!;
  const name = singular[type.slice(0, type.indexOf('_'))]?.get(key);
  if (name === undefined || kept[key]?.test(type)) return key;
  return value.kind === 'unknown' || value.kind === 'reference' || (value.kind === 'list' && value.items.every((item) => item.kind === 'map' || item.kind === 'unknown')) ? name : key;
}
