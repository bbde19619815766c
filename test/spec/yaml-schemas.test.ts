import assert from 'node:assert/strict';
import { yamlValues } from '../../server/lower/data/yaml.ts';

const definition = ['apiVersion: apiextensions.k8s.io/v1', 'kind: CustomResourceDefinition', 'metadata:', '  name: models.example.com', 'spec:', '  group: example.com', '', '  versions:', '  - name: v1', ''].join('\n');
const pod = ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: a', 'spec:', '  hostNetwork: true', ''].join('\n');

describe('schemas of resource definitions', () => {
  it('are left out, and nothing beside them moves', () => {
    const text = `${definition}status: {}\n---\n${pod}---\n${definition}`;
    const { values, errors } = yamlValues('a.yaml', text);
    assert.deepEqual(errors, []);
    assert.equal(values.length, 3);
    const [first, second, third] = values;
    assert.ok(first?.kind === 'map' && second?.kind === 'map' && third?.kind === 'map');
    assert.ok(first.entries.has('status') && !first.entries.has('spec'));
    const spec = second.entries.get('spec')!.value;
    assert.ok(spec.kind === 'map');
    const own = spec.entries.get('hostNetwork')!;
    assert.equal(text.slice(own.keyOrigin.range.start, own.keyOrigin.range.end), 'hostNetwork');
    assert.equal(own.value.kind, 'boolean');
  });
});
