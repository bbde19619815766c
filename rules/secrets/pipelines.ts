import { lookIn, scalar, truth, type MapValue } from '../../server/rule/queries.ts';
import { placeholder } from '../../server/rule/secrets.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { azureFile, azureSteps, circleFile, found, gitlabFile, gitlabJob, partOf, writtenAt } from '../_pipelines.ts';
import { sourceOf } from '../_source.ts';

const { secret, transit } = families;
const sample = ['Sunset', 'Plain', '2219'].join('-');
const circleLogin = (password: string, mark = ''): string =>
  `version: 2.1\njobs:\n  train:\n    docker:\n      - image: acme/x@sha256:0\n        auth:\n          username: bot\n          password: ${password}\n${mark}    steps: [checkout]\n`;


const entriesOf = (value: MapValue, pattern: RegExp) => [...value.entries.values()].filter((entry) => pattern.test(entry.key));

/** Variables that show everything that a pipeline does, values of secrets among it. */
const tracing = /^(?:CI_DEBUG_TRACE|system\.debug|System\.Debug)$/;
/** Variables that switch the check of certificates off, with the value that does. */
const unchecked: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^(?:GIT_SSL_NO_VERIFY|PIP_TRUSTED_HOST|VAULT_SKIP_VERIFY|CURL_INSECURE)$/i, /^(?:true|1|.+\..+)$/i],
  [/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/i, /^0$/],
  [/^npm_config_strict_ssl$/i, /^false$/i],
];
const password = new RegExp(
  [
    /\b(?:docker|podman|helm[ \t]+registry|oras|buildah)[ \t]+login\b[^\n|;&]*?[ \t](?:-p|--password)(?:[ \t]+|=)\S+/,
    /\bmysql(?:dump|admin)?\b[^\n|;&]*[ \t]-p\$\{?\w+/,
    /\bsshpass[ \t]+-p[ \t]*\S+/,
  ]
    .map((one) => one.source)
    .join('|'),
  'g',
);
const printed = /(?:^|[;&|\n]|-[ \t])[ \t]*(?:echo|printf)[ \t]+["']?\$\{?\w*(?:PASSWORD|PASSWD|SECRET|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|TOKEN)\w*\}?["']?[ \t]*(?=$|\n|;)/g;

/** Programs and actions that look for known flaws. */
const checking = new RegExp(
  `\\b(?:(?:npm|yarn|pnpm|cargo|bundle|composer|pip)[- ]audit|${[
    'bundler-audit govulncheck osv-scanner trivy grype bandit semgrep gitleaks trufflehog dependency-check'.replaceAll(' ', '|'),
    'safety check|snyk test|codeql-action/analyze|dependency-review-action',
  ].join('|')})\\b`,
);

export default [
  objectRule({
    id: 'secrets/pipeline-password-in-command',
    title: 'Password in a command of a pipeline',
    severity: 'low',
    confidence: 'medium',
    types: ['ci_script'],
    file: gitlabFile,
    what: 'Reports `docker login -p` and the like, and `echo` of a variable whose name says that it is secret, in scripts of pipelines.',
    why: 'The password stands in the list of processes of the machine, or in the log.',
    references: ['CWE-532', 'IA-5'],
    noFix: 'The command has to read the password from its input.',
    check: (resource, tell, context) => {
      const own = writtenAt(resource, 'script', context);
      if (!own) return;
      for (const match of found(own, password)) tell(partOf(own, match.index, match[0].length), `A command of ${resource.name} shows a password.`);
      for (const match of found(own, printed)) {
        const lead = match[0].length - match[0].replace(/^[\s;&|-]+/, '').length;
        tell(partOf(own, match.index + lead, match[0].trimEnd().length - lead), `A command of ${resource.name} prints a secret.`);
      }
    },
    bad: gitlabJob('script:', '  - docker login -u ci -p $REGISTRY_PASSWORD example.com', `    ${'^'.repeat('docker login -u ci -p $REGISTRY_PASSWORD'.length)}`),
    good: gitlabJob('script:', '  - echo "$REGISTRY_PASSWORD" | docker login -u ci --password-stdin example.com'),
    more: [{ file: azureFile, bad: azureSteps('- script: echo $API_TOKEN', '          ^^^^^^^^^^^^^^^'), good: azureSteps('- script: echo done') }],
  }),
  objectRule({
    id: 'secrets/pipeline-traced',
    title: 'Pipeline that logs all that it does',
    severity: 'low',
    types: ['ci_variables'],
    file: gitlabFile,
    what: 'Reports CI_DEBUG_TRACE of GitLab and System.Debug of Azure Pipelines where they are on.',
    why: 'The log then holds the values of all variables, secrets among them.',
    references: ['CWE-532', 'IA-5'],
    check: (resource, tell) => {
      const own = resource.attributes.get('variables')?.value;
      if (own?.kind !== 'map') return;
      for (const { value } of entriesOf(own, tracing)) if (truth(value) === true) tell(value, `${resource.name} logs the values of its variables.`);
    },
    bad: 'variables:\n  CI_DEBUG_TRACE: "true"\n                   ^^^^\ntrain:\n  script: make\n',
    good: 'variables:\n  CI_DEBUG_TRACE: "false"\ntrain:\n  script: make\n',
  }),
  objectRule({
    id: 'transport/pipeline-tls-off',
    title: 'Pipeline that checks no certificates',
    severity: 'medium',
    types: ['ci_variables'],
    file: gitlabFile,
    what: 'Reports variables such as GIT_SSL_NO_VERIFY and NODE_TLS_REJECT_UNAUTHORIZED that switch the check of certificates off for a whole pipeline or job.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    check: (resource, tell) => {
      const own = resource.attributes.get('variables')?.value;
      if (own?.kind !== 'map') return;
      for (const { key, value } of own.entries.values())
        if (unchecked.some(([name, off]) => name.test(key) && off.test(String(scalar(value) ?? '')))) tell(value, `${key} lets ${resource.name} trust any server.`);
    },
    bad: 'variables:\n  GIT_SSL_NO_VERIFY: "true"\n                      ^^^^\ntrain:\n  script: make\n',
    good: 'variables:\n  GIT_SSL_NO_VERIFY: "false"\ntrain:\n  script: make\n',
  }),
  objectRule({
    id: 'transport/pipeline-docker-without-tls',
    title: 'Docker of a pipeline without TLS',
    severity: 'medium',
    confidence: 'medium',
    types: ['ci_variables'],
    file: gitlabFile,
    what: 'Reports an empty DOCKER_TLS_CERTDIR, with which Docker in Docker listens without certificates.',
    why: 'Whatever reaches the port controls that Docker, which runs privileged.',
    references: ['CWE-319', 'CWE-306', 'SC-8'],
    check: (resource, tell) => {
      const own = resource.attributes.get('variables')?.value;
      const value = own?.kind === 'map' ? own.entries.get('DOCKER_TLS_CERTDIR') : undefined;
      if (value?.value.kind === 'string' && value.value.value === '') tell({ ...value.value, at: value.keyOrigin }, `Docker of ${resource.name} listens without certificates.`);
    },
    bad: 'variables:\n  DOCKER_TLS_CERTDIR: ""\n  ^^^^^^^^^^^^^^^^^^\nbuild:\n  script: make\n',
    good: 'variables:\n  DOCKER_TLS_CERTDIR: /certs\nbuild:\n  script: make\n',
  }),
  objectRule({
    id: 'secrets/pipeline-secret-not-masked',
    title: 'Secret variable of a pipeline that is not marked',
    severity: 'low',
    confidence: 'medium',
    types: ['ci_script'],
    file: azureFile,
    what: 'Reports `##vso[task.setvariable]` for a secret without `issecret=true`.',
    why: 'Azure Pipelines shows what is not marked as a secret in the log.',
    references: ['CWE-532', 'IA-5'],
    noFix: '`issecret=true` has to be added.',
    check: (resource, tell, context) => {
      const own = writtenAt(resource, 'script', context);
      for (const match of own?.system === 'azure' ? found(own, /##vso\[task\.setvariable variable=(\w*(?:password|passwd|secret|token|key)\w*)\b([^\]\n]*)\]/gi) : [])
        if (!/issecret=true/i.test(match[2]!)) tell(partOf(own!, match.index, match[0].length), `Variable "${match[1]}" is not marked as a secret.`);
    },
    bad: azureSteps("- bash: echo '##vso[task.setvariable variable=dbPassword]'$PW", `              ${'^'.repeat('##vso[task.setvariable variable=dbPassword]'.length)}`),
    good: azureSteps("- bash: echo '##vso[task.setvariable variable=dbPassword;issecret=true]'$PW"),
  }),
  objectRule({
    id: 'monitoring/pipeline-check-may-fail',
    title: 'Security check whose result decides nothing',
    severity: 'info',
    confidence: 'medium',
    types: ['ci_script', 'github_step'],
    file: gitlabFile,
    what: 'Reports jobs and steps with a check of dependencies or code that may fail (`allow_failure`, `continueOnError`, `continue-on-error`, `|| true`).',
    why: 'What the check finds is delivered all the same.',
    references: ['SI-2', 'RA-5'],
    noFix: 'Which findings are accepted is to be decided first.',
    check: (resource, tell, context) => {
      const warns = /^actions\/dependency-review-action@/.test(textAt(resource, 'uses') ?? '') ? lookIn(mapOfResource(resource), 'with.warn-only').values[0] : undefined;
      const may = [...['allow_failure', 'continueOnError', 'continue-on-error'].flatMap((key) => resource.attributes.get(key)?.value ?? []), ...(warns ? [warns] : [])][0];
      const key = resource.type === 'ci_script' ? 'script' : resource.attributes.has('run') ? 'run' : 'uses';
      const at = resource.attributes.get(key)?.value.origin;
      const text = at ? sourceOf(context, at) : '';
      if (may && truth(may) === true) {
        if (checking.test(text)) tell(may, `What the check of ${resource.name} finds decides nothing.`);
        return;
      }
      for (const match of at ? text.matchAll(/^(?![ \t]*#)([^\n]*?)(\|\|[ \t]*(?:true|:|exit[ \t]+0|echo\b[^\n;&|]*))[ \t]*$/gm) : []) {
        if (!at || !checking.test(match[1]!) || /\|\|[ \t]*echo\b[^\n]*>>/.test(match[2]!)) continue;
        const start = at.range.start + match.index + match[1]!.length;
        const own = { path: at.path, range: { start, end: start + match[2]!.length } };
        tell({ kind: 'null', origin: own, at: own }, `What the check of ${resource.name} finds decides nothing.`);
      }
    },
    bad: gitlabJob('script: npm audit --audit-level=high', 'allow_failure: true', '               ^^^^'),
    good: gitlabJob('script: npm audit --audit-level=high'),
    more: [
      {
        file: '.github/workflows/a.yml',
        bad: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pip-audit\n        continue-on-error: true\n                           ^^^^\n',
        good: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pip-audit\n',
      },
      {
        file: '.github/workflows/a.yml',
        bad: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pip-audit || true\n                       ^^^^^^^\n',
        good: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make || true\n',
      },
    ],
  }),
  objectRule({
    id: 'secrets/pipeline-checkout-keeps-token',
    title: 'Checkout of a pipeline that leaves its token behind',
    severity: 'low',
    confidence: 'medium',
    types: ['ci_checkout'],
    file: azureFile,
    what: 'Reports `persistCredentials: true` of Azure Pipelines.',
    why: 'Every later step, and every program that it runs, can read the token and push with it.',
    references: ['CWE-522', 'AC-6'],
    noFix: 'Whether a later step pushes is to be known.',
    whenNotToUse: 'Where a later step of the job pushes.',
    check: (resource, tell) => {
      const own = resource.attributes.get('persistCredentials')?.value;
      if (own && truth(own) === true) tell(own, `The token of ${resource.name} stays in its folder.`);
    },
    bad: azureSteps('- checkout: self', '  persistCredentials: true', '                      ^^^^', '- script: make'),
    good: azureSteps('- checkout: self', '- script: make'),
  }),
  objectRule({
    id: 'secrets/pipeline-registry-password',
    title: 'Password of a registry in a pipeline',
    severity: 'high',
    types: ['ci_login'],
    file: circleFile,
    what: 'Reports passwords beside a `username` that stand in the pipeline itself.',
    why: secret.why,
    references: secret.references,
    noFix: 'The password has to move into a variable of the project, and has to be changed.',
    check: (resource, tell) => {
      const own = resource.attributes.get('password')?.value;
      if (own?.kind === 'string' && own.value.trim() !== '' && !/\$|<<|^<.*>$/.test(own.value) && placeholder(own.value) === undefined)
        tell(own, `The password of ${resource.name} stands in the pipeline.`);
    },
    bad: circleLogin(sample, `${' '.repeat(20)}${'^'.repeat(sample.length)}\n`),
    good: circleLogin('$REGISTRY_PASSWORD'),
  }),
];
