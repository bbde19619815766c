import fs from 'node:fs';
import { ruleTemplate, templateKinds } from '../../../config/rules/template.ts';
import { writeText } from '../files.ts';
import { rulePage } from '../../../rule/page.ts';
import type { CliOptions } from './main.ts';
import { unknownName, UsageError } from './usage.ts';

/** `wardline rules list|explain ID|new ID [KIND]`. */
export function runRules([command, id, ...rest]: readonly string[], { rules }: CliOptions): number {
  if (command === 'new' && id !== undefined && rest.length <= 1) return create(id, rest[0] ?? 'resource');
  if (command === 'list' && id === undefined) {
    const widest = Math.max(...rules.map((rule) => rule.id.length));
    const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
    process.stdout.write(sorted.map((rule) => `${rule.id.padEnd(widest)}  ${(rule.off ? 'off' : rule.severity).padEnd(8)}  ${rule.title}\n`).join(''));
    return 0;
  }
  if (command !== 'explain' || id === undefined || rest.length > 0) throw new UsageError('rules needs: list, explain ID, or new ID [KIND]');
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw unknownName('rule', id, rules.map((one) => one.id));
  process.stdout.write(rulePage(rule));
  return 0;
}

/** Writes a first rule of the team's, with examples that pass. Never overwrites. */
function create(id: string, kind: string): number {
  if (!/^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) throw new UsageError(`'${id}' is no rule id; write it as storage/untagged-bucket`);
  const text = ruleTemplate(id, kind);
  if (text === undefined) throw new UsageError(`'${kind}' is no kind; the kinds are ${templateKinds.join(', ')}`);
  const file = `.wardline/rules/${id.slice(id.indexOf('/') + 1)}.yaml`;
  if (fs.existsSync(file)) throw new Error(`${file} exists and is left as it is`);
  fs.mkdirSync('.wardline/rules', { recursive: true });
  writeText(file, text);
  process.stdout.write(`wrote ${file}\n`);
  return 0;
}
