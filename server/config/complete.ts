import { configShape } from './config-shape.ts';
import { keyAt, shapesAt, spotAt, type Spot } from './locate.ts';
import { describeShape, type KnownNames, type Shape } from './shape.ts';
import type { Document } from '../source/document.ts';
import type { TextRange } from '../base/range.ts';
import { isConfigPath } from './file.ts';
import { isThreatFile, threatShape } from './threat-shape.ts';
import { isRuleFile, rulesShape } from './rules/shape.ts';

export interface Proposal {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'rule';
  readonly text: string;
  readonly detail: string;
  readonly range: TextRange;
}

/** The shape of a team's file, by its path; undefined for files of no known shape. */
function shapeOfFile(path: string): Shape | undefined {
  return isConfigPath(path) ? configShape : isRuleFile(path) ? rulesShape : isThreatFile(path) ? threatShape : undefined;
}

/** What may be written at the cursor in a team's file. */
export function complete(document: Document, offset: number, known: KnownNames, titleOf: (ruleId: string) => string | undefined): readonly Proposal[] {
  const shape = shapeOfFile(document.path);
  if (!shape) return [];
  const spot = spotAt(document, offset);
  const shapes = shapesAt(shape, spot.path);
  const names = spot.kind === 'key' ? shapes.flatMap((one) => keyNames(one, known)) : shapes.flatMap((one) => valueNames(one, known));
  return names.map(({ name, detail, rule }): Proposal => ({
    label: name, kind: rule ? 'rule' : spot.kind,
    text: spot.json || spot.kind === 'value' ? name : `${name}: `,
    detail: (rule ? titleOf(name) : undefined) ?? detail,
    range: spot.word,
  }));
}

interface Name {
  readonly name: string;
  readonly detail: string;
  readonly rule?: boolean;
}

function keyNames(shape: Shape, known: KnownNames): readonly Name[] {
  if (shape.kind !== 'map') return [];
  const own = Object.entries(shape.keys).filter(([, key]) => !key.replacedBy).map(([name, key]) => ({ name, detail: key.description }));
  const others = shape.others && shape.others.names !== 'free' ? selectors(shape.others.names, known) : [];
  return [...own, ...others];
}

function valueNames(shape: Shape, known: KnownNames): readonly Name[] {
  if (shape.kind === 'boolean') return ['true', 'false'].map((name) => ({ name, detail: '' }));
  if (shape.kind === 'map') return keyNames(shape, known).filter((one) => one.rule === undefined);
  if (shape.kind !== 'string') return [];
  if (shape.values) return shape.values.map((name) => ({ name, detail: '' }));
  return shape.names && shape.names !== 'free' ? selectors(shape.names, known) : [];
}

function selectors(names: keyof KnownNames, known: KnownNames): readonly Name[] {
  const all = known[names].map((name): Name => ({ name, detail: names, rule: names === 'rule' }));
  return names === 'rule' ? [...known.category.map((name) => ({ name: `${name}/*`, detail: `all rules of ${name}`, rule: true })), ...all] : all;
}

/** What the key or name under the cursor means, in Markdown. */
export function describeAt(document: Document, offset: number, describeRule: (id: string) => string | undefined): { readonly text: string; readonly range: TextRange } | undefined {
  const shape = shapeOfFile(document.path);
  if (!shape) return undefined;
  const spot: Spot = spotAt(document, offset);
  const word = document.text.slice(spot.word.start, spot.word.end);
  const rule = describeRule(word);
  if (rule !== undefined) return { text: rule, range: spot.word };
  const key = keyAt(shape, spot.path, word);
  return key && { text: `**${word}** — ${describeShape(key.shape)}\n\n${key.description}`, range: spot.word };
}
