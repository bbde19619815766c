import type { Rule } from '../../server/rule/rule.ts';
import type { Value } from '../../server/rule/code.ts';
import { callRule, option, type CodeArgument, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';
import { switchRule } from '../_switches.ts';

const off = /^(?:BLOCK_NONE|OFF)$|(?:^|\.)HarmBlockThreshold\.(?:BLOCK_NONE|OFF)$/;

/** The settings of a call, wherever an SDK takes them. */
function settings(call: CodeCall): CodeArgument | undefined {
  return option(call, 'safetySettings') ?? option(call, 'config.safetySettings') ?? option(call, 'safety_settings') ?? option(call, 'config.safety_settings') ?? option(call, 'providerOptions.google.safetySettings');
}

/** Python also takes a dictionary, of a threshold for each category. */
function thresholds(call: CodeCall): readonly Value[] {
  const given = settings(call)?.value;
  return [...given?.fields?.values() ?? [], ...(given?.element ? [given.element] : [])].map((threshold) => ({ taints: [], fields: new Map([['threshold', threshold]]) }));
}

export default [
  callRule({
    id: 'model-output/safety-filter-off', title: 'Safety filters of a model switched off', severity: 'low', references: ['LLM05:2025', 'CWE-693'],
    callees: ['google.GoogleGenerativeAI#{getGenerativeModel,preview.getGenerativeModel}', '@google-cloud/vertexai.VertexAI#{getGenerativeModel,preview.getGenerativeModel}', 'google.genai.Client#models.{generateContent,generateContentStream}', '@google/genai.GoogleGenAI#models.{generateContent,generateContentStream}', '@google/genai.GoogleGenAI#chats.create', 'google.genai.Client#chats.create', '@ai-sdk/google.google', '@langchain/google-genai.ChatGoogleGenerativeAI', 'langchain.ChatModel', 'ai.{generateText,streamText}', 'google.GenerativeModel', 'google.GenerativeModel#{generateContent,generate_content,generate_content_async,start_chat}', 'google.genai.Client#models.{generate_content,generate_content_stream}', 'google.genai.Client#aio.models.{generate_content,generate_content_stream}'],
    what: 'Reports thresholds of Gemini’s safety settings that let everything through.', why: 'What the model says of hate, harm or sex then reaches users as it is, children among them.', noFix: 'Which categories the program may show has to be decided.', whenNotToUse: 'Where another filter looks at the answers, or the program works on such texts.',
    judge: (call) => [...settings(call)?.value.items ?? [], ...thresholds(call)].flatMap((one) => {
      const threshold = one.fields?.get('threshold');
      const at = one.keys?.get('threshold') ?? settings(call)!.origin;
      return threshold && (off.test(String(threshold.constant ?? '')) || off.test(threshold.name ?? '')) ? [{ at, message: 'The model may answer whatever it likes in this category.' }] : [];
    }).slice(0, 1),
    examples: [{ file: 'chat.ts', bad: sample(["import { GoogleGenerativeAI, HarmCategory, HarmBlockThreshold } from '@google/generative-ai';", 'const ai = new GoogleGenerativeAI(process.env.KEY!);', "export const model = ai.getGenerativeModel({ model: 'gemini-2.5-flash', safetySettings: [{ category: HarmCategory.HARM_CATEGORY_HARASSMENT, «threshold»: HarmBlockThreshold.BLOCK_NONE }] });"]), good: sample(["import { GoogleGenerativeAI, HarmCategory, HarmBlockThreshold } from '@google/generative-ai';", 'const ai = new GoogleGenerativeAI(process.env.KEY!);', "export const model = ai.getGenerativeModel({ model: 'gemini-2.5-flash', safetySettings: [{ category: HarmCategory.HARM_CATEGORY_HARASSMENT, threshold: HarmBlockThreshold.BLOCK_ONLY_HIGH }] });"]) }],
  }),
  switchRule({
    id: 'model-output/safety-checker-off', title: 'Checker of generated pictures switched off', severity: 'low', references: ['LLM05:2025', 'CWE-693'],
    rows: [
      { names: ['disable_safety_checker', 'disableSafetyChecker'], message: 'Pictures of any kind are made and shown.' },
      { names: ['enable_safety_checker', 'enableSafetyChecker'], bad: [false], message: 'Pictures of any kind are made and shown.' },
    ],
    what: 'Reports services for pictures that are told not to look at what they make.', why: 'Pictures that harm then reach users as they are, children among them.', noFix: 'Which pictures the program may show has to be decided.', whenNotToUse: 'Where another filter looks at the pictures.',
    examples: [{ file: 'draw.ts', bad: sample(["import Together from 'together-ai';", 'const together = new Together();', "export const draw = (prompt: string) => together.images.create({ model: 'FLUX.1', prompt, disable_safety_checker: «true» });"]), fixed: sample(["import Together from 'together-ai';", 'const together = new Together();', "export const draw = (prompt: string) => together.images.create({ model: 'FLUX.1', prompt, disable_safety_checker: false });"]), good: sample(["import Together from 'together-ai';", 'const together = new Together();', "export const draw = (prompt: string) => together.images.create({ model: 'FLUX.1', prompt });"]) }],
  }),
] satisfies readonly Rule[];
