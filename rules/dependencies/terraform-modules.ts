import { lookIn, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { supply } = families;

/** The text of a module's source, where it is known. */
function sourceOf(resource: Resource): { readonly at: Value; readonly text: string } | undefined {
  const value = lookIn(mapOfResource(resource), 'source').values[0];
  return value?.kind === 'string' ? { at: value, text: value.value } : undefined;
}

const local = /^(?:\.{1,2}(?:\/|$)|\/)/;
const registry = /^(?:[\w.-]+\.[a-z]{2,}\/)?[\w-]+\/[\w-]+\/[a-z\d]+(?:\/\/.*)?$/;
const repository = /^(?:git::|git@|(?:https?:\/\/)?(?:github\.com|bitbucket\.org|gitlab\.com)[/:])|\.git(?:\/\/|\?|$)/;
const commit = /[?&]ref=[0-9a-f]{7,40}(?:&|$)/;

export default [
  objectRule({
    id: 'dependencies/terraform-module-without-version',
    title: 'Module of a registry without a version',
    severity: 'low',
    confidence: 'high',
    types: ['module'],
    file: 'main.tf',
    what: 'Reports modules of a registry that name no version.',
    why: supply.why,
    references: supply.references,
    whenNotToUse: 'Where all modules come from the same repository.',
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const source = sourceOf(resource);
      if (
        source &&
        !local.test(source.text) &&
        !repository.test(source.text) &&
        registry.test(source.text) &&
        resource.complete &&
        !resource.attributes.has('version')
      )
        tell(source.at, `Module "${resource.name}" is whatever version was published last.`);
    },
    bad: 'module "network" {\n  source = "terraform-google-modules/network/google"\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
    good: 'module "network" {\n  source  = "terraform-google-modules/network/google"\n  version = "9.3.0"\n}\n',
  }),
  objectRule({
    id: 'dependencies/terraform-module-without-ref',
    title: 'Module of a repository without a version',
    severity: 'low',
    confidence: 'high',
    types: ['module'],
    file: 'main.tf',
    what: 'Reports modules of a Git repository that name no `ref`.',
    why: supply.why,
    references: supply.references,
    whenNotToUse: 'Where all modules come from the same repository.',
    noFix: 'The version has to be chosen.',
    check: (resource, tell) => {
      const source = sourceOf(resource);
      if (source && repository.test(source.text) && !/[?&]ref=./.test(source.text)) tell(source.at, `Module "${resource.name}" is whatever was pushed last.`);
    },
    bad: 'module "network" {\n  source = "git::https://example.com/network.git"\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
    good: 'module "network" {\n  source = "git::https://example.com/network.git?ref=v1.2.0"\n}\n',
  }),
  objectRule({
    id: 'dependencies/terraform-module-not-a-commit',
    title: 'Module that is not fixed to a commit',
    severity: 'info',
    confidence: 'medium',
    types: ['module'],
    file: 'main.tf',
    what: 'Reports modules whose source is a registry, or a Git repository by tag or branch: only a commit cannot be moved.',
    why: supply.why,
    references: supply.references,
    whenNotToUse: 'Where the registry or the repository is trusted.',
    noFix: 'The commit has to be looked up.',
    check: (resource, tell) => {
      const source = sourceOf(resource);
      if (
        source &&
        !local.test(source.text) &&
        (repository.test(source.text)
          ? /[?&]ref=./.test(source.text) && !commit.test(source.text)
          : registry.test(source.text) && resource.attributes.has('version'))
      )
        tell(source.at, `What module "${resource.name}" fetches can be replaced under the same name.`);
    },
    bad: 'module "network" {\n  source = "git::https://example.com/network.git?ref=v1.2.0"\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
    good: 'module "network" {\n  source = "git::https://example.com/network.git?ref=1f0dc2a7f3f1f0c6a1f5b7f1f0dc2a7f3f1f0c6a"\n}\n',
  }),
];
