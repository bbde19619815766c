import { explainConfiguration as explain } from '../config/explain.ts';
import type { Workspace } from './workspace.ts';

/** "Explain Configuration" for one file. */
export function explainConfiguration(path: string, workspace: Workspace): string {
  const folder = workspace.folderOf(path);
  const { rules, configuration } = workspace.analyzer();
  return explain(path, rules, configuration, (file) => (file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file), workspace.say);
}
