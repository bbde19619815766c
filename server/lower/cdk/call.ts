import type { CodeArgument, CodeCall } from '../../analysis/code/events.ts';
import { argumentAt } from '../../analysis/code/sinks.ts';
import type { Value as CodeValue } from '../../analysis/code/value.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import { snake } from '../cloudformation/names.ts';
import { memberName } from '../program-values.ts';

/** `aws-s3.Bucket` of `aws-cdk-lib/aws-s3.Bucket`, `@aws-cdk/aws-s3.Bucket` and `aws_cdk.aws_s3.Bucket`. */
export function constructName(name: string | undefined): string | undefined {
  const match = /^(?:aws-cdk-lib[./]|@aws-cdk\/|aws_cdk\.|monocdk[./])(aws[-_][\w-]+?)(?:-alpha)?[./](?:[\w-]+\.)*?(\w+)$/.exec(name ?? '');
  return match ? `${match[1]!.replaceAll('_', '-')}.${match[2]}` : undefined;
}

/** A property of a construct by its TypeScript name; Python writes it in snake case. */
export function prop(call: CodeCall, name: string): CodeArgument | undefined {
  return argumentAt(call, name) ?? argumentAt(call, name.split('.').map(snake).join('.'));
}

/** A member of an enumeration given for a property: `KMS_MANAGED`. */
export function member(call: CodeCall, name: string): string | undefined {
  return memberName(prop(call, name)?.value);
}

/** True where properties may be given in a way that is not seen. */
export function isOpen(call: CodeCall, at = 2): boolean {
  const props = call.args.filter((one) => one.name === undefined)[at];
  return call.args.some((one) => one.spread !== undefined) || (props !== undefined && (props.value.fields === undefined || props.value.complete === false));
}

/** Builds properties as CloudFormation has them, each placed where it was written. */
export interface Properties {
  readonly map: Map<string, MapEntry>;
  /** Sets a dotted path; numbers make lists. */
  readonly set: (path: string, value: Value, keyOrigin: Origin) => void;
}

export function newProperties(): Properties {
  const map = new Map<string, MapEntry>();
  const set = (path: string, value: Value, keyOrigin: Origin): void => {
    const names = path.split('.');
    let into = map;
    names.forEach((name, at) => {
      if (at === names.length - 1) {
        into.set(name, { key: name, keyOrigin, value });
        return;
      }
      const known = into.get(name)?.value;
      const inner = known?.kind === 'list' ? known.items[0] : known;
      if (inner?.kind === 'map') into = inner.entries as Map<string, MapEntry>;
      else {
        const list = name.endsWith('[]');
        const own = list ? name.slice(0, -2) : name;
        const before = into.get(own)?.value;
        const first = before?.kind === 'list' ? before.items[0] : before;
        if (first?.kind === 'map') {
          into = first.entries as Map<string, MapEntry>;
          return;
        }
        const made: MapValue = { kind: 'map', entries: new Map(), complete: true, origin: keyOrigin, at: keyOrigin };
        into.set(own, { key: own, keyOrigin, value: list ? { kind: 'list', items: [made], complete: true, origin: keyOrigin, at: keyOrigin } : made });
        into = made.entries as Map<string, MapEntry>;
      }
    });
  };
  return { map, set };
}

export function text(value: string, at: Origin): Value {
  return { kind: 'string', value, origin: at, at };
}

export function flag(value: boolean, at: Origin): Value {
  return { kind: 'boolean', value, origin: at, at };
}

export function number(value: number, at: Origin): Value {
  return { kind: 'number', value, origin: at, at };
}

/** Days of `Duration.days(7)`; undefined for what is not known. */
export function daysOf(value: CodeValue | undefined): number | undefined {
  const unit = /Duration\.(days|hours|minutes|seconds)$/.exec(value?.call?.name ?? '')?.[1];
  const amount = value?.call?.args[0]?.value.constant;
  if (unit === undefined || typeof amount !== 'number') return undefined;
  return amount / ({ days: 1, hours: 24, minutes: 1440, seconds: 86_400 } as Readonly<Record<string, number>>)[unit]!;
}
