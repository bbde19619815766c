import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import { azureNativeType } from '../pulumi/azure-native.ts';
import { armTypes } from './names.ts';
import { armResource } from './resource.ts';

/** Parameters of Azure's verified modules that stand beside `properties` in a resource. */
const beside: ReadonlySet<string> = new Set(['name', 'location', 'kind', 'tags', 'zones']);
/** Parameters that are called otherwise than the property that they set, by type; paths below `properties`. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'microsoft.containerregistry/registries': { acrAdminUserEnabled: 'adminUserEnabled', exportPolicyStatus: 'policies.exportPolicy.status', trustPolicyStatus: 'policies.trustPolicy.status', quarantinePolicyStatus: 'policies.quarantinePolicy.status' },
  'microsoft.documentdb/databaseaccounts': { disableLocalAuthentication: 'disableLocalAuth' },
  'microsoft.app/containerapps': { ingressExternal: 'configuration.ingress.external', ingressAllowInsecure: 'configuration.ingress.allowInsecure', ipSecurityRestrictions: 'configuration.ingress.ipSecurityRestrictions' },
  'microsoft.compute/virtualmachines': { encryptionAtHost: 'securityProfile.encryptionAtHost', secureBootEnabled: 'securityProfile.uefiSettings.secureBootEnabled', vTpmEnabled: 'securityProfile.uefiSettings.vTpmEnabled', disablePasswordAuthentication: 'osProfile.linuxConfiguration.disablePasswordAuthentication' },
  'microsoft.containerservice/managedclusters': { enablePrivateCluster: 'apiServerAccessProfile.enablePrivateCluster', authorizedIPRanges: 'apiServerAccessProfile.authorizedIPRanges', disableRunCommand: 'apiServerAccessProfile.disableRunCommand', aadProfileEnableAzureRBAC: 'aadProfile.enableAzureRBAC', primaryAgentPoolProfiles: 'agentPoolProfiles' },
  'microsoft.storage/storageaccounts': { requireInfrastructureEncryption: 'encryption.requireInfrastructureEncryption' },
  'microsoft.machinelearningservices/workspaces': { managedNetworkSettings: 'managedNetwork' },
};
/** Lists in parameters of which each item is a resource below the module's own. */
const children: Readonly<Record<string, string>> = { firewallRules: 'firewallrules', securityRules: 'securityrules', 'blobServices.containers': 'blobservices/containers' };

/** The resources that a call of one of Azure's verified modules stands for: what its parameters say; what they leave out is the module's own affair. */
export function verifiedModule(source: string, address: string, header: Resource['header'], body: Value): readonly Resource[] {
  const [, service, kind] = /^br(?:\/public:avm|:mcr\.microsoft\.com\/bicep\/avm)\/res\/([\w-]+)\/([\w-]+):[\w.-]+$/.exec(source) ?? [];
  const type = service === undefined ? undefined : azureNativeType(service.replaceAll('-', ''), kind!.replaceAll('-', ''));
  const params = body.kind === 'map' ? body.entries.get('params')?.value : undefined;
  if (type === undefined || params?.kind !== 'map') return [];
  const outer = new Map<string, MapEntry>();
  const properties: MapValue = { ...params, entries: new Map(), complete: false };
  for (const entry of params.entries.values()) {
    if (beside.has(entry.key)) outer.set(entry.key, entry);
    else put(properties, (renamed[type]?.[entry.key] ?? entry.key).split('.'), entry);
  }
  outer.set('properties', { key: 'properties', keyOrigin: params.at, value: properties });
  const name = params.entries.get('name')?.value;
  const made = armResource({ type, address, name: name?.kind === 'string' ? name.value : address, header, body: { ...params, entries: outer, complete: false }, dialect: 'bicep' });
  return [...(made ? [made] : []), ...Object.entries(children).flatMap(([path, child]) => childrenOf(params, path.split('.'), `${type}/${child}`, address, header))];
}

function childrenOf(params: MapValue, path: readonly string[], type: string, address: string, header: Resource['header']): readonly Resource[] {
  let list: Value | undefined = params;
  for (const name of path) list = list?.kind === 'map' ? list.entries.get(name)?.value : undefined;
  if (armTypes[type] === undefined || list?.kind !== 'list') return [];
  return list.items.flatMap((item, index): Resource[] => {
    if (item.kind !== 'map') return [];
    const own = item.entries.get('properties')?.value;
    const properties: MapValue = own?.kind === 'map' ? own : { ...item, complete: false };
    const entries = new Map([...item.entries, ['properties', { key: 'properties', keyOrigin: item.at, value: properties }] as const]);
    const name = item.entries.get('name')?.value;
    const made = armResource({ type, address: `${address}.${path.at(-1)}[${index}]`, name: name?.kind === 'string' ? name.value : address, header, body: { ...item, entries, complete: false }, dialect: 'bicep' });
    return made ? [made] : [];
  });
}

/** Writes a property at a path; maps on the way hold more than is seen. */
function put(into: MapValue, [first, ...rest]: readonly string[], entry: MapEntry): void {
  const entries = into.entries as Map<string, MapEntry>;
  if (rest.length === 0) {
    entries.set(first!, { ...entry, key: first! });
    return;
  }
  const own = entries.get(first!)?.value;
  const inner: MapValue = own?.kind === 'map' ? { ...own, entries: new Map(own.entries) } : { kind: 'map', entries: new Map(), complete: false, origin: entry.value.origin, at: entry.value.at };
  entries.set(first!, { key: first!, keyOrigin: entry.keyOrigin, value: inner });
  put(inner, rest, entry);
}
