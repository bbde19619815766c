import type { Note } from '../engine/analyzer.ts';
import type { Judged } from '../engine/outcome.ts';
import type { Place } from '../engine/place.ts';
import type { Finding } from '../model/finding.ts';
import type { TextEdit } from '../model/fix.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule } from '../rule/rule.ts';

/** A finding with all that a report shows of it, no longer tied to the engine. Paths are relative to `root`, with `/`. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly rule: Rule;
  readonly place: Place;
  readonly fingerprint: string;
  /** Only open findings fail a scan. */
  readonly status: Judged['status'];
  readonly suppression?: Omit<NonNullable<Judged['suppression']>, 'origin'> & { readonly place: Place };
  /** Suppressed by what the scanned change itself adds, so it counts as open. */
  readonly exempted?: true;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  /** `safe`: it does not change what the code does, so that `wardline fix` makes it. */
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly ReportedEdit[] };
}

export interface ReportedEdit extends TextEdit {
  readonly place: Place;
}

/** Something wrong with a file of the team's, placed. */
export interface ReportedProblem extends Omit<Problem, 'path' | 'range' | 'fixes'> {
  readonly place: Place;
}

export interface ScanResult {
  readonly root: string;
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly ReportedProblem[];
  readonly notes: readonly Note[];
  readonly rules: readonly Rule[];
  readonly scanned: number;
  readonly skipped: ReadonlyMap<string, number>;
  readonly version: string;
  /** True when findings were compared with a baseline. */
  readonly withBaseline: boolean;
}
