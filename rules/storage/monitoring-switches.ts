import type { Rule } from '../../server/rule/rule.ts';
import { sample } from '../_samples.ts';
import { switchRule } from '../_switches.ts';

const sentry = /^(?:@sentry\/|sentry_sdk)/;

export default [
  switchRule({
    id: 'storage/personal-data-to-monitoring', title: 'Personal data sent along with reports of errors', severity: 'low', references: ['CWE-532', 'CWE-200', 'LLM02:2025'],
    rows: [
      { names: ['sendDefaultPii', 'send_default_pii'], of: sentry, message: 'Addresses, cookies and prompts of users go to the service that collects errors.' },
      { names: ['recordInputs', 'recordOutputs', 'include_prompts'], of: sentry, message: 'Prompts and answers go to the service that collects errors.' },
    ],
    what: 'Reports settings of Sentry that send personal data of users, or what they ask a model, along with errors and traces.', why: 'What users wrote in confidence then lies with another company, where all who look at errors read it.',
    whenNotToUse: 'Where users were told, and the fields are scrubbed before they are sent.', noFix: 'Which fields the reports need has to be decided.',
    examples: [
      { file: 'instrument.ts', bad: sample(["import * as Sentry from '@sentry/node';", "Sentry.init({ dsn: process.env.SENTRY_DSN, sendDefaultPii: «true» });"]), fixed: sample(["import * as Sentry from '@sentry/node';", "Sentry.init({ dsn: process.env.SENTRY_DSN, sendDefaultPii: false });"]), good: sample(["import * as Sentry from '@sentry/node';", "Sentry.init({ dsn: process.env.SENTRY_DSN });"]) },
      { file: 'app.py', bad: sample(['import sentry_sdk', 'sentry_sdk.init(dsn=DSN, send_default_pii=«True»)']), fixed: sample(['import sentry_sdk', 'sentry_sdk.init(dsn=DSN, send_default_pii=False)']), good: sample(['import sentry_sdk', 'sentry_sdk.init(dsn=DSN)']) },
    ],
  }),
] satisfies readonly Rule[];
