import { lookIn, truth, type Value } from '../../server/rule/queries.ts';
import { uncheckedPrograms } from '../_downloads.ts';
import { families } from '../_families.ts';
import { takeOut } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { isShown, shellIssues } from '../_shell.ts';
import { sourceOf } from '../_source.ts';
import { file, steps, workflow } from '../_workflows.ts';

const { supply } = families;

/** Commands that install or run a program at its newest version; the group is the program. */
const newest: readonly RegExp[] = [
  /\b(?:npm[ \t]+(?:install|i|add)|pnpm[ \t]+(?:add|install|i)|bun[ \t]+(?:add|install|i))\b(?=[^\n;&|]*[ \t](?:-g|--global)\b)(?:[ \t]+-{1,2}[\w-]+)*[ \t]+["']?((?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:@(?:latest|next))?)["']?(?=[\s;&|]|$)/g,
  /\byarn[ \t]+global[ \t]+add[ \t]+["']?((?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:@latest)?)["']?(?=[\s;&|]|$)/g,
  /\b(?:npx[ \t]+(?:--?[\w-]+[ \t]+)*(?:-y|--yes)|pnpm[ \t]+dlx|yarn[ \t]+dlx|bunx)(?:[ \t]+--?[\w-]+)*[ \t]+["']?((?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:@(?:latest|next))?)["']?(?=[\s;&|]|$)/g,
  /\bnpx(?:[ \t]+--?[\w-]+)*[ \t]+["']?((?:@[\w.-]+\/)?[A-Za-z][\w.-]*@(?:latest|next))["']?(?=[\s;&|]|$)/g,
  /\b(?:uvx|uv[ \t]+tool[ \t]+(?:run|install)|pipx[ \t]+(?:run|install))(?:[ \t]+--?[\w-]+)*[ \t]+["']?([A-Za-z][\w-]*(?:@latest)?)["']?(?=[\s;&|]|$)/g,
  /\bgo[ \t]+(?:install|run)(?:[ \t]+-\S+)*[ \t]+["']?([\w./-]+@(?:latest|main|master|HEAD))\b/g,
  /\bcargo[ \t]+install\b(?![^\n;&|]*[ \t](?:--version|--vers|--path|--git)\b)(?:[ \t]+--?[\w-]+)*[ \t]+([a-z][\w-]*)(?=[\s;&|]|$)/g,
  /\bgem[ \t]+install\b(?![^\n;&|]*[ \t](?:-v|--version)\b)(?:[ \t]+--?[\w-]+)*[ \t]+([a-z][\w-]*)(?=[\s;&|]|$)/g,
];
/** A server of the Model Context Protocol that an agent's settings start at its newest version. */
const newestServer = /"command"\s*:\s*"(?:npx|bunx|uvx)"\s*,\s*"args"\s*:\s*\[\s*(?:"-{1,2}[\w-]+"\s*,\s*)*"((?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:@latest)?)"/g;
/** Package managers that are brought up to date as such. */
const managers = /^(?:npm|pnpm|yarn|corepack|bundler|pip|uv)(?:@|$)/;

/** Switches that leave out the check of a package's signature. */
const unsigned = /\bcosign[ \t]+verify\b[^\n;&|]*?[ \t](--certificate-identity-regexp[= ]["']?\.[*+]["']?|--insecure-ignore-tlog(?:=true)?)(?=[\s;&|]|$)|\b(?:apt(?:-get)?|aptitude|yum|dnf|zypper|rpm|apk)\b[^\n;|&]*?[ \t](--allow-unauthenticated|--force-yes|--nogpgcheck|--no-gpg-checks?|--nosignature|--nodigest|--allow-untrusted)(?=[\s;&|"']|$)/g;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

function unpinnedTools(script: string): readonly Found[] {
  // What an expression gives is unknown, as is what a variable of the shell gives.
  const text = script.replace(/\$\{\{(?:(?!\}\})[\s\S])*\}\}/g, (all) => `$${'x'.repeat(all.length - 1)}`);
  const lists = [...text.matchAll(/\bpip[\d.]*[ \t]+install\b[^\n;&|]*?[ \t](?:-r|--requirement)[ =](https?:\/\/(?![^\s"']*\/[0-9a-f]{40}\/)[^\s"']+)/g)].map((match): Found => {
    const start = match.index + match[0].length - match[1]!.length;
    return { start, end: start + match[1]!.length, message: 'The list of packages is whatever the address serves on the day.' };
  });
  const packages = [...shellIssues(text).filter((one) => one.kind === 'unpinned'), ...lists];
  const tools = newest.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): readonly Found[] => {
      const name = match[1]!;
      if (managers.test(name) || isShown(text, match.index)) return [];
      const start = match.index + match[0].lastIndexOf(name);
      return [{ start, end: start + name.length, message: `${name.replace(/(?<=.)@\w+$/, '')} is installed at whatever version was published last.` }];
    }),
  );
  const all = [...packages, ...tools];
  return all.filter((one, at) => !all.slice(0, at).some((other) => other.start < one.end && one.start < other.end));
}

/** Programs that steps fetch for themselves. */
export default [
  objectRule({
    id: 'dependencies/workflow-unpinned-tool',
    title: 'Tool of a workflow at its newest version',
    severity: 'info',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that install or run packages from PyPI, npm, Go, crates.io or RubyGems without a version.',
    why: 'Whoever takes the package over runs code with the token and the secrets of the next run.',
    references: supply.references,
    noFix: 'The version that was tried has to be named.',
    whenNotToUse: 'For tests against the newest versions.',
    check: (resource, tell, context) => {
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const one of unpinnedTools(text)) tell(within(origin, one), one.message);
      }
      for (const { origin } of ['claude_args', 'mcp_config', 'settings'].flatMap((name) => textsAt(mapOfResource(resource), `with.${name}`))) {
        const text = sourceOf(context, origin);
        for (const match of text.matchAll(newestServer)) {
          const start = match.index + match[0].lastIndexOf(match[1]!);
          tell(within(origin, { start, end: start + match[1]!.length }), `${match[1]!.replace(/(?<=.)@\w+$/, '')} is run at whatever version was published last.`);
        }
      }
    },
    bad: workflow('push', ...steps('- run: npm install -g vercel', '                      ^^^^^^')),
    good: workflow('push', ...steps('- run: npm install -g vercel@44.2.0')),
    more: [
      { file, bad: workflow('push', ...steps('- run: pip install ruff', '                   ^^^^')), good: workflow('push', ...steps('- run: pip install ruff==0.12.1')) },
      { file, bad: workflow('push', ...steps('- run: npx wrangler@latest deploy', '           ^^^^^^^^^^^^^^^')), good: workflow('push', ...steps('- run: npx wrangler deploy')) },
      { file, bad: workflow('push', ...steps('- run: uvx twine upload out/*', '           ^^^^^')), good: workflow('push', ...steps('- run: uvx twine@6.1.0 upload out/*')) },
    ],
  }),
  objectRule({
    id: 'dependencies/workflow-unchecked-program',
    title: 'Downloaded program that a workflow runs unchecked',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports steps that write a program or a script from an address whose content changes to a file, and run it without a check of its hash or signature.',
    why: supply.why,
    references: ['CWE-494', ...supply.references],
    noFix: 'The hash has to be looked up, and compared before the program runs.',
    check: (resource, tell, context) => {
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const one of uncheckedPrograms(text)) tell(within(origin, one), `${one.name} is run without a check of what was downloaded.`);
      }
    },
    bad: workflow('push', ...steps('- run: |', '    curl -fsSL https://get.example.com/install.sh -o install.sh', `    ${'^'.repeat('curl -fsSL https://get.example.com/install.sh -o install.sh'.length)}`, '    bash install.sh')),
    good: workflow('push', ...steps('- run: |', '    curl -fsSL https://get.example.com/install.sh -o install.sh', '    sha256sum -c install.sh.sha256', '    bash install.sh')),
  }),
  objectRule({
    id: 'dependencies/workflow-unsigned-package',
    title: 'Package whose signature a workflow does not check',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `apt-get --allow-unauthenticated`, `yum --nogpgcheck`, `rpm --nosignature`, `apk --allow-untrusted`, `cosign verify` for any identity, and the like in steps.',
    why: supply.why,
    references: ['CWE-347', ...supply.references],
    noFix: 'The key of the repository has to be installed.',
    check: (resource, tell, context) => {
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const match of text.matchAll(unsigned)) {
          const own = match[1] ?? match[2]!;
          const start = match.index + match[0].length - own.length;
          if (!isShown(text, start)) tell(within(origin, { start, end: start + own.length }), `"${resource.name}" installs packages without a check of who made them.`);
        }
      }
    },
    bad: workflow('push', ...steps('- run: sudo apt-get install -y --allow-unauthenticated cuda', '                               ^^^^^^^^^^^^^^^^^^^^^^^')),
    good: workflow('push', ...steps('- run: sudo apt-get install -y cuda')),
  }),
  objectRule({
    id: 'dependencies/published-without-attestation',
    title: 'Package published without a proof of its origin',
    severity: 'info',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports `attestations: false` of `pypa/gh-action-pypi-publish`.',
    why: 'Who installs the package cannot tell that it was built from this repository.',
    references: ['CWE-353', 'SI-7'],
    check: (resource, tell) => {
      if (!/^pypa\/gh-action-pypi-publish@/.test(textAt(resource, 'uses') ?? '')) return;
      for (const value of lookIn(mapOfResource(resource), 'with.attestations').values)
        if (truth(value) === false) tell(value, `"${resource.name}" publishes without an attestation.`, takeOut(resource, 'with.attestations'));
    },
    bad: workflow('push', ...steps('- uses: pypa/gh-action-pypi-publish@76f52bc884231f62b9a034ebfe128415bbaabdfc', '  with:', '    attestations: false', '                  ^^^^^', '    verbose: true')),
    fixed: true,
    good: workflow('push', ...steps('- uses: pypa/gh-action-pypi-publish@76f52bc884231f62b9a034ebfe128415bbaabdfc', '  with:', '    verbose: true')),
  }),
];

function within(origin: Value['origin'], part: { readonly start: number; readonly end: number }): Value {
  const own = { path: origin.path, range: { start: origin.range.start + part.start, end: origin.range.start + part.end } };
  return { kind: 'null', origin: own, at: own };
}
