import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { artefactIdentity, type ArtefactIssue, type ArtefactReport } from '../../server/rule/artefacts.ts';

const references = ['CWE-502', 'AML.T0011.000', 'AML.T0018', 'LLM03:2025'] as const;

/** `model.pt (pytorch): calls os.system('…'), and 2 more.` */
function sentence(artefact: ArtefactReport, issues: readonly ArtefactIssue[]): string {
  const first = issues.slice(0, 2).map((one) => one.what);
  const more = issues.length - first.length;
  return `${artefact.name} (${artefact.formats.slice(0, 3).join(', ') || 'data'}) ${first.join(' and ')}${more > 0 ? `, and ${more} more` : ''}.`;
}

/** All that was found, for who looks closer. */
function details(artefact: ArtefactReport, issues: readonly ArtefactIssue[]): string {
  const lines = issues.slice(0, 40).map((one) => `- ${one.member === undefined ? '' : `${one.member}: `}${one.what}`);
  const rest = issues.length > 40 ? [`- ${issues.length - 40} more`] : [];
  const globals = artefact.globals.length > 0 ? [`Loading looks up: ${artefact.globals.slice(0, 30).join(', ')}${artefact.globals.length > 30 ? ', …' : ''}.`] : [];
  const notes = artefact.notes.length > 0 ? [`Not looked into: ${artefact.notes.slice(0, 10).join('; ')}.`] : [];
  return [...lines, ...rest, ...globals, ...notes].join('\n');
}

function ruleFor(kind: ArtefactIssue['kind'], rule: Omit<Rule, 'checks'>): Rule {
  return defineRule({
    ...rule,
    checks: [{
      on: 'artefact',
      check: (artefact, { report }) => {
        const issues = artefact.issues.filter((one) => one.kind === kind);
        if (issues.length === 0) return;
        report({ message: sentence(artefact, issues), explanation: details(artefact, issues), identity: artefactIdentity(artefact, kind) });
      },
    }],
  });
}

/** A protocol 0 pickle, which is text: calls a function with a text. */
const pickleOf = (module: string, name: string, text: string): string => `c${module}\n^\n${name}\n(S'${text}'\ntR.`;

export default [
  ruleFor('dangerous', {
    id: 'model-supply-chain/dangerous-artefact', title: 'Model or data file that runs code when it is loaded', severity: 'critical', confidence: 'high', references,
    what: 'Reports files that run code, start processes, open files or reach the network when they are loaded: pickles and all that hold them (PyTorch, joblib, NumPy, archives), Keras layers with code, TensorFlow graphs with file operations, templates that break out of their sandbox. Nothing is loaded to find out.',
    why: 'Whoever loads the file runs what its author wrote into it, with the rights of the notebook, the training job or the server.',
    whenNotToUse: 'For files that a test makes on purpose and never loads.',
    noFix: 'Delete the file, find out where it came from, and take the weights from their publisher as safetensors.',
    examples: [
      { file: 'model.pkl', title: 'a pickle that calls a shell', bad: pickleOf('posix', 'system', 'echo loaded'), good: "ccollections\nOrderedDict\n(tR." },
      { file: 'weights.pt', title: 'the call is made through getattr', bad: "c__builtin__\n^\ngetattr\n(c__builtin__\n__import__\n(S'os'\ntRS'getpid'\ntR(tR.", good: '(dp0\n.' },
    ],
  }),
  ruleFor('malformed', {
    id: 'model-supply-chain/malformed-artefact', title: 'Model or data file whose structure lies', severity: 'medium', confidence: 'high', references: ['CWE-20', 'AML.T0010.003', 'LLM03:2025'],
    what: 'Reports model files whose lengths and offsets point outside of the file or into each other, members and external data that lie outside of their folder, and archives that different readers unpack differently.',
    why: 'Such files are made to crash or to overwrite memory in native loaders, to write files elsewhere, or to show one content to a scanner and another one to the loader.',
    whenNotToUse: 'For truncated downloads that are known and not loaded.',
    noFix: 'Fetch the file again from its publisher and compare its digest.',
    examples: [
      { file: 'model.safetensors', title: 'a header with a tensor outside of the file', bad: `${String.fromCharCode(0x47, 0, 0, 0, 0, 0, 0, 0)}{"weight":{"dtype":"F32","shape":[2],"data_offsets":[0,800]}}          \n^\n0000`, good: `${String.fromCharCode(0x47, 0, 0, 0, 0, 0, 0, 0)}{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}            0000` },
    ],
  }),
  ruleFor('unknown', {
    id: 'model-supply-chain/unknown-artefact-code', title: 'Model or data file that needs code that is not known', severity: 'low', confidence: 'medium', references,
    what: 'Reports files that look up functions or classes outside of the known libraries when they are loaded, carry code of their own, or are packed in a way that cannot be looked into.',
    why: 'What such names do depends on the machine that loads the file; a model that is only weights needs none of them.',
    whenNotToUse: 'For models of classes of your own, which only your own code loads.',
    noFix: 'Save the weights alone, as a state dictionary or as safetensors.',
    examples: [
      { file: 'model.pkl', title: 'a class of an unknown module', bad: 'cacme.pipeline\n^\nbuild_model\n(tR.', good: "cnumpy.core.multiarray\nscalar\n(tR." },
    ],
  }),
].map((rule) => ({ ...rule, tags: ['artefact'] }));
