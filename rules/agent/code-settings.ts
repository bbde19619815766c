import { optionsMadeIn, optionsOf } from '../../server/rule/options.ts';
import { walk } from '../../server/rule/walk.ts';
import { defineRule, type Report, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall, Statement, Value } from '../../server/rule/code.ts';
import { callRule, constantOf, isFalse, mayHaveMore, option, replaceFix, text } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const refs = ['LLM06:2025', 'ASI05', 'CWE-94', 'AML.T0053', 'AISF-AGENT-02'];
const steered = 'A document or page that the model reads can choose what is run; nothing then stands between it and the machine.';
const codeTools = ['langchain.PythonREPL', 'langchain.ShellTool', 'llamaindex.{CodeInterpreterToolSpec,PandasQueryEngine,PandasInstructionParser,CodeActAgent}', 'agno.tools.{shell.ShellTools,python.PythonTools,coding.CodingTools,docker.DockerTools}', 'strands.Agent', 'strands.agent.Agent', 'agents.{shellTool,ShellTool}', 'phi.tools.{shell.ShellTools,python.PythonTools}', 'autogen.LocalCommandLineCodeExecutor', 'langchain.Chain', 'langchain.create_python_agent', 'smolagents.PythonInterpreterTool', 'google.adk.code_executors.UnsafeLocalCodeExecutor', 'google.adk.code_executors.unsafe_local_code_executor.UnsafeLocalCodeExecutor', 'camel.toolkits.{CodeExecutionToolkit,TerminalToolkit}', 'metagpt.actions.run_code.RunCode', 'llama_index.tools.code_interpreter.base.CodeInterpreterToolSpec', '@langchain/community/tools/shell.ShellTool', 'langchain.Chain.{from_llm,fromLLM,from_math_prompt}', 'agents.LocalShellTool'];
const switches: Readonly<Record<string, string>> = { allow_dangerous_code: 'lets the model run Python on this machine', allow_dangerous_requests: 'lets the model send any request or query', allowDangerousRequests: 'lets the model send any request or query', allow_dangerous_tools: 'gives the model dangerous tools', allow_code_execution: 'lets the model run code', dangerouslyAllowBrowserTools: 'gives the model dangerous tools', disable_security: 'switches the browser’s own protections off', dangerously_skip_permissions: 'skips every permission', allowDangerouslySkipPermissions: 'skips every permission', dangerouslySkipPermissions: 'skips every permission', unsafe_mode: 'lets the model run anything', trust_remote_tools: 'trusts tools of strangers',
  allow_dangerously_set_content: 'takes what a value holds for a message of its own, a system prompt for one', sampling_auto_approve: 'lets the server of the tools ask the model at one’s cost', approve_all: 'approves whatever the model wants to do',
  allowPrivateHosts: 'lets the model read hosts of the own network', allow_local_urls: 'lets the model read hosts of the own network', allow_all_domains: 'lets the model ask every host', enable_dangerous_file_uploads: 'lets the model send files of this machine away',
  allow_s3_credential_exposure: 'leaves credentials where code of the model reads them', dangerouslyStoreCredentials: 'leaves credentials where code of the model reads them', dangerously_store_credentials: 'leaves credentials where code of the model reads them',
};
/** Those of them that change what the model reads, not what it does. */
const milder: ReadonlySet<string> = new Set(['allow_dangerously_set_content', 'sampling_auto_approve', 'allowPrivateHosts', 'allow_local_urls', 'allow_all_domains']);
const manyTurns = 100;

export default [
  callRule({
    id: 'agent/code-execution-tool', title: 'Agent that may run code on this machine', severity: 'high', callees: codeTools, references: refs, why: steered,
    what: 'Reports tools and chains that run code or commands which a model writes, in the process or the shell of this machine.', whenNotToUse: 'In a container made for this, without network and with nothing worth taking.', noFix: 'A sandbox has to be chosen: a container without network, or a service such as E2B.',
    judge: (call): Report | undefined => {
      const name = call.name!;
      if (call.approved) return undefined;
      if (name.startsWith('strands.')) {
        const own = (option(call, 'tools')?.value.items ?? []).find((one) => /^strands_tools\.(?:shell|python_repl|use_computer)(?:\.|$)/.test(one.name ?? ''));
        return own ? { at: own.origin ?? option(call, 'tools')!.origin, message: `${own.name!.split('.')[1]} runs what the model writes on this machine.` } : undefined;
      }
      if (/^agents\.[sS]hellTool$/.test(name)) {
        const asks = option(call, 'needsApproval') ?? option(call, 'needs_approval');
        if ((!option(call, 'shell') && !option(call, 'executor')) || mayHaveMore(call) || (asks && !isFalse(asks))) return undefined;
      }
      if (/CodingTools$/.test(name) && isFalse(option(call, 'enable_run_shell'))) return undefined;
      if (/langchain\.Chain/.test(name)) {
        const written = /(?:^|\.)(LLMMathChain|PALChain|SQLDatabaseChain)(?:\.|$)/.exec(call.written)?.[1];
        return written ? { at: call.callee, severity: 'medium', message: `${written} runs what the model writes.` } : undefined;
      }
      return { at: call.callee, message: `${call.written} runs what the model writes on this machine.` };
    },
    examples: [{ file: 'agent.py', bad: sample(['from langchain_experimental.tools import PythonREPLTool', 'tools = [«PythonREPLTool»()]']), good: sample(['from langchain_community.tools import WikipediaQueryRun', 'tools = [WikipediaQueryRun()]']) }],
  }),
  defineRule({
    id: 'agent/dangerous-setting', title: 'Safeguard of an agent switched off', severity: 'high', confidence: 'high', references: refs, why: steered,
    what: 'Reports the switches of agent frameworks that are named dangerous by their makers, local code executors, tools without a folder of their own, imports of everything, and permission modes that ask nobody.', whenNotToUse: 'In a container made for this, without network and with nothing worth taking.',
    noFix: 'Which of the rights the agent needs has to be decided.',
    checks: [{
      on: 'code', alone: /\binterpreter\.auto_run\s*=\s*True|\bOpenInterpreter\([^)]*auto_run\s*=\s*True/, words: ['disable-web-security', 'dangerous', 'Dangerous', 'allow_code_execution', 'use_docker', 'authorized_imports', 'ermission', 'disable_security', 'root_dir', 'rootDir', 'load_tools', 'FileManagementToolkit', 'unsafe', 'canUseTool', 'can_use_tool', 'approv', 'Approv', 'local_executor', 'executor_type', 'auto_run', 'BYPASS_TOOL_CONSENT', ...Object.keys(switches), 'whitelisted_dependencies', 'restrict_to_base_dir'],
      check: (code, context) => {
        const test = isTest(context.document.path);
        const seen = new Set<number>();
        const report = (one: Report): void => {
          const at = 'path' in one.at ? one.at.range.start : one.at.start;
          if (seen.has(at)) return;
          seen.add(at);
          context.report(test ? { ...one, severity: 'low' } : one);
        };
        for (const one of code.assignments) if (/^interpreter\.(?:interpreter\.|OpenInterpreter#)auto_run$/.test(one.name ?? '') && one.value.constant === true) report({ at: one.origin, message: 'The agent runs code on this machine without asking anybody.' });
        for (const one of code.assignments) if (!test && /^(?:os\.)?environ\.BYPASS_TOOL_CONSENT$/.test(one.written) && /^true$/i.test(String(one.value.constant ?? ''))) report({ at: one.origin, message: 'Tools act without asking anybody.' });
        for (const { call, found } of optionsMadeIn(code.calls, (one) => one.found.at.path === context.document.path, 4)) {
          const { constant } = found.value;
          const harm = Object.hasOwn(switches, found.name) ? switches[found.name] : undefined;
          // In a container of its own.
          if (found.name === 'allow_code_execution' && call.args.some((one) => one.name === 'code_execution_mode' && one.value.constant === 'safe')) continue;
          if (harm !== undefined && constant === true) { report({ at: found.at, message: `${found.name} ${harm}.`, ...(milder.has(found.name) ? { severity: 'medium' as const } : {}), fixes: found.inline ? [{ title: 'Switch it off', safe: false, intents: [{ kind: 'replace', origin: found.at, text: context.document.language === 'python' ? 'False' : 'false' }] }] : [] }); continue; }
          const open = (found.name === 'args' && /^(?:puppeteer|playwright)\b.*\.(?:launch|launchPersistentContext|launch_persistent_context|connect)$/.test(call.name ?? '')) || (/^(?:extra_args|args)$/.test(found.name) && /^(?:crawl4ai|browser_use)\b/.test(call.name ?? '')) ? found.value.items?.find((one) => one.constant === '--disable-web-security') : undefined;
          if (open) report({ at: open.origin ?? found.at, severity: 'medium', message: 'A page that the browser opens reads those of other sites, with what the user may there.' });
          if (found.name === 'code_execution_mode' && constant === 'unsafe') report({ at: found.at, message: 'The agent runs code in this process and not in a container.' });
          else if (found.name === 'use_docker' && constant === false && /code_execution_config|^use_docker/.test(found.path)) report({ at: found.at, message: 'The agent runs code on this machine and not in a container.', fixes: found.inline ? [{ title: 'Run it in a container', safe: false, intents: [{ kind: 'replace', origin: found.at, text: 'True' }] }] : [] });
          else if (/^(?:additional_authorized_imports|custom_whitelisted_dependencies)$/.test(found.name) && (found.value.items ?? []).some((one) => typeof one.constant === 'string' && /^(?:\*|os|subprocess|sys|shutil|socket|pathlib|builtins|importlib|ctypes|pty|posix)(?:\.|$)/.test(one.constant))) report({ at: found.at, message: 'The agent’s code may import modules that reach the machine.' });
          else if ((found.name === 'permissionMode' || found.name === 'permission_mode') && (constant === 'bypassPermissions' || (constant === 'dontAsk' && grantsWrites(call)))) report({ at: found.at, message: 'The agent acts without asking anybody.', ...(constant === 'bypassPermissions' && found.inline ? { fixes: [{ title: 'Ask before acting', safe: false, intents: [{ kind: 'replace', origin: found.at, text: "'default'" }] }] } : {}) });
          else if ((found.name === 'canUseTool' || found.name === 'can_use_tool') && alwaysAllows(found.value)) report({ at: found.at, message: 'Every tool is allowed, whatever it is asked to do.' });
          else if (/^require_?[aA]pproval$/.test(found.name) && constant === 'never') report({ at: found.at, message: 'Tools of the remote server are called without asking anybody.', fixes: found.inline ? [{ title: 'Ask before each call', safe: false, intents: [{ kind: 'replace', origin: found.at, text: context.document.language === 'python' ? '"always"' : "'always'" }] }] : [] });
          else if (/^(?:auto_?approve|autoApprove|always_?allow|alwaysAllow|auto_run|autoRun)$/.test(found.name) && (constant === true || found.value.items?.some((one) => one.constant === '*')) && call.name !== undefined && (!/auto_run\b/.test(call.name) || /^interpreter\./.test(call.name))) report({ at: found.at, severity: 'medium', message: `${found.name} lets tools act without asking anybody.` });
          else if (found.name === 'restrict_to_base_dir' && constant === false && /^agno\b/.test(call.name ?? '')) report({ at: found.at, message: 'The file tools reach every file that the process can.' });
          else if (found.name === 'executor_type' && constant === 'local' && /smolagents/.test(call.name ?? '')) report({ at: found.at, severity: 'medium', message: 'The agent runs code in this process and not in a sandbox.' });
        }
        for (const call of code.calls) {
          const name = call.name ?? '';
          if (/FileManagementToolkit$|FileSystemToolkit$/.test(name)) {
            const root = option(call, 'root_dir') ?? option(call, 'rootDir');
            const value = constantOf(root);
            if (!root) report({ at: call.callee, message: 'The file tools reach every file that the process can.' });
            else if (value === '/' || value === '~' || value === '') report({ at: root.origin, message: 'The file tools reach every file that the process can.' });
          }
          if (/langchain\.load_tools$/.test(name)) {
            const risky = (call.args[0]?.value.items ?? []).find((one) => typeof one.constant === 'string' && /^(?:terminal|python_repl|requests_all|requests_post|shell)$/.test(one.constant));
            if (risky) report({ at: call.args[0]!.origin, message: `The tool ${String(risky.constant)} runs or sends whatever the model writes.` });
          }
        }
      },
    }],
    examples: [
      { file: 'agent.py', bad: sample(['from langchain_experimental.agents import create_pandas_dataframe_agent', 'agent = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=«True»)']), fixed: sample(['from langchain_experimental.agents import create_pandas_dataframe_agent', 'agent = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=False)']), good: sample(['from langchain_experimental.agents import create_pandas_dataframe_agent', 'agent = create_pandas_dataframe_agent(llm, df)']) },
      { file: 'agent.ts', bad: sample(["import { query } from '@anthropic-ai/claude-agent-sdk';", "export const run = (prompt: string) => query({ prompt, options: { permissionMode: «'bypassPermissions'» } });"]), fixed: sample(["import { query } from '@anthropic-ai/claude-agent-sdk';", "export const run = (prompt: string) => query({ prompt, options: { permissionMode: 'default' } });"]), good: sample(["import { query } from '@anthropic-ai/claude-agent-sdk';", "export const run = (prompt: string) => query({ prompt, options: { permissionMode: 'plan' } });"]) },
    ],
  }),
  callRule({
    id: 'agent/nobody-is-asked', title: 'Agent that runs code and never asks a person', severity: 'high', callees: ['autogen.{UserProxyAgent,ConversableAgent}'], references: ['LLM06:2025', 'ASI05', 'AISF-AGENT-05'], why: steered, what: 'Reports AutoGen agents with `human_input_mode="NEVER"` that execute code.',
    judge: (call): Report | undefined => {
      const mode = option(call, 'human_input_mode');
      const execution = option(call, 'code_execution_config');
      if (text(mode) !== 'NEVER' || isFalse(execution) || !execution && call.name !== 'autogen.UserProxyAgent' || constantOf(execution) === null) return undefined;
      return { at: mode!.origin, message: 'The agent runs code that the model writes and never asks a person.', fixes: replaceFix(mode!, '"ALWAYS"', 'Ask each time', false) };
    },
    examples: [{ file: 'team.py', bad: sample(['import autogen', 'runner = autogen.UserProxyAgent("runner", human_input_mode=«"NEVER"», code_execution_config={"work_dir": "w"})']), fixed: sample(['import autogen', 'runner = autogen.UserProxyAgent("runner", human_input_mode="ALWAYS", code_execution_config={"work_dir": "w"})']), good: sample(['import autogen', 'runner = autogen.UserProxyAgent("runner", human_input_mode="NEVER", code_execution_config=False)']) }],
  }),
  defineRule({
    id: 'agent/no-step-limit', title: 'Agent without a limit of steps', severity: 'medium', confidence: 'high', references: ['LLM10:2025', 'LLM06:2025', 'CWE-770', 'AML.T0034'],
    what: 'Reports limits of steps, turns and recursion that are set to none or very high, and endless loops around a model.', why: 'An agent that goes round in circles spends money and repeats its actions until somebody notices.', whenNotToUse: 'For a loop that waits for work and handles each piece with a limit of its own.',
    noFix: 'How many steps the work may take has to be decided.',
    checks: [{
      on: 'code', words: ['max', 'Max', 'GroupChat', 'Swarm', 'ecursion', 'stepCountIs', 'stopWhen', 'while', 'for (;;)', 'turns'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const call of code.calls) {
          if (/^ai\.stepCountIs$|^ai\.isStepCount$/.test(call.name ?? '')) {
            const steps = constantOf(call.args[0]);
            if (typeof steps === 'number' && steps > manyTurns) context.report({ at: call.args[0]!.origin, message: `${steps} steps are as good as no limit.` });
          }
          if (/^autogen\.(?:RoundRobinGroupChat|SelectorGroupChat|Swarm)$/.test(call.name ?? '') && !mayHaveMore(call) && !['termination_condition', 'max_turns'].some((key) => option(call, key))) context.report({ at: call.callee, message: 'The agents talk on until somebody stops them.' });
          for (const found of optionsOf(call, 2)) {
            if (found.at.path !== context.document.path) continue;
            const { constant } = found.value;
            const huge = (typeof constant === 'number' && constant > manyTurns) || found.value.name === 'Number.MAX_SAFE_INTEGER' || found.value.name === 'Infinity' || found.value.name === 'math.inf' || found.value.name === 'sys.maxsize';
            if (/^(?:max_iterations|maxIterations|max_steps|maxSteps|max_turns|maxTurns|recursion_limit|recursionLimit|max_iter|maxToolRoundtrips|max_consecutive_auto_reply|max_round|max_rounds|max_function_calls)$/.test(found.name) && (agentic(call) || /^recursion_?[lL]imit$/.test(found.name)) && (huge || (constant === null && found.inline && /iter/.test(found.name)))) context.report({ at: found.at, message: constant === null ? `${found.name} is switched off.` : `${found.name} is so high that it is no limit.` });
            if (found.name === 'stopWhen' && found.value.fn && neverStops(found.value)) context.report({ at: found.at, message: 'The agent never stops by itself.' });
          }
        }
        walk(code.module, (node) => {
          if (node.kind !== 'loop' || node.iterable) return;
          const endless = node.test === undefined || (node.test.kind === 'literal' && (node.test.value === true || node.test.value === 1));
          if (!endless || leaves(node.body)) return;
          // A person who types between two rounds is the limit.
          if (code.calls.some((call) => call.origin.range.start >= node.start && call.origin.range.end <= node.end && call.result.human === true)) return;
          const asks = code.calls.some((call) => call.origin.range.start >= node.start && call.origin.range.end <= node.end && isModelCall(call) && call.origin.path === context.document.path);
          if (asks) context.report({ at: { start: node.start, end: Math.min(node.headEnd, node.start + 80) }, message: 'The loop asks the model again and again, without an end.' });
        });
      },
    }],
    examples: [{ file: 'agent.py', bad: sample(['from langchain.agents import AgentExecutor', 'executor = AgentExecutor(agent=agent, tools=[], max_iterations=«None»)']), good: sample(['from langchain.agents import AgentExecutor', 'executor = AgentExecutor(agent=agent, tools=[], max_iterations=6)']) }],
  }),
] satisfies readonly Rule[];

function agentic(call: CodeCall): boolean {
  return /agent|langchain|langgraph|llamaindex|crewai|autogen|ai\.|mastra|smolagents|browser_use|pydantic_ai|claude|Runner|query/i.test(call.name ?? call.written);
}

/** A call to a model, by its name or its shape. */
export function isModelCall(call: CodeCall): boolean {
  return /(?:chat\.completions|responses|messages|completions)\.(?:create|stream|parse)$|(?:generate_content|generateContent|converse|invoke_model)$|^(?!smtplib|aiosmtplib|telegram|aiogram|discord|slack|django|pywhatkit|twilio).*(?:sendMessage|send_message)$|^ai\.(?:generateText|streamText|generateObject|streamObject)$|^ollama\.(?:chat|generate)$|langchain\.(?:ChatModel|Chain|AgentExecutor|Agent|Runnable)#(?:invoke|ainvoke|run|stream|call)|^agents\.(?:run|Runner\.\w+)$|chat\.complete$/.test(call.name ?? '');
}

function grantsWrites(call: CodeCall): boolean {
  const tools = option(call, 'options.allowedTools') ?? option(call, 'allowed_tools') ?? option(call, 'options.allowed_tools');
  return (tools?.value.items ?? []).some((one) => typeof one.constant === 'string' && /^(?:Bash|Write|Edit|MultiEdit|NotebookEdit)/.test(one.constant));
}

/** A permission callback whose every way out allows. */
function alwaysAllows(value: Value): boolean {
  const body = value.fn?.node.body;
  if (!body || body.length !== 1 || body[0]?.kind !== 'return') return false;
  const result = body[0].value;
  return result?.kind === 'object' && result.entries.some((one) => one.key === 'behavior' && one.value.kind === 'literal' && one.value.value === 'allow');
}

function neverStops(value: Value): boolean {
  const [only] = value.fn?.node.body ?? [];
  return only?.kind === 'return' && only.value?.kind === 'literal' && only.value.value === false;
}

/** Whether a loop's body can leave it. */
function leaves(body: readonly Statement[]): boolean {
  return body.some((one) => {
    switch (one.kind) {
      case 'jump': return one.type === 'break';
      case 'return': case 'throw': return true;
      case 'if': return leaves(one.then) || leaves(one.otherwise);
      case 'block': case 'with': return leaves(one.body);
      case 'try': return leaves(one.body) || leaves(one.final) || one.handlers.some((handler) => leaves(handler.body));
      case 'switch': return one.cases.some((each) => leaves(each.body));
      case 'loop': return one.body.some((each) => leavesFunction(each)) || leaves(one.otherwise);
      default: return false;
    }
  });
}

function leavesFunction(one: Statement): boolean {
  switch (one.kind) {
    case 'return': case 'throw': return true;
    case 'if': return one.then.some(leavesFunction) || one.otherwise.some(leavesFunction);
    case 'block': case 'with': case 'loop': return one.body.some(leavesFunction);
    case 'try': return one.body.some(leavesFunction);
    default: return false;
  }
}
