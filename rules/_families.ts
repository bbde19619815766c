import { attributeRules, type AttributeRow, type Expectation } from '../server/rule/attribute-table.ts';
import type { Rule } from '../server/rule/rule.ts';

type Family = Pick<AttributeRow, 'severity' | 'why' | 'references'> & Partial<Pick<AttributeRow, 'confidence' | 'whenNotToUse'>>;

/** Reasons and references that the rows of a family share. */
export const families = {
  atRest: { severity: 'high', confidence: 'medium', why: 'Whoever gets at the disk, a snapshot or a backup reads the data; training data, prompts and personal data are then disclosed at once.', references: ['CWE-311', 'SC-28', 'hipaa:164.312(a)(2)(iv)', 'pci-4.0.1:3.5.1', 'AISF-INFRA-05'] },
  customerKey: { severity: 'low', confidence: 'medium', why: 'A provider-managed key cannot be revoked, restricted or audited by its user; for training data, models and personal data that control is what contains a leak.', references: ['CWE-311', 'SC-12', 'AISF-INFRA-07'] },
  public: { severity: 'high', why: 'Anybody on the internet can read it, or write to it and poison what is trained on it.', references: ['CWE-732', 'AC-3', 'hipaa:164.312(a)(1)', 'AISF-DATA-04'] },
  transit: { severity: 'high', why: 'Who sits on the network reads and changes what passes: credentials, prompts, model answers.', references: ['CWE-319', 'SC-8', 'hipaa:164.312(e)(1)', 'pci-4.0.1:4.2.1', 'AISF-INFRA-06'] },
  oldTls: { severity: 'medium', why: 'Old protocol versions and ciphers have known attacks, and a peer can be talked down to them.', references: ['CWE-327', 'SC-8', 'pci-4.0.1:4.2.1'] },
  exposed: { severity: 'high', why: 'A service that the internet can reach is found and tried within minutes; one weak password or one unpatched flaw is then enough.', references: ['CWE-668', 'SC-7', 'pci-4.0.1:1.4.2'] },
  segmentation: { severity: 'medium', why: 'Without a network boundary of its own, a compromise of one workload reaches the next, and data leaves unhindered.', references: ['CWE-668', 'SC-7', 'AISF-INFRA-08'] },
  logging: { severity: 'low', confidence: 'medium', why: 'Without a record, misuse is neither noticed nor proven.', references: ['CWE-778', 'AU-2', 'hipaa:164.312(b)', 'pci-4.0.1:10.2.1', 'AISF-DETECT-01'] },
  recovery: { severity: 'low', confidence: 'medium', why: 'A deletion, by mistake or by ransom, is then final.', references: ['CP-9', 'hipaa:164.308(a)(7)(ii)(A)'] },
  identity: { severity: 'medium', why: 'What does not prove who it is can be anybody.', references: ['CWE-306', 'IA-2', 'hipaa:164.312(d)'] },
  privilege: { severity: 'high', why: 'More rights than the work needs are what an intruder works with.', references: ['CWE-250', 'AC-6', 'pci-4.0.1:7.2.5', 'AISF-IAM-02'] },
  container: { severity: 'medium', why: 'A process that breaks out of its container finds the host and its neighbours within reach.', references: ['CWE-250', 'AC-6', 'CM-6'] },
  rotation: { severity: 'low', confidence: 'medium', why: 'A key that never changes stays useful to whoever once copied it.', references: ['CWE-798', 'SC-12', 'pci-4.0.1:3.7.4'] },
  patching: { severity: 'low', confidence: 'medium', why: 'Known flaws stay open until somebody remembers to update.', references: ['CWE-1104', 'SI-2', 'pci-4.0.1:6.3.3'] },
} as const satisfies Readonly<Record<string, Family>>;

type Line = Omit<AttributeRow, 'severity' | 'why' | 'references' | 'types'> & Partial<AttributeRow> & { readonly type: string | readonly string[] };

/** Rows of one family. */
export function table(family: Family, lines: readonly Line[]): readonly Rule[] {
  return attributeRules(lines.map(({ type, ...line }): AttributeRow => ({ ...family, ...line, types: typeof type === 'string' ? [type] : type })));
}

/** Must be true; missing is the bad default. */
export const on = { must: { is: [true] } as Expectation, absent: 'bad', set: true } as const;
/** Must not be false; missing is fine. */
export const notOff = { must: { is: [true] } as Expectation, absent: 'fine', set: true } as const;
/** Must not be true; missing is fine. */
export const notOn = { must: { is: [false] } as Expectation, absent: 'fine', set: false } as const;
/** Must be false; missing is the bad default. */
export const off = { must: { is: [false] } as Expectation, absent: 'bad', set: false } as const;
/** Must be there. */
export const needed = { must: 'present', absent: 'bad' } as const;
