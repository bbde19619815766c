import fs from 'node:fs';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };

/**
 * Keeps the compiled program for the next start, which then takes about three quarters of the time: a hook starts it at every edit. Node can do so from
 * 22.1 on; the folder is the user's own, for whoever writes there decides what runs. To be imported before all that is worth keeping.
 */
const enable = (module as { readonly enableCompileCache?: (directory: string) => unknown }).enableCompileCache;
const base = cacheFolder();
if (enable && base !== undefined) {
  const own = `compiled-${manifest.version}`;
  try {
    if (!fs.existsSync(path.join(base, own))) {
      fs.mkdirSync(path.join(base, own), { recursive: true, mode: 0o700 });
      for (const name of fs.readdirSync(base)) if (name.startsWith('compiled-') && name !== own) fs.rmSync(path.join(base, name), { recursive: true, force: true });
    }
    enable(path.join(base, own));
  } catch { /* A home that cannot be written to only costs time. */ }
}

/** The user's folder for what can be made again. */
function cacheFolder(): string | undefined {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA && path.join(LOCALAPPDATA, 'wardline');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/wardline');
  return path.join(XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(os.homedir(), '.cache'), 'wardline');
}
