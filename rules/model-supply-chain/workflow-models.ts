import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { fetchedModels } from '../_model-downloads.ts';
import { gitlabFile, gitlabJob } from '../_pipelines.ts';
import { sourceOf } from '../_source.ts';
import { file, steps, workflow } from '../_workflows.ts';

const codeOfModel = /--trust[-_]remote[-_]code\b(?![= ]+(?:false|0)\b)|\btrust_remote_code\s*=\s*True\b|\bweights_only\s*=\s*False\b/g;

/** Models in the scripts of workflows. */
export default [
  objectRule({
    id: 'model-supply-chain/workflow-model-unpinned',
    title: 'Model that a workflow fetches unchecked',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that download a model or a data set at no fixed commit of its hub, or without a check of its hash.',
    why: 'Whoever takes the account or the server over decides which model is tested, packed or deployed; loading a pickle also runs their code, with the token of the job.',
    references: ['LLM03:2025', 'AML.T0010.003', 'CWE-494'],
    noFix: 'The commit or the hash has to be looked up.',
    whenNotToUse: "For tests with a repository of one's own.",
    check: (resource, tell, context) => {
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const one of fetchedModels(text)) {
          const own = { path: origin.path, range: { start: origin.range.start + one.start, end: origin.range.start + one.end } };
          tell({ kind: 'null', origin: own, at: own }, one.message);
        }
      }
    },
    bad: workflow('push', ...steps('- run: hf download acme/reranker --local-dir models', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: hf download acme/reranker --revision 1f2e3d4c5b6a79880917263544536271a0b9c8d7')),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- run: |', '    wget https://models.example.com/weights/model.pt', `    ${'^'.repeat('wget https://models.example.com/weights/model.pt'.length)}`, '    python evaluate.py')),
        good: workflow('push', ...steps('- run: |', '    wget https://models.example.com/weights/model.pt', '    sha256sum -c model.pt.sha256')),
      },
      {
        file,
        bad: workflow('push', ...steps('- run: git clone https://huggingface.co/acme/reranker', `       ${'^'.repeat('git clone https://huggingface.co/acme/reranker'.length)}`)),
        good: workflow('push', ...steps('- run: git clone https://huggingface.co/acme/reranker && git -C reranker checkout 1f2e3d4c5b6a79880917263544536271a0b9c8d7')),
      },
    ],
  }),
  objectRule({
    id: 'model-supply-chain/workflow-runs-model-code',
    title: 'Workflow that runs the code of a model',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step', 'ci_script'],
    file,
    what: 'Reports `--trust-remote-code`, `trust_remote_code=True` and `weights_only=False` in the scripts of steps, and of pipelines of GitLab, Azure DevOps and others.',
    why: 'The code of the repository runs with the token and the secrets of the job.',
    references: ['CWE-502', 'CWE-829', 'AML.T0010.003', 'LLM03:2025'],
    noFix: 'The model has to be one that needs no code, or a copy of the code that was read.',
    whenNotToUse: "For repositories of one's own that are fixed to a commit.",
    check: (resource, tell, context) => {
      for (const { origin } of textsAt(mapOfResource(resource), resource.type === 'ci_script' ? 'script' : 'run')) {
        const text = sourceOf(context, origin);
        for (const match of text.matchAll(codeOfModel)) {
          if (/^\s*#/.test(text.slice(text.lastIndexOf('\n', match.index) + 1))) continue;
          const own = { path: origin.path, range: { start: origin.range.start + match.index, end: origin.range.start + match.index + match[0].length } };
          tell({ kind: 'null', origin: own, at: own }, `"${resource.name}" runs code that its model brings.`);
        }
      }
    },
    bad: workflow('push', ...steps('- run: vllm serve acme/router --trust-remote-code', '                              ^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: vllm serve acme/router')),
    more: [{ file: gitlabFile, bad: gitlabJob('script: vllm serve acme/router --trust-remote-code', '                               ^^^^^^^^^^^^^^^^^^^'), good: gitlabJob('script: vllm serve acme/router') }],
  }),
];
