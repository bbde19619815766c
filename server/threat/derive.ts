import type { Category, Finding } from '../model/finding.ts';

/** A threat that holds because findings witness it. */
export interface Threat {
  readonly id: string;
  readonly title: string;
  readonly stride: 'Spoofing' | 'Tampering' | 'Repudiation' | 'Information disclosure' | 'Denial of service' | 'Elevation of privilege';
  readonly why: string;
  readonly icon: string;
  readonly witnesses: readonly Finding[];
}

type Template = Omit<Threat, 'witnesses' | 'id'>;

const templates: Readonly<Record<Category, Template>> = {
  'model-input': { title: 'Prompt injection', stride: 'Tampering', icon: 'comment-discussion', why: 'Text from outside reaches a model as instructions and turns it against its owner.' },
  'model-output': { title: 'Model output acts as code', stride: 'Elevation of privilege', icon: 'output', why: 'What a model writes is executed, rendered or queried, so whoever steers the model steers the system.' },
  'model-supply-chain': { title: 'Tampered model or data artefact', stride: 'Tampering', icon: 'package', why: 'A model or data file from elsewhere runs code when it is loaded, or changes without notice.' },
  agent: { title: 'Agent exceeds its authority', stride: 'Elevation of privilege', icon: 'robot', why: 'An agent or tool can do more than its task needs, without a person or a policy in between.' },
  secrets: { title: 'Credential theft', stride: 'Spoofing', icon: 'key', why: 'A credential in the workspace lets whoever reads it act as its owner.' },
  storage: { title: 'Disclosure of stored data', stride: 'Information disclosure', icon: 'database', why: 'Training data, prompts or personal data lie readable where others can get at them.' },
  transport: { title: 'Eavesdropping in transit', stride: 'Information disclosure', icon: 'plug', why: 'Data crosses a network without encryption, or to a peer that was not verified.' },
  iam: { title: 'Excess privilege', stride: 'Elevation of privilege', icon: 'account', why: 'An identity may do more than its work needs; its compromise reaches further.' },
  network: { title: 'Exposed service', stride: 'Spoofing', icon: 'globe', why: 'A service can be reached from networks that have no business with it.' },
  monitoring: { title: 'Unseen misuse', stride: 'Repudiation', icon: 'eye-closed', why: 'What happens is not recorded, so misuse is neither noticed nor proven.' },
  workload: { title: 'Breakout from a workload', stride: 'Elevation of privilege', icon: 'server-process', why: 'A compromised container or machine reaches its host or its neighbours.' },
  'input-validation': { title: 'Injection', stride: 'Tampering', icon: 'code', why: 'Input from outside changes the meaning of a command, query, path or page.' },
  auth: { title: 'Impersonation', stride: 'Spoofing', icon: 'shield', why: 'Who is calling is not verified, or is verified with something that can be forged.' },
  dependencies: { title: 'Compromised dependency', stride: 'Tampering', icon: 'references', why: 'Code from elsewhere is fetched without a fixed version or digest.' },
};

/** The threats that findings witness, those with most first; deterministic. */
export function deriveThreats(findings: readonly Finding[]): readonly Threat[] {
  const groups = new Map<Category, Finding[]>();
  for (const finding of findings) {
    const category = finding.ruleId.slice(0, finding.ruleId.indexOf('/')) as Category;
    const own = groups.get(category);
    if (own) own.push(finding);
    else groups.set(category, [finding]);
  }
  return [...groups]
    .map(([category, witnesses]): Threat => ({ id: category, ...templates[category], witnesses }))
    .sort((a, b) => b.witnesses.length - a.witnesses.length || (a.id < b.id ? -1 : 1));
}
