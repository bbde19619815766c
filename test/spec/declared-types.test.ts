import assert from 'node:assert/strict';
import { analyzerFor, rootedPath } from '../support/analyze.ts';
import { analyzeCode } from '../support/code.ts';

/** Flows of data that must not spread, as `label -> sink`. */
const flowsOf = (file: string, text: string): readonly string[] => [...new Set(analyzeCode(file, text).flows.filter((flow) => flow.label === 'secret' || flow.label === 'personal').map((flow) => `${flow.label} -> ${flow.sink}`))];

const login = 'interface Login { user: string; password: string }';
const save = (lines: string, head = login): string => `import { writeFile } from 'node:fs/promises';\n${head}\nexport async function save(login: Login) {\n${lines}\n}\n`;
const kept = ['secret -> persist'];

describe('declared types', () => {
  it('say what an object holds where it is kept', () => {
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', JSON.stringify(login));")), kept);
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', JSON.stringify(login));", 'type Login = { password: string } | undefined;')), kept);
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', JSON.stringify(login));", 'interface Secret { password?: string }\ninterface Login extends Secret { user: string }')), kept);
    assert.deepEqual(flowsOf('a.py', 'import json\nclass Login:\n    user: str\n    password: str\ndef save(login: Login):\n    with open("a", "w") as file:\n        json.dump(login, file)\n'), kept);
  });

  it('say nothing of other members, of numbers, and of what a call makes of the object', () => {
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', login.user);")), []);
    assert.deepEqual(flowsOf('a.ts', save("const { password, ...rest } = login;\nawait writeFile('a', JSON.stringify(rest));")), []);
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', JSON.stringify(login));", 'interface Login { user: string; password: boolean }')), []);
    assert.deepEqual(flowsOf('a.ts', save("const session = await connect(login);\nawait writeFile('a', session.id);", `import { connect } from 'somewhere';\n${login}`)), []);
    assert.deepEqual(flowsOf('a.ts', save("console.log(`for ${login}`);")), []);
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', mask(login.password));", `const mask = (text: string) => text.slice(-2);\n${login}`)), []);
  });

  it('are found in the module that they are imported from, and where that one has them from', () => {
    const found = (files: Readonly<Record<string, string>>): readonly string[] => analyzerFor(files).analyze(rootedPath('a.ts')).findings.map((one) => one.ruleId);
    const use = save("await writeFile('a', JSON.stringify(login));", "import type { Login } from './types';");
    assert.deepEqual(found({ 'a.ts': use, 'types.ts': `export ${login}\n` }), ['storage/sensitive-data-unencrypted']);
    assert.deepEqual(found({ 'a.ts': use, 'types.ts': "export * from './other';\n", 'other.ts': `export ${login}\n` }), ['storage/sensitive-data-unencrypted']);
    assert.deepEqual(found({ 'a.ts': use, 'types.ts': "export type { Login } from './types';\n" }), []);
  });

  it('give the values that they name: clients in fields, results of functions', () => {
    const handler = (type: string): string => `import { createClient } from 'redis';\n${type}\nexport async function keep(deps: Deps, password: string) {\n  await deps.redis.set('k', password);\n}\n`;
    assert.deepEqual(flowsOf('a.ts', handler('type Redis = ReturnType<typeof createClient>;\ninterface Deps { redis: Redis }')), kept);
    assert.deepEqual(flowsOf('a.ts', handler('interface Deps { redis: Map<string, string> }')), []);
  });

  it('end in time when they mean themselves', () => {
    assert.deepEqual(flowsOf('a.ts', save("await writeFile('a', JSON.stringify(login));", 'type Login = Login[] | { next: Login };')), []);
  });
});
