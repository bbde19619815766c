import assert from 'node:assert/strict';
import fs from 'node:fs';
import { CodeActionRequest, HoverRequest, type CodeAction } from 'vscode-languageserver/node';
import { english } from '../../server/base/speech/english.ts';
import { bundleFor, languages } from '../../server/base/speech/languages.ts';
import { createSpeech } from '../../server/base/speech/speech.ts';
import { readBundle } from '../../server/host/node/bundles.ts';
import * as protocol from '../../server/lsp/protocol.ts';
import { startInProcess, startProcess, type TestClient } from '../support/lsp-client.ts';

const uri = 'file:///workspace/main.tf';
/** Where the database is made public. */
const range = { start: { line: 1, character: 24 }, end: { line: 1, character: 28 } };
const text = 'resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}\n';

/** What a person reads of one finding: titles of its actions, its hover, a group of the threat model, and how many findings are not shown. */
async function read(client: TestClient): Promise<{ readonly titles: readonly string[]; readonly hover: string; readonly message: string; readonly names: Readonly<Record<string, string>>; readonly note: string; readonly threat: protocol.DiagramResult['elements'][number]['threats'][number] | undefined }> {
  try {
    await client.open(uri, 'terraform', text);
    const diagnostics = await client.pull(uri);
    const actions = (await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [] } }) ?? []) as CodeAction[];
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: range.start });
    const { names, elements } = await client.connection.sendRequest<protocol.DiagramResult>(protocol.diagramRequest);
    return { titles: actions.map((one) => one.title), hover: (hover?.contents as { value: string }).value, message: String(diagnostics[0]!.message), names, note: String(diagnostics.at(-1)!.message), threat: elements.flatMap((one) => one.threats).find((one) => one.id.startsWith('store-exposed-to-internet@')) };
  } finally {
    await client.stop();
  }
}

const settings = { maxProblems: 1 };
const bundle = (name: string) => readBundle('l10n', name);

describe('the language of the language server', () => {
  it('is that of the editor, in all but what rules say', async () => {
    const plain = await read(await startInProcess({}, { settings, bundle }));
    const german = await read(await startInProcess({}, { settings, bundle, locale: 'de' }));
    for (const title of ['network/public-database in dieser Zeile unterdrücken…', 'Zur Baseline hinzufügen', 'Dokumentation zu network/public-database anzeigen']) assert.ok(german.titles.includes(title), german.titles.join('\n'));
    for (const title of ['Suppress network/public-database on this line…', 'Add to baseline', 'Show documentation for network/public-database']) assert.ok(plain.titles.includes(title), plain.titles.join('\n'));
    assert.match(german.hover, / · hoch · Konfidenz hoch · network\n.*So beheben Sie das Problem\n.*\[Regeldokumentation\]\(command:wardline\.showRuleDocumentation\?.*\[Im Bedrohungsmodell anzeigen\]/s);
    assert.match(plain.hover, / · high · confidence high · network\n.*How to fix\n.*\[Rule documentation\]\(command:wardline\.showRuleDocumentation\?.*\[Show in threat model\]/s);
    assert.equal(german.message, plain.message);
    assert.match(german.note, /^Weitere Befunde in dieser Datei, die nicht angezeigt werden: \d+ \(wardline\.maxProblems ist 1\)\.$/);
    assert.match(plain.note, /^\d+ more findings in this file are not shown \(wardline\.maxProblems is 1\)\.$/);
    assert.ok(german.titles.includes('Über die Bedrohung „Der Speicher ist von außen erreichbar“ für a entscheiden…'), german.titles.join('\n'));
    assert.ok(plain.titles.includes('Decide on the threat “The store can be reached from outside” to a…'), plain.titles.join('\n'));
    assert.deepEqual([german.threat?.title, german.threat?.mitigation], ['Der Speicher ist von außen erreichbar', 'Nur private Adressen, erreichbar über die Anwendung.']);
    assert.deepEqual([plain.threat?.title, plain.threat?.mitigation], ['The store can be reached from outside', 'Private addresses only, reached through the application.']);
    assert.equal(german.names['kind.data-store'], 'Datenspeicher');
    assert.equal(plain.names['kind.data-store'], 'data store');
  });

  it('is English, with nothing read, where the editor says so or says nothing', async () => {
    const asked: string[] = [];
    for (const locale of [undefined, 'en', 'en-GB', 'zh-tw', 'fi']) {
      const { titles } = await read(await startInProcess({}, { settings, ...(locale === undefined ? {} : { locale }), bundle: (name) => { asked.push(name); return undefined; } }));
      assert.ok(titles.includes('Add to baseline'), locale);
    }
    assert.deepEqual(asked, []);
  });

  it('is that of the editor in the program that is built', async () => {
    const { titles } = await read(await startProcess(process.execPath, ['dist/server.js', '--stdio'], { settings, locale: 'ja' }));
    assert.ok(titles.includes('ベースラインに追加'), titles.join('\n'));
  });

  it('is found for what editors call languages', () => {
    assert.deepEqual(['de', 'de-AT', 'de_DE.UTF-8', 'fr-CA', 'es-419', 'ja', 'pt-BR', 'pt', 'zh-cn', 'zh-Hans', 'zh-Hans-SG', 'zh', 'zh-Hant', 'zh-hk', 'en', 'C', ''].map(bundleFor),
      ['de', 'de', 'de', 'fr', 'es', 'ja', 'pt-br', 'pt-br', 'zh-cn', 'zh-cn', 'zh-cn', 'zh-cn', undefined, undefined, undefined, undefined, undefined]);
  });

  it('is English for a sentence that a bundle lacks, and for a bundle that is not there', () => {
    const { say, use } = createSpeech((name) => (name === 'de' ? { 'tree.flows': 'Datenflüsse' } : undefined));
    use('de');
    assert.deepEqual([say('tree.flows'), say('tree.to', { element: '{element}' })], ['Datenflüsse', 'to {element}']);
    use('fr');
    assert.equal(say('tree.flows'), 'Flows');
    assert.equal(readBundle('l10n', 'xx'), undefined);
  });

  it('has no sentence that nobody says', () => {
    const sources = ['server/lsp', 'server/threat', 'server/config', 'server/rule'].flatMap((folder) => fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => fs.readFileSync(`${folder}/${name}`, 'utf8'))).join('\n');
    // These are said by the ids of what they name.
    const named = /^(?:severity|state|stride|kind|flow|control|risk)\.|^artefact\.(?:safe|unknown|dangerous)$/;
    assert.deepEqual(Object.keys(english).filter((id) => !named.test(id) && !sources.includes(`'${id}'`)), []);
    assert.equal(new Set(languages).size, languages.length);
  });
});
