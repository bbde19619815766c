import { inProject } from '../../base/project.ts';
import type { TextItem } from '../../model/text.ts';
import { onLongLines } from '../../source/minified.ts';
import { readJwt } from './checksums.ts';
import { judgeCall, judgeFlag } from './calls.ts';
import { commandPasswords, passwordFile } from './commands.ts';
import { judgeConnection, judgeUrl } from './connections.ts';
import { judgeEveryday } from './everyday.ts';
import { isSecretManifest, judgeManifest } from './manifests.ts';
import { judgeNamed, type Strictness } from './named.ts';
import { encodedBeginning, encodedKey, privateKeys } from './private-keys.ts';
import { article, type FoundSecret } from './secret.ts';
import { isTuple, judgeSigning, signingNames } from './signing.ts';
import { isPublicKey } from './public-keys.ts';
import { hasSurroundings, judgeSurroundings } from './surroundings.ts';
import { scanTokens } from './tokens.ts';

export interface SecretSource {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

const programs = new Set(['typescript', 'tsx', 'javascript', 'jsx', 'vue', 'svelte', 'astro', 'python', 'terraform', 'bicep', 'go', 'java', 'csharp', 'c', 'ruby', 'php', 'rust', 'swift', 'sql']);
const generated = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|\.terraform\.lock\.hcl|go\.sum|bun\.lock)$|\.min\.(?:js|css)$|\.map$|\.snap$|\.(?:svg|csv)$/;
/** Other people's code that is kept in the repository. */
const vendored = /(?:^|\/)(?:botocore|site-packages|dist-packages|node_modules|third_party|bower_components)\//;
/** Texts of a program in the languages of its users: what is named a password there is the word for it. */
const translations = /(?:^|\/)(?:locales?|i18n|l10n|translations?|lang|langs|languages|messages)\//i;
/** Tests, fixtures and samples of requests, where invented values are the rule. */
const trial = /(?:^|[/._-])(?:tests?|specs?|__tests__|__mocks__|mocks?|fixtures?|testdata|test_data|e2e|cassettes|snapshots?|integration-tests?|stories)(?:[/._-]|$)|\.env(?:\.\w+)*\.(?:example|sample|template|dist)$/i;

/**
 * All secrets of a document: tokens and keys known by their form wherever they stand, then values judged by what names them. Sorted
 * by place; where two overlap the better known one stays.
 */
export function findSecrets(source: SecretSource, items: readonly TextItem[]): readonly FoundSecret[] {
  const { text } = source;
  const notebook = source.language === 'notebook';
  const covers = notebook ? items.filter((item) => item.role === 'output' || item.role === 'metadata').map((item) => item.range) : [{ start: 0, end: text.length }];
  const found: FoundSecret[] = [];
  for (const { start, end } of covers) {
    // Each piece is searched as a text of its own: a search in the whole would run past its end, once per piece.
    const piece = text.slice(start, end);
    for (const hit of scanTokens(piece)) if (!((hit.kind.hash && isTrialPath(source.path)) || (hit.kind.near && vendored.test(inProject(source.path))))) found.push(fromToken(piece, start, hit));
    for (const hit of notebook ? [] : privateKeys(text, start, end)) found.push({ ...hit, group: 'private-key' });
    webTokens(piece, start, found);
  }
  if (notebook && covers.length > 0) {
    for (const hit of privateKeys(text, 0, text.length)) {
      if (covers.some((cover) => cover.start <= hit.range.start && hit.range.start < cover.end)) found.push({ ...hit, group: 'private-key' });
    }
  }
  const yaml = source.language === 'yaml' && isSecretManifest(text);
  const plain = !generated.test(inProject(source.path)) && !vendored.test(inProject(source.path)) && !onLongLines(text);
  const trialed = isTrialPath(source.path) || source.language === 'markdown';
  const strictness: Strictness = { program: programs.has(source.language), trial: trialed };
  found.push(...passwordFile(source.path, text));
  if (plain && !trialed) for (const { start, end } of covers) found.push(...commandPasswords(text.slice(start, end), start));
  const deployed = isDeployment(source);
  const far = !trialed && hasSurroundings(text);
  if (plain) {
    const signing = strictness.program && !strictness.trial ? signingNames(text) : undefined;
    const translated = translations.test(inProject(source.path));
    for (const item of items) {
      if (item.role === 'comment' || item.role === 'output' || item.value.length < 4) continue;
      const one = (yaml ? judgeManifest(item) : undefined) ?? judge(item, strictness) ?? (trialed ? undefined : judgeSurroundings(item, text, far) ?? (deployed && !/\bdefault\s*=\s*"$/.test(item.before) ? undefined : judgeEveryday(item, text, strictness.program || /\.(?:vue|svelte|html?|jsp|aspx)$/.test(source.path)))) ?? (signing && !(source.language === 'python' && isTuple(item, text)) ? judgeSigning(item, signing, text) : undefined);
      if (one && !isPublicKey(item, one.value, text) && !(translated && !/\d/.test(one.value))) found.push({ ...one, item });
    }
  }
  return withoutOverlaps(found, items);
}

/** Whether a path says that a file is a test or a fixture. */
export function isTrialPath(path: string): boolean {
  return trial.test(inProject(path));
}

/** Words in the attributes of resources and in the environment of services and pods are for the rules that know these. */
function isDeployment({ path, language, text }: SecretSource): boolean {
  if (language === 'terraform') return !path.endsWith('.tfvars');
  return language === 'yaml' ? /^(?:services|kind|apiVersion|Resources):/m.test(text) : language === 'json' && /"(?:Resources|resources)"\s*:\s*[[{]/.test(text);
}

function judge(item: TextItem, strictness: Strictness): Omit<FoundSecret, 'item'> | undefined {
  if (item.value.length >= 60 && encodedBeginning.test(item.value)) {
    const key = encodedKey(item.value);
    if (key) return { ...key, group: 'private-key', range: item.range, value: item.value, name: item.name, confidence: 'high' };
  }
  if (item.role === 'url' && item.callee !== undefined) return judgeUrl(item, strictness.trial);
  return judgeConnection(item, strictness.trial) ?? judgeNamed(item, strictness) ?? judgeCall(item, strictness) ?? judgeFlag(item, strictness);
}

function fromToken(text: string, shift: number, hit: ReturnType<typeof scanTokens>[number]): FoundSecret {
  const { kind, start, end, verified, doubtful } = hit;
  return {
    group: kind.hash ? 'password-hash' : 'provider-token', range: { start: shift + start, end: shift + end }, value: text.slice(start, end), what: `${kind.provider} ${kind.what}`, provider: kind.hash ? undefined : kind.provider,
    confidence: doubtful || kind.near ? 'medium' : 'high',
    because: `it has the form of ${article(kind.provider)} ${kind.provider} ${kind.what}${verified ? ` and ${verified}` : doubtful ? '; its checksum does not match, so it may be invented or cut' : ''}`,
    rotate: kind.rotate, minor: kind.test === true || kind.identifier === true,
  };
}

const jwt = /eyJ[A-Za-z0-9_-]{10,4000}\.(?:eyJ)?[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,2000}/y;

/** JSON Web Tokens whose header can be read; examples of documentation and public roles are left out. */
function webTokens(text: string, shift: number, found: FoundSecret[]): void {
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at + 3)) {
    if (at > 0 && /[A-Za-z0-9_.-]/.test(text[at - 1]!) && text[at - 2] !== '\\') continue;
    jwt.lastIndex = at;
    const match = jwt.exec(text);
    if (!match) continue;
    const token = readJwt(match[0]);
    if (!token) continue;
    const subject = token.payload?.['sub'];
    const exemplary = (subject === '1234567890' && token.payload?.['name'] === 'John Doe') || token.payload?.['role'] === 'anon';
    if (!exemplary) {
      found.push({
        group: 'jwt', range: { start: shift + at, end: shift + at + match[0].length }, value: match[0], what: 'JSON Web Token', confidence: expired(token.payload) ? 'low' : 'medium',
        because: 'its header and payload decode to those of a signed token',
      });
    }
    at += match[0].length - 3;
  }
}

/** A token that expired before 2026 opens nothing any more, though it tells what such tokens hold. */
function expired(payload: Readonly<Record<string, unknown>> | undefined): boolean {
  const end = payload?.['exp'];
  return typeof end === 'number' && end > 0 && end < 1_767_225_600;
}

const rank: Readonly<Record<FoundSecret['group'], number>> = { 'provider-token': 0, 'private-key': 1, jwt: 3, 'connection-string': 4, url: 5, password: 6, 'api-key': 7, 'signing-key': 8, 'password-hash': 2 };

/** A token known by its form beats one known by a name; what is left is given the item that holds it. */
function withoutOverlaps(found: readonly FoundSecret[], items: readonly TextItem[]): readonly FoundSecret[] {
  if (found.length === 0) return found;
  const byForm = (one: FoundSecret): number => (one.item === undefined ? 0 : 10) + rank[one.group];
  const sorted = [...found].sort((a, b) => a.range.start - b.range.start || byForm(a) - byForm(b) || b.range.end - a.range.end);
  const kept: FoundSecret[] = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (!last || last.range.end <= one.range.start) kept.push(one);
    else if (byForm(one) < byForm(last)) kept[kept.length - 1] = one;
  }
  const ordered = kept.some((one) => !one.item) ? items.filter((item) => item.role !== 'output').sort((a, b) => a.range.start - b.range.start) : [];
  return kept.map((one) => (one.item ? one : withItem(one, ordered)));
}

/** Items that may hold a place are looked for among so many that start before it. */
const reach = 60;

/** The smallest item that holds a secret; among equals one with a name. `items` are in the order of their starts. */
function withItem(one: FoundSecret, items: readonly TextItem[]): FoundSecret {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.range.start <= one.range.start) low = middle + 1;
    else high = middle;
  }
  let best: TextItem | undefined;
  const size = (item: TextItem): number => item.range.end - item.range.start;
  for (let at = low - 1; at >= Math.max(0, low - reach); at--) {
    const item = items[at]!;
    if (item.range.end <= one.range.start || (item.range.end < one.range.end && one.group !== 'private-key')) continue;
    if (!best || size(item) < size(best) || (size(item) === size(best) && best.name === undefined && item.name !== undefined)) best = item;
  }
  return best ? { ...one, item: best, name: best.name } : one;
}
