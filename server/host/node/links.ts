import fs from 'node:fs';
import path from 'node:path';

/**
 * Whether a file lies elsewhere than its path says, outside of its repository: a link in a hostile repository must not make its
 * reader read, and show, what is not part of it. Outside of a repository the folder that holds `.wardline`, or the file's own, counts.
 * Folders of the team's are looked at as well; elsewhere only the file itself.
 */
export function leadsOut(file: string): boolean {
  const team = file.indexOf('/.wardline/');
  try {
    if (team < 0 && !fs.lstatSync(file).isSymbolicLink()) return false;
    const real = fs.realpathSync(file);
    const home = fs.realpathSync(repositoryOf(team < 0 ? path.dirname(file) : file.slice(0, team)));
    return real !== home && !real.startsWith(home.endsWith(path.sep) ? home : home + path.sep);
  } catch {
    return false;
  }
}

function repositoryOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return folder;
  }
}
