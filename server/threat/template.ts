import type { Authorisation, ControlName, Element, ElementKind, Flow, Stride } from '../model/threat.ts';

/** A threat of the library: where it applies, what shows it, what stops it. */
export interface ThreatTemplate {
  readonly id: string;
  readonly title: string;
  readonly stride: Stride;
  /** Ids of the standards: OWASP LLM and ASI, MITRE ATLAS, CWE. */
  readonly references: readonly string[];
  readonly on: readonly ElementKind[];
  /** Precondition beyond the kind. */
  readonly when?: (element: Element, view: ModelView) => boolean;
  /** Rules whose findings witness the threat: ids, `category/*`, or a prefix that ends with `*`. */
  readonly witnesses: readonly string[];
  /** The structure alone shows the threat, where no finding does. */
  readonly structural?: (element: Element, view: ModelView) => boolean;
  /** The control that mitigates it. */
  readonly control: ControlName;
  readonly why: string;
  readonly mitigation: string;
  /** When the model is wrong about it. */
  readonly falsePositives: string;
  /** 1 low to 3 high, before exposure and data are looked at. */
  readonly likelihood: 1 | 2 | 3;
  readonly impact: 1 | 2 | 3;
}

/** Questions that preconditions ask. */
export interface ModelView {
  readonly into: (element: Element) => readonly Flow[];
  readonly outOf: (element: Element) => readonly Flow[];
  readonly element: (id: string) => Element | undefined;
  /** Some chain of flows leads from the internet to the element. */
  readonly exposed: (element: Element) => boolean;
  /** Data that the team's configuration keeps from the model and that reaches it. */
  readonly unauthorised: (element: Element) => readonly Authorisation[];
}

export const kindsOf = (flows: readonly Flow[], end: 'from' | 'to', view: ModelView): readonly string[] => flows.flatMap((flow) => view.element(flow[end])?.kind ?? []);
