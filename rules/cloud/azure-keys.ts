import { lookIn, scalar, truth, type MapEntry, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule } from '../_kubernetes.ts';

const { secret, oldTls, transit } = families;

/** What providers call the keys and connection strings that their resources give. */
const keyAttribute = /^(?:primary|secondary)_(?:(?:access_|admin_|shared_access_|read_)?key|(?:blob_|read_)?connection_string|sql_connection_string|api_key)$|^(?:default_)?(?:primary|secondary)_connection_string$|^admin_password$|^instrumentation_key$/;

/** Settings of an application in the provider's vocabulary: maps, and lists of names with values. */
const settings: readonly string[] = ['app_settings', 'site_config.app_settings'];

function keyOf(value: Value): string | undefined {
  const attribute = value.kind === 'reference' ? value.attribute.at(-1) : undefined;
  return attribute !== undefined && keyAttribute.test(attribute) && attribute !== 'instrumentation_key' ? attribute : undefined;
}

const app = (line: string, mark: number): string => `resource "azurerm_linux_web_app" "chat" {\n  name = "chat"\n  app_settings = {\n${line}\n${mark > 0 ? `${' '.repeat(21)}${'^'.repeat(mark)}\n` : ''}  }\n}\n`;

/** `Tls10` of `Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Backend.Protocols.Tls10`. */
const weakProtocol = /^Microsoft\.WindowsAzure\.ApiManagement\.Gateway\.Security\.(?:Backend\.)?(?:Protocols\.(Ssl30|Tls10|Tls11)|Ciphers\.(TripleDes168))$/i;

function weakProtocols(resource: Resource): readonly MapEntry[] {
  return mapsAt(resource, 'properties.customProperties').flatMap((map) => [...map.entries.values()].filter((entry) => weakProtocol.test(entry.key) && /^true$/i.test(String(scalar(entry.value) ?? ''))));
}

const gateway = (value: string, mark: boolean): string =>
  [
    "resource apim 'Microsoft.ApiManagement/service@2024-05-01' = {",
    "  name: 'apim'",
    '  properties: {',
    '    customProperties: {',
    `      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': '${value}'`,
    ...(mark ? [`${' '.repeat(80)}${'^'.repeat(value.length)}`] : []),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');

const signature = (value: string, mark: boolean): string => `data "azurerm_storage_account_sas" "upload" {\n  https_only = ${value}\n${mark ? `${' '.repeat(15)}${'^'.repeat(value.length)}\n` : ''}}\n`;

export default [
  objectRule({
    id: 'secrets/key-in-app-settings',
    title: 'Key in the settings of an application',
    severity: 'low',
    confidence: 'medium',
    types: ['azurerm_app_service', 'azurerm_linux_web_app', 'azurerm_windows_web_app', 'azurerm_linux_function_app', 'azurerm_windows_function_app', 'azurerm_function_app', 'azurerm_linux_web_app_slot', 'azurerm_windows_web_app_slot'],
    file: 'main.tf',
    what: 'Reports settings of web apps and functions that take the key or the connection string of another resource.',
    why: 'Whoever may read the configuration of the application, or the state of Terraform, reads the key.',
    references: secret.references,
    noFix: 'An identity with a role on the resource needs no key; a reference to a vault hides one.',
    whenNotToUse: 'For resources that know no identities.',
    check: (resource, tell) => {
      for (const path of settings) {
        for (const map of mapsAt(resource, path)) {
          for (const entry of map.entries.values()) if (keyOf(entry.value)) tell(entry.value, `Setting ${entry.key} of "${resource.name}" holds a key.`);
        }
      }
    },
    bad: app('    AZURE_OPENAI_KEY = azurerm_cognitive_account.chat.primary_access_key', 50).replace(`${' '.repeat(21)}${'^'.repeat(50)}`, `${' '.repeat(23)}${'^'.repeat('azurerm_cognitive_account.chat.primary_access_key'.length)}`),
    good: app('    AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.chat.endpoint', 0),
  }),
  objectRule({
    id: 'transport/api-management-weak-protocols',
    title: 'API gateway with outdated protocols',
    severity: 'medium',
    types: ['azurerm_api_management'],
    file: 'main.bicep',
    what: 'Reports the settings of an API gateway in Azure\'s own form that switch SSL 3.0, TLS 1.0, TLS 1.1 or triple DES on, towards clients or backends.',
    why: oldTls.why,
    references: oldTls.references,
    noFix: 'The setting has to be false, as it is by default in new gateways.',
    whenNotToUse: 'While the last old client is replaced.',
    check: (resource, tell) => {
      for (const entry of weakProtocols(resource)) {
        const [, protocol, cipher] = weakProtocol.exec(entry.key)!;
        tell(entry.value, `Gateway "${resource.name}" speaks ${protocol ?? cipher}.`);
      }
    },
    bad: gateway('true', true),
    good: gateway('false', false),
  }),
  objectRule({
    id: 'transport/storage-signature-http',
    title: 'Access signature that works over plain HTTP',
    severity: 'medium',
    types: ['azurerm_storage_account_sas', 'azurerm_storage_account_blob_container_sas'],
    file: 'main.tf',
    what: 'Reports shared access signatures that are made to be used over plain HTTP too.',
    why: transit.why,
    references: transit.references,
    noFix: 'The signature needs `https_only = true`, which is the default.',
    whenNotToUse: 'Never.',
    check: (resource, tell) => {
      for (const value of lookIn(mapOfResource(resource), 'https_only').values) if (truth(value) === false) tell(value, `Signature "${resource.name}" works over plain HTTP.`);
    },
    bad: signature('false', true),
    good: signature('true', false),
  }),
];
