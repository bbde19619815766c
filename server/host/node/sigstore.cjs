// Only who verifies a keyless signature reads the library.
module.exports = { sigstore: () => require('./sigstore-library.cjs').sigstore() };
