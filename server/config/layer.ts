import { joinPath } from '../base/path.ts';
import { severities, type Confidence, type Severity } from '../model/finding.ts';
import type { Origin } from '../model/origin.ts';
import type { MapValue, Value } from '../model/value.ts';
import type { ModelSigner } from '../rule/artefacts.ts';
import type { PresetName } from './config-shape.ts';
import { presetNames } from './config-shape.ts';
import { globMatcher } from './globs.ts';

export type Level = Severity | 'off' | 'on';

export interface Setting {
  readonly level?: Level;
  readonly options?: Value;
  readonly reason?: string;
  readonly origin: Origin;
}

/** Settings by what selects a rule. */
export interface Settings {
  readonly rules: ReadonlyMap<string, Setting>;
  readonly categories: ReadonlyMap<string, Setting>;
  readonly tags: ReadonlyMap<string, Setting>;
  readonly minimumConfidence?: Confidence;
}

export interface Override extends Settings {
  readonly paths: readonly string[];
  readonly matches: (relative: string) => boolean;
  readonly origin: Origin;
}

/** A suppression that stands in the configuration, for files that hold no comments. */
export interface ConfiguredSuppression {
  readonly rule: string;
  readonly matches: (relative: string) => boolean;
  readonly fingerprint?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly origin: Origin;
}

/** One configuration file, read; also the user's settings, which have no file. */
export interface Layer extends Settings {
  /** The file, or `user settings`. */
  readonly source: string;
  /** The folder that its paths are relative to. */
  readonly directory: string;
  readonly root: boolean;
  readonly extends: readonly { readonly reference: string; readonly origin: Origin }[];
  readonly presets: readonly PresetName[];
  readonly overrides: readonly Override[];
  readonly locked: readonly string[];
  readonly ignore: readonly string[];
  readonly ignores: (relative: string) => boolean;
  readonly requireReason?: boolean;
  readonly maxDays?: number;
  readonly suppressions: readonly ConfiguredSuppression[];
  readonly dataClasses: ReadonlyMap<string, readonly string[]>;
  readonly models: ReadonlyMap<string, { readonly allow?: readonly string[]; readonly deny?: readonly string[] }>;
  readonly trustedSanitizers: readonly string[];
  readonly internalEndpoints: readonly string[];
  readonly modelSigners: readonly ModelSigner[];
  readonly fileSize?: number;
}

/** Reads a validated or broken map; whatever does not fit its shape counts as not written. */
export function readLayer(source: string, directory: string, value: MapValue | undefined): Layer {
  const at = (name: string): Value | undefined => value?.entries.get(name)?.value;
  const suppressions = mapOf(at('suppressions'));
  const limits = mapOf(at('limits'));
  const ignore = strings(at('ignore'));
  const extended = at('extends');
  return {
    source, directory,
    root: booleanOf(at('root')) === true,
    extends: (extended?.kind === 'list' ? extended.items : extended ? [extended] : []).flatMap((one) => (one.kind === 'string' ? [{ reference: one.value, origin: one.at }] : [])),
    presets: strings(at('presets') ?? at('preset')).filter((name): name is PresetName => (presetNames as readonly string[]).includes(name)),
    ...settingsOf(value),
    overrides: items(at('overrides')).flatMap((one): Override[] => {
      if (one.kind !== 'map') return [];
      const paths = strings(one.entries.get('paths')?.value);
      return [{ ...settingsOf(one), paths, matches: globMatcher(paths), origin: one.entries.get('paths')?.keyOrigin ?? one.at }];
    }),
    locked: strings(at('locked')),
    ignore, ignores: globMatcher(ignore),
    ...optional('requireReason', booleanOf(suppressions?.entries.get('requireReason')?.value)),
    ...optional('maxDays', numberOf(suppressions?.entries.get('maxDays')?.value)),
    suppressions: items(suppressions?.entries.get('entries')?.value).flatMap((one): ConfiguredSuppression[] => {
      const text = (name: string): string | undefined => stringOf(mapOf(one)?.entries.get(name)?.value);
      const rule = text('rule');
      const path = text('path');
      if (one.kind !== 'map' || rule === undefined || path === undefined) return [];
      return [{ rule, matches: globMatcher([path]), origin: one.entries.get('rule')!.value.at, ...optional('fingerprint', text('fingerprint')), ...optional('reason', text('reason')), ...optional('until', text('until')) }];
    }),
    dataClasses: new Map(entries(at('dataClasses')).map(([name, one]) => [name, strings(one)])),
    models: new Map(entries(at('models')).map(([name, one]) => {
      const list = (key: string): readonly string[] | undefined => {
        const found = mapOf(one)?.entries.get(key)?.value;
        return found ? strings(found) : undefined;
      };
      return [name, { ...optional('allow', list('allow')), ...optional('deny', list('deny')) }];
    })),
    trustedSanitizers: strings(at('trustedSanitizers')),
    internalEndpoints: strings(at('internalEndpoints')),
    modelSigners: items(at('modelSigners')).map((one): ModelSigner => {
      const text = (name: string): string | undefined => stringOf(mapOf(one)?.entries.get(name)?.value);
      const file = (name: string): string | undefined => {
        const written = text(name);
        return written === undefined ? undefined : joinPath(directory, written);
      };
      return { ...optional('publicKey', file('publicKey')), ...optional('certificate', file('certificate')), ...optional('identity', text('identity')), ...optional('issuer', text('issuer')), ...optional('trustedRoot', file('trustedRoot')) };
    }),
    ...optional('fileSize', numberOf(limits?.entries.get('fileSize')?.value)),
  };
}

function settingsOf(value: MapValue | undefined): Settings {
  const confidence = stringOf(value?.entries.get('minimumConfidence')?.value);
  const group = (name: string): ReadonlyMap<string, Setting> => {
    const map = mapOf(value?.entries.get(name)?.value);
    return new Map([...(map?.entries ?? [])].map(([key, entry]) => [key, settingOf(entry.value, entry.keyOrigin)]));
  };
  return {
    rules: group('rules'), categories: group('categories'), tags: group('tags'),
    ...(confidence === 'high' || confidence === 'medium' || confidence === 'low' ? { minimumConfidence: confidence } : {}),
  };
}

function settingOf(value: Value, origin: Origin): Setting {
  const map = mapOf(value);
  const level = levelOf(map ? map.entries.get('severity')?.value : value);
  const options = map?.entries.get('options')?.value;
  return { origin, ...optional('level', level), ...optional('options', options), ...optional('reason', stringOf(map?.entries.get('reason')?.value)) };
}

/** YAML 1.1 readers take `off` and `on` for booleans; both spellings mean the same here. */
function levelOf(value: Value | undefined): Level | undefined {
  if (value?.kind === 'boolean') return value.value ? 'on' : 'off';
  const word = stringOf(value);
  return word === 'off' || word === 'on' || (severities as readonly (string | undefined)[]).includes(word) ? (word as Level) : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function mapOf(value: Value | undefined): MapValue | undefined {
  return value?.kind === 'map' ? value : undefined;
}

function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return [...(mapOf(value)?.entries ?? [])].map(([key, entry]) => [key, entry.value] as const);
}

function items(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

function strings(value: Value | undefined): readonly string[] {
  return items(value).flatMap((one) => (one.kind === 'string' ? [one.value] : []));
}

function stringOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

function booleanOf(value: Value | undefined): boolean | undefined {
  return value?.kind === 'boolean' ? value.value : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}
