import type { Connection } from 'vscode-languageserver';
import { starterConfiguration } from '../config/starter.ts';
import type { EngineHost } from '../engine/host.ts';
import { rulePage } from '../rule/page.ts';
import type { Rule } from '../rule/rule.ts';
import { languageOfPath, type Language } from '../source/language.ts';
import { exportThreatModel, isExportFormat } from '../threat/export/formats.ts';
import { artefactView } from './artefact.ts';
import { fixesOf } from './code-actions.ts';
import { addToBaseline, suppress } from './decisions.ts';
import { elementAt } from './elements.ts';
import { explainConfiguration } from './explain.ts';
import { findingItems } from './finding-items.ts';
import { fixableRules, fixWorkspace } from './fix-workspace.ts';
import { pathOfUri } from './paths.ts';
import * as protocol from './protocol.ts';
import { ruleItems } from './rule-items.ts';
import type { Settings } from './settings.ts';
import { acceptAccess, decideThreat, diagram, importDecisions, type createThreatTree } from './threat-model.ts';
import type { Workspace } from './workspace.ts';

export interface RequestParts {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly disk: EngineHost;
  readonly rules: readonly Rule[];
  readonly tree: ReturnType<typeof createThreatTree>;
  readonly settings: () => Settings;
  readonly scanned: () => boolean;
  readonly scanning: () => boolean;
  /** Files to scan below folders. */
  readonly filesBelow: (folders: readonly string[]) => readonly string[];
  /** What the server says of itself to those who look into a problem with it. */
  readonly report: () => string;
  /** Answers a request that fails with what stands for nothing, and logs why. */
  readonly contained: <T>(what: string, run: () => T, otherwise: T) => T;
}

/** Wardline's own requests that ask for what is known, and change nothing of the server. */
export function answerRequests({ connection, workspace, disk, rules, tree, settings, scanned, scanning, filesBelow, report, contained }: RequestParts): void {
  connection.onRequest(protocol.artefactRequest, async ({ uri }: protocol.ArtefactParams) => (await artefactView(uri, workspace, disk)) ?? null);
  connection.onRequest(protocol.artefactDigestRequest, async ({ uri }: protocol.ArtefactParams) => (await disk.digest?.(pathOfUri(uri))) ?? null);
  connection.onRequest(protocol.findingsRequest, (): protocol.FindingsResult => ({ ...findingItems(workspace, settings()), files: workspace.known().length, scanned: scanned(), scanning: scanning() }));
  connection.onRequest(protocol.starterConfigurationRequest, ({ folder }: protocol.StarterConfigurationParams) => starterConfiguration(new Set(filesBelow([pathOfUri(folder)]).map(languageOfPath).filter((one): one is Language => one !== undefined))));
  connection.onRequest(protocol.rulesRequest, () => ruleItems(rules, workspace));
  connection.onRequest(protocol.fixableRulesRequest, () => fixableRules(workspace, settings()));
  connection.onRequest(protocol.fixesRequest, (params: protocol.FixesParams) => contained('fixes', () => fixesOf(params, workspace), []));
  connection.onRequest(protocol.diagnosticReportRequest, () => report());
  connection.onRequest(protocol.fixWorkspaceRequest, ({ rules: chosen }: protocol.FixWorkspaceParams) => fixWorkspace(chosen, workspace, settings()) ?? null);
  connection.onRequest(protocol.suppressRequest, (params: protocol.SuppressParams) => suppress(params, workspace) ?? null);
  connection.onRequest(protocol.addToBaselineRequest, (params: protocol.AddToBaselineParams) => addToBaseline(params, workspace) ?? null);
  connection.onRequest(protocol.explainConfigurationRequest, ({ uri }: protocol.ExplainConfigurationParams) => explainConfiguration(pathOfUri(uri), workspace));
  connection.onRequest(protocol.threatModelRequest, tree.top);
  connection.onRequest(protocol.threatModelChildrenRequest, tree.children);
  connection.onRequest(protocol.diagramRequest, () => diagram(workspace));
  connection.onRequest(protocol.decideThreatRequest, (params: protocol.DecideThreatParams) => decideThreat(params, workspace) ?? null);
  connection.onRequest(protocol.elementAtRequest, (params: protocol.ElementAtParams) => contained('the element at a position', () => elementAt(params, workspace) ?? null, null));
  connection.onRequest(protocol.importDecisionsRequest, (params: protocol.ImportDecisionsParams) => importDecisions(params, workspace));
  connection.onRequest(protocol.acceptAccessRequest, (params: protocol.AcceptAccessParams) => acceptAccess(params, workspace) ?? null);
  connection.onRequest(protocol.exportThreatModelRequest, ({ format }: protocol.ExportThreatModelParams) => (isExportFormat(format) ? exportThreatModel(workspace.threatModel(), format, 'workspace') : null));
  connection.onRequest(protocol.ruleDocumentationRequest, (id: string) => {
    const rule = workspace.analyzer().rule(id as Rule['id']);
    return rule ? rulePage(rule) : null;
  });
}
