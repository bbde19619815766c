import type { Report, Rule } from '../../server/rule/rule.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { beginning, callRule, isFalse, isTrue, missing, option, replaceFix, setFix, text } from '../_calls.ts';
import { lockedRevision } from '../../server/rule/artefacts.ts';
import { flowRule } from '../_flows.ts';
import { flask, sample as python } from '../_samples.ts';

const models = ['transformers.{AutoModel,AutoTokenizer,AutoConfig,AutoProcessor,AutoFeatureExtractor,AutoImageProcessor,AutoModelForCausalLM,AutoModelForSeq2SeqLM,AutoModelForSequenceClassification,AutoModelForTokenClassification,AutoModelForQuestionAnswering,AutoModelForMaskedLM,AutoModelForVision2Seq,AutoModelForSpeechSeq2Seq,AutoModelForImageClassification,LlamaForCausalLM,BertModel,BertTokenizer,T5ForConditionalGeneration,GPT2LMHeadModel,WhisperForConditionalGeneration,CLIPModel}.from_pretrained', 'diffusers.{DiffusionPipeline,StableDiffusionPipeline,StableDiffusionXLPipeline,AutoPipelineForText2Image,FluxPipeline}.from_pretrained', 'peft.{PeftModel,PeftModelForCausalLM,AutoPeftModelForCausalLM}.from_pretrained', 'sentence_transformers.{SentenceTransformer,CrossEncoder}', 'transformers.pipeline', 'llama_cpp.Llama.from_pretrained', 'unsloth.{FastLanguageModel,FastModel}.from_pretrained', 'vllm.LLM', 'trl.AutoModelForCausalLMWithValueHead.from_pretrained'];
const downloads = ['huggingface_hub.{hf_hub_download,snapshot_download}', '@huggingface/hub.{downloadFile,snapshotDownload,downloadFileToCacheDir}', 'datasets.load_dataset', 'evaluate.load'];
const moved = ['LLM03:2025', 'AML.T0010.003', 'CWE-494', 'AISF-ML-04'] as const;

/** The repository that a call names, where it is one on a hub and no folder. */
function repository(call: CodeCall): ReturnType<typeof option> {
  const found = option(call, 'model') ?? option(call, 'repo_id') ?? option(call, 'repo.name') ?? option(call, 'repo') ?? option(call, 'model_name') ?? option(call, 'model_name_or_path') ?? option(call, 'pretrained_model_name_or_path') ?? option(call, /^transformers\.pipeline$|^peft\.PeftModel\w*\.from_pretrained$/.test(call.name!) ? 1 : 0) ?? option(call, 'model_id') ?? option(call, 'path');
  const name = text(found);
  return name !== undefined && /^[\w.-]+\/[\w.-]+$/.test(name) && !/^(?:\.|models?\/|data\/|checkpoints?\/|outputs?\/|weights\/|results\/|artifacts\/)/.test(name) ? found : undefined;
}
const known = /^(?:google|facebook|meta-llama|openai|microsoft|sentence-transformers|mistralai|bert-base|distilbert|huggingface|stabilityai|nvidia|deepset|BAAI|Qwen|EleutherAI|bigscience|tiiuae|intfloat|cross-encoder|apple|ibm-granite|allenai|HuggingFaceH4|HuggingFaceTB|black-forest-labs|CompVis|runwayml|deepseek-ai|databricks|Salesforce|google-bert|openai-community|FacebookAI|google-t5|cardiffnlp|ProsusAI|dslim|jinaai|nomic-ai|mixedbread-ai|thenlper|Xenova|onnx-community)\//;

const onDemand = /\bif\s+[^\n]*trust_remote_code[^\n]*:\s*\n\s*[\w.]+(?:\[["']trust_remote_code["']\]|\.trust_remote_code)\s*=\s*True\b/;

export default [
  callRule({
    id: 'model-supply-chain/remote-code-trusted', title: 'Model or data set that may bring its own code', severity: 'high', callees: [...models, ...downloads, 'smolagents.{load_tool,Tool.from_hub,Tool.from_space}', 'vllm.{AsyncEngineArgs,EngineArgs}', 'vllm.engine.arg_utils.{AsyncEngineArgs,EngineArgs}', 'langchain_huggingface.{HuggingFaceEmbeddings,HuggingFacePipeline.from_model_id,HuggingFacePipeline}', 'langchain_huggingface.embeddings.HuggingFaceEmbeddings', 'langchain_community.embeddings.{HuggingFaceEmbeddings,HuggingFaceBgeEmbeddings,SentenceTransformerEmbeddings}', 'langchain_community.embeddings.huggingface.HuggingFaceEmbeddings', 'langchain_community.llms.VLLM', 'langchain.ChatModel.from_model_id', 'llama_index.embeddings.huggingface.HuggingFaceEmbedding', 'llamaindex.{HuggingFaceEmbedding,HuggingFaceLLM}', 'lmdeploy.pipeline', 'sglang.Engine', 'FlagEmbedding.{FlagModel,BGEM3FlagModel,FlagReranker}', 'transformers.load_tool', 'transformers.{AutoModel,AutoConfig}.from_config'], references: [...moved, 'CWE-829'], leadsTo: ['model-supply-chain/unpinned-revision'],
    why: 'The repository’s Python files are downloaded and run; its owner, or whoever takes the account over, runs code here.', what: 'Reports `trust_remote_code=True`, and pipelines of other repositories.',
    judge: (call, context) => {
      // A pipeline of another repository than the model's.
      const pipeline = option(call, 'custom_pipeline');
      if (text(pipeline)?.includes('/') && !/^[./]/.test(text(pipeline)!) && !isTrue(option(call, 'trust_remote_code'))) return { at: pipeline!.origin, message: `${call.written} runs the pipeline that ${text(pipeline)} brings.` };
      const found = ['trust_remote_code', 'model_kwargs.trust_remote_code', 'tokenizer_kwargs.trust_remote_code', 'vllm_kwargs.trust_remote_code'].flatMap((place) => option(call, place) ?? [])[0];
      if (!isTrue(found)) return undefined;
      // A model that is handed on was judged where it was loaded.
      if (call.args.some((one) => one.name === undefined && one.spread === undefined && one.value.call !== undefined && one.value.fields?.get('trust_remote_code') === found!.value)) return undefined;
      // The user asks for it: `if args.trust_remote_code: params["trust_remote_code"] = True`.
      if (onDemand.test(context.document.text) && !call.node.args.some((one) => one.name === 'trust_remote_code' && one.value.kind === 'literal')) return undefined;
      const pinned = /^[0-9a-f]{40}$/.test(text(option(call, 'revision') ?? option(call, 'code_revision')) ?? '');
      const inline = call.node.args.some((one) => one.name === 'trust_remote_code' || (one.name === 'model_kwargs' && one.value.kind === 'object'));
      return { at: inline ? found!.origin : call.callee, message: `${call.written} runs code that the repository brings.`, ...(pinned ? { severity: 'low' as const } : {}), ...(inline ? { fixes: replaceFix(found!, 'False', 'Refuse code of the repository', false) } : {}) };
    },
    examples: [{ file: 'embed.py', bad: python(['from transformers import AutoModel', 'model = AutoModel.from_pretrained("acme/embedder", trust_remote_code=«True»)']), fixed: 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("acme/embedder", trust_remote_code=False)\n', good: python(['from transformers import AutoModel', 'model = AutoModel.from_pretrained("acme/embedder", revision="f1944de8402dcd5f2b03f822a4bc22a7f2de2eb9")']) }],
  }),
  callRule({
    id: 'model-supply-chain/unpinned-revision', title: 'Model or data set without a fixed revision', severity: 'low', confidence: 'medium', callees: [...models, ...downloads], references: moved,
    why: 'What the name means can change overnight, by its owner or by whoever takes the account over.', what: 'Reports repositories of a hub that are loaded without a commit as revision.', whenNotToUse: 'While exploring; a job or a service should know what it loads. The fix takes the commit from `.wardline/models.lock`; without one it has to be looked up on the hub.',
    judge: (call, context): Report | undefined => {
      const found = repository(call);
      if (!found || isTrue(option(call, 'local_files_only')) || isTrue(option(call, 'trust_remote_code'))) return undefined;
      const revision = option(call, 'revision');
      const fixed = text(revision);
      if (revision && (fixed === undefined || /^[0-9a-f]{7,40}$/.test(fixed))) return undefined;
      if (!revision && !missing(call, 'revision')) return undefined;
      const unsafe = isFalse(option(call, 'use_safetensors')) || /\.(?:bin|pt|pth|ckpt|pkl|h5)$/.test(text(option(call, 'filename') ?? option(call, 1)) ?? '');
      const runs = call.name === 'evaluate.load';
      const commit = lockedRevision(text(found)!, context);
      const fixes = commit === undefined ? [] : revision ? replaceFix(revision, JSON.stringify(commit), 'Pin the locked revision') : setFix(call, context, 'revision', JSON.stringify(commit), 'Pin the locked revision');
      return { fixes, at: revision?.origin ?? found.origin, message: `${text(found)} is loaded at whatever revision its owner last pushed.`, severity: unsafe || runs ? 'medium' : known.test(text(found)!) ? 'info' : 'low' };
    },
    examples: [{ file: 'load.py', bad: python(['from huggingface_hub import snapshot_download', 'path = snapshot_download(«"acme/embedder"»)']), good: python(['from huggingface_hub import snapshot_download', 'path = snapshot_download("acme/embedder", revision="f1944de8402dcd5f2b03f822a4bc22a7f2de2eb9")']) },
      { file: 'locked.py', title: 'the lock knows the commit', bad: python(['from huggingface_hub import snapshot_download', 'path = snapshot_download(«"acme/embedder"»)']), fixed: `from huggingface_hub import snapshot_download\npath = snapshot_download("acme/embedder", revision="${'f1944de8'.repeat(5)}")\n`, files: { '.wardline/models.lock': JSON.stringify({ version: 1, models: [{ path: 'models/a.safetensors', sha256: '0'.repeat(64), size: 1, format: 'safetensors', source: `hf://acme/embedder@${'f1944de8'.repeat(5)}/a.safetensors` }] }) } }],
  }),
  callRule({
    id: 'model-supply-chain/torch-hub', title: 'Code and weights from torch.hub', severity: 'medium', callees: ['torch.hub.load', 'torch.hub.load_state_dict_from_url'], references: [...moved],
    why: 'torch.hub downloads a repository and runs its `hubconf.py`; weights by address are pickles.', what: 'Reports `torch.hub.load` of a repository without a commit or with `trust_repo=True`, and weights by address without a hash.',
    whenNotToUse: 'For repositories of the own organisation that nobody else can write to.',
    noFix: 'The commit or the hash has to be looked up.',
    judge: (call): Report | undefined => {
      const first = option(call, 0) ?? option(call, 'repo_or_dir') ?? option(call, 'url');
      if (!first) return undefined;
      if (call.name === 'torch.hub.load') {
        if (text(option(call, 'source')) === 'local') return undefined;
        const trust = option(call, 'trust_repo');
        const name = text(first);
        if (name !== undefined && /:[0-9a-f]{7,40}$/.test(name)) return undefined;
        if (isTrue(trust)) return { at: trust!.origin, severity: 'high', message: 'torch.hub runs the code of the repository without asking.' };
        return name !== undefined && /^[\w.-]+\/[\w.-]+/.test(name) && !name.startsWith('pytorch/') ? { at: first.origin, message: `torch.hub runs code of ${name} at whatever commit its owner last pushed.` } : undefined;
      }
      return isTrue(option(call, 'check_hash')) || isTrue(option(call, 'weights_only')) ? undefined : { at: first.origin, message: 'Weights from an address are unpickled without a check of their hash.', severity: beginning(first) === undefined ? 'medium' : 'low' };
    },
    examples: [{ file: 'vision.py', bad: python(['import torch', 'net = torch.hub.load("some-user/fast-detector", "detector", trust_repo=«True»)']), good: python(['import torch', 'net = torch.hub.load("/opt/vision", "detector", source="local")']) }],
  }),
  callRule({
    id: 'model-supply-chain/model-over-http', title: 'Model or code fetched over plain HTTP', severity: 'high',
    callees: ['urllib.request.{urlretrieve,urlopen}', 'wget.download', 'torch.hub.{load_state_dict_from_url,download_url_to_file}', 'tensorflow.keras.utils.get_file', 'keras.utils.get_file', 'onnxruntime-{web,node}.InferenceSession.create', 'onnxruntime.InferenceSession', '@tensorflow/{tfjs,tfjs-node,tfjs-core,tfjs-node-gpu}.{loadLayersModel,loadGraphModel}', 'requests.get', 'httpx.get', 'fetch', 'axios.get', 'got', 'https.get', 'http.get', 'import', '@tensorflow/tfjs-converter.loadGraphModel', 'gdown.download', 'pooch.retrieve', 'importScripts'],
    references: ['CWE-494', 'CWE-319', 'AML.T0010.003'], why: 'Who sits on the network replaces the model by one of their own, and most formats run code when they are read.', what: 'Reports downloads of models and code whose address begins with `http:`.',
    judge: (call, context): Report | undefined => {
      const first = option(call, 0) ?? option(call, 'url') ?? option(call, 'origin');
      const start = beginning(first);
      // Asked whether it answers, not for what it answers.
      if (/^\s*\.(?:status_code|ok|status)\b/.test(context.document.text.slice(call.origin.range.end, call.origin.range.end + 20))) return undefined;
      if (!first || start === undefined || !/^http:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)/.test(start)) return undefined;
      const whole = first.value.parts?.join('') ?? start;
      const isModel = /\.(?:onnx|pt|pth|pkl|pickle|joblib|bin|safetensors|ckpt|h5|keras|gguf|ggml|npz|npy|tar|tgz|gz|zip|whl|so|dll|js|mjs|py|sh|json|pb|tflite|model)\b|model|weight|checkpoint/i.test(whole) && !/\/v\d+\/models?(?:\/|$)|\/[\w-]*models\/?(?:[?#]|$)|\/(?:ready|health\w*|live)$/.test(whole);
      const alwaysModel = /InferenceSession|load(?:Layers|Graph)Model|state_dict|get_file|import|retrieve$/.test(call.name!);
      return isModel || alwaysModel ? { at: first.origin, message: 'The file is fetched over plain HTTP and can be replaced on the way.', fixes: text(first) === undefined ? [] : [{ title: 'Use https', safe: false, intents: [{ kind: 'replace', origin: first.origin, text: `'${text(first)!.replace(/^http:/, 'https:')}'` }] }] } : undefined;
    },
    examples: [{ file: 'fetch.py', bad: python(['from urllib.request import urlretrieve', "urlretrieve(«'http://models.example.com/fraud.onnx'», 'fraud.onnx')"]), fixed: "from urllib.request import urlretrieve\nurlretrieve('https://models.example.com/fraud.onnx', 'fraud.onnx')\n", good: python(['from urllib.request import urlretrieve', "urlretrieve('https://models.example.com/fraud.onnx', 'fraud.onnx')"]) }],
  }),
  flowRule({
    id: 'model-supply-chain/downloaded-code-run', title: 'Downloaded data that is run or unpickled', severity: 'high', from: ['web', 'document', 'mail'], to: ['code', 'deserialize', 'shell', 'module'], problem: 'is run by {sink}',
    // A program that runs the file which its user names is told to.
    when: (flow) => flow.label === 'web' || (/^(?:eval|exec|os\.system|subprocess\.\w+|popen)/.test(flow.sinkName) && !/^the file/.test(flow.taint.what) && !flow.taint.weak), references: ['CWE-494', 'CWE-502', 'AML.T0010', 'LLM03:2025'],
    what: 'Follows downloads into eval, exec, shells, unpickling and unsafe YAML loaders.', why: 'Whoever controls the server, or the way to it, runs code here.', noFix: 'The data has to be verified by a fixed hash or signature, and read in a format that is no code.',
    examples: [{ file: 'setup.py', bad: python(['import requests', "exec(«requests.get('https://get.example.com/setup.py').text»)"]), good: python(['import json', 'import requests', "print(json.loads(requests.get('https://get.example.com/setup.json').text))"]) }],
  }),
  flowRule({
    id: 'model-supply-chain/untrusted-model-name', title: 'Model to load chosen by a stranger', severity: 'high', from: ['request', 'message', 'model', 'tool', 'browser'], to: ['model-choice'], problem: 'decides which model {sink} loads', references: [...moved, 'CWE-20'],
    what: 'Follows untrusted data into the name or address of a model that is loaded.', why: 'The peer has a model of their own loaded, whose file runs code.', noFix: 'The models that may be loaded have to be listed.',
    when: (flow) => /from_pretrained|pipeline|load|pull|Session|Transformer|download|LLM$|Encoder/i.test(flow.sinkName) && !/create$/.test(flow.sinkName) || /InferenceSession/.test(flow.sinkName),
    examples: [{ file: 'app.py', bad: flask(['return pipeline("text-classification", model=«request.json["model"]»)("hi")'], ['from transformers import pipeline']), good: flask(['name = {"small": "/models/small", "big": "/models/big"}[request.json["model"]]', 'return pipeline("text-classification", model=name)("hi")'], ['from transformers import pipeline']) }],
  }),
] satisfies readonly Rule[];

