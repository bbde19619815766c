import { latin1 } from './source.ts';
import type { Inspection } from './report.ts';

/** Modules whose classes Keras itself brings. */
const ownModules = /^(?:keras(?:_core|_hub|_nlp|_cv|_tuner)?|tensorflow|tf_keras|tensorflow_addons|builtins)(?:\.|$)/;
/** Parts of Keras that Keras refuses or should refuse to build from a file: they run, read or fetch. */
const harmfulNames = /^(?:get_file|load_model|load_weights|func_load|deserialize_keras_object|run_code|system|eval|exec|popen|getattr|import_module|urlopen|open|extract_archive|image_dataset_from_directory|text_dataset_from_directory|load_img|TensorBoard|ModelCheckpoint|CSVLogger|BackupAndRestore|RemoteMonitor|Popen)$/;
const harmfulModules = /^(?:os|posix|subprocess|sys|builtins|shutil|socket|importlib|runpy|pickle|marshal|ctypes|urllib|requests|webbrowser|code|pty|tempfile|pathlib|io)(?:\.|$)/;
const deepest = 100;

/** Walks a Keras configuration (model_config, config.json) and names layers that carry code or reach outside of Keras. */
export function inspectKerasConfig(config: unknown, inspection: Inspection, depth = 0): void {
  if (depth > deepest || typeof config !== 'object' || config === null || --inspection.budget.steps < 0) return;
  if (Array.isArray(config)) {
    for (const one of config) inspectKerasConfig(one, inspection, depth + 1);
    return;
  }
  const own = config as Readonly<Record<string, unknown>>;
  const name = own['class_name'];
  const module = own['module'];
  const registered = own['registered_name'];
  if (typeof name === 'string') {
    if (name === 'Lambda' || /(?:^|\.)Lambda$/.test(name) || (typeof registered === 'string' && /(?:^|>)Lambda$/.test(registered))) lambdaLayer(own['config'], inspection);
    else if (name === '__lambda__') inspection.issue('dangerous', 'carries a Python function as bytecode');
    else if (name === 'TFOpLambda' || name === 'SlicingOpLambda') operation(own['config'], inspection);
    if (name === 'TorchModuleWrapper') inspection.issue('dangerous', 'has a TorchModuleWrapper, which loads a pickle');
    if (/^(?:StringLookup|IntegerLookup|IndexLookup|TextVectorization|Hashing|Discretization|Normalization)$/.test(name)) vocabulary(name, own['config'], inspection);
    if (typeof module === 'string' && module !== '') judge(module, name === 'function' && typeof own['config'] === 'string' ? own['config'] : name, inspection);
    else if (typeof registered === 'string' && registered.includes('>') && !/^(?:keras|tensorflow|Addons|keras_\w+|tf_keras)>|^(?:Custom>)?(?:TFOpLambda|SlicingOpLambda)$/i.test(registered)) inspection.issue('unknown', `needs the registered class ${shown(registered)}`);
  }
  for (const [key, value] of Object.entries(own)) {
    if (key === '__lambda__') inspection.issue('dangerous', 'carries a Python function as bytecode');
    if ((key === 'fn_module' || key === 'function_module') && typeof value === 'string') judge(value, typeof own['fn_name'] === 'string' ? own['fn_name'] : '', inspection);
    inspectKerasConfig(value, inspection, depth + 1);
  }
}

function judge(module: string, name: string, inspection: Inspection): void {
  const full = `${module}.${name}`;
  inspection.global(full);
  if (harmfulModules.test(module) && !(module === 'builtins' && !harmfulNames.test(name))) inspection.issue('dangerous', `builds ${shown(full)}`);
  else if (harmfulNames.test(name.slice(name.lastIndexOf('.') + 1))) inspection.issue('dangerous', `builds ${shown(full)}, which reaches files or code`);
  else if (!ownModules.test(module)) inspection.issue('unknown', `needs ${shown(full)}`);
}

/** A Lambda layer: bytecode in base64, or the name of a function that the program gives. */
function lambdaLayer(config: unknown, inspection: Inspection): void {
  const own = (typeof config === 'object' && config !== null ? config : {}) as Readonly<Record<string, unknown>>;
  const type = own['function_type'];
  const fn = own['function'];
  const code = Array.isArray(fn) ? fn[0] : typeof fn === 'object' && fn !== null ? codeOf(fn as Readonly<Record<string, unknown>>) : undefined;
  const names = typeof code === 'string' ? namesInBytecode(code) : [];
  if (names.length > 0) inspection.issue('dangerous', `has a Lambda layer whose bytecode uses ${names.slice(0, 4).join(', ')}`);
  else if (type === 'function' && typeof fn === 'string') inspection.issue('dangerous', `has a Lambda layer that calls ${shown(fn)} of the loading program`);
  else inspection.issue('dangerous', 'has a Lambda layer, which is Python code inside the file');
}

/** A vocabulary that is a path is read from the machine that loads the model. */
function vocabulary(name: string, config: unknown, inspection: Inspection): void {
  const path = typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>)['vocabulary'] : undefined;
  if (typeof path !== 'string' || path === '') return;
  if (/^(?:[/~\\]|[a-z]:|\w+:\/\/)|\.\./i.test(path)) inspection.issue('dangerous', `has a ${name} that reads ${shown(path)}`);
  else inspection.issue('unknown', `has a ${name} that reads the file ${shown(path)}`);
}

function codeOf(fn: Readonly<Record<string, unknown>>): string | undefined {
  const inner = fn['config'];
  const code = typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

const bytecodeNames = /\b(?:os|system|popen|subprocess|Popen|exec|eval|__import__|compile|socket|urlopen|urlretrieve|requests|builtins|open|check_output|importlib|import_module|shutil|rmtree|ctypes|globals|getattr)\b/g;

/** Names of a marshalled code object that matter, found as the texts that they are. */
function namesInBytecode(base64: string): readonly string[] {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(base64)) return [];
  try {
    const text = atob(base64.replace(/\s+/g, '').slice(0, 1_000_000 - (1_000_000 % 4)));
    return [...new Set([...text.matchAll(bytecodeNames)].map((match) => match[0]))];
  } catch {
    return [];
  }
}

function operation(config: unknown, inspection: Inspection): void {
  const fn = typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>)['function'] : undefined;
  if (typeof fn === 'string' && /(?:read_file|write_file|py_function|numpy_function|load_library|matching_files)$/.test(fn)) inspection.issue('dangerous', `calls ${shown(fn)}`);
}

export function isKerasConfig(config: unknown): boolean {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return false;
  const own = config as Readonly<Record<string, unknown>>;
  return typeof own['class_name'] === 'string' && typeof own['config'] === 'object';
}

function shown(text: string): string {
  return latin1(new TextEncoder().encode(text)).replace(/[^\x20-\x7e]/g, '·').slice(0, 100);
}
