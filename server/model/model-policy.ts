/** Which models may see which classes of data, as a team's configuration says it. */
export interface ModelPolicy {
  /** Names (globs with `*`) that carry a class of data. */
  readonly dataClasses: ReadonlyMap<string, readonly string[]>;
  /** By model or provider: `gpt-4.1`, `openai`, `openai:*`, `bedrock:anthropic.*`, `*`. */
  readonly models: ReadonlyMap<string, { readonly allow?: readonly string[]; readonly deny?: readonly string[] }>;
}

/** A model as a call names it. */
export interface ModelIdentity {
  /** `openai`, `anthropic`, `bedrock`, or the host of an own endpoint. */
  readonly provider: string;
  /** Undefined where the name is not known. */
  readonly name: string | undefined;
  /** Other names of the provider that a team may write: the package, the host. */
  readonly also: readonly string[];
}
