/**
 * Shapes describe what may stand in a file of the team's: one description serves validation, completion, hover and the
 * published JSON Schema, so that they cannot disagree.
 */
export type Shape =
  | { readonly kind: 'string'; readonly values?: readonly string[]; readonly names?: Names; readonly pattern?: RegExp; readonly patternHint?: string; /** A pattern of paths. */ readonly glob?: true }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly most?: number }
  | { readonly kind: 'map'; readonly keys: Readonly<Record<string, Key>>; readonly others?: { readonly names: Names; readonly shape: Shape } ; readonly required?: readonly string[] }
  | { readonly kind: 'either'; readonly options: readonly Shape[] }
  | { readonly kind: 'any' };

/** Sets of names that are known at run time only. */
export type Names = 'rule' | 'category' | 'tag' | 'free';

export interface Key {
  readonly shape: Shape;
  readonly description: string;
  /** What replaces a key that is no longer used. */
  readonly replacedBy?: string;
}

/** Names that a file may refer to. */
export type KnownNames = Readonly<Record<Exclude<Names, 'free'>, readonly string[]>>;

const typeNames: Readonly<Record<Exclude<Shape['kind'], 'either' | 'any'>, string>> = { string: 'a text', boolean: 'true or false', number: 'a number', list: 'a list', map: 'a map of keys' };

/** A shape in words: `a text or a list`. */
export function describeShape(shape: Shape): string {
  if (shape.kind === 'any') return 'any value';
  if (shape.kind === 'either') return [...new Set(shape.options.map(describeShape))].join(' or ');
  if (shape.kind === 'string' && shape.values) return `one of ${shape.values.join(', ')}`;
  return typeNames[shape.kind];
}

/** JSON Schema (draft 7) of a shape. */
export function jsonSchema(shape: Shape, known: KnownNames): Record<string, unknown> {
  switch (shape.kind) {
    case 'any': return {};
    case 'boolean': return { type: 'boolean' };
    case 'number': return { type: 'number', minimum: shape.least, maximum: shape.most };
    case 'list': return { type: 'array', items: jsonSchema(shape.of, known), ...(shape.most === undefined ? {} : { maxItems: shape.most }) };
    case 'either': return { anyOf: shape.options.map((option) => jsonSchema(option, known)) };
    case 'string': {
      if (shape.values) return { type: 'string', enum: shape.values };
      if (shape.names && shape.names !== 'free') return { type: 'string', examples: known[shape.names].slice(0, 20) };
      return { type: 'string', ...(shape.pattern ? { pattern: shape.pattern.source } : {}) };
    }
    case 'map': {
      const named = shape.others && shape.others.names !== 'free' ? known[shape.others.names] : [];
      // Validators nest a branch per property and give up on thousands; wildcards and a team's own rules are right as well.
      const many = named.length > 200;
      const other = shape.others ? jsonSchema(shape.others.shape, known) : undefined;
      return {
        type: 'object',
        properties: {
          ...Object.fromEntries(Object.entries(shape.keys).map(([name, key]) => [name, { description: key.description, ...(key.replacedBy ? { deprecated: true } : {}), ...jsonSchema(key.shape, known) }])),
          ...(many ? {} : Object.fromEntries(named.map((name) => [name, other]))),
        },
        ...(many ? { propertyNames: { anyOf: [{ enum: named }, { pattern: '[/*:]' }] } } : {}),
        ...(shape.required ? { required: shape.required } : {}),
        additionalProperties: shape.others ? (shape.others.names === 'free' || shape.others.names === 'rule' ? other : false) : false,
      };
    }
  }
}
