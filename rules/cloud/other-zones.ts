import { byHand, ifSet, never, not, notOn, on, service, type Line } from '../_families.ts';

const block = (id: string, value: string, mark?: string): string => ['resource "cloudflare_zone_setting" "main" {', `  setting_id = "${id}"`, `  value      = "${value}"`, ...(mark ? [mark] : []), '}', ''].join('\n');

/** The value of one setting of a zone, which is a resource of its own. */
function setting(id: string, bad: string, good: string, problem: string, severity: 'low' | 'info'): Line {
  return ['value', not(good, bad), problem, {
    severity, when: [{ path: 'setting_id', must: { is: [id] } }],
    examples: [{ file: 'main.tf', bad: block(id, bad, `${' '.repeat(16)}${'^'.repeat(bad.length)}`), fixed: block(id, good), good: block(id, good) }],
  }];
}

/** Zones, records and access of Cloudflare. Sources: the provider's pages of the resources. */
export default [
  ...service('Zone setting', 'cloudflare_zone_setting', {
    transit: {
      'cloudflare-setting-http': setting('always_use_https', 'off', 'on', 'leads nobody to TLS', 'low'),
      'cloudflare-setting-rewrites': setting('automatic_https_rewrites', 'off', 'on', 'leaves links without TLS in pages', 'info'),
      'cloudflare-setting-encryption': setting('opportunistic_encryption', 'off', 'on', 'offers no encryption to those who could use it', 'info'),
    },
    oldTls: { 'cloudflare-setting-without-tls13': setting('tls_1_3', 'off', 'on', 'does not speak TLS 1.3', 'info') },
    filter: {
      'cloudflare-setting-firewall': setting('waf', 'off', 'on', 'lets known attacks through', 'low'),
      'cloudflare-setting-browser': setting('browser_check', 'off', 'on', 'lets clients of known attackers through', 'info'),
      'cloudflare-setting-development': setting('development_mode', 'on', 'off', 'goes past its cache', 'info'),
      'cloudflare-setting-level': setting('security_level', 'essentially_off', 'medium', 'lets known attackers in', 'low'),
    },
  }),
  ...service('DNS record', 'cloudflare_dns_record', {
    filter: { 'cloudflare-dns-bare': ['proxied', on, 'shows the address of its origin', { severity: 'info', confidence: 'low', when: [{ path: 'type', must: { is: ['A', 'AAAA', 'CNAME'] } }], examples: [record()] }] },
  }),
  ...service('Access policy', ['cloudflare_access_policy', 'cloudflare_zero_trust_access_policy'], {
    identity: { 'cloudflare-access-bypassed': ['decision', byHand(ifSet('bypass', 'allow', 'deny', 'non_identity')), 'lets people in without signing in', { severity: 'medium' }] },
  }),
  ...service('Token', 'cloudflare_api_token', {
    expiry: { 'cloudflare-token-without-end': ['expires_on', { must: 'present', absent: 'bad' }, 'never ends'] },
    exposed: { 'cloudflare-token-from-anywhere': ['condition', { must: 'present', absent: 'bad' }, 'can be used from every address', { severity: 'info' }] },
  }),
  ...service('Bucket', 'cloudflare_r2_bucket_cors', {
    public: { 'cloudflare-bucket-any-origin': ['rules.allowed.origins', byHand(never(/^\*$/, ['*'], ['https://chat.example.com'])), 'answers pages of every origin', { severity: 'low' }] },
  }),
  ...service('Gateway', 'cloudflare_zero_trust_gateway_settings', {
    detection: { 'cloudflare-gateway-unscanned': ['settings.antivirus.enabled_download_phase', ifSet('false', 'true'), 'does not look into what is downloaded', { severity: 'info' }] },
    filter: { 'cloudflare-gateway-fails-open': ['settings.antivirus.fail_closed', ifSet('false', 'true'), 'lets through what it could not look into', { severity: 'info' }] },
  }),
  ...service('Worker', 'cloudflare_workers_script', { exposed: { 'cloudflare-worker-published': ['workers_dev', notOn, 'has an address past the rules of the zone', { severity: 'low' }] } }),
];

function record() {
  const text = (...lines: readonly string[]): string => ['resource "cloudflare_dns_record" "main" {', '  type    = "A"', ...lines, '}', ''].join('\n');
  return { file: 'main.tf', bad: text('  proxied = false', '            ^^^^^'), fixed: text('  proxied = true'), good: text('  proxied = true') };
}
