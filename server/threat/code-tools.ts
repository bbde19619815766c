import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall, ToolHandler } from '../analysis/code/events.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import type { Value } from '../analysis/code/value.ts';
import type { ElementFact } from '../model/threat.ts';

/** Names of tools: their own, else the key or variable under which the program keeps them. */
export interface ToolNames {
  readonly of: (tool: ToolHandler) => string | undefined;
  /** Names of the tools that a call gives to a model or an agent. */
  readonly given: (call: CodeCall) => readonly string[];
}

export function toolNames(analysis: CodeAnalysis): ToolNames {
  const byClosure = new Map<object, string>();
  const closureOf = (value: Value): object | undefined => value.fn ?? executor(value);
  const learn = (name: string, value: Value): void => {
    const closure = closureOf(value);
    if (closure && !byClosure.has(closure)) byClosure.set(closure, name);
  };
  for (const call of analysis.calls) for (const [key, value] of argumentAt(call, 'tools')?.value.fields ?? []) if (!key.startsWith('method ')) learn(key, value);
  for (const [name, value] of analysis.names) learn(name, value);
  const of = (tool: ToolHandler): string | undefined => {
    if (tool.name !== undefined) return tool.name;
    const known = byClosure.get(tool.closure);
    if (known !== undefined) return known;
    // `const createTool = (session) => tool({ ... })`: the function that makes it.
    const inside = [...analysis.names].find(([, { fn, call }]) => {
      const node = fn?.path === tool.origin.path ? fn.node : call?.origin.path === tool.origin.path ? call.node : undefined;
      return node !== undefined && node.start <= tool.origin.range.start && tool.origin.range.end <= node.end;
    });
    return inside?.[0];
  };
  const given = (call: CodeCall): readonly string[] => {
    const value = (argumentAt(call, 'tools') ?? (/create_?(?:react_?)?agent$|initialize_agent$/i.test(call.name ?? '') ? argumentAt(call, 1) : undefined))?.value;
    const named = [...(value?.fields?.keys() ?? [])].filter((key) => !key.startsWith('method '));
    const items = (value?.items ?? []).flatMap((item) => {
      const closure = closureOf(item);
      const handler = analysis.tools.find((tool) => tool.closure === closure);
      const name = handler ? of(handler) : item.fn?.node.name;
      return name === undefined ? [] : [name];
    });
    return [...new Set([...named, ...items])];
  };
  return { of, given };
}

/** The function that runs when a tool is called. */
function executor(value: Value): object | undefined {
  const { call } = value;
  if (!call) return undefined;
  for (const key of ['execute', 'func', 'handler', 'fn', 'run', 'callback']) {
    const found = argumentAt(call, key)?.value.fn;
    if (found) return found;
  }
  return call.args.find((one) => one.value.fn)?.value.fn;
}

export function toolElement(tool: ToolHandler, name: string | undefined, path: string): ElementFact {
  const { node } = tool.closure;
  return {
    key: `tool:${name ?? 'tool'}`, kind: 'tool', name: name ?? 'tool', technology: tool.framework, aliases: [], resolved: name !== undefined, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [],
    controls: tool.approval ? [{ name: 'approval', present: true, evidence: tool.origin, words: 'the framework asks a person first' }] : [], origin: tool.origin, extents: tool.closure.path === path ? [{ path, range: { start: node.start, end: node.end } }] : [],
  };
}

/** A tool that another file makes, as the call that is given it knows it. */
export function givenTool(name: string, call: CodeCall): ElementFact {
  return { key: `tool:${name}`, kind: 'tool', name, technology: 'tool', aliases: [], resolved: true, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [], controls: [], origin: call.origin, extents: [] };
}
