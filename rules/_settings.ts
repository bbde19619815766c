import type { Severity } from '../server/rule/queries.ts';
import { expand } from '../server/rule/code.ts';
import type { CodeContext, Report } from '../server/rule/rule.ts';
import { option, replaceFix, type CodeCall } from './_calls.ts';

/** An option of a call that switches a protection off. */
export interface SettingRow {
  readonly callees: readonly string[];
  /** Where the option stands; `a.b` looks inside of objects. */
  readonly at: readonly (string | number)[];
  /** Values that are unsafe; of a list one member is enough. */
  readonly bad: readonly (string | number | boolean | null)[] | RegExp;
  readonly message: string;
  readonly severity?: Severity;
  /** What to write instead, where that is certain. */
  readonly instead?: string;
  /** Only where the first argument is this text: `app.set('trust proxy', true)`. */
  readonly first?: string;
  /** Only in files that hold this. */
  readonly where?: RegExp;
  /** Only of a plugin that is handed over first: `app.register(plugin, options)`. */
  readonly plugin?: RegExp;
}

const same = (bad: SettingRow['bad'], value: unknown): boolean => (bad instanceof RegExp ? typeof value === 'string' && bad.test(value) : bad.includes(value as never));

/** Where a row holds for a call. */
function unsafe(row: SettingRow, call: CodeCall): Report | undefined {
  if (row.plugin && !row.plugin.test(call.args[0]?.value.name ?? '')) return undefined;
  if (row.first !== undefined && call.args[0]?.value.constant !== row.first) return undefined;
  for (const place of row.at) {
    const found = option(call, place);
    if (!found || !(same(row.bad, found.value.constant) || (found.value.items ?? []).some((one) => same(row.bad, one.constant)))) continue;
    const short = found.origin.range.end - found.origin.range.start <= 40 && !found.value.items;
    return { at: found.origin, message: row.message, ...(row.severity ? { severity: row.severity } : {}), ...(row.instead !== undefined && short ? { fixes: replaceFix(found, row.instead, `Use ${row.instead}`, false) } : {}) };
  }
  return undefined;
}

/** Callees of all rows. */
export const calleesOf = (rows: readonly SettingRow[]): readonly string[] => [...new Set(rows.flatMap((one) => one.callees))];

/** Judges a call by the rows that name it. */
export function judgeBy(rows: readonly SettingRow[]): (call: CodeCall, context?: CodeContext) => readonly Report[] {
  const byName = new Map<string, SettingRow[]>();
  for (const row of rows) for (const name of row.callees.flatMap(expand)) byName.set(name, [...(byName.get(name) ?? []), row]);
  return (call, context) => (byName.get(call.name ?? '') ?? []).flatMap((row) => (row.where && !(context && row.where.test(context.document.text)) ? [] : unsafe(row, call) ?? []));
}
