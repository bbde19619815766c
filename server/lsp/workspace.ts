import type { NotebookDocument, TextDocuments } from 'vscode-languageserver';
import { NotebookCellKind, NotebookDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { neverCancelled, type Cancellation } from '../base/cancellation.ts';
import { createAnalyzer, type Analysis, type Analyzer } from '../engine/analyzer.ts';
import type { EngineHost } from '../engine/host.ts';
import { sortFindings } from '../engine/findings.ts';
import type { Finding } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';
import { languageOfEditor } from '../source/language.ts';
import { createNotebook, type Notebook } from '../source/notebook.ts';
import { isVirtual, pathOfUri, uriOfPath } from './paths.ts';

/** The open documents and notebooks over the disk, and the findings known of them. */
export interface Workspace {
  readonly analyzer: () => Analyzer;
  /** The engine's path of a document's file: for a cell its notebook's. */
  readonly fileOf: (uri: string) => string;
  /** Findings that lie in a document: a file, or one cell of an open notebook. */
  readonly findingsIn: (uri: string, cancellation?: Cancellation) => readonly Finding[];
  readonly analyze: (path: string, cancellation?: Cancellation) => Analysis;
  /** The document that shows a range: the cell's for joined cells. */
  readonly locate: (path: string, range: Finding['range']) => Located | undefined;
  readonly version: (uri: string) => number | null;
  readonly isOpen: (path: string) => boolean;
  readonly openUris: () => readonly string[];
  /** Every file whose findings are known, with those that lie in it. */
  readonly known: () => ReadonlyMap<string, readonly Finding[]>;
  readonly changed: (path: string) => void;
  readonly forget: (path: string) => void;
  readonly setRules: (rules: readonly Rule[]) => void;
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
}

export function createWorkspace({ documents, notebooks, disk }: WorkspaceParts, initialRules: readonly Rule[]): Workspace {
  const open = new Map<string, TextDocument>();
  const openNotebooks = new Map<string, NotebookDocument>();
  const analyses = new Map<string, Analysis>();
  const uris = new Map<string, string>();

  const host: EngineHost = {
    read: (path) => open.get(path)?.getText() ?? (isVirtual(path) ? undefined : disk.read(path)),
    exists: (path) => open.has(path) || (!isVirtual(path) && disk.exists(path)),
    list: (directory) => disk.list(directory),
    language: (path) => {
      const document = open.get(path);
      return document ? languageOfEditor(document.languageId, path) : undefined;
    },
    notebook: (path) => {
      const notebook = openNotebooks.get(path);
      return notebook && joinCells(path, notebook, notebooks);
    },
  };
  let analyzer = createAnalyzer({ host, rules: initialRules });

  const changed = (path: string): void => {
    analyzer.changed(path);
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
    analyses.set(path, analysis);
    return analysis;
  };
  const fileOfPart = (path: string): string => {
    const at = path.lastIndexOf('::');
    return at > 0 && !open.has(path) ? path.slice(0, at) : path;
  };
  const uriOf = (path: string): string => uris.get(path) ?? uriOfPath(path);
  const findingsOfFile = (file: string): readonly Finding[] => {
    const out: Finding[] = [];
    for (const [, analysis] of analyses) {
      for (const finding of analysis.findings) if (fileOfPart(finding.path) === file) out.push(finding);
    }
    return sortFindings(out);
  };

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
    analyzer: () => analyzer,
    fileOf: (uri) => {
      const notebook = notebooks.findNotebookDocumentForCell(uri);
      return pathOfUri(notebook ? notebook.uri : uri);
    },
    findingsIn: (uri, cancellation = neverCancelled) => {
      const notebook = notebooks.findNotebookDocumentForCell(uri);
      const file = pathOfUri(notebook ? notebook.uri : uri);
      analyze(file, cancellation);
      const found = findingsOfFile(file);
      return notebook ? found.filter((finding) => locate(finding.path, finding.range)?.uri === uri) : found;
    },
    analyze,
    locate,
    version: (uri) => documents.get(uri)?.version ?? notebookVersion(notebooks, uri),
    isOpen: (path) => open.has(path) || openNotebooks.has(path),
    openUris: () => [
      ...[...open.values()].map((document) => document.uri),
      ...[...openNotebooks.values()].flatMap((notebook) => notebook.cells.map((cell) => cell.document)),
    ],
    known: () => {
      const byFile = new Map<string, Finding[]>();
      for (const [path, analysis] of analyses) {
        if (!byFile.has(path)) byFile.set(path, []);
        for (const finding of analysis.findings) {
          const file = fileOfPart(finding.path);
          const own = byFile.get(file);
          if (own) own.push(finding);
          else byFile.set(file, [finding]);
        }
      }
      return new Map([...byFile].map(([path, findings]) => [path, sortFindings(findings)]));
    },
    changed,
    forget: (path) => {
      analyses.delete(path);
      changed(path);
    },
    setRules: (rules) => {
      analyzer = createAnalyzer({ host, rules });
      analyses.clear();
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
