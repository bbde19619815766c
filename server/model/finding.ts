import type { TextRange } from '../base/range.ts';
import type { Fix } from './fix.ts';
import type { Origin } from './origin.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export type Category =
  | 'secrets' | 'storage' | 'transport' | 'iam' | 'network' | 'monitoring' | 'workload' | 'model-input' | 'model-output'
  | 'model-supply-chain' | 'agent' | 'input-validation' | 'auth' | 'dependencies';
export const categories: readonly Category[] = [
  'secrets', 'storage', 'transport', 'iam', 'network', 'monitoring', 'workload', 'model-input', 'model-output',
  'model-supply-chain', 'agent', 'input-validation', 'auth', 'dependencies',
];

export type RuleId = `${Category}/${string}`;

/** A step of a data flow, or another place that explains a finding; in order from source to sink. */
export interface RelatedPlace extends Origin {
  readonly message: string;
}

/** What a rule reports. Plain data; ranges are offsets in the document at `path` (for joined notebook cells the part's path). */
export interface Finding {
  readonly ruleId: RuleId;
  readonly path: string;
  readonly range: TextRange;
  /** One sentence that states the problem and names the concrete object. No rule id, no severity, no fix. */
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly related: readonly RelatedPlace[];
  /** True for a flow: `related` are its steps and become a SARIF code flow. */
  readonly flow: boolean;
  /** Offered in this order; edits are computed when one is chosen. */
  readonly fixes: readonly Fix[];
  /** What the hover says in addition: why this value was judged so. Never a secret's value. */
  readonly explanation?: string;
  /** Identity beyond rule and code line: a salted hash of a secret, a resource's address. */
  readonly identity?: string;
}
