/** What rules may ask of paths. */
export { baseName, directoryName } from '../base/path.ts';

const tests = /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|e2e|fixtures?|testdata)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$/;

/** Whether a file holds tests: what it does to itself is no attack. */
export function isTest(path: string): boolean {
  return tests.test(path);
}
