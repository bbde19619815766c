/** What document checks may ask: the values of JSON and YAML documents. */
export { dataValues } from '../lower/data/values.ts';
export type { Document } from '../source/document.ts';
export type { Sources } from '../source/sources.ts';
