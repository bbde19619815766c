import { placeholder } from '../../server/rule/secrets.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';
import { inCommand, startedBy, startedTypes } from '../_services.ts';

const { secret } = families;
const sample = ['Sunset', 'Plain', '2219'].join('-');

/** A flag whose name says that what follows is secret, with a value that is written out. */
const written = /(?<!\S)--(?:api[-_]?key|master[-_]?key|password|passwd|auth[-_]?token|access[-_]?token|api[-_]?token|token|secret(?:[-_]key)?|requirepass|masterauth)[= ]["']?((?![$<{%/.-]|true\b|false\b)[^\s"'…]{6,})/i;
/** Values that rules on the text itself know by their form. */
const known = /^(?:sk-(?:proj|ant|or|svcacct)|hf_|gh[pousr]_|github_pat_|glpat-|AKIA|xox|pcsk_|eyJ)/;

export default [
  objectRule({
    id: 'secrets/secret-in-container-command',
    title: 'Secret in the command of a container',
    severity: 'medium',
    confidence: 'medium',
    types: startedTypes,
    yieldsTo: ['secrets/hardcoded-password', 'secrets/hardcoded-api-key', 'secrets/hardcoded-provider-token'],
    what: 'Reports flags such as `--api-key` and `--password` with a value that is written out, in the commands of pods, compose services and images.',
    why: secret.why,
    references: secret.references,
    noFix: 'The value has to come from a secret, by way of the environment or a file.',
    whenNotToUse: 'For values that open nothing.',
    check: (resource, tell) => {
      for (const service of startedBy(resource)) {
        const found = inCommand(service, written);
        const value = found ? written.exec(found.text)?.[1] : undefined;
        if (found && value !== undefined && !known.test(value) && !/\$|\{\{/.test(value) && placeholder(value) === undefined) tell(found.at, `A secret stands in the command of "${service.name}".`);
      }
    },
    bad: pod(container(`args: [--api-key=${sample}]`, `       ${'^'.repeat(10 + sample.length)}`)),
    good: pod(container('args: ["--api-key=$(API_KEY)"]')),
    more: [
      {
        file: 'docker-compose.yml',
        bad: `services:\n  cache:\n    image: redis@sha256:0\n    command: redis-server --requirepass ${sample}\n${' '.repeat(13)}${'^'.repeat(27 + sample.length)}\n`,
        good: 'services:\n  cache:\n    image: redis@sha256:0\n    command: redis-server --requirepass ${REDIS_PASSWORD}\n',
      },
    ],
  }),
];
