import type * as bundle from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type * as verify from '@sigstore/verify';

declare const library: {
  readonly sigstore: () => Pick<typeof bundle, 'bundleFromJSON'> & Pick<typeof verify, 'toSignedEntity' | 'toTrustMaterial' | 'Verifier'> & { readonly TrustedRoot: typeof TrustedRoot };
};
export default library;
