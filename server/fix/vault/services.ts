import type { Argument, Call, Expression } from '../../model/code-tree.ts';

/** How one client library of a vault is asked, and what its answer has to be asked for to give the secret. */
export interface VaultService {
  readonly name: string;
  readonly python: boolean;
  /** What the file imports when it uses the library. */
  readonly module: RegExp;
  /** The expression that names the secret in a call of the library; undefined for other calls. */
  readonly id: (call: Call) => Expression | undefined;
  /** The secret itself, from the text of the call. */
  readonly value: (call: string, key: string) => string;
  /** How a function that wraps the call takes the secret out; tells helpers that give the string itself. */
  readonly taken: RegExp;
  readonly isAsync: boolean;
  /** The name of another secret beside the one that is asked for. */
  readonly sibling: (known: string, name: string) => string | undefined;
}

/** Services whose libraries a project may use already. One row a library; documented in each one's reference. */
export const vaultServices: readonly VaultService[] = [
  { name: 'AWS Secrets Manager', python: false, module: /^@aws-sdk\/client-secrets-manager$/, id: (call) => sent(call, 'GetSecretValueCommand', 'SecretId'), value: (call) => `(await ${call}).SecretString`, taken: /\.SecretString\b/, isAsync: true, sibling: inFolder },
  { name: 'AWS Parameter Store', python: false, module: /^@aws-sdk\/client-ssm$/, id: (call) => sent(call, 'GetParameterCommand', 'Name'), value: (call) => `(await ${call}).Parameter?.Value`, taken: /\.Parameter\??\.?Value\b|\.Parameter[?!]?\.Value\b/, isAsync: true, sibling: inFolder },
  { name: 'Azure Key Vault', python: false, module: /^@azure\/keyvault-secrets$/, id: (call) => method(call, 'getSecret', 0), value: (call) => `(await ${call}).value`, taken: /\.value\b/, isAsync: true, sibling: (_, name) => kebab(name) },
  { name: 'Google Secret Manager', python: false, module: /^@google-cloud\/secret-manager$/, id: (call) => option(method(call, 'accessSecretVersion', 0), 'name'), value: (call) => `(await ${call})[0].payload?.data?.toString()`, taken: /payload\??!?\.data/, isAsync: true, sibling: version },
  { name: 'HashiCorp Vault', python: false, module: /^node-vault$/, id: (call) => method(call, 'read', 0), value: (call, key) => `(await ${call}).data.data.${key}`, taken: /\.data\.data\b/, isAsync: true, sibling: (known) => (/\/data\//.test(known) ? known : undefined) },
  { name: '1Password', python: false, module: /^@1password\/sdk$/, id: (call) => method(call, 'resolve', 0), value: (call) => `await ${call}`, taken: /\.resolve\b/, isAsync: true, sibling: reference },
  { name: 'AWS Secrets Manager', python: true, module: /^boto3$/, id: (call) => method(call, 'get_secret_value', 'SecretId'), value: (call) => `${call}["SecretString"]`, taken: /\[['"]SecretString['"]\]/, isAsync: false, sibling: inFolder },
  { name: 'AWS Parameter Store', python: true, module: /^boto3$/, id: (call) => method(call, 'get_parameter', 'Name'), value: (call) => `${call}["Parameter"]["Value"]`, taken: /\[['"]Parameter['"]\]\[['"]Value['"]\]/, isAsync: false, sibling: inFolder },
  { name: 'Azure Key Vault', python: true, module: /^azure\.keyvault\.secrets$/, id: (call) => method(call, 'get_secret', 0), value: (call) => `${call}.value`, taken: /\.value\b/, isAsync: false, sibling: (_, name) => kebab(name) },
  { name: 'Google Secret Manager', python: true, module: /^google\.cloud(?:\.secretmanager(?:_v1)?)?$/, id: (call) => method(call, 'access_secret_version', 'name') ?? option(argument(call, 'access_secret_version', 'request'), 'name'), value: (call) => `${call}.payload.data.decode("UTF-8")`, taken: /payload\.data\.decode/, isAsync: false, sibling: version },
  { name: 'HashiCorp Vault', python: true, module: /^hvac$/, id: (call) => method(call, 'read_secret_version', 'path') ?? method(call, 'read_secret', 'path'), value: (call, key) => `${call}["data"]["data"]["${key}"]`, taken: /\[['"]data['"]\]\[['"]data['"]\]/, isAsync: false, sibling: (known) => known },
  { name: '1Password', python: true, module: /^onepassword(?:\.client)?$/, id: (call) => method(call, 'resolve', 0), value: (call) => `await ${call}`, taken: /\.resolve\b/, isAsync: true, sibling: reference },
];

/** The option of a command that is sent: `client.send(new GetSecretValueCommand({ SecretId }))`. */
function sent(call: Call, command: string, key: string): Expression | undefined {
  const inner = method(call, 'send', 0);
  return inner?.kind === 'call' && inner.isNew && inner.callee.kind === 'name' && inner.callee.name === command ? option(inner.args[0]?.value, key) : undefined;
}

function method(call: Call, name: string, place: number | string): Expression | undefined {
  return argument(call, name, place);
}

function argument(call: Call, name: string, place: number | string): Expression | undefined {
  if (call.callee.kind !== 'member' || call.callee.property !== name || call.isNew) return undefined;
  const found: Argument | undefined = typeof place === 'number' ? call.args[place] : call.args.find((one) => one.name === place);
  return found?.spread === undefined ? found?.value : undefined;
}

function option(value: Expression | undefined, key: string): Expression | undefined {
  return value?.kind === 'object' ? value.entries.find((one) => one.key === key)?.value : undefined;
}

/** `prod/app/db-password` beside it is `prod/app/openai-api-key`, spelt as it is. */
function inFolder(known: string, name: string): string {
  const at = known.lastIndexOf('/') + 1;
  return known.slice(0, at) + spelt(known.slice(at), name);
}

/** `projects/p/secrets/NAME/versions/latest`. */
function version(known: string, name: string): string | undefined {
  const match = /^(projects\/[^/]+\/secrets\/)([^/]+)(\/versions\/)[^/]+$/.exec(known);
  return match ? `${match[1]}${spelt(match[2]!, name)}${match[3]}latest` : undefined;
}

/** `op://vault/item/field`. */
function reference(known: string, name: string): string | undefined {
  const vault = /^op:\/\/[^/]+\//.exec(known)?.[0];
  return vault && `${vault}${kebab(name)}/credential`;
}

function spelt(model: string, name: string): string {
  if (/^[A-Z0-9_]+$/.test(model)) return name.toUpperCase();
  return model.includes('_') ? name.toLowerCase() : kebab(name);
}

export function kebab(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
