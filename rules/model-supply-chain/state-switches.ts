import type { Rule } from '../../server/rule/rule.ts';
import { sample } from '../_samples.ts';
import { switchRule, type SwitchRow } from '../_switches.ts';

const pickled = 'What is loaded may be a pickle, which runs code of whoever wrote it.';

const rows: readonly SwitchRow[] = [
  { names: ['allowFunctionDeserialization'], message: 'Functions in the text are made and run.', severity: 'high' },
  { names: ['allow_unsafe_lm_state'], message: 'The file chooses the address and the settings of the model that is asked.' },
  { names: ['allow_pickle'], of: /^(?:dspy|smolagents)\b/, message: pickled },
  { names: ['use_safetensors'], bad: [false], of: /^(?:peft|sentence_transformers|transformers)\b/, message: 'Weights are read from a pickle, where a format that holds nothing else was at hand.', severity: 'low' },
  { names: ['insecure'], of: /^ollama\b/, message: 'The model comes from whoever answers in the place of the registry.' },
  { names: ['weights_only'], bad: [false], of: /^huggingface_hub\b/, message: pickled },
  { names: ['pickle_fallback'], of: /^langgraph\b/, message: pickled },
  { names: ['allow_dangerous_paths'], message: 'The prompt’s file names other files that are read into it, wherever they are.' },
  { names: ['dangerouslyPullPublicPrompt', 'dangerously_pull_public_prompt'], message: 'A stranger writes what the model is told, and which model is asked.' },
];

export default [
  switchRule({
    id: 'model-supply-chain/saved-state-trusted', title: 'Saved state of a program trusted', severity: 'medium', references: ['CWE-502', 'LLM03:2025', 'AML.T0010'], rows,
    what: 'Reports options by which programs, prompts, weights and results of agents are read from files or strangers without the check that their library makes by itself.',
    why: 'A file that was sent, or a prompt that somebody else publishes, then runs code or has another model asked.', whenNotToUse: 'For files that this program alone writes.', noFix: 'Where the state comes from has to be made certain.',
    examples: [
      { file: 'load.py', bad: sample(['import dspy', 'program = dspy.load("program", allow_pickle=«True»)']), fixed: sample(['import dspy', 'program = dspy.load("program", allow_pickle=False)']), good: sample(['import dspy', 'program = dspy.ChainOfThought("question -> answer")', 'program.load("program.json")']) },
      { file: 'prompt.ts', bad: sample(["import { Client } from 'langsmith';", "export const prompt = await new Client().pullPromptCommit('acme/answer', { dangerouslyPullPublicPrompt: «true» });"]), fixed: sample(["import { Client } from 'langsmith';", "export const prompt = await new Client().pullPromptCommit('acme/answer', { dangerouslyPullPublicPrompt: false });"]), good: sample(["import { Client } from 'langsmith';", "export const prompt = await new Client().pullPromptCommit('answer');"]) },
    ],
  }),
] satisfies readonly Rule[];
