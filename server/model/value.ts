import type { Origin } from './origin.ts';

/**
 * Values of configuration languages after resolution. Three-valued: a known value, absent (`undefined` where a value is looked
 * up), or unknown. Unknown never reports.
 *
 * `origin` is where the value is written (a local's definition, a variable's default), `at` where it is used; they are the same
 * for a literal. A diagnostic goes to `at`, a fix may go to `origin`.
 */
export type Value = StringValue | NumberValue | BooleanValue | NullValue | ListValue | MapValue | ReferenceValue | UnknownValue;

interface Placed {
  readonly origin: Origin;
  readonly at: Origin;
}

export interface StringValue extends Placed {
  readonly kind: 'string';
  readonly value: string;
}

export interface NumberValue extends Placed {
  readonly kind: 'number';
  readonly value: number;
}

export interface BooleanValue extends Placed {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullValue extends Placed {
  readonly kind: 'null';
}

export interface ListValue extends Placed {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** False when the list may hold further items that are not known (concat with an unknown list, a dynamic block). */
  readonly complete: boolean;
}

export interface MapValue extends Placed {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  /** False when the map may hold further keys that are not known (merge with an unknown map, a spread). */
  readonly complete: boolean;
}

export interface MapEntry {
  readonly key: string;
  readonly keyOrigin: Origin;
  readonly value: Value;
}

/** A link to another resource (`aws_kms_key.main.arn`, `!GetAtt Key.Arn`), or to a part of one. */
export interface ReferenceValue extends Placed {
  readonly kind: 'reference';
  /** Address of the resource in its unit, `aws_kms_key.main` or a logical id. */
  readonly target: string;
  /** Attribute path behind the address, possibly empty. */
  readonly attribute: readonly string[];
}

export interface UnknownValue extends Placed {
  readonly kind: 'unknown';
  /** Known fixed parts around the unknown ones, when the value is an interpolated string: `['arn:aws:s3:::', undefined, '/*']`. */
  readonly parts?: readonly (string | undefined)[];
  /** Addresses of the resources that an interpolated string refers to. */
  readonly refers?: readonly string[];
}
