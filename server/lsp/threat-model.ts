import type { WorkspaceEdit } from 'vscode-languageserver';
import { namesIn } from '../base/speech/speech.ts';
import { joinPath } from '../base/path.ts';
import type { Origin } from '../model/origin.ts';
import { fileOfPart } from '../source/notebook.ts';
import { decisionsName, withDecision, withDecisions } from '../threat/decisions.ts';
import { accessesOf, dataAccessName, parseDataAccess, printDataAccess, withAccess } from '../threat/drift.ts';
import { blastRadius } from '../threat/evaluate.ts';
import { readExchange } from '../threat/import/exchange.ts';
import { matchDecisions } from '../threat/import/match.ts';
import { said } from '../threat/said.ts';
import { threatTree, type TreeNode } from '../threat/tree.ts';
import { uriOfPath } from './paths.ts';
import type * as protocol from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** The threat model as a tree for the sidebar: the first level at once, what is below a node when it is opened. */
export interface ThreatTree {
  readonly top: (params: protocol.ThreatModelParams) => protocol.ThreatModelResult;
  readonly children: (params: protocol.ThreatModelChildrenParams) => readonly protocol.ThreatModelNode[];
}

export function createThreatTree(workspace: Workspace): ThreatTree {
  /** Nodes of the last tree that the client knows. */
  const shown = new Map<string, TreeNode>();
  /** An analysis makes its origins anew: one that is still the same lies where it lay, and its file need not be read for it. Cells of a notebook come and go with its editor. */
  const places = new WeakMap<Origin, protocol.DiagramPlace>();
  const placed = (origin: Origin): protocol.DiagramPlace | undefined => {
    const known = places.get(origin) ?? placeOf(origin, workspace);
    if (known && fileOfPart(origin.path) === origin.path) places.set(origin, known);
    return known;
  };
  const convert = (node: TreeNode): protocol.ThreatModelNode => {
    const place = node.origin && placed(node.origin);
    shown.set(node.id, node);
    return {
      id: node.id, label: node.label, icon: node.icon, expandable: node.expandable,
      ...(node.description === undefined || node.description === '' ? {} : { description: node.description }),
      ...(node.tooltip === undefined ? {} : { tooltip: node.tooltip }),
      ...(node.threat === undefined ? {} : { threat: node.threat, open: node.state === 'open' }),
      ...(place ? { place: { uri: place.uri, range: place.range } } : {}),
    };
  };
  return {
    top: ({ grouping, openOnly }) => {
      const model = workspace.threatModel();
      shown.clear();
      return {
        nodes: threatTree(model, grouping, openOnly, workspace.say).map(convert),
        grave: model.threats.filter((threat) => threat.state === 'open' && (threat.risk.severity === 'critical' || threat.risk.severity === 'high')).length,
        elements: model.elements.length,
      };
    },
    children: ({ id }) => shown.get(id)?.children().map(convert) ?? [],
  };
}

/** The threat model as the diagram draws it. */
export function diagram(workspace: Workspace): protocol.DiagramResult {
  const model = workspace.threatModel();
  const at = (origin: Origin | undefined): { readonly place?: protocol.DiagramPlace } => {
    const place = origin && placeOf(origin, workspace);
    return place ? { place } : {};
  };
  return {
    elements: model.elements.map((element) => ({
      id: element.id, kind: element.kind, name: element.name, technology: element.technology, boundary: element.boundary, dataClasses: element.dataClasses,
      controls: element.controls.map(({ name, present, words }) => ({ name, present, words })),
      threats: model.threats.filter((threat) => threat.element === element.id).map((threat) => ({ id: threat.id, ...said(workspace.say, threat), state: threat.state, severity: threat.risk.severity, reason: threat.stateReason, ...at(threat.witnesses[0] ?? threat.evidence[0]) })),
      reaches: [...blastRadius(element.id, model)].sort(),
      ...at(element.evidence[0]),
    })),
    flows: model.flows.map((flow) => ({
      id: flow.id, from: flow.from, to: flow.to, action: flow.action, dataClasses: flow.dataClasses,
      ...(flow.protocol === undefined ? {} : { protocol: flow.protocol }), ...(flow.encrypted === undefined ? {} : { encrypted: flow.encrypted }), ...(flow.validated === undefined ? {} : { validated: flow.validated }),
      ...at(flow.evidence[0]),
    })),
    boundaries: model.boundaries.map(({ id, kind, name, parent }) => ({ id, kind, name, ...(parent === undefined ? {} : { parent }) })),
    names: namesIn(workspace.say),
  };
}

/** The edit that adds a decision to the folder of the threat's element. */
export function decideThreat({ threat: id, ...decision }: protocol.DecideThreatParams, workspace: Workspace): WorkspaceEdit | undefined {
  const model = workspace.threatModel();
  const threat = model.threats.find((one) => one.id === id);
  const element = threat && model.elements.find((one) => one.id === threat.element);
  const path = element?.evidence[0]?.path;
  if (!threat || path === undefined) return undefined;
  const file = joinPath(workspace.folderOf(path), decisionsName);
  return replaced(file, withDecision(workspace.analyzer().document(file)?.text ?? '', { threat: id, ...decision }), workspace);
}

/** Decisions of another tool's file, each in the folder of its threat's element. */
export function importDecisions({ name, text }: protocol.ImportDecisionsParams, workspace: Workspace): protocol.ImportDecisionsResult {
  const model = workspace.threatModel();
  try {
    const { decisions, known, unmatched } = matchDecisions(readExchange(text), model, name);
    const byFile = new Map<string, (typeof decisions)[number][]>();
    for (const decision of decisions) {
      const threat = model.threats.find((one) => one.id === decision.threat)!;
      const path = model.elements.find((one) => one.id === threat.element)?.evidence[0]?.path ?? '';
      const file = joinPath(workspace.folderOf(path), decisionsName);
      byFile.set(file, [...(byFile.get(file) ?? []), decision]);
    }
    const edits = [...byFile].flatMap(([file, own]) => replaced(file, withDecisions(workspace.analyzer().document(file)?.text ?? '', own), workspace).documentChanges ?? []);
    return { imported: decisions.length, known, unmatched, ...(edits.length > 0 ? { edit: { documentChanges: edits } } : {}) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), imported: 0, known: 0, unmatched: [] };
  }
}

/** The edit that records an access. */
export function acceptAccess({ access: id, reason }: protocol.AcceptAccessParams, workspace: Workspace): WorkspaceEdit | undefined {
  const access = accessesOf(workspace.threatModel()).find((one) => one.id === id);
  const path = access?.evidence[0]?.path;
  if (!access || path === undefined) return undefined;
  const file = joinPath(workspace.folderOf(path), dataAccessName);
  const text = workspace.analyzer().document(file)?.text;
  return replaced(file, printDataAccess(withAccess(text === undefined ? undefined : parseDataAccess(text), access, reason)), workspace);
}

/** The whole new text of a file, which is made where it is not there. */
function replaced(file: string, text: string, workspace: Workspace): WorkspaceEdit {
  const document = workspace.analyzer().document(file);
  const uri = uriOfPath(file);
  const start = { line: 0, character: 0 };
  if (!document) return { documentChanges: [{ kind: 'create', uri, options: { ignoreIfExists: true } }, { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] }] };
  const end = document.lines.position(document.text.length);
  return { documentChanges: [{ textDocument: { uri, version: workspace.version(uri) }, edits: [{ range: { start, end: { line: end.line, character: end.column } }, newText: text }] }] };
}

function placeOf(origin: Origin, workspace: Workspace): protocol.DiagramPlace | undefined {
  const place = workspace.locate(origin.path, origin.range);
  if (!place) return undefined;
  const name = decodeURIComponent(place.fileUri.slice(place.fileUri.lastIndexOf('/') + 1));
  return { uri: place.uri, range: place.range, label: place.cell === undefined ? `${name}:${place.range.start.line + 1}` : workspace.say('place.cell', { file: name, cell: place.cell + 1 }) };
}
