import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PieceReader, Pieces } from '../../server/lower/pieces.ts';
import { pythonReader } from '../../server/lower/python/lower.ts';
import { relower } from '../../server/lower/relower.ts';
import { typescriptReader } from '../../server/lower/typescript/lower.ts';

const typescript = typescriptReader('typescript');
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

const python = `"""Notes."""
from __future__ import annotations
import os, json
from openai import OpenAI

client = OpenAI(); limit = 10

# A comment between.
@app.post("/ask")
async def ask(question: str, *rest, limit: int = 3) -> str:
    """Answers."""
    if len(question) > limit:
        raise ValueError(f"too long: {len(question)}")
    elif not question or rest: return ""
    with opened(limit) as (log, _):
        log.write(question)
    try:
        answer = await client.responses.create(input=[{"role": "user", "content": question}])
    except (OSError, ValueError) as error:
        print(error)
    else:
        return answer.output_text
    finally:
        pass

class Store(Base, metaclass=Meta):
    rows: list[str] = []
    @property
    def size(self): return len(self.rows)

total = 0
for number in range(3): total += number
else:
    total = -1
squares = {n: n ** 2 for n in range(9) if n % 2}
match total:
    case 0 | 1: print("few")
    case _ if total > 3: os.system("date")
text = """
kept as it is
"""
x = (1 +
     2); y = lambda a, b=2: a if b else [*squares]
`;
const pythonSnippets = ['', ' ', '\n', '    ', '(', ')', '[', ']', '{', '}', '"', '"""', "'", '#', ':', '\\', '\\\n', 'else:', 'if a:', 'def f():', '\n\ndef f(a):\n    return a\n', '\nq = 1\n', '= 5', 'async ', 'f"{', '@', ' as ', '\t', '\nfor a in b:\n  pass\n', ';'];

const read = (source: string, reader = typescript): Pieces => {
  const pieces = reader.read(source);
  assert.ok(pieces);
  return pieces;
};

/** How many pieces are the very objects of before: they were not read again. */
const kept = (before: Pieces, after: Pieces): number => after.pieces.filter((piece) => before.pieces.includes(piece)).length;

describe('code that is lowered again after an edit', () => {
  const agrees = (whole: string, reader: PieceReader, added: readonly string[], numRuns: number): void => {
    const edit = fc.record({ at: fc.nat(whole.length), removed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(12), fc.nat(200)), added: fc.constantFrom(...added) });
    let again = 0;
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let source = whole;
      let before = read(source, reader);
      for (const { at, removed, added } of edits) {
        const next = source.slice(0, at) + added + source.slice(at + removed);
        const made = relower({ ...before, text: source }, next, reader);
        const all = read(next, reader);
        // How Python's parser recovers from an error depends on all that stands before it.
        if (made && (reader === typescript || made.errors.length === 0 || all.errors.length === 0)) {
          again++;
          assert.deepEqual(made.pieces, all.pieces);
          assert.equal(made.isModule, all.isModule);
          assert.equal(made.errors.length > 0, all.errors.length > 0);
        }
        source = next;
        before = made ?? all;
      }
    }), { numRuns, seed: 7 });
    assert.ok(again > 100, `only ${again} edits were lowered by parts`);
  };

  it('is what lowering all of it gives, whatever was edited', () => agrees(text, typescript, snippets, 600));
  it('is that in Python, too', () => agrees(python, pythonReader, pythonSnippets, 600));

  it('keeps the statements before an edit and moves those behind it', () => {
    const before = read(text);
    const next = text.replace('status(400)', 'status(4000)');
    const after = relower({ ...before, text }, next, typescript);
    assert.ok(after);
    assert.equal(kept(before, after), 4);
    assert.deepEqual(after.pieces, read(next).pieces);
  });

  it('is read as a whole when a bracket swallows what follows, and when the directives change', () => {
    const state = { ...read(text), text };
    assert.equal(relower(state, text.replace('res.json({ question });\n});', 'res.json({ question });\n'), typescript), undefined);
    assert.equal(relower(state, text.replace('let total', '/* let total'), typescript), undefined);
    assert.equal(relower(state, `'use server';\n${text}`, typescript), undefined);
  });

  it('reads what follows a broken function of Python', () => {
    for (const broken of ['    y = (1', '            z = 2', '    f"{', 'return [', '  q = 3']) {
      const { pieces } = read(`def first(a):\n    if a:\n        pass\n${broken}\n    return a\n\n@app.get("/")\ndef second(b):\n    return b\n`, pythonReader);
      const last = pieces.at(-1)?.body[0];
      assert.deepEqual(last?.kind === 'function' && [last.value.name, last.value.decorators.length, last.value.body.map((one) => one.kind)], ['second', 1, ['return']], broken);
      assert.ok(pieces.every((piece) => piece.body.every((one) => one.kind !== 'return')), broken);
    }
  });

  it('loses one statement, not all, to a part that cannot be converted', () => {
    const pieces = typescript.read('foo();\n/* never closed\nbar();');
    assert.deepEqual(pieces?.pieces.map(({ start, end }) => [start, end]), [[0, 6]]);
    assert.equal(pieces?.errors.length, 1);
  });
});
