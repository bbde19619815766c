import { lookIn, mapsOf } from '../../server/rule/queries.ts';
import { placeholder } from '../../server/rule/secrets.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

/** Names whose value is a credential, and not where one is found. */
const credential = /(?:^|[_.-])(?:password|passwd|passphrase|secret|secret[_.-]?key|api[_.-]?key|access[_.-]?key|private[_.-]?key|(?:auth|access|bearer)[_.-]?token)$/i;
/** Values that are no credentials: references, addresses, places, switches. */
const elsewhere = /\s|\$[({]|\{\{|^\$|<.*>|^(?:https?|file|vault|arn|ref\+\w+):|^\/|^\.\.?\/|^(?:true|false|null|none|\d+)$/i;
const written = (key: string, value: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chat\ndata:\n  ${key}: ${value}\n`;
const sample = ['Mango', 'Tree', '5521'].join('-');

export default [
  objectRule({
    id: 'secrets/password-in-config-map',
    title: 'Password in a config map',
    severity: 'medium',
    confidence: 'medium',
    types: ['k8s_configmap', 'kubernetes_config_map', 'kubernetes_config_map_v1'],
    file: 'config.yaml',
    references: ['CWE-312', 'CWE-522', 'IA-5'],
    what: 'Reports entries of config maps whose name says that they are a password, key or token, and that hold a value.',
    why: 'Config maps are shown to everybody who may look on, are not encrypted at rest, and stand in the repository.',
    noFix: 'The value has to move into a Secret or a secret store, and has to be changed.',
    whenNotToUse: 'For values that are no credentials after all.',
    check: (resource, tell) => {
      for (const data of lookIn(mapOfResource(resource), 'data').values.flatMap(mapsOf))
        for (const { key, value } of data.entries.values()) {
          if (value.kind !== 'string' || !credential.test(key)) continue;
          const text = value.value.trim();
          if (text.length < 6 || elsewhere.test(text) || placeholder(text) !== undefined) continue;
          if (text.toLowerCase().replace(/[^a-z]/g, '').includes(key.toLowerCase().replace(/[^a-z]/g, ''))) continue;
          tell(value, `"${key}" of config map "${resource.name}" holds a credential.`);
        }
    },
    bad: `${written('db_password', sample)}               ${'^'.repeat(sample.length)}\n`,
    good: written('db_password_file', '/run/secrets/db'),
  }),
];
