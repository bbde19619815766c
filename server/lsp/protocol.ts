/**
 * Wardline's own messages between client and server: names and plain types only, so that the client may import this file.
 * Positions are zero-based, as in LSP.
 */
export const findingsRequest = 'wardline/findings';
export const scanWorkspaceRequest = 'wardline/scanWorkspace';
export const ruleDocumentationRequest = 'wardline/ruleDocumentation';
export const threatModelRequest = 'wardline/threatModel';
export const fixAllRequest = 'wardline/fixAll';
/** Server to client: findings may have changed; views ask again. */
export const changedNotification = 'wardline/changed';

export interface FindingItem {
  readonly uri: string;
  /** Set for a notebook: the cell's URI where it is open, and its zero-based index. */
  readonly cellUri?: string;
  readonly cell?: number;
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
  readonly ruleId: string;
  readonly title: string;
  readonly message: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info';
  readonly confidence: 'high' | 'medium' | 'low';
  readonly fixable: boolean;
  readonly fingerprint: string;
}

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export interface FindingsResult {
  readonly items: readonly FindingItem[];
  /** Files whose findings are in the list. */
  readonly files: number;
  /** True once the whole workspace was scanned. */
  readonly scanned: boolean;
}

export interface ScanResultSummary {
  readonly files: number;
  readonly findings: number;
  readonly notes: readonly string[];
  readonly cancelled: boolean;
}

export interface ChangedParams {
  /** The file that was analysed, where one was. */
  readonly uri?: string;
  readonly findings?: number;
  readonly milliseconds?: number;
}

/** A node of the threat model's tree. */
export interface ThreatModelNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly place?: { readonly uri: string; readonly range: FindingItem['range'] };
  readonly children: readonly ThreatModelNode[];
}

export interface ThreatModelResult {
  readonly nodes: readonly ThreatModelNode[];
}
