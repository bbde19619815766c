import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { nameOf } from '../base/speech/speech.ts';
import { readMarks } from '../rule/example.ts';
import { fenceLanguage } from '../rule/page.ts';
import { referencesOf } from '../rule/references.ts';
import { categoryOf, type Rule } from '../rule/rule.ts';
import type { Finding } from '../model/finding.ts';
import { languageOfPath } from '../source/language.ts';
import { within } from './ranges.ts';
import { wildcardAt } from './wildcard-hover.ts';
import type { Workspace } from './workspace.ts';

const sampleLines = 8;

/** What a finding is, why it matters and how to mend it, and what a wildcard of a policy stands for. */
export function hover(params: HoverParams, workspace: Workspace): Hover | undefined {
  const { textDocument: { uri }, position } = params;
  const here = workspace.findingsIn(uri).flatMap(({ finding }) => {
    const place = workspace.locate(finding.path, finding.range);
    const inside = place && within(position, place.range);
    const rule = workspace.analyzer().rule(finding.ruleId);
    return inside && rule ? [{ finding, rule, place }] : [];
  });
  const wildcard = wildcardAt(params, workspace);
  const range = here[0]?.place.range ?? wildcard?.range;
  if (!range) return undefined;
  const value = [...(wildcard ? [wildcard.text] : []), ...here.slice(0, 3).map(({ finding, rule }) => describe(finding, rule, uri, workspace))].join('\n\n---\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}

function describe(finding: Finding, rule: Rule, uri: string, workspace: Workspace): string {
  const { say } = workspace;
  const confidence = say('hover.confidence', { confidence: nameOf(say, 'severity', finding.confidence) });
  const out = [`**${rule.title}** · ${nameOf(say, 'severity', finding.severity)} · ${confidence} · ${categoryOf(rule.id)}`, '', rule.why];
  if (finding.explanation !== undefined) out.push('', escapeMarkdown(finding.explanation));
  const refused = finding.fixes.flatMap((fix) => workspace.analyzer().refusal(fix) ?? [])[0];
  if (refused !== undefined) out.push('', say('hover.notFixed', { reason: escapeMarkdown(refused) }));
  const sample = sampleFor(rule, uri);
  if (sample) out.push('', say('hover.howToFix'), '', sample);
  else if (rule.noFix && finding.fixes.length === 0) out.push('', rule.noFix);
  const ids = referencesOf(rule).map((one) => (one.uri ? `[${one.label}](${one.uri})` : one.label));
  if (ids.length > 0) out.push('', ids.join(' · '));
  out.push('', `[${say('hover.documentation')}](command:wardline.showRuleDocumentation?${encodeURIComponent(JSON.stringify([rule.id]))})`);
  return out.join('\n');
}

/** A sample of the mended state in the language of the file. */
function sampleFor(rule: Rule, uri: string): string | undefined {
  const language = languageOfPath(uri);
  const mended = rule.examples.filter((example) => example.fixed !== undefined || example.good !== undefined);
  const example = mended.find((one) => languageOfPath(one.file) === language) ?? mended[0];
  if (!example) return undefined;
  const lines = readMarks(example.fixed ?? example.good!).text.trimEnd().split('\n');
  const shown = lines.slice(0, sampleLines);
  return ['```' + fenceLanguage(example.file), ...shown, ...(lines.length > shown.length ? ['...'] : []), '```'].join('\n');
}

/** Text that came out of the workspace must not become markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
}
