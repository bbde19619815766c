import type { HoverParams } from 'vscode-languageserver';
import { describeWildcard } from '../rule/actions.ts';
import { within } from './ranges.ts';
import type { Located, Workspace } from './workspace.ts';

/** What the wildcard under the cursor stands for, where it is an action of a policy in whatever dialect. */
export function wildcardAt({ textDocument: { uri }, position }: HoverParams, workspace: Workspace): { readonly text: string; readonly range: Located['range'] } | undefined {
  for (const { value, origin } of workspace.analyze(workspace.fileOf(uri)).wildcards) {
    const place = workspace.locate(origin.path, origin.range);
    if (place?.uri !== uri || !within(position, place.range)) continue;
    const text = describeWildcard(value, workspace.say);
    return text === undefined ? undefined : { text, range: place.range };
  }
  return undefined;
}
