// The extension tests in the VS Code desktop, for machines that may download it.
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { writeExample } from '../../scripts/example.mjs';
import { buildSuite } from './build-suite.mjs';
import { root } from './paths.mjs';

try {
  process.exitCode = await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: root,
    extensionTestsPath: await buildSuite(),
    extensionTestsEnv: { WARDLINE_RESULTS: path.join(root, '.out/host/results-electron.json') },
    launchArgs: [writeExample(path.join(root, '.out/example')), '--disable-workspace-trust', '--disable-extensions', '--skip-welcome', '--skip-release-notes'],
  });
} catch (error) {
  console.error(String(error.message ?? error));
  process.exitCode = 1;
}
