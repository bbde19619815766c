import assert from 'node:assert/strict';
import { read, wardline, withFolder, write } from '../support/cli.ts';

interface Json {
  readonly findings: readonly { readonly ruleId: string; readonly status: string }[];
}
const scanned = (folder: string): Json => JSON.parse(wardline(folder, 'scan', '.', '--format', 'json').stdout) as Json;

describe('notebooks and secrets on the command line', () => {
  it('gives the place of a finding in a notebook as raw line, cell and line in the cell', () => withFolder({
    'n.ipynb': JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } }, cells: [{ cell_type: 'markdown', metadata: {}, source: ['# x'] }, { cell_type: 'code', metadata: {}, execution_count: 1, outputs: [], source: ['import torch\n', 'm = torch.load("m.pt")\n'] }] }, undefined, 1),
  }, (folder) => {
    const report = JSON.parse(wardline(folder, 'scan', '.', '--format', 'sarif').stdout) as { runs: { results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[]; properties: { cell?: number; cellLine?: number; category: string } }[] }[] };
    const found = report.runs[0]!.results.find((one) => one.ruleId.startsWith('model-supply-chain/'))!;
    assert.equal(found.locations[0]!.physicalLocation.artifactLocation.uri, 'n.ipynb');
    assert.match(read(folder, 'n.ipynb').split('\n')[found.locations[0]!.physicalLocation.region.startLine - 1]!, /torch\.load/);
    assert.deepEqual([found.properties.cell, found.properties.cellLine, found.properties.category], [1, 2, 'model-supply-chain']);
  }));

  it('writes into the right cell of a notebook and leaves the other bytes as they are', () => {
    const cell = (source: readonly string[]): unknown => ({ cell_type: 'code', metadata: {}, execution_count: null, outputs: [{ output_type: 'stream', name: 'stdout', text: ['ü\n'] }], source });
    const notebook = (line: string): string => `${JSON.stringify({ cells: [cell(['x = "a\\tb"\n']), cell(['import torch\n', line, 'print(m)'])], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
    withFolder({ 'n.ipynb': notebook('m = torch.load("m.pt")\n') }, (folder) => {
      wardline(folder, 'fix', '.');
      assert.equal(read(folder, 'n.ipynb'), notebook('m = torch.load("m.pt", weights_only=True)\n'));
    });
  });

  it('never hides another secret on the same line', () => {
    const line = (secret: string): string => `export const password = "${secret}";\n`;
    withFolder({ 'a.ts': line(`Tr0ub4dor&3-Kw9zQ`) }, (folder) => {
      const before = scanned(folder).findings.filter((finding) => finding.ruleId.startsWith('secrets/'));
      assert.ok(before.length > 0, 'the sample holds a secret');
      wardline(folder, 'baseline', 'create', '.');
      assert.equal(wardline(folder, 'scan', '.').status, 0);
      write(folder, 'a.ts', line('q9#Lw2vN!e7Zr4Tk'));
      assert.ok(scanned(folder).findings.some((finding) => finding.status === 'open' && finding.ruleId.startsWith('secrets/')));
      assert.ok(!read(folder, '.wardline/baseline.json').includes('Tr0ub4dor'));
    });
  });
});
