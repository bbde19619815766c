import { mapsOf, scalar, truth, type MapValue, type Value } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';
import { mapsAt, objectRule } from '../_kubernetes.ts';

const file = 'openapi.yaml';
/** Findings of one kind that are told of one description, which has them nowhere or everywhere. */
const most = 10;
const deepest = 12;
/** Formats that bound a text by themselves. */
const bounded = /^(?:date|date-time|time|duration|uuid|ipv4|ipv6|byte|binary|password|int\d+|float|double|hostname|email|color)$/;
/** Patterns that fit any text: `.*`, `^.+$`, `[\s\S]*`. */
const anything = /^\^?(?:\(?(?:\.|\[\\s\\S\]|\[\\w\\W\]|\[\^\])[*+]\??\)?)?\$?$/;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly severity: 'info' | 'low';
  /** The value that is wrong in a schema. */
  readonly find: (schema: MapValue) => Value | undefined;
  readonly problem: string;
  /** As `most`, for what descriptions say of few schemas or none. */
  readonly most?: number;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

const at = (schema: MapValue, key: string): Value | undefined => {
  const entry = schema.entries.get(key);
  return entry && { ...entry.value, at: entry.keyOrigin };
};
const typeOf = (schema: MapValue): string => String(scalar(schema.entries.get('type')?.value) ?? '');
const has = (schema: MapValue, ...keys: readonly string[]): boolean => keys.some((key) => schema.entries.has(key));

const rows: readonly Row[] = [
  {
    id: 'input-validation/openapi-unbounded-text',
    title: 'Text without a greatest length',
    severity: 'info',
    what: 'Reports texts in schemas without `maxLength`, `enum` or a format that bounds them.',
    why: 'A client can send as much as it likes: memory, tokens and money of a model are used up by one request.',
    references: ['CWE-770', 'SC-5', 'LLM10:2025'],
    find: (schema) => {
      const format = String(scalar(schema.entries.get('format')?.value) ?? '');
      const pattern = String(scalar(schema.entries.get('pattern')?.value) ?? '');
      const limited =
        has(schema, 'maxLength', 'enum', 'const', '$ref') ||
        bounded.test(format) ||
        (pattern !== '' && !/[*+]|\{\d+,\}/.test(pattern) && /^\^.*\$$/.test(pattern));
      return typeOf(schema) === 'string' && schema.complete && !limited && truth(schema.entries.get('readOnly')?.value) !== true
        ? at(schema, 'type')
        : undefined;
    },
    problem: 'A text of the API has no greatest length',
    bad: ['type: string', '^^^^'],
    good: ['type: string', 'maxLength: 4000'],
  },
  {
    id: 'input-validation/openapi-text-without-pattern',
    title: 'Text of a bounded length that may hold anything',
    severity: 'info',
    what: 'Reports texts in schemas with a `maxLength`, but without `pattern`, `enum` or a format.',
    why: 'What is checked at the door cannot surprise the program behind it: line ends, quotes and control characters are turned away.',
    references: ['CWE-20', 'SI-10'],
    find: (schema) => (typeOf(schema) === 'string' && schema.complete && has(schema, 'maxLength') && !has(schema, 'pattern', 'format', 'enum', 'const', '$ref', 'contentEncoding') && truth(schema.entries.get('readOnly')?.value) !== true ? at(schema, 'type') : undefined),
    problem: 'A text of the API may hold anything',
    most: 3,
    bad: ['type: string', '^^^^', 'maxLength: 40'],
    good: ['type: string', 'maxLength: 40', 'pattern: "^[a-z]+$"'],
  },
  {
    id: 'input-validation/openapi-loose-pattern',
    title: 'Pattern that fits a part of a text',
    severity: 'info',
    what: 'Reports patterns without `^` at the start or without `$` at the end.',
    why: 'Patterns of schemas are not tied to the ends of a text: whatever stands around the part that fits is let through.',
    references: ['CWE-20', 'SI-10'],
    find: (schema) => {
      const pattern = schema.entries.get('pattern')?.value;
      const text = String(scalar(pattern) ?? '');
      return pattern && typeOf(schema) === 'string' && text !== '' && !anything.test(text) && !(/^\(?\^/.test(text) && /\$\)?$/.test(text)) ? pattern : undefined;
    },
    problem: 'A pattern of the API fits a part of a text',
    most: 3,
    bad: ['type: string', 'maxLength: 40', 'pattern: "[a-z]+"', '          ^^^^^^'],
    good: ['type: string', 'maxLength: 40', 'pattern: "^[a-z]+$"'],
  },
  {
    id: 'input-validation/openapi-number-without-format',
    title: 'Number whose size is not said',
    severity: 'info',
    what: 'Reports whole numbers in schemas that are bounded, but without a `format` such as int32.',
    why: 'Programs on both sides then choose a size of their own, and what one of them takes overflows in the other.',
    references: ['CWE-20', 'SI-10'],
    find: (schema) => (typeOf(schema) === 'integer' && schema.complete && has(schema, 'minimum') && has(schema, 'maximum') && !has(schema, 'format', 'enum', 'const', '$ref') ? at(schema, 'type') : undefined),
    problem: 'The size of a number of the API is not said',
    most: 3,
    bad: ['type: integer', '^^^^', 'minimum: 0', 'maximum: 100'],
    good: ['type: integer', 'format: int32', 'minimum: 0', 'maximum: 100'],
  },
  {
    id: 'input-validation/openapi-untyped-items',
    title: 'List of anything',
    severity: 'info',
    what: 'Reports lists in schemas that do not say what they hold.',
    why: 'A client puts into the list what the program does not expect.',
    references: ['CWE-20', 'SI-10'],
    find: (schema) => (typeOf(schema) === 'array' && schema.complete && !has(schema, 'items', 'prefixItems', '$ref', 'contains', 'allOf', 'anyOf', 'oneOf') ? at(schema, 'type') : undefined),
    problem: 'A list of the API may hold anything',
    most: 3,
    bad: ['type: array', '^^^^', 'maxItems: 10'],
    good: ['type: array', 'maxItems: 10', 'items: { type: boolean }'],
  },
  {
    id: 'input-validation/openapi-any-pattern',
    title: 'Pattern that fits everything',
    severity: 'low',
    what: 'Reports patterns of schemas such as `.*`, that fit every text.',
    why: 'The pattern looks like a check and is none.',
    references: ['CWE-20', 'SI-10'],
    find: (schema) => {
      const pattern = schema.entries.get('pattern')?.value;
      return pattern?.kind === 'string' && anything.test(pattern.value) ? pattern : undefined;
    },
    problem: 'A pattern of the API fits every text',
    bad: ['type: string', 'maxLength: 40', "pattern: '^.*$'", '          ^^^^'],
    good: ['type: string', 'maxLength: 40', "pattern: '^[a-z]+$'"],
  },
  {
    id: 'input-validation/openapi-unbounded-number',
    title: 'Number without bounds',
    severity: 'info',
    what: 'Reports numbers in schemas without `maximum`, or without `minimum`.',
    why: 'Counts and sizes that nobody bounds are what loops and buffers are exhausted with.',
    references: ['CWE-20', 'CWE-770', 'SI-10'],
    find: (schema) => {
      if (
        !/^(?:integer|number)$/.test(typeOf(schema)) ||
        !schema.complete ||
        has(schema, 'enum', 'const') ||
        truth(schema.entries.get('readOnly')?.value) === true
      )
        return undefined;
      return has(schema, 'maximum', 'exclusiveMaximum') && has(schema, 'minimum', 'exclusiveMinimum') ? undefined : at(schema, 'type');
    },
    problem: 'A number of the API has no bounds',
    bad: ['type: integer', '^^^^'],
    good: ['type: integer', 'minimum: 1', 'maximum: 100'],
  },
  {
    id: 'input-validation/openapi-free-properties',
    title: 'Object that takes any properties',
    severity: 'low',
    what: 'Reports objects in schemas with properties of their own that allow any others with `additionalProperties: true`.',
    why: 'What a client adds reaches the program unseen, and fields such as `role` are set that way.',
    references: ['CWE-915', 'SI-10'],
    find: (schema) => {
      const more = schema.entries.get('additionalProperties')?.value;
      const free = truth(more) === true || (more?.kind === 'map' && more.complete && more.entries.size === 0);
      return has(schema, 'properties') && free ? more : undefined;
    },
    problem: 'An object of the API takes any properties',
    bad: ['type: object', 'additionalProperties: true', '                      ^^^^', 'properties: { role: { $ref: a } }'],
    good: ['type: object', 'additionalProperties: false', 'properties: { role: { $ref: a } }'],
  },
];

const sample = (lines: readonly string[]): string =>
  ['openapi: 3.0.3', 'info:', '  title: inference', 'components:', '  schemas:', '    Prompt:', ...lines.map((line) => `      ${line}`), ''].join('\n');

/** The maps of a description that may be schemas; answers are what the program itself writes. */
function visit(map: MapValue, depth: number, tell: (schema: MapValue) => void): void {
  if (depth > deepest) return;
  tell(map);
  for (const entry of map.entries.values())
    if (!/^(?:responses|example|examples|default|enum|headers)$/.test(entry.key) || depth === 0)
      for (const inner of mapsOf(entry.value)) visit(inner, depth + 1, tell);
}

export default rows.map((row) =>
  objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: ['openapi'],
    file,
    what: `${row.what} The first ten of a description are told, which has them nowhere or everywhere.`,
    why: row.why,
    references: row.references,
    noFix: 'The right limit has to be known.',
    whenNotToUse: 'For what only the program itself writes.',
    check: (resource, tell) => {
      const found: Value[] = [];
      for (const path of ['components.schemas', 'components.parameters', 'components.requestBodies', 'definitions', 'parameters', 'paths'])
        for (const map of mapsAt(resource, path))
          visit(map, 0, (schema) => {
            const value = row.find(schema);
            if (value) found.push(value);
          });
      const told = row.most ?? most;
      const more = found.length - told;
      found
        .slice(0, told)
        .forEach((value, index) => tell(value, more > 0 && index === told - 1 ? `${row.problem}; the same holds for ${more} more.` : `${row.problem}.`));
    },
    bad: sample(row.bad),
    good: sample(row.good),
  }),
);
