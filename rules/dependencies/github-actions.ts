import { lookIn, mapsOf, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { checkout, file, statedVersion, steps, workflow } from '../_workflows.ts';

const pinned = /@[0-9a-f]{40}$/;
/** Actions of which versions are known to be dangerous, with the first good one and the first major version that is affected. Source: GitHub's advisory database. */
const vulnerable: readonly (readonly [action: RegExp, before: readonly number[], advisory: string, from?: number])[] = [
  [/^tj-actions\/changed-files$/, [46], 'CVE-2025-30066'],
  [/^tj-actions\/verify-changed-files$/, [17], 'CVE-2023-52137'],
  [/^tj-actions\/branch-names$/, [9, 0, 0], 'CVE-2025-54416'],
  [/^reviewdog\/action-setup$/, [1, 3], 'CVE-2025-30154'],
  [/^actions\/download-artifact$/, [4, 1, 3], 'CVE-2024-42471'],
  [/^pypa\/gh-action-pypi-publish$/, [1, 13], 'CVE-2025-59046'],
  [/^gradle\/gradle-build-action$/, [2, 4, 2], 'CVE-2023-30853'],
  [/^rlespinasse\/github-slug-action$/, [4, 4, 1], 'CVE-2023-27581'],
  [/^atlassian\/gajira-(?:create|comment)$/, [2, 0, 2], 'CVE-2020-14188'],
  [/^hashicorp\/vault-action$/, [2, 2], 'CVE-2021-32074'],
  [/^azure\/setup-kubectl$/, [3], 'CVE-2023-23939'],
  [/^dawidd6\/action-download-artifact$/, [6], 'GHSA-5xr6-xhww-33m4'],
  [/^ultralytics\/actions$/, [0, 0, 3], 'GHSA-7x29-qqmq-v6qc'],
  [/^embano1\/wip$/, [2], 'CVE-2023-30623'],
  [/^shivammathur\/setup-php$/, [2, 37, 1], 'GHSA-5wxr-w449-57cm'],
  [/^sonarsource\/sonarqube-scan-action$/, [6, 0, 0], 'CVE-2025-59844', 4],
  [/^aquasecurity\/trivy-action$/, [0, 35, 0], 'CVE-2026-33634'],
  [/^anthropics\/claude-code-action$/, [1, 0, 78], 'CVE-2026-47751'],
  [/^juliangruber\/approve-pull-request-action$/, [2], 'an advisory'],
  [/^xt0rted\/pull-request-comment-branch$/, [3], 'an advisory'],
];

/** Commits with which attackers replaced the code of an action, with the advisory. Source: GitHub's advisory database. */
const takenOver: ReadonlyMap<string, string> = new Map([
  ['0e58ed8671d6b60d0890c21b07f8835ace038e67', 'CVE-2025-30066'],
  ['f0d342d24037bb11d26b9bd8496e0808ba32e9ec', 'CVE-2025-30154'],
]);

function older(version: string, bound: readonly number[]): boolean {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  if (parts.some(Number.isNaN)) return false;
  for (let at = 0; at < bound.length; at++) {
    if (parts[at] === undefined) return false;
    if (parts[at] !== bound[at]) return parts[at]! < bound[at]!;
  }
  return false;
}

function imageOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'map' ? value.entries.get('image')?.value : value;
}

const supply = families.supply;

/** Reports an action at its first place in a workflow, with the others: its commit has to be looked up once. */
function tellOnce(resource: Resource, action: string, message: string, context: ResourceContext): void {
  const [first, ...others] = (context.unit.byType.get(resource.type) ?? []).flatMap((one) => {
    const uses = one.attributes.get('uses')?.value;
    return uses?.kind === 'string' && uses.value === action ? [uses] : [];
  });
  if (first !== undefined && first === resource.attributes.get('uses')?.value) context.report({ at: first.at, message, related: others.map((other) => ({ ...other.at, message: 'and here' })) });
}

export default [
  objectRule({
    id: 'dependencies/unpinned-action',
    title: 'Action that is not fixed to a commit',
    severity: 'low',
    types: ['github_step', 'github_job'],
    file,
    what: 'Reports actions and reusable workflows of others that are named by tag or branch.',
    why: 'A tag can be moved: who takes an action over runs code with the secrets of every workflow that uses it, as happened with tj-actions/changed-files.',
    references: supply.references,
    noFix: 'The commit of the tag has to be looked up.',
    check: (resource, _tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (
        uses?.kind === 'string' &&
        /^\w[\w.-]*\/[\w.-]+/.test(uses.value) &&
        !/^(?:actions|github)\//.test(uses.value) &&
        !pinned.test(uses.value) &&
        !uses.value.includes('${{')
      )
        tellOnce(resource, uses.value, `Action "${uses.value}" is not fixed to a commit.`, context);
    },
    bad: workflow('push', ...steps('- uses: acme/setup@v3', '        ^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/unpinned-official-action',
    title: 'Action of GitHub that is not fixed to a commit',
    severity: 'info',
    types: ['github_step'],
    file,
    what: 'Reports actions of GitHub itself that are named by tag.',
    why: supply.why,
    references: supply.references,
    noFix: 'The commit of the tag has to be looked up.',
    check: (resource, _tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind === 'string' && /^(?:actions|github)\/.*@/.test(uses.value) && !pinned.test(uses.value))
        tellOnce(resource, uses.value, `Action "${uses.value}" is not fixed to a commit.`, context);
    },
    bad: workflow('push', ...steps('- uses: actions/checkout@v4', '        ^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(checkout)),
    more: [{ title: 'One finding for an action that a workflow uses several times', file, bad: workflow('push', ...steps('- uses: actions/checkout@v4', '        ^^^^^^^^^^^^^^^^^^^', '- uses: actions/cache@v4', '        ^^^^^^^^^^^^^^^^', '- uses: actions/checkout@v4')) }],
  }),
  objectRule({
    id: 'dependencies/action-from-branch',
    title: 'Action from a branch',
    severity: 'low',
    types: ['github_step', 'github_job'],
    file,
    what: 'Reports actions that are named by branch, or without any version.',
    why: supply.why,
    references: supply.references,
    noFix: 'The commit has to be looked up.',
    check: (resource, _tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind === 'string' && /^\w[\w.-]*\/[\w./-]+(?:@(?:main|master|develop|dev|trunk|head|latest))?$/i.test(uses.value))
        tellOnce(resource, uses.value, `Action "${uses.value}" is whatever its branch holds.`, context);
    },
    bad: workflow('push', ...steps('- uses: acme/setup@main', '        ^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/action-commit-without-version',
    title: 'Commit of an action without its version',
    severity: 'info',
    confidence: 'low',
    types: ['github_step'],
    file,
    what: 'Reports actions that are fixed to a commit with no comment that names the release, so that nobody sees whether the commit belongs to one.',
    why: 'A commit of a fork can be reached through the repository it was forked from; a version beside it can be checked.',
    references: supply.references,
    check: (resource, tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string' || !pinned.test(uses.value)) return;
      const text = context.sources.document(uses.at.path)?.text ?? '';
      const line = text.slice(uses.at.range.end, (text.indexOf('\n', uses.at.range.end) + 1 || text.length + 1) - 1);
      if (!/#\s*\S*v?\d/.test(line)) tell(uses, `The commit of "${uses.value.split('@')[0]}" has no version beside it.`);
    },
    bad: workflow('push', ...steps(checkout, `        ${'^'.repeat(checkout.length - 8)}`)),
    good: workflow('push', ...steps(`${checkout} # v4.2.2`)),
  }),
  objectRule({
    id: 'dependencies/vulnerable-action',
    title: 'Action with a known vulnerability',
    severity: 'high',
    types: ['github_step'],
    file,
    what: 'Reports versions of actions that have an advisory, and commits with which an action was taken over.',
    why: 'The advisory tells everybody how to misuse it.',
    references: ['CWE-1395', 'SI-2'],
    check: (resource, tell, context) => {
      const uses = resource.attributes.get('uses')?.value;
      if (uses?.kind !== 'string') return;
      const [action, version] = uses.value.split('@');
      const known = vulnerable.find(([pattern]) => pattern.test(action!.toLowerCase()));
      const stated = statedVersion(uses, context);
      const replaced = version === undefined ? undefined : takenOver.get(version);
      if (replaced !== undefined) tell(uses, `This commit of "${action}" holds code of an attacker (${replaced}).`);
      else if (known && stated && older(stated, known[1]) && Number.parseInt(stated, 10) >= (known[3] ?? 0)) tell(uses, `Action "${action}" ${stated} has a known vulnerability (${known[2]}).`);
    },
    bad: workflow('push', ...steps('- uses: tj-actions/changed-files@v45', '        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps(checkout)),
  }),
  objectRule({
    id: 'dependencies/unpinned-workflow-image',
    title: 'Image of a job without a digest',
    severity: 'low',
    types: ['github_job', 'github_step', 'github_action'],
    file,
    what: 'Reports images of jobs, services, steps and actions that are not named by digest.',
    why: supply.why,
    references: supply.references,
    noFix: 'The digest has to be looked up.',
    check: (resource, tell) => {
      const map = mapOfResource(resource);
      const images = [
        imageOf(map.entries.get('container')?.value),
        ...lookIn(map, 'services')
          .values.flatMap(mapsOf)
          .flatMap((one) => [...one.entries.values()])
          .map((entry) => imageOf(entry.value)),
      ];
      for (const image of images) {
        if (image?.kind !== 'string' || image.value.includes('@sha256:') || image.value.trim() === '') continue;
        const dynamic = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(image.value)?.[1];
        if (dynamic === undefined) {
          if (!image.value.includes('${{')) tell(image, `Image "${image.value}" of "${resource.name}" is not named by digest.`);
          continue;
        }
        const values = ['strategy.matrix', 'strategy.matrix.include']
          .flatMap((path) => lookIn(map, `${path}.${dynamic}`).values)
          .flatMap((value) => (value.kind === 'list' ? value.items : [value]));
        if (values.some((value) => value.kind === 'string' && !value.value.includes('@sha256:') && !value.value.includes('${{')))
          tell(image, `An image of "${resource.name}" is not named by digest.`);
      }
      const uses = resource.type === 'github_action' ? map.entries.get('image')?.value : map.entries.get('uses')?.value;
      if (uses?.kind === 'string' && uses.value.startsWith('docker://') && !uses.value.includes('@sha256:'))
        tell(uses, `Image "${uses.value.slice(9)}" is not named by digest.`);
    },
    bad: workflow('push', 'container: python:3.12', '           ^^^^^^^^^^^', ...steps('- run: make')),
    good: workflow('push', 'container: python@sha256:0', ...steps('- run: make')),
    more: [
      {
        file: 'action.yml',
        bad: 'name: a\nruns:\n  using: docker\n  image: docker://acme/tool:v1\n         ^^^^^^^^^^^^^^^^^^^^^\n',
        good: 'name: a\nruns:\n  using: docker\n  image: Dockerfile\n',
      },
    ],
  }),
];
