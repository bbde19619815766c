import { defineRule, type Rule } from '../../server/rule/rule.ts';

/** A rule of the tests: reports the word `flaw` in any text file and offers to remove it. */
export const flawRule: Rule = defineRule({
  id: 'dependencies/flaw',
  title: 'Flaw',
  severity: 'high',
  confidence: 'high',
  references: ['CWE-1104'],
  what: 'The word flaw.',
  why: 'It is a flaw.',
  whenNotToUse: 'Never.',
  checks: [{
    on: 'document',
    languages: ['typescript', 'python', 'yaml', 'json', 'text', 'markdown'],
    check: (document, context) => {
      for (const match of document.text.matchAll(/(?<!\/)\bflaw\b/g)) {
        const range = { start: match.index, end: match.index + 4 };
        context.report({ at: range, message: `The word "flaw" at ${match.index}.`, fixes: [{ title: 'Replace "flaw" with "good"', safe: true, intents: [{ kind: 'replace', origin: { path: document.path, range }, text: 'good' }] }] });
      }
    },
  }],
  examples: [{ file: 'a.ts', bad: 'flaw', fixed: 'good', good: 'good' }],
});

/** A rule of the tests that always fails. */
export const brokenRule: Rule = defineRule({
  ...flawRule,
  id: 'dependencies/broken',
  checks: [{ on: 'document', languages: ['typescript'], check: () => { throw new Error('broken on purpose'); } }],
});
