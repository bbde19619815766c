/**
 * Wardline's own messages between client and server: names and plain types only, so that the client may import this file.
 * Positions are zero-based, as in LSP.
 */
export const findingsRequest = 'wardline/findings';
export const scanWorkspaceRequest = 'wardline/scanWorkspace';
export const ruleDocumentationRequest = 'wardline/ruleDocumentation';
export const threatModelRequest = 'wardline/threatModel';
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
  /** Known to the team's baseline. */
  readonly baselined: boolean;
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
  /** True while it is scanned: more may be found. */
  readonly scanning: boolean;
  readonly suppressed: number;
  readonly baselined: number;
}

/** Asks for the edit that suppresses one finding; the client applies it. */
export const suppressRequest = 'wardline/suppress';
export interface SuppressParams {
  readonly uri: string;
  readonly fingerprint: string;
  readonly scope: 'line' | 'file';
  readonly reason: string;
  readonly until?: string;
}

/** Asks for the edit that adds one finding to the baseline; the client applies it. */
export const addToBaselineRequest = 'wardline/addToBaseline';
export interface AddToBaselineParams {
  readonly uri: string;
  readonly fingerprint: string;
}

/** Asks which settings hold for a rule in a file, and where they come from; in Markdown. */
export const explainConfigurationRequest = 'wardline/explainConfiguration';
export interface ExplainConfigurationParams {
  readonly uri: string;
}

/** Asks for the text of a first team configuration for the folder. */
export const starterConfigurationRequest = 'wardline/starterConfiguration';
export interface StarterConfigurationParams {
  readonly folder: string;
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
  /** Set for a threat: its id, and whether it is open. */
  readonly threat?: string;
  readonly open?: boolean;
  readonly expandable: boolean;
}

/** Asks for what is below a node of the last tree; nothing for a node that is gone. */
export const threatModelChildrenRequest = 'wardline/threatModelChildren';
export interface ThreatModelChildrenParams {
  readonly id: string;
}

export interface ThreatModelParams {
  readonly grouping: 'element' | 'threat' | 'stride' | 'framework';
  readonly openOnly: boolean;
}

export interface ThreatModelResult {
  readonly nodes: readonly ThreatModelNode[];
  /** Open threats of critical and high risk. */
  readonly grave: number;
  readonly elements: number;
}

/** Asks for the diagram: elements, flows and boundaries with their places in code. */
export const diagramRequest = 'wardline/diagram';
export interface DiagramElement {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly technology: string;
  readonly boundary: string;
  readonly dataClasses: readonly string[];
  readonly controls: readonly { readonly name: string; readonly present: boolean; readonly words: string }[];
  readonly threats: readonly { readonly id: string; readonly title: string; readonly state: string; readonly severity: FindingItem['severity']; readonly why: string; readonly mitigation: string; readonly reason: string; readonly place?: DiagramPlace }[];
  readonly place?: DiagramPlace;
  readonly reaches: readonly string[];
}
export interface DiagramPlace {
  readonly uri: string;
  readonly range: FindingItem['range'];
  readonly label: string;
}
export interface DiagramFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly action: string;
  readonly protocol?: string;
  readonly encrypted?: boolean;
  readonly validated?: boolean;
  readonly dataClasses: readonly string[];
  readonly place?: DiagramPlace;
}
export interface DiagramResult {
  readonly elements: readonly DiagramElement[];
  readonly flows: readonly DiagramFlow[];
  readonly boundaries: readonly { readonly id: string; readonly kind: string; readonly name: string; readonly parent?: string }[];
  /** What kinds, actions, controls, states and severities are called in the client's language: `kind.data-store`. */
  readonly names: Readonly<Record<string, string>>;
}

/** Asks which element of the threat model a position is in: the node of the tree by element, the narrowest first. */
export const elementAtRequest = 'wardline/elementAt';
export interface ElementAtParams {
  readonly uri: string;
  readonly position: LinePosition;
}
export interface ElementAtResult {
  readonly id: string;
}

/** Asks for the threat model in an exchange format. */
export const exportThreatModelRequest = 'wardline/exportThreatModel';
export interface ExportThreatModelParams {
  readonly format: string;
}

/** Asks for the edit that records a decision on a threat; the client applies it. */
export const decideThreatRequest = 'wardline/decideThreat';
export interface DecideThreatParams {
  readonly threat: string;
  readonly state: 'accepted' | 'mitigated' | 'transferred' | 'not-applicable';
  readonly reason: string;
  readonly by?: string;
  readonly until?: string;
}

/** Asks for the edit that records the decisions of another tool's file; the client applies it. */
export const importDecisionsRequest = 'wardline/importDecisions';
export interface ImportDecisionsParams {
  /** Name of the file, for reasons. */
  readonly name: string;
  readonly text: string;
}
export interface ImportDecisionsResult {
  /** Why nothing can be read from the file. */
  readonly error?: string;
  /** A WorkspaceEdit of LSP. */
  readonly edit?: object;
  readonly imported: number;
  readonly known: number;
  readonly unmatched: readonly string[];
}

/** Asks for the edit that records an access to data; the client applies it. */
export const acceptAccessRequest = 'wardline/acceptAccess';
export interface AcceptAccessParams {
  /** Id of the flow. */
  readonly access: string;
  readonly reason: string;
}

/** Asks for every rule that there is, those of the team's own in its files included. */
export const rulesRequest = 'wardline/rules';
export interface RuleItem {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: FindingItem['severity'];
  /** Findings of it that are known. */
  readonly findings: number;
}

/** Asks for the rules whose findings can be fixed in the files that are known. */
export const fixableRulesRequest = 'wardline/fixableRules';
export interface FixableRule {
  readonly ruleId: string;
  readonly title: string;
  readonly count: number;
  /** Every fix keeps what the code does. */
  readonly safe: boolean;
}

/** Runs one rule on the whole workspace and gives the places of its open findings. */
export const runRuleRequest = 'wardline/runRule';
export interface RunRuleParams {
  readonly ruleId: string;
}
export interface FindingPlace {
  readonly uri: string;
  readonly range: FindingItem['range'];
}
export interface RunRuleResult {
  readonly places: readonly FindingPlace[];
  readonly files: number;
}

/** Asks for the edit that fixes the findings of some rules in all files; each change has to be confirmed. */
export const fixWorkspaceRequest = 'wardline/fixWorkspace';
export interface FixWorkspaceParams {
  readonly rules: readonly string[];
}

/** Asks for the fixes of one finding, each with its edit, or with why it cannot be made here. */
export const fixesRequest = 'wardline/fixes';
export interface FixesParams {
  readonly uri: string;
  readonly fingerprint: string;
}
export interface OfferedFix {
  readonly title: string;
  /** A `WorkspaceEdit` of the Language Server Protocol. */
  readonly edit?: unknown;
  readonly refused?: string;
}

/** Asks for what somebody who looks into a problem with Wardline has to know: no code, no names of files or people; in Markdown. */
export const diagnosticReportRequest = 'wardline/diagnosticReport';

/** Asks what a model or data file holds; null for what is none. Waits for files that take long to look into. */
export const artefactRequest = 'wardline/artefact';
/** Asks for the SHA-256 of a file, in hexadecimal; null when it cannot be read. */
export const artefactDigestRequest = 'wardline/artefactDigest';
export interface ArtefactParams {
  readonly uri: string;
}
export interface ArtefactView {
  readonly name: string;
  readonly size: number;
  readonly formats: readonly string[];
  readonly verdict: 'safe' | 'unknown' | 'dangerous';
  readonly issues: readonly { readonly kind: 'dangerous' | 'malformed' | 'unknown'; readonly what: string; readonly member?: string }[];
  readonly globals: readonly { readonly name: string; readonly verdict: 'safe' | 'unknown' | 'dangerous' }[];
  /** How many tensors there are; `listed` holds the first of them. */
  readonly tensors: number;
  readonly listed: readonly { readonly name: string; readonly dtype: string; readonly shape: readonly number[]; readonly member?: string }[];
  readonly metadata: readonly { readonly key: string; readonly value: string; readonly member?: string }[];
  readonly members: readonly string[];
  readonly notes: readonly string[];
  readonly differences: readonly string[];
  readonly checked: readonly string[];
  readonly source?: string;
}

/** What the client says of itself as it starts the server, in `initializationOptions`. */
export interface ClientOptions {
  /** The client answers `listFiles` and `readFiles` for folders that the server cannot read by itself. */
  readonly providesFiles?: boolean;
}

/** Server to client: asks for the files below folders that are on no disk of the server's, such as a repository on a server that the browser shows. */
export const listFilesRequest = 'wardline/listFiles';
export interface ListFilesParams {
  readonly folders: readonly string[];
  /** Names of folders that are not entered. */
  readonly skip: readonly string[];
  /** No more files than this are listed. */
  readonly limit: number;
}
export interface ListFilesResult {
  readonly uris: readonly string[];
  /** There are more files than the limit. */
  readonly truncated: boolean;
}

/** Server to client: asks for the text of such files. */
export const readFilesRequest = 'wardline/readFiles';
export interface ReadFilesParams {
  /** Each with the bytes above which it is not read. */
  readonly files: readonly { readonly uri: string; readonly limit: number }[];
}
export interface ReadFilesResult {
  /** In the order that was asked: the text, or why there is none. */
  readonly files: readonly ({ readonly text: string } | { readonly skipped: string })[];
}
