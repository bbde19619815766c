import { lookIn, scalar } from '../../server/rule/queries.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { file, steps, workflow } from '../_workflows.ts';

/** Files of programs that hold credentials, in a home directory or beside the code. */
const credentialFiles = /(?:^|[\s/~])(?:\.docker(?:\/config\.json)?|\.ssh|\.aws(?:\/credentials)?|\.azure|\.kube(?:\/config)?|\.config\/gcloud|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.gnupg)\/?(?=\s|$)/m;

const build = 'docker/build-push-action@263435318d21b8e681c14492fe198d362a7d2c83';
const cache = 'actions/cache@5a3ec84eff668545956fd18022155c47e93e2684';

/** Places of workflows that keep what is put into them. */
export default [
  objectRule({
    id: 'secrets/secret-in-build-argument',
    title: 'Secret handed to a build as an argument',
    severity: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports secrets in `build-args` of `docker/build-push-action` and `docker/bake-action`. The history of an image shows them.',
    why: 'Whoever may pull the image reads the argument in its history and in its provenance.',
    references: ['CWE-522', 'IA-5'],
    noFix: 'The Dockerfile has to take the secret by a mount (`RUN --mount=type=secret`), and the step by `secrets`.',
    whenNotToUse: 'For images that never leave the machine that builds them.',
    check: (resource, tell) => {
      if (!/^(?:docker\/(?:build-push|bake)-action|redhat-actions\/buildah-build)@/.test(textAt(resource, 'uses') ?? '')) return;
      for (const value of lookIn(mapOfResource(resource), 'with.build-args').values) {
        const name = /\bsecrets\.(\w+)/.exec(String(scalar(value) ?? ''))?.[1];
        if (name !== undefined) tell(value, `The secret ${name} becomes part of the image's history in "${resource.name}".`);
      }
    },
    bad: workflow('push', ...steps(`- uses: ${build}`, '  with:', '    build-args: KEY=${{ secrets.KEY }}', '                ^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(`- uses: ${build}`, '  with:', '    secrets: key=${{ secrets.KEY }}')),
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
    check: (resource, tell) => {
      if (!/^actions\/(?:cache(?:\/save)?|upload-artifact)@/.test(textAt(resource, 'uses') ?? '')) return;
      for (const value of lookIn(mapOfResource(resource), 'with.path').values) {
        const kept = credentialFiles.exec(String(scalar(value) ?? ''))?.[0].trim();
        if (kept !== undefined) tell(value, `"${resource.name}" keeps ${kept.replace(/^[/~]+/, '')}, in which credentials stand.`);
      }
    },
    bad: workflow('push', ...steps(`- uses: ${cache}`, '  with:', '    path: ~/.docker', '          ^^^^^^^^^', '    key: a')),
    good: workflow('push', ...steps(`- uses: ${cache}`, '  with:', '    path: ~/.cache/pip', '    key: a')),
  }),
];
