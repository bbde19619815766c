import { wordCoverage } from './words.ts';
import weights from './weights.json' with { type: 'json' };

/** What the model looks at, in the order of its weights. */
export const featureNames = [
  'constant', 'shorter than 8', '8 to 15 characters', '16 to 31 characters', '32 characters and more', 'entropy', 'share of digits', 'share of capitals',
  'share of signs', 'changes between kinds of characters', 'unlikely letter pairs', 'share of common words', 'blanks', 'hexadecimal only', 'words joined like a name', 'path or file name', 'letters, digits and signs together',
] as const;

const alphabet = 27;

function letterIndex(code: number): number {
  const lower = code | 32;
  return lower >= 97 && lower <= 122 ? lower - 96 : 0;
}

/** Counts of letter pairs in a list of words, as rounded negative log likelihoods times ten; `0` stands for a word's border. */
export function pairTable(words: readonly string[]): readonly number[] {
  const counts = Array.from({ length: alphabet * alphabet }, () => 0.5);
  for (const word of words) {
    let before = 0;
    for (let at = 0; at <= word.length; at++) {
      const now = at < word.length ? letterIndex(word.charCodeAt(at)) : 0;
      counts[before * alphabet + now]!++;
      before = now;
    }
  }
  return counts.map((count, at) => {
    const row = Math.floor(at / alphabet) * alphabet;
    let sum = 0;
    for (let column = 0; column < alphabet; column++) sum += counts[row + column]!;
    return Math.round(-Math.log(count / sum) * 10);
  });
}

/** Mean unlikeliness of the letter pairs within letters, about 2.3 for English and 3.8 for random letters; 2.3 without any. */
function pairScore(value: string, pairs: readonly number[]): number {
  let sum = 0;
  let count = 0;
  for (let at = 1; at < value.length; at++) {
    const left = letterIndex(value.charCodeAt(at - 1));
    const right = letterIndex(value.charCodeAt(at));
    if (left === 0 || right === 0) continue;
    sum += pairs[left * alphabet + right]! / 10;
    count++;
  }
  return count === 0 ? 2.3 : sum / count;
}

/** Whether letters follow each other as in words, common or not. */
export function pronounceable(letters: string): boolean {
  return pairScore(letters, weights.pairs) < 2.85;
}

export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 65 && code <= 90) return 2;
  if (code >= 97 && code <= 122) return 3;
  return code === 32 ? 4 : 5;
}

/** The features of a value; each about 0 to 1. Training gives a table of letter pairs of its own. */
export function features(value: string, pairs: readonly number[] = weights.pairs): readonly number[] {
  const { length } = value;
  const counts = [0, 0, 0, 0, 0, 0];
  let changes = 0;
  let before = 0;
  for (let at = 0; at < length; at++) {
    const kind = kindOf(value.charCodeAt(at));
    counts[kind]!++;
    if (before !== 0 && kind !== before && !(before === 2 && kind === 3)) changes++;
    before = kind;
  }
  const share = (kind: number): number => counts[kind]! / Math.max(1, length);
  const classes = (counts[1]! > 0 ? 1 : 0) + (counts[2]! > 0 || counts[3]! > 0 ? 1 : 0) + (counts[5]! > 0 ? 1 : 0);
  return [
    1,
    length < 8 ? 1 : 0,
    length >= 8 && length < 16 ? 1 : 0,
    length >= 16 && length < 32 ? 1 : 0,
    length >= 32 ? 1 : 0,
    entropy(value) / 5,
    share(1),
    share(2),
    share(5),
    changes / Math.max(1, length - 1),
    (pairScore(value, pairs) - 2.3) / 1.5,
    wordCoverage(value),
    counts[4]! > 0 ? 1 : 0,
    /^[0-9a-f]{8,}$|^[0-9A-F]{8,}$/.test(value) && counts[1]! > 0 ? 1 : 0,
    /^[A-Za-z][a-z]*(?:(?:[_.\- ][A-Za-z]|[A-Z])[a-z]+)*$/.test(value) ? 1 : 0,
    /^(?:\.{0,2}\/|[A-Za-z]:\\|~\/)|\.(?:json|ya?ml|txt|pem|key|js|ts|py|html?|png|com|org|net|io)$/.test(value) || (value.match(/\//g)?.length ?? 0) > 2 && !/\d/.test(value) ? 1 : 0,
    classes === 3 ? 1 : 0,
  ];
}

/** Long hexadecimal is generated, however its digits happen to lie; whether it is a hash is for its name to say. */
const hexadecimal = /^(?=.*[a-f].*[a-f].*[a-f])(?=.*\d)[0-9a-f]{24,128}$|^(?=.*[A-F].*[A-F].*[A-F])(?=.*\d)[0-9A-F]{24,128}$/;

/** Probability that a value is a secret rather than a word, a name, a phrase or a path, 0 to 1. */
export function secretProbability(value: string): number {
  if (hexadecimal.test(value) && entropy(value) > 2.8) return 0.96;
  return 1 / (1 + Math.exp(-weigh(features(value.slice(0, 256)))));
}

function weigh(values: readonly number[]): number {
  return values.reduce((sum, one, at) => sum + one * (weights.weights[at] ?? 0), 0);
}

/** The features that spoke most for it being a secret, in words. */
export function reasons(value: string): readonly string[] {
  return features(value.slice(0, 256))
    .map((one, at) => ({ name: featureNames[at] ?? '', weight: one * (weights.weights[at] ?? 0) }))
    .filter((one) => one.weight > 0.4 && one.name !== 'constant')
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map((one) => one.name);
}
