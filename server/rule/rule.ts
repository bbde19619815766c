import type { FoundSecret, SecretGroup } from '../analysis/secrets/secret.ts';
import type { TextRange } from '../base/range.ts';
import type { ArtefactReport } from '../artefact/report.ts';
import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall, CodeFlow } from '../analysis/code/events.ts';
import type { Label, SinkKind } from '../analysis/code/kinds.ts';
import type { SinkSpec } from '../analysis/code/tables/sinks.ts';
import type { Category, Confidence, RelatedPlace, RuleId, Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { Origin } from '../model/origin.ts';
import type { PolicyStatement } from '../model/policy.ts';
import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { TextItem } from '../model/text.ts';
import type { Document } from '../source/document.ts';
import type { FilePolicy } from './model-policy.ts';
import type { Sources } from '../source/sources.ts';
import type { Language } from '../source/language.ts';

/** One security rule: metadata, texts, checks and examples. Its id is its file's path under rules/. */
export interface Rule {
  readonly id: RuleId;
  /** Names the bad state in sentence case, without a full stop: `Bucket without encryption at rest`. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Ids of ./standards.json: `CWE-798`, `LLM02:2025`, `AML.T0055`; with the framework's key where an id alone is ambiguous: `hipaa:164.312(a)(2)(iv)`. */
  readonly references: readonly string[];
  readonly what: string;
  readonly why: string;
  readonly whenNotToUse: string;
  /** Off rules run only when a configuration turns them on. Default on. */
  readonly off?: true;
  readonly tags?: readonly string[];
  /** Why no fix is offered; required when no check ever reports one. */
  readonly noFix?: string | undefined;
  /** Stricter rules that can only judge what is there after the fix, so that a fix may bring up their findings. Such a fix is not applied in bulk. */
  readonly leadsTo?: readonly RuleId[];
  /** Rules that say the same of the same code. Where one of them reports, this one is silent. */
  readonly yieldsTo?: readonly RuleId[];
  /** Of a row of a table: where Azure's own templates keep the attribute; see rule/attribute-table. */
  readonly templatePath?: string;
  readonly checks: readonly Check[];
  readonly examples: readonly Example[];
}

/** A check declares what it asks for, so that the engine builds only the models that are needed and dispatches in one pass. */
export type Check = ResourceCheck | StatementCheck | CallCheck | CodeCheck | FlowCheck | TextCheck | SecretCheck | DocumentCheck | ArtefactCheck;

interface CheckBase {
  /** The check can only report in a file that contains one of these words; lets a scan skip the file unparsed. */
  readonly words?: readonly string[];
}

export interface ResourceCheck extends CheckBase {
  readonly on: 'resource';
  /** Canonical types, or '*' for all. */
  readonly types: readonly string[];
  readonly check: (resource: Resource, context: ResourceContext) => void;
}

export interface StatementCheck extends CheckBase {
  readonly on: 'statement';
  readonly check: (statement: PolicyStatement, context: ResourceContext) => void;
}

export interface CallCheck extends CheckBase {
  readonly on: 'call';
  /** Qualified names of callees, `{a,b}` for alternatives; see CodeCall.name. One list for TypeScript and Python. */
  readonly callees: readonly string[];
  readonly check: (call: CodeCall, context: CodeContext) => void;
}

export interface CodeCheck extends CheckBase {
  readonly on: 'code';
  /** Text by which the check can report in a file that uses no library that is known; such files are not parsed for it otherwise. */
  readonly alone?: RegExp;
  readonly check: (code: CodeAnalysis, context: CodeContext) => void;
}

/** Untrusted data that reaches a sink, for TypeScript and Python alike. `check` may be left out where the message is all. */
export interface FlowCheck extends CheckBase {
  readonly on: 'flow';
  readonly from: readonly Label[];
  readonly to: readonly SinkKind[];
  /** Sinks beyond those that are known for the kinds. */
  readonly sinks?: readonly SinkSpec[];
  /** Names that are untrusted beyond those that are known; their label is `team`. */
  readonly sources?: readonly string[];
  /** Functions whose result is harmless to the check's kinds of sink. */
  readonly sanitizers?: readonly string[];
  readonly check: (flow: CodeFlow, context: CodeContext) => void;
}

export interface TextCheck extends CheckBase {
  readonly on: 'text';
  readonly check: (item: TextItem, context: TextContext) => void;
}

/** Secrets are found once per document for all rules; a check takes those of its groups. */
export interface SecretCheck extends CheckBase {
  readonly on: 'secret';
  readonly groups: readonly SecretGroup[];
  readonly check: (secret: FoundSecret, context: TextContext) => void;
}

export interface DocumentCheck extends CheckBase {
  readonly on: 'document';
  readonly languages: readonly Language[];
  readonly check: (document: Document, context: DocumentContext) => void;
}

/** Judges a file that holds a model or data, by what its bytes say of themselves. The finding lies at the file's beginning. */
export interface ArtefactCheck extends CheckBase {
  readonly on: 'artefact';
  readonly check: (artefact: ArtefactReport, context: ArtefactContext) => void;
}

export interface ArtefactContext {
  readonly report: (report: Omit<Report, 'at'>) => void;
}

export interface Report {
  /** The smallest token that is wrong. An origin may lie in another file of the unit; a plain range lies in the document. */
  readonly at: Origin | TextRange;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly flow?: boolean;
  readonly explanation?: string;
  readonly identity?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
}

interface Context {
  readonly document: Document;
  readonly report: (report: Report) => void;
}

export interface DocumentContext extends Context {
  readonly sources: Sources;
}

export interface ResourceContext extends DocumentContext {
  readonly unit: ResourceUnit;
  /** All policy statements of the unit. */
  readonly statements: readonly PolicyStatement[];
}

export interface CodeContext extends DocumentContext {
  readonly code: CodeAnalysis;
  /** What a file of the workspace holds, where it is an artefact and the host can look into it. */
  readonly artefact?: (path: string) => ArtefactReport | undefined;
  /** Which models may see which data, where the team has said so. */
  readonly modelPolicy?: FilePolicy;
}

export interface TextContext extends DocumentContext {
  readonly items: readonly TextItem[];
}

/**
 * A sample that is both documentation and test. In `bad`, lines of blanks and `^^^` mark the exact range in the line above;
 * they are removed before the analysis. `fixed` is the text after the first fix of each finding was applied.
 */
export interface Example {
  /** File name; decides the language: `main.tf`, `app.ts`, `train.py`, `train.ipynb` (cells separated by `# %%` lines). */
  readonly file: string;
  readonly bad?: string;
  readonly fixed?: string;
  readonly good?: string;
  /** Further files of the same workspace. */
  readonly files?: Readonly<Record<string, string>>;
  readonly title?: string;
}

export type { Category, RuleId } from '../model/finding.ts';

export function defineRule(rule: Rule): Rule {
  return rule;
}

export function categoryOf(id: RuleId): Category {
  return id.slice(0, id.indexOf('/')) as Category;
}
