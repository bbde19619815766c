import { rulePage } from '../../../rule/page.ts';
import type { CliOptions } from './main.ts';
import { UsageError } from './usage.ts';

/** `wardline rules list|explain ID`. */
export function runRules([command, id, ...rest]: readonly string[], { rules }: CliOptions): number {
  if (command === 'list' && id === undefined) {
    const widest = Math.max(...rules.map((rule) => rule.id.length));
    const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
    process.stdout.write(sorted.map((rule) => `${rule.id.padEnd(widest)}  ${(rule.off ? 'off' : rule.severity).padEnd(8)}  ${rule.title}\n`).join(''));
    return 0;
  }
  if (command !== 'explain' || id === undefined || rest.length > 0) throw new UsageError('rules needs: list, or explain ID');
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new UsageError(`there is no rule '${id}'`);
  process.stdout.write(rulePage(rule));
  return 0;
}
