import { lookIn, mapsOf, scalar, truth, type Resource } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { rewrite } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { file, jobOf, steps, workflow } from '../_workflows.ts';

/** Files of programs that hold credentials, in a home directory or beside the code. */
const credentialFiles = /(?:^|[\s/~])(?:\.docker(?:\/config\.json)?|\.ssh|\.aws(?:\/credentials)?|\.azure|\.kube(?:\/config)?|\.config\/gcloud|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.gnupg)\/?(?=\s|$)/m;

const build = 'docker/build-push-action@263435318d21b8e681c14492fe198d362a7d2c83';
const cache = 'actions/cache@5a3ec84eff668545956fd18022155c47e93e2684';

/** Files into which steps of the same job write variables with secrets. */
function filesWithSecrets(step: Resource, context: ResourceContext): readonly string[] {
  const list = jobOf(step, context)?.attributes.get('steps')?.value;
  return (list?.kind === 'list' ? list.items : []).flatMap((item) => {
    const run = item.kind === 'map' ? scalar(item.entries.get('run')?.value) : undefined;
    const env = item.kind === 'map' ? item.entries.get('env')?.value : undefined;
    if (typeof run !== 'string') return [];
    const names = env?.kind === 'map' ? [...env.entries.values()].filter((entry) => /\bsecrets\.(?!GITHUB_TOKEN\b)/.test(String(scalar(entry.value) ?? ''))).map((entry) => entry.key) : [];
    return [...run.matchAll(/^[ \t]*(?:echo|printf)\b([^\n|>]*)(?:\|[^\n|>]*)?>>?[ \t]*["']?(?:\.\/)?([\w./-]+)["']?[ \t]*$/gm)].flatMap((match) =>
      names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(match[1]!)) || /\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)/.test(match[1]!) ? [match[2]!] : [],
    );
  });
}

/** Places of workflows that keep what is put into them. */
export default [
  objectRule({
    id: 'secrets/secret-in-build-argument',
    title: 'Secret handed to a build as an argument',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports secrets in `build-args` of `docker/build-push-action` and `docker/bake-action`, and in `docker build --build-arg`. The history of an image shows them.',
    why: 'Whoever may pull the image reads the argument in its history and in its provenance.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'The Dockerfile has to take the secret by a mount (`RUN --mount=type=secret`), and the step by `secrets`.',
    whenNotToUse: 'For images that never leave the machine that builds them.',
    check: (resource, tell, context) => {
      const secrets = lookIn(mapOfResource(resource), 'env').values.flatMap((value) =>
        value.kind === 'map' ? [...value.entries.values()].filter((entry) => /\bsecrets\.(?!GITHUB_TOKEN\b)/.test(String(scalar(entry.value) ?? ''))).map((entry) => entry.key) : [],
      );
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const match of text.matchAll(/\b(?:docker|podman|buildah|nerdctl)\b(?:[^\n;|&\\]|\\[\s\S])*?(--build-arg[ =]["']?(\w+)(?:=["']?(?:\$\{?(\w+)\}?|\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)(\w+)[^}]*\}\}))?["']?)/g)) {
          const name = match[4] ?? [match[3] ?? match[2]!].find((one) => secrets.includes(one));
          if (name === undefined) continue;
          const start = origin.range.start + match.index + match[0].length - match[1]!.length;
          const own = { path: origin.path, range: { start, end: start + match[1]!.length } };
          tell({ kind: 'null', origin: own, at: own }, `The secret ${name} becomes part of the image's history in "${resource.name}".`);
        }
      }
      if (!/^(?:docker\/(?:build-push|bake)-action|redhat-actions\/buildah-build)@/.test(textAt(resource, 'uses') ?? '')) return;
      for (const value of lookIn(mapOfResource(resource), 'with.build-args').values) {
        const name = /\bsecrets\.(\w+)/.exec(String(scalar(value) ?? ''))?.[1];
        if (name !== undefined) tell(value, `The secret ${name} becomes part of the image's history in "${resource.name}".`);
      }
    },
    bad: workflow('push', ...steps(`- uses: ${build}`, '  with:', '    build-args: KEY=${{ secrets.KEY }}', '                ^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(`- uses: ${build}`, '  with:', '    secrets: key=${{ secrets.KEY }}')),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- run: docker build --build-arg KEY=$KEY .', '                    ^^^^^^^^^^^^^^^^^^^^', '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps('- run: docker build --secret id=key,env=KEY .', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
    ],
  }),
  objectRule({
    id: 'secrets/hidden-files-in-artefact',
    title: 'Artefact with the hidden files of the whole folder',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `include-hidden-files: true` of `actions/upload-artifact` where the whole working folder is kept.',
    why: 'In `.git` stands the token that fetched the code, in `.env` and `.npmrc` what else a build needs; artefacts are open to whoever reads the repository.',
    references: ['CWE-522', 'IA-5'],
    check: (resource, tell) => {
      if (!/^actions\/upload-artifact@/.test(textAt(resource, 'uses') ?? '')) return;
      const whole = lookIn(mapOfResource(resource), 'with.path').values.some((value) => /^\s*(?:\.\/?|\*\*(?:\/\*)?|\$\{\{\s*github\.workspace\s*\}\}\/?)\s*$/m.test(String(scalar(value) ?? '')));
      for (const value of lookIn(mapOfResource(resource), 'with.include-hidden-files').values) if (whole && truth(value) === true) tell(value, `"${resource.name}" keeps every hidden file of the working folder.`, rewrite(value, 'false'));
    },
    bad: workflow('push', ...steps('- uses: actions/upload-artifact@v4', '  with:', '    path: .', '    include-hidden-files: true', '                          ^^^^')),
    fixed: workflow('push', ...steps('- uses: actions/upload-artifact@v4', '  with:', '    path: .', '    include-hidden-files: false')),
    good: workflow('push', ...steps('- uses: actions/upload-artifact@v4', '  with:', '    path: dist', '    include-hidden-files: true')),
  }),
  objectRule({
    id: 'transport/action-certificates-unchecked',
    title: 'Action that checks no certificates',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports inputs of actions such as `tlsSkipVerify` and `insecure-skip-tls-verify` that are on.',
    why: families.transit.why,
    references: ['CWE-295', 'SC-8'],
    check: (resource, tell) => {
      for (const entry of lookIn(mapOfResource(resource), 'with').values.flatMap(mapsOf).flatMap((map) => [...map.entries.values()]))
        if (/^(?:insecure[-_]?)?(?:skip[-_]?)?(?:tls|ssl)[-_]?(?:skip[-_]?)?(?:verify|verification)$|^skip[-_]?(?:tls|ssl|certificate)[-_]?(?:verify|verification|check)$|^insecure-skip-(?:tls-)?verify$/i.test(entry.key) && /skip|insecure/i.test(entry.key) && truth(entry.value) === true)
          tell(entry.value, `"${resource.name}" does not check whom it talks to.`, rewrite(entry.value, 'false'));
    },
    bad: workflow('push', ...steps('- uses: hashicorp/vault-action@v3', '  with:', '    tlsSkipVerify: true', '                   ^^^^')),
    fixed: workflow('push', ...steps('- uses: hashicorp/vault-action@v3', '  with:', '    tlsSkipVerify: false')),
    good: workflow('push', ...steps('- uses: hashicorp/vault-action@v3', '  with:', '    tlsSkipVerify: false')),
  }),
  objectRule({
    id: 'secrets/credentials-in-cache',
    title: 'Credentials kept in a cache or an artefact',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps of `actions/cache` and `actions/upload-artifact` that keep files in which programs hold credentials, such as `~/.docker` and `~/.aws`.',
    why: 'Every branch and every pull request reads the caches of the default branch, and artefacts are open to whoever reads the repository.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'What is kept has to be chosen without the credentials.',
    whenNotToUse: 'Where the file holds nothing but settings.',
    check: (resource, tell, context) => {
      if (!/^actions\/(?:cache(?:\/save)?|upload-artifact)@/.test(textAt(resource, 'uses') ?? '')) return;
      const written = filesWithSecrets(resource, context);
      for (const value of lookIn(mapOfResource(resource), 'with.path').values) {
        const file = written.find((one) => String(scalar(value) ?? '').split(/\s+/).some((path) => path.replace(/^\.\//, '') === one));
        if (file !== undefined) tell(value, `"${resource.name}" keeps ${file}, into which an earlier step writes a secret.`);
        const kept = credentialFiles.exec(String(scalar(value) ?? ''))?.[0].trim();
        if (kept !== undefined) tell(value, `"${resource.name}" keeps ${kept.replace(/^[/~]+/, '')}, in which credentials stand.`);
      }
    },
    bad: workflow('push', ...steps(`- uses: ${cache}`, '  with:', '    path: ~/.docker', '          ^^^^^^^^^', '    key: a')),
    good: workflow('push', ...steps(`- uses: ${cache}`, '  with:', '    path: ~/.cache/pip', '    key: a')),
  }),
];
