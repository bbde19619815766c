/** What rules may ask of paths. */
export { baseName, directoryName } from '../base/path.ts';
