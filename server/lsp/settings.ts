import { severities, type Severity } from '../model/finding.ts';
import { userSource } from '../config/effective.ts';
import { readLayer, type Layer, type Level } from '../config/layer.ts';
import type { Judged } from '../engine/outcome.ts';

/** The user's settings, section `wardline`; anything of the wrong type counts as not set. */
export interface Settings {
  readonly enable: boolean;
  readonly maxProblems: number;
  /** Milliseconds without a keystroke before a changed document is analysed. */
  readonly debounce: number;
  readonly scanOnStartup: boolean;
  /** Findings that the team's baseline holds: not shown, or shown faintly. */
  readonly showBaselined: boolean;
  readonly rules: Readonly<Record<string, Level>>;
  readonly shows: (judged: Judged) => boolean;
}

export function readSettings(raw: unknown): Settings {
  const section = isRecord(raw) ? raw : {};
  const least = severities.indexOf(section['minimumSeverity'] as Severity);
  const enable = section['enable'] !== false;
  return {
    enable,
    maxProblems: numberOf(section['maxProblems'], 100, 1, 10_000),
    debounce: numberOf(section['debounce'], 150, 0, 5_000),
    showBaselined: section['baselinedFindings'] === 'faint',
    scanOnStartup: section['scanOnStartup'] === true,
    rules: isRecord(section['rules'])
      ? Object.fromEntries(Object.entries(section['rules']).filter(([, value]) => value === 'off' || value === 'on' || severities.includes(value as Severity))) as Settings['rules']
      : {},
    shows: ({ finding, status }) => enable && status !== 'suppressed' && (status === 'open' || section['baselinedFindings'] === 'faint') && (least < 0 || severities.indexOf(finding.severity) <= least),
  };
}

/** The settings as the lowest layer of the configuration. */
export function userLayer(settings: Settings): Layer {
  const origin = { path: userSource, range: { start: 0, end: 0 } };
  return { ...readLayer(userSource, '', undefined), rules: new Map(Object.entries(settings.rules).map(([id, level]) => [id, { level, origin }])) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown, otherwise: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : otherwise;
}
