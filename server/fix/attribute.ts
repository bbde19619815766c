import { beginsAsJson } from '../base/json-text.ts';
import type { EditIntent, Literal, Printed, TextEdit } from '../model/fix.ts';
import type { Dialect, Resource } from '../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { baseName } from '../base/path.ts';
import { cloudFormationPath, snake } from '../lower/cloudformation/names.ts';
import { printCompanion, standsBeside } from './companion.ts';
import { insertInProgram } from './program.ts';
import { hclLines, printHcl } from './hcl-literal.ts';
import { entriesOf, withKeys } from './map-literal.ts';
import { bodyOf, camel, namesInApi, namesInObject } from './object-names.ts';
import { isPlaceholder, stopped } from './stops.ts';

type SetAttribute = Extract<EditIntent, { kind: 'setAttribute' }>;

/** A map to write into: the entries that are there, and where it stands. */
interface Container {
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly start: number;
  readonly end: number;
}

/** Sets an attribute where it is written, or inserts it with the blocks around it that are missing. */
export function printSetAttribute({ resource, path, value, within }: SetAttribute, sources: Sources): Printed {
  const document = sources.document((within ?? resource).origin.path);
  if (!document) return undefined;
  if (!within && standsBeside(resource, path)) return printCompanion(document, resource, path, value);
  const program = programs.has(resource.dialect) && document.language !== 'yaml' && document.language !== 'json';
  const body = within ?? bodyOf(resource);
  let container: Container = body
    ? { entries: body.entries, start: body.origin.range.start, end: body.origin.range.end }
    : { entries: resource.attributes, start: resource.origin.range.start, end: resource.origin.range.end };
  for (let at = 0; at < path.length; at++) {
    const found = container.entries.get(path[at]!);
    const entry = program && found && impliedBy(resource, found) ? undefined : found;
    const last = at === path.length - 1;
    if (!entry) {
      const rest = path.slice(at);
      switch (resource.dialect) {
        case 'terraform': if (ofModule.test(resource.address)) return { refused: setInModule };
          if (isJson(document, container)) return insertJson(document, container, rest, value);
          return resource.type.startsWith('k8s_') ? insertHcl(document, container, rest.map(snake), withKeys(value, snake)) : insertHcl(document, container, rest, value);
        case 'cloudformation-json': case 'cloudformation-yaml': {
          const names = cloudFormationPath(resource.type, path).slice(at);
          const list = names.slice(0, -1).find((name) => listed.test(name));
          if (list !== undefined) return { refused: `${list} is a list; which item is meant has to be decided.` };
          return resource.dialect === 'cloudformation-json' ? insertJson(document, container, names, value) : insertYaml(document, container, names, value);
        }
        case 'terraform-json':
          if (isPlan(document)) return { refused: generated };
          return ofModule.test(resource.address) ? { refused: setInModule } : insertJson(document, container, rest, value);
        case 'arm': return document.language === 'terraform' ? { refused: 'The body is written in the words of Azure; the property belongs there.' } : insertJson(document, container, rest, value);
        case 'bicep': return insertBicep(document, container, rest, value);
        case 'ansible': return document.language === 'json' ? insertJson(document, container, namesInApi(resource, rest), value) : insertYaml(document, container, namesInApi(resource, rest), value);
        case 'crossplane': {
          const own = namesInObject(document, resource, rest);
          if (!own) return { refused: 'The kind has the names of the API of its cloud; they have to be looked up.' };
          if (document.language === 'json') return own.listed && rest.length > 1 ? { refused: `${own.names[0]!} is a list; which item is meant has to be decided.` } : insertJson(document, container, own.names, value);
          return insertYaml(document, container, own.names, value, own.listed);
        }
        case 'deployment-manager':
          if (path[0] === 'metadata') return { refused: 'Metadata is a list of keys and values; an item has to be added.' };
          return document.language === 'json' ? insertJson(document, container, namesInApi(resource, rest).map(camel), value) : insertYaml(document, container, namesInApi(resource, rest).map(camel), value);
        case 'pulumi-yaml': return insertYaml(document, container, rest.map(camel), value);
        case 'kubernetes': case 'compose': case 'github-actions':
          if (document.language === 'terraform') return { refused: 'The object is written in YAML inside of Terraform; the field belongs there.' };
          return beginsAsJson(document.text) ? insertJson(document, container, rest, value) : insertYaml(document, container, rest, value);
        case 'cdk': case 'cdktf': case 'pulumi-code': case 'azure-native': {
          if (!program) return insertYaml(document, at === 0 ? propertiesOf(resource) ?? container : container, rest, value);
          const whole = !within && isConstruct(document, resource);
          return insertInProgram(document, resource, whole || (!within && (at === 0 || (at === 1 && path[0] === 'properties'))) ? 'resource' : container, whole ? path : rest, value);
        }
        default: return undefined;
      }
    }
    if (last && resource.dialect === 'terraform-json' && isPlan(document)) return { refused: generated };
    if (last && entry.value.at.path !== document.path) return { refused: `The value is written in ${baseName(entry.value.at.path)}, where others may use it.` };
    if (last && resource.dialect === 'kubernetes' && document.text.slice(entry.value.at.range.start, entry.value.at.range.end).includes('{{')) return { refused: 'The value comes from the values of the chart.' };
    if (last && ofLoop.test(document.text.slice(entry.value.at.range.start, entry.value.at.range.end))) return { refused: 'The value comes from the loop around it, which gives others as well.' };
    if (last && program) return replaceInProgram(document, entry.value, value) ?? { refused: 'The value is computed; it has to be changed where it comes from.' };
    if (last) return replaceValue(document, entry.value, value, document.language === 'terraform');
    const inner = onlyMap(entry.value);
    if (inner && inner.origin.path !== document.path) return { refused: `${path[at]} is written in ${baseName(inner.origin.path)}, where others may use it.` };
    if (!inner) return entry.value.kind === 'list' ? { refused: `There are several ${path[at]}; which one is meant has to be decided.` } : undefined;
    container = { entries: inner.entries, start: inner.origin.range.start, end: inner.origin.range.end };
  }
  return undefined;
}

/** Where Pulumi's YAML keeps what Azure's own form has beside its properties. */
function propertiesOf({ attributes }: Resource): Container | undefined {
  const value = attributes.get('properties')?.value;
  return value?.kind === 'map' ? { entries: value.entries, start: value.origin.range.start, end: value.origin.range.end } : undefined;
}

/** What the blocks of a loop in Terraform take from it. */
const ofLoop = /^(?:each|\w+)\.(?:key|value)\b/;
const ofModule = /(?:^|\.)module\.[^.]+$/;
const setInModule = 'The module decides it; the module needs a variable for it first.';
const generated = 'A plan is generated; the configuration that it comes from has to be changed.';

function isPlan(document: Document): boolean {
  return document.text.includes('"planned_values"');
}

/** JSON within another language: a key in quotes, and a colon behind it. */
function isJson(document: Document, container: Container): boolean {
  const first = [...container.entries.values()][0]?.keyOrigin;
  return first !== undefined && first.path === document.path && /^"\s*:/.test(document.text.slice(first.range.end, first.range.end + 20));
}

function onlyMap(value: Value): MapValue | undefined {
  if (value.kind === 'map') return value;
  return value.kind === 'list' && value.items.length === 1 && value.items[0]?.kind === 'map' ? value.items[0] : undefined;
}

/** Dialects that are written in TypeScript or Python. */
const programs: ReadonlySet<Dialect> = new Set<Dialect>(['cdk', 'cdktf', 'pulumi-code', 'azure-native']);

/** What a construct sets by itself stands where its name does. */
function impliedBy(resource: Resource, { value }: MapEntry): boolean {
  return value.at.path === resource.header.path && value.at.range.start === resource.header.range.start && value.at.range.end === resource.header.range.end && value.kind !== 'map' && value.kind !== 'list';
}

/** True for a construct of the CDK that is more than a resource of CloudFormation: its properties have other names and places. */
function isConstruct(document: Document, { dialect, header }: Resource): boolean {
  return dialect === 'cdk' && !/(?:^|\.)Cfn\w+$/.test(document.text.slice(header.range.start, header.range.end));
}

/** Replaces a literal of a program by one of the same kind; names and calls are left to their author. */
function replaceInProgram(document: Document, old: Value, value: Literal): readonly TextEdit[] | undefined {
  const written = old.at.path === document.path ? document.text.slice(old.at.range.start, old.at.range.end) : '';
  const python = document.language === 'python';
  const edit = (text: string): readonly TextEdit[] => [{ path: document.path, range: old.at.range, text }];
  if (typeof value === 'boolean' && /^(?:true|false|True|False)$/.test(written)) return edit(python ? (value ? 'True' : 'False') : String(value));
  if (typeof value === 'number' && /^\d+$/.test(written)) return edit(String(value));
  const quote = /^(['"])[^'"\\\n]*\1$/.exec(written)?.[1];
  return typeof value === 'string' && quote && !value.includes(quote) ? edit(`${quote}${value}${quote}`) : undefined;
}

function replaceValue(document: Document, old: Value, value: Literal, hcl: boolean): readonly TextEdit[] | undefined {
  if (old.at.path !== document.path) return undefined;
  let { start, end } = old.at.range;
  const quote = document.text[start - 1];
  if (old.kind === 'string' && (quote === '"' || quote === "'") && document.text[end] === quote) {
    start--;
    end++;
  }
  const text = hcl ? printHcl(value) : document.language === 'bicep' && typeof value === 'string' ? bicepText(value) : document.language === 'json' || document.text[start] === '"' ? printYamlOrJson(value, true) : likeBefore(document.text.slice(start, end), value) ?? printYamlOrJson(value, false);
  return [{ path: document.path, range: { start, end }, text }];
}

/** The words that YAML 1.1 has for yes and no. */
const yesOrNo = /^(?:yes|no|on|off|true|false)$/i;

/** A text as the one before it stood in YAML: in single quotes, or as a bare word for yes or no. */
function likeBefore(before: string, value: Literal): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^'.*'$/s.test(before) && /^[\w./:-]+$/.test(value)) return `'${value}'`;
  return yesOrNo.test(before) && yesOrNo.test(value) ? value : undefined;
}

function insertHcl(document: Document, container: Container, names: readonly string[], value: Literal): readonly TextEdit[] | undefined {
  const { text } = document;
  const close = container.end - 1;
  if (text[close] !== '}') return undefined;
  const lineStart = text.lastIndexOf('\n', close - 1) + 1;
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', container.start) + 1))![0];
  const lines = hclLines(names, value, `${outer}  `);
  const onOwnLine = text.slice(lineStart, close).trim() === '';
  if (onOwnLine) return [{ path: document.path, range: { start: lineStart, end: lineStart }, text: lines.map((line) => `${line}\n`).join('') }];
  return [{ path: document.path, range: { start: close, end: close }, text: `\n${lines.join('\n')}\n${outer}` }];
}

/** Properties that are lists of what has to be named as well; `ServerSideEncryptionConfiguration` is a list of one. */
const listed = /^(?:BlockDeviceMappings|LoadBalancerAttributes|MethodSettings|SecurityGroupIngress|SecurityGroupEgress|Volumes|Listeners|DefaultActions|Rules|EncryptionConfig|CacheBehaviors|Origins|ContainerDefinitions|ClusterSettings|UserPoolAddOns\[\]|NetworkInterfaces|Attributes|Parameters)$/;
const single = /^ServerSideEncryptionConfiguration$/;
/** What stands beside the properties of a template's resource. */
const beside = /^(?:DeletionPolicy|UpdateReplacePolicy|Metadata|parent)$/;

/** The keys of a map that are written as keys, in their order. */
function writtenEntries(document: Document, container: Container): readonly MapEntry[] {
  return [...container.entries.values()].filter((entry) => !beside.test(entry.key) && entry.keyOrigin.path === document.path && entry.keyOrigin.range.start >= container.start && entry.keyOrigin.range.end <= container.end && /^["']?\s*:/.test(document.text.slice(entry.keyOrigin.range.end, entry.keyOrigin.range.end + 40)))
    .sort((a, b) => a.keyOrigin.range.start - b.keyOrigin.range.start);
}

const firstEntry = (document: Document, container: Container): MapEntry | undefined => writtenEntries(document, container)[0];

function bicepText(value: string): string {
  return `'${value.replaceAll("'", "\\'")}'`;
}

/** Inserts before the first property of an object. */
function insertBicep(document: Document, container: Container, names: readonly string[], value: Literal): readonly TextEdit[] | undefined {
  const first = firstEntry(document, container);
  if (!first || typeof value === 'object') return undefined;
  const { text } = document;
  const at = first.keyOrigin.range.start;
  const indent = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  if (indent.trim() !== '') return undefined;
  const printed = typeof value === 'string' ? bicepText(value) : String(value);
  const lines = names.map((name, depth) => `${depth === 0 ? '' : indent}${'  '.repeat(depth)}${name}: ${depth === names.length - 1 ? printed : '{'}`);
  for (let depth = names.length - 2; depth >= 0; depth--) lines.push(`${indent}${'  '.repeat(depth)}}`);
  return [{ path: document.path, range: { start: at, end: at }, text: `${lines.join('\n')}\n${indent}` }];
}

/** Inserts before the first key of a block map, behind what names it (a first key behind a dash, the head of a document), or as the first of a flow map; `listed` says that maps stand in lists of one. */
function insertYaml(document: Document, container: Container, names: readonly string[], value: Literal, listed = false): readonly TextEdit[] | undefined {
  const first = firstEntry(document, container);
  if (!first) return undefined;
  const { text } = document;
  const quoted = text[first.keyOrigin.range.start - 1];
  const at = first.keyOrigin.range.start - (quoted === '"' || quoted === "'" ? 1 : 0);
  const isList = (name: string): boolean => listed || single.test(name);
  if (text[container.start] === '{') {
    if (names.slice(0, -1).some(isList)) return undefined;
    return [{ path: document.path, range: { start: at, end: at }, text: `${names.map((name) => `${name}: `).join('{')}${printYamlOrJson(value, true)}${'}'.repeat(names.length - 1)}, ` }];
  }
  const indent = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  let deeper = '';
  const lines = names.map((name, depth) => {
    const item = depth > 0 && isList(names[depth - 1]!);
    const line = `${depth === 0 ? '' : indent}${'  '.repeat(depth)}${deeper}${item ? '- ' : ''}${name}:${depth === names.length - 1 ? behindKey(value, `${indent}${'  '.repeat(depth + 1)}${deeper}`) : ''}`;
    if (item) deeper += '  ';
    return line;
  });
  const behind = endOfHead(document, container, at);
  if (behind !== undefined) return [{ path: document.path, range: { start: behind, end: behind }, text: `\n${indent}${lines.join('\n')}` }];
  return [{ path: document.path, range: { start: at, end: at }, text: `${lines.join('\n')}\n${indent}` }];
}

/** A value behind its key in block style; a map has lines of its own. */
function behindKey(value: Literal, indent: string): string {
  return entriesOf(value)?.map(([key, one]) => `\n${indent}${key}:${behindKey(one, `${indent}  `)}`).join('') ?? ` ${printYamlOrJson(value, false)}`;
}

/** Where the keys that name a map end: the first one behind a dash, `apiVersion` and `kind` or `name` at the top of a document; each has a line for itself. */
function endOfHead(document: Document, container: Container, at: number): number | undefined {
  const { text } = document;
  const lead = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const dashed = /^[ \t]*-[ \t]+$/.test(lead);
  if (!dashed && lead !== '') return undefined;
  let end: number | undefined;
  for (const entry of writtenEntries(document, container)) {
    const own = endOfLine(document, entry);
    if (own === undefined || (!dashed && !/^(?:apiVersion|kind|name|run-name|version)$/.test(entry.key))) break;
    end = own;
    if (dashed) break;
  }
  return end;
}

/** The end of the line that a key and its value have for themselves; undefined where the value goes on. */
function endOfLine(document: Document, { keyOrigin, value }: MapEntry): number | undefined {
  const at = keyOrigin.range.start;
  if (value.kind === 'map' || value.kind === 'list' || value.at.path !== document.path) return undefined;
  const line = /^[^\r\n]*/.exec(document.text.slice(at))![0];
  const { start, end } = value.at.range;
  return start > at && end <= at + line.length && !/[|>][-+\d]*[ \t]*$/.test(line) ? at + line.length : undefined;
}

function insertJson(document: Document, container: Container, names: readonly string[], value: Literal): readonly TextEdit[] | undefined {
  const first = firstEntry(document, container);
  if (!first) return undefined;
  const { text } = document;
  const at = first.keyOrigin.range.start - 1;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const indent = text.slice(lineStart, at).trim() === '' ? text.slice(lineStart, at) : undefined;
  const last = `${JSON.stringify(names.at(-1))}: ${printYamlOrJson(value, true)}`;
  const body = names.length === 1 ? last : names.slice(0, -1).reduceRight((inner, name) => (single.test(name) ? `${JSON.stringify(name)}: [{ ${inner} }]` : `${JSON.stringify(name)}: { ${inner} }`), last);
  return [{ path: document.path, range: { start: at, end: at }, text: indent === undefined ? `${body}, ` : `${body},\n${indent}` }];
}

function printYamlOrJson(value: Literal, json: boolean): string {
  if (typeof value === 'string') return json || !/^(?:[A-Za-z][\w./-]*|\d+[KMGT]i)$/.test(value) || /^(?:true|false|yes|no|on|off|null)$/i.test(value) ? JSON.stringify(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => printYamlOrJson(item, true)).join(', ')}]`;
  if ('raw' in value && typeof value.raw === 'string') return value.raw;
  if (isPlaceholder(value)) return stopped(printYamlOrJson(value.placeholder, json));
  return `{ ${Object.entries(value as Record<string, Literal>).map(([key, one]) => `${json ? JSON.stringify(key) : key}: ${printYamlOrJson(one, json)}`).join(', ')} }`;
}
