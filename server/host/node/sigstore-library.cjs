// Sigstore's library, for one bundle that all programs share.
module.exports = {
  sigstore: () => ({ ...require('@sigstore/bundle'), ...require('@sigstore/verify'), TrustedRoot: require('@sigstore/protobuf-specs').TrustedRoot }),
};
