import assert from 'node:assert/strict';
import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { wordsOf } from '../../server/engine/words.ts';

describe('the words of a text', () => {
  it('are found after every edit as if the text was new', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n', '\u00e1'), maxLength: 12 });
    const edit = fc.record({ at: fc.nat(60), drop: fc.nat(8), put: piece });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\u00e1'), minLength: 1, maxLength: 4 });
    fc.assert(fc.property(piece, fc.array(edit, { maxLength: 8 }), fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), (begin, edits, words) => {
      let text = begin;
      for (const { at, drop, put } of [{ at: 0, drop: 0, put: '' }, ...edits]) {
        text = text.slice(0, at) + put + text.slice(at + drop);
        const holds = wordsOf(text);
        for (const one of words) assert.equal(holds([one]), text.includes(one), JSON.stringify([text, one]));
      }
    }), { numRuns: 500 });
  });

  it('keep nothing of the texts before', () => {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    const kept = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = kept();
    for (let at = 0; at < 100; at++) wordsOf(Buffer.alloc(1_000_000, 65 + (at % 26)).toString('latin1') + at)(['missing']);
    assert.ok(kept() - before < 20_000_000);
  });
});
