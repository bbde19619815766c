import type { Value } from '../server/rule/code.ts';

const schemes = /^(?:http|ws|ftp|redis|amqp|mqtt|ldap|telnet|smtp|nats|stomp|grpc|tcp):\/\//i;
const hostPattern = /^[a-z+]+:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^/:?#]*)/i;
const local = /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1?\]?|host\.docker\.internal|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|.*\.(?:local|internal|svc|cluster\.local|test|lan|home|localdomain|invalid)|[\w-]+)$/i;
/** Addresses that are names and are never fetched, or stand for any. */
const names = /^http:\/\/(?:www\.)?(?:w3\.org|schemas\.|xmlns\.|purl\.org|json-schema\.org|example\.(?:com|org|net)\b|ns\.adobe\.com|xml\.org|schema\.org|java\.sun\.com|docs\.oasis-open\.org|opengis\.net|ogp\.me|rdfs\.org|dublincore\.org)/i;

/** Hosts of the machine, the container network or a private one. */
export function isLocalHost(host: string): boolean {
  return local.test(host);
}

/** Scheme and host of an address that leaves the network in plain text. */
export function plaintextHost(value: Value): string | undefined {
  const parts = typeof value.constant === 'string' ? [value.constant] : value.parts ?? [];
  const start = parts[0];
  if (start === undefined || start.length > 2000 || !schemes.test(start) || names.test(start) || /^[a-z]+:\/\/(?:\s|$)/i.test(start) && parts.length === 1) return undefined;
  const host = hostPattern.exec(start)?.[1] ?? '';
  if (host !== '' && (parts.length === 1 || /[/:?#]/.test(start.slice(start.indexOf('//') + 2)) || local.test(host) === false)) return local.test(host) ? undefined : start.slice(0, start.indexOf('//') + 2) + host;
  // The host is computed: `http://${name}.example.io/` still tells, `http://${name}` does not.
  const rest = parts.map((part) => part ?? 'x').join('').slice(start.indexOf('//') + 2);
  const tail = /^(?:[^@/]*@)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?=[/:?#]|$)/i.exec(rest)?.[1];
  return tail !== undefined && !local.test(tail) ? start.slice(0, start.indexOf('//') + 2) + tail : undefined;
}
