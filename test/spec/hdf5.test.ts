import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inspectArtefact } from '../../server/artefact/inspect.ts';
import type { ArtefactReport } from '../../server/artefact/report.ts';
import { bytesSource } from '../../server/artefact/source.ts';
import { bytes, layer, zip } from '../support/artefacts.ts';
import { hdf5Newer, hdf5Older, type Hdf5Node } from '../support/hdf5.ts';

const inspect = (name: string, data: Uint8Array): ArtefactReport | undefined => inspectArtefact(bytesSource(data), name);
const listed = (report: ArtefactReport | undefined): readonly string[] => (report?.listed ?? []).map(({ name, dtype, shape, member }) => `${member ? `${member} ` : ''}${name} ${dtype} [${shape.join(', ')}]`);
const weights = { model_weights: { dense: { 'bias:0': [3], 'kernel:0': [4, 3] }, empty: {} }, step: [] };
const wanted = ['model_weights/dense/bias:0 float32 [3]', 'model_weights/dense/kernel:0 float32 [4, 3]', 'step float32 []'];

describe('HDF5 files', () => {
  it('are listed with their datasets, whichever version of the format they are kept in', () => {
    assert.deepEqual(listed(inspect('w.h5', hdf5Older(weights))), wanted);
    assert.deepEqual(listed(inspect('w.h5', hdf5Newer(weights))), wanted);
    assert.equal(inspect('w.h5', hdf5Older(weights))?.tensors, 3);
  });

  it('are read behind a user block, and within the archive that Keras saves', () => {
    assert.deepEqual(listed(inspect('w.h5', bytes(Buffer.alloc(512), hdf5Older(weights)))), wanted);
    const keras = zip([{ name: 'config.json', data: bytes(JSON.stringify(layer('Dense', { units: 3 }))) }, { name: 'model.weights.h5', data: hdf5Older(weights) }]);
    assert.deepEqual(listed(inspect('m.keras', keras)), wanted.map((one) => `model.weights.h5 ${one}`));
  });

  it('show the short texts of their root', () => {
    assert.deepEqual(inspect('w.h5', hdf5Older(weights, { keras_version: '2.15.0', backend: 'tensorflow' }))?.metadata, [{ key: 'keras_version', value: '2.15.0' }, { key: 'backend', value: 'tensorflow' }]);
  });

  it('are dangerous where reading them reads other files of the machine, and unknown where those lie beside them', () => {
    const what = (node: Hdf5Node): readonly string[] => (inspect('w.h5', hdf5Newer({ a: [1], b: node }))?.issues ?? []).map((one) => `${one.kind}: ${one.what}`);
    assert.deepEqual(what({ link: '/etc/hosts' }), ['dangerous: reads the file /etc/hosts through an external link']);
    assert.deepEqual(what({ link: 'part2.h5' }), ['unknown: reads the file part2.h5 through an external link']);
    assert.deepEqual(what({ storage: '/etc/hosts' }), ['dangerous: reads the file /etc/hosts through external storage in b']);
    assert.deepEqual(what({ virtual: '../other.h5' }), ['dangerous: reads the file ../other.h5 through a virtual dataset in b']);
    assert.deepEqual(what({ virtual: '.' }), []);
  });

  it('may link back to themselves', () => {
    const first = hdf5Older({ a: [1] });
    const root = Number(Buffer.from(first).readBigUInt64LE(64));
    // Written with the same layout but for the link, so that it leads into the root's own neighbourhood or back to it.
    for (let address = 0; address < root + 64; address += 8) assert.equal(inspect('w.h5', hdf5Older({ a: [1], b: { address } }))?.verdict, 'safe');
    assert.deepEqual(listed(inspect('w.h5', hdf5Newer({ a: [1], b: { address: 48 } }))), ['a float32 [1]']);
  });

  it('do no harm when they are cut or damaged', () => {
    for (const whole of [hdf5Older(weights, { backend: 'jax' }), hdf5Newer({ ...weights, l: { link: '/x' }, s: { storage: '/y' }, v: { virtual: '/z' } })]) {
      for (let length = 0; length < whole.length; length++) inspect('w.h5', whole.subarray(0, length));
      fc.assert(fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }), (changes) => {
        const data = Uint8Array.from(whole);
        for (const [at, value] of changes) data[at] = value;
        const report = inspect('w.h5', data);
        assert.ok((report?.listed.length ?? 0) <= 5000);
      }), { numRuns: 1500 });
    }
  });
});
