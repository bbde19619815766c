import { artefactsAt, type ArtefactReport } from '../../server/rule/artefacts.ts';
import type { CodeContext } from '../../server/rule/rule.ts';
import type { Fix } from '../../server/rule/queries.ts';
import { callRule, isFalse, isTrue, missing, option, replaceFix, setFix, type CodeCall } from '../_calls.ts';
import { loadedPath, loaders } from './_loaders.ts';
import { marked } from '../_samples.ts';

const isTorch = (call: CodeCall): boolean => call.name === 'torch.load' || call.name === 'torch.serialization.load';
const isPretrained = (call: CodeCall): boolean => /\.from_pretrained$/.test(call.name ?? '');
/** Weights as pickles, beside which a repository may keep the same as safetensors. */
const pickledWeights = /\.(?:bin|pt|pth|ckpt|pkl)$/i;

/** The call refuses to run what the file holds; the file itself is reported for what it is. */
function refuses(call: CodeCall, artefact: ArtefactReport): boolean {
  if (isTorch(call)) return isTrue(option(call, 'weights_only'));
  if (call.name === 'numpy.load') return isFalse(option(call, 'allow_pickle'));
  return isPretrained(call) && pickledWeights.test(artefact.name) && isTrue(option(call, 'use_safetensors'));
}

/** What keeps the loader from running what the file holds, for as long as nobody changes it. */
function guardOf(call: CodeCall): string | undefined {
  return call.name === 'numpy.load' && option(call, 'allow_pickle') === undefined ? 'pickle is allowed' : undefined;
}

/** What makes the call refuse the file. Others have no such switch. */
function fixesOf(call: CodeCall, artefact: ArtefactReport, context: CodeContext): readonly Fix[] {
  const set = (name: string, value: string, title: string): readonly Fix[] => {
    const written = option(call, name);
    return written ? (call.node.args.some((one) => one.name === name) ? replaceFix(written, value, title) : []) : missing(call, name) ? setFix(call, context, name, value, title) : [];
  };
  if (isTorch(call)) return set('weights_only', 'True', 'Load weights only');
  if (call.name === 'numpy.load') return set('allow_pickle', 'False', 'Refuse pickled objects');
  return isPretrained(call) && pickledWeights.test(artefact.name) ? set('use_safetensors', 'True', 'Load safetensors only') : [];
}

/** How to get at the weights without what came with them. */
function conversion(call: CodeCall, path: string): string {
  if (!isTorch(call) || !/^[\w./ -]+$/.test(path)) return '';
  return `\n\nTo keep the weights alone: python -c "import torch; from safetensors.torch import save_file; save_file(torch.load('${path}', weights_only=True), '${path.replace(/\.\w+$/, '')}.safetensors')"`;
}

const payload = `cposix\nsystem\n(S'echo loaded'\ntR.`;
const weights = `ccollections\nOrderedDict\n(tR.`;

export default callRule({
  id: 'model-supply-chain/loads-dangerous-artefact', title: 'Load of a file that runs code', severity: 'critical', callees: loaders, references: ['CWE-502', 'AML.T0011.000', 'LLM03:2025', 'AML.T0018'], inTests: true,
  what: 'Reports calls that load a model or data file of the workspace which was found to run code, to start processes, or to reach files or the network.',
  why: 'The line that loads the file is the line that runs what its author put into it.',
  whenNotToUse: 'In a test that shows how such a file is refused.',
  judge: (call, context) => {
    const loaded = loadedPath(call);
    if (!loaded) return undefined;
    const { argument, path } = loaded;
    const [found] = artefactsAt(path, context).filter((one) => one.verdict === 'dangerous');
    const issue = found?.issues.find((one) => one.kind === 'dangerous');
    if (!found || !issue) return undefined;
    if (refuses(call, found)) return undefined;
    const guard = guardOf(call);
    const fixes = fixesOf(call, found, context);
    return { at: argument.origin, ...(guard === undefined ? {} : { severity: 'medium' }), message: `${call.written} loads ${path.endsWith(found.name) ? path : `${path.replace(/\/$/, '')}/${found.name}`}, which ${issue.what}${guard === undefined ? '' : ` once ${guard}`}.`, explanation: found.issues.slice(0, 20).map((one) => `- ${one.member === undefined ? '' : `${one.member}: `}${one.what}`).join('\n') + conversion(call, path), fixes };
  },
  examples: [
    { file: 'resume.py', title: 'a checkpoint that is loaded with its objects', bad: marked('import torch\nstate = torch.load(«"last.pt"», weights_only=False)\n'), fixed: 'import torch\nstate = torch.load("last.pt", weights_only=True)\n', good: 'import torch\nstate = torch.load("last.pt", weights_only=True)\n', files: { 'last.pt': payload } },
    { file: 'score.py', bad: marked('import joblib\nmodel = joblib.load(«"models/forest.joblib"»)\n'), good: 'import joblib\nmodel = joblib.load("models/weights.joblib")\n', files: { 'models/forest.joblib': payload, 'models/weights.joblib': weights } },
    { file: 'app/train.py', title: 'a path from the project\'s root', bad: marked('import pickle\nstate = pickle.load(«open("state.pkl", "rb")»)\n'), good: 'import pickle\nstate = pickle.load(open("other.pkl", "rb"))\n', files: { 'state.pkl': payload } },
    { file: 'vectors.py', title: 'an array that is loaded with its objects', bad: marked('import numpy as np\nvectors = np.load(«"v.npy"»)\n'), fixed: 'import numpy as np\nvectors = np.load("v.npy", allow_pickle=False)\n', files: { 'v.npy': payload } },
    { file: 'chat.py', title: 'a folder with a template that leaves its sandbox', bad: marked('from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained(«"./chat"»)\n'), good: 'from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("org/chat")\n', files: { 'chat/chat_template.jinja': `{{ cycler.__init__.__globals__ }}` } },
  ],
});
