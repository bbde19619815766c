import * as x509 from '@peculiar/x509';
import { createHash, generateKeyPairSync, KeyObject, sign, webcrypto } from 'node:crypto';
import { bytes, u64 } from './artefacts.ts';

/**
 * A Sigstore of its own: an authority that issues short-lived certificates for identities (as Fulcio), the log that witnesses them
 * (RFC 6962) and the log of signatures (as Rekor), with the trusted root that names all three.
 */
export interface Sigstore {
  readonly trustedRoot: string;
  /** A bundle over the statement that `signed` (a bundle with a public key) holds: certificate and log entry in the place of the key. */
  readonly keyless: (signed: (key: KeyObject) => string, identity: string, issuer: string) => Promise<string>;
}

const started = new Date('2024-03-01T10:00:00Z');
const ended = new Date('2024-03-01T10:10:00Z');
const integrated = Math.floor(started.getTime() / 1000) + 30;
const validFor = { start: '2020-01-01T00:00:00Z' };
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(bytes(...parts)).digest();
const base64 = (data: ArrayBuffer | Uint8Array): string => Buffer.from(data as Uint8Array).toString('base64');
/** Big-endian lengths, as TLS writes them. */
const vector = (size: 2 | 3, data: Uint8Array): Uint8Array => bytes([...(size === 3 ? [data.length >> 16] : []), (data.length >> 8) & 0xff, data.length & 0xff], data);
const der = (tag: number, data: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes([tag, ...(data.length < 128 ? [data.length] : [0x81, data.length])], data));
const reversed = (data: Uint8Array): Uint8Array => Buffer.from(data).reverse();

interface Log { readonly id: Buffer; readonly key: KeyObject; readonly spki: Buffer }

function createLog(): Log {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { id: sha256(spki), key: privateKey, spki };
}

const described = (log: Log, baseUrl: string): unknown => ({ baseUrl, hashAlgorithm: 'SHA2_256', publicKey: { rawBytes: base64(log.spki), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor }, logId: { keyId: base64(log.id) } });

export async function createSigstore(): Promise<Sigstore> {
  x509.cryptoProvider.set(webcrypto as Crypto);
  const pair = (): Promise<CryptoKeyPair> => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const root = await pair();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=Identity authority', keys: root, signingAlgorithm: algorithm, notBefore: new Date('2020-01-01'), notAfter: new Date('2999-01-01'), extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)] });
  const [witness, signatures] = [createLog(), createLog()];

  /** Issued twice: the log signs the certificate without its own signature (RFC 6962, 3.2), which then goes into an extension. */
  async function certify(publicKey: CryptoKey, identity: string, issuer: string): Promise<x509.X509Certificate> {
    const own = [new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.3'], false), new x509.SubjectAlternativeNameExtension([{ type: 'email', value: identity }], true), new x509.Extension('1.3.6.1.4.1.57264.1.8', false, der(0x0c, Buffer.from(issuer)))];
    const issue = (extensions: x509.Extension[]) => x509.X509CertificateGenerator.create({ serialNumber: '0102030405', subject: '', issuer: authority.subject, publicKey, signingKey: root.privateKey, signingAlgorithm: algorithm, notBefore: started, notAfter: ended, extensions });
    const at = reversed(u64(started.getTime()));
    const tbs = tbsOf(Buffer.from((await issue(own)).rawData));
    const signed = sign('sha256', bytes([0, 0], at, [0, 1], sha256(Buffer.from(authority.publicKey.rawData)), vector(3, tbs), [0, 0]), witness.key);
    const timestamp = bytes([0], witness.id, at, [0, 0], [4, 3], vector(2, signed));
    return issue([...own, new x509.Extension('1.3.6.1.4.1.11129.2.4.2', false, der(0x04, vector(2, vector(2, timestamp))))]);
  }

  /** The entry of a signature as the only one of the log, with its promise, its proof and the checkpoint. */
  function entryOf(envelope: { payload: string; signatures: { sig: string }[] }, certificate: string): unknown {
    const body = Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'dsse', spec: { payloadHash: { algorithm: 'sha256', value: sha256(Buffer.from(envelope.payload, 'base64')).toString('hex') }, signatures: [{ signature: envelope.signatures[0]!.sig, verifier: base64(Buffer.from(certificate)) }] } }));
    const promise = sign('sha256', Buffer.from(JSON.stringify({ body: base64(body), integratedTime: integrated, logID: signatures.id.toString('hex'), logIndex: 0 })), signatures.key);
    const hash = base64(sha256(bytes([0]), body));
    const note = `log.example\n1\n${hash}\n`;
    const checkpoint = `${note}\n\u2014 log.example ${base64(bytes(signatures.id.subarray(0, 4), sign('sha256', Buffer.from(note), signatures.key)))}\n`;
    return {
      logIndex: '0', logId: { keyId: base64(signatures.id) }, kindVersion: { kind: 'dsse', version: '0.0.1' }, integratedTime: String(integrated), canonicalizedBody: base64(body),
      inclusionPromise: { signedEntryTimestamp: base64(promise) }, inclusionProof: { logIndex: '0', rootHash: hash, treeSize: '1', hashes: [], checkpoint: { envelope: checkpoint } },
    };
  }

  return {
    trustedRoot: JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1', tlogs: [described(signatures, 'https://log.example')], ctlogs: [described(witness, 'https://witness.example')], timestampAuthorities: [],
      certificateAuthorities: [{ subject: { commonName: 'Identity authority' }, uri: 'https://authority.example', certChain: { certificates: [{ rawBytes: base64(authority.rawData) }] }, validFor }],
    }),
    keyless: async (signed, identity, issuer) => {
      const leaf = await pair();
      const certificate = await certify(leaf.publicKey, identity, issuer);
      const bundle = JSON.parse(signed(KeyObject.from(leaf.privateKey))) as { dsseEnvelope: Parameters<typeof entryOf>[0]; verificationMaterial: unknown };
      bundle.verificationMaterial = { certificate: { rawBytes: base64(certificate.rawData) }, tlogEntries: [entryOf(bundle.dsseEnvelope, certificate.toString('pem'))] };
      return JSON.stringify(bundle);
    },
  };
}

/** The signed part of a certificate: the first element of its sequence. */
function tbsOf(certificate: Buffer): Buffer {
  const content = (at: number): number => at + 2 + (certificate[at + 1]! < 128 ? 0 : certificate[at + 1]! & 0x7f);
  const start = content(0);
  const from = content(start);
  const length = certificate[start + 1]! < 128 ? certificate[start + 1]! : certificate.subarray(start + 2, from).readUIntBE(0, from - start - 2);
  return certificate.subarray(start, from + length);
}
