import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { rules } from '../../rules/index.ts';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { scan } from '../../server/host/node/scan.ts';
import { shard } from '../../server/report/shard.ts';

const database = 'resource "aws_db_instance" "main" {\n  engine              = "postgres"\n  publicly_accessible = true\n}\n';

const namesIn = (files: ReadonlyMap<string, string>, folder: string): string[] => [...files.keys()].filter((one) => path.posix.dirname(one) === folder).map((one) => path.posix.basename(one));

function analyzerOf(files: ReadonlyMap<string, string>, lasts: boolean): ReturnType<typeof createAnalyzer> {
  return createAnalyzer({ host: { read: (one) => files.get(one), exists: (one) => files.has(one), list: (folder) => namesIn(files, folder) }, rules, lasts });
}

describe('findings of a report', () => {
  it('make the report that all findings would make', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lasting-'));
    try {
      fs.writeFileSync(path.join(folder, 'main.tf'), database.replaceAll('\n', '\r\n'));
      fs.writeFileSync(path.join(folder, 'load.py'), 'import torch\n\nmodel = torch.load("weights.pt", weights_only=False)\n');
      fs.writeFileSync(path.join(folder, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: vllm\nspec:\n  containers:\n    - name: vllm\n      image: vllm/vllm-openai\n');
      const report = (reported: boolean): string => shard(scan({ paths: [folder], rules, version: '0', team: { readFiles: false }, reported }).result);
      assert.match(report(false), /storage_encrypted/);
      assert.equal(report(true), report(false));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('have the edits of their first fix', () => {
    const files = new Map([['/ws/main.tf', database]]);
    const [whole, light] = [false, true].map((lasts) => analyzerOf(files, lasts));
    const fixed = whole!.analyze('/ws/main.tf').findings.filter((one) => one.fixes.some((fix) => fix.disabled === undefined && whole!.edits(fix)));
    assert.ok(fixed.length > 3);
    for (const finding of fixed) {
      const kept = light!.analyze('/ws/main.tf').findings.find((one) => one.ruleId === finding.ruleId && one.range.start === finding.range.start);
      assert.deepEqual(kept?.fixes.map((fix) => light!.edits(fix)), [whole!.edits(finding.fixes.find((fix) => fix.disabled === undefined)!)]);
    }
  });

  it('keep nothing of the files that they were found in', () => {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    const names = Array.from({ length: 40 }, (_, at) => `/ws/${at}/main.tf`);
    const read = (one: string): string | undefined => (names.includes(one) ? Buffer.from(`${database}# ${'filler of the file '.repeat(25_000)}${one}\n`).toString() : undefined);
    const analyzer = createAnalyzer({ host: { read, exists: (one) => names.includes(one), list: () => ['main.tf'] }, rules, lasts: true, keep: 1_000 });
    analyzer.analyze('/ws/0/main.tf');
    collect();
    const before = process.memoryUsage().heapUsed;
    const found = names.map((one) => analyzer.analyze(one).findings.length);
    collect();
    assert.ok(found.every((count) => count > 3));
    assert.ok(process.memoryUsage().heapUsed - before < 10_000_000, `${process.memoryUsage().heapUsed - before} bytes more than before`);
  });
});
