import type { Resource } from '../../model/resource.ts';
import { armResource } from '../arm/resource.ts';

/** A resource of the azapi provider, which takes Azure's own form in `body`, as that form's resource; every other resource as it is. */
export function azapiResource(resource: Resource): Resource {
  if (resource.mode !== 'managed' || !/^azapi_(?:update_)?resource$/.test(resource.type)) return resource;
  const type = resource.attributes.get('type')?.value;
  const body = resource.attributes.get('body')?.value;
  if (type?.kind !== 'string' || body?.kind !== 'map') return resource;
  const entries = new Map([...resource.attributes, ...body.entries]);
  const lowered = armResource({
    type: type.value.split('@')[0]!, address: resource.address, name: resource.name, header: resource.header,
    body: { kind: 'map', entries, complete: resource.complete && body.complete && resource.type === 'azapi_resource', origin: resource.origin, at: resource.header }, dialect: 'arm',
  });
  return lowered ?? resource;
}
