import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { constantOf, option } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** Clients of models that are given a key. */
const clients = /^(?:openai|anthropic|groq|mistralai|cohere|google\.genai|google\.generativeai|together|replicate|langchain\.ChatModel|huggingface_hub|elevenlabs|@ai-sdk\/\w+)\b/;
/** Variables whose values a bundler writes into the page. */
const bundled = /^(?:process\.env|import\.meta\.env)\.(?:NEXT_PUBLIC|VITE|EXPO_PUBLIC|REACT_APP|PUBLIC|NUXT_PUBLIC|GATSBY|VUE_APP)_\w*(?:KEY|TOKEN|SECRET)\w*$|^\$env\/(?:static\/public|dynamic\/public\.env)\.PUBLIC_\w*(?:KEY|TOKEN|SECRET)\w*$/;

/** The option that gives the key away: the switch for browsers, or the key itself. */
function givenAway(call: CodeCall): { readonly at: CodeCall['origin']; readonly message: string } | undefined {
  const key = option(call, 'apiKey') ?? option(call, 'auth') ?? option(call, 'token') ?? (call.isNew ? option(call, 0) : undefined);
  if (key && bundled.test(key.value.name ?? '')) return { at: key.origin, message: 'The bundler writes the key into the page, where every visitor reads it.' };
  const allowed = option(call, 'dangerouslyAllowBrowser');
  const own = /^(?:process\.env|import\.meta\.env)\./.test(key?.value.name ?? '') || key === undefined;
  return allowed && constantOf(allowed) === true && own ? { at: allowed.origin, message: 'The client is made to run in the page, with a key that every visitor can then read.' } : undefined;
}

export default [
  defineRule({
    id: 'secrets/model-key-in-browser', title: 'Key of a model given to the browser', severity: 'high', confidence: 'medium', references: ['CWE-522', 'CWE-200', 'LLM02:2025'],
    what: 'Reports clients of models that are given a key which the bundler writes into the page, and the switch that lets a client with a key of the environment run there.',
    why: 'Whoever opens the page reads the key and uses the model at one’s cost, or reads what is stored under it.', noFix: 'The calls have to be made by a server, which keeps the key.',
    whenNotToUse: 'When each user enters a key of their own.',
    checks: [{
      on: 'code', words: ['dangerouslyAllowBrowser', 'NEXT_PUBLIC_', 'VITE_', 'EXPO_PUBLIC_', 'REACT_APP_', 'PUBLIC_', 'GATSBY_', 'VUE_APP_'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const call of code.calls) {
          const found = clients.test(call.name ?? '') ? givenAway(call) : undefined;
          if (found && found.at.path === context.document.path) context.report(found);
        }
      },
    }],
    examples: [{
      file: 'chat.tsx',
      bad: sample(["import OpenAI from 'openai';", 'export const client = new OpenAI({ apiKey: «import.meta.env.VITE_OPENAI_KEY», dangerouslyAllowBrowser: true });']),
      good: sample(["import OpenAI from 'openai';", "export const client = (key: string) => new OpenAI({ apiKey: key, dangerouslyAllowBrowser: true });"]),
    }],
  }),
] satisfies readonly Rule[];
