import type { Value } from '../../server/rule/queries.ts';
import { base, file, instructionsOf, type Instruction } from '../_docker.ts';
import { uncheckedPrograms } from '../_downloads.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { fetchedModels } from '../_model-downloads.ts';
import { shellIssues } from '../_shell.ts';

const { supply } = families;
const run = (command: string): string => `${base}\nRUN ${command}\n`;
const marked = (command: string): string => `${run(command)}    ${'^'.repeat(command.length)}\n`;

/** The RUN instructions that something was found in; each is judged with those behind it, where a hash may be compared. */
function found(all: readonly Instruction[], find: (script: string) => readonly { readonly start: number; readonly message: string }[]): readonly { readonly at: Value; readonly message: string }[] {
  const runs = all.filter((one) => one.keyword === 'RUN');
  return runs.flatMap((one, at) => {
    const rest = runs.slice(at + 1).filter((other) => other.stage === one.stage).map((other) => other.text);
    return find([one.text, ...rest].join('\n')).flatMap(({ start, message }) => (start < one.text.length ? [{ at: one.argument, message }] : []));
  });
}

const codeOfModel = /--trust[-_]remote[-_]code\b(?![= ]+(?:false|0)\b)|\btrust_remote_code\s*=\s*True\b|\bweights_only\s*=\s*False\b/;
/** An image that a file is copied from, written out and with a tag that moves or none. */
const copiedFrom = /--from=((?:[\w.-]+(?::\d+)?\/)+[\w.-]+(?::latest)?)(?=\s|$)/;

/** What builds of images fetch. */
export default [
  objectRule({
    id: 'model-supply-chain/image-model-unpinned',
    title: 'Model that an image is built with, unchecked',
    severity: 'low',
    confidence: 'medium',
    types: ['dockerfile'],
    file,
    what: 'Reports RUN that downloads a model at no fixed commit of its hub, or without a check of its hash.',
    why: 'Whoever takes the account or the server over decides which model every container serves; loading a pickle also runs their code.',
    references: ['LLM03:2025', 'AML.T0010.003', 'CWE-494'],
    noFix: 'The commit or the hash has to be looked up.',
    check: (resource, tell) => {
      for (const one of found(instructionsOf(resource), fetchedModels)) tell(one.at, one.message);
    },
    bad: marked('hf download acme/reranker --local-dir /models'),
    good: run('hf download acme/reranker --revision 1f2e3d4c5b6a79880917263544536271a0b9c8d7 --local-dir /models'),
    more: [
      {
        file,
        bad: marked('wget -q https://models.example.com/weights/model.pth -O /models/model.pth'),
        good: run('wget -q https://models.example.com/weights/model.pth -O /models/model.pth && sha256sum -c model.sha256'),
      },
    ],
  }),
  objectRule({
    id: 'model-supply-chain/image-runs-model-code',
    title: 'Image whose build runs the code of a model',
    severity: 'medium',
    confidence: 'medium',
    types: ['dockerfile'],
    file,
    what: 'Reports `--trust-remote-code`, `trust_remote_code=True` and `weights_only=False` in RUN.',
    why: 'What the code leaves behind is in every container of the image.',
    references: ['CWE-502', 'CWE-829', 'AML.T0010.003', 'LLM03:2025'],
    noFix: 'The model has to be one that needs no code, or a copy of the code that was read.',
    whenNotToUse: "For repositories of one's own that are fixed to a commit.",
    check: (resource, tell) => {
      for (const one of instructionsOf(resource)) if (one.keyword === 'RUN' && codeOfModel.test(one.text)) tell(one.argument, 'The build runs code that a model brings.');
    },
    bad: marked('python -c "from transformers import AutoModel; AutoModel.from_pretrained(\'acme/m\', trust_remote_code=True)"'),
    good: run('python -c "from transformers import AutoModel; AutoModel.from_pretrained(\'acme/m\')"'),
  }),
  objectRule({
    id: 'dependencies/image-unchecked-program',
    title: 'Downloaded program that a build runs unchecked',
    severity: 'low',
    confidence: 'medium',
    types: ['dockerfile'],
    file,
    what: 'Reports RUN that writes a program or a script from an address whose content changes to a file, and runs it without a check of its hash or signature.',
    why: supply.why,
    references: ['CWE-494', ...supply.references],
    noFix: 'The hash has to be looked up, and compared before the program runs.',
    check: (resource, tell) => {
      const unchecked = (script: string) => uncheckedPrograms(script).map((one) => ({ start: one.start, message: `${one.name} is run without a check of what was downloaded.` }));
      for (const one of found(instructionsOf(resource), unchecked)) tell(one.at, one.message);
    },
    bad: marked('curl -fsSLo /tmp/i.sh https://get.example.com/i.sh && sh /tmp/i.sh'),
    good: run('curl -fsSLo /tmp/i.sh https://get.example.com/i.sh && sha256sum -c i.sha256 && sh /tmp/i.sh'),
  }),
  objectRule({
    id: 'dependencies/image-package-index',
    title: 'Packages of an image from a second index',
    severity: 'low',
    confidence: 'medium',
    types: ['dockerfile'],
    file,
    what: 'Reports `--extra-index-url` in RUN.',
    why: 'Of two packages with one name the higher version wins, wherever it lies; a stranger can publish it.',
    references: ['CWE-427', ...supply.references],
    noFix: 'One index that holds all packages has to be set up.',
    check: (resource, tell) => {
      for (const one of instructionsOf(resource))
        if (one.keyword === 'RUN' && shellIssues(one.text).some((issue) => issue.kind === 'index' && one.text.startsWith('--extra', issue.start))) tell(one.argument, 'A package of the same name in either index may be installed.');
    },
    bad: marked('pip install --no-cache-dir --extra-index-url https://pypi.example.com/simple acme==1.0'),
    good: run('pip install --no-cache-dir --index-url https://pypi.example.com/simple acme==1.0'),
  }),
  objectRule({
    id: 'dependencies/copy-from-latest',
    title: 'Files copied from whatever an image is today',
    severity: 'low',
    types: ['dockerfile'],
    file,
    what: 'Reports COPY `--from` of an image of others at `latest`, or without a tag.',
    why: supply.why,
    references: supply.references,
    noFix: 'The version or the digest has to be looked up.',
    check: (resource, tell) => {
      for (const one of instructionsOf(resource)) {
        const image = one.keyword === 'COPY' ? copiedFrom.exec(one.flags)?.[1] : undefined;
        if (image !== undefined) tell(one.argument, `The image takes files from whatever "${image}" is today.`);
      }
    },
    bad: `${base}\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/uv\n                                        ^^^^^^^^^^^\n`,
    good: `${base}\nCOPY --from=ghcr.io/astral-sh/uv:0.7.19 /uv /bin/uv\n`,
  }),
];
