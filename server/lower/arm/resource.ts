import { lookIn, scalar } from '../../analysis/values.ts';
import type { Origin } from '../../model/origin.ts';
import type { Dialect, Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import { armTypes } from './names.ts';

export interface ArmResource {
  /** `Microsoft.Storage/storageAccounts`, with the parents' types before it. */
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly header: Origin;
  readonly body: MapValue;
  readonly dialect: Dialect;
  readonly parent?: string;
}

/** A resource of Azure in its own vocabulary, under the Terraform provider's type; undefined for types that no rule knows. */
export function armResource({ type, address, name, header, body, dialect, parent }: ArmResource): Resource | undefined {
  const known = armTypes[type.toLowerCase()];
  if (known === undefined) return undefined;
  const attributes = new Map(body.entries);
  const part = /\/config$/i.test(type) ? siteParts[lastSegment(name, body)] : undefined;
  const own = attributes.get('properties');
  if (part !== undefined && own?.value.kind === 'map') {
    const within: MapEntry = { key: part, keyOrigin: own.keyOrigin, value: own.value };
    attributes.set('properties', { ...own, value: { ...own.value, entries: new Map([...own.value.entries, [part, within]]) } });
  }
  if (parent !== undefined) {
    const value: Value = { kind: 'reference', target: parent, attribute: [], origin: header, at: header };
    attributes.set('parent', { key: 'parent', keyOrigin: header, value });
  }
  const partial = /\/config$/i.test(type);
  return {
    type: variant(known, body), name, address, dialect, origin: body.origin, header, attributes,
    complete: body.complete && !partial && settled(attributes.get('properties')), companions: [], mode: 'managed',
  };
}

/** What a site's settings are called where they stand within the site, by the names of the child resources that hold them. */
const siteParts: Readonly<Record<string, string>> = { web: 'siteConfig', logs: 'logs', authsettings: 'authSettings', authsettingsv2: 'authSettings' };

/** `logs` of `[concat(parameters('site'), '/logs')]`, of `site/logs` and of a child named `logs`. */
function lastSegment(name: string, body: MapValue): string {
  const written = body.entries.get('name')?.value;
  const text = written?.kind === 'string' ? written.value : name;
  return (/(\w+)'?\)?\]?$/.exec(text)?.[1] ?? '').toLowerCase();
}

function settled(properties: MapEntry | undefined): boolean {
  return properties === undefined || properties.value.kind === 'map' || properties.value.kind === 'null';
}

/** Types that the Terraform provider splits by what they run. */
function variant(type: string, body: MapValue): string {
  const has = (path: string): boolean => lookIn(body, path).values.length > 0;
  switch (type) {
    case 'azurerm_virtual_machine':
      return has('properties.osProfile.linuxConfiguration') ? 'azurerm_linux_virtual_machine' : has('properties.osProfile.windowsConfiguration') ? 'azurerm_windows_virtual_machine' : type;
    case 'azurerm_virtual_machine_scale_set':
      return has('properties.virtualMachineProfile.osProfile.linuxConfiguration') ? 'azurerm_linux_virtual_machine_scale_set' : has('properties.virtualMachineProfile.osProfile.windowsConfiguration') ? 'azurerm_windows_virtual_machine_scale_set' : type;
    case 'azurerm_app_service': case 'azurerm_app_service_slot':
      return /functionapp/i.test(String(scalar(body.entries.get('kind')?.value) ?? '')) ? type.replace('app_service', 'function_app') : type;
    default: return type;
  }
}
