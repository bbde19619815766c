import assert from 'node:assert/strict';
import type { Element, Threat, ThreatModel } from '../../server/model/threat.ts';
import { accessesOf, dataAccessName, printDataAccess } from '../../server/threat/drift.ts';
import { authorisationProblems } from '../../server/threat/authorisation.ts';
import { blastRadius } from '../../server/threat/evaluate.ts';
import { decisionsName, withDecision } from '../../server/threat/decisions.ts';
import { exportFormats, exportThreatModel } from '../../server/threat/export/formats.ts';
import { groupings, threatTree, type TreeNode } from '../../server/threat/tree.ts';
import { rootedPath } from '../support/analyze.ts';
import { modelOf } from '../support/threat-model.ts';
import { parse as parseYaml } from 'yaml';

const bucket = (lines = ''): string => `resource "aws_s3_bucket" "cohort" {\n  bucket = "cohort-images"\n${lines}}\n`;
const notebook = `${JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['import boto3\n', 's3 = boto3.client("s3")\n', 's3.download_file("cohort-images", "a.png", "a.png")\n'] }] })}\n`;
const server = [
  'import express from "express";', 'import OpenAI from "openai";', 'const app = express();', 'const client = new OpenAI();',
  'app.post("/ask", async (req, res) => {',
  '  const answer = await client.chat.completions.create({ model: "gpt-4.1-mini", messages: [{ role: "system", content: `You help ${req.body.name}` }] });',
  '  res.json(answer.choices[0].message.content);', '});', '',
].join('\n');

function element(model: ThreatModel, name: string): Element {
  const found = model.elements.find((one) => one.name === name || one.aliases.some((alias) => alias.endsWith(name)));
  assert.ok(found, `${name} in ${model.elements.map((one) => one.id).join(', ')}`);
  return found;
}

const threatsTo = (model: ThreatModel, id: string): readonly Threat[] => model.threats.filter((one) => one.element === id);

describe('the threat model', () => {
  it('takes the bucket that a notebook reads and the one that Terraform declares for one element', () => {
    const { model } = modelOf({ 'main.tf': bucket(), 'train.ipynb': notebook });
    assert.equal(model.elements.filter((one) => one.kind === 'data-store').length, 1);
    const store = element(model, 'cohort-images');
    assert.equal(store.technology, 'aws_s3_bucket');
    assert.ok(model.flows.some((flow) => flow.to === store.id && flow.from.startsWith('notebook:') && flow.action === 'read'));
  });

  it('keeps stores of different names apart', () => {
    const { model } = modelOf({ 'main.tf': bucket(), 'train.ipynb': notebook.replace('cohort-images', 'public-samples') });
    assert.equal(model.elements.filter((one) => one.kind === 'data-store').length, 2);
  });

  it('shows a model file, the program that loads it, and the threats that its findings show', () => {
    const payload = ['cposix\nsys', "tem\n(S'echo loaded'\ntR."].join('');
    const { model } = modelOf({ 'score.py': 'import joblib\nforest = joblib.load("models/forest.joblib")\n', 'models/forest.joblib': payload });
    const file = element(model, 'forest.joblib');
    assert.deepEqual([file.kind, file.technology, file.dataClasses], ['model', 'pickle file, dangerous', ['model-weights']]);
    assert.ok(model.flows.some((flow) => flow.to === file.id && flow.from === 'process:score' && flow.action === 'read'));
    const threat = threatsTo(model, file.id).find((one) => one.template === 'unsafe-deserialization');
    assert.equal(threat?.state, 'open');
    assert.ok(threat?.witnesses.some((finding) => finding.ruleId === 'model-supply-chain/dangerous-artefact'));
    const clean = modelOf({ 'score.py': 'import joblib\nforest = joblib.load("models/forest.joblib")\n', 'models/forest.joblib': 'ccollections\nOrderedDict\n(tR.' }).model;
    assert.ok(!clean.threats.some((one) => one.element === element(clean, 'forest.joblib').id && one.template === 'unsafe-deserialization'));
  });

  it('opens a threat that a finding shows and settles it when the line is fixed', () => {
    const database = (value: string): string => `resource "aws_db_instance" "patients" {\n  identifier = "patients"\n  publicly_accessible = ${value}\n  storage_encrypted = true\n}\n`;
    const before = modelOf({ 'main.tf': database('true') }).model;
    const open = threatsTo(before, element(before, 'patients').id).filter((one) => one.state === 'open' && one.witnesses.some((finding) => finding.ruleId === 'network/public-database'));
    assert.ok(open.length > 0);
    const after = modelOf({ 'main.tf': database('false') }).model;
    for (const threat of open) assert.ok(!after.threats.some((one) => one.id === threat.id && one.witnesses.some((finding) => finding.ruleId === 'network/public-database')));
  });

  it('shows who reaches a model from the internet, and what a captured process reaches', () => {
    const { model } = modelOf({ 'src/server.ts': server });
    const llm = element(model, 'gpt-4.1-mini');
    assert.equal(llm.kind, 'model');
    assert.ok(threatsTo(model, llm.id).some((one) => one.template.includes('injection') && one.state === 'open'), threatsTo(model, llm.id).map((one) => `${one.template} ${one.state}`).join(', '));
    const caller = model.flows.find((flow) => flow.to === llm.id)!.from;
    assert.ok(blastRadius(caller, model).has(llm.id));
    assert.ok(!blastRadius(llm.id, { flows: model.flows.filter((flow) => flow.from !== llm.id) }).has(caller));
  });

  it('is the same whatever the order of the files', () => {
    const files = { 'main.tf': bucket(), 'src/server.ts': server, 'train.ipynb': notebook };
    const turned = Object.fromEntries(Object.entries(files).reverse());
    assert.deepEqual(modelOf(turned).model, modelOf(files).model);
  });

  it('keeps ids when a file is renamed', () => {
    const ids = (file: string): readonly string[] => modelOf({ [file]: bucket() }).model.threats.map((one) => one.id);
    assert.deepEqual(ids('storage.tf'), ids('main.tf'));
  });

  it('takes a decision of the team until it expires, and says when one has lost its threat', () => {
    const files = { 'main.tf': bucket() };
    const [threat] = modelOf(files).model.threats.filter((one) => one.state === 'open');
    assert.ok(threat);
    const decided = (until: string, id = threat.id): ReturnType<typeof modelOf> => modelOf({ ...files, [decisionsName]: withDecision('', { threat: id, state: 'accepted', reason: 'Public images only', until }) });
    const held = decided('2027-01-31');
    assert.equal(held.model.threats.find((one) => one.id === threat.id)?.state, 'accepted');
    assert.match(held.model.threats.find((one) => one.id === threat.id)!.stateReason, /Public images only/);
    assert.deepEqual(held.problems, []);
    const expired = decided('2026-11-26');
    assert.equal(expired.model.threats.find((one) => one.id === threat.id)?.state, 'open');
    assert.equal(expired.problems.length, 1);
    assert.equal(decided('2027-01-31', 'no-such-threat@data-store:x').problems.length, 1);
  });

  it('reads what a comment says of the thing below it', () => {
    const { model } = modelOf({ 'main.tf': `# @dataclass health\n${bucket()}` });
    assert.deepEqual(element(model, 'cohort-images').dataClasses.includes('health'), true);
  });

  it('finds access to data that the record does not hold', () => {
    const files = { 'main.tf': bucket(), 'src/server.ts': server };
    const recorded = { ...files, [dataAccessName]: printDataAccess(accessesOf(modelOf(files).model)) };
    assert.deepEqual(modelOf(recorded).drift, []);
    const drift = modelOf({ ...recorded, 'train.ipynb': notebook }).drift;
    assert.equal(drift.length, 1, drift.join('\n'));
    assert.match(drift[0]!, /cohort/);
    assert.deepEqual(modelOf({ ...files, 'train.ipynb': notebook }).drift, [], 'where there is no record, nothing is drift');
  });

  describe('with a policy of models', () => {
    const policy = { '.wardline/config.yaml': 'dataClasses:\n  internal: [roadmap*]\nmodels:\n  "openai:*": { deny: [health, internal] }\n  "ollama:*": { allow: [health] }\n' };
    const ask = (client: string, make: string, call: string): string => [`from ${client} import ${make}`, 'import boto3', 's3 = boto3.client("s3")', `client = ${make}()`, 'def note(key):', '    text = s3.get_object(Bucket="ward-7", Key=key)["Body"].read().decode()', `    return ${call}`, ''].join('\n');
    const openai = ask('openai', 'OpenAI', 'client.responses.create(model="gpt-4.1", input=f"Summarise {text}")');
    const declared = '# @dataclass health\nresource "aws_s3_bucket" "notes" {\n  bucket = "ward-7"\n}\n';

    it('finds data of a class that another file declares in a model that must not see it', () => {
      const { model } = modelOf({ ...policy, 'main.tf': declared, 'src/note.py': openai });
      assert.deepEqual(model.unauthorised.map((one) => [one.dataClass, one.entry, one.at.path, one.path.length]), [['health', 'openai:*', rootedPath('src/note.py'), 2]]);
      const llm = element(model, 'gpt-4.1');
      assert.equal(threatsTo(model, llm.id).find((one) => one.template === 'unauthorised-data')?.state, 'open');
      assert.equal(authorisationProblems(model.unauthorised, model.elements, []).length, 1);
    });

    it('is silent where the class, the model or the policy is not known, or the model may see it', () => {
      assert.deepEqual(modelOf({ ...policy, 'main.tf': declared.replace('# @dataclass health\n', ''), 'src/note.py': openai }).model.unauthorised, []);
      assert.deepEqual(modelOf({ 'main.tf': declared, 'src/note.py': openai }).model.unauthorised, []);
      assert.deepEqual(modelOf({ ...policy, 'main.tf': declared, 'src/note.py': ask('ollama', 'Client', 'client.generate(model="llama3", prompt=text)') }).model.unauthorised, []);
      assert.deepEqual(modelOf({ ...policy, 'main.tf': declared, 'src/note.py': openai.replace('{text}', '{key}') }).model.unauthorised, []);
    });

    it('takes what a tool of an agent reads for what its model sees', () => {
      const agent = [
        'from langchain_openai import ChatOpenAI', 'from langchain.agents import create_agent', 'from langchain_core.tools import tool', 'import boto3', 's3 = boto3.client("s3")',
        '@tool', 'def read_note(key: str) -> str:', "    '''Reads a note.'''", '    return s3.get_object(Bucket="ward-7", Key=key)["Body"].read().decode()',
        'agent = create_agent(ChatOpenAI(model="gpt-4.1"), tools=[read_note])', '',
      ].join('\n');
      const { model } = modelOf({ ...policy, 'main.tf': declared, 'src/agent.py': agent });
      assert.deepEqual(model.unauthorised.map((one) => one.dataClass), ['health'], JSON.stringify(model.flows.map((one) => one.id)));
    });
  });

  describe('exports', () => {
    const { model } = modelOf({ 'main.tf': bucket(), 'src/server.ts': server, 'train.ipynb': notebook });
    for (const format of exportFormats) {
      it(`${format} holds every element and is the same twice`, () => {
        const text = exportThreatModel(model, format, 'clinic');
        assert.equal(exportThreatModel(model, format, 'clinic'), text);
        for (const one of model.elements) assert.ok(text.includes(one.name), `${one.name} in ${format}`);
        if (['json', 'otm', 'threat-dragon', 'cyclonedx'].includes(format)) assert.equal(typeof JSON.parse(text), 'object');
        if (format === 'threagile') assert.equal(typeof parseYaml(text), 'object');
      });
    }
    it('escapes names that would be markup', () => {
      const hostile = exportThreatModel(modelOf({ 'main.tf': bucket('  tags = { a = "b" }\n').replace('cohort-images', '<script>alert(1)</script>') }).model, 'html', 'clinic');
      assert.ok(!hostile.includes('<script>alert'));
    });
  });

  describe('as a tree', () => {
    const { model } = modelOf({ 'main.tf': bucket(), 'src/server.ts': server, 'train.ipynb': notebook });
    const all = (nodes: readonly TreeNode[]): readonly TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children())]);
    for (const grouping of groupings) {
      it(`by ${grouping} has ids of its own, and says rightly what can be opened`, () => {
        const nodes = all(threatTree(model, grouping, false));
        assert.equal(new Set(nodes.map((node) => node.id)).size, nodes.length);
        for (const node of nodes) assert.equal(node.expandable, node.children().length > 0, node.id);
        for (const threat of model.threats) assert.ok(nodes.some((node) => node.threat === threat.id), threat.id);
      });
    }
    it('leaves settled threats out when asked to', () => {
      assert.ok(all(threatTree(model, 'element', true)).every((node) => node.state === undefined || node.state === 'open'));
    });
  });
});
