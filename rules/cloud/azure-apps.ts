import { byHand, ifSet, least, missing, needed, never, not, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const sites = ['azurerm_app_service', 'azurerm_linux_web_app', 'azurerm_windows_web_app'];
const slots = ['azurerm_app_service_slot', 'azurerm_linux_web_app_slot', 'azurerm_windows_web_app_slot'];
const functions = [
  'azurerm_function_app',
  'azurerm_linux_function_app',
  'azurerm_windows_function_app',
  'azurerm_function_app_slot',
  'azurerm_linux_function_app_slot',
  'azurerm_windows_function_app_slot',
];
const web = [...sites, ...slots, ...functions];
/** The later kinds of apps, which have most of the settings too. */
const later = ['azurerm_logic_app_standard', 'azurerm_function_app_flex_consumption'];

export default [
  ...service('Web app', web, {
    transit: {
      'web-app-http': ['https_only', on, 'accepts plain HTTP', { arm: 'properties.httpsOnly', ansible: 'https_only', severity: 'medium' }],
      'web-app-ftp': [
        'site_config.ftps_state',
        { must: { is: ['Disabled', 'FtpsOnly'] }, absent: 'fine', set: 'Disabled', sample: { bad: 'AllAllowed' } },
        'accepts plain FTP',
        { arm: 'properties.siteConfig.ftpsState|properties.ftpsState' },
      ],
      'web-app-ftp-unset': [
        'site_config.ftps_state',
        needed,
        'does not rule out FTP',
        { arm: 'properties.siteConfig.ftpsState|properties.ftpsState', set: 'Disabled', severity: 'info', confidence: 'low' },
      ],
    },
    oldTls: {
      'web-app-old-tls': [
        'site_config.minimum_tls_version|site_config.min_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.siteConfig.minTlsVersion|properties.minTlsVersion' },
      ],
      'web-app-default-tls': [
        'site_config.minimum_tls_version|site_config.min_tls_version',
        needed,
        'names no lowest TLS version',
        { arm: 'properties.siteConfig.minTlsVersion', set: '1.2', severity: 'info', confidence: 'low' },
      ],
      'web-app-http-1': [
        'site_config.http2_enabled',
        on,
        'speaks HTTP/1 only',
        { arm: 'properties.siteConfig.http20Enabled', ansible: false, severity: 'info' },
      ],
    },
    clientCertificate: {
      'web-app-without-client-certificates': [
        'client_certificate_enabled|client_cert_enabled',
        on,
        'asks clients for no certificate',
        { arm: 'properties.clientCertEnabled', ansible: 'client_cert_enabled', severity: 'info', confidence: 'low' },
      ],
      'web-app-optional-client-certificate': [
        'client_certificate_mode|client_cert_mode',
        ifSet('Optional', 'Required'),
        'takes clients without a certificate',
        { arm: 'properties.clientCertMode', severity: 'info', confidence: 'low' },
      ],
    },
    identity: {
      'web-app-without-authentication': [
        'auth_settings.enabled|auth_settings_v2.auth_enabled',
        on,
        'knows no sign-in of its own',
        { arm: false, ansible: false, severity: 'info', confidence: 'low', leadsTo: ['auth/web-app-without-directory'] },
      ],
      'web-app-without-directory': [
        'auth_settings.active_directory',
        needed,
        'does not know the directory',
        {
          arm: false,
          severity: 'info',
          confidence: 'low',
          when: [{ path: 'auth_settings', must: 'present' }],
          examples: missing(
            'azurerm_app_service',
            '  auth_settings {\n    enabled = true\n  }\n',
            '  auth_settings {\n    active_directory {\n      client_id = "a"\n    }\n  }\n',
          ),
        },
      ],
    },
    machineIdentity: { 'web-app-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    exposed: {
      'public-web-app': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'info', confidence: 'low' },
      ],
    },
    segmentation: {
      'web-app-without-network': [
        'virtual_network_subnet_id',
        needed,
        'is not connected to a virtual network',
        { arm: 'properties.virtualNetworkSubnetId', severity: 'info', confidence: 'low' },
      ],
    },
    recovery: {
      'web-app-one-instance': ['site_config.health_check_path', needed, 'checks no health', { arm: 'properties.siteConfig.healthCheckPath', severity: 'info' }],
      'web-app-not-always-on': [
        'site_config.always_on',
        on,
        'sleeps when nobody calls',
        { arm: 'properties.siteConfig.alwaysOn', severity: 'info', confidence: 'low' },
      ],
    },
    atRest: {
      'web-app-without-storage': ['storage_account', needed, 'keeps files without a storage account', { severity: 'info', confidence: 'low', arm: false }],
    },
    patching: {
      'web-app-old-dotnet': [
        'site_config.dotnet_framework_version',
        never(/^v[1-5]\.0$/, 'v4.0', 'v8.0'),
        'runs on an outdated version of .NET',
        { arm: 'properties.siteConfig.netFrameworkVersion' },
      ],
      'web-app-old-php': [
        'site_config.php_version',
        never(/^[5-7]\./, '7.4', '8.3'),
        'runs on an outdated version of PHP',
        { arm: 'properties.siteConfig.phpVersion' },
      ],
      'web-app-old-python': [
        'site_config.python_version',
        never(/^(?:2\.|3\.[0-8]$)/, '3.4', '3.12'),
        'runs on an outdated version of Python',
        { arm: 'properties.siteConfig.pythonVersion' },
      ],
      'web-app-old-java': [
        'site_config.java_version',
        never(/^(?:1\.7|1\.8|7|8)$/, '1.8', '21'),
        'runs on an outdated version of Java',
        { arm: 'properties.siteConfig.javaVersion' },
      ],
    },
  }),
  ...service('Web app', [...sites, ...slots], {
    transit: {
      'web-app-without-request-log': ['logs.http_logs', needed, 'logs no requests', { arm: 'properties.siteConfig.httpLoggingEnabled', severity: 'info' }],
    },
    logging: {
      'web-app-without-error-details': [
        'logs.detailed_error_messages|logs.detailed_error_messages_enabled',
        on,
        'logs no details of errors',
        { arm: 'properties.siteConfig.detailedErrorLoggingEnabled', severity: 'info' },
      ],
      'web-app-without-request-tracing': [
        'logs.failed_request_tracing|logs.failed_request_tracing_enabled',
        on,
        'traces no failed requests',
        { arm: 'properties.siteConfig.requestTracingEnabled', severity: 'info' },
      ],
    },
  }),
  ...service('Service plan', ['azurerm_service_plan', 'azurerm_app_service_plan'], {
    recovery: {
      'plan-one-zone': ['zone_balancing_enabled', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }],
      'plan-one-worker': ['worker_count', least(2), 'runs on one machine', { arm: 'sku.capacity', severity: 'info' }],
    },
  }),
  ...service('Firewall policy', ['azurerm_web_application_firewall_policy', 'azurerm_frontdoor_firewall_policy'], {
    filter: {
      'waf-policy-log4j-excluded': [
        'managed_rules.managed_rule_set.rule_group_override.rule_group_name|managed_rule.override.rule_group_name',
        never(/JAVA/i, 'REQUEST-944-APPLICATION-ATTACK-JAVA', 'SQLI'),
        'changes the rules that stop attacks on Log4j',
        { severity: 'low' },
      ],
    },
  }),
  ...service('App', ['azurerm_linux_web_app', 'azurerm_windows_web_app', 'azurerm_linux_function_app', 'azurerm_windows_function_app'], {
    transit: {
      'web-app-basic-ftp-publish': [
        'ftp_publish_basic_authentication_enabled',
        off,
        'lets code be published with a password over FTP',
        { arm: false, severity: 'low' },
      ],
      'web-app-end-to-end-plain': [
        'site_config.vnet_route_all_enabled',
        { must: { is: [true] }, absent: 'fine', set: true },
        'sends outgoing traffic past its network',
        { arm: 'properties.vnetRouteAllEnabled', severity: 'info' },
      ],
    },
    identity: {
      'web-app-basic-publish': [
        'webdeploy_publish_basic_authentication_enabled',
        off,
        'lets code be published with a password',
        { arm: false, severity: 'low' },
      ],
    },
  }),
  ...service('Firewall policy', 'azurerm_web_application_firewall_policy', {
    filter: {
      'gateway-policy-off': ['policy_settings.enabled', notOff, 'is switched off', { arm: 'properties.policySettings.state', severity: 'medium' }],
      'gateway-policy-detection': [
        'policy_settings.mode',
        ifSet('Detection', 'Prevention'),
        'reports attacks but does not stop them',
        { arm: 'properties.policySettings.mode' },
      ],
    },
  }),
  ...service('Web app', [...web, ...later], {
    host: {
      'web-app-remote-debugging': [
        'site_config.remote_debugging_enabled|remote_debugging_enabled',
        notOn,
        'can be debugged from afar',
        { arm: 'properties.siteConfig.remoteDebuggingEnabled', severity: 'medium' },
      ],
    },
    patching: {
      'web-app-stack-php': [
        'site_config.application_stack.php_version',
        never(/^(?:[5-7]|8\.[01]$)/, '7.4', '8.4'),
        'runs on a version of PHP that gets no updates',
        { arm: false },
      ],
      'web-app-stack-python': [
        'site_config.application_stack.python_version',
        never(/^(?:2\.|3\.[0-8]$)/, '3.7', '3.13'),
        'runs on a version of Python that gets no updates',
        { arm: false },
      ],
      'web-app-stack-node': [
        'site_config.application_stack.node_version',
        never(/^~?(?:[4-9]|1\d)(?:\D|$)/, '14-lts', '22-lts'),
        'runs on a version of Node.js that gets no updates',
        { arm: 'properties.siteConfig.nodeVersion' },
      ],
      'web-app-stack-java': [
        'site_config.application_stack.java_version',
        never(/^(?:1\.)?[78](?:\D|$)/, '8', '21'),
        'runs on an outdated version of Java',
        { arm: false },
      ],
      'web-app-stack-dotnet': [
        'site_config.application_stack.dotnet_version',
        never(/^v?[1-35-7]\.0$/, '3.0', '9.0'),
        'runs on a version of .NET that gets no updates',
        { arm: false },
      ],
      'web-app-stack-image': [
        'site_config.linux_fx_version',
        never(/^(?:PHP\|(?:[5-7]|8\.[01]$)|PYTHON\|(?:2|3\.[0-8]$)|NODE\|(?:[4-9]|1\d)(?:\D|$)|DOTNETCORE\|[1-7]\.)/i, 'PHP|7.4', 'PHP|8.4'),
        'runs on a version of its language that gets no updates',
        { arm: 'properties.siteConfig.linuxFxVersion' },
      ],
    },
    identity: {
      'web-app-cors-any-origin': [
        'site_config.cors.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.siteConfig.cors.allowedOrigins' },
      ],
      'web-app-sign-in-replayed': [
        'auth_settings_v2.login.validate_nonce',
        notOff,
        'does not check that a sign-in is used only once',
        { arm: 'properties.authSettings.login.nonce.validateNonce|properties.login.nonce.validateNonce', severity: 'low' },
      ],
      'web-app-authentication-off': [
        'auth_settings.enabled|auth_settings_v2.auth_enabled',
        notOff,
        'has its sign-in switched off',
        { arm: 'properties.authSettings.enabled|properties.authSettings.platform.enabled', severity: 'low' },
      ],
      'web-app-anonymous-allowed': [
        'auth_settings.unauthenticated_client_action|auth_settings_v2.unauthenticated_action',
        ifSet('AllowAnonymous', 'RedirectToLoginPage', 'Return401', 'Return403'),
        'lets in who has not signed in',
        { arm: 'properties.authSettings.unauthenticatedClientAction|properties.authSettings.globalValidation.unauthenticatedClientAction', severity: 'low' },
      ],
      'web-app-authentication-optional': [
        'auth_settings_v2.require_authentication',
        notOff,
        'does not insist on a sign-in',
        { arm: 'properties.authSettings.globalValidation.requireAuthentication', severity: 'low' },
      ],
    },
    transit: {
      'web-app-sign-in-http': [
        'auth_settings_v2.require_https',
        notOff,
        'signs people in over plain HTTP',
        { arm: 'properties.authSettings.httpSettings.requireHttps' },
      ],
    },
    oldTls: {
      'web-app-deployment-old-tls': [
        'site_config.scm_minimum_tls_version|site_config.scm_min_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'is deployed with outdated TLS versions',
        { arm: 'properties.siteConfig.scmMinTlsVersion' },
      ],
    },
    exposed: {
      'web-app-open-by-default': [
        'site_config.ip_restriction_default_action',
        ifSet('Allow', 'Deny'),
        'lets in every address that no rule names',
        { arm: 'properties.siteConfig.ipSecurityRestrictionsDefaultAction', severity: 'info' },
      ],
      'web-app-deployment-open': [
        'site_config.scm_ip_restriction_default_action',
        ifSet('Allow', 'Deny'),
        'can be deployed from every address',
        { arm: 'properties.siteConfig.scmIpSecurityRestrictionsDefaultAction', severity: 'info' },
      ],
    },
    recovery: { 'web-app-backup-off': ['backup.enabled', notOff, 'has its backups switched off', { arm: false }] },
    logging: {
      'web-app-request-log-off': [
        'logs.http_logs.enabled',
        notOff,
        'has its request log switched off',
        { arm: 'properties.siteConfig.httpLoggingEnabled|properties.logs.httpLogs.fileSystem.enabled' },
      ],
      'web-app-error-details-off': [
        'logs.detailed_error_messages.enabled',
        notOff,
        'has its error details switched off',
        { arm: 'properties.logs.detailedErrorMessages.enabled', severity: 'info' },
      ],
      'web-app-tracing-off': [
        'logs.failed_request_tracing.enabled',
        notOff,
        'has the tracing of failed requests switched off',
        { arm: 'properties.logs.failedRequestsTracing.enabled', severity: 'info' },
      ],
      'function-log-off': ['builtin_logging_enabled|enable_builtin_logging', notOff, 'has its log switched off', { arm: false, severity: 'info' }],
    },
  }),
  ...service('Host name', ['azurerm_app_service_custom_hostname_binding', 'azurerm_app_service_slot_custom_hostname_binding'], {
    transit: {
      'web-app-name-without-tls': [
        'ssl_state',
        needed,
        'is bound without a certificate',
        { severity: 'low', confidence: 'low', or: [{ type: 'azurerm_app_service_certificate_binding' }] },
      ],
    },
  }),
];
