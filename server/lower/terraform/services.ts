import { baseName } from '../../base/path.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { Document } from '../../source/document.ts';
import type { HclBlock, HclBody } from '../../syntax/hcl/tree.ts';
import { emptyScope, hclOf, lowerBody } from './module.ts';

const telling = /^[ \t]*(?:job|listener|acl|plugin|source|tls|client|server|seal)\b[ \t]*(?:"[^"\n]*"[ \t]*)*\{|^[ \t]*(?:verify_incoming|verify_outgoing|default_policy|enable_script_checks|api_addr|raw_storage_endpoint|disable_mlock)[ \t]*=/m;

/** True for a file in HCL that describes no infrastructure, but what a service of the same maker runs: jobs of Nomad, images of Packer, settings of Consul, Nomad and Vault. */
export function isServiceFile({ path, text }: Document): boolean {
  return /\.(?:hcl|nomad)$/.test(path) && !/^(?:terragrunt|\.terraform\.lock|\.tflint|root|env|account|region)\b/.test(baseName(path)) && telling.test(text);
}

/** Tasks as `nomad_task`, groups as `nomad_group`, images as `packer_source`, and settings as `nomad_agent`, `consul_agent` or `vault_server`. */
export function lowerServiceFile(document: Document): Resource[] {
  const { body } = hclOf(document);
  const out: Resource[] = [];
  const add = (type: string, name: string, of: HclBody, header: Origin, range: Origin): void => {
    const { entries, complete } = lowerBody(document.path, of, emptyScope(document.path), false);
    out.push({ type, name, address: `${type}#${out.length}`, dialect: 'terraform', origin: range, header, attributes: new Map(entries.map((entry) => [entry.key, entry])), complete, companions: [], mode: 'managed' });
  };
  const place = (block: HclBlock): readonly [header: Origin, range: Origin] => [{ path: document.path, range: block.labels.at(-1)?.range ?? block.typeRange }, { path: document.path, range: block.range }];
  for (const block of body.blocks) {
    if (block.type === 'job') {
      for (const group of block.body.blocks.filter((one) => one.type === 'group' || one.type === 'task')) {
        for (const task of group.type === 'task' ? [group] : group.body.blocks.filter((one) => one.type === 'task')) add('nomad_task', task.labels[0]?.text ?? 'task', task.body, ...place(task));
        if (group.type === 'group') add('nomad_group', group.labels[0]?.text ?? 'group', group.body, ...place(group));
      }
    } else if (block.type === 'source' && block.labels.length === 2) add('packer_source', block.labels[1]!.text, block.body, ...place(block));
  }
  const service = serviceOf(baseName(document.path), body);
  const first = body.blocks[0]?.typeRange ?? body.attributes[0]?.nameRange;
  if (service && out.length === 0 && first) add(service, service.replace(/_.*/, ''), body, { path: document.path, range: first }, { path: document.path, range: first });
  return out;
}

function serviceOf(name: string, body: HclBody): string | undefined {
  const has = (word: string): boolean => body.blocks.some((block) => block.type === word) || body.attributes.some((attribute) => attribute.name === word);
  if (has('listener') && (has('storage') || has('seal') || has('api_addr') || has('vault') || has('auto_auth'))) return 'vault_server';
  if (/consul/i.test(name) || has('verify_incoming') || has('verify_outgoing') || has('enable_script_checks')) return 'consul_agent';
  return /nomad/i.test(name) || has('plugin') || has('client') || (has('server') && has('data_dir')) ? 'nomad_agent' : undefined;
}
