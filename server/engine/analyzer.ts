import { neverCancelled, throwIfCancelled, type Cancellation } from '../base/cancellation.ts';
import { lowerCode } from '../lower/code.ts';
import { lowerUnit, unitKey } from '../lower/resources.ts';
import { lowerText } from '../lower/text.ts';
import { printFix } from '../fix/print.ts';
import type { Finding } from '../model/finding.ts';
import type { Fix, TextEdit } from '../model/fix.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import { isCode } from '../source/language.ts';
import type { Sources } from '../source/sources.ts';
import { createDocuments, type Dependencies } from './documents.ts';
import { findingOf, sortFindings } from './findings.ts';
import type { EngineHost } from './host.ts';
import { locate, type Place } from './place.ts';
import { runCodeRules } from './run-code.ts';
import { runDocumentRules } from './run-document.ts';
import { runResourceRules, type Guard, type RuleSink } from './run-resource.ts';
import { runTextRules } from './run-text.ts';

/** Something that the user should know about the analysis itself: a file left out, a rule that failed. */
export interface Note {
  readonly path: string;
  readonly message: string;
}

export interface Analysis {
  /** All findings of the file's analysis, sorted. A finding may lie in another file of the unit (a Terraform module). */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

export interface Analyzer {
  /** Findings of one file; cached until the file, or one that its analysis has read, changes. Throws CancelledError only. */
  readonly analyze: (path: string, cancellation?: Cancellation) => Analysis;
  /** Tells that a file's text appeared, changed or went. */
  readonly changed: (path: string) => void;
  /** Edits of a fix, or undefined when it cannot be printed here. */
  readonly edits: (fix: Fix) => readonly TextEdit[] | undefined;
  /** Where a range lies for a person: file, lines, and cell for a notebook. */
  readonly place: (path: string, range: Finding['range']) => Place | undefined;
  readonly document: (path: string) => Document | undefined;
  readonly rule: (id: string) => Rule | undefined;
  readonly rules: readonly Rule[];
}

export interface AnalyzerOptions {
  readonly host: EngineHost;
  /** The rules to run, with the configuration's severities in place. */
  readonly rules: readonly Rule[];
}

interface Cached extends Analysis {
  readonly dependencies: Dependencies;
}

/** Failures after which a rule is left out for the rest of the session. */
const quarantineAfter = 3;

/** The engine: pure, synchronous, without IO of its own. */
export function createAnalyzer({ host, rules }: AnalyzerOptions): Analyzer {
  const documents = createDocuments(host);
  const files = new Map<string, Cached>();
  const units = new Map<string, Cached>();
  const failures = new Map<string, number>();
  const byId = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
  const having = (kinds: readonly string[]): readonly Rule[] => rules.filter((rule) => rule.checks.some((check) => kinds.includes(check.on)));
  const groups = {
    resource: having(['resource', 'statement']),
    code: having(['call', 'code', 'flow']),
    text: having(['text']),
    document: having(['document']),
  };

  const collect = (path: string, cancellation: Cancellation) => {
    const findings: Finding[] = [];
    const notes: Note[] = [];
    const sink: RuleSink = (rule, document, report: Report) => void findings.push(findingOf(rule, document, report));
    const guard: Guard = (rule, run) => {
      const failed = failures.get(rule.id) ?? 0;
      if (failed >= quarantineAfter) return;
      throwIfCancelled(cancellation);
      try {
        run();
      } catch (error) {
        failures.set(rule.id, failed + 1);
        notes.push({ path, message: `rule ${rule.id} failed and was left out: ${error instanceof Error ? error.message : String(error)}` });
      }
    };
    return { findings, notes, sink, guard };
  };

  const analyzeUnit = (key: string, document: Document, cancellation: Cancellation): Cached => {
    const known = units.get(key);
    if (known && documents.current(known.dependencies)) return known;
    const { sources, dependencies } = documents.recorder();
    const { findings, notes, sink, guard } = collect(document.path, cancellation);
    const lowered = lowerUnit(key, sources);
    runResourceRules(groups.resource, lowered, document, sources, sink, guard);
    const result = { findings, notes, dependencies };
    units.set(key, result);
    return result;
  };

  const analyzeDocument = (document: Document, sources: Sources, dependencies: Map<string, number>, into: ReturnType<typeof collect>, cancellation: Cancellation): void => {
    const { sink, guard } = into;
    runTextRules(groups.text, () => lowerText(document), document, sink, guard);
    throwIfCancelled(cancellation);
    runDocumentRules(groups.document, document, sources, sink, guard);
    if (isCode(document.language)) runCodeRules(groups.code, () => lowerCode(document), document, sources, sink, guard);
    throwIfCancelled(cancellation);
    const key = unitKey(document);
    if (key === undefined) return;
    const unit = analyzeUnit(key, document, cancellation);
    for (const [read, generation] of unit.dependencies) dependencies.set(read, generation);
    into.findings.push(...unit.findings);
    into.notes.push(...unit.notes);
  };

  return {
    rules,
    rule: (id) => byId.get(id),
    document: documents.document,
    analyze: (path, cancellation = neverCancelled) => {
      const known = files.get(path);
      if (known && documents.current(known.dependencies)) return known;
      const { sources, dependencies } = documents.recorder();
      const into = collect(path, cancellation);
      const notebook = documents.notebook(path);
      const document = sources.document(path);
      if (document) analyzeDocument(document, sources, dependencies, into, cancellation);
      for (const part of notebook?.parts ?? []) analyzeDocument(part, sources, dependencies, into, cancellation);
      const result = { findings: sortFindings(into.findings), notes: into.notes, dependencies };
      files.set(path, result);
      return result;
    },
    changed: documents.changed,
    edits: (fix) => printFix(fix, documents.recorder().sources),
    place: (path, range) => locate(documents, path, range),
  };
}
