import { languageOfPath } from '../source/language.ts';
import { readMarks } from './example.ts';
import { referencesOf } from './references.ts';
import { categoryOf, type Example, type Rule } from './rule.ts';

/** The page of a rule, in Markdown: what the documentation folder, the editor and the command line show. */
export function rulePage(rule: Rule): string {
  const out = [
    `# ${rule.title}`, '',
    `\`${rule.id}\` · ${rule.severity} · confidence ${rule.confidence} · ${categoryOf(rule.id)}${rule.off ? ' · off by default' : ''}`, '',
    rule.what, '', '## Why', '', rule.why, '',
  ];
  const bad = rule.examples.filter((example) => example.bad !== undefined);
  const good = rule.examples.filter((example) => example.good !== undefined);
  if (bad.length > 0) out.push('## Reported', '', ...bad.slice(0, 4).flatMap((example) => [...titleOf(example), ...fence(example.file, readMarks(example.bad!).text)]));
  const fixed = bad.filter((example) => example.fixed !== undefined && example.fixed !== example.bad);
  if (fixed.length > 0) out.push('## After the quick fix', '', ...fixed.slice(0, 4).flatMap((example) => fence(example.file, example.fixed!)));
  if (good.length > 0) out.push('## Not reported', '', ...good.slice(0, 4).flatMap((example) => [...titleOf(example), ...fence(example.file, example.good!)]));
  out.push('## When not to use it', '', rule.whenNotToUse, '');
  if (rule.noFix) out.push(fixed.length > 0 ? '## Where there is no quick fix' : '## Why there is no quick fix', '', rule.noFix, '');
  if (rule.leadsTo) out.push('## After the fix', '', `The fixed state is judged by ${rule.leadsTo.map((id) => `\`${id}\``).join(', ')}, which asks for more.`, '');
  const references = referencesOf(rule);
  if (references.length > 0) out.push('## References', '', ...references.map((one) => `- ${one.uri ? `[${one.label}](${one.uri})` : one.label}: ${one.title}`), '');
  return `${out.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function titleOf(example: Example): string[] {
  return example.title ? [example.title, ''] : [];
}

const names: Readonly<Record<string, string>> = { typescript: 'ts', tsx: 'tsx', javascript: 'js', jsx: 'jsx', terraform: 'hcl', notebook: 'python', dotenv: 'ini', shell: 'sh' };

/** The name by which Markdown renderers know a file's language. */
export function fenceLanguage(file: string): string {
  const language = languageOfPath(file) ?? 'text';
  return names[language] ?? language;
}

function fence(file: string, code: string): string[] {
  const ticks = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((match) => match[0].length + 1)));
  return [`${ticks}${fenceLanguage(file)}`, code.trimEnd(), ticks, ''];
}
