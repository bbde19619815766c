import { defineRule, type Rule, type TextCheck } from '../../server/rule/rule.ts';
import { bankAccounts, cardNumbers, hashText, iban, isTrialPath, luhn, mask, medicalNumbers, nationalIds, type PersonalNumber, type TextItem } from '../../server/rule/secrets.ts';

/** Reports what a finder sees in each text, comments and prose excepted: their pieces are items of their own. */
function check(find: (item: TextItem) => readonly PersonalNumber[]): TextCheck {
  return {
    on: 'text',
    check: (item, context) => {
      if (item.role === 'comment' || item.role === 'output' || isTrialPath(context.document.path)) return;
      for (const one of find(item)) {
        context.report({
          at: one.range, message: `A ${one.what} (${mask(one.value)}) stands in the clear.`,
          identity: hashText(`wardline personal\n${one.value}`).slice(0, 32),
          explanation: 'Data of a person stays in the history of the repository once it is committed: remove it here and from the history, and tell whoever answers for data protection.',
        });
      }
    },
  };
}

const why = 'The text is copied with the repository, into images, notebooks and the context of coding assistants; laws on personal and payment data count that as a disclosure.';
const whenNotToUse = 'Where the numbers are invented and belong to nobody; take those that providers publish for tests. Tests and fixtures are not looked at.';
const noFix = 'Data of persons has to leave the repository and its history; what takes its place has to be decided.';

/** Digits completed by the check digit that makes them right, so that no number stands in the samples. */
function cardSample(start: string): string {
  for (let digit = 0; digit < 10; digit++) if (luhn(start + digit)) return (start + digit).replace(/(\d{4})(?=\d)/g, '$1 ');
  return start;
}

function accountSample(country: string, rest: string): string {
  for (let check = 2; check < 99; check++) {
    const candidate = `${country}${String(check).padStart(2, '0')}${rest}`;
    if (iban(candidate)) return candidate;
  }
  return country;
}

const cardNumber = cardSample(['4539', '8712', '0364', '917'].join(''));
const accountNumber = accountSample('DE', ['50010517', '0648', '489890'].join(''));
const socialNumber = ['536', '22', '8147'].join('-');
const marks = (text: string): string => '^'.repeat(text.length);

export default [
  defineRule({
    id: 'storage/card-number-in-text', title: 'Payment card number in the clear', severity: 'high', confidence: 'medium',
    references: ['CWE-312', 'LLM02:2025', 'pci-4.0.1:3.5.1', 'AISF-AI-03', 'iso-27001-2022:A.5.34'],
    what: 'Reports payment card numbers of known issuers with a right check digit, in groups or beside a name that says card. Numbers that payment providers publish for tests are left out.',
    why, whenNotToUse, noFix, checks: [check(cardNumbers)],
    examples: [{ file: 'orders.json', bad: `{ "card": "${cardNumber}" }\n           ${marks(cardNumber)}\n`, good: '{ "card": "4242 4242 4242 4242", "order": "4539871203649173" }\n' }],
  }),
  defineRule({
    id: 'storage/bank-account-in-text', title: 'Bank account number in the clear', severity: 'medium', confidence: 'medium', off: true,
    references: ['CWE-312', 'LLM02:2025', 'AISF-AI-03', 'iso-27001-2022:A.5.34'],
    what: 'Reports international bank account numbers (IBAN) whose check digits are right. The examples of the registry are left out.',
    why, whenNotToUse, noFix, checks: [check(bankAccounts)],
    examples: [{ file: 'payout.py', bad: `IBAN = "${accountNumber}"\n        ${marks(accountNumber)}\n`, good: 'IBAN = "DE89370400440532013000"\n' }],
  }),
  defineRule({
    id: 'storage/national-id-in-text', title: 'National identity number in the clear', severity: 'high', confidence: 'medium',
    references: ['CWE-312', 'LLM02:2025', 'AISF-AI-03', 'iso-27001-2022:A.5.34', 'hipaa:164.312(a)(1)'],
    what: 'Reports social security numbers within the ranges that are issued, where the name of the value says what it is. Numbers known from advertising and documentation are left out.',
    why, whenNotToUse, noFix, checks: [check(nationalIds)],
    examples: [{ file: 'patients.yaml', bad: `patients:\n  - name: A. Person\n    ssn: "${socialNumber}"\n          ${marks(socialNumber)}\n`, good: 'patients:\n  - name: A. Person\n    ssn: "123-45-6789"\n' }],
  }),
  defineRule({
    id: 'storage/medical-record-number-in-text', title: 'Medical record number in the clear', severity: 'medium', confidence: 'low', off: true,
    references: ['CWE-312', 'LLM02:2025', 'AISF-AI-03', 'hipaa:164.312(a)(1)', 'iso-27001-2022:A.5.34'],
    what: 'Reports numbers of medical records, patients and insured persons, by the name of the value.',
    why, whenNotToUse, noFix, checks: [check(medicalNumbers)],
    examples: [{ file: 'visit.json', bad: '{ "patient": { "mrn": "MRN-48213907" } }\n                       ^^^^^^^^^^^^\n', good: '{ "patient": { "mrn": "MRN-00000000", "visits": "48213907" } }\n' }],
  }),
] satisfies readonly Rule[];
