import { optionsOf } from '../../server/rule/options.ts';
import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import { beginning, callRule, constantOf, isFalse, option, replaceFix, type CodeCall } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample as python } from '../_samples.ts';

const runs = 'Reading such a file calls the functions that the file names; whoever wrote it, or got between, runs code here.';
const refs = ['CWE-502', 'AML.T0011.000', 'LLM03:2025', 'AML.T0018'] as const;
const fromHub = /^(?:transformers|diffusers|peft|sentence_transformers|llama_cpp|unsloth|vllm|trl|huggingface_hub|datasets|evaluate|langchain\w*|llamaindex|llama_index|lmdeploy|sglang|FlagEmbedding)\.|^smolagents\.(?:load_tool|Tool\.from_\w+)$/;

/** Variables that let loaders run what files bring along. */
const variables: Readonly<Record<string, string>> = {
  TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD: 'lets every checkpoint run code', HF_DATASETS_TRUST_REMOTE_CODE: 'lets every data set run its code', TRUST_REMOTE_CODE: 'lets every repository run its code',
  VLLM_ALLOW_INSECURE_SERIALIZATION: 'lets peers send pickles', KERAS_UNSAFE_DESERIALIZATION: 'lets every model run code', TRANSFORMERS_TRUST_REMOTE_CODE: 'lets every repository run its code',
};

function assigned(context: CodeContext): void {
  for (const { written, value, origin } of context.code.assignments) {
    const name = /^(?:os\.)?environ\.(\w+)$/.exec(written)?.[1] ?? '';
    if (Object.hasOwn(variables, name) && /^(?:1|true|yes|on)$/i.test(String(value.constant ?? ''))) context.report({ at: origin, message: `${name} ${variables[name]!}.` });
  }
}

/** Loaders of other libraries, or of the program's own, that are told to run the code of a repository. */
function trusts(call: CodeCall, context: CodeContext): void {
  if (fromHub.test(call.name ?? '') || call.written.endsWith('.from_mcp') || !/(?:load|from_|get_|create|build|init|make|pipeline|serve|run|generate|download|engine|[A-Z]\w*)\w*$/.test(call.written.slice(call.written.lastIndexOf('.') + 1))) return;
  const found = optionsOf(call, 2).find((one) => one.name === 'trust_remote_code' && one.inline && one.value.constant === true);
  if (found) context.report({ at: found.at, message: `${call.written} runs code that the repository brings.`, fixes: [{ title: 'Refuse code of the repository', safe: false, intents: [{ kind: 'replace', origin: found.at, text: 'False' }] }] });
}

/** `MyModel.load_from_checkpoint(path, weights_only=False)`, whatever the class is called. */
const ofOwnClass: Rule['checks'][number] = {
  on: 'code', words: ['load_from_checkpoint'],
  check: (code, context) => {
    if (isTest(context.document.path)) return;
    for (const call of code.calls) {
      const weights = /\.load_from_checkpoint$/.test(call.written) && !/LightningModule\.load_from_checkpoint$/.test(call.name ?? '') ? option(call, 'weights_only') : undefined;
      if (weights && isFalse(weights) && weights.origin.path === context.document.path) context.report({ at: weights.origin, message: `${call.written} runs code that the checkpoint names.`, fixes: replaceFix(weights, 'True', 'Load weights only') });
    }
  },
};

const rules = [
  defineRule({
    id: 'model-supply-chain/remote-code-let-in', title: 'Code of repositories let in by a switch', severity: 'high', confidence: 'high', references: ['CWE-829', 'LLM03:2025', 'AML.T0010.003', 'AISF-ML-04'],
    what: 'Reports `trust_remote_code=True` with loaders beside those of Hugging Face, and variables of the environment that let checkpoints, data sets or peers run code.', why: 'The repository’s files are run here, with all rights of the program; its owner, or whoever takes the account over, decides what they do.',
    whenNotToUse: 'For repositories of the own organisation that are fixed to a commit.', noFix: 'Whether the model needs its own code has to be found out.',
    checks: [{
      on: 'code', alone: /\btrust_remote_code["']?\s*[:=]\s*True|_TRUST_REMOTE_CODE\b|NO_WEIGHTS_ONLY_LOAD/, words: ['trust_remote_code', ...Object.keys(variables)],
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        assigned(context);
        for (const call of code.calls) if (call.origin.path === context.document.path) trusts(call, context);
      },
    }],
    examples: [
      { file: 'serve.py', bad: python(['from gptqmodel import GPTQModel', 'model = GPTQModel.load("acme/coder", trust_remote_code=«True»)']), fixed: 'from gptqmodel import GPTQModel\nmodel = GPTQModel.load("acme/coder", trust_remote_code=False)\n', good: python(['from gptqmodel import GPTQModel', 'model = GPTQModel.load("acme/coder", trust_remote_code=False)']) },
      { file: 'train.py', bad: python(['import os', 'os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = «"1"»']), good: python(['import os', 'os.environ["TOKENIZERS_PARALLELISM"] = "false"']) },
    ],
  }),
  callRule({
    id: 'model-supply-chain/checkpoint-runs-code', title: 'Checkpoint read in the way that runs code', severity: 'medium', references: refs, why: runs,
    callees: [
      '{pytorch_lightning,lightning.pytorch}.LightningModule.load_from_checkpoint', '{pytorch_lightning,lightning.pytorch,lightning}.Trainer#{fit,test,validate,predict}', 'diffusers.{StableDiffusionPipeline,StableDiffusionXLPipeline,FluxPipeline,ControlNetModel,AutoencoderKL,DiffusionPipeline,StableDiffusion3Pipeline}.from_single_file',
      'timm.create_model', 'accelerate.{load_checkpoint_and_dispatch,Accelerator#load_state}', '{auto_gptq.AutoGPTQForCausalLM,awq.AutoAWQForCausalLM}.{from_quantized,from_pretrained}', 'transformers.{AutoModel,AutoModelForCausalLM}.from_pretrained_',
      'torchvision.models.get_model', 'fairseq.checkpoint_utils.load_model_ensemble_and_task', 'mmengine.runner.load_checkpoint', 'detectron2.checkpoint.DetectionCheckpointer#load', 'torch.distributed.checkpoint.{load,load_state_dict}', 'monai.bundle.load', 'speechbrain.inference.interfaces.Pretrained.from_hparams',
    ].filter((one) => !one.endsWith('_')),
    what: 'Reports `weights_only=False` with Lightning and others, single files that are pickles by their name, and checkpoints from an address without encryption.',
    judge: (call): Report | undefined => {
      const weights = option(call, 'weights_only');
      if (isFalse(weights)) return { at: weights!.origin, message: `${call.written} runs code that the checkpoint names.`, fixes: replaceFix(weights!, 'True', 'Load weights only') };
      const pickled = option(call, 'use_safetensors');
      if (isFalse(pickled)) return { at: pickled!.origin, message: `${call.written} reads pickles, which run code.`, fixes: replaceFix(pickled!, 'True', 'Read safetensors only', false) };
      const path = option(call, 'checkpoint_path') ?? option(call, 'pretrained_model_link_or_path') ?? option(call, 'filename') ?? option(call, 0);
      const start = beginning(path);
      if (start !== undefined && /^http:\/\/(?!localhost|127\.)/.test(start)) return { at: path!.origin, severity: 'high', message: 'The checkpoint is fetched over plain HTTP and can be replaced on the way.' };
      return /from_single_file$/.test(call.name!) && typeof constantOf(path) === 'string' && /\.(?:ckpt|pt|pth|bin)(?:$|\?)/.test(String(constantOf(path))) ? { at: path!.origin, message: `${call.written} reads a pickle, which runs code.` } : undefined;
    },
    examples: [{ file: 'paint.py', bad: python(['from diffusers import StableDiffusionPipeline', 'pipe = StableDiffusionPipeline.from_single_file(«"/models/dream.ckpt"»)']), good: python(['from diffusers import StableDiffusionPipeline', 'pipe = StableDiffusionPipeline.from_single_file("/models/dream.safetensors")']) }],
  }),
] satisfies readonly Rule[];

export default rules.map((rule) => (rule.id === 'model-supply-chain/checkpoint-runs-code' ? { ...rule, checks: [...rule.checks, ofOwnClass] } : rule));
