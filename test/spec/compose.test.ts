import assert from 'node:assert/strict';
import { applyEdits, composeEdits } from '../../server/engine/compose.ts';
import type { TextEdit } from '../../server/model/fix.ts';

const edit = (start: number, end: number, text: string, path = '/a'): TextEdit => ({ path, range: { start, end }, text });

describe('fixes applied together', () => {
  for (const [what, first, second, applied] of [
    ['replacements of different places', edit(0, 1, 'x'), edit(2, 3, 'y'), [0, 1]],
    ['overlapping replacements', edit(0, 3, 'x'), edit(2, 4, 'y'), [0]],
    ['the same import twice', edit(0, 0, 'import os\n'), edit(0, 0, 'import os\n'), [0, 1]],
    ['two imports at one place', edit(0, 0, 'import os\n'), edit(0, 0, 'import re\n'), [0, 1]],
    ['two blocks of one name at one place', edit(5, 5, '  security_context {\n    a = 1\n  }\n'), edit(5, 5, '  security_context {\n    b = 1\n  }\n'), [0]],
    ['two keys of one name at one place', edit(5, 5, 'securityContext:\n  a: 1\n'), edit(5, 5, 'securityContext:\n  b: 1\n'), [0]],
    ['two attributes at one place', edit(5, 5, '  a = 1\n'), edit(5, 5, '  b = 1\n'), [0, 1]],
    ['edits of different files', edit(0, 3, 'x'), edit(0, 3, 'y', '/b'), [0, 1]],
  ] as const) {
    it(`take ${applied.length === 2 ? 'both' : 'the first'} of ${what}`, () => assert.deepEqual(composeEdits([[first], [second]]).applied, applied));
  }

  it('leave a fix out whole when a part of it collides', () => {
    const { edits } = composeEdits([[edit(0, 2, 'x')], [edit(1, 3, 'y'), edit(9, 9, 'z')]]);
    assert.deepEqual(edits, [edit(0, 2, 'x')]);
  });

  it('keep the order of insertions at one place', () => {
    assert.equal(applyEdits('..', [edit(1, 1, 'a'), edit(1, 1, 'b')]), '.ab.');
  });
});
