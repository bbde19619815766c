// npm run new-rule -- storage/unencrypted-widget: writes a rule file with examples, ready to be filled in.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const id = process.argv[2];
const categories = [...fs.readFileSync(path.join(root, 'server/model/finding.ts'), 'utf8').match(/export const categories[^=]*=\s*\[([\s\S]*?)\]/)[1].matchAll(/'([\w-]+)'/g)].map((match) => match[1]);
const [category, name, ...rest] = (id ?? '').split('/');
if (!name || rest.length > 0 || !categories.includes(category) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
  console.error(`usage: npm run new-rule -- CATEGORY/NAME\nThe name says the bad state (unencrypted-widget). Categories: ${categories.join(', ')}`);
  process.exit(2);
}
const file = path.join(root, `rules/${category}/${name}.ts`);
if (fs.existsSync(file)) {
  console.error(`${path.relative(root, file)} exists and is left as it is`);
  process.exit(2);
}
const title = name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `import { look, truth } from '../../server/rule/queries.ts';
import { defineRule } from '../../server/rule/rule.ts';

export default defineRule({
  id: '${id}',
  title: '${title}',
  severity: 'medium',
  confidence: 'high',
  references: ['CWE-693'],
  what: 'Reports \`example_widget\` with \`open = true\`.',
  why: 'What an attacker gains, in one or two sentences.',
  whenNotToUse: 'Where the state is meant.',
  off: true,
  checks: [{
    on: 'resource',
    types: ['example_widget'],
    check: (resource, { report }) => {
      for (const value of look(resource, 'open').values) {
        if (truth(value) !== true) continue;
        report({ at: value.at, message: \`Widget "\${resource.name}" is open.\`, fixes: [{ title: 'Set open to false', safe: true, intents: [{ kind: 'setAttribute', resource, path: ['open'], value: false }] }] });
      }
    },
  }],
  examples: [{
    file: 'main.tf',
    bad: 'resource "example_widget" "api" {\\n  open = true\\n         ^^^^\\n}\\n',
    fixed: 'resource "example_widget" "api" {\\n  open = false\\n}\\n',
    good: 'resource "example_widget" "api" {\\n  open = false\\n}\\n',
  }],
});
`);
console.log(`wrote ${path.relative(root, file)}\ntest it: npm run test:unit -- --grep ${id}`);
