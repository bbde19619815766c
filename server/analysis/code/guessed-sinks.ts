import { origin, written, type Interpreter } from './interpreter.ts';
import type { CodeCall } from './events.ts';
import { sink } from './sinks.ts';
import { noTaints, taintsIn, type Taint, type Value } from './value.ts';

const queries = /^(?:query|execute|executemany|executescript|raw|exec|run|all|get|prepare|unsafe|fetch|fetchrow|fetchval|queryRaw|\$queryRawUnsafe|\$executeRawUnsafe|rawQuery|read_sql)$/;
/** Methods that run a text, and how a whole statement of SQL begins. */
const executes = /^(?:query|execute|fetch|fetchall|fetchone|execute_async|exec|read|run|sql|select|command|scalars?)$/;
const statement = /^\s*(?:select\b.{1,400}\bfrom\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|drop\s+table\b|with\s+\w+\s+as\s*\()/is;
/** Methods that only databases have. */
const specific = /^(?:execute_sql|executescript|executemany|exec_driver_sql|execute_query|execute_query_dict|query_items|copy_expert|fetch_all|fetch_one|fetch_val|fetchrow|fetchval)$/;
/** Whether a call may run a statement. */
export const mayExecute = new RegExp(String.raw`\.${executes.source.slice(1, -1)}$`);
/** A call of one, or of `raw` on a class of a model. */
export const databaseMethod = new RegExp(String.raw`(?:^|\.)${specific.source.slice(1, -1)}$|(?:^|\.)(?:[A-Z]\w+|objects)\.raw$`);
const owners = /(?:^|_)(?:db|database|conn|connection|pool|cursor|cur|client|pg|mysql|sqlite|sql|session|engine|knex|sequelize|prisma|tx|trx|dataSource|queryRunner|repository|repo|store|em)$|(?:Pool|Connection|Db|Database|Cursor|DataSource|Session|Engine)$/i;
const sqlWords = /\b(?:select|insert|update|delete|from|where|order by|values|create|drop|alter|union|join|group by|limit|pragma)\b/i;

/** Methods of query builders that take a part of a statement as text. */
const rawParts = /^(?:where|orWhere|andWhere|orderBy|having|groupBy|join|from|select)Raw$/;

/** Text of SQL that goes to something that is called like a database; where nothing says otherwise, also what is handed over `whole`. */
export function guessedQuery(interpreter: Interpreter, record: CodeCall, text: string, whole: boolean): void {
  const first = record.args[0];
  if (!first || record.node.callee.kind !== 'member') return;
  const { property, object } = record.node.callee;
  // `ctx.deps["db"].fetch(...)`
  const owner = object.kind === 'index' && object.index?.kind === 'literal' ? String(object.index.value) : ownerOf(text, property);
  const parts = first.value.parts ?? (typeof first.value.constant === 'string' ? [first.value.constant] : []);
  const named = databaseMethod.test(`${owner}.${property}`) || (interpreter.scope.python && executes.test(property) && statement.test(parts.map((part) => part ?? ' ? ').join('')));
  if (!named && (!queries.test(property) || !owners.test(owner))) return;
  const sql = parts.some((part) => part !== undefined && sqlWords.test(part));
  if (sql || (whole && !named && (property.startsWith('$') || /\benv\.\w+\.(?:prepare|exec)$/.test(text) || (/^(?:query|execute)$/.test(property) && parts.length === 0 && first.value.name === undefined)))) sink(interpreter, 'sql', first.value, first.node, first.origin, `${owner}.${property}`, record, first.value.fields ? noTaints : first.value.taints);
}

/** The last name before the method. */
function ownerOf(text: string, property: string): string {
  return text.slice(0, Math.max(0, text.length - property.length - 1)).split(/[.]/).at(-1)?.replace(/\(\)|\[\]/g, '') ?? '';
}

/** Sinks on receivers of unknown type, by the method's name and what the receiver is called. */
export function guessedSinks(interpreter: Interpreter, record: CodeCall, receiver: Value | undefined, text: string): void {
  if (!receiver || record.node.callee.kind !== 'member') return;
  const { property } = record.node.callee;
  const owner = ownerOf(text, property);
  const first = record.args[0];
  if (!first) return;
  if ((interpreter.scope.python && executes.test(property) && !owners.test(owner))) guessedQuery(interpreter, record, text, false);
  else if ((queries.test(property) && (owners.test(owner) || record.node.callee.object.kind === 'index')) || (interpreter.scope.python && databaseMethod.test(`${owner}.${property}`))) {
    guessedQuery(interpreter, record, text, true);
  } else if (rawParts.test(property)) {
    sink(interpreter, 'sql', first.value, first.node, first.origin, property, record, first.value.taints);
  } else if (/^(?:find|findOne|findOneAndUpdate|findOneAndDelete|updateOne|updateMany|deleteOne|deleteMany|countDocuments|find_one|update_one|delete_one|delete_many|update_many)$/.test(property) && (/(?:^|_)(?:users?|collection|coll|model|docs?|items?|accounts?|sessions?|orders?|products?|posts?|profiles?|messages?)$|Model$|Collection$|^[A-Z][a-z]+$/.test(owner))) {
    for (const one of record.args.slice(0, 2)) sink(interpreter, 'nosql', one.value, one.node, one.origin, `${owner}.${property}`, record);
  } else if (property === 'save' && interpreter.scope.python && receiver.taints.some((taint) => taint.label === 'request') && !record.args.some((one) => one.name === 'format')) {
    sink(interpreter, 'path', first.value, first.node, first.origin, 'FileStorage.save', record);
  } else if (/^(?:redirect)$/.test(property) && /^(?:res|response|reply|ctx|c)$/.test(owner)) {
    for (const one of record.args) sink(interpreter, 'redirect', one.value, one.node, one.origin, `${owner}.redirect`, record, redirectTaints(one.value));
  } else if (interpreter.scope.python && (property === 'format' || property === 'format_map') && receiver.taints.some((taint) => taint.label === 'request' && !taint.weak) && receiver.parts === undefined && record.args.some((one) => one.value.instance !== undefined || one.value.cls !== undefined || /#$/.test(one.value.name ?? '') || /^(?:app|config|settings|self|os|sys|current_user|user|request)$/.test(written(one.node)))) {
    // A format reaches the attributes of what it is given: `{user.__init__.__globals__}`.
    sink(interpreter, 'template', receiver, record.node.callee.object, origin(interpreter, record.node.callee.object), `str.${property}`, record, receiver.taints);
  } else if (/(?:globalState|workspaceState)\.update$|getConfiguration\(\)\.update$/.test(text)) {
    for (const one of record.args.slice(1)) sink(interpreter, 'persist', one.value, one.node, one.origin, `${owner}.update`, record);
  } else if (/^(?:put|add|setItem|set)$/.test(property) && /(?:^|_)(?:db|idb|store|storage|objectStore|local|session|cache)$|(?:Store|Storage|Db)$/.test(owner)) {
    for (const one of record.args.length > 1 && property !== 'add' ? record.args.slice(1) : record.args) sink(interpreter, 'persist', one.value, one.node, one.origin, `${owner}.${property}`, record, one.value.taints.filter((taint) => taint.label === 'secret'));
  } else if (/^(?:mv)$/.test(property) && receiver.taints.some((taint) => taint.label === 'request')) sink(interpreter, 'path', first.value, first.node, first.origin, `${owner}.mv`, record);
}

function redirectTaints(value: Value): readonly Taint[] {
  const [first] = value.parts ?? [];
  return typeof first === 'string' && first.length > 1 ? noTaints : taintsIn(value);
}

