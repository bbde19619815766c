import { lookIn, scalar, truth } from '../../server/rule/queries.ts';
import { rewrite } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';
import { file, steps, workflow } from '../_workflows.ts';

/** Programs that write their input in other words, in which the log does not know a secret any more. */
const rewriting = /\|[ \t]*(?:base64(?![^\n|]*(?:-d\b|-D\b|--decode))|rev|xxd|hexdump|od|tr|sed|cut|fold|gzip)\b[^\n|>]*$/;
/** Commands that print all that the environment holds. */
const listing = /^[ \t]*(?:printenv|env|export -p|set)[ \t]*(?:$|\|[ \t]*(?:sort|cat)\b)/;

/** Inputs that show what should stay hidden, and the value with which they do. Source: documentation of the actions. */
const showing: readonly (readonly [action: RegExp, input: string, wrong: boolean])[] = [
  [/^aws-actions\/amazon-ecr-login@/i, 'mask-password', false],
  [/^anthropics\/claude-code(?:-base)?-action@/i, 'show_full_output', true],
];
const ofGitHub = /\$\{\{\s*(?:github\.token|secrets\.GITHUB_TOKEN)\s*\}\}/i;

/** The first line of a script that shows a variable, and how. */
function shown(script: string, names: readonly string[]): { readonly line: string; readonly how: string } | undefined {
  let traced = false;
  for (const line of script.split('\n')) {
    if (/^\s*#/.test(line)) continue;
    if (/^[ \t]*set[ \t]+(?:-\w*x|-o[ \t]+xtrace)/.test(line)) traced = true;
    if (/^[ \t]*set[ \t]+(?:\+\w*x|\+o[ \t]+xtrace)/.test(line)) traced = false;
    if (listing.test(line)) return { line, how: 'prints the whole environment' };
    const printed = names.find((one) => new RegExp(`\\b(?:print|console\\.log|puts)\\([^#\\n]*(?:os\\.environ(?:\\.get)?[[(]|os\\.getenv\\(|process\\.env\\.|ENV\\[)['"]?${one}\\b(?![^\\n]*(?:\\.length|\\blen\\(|\\bbool\\(|is not None))`).test(line));
    if (printed !== undefined) return { line, how: `prints ${printed}` };
    const name = names.find((one) => new RegExp(`\\$\\{?${one}\\b`).test(line));
    if (name === undefined) continue;
    if (traced) return { line, how: `traces a command with ${name}` };
    if (/\bcurl\b(?=[^\n]*\s(?:-\w*v\w*|--verbose|--trace(?:-ascii)?)(?=\s|$))(?=[^\n]*\s(?:-u|--user)[ =])/.test(line)) return { line, how: `has curl print ${name} in a form that is not masked` };
    if (!/^[ \t]*(?:echo|printf)\b/.test(line)) continue;
    if (/>>?\s*"?\$\{?GITHUB_(?:OUTPUT|STEP_SUMMARY)/.test(line)) return { line, how: `writes ${name} to what others can read` };
    if (rewriting.test(line)) return { line, how: `prints ${name} in a form that is not masked` };
    if (!/[|>]|::add-mask::|\[\[?|\$\(/.test(line)) return { line, how: `prints ${name}` };
  }
  return undefined;
}

/** A call of a script of `actions/github-script` that shows a variable, or hands it to later steps. */
function shownInScript(script: string, names: readonly string[]): string | undefined {
  const pattern = new RegExp(`(?:console\\.(?:log|info|error|debug)|core\\.(?:info|notice|warning|debug|setOutput|exportVariable|summary\\.\\w+))\\((?![^;\\n]*\\.(?:length|slice|substring)\\b)[^;\\n]*\\bprocess\\.env\\.(?:${names.join('|')})\\b[^;\\n]*`);
  return pattern.exec(script)?.[0];
}

export default [
  objectRule({
    id: 'secrets/secret-shown-by-step',
    title: 'Secret of a step that goes into the log',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports scripts that print a variable with a secret, rewrite it (`base64`, `rev`), put it into an output or a summary, trace their commands (`set -x`), or print the whole environment.',
    why: 'Logs mask a secret only word for word, and outputs are handed to other steps and jobs; whoever may read the repository reads them.',
    references: ['CWE-532', 'IA-5'],
    noFix: 'What the line is for has to be known.',
    check: (resource, tell, context) => {
      const names = lookIn(mapOfResource(resource), 'env').values.flatMap((value) =>
        value.kind === 'map' ? [...value.entries.values()].filter((entry) => /\bsecrets\.(?!GITHUB_TOKEN\b)\w|\bsecrets\[/.test(String(scalar(entry.value) ?? ''))).map((entry) => entry.key) : [],
      );
      if (names.length === 0) return;
      if (/^actions\/github-script@/.test(textAt(resource, 'uses') ?? ''))
        for (const value of textsAt(mapOfResource(resource), 'with.script')) if (shownInScript(value.value, names) !== undefined) tell(value, `"${resource.name}" shows a secret in its script.`);
      for (const value of lookIn(mapOfResource(resource), 'run').values) {
        const found = value.kind === 'string' ? shown(value.value, names) : undefined;
        if (!found) continue;
        const { path, range } = value.origin;
        const at = sourceOf(context, { path, range }).indexOf(found.line.trim());
        const origin = at < 0 ? value.origin : { path, range: { start: range.start + at, end: range.start + at + found.line.trim().length } };
        tell({ kind: 'null', origin, at: origin }, `"${resource.name}" ${found.how}.`);
      }
    },
    bad: workflow('push', ...steps('- run: echo "$KEY" | base64', '       ^^^^^^^^^^^^^^^^^^^^', '  env:', '    KEY: ${{ secrets.KEY }}')),
    good: workflow('push', ...steps('- run: echo "$KEY" | base64 --decode > key.json', '  env:', '    KEY: ${{ secrets.KEY }}')),
    more: [
      {
        file,
        bad: workflow('push', ...steps('- run: printenv', '       ^^^^^^^^', '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps('- run: printenv', '  env:', '    LEVEL: info')),
      },
      {
        file,
        bad: workflow('push', ...steps('- run: |', '    set -x', '    curl -u "user:$KEY" https://example.com', `    ${'^'.repeat('curl -u "user:$KEY" https://example.com'.length)}`, '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps('- run: echo "$KEY" | docker login --username bot --password-stdin', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
      {
        file,
        bad: workflow('push', ...steps('- run: echo "key=$KEY" >> "$GITHUB_OUTPUT"', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^', '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps('- run: echo "$KEY" > key.pem', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
      {
        file,
        bad: workflow('push', ...steps('- run: curl -v -u "bot:$KEY" https://example.com', `       ${'^'.repeat('curl -v -u "bot:$KEY" https://example.com'.length)}`, '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps('- run: curl -u "bot:$KEY" https://example.com', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
      {
        file,
        bad: workflow('push', ...steps("- run: print(os.environ['KEY'])", '       ^^^^^^^^^^^^^^^^^^^^^^^^', '  shell: python', '  env:', '    KEY: ${{ secrets.KEY }}')),
        good: workflow('push', ...steps("- run: sign_in(os.environ['KEY'])", '  shell: python', '  env:', '    KEY: ${{ secrets.KEY }}')),
      },
      {
        file,
        bad: workflow('push', ...steps('- uses: actions/github-script@v7', '  env:', '    KEY: ${{ secrets.KEY }}', '  with:', "    script: core.setOutput('key', process.env.KEY)", `            ${'^'.repeat("core.setOutput('key', process.env.KEY)".length)}`)),
        good: workflow('push', ...steps('- uses: actions/github-script@v7', '  env:', '    KEY: ${{ secrets.KEY }}', '  with:', '    script: await signIn(process.env.KEY)')),
      },
    ],
  }),
  objectRule({
    id: 'secrets/action-shows-secrets',
    title: 'Action told to show secrets',
    severity: 'low',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports inputs that make an action leave a password unmasked, or write all that an agent reads into the log.',
    why: 'Whoever may read the repository reads its logs; in what tools answer to an agent stand keys and personal data.',
    references: ['CWE-532', 'IA-5'],
    whenNotToUse: 'In private repositories, while a workflow is being set up.',
    check: (resource, tell) => {
      const uses = textAt(resource, 'uses') ?? '';
      for (const [action, input, wrong] of showing)
        for (const value of action.test(uses) ? lookIn(mapOfResource(resource), `with.${input}`).values : [])
          if (truth(value) === wrong) tell(value, `"${resource.name}" shows in the log what should stay hidden (${input}).`, rewrite(value, String(!wrong)));
    },
    bad: workflow('push', ...steps('- uses: aws-actions/amazon-ecr-login@v2', '  with:', '    mask-password: false', '                   ^^^^^')),
    fixed: workflow('push', ...steps('- uses: aws-actions/amazon-ecr-login@v2', '  with:', '    mask-password: true')),
    good: workflow('push', ...steps('- uses: aws-actions/amazon-ecr-login@v2', '  with:', '    mask-password: true')),
  }),
  objectRule({
    id: 'auth/token-sent-elsewhere',
    title: 'Token of GitHub sent to another host',
    severity: 'medium',
    confidence: 'medium',
    types: ['github_step'],
    file,
    what: 'Reports scripts that send the token of the workflow with curl or wget to a host that is not one of GitHub.',
    why: 'Who runs that host, or whoever got into it, acts on the repository until the job ends.',
    references: ['CWE-200', 'AC-6', 'IA-5'],
    noFix: 'A credential of the other service has to be used.',
    whenNotToUse: 'For a GitHub Enterprise Server under another name.',
    check: (resource, tell, context) => {
      const names = lookIn(mapOfResource(resource), 'env').values.flatMap((value) =>
        value.kind === 'map' ? [...value.entries.values()].filter((entry) => ofGitHub.test(String(scalar(entry.value) ?? ''))).map((entry) => entry.key) : [],
      );
      for (const { origin } of textsAt(mapOfResource(resource), 'run')) {
        const text = sourceOf(context, origin);
        for (const match of text.matchAll(/\b(?:curl|wget)\b(?:[^\n|;&\\]|\\[\s\S])*/g)) {
          const handed = ofGitHub.test(match[0]) || names.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(match[0]));
          const hosts = [...match[0].matchAll(/https?:\/\/(?:[^\s\/"'@]*@)?([\w.-]+)/g)].map((one) => one[1]!);
          if (!handed || hosts.length === 0 || hosts.some((host) => /(?:^|\.)(?:github\.com|githubusercontent\.com|ghcr\.io|ghe\.com|github\.[\w.-]+|localhost)$|^127\./.test(host))) continue;
          const own = { path: origin.path, range: { start: origin.range.start + match.index, end: origin.range.start + match.index + match[0].trimEnd().length } };
          tell({ kind: 'null', origin: own, at: own }, `"${resource.name}" sends the token of the workflow to ${hosts[0]}.`);
        }
      }
    },
    bad: workflow('push', ...steps('- run: |', '    curl -H "Authorization: Bearer $TOKEN" https://ci.example.com/report', `    ${'^'.repeat('curl -H "Authorization: Bearer $TOKEN" https://ci.example.com/report'.length)}`, '  env:', '    TOKEN: ${{ github.token }}')),
    good: workflow('push', ...steps('- run: |', '    curl -H "Authorization: Bearer $TOKEN" https://api.github.com/user', '  env:', '    TOKEN: ${{ github.token }}')),
  }),
];
