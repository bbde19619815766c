import { severities, type Finding, type Severity } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';

/** The user's settings, section `wardline`; anything of the wrong type counts as not set. */
export interface Settings {
  readonly enable: boolean;
  readonly maxProblems: number;
  /** Milliseconds without a keystroke before a changed document is analysed. */
  readonly debounce: number;
  readonly scanOnStartup: boolean;
  readonly rules: Readonly<Record<string, Severity | 'off' | 'on'>>;
  readonly shows: (finding: Finding) => boolean;
}

export function readSettings(raw: unknown): Settings {
  const section = isRecord(raw) ? raw : {};
  const least = severities.indexOf(section['minimumSeverity'] as Severity);
  const enable = section['enable'] !== false;
  return {
    enable,
    maxProblems: numberOf(section['maxProblems'], 100, 1, 10_000),
    debounce: numberOf(section['debounce'], 150, 0, 5_000),
    scanOnStartup: section['scanOnStartup'] === true,
    rules: isRecord(section['rules'])
      ? Object.fromEntries(Object.entries(section['rules']).filter(([, value]) => value === 'off' || value === 'on' || severities.includes(value as Severity))) as Settings['rules']
      : {},
    shows: (finding) => enable && (least < 0 || severities.indexOf(finding.severity) <= least),
  };
}

/** The rules to run under the settings: switched off, switched on, or with another severity. */
export function applySettings(rules: readonly Rule[], settings: Settings): readonly Rule[] {
  return rules.flatMap((rule): Rule[] => {
    const chosen = settings.rules[rule.id];
    if (chosen === 'off' || (rule.off && chosen === undefined)) return [];
    if (chosen === undefined || chosen === 'on') return [rule];
    return [{ ...rule, severity: chosen }];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown, otherwise: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : otherwise;
}
