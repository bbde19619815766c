import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { baseName } from '../base/path.ts';
import type { EditIntent, Printed } from '../model/fix.ts';
import type { Sources } from '../source/sources.ts';

/**
 * How the clients of MCP servers name a variable of the environment in their configuration, by the file's path: VS Code, Cursor,
 * Windsurf and Roo as `${env:NAME}`, Claude Code and Gemini as `${NAME}`. A refusal where the client replaces nothing.
 */
export function mcpVariable(path: string, variable: string): { readonly text: string } | { readonly refused: string } | undefined {
  const name = baseName(path).toLowerCase();
  if (name === 'claude_desktop_config.json') return { refused: 'Claude Desktop replaces no variables in this file; a wrapper script has to give the value to the server.' };
  if (name === '.mcp.json' || name === '.claude.json' || /\.gemini\/settings\.json$/.test(path)) return { text: `\${${variable}}` };
  if (name === 'mcp.json' || name === 'mcp_config.json' || name === 'cline_mcp_settings.json' || /\.vscode\/settings\.json$/.test(path)) return { text: `\${env:${variable}}` };
  return undefined;
}

/** VS Code asks for an input once and keeps it in the keychain: a reference in place of the literal, and the input's description. */
export function printMcpInput({ origin, variable }: Extract<EditIntent, { kind: 'literalToInput' }>, sources: Sources): Printed {
  const document = sources.document(origin.path);
  if (!document || !/(?:^|\/)\.vscode\/mcp\.json$/.test(origin.path)) return undefined;
  const id = variable.toLowerCase().replaceAll('_', '-');
  const reference = { path: origin.path, range: origin.range, text: `\${input:${id}}` };
  if (document.text.includes(`"id": "${id}"`)) return [reference];
  const input = JSON.stringify({ type: 'promptString', id, description: variable, password: true }).replace(/([{,:])"/g, '$1 "').replace(/:(true)\}/, ': $1 }');
  const root = parseTree(document.text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') return undefined;
  const list = findNodeAtLocation(root, ['inputs']);
  if (list && list.type !== 'array') return undefined;
  const at = (list ?? root).offset + 1;
  const blank = /^\s*/.exec(document.text.slice(at))![0];
  const text = list ? `${input}${(list.children ?? []).length > 0 ? ', ' : ''}` : `${blank.includes('\n') ? blank : ' '}"inputs": [${input}],`;
  return [{ path: origin.path, range: { start: at, end: at }, text }, reference];
}
