import { remembered } from '../../base/remembered.ts';
import type { Call } from '../../model/code-tree.ts';
import { askedWith } from './chains.ts';
import type { CodeArgument, CodeCall } from './events.ts';
import { current, origin, type Interpreter } from './interpreter.ts';
import { promptSinks } from './prompt-sinks.ts';
import { validated } from './schema.ts';
import { heldBy } from './scripts.ts';
import { marked, sensitiveName } from './sensitive.ts';
import { argumentAt, shortName } from './sinks.ts';
import { sourced, sourceText } from './sources.ts';
import { everyKind, kindSet } from './kinds.ts';
import { capped } from './tables/cleaners.ts';
import { cleaned, joinTaints, noTaints, taintsIn, unknownValue, type Schema, type Taint, type Value } from './value.ts';

/** Functions by which a person decides. */
const asks = /(?:^|[.#])(?:readline\.Interface#question|input|confirm|window\.confirm|interrupt|elicitInput|elicit|prompt_toolkit\.prompt)$|^(?:@inquirer\/prompts|inquirer|prompts|enquirer|@clack\/prompts|questionary|rich\.prompt|getpass)\b|^(?:click|typer)\.(?:prompt|confirm|getchar|pause|edit)$|[aA]pprov|[cC]onfirm(?!Password)|[cC]onsent|askUser|ask_user|askHuman|ask_human|humanReview|human_review|requestPermission|AskActionMessage|AskUserMessage/;

const asksByName = remembered((name) => asks.test(name) && !name.startsWith('nicegui.'));

export function asksPerson(name: string): boolean {
  return asksByName(name) === true;
}

/** Words in the names of files that hold what strangers wrote. */
const written = /(?:^|[\\/._-])(?:reviews?|comments?|tickets?|feedbacks?|e?mails?|inbox|uploads?|uploaded|submissions?|external|scraped|crawled|downloads?|complaints?|applications?|resumes?|cvs?|transcripts?|customer[_-]?messages?|user[_-]?(?:content|input|posts?))(?:$|[\\/._-])/i;
const ours = /prompt|system|template|example|sample|fixture|test|config|schema|package|requirements|readme/i;
const fileReaders = /^(?:fs\.(?:promises\.)?readFile(?:Sync)?|open|io\.open|aiofiles\.open|Bun\.file|Deno\.readTextFile(?:Sync)?)$/;

/** The result of a call whose name is known: a source, a model's answer, an instance. */
export function namedResult(interpreter: Interpreter, record: CodeCall, callee: Value, name: string): Value | undefined {
  const { knowledge } = interpreter;
  const { node, receiver, args } = record;
  const at = origin(interpreter, node);
  const model = knowledge.model(name);
  if (knowledge.verdict(name)) {
    let taints: readonly Taint[] = noTaints;
    for (const one of args) taints = joinTaints(taints, current(interpreter, taintsIn(one.value)));
    return { taints: noTaints, name: `${name}()`, probe: { taints, mode: 'verdict' }, call: record };
  }
  if (model) {
    promptSinks(interpreter, record, model, name);
    if (/^langchain\.(?:Runnable|Chain|ChatModel)#/.test(name)) askedWith(interpreter, record);
    const returned = knowledge.returned(name) ?? (isClass(name, interpreter.scope.python, node.isNew) ? `${name}#` : undefined);
    if (model.answers === false || returned !== undefined) {
      const fields = new Map<string, Value>();
      collect(fields, args);
      return { taints: noTaints, name: returned ?? `${name}()`, fields, complete: false, call: record, ...(answersWhenSent(name) ? { taints: answer(interpreter, name, node).taints } : {}) };
    }
    return { ...structured(record, answer(interpreter, name, node), model.schema), call: record };
  }
  if (name === 'langchain.ChatModel#with_structured_output' || name === 'langchain.ChatModel#withStructuredOutput') return { taints: noTaints, name: 'langchain.ChatModel#', schema: args[0]?.value.schema ?? args[0]?.value.cls?.schema ?? { clean: everyKind } };
  if (callee.schema && name.endsWith('.valid')) return { ...validated(callee.schema, unknownValue, sourced(interpreter, 'request', name, node, sourceText(name)).taints), origin: at };
  if (fileReaders.test(name) || name === 'pathlib.Path#read_text') {
    const held = heldBy(interpreter, name.startsWith('pathlib.') ? receiver ?? unknownValue : args[0]?.value ?? unknownValue);
    if (held.length > 0) return { taints: current(interpreter, held), name: `${name}()`, call: record, origin: at };
    // A file that is called after what people send in.
    const path = args[0]?.value;
    const words = typeof path?.constant === 'string' ? path.constant : path?.tail ?? path?.parts?.filter((one) => one !== undefined).join('/');
    if (words !== undefined && written.test(words) && !ours.test(words)) return { ...sourced(interpreter, 'document', name, node, `the file ${words.slice(-60)}`), name: `${name}()`, call: record };
    // A file that the user or a peer names holds what somebody else wrote; one that the program calls its prompt is its own.
    const chosen = current(interpreter, args[0]?.value.taints ?? noTaints).find((taint) => taint.label === 'cli' || taint.label === 'request');
    if (chosen && !/prompt|system|instruct|template|config|persona|rules|settings/i.test(chosen.what)) return { ...sourced(interpreter, 'document', name, node, `the file ${chosen.what}`), name: `${name}()`, call: record };
  }
  // A form that the code itself has filled in is nobody's request.
  const label = name.startsWith('FormData#') && receiver?.call?.node.isNew ? undefined : knowledge.result(name);
  if (label) {
    if (label === 'web' || label === 'document' || label === 'store') {
      const trusted = args[0]?.value;
      const own = { ...sourced(interpreter, label, name, node, shortName(name)), name: knowledge.returned(name) ?? `${name}()` };
      // An answer of a model that is asked over plain HTTP.
      if (label === 'web' && isModelEndpoint(trusted)) return { ...own, taints: own.taints.map((taint) => ({ ...taint, label: 'model' as const, what: 'the model’s answer' })), call: record };
      const spoken = label === 'store' ? spokenColumns(interpreter, name, args) : undefined;
      if (spoken) return { ...marked(interpreter, own, spoken, node), call: record };
      return { ...own, call: record };
    }
    const read = sourced(interpreter, label, name, node, sourceText(name));
    // A field of a form that takes no more than so many characters.
    const limited = args.some((one) => /^(?:max_chars|max_length|maxlength)$/.test(one.name ?? '') && typeof one.value.constant === 'number');
    const own = limited ? { ...read, taints: cleaned(read.taints, capped) } : name.startsWith('zipfile.') ? { ...read, taints: cleaned(read.taints, everyKind & ~kindSet('path')) } : read;
    const form = name === 'flask_restful.reqparse.RequestParser#parse_args' ? formOf(interpreter, record, own) : undefined;
    return { ...own, name: `${name}()`, call: record, ...(form ? { fields: form, complete: false } : {}), ...(asksPerson(name) ? { human: true } : {}) };
  }
  const fluent = /^((?:typeorm\.SelectQueryBuilder|knex\.Builder|jose\.SignJWT|express\.Response|fastify\.Reply|http\.ServerResponse|next\.ApiResponse)#)(?!send|sign$|json|end|render|redirect|write|sendFile|download|then|first)\w+$/.exec(name);
  if (fluent) return { taints: noTaints, name: fluent[1]!, call: record };
  const spoken = spokenColumns(interpreter, name, args);
  if (spoken) return { ...marked(interpreter, { taints: noTaints, name: knowledge.returned(name) ?? `${name}()`, call: record }, spoken, node), call: record };
  const returned = knowledge.returned(name);
  if (returned !== undefined && !name.startsWith('pathlib.')) {
    const fields = new Map<string, Value>();
    collect(fields, args);
    return { taints: noTaints, name: returned, call: record, fields, complete: false, ...(receiver?.schema ? { schema: receiver.schema } : {}) };
  }
  if (node.callee.kind === 'name' && name.endsWith('#')) return undefined;
  return undefined;
}

/** The arguments of a parser of forms that are numbers or one of a list, which `add_argument` says. */
function formOf(interpreter: Interpreter, { written }: CodeCall, own: Value): Map<string, Value> {
  const owner = written.slice(0, written.lastIndexOf('.'));
  const fields = new Map<string, Value>();
  for (const call of interpreter.calls) {
    const key = call.args[0]?.value.constant;
    if (call.written !== `${owner}.add_argument` || typeof key !== 'string') continue;
    const type = argumentAt(call, 'type')?.value.name;
    if (/^(?:int|float|bool)$|\.(?:boolean|natural|positive|int_range|date|datetime_from_\w+)(?:\(\))?$/.test(type ?? '') || argumentAt(call, 'choices')) fields.set(key.replace(/^-+/, ''), { taints: noTaints, scalar: true, ...(own.origin ? { origin: own.origin } : {}) });
  }
  return fields;
}

/** Personal data that a query or a reader of tables names among its columns. */
function spokenColumns(interpreter: Interpreter, name: string, args: readonly CodeArgument[]): string | undefined {
  if (!/^pandas\.read_|^dbapi\.Connection#(?:execute|cursor|fetch)|^sql\.Client#query|^polars\.read_|^sqlalchemy\.Engine#execute/.test(name)) return undefined;
  for (const one of args) {
    const texts = one.value.items ? one.value.items.map((item) => item.constant) : [one.value.constant];
    for (const text of texts) {
      if (typeof text !== 'string' || (!one.value.items && !/\bselect\b/i.test(text))) continue;
      for (const word of text.match(/[A-Za-z_]{3,40}/g) ?? []) if (sensitiveName(word) === 'personal' || interpreter.classify?.(word)) return word;
    }
  }
  return undefined;
}

function answersWhenSent(name: string): boolean {
  return name.startsWith('@aws-sdk/');
}

/** A command that is sent gives the answer: the taints travel on the command object and are read from the result of `send`. */
function answer(interpreter: Interpreter, name: string, node: Call): Value {
  const own = sourced(interpreter, 'model', `${name}()`, node, 'the model’s answer');
  return { ...own, name: `${name}()` };
}

/** An answer that was asked for, and checked, in a schema. */
function structured(record: CodeCall, value: Value, places: readonly (string | number)[] | undefined): Value {
  const format = argumentAt(record, 'response_format') ?? argumentAt(record, 'text.format') ?? argumentAt(record, 'text_format') ?? argumentAt(record, 'output') ?? argumentAt(record, 'response_model');
  const made = format ? undefined : madeFor(record);
  if (made) {
    const parsed = validated(made, value, value.taints);
    return { ...value, fields: new Map(['output', 'data', 'final_output', 'finalOutput'].map((key) => [key, parsed])), complete: false };
  }
  let schema = format?.value.schema ?? format?.value.cls?.schema ?? record.receiver?.schema;
  for (const place of places ?? []) {
    const found = argumentAt(record, place);
    schema = found?.value.schema ?? found?.value.cls?.schema ?? schema;
  }
  if (!schema) return value;
  if (record.receiver?.schema || record.name?.startsWith('instructor')) return validated(schema, value, value.taints);
  const parsed = validated(schema, value, value.taints);
  const fields = new Map([['output_parsed', parsed], ['parsed', parsed], ['object', parsed], ['output', parsed], ['experimental_output', parsed]].filter(([key]) => key !== 'output' || places === undefined && record.name?.startsWith('ai.')) as [string, Value][]);
  // `reply.choices[0].message.parsed`
  if (record.name?.endsWith('chat.completions.parse')) {
    const part = (key: string, of: Value): Value => ({ taints: value.taints, fields: new Map([[key, of]]), complete: false });
    fields.set('choices', { taints: value.taints, element: part('message', part('parsed', parsed)) });
  }
  return { ...value, schema, fields, complete: false };
}

/** The form of answer that an agent was made for. */
function madeFor({ name, receiver, args }: CodeCall): Schema | undefined {
  const agent = name?.startsWith('agents.') && !name.startsWith('agents.Agent') ? args[0]?.value : receiver;
  const type = ['output_type', 'outputType', 'result_type'].flatMap((key) => agent?.fields?.get(key) ?? [])[0];
  return type?.schema ?? type?.cls?.schema;
}

function isModelEndpoint(url: Value | undefined): boolean {
  const text = typeof url?.constant === 'string' ? url.constant : (url?.parts ?? []).find((part) => part !== undefined) ?? '';
  return /api\.openai\.com|api\.anthropic\.com|generativelanguage\.googleapis|\/v1\/(?:chat\/)?completions|\/v1\/(?:messages|responses)|\/api\/(?:generate|chat)\b|api\.mistral\.ai|api\.groq\.com|openrouter\.ai|api\.cohere|api-inference\.huggingface|:11434|\/(?:llm|openai|ollama|chat|completions?|inference)\//i.test(text);
}

export function collect(fields: Map<string, Value>, args: readonly CodeArgument[]): void {
  for (const one of args) {
    if (one.name !== undefined) fields.set(one.name, one.value);
    else if (one.value.fields) for (const [key, value] of one.value.fields) if (!key.startsWith('method ')) fields.set(key, value);
  }
}

export function isClass(name: string, python: boolean, isNew: boolean): boolean {
  if (isNew) return true;
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
  return python && (/^_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(last) || /^(?:SMTP|SMTP_SSL|LMTP|IMAP4|IMAP4_SSL|POP3|POP3_SSL|FTP|FTP_TLS|LLM|LM|FAISS|DDGS|T5|NNTP|TTS|AESGCM|AESGCMSIV|AESCCM|AESOCB3|AESSIV)$/.test(last));
}

