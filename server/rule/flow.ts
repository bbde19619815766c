import type { CodeFlow } from '../analysis/code/events.ts';
import type { Step } from '../analysis/code/value.ts';
import type { RelatedPlace, Confidence, Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { CodeContext } from './rule.ts';

/** The steps from where data was read to the sink, in that order. */
export function flowPath(flow: CodeFlow): readonly RelatedPlace[] {
  const out: RelatedPlace[] = [];
  for (let at: Step | undefined = flow.taint.step; at; at = at.previous) out.unshift({ ...at.origin, message: at.message });
  out.push({ ...flow.at, message: `reaches ${flow.sinkName}` });
  return out;
}

export interface FlowReport {
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
  readonly confidence?: Confidence;
}

const lower: Readonly<Record<Severity, Severity>> = { critical: 'high', high: 'medium', medium: 'low', low: 'info', info: 'info' };

/** Reports a flow with its path. Data that passed through an unknown function, or in a test, counts for less. */
export function reportFlow(flow: CodeFlow, context: CodeContext, severity: Severity, report: FlowReport): void {
  const weak = flow.taint.weak;
  const rated = report.severity ?? severity;
  context.report({
    at: flow.at, message: report.message, related: flowPath(flow), flow: true,
    severity: weak ? lower[rated] : rated,
    ...(weak ? { confidence: 'low' as const } : report.confidence ? { confidence: report.confidence } : {}),
    ...(report.fixes ? { fixes: report.fixes } : {}),
  });
}

/** How a source reads in a sentence: `req.body.goal`, `the model's answer`. */
export function sourceOf(flow: CodeFlow): string {
  const { what } = flow.taint;
  if (flow.label === 'model') return 'The model’s answer';
  if (flow.label === 'tool') return `The model’s argument ${what.startsWith('the ') ? '' : what}`.trim();
  return what.charAt(0).toUpperCase() === what.charAt(0) ? what : `\`${what}\``;
}
