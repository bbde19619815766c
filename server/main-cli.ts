import { rules } from '../rules/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { runCli } from './host/node/cli/main.ts';

process.exitCode = runCli(process.argv.slice(2), { rules, version: manifest.version });
