import { optionsMadeIn, optionsOf, type FoundOption } from '../../server/rule/options.ts';
import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { marked } from '../_samples.ts';
import { callRule, constantOf, option } from '../_calls.ts';

const references = ['CWE-295', 'SC-8', 'pci-4.0.1:4.2.1', 'AISF-INFRA-06'];
const why = 'Who sits on the network passes for the peer and reads and changes what is sent: keys, prompts, answers, model files.';

/** Options that switch the check off, and the values that do; Python's spelling and JavaScript's. */
const offWhenFalse = new Set(['rejectUnauthorized', 'strictSSL', 'verify_ssl', 'verify_certs', 'verifySSL', 'verifySsl', 'validate_certs', 'ssl_verify', 'sslValidate', 'verify_hostname', 'check_hostname', 'ssl_assert_hostname', 'verify_tls', 'verifyTls', 'tls_verify', 'ssl_check_hostname', 'checkServerIdentity', 'verify_server_certificate', 'sslVerify', 'verifyCertificate', 'validate_cert', 'verify_ssl_cert', 'verify_ssl_certs', 'sslverify', 'ssl_verification', 'verifyIdentity']);
const offWhenTrue = new Set(['tlsAllowInvalidCertificates', 'tlsAllowInvalidHostnames', 'tlsInsecure', 'insecureSkipVerify', 'insecure_skip_verify', 'InsecureSkipVerify', 'ignoreHTTPSErrors', 'ignore_https_errors', 'acceptInsecureCerts', 'trustServerCertificate', 'insecure_skip_tls_verify', 'tlsSkipVerify', 'allowInvalidCertificates', 'skip_tls_verify', 'tls_insecure', 'disable_ssl_certificate_validation', 'skipCertCheck']);
const httpCalls = /^(?:requests|httpx|aiohttp|urllib3|boto3|openai|anthropic|elasticsearch|opensearchpy|weaviate|qdrant_client|hvac|kubernetes|minio|huggingface_hub|mlflow|niquests|pycurl|curl_cffi|treq|grequests|docker|keycloak|influxdb|influxdb_client|consul|jira|gitlab|atlassian)\b/;

function switchedOff(call: CodeCall, found: FoundOption): boolean {
  const { constant, name } = found.value;
  if (offWhenFalse.has(found.name)) return constant === false || (found.name === 'checkServerIdentity' && acceptsAll(found));
  if (offWhenTrue.has(found.name)) return constant === true;
  switch (found.name) {
    case 'verify': return constant === false && (httpCalls.test(call.name ?? '') || (call.name === undefined && /(?:^|\.)(?:get|post|put|patch|delete|request|head|Session|Client|AsyncClient)$/.test(call.written)));
    case 'ssl': return (constant === false && /^aiohttp\.|^asyncpg\./.test(call.name ?? '')) || (/^asyncpg\./.test(call.name ?? '') && /^(?:disable|allow|prefer)$/.test(String(constant)));
    case 'insecure_mode': return constant === true && /^snowflake\./.test(call.name ?? '');
    case 'connection_verify': return constant === false;
    case 'secure': return constant === false && /^(?:http-proxy|http-proxy-middleware|httpxy)\b/.test(call.name ?? '');
    case 'insecure': return constant === true && /^tritonclient\b/.test(call.name ?? '');
    case 'validate': return name === 'ssl.CERT_NONE';
    case 'assert_hostname': return constant === false && /^(?:urllib3|kubernetes|requests|elasticsearch|opensearchpy)\b/.test(call.name ?? '');
    case 'ssl_disabled': return constant === true;
    case 'ssl_context': case 'ssl_mode': return constant === 'DISABLED';
    case 'ssl_cert_reqs': case 'cert_reqs': return !/^(?:uvicorn|hypercorn|gunicorn|granian)\b/.test(call.name ?? call.written) && (constant === null || constant === 'none' || constant === 'CERT_NONE' || name === 'ssl.CERT_NONE');
    case 'sslmode': return constant === 'disable' || constant === 'allow' || constant === 'prefer';
    case 'hostVerifier': return acceptsAll(found);
    default: return false;
  }
}

/** A callback that accepts whatever it is given. */
function acceptsAll(found: FoundOption): boolean {
  if (!found.value.fn) return false;
  const { body } = found.value.fn.node;
  const [only] = body;
  if (body.length === 0) return true;
  if (body.length > 1 || only?.kind !== 'return') return false;
  const { value } = only;
  return value === undefined || value.kind === 'literal' || (value.kind === 'name' && value.name === 'undefined') || (value.kind === 'other' && value.parts.every((one) => one.kind === 'literal'));
}

/** A setting decides, and where it says nothing there is no check: `config.verify ?? false`, `config.get("verify", False)`. */
function offByDefault(call: CodeCall, found: FoundOption, { document }: CodeContext): boolean {
  if (found.value.constant !== undefined || (!offWhenFalse.has(found.name) && !(found.name === 'verify' && httpCalls.test(call.name ?? '')))) return false;
  return /(?:\?\?|\|\|)\s*false$|\.get\(\s*["'][\w.-]+["'],\s*False\s*\)$/.test(document.text.slice(found.at.range.start, found.at.range.end));
}

const environment: Readonly<Record<string, readonly unknown[]>> = { NODE_TLS_REJECT_UNAUTHORIZED: ['0', 0, false, 'false'], PYTHONHTTPSVERIFY: ['0', 0], CURL_CA_BUNDLE: [''], REQUESTS_CA_BUNDLE: [''], GIT_SSL_NO_VERIFY: ['1', 'true'], HF_HUB_DISABLE_SSL_VERIFICATION: ['1'], MLFLOW_TRACKING_INSECURE_TLS: ['true', '1', 'True'], SSL_CERT_FILE: [''], WANDB_INSECURE_DISABLE_SSL: ['true', '1'], AWS_CA_BUNDLE: [''], CONDA_SSL_VERIFY: ['false'] };

function assignments(context: CodeContext): void {
  for (const { written, name, value, origin } of context.code.assignments) {
    const key = written.slice(written.lastIndexOf('.') + 1);
    const report = (message: string, fix?: string): void => context.report({ at: origin, message, ...(fix === undefined ? {} : { fixes: [{ title: 'Keep the check on', safe: false, intents: [{ kind: 'replace', origin, text: fix }] }] }) });
    if (/(?:^|\.)environ\.OAUTHLIB_INSECURE_TRANSPORT$/.test(written) && /^(?:1|true)$/i.test(String(value.constant ?? ''))) report('OAUTHLIB_INSECURE_TRANSPORT lets tokens be sent over connections that are not encrypted.');
    else if (/(?:^|\.)(?:env|environ)\./.test(written) && Object.hasOwn(environment, key) && environment[key]!.includes(value.constant)) report(`${key} switches the check of certificates off for the whole process.`);
    else if (key === 'verify' && value.constant === false && /requests\.Session#|httpx\.|session|client/i.test(name ?? written)) report('Certificates of servers are not checked in this session.', 'True');
    else if (key === 'verify' && value.constant === false && /(?:^|\.)s\.verify$/.test(written)) report('Certificates of servers are not checked in this session.', 'True');
    else if (key === 'verify_mode' && value.name === 'ssl.CERT_NONE') report('Certificates of servers are not checked with this context.', 'ssl.CERT_REQUIRED');
    else if (written === 'ssl.match_hostname' && value.fn) report('The name in a server’s certificate is not checked in the whole process.');
    else if (key === 'check_hostname' && value.constant === false) report('The name in a server’s certificate is not checked with this context.', 'True');
    else if (key === '_create_default_https_context' && /_create_unverified_context/.test(value.name ?? '')) report('Certificates of servers are not checked in the whole process.', 'ssl.create_default_context');
    else if ((key === 'verify_ssl' || key === 'ssl_verify' || key === 'assert_hostname') && value.constant === false && /\./.test(written)) report(key === 'assert_hostname' ? 'The name in a server’s certificate is not checked with this configuration.' : 'Certificates of servers are not checked with this configuration.', 'True');
    else if (key === 'rejectUnauthorized' && value.constant === false) report('Certificates of servers are not checked with these options.', 'true');
  }
}

/** A context of the old kind, with which a client opens connections and which nobody tells to check. */
function bareClient(call: CodeCall, context: CodeContext): boolean {
  const [protocol] = call.args;
  if (protocol && !/^ssl\.PROTOCOL_(?:TLS|SSLv23|TLSv1_2)$/.test(protocol.value.name ?? '')) return false;
  if (/\.verify_mode\b|CERT_REQUIRED|server_side\s*=\s*True|load_cert_chain/.test(context.document.text)) return false;
  return context.code.calls.some((one) => (one.receiver?.call === call && /wrap_socket$/.test(one.written) && option(one, 'server_hostname') !== undefined) || one.args.some(({ name, value }) => value.call === call && /^(?:context|ssl|ssl_context|verify)$/.test(name ?? '')));
}

export default [
  defineRule({
    id: 'transport/certificate-check-disabled', title: 'Certificates of servers are not checked', severity: 'high', confidence: 'high', references,
    what: 'Reports options, contexts and environment variables that switch the check of TLS certificates off, whatever client they are given to.', why,
    whenNotToUse: 'For a development server on the same machine; better give its certificate as a trusted one.',
    checks: [{
      on: 'code', alone: /rejectUnauthorized|CERT_NONE|strictSSL|verify(?:_ssl|_certs)?\s*=\s*False|AllowInvalid|NODE_TLS_REJECT|PYTHONHTTPSVERIFY|CA_BUNDLE|ignoreHTTPSErrors|sslmode|hostVerifier|checkServerIdentity|nsecureSkipVerify|check_hostname|verify_mode|acceptInsecureCerts|trustServerCertificate|tritonclient|disable_ssl_certificate_validation|validate_cert\b|connection_verify/, words: ['rejectUnauthorized', 'skipCertCheck', 'http-proxy', 'erify', 'VERIFY', 'validate', 'assert_hostname', 'INSECURE', 'CERT_NONE', 'ssl', 'tls', 'TLS', 'SSL', 'heck', 'match_hostname', 'INSECURE_TRANSPORT', 'CA_BUNDLE', 'ignoreHTTPSErrors', 'ignore_https', 'nsecure', 'Verifier', 'trustServer'],
      check: (code, context) => {
        const test = isTest(context.document.path);
        for (const { found } of optionsMadeIn(code.calls, (one) => switchedOff(one.call, one.found) && one.found.at.path === context.document.path)) {
          // A context that was loosened is reported where that was done, not where it is handed on.
          if (!found.inline && (found.name === 'check_hostname' || found.name === 'verify_mode')) continue;
          const fix = found.inline && typeof found.value.constant === 'boolean' && found.at.range.end - found.at.range.start <= 5;
          const on = String(!found.value.constant);
          context.report({
            at: found.at, message: `Certificates of servers are not checked: ${found.name} is ${found.value.fn ? 'a function that accepts all' : found.value.constant === null ? 'none' : String(found.value.constant ?? 'none')}.`,
            ...(test ? { severity: 'low' as const } : {}),
            ...(fix ? { fixes: [{ title: 'Keep the check on', safe: true, intents: [{ kind: 'replace' as const, origin: found.at, text: context.document.language === 'python' ? on.charAt(0).toUpperCase() + on.slice(1) : on }] }] } : {}),
          });
        }
        for (const { found } of optionsMadeIn(code.calls, (one) => one.found.inline && one.found.at.path === context.document.path && offByDefault(one.call, one.found, context))) context.report({ at: found.at, severity: test ? 'low' : 'medium', message: `Certificates of servers are not checked unless a setting asks for it (${found.name}).` });
        assignments(context);
      },
    }],
    examples: [
      { file: 'client.ts', bad: marked("import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: «false» });\n"), fixed: "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: true });\n", good: "import https from 'node:https';\nexport const agent = new https.Agent({ keepAlive: true });\n" },
      { file: 'client.py', bad: marked('import requests\nrequests.get("https://models.example.com", verify=«False»)\n'), fixed: 'import requests\nrequests.get("https://models.example.com", verify=True)\n', good: 'import requests\nrequests.get("https://models.example.com", verify="/etc/ssl/own.pem")\n' },
      { file: 'start.js', bad: marked("process.env.NODE_TLS_REJECT_UNAUTHORIZED = «'0'»;\n"), good: "process.env.NODE_EXTRA_CA_CERTS = '/etc/ssl/own.pem';\n" },
    ],
  }),
  callRule({
    id: 'transport/unverified-context', title: 'TLS context that checks nothing', severity: 'high', callees: ['ssl.{_create_unverified_context,_create_stdlib_context,SSLContext}'], references, why, what: 'Reports Python’s unverified TLS contexts, those among them that clients make by hand and that check nothing unless they are told to.',
    judge: (call, context): Report | undefined => (call.name === 'ssl.SSLContext' && !bareClient(call, context) ? undefined : { at: call.callee, message: 'Certificates of servers are not checked with this context.', fixes: call.name === 'ssl.SSLContext' ? [] : [{ title: 'Use the default context', safe: true, intents: [{ kind: 'replaceCallee', callee: call.callee, name: 'ssl.create_default_context' }] }] }),
    examples: [{ file: 'context.py', bad: marked('import ssl\ncontext = «ssl._create_unverified_context»()\n'), fixed: 'import ssl\ncontext = ssl.create_default_context()\n', good: 'import ssl\ncontext = ssl.create_default_context()\n' },
      { file: 'peer.py', title: 'a context made by hand', bad: marked('import socket\nimport ssl\ncontext = «ssl.SSLContext»(ssl.PROTOCOL_TLS)\npeer = context.wrap_socket(socket.create_connection(("api.acme.io", 443)), server_hostname="api.acme.io")\n'), good: 'import socket\nimport ssl\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\npeer = context.wrap_socket(socket.create_connection(("api.acme.io", 443)), server_hostname="api.acme.io")\n' }],
  }),
  callRule({
    id: 'transport/unknown-host-keys-accepted', title: 'SSH client that accepts unknown hosts', severity: 'medium', callees: ['paramiko.SSHClient#set_missing_host_key_policy', 'paramiko.client.SSHClient#set_missing_host_key_policy', 'asyncssh.connect', 'pysftp.Connection'], references: ['CWE-295', 'SC-8'],
    why: 'Who sits on the network passes for the host and takes the password, and whatever is copied.', what: 'Reports host key policies that accept any key.', noFix: 'The key of the host has to be known.',
    judge: (call): Report | undefined => {
      if (call.name === 'asyncssh.connect') { const found = option(call, 'known_hosts'); return found && constantOf(found) === null ? { at: found.origin, message: 'The key of the host is not checked.' } : undefined; }
      if (call.name === 'pysftp.Connection') { const found = option(call, 'cnopts'); return found?.value.fields?.get('hostkeys')?.constant === null ? { at: found.origin, message: 'The key of the host is not checked.' } : undefined; }
      const first = call.args[0];
      return /(?:AutoAdd|Warning)Policy/.test(first?.value.name ?? '') ? { at: first!.origin, message: 'The key of a host that is not known is accepted.' } : undefined;
    },
    examples: [{ file: 'deploy.py', bad: marked('import paramiko\nclient = paramiko.SSHClient()\nclient.set_missing_host_key_policy(«paramiko.AutoAddPolicy()»)\n'), good: 'import paramiko\nclient = paramiko.SSHClient()\nclient.load_system_host_keys()\nclient.set_missing_host_key_policy(paramiko.RejectPolicy())\n' }],
  }),
  defineRule({
    id: 'transport/old-tls-version', title: 'TLS version with known attacks', severity: 'medium', confidence: 'high', references: ['CWE-327', 'SC-8', 'pci-4.0.1:4.2.1'],
    what: 'Reports SSL 2 and 3, TLS 1.0 and 1.1 as the version, or the lowest version, of a connection.', why: 'These versions have known attacks, and a peer can be talked down to them.', whenNotToUse: 'For a device that speaks nothing newer, on a network of its own.',
    checks: [{
      on: 'code', alone: /['"]TLSv1(?:\.[01])?['"]|TLSv1(?:_1)?_method|SSLv[23]|PROTOCOL_TLSv1|ssl_version/, words: ['TLSv1', 'SSLv', 'TLSVersion', 'ssl_version', 'OP_NO_'],
      check: (code, context) => {
        const old = (value: { constant?: unknown; name?: string }): boolean => (typeof value.constant === 'string' && /^(?:SSLv[23]?(?:_\w+)?|TLSv1(?:\.[01])?|TLSv1(?:_1)?(?:_(?:client|server))?_method)$/i.test(value.constant)) || /^ssl\.(?:PROTOCOL_(?:SSLv2|SSLv3|TLSv1|TLSv1_1)|TLSVersion\.(?:SSLv3|TLSv1|TLSv1_1|MINIMUM_SUPPORTED))$|^OpenSSL\.SSL\.(?:SSLv2|SSLv3|TLSv1|TLSv1_1)_METHOD$/.test(value.name ?? '');
        for (const call of code.calls) {
          for (const found of optionsOf(call)) {
            if (!/^(?:minVersion|secureProtocol|ssl_version|tls_version|minimum_version|ssl_minimum_version)$/.test(found.name) || !old(found.value)) continue;
            context.report({ at: found.at, message: `${found.name} allows a TLS version with known attacks.`, ...(found.inline && found.name === 'minVersion' ? { fixes: [{ title: 'Require TLS 1.2', safe: true, intents: [{ kind: 'replace', origin: found.at, text: "'TLSv1.2'" }] }] } : {}) });
          }
          const first = call.args[0];
          if (/^(?:ssl\.SSLContext|OpenSSL\.SSL\.Context)$/.test(call.name ?? '') && first && old(first.value)) context.report({ at: first.origin, message: 'The context speaks a TLS version with known attacks.', fixes: call.name === 'ssl.SSLContext' ? [{ title: 'Let the context negotiate', safe: false, intents: [{ kind: 'replace', origin: first.origin, text: 'ssl.PROTOCOL_TLS_CLIENT' }] }] : [] });
        }
        const lifted = /\.options\s*&=\s*~\s*ssl\.OP_NO_(?:SSLv[23]|TLSv1(?:_1)?)\b/.exec(context.document.text);
        if (lifted) context.report({ at: { start: lifted.index + 1, end: lifted.index + lifted[0].length }, message: 'The context is allowed a TLS version with known attacks again.' });
        for (const one of code.assignments) if (/(?:minimum_version|^(?:\w+\.)*DEFAULT_MIN_VERSION)$/.test(one.written) && old(one.value)) context.report({ at: one.origin, message: 'The context allows a TLS version with known attacks.', fixes: [{ title: 'Require TLS 1.2', safe: true, intents: [{ kind: 'replace', origin: one.origin, text: one.written.endsWith('VERSION') ? "'TLSv1.2'" : 'ssl.TLSVersion.TLSv1_2' }] }] });
      },
    }],
    examples: [{ file: 'socket.ts', bad: marked("import tls from 'node:tls';\ntls.connect({ host: 'db.example.com', port: 443, minVersion: «'TLSv1'» });\n"), fixed: "import tls from 'node:tls';\ntls.connect({ host: 'db.example.com', port: 443, minVersion: 'TLSv1.2' });\n", good: "import tls from 'node:tls';\ntls.connect({ host: 'db.example.com', port: 443, minVersion: 'TLSv1.3' });\n" }],
  }),
] satisfies readonly Rule[];
