import { severities, type Confidence, type Severity } from '../model/finding.ts';
import type { Origin } from '../model/origin.ts';
import type { Value } from '../model/value.ts';
import { categoryOf, type Rule } from '../rule/rule.ts';
import { directoryName } from '../base/path.ts';
import type { Layer, Setting, Settings } from './layer.ts';
import { presetLevel } from './presets.ts';

/** What holds for a rule in a file, and where it was decided. */
export interface RuleState {
  readonly severity: Severity | 'off';
  readonly options?: Value;
  /** Decisions in the order in which they were taken; the last one that is not refused holds. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly source: string;
  readonly what: string;
  readonly origin?: Origin;
  /** The configuration that locks the rule, when the step was refused. */
  readonly refusedBy?: string;
}

const rank = (level: Severity | 'off'): number => (level === 'off' ? severities.length : severities.indexOf(level));

/** True when a selector names a rule: its id, or its category as `iam/*`. */
export function selects(selector: string, rule: Pick<Rule, 'id'>): boolean {
  return selector === rule.id || (selector.endsWith('/*') && selector.slice(0, -2) === categoryOf(rule.id));
}

/** Applies all layers, lowest precedence first, to one rule for one file. */
export function ruleState(rule: Rule, path: string, layers: readonly Layer[]): RuleState {
  let severity: Severity | 'off' = rule.off ? 'off' : rule.severity;
  let options: Value | undefined;
  const steps: Step[] = [{ source: 'defaults', what: severity }];
  layers.forEach((layer, index) => {
    const apply = (setting: Setting | undefined, by: string): void => {
      if (!setting) return;
      if (setting.options) options = setting.options;
      if (setting.level === undefined) return;
      const next = setting.level === 'on' ? (severity === 'off' ? rule.severity : severity) : setting.level;
      const locker = rank(next) > rank(severity) ? layers.find((other, at) => at !== index && other.locked.some((selector) => selects(selector, rule)) && (at < index ? !isBase(other, layer) : layer.source === userSource)) : undefined;
      steps.push({ source: layer.source, what: `${by}: ${setting.level}${setting.reason ? ` (${setting.reason})` : ''}`, origin: setting.origin, ...(locker ? { refusedBy: locker.source } : {}) });
      if (!locker) severity = next;
    };
    for (const preset of layer.presets) {
      const level = presetLevel(preset, rule);
      if (level !== undefined) apply({ level, origin: { path: layer.source, range: { start: 0, end: 0 } } }, `preset ${preset}`);
    }
    for (const settings of [layer, ...layer.overrides.filter((one) => one.matches(relativeTo(layer.directory, path)))]) applySettings(settings, rule, apply, settings === layer ? '' : ' override');
  });
  return { severity, steps, ...(options ? { options } : {}) };
}

/** A configuration may lower what the base that it extends has locked only if it is that base itself. */
function isBase(other: Layer, layer: Layer): boolean {
  return other.source === layer.source;
}

/** The source of the layer that holds the user's own settings. */
export const userSource = 'user settings';

function applySettings(settings: Settings, rule: Rule, apply: (setting: Setting | undefined, by: string) => void, suffix: string): void {
  apply(settings.categories.get(categoryOf(rule.id)), `category${suffix}`);
  for (const tag of rule.tags ?? []) apply(settings.tags.get(tag), `tag ${tag}${suffix}`);
  apply(settings.rules.get(`${categoryOf(rule.id)}/*`), `category${suffix}`);
  apply(settings.rules.get(rule.id), `rule${suffix}`);
}

/** The least confidence that is reported for a file. */
export function minimumConfidence(path: string, layers: readonly Layer[]): Confidence {
  let least: Confidence = 'low';
  for (const layer of layers) {
    least = layer.minimumConfidence ?? least;
    for (const one of layer.overrides) if (one.minimumConfidence && one.matches(relativeTo(layer.directory, path))) least = one.minimumConfidence;
  }
  return least;
}

/** Whether a file is left out, and by which configuration. */
export function ignoredBy(path: string, layers: readonly Layer[]): Layer | undefined {
  return layers.find((layer) => layer.ignores(relativeTo(layer.directory, path)));
}

/** A path as a configuration's globs see it. */
export function relativeTo(directory: string, path: string): string {
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : directory === '' || directory === '/' ? path.replace(/^\//, '') : `../${path.slice(directoryName(directory).length + 1)}`;
}
