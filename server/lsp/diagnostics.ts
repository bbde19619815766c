import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { fingerprints } from '../engine/fingerprint.ts';
import type { Confidence, Finding, Severity } from '../model/finding.ts';
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
export function severityOf(severity: Severity, confidence: Confidence): DiagnosticSeverity {
  switch (severity) {
    case 'critical': case 'high': return confidence === 'high' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    case 'medium': return DiagnosticSeverity.Warning;
    case 'low': return DiagnosticSeverity.Information;
    case 'info': return DiagnosticSeverity.Hint;
  }
}

/** The diagnostics of one document; above the limit the last entry says how many more there are. */
export function diagnosticsOf(findings: readonly Finding[], workspace: Workspace, settings: Settings): Diagnostic[] {
  const prints = fingerprints(findings, workspace.analyzer());
  const out: Diagnostic[] = [];
  let more = 0;
  findings.forEach((finding, at) => {
    const place = workspace.locate(finding.path, finding.range);
    if (!place || !settings.shows(finding)) return;
    if (out.length >= settings.maxProblems) {
      more++;
      return;
    }
    const data: DiagnosticData = { fingerprint: prints[at]!, ruleId: finding.ruleId, confidence: finding.confidence };
    out.push({
      range: place.range,
      severity: severityOf(finding.severity, finding.confidence),
      source: 'wardline',
      code: finding.ruleId,
      codeDescription: { href: documentationUri(finding.ruleId) },
      message: workspace.analyzer().place(finding.path, finding.range)?.cell?.output ? `${finding.message.replace(/\.$/, '')}, in the saved output of this cell.` : finding.message,
      data,
      ...(finding.related.length === 0 ? {} : {
        relatedInformation: finding.related.slice(0, mostRelated).flatMap((step) => {
          const there = workspace.locate(step.path, step.range);
          return there ? [{ location: { uri: there.uri, range: there.range }, message: step.message }] : [];
        }),
      }),
    });
  });
  if (more > 0) {
    out.push({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: DiagnosticSeverity.Information,
      source: 'wardline',
      message: `${more} more findings in this file are not shown (wardline.maxProblems is ${settings.maxProblems}).`,
    });
  }
  return out;
}
