import { remembered } from '../../base/remembered.ts';
import type { Expression, TypeNode } from '../../model/code-tree.ts';
import type { CodeCall, ToolHandler } from './events.ts';
import { written, type Interpreter } from './interpreter.ts';
import { everyKind } from './kinds.ts';
import { data, params, pythonParameter } from './parameters.ts';
import { jsonSchema, schemaOfType, validated } from './schema.ts';
import { argumentAt } from './sinks.ts';
import { typed } from './types.ts';
import { noteElsewhere } from './wrapped.ts';
import { noTaints, unknownValue, type Closure, type Schema, type Value } from './value.ts';

const toolFactories: readonly (readonly [RegExp, string])[] = [
  [/^ai\.(?:tool|dynamicTool)$/, 'ai'], [/^langchain\.(?:tool|DynamicTool|DynamicStructuredTool|StructuredTool\.from_function|Tool|StructuredTool|Tool\.from_function|StructuredTool\.fromFunction)$/, 'langchain'],
  [/^agents\.(?:tool|function_tool|FunctionTool)$/, 'agents'], [/^@mastra\/core(?:\/tools)?\.(?:createTool|Tool)$/, 'mastra'], [/^llamaindex\.(?:tool|FunctionTool\.from|FunctionTool\.from_defaults|FunctionTool)$/, 'llamaindex'],
  [/^mcp\.McpServer#(?:tool|registerTool|resource|registerResource)$|^mcp\.FastMCP#(?:tool|add_tool|addTool|resource)(?:\(\))?$|^fastmcp\.FastMCP#addTool$|^mcp\.Server#(?:call_tool|setRequestHandler)(?:\(\))?$|^xmcp\.|^@anthropic-ai\/claude-agent-sdk\.tool$|^claude_agent_sdk\.tool(?:\(\))?$|^mcp-framework\./, 'mcp'],
  [/^browser_use\.(?:Controller|Tools)#(?:registry\.)?action(?:\(\))?$/, 'browser-use'],
  [/^genkit\.Genkit#(?:defineTool|dynamicTool)$|^genkit\..*defineTool$|^@genkit-ai\/ai\.defineTool$|^genkit\.\w+\(\)\.defineTool$|^genkit\(\)\.defineTool$/, 'genkit'], [/^@google\/adk\.FunctionTool$|^google\.adk\.tools\.FunctionTool$/, 'adk'], [/^autogen\.(?:register_function|FunctionTool)$|^autogen\.\w+#(?:register_for_llm|register_for_execution)$/, 'autogen'], [/^crewai[\w.]*\.tool$|^crewai_tools\.tool$/, 'crewai'], [/^openai\.OpenAI#beta\.chat\.completions\.runTools$/, 'openai'], [/^anthropic\.(?:beta_tool|betaZodTool)$|^@anthropic-ai\/sdk\/helpers\/beta\/zod\.betaZodTool$|^anthropic\/helpers\/beta\/\w+\.\w+$/, 'anthropic'], [/^smolagents\.tool$/, 'smolagents'], [/^pydantic_ai\.Agent#(?:tool|tool_plain)$|^pydantic_ai\.(?:Tool|RunContext)$/, 'pydantic-ai'], [/^semantic_kernel\.functions\.kernel_function$|^semantic_kernel\.functions\.kernel_function_decorator\.kernel_function$/, 'semantic-kernel'], [/^@copilotkit\/react-core\.useCopilotAction$/, 'copilotkit'], [/^@langchain\/core\/tools\.tool$/, 'langchain'], [/^haystack\.tools\.(?:Tool|create_tool_from_function|tool)$/, 'haystack'], [/^strands\.tool$/, 'strands'], [/^@strands-agents\/sdk\.tool$/, 'strands'], [/^agno\.tools\.tool$/, 'agno'],
];

const toolFramework = remembered((name) => toolFactories.find(([pattern]) => pattern.test(name))?.[1]);

/** Whether a decorator makes a tool of a function. */
export function toolDecorator(name: string): boolean {
  return toolFramework(name) !== undefined || /(?:^|\.)(?:function_tool|mcp\.tool|kernel_function|tool_plain)$/.test(name);
}

/** Whether a decorator of the program's own, or one of something that was handed over, is called after what it makes: `@registry.tool("shell")`. */
export function toolByName(decorator: Expression): boolean {
  return /(?:^|\.)(?:register_|add_)?(?:\w+_)?tool$/.test(written(decorator.kind === 'call' ? decorator.callee : decorator));
}

export const executeKeys = ['execute', 'func', 'handler', 'callback', 'run', 'fn', 'function', 'coroutine', 'call', 'invoke'];

/** Tools given as options or as a function argument. */
export function registerTool(interpreter: Interpreter, call: CodeCall, name: string): void {
  const framework = toolFramework(name);
  if (!framework) return;
  if (name === 'mcp.Server#setRequestHandler' && !/CallTool|ReadResource/.test(call.args[0]?.value.name ?? '')) return;
  const template = /^mcp\.McpServer#(?:resource|registerResource)$/.test(name);
  // A resource with a fixed address is given nothing that a peer wrote.
  if (template && !call.args.some((one) => /ResourceTemplate#$/.test(one.value.name ?? ''))) return;
  let handler = call.args.find((one) => one.value.fn)?.value;
  for (const key of executeKeys) handler ??= argumentAt(call, key)?.value.fn ? argumentAt(call, key)!.value : undefined;
  for (const key of ['func', 'fn', 'execute']) { const found = argumentAt(call, key)?.value; if (found?.fn) handler = found; }
  if (!handler?.fn) return;
  const closure = handler.fn;
  const option = (key: string): string | undefined => { const value = argumentAt(call, key)?.value.constant; return typeof value === 'string' ? value : undefined; };
  const positional = call.args.filter((one) => one.name === undefined).map((one) => one.value.constant).filter((one): one is string => typeof one === 'string');
  const approval = argumentAt(call, 'needsApproval') ?? argumentAt(call, 'needs_approval') ?? argumentAt(call, 'requireApproval') ?? argumentAt(call, 'require_approval') ?? argumentAt(call, 'requiresApproval') ?? argumentAt(call, 'requires_confirmation') ?? argumentAt(call, 'require_confirmation');
  const tool: ToolHandler = {
    closure, name: option('name') ?? option('id') ?? positional[0], description: option('description') ?? argumentAt(call, 'description')?.value.parts?.join(' ') ?? positional[1],
    approval: (approval !== undefined && approval.value.constant !== false && approval.value.constant !== null) || /approv|confirm|human|consent/i.test(handler.call?.written ?? ''), origin: call.origin, framework,
  };
  const schemaValue = argumentAt(call, 'inputSchema') ?? argumentAt(call, 'parameters') ?? argumentAt(call, 'schema') ?? argumentAt(call, 'input_schema') ?? argumentAt(call, 'args_schema');
  let schema = schemaValue?.value.schema ?? schemaValue?.value.cls?.schema ?? shape(schemaValue?.value) ?? jsonSchema(schemaValue?.value);
  if (!schema && name === 'mcp.McpServer#tool') for (const one of call.args) schema ??= shape(one.value);
  if (!schema && framework === 'mcp') for (const one of call.args) schema ??= shape(one.value);
  if (schema && !schema.fields && !schema.element && schemaValue && !schemaValue.value.schema) schema = undefined;
  const list = params(closure);
  const taints = data(interpreter, framework === 'mcp' ? 'mcp.Argument' : 'tool.Argument', closure, 0, 'the model’s argument').taints;
  const argument = schema ? validated(schema, unknownValue, taints) : { taints };
  if (closure.scope.python) closure.entry ??= pythonTool(interpreter, closure, schema);
  else if (template) closure.entry ??= [{ taints, name: 'URL#' }, { taints }];
  else if (framework === 'mastra') closure.entry ??= [{ taints, fields: new Map([['context', argument], ['inputData', argument]]), complete: false }];
  else if (name === 'mcp.Server#setRequestHandler') closure.entry ??= [{ taints: noTaints, fields: new Map([['params', { taints, fields: new Map([['arguments', argument], ['uri', { taints }]]), complete: false }]]), complete: false }];
  else closure.entry ??= [argument, ...list.slice(1).map(() => unknownValue)];
  addTool(interpreter, tool);
}

/** `{ branch: z.string() }` */
function shape(value: Value | undefined): Schema | undefined {
  if (!value?.fields || value.schema) return value?.schema;
  const fields = new Map<string, Schema>();
  for (const [key, one] of value.fields) if (one.schema) fields.set(key, one.schema);
  return fields.size > 0 ? { clean: everyKind, fields } : undefined;
}

/** Parameters of a tool in Python: what the model chose, cleaned as annotated. */
export function pythonTool(interpreter: Interpreter, closure: Closure, schema: Schema | undefined): readonly Value[] {
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const out = params(closure).map((param, at): Value => {
    const key = param.target.kind === 'name' ? param.target.name : '';
    const declared = typed(interpreter, param.type);
    if (declared.name !== undefined && /(?:Context|RunContext|Request|ctx)#?/.test(declared.name)) return withDependencies(interpreter, declared, param.type);
    const own = schema?.fields?.get(key) ?? (param.type ? schemaOfType(interpreter, param.type) : undefined);
    return pythonParameter(interpreter, closure, at, 'tool.Argument', own);
  });
  interpreter.scope = saved;
  return out;
}

/** `RunContext[Deps]` holds the program's own objects under `deps`. */
function withDependencies(interpreter: Interpreter, context: Value, type: TypeNode | undefined): Value {
  const deps = typed(interpreter, type?.args[0]);
  return deps === unknownValue ? context : { ...context, fields: new Map([...(context.fields ?? []), ['deps', deps], ['context', deps]]), complete: false };
}

/** Functions that a model is given as they are: `Agent(tools=[read_file])`. */
export function registerGivenTools(interpreter: Interpreter, call: CodeCall): void {
  for (const one of call.args) {
    if (one.name !== 'tools') continue;
    for (const { fn } of one.value.items ?? []) {
      if (!fn || fn.entry !== undefined || interpreter.scope.path !== interpreter.module.path) continue;
      fn.entry = pythonTool(interpreter, fn, undefined);
      addTool(interpreter, { closure: fn, name: fn.node.name, description: undefined, approval: false, origin: { path: fn.path, range: { start: fn.node.nameStart, end: fn.node.nameEnd } }, framework: 'tool' });
    }
  }
}

/** A decorated function. */
export function registerToolFunction(interpreter: Interpreter, closure: Closure, name: string, call: CodeCall | undefined, decorators: readonly Value[]): void {
  const approval = call && ['needs_approval', 'requires_approval', 'require_approval', 'require_confirmation', 'requires_confirmation', 'requires_user_input', 'approval_mode'].flatMap((key) => argumentAt(call, key) ?? [])[0];
  closure.entry ??= pythonTool(interpreter, closure, call ? argumentAt(call, 'args_schema')?.value.cls?.schema : undefined);
  addTool(interpreter, {
    closure, name: closure.node.name, description: closure.node.documentation?.value === undefined ? undefined : String(closure.node.documentation.value),
    approval: (approval !== undefined && approval.value.constant !== false && approval.value.constant !== 'never_require') || decorators.some((one) => /approv|confirm|human/i.test(one.name ?? '')),
    origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, framework: toolFramework(name) ?? 'tool',
  });
}

const toolOf = new WeakMap<Closure, ToolHandler>();
/** The tool that a function is, if any. */
export function toolHandlerOf(closure: Closure): ToolHandler | undefined {
  return toolOf.get(closure);
}

export function addTool(interpreter: Interpreter, tool: ToolHandler): void {
  if (toolOf.has(tool.closure)) return;
  toolOf.set(tool.closure, tool);
  if (tool.closure.path === interpreter.module.path) interpreter.tools.push(tool);
  else noteElsewhere(interpreter, tool.closure);
}

