import { lookIn, mapsOf, truth } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { setTo } from '../_fixes.ts';
import { sourceOf } from '../_source.ts';
import { asVariables } from '../_workflow-fixes.ts';
import { checkout, expressionsOf, file, steps, workflow } from '../_workflows.ts';

/** Names of what says where or who, and opens nothing. */
const opensNothing = /(?:^|_)(?:ID|REGION|ENDPOINT|HOST|HOSTNAME|URL|NAME|USER|USERNAME|TENANT|SUBSCRIPTION|PROJECT|BUCKET|EMAIL)$/i;
const mostNames = 3;

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Actions that sign in, publish or deploy. */
const signsIn = /(?:login|publish|deploy|upload|release|registry|push|ssh|scp|s?ftp)[\w.-]*@/i;

export default [
  objectRule({
    id: 'secrets/secret-printed-in-workflow',
    title: 'Secret in the command of a step',
    severity: 'low',
    types: ['github_step'],
    file,
    what: 'Reports scripts that secrets are pasted into, once each. What is kept as a secret and opens nothing, such as the id of a tenant, is left out.',
    why: 'The secret stands in the script, in lists of processes, and in the log as soon as it is changed a little.',
    references: ['CWE-532', 'IA-5'],
    check: (resource, tell, context) => {
      const pasted = expressionsOf(resource, context).flatMap((one) => {
        const name = /\bsecrets\.(?!GITHUB_TOKEN\b)(\w+)/.exec(one.expression)?.[1];
        return name === undefined || opensNothing.test(name) ? [] : [{ name, one }];
      });
      const names = [...new Set(pasted.map((one) => one.name))];
      if (names.length > 0) tell(pasted[0]!.one.at, `The ${names.length === 1 ? 'secret' : 'secrets'} ${namesOf(names)} ${names.length === 1 ? 'becomes' : 'become'} part of the script of "${resource.name}".`, asVariables(resource, pasted.map(({ one }) => one), context));
    },
    bad: workflow('push', ...steps('- run: deploy --key ${{ secrets.KEY }}', '                    ^^^^^^^^^^^^^^^^^^')),
    fixed: workflow('push', ...steps('- run: deploy --key "${KEY}"', '  env:', '    KEY: "${{ secrets.KEY }}"')),
    good: workflow('push', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}')),
  }),
  objectRule({
    id: 'secrets/secrets-outside-environment',
    title: 'Secret used without an environment',
    severity: 'info',
    confidence: 'low',
    types: ['github_job'],
    file,
    what: 'Reports jobs that use secrets but belong to no deployment environment, which could ask for approval.',
    why: 'Secrets of the repository are open to every workflow on every branch.',
    references: ['AC-6', 'IA-5'],
    check: (resource, tell, context) => {
      if (resource.attributes.has('environment') || resource.attributes.has('uses')) return;
      const { path, range } = resource.origin;
      const text = sourceOf(context, { path, range });
      const match = /\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)\w+\s*\}\}/.exec(text);
      if (!match) return;
      const origin = { path, range: { start: range.start + match.index, end: range.start + match.index + match[0].length } };
      tell({ kind: 'string', value: match[0], origin, at: origin }, `Job "${resource.name}" uses a secret but belongs to no environment.`);
    },
    bad: workflow('push', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}', '         ^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', 'environment: production', ...steps('- run: deploy', '  env:', '    KEY: ${{ secrets.KEY }}')),
  }),
  objectRule({
    id: 'secrets/secrets-inherited',
    title: 'All secrets handed over',
    severity: 'low',
    types: ['github_job', 'github_step', 'github_workflow'],
    file,
    what: 'Reports `secrets: inherit` and `toJSON(secrets)`.',
    why: 'Only the secrets that are needed should be there to be taken.',
    references: ['AC-6', 'IA-5'],
    check: (resource, tell) => {
      const own = resource.attributes.get('secrets')?.value;
      if (own?.kind === 'string' && own.value === 'inherit') tell(own, `"${resource.name}" hands all secrets over.`);
      for (const map of lookIn(mapOfResource(resource), 'env').values.flatMap(mapsOf))
        for (const { value } of map.entries.values())
          if (value.kind === 'string' && /toJSON\(\s*secrets\s*\)|secrets\[/i.test(value.value)) tell(value, `"${resource.name}" gets all secrets.`);
    },
    bad: 'name: train\non: push\npermissions: {}\njobs:\n  a:\n    uses: acme/flows/.github/workflows/a.yml@11bd71901bbe5b1630ceea73d27597364c9af683\n    secrets: inherit\n             ^^^^^^^\n',
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'secrets/checkout-keeps-credentials',
    title: 'Checkout that leaves its token behind',
    severity: 'info',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `actions/checkout` without `persist-credentials: false`.',
    why: 'The token stays in `.git/config`, where later steps, and artefacts that hold the folder, take it along.',
    references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string' || !/^actions\/checkout@/.test(uses.value)) return;
      const found = lookIn(mapOfResource(resource), 'with.persist-credentials');
      if (found.values.length > 0 ? found.values.some((value) => truth(value) === true) : !found.unknown)
        tell(uses, `"${resource.name}" leaves its token in the working folder.`, setTo(resource, 'with.persist-credentials', false));
    },
    bad: workflow('push', ...steps(checkout, `        ${'^'.repeat(checkout.length - 8)}`)),
    fixed: true,
    good: workflow('push', ...steps(checkout, '  with:', '    persist-credentials: false')),
  }),
  objectRule({
    id: 'secrets/secret-sent-with-curl',
    title: 'Secret sent away by a step',
    severity: 'low',
    confidence: 'low',
    types: ['github_step'],
    file,
    what: 'Reports scripts that use curl or wget with a secret in the address or body.',
    why: 'Addresses end up in the logs of proxies and servers.',
    references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      const run = resource.attributes.get('run')?.value;
      if (run?.kind === 'string' && /\b(?:curl|wget)\b[^\n]*\$\{\{\s*secrets\./.test(run.value)) tell(run, `"${resource.name}" sends a secret with a request.`);
    },
    bad: workflow('push', ...steps('- run: curl https://x.example.com/?k=${{ secrets.KEY }}', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: make')),
  }),
  objectRule({
    id: 'secrets/workflow-registry-password',
    title: 'Password of a registry in a workflow',
    severity: 'high',
    types: ['github_job', 'github_step'],
    file,
    what: 'Reports passwords of containers and services that stand in a workflow, and those that steps which sign in, publish or deploy are given.',
    why: families.secret.why,
    references: families.secret.references,
    noFix: 'The password has to become a secret of the repository first.',
    whenNotToUse: 'For passwords that open nothing.',
    check: (resource, tell) => {
      const map = mapOfResource(resource);
      for (const value of [...lookIn(map, 'container.credentials.password').values, ...lookIn(map, 'services.*.credentials.password').values])
        if (value.kind === 'string' && value.value !== '' && !value.value.includes('${{'))
          tell(value, `The password of a registry stands in job "${resource.name}".`);
      if (!signsIn.test(textAt(resource, 'uses') ?? '')) return;
      for (const entry of lookIn(map, 'with').values.flatMap(mapsOf).flatMap((one) => [...one.entries.values()]))
        if (/password$|passphrase$/i.test(entry.key) && entry.value.kind === 'string' && entry.value.value.length > 3 && !/[${<]|^(?:true|false|changeme|password|example)$/i.test(entry.value.value))
          tell(entry.value, `The password for "${resource.name}" stands in the workflow.`);
    },
    bad: workflow(
      'push',
      'container:',
      '  image: ghcr.io/acme/train',
      '  credentials:',
      '    username: ada',
      `    password: ${['plain', 'words', 'here'].join('-')}`,
      `              ${'^'.repeat('plain-words-here'.length)}`,
      ...steps('- run: make'),
    ),
    good: workflow(
      'push',
      'container:',
      '  image: ghcr.io/acme/train',
      '  credentials:',
      '    username: ada',
      '    password: ${{ secrets.REGISTRY }}',
      ...steps('- run: make'),
    ),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- uses: docker/login-action@v3', '  with:', `    password: ${['plain', 'words', 'here'].join('-')}`, `              ${'^'.repeat('plain-words-here'.length)}`)),
        good: workflow('push', ...steps('- uses: docker/login-action@v3', '  with:', '    password: ${{ secrets.REGISTRY_PASSWORD }}')),
      },
    ],
  }),
];
