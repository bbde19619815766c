import { defineRule, type CodeContext, type DocumentContext, type Report, type Rule } from '../../server/rule/rule.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { callRule, isTrue, option, replaceFix } from '../_calls.ts';
import { commandOf, processes } from '../_commands.ts';
import { flowPath, flowRule, isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const unsafe = /--trust[-_]remote[-_]code\b(?![= ]+(?:false|0))|\bweights_only\s*=\s*False|\btrust_remote_code\s*=\s*True|\b(?:pickle|dill|cloudpickle)\.loads?\(|\bjoblib\.load\(|\byaml\.unsafe_load\(|\ballow_pickle\s*=\s*True/;
const moving = /\bhttps:\/\/huggingface\.co\/[^\s'"]*?\/(?:resolve|raw)\/(?:main|master)\/[^\s'"?]+/;
const readers = ['fetch', 'axios.get', 'axios', 'got', 'requests.get', 'httpx.get', 'urllib.request.{urlretrieve,urlopen}', 'wget.download', 'torch.hub.{load_state_dict_from_url,download_url_to_file}', 'keras.utils.get_file', 'tensorflow.keras.utils.get_file', 'pooch.retrieve'];

/** The words of the command in the source, or the whole argument. */
function place(call: CodeCall, context: CodeContext, words: string): Report['at'] {
  const whole = { start: call.args[0]!.origin.range.start, end: call.args.at(-1)!.origin.range.end };
  const at = context.document.text.slice(whole.start, whole.end).indexOf(words);
  return at < 0 ? call.args[0]!.origin : { path: call.origin.path, range: { start: whole.start + at, end: whole.start + at + words.length } };
}

const interpreters = ['python-shell.PythonShell.{runString,run}', 'pythonia.py', 'node-calls-python.interpreter.runSync'];

export default [
  defineRule({
    id: 'model-supply-chain/unsafe-loading-in-command', title: 'Command that loads a model with its code', severity: 'high', confidence: 'high', references: ['CWE-502', 'CWE-829', 'AML.T0010.003', 'LLM03:2025'],
    what: 'Reports commands and scripts that serve models with `--trust-remote-code`, and Python that is handed to an interpreter and unpickles. In programs, scripts and notebooks.', why: 'The repository’s or the checkpoint’s code runs with all rights of the server.', whenNotToUse: 'For repositories of the own organisation at a fixed commit.', noFix: 'The model has to be one that needs no code, or a copy of the code that was read.',
    checks: [
      {
        on: 'call', callees: [...processes, ...interpreters],
        check: (call, context) => {
          const command = commandOf(call);
          const found = command === undefined ? null : unsafe.exec(command);
          if (found && !isTest(context.document.path)) context.report({ at: place(call, context, found[0]), message: /trust/.test(found[0]) ? 'The model server runs code that the repository brings.' : 'The script runs code that the file names.' });
        },
      },
      {
        on: 'document', languages: ['shell'], words: ['trust-remote-code', 'trust_remote_code'],
        check: (document, context: DocumentContext) => {
          for (const match of document.text.matchAll(/^(?![ \t]*#).*?(--trust[-_]remote[-_]code\b(?![= ]+(?:false|0)))/gm)) {
            const start = match.index + match[0].length - match[1]!.length;
            context.report({ at: { start, end: start + match[1]!.length }, message: 'The model server runs code that the repository brings.' });
          }
        },
      },
    ],
    examples: [
      { file: 'serve.ts', bad: sample(["import { spawn } from 'node:child_process';", "spawn('vllm', ['serve', 'acme/router-7b', '«--trust-remote-code»']);"]), good: sample(["import { spawn } from 'node:child_process';", "spawn('vllm', ['serve', 'acme/router-7b', '--revision', 'c0ffee00c0ffee11c0ffee22c0ffee33c0ffee44']);"]) },
      { file: 'serve.sh', bad: sample(['#!/bin/sh', 'vllm serve acme/router-7b «--trust-remote-code»']), good: sample(['#!/bin/sh', 'vllm serve acme/router-7b']) },
    ],
  }),
  callRule({
    id: 'model-supply-chain/script-run-from-address', title: 'Script that a notebook runs from the network', severity: 'high', confidence: 'high', callees: ['get_ipython().run_line_magic', 'IPython.get_ipython().run_line_magic', 'runpy.run_path'], references: ['CWE-494', 'CWE-829', 'LLM03:2025'],
    what: 'Reports `%run` and `%load` of an address.', why: 'What lies at the address runs with all rights of the notebook, and can be another script each time.', whenNotToUse: 'In a throw-away environment without credentials.', noFix: 'The script has to be read, kept with the notebook, and run from there.',
    judge: (call): Report | undefined => {
      const place = call.name === 'runpy.run_path' ? option(call, 0) : option(call, 1);
      return typeof place?.value.constant === 'string' && /^https?:\/\//.test(place.value.constant) && (call.name === 'runpy.run_path' || /^(?:run|load|loadpy)$/.test(String(option(call, 0)?.value.constant))) ? { at: place.origin, message: 'The notebook runs whatever script lies at the address.' } : undefined;
    },
    examples: [{ file: 'set-up.ipynb', bad: '# %%\n%run https://tools.acme.io/setup.py\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n', good: '# %%\n%run ./setup.py\n' }],
  }),
  callRule({
    id: 'model-supply-chain/unpinned-hub-address', title: 'Model fetched from a moving branch of a hub', severity: 'low', confidence: 'high', callees: readers, references: ['LLM03:2025', 'AML.T0010.003', 'CWE-494'],
    what: 'Reports addresses of huggingface.co that name a branch and no commit.', why: 'What lies at the address changes with every push of its owner, or of whoever takes the account over.', whenNotToUse: 'When a hash is checked afterwards.', noFix: 'The commit has to be looked up on the hub.',
    judge: (call): Report | undefined => {
      const first = option(call, 'url') ?? option(call, 'origin') ?? option(call, 0);
      const whole = typeof first?.value.constant === 'string' ? first.value.constant : first?.value.parts?.map((part) => part ?? '…').join('');
      return whole !== undefined && moving.test(whole) ? { at: first!.origin, message: 'The model is whatever its owner last pushed to the branch.' } : undefined;
    },
    examples: [{ file: 'weights.ts', bad: sample(['export const weights = (repo: string) => fetch(«`https://huggingface.co/${repo}/resolve/main/model.onnx`»);']), good: sample(["export const weights = () => fetch('https://huggingface.co/acme/m/resolve/1f2e3d4c5b6a79880917263544536271a0b9c8d7/model.onnx');"]) }],
  }),
  callRule({
    id: 'model-supply-chain/insecure-registry', title: 'Model pulled from a registry without TLS', severity: 'high', confidence: 'high', callees: ['ollama.Ollama#{pull,push,create}', 'ollama.{pull,push,create}', 'ollama.default.{pull,push}', 'ollama.Client#{pull,push}', 'ollama.AsyncClient#{pull,push}'], references: ['CWE-295', 'CWE-494', 'SC-8', 'AML.T0010.003'],
    what: 'Reports `insecure: true` of Ollama’s registry calls.', why: 'Who sits on the network replaces the model by one of their own.',
    judge: (call): Report | undefined => {
      const found = option(call, 'insecure');
      return isTrue(found) ? { at: found!.origin, message: 'The registry is not checked, and the model can be replaced on the way.', fixes: replaceFix(found!, call.name!.includes('Client') ? 'False' : 'false', 'Check the registry', false) } : undefined;
    },
    examples: [{ file: 'pull.ts', bad: sample(["import { Ollama } from 'ollama';", "new Ollama().pull({ model: 'router', insecure: «true» });"]), fixed: sample(["import { Ollama } from 'ollama';", "new Ollama().pull({ model: 'router', insecure: false });"]), good: sample(["import { Ollama } from 'ollama';", "new Ollama().pull({ model: 'router' });"]) }],
  }),
  flowRule({
    id: 'model-supply-chain/downloaded-model-loaded', title: 'Downloaded model loaded without a check', severity: 'medium', from: ['web'], to: ['model-choice'], problem: 'is loaded as a model by {sink} without a check of its hash', references: ['CWE-494', 'AML.T0010.003', 'LLM03:2025'],
    what: 'Follows downloaded bytes into a model that is loaded.', why: 'Whoever controls the server puts a model of their own in its place, whose answers they decide.', noFix: 'The bytes have to be compared with a hash that the program knows.',
    when: (flow, context) => {
      if (!/Session|load|restore/i.test(flow.sinkName)) return false;
      const [from = flow.at] = flowPath(flow);
      const between = from.path === flow.at.path ? context.document.text.slice(Math.min(from.range.start, flow.at.range.start), flow.at.range.end) : '';
      return !/sha-?(?:256|384|512)|hashlib|createHash|digest|integrity|verify/i.test(between);
    },
    examples: [{ file: 'session.ts', bad: sample(["import { InferenceSession } from 'onnxruntime-node';", 'export async function load(url: string) {', '  const response = await fetch(url);', '  return InferenceSession.create(«new Uint8Array(await response.arrayBuffer())»);', '}']), good: sample(["import { InferenceSession } from 'onnxruntime-node';", 'export function load() {', "  return InferenceSession.create('/opt/models/detector.onnx');", '}']) }],
  }),
] satisfies readonly Rule[];
