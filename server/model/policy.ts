import type { Origin } from './origin.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/** A string in a policy with its own place, so that a diagnostic marks the one `"*"` that is wrong. */
export interface PolicyString {
  readonly value: string;
  readonly origin: Origin;
  /** It is an item of a list, not the only value. */
  readonly listed?: boolean;
}

/** `type` is AWS, Service, Federated, CanonicalUser, '*', or the system's own. */
export interface PolicyPrincipal extends PolicyString {
  readonly type: string;
}

export type PolicyKind = 'identity' | 'resource' | 'trust' | 'service-control' | 'unknown';

/** One statement of an access policy, whatever language it was written in. Wildcards stand as written. */
export interface PolicyStatement {
  readonly system: 'aws' | 'azure' | 'gcp' | 'kubernetes' | 'alicloud' | 'other';
  readonly kind: PolicyKind;
  readonly sid?: string;
  readonly effect: 'allow' | 'deny';
  readonly actions: readonly PolicyString[];
  readonly notActions: readonly PolicyString[];
  readonly resources: readonly PolicyString[];
  readonly notResources: readonly PolicyString[];
  readonly principals: readonly PolicyPrincipal[];
  readonly notPrincipals: readonly PolicyPrincipal[];
  readonly conditions: readonly PolicyCondition[];
  /** False when parts could not be resolved; then only what is present may be judged, never what is missing. */
  readonly complete: boolean;
  readonly origin: Origin;
  /** The resource that carries the policy, where there is one (`aws_iam_role.trainer`). */
  readonly owner?: Resource;
}

export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
  readonly origin: Origin;
}
