import type { SinkKind } from '../kinds.ts';

/** Where a value does harm: a position (0, 1 ...), a keyword or option (`sql`, `where.id`), `*` for all, `this` for the receiver. */
export type Place = number | string;

export interface SinkSpec {
  readonly kind: SinkKind;
  readonly names: readonly string[];
  readonly args: readonly Place[];
  /** Further condition on the call. `shell`: runs through a shell. `unbound`: no parameters are passed beside the text. */
  readonly when?: 'shell' | 'fed-shell' | 'shell-words' | 'unbound' | 'html' | 'unsafe-yaml' | 'deep' | 'no-root' | 'method-write' | 'html-type' | 'html-unless-set' | 'made-path' | 'html-mail' | 'raw-template' | 'object-key' | 'not-static' | 'unfiltered' | 'sql-magic' | 'run-magic' | 'shell-magic' | 'evaluated' | 'curl-url' | 'mail-header' | 'format-raw' | 'bare-text' | 'markup-selector' | 'raw-markup' | 'markup-property' | 'file-loader' | 'reads-script' | 'graphql' | 'whole-object';
}
