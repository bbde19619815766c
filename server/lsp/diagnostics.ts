import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import type { Judged } from '../engine/outcome.ts';
import type { Confidence, RelatedPlace, Severity } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import { documentationUri } from '../rule/documentation.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** What a diagnostic carries for the code actions that follow it. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly confidence: Confidence;
}

const mostRelated = 8;

/** Critical and high are red only when we are sure; hardening never is. */
function severityOf(severity: Severity, confidence: Confidence): DiagnosticSeverity {
  switch (severity) {
    case 'critical': case 'high': return confidence === 'high' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    case 'medium': return DiagnosticSeverity.Warning;
    case 'low': return DiagnosticSeverity.Information;
    case 'info': return DiagnosticSeverity.Hint;
  }
}

/** The diagnostics of one document; above the limit the last entry says how many more there are. */
export function diagnosticsOf(judged: readonly Judged[], workspace: Workspace, settings: Settings): Diagnostic[] {
  const out: Diagnostic[] = [];
  let more = 0;
  for (const one of judged) {
    const { finding, fingerprint, status } = one;
    const place = settings.shows(one) ? workspace.locate(finding.path, finding.range) : undefined;
    if (!place) continue;
    if (out.length >= settings.maxProblems) {
      more++;
      continue;
    }
    const data: DiagnosticData = { fingerprint, ruleId: finding.ruleId, confidence: finding.confidence };
    out.push({
      range: place.range,
      severity: status === 'baselined' ? DiagnosticSeverity.Hint : severityOf(finding.severity, finding.confidence),
      ...(status === 'baselined' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      source: 'wardline',
      code: finding.ruleId,
      codeDescription: { href: documentationUri(finding.ruleId) },
      message: workspace.analyzer().place(finding.path, finding.range)?.cell?.output ? `${finding.message.replace(/\.$/, '')}, in the saved output of this cell.` : finding.message,
      data,
      ...relatedOf(finding.related, workspace),
    });
  }
  if (more > 0) {
    out.push({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: DiagnosticSeverity.Information,
      source: 'wardline',
      message: workspace.say('note.moreFindings', { count: more, limit: settings.maxProblems }),
    });
  }
  return out;
}

function relatedOf(related: readonly RelatedPlace[], workspace: Workspace): Pick<Diagnostic, 'relatedInformation'> {
  if (related.length === 0) return {};
  return {
    relatedInformation: related.slice(0, mostRelated).flatMap((step) => {
      const there = workspace.locate(step.path, step.range);
      return there ? [{ location: { uri: there.uri, range: there.range }, message: step.message }] : [];
    }),
  };
}

const problemSeverity = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, info: DiagnosticSeverity.Information } as const;

/** The diagnostics of what is wrong with the team's files and suppressions. */
export function problemDiagnostics(problems: readonly Problem[], workspace: Workspace): Diagnostic[] {
  return problems.flatMap((problem): Diagnostic[] => {
    const place = workspace.locate(problem.path, problem.range);
    return place ? [{ range: place.range, severity: problemSeverity[problem.severity], source: 'wardline', code: problem.code, message: problem.message, ...relatedOf(problem.related ?? [], workspace) }] : [];
  });
}
