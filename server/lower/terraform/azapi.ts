import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { armResource } from '../arm/resource.ts';

/** A resource of the azapi provider, which takes Azure's own form in `body`, as that form's resource; every other resource as it is. */
export function azapiResource(resource: Resource): Resource {
  if (resource.mode !== 'managed' || !/^azapi_(?:update_)?resource$/.test(resource.type)) return resource;
  const type = resource.attributes.get('type')?.value;
  const body = resource.attributes.get('body')?.value;
  if (type?.kind !== 'string' || body?.kind !== 'map') return resource;
  const update = resource.type === 'azapi_update_resource';
  const given = update ? [...body.entries].map(([key, entry]): [string, MapEntry] => [key, { ...entry, value: partial(entry.value) }]) : body.entries;
  const entries = new Map([...resource.attributes, ...given]);
  const lowered = armResource({
    type: type.value.split('@')[0]!, address: resource.address, name: resource.name, header: resource.header,
    body: { kind: 'map', entries, complete: resource.complete && body.complete && !update, origin: resource.origin, at: resource.header }, dialect: 'arm',
  });
  return lowered ?? resource;
}

/** What an update does not say is left as it was. */
function partial(value: Value): Value {
  return value.kind === 'map' ? { ...value, complete: false, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: partial(entry.value) }])) } : value;
}
