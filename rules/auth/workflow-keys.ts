import { lookIn, scalar, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { file, steps, workflow } from '../_workflows.ts';

const isSecret = (value: Value): boolean => /\bsecrets\.(?!GITHUB_TOKEN\b)/.test(String(scalar(value) ?? ''));

/** Inputs of sign-in and deployment actions that take a stored key. */
const keyInputs: readonly (readonly [action: RegExp, input: string])[] = [
  [/^aws-actions\/configure-aws-credentials@/i, 'aws-secret-access-key'],
  [/^google-github-actions\/auth@/i, 'credentials_json'],
  [/^azure\/login@/i, 'creds'],
  [/^azure\/(?:webapps-deploy|functions-action)@/i, 'publish-profile'],
  [/^azure\/static-web-apps-deploy@/i, 'azure_static_web_apps_api_token'],
  [/^firebaseextended\/action-hosting-deploy@/i, 'firebaseServiceAccount'],
];
/** Variables in which the programs of a cloud look for a stored key. */
const keyVariables = ['AWS_SECRET_ACCESS_KEY', 'ARM_CLIENT_SECRET', 'AZURE_CLIENT_SECRET', 'GOOGLE_CREDENTIALS', 'GOOGLE_APPLICATION_CREDENTIALS_JSON', 'FIREBASE_TOKEN'];
/** Commands that sign in with a stored key. */
const signIn = /\bgcloud\s+auth\s+activate-service-account\b[^\n;&|]*--key-file|\baz\s+login\b[^\n;&|]*--service-principal\b[^\n;&|]*(?:\s-p\b|--password)|\baws\s+configure\s+set\s+aws_secret_access_key\b/;

/** Actions that publish, with the input for their token. */
const publishers: readonly (readonly [action: RegExp, input: string])[] = [
  [/^pypa\/gh-action-pypi-publish@/i, 'password'],
  [/^js-devtools\/npm-publish@/i, 'token'],
  [/^katyo\/publish-crates@/i, 'registry-token'],
];
/** What publishes, and the variables that it takes its token from. */
const publishing: readonly (readonly [command: RegExp, variables: readonly string[]])[] = [
  [/\btwine\s+upload\b|\b(?:uv|poetry|flit|hatch|pdm)\s+publish\b/, ['TWINE_PASSWORD', 'UV_PUBLISH_TOKEN', 'UV_PUBLISH_PASSWORD', 'POETRY_PYPI_TOKEN_PYPI', 'HATCH_INDEX_AUTH', 'FLIT_PASSWORD', 'PDM_PUBLISH_PASSWORD']],
  [/\bmaturin\s+(?:publish|upload)\b|^pyo3\/maturin-action@/im, ['MATURIN_PYPI_TOKEN', 'MATURIN_PASSWORD']],
  [/\b(?:npm|pnpm|yarn)\s+(?:\S+\s+)?publish\b|\b(?:semantic-release|changeset\s+publish)\b|^changesets\/action@/m, ['NODE_AUTH_TOKEN', 'NPM_TOKEN', 'YARN_NPM_AUTH_TOKEN', 'NPM_AUTH_TOKEN']],
  [/\bcargo\s+publish\b|\bcargo\s+release\b/, ['CARGO_REGISTRY_TOKEN']],
  [/\bgem\s+push\b/, ['GEM_HOST_API_KEY', 'RUBYGEMS_API_KEY']],
  [/\bnuget\s+push\b/, ['NUGET_API_KEY', 'NUGET_TOKEN']],
];

/** The variable that `nuget push` takes its key from, where it holds a secret. */
function pastedKey(step: MapValue, run: string): Value | undefined {
  const name = /\bnuget\s+push\b[\s\S]*?--api-key[ =]"?\$\{?(?:env:)?(\w+)/i.exec(run)?.[1];
  return name === undefined ? undefined : lookIn(step, `env.${name}`).values.find(isSecret);
}

function publishingToken(step: Resource): Value | undefined {
  const own = mapOfResource(step);
  const uses = textAt(step, 'uses') ?? '';
  const done = [uses, ...textsAt(own, 'run').map((one) => one.value)].join('\n');
  const inputs = publishers.flatMap(([action, input]) => (action.test(uses) ? lookIn(own, `with.${input}`).values : []));
  const variables = publishing.flatMap(([command, names]) => (command.test(done) ? names.flatMap((name) => lookIn(own, `env.${name}`).values) : []));
  return [...inputs, ...variables].find(isSecret) ?? pastedKey(own, done);
}

export default [
  objectRule({
    id: 'auth/long-lived-publishing-token',
    title: 'Package published with a stored token',
    severity: 'info',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that publish to PyPI, npm, RubyGems, crates.io or NuGet with a token, where the registry trusts the workflow itself (trusted publishing).',
    why: 'A stored token is good for whoever takes it, for as long as nobody notices.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'The registry has to be told of the workflow first.',
    check: (resource, tell) => {
      const found = publishingToken(resource);
      if (found) tell(found, 'The package is published with a stored token.');
    },
    bad: workflow('push', ...steps('- uses: pypa/gh-action-pypi-publish@v1', '  with:', '    password: ${{ secrets.PYPI }}', '              ^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- uses: pypa/gh-action-pypi-publish@v1')),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- run: npx semantic-release', '  env:', '    NPM_TOKEN: ${{ secrets.NPM }}', '               ^^^^^^^^^^^^^^^^^^')),
        good: workflow('push', ...steps('- run: npx semantic-release', '  env:', '    GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}')),
      },
    ],
  }),
  objectRule({
    id: 'auth/long-lived-cloud-key',
    title: 'Cloud reached with a stored key',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step', 'github_job', 'github_workflow'],
    file,
    what: 'Reports workflows that sign in to AWS, Google Cloud, Azure or Firebase with a key from the secrets, where the cloud can trust the workflow itself (OpenID Connect).',
    why: 'A stored key is good for whoever takes it, from anywhere, for as long as nobody notices; the token of a run ends with the run.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'The cloud has to be told of the repository first.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const uses = textAt(resource, 'uses') ?? '';
      const inputs = keyInputs.flatMap(([action, input]) => (action.test(uses) ? lookIn(own, `with.${input}`).values : []));
      const variables = keyVariables.flatMap((name) => lookIn(own, `env.${name}`).values);
      const found = [...inputs, ...variables].filter(isSecret);
      for (const value of found) tell(value, 'The cloud is reached with a stored key.');
      const handed = lookIn(own, 'env').values.some((value) => value.kind === 'map' && [...value.entries.values()].some((entry) => isSecret(entry.value)));
      for (const run of textsAt(own, 'run')) if (found.length === 0 && signIn.test(run.value) && (handed || isSecret(run))) tell(run, 'The cloud is reached with a stored key.');
    },
    bad: workflow('push', ...steps('- uses: google-github-actions/auth@v3', '  with:', '    credentials_json: ${{ secrets.GCP }}', '                      ^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- uses: google-github-actions/auth@v3', '  with:', '    workload_identity_provider: projects/1/locations/global/workloadIdentityPools/gh/providers/gh')),
    more: [
      {
        file,
        bad: workflow('push', 'env:', '  AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS }}', '                         ^^^^^^^^^^^^^^^^^^', ...steps('- run: aws s3 sync out s3://acme-out')),
        good: workflow('push', ...steps('- uses: aws-actions/configure-aws-credentials@v5', '  with:', '    role-to-assume: arn:aws:iam::111122223333:role/out', '    aws-region: eu-west-1')),
      },
      {
        file,
        bad: workflow(
          'push',
          ...steps('- run: gcloud auth activate-service-account --key-file <(echo "$KEY")', `       ${'^'.repeat('gcloud auth activate-service-account --key-file <(echo "$KEY")'.length)}`, '  env:', '    KEY: ${{ secrets.KEY }}'),
        ),
        good: workflow('push', ...steps('- run: gcloud run deploy chat', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
    ],
  }),
];
