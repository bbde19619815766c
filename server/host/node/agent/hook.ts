/**
 * What hooks of coding agents send after a tool has run, and what they take for an answer. Claude Code and VS Code send `hook_event_name`,
 * `tool_name` and `tool_input` (code.claude.com/docs/en/hooks; code.visualstudio.com/docs/agent-customization/hooks).
 */
export interface HookPayload {
  /** Where the agent works. */
  readonly cwd?: string;
  /** As the tool names them, in its order. */
  readonly files: readonly string[];
}

/** Names under which the tools that write give the file they wrote. */
const fileKeys = new Set(['file_path', 'filePath', 'notebook_path', 'notebookPath', 'path']);
/** Lists of edits to several files. */
const listKeys = new Set(['edits', 'replacements', 'files']);

/** Reads a payload; undefined for what is no JSON object. One without a file gives none. */
export function readPayload(text: string): HookPayload | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { cwd, tool_input: input } = value;
  return { ...(typeof cwd === 'string' ? { cwd } : {}), files: [...new Set(filesIn(isRecord(input) ? input : value))] };
}

function filesIn(input: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) => {
    if (fileKeys.has(key) && typeof value === 'string' && value !== '') return [value];
    if (!listKeys.has(key) || !Array.isArray(value)) return [];
    return value.flatMap((one) => (typeof one === 'string' ? [one] : isRecord(one) ? filesIn(one) : []));
  });
}

/** The answer that makes an agent look at what was found before it goes on. */
export function blocking(words: string): string {
  return `${JSON.stringify({ decision: 'block', reason: words, hookSpecificOutput: { hookEventName: 'PostToolUse', additionalContext: words } })}\n`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
