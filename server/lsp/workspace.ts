import type { NotebookDocument, TextDocuments } from 'vscode-languageserver';
import { NotebookCellKind, NotebookDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Say } from '../base/speech/speech.ts';
import { neverCancelled, type Cancellation } from '../base/cancellation.ts';
import { createAnalyzer, type Analysis, type Analyzer } from '../engine/analyzer.ts';
import type { EngineHost } from '../engine/host.ts';
import { createFindingIndex } from './finding-index.ts';
import type { Finding } from '../model/finding.ts';
import type { Layer } from '../config/layer.ts';
import { directoryName, joinPath } from '../base/path.ts';
import type { Sources } from '../source/sources.ts';
import type { Judged, Outcome } from '../engine/outcome.ts';
import { driftIn, threatFileProblems, threatModelOf } from '../engine/threat-model.ts';
import { dataAccessName, driftProblems, type Drift } from '../threat/drift.ts';
import { authorisationProblems } from '../threat/authorisation.ts';
import { isThreatFile } from '../config/threat-shape.ts';
import type { ThreatModel } from '../model/threat.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule } from '../rule/rule.ts';
import { languageOfEditor } from '../source/language.ts';
import { createNotebook, fileOfPart, type Notebook } from '../source/notebook.ts';
import { isUntitled, pathOfUri, uriOfPath } from './paths.ts';

/** The open documents and notebooks over the disk, and the findings known of them. */
export interface Workspace {
  /** Speaks to the person at the editor, in their language. */
  readonly say: Say;
  readonly analyzer: () => Analyzer;
  /** The engine's path of a document's file: for a cell its notebook's. */
  readonly fileOf: (uri: string) => string;
  /** Findings that lie in a document (a file, or one cell of an open notebook) and are not suppressed. */
  readonly findingsIn: (uri: string, cancellation?: Cancellation) => readonly Judged[];
  /** What is wrong with the team's files and suppressions in a document. */
  readonly problemsIn: (uri: string) => readonly Problem[];
  readonly analyze: (path: string, cancellation?: Cancellation) => Analysis;
  /** The document that shows a range: the cell's for joined cells. */
  readonly locate: (path: string, range: Finding['range']) => Located | undefined;
  readonly version: (uri: string) => number | null;
  /** The text of a document that is open in the editor: a file, or one cell. */
  readonly openText: (uri: string) => string | undefined;
  readonly isOpen: (path: string) => boolean;
  readonly openUris: () => readonly string[];
  /** Findings of one file that are not suppressed, as far as they are known. */
  readonly outcome: (file: string) => Outcome;
  /** Every file whose findings are known. */
  readonly known: () => readonly string[];
  /** True when results of other files may change as well. */
  readonly changed: (path: string) => boolean;
  /** The workspace folder that a file lies in; the file's own folder where none does. */
  readonly folderOf: (path: string) => string;
  readonly sources: () => Sources;
  readonly forget: (path: string) => void;
  readonly setUser: (user: Layer) => void;
  readonly isKnown: (path: string) => boolean;
  /** Files whose findings rest on files that have changed since: those that are open, or those that are not. */
  readonly stale: (opened?: boolean) => readonly string[];
  /** The threat model of all that is known; kept until something changes. */
  readonly threatModel: () => ThreatModel;
  /** The same, or the last one where something has changed since: for what is asked with each move of the cursor. */
  readonly lastThreatModel: () => ThreatModel;
  /** Accesses to data that the folders' records do not hold. */
  readonly drift: () => readonly Drift[];
}

export interface Located {
  readonly uri: string;
  readonly fileUri: string;
  readonly cell?: number;
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
}

export interface WorkspaceParts {
  readonly documents: TextDocuments<TextDocument>;
  readonly notebooks: NotebookDocuments<TextDocument>;
  readonly disk: EngineHost;
  readonly rules: readonly Rule[];
  /** Paths of the workspace folders, as they are now. */
  readonly folders: () => Iterable<string>;
  readonly say: Say;
}

export function createWorkspace({ documents, notebooks, disk, rules, folders, say }: WorkspaceParts): Workspace {
  const open = new Map<string, TextDocument>();
  const openNotebooks = new Map<string, NotebookDocument>();
  const index = createFindingIndex();
  const outcomes = new Map<string, Outcome>();
  const uris = new Map<string, string>();

  const host: EngineHost = {
    read: (path, limit) => open.get(path)?.getText() ?? disk.read(path, limit),
    unread: (path) => (open.has(path) ? undefined : disk.unread?.(path)),
    // A team's folder may hold nothing but a file that is not saved yet.
    exists: (path) => open.has(path) || (path.endsWith('/.wardline') && [...open.keys()].some((one) => one.startsWith(`${path}/`))) || disk.exists(path),
    list: (directory) => {
      const saved = disk.list(directory);
      const unsaved = [...open.keys()].filter((one) => directoryName(one) === directory && !isUntitled(one)).map((one) => one.slice(directory.length + 1)).filter((one) => !saved.includes(one));
      return unsaved.length === 0 ? saved : [...saved, ...unsaved].sort();
    },
    inspect: (path, signers) => disk.inspect?.(path, signers),
    ...(disk.today ? { today: disk.today } : {}),
    language: (path) => {
      const document = open.get(path);
      return document ? languageOfEditor(document.languageId, path) : undefined;
    },
    notebook: (path) => {
      const notebook = openNotebooks.get(path);
      return notebook && joinCells(path, notebook, notebooks);
    },
  };
  let analyzer = createAnalyzer({ host, rules, team: { readFiles: true }, facts: true });
  let model: ThreatModel | undefined;
  let last: ThreatModel | undefined;

  const changed = (path: string): boolean => {
    const all = analyzer.changed(path);
    model = undefined;
    if (all) outcomes.clear();
    else outcomes.delete(path);
    return all;
  };
  documents.onDidChangeContent(({ document }) => {
    const path = pathOfUri(document.uri);
    open.set(path, document);
    uris.set(path, document.uri);
    changed(path);
  });
  documents.onDidClose(({ document }) => {
    const path = pathOfUri(document.uri);
    open.delete(path);
    changed(path);
  });
  notebooks.onDidOpen((notebook) => {
    const path = pathOfUri(notebook.uri);
    openNotebooks.set(path, notebook);
    uris.set(path, notebook.uri);
    changed(path);
  });
  notebooks.onDidChange(({ notebookDocument }) => {
    const path = pathOfUri(notebookDocument.uri);
    openNotebooks.set(path, notebookDocument);
    changed(path);
  });
  notebooks.onDidClose((notebook) => {
    const path = pathOfUri(notebook.uri);
    openNotebooks.delete(path);
    changed(path);
  });

  const analyze = (path: string, cancellation: Cancellation = neverCancelled): Analysis => {
    const analysis = analyzer.analyze(path, cancellation);
    const touched = index.set(path, analysis);
    for (const file of touched) outcomes.delete(file);
    if (touched.size > 0) model = undefined;
    return analysis;
  };
  const uriOf = (path: string): string => uris.get(path) ?? uriOfPath(path);
  const outcome = (file: string): Outcome => {
    let known = outcomes.get(file);
    if (!known) outcomes.set(file, (known = analyzer.outcome(file, index.findings(file))));
    return known;
  };
  const today = (): string => host.today?.() ?? '';
  const threatModel = (): ThreatModel => {
    const findings = (): readonly Finding[] => index.files().flatMap((file) => outcome(file).judged.flatMap((one) => (one.status === 'open' ? [one.finding] : [])));
    return (last = model ??= threatModelOf(analyzer, index.analyses(), findings(), [...folders()], today()));
  };
  /** Worked out only where a folder keeps a record of data access. */
  const drift = (): readonly Drift[] => {
    const recorded = [...folders()].filter((folder) => host.exists(joinPath(folder, dataAccessName)));
    return recorded.length === 0 ? [] : driftIn(analyzer, recorded, threatModel());
  };
  /** Worked out only where the team says which model may see which data. */
  const unauthorisedIn = (file: string): readonly Problem[] => {
    if (!analyzer.configuration.chain(file).modelPolicy) return [];
    const { unauthorised, elements } = threatModel();
    return authorisationProblems(unauthorised.filter((one) => fileOfPart(one.at.path) === file), elements, outcome(file).judged.map((one) => one.finding));
  };
  const visible = (file: string): readonly Judged[] => outcome(file).judged.filter((one) => one.status !== 'suppressed');

  const locate = (path: string, range: Finding['range']): Located | undefined => {
    const place = analyzer.place(path, range);
    if (!place) return undefined;
    const fileUri = uriOf(place.path);
    const notebook = openNotebooks.get(place.path);
    const cellUri = notebook && place.cell ? notebook.cells[place.cell.index]?.document : undefined;
    const from = cellUri && place.cell ? place.cell : place;
    return {
      uri: cellUri ?? fileUri,
      fileUri,
      ...(place.cell ? { cell: place.cell.index } : {}),
      range: { start: { line: from.start.line, character: from.start.column }, end: { line: from.end.line, character: from.end.column } },
    };
  };

  return {
    say,
    analyzer: () => analyzer,
    fileOf: (uri) => {
      const notebook = notebooks.findNotebookDocumentForCell(uri);
      return pathOfUri(notebook ? notebook.uri : uri);
    },
    findingsIn: (uri, cancellation = neverCancelled) => {
      const notebook = notebooks.findNotebookDocumentForCell(uri);
      const file = pathOfUri(notebook ? notebook.uri : uri);
      analyze(file, cancellation);
      const found = visible(file);
      return notebook ? found.filter(({ finding }) => locate(finding.path, finding.range)?.uri === uri) : found;
    },
    problemsIn: (uri) => {
      const notebook = notebooks.findNotebookDocumentForCell(uri);
      const file = pathOfUri(notebook ? notebook.uri : uri);
      const problems = [...outcome(file).problems, ...analyzer.problems(file), ...(isThreatFile(file) ? threatFileProblems(analyzer, file, threatModel(), today()) : []), ...driftProblems(drift().filter((one) => one.access.evidence[0]?.path !== undefined && fileOfPart(one.access.evidence[0].path) === file)), ...unauthorisedIn(file)];
      return notebook ? problems.filter((one) => locate(one.path, one.range)?.uri === uri) : problems;
    },
    outcome,
    analyze,
    locate,
    openText: (uri) => (documents.get(uri) ?? notebooks.cellTextDocuments.get(uri))?.getText(),
    version: (uri) => documents.get(uri)?.version ?? notebookVersion(notebooks, uri),
    isOpen: (path) => open.has(path) || openNotebooks.has(path),
    openUris: () => [
      ...[...open.values()].map((document) => document.uri),
      ...[...openNotebooks.values()].flatMap((notebook) => notebook.cells.map((cell) => cell.document)),
    ],
    known: () => index.files(),
    folderOf: (path) => [...folders()].filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0] ?? directoryName(path),
    sources: () => ({ document: analyzer.document, exists: host.exists, list: host.list }),
    isKnown: (path) => index.has(path),
    stale: (opened = false) => (opened ? [...open.keys(), ...openNotebooks.keys()] : index.files().filter((path) => !open.has(path) && !openNotebooks.has(path))).filter((path) => analyzer.isStale(path)),
    threatModel,
    lastThreatModel: () => last ?? threatModel(),
    drift,
    changed,
    forget: (path) => {
      for (const file of index.delete(path)) outcomes.delete(file);
      model = undefined;
      changed(path);
    },
    setUser: (user) => {
      analyzer = createAnalyzer({ host, rules, team: { readFiles: true, user }, facts: true });
      model = undefined;
      index.clear();
      outcomes.clear();
    },
  };
}

function notebookVersion(notebooks: NotebookDocuments<TextDocument>, uri: string): number | null {
  return notebooks.cellTextDocuments.get(uri)?.version ?? null;
}

function joinCells(path: string, notebook: NotebookDocument, notebooks: NotebookDocuments<TextDocument>): Notebook {
  return createNotebook(path, notebook.cells.map((cell) => {
    const document = notebooks.cellTextDocuments.get(cell.document);
    return {
      kind: cell.kind === NotebookCellKind.Code ? 'code' as const : 'markdown' as const,
      languageId: document?.languageId ?? 'python',
      text: document?.getText() ?? '',
      ...(cell.executionSummary ? { executionCount: cell.executionSummary.executionOrder } : {}),
    };
  }));
}
