/**
 * Engine paths and URIs. A `file:` URI becomes its path; any other scheme becomes `/@scheme/authority/path`, which no host finds
 * on a disk. Percent signs, `@`, `#`, blanks and non-ASCII survive in both directions.
 */
export function pathOfUri(uri: string): string {
  const match = /^([a-zA-Z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/.exec(uri);
  if (!match) return uri;
  const [, scheme, authority = '', rawPath = ''] = match;
  const path = decode(rawPath);
  if (scheme!.toLowerCase() === 'file') {
    if (authority !== '') return `//${decode(authority)}${path}`;
    return /^\/[a-zA-Z]:/.test(path) ? `${path.slice(1, 2).toLowerCase()}${path.slice(2)}` : path;
  }
  return `/@${scheme}/${decode(authority)}${path.startsWith('/') ? path : `/${path}`}`;
}

export function uriOfPath(path: string): string {
  const encode = (part: string): string => part.split('/').map((segment) => encodeURIComponent(segment)).join('/');
  const virtual = /^\/@([a-zA-Z][\w+.-]*)\/([^/]*)(\/.*)$/.exec(path);
  if (virtual) return virtual[1] === 'untitled' ? `untitled:${encode(virtual[3]!.slice(1))}` : `${virtual[1]}://${encode(virtual[2]!)}${encode(virtual[3]!)}`;
  if (path.startsWith('//')) return `file:${encode(path)}`;
  return `file://${/^[a-zA-Z]:/.test(path) ? '/' : ''}${encode(path)}`;
}

/** Whether a path is on no disk of the server's. */
export function isVirtual(path: string): boolean {
  return path.startsWith('/@');
}

/** Whether a path is that of a document that was never saved, and lies in no folder. */
export function isUntitled(path: string): boolean {
  return path.startsWith('/@untitled/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
