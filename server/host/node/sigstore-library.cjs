// CommonJS, so that Sigstore's library is read when the first keyless signature is verified, not at start-up.
module.exports = {
  sigstore: () => ({ ...require('@sigstore/bundle'), ...require('@sigstore/verify'), TrustedRoot: require('@sigstore/protobuf-specs').TrustedRoot }),
};
