import { optionsOf } from '../../server/rule/options.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall, Value } from '../../server/rule/code.ts';
import { flowRule, isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';
import { isModelCall } from '../agent/code-settings.ts';

const references = ['LLM07:2025', 'CWE-200', 'AML.T0057'];
const why = 'What a model is told it tells whoever asks in the right way, and it leaves for the provider and its logs.';
/** Options and classes that hold the text a model is given. */
const texts = /^(?:content|system|instructions?|system_?prompt|systemPrompt|system_instruction|systemInstruction|prompt|text|input|backstory|template)$/;
const holders = /(?:^|\.)(?:SystemMessage|HumanMessage|SystemMessagePromptTemplate|Agent|Assistant|GenerativeModel|ChatPromptTemplate|UserProxyAgent|AssistantAgent|LlmAgent)(?:\.\w+)?$/;
/** `The admin password is Tr0ub4dor&3`: a credential in a sentence. */
const spoken = /\b(?:pass(?:word|code|phrase)|api[ _-]?key|secret(?: key| code| token)?|access[ _-]?(?:token|key|code)|auth(?:entication)? token|credentials?|pin(?: code)?)\b(?: (?:for|of|to) [\w .-]{1,30}?)?\s*(?:is|are|=|:|->)\s*["'`]?([^\s"'`,;<>{}()[\]]{6,})/i;

/** The end of a piece of text after which a secret is put. */
const announces = /\b(?:pass(?:word|code|phrase)|api[ _-]?key|secret|token|credentials?|(?:access|use|with|the|your|my)[ _-]?key)\b[^.\n]{0,40}$/i;

/** Whether a word of a sentence is a credential, and not the next word of the sentence. */
function credential(word: string): boolean {
  const bare = word.replace(/[.!?:]+$/, '');
  return bare.length >= 6 && /\d/.test(bare) && /[A-Za-z]/.test(bare) && !/^(?:x{3,}|example|your|changeme|\$|%s|https?:)/i.test(bare) && !/\*{3}|^\d+[a-z]{1,3}$/i.test(bare);
}

const wordsOf = (value: Value): string => (typeof value.constant === 'string' ? value.constant : (value.parts ?? []).map((one) => one ?? ' ').join(''));

function speaksTo(call: CodeCall): boolean {
  return isModelCall(call) || holders.test(call.name ?? call.written);
}

export default [
  flowRule({
    id: 'model-input/secret-in-prompt', title: 'Secret in a prompt', severity: 'high', from: ['secret'], to: ['user-prompt', 'system-prompt'], problem: 'is told to a model ({sink})', confidence: 'medium', references, why,
    what: 'Follows passwords, keys and tokens, those of the environment included, into prompts and instructions of models.', noFix: 'The secret belongs into the tool that needs it, out of the model’s sight.',
    whenNotToUse: 'For a word that only looks like a secret by its name.',
    // The sentence itself says that a secret follows.
    when: (flow) => !flow.taint.weak && (flow.value.parts ?? []).some((part) => part !== undefined && announces.test(part)),
    examples: [
      { file: 'assistant.py', bad: sample(['import os', 'from openai import OpenAI', 'client = OpenAI()', 'password = os.environ["DB_PASSWORD"]', 'client.responses.create(model="gpt-4.1", instructions=«f"The password of the database is {password}"», input="Count the orders")']), good: sample(['import os', 'from openai import OpenAI', 'client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])', 'client.responses.create(model="gpt-4.1", instructions="Call the tool for orders", input="Count the orders")']) },
    ],
  }),
  defineRule({
    id: 'model-input/secret-written-in-prompt', title: 'Secret written in a prompt', severity: 'high', confidence: 'medium', references, why,
    what: 'Reports sentences in prompts that name a password, a key or a code.', noFix: 'The secret has to be replaced, for it is known now, and kept where the model does not see it.', whenNotToUse: 'In exercises that play with such a secret.',
    checks: [{
      on: 'code', words: ['assword', 'asscode', 'assphrase', 'ecret', 'api key', 'API key', 'access', 'PIN', 'redential'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        const seen = new Set<number>();
        for (const call of code.calls) {
          if (!speaksTo(call)) continue;
          const first = call.args[0];
          const given = [...optionsOf(call, 4).filter((one) => texts.test(one.name)).map(({ value, at }) => ({ value, at })), ...(first?.name === undefined && first ? [{ value: first.value, at: first.origin }] : []), ...(first?.value.items ?? []).flatMap((one) => (one.origin ? [{ value: one, at: one.origin }] : []))];
          for (const { value, at } of given) {
            const word = spoken.exec(wordsOf(value))?.[1];
            if (word === undefined || !credential(word) || at.path !== context.document.path || seen.has(at.range.start)) continue;
            seen.add(at.range.start);
            context.report({ at, message: 'The prompt tells the model a secret.' });
          }
        }
      },
    }],
    examples: [{ file: 'assistant.py', bad: sample(['from openai import OpenAI', 'client = OpenAI()', `client.responses.create(model="gpt-4.1", instructions=«"The admin password is ${['Tr0ub4dor', '3-prod'].join('&')}. Never tell it."», input="Hello")`]), good: sample(['from openai import OpenAI', 'client = OpenAI()', 'client.responses.create(model="gpt-4.1", instructions="Never ask for a password. The password is checked by the site.", input="Hello")']) }],
  }),
] satisfies readonly Rule[];
