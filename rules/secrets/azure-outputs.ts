import { scalar, truth } from '../../server/rule/queries.ts';
import { objectRule } from '../_kubernetes.ts';

/** Functions of resources that give keys, passwords and signatures. */
const giving = /^list(?:\w*Keys?|\w*Secrets?|\w*Sas|ConnectionStrings|Credentials|\w*Passwords?|ClusterAdminCredential|ClusterUserCredential|PublishingCredentials|Value)$/i;

export default [
  objectRule({
    id: 'secrets/key-in-output',
    title: 'Key in the output of a deployment',
    severity: 'medium',
    types: ['azure_output'],
    file: 'main.bicep',
    what: 'Reports outputs of Bicep files and templates that give what `listKeys` and the like return, and that are not secure.',
    why: 'Outputs stay in the history of deployments; whoever may read the resource group reads the key there.',
    references: ['CWE-532', 'CWE-522', 'IA-5'],
    noFix: 'What needs the key has to read it by itself, or from a vault.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      const called = resource.attributes.get('calls')?.value;
      if (called && giving.test(String(scalar(called))) && truth(resource.attributes.get('secure')?.value) !== true) tell(called, `Output "${resource.name}" shows a key.`);
    },
    bad: "resource ai 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = {\n  name: 'ai'\n}\noutput key string = ai.listKeys().key1\n                    ^^^^^^^^^^^^^^^^^^\n",
    good: "resource ai 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = {\n  name: 'ai'\n}\noutput url string = ai.properties.endpoint\n",
  }),
];
