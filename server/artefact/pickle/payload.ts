import { asText } from './machine.ts';
import { textOf, within, type PickleValue } from './value.ts';

/** Values that are looked at of the arguments of one call. */
const mostValues = 5000;

const url = /\b(?:https?|ftp|file|s3|gs|smb):\/\/\w/i;
const place = /^(?:\/(?:etc|tmp|root|home|var|usr|bin|proc|dev|opt)\/|~\/|[a-z]:\\)|\.\.[\\/]/i;
const command = /^(?:curl|wget|bash|sh|nc|ncat|powershell|cmd(?:\.exe)?|python[\d.]*|perl|ruby|rm|chmod|touch|cat|whoami|calc(?:\.exe)?|ping|nslookup|id|ls|echo|open|touch|mkdir|uname|hostname|gcc)(?:\s+\S|$)|\$\(|`[^`]+`|\s(?:\|\||&&|\|)\s*\w|;\s*(?:curl|wget|bash|sh|rm|cat|id|python)/;
const code = /\b__import__\s*\(|\bexec\s*\(|\beval\s*\(|\bos\.(?:system|popen|exec\w*)\b|\bsubprocess\.|^\s*(?:import|from)\s+\w+|;\s*import\s+\w+|\bprint\s*\(|\bopen\s*\(|\blambda\b.*:|\b__(?:class|globals|subclasses|builtins|mro)__\b/;

/** What a text given to an unknown function looks like, in words; undefined for what may be plain data. */
export function payloadIn(values: readonly PickleValue[], calls = false): string | undefined {
  for (const value of within(values, (one) => one.kind === 'sequence' || calls, { left: mostValues })) {
    if (value.kind !== 'text' && value.kind !== 'bytes') continue;
    const text = asText(value).slice(0, 4000);
    const kind = url.test(text) ? 'an address' : code.test(text) ? 'code' : command.test(text) ? 'a command' : place.test(text) ? 'a path' : undefined;
    if (kind) return kind;
  }
  return undefined;
}

/** What the code of a function uses only to do harm, and what does so only beside the module that gives it. */
const harmfulNames = new Set('system popen exec subprocess Popen check_output check_call getoutput run_code socket create_connection urlopen urlretrieve rmtree ctypes CDLL marshal execv execve execvp fork_exec posix_spawn pty import_module __subclasses__ __globals__ requests'.split(' '));
const harmfulWith: Readonly<Record<string, readonly string[]>> = {
  os: ['remove', 'unlink', 'kill', 'fork', 'spawnl', 'spawnv', 'spawnlp', 'startfile', 'rename', 'chmod'], shutil: ['move', 'copytree'], builtins: ['getattr', 'compile'], __builtins__: ['getattr', 'compile'], sys: ['modules'],
};

const harmfulModules = ['os', 'posix', 'nt', 'sys', 'subprocess', 'socket', 'shutil', 'ctypes', 'pty', 'runpy', 'importlib', 'builtins', 'urllib', 'requests'];

/** Names that matter among those that a carried code object uses. */
export function harmfulNamesIn(values: readonly PickleValue[]): readonly string[] {
  const names = new Set<string>();
  for (const value of within(values, () => true, { left: mostValues })) if (value.kind === 'text' && /^\w{2,40}$/.test(value.value)) names.add(value.value);
  const out = [...names].filter((name) => harmfulNames.has(name));
  for (const [module, functions] of Object.entries(harmfulWith)) if (names.has(module)) out.push(...functions.filter((name) => names.has(name)).map((name) => `${module}.${name}`));
  // `eval` alone is a method of models and tables as often as Python's own, and `__import__` of a module that does no harm is one like any other.
  if ((names.has('eval') || names.has('__import__')) && payloadIn(values, true) === 'code') out.push('eval');
  if (names.has('__import__') && harmfulModules.some((name) => names.has(name))) out.push('__import__');
  return out;
}

/** The bytes that a value holds, as an argument of a nested load. */
export function bytesIn(value: PickleValue | undefined): Uint8Array | undefined {
  if (value?.kind === 'bytes') return value.value;
  if (value?.kind === 'text') return Uint8Array.from(value.value, (char) => char.charCodeAt(0) & 0xff);
  if (value?.kind === 'call') return bytesIn(value.args[0]);
  return undefined;
}

/** Bytes written as text in protocol 2: `_codecs.encode('…', 'latin1')`. */
export function encoded(args: readonly PickleValue[]): PickleValue | undefined {
  const [text, encoding] = args;
  if (text?.kind !== 'text') return undefined;
  const name = (textOf(encoding) ?? 'utf-8').toLowerCase().replace(/[_ ]/g, '-');
  if (!/^(?:latin-?1|iso-?8859-1|utf-?8|ascii|us-ascii|raw-unicode-escape)$/.test(name)) return undefined;
  const value = name.startsWith('utf') ? new TextEncoder().encode(text.value) : Uint8Array.from(text.value, (char) => char.charCodeAt(0) & 0xff);
  return { kind: 'bytes', value, length: value.length };
}
