import { findingsIn } from './analyze.ts';

/** What is found in a file of infrastructure: `rule text`, in the order of the texts. Advice of the level info is left out unless asked for. */
export function foundIn(file: string, text: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return findingsIn(file, { ...others, [file]: text }).map((one) => `${one.ruleId} ${text.slice(one.range.start, one.range.end)}`);
}

export function reports(all: readonly string[], rule: string, marked?: string): boolean {
  return all.some((one) => one.startsWith(`${rule} `) && (marked === undefined || one.slice(rule.length + 1) === marked));
}
