// Trains the model that tells secrets from words, names, phrases and paths, on data it makes up itself, and writes its weights
// and figures: `npx tsx scripts/train-secrets.ts`. Deterministic: the same source gives the same weights.
import fs from 'node:fs';
import { featureNames, features, pairTable } from '../server/analysis/secrets/features.ts';
import { wordList } from '../server/analysis/secrets/words.ts';

const target = new URL('../server/analysis/secrets/weights.json', import.meta.url);

let state = 20261127;
/** A uniform number below 1 (mulberry32). */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let value = Math.imul(state ^ (state >>> 15), 1 | state);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
}
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
const times = (count: number, one: () => string): string => Array.from({ length: count }, one).join('');
const word = (): string => pick(wordList);
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const lower = 'abcdefghijklmnopqrstuvwxyz';
const alphabets = ['0123456789abcdef', `${lower}0123456789`, `${lower.toUpperCase()}0123456789`, `${lower}${lower.toUpperCase()}0123456789`, `${lower}${lower.toUpperCase()}0123456789+/`, `${lower}${lower.toUpperCase()}0123456789-_`, `${lower}${lower.toUpperCase()}0123456789!@#$%^&*?`];
const leet: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
const token = (): string => {
  const alphabet = pick(alphabets);
  const length = 12 + below(52);
  return times(length, () => alphabet[below(alphabet.length)]!);
};
const secrets: readonly (() => string)[] = [
  token, token, token,
  () => times(8 + below(8), () => pick([...alphabets[6]!])),
  () => capital(word()) + times(2 + below(3), () => String(below(10))) + pick(['!', '@', '#', '$', '%', '&', '*', '?', '']),
  () => [...word() + word()].map((letter) => (random() < 0.5 ? leet[letter] ?? letter : letter)).join('') + String(below(100)),
  () => times(2 + below(3), () => capital(word().slice(0, 2 + below(4)))) + times(1 + below(4), () => String(below(10))) + pick(['!', '#', '']),
  () => times(8 + below(10), () => lower[below(26)]!),
  () => times(3, () => times(4, () => pick([...alphabets[3]!])) + pick(['-', '']) ) + String(below(1000)),
];
const join = (count: number, separator: string, shape: (text: string, at: number) => string): string => Array.from({ length: count }, (_, at) => shape(word(), at)).join(separator);
const others: readonly (() => string)[] = [
  word, word,
  () => join(2 + below(3), '', (text, at) => (at > 0 ? capital(text) : text)),
  () => join(2 + below(3), '', (text) => capital(text)),
  () => join(2 + below(3), '_', (text) => text),
  () => join(2 + below(3), '-', (text) => text),
  () => join(2 + below(3), '.', (text) => text),
  () => join(2 + below(3), '_', (text) => text.toUpperCase()),
  () => join(3 + below(8), ' ', (text, at) => (at === 0 ? capital(text) : text)),
  () => `/${join(2 + below(3), '/', (text) => text)}`,
  () => `${join(1 + below(2), '-', (text) => text)}.${pick(['json', 'yaml', 'pem', 'ts', 'txt', 'py', 'com', 'io'])}`,
  () => join(1 + below(2), '-', (text) => text) + String(below(100)),
  () => `${below(10)}.${below(20)}.${below(20)}`,
  () => String(below(1_000_000)),
  () => `${2000 + below(30)}-${10 + below(3)}-${10 + below(19)}`,
  () => `${word()}: ${word()}`,
  () => `${word()}${below(10)}`,
  () => `${capital(word())}${capital(word())}Id`,
];

interface Case {
  readonly x: readonly number[];
  readonly secret: boolean;
}

const pairs = pairTable(wordList);
const cases: Case[] = [];
for (let at = 0; at < 24_000; at++) {
  const secret = at % 2 === 0;
  cases.push({ x: features(secret ? pick(secrets)() : pick(others)(), pairs), secret });
}
const train = cases.slice(0, 18_000);
const held = cases.slice(18_000);
const weights: number[] = featureNames.map(() => 0);
const probability = (x: readonly number[]): number => 1 / (1 + Math.exp(-x.reduce((sum, one, at) => sum + one * weights[at]!, 0)));
for (let epoch = 0; epoch < 60; epoch++) {
  const rate = 0.3 / (1 + epoch * 0.1);
  for (const { x, secret } of train) {
    const error = (secret ? 1 : 0) - probability(x);
    for (let at = 0; at < weights.length; at++) weights[at]! += rate * (error * x[at]! - 0.0005 * weights[at]!);
  }
}
fs.writeFileSync(target, `${JSON.stringify({ pairs, weights: weights.map((one) => Math.round(one * 1000) / 1000) })}\n`);
for (const threshold of [0.3, 0.5, 0.7, 0.9]) {
  const hits = held.filter((one) => probability(one.x) >= threshold);
  const right = hits.filter((one) => one.secret).length;
  console.log(`threshold ${threshold}: precision ${(right / hits.length).toFixed(3)}, recall ${(right / held.filter((one) => one.secret).length).toFixed(3)}`);
}
featureNames.forEach((name, at) => console.log(`${name.padEnd(40)}${weights[at]!.toFixed(2).padStart(8)}`));
