import type { Finding } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { Configuration } from '../config/configuration.ts';
import { closest } from '../config/closest.ts';
import { relativeTo, selects } from '../config/effective.ts';
import type { Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import { withoutDoubleSecrets } from './findings.ts';
import { readDirectives, type Directive } from './suppressions.ts';

/** Why a finding does not count as open. */
export interface Suppression {
  readonly kind: 'comment' | 'configuration';
  readonly reason?: string;
  readonly until?: string;
  /** Where it is written, for the question whether a change added it. */
  readonly origin: Origin;
}

/** A finding with what the team has decided of it. */
export interface Judged {
  readonly finding: Finding;
  readonly fingerprint: string;
  readonly status: 'open' | 'suppressed' | 'baselined';
  readonly suppression?: Suppression;
}

export interface Outcome {
  readonly judged: readonly Judged[];
  /** What is wrong with the suppressions in the file. */
  readonly problems: readonly Problem[];
}

export interface OutcomeContext {
  readonly configuration: Configuration;
  readonly rule: (id: string) => Rule | undefined;
  /** The documents of the file: itself, or the joined cells of a notebook. */
  readonly documents: readonly Document[];
  /** `2026-11-27`, by the clock of the host. */
  readonly today: string;
  readonly baselined: (path: string, finding: Finding, fingerprint: string) => boolean;
  readonly fingerprints: (findings: readonly Finding[]) => readonly string[];
}

interface Entry {
  readonly directive: Directive;
  readonly document: Document;
  readonly holds: boolean;
  used: boolean;
}

/** Findings of one file under the team's severities, suppressions and baseline. */
export function outcomeOf(file: string, found: readonly Finding[], context: OutcomeContext): Outcome {
  const { configuration } = context;
  if (configuration.ignores(file)) return { judged: [], problems: [] };
  const findings = withoutDoubleSecrets(found).flatMap((finding): Finding[] => {
    const rule = context.rule(finding.ruleId);
    const severity = rule ? configuration.severity(rule, file) : finding.severity;
    if (severity === 'off' || !configuration.reports(finding.confidence, file)) return [];
    // A rule may judge one case more or less grave than its own severity; a team's choice replaces both.
    return [rule && severity !== rule.severity ? { ...finding, severity } : finding];
  });
  const problems: Problem[] = [];
  const entries: Entry[] = context.documents.flatMap((document) => readDirectives(document).map((directive) => {
    const wrong = problemsOf(directive, document, file, context);
    problems.push(...wrong);
    return { directive, document, holds: directive.kind !== 'end' && !wrong.some((one) => one.severity === 'error'), used: false };
  }));
  const prints = context.fingerprints(findings);
  const judged = findings.map((finding, at): Judged => {
    const fingerprint = prints[at]!;
    const suppression = suppressionOf(finding, file, fingerprint, entries, context);
    if (suppression) return { finding, fingerprint, status: 'suppressed', suppression };
    return { finding, fingerprint, status: context.baselined(file, finding, fingerprint) ? 'baselined' : 'open' };
  });
  for (const { directive, document, holds, used } of entries) {
    if (holds && !used && directive.selectors.every(({ name }) => configuration.asked(name))) problems.push({ path: document.path, range: directive.range, code: 'suppression/useless', severity: 'warning', message: 'This suppression matches no finding.', fixes: [removal(directive, document)] });
  }
  return { judged, problems };
}

function suppressionOf(finding: Finding, file: string, fingerprint: string, entries: readonly Entry[], context: OutcomeContext): Suppression | undefined {
  for (const entry of entries) {
    const { directive, document } = entry;
    if (!entry.holds || document.path !== finding.path) continue;
    const { line } = document.lines.position(finding.range.start);
    if (line < directive.lines.first || line > directive.lines.last) continue;
    if (!directive.selectors.some((selector) => selects(selector.name, { id: finding.ruleId }))) continue;
    if (context.configuration.lockedBy(finding.ruleId, file)) continue;
    entry.used = true;
    return { kind: 'comment', origin: { path: document.path, range: directive.range }, ...(directive.reason ? { reason: directive.reason } : {}), ...(directive.until ? { until: directive.until } : {}) };
  }
  for (const layer of context.configuration.chain(file).layers) {
    for (const one of layer.suppressions) {
      if (!selects(one.rule, { id: finding.ruleId }) || !one.matches(relativeTo(layer.directory, file)) || (one.fingerprint !== undefined && one.fingerprint !== fingerprint)) continue;
      if ((one.until !== undefined && one.until < context.today) || (one.reason ?? '').trim() === '' || context.configuration.lockedBy(finding.ruleId, file)) continue;
      return { kind: 'configuration', origin: one.origin, ...(one.reason ? { reason: one.reason } : {}), ...(one.until ? { until: one.until } : {}) };
    }
  }
  return undefined;
}

function problemsOf(directive: Directive, document: Document, file: string, { configuration, today }: OutcomeContext): Problem[] {
  const out: Problem[] = [];
  const tell = (code: string, message: string, range = directive.range, fixes: readonly Fix[] = [removal(directive, document)], severity: Problem['severity'] = 'error'): void => void out.push({ path: document.path, range, code: `suppression/${code}`, severity, message, fixes });
  if (directive.kind === 'end') return out;
  const { layers } = configuration.chain(file);
  if (directive.selectors.length === 0) tell('no-rule', 'This suppression names no rule.');
  for (const { name, range } of directive.selectors) {
    if (configuration.known.rule.includes(name) || (name.endsWith('/*') && configuration.known.category.includes(name.slice(0, -2)))) {
      const locker = configuration.lockedBy(name, file);
      if (locker) tell('locked-rule', `${name} is locked by ${locker} and cannot be suppressed.`, range);
      continue;
    }
    const meant = closest(name, configuration.known.rule);
    tell('unknown-rule', `There is no rule ${name}${meant ? `; did you mean ${meant}?` : '.'}`, range, meant ? [{ title: `Replace with ${meant}`, safe: true, intents: [{ kind: 'replace', origin: { path: document.path, range }, text: meant }] }] : [removal(directive, document)], directive.selectors.length === 1 ? 'error' : 'warning');
  }
  const requireReason = layers.reduce((now, layer) => layer.requireReason ?? now, true);
  if (requireReason && directive.reason === undefined) tell('no-reason', 'This suppression does not hold because it gives no reason (`-- why`).');
  if (directive.until !== undefined && directive.until < today) tell('expired', `This suppression expired on ${directive.until}.`);
  const maxDays = layers.reduce<number | undefined>((now, layer) => layer.maxDays ?? now, undefined);
  if (maxDays !== undefined && (directive.until === undefined || daysBetween(today, directive.until) > maxDays)) tell('too-long', `This suppression must expire within ${maxDays} days (\`until 2027-01-31\`).`);
  return out;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Takes the comment away, with its line where nothing else stands there. */
function removal(directive: Directive, document: Document): Fix {
  const { text, lines } = document;
  const { line } = lines.position(directive.comment.start);
  const whole = lines.range(line);
  const alone = text.slice(whole.start, directive.comment.start).trim() === '' && text.slice(directive.comment.end, whole.end).trim() === '';
  let { start, end } = directive.comment;
  if (alone) {
    start = whole.start;
    end = line + 1 < lines.count ? lines.start(line + 1) : whole.end;
  } else while (start > whole.start && /[ \t]/.test(text[start - 1]!)) start--;
  return { title: 'Remove the suppression', safe: true, intents: [{ kind: 'replace', origin: { path: document.path, range: { start, end } }, text: '' }] };
}
