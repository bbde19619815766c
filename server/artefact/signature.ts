import { utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';

/**
 * OpenSSF Model Signing, version 1.0: a Sigstore bundle whose DSSE envelope holds an in-toto statement with the digests of a model's
 * files. See https://github.com/ossf/model-signing-spec/blob/main/spec/v1.0.md.
 */
export interface ModelSignature {
  readonly resources: readonly SignedResource[];
  readonly method: 'files' | 'shards';
  readonly ignored: readonly string[];
  /** How it was signed: with a key, a certificate of an authority, or without a lasting key over Sigstore. */
  readonly by: 'key' | 'certificate' | 'sigstore';
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** DER of the signer's certificate and those above it. */
  readonly certificates: readonly Uint8Array[];
  /** The parsed bundle, for who verifies keyless signatures. */
  readonly bundle: unknown;
}

export interface SignedResource {
  /** The file, relative to the model's folder. */
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly digest: string;
  readonly algorithm: string;
  /** A part of the file. */
  readonly range?: { readonly start: number; readonly end: number };
}

export const signatureFormat = 'model signature';
const predicateType = 'https://model_signing/signature/v1.0';
const largest = 32_000_000;
const mostResources = 100_000;

/** Reads a bundle. A text says what is wrong with it; undefined is no model signature at all. */
export function readModelSignature(text: string): ModelSignature | string | undefined {
  const bundle = parse(text);
  if (!/^application\/vnd\.dev\.sigstore\.bundle/.test(textOf(bundle, 'mediaType') ?? '')) return undefined;
  const envelope = mapOf(bundle, 'dsseEnvelope');
  const payloadText = textOf(envelope, 'payload');
  const [signature] = listOf(envelope, 'signatures');
  const signed = textOf(signature, 'sig');
  if (payloadText === undefined || signed === undefined) return undefined;
  const payload = bytesOf(payloadText);
  const statement = parse(new TextDecoder().decode(payload));
  const predicate = mapOf(statement, 'predicate');
  if (textOf(statement, 'predicateType') !== predicateType) return /model_signing/.test(textOf(statement, 'predicateType') ?? '') ? 'has a statement of an older format' : undefined;
  if (textOf(statement, '_type') !== 'https://in-toto.io/Statement/v1') return 'has no in-toto statement of version 1';
  const serialization = mapOf(predicate, 'serialization');
  const method = textOf(serialization, 'method');
  if (method !== 'files' && method !== 'shards') return 'lists its files in a way that is not known';
  const list = listOf(predicate, 'resources');
  if (list.length === 0 || list.length > mostResources) return list.length === 0 ? 'signs no files' : 'signs too many files';
  const resources: SignedResource[] = [];
  for (const one of list) {
    const name = textOf(one, 'name');
    const digest = textOf(one, 'digest');
    const algorithm = textOf(one, 'algorithm');
    if (name === undefined || digest === undefined || algorithm === undefined || !/^[\da-f]{40,128}$/.test(digest)) return 'has an entry without name, digest or algorithm';
    const shard = method === 'shards' ? /^(.*):(\d+):(\d+)$/s.exec(name) : undefined;
    if (shard === null) return `has the entry ${name.slice(0, 80)}, which is no part of a file`;
    const path = shard?.[1] ?? name;
    if (path.startsWith('/') || path.split('/').includes('..')) return `has the entry ${path.slice(0, 80)}, which lies outside of its folder`;
    resources.push({ path, digest, algorithm, ...(shard ? { range: { start: Number(shard[2]), end: Number(shard[3]) } } : {}) });
  }
  const material = mapOf(bundle, 'verificationMaterial');
  const chain = listOf(mapOf(material, 'x509CertificateChain'), 'certificates').flatMap((one) => textOf(one, 'rawBytes') ?? []);
  const own = textOf(mapOf(material, 'certificate'), 'rawBytes');
  return {
    resources, method, bundle, payload,
    ignored: listOf(serialization, 'ignore_paths').flatMap((one) => (typeof one === 'string' ? [one] : [])),
    by: own !== undefined ? 'sigstore' : chain.length > 0 ? 'certificate' : 'key',
    payloadType: textOf(envelope, 'payloadType') ?? '',
    signature: bytesOf(signed),
    certificates: (own === undefined ? chain : [own]).map(bytesOf),
  };
}

/** A signature of a model, as an artefact: what it signs is compared where the files are. */
export function inspectSignature(source: ByteSource, inspection: Inspection): boolean {
  const read = readModelSignature(utf8(source.read(0, Math.min(source.size, largest))));
  if (read === undefined) return false;
  inspection.format(signatureFormat);
  if (typeof read === 'string') inspection.issue('malformed', read);
  return true;
}

/** The bytes that DSSE signs: type and body with their lengths. */
export function preAuthenticationEncoding({ payloadType, payload }: ModelSignature): Uint8Array {
  const type = new TextEncoder().encode(payloadType);
  const head = new TextEncoder().encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const out = new Uint8Array(head.length + payload.length);
  out.set(head);
  out.set(payload, head.length);
  return out;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function mapOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const found = mapOf(value, key);
  return typeof found === 'string' ? found : undefined;
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const found = mapOf(value, key);
  return Array.isArray(found) ? found : [];
}

/** Base64, also of the alphabet for addresses; what is no base64 gives no bytes. */
function bytesOf(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
