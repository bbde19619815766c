import { assume, origin } from './interpreter.ts';
import { everyKind } from './kinds.ts';
import { at, here, live, test, type LibraryCall } from './library-call.ts';
import { builtSchema, jsonSchema, schemaProofs, schemaWord, trustedSchema, validated } from './schema.ts';
import { textual } from './tables/cleaners.ts';
import { noTaints, unknownValue, type Schema, type Value } from './value.ts';

const parsing = /^(?:parse|parseAsync|validateSync|model_validate|parse_obj|validate_python|decode|from_dict|validateOrThrow|assert|create|parse_raw|model_validate_json|validate_json|load|loads|attempt|validateAsync|cast|decodeUnknownSync|check)$/;

/** Methods that throw at what the schema does not accept: what they were given is as good as what they give. */
const refusing = /^(?:parse|parseAsync|validateSync|validateAsync|model_validate|parse_obj|validate_python|assert|attempt)$/;

/** What ArkType accepts: words in a text, by field. */
function arkSchema(value: Value): Schema {
  if (typeof value.constant === 'string') return /^(?:string|unknown|object|any)(?:\.(?:url|trim|json))?\??$/.test(value.constant.trim()) ? { clean: textual } : { clean: everyKind };
  if (!value.fields) return trustedSchema;
  return { clean: everyKind, fields: new Map([...value.fields].map(([key, one]) => [key.replace(/\?$/, ''), arkSchema(one)])) };
}

/** Calls on schemas: building them, and checking data with them. */
export function schemaCall(call: LibraryCall): Value | undefined {
  const { interpreter, name, method, receiver, args } = call;
  const first = at(call, 0);
  const positional = args.filter((one) => one.name === undefined).map((one) => one.value);
  const schema = receiver?.schema ?? receiver?.cls?.schema;
  const result = (from: Schema, value: Value): Value => ({ ...validated(from, value, live(call, value)), origin: origin(interpreter, call.node) });
  if (schema && receiver && receiver.name?.endsWith('.valid') !== true) {
    if (method === 'safeParse' || method === 'safeParseAsync' || method === 'spa') {
      const data = result(schema, first);
      return here(call, noTaints, { fields: new Map([['data', data], ['success', { taints: noTaints, scalar: true }], ['error', unknownValue], ['output', data]]), complete: true });
    }
    if (method === 'validate' && (receiver.name?.startsWith('joi') || receiver.name?.startsWith('celebrate') || receiver.name?.startsWith('@hapi'))) return here(call, noTaints, { fields: new Map([['value', result(schema, first)], ['error', unknownValue], ['warning', unknownValue]]), complete: true });
    if (refusing.test(method)) interpreter.flow = assume(interpreter.flow, schemaProofs(schema, live(call, first)));
    if (method === 'validate' || method === 'isValidSync' || method === 'isValid' || parsing.test(method)) return result(schema, first);
    const built = builtSchema(method, schema, positional);
    if (built && receiver.cls === undefined) return here(call, noTaints, { schema: built, name: receiver.name ?? 'schema#' });
    return undefined;
  }
  if (name === undefined) return undefined;
  const word = schemaWord(name);
  if (word !== undefined && word !== '') {
    const last = word.slice(word.lastIndexOf('.') + 1);
    // valibot and superstruct: parse(schema, data)
    if (/^(?:parse|safeParse|parseAsync|safeParseAsync|create|assert|is|validate|decode|decodeUnknownSync|attempt)$/.test(last) && positional.length >= 2) {
      const [one, two] = positional as [Value, Value];
      const [from, value] = one.schema && !two.schema ? [one.schema, two] : two.schema ? [two.schema, one] : [trustedSchema, name.startsWith('superstruct') || name.startsWith('joi') ? one : two];
      if (last === 'is') return test({ whenTrue: schemaProofs(from, live(call, value)), whenFalse: [] });
      const data = result(from, value);
      if (last === 'assert') {
        interpreter.flow = assume(interpreter.flow, schemaProofs(from, live(call, value)));
        return test({ whenTrue: [], whenFalse: [] });
      }
      if (last === 'safeParse' || last === 'safeParseAsync') return here(call, noTaints, { fields: new Map([['output', data], ['data', data], ['success', { taints: noTaints, scalar: true }]]), complete: true });
      return last === 'validate' ? here(call, noTaints, { items: [unknownValue, data], complete: true, fields: new Map([['value', data]]) }) : data;
    }
    if (word === 'coerce.string' || word === 'coerce.date' || word.startsWith('coerce.')) return here(call, noTaints, { schema: word === 'coerce.string' ? { clean: textual } : { clean: everyKind }, name: 'zod#' });
    const built = builtSchema(word, undefined, positional);
    if (built) return here(call, noTaints, { schema: built, name: `${name.split('.')[0]}#` });
  }
  if (name === 'arktype.type') return here(call, noTaints, { name: 'arktype.Type#', schema: arkSchema(first) });
  if (name === 'arktype.Type#()') return result(interpreter.evaluate(call.node.callee).schema ?? trustedSchema, first);
  if (name === 'ajv.Ajv#compile' || /^ajv[\w/.-]*\.?\w*#compile$/.test(name) || name === '@sinclair/typebox/compiler.TypeCompiler.Compile' || name === 'typia.createIs') return here(call, noTaints, { name: 'ajv.Validate#', schema: jsonSchema(first) ?? trustedSchema });
  if (name === 'ajv.Validate#()' || name === 'ajv.Validate#Check') return test({ whenTrue: schemaProofs(receiver?.schema ?? interpreter.evaluate(call.node.callee).schema ?? trustedSchema, live(call, first)), whenFalse: [] });
  if (/^ajv[\w/.-]*#validate$/.test(name) || name === 'typia.is' || name === 'jsonschema.validate' || name === '@sinclair/typebox/value.Value.Check') {
    const value = name === 'typia.is' || name === 'jsonschema.validate' ? first : at(call, 1);
    const against = value === first ? undefined : first.schema ?? jsonSchema(first);
    const proofs = schemaProofs(against ?? trustedSchema, live(call, value));
    if (name === 'jsonschema.validate') interpreter.flow = { ...interpreter.flow, proven: new Map([...interpreter.flow.proven, ...proofs.map((one) => [one.root!, everyKind] as const)]) };
    return test({ whenTrue: proofs, whenFalse: [] });
  }
  if (/^(?:openai\/helpers\/zod\.(?:zodResponseFormat|zodTextFormat|zodFunction)|ai\.(?:jsonSchema|zodSchema)|@ai-sdk\/provider-utils\.zodSchema|ai\.Output\.(?:object|array)|zod-to-json-schema\.zodToJsonSchema|@hono\/zod-validator\.zValidator|@hono\/valibot-validator\.vValidator|hono\/validator\.validator|hono-openapi\.\w+|celebrate\.celebrate|@valibot\/to-json-schema\.toJsonSchema|zod-validation-error\.\w+)$/.test(name)) {
    const own = positional.find((one) => one.schema)?.schema ?? (name === 'ai.jsonSchema' ? jsonSchema(first) : undefined) ?? positional[0]?.fields?.get('schema')?.schema ?? trustedSchema;
    return here(call, noTaints, { schema: own, name: `${name}()` });
  }
  // A class that validates what it is made from: pydantic models, Django forms.
  return undefined;
}
