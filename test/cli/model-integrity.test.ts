import assert from 'node:assert/strict';
import * as x509 from '@peculiar/x509';
import { createHash, generateKeyPairSync, sign, webcrypto, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parseLock } from '../../server/artefact/lock-file.ts';
import { readModelSignature } from '../../server/artefact/signature.ts';
import { verifySignature } from '../../server/host/node/model-signature.ts';
import { bytes, callPickle, gguf, plainPickle } from '../support/artefacts.ts';
import { read, wardline, withFolder } from '../support/cli.ts';
import { createSigstore } from '../support/keyless.ts';

interface Signed {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly shards?: number;
  readonly chain?: readonly ArrayBuffer[];
  readonly predicateType?: string;
  readonly digest?: string;
}

/** A model signature as the specification's signers write it. */
function signModel(key: KeyObject, { files, shards, chain, predicateType = 'https://model_signing/signature/v1.0', digest = 'sha256' }: Signed): string {
  const hash = (data: Uint8Array): string => createHash(digest === 'blake2b' ? 'blake2b512' : digest).update(data).digest('hex');
  const resources = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, data]) => (shards === undefined ? [{ name, digest: hash(data), algorithm: digest }]
    : Array.from({ length: Math.ceil(data.length / shards) }, (_, at) => ({ name: `${name}:${at * shards}:${Math.min(data.length, (at + 1) * shards)}`, digest: hash(data.subarray(at * shards, (at + 1) * shards)), algorithm: digest }))));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1', subject: [{ name: 'model', digest: { sha256: '0'.repeat(64) } }], predicateType,
    predicate: { resources, serialization: { method: shards === undefined ? 'files' : 'shards', hash_type: digest, allow_symlinks: false, ignore_paths: ['.git', 'notes'], ...(shards === undefined ? {} : { shard_size: shards }) } },
  };
  const payload = Buffer.from(JSON.stringify(statement));
  const type = 'application/vnd.in-toto+json';
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const signature = sign(key.asymmetricKeyType === 'ed25519' ? null : /384/.test(curve) ? 'sha384' : /521/.test(curve) ? 'sha512' : 'sha256', bytes(`DSSEv1 ${type.length} ${type} ${payload.length} `, payload), key);
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { ...(chain ? { x509CertificateChain: { certificates: chain.map((one) => ({ rawBytes: Buffer.from(one).toString('base64') })) } } : { publicKey: { hint: 'ab' } }), tlogEntries: [] },
    dsseEnvelope: { payload: payload.toString('base64'), payloadType: type, signatures: [{ sig: signature.toString('base64'), keyid: '' }] },
  });
}

const keys = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
const model = { 'weights.pkl': plainPickle, 'config.json': bytes('{"hidden_size": 8}') };
const config = (signer: string): string => `modelSigners:\n  - ${signer}\n`;

interface Bundle {
  readonly dsseEnvelope: { payload: string };
  readonly verificationMaterial: { tlogEntries: { integratedTime: string; readonly inclusionProof: { readonly checkpoint: { envelope: string } } }[] };
}

interface Result { readonly rule: string; readonly message: string }
function scan(folder: string): readonly Result[] {
  const { stdout } = wardline(folder, 'scan', '.', '--format', 'sarif', '--rule', 'model-supply-chain/changed-artefact');
  return (JSON.parse(stdout) as { runs: { results: { ruleId: string; message: { text: string } }[] }[] }).runs[0]!.results.map((one) => ({ rule: one.ruleId, message: one.message.text }));
}

const put = (files: Readonly<Record<string, Uint8Array | string>>): Record<string, string | Buffer> => Object.fromEntries(Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? data : Buffer.from(data)]));

describe('integrity of models', () => {
  for (const curve of ['P-256', 'P-384', 'P-521']) {
    it(`verifies a signature with a key on ${curve}, and refuses another key`, () => {
      const { privateKey, publicKey } = keys(curve);
      withFolder(put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/model.sig': signModel(privateKey, { files: model }), 'own.pub': pem(publicKey), 'other.pub': pem(keys(curve).publicKey) }), (folder) => {
        const signature = readModelSignature(read(folder, 'm/model.sig'));
        assert.ok(typeof signature === 'object');
        assert.deepEqual(verifySignature(signature, [{ publicKey: path.join(folder, 'own.pub') }]), { kind: 'verified', by: 'own.pub' });
        assert.deepEqual(verifySignature(signature, [{ publicKey: path.join(folder, 'other.pub') }]), { kind: 'wrong', why: 'other.pub has not signed it' });
        assert.equal(verifySignature(signature, []).kind, 'unchecked');
        assert.equal(verifySignature(signature, [{ publicKey: path.join(folder, 'none.pub') }]).kind, 'wrong');
      });
    });
  }

  for (const [what, pair] of [['Ed25519', () => generateKeyPairSync('ed25519')], ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })]] as const) {
    it(`verifies a signature with an ${what} key, and refuses another key and another statement`, () => {
      const { privateKey, publicKey } = pair();
      withFolder(put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/model.sig': signModel(privateKey, { files: model }), 'own.pub': pem(publicKey), 'other.pub': pem(pair().publicKey), '.wardline/config.yaml': config('publicKey: own.pub') }), (folder) => {
        const signature = readModelSignature(read(folder, 'm/model.sig'));
        assert.ok(typeof signature === 'object');
        assert.deepEqual(verifySignature(signature, [{ publicKey: path.join(folder, 'own.pub') }]), { kind: 'verified', by: 'own.pub' });
        assert.deepEqual(verifySignature(signature, [{ publicKey: path.join(folder, 'other.pub') }]), { kind: 'wrong', why: 'other.pub has not signed it' });
        assert.deepEqual(scan(folder), []);
        const forged = JSON.parse(read(folder, 'm/model.sig')) as { dsseEnvelope: { payload: string } };
        forged.dsseEnvelope.payload = (JSON.parse(signModel(privateKey, { files: { 'weights.pkl': callPickle(2) } })) as typeof forged).dsseEnvelope.payload;
        fs.writeFileSync(path.join(folder, 'm/model.sig'), JSON.stringify(forged));
        assert.ok(scan(folder).some((one) => /does not hold: own\.pub has not signed it/.test(one.message)), JSON.stringify(scan(folder)));
      });
    });
  }

  it('verifies a keyless signature by identity, issuer and transparency log, and nothing short of it', async () => {
    const [own, stranger] = [await createSigstore(), await createSigstore()];
    const [identity, issuer] = ['release@models.example', 'https://login.example'];
    const bundle = await own.keyless((key) => signModel(key, { files: model }), identity, issuer);
    const files = put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/model.sig': bundle, 'root.json': own.trustedRoot, 'stranger.json': stranger.trustedRoot });
    withFolder({ ...files, '.wardline/config.yaml': config(`identity: ${identity}\n    issuer: ${issuer}\n    trustedRoot: root.json`) }, (folder) => {
      assert.deepEqual(scan(folder), []);
      const verdict = (text: string, signer: { readonly identity?: string; readonly issuer?: string; readonly root?: string } = {}) => {
        const signature = readModelSignature(text);
        assert.ok(typeof signature === 'object');
        return verifySignature(signature, [{ identity: signer.identity ?? identity, issuer: signer.issuer ?? issuer, trustedRoot: path.join(folder, signer.root ?? 'root.json') }]);
      };
      assert.deepEqual(verdict(bundle), { kind: 'verified', by: identity });
      const why = (state: ReturnType<typeof verdict>): string => (state.kind === 'wrong' ? state.why : state.kind);
      assert.match(why(verdict(bundle, { identity: 'release@models.exampl' })), /certificate identity error/);
      assert.match(why(verdict(bundle, { issuer: 'https://other.example' })), /invalid certificate extension/);
      assert.match(why(verdict(bundle, { root: 'stranger.json' })), /certificate chain/);
      const broken = (change: (parts: Bundle) => void): string => { const parts = JSON.parse(bundle) as Bundle; change(parts); return JSON.stringify(parts); };
      const [entry] = (JSON.parse(bundle) as Bundle).verificationMaterial.tlogEntries;
      assert.match(why(verdict(broken((parts) => { parts.verificationMaterial.tlogEntries[0]!.integratedTime = String(Number(entry!.integratedTime) + 1); }))), /inclusion promise could not be verified/);
      assert.match(why(verdict(broken((parts) => { parts.verificationMaterial.tlogEntries[0]!.inclusionProof.checkpoint.envelope = entry!.inclusionProof.checkpoint.envelope.replace('\n1\n', '\n2\n'); }))), /invalid checkpoint signature/);
      assert.match(why(verdict(broken((parts) => { parts.verificationMaterial.tlogEntries = []; }))), /expected 1 timestamps/);
      const changed = signModel(keys().privateKey, { files: { 'weights.pkl': callPickle(2) } });
      const forged = broken((parts) => { parts.dsseEnvelope.payload = (JSON.parse(changed) as Bundle).dsseEnvelope.payload; });
      assert.match(why(verdict(forged)), /payload hash mismatch/);
      fs.writeFileSync(path.join(folder, 'm/model.sig'), forged);
      assert.ok(scan(folder).some((one) => /does not hold: DSSE payload hash mismatch/.test(one.message)), JSON.stringify(scan(folder)));
    });
  });

  it('is silent on a model as it was signed, with and without a trusted key', () => {
    const { privateKey, publicKey } = keys();
    const files = put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/notes/a.txt': 'x', 'm/model.sig': signModel(privateKey, { files: model }), 'keys/model.pub': pem(publicKey) });
    withFolder(files, (folder) => assert.deepEqual(scan(folder), []));
    withFolder({ ...files, '.wardline/config.yaml': config('publicKey: keys/model.pub') }, (folder) => assert.deepEqual(scan(folder), []));
  });

  it('reports changed, missing and added files of a signed model, whoever signed it', () => {
    const signature = signModel(keys().privateKey, { files: { ...model, 'gone.txt': bytes('x') } });
    withFolder(put({ 'm/weights.pkl': callPickle(2), 'm/config.json': '{}', 'm/extra.bin': 'x', 'm/model.sig': signature }), (folder) => {
      const found = scan(folder).map((one) => one.message);
      assert.ok(found.some((one) => /^weights\.pkl is not what model\.sig signs: its digest differs/.test(one)), found.join('\n'));
      assert.ok(found.some((one) => /^model\.sig signs other content of config\.json, weights\.pkl and signs gone\.txt, which is not there/.test(one)), found.join('\n'));
    });
  });

  it('reports a signature that does not hold for who is trusted', () => {
    withFolder(put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/model.sig': signModel(keys().privateKey, { files: model }), 'keys/model.pub': pem(keys().publicKey), '.wardline/config.yaml': config('publicKey: keys/model.pub') }), (folder) => {
      const found = scan(folder).map((one) => one.message);
      assert.ok(found.every((one) => /a signature (?:in model\.sig )?that does not hold: model\.pub has not signed it/.test(one)) && found.length >= 2, found.join('\n'));
    });
  });

  it('verifies parts of large files, and other digests', () => {
    const { privateKey } = keys();
    const weights = { 'weights.pkl': bytes(plainPickle, Buffer.alloc(1000, 1)) };
    withFolder(put({ 'm/weights.pkl': weights['weights.pkl'], 'm/model.sig': signModel(privateKey, { files: weights, shards: 300 }) }), (folder) => {
      assert.deepEqual(scan(folder), []);
      fs.appendFileSync(path.join(folder, 'm/weights.pkl'), 'x');
      assert.ok(scan(folder).some((one) => /its length differs from the signed parts/.test(one.message)));
    });
    withFolder(put({ 'm/weights.pkl': weights['weights.pkl'], 'm/model.sig': signModel(privateKey, { files: weights, digest: 'blake2b' }) }), (folder) => assert.deepEqual(scan(folder), []));
  });

  it('verifies a certificate up to the trusted authority', async () => {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const pair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
    const [root, stranger, leaf] = [await pair(), await pair(), await pair()];
    const dates = { notBefore: new Date('2020-01-01'), notAfter: new Date('2999-01-01') };
    const authority = (own: CryptoKeyPair) => x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=Model authority', keys: own, signingAlgorithm: algorithm, ...dates, extensions: [new x509.BasicConstraintsExtension(true, undefined, true)] });
    const issue = (valid: { notBefore: Date; notAfter: Date }) => x509.X509CertificateGenerator.create({ subject: 'CN=Signer', issuer: 'CN=Model authority', publicKey: leaf.publicKey, signingKey: root.privateKey, signingAlgorithm: algorithm, ...valid });
    const own = await authority(root);
    const other = await authority(stranger);
    const { KeyObject: Key } = await import('node:crypto');
    const signer = Key.from(leaf.privateKey as Parameters<typeof Key.from>[0]);
    const bundle = async (valid = dates): Promise<ReturnType<typeof readModelSignature>> => readModelSignature(signModel(signer, { files: model, chain: [(await issue(valid)).rawData] }));
    const folder = fs.mkdtempSync(path.join(fs.realpathSync('/tmp'), 'wardline-ca-'));
    try {
      fs.writeFileSync(path.join(folder, 'ca.pem'), own.toString('pem'));
      fs.writeFileSync(path.join(folder, 'other.pem'), other.toString('pem'));
      const signature = await bundle();
      assert.ok(typeof signature === 'object');
      assert.equal(verifySignature(signature, [{ certificate: path.join(folder, 'ca.pem') }]).kind, 'verified');
      assert.match(JSON.stringify(verifySignature(signature, [{ certificate: path.join(folder, 'other.pem') }])), /was not issued by/);
      // A keyless signature whose certificate no trusted root knows: Sigstore's library refuses it, and the scan says so.
      const keyless = JSON.parse(signModel(signer, { files: model })) as { verificationMaterial: Record<string, unknown> };
      keyless.verificationMaterial = { certificate: { rawBytes: Buffer.from((await issue(dates)).rawData).toString('base64') }, tlogEntries: [] };
      withFolder(put({ 'm/weights.pkl': model['weights.pkl'], 'm/config.json': model['config.json'], 'm/model.sig': JSON.stringify(keyless), 'root.json': '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}', '.wardline/config.yaml': 'modelSigners:\n  - identity: release@example.org\n    issuer: https://issuer.example\n    trustedRoot: root.json\n' }), (at) => {
        assert.ok(scan(at).some((one) => /model\.sig holds a signature that does not hold: expected 1 timestamps, got 0/.test(one.message)), JSON.stringify(scan(at)));
      });
      const expired = await bundle({ notBefore: new Date('2001-01-01'), notAfter: new Date('2002-01-01') });
      assert.match(JSON.stringify(verifySignature(expired as typeof signature, [{ certificate: path.join(folder, 'ca.pem') }])), /not valid today/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('reads broken bundles and locks without an error, whatever they hold', () => {
    const whole = signModel(keys().privateKey, { files: model, shards: 5 });
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(whole.length), fc.string({ maxLength: 3 })), { maxLength: 6 }), (edits) => {
      const text = edits.reduce((sum, [at, put]) => sum.slice(0, at) + put + sum.slice(at + put.length), whole);
      const read = readModelSignature(text);
      if (typeof read === 'object') verifySignature(read, [{ publicKey: 'none.pub', certificate: 'none.pem' }]);
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.jsonValue(), (value) => { readModelSignature(JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: { payload: Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://model_signing/signature/v1.0', predicate: value })).toString('base64'), signatures: [{ sig: '' }] }, verificationMaterial: value })); parseLock(JSON.stringify({ version: 1, models: value })); }), { numRuns: 500 });
  });

  it('says what is wrong with a bundle, and nothing of what is none', () => {
    assert.equal(readModelSignature('{"a":1}'), undefined);
    assert.equal(readModelSignature('not json'), undefined);
    assert.match(String(readModelSignature(signModel(keys().privateKey, { files: { '../x': bytes('x') } }))), /outside of its folder/);
    assert.match(String(readModelSignature(signModel(keys().privateKey, { files: model, predicateType: 'https://model_signing/Digests/v0.1' }))), /older format/);
    assert.match(String(readModelSignature(signModel(keys().privateKey, { files: {} }))), /signs no files/);
  });

  it('keeps the source that code and records of downloads tell, without keys', () => {
    const commit = 'a'.repeat(40);
    const layer = gguf({ 'general.architecture': 'llama' });
    const digest = createHash('sha256').update(layer).digest('hex');
    const address = ['https:', `//user:${'p'.repeat(8)}@models.example/files/c.pkl?token=abc`].join('');
    withFolder({
      'fetch.py': `from huggingface_hub import hf_hub_download\nhf_hub_download(repo_id="org/name", filename="a.pkl", revision="${commit}")\nhf_hub_download("org/other", filename="b.pkl", local_dir="hub")\nurlretrieve("${address}", "models/c.pkl")\n`,
      'models/a.pkl': Buffer.from(plainPickle), 'hub/b.pkl': Buffer.from(plainPickle), 'hub/.cache/huggingface/download/b.pkl.metadata': `${'b'.repeat(40)}\netag\n1.0\n`,
      'models/c.pkl': Buffer.from(plainPickle), 'models/d.pkl': Buffer.from(plainPickle), 'run/MLmodel': `flavors:\n  sklearn:\n    code: null\nrun_id: ${'c'.repeat(32)}\n`, 'run/model.pkl': Buffer.from(plainPickle),
      [`ollama/models/blobs/sha256-${digest}`]: Buffer.from(layer), 'ollama/models/manifests/registry.ollama.ai/library/tiny/1b': JSON.stringify({ schemaVersion: 2, layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}`, size: layer.length }] }),
      'ollama/models/manifests/models.example/team/other/latest': JSON.stringify({ layers: [{ digest: `sha256:${'0'.repeat(64)}` }] }),
      [`cache/models--org--deep/snapshots/${commit}/e.pkl`]: Buffer.from(plainPickle),
    }, (folder) => {
      assert.equal(wardline(folder, 'models', 'lock').status, 0);
      const { models } = JSON.parse(read(folder, '.wardline/models.lock')) as { models: { path: string; source?: string }[] };
      assert.deepEqual(Object.fromEntries(models.filter((one) => /\.pkl$|blobs/.test(one.path)).map((one) => [one.path, one.source])), {
        [`cache/models--org--deep/snapshots/${commit}/e.pkl`]: `hf://org/deep@${commit}/e.pkl`,
        [`ollama/models/blobs/sha256-${digest}`]: 'ollama:tiny:1b',
        'hub/b.pkl': `hf://org/other@${'b'.repeat(40)}/b.pkl`, 'models/a.pkl': `hf://org/name@${commit}/a.pkl`, 'models/c.pkl': 'https://models.example/files/c.pkl', 'models/d.pkl': undefined, 'run/model.pkl': `mlflow:run/${'c'.repeat(32)}`,
      });
      assert.equal(wardline(folder, 'models', 'verify').status, 0);
      fs.appendFileSync(path.join(folder, 'models/a.pkl'), 'x');
      assert.deepEqual(scan(folder).map((one) => one.message.replace(/\d+ bytes in place of \d+/, 'SIZES')), ['a.pkl is not what .wardline/models.lock holds: SIZES.']);
    });
  });

  it('compares what a lock names though it is no model any more', () => {
    withFolder({ 'a.pkl': Buffer.from(plainPickle), 'config.json': '{"architectures": ["X"], "hidden_size": 64}' }, (folder) => {
      assert.equal(wardline(folder, 'models', 'lock').status, 0);
      fs.writeFileSync(path.join(folder, 'a.pkl'), '<html>not found</html>');
      assert.deepEqual(scan(folder).map((one) => one.message.replace(/\d+ bytes in place of \d+/, 'SIZES')), ['a.pkl is not what .wardline/models.lock holds: SIZES.']);
    });
  });
});
