/** What rules may ask of resources, beyond the fields of the models. */
export { isProgrammed } from '../analysis/link.ts';
export { look, lookIn, scalar, truth, type Found } from '../analysis/values.ts';
export { mapsOf } from './kubernetes.ts';
export type { MapEntry, MapValue, Value } from '../model/value.ts';
export type { Confidence, RuleId, Severity } from '../model/finding.ts';
export type { Fix, Literal } from '../model/fix.ts';
export type { PolicyPrincipal, PolicyStatement, PolicyString } from '../model/policy.ts';
export type { Resource } from '../model/resource.ts';
