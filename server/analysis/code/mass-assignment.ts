import type { CodeArgument, CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { argumentAt, shortName, sink } from './sinks.ts';
import type { ClassValue, Value } from './value.ts';

/** Calls of object mappers, and where they take the columns of a row as one object. Names are qualified names. */
const mappers: readonly { readonly names: RegExp; readonly at: readonly (number | string)[] }[] = [
  { names: /^prisma\.Client#\w+\.(?:create|update|upsert|createMany|updateMany|createManyAndReturn)$/, at: ['data', 'create', 'update'] },
  { names: /^mongoose\.Model#(?:create|insertMany|insertOne)?$/, at: [0] },
  { names: /^sequelize\.Model#(?:create|build|update|upsert|bulkCreate)?$/, at: [0] },
  { names: /^typeorm\.(?:DataSource|EntityManager|Repository)#(?:getRepository\(\)\.|manager\.)?(?:save|insert|create|update|upsert|merge)$/, at: [0, 1] },
  { names: /^drizzle\.Db#insert\(\)\.values$|^drizzle\.Db#update\(\)\.set$/, at: [0] },
  { names: /^knex\.Builder#(?:insert|update)$/, at: [0] },
  { names: /^(?:@supabase\/(?:supabase-js|ssr)|supabase)\.\w+\(\)\.(?:from|table)\(\)\.(?:insert|update|upsert)$/, at: [0] },
  { names: /^(?:firebase-admin|@google-cloud\/firestore)\b.*\.(?:doc\(\)\.(?:set|update|create)|collection\(\)\.add)$/, at: [0] },
  { names: /^@aws-sdk\/lib-dynamodb\.PutCommand$/, at: ['Item'] },
  { names: /^mongodb\.Collection#(?:insertOne|insertMany)$/, at: [0] },
];

const foundRow = /(?:^|\.)[A-Z]\w*[.#](?:findByPk|findOne|findById|findOneBy)\(\)\.(?:update|set|updateAttributes|overwrite)$/;
/** A table's class is looked at by name when its module is not at hand: `User.create(body)`. */
const created = /(?:^|\.)[A-Z]\w*\.(?:create|bulkCreate|insertMany|findOrCreate)$/;
const noTable = /(?:^|\.)(?:Object|Promise|Stripe|Session|Reflect|Buffer|Schema|Agent|Chat\w*|Completions?|Message|Client|Container|Event|Error|Logger|Factory|Store|Window|Dialog|Map|Set)\.\w+$/;
/** Statements of SQLAlchemy that take columns: `update(User).where(...).values(**body)`. */
const statements = /^sqlalchemy(?:\.\w+)*\.(?:insert|update)\(\)(?:\.\w+\(\))*\.values$|(?:^|\.)(?:query|filter|filter_by|where)\(\)\.update$/;
/** Rows that were looked up: what is written into them and saved is kept. */
const lookedUp = /(?:^|\.)(?:findById|findOne|findByPk|findOneBy|findOneOrFail|findOneByOrFail|findUnique|findFirst|findByIdAndUpdate)\(\)$/;
const managers = /\.objects(?:\.\w+\(?\)?)*\.(?:create|update|get_or_create|update_or_create|acreate|aupdate)$/;
const tableModule = /(?:^|[./])(?:models?|entities|entity|tables?|orm)(?:[./]\w+)*\.[A-Z]\w*#?$/;

/** Records objects of a peer that become rows whole, with whatever fields the peer put into them. */
export function fieldSinks(interpreter: Interpreter, call: CodeCall, callee: Value): void {
  const whole = (argument: CodeArgument | undefined, title: string): void => {
    if (!argument || argument.value.scalar || argument.value.parts) return;
    // What an unknown function made of it is no longer the object that was sent.
    const taints = argument.value.taints.filter((taint) => !taint.weak);
    if (taints.length > 0) sink(interpreter, 'mass-assignment', argument.value, argument.node, argument.origin, title, call, taints);
  };
  const { name } = call;
  const mapper = name === undefined ? undefined : mappers.find((one) => one.names.test(name));
  if (mapper) {
    for (const place of mapper.at) {
      const row = argumentAt(call, place);
      whole(row, shortName(name!));
      if (row?.value.fields) for (const [key, one] of row.value.fields) if (/^(?:password|passwd|ssn|creditCardNumber|cardNumber|cvv|passportNumber)$/.test(key)) sink(interpreter, 'persist', one, row.node, row.value.keys?.get(key) ?? row.origin, shortName(name!), call, one.taints);
    }
    return;
  }
  // A row that was looked up and is changed: `(await User.findByPk(id)).update(body)`.
  if (!interpreter.scope.python && name !== undefined && foundRow.test(name)) whole(argumentAt(call, 0), call.written);
  if (name === 'Object.assign' && call.args.length > 1 && isLookedUp(call.args[0]!.value)) for (const one of call.args.slice(1)) whole(one, call.written);
  if (interpreter.scope.python) {
    if (statements.test(name ?? call.written) || (name !== undefined && statements.test(call.written))) for (const one of call.args) if (one.spread === 'map' || one.name === undefined) whole(one, call.written.slice(call.written.lastIndexOf('.') + 1));
    const table = callee.cls ? isTable(callee.cls) : callee.fn === undefined && (managers.test(call.written) || (name !== undefined && tableModule.test(name)));
    if (table) for (const one of call.args) if (one.spread === 'map') whole(one, call.written);
  } else if (callee.fn === undefined && !callee.cls && (name === undefined || /^(?:\.|[@~]\/)/.test(name)) && created.test(call.written) && !noTable.test(call.written)) whole(argumentAt(call, 0), call.written);
}

/** Whether a value is a row that a table gave. */
export function isLookedUp({ name, call }: Value): boolean {
  return lookedUp.test(name ?? '') || (call !== undefined && lookedUp.test(`${call.written}()`));
}

/** Whether a class describes rows: SQLAlchemy, SQLModel, Django, peewee. */
function isTable(cls: ClassValue): boolean {
  return cls.node.bases.some((base) => (base.kind === 'member' && /^(?:Model|Document)$/.test(base.property) && base.object.kind === 'name' && /^(?:db|models|peewee|mongoengine)$/.test(base.object.name)) || (base.kind === 'name' && /^(?:Base|DeclarativeBase|BaseModelDB|Document)$/.test(base.name)));
}
