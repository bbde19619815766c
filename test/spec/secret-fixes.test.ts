import assert from 'node:assert/strict';
import { applyEdits } from '../../server/engine/compose.ts';
import { analyzerFor, findingPath, rootedPath } from '../support/analyze.ts';
import { movedSecrets } from '../support/secret-table.ts';
import { settingLine } from '../../server/fix/environment-file.ts';
import { tokenKinds } from '../../server/analysis/secrets/kinds/index.ts';
import { githubToken, openaiKey } from '../../rules/secrets/_samples.ts';

const openai = openaiKey(3);
const github = githubToken(4);

function fix(file: string, text: string, files: Readonly<Record<string, string>> = {}, at = 0) {
  const analyzer = analyzerFor({ ...files, [file]: text });
  const finding = analyzer.analyze(rootedPath(file)).findings.find((one) => one.ruleId.startsWith('secrets/') && one.fixes.length > at);
  assert.ok(finding, `nothing with a fix in ${text}`);
  const edits = analyzer.edits(finding.fixes[at]!);
  return { edits, finding, analyzer, path: findingPath(file, text) };
}

function fixed(file: string, text: string): string {
  const { edits, path } = fix(file, text);
  assert.ok(edits, 'the fix cannot be printed');
  return applyEdits(text.replace(/^# %%.*\n/gm, ''), edits.filter((edit) => edit.path === path));
}

describe('fixes of secrets', () => {
  for (const [name, file, before, after] of movedSecrets) it(`move ${name} in the idiom of ${file}`, () => assert.equal(fixed(file, before).trimEnd(), after.trimEnd()));

  it('name the variable in the example of the environment', () => {
    const { edits } = fix('src/a.ts', `const k = { apiKey: '${openai}' };\n`, { '.env.example': 'PORT=' }, 1);
    assert.deepEqual(edits?.filter((edit) => edit.path.endsWith('.env.example')).map((edit) => edit.text), ['\nOPENAI_API_KEY=\n']);
  });

  it('are not offered for the example where there is none, or it has the name', () => {
    assert.equal(fix('src/a.ts', `const k = { apiKey: '${openai}' };\n`, {}, 1).edits, undefined);
    assert.equal(fix('src/a.ts', `const k = { apiKey: '${openai}' };\n`, { '.env.example': 'OPENAI_API_KEY=\n' }, 1).edits, undefined);
  });

  describe('that keep the value in .env', () => {
    const key = `const k = { apiKey: '${openai}' };\n`;
    const kept = (files: Readonly<Record<string, string>>, file = 'src/a.ts', text = key) => {
      const analyzer = analyzerFor({ ...files, [file]: text });
      const found = analyzer.analyze(rootedPath(file)).findings.find((one) => one.ruleId.startsWith('secrets/'));
      const own = found?.fixes.find((one) => one.title.endsWith('keep its value in .env'));
      return { refusal: own && analyzer.refusal(own), others: own && analyzer.edits(own)?.filter((edit) => edit.path !== rootedPath(file)).map((edit) => [edit.path.replace('/workspace/', ''), edit.text, edit.create === true]) };
    };
    const value = `OPENAI_API_KEY=${openai}\n`;

    it('add it to the file that git ignores', () => assert.deepEqual(kept({ '.env': 'PORT=1', '.gitignore': '.env\n' }).others, [['.env', `\n${value}`, false]]));
    it('ignore the file first where git does not', () => assert.deepEqual(kept({ '.env': '', '.gitignore': 'dist' }).others, [['.gitignore', '\n.env\n', false], ['.env', value, false]]));
    it('make both files beside the example', () => assert.deepEqual(kept({ '.env.example': 'PORT=\n' }).others, [['.gitignore', '.env\n', true], ['.env', value, true]]));
    it('make the file where the project reads one', () => assert.deepEqual(kept({ 'package.json': '{ "dependencies": { "dotenv": "1" } }', '.gitignore': '.env*\n' }).others, [['.env', value, true]]));
    it('are not offered where nothing reads such a file', () => assert.equal(kept({ 'package.json': '{}' }).others, undefined));
    it('overwrite nothing', () => {
      assert.match(String(kept({ '.env': 'export OPENAI_API_KEY=other\n', '.gitignore': '.env\n' }).refusal), /another value in \.env/);
      assert.deepEqual(kept({ '.env': value, '.gitignore': '.env\n' }).others, []);
    });
    it('never take what a notebook has printed', () => {
      const output = JSON.stringify({ cells: [{ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [{ name: 'stdout', output_type: 'stream', text: [`token ${github}`] }], source: ['show()'] }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
      assert.equal(kept({ '.env': '', '.gitignore': '.env\n' }, 'a.ipynb', output).others, undefined);
    });
    it('quote what a reader would take apart', () => {
      assert.deepEqual(['abc-1_2/3=', 'a b#c', 'a$b', "it's", `it's "so"`, 'a\\b'].map((one) => settingLine('X', one)), ['X=abc-1_2/3=', "X='a b#c'", "X='a$b'", `X="it's"`, undefined, undefined]);
    });
  });

  it('say that the secret may be in the history, and where to revoke it, without showing it', () => {
    const { finding } = fix('a.ts', `const k = { apiKey: '${openai}' };\n`);
    for (const one of finding.fixes) {
      assert.match(one.then!.text, /^The OpenAI project key \(sk-p….., \d+ characters\) may be in the repository's history\. Revoke it and issue another\.$/);
      assert.equal(one.then!.uri, 'https://platform.openai.com/api-keys');
      assert.ok(!JSON.stringify(finding).includes(openai));
    }
  });

  it('know a page for the providers whose keys are found most', () => {
    const pages = new Map(tokenKinds.map((one) => [one.provider, one.rotate]));
    for (const one of tokenKinds) if (one.rotate !== undefined) assert.equal(new URL(one.rotate).protocol, 'https:', one.id);
    for (const provider of ['OpenAI', 'Anthropic', 'Google', 'Hugging Face', 'AWS', 'GitHub', 'GitLab', 'npm', 'PyPI', 'Slack', 'Stripe']) assert.ok(tokenKinds.some((one) => one.provider === provider && one.rotate !== undefined), `${provider} has no page; ${[...pages.keys()].join(', ')}`);
  });

  it('let VS Code ask for a value of its MCP configuration, and refuse where a client replaces nothing', () => {
    const text = `{\n  "servers": {\n    "gh": { "env": { "GITHUB_TOKEN": "${github}" } }\n  }\n}\n`;
    const input = (file: string, before: string) => {
      const { finding, analyzer } = fix(file, before);
      const edits = analyzer.edits(finding.fixes.find((one) => one.title.startsWith('Let VS Code'))!);
      return edits && JSON.parse(applyEdits(before, edits)) as unknown;
    };
    const asked = { type: 'promptString', id: 'github-token', description: 'GITHUB_TOKEN', password: true };
    assert.deepEqual(input('.vscode/mcp.json', text), { inputs: [asked], servers: { gh: { env: { GITHUB_TOKEN: '${input:github-token}' } } } });
    assert.deepEqual(input('.vscode/mcp.json', text.replace('{\n', '{\n  "inputs": [{ "id": "x" }],\n')), { inputs: [asked, { id: 'x' }], servers: { gh: { env: { GITHUB_TOKEN: '${input:github-token}' } } } });
    assert.equal(input('.cursor/mcp.json', text.replace('servers', 'mcpServers')), undefined);
    const { analyzer, finding } = fix('claude_desktop_config.json', text.replace('servers', 'mcpServers'));
    assert.match(String(analyzer.refusal(finding.fixes[0]!)), /Claude Desktop/);
  });

  it('are no bulk fixes, since the environment has to be set first', () => {
    assert.ok(fix('a.ts', `const k = { apiKey: '${openai}' };\n`).finding.fixes.every((one) => !one.safe));
  });

  it('leave secrets in comments and in texts within strings alone', () => {
    for (const text of [`// apiKey: '${openai}'\n`, `const t = \`\napiKey: '${openai}'\n\`;\n`]) {
      const analyzer = analyzerFor({ 'a.ts': text });
      const [finding] = analyzer.analyze(rootedPath('a.ts')).findings.filter((one) => one.ruleId === 'secrets/hardcoded-provider-token');
      assert.deepEqual(finding?.fixes, []);
    }
  });
});
