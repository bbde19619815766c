import fs from 'node:fs';
import path from 'node:path';

/** Something that the caller can put right; its words are for the caller. */
export class AgentError extends Error {}

/**
 * The absolute path of what an agent names, which must lie in one of the folders that the server was started for. Links are followed before
 * that is judged, so that none leads out. A path that is not there is judged by the nearest folder that is.
 */
export function insideOf(roots: readonly string[], named: string): string {
  const wanted = path.resolve(roots[0]!, named);
  const real = realPath(wanted);
  if (!roots.some((root) => isWithin(root, real))) throw new AgentError(`${named} lies outside of the folders that Wardline serves: ${roots.join(', ')}. Give a path inside of them.`);
  return real;
}

function realPath(wanted: string): string {
  try {
    return fs.realpathSync(wanted);
  } catch {
    const parent = path.dirname(wanted);
    return parent === wanted ? wanted : path.join(realPath(parent), path.basename(wanted));
  }
}

function isWithin(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}
