import type { CodeAction, Connection } from 'vscode-languageserver';
import { actionFix } from './code-actions.ts';
import type { Workspace } from './workspace.ts';

/** Says what is left to do once a fix has done its part. */
export interface FollowUp {
  /** The edit of an action is asked for: it is about to be made, or merely looked at. */
  readonly resolved: (action: CodeAction) => void;
  /** A document was judged anew. */
  readonly judged: (uri: string) => void;
}

/**
 * An editor tells nobody that it has made an edit, and may show it for long before. So the last fix that was asked for is
 * remembered, and when the next change of its document takes the finding away, what is left to do is said.
 */
export function createFollowUp(connection: Connection, workspace: Workspace): FollowUp {
  let last: { readonly uri: string; readonly version: number | null; readonly ruleId: string; readonly count: number; readonly text: string; readonly link: string | undefined } | undefined;
  /** Findings of a rule in a document's file, suppressed and known ones too: those have not gone. */
  const count = (uri: string, ruleId: string): number => workspace.outcome(workspace.fileOf(uri)).judged.filter((one) => one.finding.ruleId === ruleId).length;

  async function tell(text: string, link: string | undefined): Promise<void> {
    const open = link === undefined ? undefined : { title: workspace.say('fix.open', { host: new URL(link).host }) };
    const chosen = await connection.window.showInformationMessage(text, ...(open ? [open] : []));
    if (open && link !== undefined && chosen?.title === open.title) await connection.window.showDocument({ uri: link, external: true });
  }

  return {
    resolved: (action) => {
      const found = actionFix(action, workspace);
      if (found?.fix.then) last = { uri: found.uri, version: workspace.version(found.uri), ruleId: found.ruleId, count: count(found.uri, found.ruleId), text: found.fix.then.text, link: found.fix.then.uri };
    },
    judged: (uri) => {
      if (!last || last.uri !== uri || last.version === workspace.version(uri)) return;
      const { ruleId, text, link, count: before } = last;
      last = undefined;
      if (count(uri, ruleId) < before) void tell(text, link);
    },
  };
}
