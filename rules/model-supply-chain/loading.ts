import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import type { CodeArgument, CodeCall } from '../../server/rule/code.ts';
import { taintsIn } from '../../server/rule/code.ts';
import type { Severity } from '../../server/rule/queries.ts';
import { beginning, callRule, constantOf, isFalse, isTrue, missing, option, replaceFix, setFix, text } from '../_calls.ts';
import { settingsOfClasses } from '../_class-settings.ts';
import { sample as python } from '../_samples.ts';

const runs = 'Reading such a file calls the functions that the file names; whoever wrote it, or got between, runs code here.';
const refs = ['CWE-502', 'AML.T0011.000', 'LLM03:2025', 'AML.T0018'] as const;

/** Data that comes from elsewhere makes it worse; a file of the program's own makes it a habit to lose. */
function seriousness(call: CodeCall): Severity {
  const labels = taintsIn(call.args[0]?.value ?? { taints: [] }).map((taint) => taint.label);
  if (labels.some((label) => label === 'request' || label === 'web' || label === 'message' || label === 'tool' || label === 'model')) return 'high';
  return 'low';
}

/** Whether a peer sent the data: then what they can do with it is said once, by input-validation/unsafe-deserialization. */
function sentByPeer(call: CodeCall): boolean {
  return !/klepto|hickle/.test(call.name!) && taintsIn(call.args[0]?.value ?? { taints: [] }).some((taint) => taint.label === 'request' || taint.label === 'message');
}

/** Whether the function has compared a digest of the data with one that it knows. */
function digestChecked(call: CodeCall, context: CodeContext): boolean {
  const fn = call.within.at(-1);
  if (!fn || !context.code.calls.some((one) => one.within.at(-1) === fn && one.origin.range.start < call.origin.range.start && /^(?:hashlib|hmac)\./.test(one.name ?? ''))) return false;
  return /(?:hex)?digest\(\)\s*(?:!=|==)|(?:!=|==)\s*[\w.[\]"']*(?:digest|hash|sha\d*|checksum)|compare_digest\(/i.test(context.document.text.slice(fn.start, call.origin.range.start));
}

const pickles = 'pickle.{load,loads,Unpickler} dill.{load,loads,load_session,load_module} cloudpickle.{load,loads} joblib.load sklearn.externals.joblib.load pandas.read_pickle marshal.{load,loads} shelve.open jsonpickle.decode torch.package.PackageImporter hickle.load klepto.archives.file_archive compress_pickle.load fastai.learner.load_learner fastai.vision.all.load_learner fastai.text.all.load_learner fastai.tabular.all.load_learner pickle5.{load,loads} sympy.srepr skops.io.load'.split(' ').filter((name) => !/srepr|klepto/.test(name));

export default [
  callRule({
    id: 'model-supply-chain/unsafe-deserialization', title: 'Model or data read with a loader that runs code', severity: 'medium', callees: pickles, references: refs, why: runs,
    what: 'Reports pickle, dill, cloudpickle, joblib, marshal, shelve and `pandas.read_pickle`.', whenNotToUse: 'For files that this program alone writes, to a place that nobody else can write to.',
    noFix: 'The format has to be changed, to safetensors, ONNX, Parquet or JSON.',
    judge: (call, context) => {
      if (call.name === 'skops.io.load') {
        const trusted = option(call, 'trusted');
        return trusted && (trusted.value.constant === true || trusted.value.items === undefined || trusted.value.taints.length > 0) && constantOf(trusted) !== null ? { at: trusted.origin, message: 'skops trusts every type that the file names.' } : undefined;
      }
      if (roundTrip(call) || digestChecked(call, context) || sentByPeer(call)) return undefined;
      const severity = seriousness(call);
      return { at: call.callee, severity, message: `${call.written} runs code that the file names.` };
    },
    examples: [
      { file: 'score.py', bad: python(['import joblib', 'model = «joblib.load»("model.joblib")']), good: python(['from safetensors.numpy import load_file', 'weights = load_file("model.safetensors")']) },
      { file: 'signed.py', title: 'the digest is checked', good: python(['import hashlib', 'import pickle', 'def read(data, known):', '    if hashlib.sha256(data).hexdigest() != known:', '        raise ValueError("changed")', '    return pickle.loads(data)']) },
      { file: 'score.ipynb', bad: '# %%\nimport pickle\n# %%\nmodel = pickle.load(open("model.pkl", "rb"))\n        ^^^^^^^^^^^\n', good: '# %%\nimport json\n# %%\nmodel = json.load(open("model.json"))\n' },
    ],
  }),
  callRule({
    id: 'model-supply-chain/torch-load-runs-code', title: 'torch.load that runs code of the checkpoint', severity: 'high', callees: ['torch.load', 'torch.serialization.load'], references: refs, why: runs,
    what: 'Reports `torch.load` with `weights_only=False`, and without the argument, which before PyTorch 2.6 means the same.', whenNotToUse: 'For checkpoints that this program alone writes.',
    judge: (call, context) => {
      const weights = option(call, 'weights_only');
      if (weights) {
        if (!isFalse(weights)) return undefined;
        const spread = !call.node.args.some((one) => one.name === 'weights_only');
        return { at: spread ? call.callee : weights.origin, message: 'torch.load runs code that the checkpoint names.', fixes: spread ? [] : replaceFix(weights, 'True', 'Load weights only') };
      }
      if (!missing(call, 'weights_only')) return undefined;
      return { at: call.callee, severity: 'low', message: 'torch.load runs code that the checkpoint names, with PyTorch before 2.6.', fixes: setFix(call, context, 'weights_only', 'True', 'Load weights only') };
    },
    examples: [
      { file: 'resume.py', bad: python(['import torch', 'state = torch.load("last.pt", weights_only=«False»)']), fixed: 'import torch\nstate = torch.load("last.pt", weights_only=True)\n', good: python(['import torch', 'state = torch.load("last.pt", weights_only=True)']) },
      { file: 'resume.py', title: 'the argument is missing', bad: python(['import torch', 'state = «torch.load»("last.pt")']), fixed: 'import torch\nstate = torch.load("last.pt", weights_only=True)\n' },
    ],
  }),
  callRule({
    id: 'model-supply-chain/numpy-pickle', title: 'NumPy array read with pickle allowed', severity: 'medium', callees: ['numpy.load', 'numpy.lib.npyio.load', 'numpy.lib.format.read_array'], references: refs, why: runs,
    what: 'Reports `numpy.load` with `allow_pickle=True`.', judge: (call) => { const found = option(call, 'allow_pickle'); return isTrue(found) ? { at: found!.origin, message: 'numpy.load runs code that the file names when pickle is allowed.', fixes: replaceFix(found!, 'False', 'Refuse pickled objects', false) } : undefined; },
    examples: [{ file: 'vectors.py', bad: python(['import numpy as np', 'vectors = np.load("v.npy", allow_pickle=«True»)']), fixed: 'import numpy as np\nvectors = np.load("v.npy", allow_pickle=False)\n', good: python(['import numpy as np', 'vectors = np.load("v.npy")']) }],
  }),
  callRule({
    id: 'model-supply-chain/unsafe-keras-loading', title: 'Keras model loaded without safe mode', severity: 'high', callees: ['keras.{layers,saving,models}.{deserialize,deserialize_keras_object,load_weights}', 'keras.{models,saving}.load_model', 'tensorflow.keras.models.load_model', 'tensorflow.keras.saving.load_model', 'keras.config.enable_unsafe_deserialization', 'tensorflow.keras.config.enable_unsafe_deserialization', 'keras.src.saving.load_model', 'torch.serialization.add_safe_globals'], references: refs, why: 'A Lambda layer in the file is Python code, which then runs.',
    what: 'Reports `safe_mode=False` and `enable_unsafe_deserialization()`.',
    judge: (call) => { if (call.name?.endsWith('add_safe_globals')) { const harmful = call.args[0]?.value.items?.some((one) => /^(?:builtins\.)?(?:eval|exec|getattr|compile|open|__import__)$|^(?:os|subprocess|posix|nt|shutil|importlib|runpy|builtins)\./.test(one.name ?? '')); return harmful ? { at: call.args[0]!.origin, message: 'A checkpoint may call functions that reach the machine.' } : undefined; } if (call.name?.endsWith('enable_unsafe_deserialization')) return { at: call.origin, message: 'Keras runs code of every model file that is loaded from here on.' }; const found = option(call, 'safe_mode'); return isFalse(found) ? { at: found!.origin, message: 'Keras runs code of the model file when safe mode is off.', fixes: replaceFix(found!, 'True', 'Keep safe mode on') } : undefined; },
    examples: [{ file: 'retina.py', bad: python(['import keras', 'model = keras.saving.load_model("m.keras", safe_mode=«False»)']), fixed: 'import keras\nmodel = keras.saving.load_model("m.keras", safe_mode=True)\n', good: python(['import keras', 'model = keras.saving.load_model("m.keras")']) }],
  }),
  callRule({
    id: 'model-supply-chain/unsafe-yaml-loader', title: 'YAML read with a loader that builds objects', severity: 'high', callees: ['yaml.{load,load_all,unsafe_load,unsafe_load_all,full_load,full_load_all}', 'ruamel.yaml.{load,unsafe_load}', 'ruamel.yaml.YAML'], references: ['CWE-502', 'LLM03:2025'], why: 'A tag in the text names functions, which are called while it is read.',
    what: 'Reports `yaml.load` with an unsafe loader, and `yaml.unsafe_load`.',
    judge: (call) => {
      if (call.name === 'ruamel.yaml.YAML') { const type = option(call, 'typ'); return text(type) === 'unsafe' || type?.value.items?.some((one) => one.constant === 'unsafe') ? { at: type!.origin, message: 'The YAML text can name functions to call.', fixes: text(type) === undefined ? [] : replaceFix(type!, '"safe"', 'Use the safe loader', false) } : undefined; }
      if (/unsafe_load/.test(call.name!)) return { at: call.callee, message: 'The YAML text can name functions to call.', fixes: [{ title: 'Use safe_load', safe: true, intents: [{ kind: 'replaceCallee', callee: call.callee, name: call.written.replace(/unsafe_load/, 'safe_load') }] }] };
      if (/full_load/.test(call.name!)) return undefined;
      const loader = option(call, 'Loader') ?? option(call, 1);
      if (!loader) return missing(call, 'Loader') ? { at: call.callee, severity: 'medium', message: 'yaml.load without a loader lets the text name functions to call, with PyYAML before 6.', fixes: [{ title: 'Use safe_load', safe: true, intents: [{ kind: 'replaceCallee', callee: call.callee, name: call.written.replace(/load$/, 'safe_load') }] }] } : undefined;
      const derived = loader.value.cls?.bases.some((one) => /^yaml\.(?:Unsafe|C?)Loader$/.test(one.name ?? ''));
      if (derived) return { at: loader.origin, message: 'The YAML text can name functions to call.' };
      return /(?:^|\.)(?:Unsafe|C?)Loader$/.test(loader.value.name ?? '') ? { at: loader.origin, message: 'The YAML text can name functions to call.', fixes: replaceFix(loader, loader.value.name!.startsWith('yaml.') ? 'yaml.SafeLoader' : 'SafeLoader', 'Use SafeLoader', loader.value.name!.startsWith('yaml.')) } : undefined;
    },
    examples: [{ file: 'config.py', bad: python(['import yaml', 'config = yaml.load(open("c.yaml"), Loader=«yaml.UnsafeLoader»)']), fixed: 'import yaml\nconfig = yaml.load(open("c.yaml"), Loader=yaml.SafeLoader)\n', good: python(['import yaml', 'config = yaml.safe_load(open("c.yaml"))']) }],
  }),
  callRule({
    id: 'model-supply-chain/native-code-loaded', title: 'Native library loaded into the process', severity: 'medium', callees: ['torch.{ops,classes}.load_library', 'tensorflow.{load_library,load_op_library}', 'numpy.ctypeslib.load_library', 'onnxruntime.SessionOptions#register_custom_ops_library'], references: ['CWE-829', 'AML.T0010.001'], why: 'A library runs with all rights of the process as soon as it is loaded; an operator for a model is seldom looked at.',
    what: 'Reports libraries of operators that are loaded from a path which is not fixed.', noFix: 'Where the library comes from has to be checked, by a hash for one.',
    judge: (call): Report | undefined => (text(call.args[0]) === undefined ? { at: call.callee, message: `${call.written} loads a native library from a path that is not fixed.` } : undefined),
    examples: [{ file: 'ops.py', bad: python(['import torch', 'def use(path):', '    «torch.ops.load_library»(path)']), good: python(['import torch', 'torch.ops.load_library("/opt/acme/libops.so")']) }],
  }),
  callRule({
    id: 'model-supply-chain/dangerous-deserialization-allowed', title: 'Vector store or chain that may run code of its file', severity: 'medium', callees: ['langchain.VectorStore.{load_local,load}', 'langchain_core.load.{load,loads}', '@langchain/core/load.load', 'langchain.load.{load,loads}', 'mlflow.pyfunc.{load_model,spark_udf}', 'mlflow.{sklearn,pytorch,xgboost,lightgbm}.load_model'], references: [...refs], why: runs,
    what: 'Reports `allow_dangerous_deserialization=True`, secrets taken from the environment by a loaded chain, and models of a registry by an address that is not fixed.', noFix: 'The store has to be written in another format, or its file protected by a hash.',
    judge: (call) => {
      const found = option(call, 'allow_dangerous_deserialization') ?? option(call, 'secretsFromEnv') ?? option(call, 'secrets_from_env');
      if (isTrue(found)) return { at: found!.origin, message: 'The file of the store names code that is run when it is loaded.' };
      if (call.name?.startsWith('mlflow.')) { const uri = option(call, 0) ?? option(call, 'model_uri'); const start = beginning(uri); return uri && (start === undefined || /^https?:/.test(start)) && !uri.value.parts ? { at: uri.origin, message: 'The model is loaded, and its code run, from an address that is not fixed.' } : undefined; }
      return undefined;
    },
    examples: [{ file: 'store.py', bad: python(['from langchain_community.vectorstores import FAISS', 'def store(folder, embeddings):', '    return FAISS.load_local(folder, embeddings, allow_dangerous_deserialization=«True»)']), good: python(['from langchain_community.vectorstores import FAISS', 'def store(folder, embeddings):', '    return FAISS.load_local(folder, embeddings)']) }],
  }),
  callRule({
    id: 'model-supply-chain/archive-unpacked-unfiltered', title: 'Archive unpacked wherever its names lead', severity: 'low', confidence: 'medium', callees: ['tarfile.TarFile#{extractall,extract}', 'shutil.unpack_archive'], references: ['CWE-22', 'AML.T0010'], why: 'A name such as `../../.bashrc` in the archive, or a link, writes outside of the folder that was meant.',
    what: 'Reports `extractall` of tar archives without a filter or a list of members, which before Python 3.14 takes every name, and with the filter `fully_trusted`.', whenNotToUse: 'For archives that this program made itself.',
    judge: (call, context): Report | undefined => {
      // Archives of other kinds keep to the folder.
      if (call.name === 'shutil.unpack_archive' && (option(call, 'filter') === undefined || /\.zip$/.test(text(option(call, 0)) ?? ''))) return undefined;
      // One member after the other, as the archive calls them.
      if (call.name!.endsWith('#extract') && !each(call, context)) return undefined;
      if (option(call, 'members') || (option(call, 1) && call.name === 'tarfile.TarFile#extractall') || taintsIn(call.receiver ?? { taints: [] }).some((taint) => taint.label === 'request' || taint.label === 'message')) return undefined;
      const filter = option(call, 'filter');
      if (filter) return text(filter) === 'fully_trusted' ? { at: filter.origin, severity: 'medium', message: 'The archive may write anywhere.', fixes: replaceFix(filter, '"data"', 'Refuse names that lead elsewhere', false) } : undefined;
      return missing(call, 'filter') ? { at: call.callee, message: 'The archive may write anywhere, with Python before 3.14.', fixes: setFix(call, context, 'filter', '"data"', 'Refuse names that lead elsewhere', false) } : undefined;
    },
    examples: [{ file: 'fetch.py', bad: python(['import tarfile', 'with tarfile.open("model.tar.gz") as archive:', '    «archive.extractall»("models")']), fixed: 'import tarfile\nwith tarfile.open("model.tar.gz") as archive:\n    archive.extractall("models", filter="data")\n', good: python(['import tarfile', 'with tarfile.open("model.tar.gz") as archive:', '    archive.extractall("models", filter="data")']) }],
  }),
  defineRule({
    id: 'model-supply-chain/pickled-tasks', title: 'Task queue that unpickles what it is sent', severity: 'high', confidence: 'high', references: ['CWE-502', 'AML.T0011.000'],
    what: 'Reports `pickle` among the formats that Celery or Kombu accept or send.', why: 'Whoever reaches the broker runs code in every worker.', whenNotToUse: 'For a broker that only these workers reach.', noFix: 'The arguments of all tasks have to be such as JSON can hold.',
    checks: [{
      on: 'code', alone: /\b(?:accept_content|task_serializer|result_serializer)\s*=\s*[['"]+(?:\w+['", ]+)*pickle/i, words: ['accept_content', 'task_serializer', 'result_serializer', 'CELERY_'],
      check: (code, context) => {
        const found = (name: string, argument: { readonly value: CodeArgument['value']; readonly origin: CodeArgument['origin'] }): void => {
          if (!/^(?:CELERY_)?(?:accept_content|result_accept_content|task_serializer|result_serializer)$/i.test(name)) return;
          const words = argument.value.items?.map((one) => one.constant) ?? [argument.value.constant];
          if (words.some((one) => one === 'pickle' || one === 'application/x-python-serialize')) context.report({ at: argument.origin, message: 'Workers unpickle what they find in the queue.' });
        };
        for (const call of code.calls) for (const one of call.args) if (one.name !== undefined) found(one.name, one);
        for (const one of code.assignments) found(one.written.slice(one.written.lastIndexOf('.') + 1), one);
        for (const one of settingsOfClasses(code)) found(one.name, { value: one.value, origin: { path: context.document.path, range: one.at } });
      },
    }],
    examples: [{ file: 'tasks.py', bad: python(['from celery import Celery', 'app = Celery("train")', 'app.conf.accept_content = «["pickle", "json"]»']), good: python(['from celery import Celery', 'app = Celery("train")', 'app.conf.accept_content = ["json"]']) }],
  }),
] satisfies readonly Rule[];

/** Whether a member that a loop over the archive gives is unpacked by what it is called, unseen. */
function each(call: CodeCall, { document }: CodeContext): boolean {
  const [member] = call.args;
  const { node } = member ?? {};
  if (node?.kind !== 'name') return false;
  const before = document.text.slice(call.within.at(-1)?.start ?? 0, call.origin.range.start);
  const loop = before.lastIndexOf(`for ${node.name} in `);
  return loop >= 0 && !/\bif\b|\.name\b|startswith|raise|continue/.test(before.slice(loop));
}

/** `pickle.loads(pickle.dumps(x))` copies; a file opened for writing is not read. */
function roundTrip(call: CodeCall): boolean {
  const first = call.args[0]?.value;
  return /\.dumps\(\)$/.test(first?.name ?? '') || /\.serialize\(\)$/.test(first?.name ?? '');
}
