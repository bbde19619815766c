import assert from 'node:assert/strict';
import fs from 'node:fs';
import { fill } from '../../client/page-words.ts';
import { clientFiles, sentencesOf, untranslatedIn } from '../../scripts/localisation.ts';
import { languages } from '../../server/base/speech/languages.ts';

type Texts = Readonly<Record<string, string>>;
const read = (file: string): Texts => JSON.parse(fs.readFileSync(file, 'utf8')) as Texts;
const manifest = fs.readFileSync('package.json', 'utf8');

/** What a translation keeps as it is: places for values, code, links of commands, settings and files. */
function kept(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}|`[^`]*`|\]\([^)]*\)|\bwardline\.\w+|[\w./-]*\/[\w-]+\.\w+|\b[a-z]+_\w+|\n/g)].map(([one]) => one).sort();
}

/** Texts that are the same in every language, or that nobody reads in the editor. */
const same: Readonly<Record<string, readonly string[]>> = {
  // Names, and sentences that consist of translated parts.
  names: ['Wardline', '**Wardline**: …, …\n\n…', 'Wardline, …, …', '…, … ms', 'Open Threat Model 0.2.0', 'OWASP Threat Dragon 2', 'Threagile', 'CycloneDX 1.6', 'Mermaid', 'JSON', '$(loading~spin) Wardline', '$(shield) Wardline'],
  // Read by programs.
  programs: ['self.wardlineProgram = function (module, exports, require) {', 'wardline.diagram', 'translate(… …) scale(…)', 'boundary …'],
};
/** Reports for those who mend Wardline, what goes to the log, and pages that consist of translated parts. */
const whole: readonly RegExp[] = [/^<(?:!doctype html|p role)/, /^# False positive of …/, /^- (?:Wardline|Settings that were changed:|Server:) /, /^, folders of …$/, /^too large \(/];

/** The report for those who mend Wardline, and notes that a scan leaves in the log. */
const english: readonly string[] = ['server/lsp/diagnostic-report.ts', 'server/lsp/provided-files.ts'];
/** What the server has in English: names, annotations, units, the end of what a rule says, and what goes to the log. */
const unsaid: readonly string[] = [
  'Wardline', 'comment-discussion', '@threat accepts', '@threat accepts ', '… KB', '… MB', '… GB', 'Suggest', '…, in the saved output of this cell.',
  'code actions', 'a fix', 'code lenses', 'a hover', 'the element at a position',
];

describe('the interface in other languages', () => {
  it('takes every text of the manifest from its bundle, and has no text that nothing asks for', () => {
    const asked = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
    assert.deepEqual([...new Set(asked)].sort(), Object.keys(read('package.nls.json')).sort());
  });

  it('leaves no text of the manifest out', () => {
    const texts: string[] = [];
    const names = new Set(['title', 'description', 'markdownDescription', 'name', 'contents', 'displayName', 'altText', 'label', 'enumItemLabels', 'enumDescriptions', 'markdownEnumDescriptions', 'markdownDeprecationMessage', 'deprecationMessage']);
    const visit = (value: unknown, name: string): void => {
      if (typeof value === 'string' && names.has(name) && !/^%[^%]+%$/.test(value) && value !== 'Wardline') texts.push(`${name}: ${value}`);
      else if (Array.isArray(value)) for (const one of value) visit(one, name);
      else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) visit(one, key);
    };
    const { contributes, capabilities, description } = JSON.parse(manifest) as Readonly<Record<string, unknown>>;
    visit({ contributes, capabilities, description }, '');
    assert.deepEqual(texts, []);
  });

  it('is asked for by literals, and leaves no words of the client out', () => {
    const allowed = new Set(Object.values(same).flat());
    const found = clientFiles.flatMap((file) => untranslatedIn(fs.readFileSync(file, 'utf8')).filter((one) => !allowed.has(one) && !whole.some((pattern) => pattern.test(one))).map((one) => `${file}: ${one}`));
    assert.deepEqual(found, []);
  });

  it('allows no text that the client does not have', () => {
    const found = new Set(clientFiles.flatMap((file) => untranslatedIn(fs.readFileSync(file, 'utf8'))));
    assert.deepEqual(Object.values(same).flat().filter((one) => !found.has(one)), []);
    assert.deepEqual(whole.filter((pattern) => ![...found].some((one) => pattern.test(one))), []);
  });

  it('leaves no words of the language server out', () => {
    const files = [...fs.readdirSync('server/lsp').map((name) => `server/lsp/${name}`), 'server/threat/tree.ts', 'server/config/explain.ts'].filter((file) => !english.includes(file));
    const found = files.flatMap((file) => untranslatedIn(fs.readFileSync(file, 'utf8')));
    assert.deepEqual([...new Set(found)].sort(), [...unsaid].sort());
  });

  for (const [source, found] of [
    ["vscode.window.showInformationMessage('done');", ['done']],
    ["vscode.window.showWarningMessage(bad ? 'gone' : vscode.l10n.t('There'));", ['gone']],
    ["vscode.window.showQuickPick([{ label: 'one', description: vscode.l10n.t('The first') }]);", ['one']],
    ["vscode.window.showInputBox({ prompt: `until ${day}`, validateInput: () => 'A reason is needed.' });", ['until …', 'A reason is needed.']],
    ["item.tooltip = 'findings'; item.text = `$(shield) ${count} found`;", ['findings', '$(shield) … found']],
    ["new vscode.TreeItem('flows'); panel.title = title; make('h2', 'No elements yet');", ['flows', 'No elements yet']],
    ["const words = count === 1 ? 'one finding' : 'Findings';", ['one finding', 'Findings']],
    ["html('input', { class: 'flow plain', placeholder: 'search', 'aria-label': 'everything' });", ['search', 'everything']],
    ["import x from 'two words'; log.info('a scan ended'); if (key === 'Escape') throw new Error('not so');", []],
    ["vscode.l10n.t('All findings'); vscode.commands.executeCommand('vscode.open', vscode.l10n.t('{0} of {1}', a, b)); item.text = `$(shield) ${found}`;", []],
  ] as const) it(`finds the words in ${source}`, () => assert.deepEqual(untranslatedIn(source), found));

  it('cannot be asked for a sentence that is put together', () => {
    assert.deepEqual(sentencesOf("vscode.l10n.t('a {0}', 'b'); vscode.l10n.t(`c`);"), ['a {0}', 'c']);
    assert.throws(() => sentencesOf('vscode.l10n.t(`${count} findings`)'));
  });

  for (const language of languages) {
    for (const [base, translated] of [['package.nls.json', `package.nls.${language}.json`], ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`], ['l10n/server.json', `l10n/server.${language}.json`]] as const) {
      it(`is whole in ${translated}`, () => {
        const english = read(base);
        const other = read(translated);
        assert.deepEqual(Object.keys(other), Object.keys(english));
        for (const [key, text] of Object.entries(english)) {
          assert.notEqual(other[key]!.trim(), '', key);
          assert.deepEqual(kept(other[key]!), kept(text), key);
          assert.equal(other[key]!.endsWith('…'), text.endsWith('…'), key);
          // Single words may be the same; sentences are not.
          if (text.split(/\s+/).length >= 5) assert.notEqual(other[key], text);
        }
      });
    }
  }

  it('fills values into the sentences of pages', () => {
    assert.equal(fill('{0} to {1} of {2}', 101, 200, '{0}'), '101 to 200 of {0}');
    assert.equal(fill('{1}, {0}, {2}', 'a', 'b'), 'b, a, {2}');
  });

  it('has no bundle beside those of its languages', () => {
    const suffixes = [...fs.readdirSync('l10n'), ...fs.readdirSync('.').filter((name) => name.startsWith('package.nls.'))].map((name) => name.replace(/^(?:bundle\.l10n|server|package\.nls)\./, ''));
    assert.deepEqual([...new Set(suffixes)].sort(), [...languages.map((one) => `${one}.json`), 'json'].sort());
  });
});
