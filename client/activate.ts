import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { registerArtefactEditor } from './artefact-editor.ts';
import { registerCommands } from './commands.ts';
import { registerConfiguration } from './configuration.ts';
import { registerDecisions } from './decisions.ts';
import { createConnection } from './connection.ts';
import { registerDiagram } from './diagram-panel.ts';
import { registerExample } from './example/workspace.ts';
import { createFindingsView } from './findings-view.ts';
import { registerFixFinding } from './fix-finding.ts';
import { registerProblemReports } from './problem-reports.ts';
import { registerRuleDocumentation } from './rule-documentation.ts';
import { createStatus } from './status.ts';
import { createThreatModelView } from './threat-model-view.ts';

/** Starts the language server and shows what it finds. Activated by a document that it reads, its views or its commands. */
export async function activateWith(context: vscode.ExtensionContext, createClient: (options: LanguageClientOptions) => BaseLanguageClient): Promise<{ readonly ready: Promise<void> }> {
  const log = vscode.window.createOutputChannel('Wardline', { log: true });
  const connection = createConnection(log, createClient);
  const status = createStatus(connection);
  context.subscriptions.push(
    log,
    connection,
    status,
    createFindingsView(connection),
    createThreatModelView(context, connection),
    registerRuleDocumentation(connection),
    ...registerCommands(connection, log),
    ...registerDecisions(connection),
    registerFixFinding(connection),
    ...registerProblemReports(context, connection),
    ...registerConfiguration(connection),
    registerDiagram(context, connection),
    registerArtefactEditor(context, connection),
    registerExample(context),
  );
  const ready = connection.start();
  await ready.catch(() => undefined);
  return { ready };
}
