import { isReasonableGlob } from './globs.ts';
import type { Problem } from '../model/problem.ts';
import type { MapEntry, MapValue, Value } from '../model/value.ts';
import { closest } from './closest.ts';
import { describeShape, type KnownNames, type Shape } from './shape.ts';

/** Everything in a value that its shape does not allow. Paths and ranges are those of the value. */
export function validate(value: Value, shape: Shape, known: KnownNames): readonly Problem[] {
  const problems: Problem[] = [];
  check(value, shape, known, problems);
  return problems;
}

function check(value: Value, shape: Shape, known: KnownNames, problems: Problem[]): void {
  const wrong = (message: string, fixes: Problem['fixes'] = [], code = 'config/wrong-value'): void => void problems.push({ ...value.at, code, severity: 'error', message, fixes });
  if (value.kind === 'null' || value.kind === 'unknown' || value.kind === 'reference') {
    if (shape.kind !== 'any' && value.kind !== 'null') wrong(`The value must be ${describeShape(shape)}.`);
    return;
  }
  switch (shape.kind) {
    case 'any': return;
    case 'either': {
      const fitting = shape.options.find((option) => fits(value, option)) ?? shape.options.find((option) => option.kind === value.kind);
      if (fitting) check(value, fitting, known, problems);
      else wrong(`The value must be ${describeShape(shape)}.`);
      return;
    }
    case 'boolean': if (value.kind !== 'boolean') wrong('The value must be true or false.'); return;
    case 'number':
      if (value.kind !== 'number') wrong('The value must be a number.');
      else if (value.value < shape.least || value.value > shape.most) wrong(`The number must lie between ${shape.least} and ${shape.most}.`);
      return;
    case 'string': {
      if (value.kind !== 'string') {
        if (!(value.kind === 'boolean' && shape.values?.includes(value.value ? 'on' : 'off'))) wrong(`The value must be ${describeShape(shape)}.`);
        return;
      }
      if (shape.values && !shape.values.includes(value.value)) {
        const meant = closest(value.value, shape.values);
        wrong(`"${value.value}" is not ${describeShape(shape)}${meant ? `; did you mean "${meant}"?` : '.'}`, meant ? [renamed(value, meant)] : []);
      } else if (shape.names && shape.names !== 'free') checkName(value.value, value, shape.names, known, problems);
      else if (shape.glob && !isReasonableGlob(value.value)) problems.push({ ...value.at, code: 'config/glob', severity: 'warning', message: `"${value.value.length > 60 ? `${value.value.slice(0, 57)}...` : value.value}" has too many wildcards or is too long, so it matches nothing.`, fixes: [] });
      else if (shape.pattern && !shape.pattern.test(value.value)) wrong(`"${value.value}" is not ${shape.patternHint ?? 'of the right form'}.`);
      return;
    }
    case 'list':
      if (value.kind !== 'list') wrong('The value must be a list.');
      else {
        if (shape.most !== undefined && value.items.length > shape.most) wrong(`The list has ${value.items.length} entries; at most ${shape.most} are read.`);
        for (const item of value.items.slice(0, shape.most)) check(item, shape.of, known, problems);
      }
      return;
    case 'map':
      if (value.kind !== 'map') wrong('The value must be a map of keys.');
      else checkMap(value, shape, known, problems);
  }
}

function checkMap(value: MapValue, shape: Extract<Shape, { kind: 'map' }>, known: KnownNames, problems: Problem[]): void {
  for (const entry of value.entries.values()) {
    const key = shape.keys[entry.key];
    if (key) {
      if (key.replacedBy) {
        problems.push({ ...entry.keyOrigin, code: 'config/deprecated-key', severity: 'warning', message: `"${entry.key}" is deprecated; use "${key.replacedBy}".`, fixes: [renameKey(entry, key.replacedBy)] });
      }
      check(entry.value, key.shape, known, problems);
    } else if (shape.others) {
      if (shape.others.names !== 'free') checkName(entry.key, { at: entry.keyOrigin }, shape.others.names, known, problems);
      check(entry.value, shape.others.shape, known, problems);
    } else {
      const meant = closest(entry.key, Object.keys(shape.keys).filter((name) => !value.entries.has(name)));
      problems.push({ ...entry.keyOrigin, code: 'config/unknown-key', severity: 'error', message: `Unknown key "${entry.key}"${meant ? `; did you mean "${meant}"?` : '.'}`, fixes: meant ? [renameKey(entry, meant)] : [] });
    }
  }
  for (const name of shape.required ?? []) {
    if (!value.entries.has(name)) problems.push({ ...startOf(value), code: 'config/missing-key', severity: 'error', message: `The key "${name}" is missing.`, fixes: [] });
  }
}

/** A rule selector may be an id, a whole category `iam/*`, or a team's own rule `team/...`. */
function checkName(name: string, at: Pick<Value, 'at'>, names: keyof KnownNames, known: KnownNames, problems: Problem[]): void {
  if (known[names].includes(name)) return;
  if (names === 'rule' && name.endsWith('/*') && known.category.includes(name.slice(0, -2))) return;
  const meant = closest(name, known[names]);
  problems.push({ ...at.at, code: `config/unknown-${names}`, severity: 'error', message: `Unknown ${names} "${name}"${meant ? `; did you mean "${meant}"?` : '.'}`, fixes: meant ? [{ title: `Replace with "${meant}"`, safe: true, intents: [{ kind: 'replace', origin: at.at, text: meant }] }] : [] });
}

function fits(value: Value, shape: Shape): boolean {
  if (shape.kind === 'any') return true;
  if (shape.kind === 'string' && shape.values && value.kind === 'boolean') return shape.values.includes(value.value ? 'on' : 'off');
  return shape.kind === value.kind && (shape.kind !== 'string' || value.kind !== 'string' || !shape.values || shape.values.includes(value.value));
}

function renamed(value: Value, text: string): Problem['fixes'][number] {
  return { title: `Replace with "${text}"`, safe: true, intents: [{ kind: 'replace', origin: value.at, text }] };
}

function renameKey(entry: MapEntry, name: string): Problem['fixes'][number] {
  return { title: `Rename to "${name}"`, safe: true, intents: [{ kind: 'replace', origin: entry.keyOrigin, text: name }] };
}

function startOf(value: MapValue): { readonly path: string; readonly range: { readonly start: number; readonly end: number } } {
  const first = [...value.entries.values()][0];
  return first ? first.keyOrigin : { path: value.at.path, range: { start: value.at.range.start, end: value.at.range.start } };
}
