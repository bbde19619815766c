import assert from 'node:assert/strict';
import { applyEdits } from '../../server/engine/compose.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { openaiKey, password } from '../../rules/secrets/_samples.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';
import { syntaxErrors } from '../support/syntax.ts';

const key = openaiKey(3);
const secret = password(5);

type Files = Readonly<Record<string, string>>;

/** The text after the fix that asks a vault, and what it did elsewhere; or why it is refused. */
function asked(file: string, text: string, files: Files = {}): { readonly text?: string; readonly title?: string; readonly refused?: string; readonly elsewhere?: Files } {
  const all: Record<string, string> = { ...files, [file]: text };
  const analyzer = analyzerFor(all);
  const path = rootedPath(file);
  const finding = analyzer.analyze(path).findings.find((one) => one.ruleId.startsWith('secrets/'));
  assert.ok(finding, 'the sample holds a secret');
  const fix = finding.fixes.find((one) => one.intents.some((intent) => /^literalTo(?:Lookup|Data|SecretKey|DynamicReference)$/.test(intent.kind)));
  if (!fix) return {};
  const refused = analyzer.refusal(fix);
  if (refused !== undefined) return { title: fix.title, refused };
  const edits = analyzer.edits(fix);
  assert.ok(edits, `${fix.title} can be printed`);
  const after = applyEdits(text, edits.filter((edit) => edit.path === path));
  assert.equal(syntaxErrors(after, languageOfPath(file)!), 0, after);
  assert.equal(analyzerFor({ ...all, [file]: after }).analyze(path).findings.filter((one) => one.ruleId === finding.ruleId).length, 0, after);
  const elsewhere = Object.fromEntries([...new Set(edits.filter((edit) => edit.path !== path).map((edit) => edit.path.replace('/workspace/', '')))].map((name) => [name, applyEdits(all[name]!, edits.filter((edit) => edit.path === rootedPath(name)))]));
  return { title: fix.title, text: after, ...(Object.keys(elsewhere).length > 0 ? { elsewhere } : {}) };
}

const aws = "import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';\nconst vault = new SecretsManagerClient({});\n";
const helper = `${aws}export async function getSecret(id: string) {\n  const answer = await vault.send(new GetSecretValueCommand({ SecretId: id }));\n  return answer.SecretString!;\n}\n`;
const boto = 'import boto3\n\nclient = boto3.client("secretsmanager")\n\n';

describe('fixes that ask the vault that a project uses', () => {
  it('copy a call of AWS Secrets Manager in TypeScript, for a secret in the same folder', () => {
    const before = `${aws}const db = await vault.send(new GetSecretValueCommand({ SecretId: 'prod/app/db-password' }));\nconst options = { apiKey: '${key}' };\n`;
    assert.deepEqual(asked('a.ts', before), { title: 'Read prod/app/openai-api-key from AWS Secrets Manager', text: before.replace(`'${key}'`, "(await vault.send(new GetSecretValueCommand({ SecretId: 'prod/app/openai-api-key' }))).SecretString") });
  });

  it('use a helper of the file, awaited where it is asynchronous', () => {
    const before = `${helper}export async function ask() {\n  const db = await getSecret('prod/DB_PASSWORD');\n  return new OpenAI({ apiKey: '${key}' });\n}\n`;
    assert.equal(asked('a.ts', before).text, before.replace(`'${key}'`, "await getSecret('prod/OPENAI_API_KEY')"));
  });

  it('use a helper that the file imports', () => {
    const before = `import { getSecret as read } from './secrets';\nexport async function ask() {\n  await read('app/db_password');\n  return new OpenAI({ apiKey: '${key}' });\n}\n`;
    assert.equal(asked('src/a.ts', before, { 'src/secrets.ts': helper }).text, before.replace(`'${key}'`, "await read('app/openai_api_key')"));
  });

  it('import a helper that another module of the project exports', () => {
    const before = `import OpenAI from 'openai';\nexport async function ask() {\n  return new OpenAI({ apiKey: '${key}' });\n}\n`;
    assert.equal(asked('src/api/a.ts', before, { 'src/lib/secrets.ts': helper }).text, `import OpenAI from 'openai';\nimport { getSecret } from '../lib/secrets';\nexport async function ask() {\n  return new OpenAI({ apiKey: await getSecret('openai-api-key') });\n}\n`);
    assert.equal(asked('src/api/a.ts', before, { 'src/lib/secrets.ts': helper.replace('export ', '') }).title, undefined, 'it has to be exported');
  });

  it('copy a call of AWS Secrets Manager in Python', () => {
    const before = `${boto}db = client.get_secret_value(SecretId="prod/db_password")["SecretString"]\nKEY = "${key}"\n`;
    assert.equal(asked('a.py', before).text, before.replace(`"${key}"`, 'client.get_secret_value(SecretId="prod/openai_api_key")["SecretString"]'));
  });

  for (const [name, file, before, after] of [
    ['Parameter Store in Python', 'a.py', 'import boto3\nssm = boto3.client("ssm")\ndb = ssm.get_parameter(Name="/app/db", WithDecryption=True)\nKEY = "@"\n', 'ssm.get_parameter(Name="/app/openai-api-key", WithDecryption=True)["Parameter"]["Value"]'],
    ['Azure Key Vault in Python', 'a.py', 'from azure.keyvault.secrets import SecretClient\nvault = SecretClient(url, credential)\ndb = vault.get_secret("db")\nKEY = "@"\n', 'vault.get_secret("openai-api-key").value'],
    ['Google Secret Manager in Python', 'a.py', 'from google.cloud import secretmanager\nc = secretmanager.SecretManagerServiceClient()\ndb = c.access_secret_version(request={"name": "projects/p/secrets/db_password/versions/3"})\nKEY = "@"\n', 'c.access_secret_version(request={"name": "projects/p/secrets/openai_api_key/versions/latest"}).payload.data.decode("UTF-8")'],
    ['HashiCorp Vault in Python', 'a.py', 'import hvac\nc = hvac.Client()\ndb = c.secrets.kv.v2.read_secret_version(path="app")\nKEY = "@"\n', 'c.secrets.kv.v2.read_secret_version(path="app")["data"]["data"]["OPENAI_API_KEY"]'],
    ['Parameter Store in TypeScript', 'a.ts', "import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';\nconst ssm = new SSMClient({});\nconst db = await ssm.send(new GetParameterCommand({ Name: '/app/db-password', WithDecryption: true }));\nconst o = { apiKey: '@' };\n", "(await ssm.send(new GetParameterCommand({ Name: '/app/openai-api-key', WithDecryption: true }))).Parameter?.Value"],
    ['Azure Key Vault in TypeScript', 'a.ts', "import { SecretClient } from '@azure/keyvault-secrets';\nconst vault = new SecretClient(url, credential);\nconst db = await vault.getSecret('db-password');\nconst o = { apiKey: '@' };\n", "(await vault.getSecret('openai-api-key')).value"],
    ['Google Secret Manager in TypeScript', 'a.ts', "import { SecretManagerServiceClient } from '@google-cloud/secret-manager';\nconst c = new SecretManagerServiceClient();\nconst [db] = await c.accessSecretVersion({ name: 'projects/p/secrets/db-password/versions/latest' });\nconst o = { apiKey: '@' };\n", "(await c.accessSecretVersion({ name: 'projects/p/secrets/openai-api-key/versions/latest' }))[0].payload?.data?.toString()"],
    ['HashiCorp Vault in TypeScript', 'a.ts', "import nodeVault from 'node-vault';\nconst vault = nodeVault();\nconst db = await vault.read('secret/data/app');\nconst o = { apiKey: '@' };\n", "(await vault.read('secret/data/app')).data.data.OPENAI_API_KEY"],
    ['1Password in TypeScript', 'a.ts', "import { createClient } from '@1password/sdk';\nconst client = await createClient({});\nconst db = await client.secrets.resolve('op://app/db/password');\nconst o = { apiKey: '@' };\n", "await client.secrets.resolve('op://app/openai-api-key/credential')"],
  ] as const) {
    it(`copy a call of ${name}`, () => {
      const quote = file.endsWith('.py') ? '"' : "'";
      assert.equal(asked(file, before.replace('@"', `${key}"`).replace("'@'", `'${key}'`)).text, before.replace(`${quote}@${quote}`, after));
    });
  }

  for (const [name, file, text, why] of [
    ['where nothing can be awaited', 'a.ts', `${helper}export function ask() {\n  getSecret('a/b');\n  return { apiKey: '${key}' };\n}\n`, /takes an await/],
    ['in a field of a class', 'a.ts', `${helper}class A {\n  apiKey = '${key}';\n}\n`, /takes an await/],
    ['before the client is made', 'a.py', `KEY = "${key}"\n${boto}db = client.get_secret_value(SecretId="db")\n`, /further down/],
    ['where the client is not known', 'a.py', `import boto3\ndef a():\n    c = boto3.client("secretsmanager")\n    return c.get_secret_value(SecretId="db")\nKEY = "${key}"\n`, /not known at this place/],
    ['within another text', 'a.py', `${boto}db = client.get_secret_value(SecretId="db")\nH = {"Authorization": "Bearer ${key}"}\n`, /part of another text/],
  ] as const) it(`are refused ${name}`, () => assert.match(String(asked(file, text).refused), why));

  it('are not invented where no vault is used', () => {
    assert.deepEqual(asked('a.ts', `import '@aws-sdk/client-secrets-manager';\nconst o = { apiKey: '${key}' };\n`), {});
    assert.deepEqual(asked('a.py', `KEY = "${key}"\n`, { 'secrets_config.py': 'def get_secret(name):\n    return name\n' }), {});
    assert.deepEqual(asked('a.ts', `import { getSecret } from './secrets';\nconst o = { apiKey: '${key}' };\n`, { 'secrets.ts': helper.replace('return answer.SecretString!', 'return JSON.parse(answer.SecretString!)') }), {}, 'what is parsed is not the text');
  });

  it('add a data source like one that the Terraform module has', () => {
    const data = 'data "aws_secretsmanager_secret_version" "db" {\n  secret_id = "prod/db-password"\n}\n';
    const before = `resource "aws_x" "y" {\n  api_token = "${secret}"\n}\n`;
    const block = '\ndata "aws_secretsmanager_secret_version" "api_token" {\n  secret_id = "prod/api-token"\n}\n';
    assert.deepEqual(asked('main.tf', before, { 'data.tf': data }), { title: 'Read prod/api-token from AWS Secrets Manager', text: before.replace(`"${secret}"`, 'data.aws_secretsmanager_secret_version.api_token.secret_string') + block });
    const azure = 'data "azurerm_key_vault_secret" "db" {\n  name         = "db-password" # the database\n  key_vault_id = data.azurerm_key_vault.main.id\n}\n';
    assert.equal(asked('main.tf', before, { 'data.tf': azure }).text, `${before.replace(`"${secret}"`, 'data.azurerm_key_vault_secret.api_token.value')}\n${azure.replace('"db"', '"api_token"').replace('"db-password"', '"api-token"')}`);
    assert.equal(asked('main.tf', before, { 'data.tf': data + block }).text, before.replace(`"${secret}"`, 'data.aws_secretsmanager_secret_version.api_token.secret_string'), 'it is there already');
    assert.match(String(asked('main.tf', `variable "api_token" {\n  default = "${secret}"\n}\n`, { 'data.tf': data }).refused), /must be a constant/);
  });

  it('refer to Secrets Manager in CloudFormation', () => {
    const before = `Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: ${secret}\n`;
    assert.equal(asked('a.yaml', before).text, before.replace(secret, "'{{resolve:secretsmanager:master-user-password}}'"));
  });

  it('add an entry to the ExternalSecret of the folder', () => {
    const external = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: app\nspec:\n  target:\n    name: app-vault\n  data:\n    - secretKey: other\n      remoteRef:\n        key: prod/other\n  refreshInterval: 1h\n';
    const before = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: DB_PASSWORD\n          value: "${secret}"\n`;
    const { text, elsewhere } = asked('k8s/pod.yaml', before, { 'k8s/secret.yaml': external });
    assert.equal(text, before.replace(`value: "${secret}"`, 'valueFrom:\n            secretKeyRef:\n              name: app-vault\n              key: db-password'));
    assert.deepEqual(elsewhere, { 'k8s/secret.yaml': external.replace('key: prod/other\n', 'key: prod/other\n    - secretKey: db-password\n      remoteRef:\n        key: prod/db-password\n') });
  });
});
