/** Where the digests of a folder's models are kept, below that folder. */
export const modelsLockName = '.wardline/models.lock';

export interface LockedModel {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly format: string;
  /** Where it was taken from, where the workspace tells: `hf://org/name@revision/file`, an address, `ollama:name`. */
  readonly source?: string;
}

/** One model a line, so that a change of one is a change of one line. */
export function printLock(models: readonly LockedModel[]): string {
  return `{"version":1,"models":[\n${models.map(({ path: at, sha256, size, format, source }) => `  ${JSON.stringify({ path: at, sha256, size, format, ...(source === undefined ? {} : { source }) })}`).join(',\n')}\n]}\n`;
}

/** Undefined for what is no lock file. */
export function parseLock(text: string): readonly LockedModel[] | undefined {
  try {
    const { version, models } = JSON.parse(text) as { version?: unknown; models?: unknown };
    if (version !== 1 || !Array.isArray(models)) return undefined;
    const valid = (one: unknown): one is LockedModel => {
      const { path: at, sha256, size } = (one ?? {}) as Partial<LockedModel>;
      return typeof at === 'string' && typeof sha256 === 'string' && /^[\da-f]{64}$/.test(sha256) && typeof size === 'number';
    };
    return models.every(valid) ? models : undefined;
  } catch {
    return undefined;
  }
}
