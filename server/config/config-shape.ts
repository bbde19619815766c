import type { Shape } from './shape.ts';

const setting: Shape = {
  kind: 'either',
  options: [
    { kind: 'string', values: ['off', 'on', 'critical', 'high', 'medium', 'low', 'info'] },
    {
      kind: 'map',
      keys: {
        severity: { shape: { kind: 'string', values: ['off', 'on', 'critical', 'high', 'medium', 'low', 'info'] }, description: 'Off, on, or another severity.' },
        options: { shape: { kind: 'any' }, description: 'Options of the rule; its page lists them.' },
        reason: { shape: { kind: 'string' }, description: 'Why the team decided so; shown by "Explain Configuration".' },
      },
    },
  ],
};
const globs: Shape = { kind: 'list', of: { kind: 'string', glob: true }, most: 500 };
const rules = { shape: { kind: 'map', keys: {}, others: { names: 'rule', shape: setting } }, description: 'Rules by id, or a whole category as `iam/*`: off, on, or another severity.' } as const;
const categories = { shape: { kind: 'map', keys: {}, others: { names: 'category', shape: setting } }, description: 'All rules of a category: off, on, or another severity.' } as const;
const tags = { shape: { kind: 'map', keys: {}, others: { names: 'tag', shape: setting } }, description: 'All rules with a tag: off, on, or another severity.' } as const;
const confidence = { shape: { kind: 'string', values: ['high', 'medium', 'low'] }, description: 'Findings of less confidence are not reported.' } as const;
const day = { kind: 'string', pattern: /^\d{4}-\d{2}-\d{2}$/, patternHint: 'a date as 2027-01-31' } as const;

/** Names of the presets; see ./presets. */
export const presetNames = ['recommended', 'strict', 'ai-only', 'iac-only', 'hipaa', 'pci', 'nist-ai', 'owasp-llm', 'eu-ai-act'] as const;
export type PresetName = (typeof presetNames)[number];

/** What may stand in `.wardline/config.yaml`. */
export const configShape: Extract<Shape, { kind: 'map' }> = {
  kind: 'map',
  keys: {
    root: { shape: { kind: 'boolean' }, description: 'No configuration above this folder is read.' },
    extends: { shape: { kind: 'either', options: [{ kind: 'string' }, { kind: 'list', of: { kind: 'string' }, most: 20 }] }, description: 'Configurations that this one builds on: relative paths or installed npm packages.' },
    presets: { shape: { kind: 'list', of: { kind: 'string', values: presetNames } }, description: 'Built-in sets of rules. Packs such as hipaa keep only the rules that support a control of the framework.' },
    preset: { shape: { kind: 'list', of: { kind: 'string', values: presetNames } }, description: 'The former name of presets.', replacedBy: 'presets' },
    rules, categories, tags,
    minimumConfidence: confidence,
    overrides: {
      shape: {
        kind: 'list', most: 200,
        of: { kind: 'map', keys: { paths: { shape: globs, description: 'Globs relative to the folder that holds `.wardline`.' }, rules, categories, tags, minimumConfidence: confidence }, required: ['paths'] },
      },
      description: 'Settings for some paths; later entries win.',
    },
    locked: { shape: { kind: 'list', of: { kind: 'string', names: 'rule' }, most: 2000 }, description: 'Rules that nested configurations, user settings and suppressions cannot lower.' },
    ignore: { shape: globs, description: 'Globs of files that are not analysed, relative to the folder that holds `.wardline`.' },
    suppressions: {
      shape: {
        kind: 'map',
        keys: {
          requireReason: { shape: { kind: 'boolean' }, description: 'A suppression without a reason does not hold. Default true.' },
          maxDays: { shape: { kind: 'number', least: 1, most: 3650 }, description: 'A suppression must expire within this many days; one without a date does not hold.' },
          entries: {
            shape: {
              kind: 'list', most: 5000,
              of: {
                kind: 'map', required: ['rule', 'path', 'reason'],
                keys: {
                  rule: { shape: { kind: 'string', names: 'rule' }, description: 'The rule that is suppressed.' },
                  path: { shape: { kind: 'string', glob: true }, description: 'Glob of the files, relative to the folder that holds `.wardline`.' },
                  fingerprint: { shape: { kind: 'string' }, description: 'Only the finding with this fingerprint.' },
                  reason: { shape: { kind: 'string' }, description: 'Why the finding is accepted.' },
                  until: { shape: day, description: 'The last day on which the suppression holds.' },
                },
              },
            },
            description: 'Suppressions of files that cannot hold comments.',
          },
        },
      },
      description: 'What a suppression needs, and those that cannot stand in a comment.',
    },
    dataClasses: {
      shape: { kind: 'map', keys: {}, others: { names: 'free', shape: { kind: 'list', of: { kind: 'string' }, most: 500 } } },
      description: 'Names of fields, variables, tables and stores that carry a class of data: `health: [diagnosis, patient*]`.',
    },
    models: {
      shape: {
        kind: 'map', keys: {},
        others: { names: 'free', shape: { kind: 'map', keys: { allow: { shape: { kind: 'list', of: { kind: 'string' } }, description: 'Data classes that the model may see.' }, deny: { shape: { kind: 'list', of: { kind: 'string' } }, description: 'Data classes that the model must not see.' } } } },
      },
      description: 'Models by name or provider (`openai:*`) and the classes of data they may see.',
    },
    trustedSanitizers: { shape: { kind: 'list', of: { kind: 'string' }, most: 200 }, description: 'Functions of the team whose result is validated: `app/security#cleanPrompt`.' },
    modelSigners: {
      shape: {
        kind: 'list', most: 100, of: {
          kind: 'map', keys: {
            publicKey: { shape: { kind: 'string' }, description: 'PEM file of a public key, relative to the folder that holds `.wardline`.' },
            certificate: { shape: { kind: 'string' }, description: 'PEM file of a certificate authority.' },
            identity: { shape: { kind: 'string' }, description: 'Subject of the certificate of a keyless signature: `release@example.org`.' },
            issuer: { shape: { kind: 'string' }, description: 'Issuer of that identity: `https://accounts.google.com`.' },
            trustedRoot: { shape: { kind: 'string' }, description: 'Sigstore\'s trusted root as JSON, for keyless signatures.' },
          },
        },
      },
      description: 'Who may sign models: keys, certificate authorities and identities against which `model.sig` is verified.',
    },
    internalEndpoints: { shape: { kind: 'list', of: { kind: 'string' }, most: 200 }, description: 'Host names that count as inside the trust boundary: `*.corp.example.com`.' },
    limits: {
      shape: { kind: 'map', keys: { fileSize: { shape: { kind: 'number', least: 1000, most: 50_000_000 }, description: 'Largest text file or notebook that is analysed, in bytes. Without it 4,000,000, for notebooks 24,000,000.' } } },
      description: 'Bounds of the analysis.',
    },
  },
};
