import assert from 'node:assert/strict';
import { flowsOf } from '../support/code.ts';

const handler = (lines: string): string => `import express from 'express';\nimport { exec } from 'node:child_process';\nexpress().post('/', (req, res) => {\n${lines}\nexec(\`mkdir \${req.body.name}\`);\nres.end();\n});\n`;
const refused = '!/^\\w+$/.test(req.body.name)';

/** Checks whose result is kept in a variable, a list or an object before it is acted on. */
const checks: readonly (readonly [string, string, boolean])[] = [
  ['an error that is set', `let error;\nif (${refused}) error = 'name';\nif (error) return res.status(400).end(error);`, true],
  ['an error of a type that is set', `let error: string | undefined;\nif (${refused}) error = 'name';\nif (error !== undefined) return;`, true],
  ['a flag that is cleared', `let ok = true;\nif (${refused}) ok = false;\nif (!ok) return;`, true],
  ['one error of several', `let error = '';\nif (${refused}) error = 'name';\nif (!req.body.other) error = 'other';\nif (error) return;`, true],
  ['errors that are counted', `const errors = [];\nif (${refused}) errors.push('name');\nif (!req.body.other) errors.push('other');\nif (errors.length > 0) return;`, true],
  ['errors whose number is compared with none', `const errors = [];\nif (${refused}) errors.push('name');\nif (errors.length !== 0) { res.end(); return; }`, true],
  ['errors by field', `const errors = {};\nif (${refused}) errors.name = 'bad';\nif (Object.keys(errors).length) return;`, true],
  ['errors that are only told', `const errors = [];\nif (${refused}) errors.push('name');\nif (errors.length > 0) console.warn('errors');`, false],
  ['errors of something else', "const errors = [];\nif (!/^\\w+$/.test(req.body.other)) errors.push('other');\nif (errors.length > 0) return;", false],
  ['a check under a condition', `let error;\nif (req.body.strict) { if (${refused}) error = 'name'; }\nif (error) return;`, false],
  ['a list that was not empty', `const errors = ['none'];\nif (${refused}) errors.push('name');\nif (errors.length > 0) console.warn('errors');`, false],
];

describe('checks whose result is kept', () => {
  for (const [title, lines, checked] of checks) {
    it(`${checked ? 'prove what they let through' : 'prove nothing'}: ${title}`, () => {
      assert.deepEqual(flowsOf('a.ts', handler(lines)), checked ? [] : ['request -> shell']);
    });
  }
});
