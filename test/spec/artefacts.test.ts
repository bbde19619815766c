import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inspectArtefact } from '../../server/artefact/inspect.ts';
import { bytesSource, type ByteSource } from '../../server/artefact/source.ts';
import { bytes, callPickle, gzip, op, zip } from '../support/artefacts.ts';
import { clean, malicious } from '../support/artefact-samples.ts';

const inspect = (name: string, data: Uint8Array) => inspectArtefact(bytesSource(data), name);

describe('artefacts', () => {
  for (const [name, data] of Object.entries(malicious)) {
    it(`finds what ${name} does`, () => {
      const report = inspect(name, data);
      assert.ok(report, 'it is recognised');
      assert.ok(report.issues.some((one) => one.kind !== 'unknown'), JSON.stringify(report));
    });
  }

  for (const [name, data] of Object.entries(clean)) {
    it(`is silent on ${name}`, () => assert.deepEqual(inspect(name, data)?.issues ?? [], []));
  }

  it('says which function is called with what, on one line and without keys', () => {
    const key = ['AKIA', 'Q'.repeat(24)].join('');
    const report = inspect('m.pkl', callPickle(4, 'posix', ['sys', 'tem'].join(''), `send\n${key}`));
    assert.deepEqual(report?.issues.map((one) => one.what), [`calls posix.${['sys', 'tem'].join('')}('send AKIA…QQ')`]);
    assert.deepEqual(report?.globals, [`posix.${['sys', 'tem'].join('')}`]);
  });

  it('names the member that it lies in', () => {
    const report = inspect('a.zip', zip([{ name: 'in/b.gz', data: gzip(callPickle(2)) }]));
    assert.equal(report?.issues[0]?.member, 'in/b.gz > gzip');
    assert.deepEqual(report?.formats, ['zip', 'gzip', 'pickle']);
  });

  it('tells unknown classes apart from known ones', () => {
    const unknown = inspect('m.pkl', callPickle(2, 'acme.pipeline', 'build', 'x'));
    assert.equal(unknown?.verdict, 'unknown');
    assert.deepEqual(unknown?.issues.map((one) => one.what), ['needs acme.pipeline.build']);
    assert.equal(inspect('m.pkl', callPickle(2, 'sklearn.svm._classes', 'SVC', 'x'))?.verdict, 'safe');
  });

  it('judges carried functions by the names in their code', () => {
    const carried = (used: string): Uint8Array => bytes(op.proto(2), op.global('cloudpickle.cloudpickle', '_make_function'), op.global('types', 'SimpleNamespace'), op.mark, op.text('numpy'), op.text(used), op.tuple, op.tuple1, op.reduce, op.tuple1, op.reduce, op.stop);
    assert.equal(inspect('f.pkl', carried('ones'))?.verdict, 'unknown');
    assert.deepEqual(inspect('f.pkl', carried('popen'))?.issues.map((one) => one.what), ['carries code that uses popen']);
  });

  it('notes what it leaves out of an archive that grows without end', () => {
    let nested = callPickle(2);
    for (let depth = 0; depth < 12; depth++) nested = gzip(nested);
    assert.match(inspect('deep.gz', nested)?.notes.join('\n') ?? '', /nested deeper/);
    const bomb = gzip(Buffer.alloc(140_000_000));
    assert.doesNotThrow(() => inspect('bomb.gz', bomb));
  });

  it('reads a file of nothing but opening braces once, not once for each', () => {
    const report = inspect('m.h5', bytes([0x89], 'HDF\r\n', [0x1a, 0x0a], '{"'.repeat(600_000)));
    assert.deepEqual(report?.notes, ['skipped: texts beyond the first 128 MB of what looks like configuration']);
  });

  it('reads a file of many gigabytes in small pieces', () => {
    const head = bytes(op.proto(4), op.list, 'B', [0, 0, 0, 0x80]);
    const tail = bytes(op.append, callPickle(4).subarray(11));
    const size = head.length + 0x80000000 + tail.length;
    let most = 0;
    let read = 0;
    const source: ByteSource = {
      size,
      read: (offset, length) => {
        const out = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        for (let at = 0; at < out.length; at++) out[at] = head[offset + at] ?? tail[offset + at - (size - tail.length)] ?? 0;
        most = Math.max(most, out.length);
        read += out.length;
        return out;
      },
    };
    assert.equal(inspectArtefact(source, 'big.pkl')?.verdict, 'dangerous');
    assert.ok(most <= 1 << 24 && read < 1 << 26, `${most} bytes at once, ${read} in all`);
  });

  it('never throws, whatever the bytes', () => {
    const samples = Object.entries({ ...malicious, ...clean }).filter(([, data]) => data.length < 20_000);
    fc.assert(fc.property(fc.nat(samples.length - 1), fc.array(fc.tuple(fc.nat(20_000), fc.nat(255)), { maxLength: 8 }), fc.nat(20_000), (index, edits, cut) => {
      const [name, data] = samples[index]!;
      const changed = Uint8Array.from(data.subarray(0, cut % 3 === 0 ? cut % (data.length + 1) : data.length));
      for (const [at, value] of edits) if (changed.length > 0) changed[at % changed.length] = value;
      inspect(name, changed);
    }), { numRuns: 3000 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom('a.pkl', 'a.pb', 'a.onnx', 'a.safetensors', 'a.bin', 'a.h5', 'a.mlmodel', 'config.json'), (data, name) => void inspect(name, data)), { numRuns: 1000 });
  });
});
