import { directoryName, joinPath } from '../../base/path.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { parseHcl } from '../../syntax/hcl/parse.ts';
import type { HclBlock } from '../../syntax/hcl/tree.ts';
import { kebab } from './services.ts';

/** What a module asks a vault with: a data source like one that it has, for another secret. */
export interface DataLookup {
  readonly service: string;
  readonly secret: string;
  readonly expression: string;
  /** The block to add; undefined where the module has it already. */
  readonly block: string | undefined;
}

/** Data sources that give a secret: which attribute names it, and which holds it. */
const sources: Readonly<Record<string, { readonly service: string; readonly id: string; readonly value: (key: string) => string }>> = {
  aws_secretsmanager_secret_version: { service: 'AWS Secrets Manager', id: 'secret_id', value: () => 'secret_string' },
  aws_ssm_parameter: { service: 'AWS Parameter Store', id: 'name', value: () => 'value' },
  azurerm_key_vault_secret: { service: 'Azure Key Vault', id: 'name', value: () => 'value' },
  google_secret_manager_secret_version: { service: 'Google Secret Manager', id: 'secret', value: () => 'secret_data' },
  vault_kv_secret_v2: { service: 'HashiCorp Vault', id: 'name', value: (key) => `data["${key}"]` },
  vault_generic_secret: { service: 'HashiCorp Vault', id: 'path', value: (key) => `data["${key}"]` },
};

/** The look-up for a value of a Terraform file, modelled on a data source of the same module. */
export function findDataSource(document: Document, variable: string, files: Sources): DataLookup | undefined {
  const directory = directoryName(document.path);
  const name = variable.toLowerCase();
  const blocks = files.list(directory).filter((one) => /\.(?:tf|tofu)$/.test(one)).flatMap((one) => {
    const other = files.document(joinPath(directory, one));
    return other?.text.includes('data') ? parseHcl(other.text).body.blocks.filter((block) => block.type === 'data' && Object.hasOwn(sources, block.labels[0]?.text ?? '')).map((block) => ({ block, text: other.text })) : [];
  });
  for (const { block, text } of blocks) {
    const type = block.labels[0]!.text;
    const { service, id, value } = sources[type]!;
    const written = block.body.attributes.find((one) => one.name === id);
    if (!written || !block.whole || repeated(block)) continue;
    const known = written.value.kind === 'template' && written.value.parts.length === 1 && typeof written.value.parts[0] === 'string' ? written.value.parts[0] : undefined;
    const secret = known === undefined ? kebab(name) : siblingOf(known, name, type);
    const expression = `data.${type}.${name}.${value(name)}`;
    if (blocks.some((one) => one.block.labels[0]!.text === type && one.block.labels[1]?.text === name)) return { service, secret, expression, block: undefined };
    const { start: labelStart, end: labelEnd } = block.labels[1]!.range;
    const body = text.slice(labelEnd, written.value.range.start) + `"${secret}"` + text.slice(written.value.range.end, block.range.end);
    return { service, secret, expression, block: text.slice(block.range.start, labelStart).replace(/"$/, '') + `"${name}"` + body.replace(/^"/, '') };
  }
  return undefined;
}

function repeated(block: HclBlock): boolean {
  return block.body.attributes.some((one) => one.name === 'count' || one.name === 'for_each' || one.name === 'version' || one.name === 'version_id');
}

/** Named as the other secret is; one secret of HashiCorp's holds several values. */
function siblingOf(known: string, name: string, type: string): string {
  if (type.startsWith('vault_')) return known;
  const at = known.lastIndexOf('/') + 1;
  return known.slice(0, at) + (known.slice(at).includes('_') ? name : kebab(name));
}
