import type { MapEntry, Value } from './value.ts';
import type { Origin } from './origin.ts';

/** The syntaxes that resources are written in; a fix is printed once per dialect. */
export type Dialect =
  | 'terraform' | 'terraform-json' | 'cloudformation-yaml' | 'cloudformation-json' | 'kubernetes' | 'compose' | 'dockerfile'
  | 'github-actions' | 'arm' | 'bicep' | 'cdk' | 'cdktf' | 'pulumi-code' | 'azure-native' | 'aws-native' | 'pulumi-yaml' | 'serverless' | 'ansible' | 'openapi' | 'crossplane'
  | 'deployment-manager' | 'policy-json' | 'pipeline';

/**
 * One declared resource. `type` is canonical: the Terraform provider's name for cloud resources (`aws_s3_bucket`), `k8s_<kind>` in
 * lower case for Kubernetes (`k8s_deployment`), a short own name for the rest. `attributes` use the canonical vocabulary of that type
 * (Terraform's attribute names; the API's own field names for Kubernetes); nested blocks are maps, repeated blocks lists of maps.
 */
export interface Resource {
  readonly type: string;
  /** The name in the source: Terraform label, CloudFormation logical id, metadata.name. For messages. */
  readonly name: string;
  /** Unique in the unit; target of references. */
  readonly address: string;
  readonly dialect: Dialect;
  /** The whole declaration. */
  readonly origin: Origin;
  /** The header's name token: where "X is missing" is reported. */
  readonly header: Origin;
  readonly attributes: ReadonlyMap<string, MapEntry>;
  /** False when attributes may exist that are not seen (a dynamic block, a `with` of unknown values): then absence is unknown. */
  readonly complete: boolean;
  /** Companions joined by the linker, by type: the bucket's encryption configuration, its public access block ... */
  readonly companions: readonly Resource[];
  /** Made by `count` or `for_each`, so that others have to name it with an index. */
  readonly repeated?: true;
  /** Where a declaration makes several that differ, as `for_each` does: what they have in common, under the address that others refer to. */
  readonly instanceOf?: Resource;
  /** `data` sources and modules are read but are not themselves judged. */
  readonly mode: 'managed' | 'data' | 'module';
}

/** Resources that are linked together: a Terraform directory, a template, a set of manifests. */
export interface ResourceUnit {
  readonly resources: readonly Resource[];
  readonly byAddress: ReadonlyMap<string, Resource>;
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
  /** Paths of all files that went into the unit. */
  readonly paths: readonly string[];
}

export type Attribute = Value | undefined;
