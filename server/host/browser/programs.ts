import path from 'path-browserify';

declare function importScripts(...addresses: readonly string[]): void;

type Program = (module: { exports: unknown }, exports: unknown, require: (name: string) => unknown) => void;
interface Scope {
  /** What the script that was loaded last holds. */
  wardlineProgram?: Program;
  require?: (name: string) => unknown;
  process?: unknown;
  Buffer?: unknown;
}

/** What libraries ask of Node where no file is read: paths in text, and empty answers. */
const standIns: Readonly<Record<string, unknown>> = { path, 'node:path': path, fs: {}, 'node:fs': {}, os: {}, crypto: {}, process: { env: {} }, buffer: {} };

/**
 * Lets the bundles of this worker ask for one another by name as they do under Node. `addresses` tells where each is loaded from, on first use;
 * such a script sets `wardlineProgram` to a function around the bundle, so that the names of one do not meet those of another.
 */
export function providePrograms(addresses: Readonly<Record<string, string>>): void {
  const scope = globalThis as unknown as Scope;
  const loaded = new Map<string, { exports: unknown }>();
  const require = (name: string): unknown => {
    if (Object.hasOwn(standIns, name)) return standIns[name];
    const known = loaded.get(name);
    if (known) return known.exports;
    const address = addresses[name];
    if (address === undefined) throw new Error(`There is no '${name}' in the browser.`);
    importScripts(address);
    const module: { exports: unknown } = { exports: {} };
    loaded.set(name, module);
    scope.wardlineProgram!(module, module.exports, require);
    return module.exports;
  };
  scope.require = require;
  scope.process = { env: {}, cwd: () => '/' };
  // One library encodes a single character to tell a byte order mark.
  scope.Buffer = { from: (text: string) => new TextEncoder().encode(text) };
}
