import { createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import library from './sigstore.cjs';
import { preAuthenticationEncoding, type ModelSignature } from '../../artefact/signature.ts';
import type { ModelSigner } from '../../artefact/report.ts';

/** Whether somebody whom the team trusts has signed. `unchecked`: the team has said of nobody that it trusts them with such signatures. */
export type SignatureState =
  | { readonly kind: 'verified'; readonly by: string }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'unchecked'; readonly why: string };

/** Verifies the signature over the statement, offline, with what the team trusts. Never throws. */
export function verifySignature(signature: ModelSignature, signers: readonly ModelSigner[]): SignatureState {
  const fitting = signers.filter((one) => (signature.by === 'key' ? one.publicKey : signature.by === 'certificate' ? one.certificate : one.identity !== undefined && one.trustedRoot) !== undefined);
  if (fitting.length === 0) return { kind: 'unchecked', why: `no ${signature.by === 'key' ? 'public key' : signature.by === 'certificate' ? 'certificate' : 'identity'} is configured under modelSigners` };
  const reasons: string[] = [];
  for (const signer of fitting) {
    try {
      const reason = signature.by === 'key' ? withKey(signature, signer.publicKey!) : signature.by === 'certificate' ? withCertificate(signature, signer.certificate!) : withIdentity(signature, signer);
      if (reason === undefined) return { kind: 'verified', by: signature.by === 'sigstore' ? signer.identity! : path.basename((signer.publicKey ?? signer.certificate)!) };
      reasons.push(reason);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message.split('\n')[0]! : String(error));
    }
  }
  return { kind: 'wrong', why: [...new Set(reasons)].slice(0, 2).join('; ') };
}

function withKey(signature: ModelSignature, file: string): string | undefined {
  return isSigned(signature, createPublicKey(fs.readFileSync(file))) ? undefined : `${path.basename(file)} has not signed it`;
}

/** The chain leads from the signer to the configured authority, and each certificate holds today. */
function withCertificate(signature: ModelSignature, file: string): string | undefined {
  const authority = new X509Certificate(fs.readFileSync(file));
  const chain = signature.certificates.map((one) => new X509Certificate(one));
  const [leaf] = chain;
  if (!leaf) return 'it carries no certificate';
  const now = Date.now();
  for (const [at, certificate] of chain.entries()) {
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return `the certificate ${subjectOf(certificate)} is not valid today`;
    if (certificate.fingerprint256 === authority.fingerprint256) break;
    const above = chain[at + 1];
    const issuer = above && above.fingerprint256 !== authority.fingerprint256 ? above : authority;
    if (!issuer.ca) return `${subjectOf(issuer)} is no certificate authority`;
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return `${subjectOf(certificate)} was not issued by ${subjectOf(issuer)}`;
    if (issuer === authority) break;
  }
  if (now < Date.parse(authority.validFrom) || now > Date.parse(authority.validTo)) return `the certificate ${subjectOf(authority)} is not valid today`;
  return isSigned(signature, leaf.publicKey) ? undefined : 'its certificate has not signed it';
}

/** A keyless signature: certificate, transparency log and identity, by Sigstore's own library. */
function withIdentity(signature: ModelSignature, { identity, issuer, trustedRoot }: ModelSigner): string | undefined {
  const { bundleFromJSON, toSignedEntity, toTrustMaterial, TrustedRoot, Verifier } = library.sigstore();
  const root = TrustedRoot.fromJSON(JSON.parse(fs.readFileSync(trustedRoot!, 'utf8')));
  const subject = `^${identity!.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  new Verifier(toTrustMaterial(root)).verify(toSignedEntity(bundleFromJSON(signature.bundle)), { subjectAlternativeName: subject, ...(issuer === undefined ? {} : { extensions: { issuer } }) });
  return undefined;
}

/** Curves go with a digest of their size; some signers take SHA-256 for all. */
function isSigned(signature: ModelSignature, key: KeyObject): boolean {
  const data = preAuthenticationEncoding(signature);
  if (key.asymmetricKeyType === 'ed25519') return verify(null, data, key, signature.signature);
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const digest = /384/.test(curve) ? 'sha384' : /521/.test(curve) ? 'sha512' : 'sha256';
  return [...new Set([digest, 'sha256'])].some((one) => verify(one, data, key, signature.signature));
}

function subjectOf(certificate: X509Certificate): string {
  return /CN=([^\n]+)/.exec(certificate.subject)?.[1] ?? certificate.subject.split('\n').join(', ');
}
