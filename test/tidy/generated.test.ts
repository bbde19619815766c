import assert from 'node:assert/strict';
import { stale } from '../../scripts/docs.ts';

describe('generated files', () => {
  it('are as the rules are; `npm run docs` writes them', () => {
    assert.deepEqual(stale(), []);
  });
});
