import { lookIn, scalar } from '../../server/rule/queries.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';
import { file, steps, workflow } from '../_workflows.ts';

/** Programs that write their input in other words, in which the log does not know a secret any more. */
const rewriting = /\|[ \t]*(?:base64(?![^\n|]*(?:-d\b|-D\b|--decode))|rev|xxd|hexdump|od|tr|sed|cut|fold|gzip)\b[^\n|>]*$/;
/** Commands that print all that the environment holds. */
const listing = /^[ \t]*(?:printenv|env|export -p|set)[ \t]*(?:$|\|[ \t]*(?:sort|cat)\b)/;

/** The first line of a script that shows a variable, and how. */
function shown(script: string, names: readonly string[]): { readonly line: string; readonly how: string } | undefined {
  let traced = false;
  for (const line of script.split('\n')) {
    if (/^\s*#/.test(line)) continue;
    if (/^[ \t]*set[ \t]+(?:-\w*x|-o[ \t]+xtrace)/.test(line)) traced = true;
    if (/^[ \t]*set[ \t]+(?:\+\w*x|\+o[ \t]+xtrace)/.test(line)) traced = false;
    if (listing.test(line)) return { line, how: 'prints the whole environment' };
    const name = names.find((one) => new RegExp(`\\$\\{?${one}\\b`).test(line));
    if (name === undefined) continue;
    if (traced) return { line, how: `traces a command with ${name}` };
    if (!/^[ \t]*(?:echo|printf)\b/.test(line)) continue;
    if (/>>?\s*"?\$\{?GITHUB_(?:OUTPUT|STEP_SUMMARY)/.test(line)) return { line, how: `writes ${name} to what others can read` };
    if (rewriting.test(line)) return { line, how: `prints ${name} in a form that is not masked` };
    if (!/[|>]|::add-mask::|\[\[?|\$\(/.test(line)) return { line, how: `prints ${name}` };
  }
  return undefined;
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
      for (const value of lookIn(mapOfResource(resource), 'run').values) {
        const found = value.kind === 'string' ? shown(value.value, names) : undefined;
        if (!found) continue;
        const { path, range } = value.origin;
        const at = (context.sources.document(path)?.text.slice(range.start, range.end) ?? '').indexOf(found.line.trim());
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
    ],
  }),
];
