import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { awsSecret, under } from './_samples.ts';

const secret = awsSecret(47).replace(/[+/]/g, 'x');

export default defineRule({
  id: 'secrets/hardcoded-api-key',
  title: 'Key or token in the text',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-798', 'CWE-522', 'IA-5(7)', 'LLM02:2025', 'MCP01:2025', 'AML.T0055', 'AML.T0083', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports a literal that a name says is a key, a token or another credential, and that looks generated to a small model (letter pairs, entropy, kinds of characters, words). UUIDs, hashes, names, paths, public keys, encrypted values and placeholders are left out.',
  why: 'A key in the source is shared with everybody who reads it, copied into images and bundles, and outlives the person who needed it.',
  whenNotToUse: 'Where keys identify and do not authorise, as those of analytics in web pages.',
  leadsTo: ['secrets/secret-in-environment', 'secrets/secrets-outside-environment'],
  checks: [secretCheck(['api-key'])],
  examples: [
    {
      file: 'server.py',
      bad: `import os\n\n${under(`SERVICE_TOKEN = "${secret}"`, secret)}\n`,
      fixed: 'import os\n\nSERVICE_TOKEN = os.environ["SERVICE_TOKEN"]\n',
      good: 'import os\n\nSERVICE_TOKEN = os.environ["SERVICE_TOKEN"]\ntoken_url = "/oauth/token"\nSESSION_KEY = "session-key"\n',
    },
    {
      file: 'deploy.sh',
      bad: `${under(`export SERVICE_TOKEN="${secret}"`, secret)}\n./deploy\n`,
      fixed: 'export SERVICE_TOKEN="${SERVICE_TOKEN:?}"\n./deploy\n',
      good: 'export SERVICE_TOKEN="${SERVICE_TOKEN:?}"\n./deploy\n',
    },
    { title: 'Types and expressions of templates', file: 'main.bicep', good: "resource newSshKey 'Microsoft.Resources/deploymentScripts@2023-08-01' = {\n  name: 'make'\n}\nresource keyVaultAccess 'accessPolicies@2023-07-01' = {\n  name: 'add'\n}\n" },
    { title: 'Resources of nodes', file: 'gpu_test.go', good: 'var c = Case{resourceKey: "nvidia.com/mig-12g.128gb", AcceleratorAnnotationKey: "nvidia-tesla-v100"}\n' },
    { title: 'Digests by which a table of a test is keyed', file: 'tests/traces.json', good: '{"agent_key": {"key": "9ac7b3b0c5c8d2a1c55b66fb12bb4a49"}}\n' },
    { title: 'What a reader is to fill in', file: 'call.py', good: 'call(bearer_token="[Your token: abcdef012345]")\n' },
  ],
});
