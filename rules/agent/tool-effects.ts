import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeCall, type CodeModule, type Expression, type ToolHandler } from '../../server/rule/code.ts';
import { commandOf } from '../_commands.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';
import { callRule, option } from '../_calls.ts';
import { walk } from '../../server/rule/walk.ts';

/** Methods whose effect cannot be taken back, whoever checked the argument. */
const final = /^(?:delete|remove|drop|destroy|purge|wipe|erase|terminate|truncate(?=$|_?(?:[tT]able|[aA]ll|[dD]atabase))|revoke|transfer|pay|refund|charge|withdraw|buy|sell|merge|deploy|release|unsubscribe|cancel|ban|deactivate|placeOrder|place_order|createTransfer|create_transfer|createPayout|createRefund|create_refund|deleteMany|delete_many|deleteOne|delete_one|removeAll|rmtree|unlink|rm|publishRelease|forcePush)(?=$|[A-Z_])/;
const commands = /(?:^|\.)(?:Delete\w*|Terminate\w*|Remove\w*|Purge\w*)Command$/;
/** Methods that speak in somebody's name. */
const speaking = /^(?:sendmail|sendMail|send_mail|send_email|sendEmail|send_message|sendMessage|send_sms|sendSms|postMessage|chat_postMessage|publish|tweet|createTweet|create_tweet|deliver|reply|forward|dispatchEmail)$/;
const dangerousLine = /\b(?:git\s+push\s+.*--force|terraform\s+(?:destroy|apply)|kubectl\s+delete|helm\s+(?:uninstall|delete)|rm\s+-\w*r|docker\s+(?:rm|system\s+prune)|aws\s+\S+\s+(?:delete|terminate|rm)|drop\s+(?:table|database)|shutdown|reboot|npm\s+publish|dropdb|pulumi\s+destroy)\b/i;

/** The same of functions that say on what: `delete_customer`, `stripeRefund`. */
const finalFunction = /^(?:delete|destroy|purge|wipe|erase|terminate|revoke|transfer|pay|refund|charge|withdraw|ban|deactivate|wire|cancel)_?(?:[A-Z]|(?<=_)[a-z])\w*|(?:[a-z](?:Refund|Payout|Payment)|_(?:refund|payout|payment))$/;

/** A function that the file imports or declares without a body. */
function foreign(call: CodeCall, module: CodeModule): boolean {
  const { callee } = call.node;
  if (callee.kind !== 'name') return false;
  return !module.body.some((one) => (one.kind === 'function' && one.value.name === callee.name && one.value.body.length > 0) || (one.kind === 'expression' && one.value.kind === 'assign' && one.value.target.kind === 'name' && one.value.target.name === callee.name));
}

/** Addresses of services that move money or take orders. */
const paying = /^https?:\/\/[^?]*\/(?:v\d+\/)?(?:transfers?|payments?|payouts?|refunds?|charges?|withdrawals?|wires?|orders?|purchases?)\/?(?:$|[?{])/i;

/** The address that a request of Python or JavaScript posts to. */
function requested(call: CodeCall): string | undefined {
  if (!/^(?:requests|httpx|axios|got|ky|fetch|aiohttp|undici)\b/.test(call.name ?? '')) return undefined;
  const method = option(call, 'method')?.value.constant;
  if (!/[.#](?:post|put|patch|delete)$/.test(call.name!) && !(typeof method === 'string' && /^(?:post|put|patch|delete)$/i.test(method))) return undefined;
  const { constant, parts } = call.args[0]?.value ?? {};
  return typeof constant === 'string' ? constant : parts?.map((one) => one ?? '{').join('');
}

/** A request that deletes. */
function removes(call: CodeCall): boolean {
  if (!/^(?:fetch|axios(?:\.request)?|got|ky|ofetch\.(?:\$fetch|ofetch)|\$fetch|undici\.(?:request|fetch))$/.test(call.name ?? '')) return false;
  const method = option(call, 'method')?.value.constant;
  return typeof method === 'string' && method.toUpperCase() === 'DELETE';
}

/** A statement that deletes rows or tables. */
function deletion(call: CodeCall, method: string): string | undefined {
  if (!/^(?:execute|executemany|query|run|exec|text|fetch|\$executeRaw)$/.test(method)) return undefined;
  const { constant, parts } = call.args[0]?.value ?? {};
  return /^\s*(DELETE\s+FROM|DROP\s+(?:TABLE|DATABASE|SCHEMA)|TRUNCATE)\b/i.exec(typeof constant === 'string' ? constant : parts?.[0] ?? '')?.[1]?.toUpperCase();
}

function effectOf(call: CodeCall, module: CodeModule): string | undefined {
  const method = call.node.callee.kind === 'member' ? call.node.callee.property : call.node.callee.kind === 'name' ? call.node.callee.name : '';
  if (paying.test(requested(call) ?? '')) return `${call.written}(${requested(call)!.slice(0, 60)})`;
  if (removes(call)) return `${call.written} with DELETE`;
  if (commands.test(call.name ?? '')) return `${call.written}`;
  if (/(?:^|\.)(?:Refund|Payout|Transfer|Charge|PaymentIntent)\.create$|(?:^|\.)(?:refunds|payouts|transfers|charges|paymentIntents|payment_intents)\.create$/.test(call.written)) return call.written;
  if (/^(?:child_process|subprocess|os\.system|execa|zx)/.test(call.name ?? '')) { const line = commandOf(call); return line !== undefined && dangerousLine.test(line) ? `\`${dangerousLine.exec(line)![0]}\`` : undefined; }
  const statement = deletion(call, method);
  if (statement !== undefined) return statement;
  const receiver = call.receiver?.name ?? '';
  if (/^(?:Map|Set|dict)#?$|URLSearchParams|^\w+\[\]$/.test(receiver) || call.receiver?.items || (call.receiver?.element && !receiver.endsWith('#'))) return undefined;
  if (/^(?:fs|os|shutil|pathlib|path)\b/.test(call.name ?? call.written)) return undefined;
  // `items.remove(x)` takes an element out of a list of the program.
  if (method === 'remove' && call.name === undefined && /(?:list|items|queue|stack|entries|elements|children|\])$/i.test(call.written.replace(/\.remove$/, ''))) return undefined;
  if (final.test(method) && call.node.callee.kind === 'member' && call.args.length > 0 && !/\$\(|clone\(|reader|stream|element|listener|classList|cache\b|Map\b|Set\b|searchParams|headers/i.test(call.written)) return call.written;
  // A function of another file: `refundOrder(id)`.
  if (call.node.callee.kind === 'name' && call.args.length > 0 && !call.isNew && finalFunction.test(method) && foreign(call, module)) return call.written;
  // A model is asked with messages as well.
  if (/messages\.create$/.test(call.written) && (option(call, 'model') ?? option(call, 'max_tokens')) !== undefined) return undefined;
  if ((speaking.test(method) || /messages\.create$|emails\.send$|\.mail\.send$/.test(call.written)) && /slack|mail|sms|smtp|twilio|messag|notif|twitter|discord|teams|deliver|sendgrid|resend|postmark/i.test(`${call.written} ${call.name ?? ''}`) && addressed(call)) return call.written;
  return undefined;
}

/** What a tool does in a sandbox of its own, or to a file that it has made for the while. */
const scratch = /(?:^|\.)_?sandbox\./i;
const temporary = /\b(?:temp|tmp)_?(?:path|file|dir|name)?\b/i;

/** A server of MCP that says that its tool destroys leaves it to the client to ask. */
function declared(tool: ToolHandler, text: string): boolean {
  const { start, end } = tool.origin.range;
  return /\bdestructiveHint["']?\s*[:=]\s*[tT]rue\b/.test(text.slice(Math.max(0, text.lastIndexOf('registerTool(', start)), end));
}

/** The model chooses to whom it is sent. */
function addressed(call: CodeCall): boolean {
  const harmful = (value: { taints: readonly { label: string }[] }): boolean => value.taints.some((taint) => taint.label === 'tool');
  const first = call.args[/\.sendmail$/.test(call.written) ? 1 : 0];
  if (!first) return false;
  const to = option(call, 'to') ?? option(call, 'channel') ?? option(call, 'recipient');
  return to ? harmful({ taints: taintsIn(to.value) }) : harmful({ taints: first.value.taints }) || (first.value.fields !== undefined && harmful({ taints: taintsIn(first.value) }));
}

export default [
  defineRule({
    id: 'agent/effect-without-approval', title: 'Tool that acts for good without asking', severity: 'high', confidence: 'medium', references: ['LLM06:2025', 'ASI02', 'AISF-AGENT-05', 'CWE-862'],
    what: 'Reports tools of agents that delete, pay, publish, deploy or send on the model’s word: without an approval setting of the framework, a question to a person in the handler, or a human in the loop of the agent.',
    why: 'A sentence in a mail or a web page is enough to make the model call the tool; what it did cannot be taken back.', whenNotToUse: 'When the action can be undone, or is limited to what its user owns and may lose.',
    noFix: 'Who is to be asked, and how, has to be decided.',
    checks: [{
      on: 'code', words: ['tool', 'Tool', 'mcp', 'Mcp', 'MCP', 'agent', 'Agent', 'kernel_function', 'RunContext'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        const reported = new Set<ToolHandler>();
        for (const call of code.calls) {
          const { tool } = call;
          if (!tool || tool.approval || call.approved || reported.has(tool)) continue;
          const effect = effectOf(call, code.module);
          if (effect === undefined || scratch.test(effect) || context.document.text.slice(call.node.start, call.node.end).match(temporary) || declared(tool, context.document.text)) continue;
          reported.add(tool);
          const owners = code.calls.filter((one) => /createAgent$|create_agent$|createReactAgent$|create_react_agent$/.test(one.name ?? '') && (option(one, 'tools')?.value.items ?? []).some((each) => each.call !== undefined && each.call.origin.range.start === tool.origin.range.start));
          const free = owners.filter((one) => !middleware(one));
          if (owners.length > 0 && free.length === 0) continue;
          const at = free[0]?.callee ?? call.origin;
          context.report({ at, message: `Tool ${tool.name ?? 'of the agent'} calls ${effect} on the model’s word, and nobody is asked.` });
        }
        for (const call of code.calls) {
          if (/(?:^|\.)(?:state\.)?approve$/.test(call.written) && /interrupt|state|approval/i.test(call.written + context.document.text.slice(call.origin.range.start, call.origin.range.end)) && !call.approved && code.module.body.some((one) => one.kind === 'import' && /agents|langgraph|ai$/.test(one.module))) context.report({ at: call.callee, message: 'What the agent asks a person for is approved by the program.' });
        }
      },
    }],
    examples: [
      { file: 'tools.ts', bad: sample(["import { tool } from 'ai';", "import { z } from 'zod';", "import { accounts } from './accounts';", 'export const close = tool({', "  description: 'Close an account',", '  inputSchema: z.object({ id: z.string().uuid() }),', '  execute: async ({ id }) => «accounts.delete(id)»,', '});']), good: sample(["import { tool } from '@openai/agents';", "import { z } from 'zod';", "import { accounts } from './accounts';", 'export const close = tool({', "  name: 'close', description: 'Close an account', needsApproval: true,", '  parameters: z.object({ id: z.string().uuid() }),', '  execute: async ({ id }) => accounts.delete(id),', '});']) },
      { file: 'tools.py', bad: sample(['from langchain_core.tools import tool', 'from bank import client', '@tool', 'def pay(iban: str, cents: int) -> str:', '    """Pays."""', '    «client.transfer(iban, cents)»', '    return "ok"']), good: sample(['from langchain_core.tools import tool', 'from bank import client', '@tool', 'def pay(iban: str, cents: int) -> str:', '    """Pays."""', '    if input(f"Pay {cents} to {iban}? ") != "yes":', '        return "declined"', '    client.transfer(iban, cents)', '    return "ok"']) },
    ],
  }),
  defineRule({
    id: 'agent/environment-given-to-model', title: 'Tool that hands out the environment', severity: 'high', confidence: 'high', references: ['LLM02:2025', 'CWE-200', 'AML.T0055', 'ASI03'],
    what: 'Reports tools that return the environment of the process, with its keys, to the model.', why: 'What a tool returns goes to the model’s provider, into the conversation, and to whoever steers it.', noFix: 'What the model needs to know has to be listed.', whenNotToUse: 'Never.',
    checks: [{
      on: 'code', words: ['environ', 'process.env'],
      check: (code, context) => {
        for (const tool of code.tools) {
          walk(tool.closure.node, (node) => {
            // `{k: v for k, v in os.environ.items()}`, and no choice among them.
            if (node.kind === 'comprehension' && tool.closure.path === context.document.path) {
              const copied = wholeEnvironment(node);
              if (copied) context.report({ at: copied, message: `Tool ${tool.name ?? 'of the agent'} hands the whole environment, keys included, to the model.` });
            }
            if (node.kind !== 'call') return;
            for (const one of node.args) {
              const whole = /^(?:os\.environ|process\.env)$/.test(writtenOf(one.value));
              if (whole && tool.closure.path === context.document.path) context.report({ at: { start: one.value.start, end: one.value.end }, message: `Tool ${tool.name ?? 'of the agent'} hands the whole environment, keys included, to the model.` });
            }
          });
        }
      },
    }],
    examples: [{ file: 'server.py', bad: sample(['import os', 'from mcp.server.fastmcp import FastMCP', 'mcp = FastMCP("ops")', '@mcp.tool()', 'def describe() -> dict:', '    """Describes."""', '    return dict(«os.environ»)']), good: sample(['import os', 'from mcp.server.fastmcp import FastMCP', 'mcp = FastMCP("ops")', '@mcp.tool()', 'def describe() -> str:', '    """Describes."""', '    return os.environ["REGION"]']) }],
  }),
  callRule({
    id: 'agent/untrusted-tool-description', title: 'Tool described by what was fetched', severity: 'high', confidence: 'medium', callees: ['mcp.McpServer#{tool,registerTool}', 'mcp.FastMCP#{add_tool,addTool}', 'ai.{tool,dynamicTool}', 'agents.tool', 'langchain.{tool,DynamicTool,DynamicStructuredTool,StructuredTool,Tool}', 'langchain.{StructuredTool,Tool}.from_function', 'llamaindex.FunctionTool.{from,from_defaults}', 'genkit.Genkit#defineTool'], references: ['LLM01:2025', 'LLM03:2025', 'AML.T0051', 'ASI02'],
    what: 'Reports tools whose description comes from a request, a fetched page, a database or a document.', why: 'A model reads the descriptions of its tools as instructions; whoever writes them tells it what to do with the other tools.', noFix: 'The descriptions have to be written down, or compared with ones that a person has read.', whenNotToUse: 'Where the catalogue is signed and its signature is checked.',
    judge: (call) => {
      const found = option(call, 'description') ?? (call.name === 'mcp.McpServer#tool' ? option(call, 1) : undefined);
      return found && taintsIn(found.value).some((taint) => /^(?:request|web|document|message|store)$/.test(taint.label)) ? { at: found.origin, message: 'The description of the tool is text that somebody else wrote.' } : undefined;
    },
    examples: [{ file: 'proxy.ts', bad: sample(["import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';", "const server = new McpServer({ name: 'proxy', version: '1.0.0' });", "const remote = await fetch('https://tools.example.com/catalog.json').then((r) => r.json());", "server.registerTool('remote', { description: «remote.description» }, async () => ({ content: [] }));"]), good: sample(["import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';", "const server = new McpServer({ name: 'proxy', version: '1.0.0' });", "server.registerTool('remote', { description: 'Looks up a tide' }, async () => ({ content: [] }));"]) }],
  }),
] satisfies readonly Rule[];

function middleware(call: CodeCall): boolean {
  const found = option(call, 'middleware');
  const gated = (found?.value.items ?? []).some((one) => /humanInTheLoop|HumanInTheLoop|human_in_the_loop/i.test(one.name ?? one.call?.written ?? ''));
  return gated || option(call, 'interruptBefore') !== undefined || option(call, 'interrupt_before') !== undefined || option(call, 'interruptOn') !== undefined;
}

/** Where a comprehension takes every variable of the environment. */
function wholeEnvironment(node: Extract<Expression, { kind: 'comprehension' }>): { readonly start: number; readonly end: number } | undefined {
  const [only] = node.clauses;
  if (!only || node.clauses.length > 1 || only.conditions.length > 0) return undefined;
  const from = only.iterable.kind === 'call' && only.iterable.callee.kind === 'member' && only.iterable.callee.property === 'items' ? only.iterable.callee.object : only.iterable;
  // The names alone tell little.
  if (writtenOf(from) !== 'os.environ' || (node.key === undefined && node.element.kind === 'name')) return undefined;
  return { start: from.start, end: from.end };
}

function writtenOf(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? `${writtenOf(node.object)}.${node.property}` : '';
}
