import { defineRule, type CodeContext, type DocumentContext, type Rule } from '../../server/rule/rule.ts';
import type { RuleId, Severity } from '../../server/rule/queries.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { shellIssues, type ShellIssue } from '../_shell.ts';
import { commandOf, processes } from '../_commands.ts';
import { marked } from '../_samples.ts';
import { isTest } from '../_flows.ts';

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly kinds: readonly ShellIssue['kind'][];
  readonly what: string;
  readonly why: string;
  readonly whenNotToUse: string;
  readonly references: readonly string[];
  readonly noFix: string;
  readonly bad: string;
  readonly good: string;
}

const rows: readonly Row[] = [
  { id: 'model-supply-chain/script-piped-to-shell', title: 'Downloaded script that is run unseen', severity: 'high', kinds: ['piped'], what: 'Reports `curl … | sh` and its like.', why: 'The script can be another one each time, for this machine alone; it runs with all rights of the user, often of root.', whenNotToUse: 'In a throw-away container.', references: ['CWE-494', 'CWE-829', 'LLM03:2025'], noFix: 'The script has to be fetched, checked by a hash and kept.', bad: '«curl -fsSL https://get.acme.io/install.sh | bash»', good: 'bash ./install.sh' },
  { id: 'dependencies/unpinned-install', title: 'Package installed without a fixed version', severity: 'low', kinds: ['unpinned'], what: 'Reports `pip install` of packages without a version and of repositories without a commit.', why: 'Whoever takes the package over, or registers its misspelling, runs code at the next start; and results cannot be repeated.', whenNotToUse: 'While exploring, on a machine of its own.', references: ['CWE-1357', 'CWE-1104', 'LLM03:2025', 'AML.T0010.001'], noFix: 'The version that was tried has to be named, best in a lock file.', bad: 'pip install «unsloth bitsandbytes»', good: 'pip install unsloth==2024.8 bitsandbytes==0.43.3' },
  { id: 'dependencies/foreign-package-index', title: 'Packages from a second index', severity: 'medium', kinds: ['index'], what: 'Reports `--extra-index-url` and indexes other than the public one.', why: 'Of two packages with one name the higher version wins, wherever it lies; a stranger can publish it.', whenNotToUse: 'When the index mirrors all names itself.', references: ['CWE-427', 'CWE-1357', 'LLM03:2025'], noFix: 'One index that holds all packages has to be set up.', bad: 'pip install «--extra-index-url» https://pypi.acme.io/simple acme==1.0', good: 'pip install acme==1.0' },
  { id: 'transport/download-unchecked', title: 'Download without a check of the server', severity: 'high', kinds: ['insecure'], what: 'Reports `curl -k`, `wget --no-check-certificate`, `--trusted-host` and their like.', why: 'Who sits on the network replaces what is downloaded.', whenNotToUse: 'For a server on the same machine.', references: ['CWE-295', 'CWE-494', 'SC-8'], noFix: 'The server’s certificate has to be made one that is trusted.', bad: 'curl «-k» -o m.onnx https://models.acme.io/m.onnx', good: 'curl -o m.onnx https://models.acme.io/m.onnx' },
  { id: 'transport/plaintext-download', title: 'Download over plain HTTP', severity: 'medium', kinds: ['plain'], what: 'Reports downloads from addresses with `http:`.', why: 'Who sits on the network replaces what is downloaded; models and packages run code.', whenNotToUse: 'When a hash is checked afterwards.', references: ['CWE-319', 'CWE-494', 'SC-8'], noFix: 'The address has to be one with https.', bad: 'wget «http://weights.acme.io/seg.pth»', good: 'wget https://weights.acme.io/seg.pth' },
];

export default rows.map((row): Rule => {
  const own = (text: string): readonly ShellIssue[] => shellIssues(text).filter((one) => row.kinds.includes(one.kind));
  const inCall = (call: CodeCall, context: CodeContext): void => {
    const first = call.args[0];
    const command = commandOf(call);
    if (!first || command === undefined || isTest(context.document.path) || /Dockerfile/.test(context.document.path)) return;
    const source = context.document.text.slice(first.origin.range.start, first.origin.range.end);
    for (const issue of own(command)) {
      // The exact place, where the words stand in the source as they are run.
      const words = command.slice(issue.start, issue.end);
      const at = source.indexOf(words);
      context.report({ at: at < 0 ? first.origin : { path: first.origin.path, range: { start: first.origin.range.start + at, end: first.origin.range.start + at + words.length } }, message: issue.message, severity: issue.severity });
    }
  };
  return defineRule({
    id: row.id, title: row.title, severity: row.severity, confidence: 'high', references: row.references, what: `${row.what} In scripts, in notebooks, and in commands that programs run.`, why: row.why, whenNotToUse: row.whenNotToUse, noFix: row.noFix,
    checks: [
      { on: 'call', callees: processes, check: inCall },
      {
        on: 'document', languages: ['shell'], words: ['curl', 'wget', 'pip', 'git', 'npm', 'ssh'],
        check: (document, context: DocumentContext) => {
          const text = document.text.replace(/^[ \t]*#[^\n]*/gm, (line) => ' '.repeat(line.length)).replace(/\\\r?\n/g, (joint) => ' '.repeat(joint.length));
          for (const issue of own(text)) context.report({ at: { start: issue.start, end: issue.end }, message: issue.message, severity: issue.severity });
        },
      },
    ],
    examples: [
      { file: 'setup.sh', bad: marked(`#!/bin/sh\n${row.bad}\n`), good: `#!/bin/sh\n${row.good}\n` },
      { file: 'setup.ipynb', bad: marked(`# %%\n!${row.bad}\n`), good: `# %%\n!${row.good}\n` },
    ],
  });
});
