import { beginsAsJson } from '../base/json-text.ts';
import { directoryName } from '../base/path.ts';
import { jsonValue } from '../lower/data/json.ts';
import { yamlValues } from '../lower/data/yaml.ts';
import type { Problem } from '../model/problem.ts';
import type { MapValue } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import { configShape } from './config-shape.ts';
import type { KnownNames } from './shape.ts';
import { validate } from './validate.ts';

/** Names that a team's configuration may have below `.wardline/`, in the order in which they are looked for. */
export const configNames: readonly string[] = ['config.yaml', 'config.yml', 'config.json'];

export function isConfigPath(path: string): boolean {
  return configNames.some((name) => path.endsWith(`/.wardline/${name}`) || path === `.wardline/${name}`);
}

/** Any file that the team keeps for Wardline. */
export function isTeamFile(path: string): boolean {
  return /(?:^|\/)\.wardline\//.test(path);
}

/** The folder that a configuration governs: the one that holds `.wardline`. */
export function governedDirectory(path: string): string {
  return directoryName(directoryName(path));
}

/** The map in a team's file. `broken` when it has syntax errors or is no map. */
export function readMap(document: Document): { readonly map: MapValue | undefined; readonly broken: boolean; readonly problems: readonly Problem[] } {
  const json = document.path.endsWith('.json') || beginsAsJson(document.text);
  const read = json ? jsonOf(document) : yamlValues(document.path, document.text);
  const value = read.values[0];
  const problem = (offset: number, message: string): Problem => ({ path: document.path, range: lineAt(document, offset), code: 'config/syntax', severity: 'error', message, fixes: [] });
  if (read.errors.length > 0) return { map: undefined, broken: true, problems: [problem(read.errors[0]!, `The file is not valid ${json ? 'JSON' : 'YAML'}; the last valid state stays in force.`)] };
  if (value === undefined || value.kind === 'null') return { map: undefined, broken: false, problems: [] };
  if (value.kind !== 'map') return { map: undefined, broken: true, problems: [problem(value.at.range.start, 'The file must be a map of keys.')] };
  return { map: value, broken: false, problems: [] };
}

/** Everything that is wrong in a configuration by itself. */
export function configProblems(map: MapValue, known: KnownNames): readonly Problem[] {
  return validate(map, configShape, known);
}

function jsonOf(document: Document) {
  const { value, errors } = jsonValue(document.path, document.text);
  return { values: value ? [value] : [], errors };
}

function lineAt(document: Document, offset: number): Problem['range'] {
  return document.lines.range(document.lines.position(Math.min(offset, document.text.length)).line);
}
