import { severities, type Severity } from '../model/finding.ts';
import type { Place } from '../engine/place.ts';
import { summaryOf } from './summary.ts';
import type { ReportedFinding, ScanResult } from './result.ts';

/** One finding as a coding agent gets it; lines and columns are one-based, `id` stays the same while the code around it changes. */
export interface AgentFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: string;
  readonly path: string;
  readonly start: AgentPosition;
  readonly end: AgentPosition;
  /** Zero-based, for notebooks; `start` and `end` are then lines of this cell. */
  readonly cell?: number;
  readonly message: string;
  readonly why: string;
  /** Where data came from, the source first. */
  readonly steps?: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /** The title of a fix that can be asked for. */
  readonly fix?: string;
}

export interface AgentPosition {
  readonly line: number;
  readonly column: number;
}

/** What a scan says to a coding agent. `clean` is said only of files that were analysed. */
export interface AgentScan {
  readonly status: 'findings' | 'clean' | 'nothing-analysed';
  readonly filesAnalysed: number;
  /** The gravest first. */
  readonly findings: readonly AgentFinding[];
  /** Findings beyond those listed. */
  readonly omitted: number;
  readonly suppressed: number;
  readonly baselined: number;
  /** Files that were left out or not read whole, and what is wrong with the team's own files. */
  readonly notes: readonly string[];
}

/** Words of the workspace that stand in a message are cut here; a name of this length is none. */
const longestMessage = 400;
const mostNotes = 20;

export interface AgentLimits {
  /** Findings below it are left out. */
  readonly minimumSeverity: Severity;
  readonly most: number;
}

/** Open findings of a scan for a coding agent. `absolute` turns a reported path into one that the agent can open. */
export function agentScan(result: ScanResult, { minimumSeverity, most }: AgentLimits, absolute: (path: string) => string): AgentScan {
  const { suppressed, baselined } = summaryOf(result);
  const rank = (severity: Severity): number => severities.indexOf(severity);
  const open = result.findings.filter((one) => one.status === 'open' && rank(one.finding.severity) <= rank(minimumSeverity))
    .sort((a, b) => rank(a.finding.severity) - rank(b.finding.severity));
  return {
    status: open.length > 0 ? 'findings' : result.scanned > 0 ? 'clean' : 'nothing-analysed',
    filesAnalysed: result.scanned,
    findings: open.slice(0, most).map((one) => agentFinding(one, absolute)),
    omitted: Math.max(0, open.length - most),
    suppressed,
    baselined,
    notes: [...result.problems.map((one) => `${absolute(one.place.path)}:${one.place.start.line + 1}: ${one.message}`), ...result.notes.map((one) => `${absolute(one.path)}: ${one.message}`)].slice(0, mostNotes),
  };
}

function agentFinding({ finding, rule, place, fingerprint, related, fix }: ReportedFinding, absolute: (path: string) => string): AgentFinding {
  const message = finding.message.length > longestMessage ? `${finding.message.slice(0, longestMessage)}…` : finding.message;
  return {
    id: fingerprint,
    rule: rule.id,
    severity: finding.severity,
    confidence: finding.confidence,
    path: absolute(place.path),
    ...agentRange(place),
    message,
    why: rule.why,
    ...(related.length > 0 ? { steps: related.map((step) => ({ path: absolute(step.place.path), line: agentRange(step.place).start.line, message: step.message })) } : {}),
    ...(fix ? { fix: fix.title } : {}),
  };
}

/** Positions as editors show them; of the cell where there is one. */
export function agentRange(place: Place): { readonly start: AgentPosition; readonly end: AgentPosition; readonly cell?: number } {
  const { start, end } = place.cell && !place.cell.output ? place.cell : place;
  const shown = (at: Place['start']): AgentPosition => ({ line: at.line + 1, column: at.column + 1 });
  return { start: shown(start), end: shown(end), ...(place.cell ? { cell: place.cell.index } : {}) };
}

/** The same for a reader of text. */
export function agentText(scan: AgentScan): string {
  const files = `${scan.filesAnalysed} ${scan.filesAnalysed === 1 ? 'file' : 'files'}`;
  const head = scan.status === 'nothing-analysed' ? 'Nothing was analysed: none of the files is of a kind that Wardline reads.'
    : scan.status === 'clean' ? `No findings in ${files}.` : `${scan.findings.length + scan.omitted} ${scan.findings.length + scan.omitted === 1 ? 'finding' : 'findings'} in ${files}.`;
  const decided = scan.suppressed + scan.baselined > 0 ? [`${scan.suppressed} suppressed and ${scan.baselined} in the baseline are not listed.`] : [];
  const lines = scan.findings.map((one) => `${one.path}:${one.cell === undefined ? '' : `cell ${one.cell + 1}:`}${one.start.line}:${one.start.column} ${one.severity} ${one.rule} [${one.id}] ${one.message}${one.fix ? ` Fix: ${one.fix}.` : ''}`);
  const more = scan.omitted > 0 ? [`${scan.omitted} more are left out.`] : [];
  return [head, ...decided, ...lines, ...more, ...scan.notes.map((note) => `Note: ${note}`)].join('\n');
}

