import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { createYamlBuilder } from '../../server/lower/data/yaml-builder.ts';
import { valuesFromEvents } from '../../server/lower/data/yaml-events.ts';
import { valuesFromNodes } from '../../server/lower/data/yaml-nodes.ts';
import { yamlValues } from '../../server/lower/data/yaml.ts';
import type { Value } from '../../server/model/value.ts';

const bounds = { nodes: 200_000, depth: 100 };
const definition = ['apiVersion: apiextensions.k8s.io/v1', 'kind: CustomResourceDefinition', 'metadata:', '  name: models.example.com', 'spec:', '  group: example.com', '', '  versions:', '  - name: v1', ''].join('\n');
const pod = ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: a', 'spec:', '  hostNetwork: true', ''].join('\n');

/** A value without places: `{ a: 1 }`, with `?` for what is unknown. */
function bare(value: Value | undefined): unknown {
  switch (value?.kind) {
    case 'map': return Object.fromEntries([...value.entries].map(([key, entry]) => [key, bare(entry.value)]));
    case 'list': return value.items.map(bare);
    case 'null': return null;
    case 'string': case 'number': case 'boolean': return value.value;
    default: return '?';
  }
}

/** The value at a path of keys and indices. */
function at(value: Value | undefined, ...path: readonly (string | number)[]): Value {
  let here = value;
  for (const step of path) here = here?.kind === 'map' ? here.entries.get(String(step))?.value : here?.kind === 'list' ? here.items[Number(step)] : undefined;
  assert.ok(here, path.join('/'));
  return here;
}

function written(text: string, value: Value): string {
  return text.slice(value.origin.range.start, value.origin.range.end);
}

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

describe('YAML', () => {
  const text = ['# head', 'plain: a b # c', "single: 'it''s'", 'double: "x\\ty"', 'block: |-  # why', '  one', '  two', '', 'none:', 'tilde: ~', 'list:', '- 0x1F', '- 1e3', '- yes', '-', '- [p, {q: r}]', '? complex', ': value', '"quoted key": .5', ''].join('\n');

  it('is read in the core schema', () => {
    const { values, errors } = yamlValues('a.yaml', text);
    assert.deepEqual(errors, []);
    assert.deepEqual(values.map(bare), [{ plain: 'a b', single: "it's", double: 'x\ty', block: 'one\ntwo', none: null, tilde: null, list: [31, 1000, 'yes', null, ['p', { q: 'r' }]], complex: 'value', 'quoted key': 0.5 }]);
  });

  it('gives places without quotes and comments, with the header of blocks', () => {
    const [root] = yamlValues('a.yaml', text).values;
    assert.equal(written(text, at(root, 'plain')), 'a b');
    assert.equal(written(text, at(root, 'single')), "it''s");
    assert.equal(written(text, at(root, 'double')), 'x\\ty');
    assert.equal(written(text, at(root, 'block')), '|-  # why\n  one\n  two\n');
    assert.equal(written(text, at(root, 'list', 4)), '[p, {q: r}]');
    assert.equal(written(text, at(root, 'list', 4, 1)), '{q: r}');
    assert.equal(at(root, 'none').origin.range.start, text.indexOf('none:') + 'none:'.length);
    assert.ok(root?.kind === 'map');
    const { range } = root.entries.get('quoted key')!.keyOrigin;
    assert.equal(text.slice(range.start, range.end), 'quoted key');
  });

  it('gives what an alias names, at the alias', () => {
    const aliased = ['base: &base', '  port: 80', 'other:', '  <<: *base', '  tls: true', 'same: *base', ''].join('\n');
    const [root] = yamlValues('a.yaml', aliased).values;
    assert.deepEqual(bare(root), { base: { port: 80 }, other: { port: 80, tls: true }, same: { port: 80 } });
    const same = at(root, 'same');
    assert.equal(aliased.slice(same.at.range.start, same.at.range.end), '*base');
    assert.equal(written(aliased, at(same, 'port')), '80');
  });

  it('ends at aliases that name what they stand in, and at those that multiply', () => {
    assert.deepEqual(bare(yamlValues('a.yaml', 'a: &a\n  b: *a\n').values[0]), { a: { b: '?' } });
    const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) lines.push(`l${level}: &l${level} [${Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ')}]`);
    const [root] = yamlValues('a.yaml', lines.join('\n')).values;
    assert.equal(at(root, 'l5', 0).kind, 'unknown');
    assert.equal(at(root, 'l4', 0, 0, 0, 0, 0).kind, 'string');
  });

  it('knows the tags of CloudFormation', () => {
    const template = 'a: !Ref Bucket\nb: !GetAtt Key.Arn\nc: !Sub\n  - "${x}"\n  - x: 1\nd: !Custom 5\ne: !If [A, !Ref B, 2]\n';
    assert.deepEqual(bare(yamlValues('a.yaml', template).values[0]), { a: { Ref: 'Bucket' }, b: { 'Fn::GetAtt': ['Key', 'Arn'] }, c: { 'Fn::Sub': ['${x}', { x: 1 }] }, d: '5', e: { 'Fn::If': ['A', { Ref: 'B' }, 2] } });
  });

  it('is read as far as it goes where it is broken', () => {
    const { values, errors } = yamlValues('a.yaml', 'a: 1\nb: [1, 2\nc: "x\n');
    assert.ok(errors.length > 0);
    assert.equal(at(values[0], 'a').kind, 'number');
  });

  it('has several documents, and directives', () => {
    assert.deepEqual(yamlValues('a.yaml', '%YAML 1.1\n---\na: yes\n...\n---\n- b\n').values.map(bare), [{ a: true }, ['b']]);
    assert.deepEqual(yamlValues('a.yaml', 'a: !!str 5\nb: !!int "6"\n').values.map(bare), [{ a: '5', b: 6 }]);
  });

  it('means the same to both readers', () => {
    const scalar = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '"', "'", '{', '|'), maxLength: 12 }), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.constantFrom('true', '0o17', '0x1f', '.inf', '~', '<<', 'on', '1_000', '2020-01-01', '=', '+.5', '-'));
    const tree = fc.letrec((tie) => ({ node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', 'on', '1', 'x y')), tie('node'), { maxKeys: 4 })) })).node;
    const style = fc.record({ indent: fc.integer({ min: 1, max: 4 }), indentSeq: fc.boolean(), collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const), defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'BLOCK_LITERAL' as const, 'BLOCK_FOLDED' as const), lineWidth: fc.constantFrom(0, 20, 80) });
    const seen = (value: Value, source: string): unknown => {
      const text = written(source, value).trim();
      switch (value.kind) {
        case 'map': return [text, value.complete, [...value.entries.values()].map((entry) => [entry.key, entry.keyOrigin.range, seen(entry.value, source)])];
        case 'list': return [text, value.items.map((item) => seen(item, source))];
        default: return [text, value.kind, bare(value)];
      }
    };
    fc.assert(fc.property(tree, style, (value, options) => {
      const source = stringify({ value }, options);
      const nodes = valuesFromNodes(source, createYamlBuilder('a.yaml', source, false), bounds);
      const events = valuesFromEvents(source, createYamlBuilder('a.yaml', source, false), bounds);
      if (events === undefined || nodes.errors.length > 0) return;
      assert.deepEqual(events.map((one) => seen(one, source)), nodes.values.map((one) => seen(one, source)), JSON.stringify(source));
    }), { numRuns: 600 });
  });
});

describe('templates of YAML', () => {
  const chart = ['metadata:', '  labels: {{- include "labels" . | nindent 4 }}', '    team: ml', '  name: {{ .Release.Name }}-web', 'spec:', '  {{- if .Values.host }}', '  hostNetwork: true', '  {{- end }}', '  args:', '  {{- toYaml .Values.args | nindent 2 }}', '  image: "{{ .Values.image }}"', ''].join('\n');

  it('leave open what they compute', () => {
    const { values, errors } = yamlValues('a.yaml', chart);
    assert.deepEqual(errors, []);
    assert.deepEqual(bare(values[0]), { metadata: { labels: { team: 'ml' }, name: '?' }, spec: { hostNetwork: '?', args: '?', image: '?' } });
    const name = at(values[0], 'metadata', 'name');
    assert.deepEqual(name.kind === 'unknown' && name.parts, ['', undefined, '-web']);
    assert.equal(written(chart, at(values[0], 'spec', 'args')), '{{- toYaml .Values.args | nindent 2 }}');
  });

  it('may add keys to a map whose key an action stands behind', () => {
    const labels = at(yamlValues('a.yaml', chart).values[0], 'metadata', 'labels');
    assert.ok(labels.kind === 'map' && !labels.complete);
    const list = at(yamlValues('a.yaml', 'args: {{ .Values.args }}\n- --port=80\nnext: {{ .x }}\n').values[0], 'args');
    assert.ok(list.kind === 'list' && !list.complete && list.items.length === 1);
  });

  it('keep the text of a value that goes on below an action', () => {
    const value = at(yamlValues('a.yaml', 'command: {{ .run }}\n  more words\n').values[0], 'command');
    assert.deepEqual(value.kind === 'unknown' && value.parts, ['', undefined, ' more words']);
  });
});
