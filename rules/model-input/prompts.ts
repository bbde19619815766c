import type { CodeContext, Rule } from '../../server/rule/rule.ts';
import type { CodeFlow, Label } from '../../server/rule/code.ts';
import { flowRule } from '../_flows.ts';
import { express, flask, marked } from '../_samples.ts';

const outside: readonly Label[] = ['request', 'message', 'browser', 'mail'];
const openai = ["import OpenAI from 'openai';", 'const client = new OpenAI();'];
const python = ['from openai import OpenAI', 'client = OpenAI()'];

/** A prompt that is shown to its own author only, as in a script, is the author's matter. A notebook is handed on and run by others. */
const served = (flow: CodeFlow, context: CodeContext): boolean => flow.label !== 'cli' || (/input$/.test(flow.taint.what) && (/\.ipynb(?:::|$)/.test(context.document.path) || /^# %%/m.test(context.document.text)));

/** A conversation that the peer sends whole, with the roles of its messages. */
const sentAsConversation = (flow: CodeFlow): boolean => flow.label === 'request' && /\.(?:messages|history|conversation|turns)$/i.test(flow.taint.what) && !flow.value.parts && !/SystemMessage/.test(flow.sinkName);

export default [
  flowRule({
    id: 'model-input/untrusted-system-prompt', title: 'Untrusted data in the instructions of a model', severity: 'high', from: [...outside, 'cli', 'web', 'document', 'remote', 'store'], to: ['system-prompt'], problem: 'becomes part of the instructions of a model ({sink})',
    what: 'Follows untrusted data into system and developer prompts, agent instructions, tool descriptions, and messages whose roles the peer chooses, for the SDKs of OpenAI, Anthropic, Google, AWS, Mistral, Cohere, Ollama, Vercel, LangChain, LlamaIndex and others.',
    why: 'A model obeys its instructions. Whoever writes into them makes the rules: what to reveal, which tools to call, what to answer.', references: ['LLM01:2025', 'CWE-1427', 'AML.T0051', 'AISF-AI-02'],
    noFix: 'The value has to be chosen from a list, or moved to the user’s message with a check of its own.', when: served,
    // Whoever sends the conversation can only make rules for their own.
    said: (flow) => (sentAsConversation(flow) ? 'brings its own roles, that of the instructions among them ({sink})' : undefined), rated: (flow) => (sentAsConversation(flow) ? 'medium' : undefined),
    examples: [
      { file: 'app.ts', bad: express(["const reply = await client.responses.create({ model: 'gpt-4.1', instructions: «`Act as ${req.body.persona}.`», input: 'Hello' });", 'res.json(reply.output_text);'], openai), good: express(["const persona = req.body.persona === 'pirate' ? 'a pirate' : 'a clerk';", "const reply = await client.responses.create({ model: 'gpt-4.1', instructions: `Act as ${persona}.`, input: 'Hello' });", 'res.json(reply.output_text);'], openai) },
      { file: 'lab.ipynb', bad: marked('# %%\nfrom openai import OpenAI\nclient = OpenAI()\npersona = input("Persona? ")\n# %%\nclient.responses.create(model="gpt-4.1", instructions=«f"You are {persona}"», input="Hello")\n'), good: '# %%\nfrom openai import OpenAI\nclient = OpenAI()\ndays = int(input("Days? "))\n# %%\nclient.responses.create(model="gpt-4.1", instructions=f"Plan {days} days", input="Hello")\n' },
      { file: 'app.py', bad: flask(['out = client.chat.completions.create(model="gpt-4.1", messages=«request.json["messages"]»)', 'return out.choices[0].message.content'], python), good: flask(['day = int(request.json["day"])', 'out = client.chat.completions.create(model="gpt-4.1", messages=[{"role": "system", "content": f"It is day {day}."}])', 'return str(len(out.choices))'], python) },
    ],
  }),
  flowRule({
    id: 'model-input/unvalidated-request-data', title: 'Request data in a prompt without a check', severity: 'medium', from: [...outside, 'cli'], to: ['user-prompt'], problem: 'reaches a model ({sink}) without a check of its length or content',
    what: 'Follows request data into user messages of models where nothing stands between: no limit of length, no schema, no list of allowed values, no moderation.',
    why: 'A text of any length costs money and time, and one of any content can turn the model against its instructions.', references: ['LLM01:2025', 'LLM10:2025', 'CWE-20', 'AISF-AI-02'],
    noFix: 'How long and what the text may be has to be decided.', when: served, confidence: 'medium',
    whenNotToUse: 'Where a gateway in front checks lengths and contents; then turn the rule off for the folder.',
    examples: [
      { file: 'app.ts', bad: express(["const reply = await client.responses.create({ model: 'gpt-4.1', input: «req.body.question» });", 'res.json(reply.output_text);'], openai), good: express(["const { question } = z.object({ question: z.string().max(500) }).parse(req.body);", "const reply = await client.responses.create({ model: 'gpt-4.1', input: question });", 'res.json(reply.output_text);'], [...openai, "import { z } from 'zod';"]) },
      { file: 'app.py', bad: flask(['out = client.responses.create(model="gpt-4.1", input=«request.json["question"]»)', 'return out.output_text'], python), good: flask(['question = request.json["question"]', 'if len(question) > 500:', '    return "too long", 400', 'out = client.responses.create(model="gpt-4.1", input=question)', 'return out.output_text'], python) },
    ],
  }),
  flowRule({
    id: 'model-input/untrusted-prompt-template', title: 'Prompt template written by a stranger', severity: 'high', from: [...outside, 'web', 'document'], to: ['prompt-template'], problem: 'is taken as a prompt template by {sink}',
    what: 'Follows untrusted data into the source of prompt templates, where it is more than a value.', why: 'A template can name every variable of the prompt, and with Jinja2 it reaches the objects of the process.', references: ['LLM01:2025', 'CWE-1336', 'AML.T0051'],
    noFix: 'The template has to be fixed and the data filled in as a value.', when: served,
    examples: [{ file: 'app.py', bad: flask(['return PromptTemplate.from_template(«request.json["template"]»).format(name="x")'], ['from langchain_core.prompts import PromptTemplate']), good: flask(['return PromptTemplate.from_template("Hello {name}").format(name=request.json["name"][:40])'], ['from langchain_core.prompts import PromptTemplate']) }],
  }),
  flowRule({
    id: 'model-input/untrusted-model-choice', title: 'Model chosen by the peer', severity: 'medium', from: outside, to: ['model-choice'], problem: 'decides which model {sink} asks',
    what: 'Follows request data into the name of the model.', why: 'The peer picks the dearest model, one without safeguards, or one of their own.', references: ['LLM10:2025', 'LLM03:2025', 'CWE-20'],
    noFix: 'The models that may be chosen have to be listed.', when: (flow) => !/from_pretrained|pipeline|load|\.pull$|Session|Transformer|download|\bLLM$|Encoder/i.test(flow.sinkName),
    examples: [{ file: 'app.ts', bad: express(["const reply = await client.responses.create({ model: «req.body.model», input: 'Hello' });", 'res.json(reply.id);'], openai), good: express(["const reply = await client.responses.create({ model: req.body.deep ? 'gpt-4.1' : 'gpt-4.1-mini', input: 'Hello' });", 'res.json(reply.id);'], openai) }],
  }),
  flowRule({
    id: 'model-input/untrusted-tool-choice', title: 'Tools or settings of a model chosen by the peer', severity: 'high', from: outside, to: ['tool-choice'], problem: 'decides on tools or settings of {sink}',
    what: 'Follows request data into the tools and request bodies that are sent to models.', why: 'The peer gives the model tools with names and descriptions of their own, or changes its settings.', references: ['LLM06:2025', 'ASI02', 'CWE-20'],
    noFix: 'The tools that may be used have to be listed.',
    examples: [{ file: 'app.ts', bad: express(["const reply = await client.chat.completions.create({ model: 'gpt-4.1', messages: [], tools: «req.body.tools» });", 'res.json(reply.id);'], openai), good: express(["const reply = await client.chat.completions.create({ model: 'gpt-4.1', messages: [], tools: [] });", 'res.json(reply.id);'], openai) }],
  }),
  flowRule({
    id: 'model-input/personal-data-in-prompt', title: 'Personal data in a prompt', severity: 'medium', from: ['personal'], to: ['user-prompt', 'system-prompt'], problem: 'is sent to a model ({sink})', confidence: 'low',
    what: 'Follows names of personal data that must not spread (social security and passport numbers, diagnoses, bank accounts) into prompts.', why: 'The data leaves for the model’s provider, its logs and possibly its training.', references: ['LLM02:2025', 'CWE-200', 'hipaa:164.312(e)(1)', 'AML.T0057'],
    noFix: 'Which data the model needs has to be decided; the rest is to be left out or masked.', when: (flow) => flow.label === 'personal',
    examples: [{ file: 'letter.ts', bad: marked(["import OpenAI from 'openai';", 'const client = new OpenAI();', 'export async function draft(patient: { name: string; ssn: string }) {', "  return client.responses.create({ model: 'gpt-4.1', input: «`Letter for the patient with SSN ${patient.ssn}`» });", '}', ''].join('\n')), good: ["import OpenAI from 'openai';", 'const client = new OpenAI();', 'export async function draft(ward: string) {', "  return client.responses.create({ model: 'gpt-4.1', input: `Letter of ward ${ward}` });", '}', ''].join('\n') }],
  }),
] satisfies readonly Rule[];
