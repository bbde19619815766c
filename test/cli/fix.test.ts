import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { rules } from '../../rules/index.ts';
import { variantsOf } from '../support/fix-variants.ts';
import { wardline, withFolder } from '../support/cli.ts';

const mark = '\ufeff';

/** One bad text of every fourth rule, where it has one, in three encodings: as it is, with a byte order mark, in UTF-16. */
function samples(): Readonly<Record<string, string | Buffer>> {
  const out: Record<string, string | Buffer> = {};
  for (const rule of rules.filter((one, at) => !one.off && at % 4 === 0)) {
    const example = rule.examples.find((one) => one.bad !== undefined && !one.files);
    const text = example && variantsOf(example)[0]?.text;
    if (!example || text === undefined) continue;
    const name = `${rule.id.replace('/', '.')}/${example.file}`;
    out[`plain/${name}`] = text;
    out[`marked/${name}`] = mark + text;
    out[`wide/${name}`] = Buffer.from(mark + text, 'utf16le');
  }
  return out;
}

function texts(folder: string, encoding: 'utf8' | 'utf16le' = 'utf8'): ReadonlyMap<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(files.map((one) => path.join(one.parentPath, one.name)).sort().map((file) => [path.relative(folder, file), fs.readFileSync(file, encoding)]));
}

describe('fixing on the command line', () => {
  it('is the same in every encoding, finds nothing to do a second time, and is foretold by a patch', () => withFolder(samples(), (folder) => {
    const before = texts(folder, 'utf8');
    const { stdout: patch, stderr: foretold } = wardline(folder, 'fix', '.', '--dry-run', '--no-config');
    assert.deepEqual(texts(folder), before, 'a dry run writes nothing');
    const first = wardline(folder, 'fix', '.', '--no-config');
    assert.equal(first.stderr.replace(/^fixed/, 'would fix'), foretold);
    assert.ok(Number(/^fixed (\d+)/.exec(first.stderr)?.[1]) > 60, first.stderr.slice(0, 60));
    const plain = texts(path.join(folder, 'plain'));
    assert.deepEqual(texts(path.join(folder, 'marked')), new Map([...plain].map(([name, text]) => [name, mark + text])));
    assert.deepEqual(texts(path.join(folder, 'wide'), 'utf16le'), new Map([...plain].map(([name, text]) => [name, mark + text])));
    assert.match(wardline(folder, 'fix', '.', '--no-config').stderr, /^fixed 0 findings in 0 files/);

    for (const [name, text] of before) if (name.startsWith('plain/')) fs.writeFileSync(path.join(folder, name), text);
    const own = patch.split(/^(?=--- )/m).filter((one) => one.startsWith('--- a/plain/')).join('');
    const applied = spawnSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: own, encoding: 'utf8' });
    assert.equal(applied.status, 0, applied.stderr);
    assert.deepEqual(texts(path.join(folder, 'plain')), plain);
  }));
});
