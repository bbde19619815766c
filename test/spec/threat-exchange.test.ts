import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseYaml } from 'yaml';
import { decisionsName, withDecision, withDecisions } from '../../server/threat/decisions.ts';
import { exportThreatModel } from '../../server/threat/export/formats.ts';
import { ExchangeError, readExchange } from '../../server/threat/import/exchange.ts';
import { matchDecisions } from '../../server/threat/import/match.ts';
import { modelOf } from '../support/threat-model.ts';

const files = {
  'main.tf': '# @dataclass health\nresource "aws_s3_bucket" "cohort" {\n  bucket = "cohort-images"\n  acl = "public-read"\n}\nresource "aws_db_instance" "patients" {\n  identifier = "patients"\n  publicly_accessible = true\n}\nresource "aws_iam_role" "train" {\n  name = "train"\n}\n',
  'src/server.ts': ['import express from "express";', 'import OpenAI from "openai";', 'import { Pool } from "pg";', 'const app = express();', 'const client = new OpenAI();', 'const pool = new Pool({ connectionString: process.env.DATABASE_URL });', 'app.post("/ask", async (req, res) => {', '  await pool.query("select * from visits");', '  const answer = await client.chat.completions.create({ model: "gpt-4.1-mini", messages: [{ role: "system", content: `You help ${req.body.name}` }] });', '  res.json(answer.choices[0].message.content);', '});', ''].join('\n'),
  '.github/workflows/ci.yml': 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo hello\n',
};
const { model } = modelOf(files);
const decided = (text: string): ReturnType<typeof modelOf>['model'] => modelOf({ ...files, [decisionsName]: text }).model;
const open = model.threats.filter((one) => one.state === 'open');

const schema = (name: string): object => JSON.parse(fs.readFileSync(name.startsWith('node_modules') ? name : `test/data/schemas/${name}`, 'utf8')) as object;
function validator(main: object, more: Readonly<Record<string, object>> = {}): (value: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'idn-email': true, 'iri-reference': true, 'iri': true } });
  (addFormats as unknown as (one: Ajv) => void)(ajv);
  for (const [key, one] of Object.entries(more)) ajv.addSchema(one, key);
  const { $schema: _draft, id: _id, ...plain } = main as { $schema?: string; id?: string };
  const check = ajv.compile(plain);
  return (value) => (check(value) ? [] : (check.errors ?? []).map((one) => `${one.instancePath} ${one.message}`));
}

/** Elements and texts of well-formed XML; throws on anything else. */
class Parser {
  parse(text: string): { readonly names: readonly string[]; readonly texts: readonly string[] } {
    const names: string[] = [];
    const texts: string[] = [];
    const open: string[] = [];
    const decode = (raw: string): string => raw.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    let at = 0;
    for (const match of text.matchAll(/<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g)) {
      assert.equal(match.index, at, `markup at ${at}: ${text.slice(at, at + 40)}`);
      at += match[0].length;
      const [, closing, name, , alone, words] = match;
      if (words !== undefined) {
        assert.doesNotMatch(words, /&(?!#\d+;)/);
        texts.push(decode(words));
      } else if (closing) assert.equal(open.pop(), name);
      else {
        names.push(name!);
        if (!alone) open.push(name!);
      }
    }
    assert.equal(at, text.length);
    assert.deepEqual(open, []);
    return { names, texts };
  }
}

describe('exchange with other tools', () => {
  const states = ['accepted', 'transferred', 'not-applicable', 'mitigated'] as const;
  const some = open.slice(0, 4).map((threat, at) => ({ threat: threat.id, state: states[at % states.length]!, reason: `Because of reason ${at}`, by: 'ana', until: '2027-01-31' }));
  const before = decided(withDecisions('', some));

  it('has threats to decide on', () => assert.equal(some.length, 4));

  describe('what is exported is as the format says', () => {
    const cyclonedx = 'node_modules/@cyclonedx/cyclonedx-library/res/schema';
    const checks = {
      'threat-dragon': validator(schema('threat-dragon-v2.schema.json')),
      otm: validator(schema('otm.schema.json')),
      threagile: validator(schema('threagile.schema.json')),
      cyclonedx: validator(schema(`${cyclonedx}/bom-1.6.SNAPSHOT.schema.json`), Object.fromEntries(['spdx', 'jsf-0.82'].map((name) => [`http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`, schema(`${cyclonedx}/${name}.SNAPSHOT.schema.json`)]))),
    } as const;
    for (const [format, check] of Object.entries(checks)) {
      it(`${format}, open and decided, and where there is nothing`, () => {
        for (const one of [model, before, modelOf({}).model]) {
          const text = exportThreatModel(one, format as keyof typeof checks, 'clinic');
          assert.deepEqual(check(format === 'threagile' ? parseYaml(text) : JSON.parse(text)), []);
        }
      });
      it(`${format}: the check itself finds what is wrong`, () => assert.notDeepEqual(check({}), []));
    }

    it('svg is a picture of its own, with every name as text', () => {
      const hostile = modelOf({ 'main.tf': `resource "aws_s3_bucket" "a" {\n  bucket = "</text><script>x&y"\n}\n` }).model;
      for (const one of [before, hostile, modelOf({}).model]) {
        const text = exportThreatModel(one, 'svg', '<clinic> & co');
        const document = new Parser().parse(text);
        assert.deepEqual(document.names.filter((name) => !/^(?:svg|title|desc|style|defs|marker|path|g|rect|text|polygon)$/.test(name)), []);
        assert.equal(document.texts.filter((each) => each === 'Threat model of <clinic> & co').length, 1);
        for (const element of one.elements) assert.ok(document.texts.some((each) => each.includes(element.name)), element.name);
        assert.doesNotMatch(text, /\b(?:href|src)=|url\((?!#)/);
      }
    });

    it('mermaid keeps to one statement a line, whatever the names', () => {
      const hostile = modelOf({ 'main.tf': 'resource "aws_s3_bucket" "a" {\n  bucket = "end] subgraph \\"x\\" --> `a` ; {{q}} #quot; |x|"\n}\n' }).model;
      for (const one of [before, hostile]) {
        for (const line of exportThreatModel(one, 'mermaid', 'clinic').trimEnd().split('\n')) assert.match(line, /^flowchart LR$|^  subgraph b\d+\["[^"]*"\]$|^  end$|^    e\d+[[({>]+"(?:[^"<>|`{}[\]()]|<br\/>)*"[\])}]+$|^  e\d+ (?:-->|-\.->)\|[^|"<>]*\| e\d+$/);
      }
    });

    it('otm refers only to what it has', () => {
      const otm = JSON.parse(exportThreatModel(before, 'otm', 'clinic')) as Record<'trustZones' | 'components' | 'dataflows' | 'threats' | 'mitigations', readonly { id: string; parent?: { trustZone: string }; source?: string; destination?: string; threats?: readonly { threat: string; mitigations: readonly { mitigation: string }[] }[] }[]>;
      const ids = (list: readonly { id: string }[]): ReadonlySet<string> => {
        assert.equal(new Set(list.map((one) => one.id)).size, list.length, 'ids are unique');
        return new Set(list.map((one) => one.id));
      };
      const [zones, components, threats, mitigations] = [ids(otm.trustZones), ids(otm.components), ids(otm.threats), ids(otm.mitigations)];
      for (const one of otm.components) {
        assert.ok(zones.has(one.parent!.trustZone));
        for (const each of one.threats!) assert.ok(threats.has(each.threat) && each.mitigations.every((mitigation) => mitigations.has(mitigation.mitigation)));
      }
      for (const one of otm.dataflows) assert.ok(components.has(one.source!) && components.has(one.destination!));
    });
  });

  describe('what was decided comes back', () => {
    for (const format of ['otm', 'threat-dragon'] as const) {
      it(`from ${format}, with reasons`, () => {
        const found = matchDecisions(readExchange(exportThreatModel(before, format, 'clinic')), model, 'file.json');
        assert.deepEqual(found.unmatched, []);
        const got = found.decisions.map((one) => [one.threat, one.state, one.reason]).sort();
        assert.deepEqual(got, some.map((one) => [one.threat, one.state, one.reason]).sort());
        const after = decided(withDecisions('', found.decisions));
        for (const one of some) assert.equal(after.threats.find((threat) => threat.id === one.threat)!.state, one.state);
        assert.equal(matchDecisions(readExchange(exportThreatModel(before, format, 'clinic')), after, 'file.json').decisions.length, 0, 'a second time brings nothing');
      });

      it(`from ${format} after somebody has decided there`, () => {
        const file = JSON.parse(exportThreatModel(model, format, 'clinic')) as unknown;
        const text = JSON.stringify(file, (key, value: unknown) => (key === 'threats' && Array.isArray(value) ? (value as Record<string, unknown>[]).map((one) => (one['state'] === 'exposed' ? { ...one, state: 'accepted' } : one['status'] === 'Open' ? { ...one, status: 'NotApplicable', mitigation: 'The gateway checks it' } : one)) : value));
        const { decisions } = matchDecisions(readExchange(text), model, 'review.json');
        assert.equal(decisions.length, open.length);
        assert.deepEqual([...new Set(decisions.map((one) => one.reason))], [format === 'otm' ? 'Decided in review.json, which gives no reason.' : 'The gateway checks it']);
      });
    }

    it('by the names of element and threat, and says what does not match', () => {
      const [threat] = open;
      const element = model.elements.find((one) => one.id === threat!.element)!;
      const foreign = { version: '2.2.0', summary: { title: 'x' }, detail: { diagrams: [{ cells: [
        { data: { type: 'tm.Store', name: element.name.toUpperCase(), threats: [{ title: threat!.title, status: 'Mitigated', mitigation: 'Reviewed by hand' }] } },
        { data: { type: 'tm.Process', name: 'Billing', threats: [{ title: 'Ghosts', status: 'Mitigated' }, { title: 'Open one', status: 'Open' }] } },
      ] }] } };
      const found = matchDecisions(readExchange(JSON.stringify(foreign)), model, 'x.json');
      assert.deepEqual(found.decisions, [{ threat: threat!.id, state: 'mitigated', reason: 'Reviewed by hand' }]);
      assert.deepEqual(found.unmatched, ['Ghosts on Billing (mitigated): the model has no such threat.']);
      assert.equal(found.open, 1);
    });

    for (const [name, text, message] of [
      ['nothing', '', /neither an Open Threat Model/], ['a list', '[]', /neither/], ['broken text', '{"a": [', /neither JSON nor YAML/], ['another format', '{"bomFormat": "CycloneDX"}', /neither an Open Threat Model/],
      ['a later version', 'otmVersion: 1.0.0\n'.replace('1.0.0', '"1.0.0"'), /1\.0\.0 is not known/], ['Threat Dragon 1', '{"summary": {}, "detail": {"diagrams": [{"diagramJson": {}}]}}', /version 1/],
    ] as const) it(`not from ${name}`, () => assert.throws(() => readExchange(text), (error) => error instanceof ExchangeError && message.test(error.message)));

    it('reads no harm out of odd files', () => {
      for (const text of ['otmVersion: 0.2.0\ncomponents: 5\n', 'otmVersion: 0.2.0\ncomponents: [null, 1, {threats: [null, {threat: 3}]}]\n', '{"version":"2.0","summary":1,"detail":{"diagrams":[{"cells":[null,{"data":null},{"data":{"threats":[{}]}}]}]}}']) assert.deepEqual(readExchange(text), []);
    });
  });

  describe('the file of decisions', () => {
    it('keeps comments, other keys and the order, and changes an entry where it stands', () => {
      const text = '# ours\ndecisions:\n  # about a\n  - threat: a@b\n    state: accepted\n    reason: "x: y"\n  - threat: c@d\n    state: mitigated\n    reason: z\nother: 1\n';
      const after = withDecision(withDecision(text, { threat: 'a@b', state: 'mitigated', reason: 'New # reason', until: '2027-01-31' }), { threat: 'e@f', state: 'accepted', reason: 'q' });
      assert.equal(after, '# ours\ndecisions:\n  # about a\n  - threat: a@b\n    state: mitigated\n    reason: "New # reason"\n    until: 2027-01-31\n  - threat: c@d\n    state: mitigated\n    reason: z\n  - threat: e@f\n    state: accepted\n    reason: q\nother: 1\n');
    });
    it('is not written where it cannot be read', () => assert.throws(() => withDecision('decisions: [', { threat: 'a@b', state: 'accepted', reason: 'x' }), /cannot be read/));
  });
});
