import type { CodeAnalysis } from '../../analysis/code/analyze.ts';
import type { CodeCall } from '../../analysis/code/events.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry } from '../../model/value.ts';
import { snake } from '../cloudformation/names.ts';
import { toResourceValue, type Conversion } from '../program-values.ts';

/** True for text that may build infrastructure with CDK for Terraform. */
export function mayBeCdktf(source: string): boolean {
  return /\bcdktf\b/.test(source);
}

/** Providers' names in packages and in bindings that were made for a project, and the prefix of their types. */
const prefixes: Readonly<Record<string, string>> = { aws: 'aws', azurerm: 'azurerm', google: 'google', 'google-beta': 'google', google_beta: 'google' };

/** The resources that a program builds with CDK for Terraform: classes are made from the provider's types, and their arguments from its attributes. */
export function lowerCdktf(analysis: CodeAnalysis): Resource[] {
  const addresses = new Map<CodeCall, string>();
  const declared = analysis.calls.flatMap((call, at) => {
    const made = madeBy(call.name);
    if (!made || call.args.length < 2) return [];
    const name = typeof call.args[1]?.value.constant === 'string' ? call.args[1].value.constant : 'resource';
    addresses.set(call, `${made.type}.${name}#${at}`);
    return [{ call, name, ...made }];
  });
  const conversion: Conversion = { key: (word) => (/^[A-Z]/.test(word) ? word : snake(word)), addressOf: (call) => addresses.get(call) };
  const seen = new Set<string>();
  return declared.flatMap(({ call, type, name, mode }): Resource[] => {
    const key = `${call.origin.path}:${call.origin.range.start}:${name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const attributes = new Map<string, MapEntry>();
    const props = call.args.filter((one) => one.name === undefined)[2];
    let complete = props === undefined || (props.value.fields !== undefined && props.value.complete !== false);
    const value = props && toResourceValue(props.value, props.origin, conversion);
    if (value?.kind === 'map') for (const [word, entry] of value.entries) attributes.set(word, entry);
    for (const one of call.args) {
      if (one.spread) complete = false;
      else if (one.name !== undefined && !/^(?:scope|id_?|scope_)$/.test(one.name)) attributes.set(one.name, { key: one.name, keyOrigin: one.origin, value: toResourceValue(one.value, one.origin, conversion) });
    }
    return [{ type, name, address: addresses.get(call)!, dialect: 'cdktf', origin: call.origin, header: call.callee, attributes, complete, companions: [], mode }];
  });
}

/** `@cdktf/provider-google/lib/storage-bucket.StorageBucket`, `cdktf_cdktf_provider_aws.s3_bucket.S3Bucket` and `imports.azurerm.key_vault.KeyVault` in the provider's words. */
function madeBy(name: string | undefined): { readonly type: string; readonly mode: Resource['mode'] } | undefined {
  const [, provider = '', path = '', kind = ''] = /(?:@cdktf\/provider-|cdktf_cdktf_provider_|(?:\.gen|imports)[./](?:providers[./])?)(google[-_]beta|google|azurerm|aws)[./]((?:[\w-]+[./])*)([A-Z]\w*)$/.exec(name ?? '') ?? [];
  const prefix = prefixes[provider];
  if (prefix === undefined || /(?:Provider|Config)$/.test(kind)) return undefined;
  const module = path.split(/[./]/).filter((part) => part !== '' && part !== 'lib').at(-1);
  const word = snake(module === undefined ? kind : module.replaceAll('-', '_'));
  const own = snake(kind);
  // A module holds the classes of its blocks too; the resource is the one that is called as the module is.
  if (module !== undefined && word.replaceAll('_', '') !== own.replaceAll('_', '')) return undefined;
  return word.startsWith('data_') ? { type: `${word.slice('data_'.length)}`, mode: 'data' } : { type: `${prefix}_${word}`, mode: 'managed' };
}
