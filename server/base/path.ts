/**
 * Paths in the engine are absolute or workspace-relative POSIX paths: `/` between segments, no drive-letter rules.
 * The host turns URIs and native paths into them.
 */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function directoryName(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '' : at === 0 ? '/' : path.slice(0, at);
}

/** The last extension in lower case with its dot, or '' where there is none: `.ts`, `.json`. */
export function extensionName(path: string): string {
  const name = baseName(path);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at).toLowerCase();
}

/** Joins and normalises: `.` and empty segments go, `..` climbs; a climb above the root stays at the root. */
export function joinPath(directory: string, relative: string): string {
  const absolute = relative.startsWith('/') || (directory.startsWith('/') && !relative.startsWith('/'));
  const out: string[] = [];
  const whole = relative.startsWith('/') || directory === '' ? relative : `${directory}/${relative}`;
  for (const segment of whole.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && (absolute || (out.length > 0 && out.at(-1) !== '..'))) out.pop();
    else out.push(segment);
  }
  return (absolute ? '/' : '') + out.join('/');
}
