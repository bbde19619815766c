import { artefactsAt } from '../../server/rule/artefacts.ts';
import type { CodeArgument } from '../../server/rule/code.ts';
import { callRule, isTrue, option, text, type CodeCall } from '../_calls.ts';
import { marked } from '../_samples.ts';

/** Loaders, and where each takes its path. */
const loaders = [
  'torch.{load,jit.load}', 'torch.serialization.load', 'joblib.load', '{pickle,cloudpickle,dill}.load', 'pandas.read_pickle', 'numpy.load',
  '{keras,tensorflow.keras,tf_keras}.models.load_model', 'keras.saving.load_model', 'tensorflow.saved_model.load', 'onnx.load', 'onnxruntime.InferenceSession', 'safetensors.torch.load_file', 'safetensors.safe_open',
  'llama_cpp.Llama', 'mlflow.{pyfunc,sklearn,pytorch}.load_model', 'transformers.{AutoModel,AutoModelForCausalLM,AutoModelForSequenceClassification,AutoModelForSeq2SeqLM,AutoTokenizer,AutoConfig,AutoProcessor}.from_pretrained', 'transformers.pipeline',
  'diffusers.DiffusionPipeline.from_pretrained', 'peft.PeftModel.from_pretrained', 'sentence_transformers.SentenceTransformer', 'ultralytics.YOLO', 'skops.io.load', 'coremltools.models.MLModel', 'xgboost.Booster',
];
const names = ['model_path', 'path', 'file', 'filepath', 'filename', 'f', 'filepath_or_buffer', 'pretrained_model_name_or_path', 'export_dir', 'model_uri', 'path_or_bytes', 'model'];

/** The path as it is written: itself, in `open(path, "rb")`, or in `Path(path)`. */
function pathOf(argument: CodeArgument | undefined): string | undefined {
  const own = text(argument);
  if (own !== undefined) return own;
  const inner = argument?.value.call?.args[0];
  return inner && /(?:^|\.)(?:open|Path|BufferedReader)$/.test(argument?.value.call?.name ?? '') ? text(inner) : undefined;
}

/** What keeps the loader from running what the file holds, for as long as nobody changes it. */
function guardOf(call: CodeCall): string | undefined {
  if (call.name === 'torch.load' && isTrue(option(call, 'weights_only'))) return 'weights_only is off';
  return call.name === 'numpy.load' && option(call, 'allow_pickle') === undefined ? 'pickle is allowed' : undefined;
}

const payload = `cposix\nsystem\n(S'echo loaded'\ntR.`;
const weights = `ccollections\nOrderedDict\n(tR.`;

export default callRule({
  id: 'model-supply-chain/loads-dangerous-artefact', title: 'Load of a file that runs code', severity: 'critical', callees: loaders, references: ['CWE-502', 'AML.T0011.000', 'LLM03:2025', 'AML.T0018'], inTests: true,
  what: 'Reports calls that load a model or data file of the workspace which was found to run code, to start processes, or to reach files or the network.',
  why: 'The line that loads the file is the line that runs what its author put into it.',
  whenNotToUse: 'In a test that shows how such a file is refused.',
  noFix: 'The file has to go: take the weights from their publisher, as safetensors.',
  judge: (call, context) => {
    const argument = option(call, 0) ?? names.map((name) => option(call, name)).find((one) => one !== undefined);
    const path = pathOf(argument);
    if (argument === undefined || path === undefined) return undefined;
    const [found] = artefactsAt(path, context).filter((one) => one.verdict === 'dangerous');
    const issue = found?.issues.find((one) => one.kind === 'dangerous');
    if (!found || !issue) return undefined;
    const guard = guardOf(call);
    return { at: argument.origin, ...(guard === undefined ? {} : { severity: 'medium' }), message: `${call.written} loads ${path.endsWith(found.name) ? path : `${path.replace(/\/$/, '')}/${found.name}`}, which ${issue.what}${guard === undefined ? '' : ` once ${guard}`}.`, explanation: found.issues.slice(0, 20).map((one) => `- ${one.member === undefined ? '' : `${one.member}: `}${one.what}`).join('\n') };
  },
  examples: [
    { file: 'score.py', bad: marked('import joblib\nmodel = joblib.load(«"models/forest.joblib"»)\n'), good: 'import joblib\nmodel = joblib.load("models/weights.joblib")\n', files: { 'models/forest.joblib': payload, 'models/weights.joblib': weights } },
    { file: 'app/train.py', title: 'a path from the project\'s root', bad: marked('import pickle\nstate = pickle.load(«open("state.pkl", "rb")»)\n'), good: 'import pickle\nstate = pickle.load(open("other.pkl", "rb"))\n', files: { 'state.pkl': payload } },
    { file: 'chat.py', title: 'a folder with a template that leaves its sandbox', bad: marked('from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained(«"./chat"»)\n'), good: 'from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("org/chat")\n', files: { 'chat/chat_template.jinja': `{{ cycler.__init__.__globals__ }}` } },
  ],
});
