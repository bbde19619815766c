import { baseName, joinPath } from '../base/path.ts';
import { CancelledError, neverCancelled, throwIfCancelled, type Cancellation } from '../base/cancellation.ts';
import { lowerProgram, lowerUnit, unitKey } from '../lower/resources.ts';
import { createModuleLoader } from '../lower/modules.ts';
import { lowerText } from '../lower/text.ts';
import { printFix } from '../fix/print.ts';
import type { Finding } from '../model/finding.ts';
import type { Fix, TextEdit } from '../model/fix.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Facts } from '../model/threat.ts';
import { annotatedNames, annotationsOf, type Annotation } from '../threat/annotations.ts';
import { factsOfCode } from '../threat/from-code.ts';
import { factsOfArtefact } from '../threat/from-artefact.ts';
import { factsOfProgram } from '../threat/from-program.ts';
import { artefactLoads } from './artefact-loads.ts';
import { factsOfUnit } from '../threat/from-resources.ts';
import type { Document } from '../source/document.ts';
import { sourcesOfCompiled } from '../source/compiled.ts';
import { isCode, languageOfPath } from '../source/language.ts';
import type { Notebook } from '../source/notebook.ts';
import { isMinified } from '../source/minified.ts';
import type { LinkedSources } from '../source/sources.ts';
import type { Configuration } from '../config/configuration.ts';
import { isTeamFile } from '../config/file.ts';
import type { PolicyStatement, PolicyString } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import { isWildcard } from '../rule/actions.ts';
import { createCalledActions } from './called-actions.ts';
import { createDocuments, type Dependencies } from './documents.ts';
import { findingOf, sortFindings } from './findings.ts';
import { onceEach } from './once-each.ts';
import { fingerprints } from './fingerprint.ts';
import type { EngineHost } from './host.ts';
import { lasting } from './lasting.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { locate, type Place } from './place.ts';
import { sizeProblems, tooLargeFor } from './size.ts';
import type { ArtefactReport } from '../artefact/report.ts';
import { modelsLockName } from '../artefact/lock-file.ts';
import { lockProblems } from './lock-problems.ts';
import { runArtefactRules } from './run-artefact.ts';
import { runCodeRules } from './run-code.ts';
import { runDocumentRules } from './run-document.ts';
import { runResourceRules, type Guard, type RuleSink } from './run-resource.ts';
import { runTextRules } from './run-text.ts';
import { mayHoldDirectives } from './suppressions.ts';
import { exampleProblems, type TestExample } from './team-rule-examples.ts';
import { createTeam, type Team, type TeamOptions } from './team.ts';

/** Something that the user should know about the analysis itself: a file left out, a rule that failed. */
export interface Note {
  readonly path: string;
  readonly message: string;
}

export interface Analysis {
  /** What the file says of the system, where facts were asked for. A unit's facts are the same object for all of its files. */
  readonly facts: readonly Facts[];
  readonly annotations: readonly Annotation[];
  /** Patterns for several actions in the policies of the file's unit. */
  readonly wildcards: readonly PolicyString[];
  /** All findings of the file's analysis, sorted. A finding may lie in another file of the unit (a Terraform module). */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** True where the file is left out and its notes say why. */
  readonly leftOut?: true;
}

export interface Analyzer {
  /** Findings of one file; cached until the file, or one that its analysis has read, changes. Throws CancelledError only. */
  readonly analyze: (path: string, cancellation?: Cancellation) => Analysis;
  /** What the team's severities, suppressions and baseline make of all findings that lie in a file. */
  readonly outcome: (path: string, findings: readonly Finding[]) => Outcome;
  /** What is wrong in a file of the team's: its configuration, its baseline. */
  readonly problems: (path: string) => readonly Problem[];
  readonly configuration: Configuration;
  readonly baselineOf: Team['baselineOf'];
  /** Tells that a file's text appeared, changed or went. True when results of other files may change with it: a team's file. */
  readonly changed: (path: string) => boolean;
  /** True when the last analysis of a file rests on files that have changed since. */
  readonly isStale: (path: string) => boolean;
  /** Edits of a fix, or undefined when it cannot be printed here. */
  readonly edits: (fix: Fix) => readonly TextEdit[] | undefined;
  /** Why a fix that exists must not be made where it is offered. */
  readonly refusal: (fix: Fix) => string | undefined;
  /** Rules that threw, each with the kind of the error and its place in the program; nothing of what was analysed. */
  readonly failures: () => readonly string[];
  /** Where a range lies for a person: file, lines, and cell for a notebook. */
  readonly place: (path: string, range: Finding['range']) => Place | undefined;
  readonly document: (path: string) => Document | undefined;
  /** The notebook whose joined cells a path names. */
  readonly notebookOfPart: (partPath: string) => Notebook | undefined;
  readonly rule: (id: string) => Rule | undefined;
  readonly rules: readonly Rule[];
}

export interface AnalyzerOptions {
  readonly host: EngineHost;
  /** All rules; configuration decides which run. */
  readonly rules: readonly Rule[];
  /** Default: the team's files are not read. */
  readonly team?: TeamOptions;
  /** Collect what the threat model is made of. Default false. */
  readonly facts?: boolean;
  /** Characters of text to keep with their trees for files that are read again. */
  readonly keep?: number;
  /** For reports over many files: findings keep nothing of what they were found in, see `lasting`; wildcards are not collected. Default false. */
  readonly lasts?: boolean;
}

/** Where what is found in bytes is shown. */
const top = { line: 0, column: 0 };

const nothing: Analysis = { findings: [], notes: [], facts: [], annotations: [], wildcards: [] };

interface CachedUnit extends Analysis {
  readonly dependencies: Dependencies;
}

interface Cached extends CachedUnit {
  /** Whether the file may hold suppressions. */
  readonly directed: boolean;
}

interface Groups {
  readonly resource: readonly Rule[];
  readonly code: readonly Rule[];
  readonly text: readonly Rule[];
  readonly document: readonly Rule[];
  readonly artefact: readonly Rule[];
}

function groupsOf(rules: readonly Rule[]): Groups {
  const having = (kinds: readonly string[]): readonly Rule[] => rules.filter((rule) => rule.checks.some((check) => kinds.includes(check.on)));
  return { resource: having(['resource', 'statement']), code: having(['call', 'code', 'flow']), text: having(['text', 'secret']), document: having(['document']), artefact: having(['artefact']) };
}

function wildcardsOf(statements: readonly PolicyStatement[]): readonly PolicyString[] {
  return statements.flatMap(({ system, actions, notActions }) => (system === 'aws' ? [...actions, ...notActions].filter((one) => isWildcard(one.value)) : []));
}

/** Failures after which a rule is left out for the rest of the session. */
const quarantineAfter = 3;

/** The engine: pure, synchronous, without IO of its own. */
export function createAnalyzer({ host, rules, team: teamOptions = { readFiles: false }, facts: wantsFacts = false, keep, lasts = false }: AnalyzerOptions): Analyzer {
  // The configuration is read through the same documents: while it is, no limit holds.
  let measuring = false;
  const limitOf = (path: string): number | undefined => {
    if (measuring || isTeamFile(path)) return undefined;
    measuring = true;
    try {
      return team.configuration.fileSize(path);
    } finally {
      measuring = false;
    }
  };
  const documents = createDocuments(host, limitOf, keep);
  const team = createTeam(documents.recorder().sources, rules, teamOptions);
  const files = new Map<string, Cached>();
  const units = new Map<string, CachedUnit>();
  const calledActions = createCalledActions(documents, host);
  const edits = (fix: Fix): readonly TextEdit[] | undefined => {
    const printed = printFix(fix, { ...documents.recorder().sources, calledActions });
    return printed && 'refused' in printed ? undefined : printed;
  };
  const failures = new Map<string, { readonly count: number; readonly where: string }>();
  const grouped = new WeakMap<readonly Rule[], Groups>();
  const groupsFor = (path: string): Groups => {
    const active = team.configuration.chain(path).rules;
    let groups = grouped.get(active);
    if (!groups) grouped.set(active, (groups = groupsOf(active)));
    return groups;
  };

  const collect = (path: string, cancellation: Cancellation) => {
    const findings: Finding[] = [];
    const notes: Note[] = [];
    const sink: RuleSink = (rule, document, report: Report) => {
      const finding = findingOf(rule, document, report);
      findings.push(lasts ? lasting(finding, edits) : finding);
    };
    const guard: Guard = (rule, run) => {
      const failed = failures.get(rule.id)?.count ?? 0;
      if (failed >= quarantineAfter) return;
      throwIfCancelled(cancellation);
      try {
        run();
      } catch (error) {
        failures.set(rule.id, { count: failed + 1, where: whereOf(error) });
        notes.push({ path, message: `rule ${rule.id} failed and was left out: ${error instanceof Error ? error.message : String(error)}` });
      }
    };
    const facts: Facts[] = [];
    const annotations: Annotation[] = [];
    const wildcards: PolicyString[] = [];
    return { findings, notes, facts, annotations, wildcards, sink, guard };
  };

  /** What is found rests on the file, and on the locks and signatures beside and above it. */
  const inspectArtefact = (path: string, dependencies: Map<string, number>): ArtefactReport | undefined => {
    const artefact = host.inspect?.(path, team.configuration.chain(path).modelSigners);
    for (const one of [path, ...(artefact?.rests ?? [])]) dependencies.set(one, documents.generation(one));
    return artefact;
  };

  const lockProblemsOf = (path: string): readonly Problem[] => {
    const document = path.endsWith(modelsLockName) ? documents.document(path) : undefined;
    return document ? lockProblems(document, (one) => host.inspect?.(one), host.exists) : [];
  };

  const sizeProblemsOf = (path: string): readonly Problem[] => {
    const limit = limitOf(path);
    return limit === undefined ? [] : sizeProblems(documents.document(path), limit);
  };

  /** Whether a file is built from another one that is judged itself: what is found belongs there. */
  const isBuilt = (document: Document, sources: LinkedSources): boolean => sourcesOfCompiled(document).some((path) => {
    const source = team.configuration.ignores(path) ? undefined : sources.document(path);
    return source !== undefined && tooLargeFor(source, limitOf(path)) === undefined;
  });

  const analyzeUnit = (key: string, document: Document, cancellation: Cancellation): CachedUnit => {
    const known = units.get(key);
    if (known && documents.current(known.dependencies)) return known;
    const { sources, dependencies } = documents.recorder();
    const { findings, notes, facts, annotations, wildcards, sink, guard } = collect(document.path, cancellation);
    const lowered = lowerUnit(key, sources);
    runResourceRules(groupsFor(document.path).resource, lowered, document, sources, sink, guard);
    if (wantsFacts) facts.push(factsOfUnit(lowered.unit, lowered.statements));
    if (!lasts) wildcards.push(...wildcardsOf(lowered.statements));
    const result = { findings, notes, facts, annotations, wildcards, dependencies };
    units.set(key, result);
    return result;
  };

  const analyzeDocument = (document: Document, sources: LinkedSources, dependencies: Map<string, number>, into: ReturnType<typeof collect>, cancellation: Cancellation): void => {
    const { sink, guard } = into;
    const groups = groupsFor(document.path);
    if (wantsFacts) into.annotations.push(...annotationsOf(document));
    runTextRules(groups.text, () => lowerText(document), document, sources, sink, guard);
    throwIfCancelled(cancellation);
    runDocumentRules(groups.document, document, sources, sink, guard);
    if (isCode(document.language) && isMinified(document.text)) into.notes.push({ path: document.path, message: 'minified: its text is looked through, its code is not analysed' });
    else if (isCode(document.language)) {
      const inspect = (path: string): ArtefactReport | undefined => {
        return inspectArtefact(path, dependencies);
      };
      const { trustedSanitizers: trusted, modelPolicy } = team.configuration.chain(document.path);
      const policy = modelPolicy && { policy: modelPolicy, annotated: annotatedNames(document) };
      const code = runCodeRules(groups.code, { trusted, policy }, document, sources, sink, guard, inspect);
      const program = code && lowerProgram(code, document, sources);
      if (program) {
        // Aspects and transformations set much by themselves: what is absent in a program is reported where it weighs, or where a
        // construct is documented to leave it out. Of constructs, which are never complete, nothing else is judged as absent.
        const spared = new Map<unknown, RegExp>(program.unit.resources.map((one) => [one.header, one.dialect === 'cdk' && !one.complete ? /^info$/ : /^(?:info|low)$/]));
        const certain: RuleSink = (rule, at, report) => { if (!spared.get(report.at)?.test(report.severity ?? rule.severity)) sink(rule, at, report); };
        runResourceRules(groups.resource, program, document, sources, certain, guard);
        if (!lasts) into.wildcards.push(...wildcardsOf(program.statements));
        if (wantsFacts) into.facts.push(factsOfProgram(code, factsOfUnit(program.unit, program.statements), document.path));
      }
      if (wantsFacts && code) into.facts.push(factsOfCode(code, document.path, document.text.length, createModuleLoader(sources).resolve, artefactLoads(code, { document, sources, artefact: inspect })));
    }
    throwIfCancelled(cancellation);
    const key = unitKey(document);
    if (key === undefined) return;
    const unit = analyzeUnit(key, document, cancellation);
    for (const [read, generation] of unit.dependencies) dependencies.set(read, generation);
    into.findings.push(...unit.findings);
    into.notes.push(...unit.notes);
    into.facts.push(...unit.facts);
    into.wildcards.push(...unit.wildcards);
  };

  const testExample: TestExample = (rule, directory, file, text) => {
    const path = joinPath(directory, file);
    const inner = createAnalyzer({ host: { read: (one) => (one === path ? text : undefined), exists: (one) => one === path, list: () => [baseName(path)] }, rules: [rule] });
    return { findings: inner.analyze(path).findings.filter((one) => one.ruleId === rule.id), edits: inner.edits };
  };

  return {
    rules,
    rule: team.configuration.rule,
    document: documents.document,
    notebookOfPart: documents.notebookOfPart,
    analyze: (path, cancellation = neverCancelled) => {
      const known = files.get(path);
      if (known && documents.current(known.dependencies)) return known;
      if (team.configuration.ignores(path) || isTeamFile(path)) return nothing;
      const { sources, dependencies } = documents.recorder();
      const into = collect(path, cancellation);
      const notebook = documents.notebook(path);
      const document = sources.document(path);
      const tooLarge = tooLargeFor(document, limitOf(path));
      if (tooLarge !== undefined) return { ...nothing, leftOut: true, notes: [{ path, message: `skipped: ${tooLarge}` }] };
      if (document && isBuilt(document, sources)) {
        const built: Cached = { ...nothing, leftOut: true, notes: [{ path, message: 'skipped: compiled from the Bicep file beside it, which is judged' }], dependencies, directed: false };
        files.set(path, built);
        return built;
      }
      const parts = [...(document ? [document] : []), ...(notebook?.parts ?? [])];
      for (const one of parts) {
        try {
          analyzeDocument(one, sources, dependencies, into, cancellation);
        } catch (error) {
          // One text that the analysis fails on must not end a scan, nor leave an editor without an answer.
          if (error instanceof CancelledError) throw error;
          into.notes.push({ path, message: `the analysis failed and is not complete: ${error instanceof Error ? error.message : String(error)}` });
        }
      }
      const artefact = inspectArtefact(path, dependencies);
      if (artefact) {
        if (wantsFacts) into.facts.push(factsOfArtefact(artefact, path));
        runArtefactRules(groupsFor(path).artefact, artefact, path, into.findings, into.guard);
        into.notes.push(...artefact.notes.map((message) => ({ path, message })));
      } else if (!document && languageOfPath(path) !== undefined) {
        const unread = host.unread?.(path);
        if (unread !== undefined) into.notes.push({ path, message: `skipped: ${unread}` });
      }
      const result = { findings: sortFindings(onceEach(into.findings, team.configuration.rule)), notes: into.notes, facts: into.facts, annotations: into.annotations, wildcards: into.wildcards, dependencies, directed: parts.some(mayHoldDirectives) };
      files.set(path, result);
      return result;
    },
    outcome: (path, findings) => {
      const analysis = findings.length === 0 ? files.get(path) : undefined;
      // Without findings only suppressions have something to tell; where there are none, the file need not be read again.
      if (analysis?.directed === false && documents.current(analysis.dependencies)) return { judged: [], problems: [] };
      const notebook = documents.notebook(path);
      const own = documents.document(path);
      return outcomeOf(path, findings, {
        configuration: team.configuration,
        rule: team.configuration.rule,
        documents: notebook ? notebook.parts : own ? [own] : [],
        today: host.today?.() ?? '',
        baselined: team.baselined,
        fingerprints: (all) => fingerprints(all, { document: documents.document }),
      });
    },
    problems: (path) => [...lockProblemsOf(path), ...team.problems(path), ...sizeProblemsOf(path), ...exampleProblems(team.configuration.teamRules(path), testExample)],
    configuration: team.configuration,
    baselineOf: team.baselineOf,
    isStale: (path) => {
      const known = files.get(path);
      return known !== undefined && !documents.current(known.dependencies);
    },
    changed: (path) => {
      documents.changed(path);
      const all = team.changed(path);
      if (all) {
        files.clear();
        units.clear();
      }
      return all;
    },
    edits,
    failures: () => [...failures].map(([rule, { where }]) => `${rule}: ${where}`),
    refusal: (fix) => {
      if (fix.disabled !== undefined) return fix.disabled;
      const printed = printFix(fix, { ...documents.recorder().sources, calledActions });
      return printed && 'refused' in printed ? printed.refused : undefined;
    },
    place: (path, range) => locate(documents, path, range) ?? (host.inspect?.(path) ? { path, start: top, end: top, lines: [] } : undefined),
  };
}

/** The kind of an error and the function it came from, without its words, which may repeat what was analysed. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no error object';
  const [, place = ''] = /\n\s+at (.+)/.exec(error.stack ?? '') ?? [];
  return `${error.name} at ${place.replace(/\(?(?:\w+:\/\/)?[^\s()]*[\\/]([^\\/()]+)\)?$/, '($1)')}`;
}
