import { directoryName, joinPath } from '../../base/path.ts';
import { dataSources } from '../../lower/terraform/data-sources.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
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
  const known = files.list(directory).filter((one) => /\.(?:tf|tofu)$/.test(one)).flatMap((one) => {
    const text = files.document(joinPath(directory, one))?.text;
    return text?.includes('data') ? dataSources(text).filter(({ type }) => Object.hasOwn(sources, type)).map((block) => ({ block, text })) : [];
  });
  for (const { block, text } of known) {
    const { service, id, value } = sources[block.type]!;
    const written = block.attributes.get(id);
    if (!written || ['count', 'for_each', 'version', 'version_id'].some((one) => block.attributes.has(one))) continue;
    const secret = written.text === undefined ? kebab(name) : siblingOf(written.text, name, block.type);
    const expression = `data.${block.type}.${name}.${value(name)}`;
    if (known.some((one) => one.block.type === block.type && one.block.name === name)) return { service, secret, expression, block: undefined };
    const { range, nameRange } = block;
    return { service, secret, expression, block: text.slice(range.start, nameRange.start) + name + text.slice(nameRange.end, written.range.start) + `"${secret}"` + text.slice(written.range.end, range.end) };
  }
  return undefined;
}

/** Named as the other secret is; one secret of HashiCorp's holds several values. */
function siblingOf(known: string, name: string, type: string): string {
  if (type.startsWith('vault_')) return known;
  const at = known.lastIndexOf('/') + 1;
  return known.slice(0, at) + (known.slice(at).includes('_') ? name : kebab(name));
}
