import { detached } from '../../base/detach.ts';
import { remembered } from '../../base/remembered.ts';
import type { TypeNode } from '../../model/code-tree.ts';
import { origin, type Interpreter } from './interpreter.ts';
import type { Label } from './kinds.ts';
import { joinTaints, newRoot, step, type Root, type Value } from './value.ts';

/** Names of data that must not spread, without case and separators. */
const personal = /^(?:(?:user|patient|customer|client|employee|person|member|my|full|raw)?(?:ssn|socialsecurity(?:number)?|bsn|nationalid(?:number)?|passport(?:number|no)?|iban|creditcard(?:number)?|cardnumber|cardno|cvv|cvc|pan|bankaccount(?:number)?|accountnumber|diagnos(?:is|es)|hivstatus|medicalrecord(?:number)?|medicalhistory|healthrecord|mrn|dateofbirth|birthdate|dob|taxid|driverslicen[cs]e|salary|income|religion|sexualorientation|ethnicity|geneticdata|phonenumber|homeaddress))$/;
const secret = /^(?:(?:user|admin|db|database|new|old|current|plain|raw|login|my|root|smtp|the|account|master|session|auth|access|refresh|id|bearer|oauth|jwt|api|client|private|signing|encryption|aws|github|openai|anthropic|stripe|slack)*(?:password|passwd|passphrase|accesstoken|refreshtoken|authtoken|sessiontoken|idtoken|bearertoken|apitoken|githubtoken|gitlabtoken|slacktoken|bottoken|hftoken|huggingfacetoken|usertoken|logintoken|resettoken|oauthtoken|personalaccesstoken|npmtoken|telegramtoken|discordtoken|(?<=.)pin|pincode|passcode|authorization|authorizationheader|apikey|clientsecret|secretkey|privatekey|secretaccesskey|mnemonic|seedphrase|jwttoken|otpsecret|secretstring|secretbinary|totpsecret|recoverycodes?))$/;

const labelOf = remembered((name): Label | undefined => {
  const plain = name.toLowerCase().replace(/[_$-]/g, '');
  return personal.test(plain) ? 'personal' : secret.test(plain) ? 'secret' : undefined;
}, 20_000);

/** What a name says of the data it stands for. */
export function sensitiveName(name: string): Label | undefined {
  return name.length > 40 || name.length < 3 ? undefined : labelOf(name);
}

/** Environment variables that hold a credential, by what they are called. */
const environment = /^(?:process\.env|os\.environ|import\.meta\.env|Deno\.env)\.(?!NEXT_PUBLIC|VITE_|PUBLIC_|REACT_APP|EXPO_PUBLIC)\w*(?:_|\b)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|SECRET_KEY)$/;

const roots = new Map<string, Root>();

/** Results that hold what somebody entered or configured, as far as a name for them says more; other results and members of libraries are no data. */
const entered = /^(?:process\.env|os\.environ)|(?:showInputBox|getpass|inquirer\.prompt|prompts\.(?:input|password)|^prompts)\(\)$/;

/** A value read under a name that says what it is. */
export function marked(interpreter: Interpreter, plain: Value, name: string, node: { start: number; end: number }): Value {
  const value = classified(interpreter, plain, name, node);
  const label = sensitiveName(name) ?? (plain.name !== undefined && environment.test(plain.name) ? 'secret' : undefined);
  // An object under the name is a form or a table of texts.
  if (!label || (value.fields !== undefined && value.name === undefined && value.taints.length === 0 && !value.instance) || value.fn || value.cls || value.scalar || value.schema || value.constant !== undefined || (value.name !== undefined && !entered.test(value.name) && value.taints.length === 0 && !value.name.includes('#'))) return value;
  if (value.taints.some((taint) => taint.label === label && !taint.declared)) return value;
  let root = roots.get(name);
  if (!root) roots.set(detached(name), (root = newRoot(detached(name))));
  return { ...value, taints: joinTaints(value.taints, [{ label, root, clean: 0, weak: false, what: name, step: step(origin(interpreter, node), `${name} is read`) }]) };
}

/** A file whose name says that it holds a secret: `~/.acme/credentials.json`, `openai.key`. */
const secretFile = /(?:^|[\\/])\.?(?:[\w-]+[._-])?(?:credentials?|token|secret|api[_-]?key|password|passwd|private[_-]?key)(?:\.(?:json|txt|ya?ml|toml|ini|env|pem|key))?$|(?:^|[\\/._-])(?:openai|anthropic|api|private|secret|auth|access)[\w-]*\.key$/i;

/** What is written to a file that is called after a secret. */
export function keptIn(interpreter: Interpreter, value: Value, path: Value | undefined, node: { start: number; end: number }): Value {
  if (!path || value.constant !== undefined || value.scalar || value.taints.some((taint) => taint.label === 'secret')) return value;
  const name = typeof path.constant === 'string' ? path.constant : path.parts?.at(-1) ?? path.tail;
  if (name === undefined || !secretFile.test(name)) return value;
  const what = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  let root = roots.get(`file ${what}`);
  if (!root) roots.set(`file ${detached(what)}`, (root = newRoot(detached(what))));
  return { ...value, taints: joinTaints(value.taints, [{ label: 'secret', root, clean: 0, weak: false, what, step: step(origin(interpreter, node), `what ${what} holds is written`) }]) };
}

/** Types of which a value is text, as both languages write them. */
const texts = /^(?:string|str|SecretStr|pydantic\.SecretStr)$/;

/** Whether a declared type is text, or may be. */
export function isText(type: TypeNode): boolean {
  return texts.test(type.name) || ((type.name === '|' || type.name === 'Optional') && type.args.some(isText));
}

/** What a member of a declared type holds: text under a name that says what it is. */
export function declaredMember(interpreter: Interpreter, value: Value, name: string, type: TypeNode | undefined): Value {
  const label = type && isText(type) ? sensitiveName(name) : undefined;
  if (!type || !label) return value;
  const key = `declared ${name}`;
  let root = roots.get(key);
  if (!root) roots.set(detached(key), (root = newRoot(detached(name))));
  return { ...value, taints: [{ label, root, clean: 0, weak: false, what: name, step: step(origin(interpreter, type), `${name} is declared`), declared: true }] };
}

/** A value under a name of a class that the team's policy is about. Constants, functions and things of libraries are no data. */
export function classified(interpreter: Interpreter, value: Value, name: string, node: { start: number; end: number }): Value {
  if (!interpreter.classify?.(name) || value.fn || value.cls || value.schema || value.constant !== undefined) return value;
  if (value.name !== undefined && value.taints.length === 0 && !/#|\(\)|^(?:process\.env|os\.environ)/.test(value.name)) return value;
  if (value.taints.some((taint) => taint.label === 'classified')) return value;
  let root = roots.get(`class ${name}`);
  if (!root) roots.set(`class ${detached(name)}`, (root = newRoot(detached(name))));
  return { ...value, taints: joinTaints(value.taints, [{ label: 'classified', root, clean: 0, weak: false, what: name, step: step(origin(interpreter, node), `${name} is read`) }]) };
}
