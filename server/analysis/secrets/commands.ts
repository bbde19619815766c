import { judgedPassword } from './chosen.ts';
import type { FoundSecret } from './secret.ts';

/** How a program takes a password on its command line or in a line of its settings; the first group is the password. */
interface Command {
  readonly pattern: RegExp;
}

/** A value: in quotes, or up to a blank or the end of the command. */
const value = '["\']?([^\\s"\'`;|&<>()$\\\\]{4,80})';
const words = '(?:[^\\s|;&`]+[ \\t]+){0,12}?';

const commands: readonly Command[] = [
  `(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mariadb|mariadb-dump)[ \\t]+${words}-p${value}`,
  `redis-cli[ \\t]+${words}-a[ \\t]+${value}`,
  `(?:ldapsearch|ldapadd|ldapmodify|ldapdelete|ldapwhoami|ldappasswd)[ \\t]+${words}-w[ \\t]+${value}`,
  `openssl[ \\t]+enc[ \\t]+${words}-(?:k|pass[ \\t]+pass:)[ \\t]*${value}`,
  `(?:sqlcmd|bcp|osql|isql|mosquitto_pub|mosquitto_sub|ipmitool|unzip)[ \\t]+${words}-P[ \\t]+${value}`,
  `(?:smbclient|rpcclient|winexe|net rpc)[ \\t]+${words}-U[ \\t]*["']?[\\w.\\\\/-]{1,60}%([^\\s"']{4,80})`,
  `htpasswd[ \\t]+(?:-[a-zA-Z]+[ \\t]+)*-[a-zA-Z]*b[a-zA-Z]*[ \\t]+(?:-[a-zA-Z]+[ \\t]+)*[^\\s]+[ \\t]+[\\w.@-]+[ \\t]+${value}`,
  `net[ \\t]+user[ \\t]+[\\w.-]{1,40}[ \\t]+${value}[ \\t]+\\/add`,
  `net[ \\t]+use[ \\t]+[^\\n]{0,80}?\\/user:[\\w.\\\\@-]{1,60}[ \\t]+${value}`,
  `cmdkey[ \\t]+[^\\n]{0,120}?\\/pass:${value}`,
  `lftp[ \\t]+${words}-u[ \\t]+[\\w.@-]{1,60},${value}`,
  `rabbitmqctl[ \\t]+(?:add_user|change_password)[ \\t]+[\\w.-]{1,60}[ \\t]+${value}`,
  `echo[ \\t]+["']?[\\w.-]{1,40}:([^"'\\s|$]{4,80})["']?[ \\t]*\\|[ \\t]*(?:sudo[ \\t]+)?chpasswd`,
].map((source) => ({ pattern: new RegExp(source, 'yd') }));

/** Lines of settings that take their value behind a blank. */
const directives = new RegExp(`(?:requirepass|masterauth|bindpw|rootpw|rootbindpw|ldap_bind_pw|auth-pass)[ \\t]+${value}[ \\t]*\\r?$`, 'yd');

const start = /\b(?:mysql(?:dump|admin|import|check)?|mariadb(?:-dump)?|redis-cli|ldap(?:search|add|modify|delete|whoami|passwd)|openssl|sqlcmd|bcp|osql|isql|mosquitto_(?:pub|sub)|ipmitool|unzip|smbclient|rpcclient|winexe|htpasswd|net[ \t]+user?|cmdkey|lftp|rabbitmqctl|echo|requirepass|masterauth|bindpw|rootpw|rootbindpw|ldap_bind_pw|auth-pass)[ \t]/g;
const anyWord = /-cli -a|-p|-w|-P|%|chpasswd|-k |-b|\/add|\/user:|\/pass:|-u |add_user|change_password|requirepass|masterauth|bindpw|rootpw|auth-pass/;

/** Passwords that commands and settings take without a name: `mysql -p…`, `redis-cli -a …`, `requirepass …`. */
export function commandPasswords(text: string, shift: number): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  start.lastIndex = 0;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const line = lineFrom(text, match.index);
    if (!anyWord.test(line)) continue;
    const before = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index).slice(-longest);
    if (/^\s*(?:#|\/\/|\*|--|REM\b)/i.test(before)) continue;
    const hit = passwordIn(line, /^[\s"']*$/.test(before));
    if (!hit || !judgedPassword(hit.value) || hit.value.startsWith('-')) continue;
    const at = shift + match.index + hit.at;
    found.push({ group: 'password', range: { start: at, end: at + hit.value.length }, value: hit.value, what: 'password', confidence: 'medium', because: `it stands where ${match[0].trim()} takes a password` });
  }
  return found;
}

/** The lines of PostgreSQL's password file: `host:port:database:user:password`. */
export function passwordFile(path: string, text: string): readonly FoundSecret[] {
  if (!/(?:^|\/)\.?pgpass(?:\.conf)?$/i.test(path)) return [];
  return [...text.matchAll(/^(?!#)(?:[^:\n]{1,200}:){4}([^:\n\r]{4,200})/gm)].filter((match) => judgedPassword(match[1]!)).map((match) => {
    const start = match.index + match[0].length - match[1]!.length;
    return { group: 'password', range: { start, end: start + match[1]!.length }, value: match[1]!, what: 'password', confidence: 'medium', because: 'it is the last field of a line of a password file' };
  });
}

const longest = 300;

function lineFrom(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, Math.min(end < 0 ? text.length : end, at + longest));
}

function passwordIn(line: string, alone: boolean): { readonly value: string; readonly at: number } | undefined {
  for (const { pattern } of alone ? [...commands, { pattern: directives }] : commands) {
    pattern.lastIndex = 0;
    const match = pattern.exec(line);
    if (match) return { value: match[1]!, at: match.indices![1]![0] };
  }
  return undefined;
}
