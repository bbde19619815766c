import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lowerText } from '../../server/lower/text.ts';
import type { TextItem } from '../../server/model/text.ts';
import { createDocument } from '../../server/source/document.ts';
import { languageOfPath } from '../../server/source/language.ts';

function items(file: string, text: string): readonly TextItem[] {
  return lowerText(createDocument(`/workspace/${file}`, languageOfPath(file) ?? 'text', text));
}

/** File, text, and the name and value that the lexer has to give; `@x` stands for an item's role. */
const table: readonly (readonly [file: string, text: string, ...expected: readonly string[]])[] = [
  ['a.ts', `const apiKey = 'v-1';`, 'apiKey=v-1'],
  ['a.ts', `const apiKey: string = "v-1";`, 'apiKey=v-1'],
  ['a.ts', `connect({ user: 'u-1', password: 'v-1' });`, 'user=u-1', 'password=v-1'],
  ['a.ts', `config['db.password'] = 'v-1';`, 'db.password=v-1'],
  ['a.ts', `props.set("token", "v-1");`, 'token=v-1'],
  ['a.ts', `const key = env.KEY ?? 'v-1';`, 'key=v-1'],
  ['a.ts', `const key = dev ? 'v-1' : 'v-2';`, 'key=v-1', 'key=v-2'],
  ['a.ts', `if (password === 'v-1') {}`, 'password=v-1'],
  ['a.ts', `const keys = ['v-1', 'v-2'];`, 'keys=v-1', 'keys=v-2'],
  ['a.ts', 'const text = `\nuser = u-1\npassword = v-1\n`;', 'password=v-1'],
  ['a.ts', 'const text = `a ${f("v-1", `${"v-2"}`)} b`;', '=v-1', '=v-2'],
  ['a.ts', `// password: "v-1"\nconst a = /['"]/; const b = 'v-2';`, 'password=v-1', 'b=v-2'],
  ['a.tsx', `<Login password="v-1" />`, 'password=v-1'],
  ['a.py', `connect(password="v-1")`, 'password=v-1'],
  ['a.py', `password: str = r'v-1'`, 'password=v-1'],
  ['a.py', `os.environ["KEY"] = "v-1"`, 'KEY=v-1'],
  ['a.py', `os.getenv("KEY", "v-1")`, 'KEY=v-1'],
  ['a.py', `TEXT = """\npassword: v-1\n"""`, 'password=v-1'],
  ['a.py', `headers = {"X-Api-Key": "v-1"}`, 'X-Api-Key=v-1'],
  ['a.tf', `resource "x" "y" {\n  password = "v-1"\n}`, 'password=v-1'],
  ['a.tf', `variable "db_password" {\n  default = "v-1"\n}`, 'db_password=v-1'],
  ['a.tf', `user_data = <<EOF\nexport KEY=v-1\nEOF\nx = "v-2"`, 'KEY=v-1', 'x=v-2'],
  ['a.go', 'const key string = `v-1`', 'key=v-1'],
  ['a.java', `String password = "v-1";`, 'password=v-1'],
  ['a.c', `#define PASSWORD "v-1"`, 'PASSWORD=v-1'],
  ['a.php', `define('PASSWORD', 'v-1'); $x = ['key' => 'v-2'];`, 'PASSWORD=v-1', 'key=v-2'],
  ['a.rb', `config.secret = "v-1"`, 'config.secret=v-1'],
  ['a.yaml', `db:\n  password: v-1 # note\n  user: "v-2"`, 'db.password=v-1', 'db.user=v-2'],
  ['a.yaml', `env:\n  - name: DB_PASSWORD\n    value: v-1\n  - name: USER\n    value: v-2`, 'env.DB_PASSWORD=v-1', 'env.USER=v-2'],
  ['a.yaml', `run: |\n  export TOKEN=v-1\nnext: v-2`, 'TOKEN=v-1', 'next=v-2'],
  ['a.json', `{ "a": { "password": "v-1" }, "env": [{ "name": "KEY", "value": "v-2" }] }`, 'a.password=v-1', 'env.KEY=v-2'],
  ['a.json', `{ "script": "export TOKEN=v-1\\nrun" }`, 'TOKEN=v-1'],
  ['.env', `# note\nexport KEY="v-1"\nOTHER=v-2`, 'KEY=v-1', 'OTHER=v-2'],
  ['a.ini', `[s]\npassword = v-1`, 'password=v-1'],
  ['a.properties', `db.password=v-1`, 'db.password=v-1'],
  ['a.toml', `token = "v-1"`, 'token=v-1'],
  ['a.xml', `<a><password>v-1</password><add key="Secret" value="v-2"/></a>`, 'password=v-1', 'Secret=v-2'],
  ['a.sh', `curl --password v-1 -H "Authorization: Bearer v-2"`, 'password=v-1', 'Authorization=v-2'],
  ['a.sh', `mysql --password=v-1`, '--password=v-1'],
  ['Dockerfile', `FROM x\nENV KEY=v-1\nARG TOKEN="v-2"`, 'KEY=v-1', 'TOKEN=v-2'],
  ['a.md', 'Use `x`.\n\n```sh\nexport KEY=v-1\n```', 'KEY=v-1'],
  ['a.sql', `CREATE USER a PASSWORD 'v-1';`, 'PASSWORD=v-1'],
  ['a.txt', `url https://user:v-1@host.example/x?token=v-2&b=c`, 'password=v-1', 'token=v-2'],
  ['a.txt', `acme key a1b2c3d4e5`, 'acme key=a1b2c3d4e5'],
];

describe('text lexers', () => {
  for (const [file, text, ...expected] of table) {
    it(`read ${file}: ${JSON.stringify(text).slice(0, 70)}`, () => {
      const found = items(file, text).map((item) => `${item.name ?? ''}=${item.value}`);
      for (const one of expected) assert.ok(found.includes(one), `${one} is not among ${JSON.stringify(found)}`);
    });
  }

  it('give ranges that hold the value', () => {
    for (const [file, text] of table) {
      for (const item of items(file, text)) {
        const there = text.slice(item.range.start, item.range.end);
        assert.ok(there === item.value || JSON.stringify(item.value).includes(there) || there.includes('\\'), `${file}: ${JSON.stringify(item.value)} at ${JSON.stringify(there)}`);
      }
    }
  });

  it('place decoded lines of a JSON string where they stand', () => {
    const text = '{ "script": "a\\tb\\n\\u0041=1\\npassword=v-1" }';
    const item = items('a.json', text).find((one) => one.name === 'password');
    assert.equal(item && text.slice(item.range.start, item.range.end), 'v-1');
  });

  it('read outputs and metadata of a notebook, not its source or pictures', () => {
    const text = JSON.stringify({
      cells: [{ cell_type: 'code', metadata: { note: 'token=v-1' }, source: ['password = "v-2"'], outputs: [{ output_type: 'stream', text: ['password=v-3\n', 'x'] }, { data: { 'image/png': 'password=v-4aaaa' } }] }],
      metadata: {}, nbformat: 4,
    });
    const values = items('a.ipynb', text).filter((item) => item.within === 'output').map((item) => `${item.name ?? ''}=${item.value}`);
    assert.deepEqual(values.sort(), ['password=v-3', 'token=v-1']);
  });

  it('never throw and stay within the text, whatever it is', () => {
    const pieces = fc.constantFrom('"', "'", '`', '${', '}', '{', '(', ')', '[', ']', '=', ':', '\n', '\\', '#', '//', '/*', '*/', '<<EOF', '"""', '<', '>', '</a>', '- ', '|', ' ', 'password', 'a1', 'https://u:p@h?k=v', '--flag ', '\u0000', '\ud800', '%env ', 'é');
    const files = ['a.ts', 'a.py', 'a.tf', 'a.yaml', 'a.json', 'a.sh', 'a.xml', 'a.md', '.env', 'a.go', 'a.php', 'Dockerfile', 'a.ipynb', 'a.txt', 'a.sql'];
    fc.assert(fc.property(fc.constantFrom(...files), fc.array(pieces, { maxLength: 60 }), (file, parts) => {
      const text = parts.join('');
      for (const { range } of items(file, text)) assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
    }), { numRuns: 600, seed: 20261127 });
  });

  it('never throw on a text cut at any place', () => {
    for (const [file, text] of table) for (let end = 0; end <= text.length; end++) items(file, text.slice(0, end));
  });
});
