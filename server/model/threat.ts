import type { Finding, RelatedPlace, Severity } from './finding.ts';
import type { ModelIdentity } from './model-policy.ts';
import type { Origin } from './origin.ts';

/** The threat model: a data-flow diagram whose every part has evidence, and the threats that follow from it. Plain data. */
export interface ThreatModel {
  readonly elements: readonly Element[];
  readonly flows: readonly Flow[];
  readonly boundaries: readonly Boundary[];
  readonly threats: readonly Threat[];
  /** Data that reaches a model which must not see it, by the team's configuration. */
  readonly unauthorised: readonly Authorisation[];
}

/** One class of data, from where it was read to the call of the model. */
export interface Authorisation {
  readonly model: string;
  readonly source: string;
  readonly dataClass: DataClass;
  /** The entry of `models` in the configuration that forbids it. */
  readonly entry: string;
  readonly at: Origin;
  readonly path: readonly RelatedPlace[];
}

export type ElementKind =
  | 'external' | 'process' | 'notebook' | 'job' | 'endpoint' | 'pipeline' | 'agent' | 'tool' | 'model' | 'prompt' | 'data-store' | 'vector-store' | 'secret' | 'identity';

/** `public` and `internal` are what a team declares; the others are inferred from names and services as well. */
export type DataClass = 'public' | 'internal' | 'personal' | 'health' | 'financial' | 'credentials' | 'training-data' | 'prompts' | 'model-weights' | (string & {});

export type ControlName =
  | 'encryption-at-rest' | 'encryption-in-transit' | 'least-privilege' | 'segmentation' | 'validation' | 'guardrails' | 'logging' | 'monitoring' | 'pinning' | 'approval'
  | 'authentication' | 'backup' | 'isolation' | 'secret-management' | 'integrity';

export interface Control {
  readonly name: ControlName;
  /** Missing controls have the finding that shows it, present ones the setting or call. */
  readonly present: boolean;
  readonly evidence: Origin | undefined;
  readonly words: string;
}

export interface Element {
  /** Stable: kind and the name by which the thing is known outside of the file, so that renaming a file keeps it. */
  readonly id: string;
  readonly kind: ElementKind;
  readonly name: string;
  /** What it is made of: `aws_s3_bucket`, `OpenAI`, `express`. */
  readonly technology: string;
  readonly boundary: string;
  readonly dataClasses: readonly DataClass[];
  readonly controls: readonly Control[];
  /** Names by which other files may mean the same thing: bucket name, ARN, host, environment variable. */
  readonly aliases: readonly string[];
  /** False when the name could not be resolved, so that it may be the same as another. */
  readonly resolved: boolean;
  readonly evidence: readonly Origin[];
  /** Where its declarations reach: a cursor in here is in the element. Whole files for what is a file. */
  readonly extents: readonly Origin[];
  /** Of a model: how a team's configuration may name it. */
  readonly identity?: ModelIdentity;
}

export type FlowAction = 'request' | 'read' | 'write' | 'invoke' | 'use' | 'grant' | 'deploy';

export interface Flow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly action: FlowAction;
  readonly protocol: string | undefined;
  /** Undefined where it is not known. */
  readonly encrypted: boolean | undefined;
  readonly authenticated: boolean | undefined;
  readonly validated: boolean | undefined;
  readonly dataClasses: readonly DataClass[];
  readonly evidence: readonly Origin[];
  /** Where what a model is given was read: the call of the model, and the read. */
  readonly taken?: readonly { readonly at: Origin; readonly read: Origin }[];
}

export type BoundaryKind = 'internet' | 'third-party' | 'cloud-account' | 'network' | 'namespace' | 'process' | 'human' | 'workspace';

export interface Boundary {
  readonly id: string;
  readonly kind: BoundaryKind;
  readonly name: string;
  readonly parent: string | undefined;
}

export type Stride = 'Spoofing' | 'Tampering' | 'Repudiation' | 'Information disclosure' | 'Denial of service' | 'Elevation of privilege';
export type ThreatState = 'open' | 'mitigated' | 'accepted' | 'transferred' | 'not-applicable';

export interface Threat {
  /** Template and element: `prompt-injection@model:openai/gpt-4.1-mini`. */
  readonly id: string;
  readonly template: string;
  readonly element: string;
  readonly title: string;
  readonly stride: Stride;
  readonly references: readonly string[];
  readonly why: string;
  readonly mitigation: string;
  readonly state: ThreatState;
  /** The control that mitigates it, or the decision that was taken. */
  readonly stateReason: string;
  /** What the team decided, where it did. */
  readonly decision?: { readonly reason: string; readonly by?: string; readonly until?: string };
  readonly risk: Risk;
  readonly witnesses: readonly Finding[];
  /** Where to look when there is no finding: the flow or element itself. */
  readonly evidence: readonly Origin[];
}

/** Likelihood and impact from 1 to 3, and why. */
export interface Risk {
  readonly likelihood: 1 | 2 | 3;
  readonly impact: 1 | 2 | 3;
  readonly severity: Severity;
  readonly reasons: readonly RiskReason[];
}

/** What made a risk greater or smaller than that of its kind of threat. */
export type RiskReason =
  | { readonly because: 'exposed' | 'inner' | 'critical' | 'hardening' }
  | { readonly because: 'holds'; readonly classes: readonly DataClass[] };

/** What one file or unit says of the system, before all of them are joined. */
export interface Facts {
  readonly elements: readonly ElementFact[];
  readonly flows: readonly FlowFact[];
}

/** An element as one place knows it. `key` is its id; another fact with the same key or a common alias is the same element. */
export interface ElementFact extends Pick<Element, 'kind' | 'name' | 'technology' | 'aliases' | 'resolved' | 'identity'> {
  readonly key: string;
  readonly boundary: BoundaryFact;
  readonly dataClasses: readonly DataClass[];
  readonly controls: readonly Control[];
  readonly origin: Origin;
  /** Findings in here belong to the element. */
  readonly extents: readonly Origin[];
  /** The file that the element is, where it is one: its key ends with the path, which the joined model shortens. */
  readonly file?: string;
  /** Addresses that it answers to, for flows of other files: `route:/api/chat`. Unlike aliases they do not make two elements one. */
  readonly answers?: readonly string[];
}

export interface BoundaryFact {
  readonly kind: BoundaryKind;
  readonly name: string;
}

/** `from` and `to` are keys, or aliases of an element that another file declares. */
export interface FlowFact extends Pick<Flow, 'action' | 'protocol' | 'encrypted' | 'authenticated' | 'validated'> {
  readonly from: string;
  readonly to: string;
  readonly dataClasses: readonly DataClass[];
  readonly origin: Origin;
  /** Of a flow into a model: where what it is given was read. */
  readonly taken?: readonly Origin[];
}
