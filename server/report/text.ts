import type { Place } from '../engine/place.ts';
import type { Severity } from '../model/finding.ts';
import { referencesOf } from '../rule/references.ts';
import type { ReportedFinding, ScanResult } from './result.ts';
import { summaryOf } from './summary.ts';

const colours: Readonly<Record<Severity, string>> = { critical: '1;31', high: '31', medium: '33', low: '36', info: '2' };
const widest = 160;

/** A report for a person at a terminal: by file, with the line, why it matters and what to do. */
export function text(result: ScanResult, options: { readonly colour: boolean; readonly owners?: ((path: string) => readonly string[]) | undefined }): string {
  const paint = (code: string, words: string): string => (options.colour ? `\u001b[${code}m${words}\u001b[0m` : words);
  const out: string[] = [];
  let file = '';
  /** Rules whose reason stands above already, with another finding of the file. */
  let told = new Set<string>();
  for (const one of result.findings) {
    if (one.status !== 'open') continue;
    if (one.place.path !== file) {
      file = one.place.path;
      told = new Set();
      const owners = options.owners?.(file) ?? [];
      out.push(`${paint('1;4', file)}${owners.length > 0 ? paint('2', `  ${owners.join(' ')}`) : ''}`, '');
    }
    out.push(...finding(one, paint, told.has(one.rule.id)), '');
    told.add(one.rule.id);
  }
  if (result.problems.length > 0) out.push(paint('1', 'Configuration and suppressions'), '', ...result.problems.map((one) => `  ${one.place.path}:${one.place.start.line + 1} ${paint(one.severity === 'error' ? '31' : '33', one.severity)} ${printable(one.message)}`), '');
  out.push(...notes(result).map((note) => paint('2', `note: ${note}`)));
  if (result.notes.length > 0) out.push('');
  out.push(...summary(result, paint), '');
  return out.join('\n');
}

/** More files than this that have the same to say are named by one of them. */
const namedEach = 5;

function notes({ notes: all }: ScanResult): readonly string[] {
  const paths = new Map<string, string[]>();
  for (const { path, message } of all) paths.set(message, [...(paths.get(message) ?? []), path]);
  return all.flatMap(({ path, message }) => {
    const saying = paths.get(message)!;
    if (saying.length <= namedEach) return [`${path}: ${message}`];
    return path === saying[0] ? [`${path} and ${saying.length - 1} more: ${message}`] : [];
  });
}

/** A place in the file at hand: `12:5`, `cell 3, line 4`. */
function within({ cell, start }: Place): string {
  if (cell?.output) return `cell ${cell.index + 1}, output`;
  return cell ? `cell ${cell.index + 1}, line ${cell.start.line + 1}` : `${start.line + 1}:${start.column + 1}`;
}

function finding({ finding, rule, place, related, fix, exempted }: ReportedFinding, paint: (code: string, words: string) => string, told: boolean): string[] {
  const where = within(place);
  const out = [`  ${paint('2', where.padEnd(8))} ${paint(colours[finding.severity], finding.severity.padEnd(8))} ${printable(finding.message)}  ${paint('2', rule.id)}`];
  const inCell = place.cell && !place.cell.output ? place.cell : undefined;
  const first = inCell ? inCell.start : place.start;
  const last = inCell ? inCell.end : place.end;
  const line = place.lines[0];
  if (line !== undefined && line.trim() !== '') {
    const indent = line.length - line.trimStart().length;
    const from = Math.max(first.column, indent);
    const to = Math.max(from + 1, first.line === last.line ? last.column : line.trimEnd().length);
    const cut = from > 80 ? from - 40 : indent;
    const number = String(first.line + 1);
    const shown = printable(line.slice(cut, cut + widest).trimEnd());
    out.push(`    ${paint('2', `${number} |`)} ${maskSecret(rule.id, shown, from - cut, to - cut)}`);
    out.push(`    ${' '.repeat(number.length)} ${paint('2', '|')} ${' '.repeat(from - cut)}${paint(colours[finding.severity], '^'.repeat(Math.max(1, Math.min(to - from, widest - (from - cut)))))}`);
  }
  for (const step of related.slice(0, 8)) {
    const at = step.place.path === place.path ? within(step.place) : `${step.place.path}:${step.place.start.line + 1}`;
    out.push(`      ${paint('2', at.padEnd(8))} ${printable(step.message)}`);
  }
  if (exempted) out.push('    The change adds a suppression of this finding; it holds once the change is accepted.');
  if (!told) out.push(`    why: ${rule.why.split('\n')[0]}`);
  out.push(`    fix: ${fix ? fix.title : (rule.noFix ?? `by hand; wardline rules explain ${rule.id}`)}`);
  const ids = referencesOf(rule).slice(0, 4).map((one) => one.label);
  if (ids.length > 0 && !told) out.push(paint('2', `    ${ids.join(', ')}`));
  return out;
}

/** A secret's value never leaves the document, a snippet included. */
function maskSecret(ruleId: string, line: string, from: number, to: number): string {
  if (!ruleId.startsWith('secrets/')) return line;
  return line.slice(0, from) + '•'.repeat(Math.max(0, Math.min(to, line.length) - from)) + line.slice(to);
}

/** Text of the workspace without control characters, which could drive the terminal. */
function printable(words: string): string {
  return words.replace(/\t/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu, '·');
}

function summary(result: ScanResult, paint: (code: string, words: string) => string): string[] {
  const counts = new Map<Severity, number>();
  const { open, suppressed, baselined } = summaryOf(result);
  for (const { finding: one } of open) counts.set(one.severity, (counts.get(one.severity) ?? 0) + 1);
  const total = open.length;
  const parts = (['critical', 'high', 'medium', 'low', 'info'] as const).flatMap((severity) => (counts.has(severity) ? paint(colours[severity], `${counts.get(severity)} ${severity}`) : []));
  const files = `${result.scanned} ${result.scanned === 1 ? 'file' : 'files'} scanned`;
  const out = [total === 0 ? `${paint('32', 'No findings')} (${files}).` : `${total} ${total === 1 ? 'finding' : 'findings'} (${parts.join(', ')}); ${files}.`];
  const safe = open.filter((one) => one.fix?.safe).length;
  if (safe > 0) out.push(`wardline fix mends ${safe} of them.`);
  if (suppressed > 0 || baselined > 0) out.push(paint('2', `${suppressed} suppressed, ${baselined} in the baseline.`));
  if (result.skipped.size > 0) out.push(paint('2', `Left out: ${[...result.skipped].map(([reason, count]) => `${count} × ${reason}`).join(', ')}.`));
  return out;
}
