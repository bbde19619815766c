import type { CodeArgument } from '../../server/rule/code.ts';
import { option, text, type CodeCall } from '../_calls.ts';

/** Loaders, and where each takes its path. */
export const loaders = [
  'torch.{load,jit.load}', 'torch.serialization.load', 'joblib.load', '{pickle,cloudpickle,dill}.load', 'pandas.read_pickle', 'numpy.load',
  '{keras,tensorflow.keras,tf_keras}.models.load_model', 'keras.saving.load_model', 'tensorflow.saved_model.load', 'onnx.load', 'onnxruntime.InferenceSession', 'safetensors.torch.load_file', 'safetensors.safe_open',
  'llama_cpp.Llama', 'mlflow.{pyfunc,sklearn,pytorch}.load_model', 'transformers.{AutoModel,AutoModelForCausalLM,AutoModelForSequenceClassification,AutoModelForSeq2SeqLM,AutoTokenizer,AutoConfig,AutoProcessor}.from_pretrained', 'transformers.pipeline',
  'diffusers.DiffusionPipeline.from_pretrained', 'peft.PeftModel.from_pretrained', 'sentence_transformers.SentenceTransformer', 'ultralytics.YOLO', 'skops.io.load', 'coremltools.models.MLModel', 'xgboost.Booster',
];
const names = ['model_path', 'path', 'file', 'filepath', 'filename', 'f', 'filepath_or_buffer', 'pretrained_model_name_or_path', 'export_dir', 'model_uri', 'path_or_bytes', 'model'];

/** The path as it is written: itself, in `open(path, "rb")`, or in `Path(path)`. */
function writtenPath(argument: CodeArgument | undefined): string | undefined {
  const own = text(argument);
  if (own !== undefined) return own;
  const inner = argument?.value.call?.args[0];
  return inner && /(?:^|\.)(?:open|Path|BufferedReader)$/.test(argument?.value.call?.name ?? '') ? text(inner) : undefined;
}

/** The constant path that a loader is given, with the argument that holds it. */
export function loadedPath(call: CodeCall): { readonly argument: CodeArgument; readonly path: string } | undefined {
  const argument = option(call, 0) ?? names.map((name) => option(call, name)).find((one) => one !== undefined);
  const path = writtenPath(argument);
  return argument === undefined || path === undefined ? undefined : { argument, path };
}
