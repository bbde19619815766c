import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, isTrue, option } from '../_calls.ts';
import { defineRule } from '../../server/rule/rule.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const why = 'Prompts, answers, and with some libraries the keys in the headers, then stand in logs that many read and that are kept for long.';

export default [
  callRule({
    id: 'monitoring/prompts-in-debug-log', title: 'Client of a model that writes out all that passes', severity: 'low', references: ['CWE-532', 'LLM02:2025', 'AU-2'], why,
    callees: ['langchain.globals.{set_debug,set_verbose}', 'langchain_core.globals.{set_debug,set_verbose}', 'litellm._turn_on_debug', 'http.client.HTTPConnection.set_debuglevel', 'http.client.{HTTPConnection,HTTPSConnection}#set_debuglevel', 'llamaindex.set_global_handler', 'smtplib.{SMTP,SMTP_SSL}#set_debuglevel', 'boto3.set_stream_logger', 'botocore.session.Session#set_debug_logger'],
    what: 'Reports the switches by which LangChain, LiteLLM and clients of HTTP and mail write out every request and answer.', noFix: 'Where the details are needed has to be decided.', whenNotToUse: 'While something is being looked for on a developer’s machine.',
    judge: (call, context): Report | undefined => {
      if (context.document.path.includes('.ipynb')) return undefined;
      if (call.name === 'litellm._turn_on_debug') return { at: call.callee, message: 'LiteLLM writes out every request with the key it is sent with.', severity: 'medium' };
      const given = option(call, 0) ?? option(call, 'value') ?? option(call, 'level');
      if (call.name === 'boto3.set_stream_logger') return constantOf(given) === '' || constantOf(given) === 'botocore' && option(call, 1) === undefined ? { at: call.callee, message: 'Every request to the cloud is written out, with what it carries.' } : undefined;
      if (call.name === 'llamaindex.set_global_handler') return constantOf(given) === 'simple' ? { at: given!.origin, message: 'Every prompt and answer is written to standard output.' } : undefined;
      const on = isTrue(given) || (typeof constantOf(given) === 'number' && Number(constantOf(given)) > 0 && call.written.endsWith('set_debuglevel'));
      if (!on) return undefined;
      return { at: given!.origin, message: call.written.endsWith('set_debuglevel') ? 'Every request is written out with its headers and what it carries.' : 'Every prompt and answer is written to standard output.' };
    },
    examples: [{ file: 'app.py', bad: sample(['from langchain.globals import set_debug', 'set_debug(«True»)']), good: sample(['from langchain.globals import set_debug', 'set_debug(False)']) }],
  }),
  defineRule({
    id: 'monitoring/verbose-model-client', title: 'Model client set to write out all that passes', severity: 'low', confidence: 'high', references: ['CWE-532', 'LLM02:2025', 'AU-2'], why,
    what: 'Reports `litellm.set_verbose = True`, `langchain.debug = True` and `OPENAI_LOG=debug`.', noFix: 'Where the details are needed has to be decided.', whenNotToUse: 'While something is being looked for on a developer’s machine.',
    checks: [{
      on: 'code', words: ['set_verbose', 'langchain.debug', 'OPENAI_LOG', 'LITELLM_LOG', 'ANTHROPIC_LOG', 'debuglevel'],
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        for (const { written, name, value, origin } of code.assignments) {
          const on = value.constant === true && (/^litellm\.set_verbose$/.test(name ?? written) || written === 'langchain.debug');
          const variable = /^os\.environ\.(?:OPENAI_LOG|ANTHROPIC_LOG|LITELLM_LOG)$/.test(written) && /^debug$/i.test(String(value.constant ?? ''));
          const headers = /HTTPConnection\.debuglevel$/.test(written) && typeof value.constant === 'number' && value.constant > 0;
          const asked = /\bif\b[^\n]*(?:debug|verbose)[^\n]*:\s*(?:\n[^\n]*){0,3}$/i.test(context.document.text.slice(Math.max(0, origin.range.start - 300), origin.range.start));
          if ((on || variable || headers) && !asked) context.report({ at: origin, message: headers ? 'Every request is written out with its headers.' : 'Every prompt and answer is written to the log.' });
        }
      },
    }],
    examples: [{ file: 'app.py', bad: sample(['import litellm', 'litellm.set_verbose = «True»']), good: sample(['import litellm', 'litellm.drop_params = True']) }],
  }),
] satisfies readonly Rule[];
