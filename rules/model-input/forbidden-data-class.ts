import { breachesOf, modelWords } from '../../server/rule/model-policy.ts';
import { flowPath } from '../../server/rule/flow.ts';
import { isTest } from '../../server/rule/paths.ts';
import { defineRule } from '../../server/rule/rule.ts';
import { marked } from '../_samples.ts';

const config = { '.wardline/config.yaml': 'dataClasses:\n  health: [diagnosis, patients]\n  internal: [roadmap*]\nmodels:\n  "openai:*": { deny: [health] }\n  "ollama:*": { allow: [health, internal] }\n' };

export default defineRule({
  id: 'model-input/forbidden-data-class', title: 'Data that a model must not see', severity: 'high', confidence: 'high',
  references: ['LLM02:2025', 'CWE-200', 'CWE-863', 'AML.T0057', 'hipaa:164.312(e)(1)'], tags: ['policy'],
  what: 'Follows data of the classes that the team has declared (`dataClasses` in `.wardline/config.yaml`, `@dataclass` in a comment, names that leave no doubt, stores and tables that are read) into the models that `models` keeps it from. Silent where the configuration has no `models`, and where the model or the class of the data is not known.',
  why: 'What reaches a model reaches its provider, its logs and perhaps its training; which data may go where is decided once, and a call that breaks the decision is not seen in a review of one file.',
  whenNotToUse: 'There is nothing to turn off: without `models` in the configuration the rule is silent. Where the data was made harmless before, name the function under `trustedSanitizers`.',
  noFix: 'Leave the data out, mask it before, or ask a model that may see it; which one is a decision.',
  checks: [{
    on: 'flow', from: ['classified'], to: ['disclosure'],
    check: (flow, context) => {
      const policy = context.modelPolicy;
      if (!policy || isTest(context.document.path)) return;
      for (const breach of breachesOf(flow, policy).slice(0, 1)) {
        context.report({
          at: flow.at, related: flowPath(flow), flow: true,
          message: `${capital(breach.dataClass)} data (${breach.what}) reaches ${modelWords(breach.model)}, which must not see it.`,
          explanation: `The entry "${breach.entry}" of models in the configuration forbids it.${breach.inferred ? ' The class is inferred from the name of what is read.' : ''}`,
          identity: `${breach.dataClass} ${breach.what}`,
          ...(breach.inferred || flow.taint.weak ? { confidence: 'low' as const, severity: 'medium' as const } : {}),
        });
      }
    },
  }],
  examples: [
    {
      file: 'letter.ts', files: config,
      bad: marked(["import OpenAI from 'openai';", 'const client = new OpenAI();', 'export async function draft(patient: { diagnosis: string }) {', "  return client.responses.create({ model: 'gpt-4.1', input: «`Explain ${patient.diagnosis} in simple words`» });", '}', ''].join('\n')),
      good: ["import OpenAI from 'openai';", 'const client = new OpenAI();', 'export async function draft(patient: { ward: string }) {', "  return client.responses.create({ model: 'gpt-4.1', input: `Explain the rules of ward ${patient.ward}` });", '}', ''].join('\n'),
    },
    {
      file: 'summary.py', files: config,
      bad: marked(['import sqlite3', 'from openai import OpenAI', 'client = OpenAI()', 'def summary(number):', '    rows = sqlite3.connect("clinic.db").execute("select note from patients where id = ?", (number,)).fetchall()', '    return client.chat.completions.create(model="gpt-4.1", messages=[{"role": "user", "content": «f"Summarise {rows}"»}])', ''].join('\n')),
      good: ['import sqlite3', 'from openai import OpenAI', 'client = OpenAI()', 'def summary(number):', '    rows = sqlite3.connect("clinic.db").execute("select title from articles where id = ?", (number,)).fetchall()', '    return client.chat.completions.create(model="gpt-4.1", messages=[{"role": "user", "content": f"Summarise {rows}"}])', ''].join('\n'),
    },
    {
      file: 'notes.ipynb', files: config, title: 'a notebook',
      bad: marked(['# %%', 'from openai import OpenAI', 'import pandas as pd', 'client = OpenAI()', 'table = pd.read_csv("visits.csv")', '# %%', 'text = table["diagnosis"].to_string()', 'client.responses.create(model="gpt-4.1-mini", input=«text»)', ''].join('\n')),
      good: ['# %%', 'import ollama', 'import pandas as pd', 'table = pd.read_csv("visits.csv")', '# %%', 'text = table["diagnosis"].to_string()', 'ollama.chat(model="llama3:8b", messages=[{"role": "user", "content": text}])', ''].join('\n'),
    },
    {
      file: 'chat.ts', files: config, title: 'a model of a provider package',
      bad: marked(["import { generateText } from 'ai';", "import { openai } from '@ai-sdk/openai';", 'export async function answer(diagnosis: string) {', "  return generateText({ model: openai('gpt-4o'), prompt: «diagnosis» });", '}', ''].join('\n')),
      good: ["import { generateText } from 'ai';", "import { openai } from '@ai-sdk/openai';", "import { redact } from './redact';", 'export async function answer(diagnosis: string) {', "  return generateText({ model: openai('gpt-4o'), prompt: redact(diagnosis) });", '}', ''].join('\n'),
    },
  ],
});

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replaceAll('-', ' ')}`;
}
