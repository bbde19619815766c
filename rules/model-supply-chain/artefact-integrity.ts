import { artefactIdentity, artefactsAt } from '../../server/rule/artefacts.ts';
import { callRule } from '../_calls.ts';
import { marked } from '../_samples.ts';
import { loadedPath, loaders } from './_loaders.ts';
import { defineRule } from '../../server/rule/rule.ts';

/** The digest of an empty dictionary as a pickle. */
const lock = JSON.stringify({ version: 1, models: [{ path: 'model.pkl', sha256: '8e452144801c40bbf1278559e870c09bfeadf68a56dbd75cc095941659b4634d', size: 6, format: 'pickle' }] });

const changed = defineRule({
  id: 'model-supply-chain/changed-artefact', title: 'Model or data file that is not what was locked or signed', severity: 'high', confidence: 'high', references: ['CWE-345', 'CWE-353', 'AML.T0010.003', 'LLM03:2025'],
  what: 'Reports files whose digest differs from the one in `.wardline/models.lock` or in an OpenSSF model signature (`model.sig`) beside or above them, signatures that do not hold for the keys, certificates and identities of `modelSigners`, and files that lie in a signed folder and are not signed.',
  why: 'A model that was exchanged after it was checked answers, or runs, what its new author wants.',
  whenNotToUse: 'Never for a release. After a deliberate change run `wardline models lock`, or sign again.',
  noFix: 'Fetch the file again from its source, or run `wardline models lock` if the change is meant.',
  tags: ['artefact'],
  checks: [{
    on: 'artefact',
    check: (artefact, { report }) => {
      const { differences = [], checked = [], source } = artefact.integrity ?? {};
      if (differences.length === 0) return;
      report({
        message: `${artefact.name} ${differences.slice(0, 2).join(' and ')}.`,
        explanation: [...differences.map((one) => `- ${one}`), ...checked.map((one) => `- checked: ${one}`), ...(source === undefined ? [] : [`Locked source: ${source}`])].join('\n'),
        identity: artefactIdentity({ ...artefact, issues: differences.map((what) => ({ kind: 'malformed', what })) }, 'malformed'),
      });
    },
  }],
  examples: [
    {
      file: 'model.pkl', title: 'the lock holds another digest', bad: '(dp1\n^\n.', good: '(dp0\n.',
      files: { '.wardline/models.lock': lock },
    },
  ],
});

export default [changed, callRule({
  id: 'model-supply-chain/loads-changed-artefact', title: 'Load of a file that is not what was locked or signed', severity: 'high', callees: loaders, references: ['CWE-345', 'AML.T0010.003', 'LLM03:2025'], inTests: true,
  what: 'Reports calls that load a model or data file of the workspace whose digest differs from the lock or the signature.',
  why: 'The program will use, and may run, a file that is not the one that was checked.',
  whenNotToUse: 'While a model is being trained; lock it when it is done.',
  noFix: 'Fetch the file again from its source, or run `wardline models lock` if the change is meant.',
  judge: (call, context) => {
    const loaded = loadedPath(call);
    const found = loaded && artefactsAt(loaded.path, context).find((one) => (one.integrity?.differences.length ?? 0) > 0);
    if (!found) return undefined;
    const { differences, source } = found.integrity!;
    return { at: loaded.argument.origin, message: `${call.written} loads ${found.name}, which ${differences[0]}.`, explanation: [...differences.map((one) => `- ${one}`), ...(source === undefined ? [] : [`Locked source: ${source}`])].join('\n') };
  },
  examples: [
    { file: 'score.py', bad: marked('import joblib\nmodel = joblib.load(«"model.pkl"»)\n'), good: 'import joblib\nmodel = joblib.load("other.pkl")\n', files: { 'model.pkl': '(dp0\n.\n', '.wardline/models.lock': lock } },
  ],
})];
