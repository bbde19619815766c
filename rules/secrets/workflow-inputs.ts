import { lookIn, mapsOf, scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { file, steps, workflow } from '../_workflows.ts';

/** Names of what opens something. */
const opens = /(?:^|[_-])(?:token|secret|password|passwd|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|pat)$/i;
const harmless = /public|(?:^|[_-])(?:no|use|has|is|with|require|skip|max|min|num|count)[_-]/i;

const variable = /\bvars\.(\w+)/g;

/** Texts of `env` and `with`. */
const settings = (resource: Resource): readonly Value[] =>
  ['env', 'with'].flatMap((name) => lookIn(mapOfResource(resource), name).values.flatMap(mapsOf)).flatMap((map) => [...map.entries.values()].map((entry) => entry.value));

/** Secrets that workflows take from places that do not hide them. */
export default [
  objectRule({
    id: 'secrets/secret-in-variable',
    title: 'Secret kept as a variable of the repository',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step', 'github_job', 'github_workflow'],
    file,
    what: 'Reports `vars` with a name of a secret in `env` and `with`.',
    why: 'Variables are shown in the settings, and logs do not mask them.',
    references: ['CWE-522', 'CWE-532', 'IA-5'],
    noFix: 'The value has to be renewed, and kept as a secret.',
    whenNotToUse: 'For variables that only name a secret.',
    check: (resource, tell) => {
      for (const value of settings(resource))
        for (const match of String(scalar(value) ?? '').matchAll(variable))
          if (opens.test(match[1]!) && !harmless.test(match[1]!)) tell(value, `"${match[1]!}" is a variable of the repository, which nothing hides.`);
    },
    bad: workflow('push', ...steps('- run: make', '  env:', '    KEY: ${{ vars.OPENAI_API_KEY }}', '         ^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: make', '  env:', '    MODEL: ${{ vars.OPENAI_MODEL }}')),
  }),
  objectRule({
    id: 'secrets/secret-as-input',
    title: 'Secret taken as an input of a workflow',
    severity: 'low',
    confidence: 'medium',
    types: ['github_workflow'],
    file,
    what: 'Reports inputs of `workflow_dispatch` and `workflow_call` with a name of a secret.',
    why: 'What is put into an input stands unmasked in the run, its log and its payload.',
    references: ['CWE-532', 'CWE-522', 'IA-5'],
    noFix: 'The value has to come from the secrets: `workflow_call.secrets`, or a secret of the repository.',
    check: (resource, tell) => {
      for (const trigger of ['workflow_dispatch', 'workflow_call'])
        for (const map of lookIn(mapOfResource(resource), `on.${trigger}.inputs`).values.flatMap(mapsOf))
          for (const entry of map.entries.values()) {
            const type = entry.value.kind === 'map' ? scalar(entry.value.entries.get('type')?.value) : undefined;
            if (opens.test(entry.key) && !harmless.test(entry.key) && !/^(?:boolean|choice|number|environment)$/.test(String(type ?? '')))
              tell({ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin }, `The input "${entry.key}" of "${resource.name}" is shown to everybody who sees the run.`);
          }
    },
    bad: workflow('\n  workflow_dispatch:\n    inputs:\n      api_key:\n      ^^^^^^^\n        type: string', ...steps('- run: make')),
    good: workflow('\n  workflow_call:\n    secrets:\n      api_key:\n        required: true', ...steps('- run: make')),
  }),
];
