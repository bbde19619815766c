import { isChosen, judgedPassword } from './chosen.ts';
import type { FoundSecret } from './secret.ts';

/** A value: in quotes, or up to a blank or the end of the command. */
const value = '["\']?([^\\s"\'`;|&<>()$\\\\]{4,80})';
const words = '(?:[^\\s|;&`]+[ \\t]+){0,12}?';
const upTo = (most: number): string => `[^\\n]{0,${most}}?`;

/** Programs, and how they take a password on their command line; the group is the password. */
const commands: readonly (readonly [programs: string, rest: string])[] = [
  ['mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mariadb|mariadb-dump', `${words}-p${value}`],
  ['redis-cli', `${words}-a[ \\t]+${value}`],
  ['ldapsearch|ldapadd|ldapmodify|ldapdelete|ldapwhoami|ldappasswd', `${words}-w[ \\t]+${value}`],
  ['openssl', `enc[ \\t]+${words}-(?:k|pass[ \\t]+pass:)[ \\t]*${value}`],
  ['sqlcmd|bcp|osql|isql|mosquitto_pub|mosquitto_sub|ipmitool|unzip', `${words}-P[ \\t]+${value}`],
  ['smbclient|rpcclient|winexe', `${words}-U[ \\t]*["']?[\\w.\\\\/-]{1,60}%([^\\s"']{4,80})`],
  ['htpasswd', `(?:-[a-zA-Z]+[ \\t]+)*-[a-zA-Z]*b[a-zA-Z]*[ \\t]+(?:-[a-zA-Z]+[ \\t]+)*[^\\s]+[ \\t]+[\\w.@-]+[ \\t]+${value}`],
  ['twine|cqlsh', `${words}-p[ \\t]+${value}`],
  ['influx', `${words}-password[ \\t]+${value}`],
  ['sqlplus|expdp|impdp|rman|sqlldr', '(?:-\\w+[ \\t]+)*(?:userid=)?[\\w$]{1,30}\\/([^\\s"\'@/]{4,60})(?=@|[ \\t]|$)'],
  ['rclone', `${upTo(120)}\\bpass[ \\t=]${value}`],
  ['xfreerdp', `${upTo(120)}\\/p:${value}`],
  ['schtasks', `${upTo(160)}\\/rp[ \\t]+${value}`],
  ['composer', `config[ \\t]+${words}http-basic\\.[\\w.-]{1,80}[ \\t]+[\\w.@-]{1,60}[ \\t]+${value}`],
  ['IDENTIFIED', 'BY[ \\t]+(?!VALUES|RANDOM|PASSWORD|EXTERNALLY)([^\\s"\'`;|&<>()$:\\\\]{4,80})'],
  ['net', `(?:user[ \\t]+[\\w.-]{1,40}[ \\t]+${value}[ \\t]+\\/add)`],
  ['net', `use[ \\t]+${upTo(80)}\\/user:[\\w.\\\\@-]{1,60}[ \\t]+${value}`],
  ['cmdkey', `${upTo(120)}\\/pass:${value}`],
  ['lftp', `${words}-u[ \\t]+[\\w.@-]{1,60},${value}`],
  ['rabbitmqctl', `(?:add_user|change_password)[ \\t]+[\\w.-]{1,60}[ \\t]+${value}`],
  ['echo|printf', `["']?([^"'\\s|$]{4,80})["']?[ \\t]*\\|[ \\t]*(?:sudo[ \\t]+)?(?:sudo[ \\t]+-S\\b|passwd[ \\t]+--stdin|(?:docker|podman|helm registry|az acr|oras)[ \\t]+login\\b[^\\n]{0,80}--password-stdin)`],
  ['sshpass', `-p${value}`],
  ['az', `(?:sql|vm|vmss|postgres|mysql)[ \\t]+${words}-p[ \\t]+${value}`],
  ['echo', '["\']?[\\w.-]{1,40}:([^"\'\\s|$]{4,80})["\']?[ \\t]*\\|[ \\t]*(?:sudo[ \\t]+)?chpasswd'],
];
/** Settings that take their value behind a blank, each on a line of its own. */
const directives = 'requirepass|masterauth|bindpw|rootpw|rootbindpw|ldap_bind_pw|auth-pass';

const start = new RegExp(`\\b(?:${[...new Set(commands.map(([programs]) => programs)), directives].join('|')})[ \\t]+`, 'g');
const patterns = commands.map(([programs, rest]) => new RegExp(`(?:${programs})[ \\t]+${rest}`, 'yd'));
const settings = [new RegExp(`(?:${directives})[ \\t]+${value}[ \\t]*\\r?$`, 'yd')];
/** What images of services and their tutorials come with. */
const commonly = /^(?:admin|root|test|guest|demo|user|postgres|mysql|redis|minio|rabbitmq|elastic|bitnami|changeme|password)$/i;
const inComment = /^\s*(?:#|\/\/|\*|--|REM\b)/i;

/** Passwords that commands and settings take without a name: `mysql -p…`, `redis-cli -a …`, `requirepass …`. */
export function commandPasswords(text: string, shift: number): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  start.lastIndex = 0;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const line = lineFrom(text, match.index);
    const before = lineBefore(text, match.index);
    if (inComment.test(before)) continue;
    const hit = passwordIn(line, /^[\s"']*$/.test(before));
    // What is given to `sudo` may be any answer: a plain word is one.
    if (!hit || !judgedPassword(hit.value) || hit.value.startsWith('-') || (match[0].startsWith('echo') && !isChosen(hit.value, undefined))) continue;
    const at = shift + match.index + hit.at;
    found.push({ ...passwordAt(at, hit.value, `it stands where ${match[0].trim()} takes a password`), ...(commonly.test(hit.value) ? { confidence: 'low' as const } : {}) });
  }
  return found;
}

/** The lines of PostgreSQL's password file: `host:port:database:user:password`. */
export function passwordFile(path: string, text: string): readonly FoundSecret[] {
  if (!/(?:^|\/)\.?pgpass(?:\.conf)?$/i.test(path)) return [];
  return [...text.matchAll(/^(?!#)(?:[^:\n]{1,200}:){4}([^:\n\r]{4,200})/gm)].filter((match) => judgedPassword(match[1]!)).map((match) => {
    const start = match.index + match[0].length - match[1]!.length;
    return passwordAt(start, match[1]!, 'it is the last field of a line of a password file');
  });
}

function passwordAt(start: number, password: string, because: string): FoundSecret {
  return { group: 'password', range: { start, end: start + password.length }, value: password, what: 'password', confidence: 'medium', because };
}

const longest = 300;

function lineFrom(text: string, at: number): string {
  return text.slice(at, at + longest).split('\n', 1)[0]!;
}

function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - longest), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

function passwordIn(line: string, alone: boolean): { readonly value: string; readonly at: number } | undefined {
  for (const pattern of alone ? [...patterns, ...settings] : patterns) {
    pattern.lastIndex = 0;
    const match = pattern.exec(line);
    if (match) return { value: match[1]!, at: match.indices![1]![0] };
  }
  return undefined;
}
