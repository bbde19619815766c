import type { Note } from '../engine/analyzer.ts';
import type { Place } from '../engine/place.ts';
import type { Finding } from '../model/finding.ts';
import type { TextEdit } from '../model/fix.ts';
import type { Rule } from '../rule/rule.ts';

/** A finding with all that a report shows of it, no longer tied to the engine. Paths are relative to `root`, with `/`. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly rule: Rule;
  readonly place: Place;
  readonly fingerprint: string;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly edits: readonly ReportedEdit[] };
}

export interface ReportedEdit extends TextEdit {
  readonly place: Place;
}

export interface ScanResult {
  readonly root: string;
  readonly findings: readonly ReportedFinding[];
  readonly notes: readonly Note[];
  readonly rules: readonly Rule[];
  readonly scanned: number;
  readonly skipped: ReadonlyMap<string, number>;
  readonly version: string;
}
