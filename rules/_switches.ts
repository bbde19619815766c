import { optionsMadeIn } from '../server/rule/options.ts';
import { defineRule, type Example, type Rule } from '../server/rule/rule.ts';
import type { RuleId, Severity } from '../server/rule/queries.ts';
import { isTest } from './_flows.ts';

/** An option that takes a safeguard away, whatever call it is given to: its name says what it does. */
export interface SwitchRow {
  readonly names: readonly string[];
  /** Values that take it away; `true` where nothing is said. */
  readonly bad?: readonly (string | number | boolean)[];
  /** Calls that the name belongs to, where others use it as well. */
  readonly of?: RegExp;
  readonly message: string;
  readonly severity?: Severity;
}

interface SwitchRule {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly references: readonly string[];
  readonly what: string;
  readonly why: string;
  readonly whenNotToUse: string;
  readonly noFix: string;
  readonly rows: readonly SwitchRow[];
  readonly examples: readonly Example[];
}

/** A rule of a table of such options, which runs only on files that name one of them. */
export function switchRule({ rows, ...rule }: SwitchRule): Rule {
  const byName = new Map<string, SwitchRow[]>();
  for (const row of rows) for (const name of row.names) byName.set(name, [...(byName.get(name) ?? []), row]);
  const rowOf = (name: string, constant: unknown, call: string): SwitchRow | undefined =>
    byName.get(name)?.find((row) => (row.bad ?? [true]).includes(constant as never) && (row.of?.test(call) ?? true));
  return defineRule({
    ...rule, confidence: 'high',
    checks: [{
      on: 'code', words: [...byName.keys()],
      check: (code, context) => {
        const { path, language } = context.document;
        if (isTest(path)) return;
        const valueOf = (found: { readonly value: { readonly constant?: unknown; readonly items?: readonly { readonly constant?: unknown }[] } }): unknown => found.value.constant ?? found.value.items?.[0]?.constant;
        const told = new Map<SwitchRow, Set<unknown>>();
        for (const { call, found } of optionsMadeIn(code.calls, ({ call, found }) => found.at.path === path && rowOf(found.name, valueOf(found), call.name ?? '') !== undefined, 5)) {
          const row = rowOf(found.name, valueOf(found), call.name ?? '')!;
          // Several names that say the same of one object are one matter.
          const owners = told.get(row) ?? new Set();
          if (owners.has(found.owner ?? call)) continue;
          told.set(row, owners.add(found.owner ?? call));
          const { constant } = found.value;
          const text = language === 'python' ? { true: 'False', false: 'True' } : { true: 'false', false: 'true' };
          const fixes = found.inline && typeof constant === 'boolean' ? [{ title: 'Keep the safeguard', safe: false, intents: [{ kind: 'replace' as const, origin: found.at, text: text[`${constant}`] }] }] : [];
          context.report({ at: found.at, message: row.message, fixes, ...(row.severity ? { severity: row.severity } : {}) });
        }
      },
    }],
  });
}
