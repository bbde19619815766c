import { firewallTypes } from '../../server/rule/openings.ts';
import { scalar, truth, type MapValue, type Resource, type Severity, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { families, isKnownSetting } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

/** A setting by the names that providers commonly give it, with the values that are bad under such a name. */
interface Convention {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly family: keyof typeof families;
  /** What is reported, for the page. */
  readonly what: string;
  readonly problem: string;
  readonly settings: readonly (readonly [name: RegExp, bad: (value: Value) => boolean])[];
  /** Does not hold in blocks where this is so. */
  readonly unless?: (block: MapValue, resource: Resource, parent: string) => boolean;
  readonly sample: readonly [bad: string, good: string, marked: string];
}

const isOn = (value: Value): boolean => truth(value) === true || /^(?:enabled?|on|open)$/i.test(text(value));
const isOff = (value: Value): boolean => truth(value) === false || /^(?:disabled?|off|none)$/i.test(text(value));
const text = (value: Value): string => String(scalar(value) ?? '').trim();
const like = (pattern: RegExp) => (value: Value): boolean => pattern.test(text(value));
const below = (least: number) => (value: Value): boolean => text(value) !== '' && Number(text(value)) < least;

/** Rules for what goes out, or that refuse. */
const outgoing = (block: MapValue): boolean => ['direction', 'type', 'policy', 'action', 'acl_action', 'rule_action', 'access', 'flow', 'list_type', 'permission', 'effect', 'strategy'].some((name) =>
  /^(?:out|outbound|outgoing|egress|deny|drop|reject|block|black)/i.test(text(block.entries.get(name)?.value ?? block)));

/** A rule of a firewall for ports that the internet may well reach: of an unknown one only ports of administration and of databases are judged. */
function harmless(block: MapValue, resource: Resource): boolean {
  if (!/firewall|sec_?group|security_(?:group|list|rule)|nacl|network_acl/.test(resource.type)) return false;
  const ports = [...block.entries.values()].filter((entry) => /port/.test(entry.key) && !/src|source/.test(entry.key)).flatMap(({ value }) => (value.kind === 'list' ? value.items : [value])).map(text);
  return !ports.some((port) => /^(?:2[0-3]|445|1433|1521|2375|3306|3389|5432|5900|6379|8888|9200|11434|27017|\*|all|any|[01]-65535)$/i.test(port));
}

const conventions: readonly Convention[] = [
  {
    id: 'network/setting-public', title: 'Resource that a setting opens to the internet', severity: 'medium', family: 'exposed', problem: 'is reachable from the internet',
    what: 'Reports settings such as `publicly_accessible`, `public_access` or `assign_public_ip` that are on, and `acl` or `visibility` that are public.',
    settings: [
      [/^(?:publicly_accessible|public_access(?:_enabled)?|is_public(?:_ip(?:_assigned|_enabled)?|_endpoint(?:_enabled)?)?|public|public_network_access(?:_enabled)?|enable_public_?(?:access|ip|endpoint|network|connection)s?|public_?ip_enabled|public_endpoint(?:_enabled)?|assign_(?:a_)?public_ip(?:v4)?|associate_public_ip(?:_address)?|allow_public_access|enable_internet_access|internet_facing|public_ip_assigned|support_(?:eip|public_ip)|internet_spec|internet_access(?:_enabled)?)$/, (value) => truth(value) === true || /^(?:enabled?|open)$/i.test(text(value))],
      [/^(?!block|disable|deny|ignore|restrict|prevent|no_|without|skip|delete|release|private|import_|export_)\w*(?:public|internet)_(?:access|endpoint|address|connection|network|ip|lb|service)(?:_access)?(?:_enabled|_assigned|_enable)?$|^(?:cluster|\w+_slb|slb|\w+_lb)_internet(?:_enabled)?$|^public_network$/, (value) => truth(value) === true],
      [/^(?:disable|block|prevent|restrict|deny)_public_\w+$|^(?:public_\w+|internet_\w+)_(?:blocked|disabled|restricted)$/, (value) => truth(value) === false],
      [/^(?:acl|canned_acl|access_type|(?:\w+_)?visibility|accessibility|bucket_acl)$/, like(/^(?:public|public[-_]?read(?:[-_]?write)?|public[-_]?readwrite|anonymous|everyone)$/i)],
    ],
    unless: (_block, resource, parent) => /dns|zone|record|domain|image|template|keycloak_openid_client/.test(resource.type) || /egress|outbound/.test(parent),
    sample: ['publicly_accessible = true', 'publicly_accessible = false', 'true'],
  },
  {
    id: 'network/setting-internet-facing', title: 'Address of a kind that the internet can reach', severity: 'low', family: 'exposed', problem: 'faces the internet',
    what: 'Reports kinds of networks and endpoints, such as `network_type`, that are public.',
    settings: [[/^(?:net_type|network_type(?:_acl)?|address_type|endpoint_type|network_endpoint_type|connection_type|net_connection_type)$/, like(/^(?:public|internet|internet[-_]facing|external)$/i)]],
    sample: ['network_type = "public"', 'network_type = "private"', 'public'],
  },
  {
    id: 'network/setting-open-range', title: 'List of addresses that lets everybody in', severity: 'medium', family: 'exposed', problem: 'lets every address in',
    what: 'Reports 0.0.0.0/0 and ::/0 in lists of addresses that may come in: allow lists, filters and sources.',
    settings: [[/(?:allow|white|trust|permit|authorized|accept)\w*|^(?:ip_(?:filter|list|range|whitelist|acl)|acl|acl_entr\w+|acl_rules|entry|entries|gateways|source\w*|src\w*|cidr(?:_ip|_block|_blocks|_ip4|s|_list)?|security_ip\w*|ip_ranges?|ip_restrictions?|ip_rules?|remote_ip\w*|inbound_cidrs?|ingress_cidrs?)$/, like(/^(?:0\.0\.0\.0(?:\/0)?|::\/0)$/)]],
    unless: (block, resource) => outgoing(block) || harmless(block, resource) || firewallTypes.includes(resource.type) || /route|egress|nat|outbound|subnet|vpc$|network$|destination/.test(resource.type),
    sample: ['allowed_cidrs = ["0.0.0.0/0"]', 'allowed_cidrs = ["203.0.113.0/24"]', '0.0.0.0/0'],
  },
  {
    id: 'network/setting-any-origin', title: 'Answers for pages of any origin', severity: 'low', family: 'exposed', problem: 'answers pages of any origin',
    what: 'Reports `*` among the origins that may read answers.',
    settings: [[/^(?:cors_)?(?:allowed?_|access_control_allow_)(?:cors_)?origins?(?:_patterns)?$|^cors_origins?$/, like(/^(?:\*|https?:\/\/\*)$/)]],
    sample: ['allowed_origins = ["*"]', 'allowed_origins = ["https://chat.example.com"]', '*'],
  },
  {
    id: 'iam/setting-administrator', title: 'Account with all rights', severity: 'low', family: 'privilege', problem: 'has all rights',
    what: 'Reports settings such as `superuser` that are on, and roles of owners and administrators that are given to everybody.',
    settings: [[/^(?:is_)?(?:superuser|super_user|admin|administrator|root)$/, (value) => truth(value) === true]],
    sample: ['superuser = true', 'superuser = false', 'true'],
  },
  {
    id: 'iam/setting-everybody', title: 'Rights that everybody is given', severity: 'high', family: 'privilege', problem: 'gives rights to everybody',
    what: 'Reports `allUsers` and `allAuthenticatedUsers` among the members that a binding gives a role.',
    settings: [[/^(?:members?|principals?|grantees?)$/, like(/^(?:system:)?all_?(?:authenticated_?)?users$/i)]],
    sample: ['members = ["system:allUsers"]', 'members = ["serviceAccount:chat"]', 'system:allUsers'],
  },
  {
    id: 'iam/setting-broad-role', title: 'Binding of a role with all rights', severity: 'info', family: 'privilege', problem: 'gives all rights on a resource',
    what: 'Reports roles of owners, administrators and editors in bindings.',
    settings: [[/^role$/, like(/^(?:roles\/)?(?:owner|admin|administrator|editor)$/i)]],
    unless: (block) => !block.entries.has('member') && !block.entries.has('members'),
    sample: ['members = ["serviceAccount:chat"]\n  role    = "admin"', 'members = ["serviceAccount:chat"]\n  role    = "viewer"', 'admin'],
  },
  {
    id: 'storage/setting-unencrypted', title: 'Encryption that a setting switches off', severity: 'medium', family: 'atRest', problem: 'is stored without encryption at rest',
    what: 'Reports settings such as `encrypted` or `storage_encryption_enabled` that are off.',
    settings: [[/^(?:encrypt|encrypted|encryption|encryption_enabled|is_encrypted\w*|encryption_at_rest(?:_enabled)?|enable_(?:\w+_)?encryption(?:_at_rest)?|(?:disk|storage|volume|root|data|system|at_rest|server_side|snapshot|backup)\w*_encrypt(?:ed|ion)(?:_enabled)?|sse_enabled|tde_(?:enabled|status)|disk_encryption)$|^(?!disable|no_|skip|\w*(?:transit|ssl|tls|password|client|connection|opportunistic|quantum))\w+_(?:encrypted|encryption|encrypt)(?:_enabled|_status)?$/, isOff]],
    unless: (block) => [...block.entries.keys()].some((name) => /transit/.test(name) && /encrypt/.test(name)),
    sample: ['storage_encrypted = false', 'storage_encrypted = true', 'false'],
  },
  {
    id: 'transport/setting-without-tls', title: 'TLS that a setting switches off', severity: 'medium', family: 'transit', problem: 'talks without TLS',
    what: 'Reports settings such as `ssl_enabled`, `require_tls` or `https_only` that are off.',
    settings: [
      [/^(?:(?:ssl|tls|https)(?:_enabled?|_only|_required|_enforcement|_status|_action)?|(?:enable|require|enforce|force|use|is)_(?:ssl|tls|https)(?:_only|_enabled)?|(?:in_transit|transit)_encryption(?:_enabled)?|encryption_in_transit(?:_enabled)?|(?:force|redirect_http_to|always_use|http_to)_https(?:_redirect)?|require_secure_transport|ssl_mode|sslmode|tls_mode|tls_option)$/, (value) => isOff(value) || /^(?:close|plaintext|allow)$/i.test(text(value))],
      [/^(?!disable|no_|skip|without|ignore|terminate|insecure|allow_insecure)\w+_(?:ssl|tls|https)(?:_enabled|_required|_enforced)?$|^(?:encrypt_(?:in_)?transit|\w+_in_transit)(?:_enabled)?$/, (value) => truth(value) === false],
      [/^(?:disable|no|skip)_(?:ssl|tls|https)$|^(?:ssl|tls|https)_(?:disabled|off)$|^(?:enable|allow)_(?:http|plaintext|non_ssl\w*)$/, (value) => truth(value) === true],
    ],
    unless: (_block, resource) => /vpn/.test(resource.type),
    sample: ['ssl_enabled = false', 'ssl_enabled = true', 'false'],
  },
  {
    id: 'transport/setting-unchecked', title: 'Certificate that a setting leaves unchecked', severity: 'medium', family: 'transit', problem: 'does not check the certificate of its peer',
    what: 'Reports settings such as `insecure_skip_verify` that are on, and `verify_ssl` that are off.',
    settings: [
      [/^(?:insecure_?skip_?(?:tls_)?verif\w*|skip_?(?:tls|ssl|cert|certificate)_?(?:verif|valid)\w*|tls_skip_verif\w*|(?:tls|ssl)_insecure|insecure_(?:ssl|tls)|no_tls_verify|accept_self_signed\w*|allow_self_signed\w*|ignore_(?:ssl|cert|certificate|tls)\w*|disable_(?:ssl|tls|cert|certificate|hostname)_(?:verif|valid|check)\w*|insecure|allow_insecure(?:_\w+)?|ignore_\w*(?:cert|certificate)\w*|(?:is_)?(?:ssl|tls|cert|certificate|trust)_verif\w*_disabled)$/, isOn],
      [/^(?:verify_(?:ssl|tls|cert\w*)|(?:ssl|tls|cert|certificate)_verif\w*|validate_certs?|check_certificate|(?:ssl|tls)_verify|verification_mode|enable_(?:ssl|tls|cert\w*)_verif\w*|\w+_(?:tls|ssl)_verify|is_(?:tls|ssl)_?verify_enabled|validate_(?:server_)?certificates?(?:_\w+)?|strict_host_key_check\w*)$/, isOff],
      [/(?:url|uri|dsn|connection\w*|jdbc\w*)$/, like(/[?&; ](?:tls=(?:skip-verify|false)|sslmode=(?:disable|allow|prefer)|ssl=false|useSSL=false|encrypt=(?:false|disable)|trustServerCertificate=true)\b/i)],
    ],
    sample: ['insecure_skip_verify = true', 'insecure_skip_verify = false', 'true'],
  },
  {
    id: 'transport/setting-old-tls', title: 'Setting that accepts outdated TLS versions', severity: 'medium', family: 'oldTls', problem: 'accepts outdated TLS versions',
    what: 'Reports settings for the lowest version of TLS that name SSL 3, TLS 1.0 or TLS 1.1.',
    settings: [[/^(?!disabled_|excluded_)(?:\w+_)?(?:min(?:imum|imal)?_?(?:tls|ssl)\w*|(?:tls|ssl)_min\w*|tls_versions?|tls_policy|ssl_policy|minimum_protocol\w*|security_policy|tls_cipher_policy|tls_cipher_policy_id|ssl_protocols?|enabled_tls_protocols)$/, like(/(?:^|[^\d.])(?:1[._-][01])$|^tls-?v?1(?:[._-]?[01])?$|^ssl-?v?[23](?:[._]0)?$|[_-]1[_-][01]$/i)]],
    sample: ['minimum_tls_version = "1.0"', 'minimum_tls_version = "1.2"', '1.0'],
  },
  {
    id: 'transport/setting-plaintext', title: 'Listener or address without TLS', severity: 'low', family: 'transit', problem: 'uses plain HTTP',
    what: 'Reports listeners whose protocol is HTTP, and addresses of webhooks, callbacks and endpoints that begin with http://, except those inside.',
    settings: [
      [/^(?:(?:\w+_)?(?:webhook|callback|hook)(?:_url)?s?|(?:target|endpoint|server|service|backend|origin|issuer|redirect)_?(?:url|uri)s?|url|endpoint|redirect_uris)$/, like(/^http:\/\/(?!localhost|127\.|10\.|192\.168\.|169\.254\.|[\w-]+(?:[:/]|$)|[\w.-]+\.(?:svc|local|internal|cluster|lan|home|corp)\b|\$|\{)/)],
    ],
    sample: ['webhook_url = "http://hooks.example.com/a"', 'webhook_url = "https://hooks.example.com/a"', 'http://hooks.example.com/a'],
  },
  {
    id: 'transport/setting-plaintext-protocol', title: 'Listener or route without TLS', severity: 'low', family: 'transit', problem: 'speaks plain HTTP',
    what: 'Reports listeners, routes and services whose protocol is HTTP.',
    settings: [[/^(?:\w+_)?(?:protocol|scheme)s?$/, like(/^http$/i)]],
    unless: (block, resource, parent) => isKnownSetting(resource.type) || !/listener|route|service|upstream|backend|frontend|proxy|ingress|(?:^|_)lb|load_?balancer|origin/.test(resource.type) || /health|check|monitor|probe/.test(`${parent} ${resource.type}`) || [...block.entries.keys()].some((name) => /health|check|probe|certificate|redirect/.test(name)),
    sample: ['protocol = "http"', 'protocol = "https"', 'http'],
  },
  {
    id: 'auth/setting-open-sign-up', title: 'Sign-up that is open to everybody', severity: 'low', family: 'identity', problem: 'lets everybody make an account',
    what: 'Reports settings such as `registration_allowed` that are on.',
    settings: [[/^(?:allow_|enable_)?(?:self_|open_|public_)?(?:registration|sign_?up|signup)(?:_allowed|_enabled)?$/, (value) => truth(value) === true]],
    sample: ['registration_allowed = true', 'registration_allowed = false', 'true'],
  },
  {
    id: 'auth/setting-anonymous', title: 'Sign-in that a setting switches off', severity: 'medium', family: 'identity', problem: 'lets people in who did not sign in',
    what: 'Reports settings such as `anonymous_access`, `disable_auth` or `require_mfa` that leave a resource open.',
    settings: [
      [/^(?:(?:allow|enable|is)_)?anonymous(?:_access|_auth|_users?|_read)?(?:_enabled|_allowed)?$|^(?:disable|no|skip)_auth(?:entication|orization)?$|^(?:enable_|allow_)?\w*(?:anonymous|unauthenticated|auth_free|guest)_(?:access|login|read|write|users?)(?:_enabled|_allowed)?$/, (value) => truth(value) === true],
      [/^(?:auth|authentication|authorization)(?:_enabled|_required)?$|^(?:enable|require)_auth(?:entication|orization)?$|^auth_enabled$/, (value) => truth(value) === false || /^(?:none|disabled|off)$/i.test(text(value))],
      [/^(?:auth_type|authorization_type|authentication_type|auth_mode|authentication_mode|authorizer_type)$/, like(/^(?:none|anonymous|disabled|open)$/i)],
      [/^(?:(?:require|enforce|enable)_)?(?:mfa|two_factor(?:_auth(?:entication)?)?|2fa)(?:_enabled|_required|_enforced|_enforcement)?$|^(?:\w+_)?(?:mfa|multi_?factor_auth(?:entication)?|two_factor(?:_auth\w*)?)(?:_(?:enabled|required|enforced|enforcement|status|settings?|authentication\w*))?$/, isOff],
    ],
    sample: ['allow_anonymous = true', 'allow_anonymous = false', 'true'],
  },
  {
    id: 'monitoring/setting-log-off', title: 'Log or protection that a setting switches off', severity: 'low', family: 'logging', problem: 'keeps no record of what happens to it',
    what: 'Reports settings such as `audit_log_enabled` or `logging_enabled` that are off.',
    settings: [[/^(?:(?:enable|is)_)?(?:audit_?|access_?|flow_?|query_?|activity_?|control_plane_?)?(?:logs?|logging|trail|audit|auditing|sql_collector)(?:_enabled|_enable|_status|_policy)?$|^(?:is_|enable_)?\w*(?:audit|access|flow|slow|query|error|operation|request)_?(?:logs?|logging)(?:_enabled|_enable|_status|_switch)?$|^(?:is_|enable_)\w*(?:audit|logging|monitoring)(?:_enabled)?$/, isOff],
      [/^(?:is_|are_)?(?:\w+_)?(?:monitoring|logging|logs?|audit)_disabled$|^disable_(?:\w+_)?(?:monitoring|logging|logs?|audit)$/, (value) => truth(value) === true]],
    sample: ['audit_log_enabled = false', 'audit_log_enabled = true', 'false'],
  },
  {
    id: 'monitoring/setting-without-backup', title: 'Backups that a setting switches off', severity: 'info', family: 'recovery', problem: 'cannot be brought back after a mistake',
    what: 'Reports backups, versions and protections from deletion that are off, and backups that are kept for less than a week.',
    settings: [
      [/^(?:(?:enable_)?(?:automatic_|automated_|auto_)backups?(?:_enabled)?|backups|backups?_enabled|enable_backups?|point_in_time_recovery(?:_enabled)?|pitr_enabled|versioning(?:_enabled)?|(?:\w+_)?(?:termination|deletion|delete|release)_protection(?:_enabled|_status)?|enable_deletion_protection|destroy_protect(?:ion)?|delete_protect(?:_enabled?)?|delete_protection_enable|(?:is_)?\w*(?:auto_|automatic_|automated_)?backup(?:s)?_enabled|backup_policy_enabled)$/, (value) => isOff(value) || /^suspended$/i.test(text(value))],
      [/^(?:backup_retention(?:_period|_days|_in_days)?|backup_retain_days|keep_days|(?:base_)?backup_retention_period)$/, below(7)],
    ],
    sample: ['deletion_protection = false', 'deletion_protection = true', 'false'],
  },
  {
    id: 'storage/setting-without-rotation', title: 'Key rotation that a setting switches off', severity: 'low', family: 'rotation', problem: 'is never rotated',
    what: 'Reports settings such as `key_rotation_enabled` or `automatic_rotation` that are off.',
    settings: [[/^(?:(?:key_|auto_|automatic_|is_auto_)?rotation(?:_enabled|_status)?|enable_(?:key_|automatic_|auto_)?rotation|rotate_automatically|(?:is_)?\w*auto_?rotat\w*)$/, isOff]],
    sample: ['key_rotation_enabled = false', 'key_rotation_enabled = true', 'false'],
  },
  {
    id: 'workload/setting-privileged', title: 'Rights of root that a setting gives', severity: 'medium', family: 'container', problem: 'gives rights of root',
    what: 'Reports settings such as `privileged`, `no_root_squash` or `run_as_root` that are on, and `root_squash` that is off.',
    settings: [
      [/^(?:\w+_)?privileged$|^no_root_squash$|^run_as_root$|^allow_privilege_escalation$|^(?:enable|allow)_root(?:_access|_login|_user)?$|^root_access(?:_enabled|_allowed)?$/, (value) => truth(value) === true],
      [/^(?:is_)?(?:run_as_)?non_root(?:_user_check)?(?:_enabled)?$/, (value) => truth(value) === false],
      [/^(?:\w+_)?root_squash(?:_enabled)?$/, (value) => isOff(value) || /^no_?root_?squash$/i.test(text(value))],
    ],
    sample: ['privileged = true', 'privileged = false', 'true'],
  },
  {
    id: 'workload/setting-boot-unchecked', title: 'Check of what is started that a setting switches off', severity: 'low', family: 'host', problem: 'does not check what it starts',
    what: 'Reports secure boot, measured boot, trusted platform modules and integrity monitoring that are off.',
    settings: [[/(?:secure_boot|measured_boot|trusted_platform_module|vtpm|integrity_monitoring)(?:_enabled)?$/, isOff]],
    sample: ['is_secure_boot_enabled = false', 'is_secure_boot_enabled = true', 'false'],
  },
  {
    id: 'auth/setting-short-password', title: 'Policy that accepts short passwords', severity: 'low', family: 'password', problem: 'accepts short passwords',
    what: 'Reports least lengths of passwords below 12.',
    settings: [[/^(?:min(?:imum)?_password_length|password_min(?:imum)?_length|minimum_length|min_length)$/, (value) => below(12)(value) && Number(text(value)) > 0]],
    unless: (_block, resource) => !/password/.test(resource.type) && ![...resource.attributes.keys()].some((name) => /password/.test(name)),
    sample: ['password_min_length = 6', 'password_min_length = 14', '6'],
  },
];

/** The clouds and tools whose settings have tables that mean to be complete, and what is no resource of a provider. */
const elsewhere = /^(?:aws|awscc|azurerm|azuread|azapi|azurestack|google|kubernetes|k8s|helm|kubectl|docker|ansible|ci|compose|serverless|cloudformation|random|null|local|tls|time|template|archive|external|http|acme|cloudinit|terraform|module|data|panos|serverless|provider)_|^(?:dockerfile|openapi|module|terraform|provider|nomad_(?:task|group|agent)|consul_agent|vault_server|packer_source|(?:grafana|supabase)_settings|cloud_init|helm_(?:values|chart))$/;
/** Kinds of resources of the large clouds that no table knows are judged by name as well, but for names that mean something else there. */
const ofClouds = /^(?:aws|azurerm|google)_/;
const otherwiseThere = new Set<RuleId>(['monitoring/setting-without-backup', 'network/setting-internet-facing', 'transport/setting-plaintext', 'network/setting-open-range']);
const judged = new Map<string, boolean>();

/** Whether a type is one of a provider without tables; every rule here asks for every resource. */
function isJudged(type: string): boolean {
  let known = judged.get(type);
  if (known === undefined) judged.set(type, (known = type.includes('_') && (!elsewhere.test(type) || (ofClouds.test(type) && !isKnownSetting(type)))));
  return known;
}

const deepest = 4;

/** What says of a block whether it holds: `audit_log { enabled = false }` is `audit_log_enabled`. */
const isSwitch = /^(?:is_)?enabled?$|^status$/;

function visit(block: MapValue, around: readonly string[], see: (names: readonly string[], value: Value, block: MapValue, parent: string) => void): void {
  const parent = around.at(-1);
  for (const entry of block.entries.values()) {
    for (const value of entry.value.kind === 'list' ? entry.value.items : [entry.value]) {
      if (value.kind === 'map') {
        if (around.length < deepest) visit(value, [...around, entry.key], see);
      } else see(parent !== undefined && isSwitch.test(entry.key) ? [entry.key, `${parent}_enabled`] : [entry.key], value, block, parent ?? '');
    }
  }
}

export default conventions.map(({ settings, unless, sample: [bad, good, marked], ...row }) => objectRule({
  id: row.id, title: row.title, severity: row.severity, confidence: 'medium', types: ['*'], file: 'main.tf',
  what: `${row.what} Holds for providers whose resources have no table of their own here, by the names that such settings commonly have.`,
  why: families[row.family].why, references: families[row.family].references,
  whenNotToUse: 'Where the provider means something else by that name.', noFix: 'What the provider expects instead has to be looked up.',
  check: (resource, tell) => {
    if (resource.mode !== 'managed' || !isJudged(resource.type) || (otherwiseThere.has(row.id) && ofClouds.test(resource.type))) return;
    visit(mapOfResource(resource), [], (names, value, block, parent) => {
      if (value.kind === 'unknown' || value.kind === 'reference' || value.kind === 'null') return;
      if (!settings.some(([pattern, isBad]) => names.some((name) => pattern.test(name)) && isBad(value)) || isKnownSetting(resource.type, names[0]!) || unless?.(block, resource, parent)) return;
      tell(value, `"${resource.name}" ${row.problem}.`);
    });
  },
  bad: `resource "acme-cloud_service" "main" {\n  ${bad}\n${' '.repeat(`  ${bad}`.split('\n').at(-1)!.lastIndexOf(marked))}${'^'.repeat(marked.length)}\n}\n`,
  good: `resource "acme-cloud_service" "main" {\n  ${good}\n}\n`,
}));
