import { utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { escapes } from './archive/archive.ts';
import { inspectKerasConfig, isKerasConfig } from './keras.ts';
import { isLibrary } from './pickle/globals-safe.ts';
import { judgeGlobal } from './pickle/judge.ts';
import { inspectGraphText } from './tensorflow.ts';
import { codeInTemplate } from './template.ts';

const longest = 32_000_000;
const knownLibraries = /^(?:transformers|diffusers|peft|timm|sentence_transformers|onnxruntime|optimum|open_clip|torch|torchvision|flax|tensorflow|keras|accelerate|tokenizers|stable_diffusion)(?:\.|$)/;

/** Text files of a model's folder that its loader interprets, by name: they have no signature. */
export function inspectFolderFile(source: ByteSource, head: Uint8Array, name: string, inspection: Inspection): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (source.size > longest) return false;
  const text = (): string => utf8(source.read(0, source.size));
  if (/\.(?:jinja2?|j2)$/i.test(base)) return template(text(), !/chat|template\.jinja/i.test(base), inspection);
  if (/\.json$/i.test(base)) return head.some((byte) => byte === 0x7b || byte === 0x5b) && json(text(), base, inspection);
  if (/^modelfile(?:\.\w+)?$|\.modelfile$/i.test(base)) return modelfile(text(), inspection);
  if (base === 'MLmodel') return mlflow(text(), inspection);
  if (/\.(?:pmml|xml)$/i.test(base)) return xml(text(), inspection);
  if (/\.pbtxt$/i.test(base)) return inspectGraphText(text(), inspection);
  if (/\.ya?ml$/i.test(base)) return yaml(text(), inspection);
  return false;
}

function template(text: string, general: boolean, inspection: Inspection): boolean {
  inspection.format(general ? 'template' : 'chat template');
  const code = codeInTemplate(text, general);
  if (code !== undefined) inspection.issue('dangerous', `${code} from its template`);
  return true;
}

/** Configurations of tokenizers, models, adapters and pipelines. */
function json(text: string, base: string, inspection: Inspection): boolean {
  let config: unknown;
  try {
    config = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return false;
  }
  if (typeof config !== 'object' || config === null) return false;
  inspection.format(/tokenizer/i.test(base) ? 'tokenizer' : 'model configuration');
  if (isKerasConfig(config)) {
    inspection.format('keras');
    inspectKerasConfig(config, inspection);
  }
  walk(config, '', 0, inspection);
  return true;
}

function walk(value: unknown, key: string, depth: number, inspection: Inspection): void {
  if (depth > 60 || --inspection.budget.steps < 0) return;
  if (typeof value === 'string') return text(value, key, inspection);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 200_000)) walk(one, key, depth + 1, inspection);
    return;
  }
  const own = value as Readonly<Record<string, unknown>>;
  if (own['auto_map'] !== undefined && own['auto_map'] !== null) {
    const targets = Object.values(typeof own['auto_map'] === 'object' ? own['auto_map'] : {}).flat().filter((one): one is string => typeof one === 'string');
    const remote = targets.find((one) => one.includes('--'));
    inspection.issue('unknown', remote === undefined ? `needs trust_remote_code for ${shown(targets[0] ?? 'its classes')}, a module of its folder` : `needs trust_remote_code for ${shown(remote)}, a module of another repository`);
  }
  if (own['trust_remote_code'] === true) inspection.issue('unknown', 'asks for trust_remote_code');
  for (const name of Object.keys(own)) if (/^py\/(?:reduce|object|function|repr|newobj|newargs|initargs)/.test(name)) jsonpickle(own, inspection);
  if (typeof own['__module__'] === 'string' && typeof own['__class__'] === 'string' && typeof own['__loader__'] === 'string') skops(own['__module__'], own['__class__'], inspection);
  if (typeof own['_target_'] === 'string') target(own['_target_'], inspection);
  const parent = (own['auto_mapping'] as { parent_library?: unknown } | null | undefined)?.parent_library;
  if (typeof parent === 'string' && !knownLibraries.test(parent)) inspection.issue('unknown', `needs ${shown(parent)}`);
  for (const [name, inner] of Object.entries(own)) {
    if (name === 'weight_map' && typeof inner === 'object' && inner !== null) for (const file of new Set(Object.values(inner))) if (typeof file === 'string' && escapes(file)) inspection.issue('malformed', `takes weights from '${shown(file)}', outside of its folder`);
    walk(inner, name, depth + 1, inspection);
  }
}

/** Hydra's way to name what a configuration builds. */
function target(name: string, inspection: Inspection): void {
  const at = name.lastIndexOf('.');
  if (at <= 0) return;
  inspection.global(name);
  if (judgeGlobal(name.slice(0, at), name.slice(at + 1)).verdict === 'dangerous') inspection.issue('dangerous', `builds ${shown(name)}`);
}

/** Configurations in YAML inside of archives: targets, and tags that call Python. */
function yaml(content: string, inspection: Inspection): boolean {
  const targets = [...content.matchAll(/^\s*(?:-\s*)?["']?_target_["']?\s*:\s*["']?([\w.]+)/gm)];
  const tags = [...content.matchAll(/!!python\/object\/(?:apply|new):([\w.]+)/g)].filter((match) => !/^(?:collections|numpy|datetime|pathlib)\./.test(match[1]!));
  if (targets.length === 0 && tags.length === 0) return false;
  inspection.format('configuration');
  for (const match of targets) target(match[1]!, inspection);
  for (const match of tags) inspection.issue('dangerous', `calls ${shown(match[1]!)} from a YAML tag`);
  return true;
}

/** A node of skops' schema: the class or function that loading looks up. */
function skops(module: string, name: string, inspection: Inspection): void {
  inspection.format('skops');
  inspection.global(`${module}.${name}`);
  const { verdict, why } = judgeGlobal(module, name);
  if (verdict === 'dangerous') inspection.issue('dangerous', `reaches ${shown(`${module}.${name}`)}${why === undefined ? '' : `, which ${why}`}`);
  else if (verdict === 'unknown' && !isLibrary(module)) inspection.issue('unknown', `needs ${shown(`${module}.${name}`)}`);
}

/** jsonpickle's encoding of calls. */
function jsonpickle(own: Readonly<Record<string, unknown>>, inspection: Inspection): void {
  const target = JSON.stringify(own['py/reduce'] ?? own['py/object'] ?? own['py/function'] ?? own['py/repr'] ?? '').slice(0, 200);
  const harmful = /\b(?:os|posix|nt|subprocess|builtins|__builtin__|sys|shutil|socket|runpy|importlib)\.\w+/.exec(target)?.[0];
  if (harmful !== undefined || own['py/repr'] !== undefined) inspection.issue('dangerous', `calls ${harmful ?? 'code'} when jsonpickle decodes it`);
}

function text(value: string, key: string, inspection: Inspection): void {
  if (!value.includes('{{') && !value.includes('{%')) return;
  const code = codeInTemplate(value);
  if (code !== undefined) inspection.issue('dangerous', `has a template (${shown(key)}) that ${code}`);
}

/** Ollama's Modelfile: instructions at the start of lines, texts in three quotes. */
function modelfile(content: string, inspection: Inspection): boolean {
  if (!/^\s*FROM\s+\S/im.test(content)) return false;
  inspection.format('modelfile');
  for (const match of content.matchAll(/^\s*(FROM|ADAPTER|LICENSE)\s+(\S+)/gim)) {
    const target = match[2]!.replace(/^["']|["']$/g, '');
    const what = match[1]!.toUpperCase();
    if (what === 'LICENSE') continue;
    if (/^(?:https?|ftp):\/\//i.test(target)) inspection.issue('malformed', `takes its ${what === 'FROM' ? 'model' : 'adapter'} from the address ${shown(target)}`);
    else if (target.split(/[/\\]/).includes('..') || /^\/(?:etc|proc|root|dev|var)\//.test(target)) inspection.issue('malformed', `takes its ${what === 'FROM' ? 'model' : 'adapter'} from ${shown(target)}, outside of its folder`);
  }
  for (const match of content.matchAll(/^\s*(SYSTEM|TEMPLATE|MESSAGE\s+\w+)\s+("""[^]*?"""|[^\n]*)/gim)) {
    const kind = match[1]!.split(/\s/)[0]!.toUpperCase();
    const words = match[2]!;
    const code = kind === 'TEMPLATE' ? codeInTemplate(words) : undefined;
    if (code !== undefined) inspection.issue('dangerous', `has a template that ${code}`);
    else if (kind === 'TEMPLATE' && /\{\{-?\s*(?:call|html|js)\b|\.(?:Exec|Env)\b/.test(words)) inspection.issue('unknown', 'has a template that calls functions');
    if (/\b(?:curl|wget)\s+(?:-\w+\s+)*https?:\/\/\S+\s*\|\s*(?:ba)?sh\b|\b(?:os\.system|subprocess\.\w+)\s*\(|\brm\s+-rf\s+[/~]/.test(words)) inspection.issue('dangerous', `has instructions (${kind}) that tell the model to run a command`);
    else if (/\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier|safety)\s+(?:instructions|prompts|rules|guidelines)/i.test(words) || /\b(?:send|exfiltrate|post|upload|forward)\b[^.\n]{0,80}\bhttps?:\/\//i.test(words)) inspection.issue('dangerous', `has instructions (${kind}) that turn the model against its user`);
  }
  return true;
}

/** MLflow's MLmodel, YAML: which module loads the model, and from where. */
function mlflow(content: string, inspection: Inspection): boolean {
  if (!/^\s*flavors:/m.test(content)) return false;
  inspection.format('mlflow');
  for (const match of content.matchAll(/^\s*(loader_module|python_model|code|code_paths?|data|model_path|pickled_model|artifact_path|cloudpickle_version|env|conda|path|uri)\s*:\s*(\S[^\n]*)$/gm)) {
    const value = match[2]!.replace(/^["']|["']$/g, '').trim();
    if (match[1] === 'loader_module' && !/^(?:mlflow|sklearn|xgboost|lightgbm)(?:\.|$)/.test(value)) {
      if (/^(?:os|subprocess|runpy|importlib|sys|builtins|posix)(?:\.|$)/.test(value)) inspection.issue('dangerous', `is loaded by ${shown(value)}`);
      else inspection.issue('unknown', `is loaded by ${shown(value)}`);
    } else if (escapes(value)) inspection.issue('malformed', `takes ${match[1]} from '${shown(value)}', outside of its folder`);
  }
  if (/!!python\/(?:object|name|module)/.test(content)) inspection.issue('dangerous', 'builds Python objects from YAML tags');
  return true;
}

/** PMML and OpenVINO's XML: what an XML parser fetches or reads for it. */
function xml(content: string, inspection: Inspection): boolean {
  const head = content.slice(0, 200_000);
  const pmml = /<PMML\b/.test(head);
  const openvino = /<net\b[^>]*\bversion=/.test(head) && /<layers\b/.test(head);
  if (!pmml && !openvino) return false;
  inspection.format(pmml ? 'pmml' : 'openvino');
  const external = /<!ENTITY\s+(?:%\s+)?[\w.-]+\s+(?:SYSTEM|PUBLIC\s+["'][^"']*["'])\s*["']([^"']*)["']/.exec(head);
  if (external) inspection.issue('dangerous', `reads '${shown(external[1]!)}' through an external entity`);
  else if (/<!DOCTYPE[^>[]*(?:SYSTEM|PUBLIC)\s*["'][^"']*["'][^>]*>/.test(head) && /SYSTEM\s*["'](?:file|https?|ftp):/.test(head)) inspection.issue('dangerous', 'fetches an external document type');
  else if ((head.match(/<!ENTITY\b/g)?.length ?? 0) > 8) inspection.issue('malformed', 'defines entities that grow when they are read');
  if (/<\?xml-stylesheet\b[^>]*href=["'](?:https?|file):/.test(head) || /<xi:include\b[^>]*href=/.test(head)) inspection.issue('dangerous', 'includes another document');
  for (const match of content.slice(0, 20_000_000).matchAll(/<Extension\b[^>]*\bvalue\s*=\s*["']([^"']{0,400})/g)) if (/\bRuntime\.getRuntime\b|\bProcessBuilder\b|\bos\.system\b|<script/i.test(match[1]!)) inspection.issue('dangerous', 'has code in an extension');
  if (openvino && /<layer\b[^>]*\btype=["'](?:Python\w*|CustomPython\w*)["']/.test(content)) inspection.issue('unknown', 'needs a layer of its own');
  return true;
}

function shown(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f]/g, '·').slice(0, 80);
}
