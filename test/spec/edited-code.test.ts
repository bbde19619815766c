import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lowerPieces, type Pieces } from '../../server/lower/typescript/pieces.ts';
import { relower } from '../../server/lower/typescript/relower.ts';

const text = `import express from 'express';
import { z } from 'zod';
const app = express();
interface Card { readonly name: string; count?: number }
/** Answers. */
app.post('/a', async (req, res) => {
  const { question, ...rest } = req.body;
  for (const one of rest.items) console.log(\`\${one.id}: \${question}\`);
  if (question.length > 10) res.status(400).end();
  else res.json({ question });
});

// A comment between.
@Injectable()
export class Store<T> extends Base<T> {
  static #count = 0;
  constructor(private readonly db: Db) { super(); }
  get size(): number { return this.db.size; }
  async find(id: string): Promise<T | undefined> { return this.db.rows.find((row) => row.id === id); }
}
let total = 0
;[1, 2].forEach((n) => { total += n })
'late text';
function* steps(a = 1, [b, c]: number[] = []) { yield a; switch (b) { case 1: return c; default: throw new Error('no'); } }
export const view = (name: string) => eval('1 + ' + name) as string;
export * from './other';
export default steps;
type Pair = [string, Card];
label: while (total > 0) { total--; if (total === 3) continue label; }
await app.listen(3000);
`;
const snippets = ['', ' ', '\n', '{', '}', '(', ')', '`', '\'', '/*', '*/', '//', '"use strict";', ';', 'a', '=> ', 'await ', 'export ', 'import x from "y";', 'if (a) ', 'else ', '@', '<b>', '...', 'const q = 1;', '\nfoo();\n', '= 5', 'async ', '${', ' as any', 'import.meta.url;'];

const read = (source: string): Pieces => {
  const pieces = lowerPieces(source, 'typescript');
  assert.ok(pieces);
  return pieces;
};

/** How many pieces are the very objects of before: they were not read again. */
const kept = (before: Pieces, after: Pieces): number => after.pieces.filter((piece) => before.pieces.includes(piece)).length;

describe('code that is lowered again after an edit', () => {
  it('is what lowering all of it gives, whatever was edited', () => {
    const edit = fc.record({ at: fc.nat(text.length), removed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(12), fc.nat(200)), added: fc.constantFrom(...snippets) });
    let again = 0;
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let source = text;
      let before = read(source);
      for (const { at, removed, added } of edits) {
        const next = source.slice(0, at) + added + source.slice(at + removed);
        const made = relower({ ...before, text: source, language: 'typescript' }, next);
        const whole = read(next);
        if (made) {
          again++;
          assert.deepEqual(made.pieces, whole.pieces);
          assert.equal(made.isModule, whole.isModule);
          assert.equal(made.errors.length > 0, whole.errors.length > 0);
        }
        source = next;
        before = made ?? whole;
      }
    }), { numRuns: 600, seed: 7 });
    assert.ok(again > 300, `only ${again} edits were lowered by parts`);
  });

  it('keeps the statements before an edit and moves those behind it', () => {
    const before = read(text);
    const next = text.replace('status(400)', 'status(4000)');
    const after = relower({ ...before, text, language: 'typescript' }, next);
    assert.ok(after);
    assert.equal(kept(before, after), 4);
    assert.deepEqual(after.pieces, read(next).pieces);
  });

  it('is read as a whole when a bracket swallows what follows, and when the directives change', () => {
    const state = { ...read(text), text, language: 'typescript' } as const;
    assert.equal(relower(state, text.replace('res.json({ question });\n});', 'res.json({ question });\n')), undefined);
    assert.equal(relower(state, text.replace('let total', '/* let total')), undefined);
    assert.equal(relower(state, `'use server';\n${text}`), undefined);
  });

  it('loses one statement, not all, to a part that cannot be converted', () => {
    const pieces = lowerPieces('foo();\n/* never closed\nbar();', 'typescript');
    assert.deepEqual(pieces?.pieces.map(({ start, end }) => [start, end]), [[0, 6]]);
    assert.equal(pieces?.errors.length, 1);
  });
});
