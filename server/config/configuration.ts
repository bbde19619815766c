import { directoryName, joinPath } from '../base/path.ts';
import type { Problem } from '../model/problem.ts';
import type { Severity } from '../model/finding.ts';
import { categories } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';
import type { Sources } from '../source/sources.ts';
import { effectProblems } from './effect-problems.ts';
import { ignoredBy, minimumConfidence, relativeTo, ruleState, selects, type RuleState } from './effective.ts';
import { configNames, configProblems, governedDirectory, isConfigPath, readMap } from './file.ts';
import { readLayer, type Layer } from './layer.ts';
import type { KnownNames } from './shape.ts';

/** What holds for the files of one folder. Files with the same chain share it. */
export interface Chain {
  /** Lowest precedence first. */
  readonly layers: readonly Layer[];
  /** Rules that are on for at least one file of the chain. */
  readonly rules: readonly Rule[];
}

export interface Configuration {
  readonly chain: (path: string) => Chain;
  readonly state: (rule: Rule, path: string) => RuleState;
  /** Severity of a rule in a file; `off` also where the finding's confidence is too low or the file is ignored. */
  readonly severity: (rule: Rule, path: string) => Severity | 'off';
  readonly reports: (confidence: 'high' | 'medium' | 'low', path: string) => boolean;
  readonly ignores: (path: string) => boolean;
  /** The configuration that locks a rule for a file. */
  readonly lockedBy: (ruleId: string, path: string) => string | undefined;
  /** What is wrong in a configuration file. */
  readonly problems: (path: string) => readonly Problem[];
  /** A file changed: true when a configuration was read from it, or now may be. */
  readonly changed: (path: string) => boolean;
  readonly known: KnownNames;
  /** Every configuration file that was read. */
  readonly files: () => readonly string[];
}

export interface ConfigurationOptions {
  readonly sources: Sources;
  readonly rules: readonly Rule[];
  /** The user's own settings; the team's files come after them. */
  readonly user?: Layer;
  /** False: only the defaults and the user's settings hold (`--no-config`). */
  readonly readFiles: boolean;
}

const mostExtended = 50;

/** Finds, reads and joins configurations. Never throws; what is broken keeps its last valid state. */
export function createConfiguration({ sources, rules, user, readFiles }: ConfigurationOptions): Configuration {
  const known: KnownNames = {
    rule: rules.map((rule) => rule.id),
    category: categories,
    tag: [...new Set(rules.flatMap((rule) => rule.tags ?? []))].sort(),
  };
  const lastGood = new Map<string, Layer>();
  const read = new Map<string, { readonly layer: Layer | undefined; readonly problems: readonly Problem[] }>();
  const chains = new Map<string, Chain>();
  const byLayers = new Map<string, Chain>();
  const states = new WeakMap<Chain, Map<string, RuleState>>();

  /** One file, read as if for a folder; the same file may be a base of several. */
  const load = (path: string, directory: string): { readonly layer: Layer | undefined; readonly problems: readonly Problem[] } => {
    const key = `${path}\n${directory}`;
    const cached = read.get(key);
    if (cached) return cached;
    const document = sources.document(path);
    let result: { readonly layer: Layer | undefined; readonly problems: readonly Problem[] } = { layer: undefined, problems: [] };
    if (document) {
      const { map, broken, problems } = readMap(document);
      const layer = broken ? lastGood.get(key) : readLayer(path, directory, map);
      if (layer && !broken) lastGood.set(key, layer);
      result = { layer, problems: [...problems, ...(map ? configProblems(map, known) : [])] };
    }
    read.set(key, result);
    return result;
  };

  /** A configuration with its bases before it; cycles, escapes and missing files are problems and are left out. */
  const withBases = (layer: Layer, open: readonly string[], problems: Problem[], budget: { left: number }): Layer[] => {
    const out: Layer[] = [];
    for (const { reference, origin } of layer.extends) {
      const tell = (message: string): void => void problems.push({ ...origin, code: 'config/extends', severity: 'error', message, fixes: [] });
      const target = resolveBase(reference, layer.source, sources);
      if ('problem' in target) tell(target.problem);
      else if (open.includes(target.path)) tell(`"${reference}" extends this file again.`);
      else if (--budget.left < 0) tell(`More than ${mostExtended} configurations are extended.`);
      else {
        const base = load(target.path, layer.directory);
        if (base.layer) out.push(...withBases(base.layer, [...open, target.path], problems, budget));
        else tell(`"${reference}" cannot be read as a configuration.`);
      }
    }
    return [...out, layer];
  };

  const configs = new Map<string, string | undefined>();
  const configIn = (directory: string): string | undefined => {
    if (!configs.has(directory)) {
      const folder = sources.exists(joinPath(directory, '.wardline'));
      configs.set(directory, folder ? configNames.map((name) => joinPath(directory, `.wardline/${name}`)).find((path) => sources.exists(path)) : undefined);
    }
    return configs.get(directory);
  };

  const layersFor = (directory: string): readonly Layer[] => {
    const found: Layer[][] = [];
    if (readFiles) {
      for (let at = directory; ; at = directoryName(at)) {
        const path = configIn(at);
        const layer = path === undefined ? undefined : load(path, at).layer;
        if (layer) {
          found.unshift(withBases(layer, [layer.source], [], { left: mostExtended }));
          if (layer.root) break;
        }
        if (at === '' || at === '/' || directoryName(at) === at) break;
      }
    }
    return [...(user ? [user] : []), ...found.flat()];
  };

  const chainOf = (directory: string): Chain => {
    const cached = chains.get(directory);
    if (cached) return cached;
    const layers = layersFor(directory);
    const key = layers.map((layer) => `${layer.source}@${layer.directory}`).join('\n');
    let chain = byLayers.get(key);
    if (!chain) {
      chain = { layers, rules: rules.filter((rule) => mayBeOn(rule, layers)) };
      byLayers.set(key, chain);
    }
    chains.set(directory, chain);
    return chain;
  };

  /** States are shared by all files of a chain that the same overrides match. */
  const state = (rule: Rule, path: string): RuleState => {
    const chain = chainOf(directoryName(path));
    let own = states.get(chain);
    if (!own) states.set(chain, (own = new Map()));
    const overrides = chain.layers.flatMap((layer, at) => layer.overrides.flatMap((one, index) => (one.matches(relativeTo(layer.directory, path)) ? [`${at}.${index}`] : [])));
    const key = `${rule.id} ${overrides.join(' ')}`;
    let result = own.get(key);
    if (!result) own.set(key, (result = ruleState(rule, path, chain.layers)));
    return result;
  };

  return {
    known,
    chain: (path) => chainOf(directoryName(path)),
    state,
    severity: (rule, path) => state(rule, path).severity,
    reports: (confidence, path) => {
      const order = ['low', 'medium', 'high'];
      return order.indexOf(confidence) >= order.indexOf(minimumConfidence(path, chainOf(directoryName(path)).layers));
    },
    ignores: (path) => ignoredBy(path, chainOf(directoryName(path)).layers) !== undefined,
    lockedBy: (id, path) => chainOf(directoryName(path)).layers.find((layer) => layer.locked.some((selector) => selects(selector, { id: id as Rule['id'] })))?.source,
    problems: (path) => {
      if (!readFiles || !isConfigPath(path)) return [];
      const { layer, problems } = load(path, governedDirectory(path));
      if (!layer) return problems;
      const more: Problem[] = [];
      withBases(layer, [path], more, { left: mostExtended });
      return [...problems, ...more.filter((one) => one.path === path), ...effectProblems(layer, rules, layersFor(governedDirectory(path)))];
    },
    changed: (path) => {
      const relevant = isConfigPath(path) || path.endsWith('/.wardline') || [...read.keys()].some((key) => key.startsWith(`${path}\n`));
      if (!relevant) return false;
      read.clear();
      configs.clear();
      chains.clear();
      byLayers.clear();
      return true;
    },
    files: () => [...new Set([...read].flatMap(([key, one]) => (one.layer || one.problems.length > 0 ? [key.slice(0, key.indexOf('\n'))] : [])))],
  };
}

function mayBeOn(rule: Rule, layers: readonly Layer[]): boolean {
  if (ruleState(rule, '', layers).severity !== 'off') return true;
  return layers.some((layer) => layer.overrides.some((one) => [...one.rules, ...one.categories, ...one.tags].some(([, setting]) => setting.level !== undefined && setting.level !== 'off')));
}

/** A base by relative path or npm package; never outside of the repository that holds the configuration. */
function resolveBase(reference: string, from: string, sources: Sources): { readonly path: string } | { readonly problem: string } {
  const boundary = boundaryOf(from, sources);
  const inside = (path: string): boolean => boundary === '' || path === boundary || path.startsWith(`${boundary}/`);
  if (reference.startsWith('.')) {
    const path = joinPath(directoryName(from), reference);
    if (!inside(path)) return { problem: `"${reference}" lies outside of the repository.` };
    const file = /\.(?:ya?ml|json)$/.test(path) ? path : configNames.map((name) => joinPath(path, name)).find((one) => sources.exists(one));
    return file !== undefined && sources.exists(file) ? { path: file } : { problem: `"${reference}" does not exist.` };
  }
  if (!/^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?:\/[\w.~-]+)*$/i.test(reference) || reference.includes('..')) return { problem: `"${reference}" is neither a relative path nor the name of an npm package.` };
  for (let at = governedDirectory(from); inside(at); at = directoryName(at)) {
    const folder = joinPath(at, `node_modules/${reference}`);
    const file = /\.(?:ya?ml|json)$/.test(folder) ? [folder] : ['wardline.yaml', 'wardline.yml', 'wardline.json', '.wardline/config.yaml', '.wardline/config.json'].map((name) => joinPath(folder, name));
    const found = file.find((one) => sources.exists(one));
    if (found !== undefined) return { path: found };
    if (at === directoryName(at) || at === '') break;
  }
  return { problem: `The package "${reference}" is not installed, or holds no wardline.yaml.` };
}

/** The repository's root, or the folder that is governed where there is none. */
function boundaryOf(from: string, sources: Sources): string {
  const own = governedDirectory(from);
  for (let at = own; ; at = directoryName(at)) {
    if (sources.exists(joinPath(at, '.git'))) return at;
    if (at === '' || at === '/' || directoryName(at) === at) return own;
  }
}
