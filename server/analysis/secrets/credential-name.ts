import { detached } from '../../base/detach.ts';

/** What a name says about the value that it names. */
export interface CredentialName {
  readonly kind: 'password' | 'secret' | 'token' | 'key' | 'connection';
  /** How surely a value of this name is a credential: 2 says it outright (`password`, `api_key`), 1 leaves room (`token`, `auth`). */
  readonly strength: 1 | 2;
  /** The words, in lower case. */
  readonly words: readonly string[];
}

const passwords = new Set(['psswd', 'pswrd', 'psword', 'psswrd', 'pssword', 'paswd', 'paswrd', 'pasword', 'password', 'passwords', 'passwd', 'passwrd', 'passworsd', 'pwd', 'pass', 'passphrase', 'passcode', 'pw', 'pswd', 'psw', 'pass1', 'passw', 'userpass', 'passwort', 'contrasena', 'senha', 'wachtwoord', 'motdepasse', 'userpwd', 'rootpw', 'bindpw', 'rootbindpw', 'dbpw', 'adminpw', 'requirepass', 'masterauth', 'psk', 'storepass', 'masterpass', 'sshpass', '비번']);
const secrets = new Set(['secret', 'secrets', 'credential', 'credentials', 'cred', 'creds', 'clientsecret', 'sharedsecret', 'appsecret', 'consumersecret']);
const tokens = new Set(['token', 'tokens', 'bearer', 'jwt', 'pat', 'auth', 'authorization', 'accesstoken', 'authtoken', 'apitoken', 'refreshtoken', 'sessiontoken', 'oauth', 'authentication', 'login']);
const keyWords = new Set(['apikey', 'apikeys', 'secretkey', 'accesskey', 'privatekey', 'authkey', 'appkey', 'masterkey', 'encryptionkey', 'signingkey', 'accountkey', 'sharedkey', 'storagekey', 'licensekey', 'subscriptionkey', 'servicekey', 'consumerkey', 'secretaccesskey', 'apisecret', 'accesskeysecret', 'serverkey', 'sshkey', 'hmackey', 'cryptokey', 'deploykey', 'keypass']);
const keyQualifiers = new Set(['api', 'access', 'secret', 'private', 'auth', 'account', 'encryption', 'encrypt', 'signing', 'sign', 'master', 'admin', 'service', 'client', 'shared', 'subscription', 'consumer', 'app', 'application', 'license', 'root', 'session', 'ssh', 'rsa', 'jwt', 'hmac', 'webhook', 'deploy', 'activation', 'integration', 'authentication', 'secure', 'server', 'credential', 'cipher', 'aes', 'decryption', 'token', 'security', 'vault', 'rest', 'write', 'ingest', 'user', 'personal', 'project', 'aws', 'org', 'organization', 'admin', 'bot', 'openai', 'anthropic', 'data', 'management']);
/** Keys that open nothing: of tables, caches, maps, translations. */
const otherKeys = new Set(['public', 'recv', 'receive', 'host', 'primary', 'foreign', 'cache', 'idempotency', 'partition', 'sort', 'routing', 'row', 'dedup', 'group', 'query', 'i18n', 'translation', 'tag', 'feature', 'flag', 'object', 's3', 'prompt', 'lookup', 'composite', 'index', 'dictionary', 'answer', 'correlation', 'trace', 'bucket', 'file', 'asset', 'image', 'field', 'column', 'json', 'dict', 'config', 'setting', 'state', 'action', 'event', 'metric', 'label', 'hash', 'range', 'map', 'job', 'crew', 'task', 'resource', 'annotation', 'kms', 'condition', 'entity', 'output', 'input', 'context', 'memory', 'thread', 'message', 'node', 'edge', 'unique', 'storage', 'react', 'item', 'list', 'test', 'arrow', 'hot', 'keyboard', 'shift', 'escape', 'result', 'parameter', 'websocket', 'socket', 'filter', 'pagination', 'more', 'limit', 'stats', 'path', 'dimension', 'instance']);
/** Tokens that open nothing: of pages, of texts, of requests. */
const otherTokens = new Set(['authenticity', 'next', 'continuation', 'page', 'sync', 'cursor', 'csrf', 'xsrf', 'pad', 'eos', 'bos', 'unk', 'start', 'stop', 'end', 'mask', 'special', 'cancellation', 'cancel', 'grant', 'pagination', 'reset', 'idempotency', 'max', 'min', 'total', 'prompt', 'completion', 'input', 'output', 'path', 'first', 'last', 'task', 'previous', 'marker', 'request', 'design', 'css', 'lex', 'syntax', 'keyword', 'version']);
/** Last words with which a name speaks about a credential and is none: `passwordField`, `tokenUrl`, `secretName`. */
const about = new Set([
  'field', 'label', 'type', 'types', 'url', 'uri', 'urls', 'endpoint', 'id', 'ids', 'name', 'names', 'path', 'file', 'files', 'filename', 'dir', 'length', 'len', 'size', 'policy', 'regex', 'regexp', 'pattern', 'placeholder', 'message', 'msg', 'error', 'errors', 'input', 'selector', 'reset', 'required', 'hint', 'prompt', 'title', 'text', 'param', 'params', 'header', 'headers', 'env', 'var', 'variable', 'version', 'format', 'count', 'counts', 'limit', 'limits', 'expiry', 'expiration', 'expires', 'ttl', 'timeout', 'algorithm', 'alg', 'provider', 'column', 'attr', 'attribute', 'class', 'icon', 'button', 'form', 'page', 'route', 'arn', 'ref', 'alias', 'prefix', 'suffix', 'store', 'manager', 'usage', 'budget', 'description', 'desc', 'help', 'rule', 'rules', 'strength', 'mode', 'status', 'state', 'enabled', 'scheme', 'scope', 'scopes', 'audience', 'issuer', 'index', 'kind', 'source', 'method', 'methods', 'action', 'event', 'handler', 'callback', 'function', 'strategy', 'flow', 'grant', 'model', 'test', 'tests', 'template', 'translation', 'locale', 'key_id', 'keyid', 'date', 'time', 'at', 'by', 'domain', 'host', 'server', 'region', 'role', 'group', 'user', 'username', 'email', 'owner', 'tag', 'tags', 'set', 'list', 'map', 'cache', 'bucket', 'table', 'service', 'plugin', 'module', 'package', 'location', 'extension', 'document', 'digest', 'fingerprint', 'thumbprint', 'mismatch', 'match', 'confirm', 'confirmation', 'forgot', 'show', 'hide', 'toggle', 'change', 'update', 'create', 'visible', 'visibility', 'checksum', 'sha', 'sha256', 'md5', 'integrity', 'schema', 'property', 'properties', 'support', 'docs', 'link', 'screen', 'view', 'component', 'default', 'info', 'details', 'image', 'separator', 'delimiter', 'stream', 'parser', 'middleware', 'guard', 'validator', 'required', 'policyarn', 'exists', 'present', 'valid', 'invalid', 'cookie', 'warning', 'salt', 'rounds', 'iterations', 'ring', 'vault', 'identifier', 'slot', 'position', 'style', 'color', 'spec', 'mount', 'dump', 'word', 'words', 'public', 'pub', 'publickey',
]);

/** What is shown in place of a credential. */
const marks = new Set(['redacted', 'masked', 'obfuscated', 'censored', 'scrubbed']);

const cache = new Map<string, CredentialName | undefined>();

/** Judges a name in any casing, with dots, dashes, blanks or camel case; of a dotted path its last part counts. */
export function credentialName(name: string): CredentialName | undefined {
  if (name.length < 2 || name.length > 100) return undefined;
  if (cache.has(name)) return cache.get(name);
  if (cache.size > 20_000) cache.clear();
  const judged = judge(name);
  cache.set(detached(name), judged);
  return judged;
}

export function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9\u0080-\uffff]+/).filter((word) => word !== '');
}

function judge(name: string): CredentialName | undefined {
  // The parameter of signed addresses holds an id and a date.
  if (/^x-amz-credential$/i.test(name)) return undefined;
  const whole = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('_'), name.lastIndexOf('-'), name.lastIndexOf(' ')) + 1).toLowerCase();
  const all = passwords.has(whole) || keyWords.has(whole) ? [...wordsOf(name.slice(0, name.length - whole.length)), whole] : wordsOf(name);
  if (all.length === 0 || all.length > 12) return undefined;
  let words = all;
  while (words.length > 1 && /^(?:\d+|prod|production|dev|development|test|staging|stage|qa|local|live|old|new|b64|base64|string|str|value|val|uuid|hash|hex|plain|raw|hardcoded|encoded|is|was|here|my|v\d)$/.test(words.at(-1)!)) words = words.slice(0, -1);
  const last = words.at(-1)!.replace(/\d+$/, '');
  if (about.has(last) && !(last === 'login')) return undefined;
  if (words.includes('not') || words.includes('non') || words.includes('no') || words[0] === 'un') return undefined;
  const found = (kind: CredentialName['kind'], strength: 1 | 2): CredentialName => ({ kind, strength, words: all });
  const before = words.at(-2) ?? '';
  if (words.includes('public') || words.includes('publishable') || words.some((word) => marks.has(word))) return undefined;
  if (last === 'key' || last === 'keys') {
    if (otherKeys.has(before)) return undefined;
    if (keyQualifiers.has(before) || words.some((word) => passwords.has(word) || secrets.has(word) || word === 'token')) return found('key', before === 'user' || before === 'data' || before === 'project' || before === 'org' ? 1 : 2);
    return found('key', 1);
  }
  if (keyWords.has(last) || (words.length > 1 && keyWords.has(before + last))) return found('key', 2);
  if (words[words.length - 2] === 'ice') return undefined;
  if (last === 'base' && before === 'key') return found('key', 2);
  if (passwords.has(last)) return found('password', last === 'pass' || last === 'pw' ? (words.length > 1 || name === name.toUpperCase() || last === 'pw' || name === 'pass' ? 2 : 1) : 2);
  if (secrets.has(last)) return found('secret', 2);
  if ((last === 'token' || last === 'tokens') && otherTokens.has(before)) return undefined;
  if (last === 'pat' && !(words.length > 1 && name === name.toUpperCase()) && !words.some((word) => /^(?:github|gh|gitlab|azure|ado|devops|personal|git)$/.test(word))) return undefined;
  if (tokens.has(last)) return found('token', last === 'auth' || last === 'login' || last === 'authentication' || last === 'oauth' || last === 'jwt' || last === 'pat' ? 1 : words.length > 1 || last !== 'tokens' ? 2 : 1);
  if ((last === 'access' || last === 'private') && words.length > 1) return found('key', 1);
  if (/(?:connection|conn)(?:string|str|url|uri)?$|^dsn$/.test(last)) return found('connection', 1);
  if (/(?:password|passwd|passphrase|passcode|mysqlpass|dbpass|userpass|rootpass|adminpass)$/.test(last)) return found('password', 2);
  if (/(?:secret|credential)s?$/.test(last)) return found('secret', 2);
  if (/(?:api|access|secret|private|auth|account|encrypt|signing)_?key$/.test(last)) return found('key', 2);
  if (/[a-z]{2,}token$/.test(last)) return found('token', 2);
  if (/[a-z]{2,}(?:pwd|pswd|passw)$/.test(last)) return found('password', 2);
  return undefined;
}
