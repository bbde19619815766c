import { lookIn, scalar, truth, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { file, jobOf, onlyTags, statedVersion, steps, triggers, workflow } from '../_workflows.ts';

interface Cache {
  readonly action: RegExp;
  /** The input that switches the cache; actions without one always restore. */
  readonly input?: string;
  /** The first major version that restores a cache unless told otherwise. */
  readonly ownFrom?: number;
  /** True where the input switches it off. */
  readonly inverted?: true;
}

/** Actions that restore a cache. Source: their documentation. */
const caches: readonly Cache[] = [
  { action: /^actions\/cache(?:\/restore)?@/i },
  { action: /^(?:swatinem\/rust-cache|mozilla-actions\/sccache-action|hendrikmuhs\/ccache-action|determinatesystems\/magic-nix-cache-action)@/i },
  { action: /^actions\/setup-go@/i, input: 'cache', ownFrom: 4 },
  { action: /^actions\/setup-[\w-]+@/i, input: 'cache' },
  { action: /^(?:astral-sh\/setup-uv)@/i, input: 'enable-cache' },
  { action: /^(?:pnpm\/action-setup|denoland\/setup-deno|prefix-dev\/setup-pixi|oven-sh\/setup-bun)@/i, input: 'cache' },
  { action: /^ruby\/setup-ruby@/i, input: 'bundler-cache' },
  { action: /^(?:actions-rust-lang\/setup-rust-toolchain|jdx\/mise-action)@/i, input: 'cache', ownFrom: 1 },
  { action: /^gradle\/actions\/setup-gradle@/i, input: 'cache-disabled', ownFrom: 3, inverted: true },
];

/** What publishes a package or a release. */
const publishes =
  /\b(?:npm|pnpm|yarn\s+npm)\s+(?:[\w-]+\s+)*publish\b|\btwine\s+upload\b|\b(?:uv|poetry|flit|hatch|cargo|vsce|ovsx|changeset|maturin)\s+publish\b|\bgem\s+push\b|\bsemantic-release\b|\bgh\s+release\s+(?:create|upload)\b|\buses:\s*["']?(?:pypa\/gh-action-pypi-publish|softprops\/action-gh-release|rubygems\/release-gem|changesets\/action|ncipollo\/release-action)@/i;

/** True in a workflow that a release or a tag starts, and in a job that publishes and that pushes start. */
function isRelease(step: Resource, context: ResourceContext): boolean {
  const on = triggers(context);
  if (on.includes('release') || onlyTags(context)) return true;
  const job = jobOf(step, context);
  if (!job || !on.some((one) => /^(?:push|schedule|workflow_dispatch)$/.test(one))) return false;
  const { path, range } = job.origin;
  const text = sourceOf(context, { path, range }).replace(/^[ \t]*#.*$/gm, '');
  return publishes.test(text);
}

/** Where a step says that it restores a cache. */
function restored(step: Resource, context: ResourceContext): Value | undefined {
  const uses = step.attributes.get('uses')?.value;
  if (uses?.kind !== 'string') return undefined;
  const layers = lookIn(mapOfResource(step), 'with.cache-from').values[0];
  if (/^docker\/(?:build-push-action|bake-action)@/.test(uses.value)) return /type=gha/.test(String(scalar(layers) ?? '')) ? layers : undefined;
  const cache = caches.find((one) => one.action.test(uses.value));
  if (!cache) return undefined;
  if (cache.input === undefined) return textAt(step, 'with.lookup-only') === 'true' ? undefined : uses;
  const input = lookIn(mapOfResource(step), `with.${cache.input}`).values[0];
  if (input === undefined) return cache.ownFrom !== undefined && Number.parseInt(statedVersion(uses, context) ?? '', 10) >= cache.ownFrom ? uses : undefined;
  if (input.kind === 'unknown' || scalar(input) === '' || String(scalar(input)).includes('${{')) return undefined;
  return (truth(input) === false) === (cache.inverted ?? false) ? input : undefined;
}

const node = '- uses: actions/setup-node@1d0ff469b7ec7b3cb9d8673fde0c81c44821de2a';

export default [
  objectRule({
    id: 'dependencies/cache-in-release',
    title: 'Release that is built from a cache',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports caches in workflows that a release or a tag starts, and in jobs that publish a package.',
    why: 'Every workflow of the branch can write the cache; what it put there goes into what is published.',
    references: ['CWE-829', 'SI-7', 'AISF-ML-02'],
    noFix: 'The cache has to go, or the build has to be another workflow.',
    whenNotToUse: 'Where the job publishes nothing.',
    check: (resource, tell, context) => {
      const at = restored(resource, context);
      if (at && isRelease(resource, context)) tell(at, `"${resource.name}" restores a cache in a workflow that publishes.`);
    },
    bad: workflow('release', ...steps(node, '  with:', '    cache: npm', '           ^^^')),
    good: workflow('push', ...steps(node, '  with:', '    cache: npm')),
    more: [
      {
        file,
        bad: workflow('push', ...steps(node, '  with:', '    cache: npm', '           ^^^', '- run: npm publish')),
        good: workflow('push', ...steps(node, '  with:', '    package-manager-cache: false', '- run: npm publish')),
      },
      {
        file,
        bad: workflow('release', ...steps('- uses: actions/setup-go@d35c59abb061a4a6fb18e82ac0862c26744d6ab5 # v5.5.0', '        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
        good: workflow('release', ...steps('- uses: actions/setup-go@d35c59abb061a4a6fb18e82ac0862c26744d6ab5 # v5.5.0', '  with:', '    cache: false')),
      },
    ],
  }),
];
