import { scalar, truth } from '../../server/rule/queries.ts';
import { objectRule } from '../_kubernetes.ts';

/** Functions of resources that give keys, passwords and signatures. */
const giving =
  /^list(?:\w*Keys?|\w*Secrets?|\w*Sas|ConnectionStrings|Credentials|\w*Passwords?|ClusterAdminCredential|ClusterUserCredential|PublishingCredentials|Value)$/i;

/** Names of secrets, and of what is only about them. */
const named = /(?:password|passwd|passphrase|clientsecret|apikey|accesskey|accountkey|privatekey|sharedkey|secretkey|sastoken|accesstoken|connectionstring)$/i;
const about = /(?:public|ssh|use|enable|disable|generate|reset|no|has|is|allow|require)\w*(?:key|password)$|^(?:disable|enable|use|allow|is|has)[A-Z]/i;

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
      if (called && giving.test(String(scalar(called))) && truth(resource.attributes.get('secure')?.value) !== true)
        tell(called, `Output "${resource.name}" shows a key.`);
    },
    bad: "resource ai 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = {\n  name: 'ai'\n}\noutput key string = ai.listKeys().key1\n                    ^^^^^^^^^^^^^^^^^^\n",
    good: "resource ai 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = {\n  name: 'ai'\n}\noutput url string = ai.properties.endpoint\n",
  }),
  objectRule({
    id: 'secrets/secure-parameter-in-output',
    title: 'Secure parameter in the output of a deployment',
    severity: 'medium',
    types: ['azure_output'],
    file: 'main.bicep',
    what: 'Reports outputs of Bicep files and templates that give a secure parameter, or a text with one in it, and that are not secure.',
    why: 'Outputs stay in the history of deployments, in plain text; that the parameter was hidden is then of no use.',
    references: ['CWE-532', 'CWE-522', 'IA-5'],
    noFix: 'What needs the secret has to get it from a vault.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      const shown = resource.attributes.get('shows')?.value;
      if (shown && truth(resource.attributes.get('secure')?.value) !== true) tell(shown, `Output "${resource.name}" shows the secure parameter ${String(scalar(shown))}.`);
    },
    bad: "@secure()\nparam password string\noutput connection string = 'Server=data;Password=${password}'\n                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
    good: "@secure()\nparam password string\noutput connection string = 'Server=data'\n",
  }),
  objectRule({
    id: 'secrets/plain-secret-parameter',
    title: 'Secret in a parameter that is shown',
    severity: 'medium',
    confidence: 'medium',
    types: ['azure_parameter'],
    file: 'main.bicep',
    what: 'Reports parameters of Bicep files and templates that are named as passwords and keys and are not secure.',
    why: 'The values of parameters stay in the history of deployments; whoever may read the resource group reads them there.',
    references: ['CWE-532', 'CWE-522', 'IA-5'],
    noFix: '`@secure()` above the parameter, or the type `secureString`, hides its value.',
    whenNotToUse: 'For names of secrets that a vault holds.',
    check: (resource, tell) => {
      const type = resource.attributes.get('type')?.value;
      if (/^(?:string|object)$/i.test(String(scalar(type) ?? '')) && named.test(resource.name) && !about.test(resource.name))
        tell(undefined, `Parameter "${resource.name}" is shown to everybody who may read the deployment.`);
    },
    bad: "param adminPassword string\n      ^^^^^^^^^^^^^\nresource data 'Microsoft.Sql/servers@2023-08-01' = {\n  name: 'data'\n  properties: {\n    administratorLoginPassword: adminPassword\n  }\n}\n",
    good: "@secure()\nparam adminPassword string\nresource data 'Microsoft.Sql/servers@2023-08-01' = {\n  name: 'data'\n  properties: {\n    administratorLoginPassword: adminPassword\n  }\n}\n",
  }),
];
