import type { TextItem } from '../../model/text.ts';
import { decodeBase64 } from './checksums.ts';
import { isLabel, namesWording } from './chosen.ts';
import { credentialName, wordsOf, type CredentialName } from './credential-name.ts';
import { entropy, reasons, secretProbability } from './features.ts';
import { isDotted, isIdentifier, isModelName, namesThing } from './identifiers.ts';
import { counting, filler, isPublishedExample, placeholder } from './placeholder.ts';
import { providerContext, providerNamed } from './provider-context.ts';
import { formlessKinds } from './tokens.ts';
import type { FoundSecret } from './secret.ts';
import { wordCoverage } from './words.ts';

/** How strictly a document's values are judged. */
export interface Strictness {
  /** A program: a bare word is a variable, not a value. */
  readonly program: boolean;
  /** Tests, fixtures and documentation: invented values are the rule there. */
  readonly trial: boolean;
}

type Judged = Omit<FoundSecret, 'item'>;

/** An identifier made from the time, written without hyphens (RFC 9562, version 1, of the years 2009 to 2039): `7b1d58f263ca11f18121ab54cc8673a7`. */
const timeUuid = /^[0-9a-f]{12}11(?:d[ef]|[ef][0-9a-f])[89ab][0-9a-f]{15}$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Pictures, documents, archives and certificates in base64. */
const encodedData = /^(?:data:|iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|PHN2Zy|JVBERi|H4sIA|UEsDB|T2dnUw|SUQz|AAAA[A-Za-z0-9]{2}\w*ZnR5c|LS0tLS1CRUdJTiBDRVJU|LS0tLS1CRUdJTiBQVUJM|MIIC[A-Za-z0-9+/]{3}CCA)/;
/** A model or an image with the digest of a version: `owner/name:3f2a…`, `owner/name@sha256:…`. */
const version = /^[\w.-]+\/[\w./-]+[:@](?:sha(?:256|384|512):)?[0-9a-f]{40,128}$/;
/** Tokens that nobody signed, signatures that are too short to be one, expressions and types of Azure's templates, resources of nodes, containers and resources of AWS by their ids, names that the CDK makes, files in folders. */
const noSecret = /eyJhbGciOiJub25lI|^Outputs\.\w+$|^aws\.cdk\.|(?:^|[?&])sig=[^&]{0,20}(?:&|$)|^\[\w+\(.*\)\]$|^[\w.]+(?:\/[\w.]+)*@\d{4}-\d{2}-\d{2}(?:-\w+)?$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|io|org|dev|ai|net)\/[\w.-]+$|docker[-/][0-9a-f]{64}|^(?:i|vpc|subnet|sg|ami|vol|snap|eni|rtb|igw|nat|acl|eipalloc|lt|tgw|pcx|vpce|fs)-[0-9a-f]{8,17}$|^[\w.@-]+(?:\/[\w.@-]+)+\.[a-z]{2,10}$/;
/** How passwords are hashed: `SHA512-CRYPT`, `pbkdf2_sha256`. */
const algorithm = /^(?:s?sha|md|pbkdf|bcrypt|scrypt|argon|des|blowfish)[-_]?\d{0,3}(?:[-_]?(?:crypt|sha\d{0,3}|hmac|hex|id|i|d))?$/i;
const expression = /\(\?[:=!<]|\[\^?[^\]]{1,20}\][+*{]|\\[dwsb.]|\{\w+\}|ABCDEFGHIJKLM/;
const fileName = /\.(?:csv|json|ya?ml|txt|pem|crt|cer|key|pub|p12|jks|log|md|ts|js|py|java|go|html?|png|jpe?g|gif|svg|pdf|zip|gz|tar|parquet|xml|sh|tf|ini|cfg|conf|lock|sql|ipynb)$/i;
const codeLike = /[(){}\[\]]|=>|::|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^&|\?\.|^(?:true|false|null|none|nil|undefined|yes|no|on|off|string|str|int|bool|boolean|any|required|optional|default|auto|enabled|disabled|void|object|number|bytes|text|varchar|empty|unknown|n\/a|nan)$/i;
const prefixed = /^(?:bearer|basic|token|ssws|apikey|ntlm|negotiate|digest|key|pass:|password:|\{noop\})\s*/i;

/** A value that another program is to read in quotes: `"\"…\""`. */
const escapedQuotes = /^\\?["']([^"'\\]+)\\?["']$/;
/** What the working directory is in, in shells. */
const workingDirectory = /\$\{?(?:OLD)?PWD(?!\w)/;
/** Letters and signs outside of ASCII, written as they are or escaped, stand in texts for people; colours of a terminal in what it shows. */
const forPeople = /(?![\x00-\x7f])[\p{L}\p{Sm}\p{Pd}]|\\u(?!00[0-7])[0-9a-fA-F]{4}|\\(?:033|x1[bB]|u001[bB]|e)\[/u;
/** How a command is told where a secret lies: `id=aws,src=…`. */
const mounted = /^(?:id|type|src|source|env)=[^,]*(?:,|$)/;
/** Pictures that Google keeps for documents, whose addresses have keys. */
const picture = /\bgoogleusercontent\.com\/[^\s"'<>()]*[?&]key=$/;
/** What readers are to fill in: `Your token: …`. */
const invited = /\byour (?:\w+ )?(?:token|key|secret|password):? $/i;
/** The password in the address of a meeting is there for whoever is invited. */
const meeting = /\bzoom[\w.-]*\/(?:j|w|s|my|meetings?)\/[^\s"'<>()]*$/i;
/** What a page or a database of Notion is found by ends its address. */
const page = /\bnotion\.(?:so|com|site)\/\S*[-/]$/;
/** What a site publishes to show whose it is. */
const publishedName = /(?:site|domain)[-_.]?verification$/i;
/** Where Kubernetes says which key of which object it is. */
const ofObject = /(?:^|\.)(?:secret|configMap)KeyRef\.(?:key|name)$/;

/** What a Secret of Kubernetes keeps, in base64. */
const ofSecret = /(?:^|\.)data\.[\w.-]+$/;

/** Judges a value by what names it and by what it looks like. Undefined when it is no secret, or when nothing says that it is. */
export function judgeNamed(item: TextItem, { program, trial }: Strictness): Judged | undefined {
  if (item.dynamic || item.value.length > 2_000) return undefined;
  if (item.name !== undefined && (publishedName.test(item.name) || ofObject.test(item.name) || workingDirectory.test(item.name))) return undefined;
  if (meeting.test(item.before) || invited.test(item.before) || picture.test(item.before)) return undefined;
  const named = nameOf(item);
  if (/^basic\s/i.test(item.value.trimStart()) && !basicCredentials(item.value)) return undefined;
  const stripped = item.value.replace(prefixed, '').replace(escapedQuotes, '$1');
  const value = stripped.trim();
  if (value.length < 6 || /\s/.test(value)) return undefined;
  if (program && !item.quoted && item.within === undefined && item.role !== 'url') return undefined;
  if (!named && !hasGeneratedRun(value)) return undefined;
  if (!item.quoted && codeLike.test(value)) return undefined;
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:\D|$)/.test(value)) return undefined;
  if (forPeople.test(value) || (named?.kind !== 'password' && isModelName(value)) || /^--[a-z]/.test(value) || mounted.test(value)) return undefined;
  if (encodedData.test(value) || expression.test(value) || fileName.test(value)) return undefined;
  if (/^https?:\/\/|^[a-z0-9+]{2,12}:\/\/|^\.{0,2}\/[\w.-]+\/|^[A-Za-z]:\\/.test(value)) return undefined;
  if (isPublishedExample(value) || version.test(value) || noSecret.test(value)) return undefined;
  const instead = placeholder(value) ?? (trial && counting(value) ? 'filler characters' : undefined);
  if (instead !== undefined && (trial || instead !== 'filler characters')) return undefined;
  const plain = ofSecret.test(item.name ?? '') ? decodeBase64(value)?.trim() : undefined;
  if (plain !== undefined && (placeholder(plain) !== undefined || /^(?:test|demo|fake|mock)[-_]/.test(plain))) return undefined;
  if (/^0x[0-9a-f]+$/i.test(value) && !item.quoted) return undefined;
  const start = item.range.start + item.value.indexOf(value);
  const range = { start, end: Math.min(item.range.end, start + value.length) };
  const provider = mayBeToken(value) ? byProvider(item, value, named, trial, instead !== undefined) : undefined;
  if (provider) return { ...provider, range, value, name: item.name };
  if (!named || instead !== undefined || (plainKey.test(item.name ?? '') && (identifier.test(value) || (trial && digest.test(value))))) return undefined;
  const judged = byModel(item, value, named, trial, program);
  if (!judged) return undefined;
  const owner = providerNamed(item.name, item.before);
  return { ...judged, ...(owner === undefined ? {} : { what: `${owner} ${judged.what}`, provider: owner }), range, value, name: item.name };
}

/** What a thing is called that says what it is, under the `key` that it is found by: `doc_d85da455…`. */
const identifier = /^(?:docs?|document|file|chunk|page|node|item|img|image|row|msg|message|thread|conv|session|run|trace|span|evt|event|obj|object|job|task|rec|record|asset)[_-][0-9a-f-]{12,}$/i;
/** A digest in hexadecimal, by which a table is keyed. */
const digest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;
const plainKey = /^(?:.*[.[\]'"])?key$/i;

function nameOf(item: TextItem): CredentialName | undefined {
  if (item.role === 'element' && item.name !== undefined) return credentialName(item.name);
  if (item.role === 'comparison') return item.name === undefined ? undefined : credentialName(item.name);
  if (item.name !== undefined) {
    const own = credentialName(item.name);
    if (own || item.role !== 'argument') return own;
  }
  if (item.callee !== undefined && item.role === 'argument') {
    const last = item.callee.slice(item.callee.lastIndexOf('.') + 1);
    if (item.position === 0 && item.callee.includes('.') && /^(?:password|passwd|passphrase|apiKey|accessToken|secretKey|clientSecret)$/.test(last)) return credentialName(last);
    if (/^(?:set|with|using|use|add)[A-Z_]/.test(last)) return credentialName(last.replace(/^(?:set|with|using|use|add)_?/, ''));
  }
  return undefined;
}

function mayBeToken(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/[\s(){}<>|"'`]/.test(value);
}

function byProvider(item: TextItem, value: string, named: CredentialName | undefined, trial: boolean, patterned: boolean): Pick<Judged, 'group' | 'what' | 'provider' | 'confidence' | 'because'> | undefined {
  const { provider, own, close, credential } = providerContext(item.name, item.before);
  if (provider === undefined || (named?.kind === 'password' && !own)) return undefined;
  if (!credential && (!close || item.role === 'comparison')) return undefined;
  if (item.name !== undefined && !named && item.role !== 'prose' && (isAbout(item.name) || !own)) return undefined;
  if (namesThing(value) || /[{}()[\]<>,;"'`*\\|?&]/.test(value) || /@[0-9a-f]{40}$|(?:^|@)sha(?:256|384|512):[0-9a-f]{64,128}$/.test(value)) return undefined;
  if (!credential && (item.role === 'prose' && /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value) || /^[a-z]+[_-]/.test(value))) return undefined;
  // What a flag calls a commit or a digest: `--revision 0a1b…`.
  if ((item.name === undefined || item.role === 'prose') && /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value) && /(?:^|[\s-])(?:revision|rev|commit|sha|sha256|checksum|digest|ref)[\s=:"']*$/i.test(item.before.slice(-24))) return undefined;
  // Digests of functions and files that are called after a provider.
  if (!credential && /^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{128}$/.test(value) && wordsOf(item.name?.slice(item.name.lastIndexOf('.') + 1) ?? item.before.slice(-60)).length > 2) return undefined;
  if ((timeUuid.test(value) && !named) || (/^[0-9a-f]{32}$/.test(value) && (page.test(item.before) || new RegExp(`notion\\.(?:so|com|site)/\\S*${value}`).test(item.before)))) return undefined;
  const isUuid = uuid.test(value);
  if (isUuid && !credential) return undefined;
  const probability = isUuid ? 0.9 : secretProbability(value);
  const needed = trial ? 0.95 : named ? 0.6 : credential ? 0.85 : 0.95;
  if (probability < needed || (!isUuid && entropy(value) < 2.8)) return undefined;
  if (!named && !hasGeneratedRun(value)) return undefined;
  if (patterned && (!credential || value.length < 16 || new Set(value).size < 8 || /x{4,}|\.{2,}|\*/i.test(value))) return undefined;
  if (wordCoverage(value) > 0.75 || base64Words(value, trial)) return undefined;
  const kind = formlessKinds(value, `${item.before}${item.name ?? ''}`.toLowerCase().replace(/[ -]/g, '_'));
  return {
    group: 'provider-token', what: kind ? `${kind.provider} ${kind.what}` : `${provider} ${nounOf(named)}`, provider: kind?.provider ?? provider,
    confidence: named && !patterned ? 'medium' : 'low',
    because: `${provider} is named with it and the value looks ${patterned ? 'like a token, though it follows a pattern' : 'generated'} (${reasons(value).join(', ') || 'its length'})`,
  };
}

/** A run of 16 letters and digits that change often, as identifiers made of words do not have. */
function hasGeneratedRun(value: string): boolean {
  return (value.match(/[A-Za-z0-9]{16,}/g) ?? []).some((run) => (run.match(/\d+/g)?.length ?? 0) >= 2 && /[A-Za-z]/.test(run)) || uuid.test(value);
}

const aboutWords = /(?:^|[_.\-\s])(?:sha\d*|md5|hash|digest|checksum|integrity|commit|revision|rev|release|build|version|url|uri|href|src|image|path|file|id|ids|uuid|arn|ref|etag|name|region|model|host|endpoint|email|tag|date|time|signature)$|(?:Sha\d*|Hash|Digest|Checksum|Integrity|Commit|Release|Version|Url|Uri|Path|File|Id|Ids|Arn|Ref|Name|Region|Model|Host|Endpoint|Email|Tag)$/i;

function isAbout(name: string): boolean {
  return aboutWords.test(name);
}

function nounOf(named: CredentialName | undefined): string {
  switch (named?.kind) {
    case 'password': return 'password';
    case 'token': return 'token';
    case 'secret': return 'secret';
    default: return 'API key';
  }
}

function byModel(item: TextItem, value: string, named: CredentialName, trial: boolean, program: boolean): Pick<Judged, 'group' | 'what' | 'confidence' | 'because'> | undefined {
  const { kind, strength } = named;
  if (item.role === 'prose' && kind !== 'password' && (item.quoted || value.length < 20)) return undefined;
  if (kind === 'connection') return undefined;
  if (sameAsName(value, named) || isLabel(value) || algorithm.test(value)) return undefined;
  if (kind === 'password' && item.name !== undefined && namesWording(item.name)) return undefined;
  if (item.role === 'literal' && !(named.words.length > 1 || kind === 'password' && named.words[0] !== 'pass' || item.name === item.name?.toUpperCase())) return undefined;
  if ((kind === 'key' || kind === 'token') && /[{}()[\]<>,;"'`*\\?]/.test(value)) return undefined;
  if (trial && weak(value)) return undefined;
  const isUuid = uuid.test(value);
  if (isUuid && !(kind === 'password' || named.words.includes('api') || (kind === 'secret' && strength === 2 && named.words.length > 1))) return undefined;
  if (item.role === 'comparison' && kind === 'password' && !trial && value.length >= 4 && /\b(?:user\w*|login|email|account)\b[^=\n]{0,20}[!=]==?\s*["']/i.test(item.before)) {
    return { group: 'password', what: 'password', confidence: 'high', because: 'the program compares a user and a password with literals' };
  }
  const probability = isUuid ? 0.9 : secretProbability(base64Words(value, trial) ? 'x'.repeat(3) : value);
  let needed = kind === 'password' ? 0.4 : strength === 2 ? 0.6 : 0.9;
  if (item.role === 'prose') needed = /\blogin\s+\S+\s+password$/.test(item.name ?? '') ? 0.2 : Math.max(needed, 0.92);
  if (item.within === 'comment') needed += 0.3;
  else if (!item.quoted && program && item.within === undefined) needed += 0.1;
  if (item.role === 'comparison') needed += 0.1;
  if (trial) needed = Math.max(needed, kind === 'password' ? 0.85 : 0.95);
  const coverage = wordCoverage(value);
  const chosen = strength === 2 && kind !== 'token' && !trial && item.role !== 'prose' && item.within !== 'comment' && looksChosen(value);
  if (probability < needed && !chosen) return undefined;
  if (kind === 'password') {
    if (value.length < 6 || (coverage > 0.8 && !chosen)) return undefined;
    if (!/[\d\W_]/.test(value) && coverage > 0.6) return undefined;
    if (/^\d+$/.test(value) || filler(value) || new Set(value).size < 4) return undefined;
  } else {
    if (value.length < (strength === 2 ? (item.quoted && kind !== 'token' ? 8 : 10) : 16) || /^[.:]/.test(value)) return undefined;
    if ((coverage > 0.65 && !chosen) || /^\d+$/.test(value)) return undefined;
    if (value.length < 16 && !(/\d/.test(value) && /[A-Za-z]/.test(value)) && !(strength === 2 && kind !== 'token' && item.quoted && coverage < 0.3 && probability > 0.8)) return undefined;
    if (strength === 1 && !(/\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) > 3)) return undefined;
  }
  if (isIdentifier(value) && (kind !== 'password' || coverage > 0.4) || (kind !== 'password' && isDotted(value))) return undefined;
  if ((trial && value.startsWith('eyJ')) || (item.role === 'comparison' && isAbout(value) && coverage > 0.4)) return undefined;
  return {
    group: kind === 'password' ? 'password' : 'api-key',
    what: kind === 'password' ? 'password' : kind === 'token' ? 'token' : kind === 'secret' ? 'secret' : 'key',
    confidence: probability > 0.9 && strength === 2 ? 'high' : probability > 0.7 ? 'medium' : 'low',
    because: `its name says ${kind} and the value looks ${kind === 'password' ? 'chosen or generated as one' : 'generated'} (${reasons(value).join(', ') || 'not a common word'}; ${Math.round(probability * 100)} % by the model)`,
  };
}

/** Passwords of documentation, with digits for letters and signs behind: `MySecretPassword123!`. */
function weak(value: string): boolean {
  const letters = value.replace(/[\d\W_]+$/, '').toLowerCase().replace(/[0134578$@!]/g, (sign) => leet[sign] ?? sign).replace(/[^a-z]/g, '');
  return wordCoverage(letters) > 0.7 && /pass|secret|secure|fake|admin|test|demo|temp|welcome|example|change/.test(letters);
}

const leet: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '$': 's', '@': 'a', '!': '' };

/** The credentials of HTTP basic authentication are `user:password` in base64. */
function basicCredentials(value: string): boolean {
  const encoded = value.trim().slice(6).trim();
  const text = decodeBase64(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon < 0) return /:/.test(encoded);
  const password = text.slice(colon + 1);
  return password.length > 2 && placeholder(password) === undefined && !/^(?:pass|password|secret|token|test)$/i.test(password);
}

/** Words with capitals and digits run together, as people make up passwords: `NotSoSecretKey1`. */
function looksChosen(value: string): boolean {
  return /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{10,40}$/.test(value) && !/test|example|sample|dummy|fake|mock|demo|your|some|any|foo|bar|valid|wrong|default|new|old|^my/i.test(value);
}

/** `password: "dbPassword"`: the value repeats the name. */
function sameAsName(value: string, named: CredentialName): boolean {
  const flat = value.toLowerCase().replace(/[^a-z]/g, '');
  const name = named.words.join('').replace(/\d+/g, '');
  return flat === name || (flat.length > 4 && name.endsWith(flat)) || (name.length > 5 && flat.endsWith(name));
}

/** Base64 of plain words (`dGVzdA==`) says no more than the words do. */
function base64Words(value: string, trial: boolean): boolean {
  if (!/^[A-Za-z0-9+/]{8,}(?:=|%3D){0,2}$/i.test(value)) return false;
  const text = decodeBase64(value.replace(/%3D/gi, '=')) ?? '';
  if (/^[a-z][a-z0-9.-]{8,}$/.test(text)) return true;
  return /^[\x20-\x7e]{6,}$/.test(text) && wordCoverage(text) > (value.endsWith('=') ? 0.8 : 0.6) && (trial || !/secret|pass/i.test(text));
}
