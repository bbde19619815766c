import { optionsOf } from '../../server/rule/options.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall, CodeArgument, Value } from '../../server/rule/code.ts';
import { inProject } from '../../server/rule/paths.ts';
import { option } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const launchers = /^(?:npx|bunx|pnpx|uvx|pipx)(?:\.cmd)?$/;
const clients = /(?:^|[./#_-])mcp|stdio/i;

interface Start {
  readonly words: readonly (string | undefined)[];
  readonly at: CodeArgument['origin'];
}

function wordsOf(value: Value | undefined): readonly (string | undefined)[] {
  return (value?.items ?? []).map((one) => (typeof one.constant === 'string' ? one.constant : undefined));
}

/** The programs that a client of MCP servers is told to start. */
function startsOf(call: CodeCall): readonly Start[] {
  const out: Start[] = [];
  const whole = option(call, 'fullCommand');
  if (typeof whole?.value.constant === 'string') out.push({ words: whole.value.constant.split(/\s+/), at: whole.origin });
  const command = call.args.find((one) => one.name === 'command') ?? (/MCPServerStdio$/.test(call.name ?? '') ? call.args[0] : undefined);
  if (typeof command?.value.constant === 'string') out.push({ words: [command.value.constant, ...wordsOf((call.args.find((one) => one.name === 'args') ?? call.args[1])?.value)], at: command.origin });
  for (const found of optionsOf(call, 4)) {
    if (found.name === 'command' && found.owner && typeof found.value.constant === 'string') out.push({ words: [found.value.constant, ...wordsOf(found.owner.fields?.get('args'))], at: found.at });
  }
  return out;
}

/** The package that a launcher is told to fetch, unless its version is fixed. */
function unpinned([program, ...rest]: Start['words']): string | undefined {
  if (program === undefined || !launchers.test(program)) return undefined;
  const at = rest.findIndex((one) => one === undefined || !/^(?:-|run$|exec$)/.test(one));
  const from = rest.findIndex((one) => one === '--from' || one === '--package' || one === '-p');
  const name = from >= 0 ? rest[from + 1] : rest[at];
  if (name === undefined || /^[./~$]|\.(?:[cm]?[jt]s|py)$|:\/\//.test(name)) return undefined;
  return /.@\d[\w.+-]*$|==\d/.test(name) ? undefined : name;
}

export default [
  defineRule({
    id: 'agent/mcp-server-started-unpinned', title: 'MCP server that a program starts without a fixed version', severity: 'low', confidence: 'high', references: ['LLM03:2025', 'CWE-494', 'AML.T0010', 'CWE-1357'],
    what: 'Reports clients of MCP servers that start `npx`, `uvx` and their like with a package whose version is not fixed.', why: 'Each start runs whatever the package’s owner, or who took the account over, published last, with the rights of the program.', noFix: 'The version that was looked at has to be named.',
    whenNotToUse: 'For servers of one’s own.',
    checks: [{
      on: 'code', words: ['npx', 'uvx', 'bunx', 'pipx', 'pnpx'],
      check: (code, context) => {
        if (isTest(context.document.path) || /(?:^|\/)(?:examples?|samples?|demos?|docs|tutorials?|cookbook)\//i.test(inProject(context.document.path))) return;
        const seen = new Set<number>();
        for (const call of code.calls) {
          if (!clients.test(call.name ?? call.written)) continue;
          for (const { words, at } of startsOf(call)) {
            const name = unpinned(words);
            if (name === undefined || at.path !== context.document.path || seen.has(at.range.start)) continue;
            seen.add(at.range.start);
            context.report({ at, message: `Whatever version of ${name.replace(/@latest$/, '')} was published last is run.` });
          }
        }
      },
    }],
    examples: [
      { file: 'desk.ts', bad: sample(["import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';", "export const charts = new StdioClientTransport({ command: «'npx'», args: ['-y', '@acme/charts-mcp'] });"]), good: sample(["import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';", "export const charts = new StdioClientTransport({ command: 'npx', args: ['-y', '@acme/charts-mcp@1.4.2'] });"]) },
      { file: 'desk.py', bad: sample(['from mcp import StdioServerParameters', 'charts = StdioServerParameters(command=«"uvx"», args=["acme-charts"])']), good: sample(['from mcp import StdioServerParameters', 'charts = StdioServerParameters(command="uvx", args=["acme-charts==1.4.2"])']) },
    ],
  }),
] satisfies readonly Rule[];
