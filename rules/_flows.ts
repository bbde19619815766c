import { flowPath, reportFlow } from '../server/rule/flow.ts';
import type { CodeContext, Example, FlowCheck, Rule } from '../server/rule/rule.ts';
import { isTest } from '../server/rule/paths.ts';
import { defineRule } from '../server/rule/rule.ts';
import type { CodeFlow, Label, SinkKind } from '../server/rule/code.ts';
import type { Confidence, Fix, RuleId, Severity } from '../server/rule/queries.ts';

export interface FlowRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly from: readonly Label[];
  readonly to: readonly SinkKind[];
  /** What happens, after the source: `is run by a shell`. */
  readonly problem: string;
  /** What happens instead, of some flows. */
  readonly said?: (flow: CodeFlow) => string | undefined;
  readonly what: string;
  readonly why: string;
  readonly whenNotToUse?: string;
  readonly references: readonly string[];
  readonly noFix: string;
  readonly fix?: (flow: CodeFlow, context: CodeContext) => readonly Fix[] | undefined;
  /** A severity of its own for some flows. */
  readonly rated?: (flow: CodeFlow) => Severity | undefined;
  /** Further condition. */
  readonly when?: (flow: CodeFlow, context: CodeContext) => boolean;
  readonly examples: readonly Example[];
  readonly off?: true;
}

export function flowRule(row: FlowRow): Rule {
  const check: FlowCheck = {
    on: 'flow', from: row.from, to: row.to,
    check: (flow, context) => {
      if (isTest(context.document.path)) return;
      if ((flow.approved || flow.tool?.approval === true) && (flow.label === 'model' || flow.label === 'tool' || flow.label === 'remote')) return;
      if (row.when && !row.when(flow, context)) return;
      const fixes = row.fix?.(flow, context);
      // What the user of a program types is as trusted as the user; a link is followed by a person.
      const mild = flow.label === 'cli' ? (row.severity === 'critical' ? 'medium' as const : 'low' as const) : flow.label === 'store' || flow.sinkName === 'a href' ? 'low' as const : flow.taint.weak && (flow.label === 'web' || flow.label === 'document') ? 'medium' as const : row.rated?.(flow);
      reportFlow(flow, context, row.severity, { message: `${subject(flow)} ${(row.said?.(flow) ?? row.problem).replace('{sink}', flow.sinkName)}.`, ...(mild ? { severity: mild } : {}), ...(fixes ? { fixes } : {}) });
    },
  };
  return defineRule({
    id: row.id, title: row.title, severity: row.severity, confidence: row.confidence ?? 'medium', references: row.references,
    what: row.what, why: row.why, whenNotToUse: row.whenNotToUse ?? 'When the value is checked in a way that the analysis does not know; suppress the finding there and say how.',
    noFix: row.noFix, checks: [check], examples: row.examples, ...(row.off ? { off: row.off } : {}),
  });
}

/** The source as the subject of a sentence. */
export function subject(flow: CodeFlow): string {
  const { what } = flow.taint;
  switch (flow.label) {
    case 'model': return 'A model’s answer';
    case 'tool': return what.startsWith('the ') ? 'An argument that the model chose' : `Argument ${what}, which the model chose,`;
    case 'web': return what.startsWith('the download of ') ? `T${what.slice(1)}` : 'Text fetched from the web';
    case 'document': return 'Text of a retrieved document';
    case 'mail': return 'Text of an e-mail';
    case 'remote': return 'The result of a remote tool';
    case 'secret': return `Secret ${what}`;
    default: return `Untrusted ${what}`;
  }
}

/** Names of objects in a bucket lead to no folder of the machine: what is at stake are other objects. */
export function ofBucket(flow: CodeFlow): string | undefined {
  return /(?:put|get|delete|copy|head)_objects?$|(?:Put|Get|Delete|Copy)ObjectCommand$/.test(flow.sinkName) ? 'decides on an object of a bucket ({sink})' : undefined;
}

export { flowPath, isTest };
