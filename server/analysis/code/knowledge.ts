import { cleaners } from './tables/cleaners.ts';
import { modelCalls, verdicts, type ModelCall } from './tables/models.ts';
import { returns } from './tables/returns.ts';
import { sinkSpecs, type SinkSpec } from './tables/sinks.ts';
import { sources } from './tables/sources.ts';
import type { Label } from './kinds.ts';

/** What is known of libraries, by qualified name. */
export interface Knowledge {
  /** Label of what a name gives when it is read. */
  readonly read: (name: string) => Label | undefined;
  /** Label of what a call gives. */
  readonly result: (name: string) => Label | undefined;
  readonly sinks: (name: string) => readonly SinkSpec[];
  readonly model: (name: string) => ModelCall | undefined;
  readonly verdict: (name: string) => boolean;
  /** Kinds that a call's result is harmless to. */
  readonly cleaner: (name: string) => number;
  readonly returned: (name: string) => string | undefined;
}

/** `a.{b,c}` as `a.b` and `a.c`; braces may nest. */
export function expand(pattern: string): readonly string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  let depth = 0;
  let close = open;
  const cuts: number[] = [open];
  for (; close < pattern.length; close++) {
    const one = pattern[close];
    if (one === '{') depth++;
    else if (one === '}' && --depth === 0) break;
    else if (one === ',' && depth === 1) cuts.push(close);
  }
  cuts.push(close);
  const before = pattern.slice(0, open);
  const after = expand(pattern.slice(close + 1));
  const out: string[] = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    for (const middle of expand(pattern.slice(cuts[at]! + 1, cuts[at + 1]))) for (const rest of after) out.push(before + middle + rest);
  }
  return out;
}

/** What rules and configuration add to what is known. */
export interface Additions {
  readonly sinks: readonly SinkSpec[];
  /** Names whose value, or whose result when they are called, a team calls untrusted. */
  readonly sources: readonly string[];
  /** Functions whose result a team trusts, and for which kinds of sink. */
  readonly sanitizers: readonly { readonly names: readonly string[]; readonly kinds: number }[];
}

/** Results whose names have many forms. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^(?:playwright|puppeteer|@playwright\/test|playwright-core|puppeteer-core)\b.*(?:new_page|newPage)$/, 'playwright.Page#'],
  [/^pyspark\.sql\.SparkSession\.builder\b.*getOrCreate$/, 'pyspark.sql.SparkSession#'],
];

function patterned(name: string): string | undefined {
  if (!/(?:new_page|newPage|getOrCreate)$/.test(name)) return undefined;
  return patterns.find(([pattern]) => pattern.test(name))?.[1];
}

let models: ReadonlyMap<string, ModelCall> | undefined;

/** The call of a model that goes by a qualified name. */
export function modelCalled(name: string): ModelCall | undefined {
  models ??= new Map(modelCalls.flatMap((one) => one.names.flatMap(expand).map((own) => [own, one] as const)));
  return models.get(name);
}

/** What is known of libraries, and what rules add. */
export function createKnowledge({ sinks: more = [], sources: own = [], sanitizers = [] }: Partial<Additions> = {}): Knowledge {
  const reads = new Map<string, Label>();
  const results = new Map<string, Label>();
  for (const [label, names] of sources) {
    for (const name of names.flatMap(expand)) {
      if (name.endsWith('()')) results.set(name.slice(0, -2), label);
      else reads.set(name, label);
    }
  }
  for (const name of own.flatMap(expand)) {
    const plain = name.replace(/\(\)$/, '');
    if (!reads.has(plain)) reads.set(plain, 'team');
    if (!results.has(plain)) results.set(plain, 'team');
  }
  const sinks = new Map<string, SinkSpec[]>();
  for (const spec of [...sinkSpecs, ...more]) {
    for (const name of spec.names.flatMap(expand)) {
      const own = sinks.get(name);
      if (own) own.push(spec);
      else sinks.set(name, [spec]);
    }
  }
  const cleaning = new Map<string, number>();
  for (const [kinds, names] of cleaners) for (const name of names.flatMap(expand)) cleaning.set(name, (cleaning.get(name) ?? 0) | kinds);
  for (const { names, kinds } of sanitizers) for (const name of names.flatMap(expand)) cleaning.set(name, (cleaning.get(name) ?? 0) | kinds);
  const verdictNames = new Set(verdicts.flatMap(expand));
  const none: readonly SinkSpec[] = [];
  return {
    read: (name) => reads.get(name),
    result: (name) => results.get(name),
    sinks: (name) => sinks.get(name) ?? none,
    model: modelCalled,
    verdict: (name) => verdictNames.has(name),
    cleaner: (name) => cleaning.get(name) ?? 0,
    returned: (name) => (Object.hasOwn(returns, name) ? returns[name] : patterned(name)),
  };
}
