import { directoryName, joinPath } from '../base/path.ts';
import { createConfiguration, type Configuration } from '../config/configuration.ts';
import { isConfigPath } from '../config/file.ts';
import { isThreatFile } from '../config/threat-shape.ts';
import { isRuleFile } from '../config/rules/shape.ts';
import { relativeTo } from '../config/effective.ts';
import type { Layer } from '../config/layer.ts';
import type { Only } from '../config/only.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule } from '../rule/rule.ts';
import type { Sources } from '../source/sources.ts';
import { baselineMatcher, baselineName, parseBaseline, type Baseline } from './baseline.ts';

export interface TeamOptions {
  /** The user's own settings, below the team's files. */
  readonly user?: Layer;
  /** False: the team's files are not read. */
  readonly readFiles: boolean;
  /** A baseline file to use instead of the nearest `.wardline/baseline.json`; `false` for none. */
  readonly baseline?: string | false;
  /** What the run is limited to; default: nothing. */
  readonly only?: Only;
}

/** What the team's files say: configuration and baseline. */
export interface Team {
  readonly configuration: Configuration;
  readonly baselined: (file: string, finding: Finding, fingerprint: string) => boolean;
  /** The baseline that governs a file, and where it stands. */
  readonly baselineOf: (file: string) => { readonly path: string; readonly directory: string; readonly baseline: Baseline } | undefined;
  /** What is wrong in a file of the team's. */
  readonly problems: (path: string) => readonly Problem[];
  /** True when results may change with the file. */
  readonly changed: (path: string) => boolean;
}

interface Loaded {
  readonly path: string;
  readonly directory: string;
  readonly baseline: Baseline;
  readonly match: ReturnType<typeof baselineMatcher>;
}

export function createTeam(sources: Sources, rules: readonly Rule[], { user, readFiles, baseline: chosen, only }: TeamOptions): Team {
  const configuration = createConfiguration({ sources, rules, readFiles, ...(user ? { user } : {}), ...(only ? { only } : {}) });
  const baselines = new Map<string, Loaded | undefined>();
  const nearest = new Map<string, string | undefined>();

  const pathFor = (directory: string): string | undefined => {
    if (chosen !== undefined) return chosen === false ? undefined : chosen;
    if (!readFiles) return undefined;
    if (nearest.has(directory)) return nearest.get(directory);
    const here = joinPath(directory, baselineName);
    const up = directoryName(directory);
    const found = sources.exists(here) ? here : up === directory || directory === '' ? undefined : pathFor(up);
    nearest.set(directory, found);
    return found;
  };
  const load = (file: string): Loaded | undefined => {
    const path = pathFor(directoryName(file));
    if (path === undefined) return undefined;
    if (!baselines.has(path)) {
      const document = sources.document(path);
      const parsed = document ? parseBaseline(document.text) : undefined;
      const directory = directoryName(path).endsWith('/.wardline') || directoryName(path) === '.wardline' ? directoryName(directoryName(path)) : directoryName(path);
      baselines.set(path, parsed && !('problem' in parsed) ? { path, directory, baseline: parsed, match: baselineMatcher(parsed, (relative) => sources.exists(joinPath(directory, relative))) } : undefined);
    }
    return baselines.get(path);
  };

  return {
    configuration,
    baselineOf: load,
    baselined: (file, finding, fingerprint) => {
      const loaded = load(file);
      return loaded?.match(relativeTo(loaded.directory, file), finding, fingerprint) !== undefined;
    },
    problems: (path) => {
      if (isConfigPath(path) || isRuleFile(path) || isThreatFile(path)) return configuration.problems(path);
      if (!path.endsWith(`/${baselineName}`)) return [];
      const document = sources.document(path);
      const parsed = document && parseBaseline(document.text);
      return document && parsed && 'problem' in parsed ? [{ path, range: document.lines.range(0), code: 'baseline/broken', severity: 'error', message: parsed.problem, fixes: [] }] : [];
    },
    changed: (path) => {
      const configured = configuration.changed(path);
      if (!path.endsWith('.json') && !path.endsWith('/.wardline')) return configured;
      const relevant = path.endsWith(`/${baselineName}`) || path.endsWith('/.wardline') || baselines.has(path);
      if (relevant) {
        baselines.clear();
        nearest.clear();
      }
      return configured || relevant;
    },
  };
}
