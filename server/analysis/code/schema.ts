import type { FunctionNode, TypeNode } from '../../model/code-tree.ts';
import { everyKind, kindSet } from './kinds.ts';
import { lookUp, lookUpDotted, type Interpreter } from './interpreter.ts';
import { capped, textual } from './tables/cleaners.ts';
import { cleaned, joinTaints, taintsIn, childRoot, newRoot, step, unknownValue, type ClassValue, type Closure, type Proof, type Schema, type Taint, type Value } from './value.ts';

export const fixed: Schema = { clean: everyKind };
const freeText: Schema = { clean: textual };
/** The form of an address says nothing of whose it is. */
const address: Schema = { clean: everyKind & ~kindSet('message', 'effect') };
const anything: Schema = { clean: 0 };

/** What is known of data after a schema that could not be read has accepted it. */
export const trustedSchema: Schema = { clean: everyKind };

/** Data that passed a schema: its taints cleaned, field by field where the schema says. */
export function validated(schema: Schema, value: Value, taints: readonly Taint[] = taintsIn(value), depth = 0): Value {
  const clean = cleaned(taints, schema.clean);
  if (depth > 5) return { taints: clean };
  if (schema.fields) {
    const fields = new Map<string, Value>();
    for (const [key, inner] of schema.fields) {
      // What a field of the data is, where the data is an object that was made here.
      const given = value.fields && value.complete !== false && value.fields.size > 0 ? joinTaints(value.taints, taintsIn(value.fields.get(key) ?? unknownValue)) : taints;
      const own = given.map((taint) => ({ ...taint, root: childRoot(taint.root, key), what: taint.what.length < 60 ? `${taint.what}.${key}` : taint.what }));
      const part = value.complete === false ? undefined : value.fields?.get(key);
      fields.set(key, validated(inner, part ?? value, own, depth + 1));
    }
    return { taints: cleaned(taints, everyKind), fields, complete: true };
  }
  if (schema.element) return { taints: cleaned(taints, everyKind), element: validated(schema.element, value, taints, depth + 1) };
  return { taints: clean };
}

const freeWords = new Set(['string', 'str', 'text', 'any', 'unknown', 'record', 'json', 'file', 'url', 'uri', 'httpUrl', 'custom', 'instanceof', 'bytes', 'looseObject', 'dict', 'blob']);
const fixedWords = new Set(['number', 'boolean', 'bool', 'bigint', 'date', 'enum', 'nativeEnum', 'literal', 'uuid', 'uuidv4', 'cuid', 'cuid2', 'ulid', 'nanoid', 'int', 'int32', 'float32', 'float64', 'null', 'undefined', 'never', 'void', 'datetime', 'ip', 'ipv4', 'ipv6', 'cidr', 'picklist', 'integer', 'valid', 'oneOf', 'isoDate', 'guid', 'e164', 'hex', 'iso', 'stringbool', 'set', 'alternatives', 'e-mail', 'alphanum', 'token', 'symbol', 'isoTimestamp', 'nan', 'regex', 'pattern', 'matches', 'length', 'base64url', 'templateLiteral', 'emoji', 'positive', 'negative', 'equal', 'email', 'allow_only']);
const capWords = new Set(['max', 'maxLength', 'maxSize', 'maxItems', 'lte', 'lt']);

/** Whether a name belongs to a library that builds schemas, and the rest of the name. */
export function schemaWord(name: string): string | undefined {
  for (const library of ['zod.z', 'zod', 'joi', 'yup', 'valibot', 'superstruct', '@sinclair/typebox.Type', 'effect.Schema', 'elysia.t', 'convex/values.v', 'io-ts', 'myzod', '@vinejs/vine', 'celebrate.Joi', 'runtypes', '@hono/zod-openapi.z', '@asteasolutions/zod-to-openapi.z']) {
    if (name.startsWith(library) && (name[library.length] === '.' || name.length === library.length)) return name.slice(library.length + 1);
  }
  return undefined;
}

/** The schema that a builder call makes: `z.object({...})`, `z.string().max(9)`, `v.pipe(...)`. */
export function builtSchema(word: string, receiver: Schema | undefined, args: readonly Value[]): Schema | undefined {
  const method = word.slice(word.lastIndexOf('.') + 1);
  const first = args[0];
  if (receiver) {
    switch (method) {
      case 'optional': case 'nullable': case 'nullish': case 'default': case 'required': case 'describe': case 'strict': case 'passthrough': case 'partial': case 'readonly': case 'catch': case 'trim': case 'min': case 'label': case 'meta': case 'brand': case 'unknown': case 'options': case 'strip': case 'nonempty': case 'noUnknown': case 'toLowerCase': case 'openapi': case 'loose': case 'prefault': case 'exact': case 'empty': case 'normalize': case 'lowercase': case 'startsWith': case 'messages': case 'and': case 'or':
        return receiver;
      case 'array': return receiver.fields || receiver.element ? { clean: everyKind, element: receiver } : { clean: receiver.clean, element: receiver };
      case 'extend': case 'merge': case 'keys': case 'concat': case 'append': case 'shape': {
        const more = first?.schema?.fields ?? fieldsOf(first);
        return more ? { clean: everyKind, fields: new Map([...(receiver.fields ?? []), ...more]) } : receiver;
      }
      case 'pick': return { clean: everyKind, fields: new Map([...(receiver.fields ?? [])].filter(([key]) => first?.fields?.has(key))) };
      case 'omit': return { clean: everyKind, fields: new Map([...(receiver.fields ?? [])].filter(([key]) => !first?.fields?.has(key))) };
      case 'items': case 'of': return { clean: everyKind, element: first?.schema ?? receiver };
      case 'transform': case 'refine': case 'superRefine': case 'pipe': case 'custom': case 'test': case 'when': case 'check': case 'external': return { ...receiver, clean: receiver.clean | (method === 'transform' || method === 'pipe' || method === 'when' ? 0 : everyKind & ~0) };
      case 'url': case 'uri': case 'href': return receiver;
      default:
        if (capWords.has(method)) return { ...receiver, clean: receiver.clean | capped };
        if (method === 'email') return { ...receiver, clean: receiver.clean | address.clean };
        if (fixedWords.has(method)) return { ...receiver, clean: everyKind };
        return receiver;
    }
  }
  switch (method) {
    case 'object': case 'strictObject': case 'looseObject': case 'interface': case 'type': case 'Object': case 'Struct': case 'partial': case 'strict': {
      const fields = fieldsOf(first);
      return fields ? { clean: everyKind, fields } : trustedSchema;
    }
    case 'array': case 'Array': case 'list': case 'tuple': return { clean: everyKind, element: first?.schema ?? anything };
    case 'optional': case 'nullable': case 'nullish': case 'pipe': case 'lazy': case 'readonly': case 'Optional': case 'preprocess': case 'exactOptional': case 'undefinedable': {
      let out = first?.schema ?? args[1]?.schema ?? trustedSchema;
      for (const one of args.slice(1)) if (one.schema) out = { ...out, clean: out.clean | one.schema.clean };
      return out;
    }
    case 'union': case 'discriminatedUnion': case 'variant': case 'Union': case 'alternatives': case 'try': {
      const members = [...(first?.items ?? []), ...(args[1]?.items ?? [])].flatMap((one) => one.schema ?? []);
      if (members.length === 0) return trustedSchema;
      const fields = new Map<string, Schema>();
      for (const one of members) for (const [key, inner] of one.fields ?? []) fields.set(key, fields.has(key) ? { clean: fields.get(key)!.clean & inner.clean } : inner);
      return { clean: members.reduce((kinds, one) => kinds & one.clean, everyKind), ...(fields.size > 0 ? { fields } : {}) };
    }
    case 'coerce': return undefined;
    case 'record': case 'map': case 'Record': return { clean: textual, element: args[1]?.schema ?? args[0]?.schema ?? freeText };
    default:
      if (capWords.has(method)) return { clean: capped };
      if (method === 'String' && first?.fields && ['pattern', 'enum', 'format'].some((one) => first.fields!.has(one))) return fixed;
      if (freeWords.has(method) || method === 'String' || method === 'v' || method === 'Any') return method === 'any' || method === 'unknown' || method === 'Any' ? anything : maxLengthOf(first) ? { clean: textual | capped } : freeText;
      if (method === 'email') return address;
      if (fixedWords.has(method) || /^(?:Number|Integer|Boolean|Literal|Enum|Date)$/.test(method)) return fixed;
      return undefined;
  }
}

function maxLengthOf(value: Value | undefined): boolean {
  return value?.fields?.has('maxLength') === true;
}

function fieldsOf(value: Value | undefined): Map<string, Schema> | undefined {
  if (!value?.fields) return undefined;
  const out = new Map<string, Schema>();
  for (const [key, one] of value.fields) if (!key.startsWith('method ')) out.set(key, one.schema ?? trustedSchema);
  return out;
}

/** What all that a schema lets through is harmless to. */
function cleanOf({ clean, fields, element }: Schema, depth = 0): number {
  if (depth > 5) return 0;
  let kinds = element ? clean & cleanOf(element, depth + 1) : clean;
  for (const one of fields?.values() ?? []) kinds &= cleanOf(one, depth + 1);
  return kinds;
}

/** What is proven of data that a schema has accepted: field by field, where the schema says. */
export function schemaProofs(schema: Schema, taints: readonly Taint[], depth = 0): readonly Proof[] {
  if (!schema.fields || depth > 5) return taints.map(({ root }) => ({ root, kinds: cleanOf(schema) }));
  return [...schema.fields].flatMap(([key, inner]) => schemaProofs(inner, taints.map((taint) => ({ ...taint, root: childRoot(taint.root, key) })), depth + 1));
}

/** A JSON schema written as an object, as ajv, Fastify and tool definitions take it. */
export function jsonSchema(value: Value | undefined, depth = 0): Schema | undefined {
  if (!value?.fields || depth > 5) return undefined;
  const type = value.fields.get('type')?.constant;
  const properties = value.fields.get('properties');
  if (properties?.fields) {
    const fields = new Map<string, Schema>();
    for (const [key, one] of properties.fields) fields.set(key, jsonSchema(one, depth + 1) ?? trustedSchema);
    return { clean: everyKind, fields };
  }
  const form = value.fields.get('format')?.constant;
  if (value.fields.has('enum') || value.fields.has('const') || value.fields.has('pattern') || (value.fields.has('format') && !/^(?:ur[il]|uri-reference|iri)$/.test(String(form)))) return fixed;
  if (type === 'string') return { clean: textual | (value.fields.has('maxLength') ? capped : 0) };
  if (type === 'number' || type === 'integer' || type === 'boolean') return fixed;
  if (type === 'array') return { clean: everyKind, element: jsonSchema(value.fields.get('items'), depth + 1) ?? freeText };
  return type === 'object' ? anything : undefined;
}

const modelBases = /(?:^|\.)(?:BaseModel|SQLModel|RootModel|BaseSettings|Schema|Struct|Serializer|ModelSerializer|Form|ModelForm|TypedDict|BaseDTO)$|^dagster\.(?:Config|ConfigurableResource)$/;

/** The schema of a class that validates: pydantic models, DTOs with class-validator decorators, Django forms. */
export function schemaOfClass(interpreter: Interpreter, cls: ClassValue): Schema | undefined {
  const fields = new Map<string, Schema>();
  let validates = false;
  for (const base of cls.bases) {
    if (base.cls?.schema) {
      validates = true;
      for (const [key, one] of base.cls.schema.fields ?? []) fields.set(key, one);
    } else if (base.name !== undefined && modelBases.test(base.name)) validates = true;
  }
  if (cls.decorators?.some((one) => one.name !== undefined && /pydantic.*dataclass|attrs?\.define/.test(one.name))) validates = true;
  // Without a base that validates only decorators of fields can.
  if (!validates && (cls.scope.python || !cls.node.members.some((one) => one.decorators.length > 0 && !one.method))) return undefined;
  const saved = interpreter.scope;
  interpreter.scope = cls.scope;
  for (const member of cls.node.members) {
    if (member.method || member.name === 'model_config') continue;
    if (member.decorators.length > 0) {
      const names = member.decorators.map((one) => interpreter.evaluate(one).name ?? '');
      if (names.some((name) => name.startsWith('class-validator.'))) {
        validates = true;
        fields.set(member.name, { clean: decoratorsClean(names) });
        continue;
      }
    }
    const value = member.value ? interpreter.evaluate(member.value) : undefined;
    const constrained = constraint(value);
    if (member.type) {
      const own = schemaOfType(interpreter, member.type);
      fields.set(member.name, { ...own, clean: own.clean | constrained });
    } else if (value?.name !== undefined && /Field\(\)$|Field#$/.test(value.name)) fields.set(member.name, { clean: fieldClean(value) | constrained });
    else if (value?.name?.startsWith('marshmallow.fields.')) fields.set(member.name, { clean: marshmallowClean(value) });
  }
  for (const [key, kinds] of validatedFields(interpreter, cls)) { const own = fields.get(key); if (own) fields.set(key, { ...own, clean: own.clean | kinds }); }
  interpreter.scope = saved;
  return validates ? { clean: everyKind, fields } : undefined;
}

/** Fields that a validator of the class's own checks, and what its way out proves of them. */
function* validatedFields(interpreter: Interpreter, cls: ClassValue): Iterable<readonly [string, number]> {
  for (const { method, decorators, name } of cls.node.members) {
    if (!method || !cls.scope.python) continue;
    // Forms of Django and serializers look at a field in a method of its name.
    const field = /^(?:clean|validate)_(\w+)$/.exec(name)?.[1];
    if (field !== undefined) { yield [field, everyKind]; continue; }
    const made = decorators.length > 0 ? decorators.map((one) => interpreter.evaluate(one)) : method.decorators.map((one) => interpreter.evaluate(one));
    const call = made.find((one) => /(?:^|\.)(?:field_)?validator\(\)$/.test(one.name ?? ''))?.call;
    if (!call || !name) continue;
    const kinds = provenBy(interpreter, method);
    for (const one of call.args) if (typeof one.value.constant === 'string' && kinds !== 0) yield [one.value.constant, kinds];
  }
}

/** What is proven of a function's last argument whenever it returns. */
function provenBy(interpreter: Interpreter, node: FunctionNode): number {
  const root = newRoot('validated');
  const at = { path: interpreter.scope.path, range: { start: node.start, end: node.start } };
  const value: Value = { taints: [{ label: 'environment', root, clean: 0, weak: false, what: 'value', step: step(at, 'validated') }] };
  const closure: Closure = { node: { ...node, decorators: [] }, scope: interpreter.scope, path: interpreter.scope.path, id: -1, entered: 0, contexts: new Map() };
  interpreter.muted++;
  const { proofs, value: result } = interpreter.enter(closure, [unknownValue, value]);
  interpreter.muted--;
  const proven = proofs.filter((one) => one.root === root).reduce((kinds, one) => kinds | one.kinds, 0);
  const returned = result.taints.find((taint) => taint.root === root);
  return proven | (result.taints.length === 0 ? everyKind : returned?.clean ?? 0);
}

function decoratorsClean(names: readonly string[]): number {
  let kinds = textual;
  for (const name of names) {
    const word = /\.(\w+)\(\)$/.exec(name)?.[1] ?? '';
    if (/^Is(?:Int|Number|Boolean|Enum|In|UUID|Email|Alphanumeric|Alpha|Date|Mongo|NumberString|Hex|ISO|IP|Positive|Latitude|Locale|PhoneNumber)|^Matches$/.test(word)) kinds = everyKind;
    else if (word === 'MaxLength' || word === 'Length') kinds |= capped;
  }
  return kinds;
}

/** What a field of marshmallow lets through: texts as they are, unless `validate` looks at more than their length. */
function marshmallowClean({ name, call }: Value): number {
  const word = /fields\.(\w+)/.exec(name!)?.[1] ?? '';
  if (/^(?:Raw|Dict|Mapping|Field|Method|Function|Nested|List|Tuple|Pluck)$/.test(word)) return 0;
  if (!/^(?:Str|String|Url|URL|Constant)$/.test(word)) return everyKind;
  const validate = call?.args.find((one) => one.name === 'validate')?.value;
  return validate === undefined ? textual : /validate\.Length/.test(validate.name ?? '') ? textual | capped : everyKind;
}

/** What `Field(max_length=..., pattern=...)` and the like add. */
function constraint(value: Value | undefined): number {
  const call = value?.call;
  if (!call || !/(?:^|\.)(?:Field|StringConstraints|constr|Query|Path|Body|Form|Header|RegexValidator|CharField|StringField|Param|Cookie|conint|confloat|validate\.\w+)$/.test(call.name ?? call.written)) return 0;
  let kinds = 0;
  for (const { name, value: argument } of call.args) {
    if (name === 'max_length') kinds |= capped;
    if (name === 'pattern' || name === 'regex' || name === 'choices') kinds |= everyKind;
    if ((name === 'ge' || name === 'le' || name === 'gt' || name === 'lt') && argument.constant !== undefined) kinds |= everyKind;
    if (name === 'validators' && argument.items?.length) kinds |= everyKind;
    if (name === 'validate') kinds |= everyKind;
  }
  return kinds;
}

function fieldClean(value: Value): number {
  const word = /\.?(\w+Field)(?:\(\)|#)$/.exec(value.name ?? '')?.[1] ?? '';
  return /^(?:Char|Text|String|File|Image|URL|JSON|Json|Raw|Url)Field$/.test(word) ? textual : everyKind;
}

/** What a Python annotation makes a framework check. */
export function schemaOfType(interpreter: Interpreter, type: TypeNode, depth = 0): Schema {
  if (depth > 5) return anything;
  const [first] = type.args;
  switch (type.name) {
    case 'int': case 'float': case 'bool': case 'UUID': case 'uuid.UUID': case 'UUID4': case 'datetime': case 'date': case 'Decimal': case 'datetime.datetime': case 'datetime.date': case 'conint': case 'confloat': case 'PositiveInt': case 'NonNegativeInt': case 'EmailStr': case 'IPvAnyAddress': case 'time': case 'timedelta': case 'complex': case 'None': case 'literal': case 'Literal': case 'typing.Literal': case 'StrictInt': case 'StrictBool': case 'StrictFloat': case 'ObjectId': case 'PydanticObjectId': return fixed;
    case 'number': case 'boolean': case 'bigint': case 'null': case 'undefined': return fixed;
    case 'str': case 'string': case 'bytes': case 'AnyUrl': case 'HttpUrl': case 'AnyHttpUrl': case 'pydantic.HttpUrl': case 'StrictStr': case 'SecretStr': return freeText;
    case 'constr': return constrOf(type);
    case 'list': case 'List': case 'set': case 'Set': case 'tuple': case 'Tuple': case 'Sequence': case 'Iterable': case 'conlist': case 'frozenset': case 'Array': case 'typing.List': case 'Collection': return { clean: everyKind, element: first ? schemaOfType(interpreter, first, depth + 1) : freeText };
    case 'dict': case 'Dict': case 'Mapping': case 'Any': case 'object': case 'typing.Any': case 'typing.Dict': case '': return anything;
    case '|': {
      const members = type.args.filter((one) => one.name !== 'None' && one.name !== 'null' && one.name !== 'undefined').map((one) => schemaOfType(interpreter, one, depth + 1));
      if (members.length === 1) return members[0]!;
      return { clean: members.reduce((kinds, one) => kinds & one.clean, everyKind) };
    }
    case 'Annotated': case 'typing.Annotated': {
      const base: Schema = first ? schemaOfType(interpreter, first, depth + 1) : anything;
      let { clean } = base;
      for (const one of type.args.slice(1)) if (one.expression) clean |= constraint(interpreter.evaluate(one.expression));
      return { ...base, clean };
    }
    default: {
      const found = lookUpDotted(interpreter.scope, type.name) ?? lookUp(interpreter.scope, type.name.split('.')[0]!)?.value;
      if (found?.cls?.schema) return found.cls.schema;
      if (found?.cls?.bases.some((base) => base.name !== undefined && /Enum$/.test(base.name))) return fixed;
      if (found?.name !== undefined && /(?:Literal|conint|UUID|datetime)/.test(found.name)) return fixed;
      // A type of another module: whoever wrote it decided what is allowed.
      return found?.schema ?? (found ? trustedSchema : freeText);
    }
  }
}

function constrOf(type: TypeNode): Schema {
  const call = type.expression?.kind === 'call' ? type.expression : undefined;
  let kinds = textual;
  for (const { name } of call?.args ?? []) {
    if (name === 'max_length') kinds |= capped;
    if (name === 'pattern' || name === 'regex') kinds = everyKind;
  }
  return { clean: kinds };
}
