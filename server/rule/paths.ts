/** What rules may ask of paths. */
import { inProject } from '../base/project.ts';

export { baseName, directoryName } from '../base/path.ts';
export { inProject } from '../base/project.ts';

const tests = /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|e2e|fixtures?|testdata)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$/;

/** Whether a file holds tests: what it does to itself is no attack. */
export function isTest(path: string): boolean {
  return tests.test(inProject(path));
}
