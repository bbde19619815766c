import { byHand, least, most, never, not, notOff, notOn, service, type Expect, type Extra, type Line } from '../_families.ts';

/** A setting in a section of a file, with its sample. */
function setting(file: string, section: string, name: string, expect: Expect, problem: string, bad: string, good: string, extra: Extra = {}): Line {
  const text = (value: string, mark?: string): string => [`[${section}]`, `${name} = ${value}`, ...(mark ? [mark] : []), ''].join('\n');
  const inner = bad.replace(/^["[]+|["\]]+$/g, '');
  const path = `${section.replace(/^functions\..*/, 'functions.*').replaceAll(/\.(?!\*)/g, '/')}.${name}`;
  const own = file === 'grafana.ini' ? `${path}|grafana/ini.${path}|grafana.grafana/ini.${path}` : path;
  return [own, byHand(expect), problem, { examples: [{ file, bad: text(bad, ' '.repeat(name.length + 3 + bad.indexOf(inner)) + '^'.repeat(inner.length)), good: text(good) }], noFix: 'What depends on the setting has to be known.', ...extra }];
}

const grafana = (section: string, name: string, expect: Expect, problem: string, bad: string, good: string, extra?: Extra): Line => setting('grafana.ini', section, name, expect, problem, bad, good, extra);
const supabase = (section: string, name: string, expect: Expect, problem: string, bad: string, good: string, extra?: Extra): Line => setting('supabase/config.toml', section, name, expect, problem, bad, good, extra);

/** Settings of services in files of their own. Sources: "Configure Grafana" and "Supabase CLI config". */
export default [
  ...service('Dashboards', ['grafana_settings', 'helm_values'], {
    identity: {
      'grafana-anonymous': grafana('auth.anonymous', 'enabled', notOn, 'let everybody in without signing in', 'true', 'false'),
      'grafana-sign-up': grafana('users', 'allow_sign_up', notOn, 'let everybody make an account', 'true', 'false', { severity: 'low' }),
      'grafana-embedding': grafana('security', 'allow_embedding', notOn, 'can be shown within foreign pages', 'true', 'false', { severity: 'low' }),
      'grafana-guessing': grafana('security', 'disable_brute_force_login_protection', notOn, 'let people guess passwords', 'true', 'false', { severity: 'medium' }),
      'grafana-cookie-sent-along': grafana('security', 'cookie_samesite', not('strict', 'none', 'disabled'), 'have a cookie that foreign pages send along', 'none', 'strict', { severity: 'low' }),
    },
    privilege: { 'grafana-anonymous-administrator': grafana('auth.anonymous', 'org_role', not('Viewer', 'Admin', 'Editor'), 'let people change them who did not sign in', 'Admin', 'Viewer') },
    secret: { 'grafana-default-password': grafana('security', 'admin_password', never(/^(?:admin|password|grafana|prom-operator|changeme)$/i, 'admin', '$__file{/run/secrets/grafana}'), 'have a password that everybody knows', 'admin', '$__file{/run/secrets/grafana}') },
    transit: {
      'grafana-cookie-plaintext': grafana('security', 'cookie_secure', notOff, 'send their cookie without TLS', 'false', 'true', { severity: 'low' }),
      'grafana-mail-unchecked': grafana('smtp', 'skip_verify', notOn, 'send mail without checking the server', 'true', 'false', { severity: 'medium' }),
      'grafana-sign-in-unchecked': grafana('auth.generic_oauth', 'tls_skip_verify_insecure', notOn, 'do not check the server that signs people in', 'true', 'false'),
    },
  }),
  ...service('Project', 'supabase_settings', {
    password: {
      'supabase-short-passwords': supabase('auth', 'minimum_password_length', least(8), 'takes short passwords', '6', '12', { severity: 'info' }),
      'supabase-unconfirmed': supabase('auth.email', 'enable_confirmations', notOff, 'takes addresses that nobody confirmed', 'false', 'true', { severity: 'info' }),
    },
    identity: {
      'supabase-function-open': supabase('functions.chat', 'verify_jwt', notOff, 'has a function that everybody may call', 'false', 'true', { severity: 'low', confidence: 'medium', whenNotToUse: 'For functions that check a signature of their own, such as webhooks.' }),
      'supabase-anonymous': supabase('auth', 'enable_anonymous_sign_ins', notOn, 'lets people in that do not say who they are', 'true', 'false', { severity: 'low' }),
      'supabase-tokens-kept': supabase('auth', 'enable_refresh_token_rotation', notOff, 'keeps the tokens that renew a sign-in', 'false', 'true', { severity: 'low' }),
      'supabase-long-tokens': supabase('auth', 'jwt_expiry', most(86400), 'gives tokens that hold for days', '604800', '3600', { severity: 'low' }),
      'supabase-redirects-anywhere': supabase('auth', 'additional_redirect_urls', never(/^\*|^https?:\/\/\*(?!\.[\w-]+\.)/, ['https://*/**'], ['https://chat.example.com']), 'sends people who sign in anywhere', '["https://*/**"]', '["https://chat.example.com"]', { severity: 'medium' }),
    },
    transit: { 'supabase-plaintext': supabase('db.ssl_enforcement', 'enabled', notOff, 'accepts connections to its database without TLS', 'false', 'true', { severity: 'low' }) },
    exposed: {
      'supabase-open-range': supabase('db.network_restrictions', 'allowed_cidrs', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address reach its database', '["0.0.0.0/0"]', '["203.0.113.0/24"]', {
        severity: 'low',
        when: [{ path: 'db/network_restrictions.enabled', must: { is: [true] } }],
        examples: [{ file: 'supabase/config.toml', bad: ranges('0.0.0.0/0', `${' '.repeat(18)}${'^'.repeat(9)}`), good: ranges('203.0.113.0/24') }],
      }),
    },
  }),
];

function ranges(range: string, mark?: string): string {
  return ['[db.network_restrictions]', 'enabled = true', `allowed_cidrs = ["${range}"]`, ...(mark ? [mark] : []), ''].join('\n');
}
