import type { TextItem } from '../../model/text.ts';
import { isChosen, judgedPassword } from './chosen.ts';
import { entropy, secretProbability } from './features.ts';
import { filler, isPublishedExample, placeholder } from './placeholder.ts';
import type { FoundSecret } from './secret.ts';
import { wordCoverage } from './words.ts';

type Judged = Omit<FoundSecret, 'item'>;

const databases = /^(?:jdbc:)?(?:mongodb|mongo|postgres|postgresql|mysql|mariadb|redis|rediss|amqp|amqps|mssql|sqlserver|oracle|clickhouse|cassandra|neo4j|bolt|couchbase|elasticsearch|snowflake|db2|cockroachdb|kafka|nats|mqtt|ldap|ldaps|smtp|smtps|memcached|rabbitmq|influxdb|postgis|asyncpg)(?:\+\w+)?$/i;

/** Words that stand for a password in examples of URLs. */
const stand = /^(?:pass|passwd|password|pwd|secret|user|username|admin|root|test|example|bar|foo|xxx+|guest|postgres|mysql|mypassword|changeme|token|key|apikey|db|dbpass|dbpassword|p|pw|abc|credentials?|passphrase|p@ss|pass@word|minioadmin|rabbitmq|hunter2)$/i;

/** The password in a URL's user information: `https://user:password@host`, `postgres://user:password@host`. */
export function judgeUrl(item: TextItem, trial: boolean): Judged | undefined {
  const { value } = item;
  const scheme = item.callee ?? '';
  // In place of the user's name only what was generated is a token.
  if (item.name === 'token' && !(secretProbability(value) > 0.9 && /\d\D+\d/.test(value) && wordCoverage(value) < 0.3)) return undefined;
  if (item.dynamic || value.length < 3 || value.length > 200 || placeholder(value) !== undefined || isPublishedExample(value)) return undefined;
  if (stand.test(value) || /[\s\\,()[\]|]/.test(value) || /^\d{1,5}(?:\/|$)/.test(value) || /^[%:$*]/.test(value)) return undefined;
  if (filler(value)) return undefined;
  const database = databases.test(scheme);
  const probability = secretProbability(value);
  const words = wordCoverage(value);
  if (!/^[a-z][a-z0-9+.-]*$/i.test(scheme) || /^(?:file|data|node|vscode|chrome|arn|urn)$/i.test(scheme)) return undefined;
  if (trial && probability < 0.8) return undefined;
  if (words >= 1 && probability < 0.3 && !/\d/.test(value)) {
    return undefined;
  }
  if (value.length < 5 && probability < 0.5) return undefined;
  return {
    group: database ? 'connection-string' : 'url', range: item.range, value, what: database ? `password of a ${scheme.replace(/\+.*|^jdbc:/, '')} connection` : 'password in a URL',
    // Who knows the user's name knows the password: no more than what a database on one's own machine starts with.
    confidence: probability > 0.6 ? 'high' : item.before.endsWith(`/${value}:`) ? 'low' : 'medium', because: 'it stands between user and host of a URL', name: undefined,
  };
}

const accountKey = /^(?:AccountKey|SharedAccessKey|SharedSecret|PrimaryKey)$/i;
const base64Key = /^[A-Za-z0-9+/]{42,88}={0,2}$/;

/** Sources of data that are written without a scheme: Go's `user:password@tcp(host)/…`, Oracle's `…:thin:user/password@…`. */
const schemeless = /^(?:[\w.-]{1,40}:([^@\s:/]{4,80})@(?:tcp|unix|cloudsql)?\(|(?:jdbc:oracle:(?:thin|oci8?):)[\w.-]{1,40}\/([^@\s/]{4,80})@|[A-Za-z]\w{1,30}\/([^@\s/]{4,60})@[\w.-]{2,80}:\d{2,5}\/\w{1,40}$)/;

function judgeSource(item: TextItem): Judged | undefined {
  const match = item.value.length < 400 && !item.dynamic ? schemeless.exec(item.value) : null;
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  if (!match || value === undefined || !judgedPassword(value)) return undefined;
  const start = item.range.start + match[0].lastIndexOf(value);
  return { group: 'connection-string', range: { start, end: start + value.length }, value, what: 'password of a database connection', name: item.name, confidence: 'medium', because: 'it stands between user and host of a data source' };
}

/** `auth: 'user:password'`, `"curl", "-u", "user:password"`. */
function judgePair(item: TextItem): Judged | undefined {
  const pair = item.quoted && !item.dynamic && item.value.length < 120 ? /^([\w.@-]{2,40}):([^\s:/]{4,60})$/.exec(item.value) : null;
  if (!pair || !(/^(?:auth|userpwd|basic_?auth)$/i.test(item.name ?? '') || /["'](?:curl|wget)["'].{0,60}["'](?:-u|--user)["'],\s*["']$/.test(item.before))) return undefined;
  const value = pair[2]!;
  if (!judgedPassword(value) || !isChosen(value, pair[1])) return undefined;
  const start = item.range.end - value.length;
  return { group: 'password', range: { start, end: item.range.end }, value, what: 'password', name: item.name, confidence: 'medium', because: 'it stands behind the user\'s name in a pair of credentials' };
}

/** Keys and passwords of connection strings written as `name=value;`. */
export function judgeConnection(item: TextItem, trial: boolean): Judged | undefined {
  const { name, value } = item;
  const source = trial ? undefined : judgeSource(item) ?? judgePair(item);
  if (source) return source;
  if (name === undefined || item.dynamic || item.role === 'prose') return undefined;
  if (accountKey.test(name) && base64Key.test(value) && !isPublishedExample(value) && entropy(value) > 4 && wordCoverage(value) < 0.5) {
    return { group: 'connection-string', range: item.range, value, what: 'Azure account key', provider: 'Azure', name, confidence: 'high', because: 'it is the key of a connection string and has the length of one' };
  }
  if (/^(?:Password|Pwd|password|pwd)$/.test(name) && /(?:Server|Data Source|Host|Database|User ?Id|Uid|Initial Catalog)\s*=[^;]*;/i.test(item.before)) {
    if (value.length < 5 || stand.test(value) || placeholder(value) !== undefined || filler(value)) return undefined;
    const probability = secretProbability(value);
    if (probability < (trial ? 0.85 : 0.3) || wordCoverage(value) >= 1) return undefined;
    return { group: 'connection-string', range: item.range, value, what: 'password of a connection string', name, confidence: probability > 0.6 ? 'high' : 'medium', because: 'it is the password of a connection string' };
  }
  return undefined;
}
