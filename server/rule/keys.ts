import type { EditIntent, Fix, Literal } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourceContext } from './rule.ts';

/** What a provider's keys are, by which attribute others name them, and the body of a new one where it needs nothing else. */
interface KeyKind {
  readonly type: string;
  readonly attribute: string;
  readonly body?: readonly string[];
}

/** Source: the pages of the resources in the documentation of the Terraform providers. */
const kinds: Readonly<Record<string, KeyKind>> = {
  aws: { type: 'aws_kms_key', attribute: 'arn', body: ['description             = "Encrypts {name}"', 'deletion_window_in_days = 30', 'enable_key_rotation     = true'] },
  google: { type: 'google_kms_crypto_key', attribute: 'id' },
  azurerm: { type: 'azurerm_key_vault_key', attribute: 'id' },
  alicloud: { type: 'alicloud_kms_key', attribute: 'id' },
  huaweicloud: { type: 'huaweicloud_kms_key', attribute: 'id' },
  tencentcloud: { type: 'tencentcloud_kms_key', attribute: 'id' },
  oci: { type: 'oci_kms_key', attribute: 'id' },
  yandex: { type: 'yandex_kms_symmetric_key', attribute: 'id' },
};

/** What a new key of AWS is reported for: who may use it is for its author to write. */
export const newKeyLeadsTo = ['iam/kms-without-policy'] as const;

/** More keys than this are a list to choose from by name, and no quick fix. */
const mostOffered = 3;

/** Whether the name of an attribute says that a key is named there, and not described in a block. */
export function namesKey(path: string): boolean {
  return /(?:(?:^|_)(?:kms|cmk|key|cmek)_?(?:key_)?(?:id|arn|name|identifier)|(?:^|_)kms_key|^encryption_key|crypto_key)$/.test(path.split('|')[0]!.split('.').at(-1)!);
}

/** The type and body of the key that a fix makes for a resource; undefined where a key needs more than itself. */
export function newKey(type: string): KeyKind | undefined {
  const kind = kinds[type.slice(0, type.indexOf('_'))];
  return kind?.body ? kind : undefined;
}

/**
 * Names a key of the same module or template, or makes one where there is none. In other dialects than Terraform and CloudFormation,
 * and for resources of modules, there is no fix.
 */
export function keyFixes(resource: Resource, path: readonly string[], { unit }: Pick<ResourceContext, 'unit'>): readonly Fix[] {
  const kind = kinds[resource.type.slice(0, resource.type.indexOf('_'))];
  const template = resource.dialect === 'cloudformation-yaml' || resource.dialect === 'cloudformation-json';
  if (!kind || (resource.dialect !== 'terraform' && !template) || /(?:^|\.)module\./.test(resource.address)) return [];
  const there = (unit.byType.get(kind.type) ?? []).filter((one) => one.mode === 'managed' && one.dialect === resource.dialect && !/(?:^|\.)module\./.test(one.address) && !one.repeated && (!template || one.origin.path === resource.origin.path));
  const use = (name: string, value: Literal, before: readonly EditIntent[] = [], title = `Use ${name}`): Fix => ({ title, safe: false, intents: [...before, { kind: 'setAttribute', resource, path, value }] });
  if (there.length > mostOffered) return [];
  if (template) return there.map((one) => use(one.name, resource.dialect === 'cloudformation-json' ? { 'Fn::GetAtt': [one.name, 'Arn'] } : { raw: `!GetAtt ${one.name}.Arn` }));
  if (there.length > 0) return there.map((one) => use(one.address, { raw: `${one.address}.${kind.attribute}` }));
  if (!kind.body) return [];
  const lines = kind.body.map((line) => line.replaceAll('{name}', resource.name));
  return [use(kind.type, { raw: `${kind.type}.${resource.name}.${kind.attribute}` }, [{ kind: 'addCompanion', resource, type: kind.type, lines }], `Add ${kind.type} and use it`)];
}
