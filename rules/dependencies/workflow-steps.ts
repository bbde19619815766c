import { lookIn, scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { setTo } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { shellIssues } from '../_shell.ts';
import { sourceOf } from '../_source.ts';

const file = '.github/workflows/release.yml';
const step = (...lines: readonly string[]): string =>
  ['on: push', 'permissions: {}', 'jobs:', '  a:', '    runs-on: ubuntu-24.04', '    steps:', ...lines.map((line) => `      ${line}`), ''].join('\n');
const { supply, transit } = families;

/** Actions whose repositories are archived: nobody mends them. Source: the notices in the repositories. */
const archived: ReadonlySet<string> = new Set([
  'actions-rs/toolchain',
  'actions-rs/cargo',
  'actions-rs/clippy-check',
  'actions-rs/audit-check',
  'actions-rs/tarpaulin',
  'actions-rs/install',
  'actions-rs/grcov',
  'actions/create-release',
  'actions/upload-release-asset',
  'actions/setup-ruby',
  'actions/setup-elixir',
  'actions/setup-haskell',
  'google-github-actions/release-please-action',
  'marvinpinto/action-automatic-releases',
  'marvinpinto/actions',
  'semgrep/semgrep-action',
  'returntocorp/semgrep-action',
  'azure/container-scan',
  'whelk-io/maven-settings-xml-action',
  'goto-bus-stop/setup-zig',
  'delaguardo/setup-graalvm',
  'fregante/setup-git-token',
  'hecrj/setup-rust-action',
  'gradle/gradle-build-action',
]);

function usesOf(resource: Resource): { readonly at: Value; readonly text: string } | undefined {
  const value = lookIn(mapOfResource(resource), 'uses').values[0];
  return value?.kind === 'string' ? { at: value, text: value.value } : undefined;
}

/** Scripts of a step, with the place of a part of each. */
function scriptsOf(resource: Resource): readonly (Value & { readonly kind: 'string' })[] {
  return textsAt(mapOfResource(resource), 'run');
}

function scriptRule(row: {
  readonly id: `${'dependencies' | 'transport'}/${string}`;
  readonly title: string;
  readonly kind: 'piped' | 'insecure' | 'plain' | 'index';
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly bad: string;
  readonly good: string;
}) {
  return objectRule({
    id: row.id,
    title: row.title,
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: row.what,
    why: row.why,
    references: row.references,
    noFix: 'A version with a checksum has to be chosen.',
    check: (resource, tell, context) => {
      for (const script of scriptsOf(resource)) {
        const { path, range } = script.origin;
        const text = sourceOf(context, { path, range });
        for (const issue of shellIssues(text)) {
          if (issue.kind === 'index' && !text.startsWith('--extra', issue.start)) continue;
          if (issue.kind !== row.kind || /^\s*#/.test(text.slice(text.lastIndexOf('\n', issue.start) + 1))) continue;
          const origin = { path, range: { start: range.start + issue.start, end: range.start + issue.end } };
          tell({ kind: 'null', origin, at: origin }, issue.message);
        }
      }
    },
    bad: row.bad,
    good: row.good,
  });
}

export default [
  scriptRule({
    id: 'dependencies/workflow-script-from-network',
    title: 'Script from the network run in a workflow',
    kind: 'piped',
    what: 'Reports `curl ... | sh` in steps.',
    why: supply.why,
    references: supply.references,
    bad: step('- run: curl -sSL https://example.com/install.sh | bash', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    good: step('- run: ./install.sh'),
  }),
  scriptRule({
    id: 'transport/workflow-certificates-unchecked',
    title: 'Download without checking certificates in a workflow',
    kind: 'insecure',
    what: 'Reports `curl -k`, `wget --no-check-certificate` and the like in steps.',
    why: transit.why,
    references: ['CWE-295', 'SC-8'],
    bad: step('- run: curl -k -O https://example.com/tool', '            ^^'),
    good: step('- run: curl -O https://example.com/tool'),
  }),
  scriptRule({
    id: 'transport/workflow-plain-download',
    title: 'Download without TLS in a workflow',
    kind: 'plain',
    what: 'Reports downloads over plain HTTP in steps.',
    why: transit.why,
    references: transit.references,
    bad: step('- run: curl -O http://example.com/tool', '               ^^^^^^^^^^^^^^^^^^^^^^^'),
    good: step('- run: curl -O https://example.com/tool'),
  }),
  scriptRule({
    id: 'dependencies/workflow-package-index',
    title: 'Packages of a workflow from another index',
    kind: 'index',
    what: 'Reports `--extra-index-url` in steps.',
    why: supply.why,
    references: supply.references,
    bad: step('- run: pip install --extra-index-url https://pypi.example.com/simple tool==1.0', '                   ^^^^^^^^^^^^^^^^^'),
    good: step('- run: pip install tool==1.0'),
  }),
  objectRule({
    id: 'dependencies/archived-action',
    title: 'Action that nobody looks after',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports actions whose repository is archived.',
    why: 'What is found in it stays open.',
    references: ['CWE-1104', 'SI-2'],
    noFix: 'Another action has to be chosen.',
    check: (resource, tell) => {
      const uses = usesOf(resource);
      if (uses && archived.has(uses.text.split('@')[0]!.split('/').slice(0, 2).join('/').toLowerCase()))
        tell(uses.at, `"${uses.text.split('@')[0]!}" is archived.`);
    },
    bad: step('- uses: actions-rs/toolchain@v1', '        ^^^^^^^^^^^^^^^^^^^^^^^'),
    good: step('- uses: dtolnay/rust-toolchain@v1'),
  }),
  objectRule({
    id: 'dependencies/disguised-action',
    title: 'Action with a disguised name',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports names of actions with empty parts, `.` or `..` in them.',
    why: 'Such a name hides from people and tools which action is used.',
    references: supply.references,
    noFix: 'The plain name has to be written.',
    check: (resource, tell) => {
      const uses = usesOf(resource);
      if (uses && !/^\.\.?\/|^docker:|\$\{\{/.test(uses.text) && /\/(?:\.{0,2})(?:\/|@|$)/.test(uses.text))
        tell(uses.at, `"${uses.text}" is not a plain name.`);
    },
    bad: step('- uses: actions/checkout/./x/..@v4', '        ^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    good: step('- uses: actions/checkout@v4'),
  }),
  objectRule({
    id: 'secrets/secret-not-masked',
    title: 'Part of a secret that is not masked',
    severity: 'low',
    types: ['github_step', 'github_job'],
    file,
    what: 'Reports `fromJSON(secrets.NAME).part`.',
    why: 'Logs mask the whole secret, not its parts; a part that is printed is read by everybody.',
    references: ['CWE-532', 'IA-5'],
    noFix: 'The secret has to be split.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const values = ['env', 'with', 'run', 'if']
        .flatMap((name) => lookIn(own, name).values)
        .flatMap((value) => (value.kind === 'map' ? [...value.entries.values()].map((entry) => entry.value) : [value]));
      for (const value of values)
        if (value.kind === 'string' && /fromJSON\s*\(\s*secrets\.\w+\s*\)\s*[.[]/i.test(value.value)) tell(value, 'A part of a secret is not masked in logs.');
    },
    bad: step('- run: ./deploy', '  env:', '    USER: ${{ fromJSON(secrets.LOGIN).user }}', '          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'),
    good: step('- run: ./deploy', '  env:', '    USER: ${{ secrets.LOGIN_USER }}'),
  }),
  objectRule({
    id: 'secrets/app-token-without-limits',
    title: 'Token of an app with all its rights',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `actions/create-github-app-token` without `permission-*`, or with `skip-token-revoke`.',
    why: 'The step gets all rights that the app has, in all repositories where it is installed, and may keep them for an hour.',
    references: ['CWE-250', 'AC-6'],
    noFix: 'The rights that are needed have to be named.',
    check: (resource, tell) => {
      const uses = usesOf(resource);
      if (!uses || !/^actions\/create-github-app-token@/.test(uses.text)) return;
      const settings = lookIn(mapOfResource(resource), 'with').values[0];
      if (settings !== undefined && (settings.kind !== 'map' || !settings.complete)) return;
      const names = settings?.kind === 'map' ? [...settings.entries.keys()] : [];
      const kept = textAt(resource, 'with.skip-token-revoke') === 'true';
      if (kept) tell(lookIn(mapOfResource(resource), 'with.skip-token-revoke').values[0], 'The token is not revoked at the end of the job.');
      else if (!names.some((name) => name.startsWith('permission-'))) tell(uses.at, 'The token has all rights of the app.');
    },
    bad: step('- uses: actions/create-github-app-token@v2', '        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^', '  with:', '    app-id: 1'),
    good: step('- uses: actions/create-github-app-token@v2', '  with:', '    app-id: 1', '    permission-contents: read'),
  }),
  objectRule({
    id: 'workload/workflow-runs-pile-up',
    title: 'Workflow whose runs pile up',
    severity: 'info',
    confidence: 'low',
    types: ['github_workflow'],
    file,
    what: 'Reports workflows that pushes or pull requests start and that set no `concurrency`, neither for themselves nor for all their jobs.',
    why: 'Outdated runs go on beside new ones: they cost, and an older state may be deployed after a newer one.',
    references: ['CM-2', 'SC-5'],
    check: (resource, tell, context) => {
      const on = resource.attributes.get('on')?.value ?? resource.attributes.get('true')?.value;
      const names =
        on?.kind === 'string'
          ? [on.value]
          : on?.kind === 'list'
            ? on.items.map((item) => String(scalar(item)))
            : on?.kind === 'map'
              ? [...on.entries.keys()]
              : [];
      const jobs = context.unit.byType.get('github_job') ?? [];
      if (
        names.some((name) => name === 'push' || name === 'pull_request') &&
        !resource.attributes.has('concurrency') &&
        jobs.some((job) => !job.attributes.has('concurrency') && !job.attributes.has('uses'))
      )
        tell(undefined, 'Runs of this workflow go on beside each other.', setTo(resource, 'concurrency', '${{ github.workflow }}-${{ github.ref }}'));
    },
    bad: 'on: push\n^^\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n',
    fixed: 'concurrency: "${{ github.workflow }}-${{ github.ref }}"\non: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n',
    good: 'on: push\nconcurrency: ci\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n',
  }),
  objectRule({
    id: 'secrets/secret-for-all-jobs',
    title: 'Secret in the environment of a whole workflow',
    severity: 'low',
    confidence: 'medium',
    types: ['github_workflow'],
    file,
    what: 'Reports secrets in the `env` of a workflow.',
    why: 'Every step reads the secret, also those that run code of others.',
    references: ['CWE-522', 'AC-6'],
    noFix: 'The steps that need the secret have to be known.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'env').values)
        if (value.kind === 'map')
          for (const entry of value.entries.values())
            if (/\bsecrets\.(?!GITHUB_TOKEN\b)/.test(String(scalar(entry.value) ?? ''))) tell(entry.value, `All jobs get the secret in "${entry.key}".`);
    },
    bad: 'on: push\nenv:\n  TOKEN: ${{ secrets.TOKEN }}\n         ^^^^^^^^^^^^^^^^^^^^\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n',
    good: step('- run: make', '  env:', '    TOKEN: ${{ secrets.TOKEN }}'),
  }),
  objectRule({
    id: 'secrets/secret-for-all-steps',
    title: 'Secret in the environment of a whole job',
    severity: 'info',
    confidence: 'medium',
    types: ['github_job'],
    file,
    what: 'Reports secrets in the `env` of a job with several steps.',
    why: 'Every step of the job reads the secret, also actions and installs that run code of others.',
    references: ['CWE-522', 'AC-6'],
    noFix: 'The steps that need the secret have to be known.',
    whenNotToUse: 'Where all steps need the secret.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const count = lookIn(own, 'steps').values.reduce((sum, value) => sum + (value.kind === 'list' ? value.items.length : 0), 0);
      if (count < 2) return;
      for (const value of lookIn(own, 'env').values)
        for (const entry of value.kind === 'map' ? value.entries.values() : [])
          if (/\bsecrets\.(?!GITHUB_TOKEN\b)/.test(String(scalar(entry.value) ?? '')))
            tell(entry.value, `All steps of "${resource.name}" get the secret in "${entry.key}".`);
    },
    bad: 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    env:\n      TOKEN: ${{ secrets.TOKEN }}\n             ^^^^^^^^^^^^^^^^^^^^\n    steps:\n      - run: make\n      - run: make release\n',
    good: step('- run: make', '- run: make release', '  env:', '    TOKEN: ${{ secrets.TOKEN }}'),
  }),
  objectRule({
    id: 'workload/workflow-container-open',
    title: 'Container of a job with rights on its machine',
    severity: 'medium',
    types: ['github_job'],
    file,
    what: 'Reports `--privileged`, the network of the machine, and the socket of Docker for containers of jobs and services.',
    why: families.container.why,
    references: families.container.references,
    noFix: 'What the job needs has to be known.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const services = lookIn(own, 'services').values.flatMap((value) => (value.kind === 'map' ? [...value.entries.values()].map((entry) => entry.value) : []));
      for (const value of [...lookIn(own, 'container').values, ...services]) {
        if (value.kind !== 'map') continue;
        for (const option of ['options', 'volumes'].flatMap((name) => textsAt(value, name)))
          if (/--privileged\b|--(?:pid|network|net|ipc)[= ]host\b|--cap-add[= ](?:ALL|SYS_ADMIN)\b|docker\.sock/.test(option.value))
            tell(option, `A container of "${resource.name}" has rights on its machine.`);
      }
    },
    bad: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    container:\n      image: a@sha256:0\n      options: --privileged\n               ^^^^^^^^^^^^\n    steps:\n      - run: make\n',
    good: 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    container:\n      image: a@sha256:0\n    steps:\n      - run: make\n',
  }),
];
