import { wordsOf } from './credential-name.ts';
import { providers, providerTitle } from './kinds/providers.ts';

/** Who is named by the words around a value, and whether they say that it is a credential. */
export interface ProviderContext {
  readonly provider: string | undefined;
  /** The provider stands in the value's own name. */
  readonly own: boolean;
  /** The provider stands in the value's own name, or right in front of it. */
  readonly close: boolean;
  /** A word such as key, token or secret stands with it. */
  readonly credential: boolean;
}

const credentialWords = /^(?:api|apikey|apikeys|key|keys|token|tokens|secret|secrets|secretkey|access|accesskey|accesstoken|authtoken|private|auth|authorization|bearer|password|passwd|pwd|pat|credential|credentials|oauth|dsn|webhook|login|license|subscription|clientsecret|appkey|ssws)$/;

/** Reads the provider out of a value's name and, failing that, out of the line in front of it. */
export function providerContext(name: string | undefined, before: string): ProviderContext {
  const own = name === undefined ? [] : wordsOf(name);
  const line = wordsOf(before).slice(-14);
  const last = name === undefined ? [] : wordsOf(name.slice(name.lastIndexOf('.') + 1));
  const credential = last.some(isCredentialWord) || line.slice(-6).some(isCredentialWord);
  const inName = find(own, credential);
  if (inName) return { provider: inName, own: true, close: true, credential };
  const inLine = find(line, credential);
  return { provider: inLine, own: false, close: inLine !== undefined && find(line.slice(-2), credential) !== undefined, credential };
}

function isCredentialWord(word: string): boolean {
  return credentialWords.test(word) || (word.length > 6 && /(?:token|apikey|secret|password|accesskey)$/.test(word));
}

/** The provider that a name or the line in front of it says outright; everyday words do not count. */
export function providerNamed(name: string | undefined, before: string): string | undefined {
  return (name === undefined ? undefined : find(wordsOf(name), false)) ?? find(wordsOf(before).slice(-14), false);
}

/** The provider that one, two or three words in a row name; the last in the text wins, longer names before shorter. */
function find(words: readonly string[], credential: boolean): string | undefined {
  for (let end = words.length; end > 0; end--) {
    for (let count = Math.min(3, end); count > 0; count--) {
      const joined = words.slice(end - count, end).join('');
      const found = providers.get(joined) ?? (count === 1 ? providers.get(joined.replace(/(?:token|apikey|secret|key|api)$/, '')) : undefined);
      if (found && joined.length > 1 && (!found.everyday || credential)) return providerTitle(found);
    }
  }
  return undefined;
}
