// Writes what is generated from the rules: their pages, the index, the configuration's JSON Schemas and README's table; and what is to be translated.
// `--check` only says what is stale. Used by test/tidy as well.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../rules/index.ts';
import { english } from '../server/base/speech/english.ts';
import { createAnalyzer } from '../server/engine/analyzer.ts';
import { configShape } from '../server/config/config-shape.ts';
import { rulesShape } from '../server/config/rules/shape.ts';
import { jsonSchema } from '../server/config/shape.ts';
import { threatShape } from '../server/config/threat-shape.ts';
import { categories } from '../server/model/finding.ts';
import { rulePage } from '../server/rule/page.ts';
import { categoryOf, type Rule } from '../server/rule/rule.ts';
import { threatLibrary } from '../server/threat/library/index.ts';
import { sentencesOf } from '../server/threat/said.ts';
import { clientBundle } from './localisation.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const about: Readonly<Record<string, string>> = {
  secrets: 'credentials in code, notebooks and their outputs, infrastructure and configuration', storage: 'data at rest: encryption, public access, backups, personal data in the clear', transport: 'data in transit: TLS, certificates, plaintext protocols',
  iam: 'rights: wildcards, escalation, trust, public policies, cluster roles', network: 'exposure and segmentation', monitoring: 'logs, audit, alarms, retention', workload: 'containers, pods and machines', 'model-input': 'what reaches prompts and models',
  'model-output': 'what is done with answers of models', 'model-supply-chain': 'models, datasets and packages that are loaded', agent: 'agents, tools, MCP servers and instruction files', 'input-validation': 'injection of every kind', auth: 'authentication, sessions, cryptography', dependencies: 'what is fetched without being pinned',
};

/** All generated files by path, with their text. */
export function generated(): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const known = { rule: rules.map((rule) => rule.id), category: categories, tag: [...new Set(rules.flatMap((rule) => rule.tags ?? []))].sort() };
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const rule of sorted) out.set(`docs/rules/${rule.id}.md`, masked(rulePage(rule)));
  out.set('docs/rules/README.md', index(sorted));
  for (const [name, shape, title] of [['config', configShape, 'Configuration of Wardline'], ['rules', rulesShape, 'Rules of a team for Wardline'], ['threat-model', threatShape, 'Decisions on threats']] as const) {
    out.set(`media/${name}.schema.json`, `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title, ...jsonSchema(shape, known) }, undefined, 1)}\n`);
  }
  out.set('l10n/bundle.l10n.json', `${JSON.stringify(clientBundle(), undefined, 2)}\n`);
  out.set('l10n/server.json', `${JSON.stringify({ ...english, ...Object.assign({}, ...threatLibrary.map(sentencesOf)) as Readonly<Record<string, string>> }, undefined, 2)}\n`);
  const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
  out.set('README.md', readme.replace(/(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/, (_, before: string, after: string) => `${before}${table()}${after}`));
  return out;
}

const values = rules.filter((rule) => rule.checks.some((check) => check.on === 'secret' || check.on === 'text'));

/** A page without what scanners would take for a secret: examples are put together when rules run, pages stand in the repository. */
function masked(page: string): string {
  for (let text = page; ;) {
    const now = text;
    const found = createAnalyzer({ host: { read: () => now, exists: () => true, list: () => [] }, rules: values }).analyze('/page.md').findings;
    if (found.length === 0) return text;
    const [{ range }] = found as [typeof found[number]];
    text = `${now.slice(0, range.start)}${now.slice(range.start, range.start + 3)}…${now.slice(range.end)}`;
  }
}

function index(sorted: readonly Rule[]): string {
  const lines = [`# Rules`, '', `${rules.length} rules. Severity \`off\` means that a configuration has to switch the rule on.`, ''];
  for (const category of categories) {
    const own = sorted.filter((rule) => categoryOf(rule.id) === category);
    if (own.length === 0) continue;
    lines.push(`## ${category}`, '', `${own.length} rules on ${about[category]}.`, '', '| rule | severity | |', '| --- | --- | --- |', ...own.map((rule) => `| [${rule.id.slice(category.length + 1)}](${rule.id}.md) | ${rule.off ? 'off' : rule.severity} | ${rule.title} |`), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function table(): string {
  const rows = categories.map((category) => {
    const own = rules.filter((rule) => categoryOf(rule.id) === category);
    return `| [${category}](docs/rules/README.md#${category}) | ${own.length} | ${about[category]} |`;
  });
  return `\n| category | rules | what they find |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

/** Paths of generated files whose text on the disk is another, or that should be gone. */
export function stale(): readonly string[] {
  const files = generated();
  const wrong = [...files].filter(([file, text]) => !fs.existsSync(path.join(root, file)) || fs.readFileSync(path.join(root, file), 'utf8') !== text).map(([file]) => file);
  const pages = fs.existsSync(path.join(root, 'docs/rules')) ? (fs.readdirSync(path.join(root, 'docs/rules'), { recursive: true }) as string[]).map((name) => `docs/rules/${name.split(path.sep).join('/')}`).filter((file) => file.endsWith('.md')) : [];
  return [...wrong, ...pages.filter((file) => !files.has(file))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = stale();
  if (process.argv.includes('--check')) {
    for (const file of wrong) console.error(`stale: ${file}`);
    process.exitCode = wrong.length > 0 ? 1 : 0;
  } else {
    const files = generated();
    for (const file of wrong) {
      const target = path.join(root, file);
      const text = files.get(file);
      if (text === undefined) fs.rmSync(target);
      else {
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, text);
      }
    }
    console.log(`${files.size} generated files, ${wrong.length} written`);
  }
}
