import type { Confidence, RuleId, Severity } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import type { Example, ResourceCheck, ResourceContext, Rule } from './rule.ts';

/** A bundle of files of rules, each of which runs when it is asked for. */
export interface Shelf {
  readonly files: readonly (() => Rule | readonly Rule[])[];
}

/**
 * What is known of a rule before its file is loaded: id, severity, confidence, whether it is off, tags, the rules that it yields to, and for each of
 * its checks the place of its list of types. Written by scripts/rule-shelves.mjs.
 */
type Row = readonly [RuleId, Severity, Confidence, 0 | 1, readonly string[] | 0, readonly RuleId[] | 0, ...number[]];

/** Rows by file, the lists of types that they name, and the types that those name. */
interface Catalogue {
  readonly types: readonly string[];
  readonly lists: readonly (readonly number[])[];
  readonly rows: readonly (readonly Row[])[];
}

/**
 * Gives the rules of one file by its place in the catalogue. The file is loaded when the first of its checks runs, or when more is asked of a rule than stands
 * in its row. Most of what thousands of rules are is of no use to a file: a program starts in the time of those that can run.
 */
export function openShelves(catalogue: string): (file: number, load: () => Rule | readonly Rule[]) => readonly Rule[] {
  const { types, lists, rows } = JSON.parse(catalogue) as Catalogue;
  const named = lists.map((list) => list.map((type) => types[type]!));
  return (file, load) => {
    let loaded: readonly Rule[] | undefined;
    const rulesOf = (): readonly Rule[] => (loaded ??= [load()].flat());
    return rows[file]!.map((row, at) => new ShelvedRule(row, named, at, rulesOf));
  };
}

class ShelvedRule implements Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  declare readonly off?: true;
  declare readonly tags?: readonly string[];
  declare readonly yieldsTo?: readonly RuleId[];
  readonly checks: readonly ResourceCheck[];
  private readonly at: number;
  private readonly rules: () => readonly Rule[];

  constructor([id, severity, confidence, off, tags, yieldsTo, ...lists]: Row, named: readonly (readonly string[])[], at: number, rules: () => readonly Rule[]) {
    this.id = id;
    this.severity = severity;
    this.confidence = confidence;
    if (off) this.off = true;
    if (tags) this.tags = tags;
    if (yieldsTo) this.yieldsTo = yieldsTo;
    this.checks = lists.map((list, check) => new ShelvedCheck(named[list]!, this, check));
    this.at = at;
    this.rules = rules;
  }

  get written(): Rule {
    return this.rules()[this.at]!;
  }
  get title(): string {
    return this.written.title;
  }
  get references(): readonly string[] {
    return this.written.references;
  }
  get what(): string {
    return this.written.what;
  }
  get why(): string {
    return this.written.why;
  }
  get whenNotToUse(): string {
    return this.written.whenNotToUse;
  }
  get noFix(): string | undefined {
    return this.written.noFix;
  }
  get leadsTo(): readonly RuleId[] {
    return this.written.leadsTo ?? [];
  }
  get examples(): readonly Example[] {
    return this.written.examples;
  }
}

class ShelvedCheck implements ResourceCheck {
  readonly on = 'resource';
  readonly types: readonly string[];
  private readonly rule: ShelvedRule;
  private readonly at: number;

  constructor(types: readonly string[], rule: ShelvedRule, at: number) {
    this.types = types;
    this.rule = rule;
    this.at = at;
  }

  check(resource: Resource, context: ResourceContext): void {
    (this.rule.written.checks[this.at] as ResourceCheck).check(resource, context);
  }
}
