// First: what was compiled before is not compiled again, and the threads of a scan load the program while this one does.
import './host/node/compile-cache.ts';
import './host/node/early-threads.ts';
import fs from 'node:fs';
import { rules } from '../rules/shelves.ts';
import manifest from '../package.json' with { type: 'json' };
import { runCli } from './host/node/cli/main.ts';
import { runScanWorker } from './host/node/parallel-scan.ts';

if (!runScanWorker(rules)) {
  // Whoever reads the output has had enough of it, as `head` has: nothing to complain about, but the report was not written whole.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(2);
  });
  void runCli(process.argv.slice(2), { rules, version: manifest.version, program: fs.realpathSync(process.argv[1]!) }).then((status) => { process.exitCode = status; });
}
