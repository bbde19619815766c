import type { ModelSigner } from '../rule/artefacts.ts';
import { directoryName, joinPath } from '../base/path.ts';
import type { Problem } from '../model/problem.ts';
import type { Severity } from '../model/finding.ts';
import { categories } from '../model/finding.ts';
import type { ModelPolicy } from '../model/model-policy.ts';
import type { Rule } from '../rule/rule.ts';
import type { Sources } from '../source/sources.ts';
import { resolveBase } from './bases.ts';
import { effectProblems } from './effect-problems.ts';
import { ignoredBy, minimumConfidence, relativeTo, ruleState, selects, type RuleState } from './effective.ts';
import { configNames, configProblems, governedDirectory, isConfigPath, readMap } from './file.ts';
import { readLayer, type Layer } from './layer.ts';
import { isAsked, type Only } from './only.ts';
import { compileRules, type CompiledRules, type TeamRule } from './rules/compile.ts';
import { isRuleFile } from './rules/shape.ts';
import type { KnownNames } from './shape.ts';
import { isThreatFile, threatShape } from './threat-shape.ts';
import { validate } from './validate.ts';

/** What holds for the files of one folder. Files with the same chain share it. */
export interface Chain {
  /** Lowest precedence first. */
  readonly layers: readonly Layer[];
  /** Rules that are on for at least one file of the chain. */
  readonly rules: readonly Rule[];
  /** Functions that the team trusts to clean what they are given. */
  readonly trustedSanitizers: readonly string[];
  /** Who may sign models. */
  readonly modelSigners: readonly ModelSigner[];
  /** Which models may see which classes of data; undefined where the team has not said so. */
  readonly modelPolicy: ModelPolicy | undefined;
}

export interface Configuration {
  readonly chain: (path: string) => Chain;
  readonly state: (rule: Rule, path: string) => RuleState;
  /** Severity of a rule in a file; `off` also where the finding's confidence is too low or the file is ignored. */
  readonly severity: (rule: Rule, path: string) => Severity | 'off';
  readonly reports: (confidence: 'high' | 'medium' | 'low', path: string) => boolean;
  readonly ignores: (path: string) => boolean;
  /** Bytes of the largest text file that is analysed, where the team sets a limit. */
  readonly fileSize: (path: string) => number | undefined;
  /** The configuration that locks a rule for a file. */
  readonly lockedBy: (ruleId: string, path: string) => string | undefined;
  /** What is wrong in a configuration file. */
  readonly problems: (path: string) => readonly Problem[];
  /** A file changed: true when a configuration was read from it, or now may be. */
  readonly changed: (path: string) => boolean;
  readonly known: KnownNames;
  /** A rule by id, the team's own included. */
  readonly rule: (id: string) => Rule | undefined;
  /** The team's own rules of a file that defines some. */
  readonly teamRules: (path: string) => readonly TeamRule[];
  /** Whether the run looks for what a rule, or a selector such as `secrets/*`, stands for. */
  readonly asked: (selector: string) => boolean;
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
  /** What the run is limited to. */
  readonly only?: Only;
}

const mostExtended = 50;

/** Finds, reads and joins configurations. Never throws; what is broken keeps its last valid state. */
export function createConfiguration({ sources, rules, user, readFiles, only = {} }: ConfigurationOptions): Configuration {
  const builtIn: KnownNames = {
    rule: rules.map((rule) => rule.id),
    category: categories,
    tag: [...new Set([...rules.flatMap((rule) => rule.tags ?? []), 'team'])].sort(),
  };
  const byId = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
  const compiled = new Map<string, CompiledRules>();
  const own = (): readonly TeamRule[] => [...compiled.values()].flatMap((one) => one.rules);
  const known: KnownNames = {
    category: builtIn.category,
    get rule() {
      return [...builtIn.rule, ...own().map(({ rule }) => rule.id)];
    },
    get tag() {
      return [...new Set([...builtIn.tag, ...own().flatMap(({ rule }) => rule.tags ?? [])])];
    },
  };
  const compile = (path: string): CompiledRules => {
    let result = compiled.get(path);
    if (!result) {
      const document = sources.document(path);
      result = document ? compileRules(document, directoryName(governedDirectory(path)), { ...builtIn, rule: [...builtIn.rule, ...own().map(({ rule }) => rule.id)] }) : { rules: [], problems: [] };
      compiled.set(path, result);
    }
    return result;
  };
  /** The team's rules of the `.wardline/rules` folders above a file, up to a root. */
  const rulesFor = (directory: string): readonly Rule[] => {
    if (!readFiles) return [];
    const out: Rule[] = [];
    for (let at = directory; ; at = directoryName(at)) {
      if (hasTeamFolder(at)) {
        const folder = joinPath(at, '.wardline/rules');
        for (const name of sources.list(folder)) {
          const path = joinPath(folder, name);
          if (isRuleFile(path)) out.push(...compile(path).rules.map(({ rule }) => rule));
        }
        const config = configIn(at);
        if (config !== undefined && load(config, at).layer?.root) break;
      }
      if (at === '' || at === '/' || directoryName(at) === at) break;
    }
    return out;
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
  const folders = new Map<string, boolean>();
  const hasTeamFolder = (directory: string): boolean => {
    let answer = folders.get(directory);
    if (answer === undefined) folders.set(directory, (answer = sources.exists(joinPath(directory, '.wardline'))));
    return answer;
  };
  const configIn = (directory: string): string | undefined => {
    if (!configs.has(directory)) {
      configs.set(directory, hasTeamFolder(directory) ? configNames.map((name) => joinPath(directory, `.wardline/${name}`)).find((path) => sources.exists(path)) : undefined);
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
    const team = rulesFor(directory);
    const layers = layersFor(directory);
    const key = [...layers.map((layer) => `${layer.source}@${layer.directory}`), ...team.map((rule) => rule.id)].join('\n');
    let chain = byLayers.get(key);
    if (!chain) {
      chain = { layers, rules: [...rules, ...team].filter((rule) => isAsked(rule.id, only) && mayBeOn(rule, layers)), trustedSanitizers: layers.flatMap((layer) => layer.trustedSanitizers), modelSigners: layers.flatMap((layer) => layer.modelSigners), modelPolicy: modelPolicyOf(layers) };
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
    rule: (id) => byId.get(id) ?? own().find((one) => one.rule.id === id)?.rule,
    asked: (selector) => isAsked(selector, only),
    teamRules: (path) => (readFiles && isRuleFile(path) ? compile(path).rules : []),
    chain: (path) => chainOf(directoryName(path)),
    state,
    severity: (rule, path) => state(rule, path).severity,
    reports: (confidence, path) => {
      const order = ['low', 'medium', 'high'];
      return order.indexOf(confidence) >= order.indexOf(minimumConfidence(path, chainOf(directoryName(path)).layers));
    },
    ignores: (path) => ignoredBy(path, chainOf(directoryName(path)).layers) !== undefined,
    fileSize: (path) => chainOf(directoryName(path)).layers.findLast((layer) => layer.fileSize !== undefined)?.fileSize,
    lockedBy: (id, path) => chainOf(directoryName(path)).layers.find((layer) => layer.locked.some((selector) => selects(selector, { id: id as Rule['id'] })))?.source,
    problems: (path) => {
      if (!readFiles) return [];
      if (isRuleFile(path)) return compile(path).problems;
      if (isThreatFile(path)) {
        const document = sources.document(path);
        const { map, problems } = document ? readMap(document) : { map: undefined, problems: [] };
        return [...problems, ...(map ? validate(map, threatShape, known) : [])];
      }
      if (!isConfigPath(path)) return [];
      const { layer, problems } = load(path, governedDirectory(path));
      if (!layer) return problems;
      const more: Problem[] = [];
      withBases(layer, [path], more, { left: mostExtended });
      return [...problems, ...more.filter((one) => one.path === path), ...effectProblems(layer, rules, layersFor(governedDirectory(path)))];
    },
    changed: (path) => {
      const relevant = isConfigPath(path) || isRuleFile(path) || path.endsWith('/.wardline') || [...read.keys()].some((key) => key.startsWith(`${path}\n`));
      if (!relevant) return false;
      read.clear();
      configs.clear();
      folders.clear();
      compiled.clear();
      chains.clear();
      byLayers.clear();
      return true;
    },
    files: () => [...new Set([...compiled.keys(), ...[...read].flatMap(([key, one]) => (one.layer || one.problems.length > 0 ? [key.slice(0, key.indexOf('\n'))] : []))])],
  };
}

function mayBeOn(rule: Rule, layers: readonly Layer[]): boolean {
  if (ruleState(rule, '', layers).severity !== 'off') return true;
  return layers.some((layer) => layer.overrides.some((one) => [...one.rules, ...one.categories, ...one.tags].some(([, setting]) => setting.level !== undefined && setting.level !== 'off')));
}

/** What all layers declare of data, and of models the entries of the nearest layer that has them. */
function modelPolicyOf(layers: readonly Layer[]): ModelPolicy | undefined {
  const models = new Map(layers.flatMap((layer) => [...layer.models]));
  if (models.size === 0) return undefined;
  const dataClasses = new Map<string, readonly string[]>();
  for (const layer of layers) for (const [name, globs] of layer.dataClasses) dataClasses.set(name, [...(dataClasses.get(name) ?? []), ...globs]);
  return { models, dataClasses };
}
