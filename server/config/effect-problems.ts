import type { Problem } from '../model/problem.ts';
import type { Rule } from '../rule/rule.ts';
import { selects } from './effective.ts';
import type { Layer, Override, Settings } from './layer.ts';

/** Settings that are written but have no effect: overrides that say nothing or are hidden, levels that a lock refuses. */
export function effectProblems(layer: Layer, rules: readonly Rule[], layers: readonly Layer[]): readonly Problem[] {
  return [...overrideProblems(layer), ...lockProblems(layer, rules, layers)];
}

function overrideProblems(layer: Layer): readonly Problem[] {
  const out: Problem[] = [];
  const tell = (override: Override, code: string, message: string): void => void out.push({ ...override.origin, code, severity: 'warning', message, fixes: [] });
  layer.overrides.forEach((override, at) => {
    if (override.paths.some((glob) => glob.startsWith('../') || glob.startsWith('/'))) tell(override, 'config/unreachable-override', 'Paths outside of the folder that holds .wardline are never matched.');
    else if (isEmpty(override)) tell(override, 'config/unreachable-override', 'This override sets nothing.');
    else {
      const same = layer.overrides.slice(at + 1).find((later) => later.paths.join('\n') === override.paths.join('\n') && [...override.rules.keys()].every((id) => later.rules.has(id)) && [...override.categories.keys()].every((id) => later.categories.has(id)) && [...override.tags.keys()].every((id) => later.tags.has(id)) && (override.minimumConfidence === undefined || later.minimumConfidence !== undefined));
      if (same) tell(override, 'config/unreachable-override', 'A later override of the same paths sets all of this again.');
    }
  });
  return out;
}

function isEmpty(settings: Settings): boolean {
  return settings.rules.size === 0 && settings.categories.size === 0 && settings.tags.size === 0 && settings.minimumConfidence === undefined;
}

function lockProblems(layer: Layer, rules: readonly Rule[], layers: readonly Layer[]): readonly Problem[] {
  const above = layers.filter((other) => other.source !== layer.source && other.locked.length > 0 && layers.indexOf(other) < layers.findIndex((one) => one.source === layer.source));
  if (above.length === 0) return [];
  const out: Problem[] = [];
  for (const settings of [layer, ...layer.overrides]) {
    for (const [selector, setting] of settings.rules) {
      const rule = rules.find((one) => selects(selector, one));
      const locker = rule && setting.level === 'off' ? above.find((other) => other.locked.some((one) => selects(one, rule))) : undefined;
      if (locker) out.push({ ...setting.origin, code: 'config/locked-rule', severity: 'warning', message: `"${selector}" is locked by ${locker.source} and stays on.`, fixes: [] });
    }
  }
  return out;
}
