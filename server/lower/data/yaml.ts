import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document as YamlDocument, type Node, type Pair } from 'yaml';
import { nestsDeeper } from '../../base/nesting.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { cutSchemas, withoutSchemas } from './schemas.ts';

/** Nodes that one file may expand to through aliases; beyond it values are unknown. */
const budget = 200_000;
const deepest = 100;
/** Stands for a template action: `{{ .Values.x }}` of Helm, `{% %}` of Jinja. A string that holds it is unknown. */
const hole = '\ue000';

export interface YamlFile {
  readonly values: readonly Value[];
  /** Offsets of syntax errors. */
  readonly errors: readonly number[];
}

/** The documents of a YAML file as values. Total. Tags of CloudFormation become their long form (`!Ref x` is `{ Ref: x }`). */
export function yamlValues(path: string, text: string): YamlFile {
  const looked = cutSchemas(text);
  if (nestsDeeper(looked, deepest) || deepIndent(looked)) return { values: [], errors: [0] };
  const plain = withoutSchemas((text.includes('{{') && !isWorkflow(text)) || text.includes('{%') ? withoutActions(text) : text);
  const templated = text.includes('{{') || text.includes('{%');
  let documents: readonly YamlDocument.Parsed[];
  const { stackTraceLimit } = Error;
  try {
    // Templates have errors by the hundred; nobody reads where in the parser they were made.
    Error.stackTraceLimit = 0;
    const parsed = parseAllDocuments(plain, { lineCounter: new LineCounter(), strict: false, uniqueKeys: false, logLevel: 'silent', keepSourceTokens: false });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    return { values: [], errors: [0] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  let left = budget;
  const conditional = templated ? conditionalBlocks(text) : [];
  const values: Value[] = [];
  const errors: number[] = [];
  for (const document of documents) {
    for (const error of document.errors) errors.push(error.pos[0]);
    const convert = (node: Node | null | undefined, fallback: Origin, depth: number, untagged = false): Value => {
      const range = node?.range;
      const origin: Origin = range ? { path, range: { start: range[0], end: range[1] } } : fallback;
      const placed = { origin, at: origin };
      if (!node) return { kind: 'null', ...placed };
      if (--left < 0 || depth > deepest) return { kind: 'unknown', ...placed };
      if (isAlias(node)) {
        const target = node.resolve(document);
        return target ? { ...convert(target as Node, origin, depth + 1), at: origin } : { kind: 'unknown', ...placed };
      }
      const tagged = untagged ? undefined : intrinsic(node.tag);
      if (tagged) {
        const inner = convert(node, origin, depth + 1, true);
        const value: Value = tagged === 'Fn::GetAtt' && inner.kind === 'string'
          ? { kind: 'list', items: inner.value.split('.').map((part) => ({ ...inner, value: part })), complete: true, ...placed }
          : inner;
        return { kind: 'map', entries: new Map([[tagged, { key: tagged, keyOrigin: origin, value }]]), complete: true, ...placed };
      }
      if (isScalar(node)) return scalarValue(node.value, node.source, origin, typeof node.type === 'string' && node.type.startsWith('QUOTE'), plain);
      if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item as Node, origin, depth + 1)), complete: true, ...placed };
      if (isMap(node)) {
        const entries = new Map<string, MapEntry>();
        let complete = true;
        for (const pair of node.items as Pair<Node, Node | null>[]) {
          const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
          if (key === undefined || key.includes(hole)) {
            complete = false;
            continue;
          }
          const keyRange = pair.key.range ?? [origin.range.start, origin.range.start];
          const keyOrigin: Origin = { path, range: unquoted(plain, keyRange[0], keyRange[1]) };
          const written = convert(pair.value, keyOrigin, depth + 1);
          const action = templated && written.kind === 'null' ? actionBelow(text, keyRange[1]) : undefined;
          const converted: Value = action ? { kind: 'unknown', origin: { path, range: action }, at: keyOrigin } : written;
          const maybe = conditional.length > 0 && converted.kind !== 'map' && converted.kind !== 'list' && conditional.some((block) => block.start > origin.range.start && block.start < keyRange[0] && keyRange[0] < block.end);
          const value: Value = maybe ? { kind: 'unknown', origin: { path, range: { start: converted.origin.range.start, end: converted.origin.range.start } }, at: converted.at } : converted;
          if (key === '<<') {
            for (const merged of value.kind === 'list' ? value.items : [value]) {
              if (merged.kind !== 'map') complete = false;
              else for (const [name, entry] of merged.entries) if (!entries.has(name)) entries.set(name, entry);
            }
            continue;
          }
          entries.set(key, { key, keyOrigin, value });
        }
        if (templated && text.slice(origin.range.start, origin.range.end).includes('{{')) complete = complete && !hasBlockAction(text.slice(origin.range.start, origin.range.end));
        return { kind: 'map', entries, complete, ...placed };
      }
      return { kind: 'unknown', ...placed };
    };
    const whole: Origin = { path, range: { start: document.range[0], end: document.range[1] } };
    if (document.contents) values.push(convert(document.contents as Node, whole, 0));
  }
  return { values, errors };
}

function scalarValue(value: unknown, source: string | undefined, origin: Origin, quoted: boolean, text: string): Value {
  const range = quoted ? unquoted(text, origin.range.start, origin.range.end) : origin.range;
  const place: Origin = { path: origin.path, range };
  const placed = { origin: place, at: place };
  if (typeof value === 'string') return value.includes(hole) ? { kind: 'unknown', ...placed, parts: value.split(/\ue000+/).flatMap((part, at) => (at === 0 ? [part] : [undefined, part])) } : { kind: 'string', value, ...placed };
  if (typeof value === 'number') return { kind: 'number', value, ...placed };
  if (typeof value === 'bigint') return { kind: 'number', value: Number(value), ...placed };
  if (typeof value === 'boolean') return { kind: 'boolean', value, ...placed };
  if (value === null || value === undefined) return source !== undefined && source.includes(hole) ? { kind: 'unknown', ...placed } : { kind: 'null', ...placed };
  return { kind: 'string', value: source ?? String(value), ...placed };
}

function unquoted(text: string, start: number, end: number): Origin['range'] {
  const quote = text[start];
  return (quote === '"' || quote === "'") && end - start >= 2 && text[end - 1] === quote ? { start: start + 1, end: end - 1 } : { start, end };
}

/** `!Ref` and `!Sub` in their long form. */
function intrinsic(tag: string | undefined): string | undefined {
  if (!tag || !tag.startsWith('!') || tag.startsWith('!!')) return undefined;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return name;
  return /^(?:GetAtt|Sub|Join|Select|Split|If|Equals|Not|And|Or|FindInMap|ImportValue|Base64|Cidr|GetAZs|Transform|ForEach|Length|ToJsonString)$/.test(name) ? `Fn::${name}` : undefined;
}

/** Workflows and pipelines keep their expressions, `${{ github.event.issue.title }}`: rules read them. */
function isWorkflow(text: string): boolean {
  return text.includes('${{') && /^(?:jobs|runs|steps|stages|extends|parameters)\s*:/m.test(text) && !/(?<!\$)\{\{/.test(text);
}

/** Template actions replaced by holes of equal length; lines that hold nothing else become blank. */
function withoutActions(text: string): string {
  return text
    .replace(/^[ \t]*(?:\{\{-?(?:(?!\}\})[\s\S])*?-?\}\}|\{%(?:(?!%\})[\s\S])*?%\})[ \t]*$/gm, (action) => action.replace(/[^\r\n]/g, ' '))
    .replace(/\{\{(?:(?!\}\})[\s\S])*?\}\}|\{%(?:(?!%\})[\s\S])*?%\}/g, (action) => action.replace(/[^\r\n]/g, hole));
}

/** The action on the line below a key, which writes its value: `securityContext:` and `{{- toYaml .Values.securityContext | nindent 8 }}`. */
function actionBelow(text: string, end: number): Origin['range'] | undefined {
  const match = /^["']?[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n\s*(\{\{(?:(?!\}\})[\s\S])*\}\}|\{%)/.exec(text.slice(end, end + 600));
  const start = match ? end + match[0].length - match[1]!.length : 0;
  return match ? { start, end: start + match[1]!.length } : undefined;
}

/** True where an action may have added keys: anything but a plain value. */
function hasBlockAction(text: string): boolean {
  return /^[ \t]*(?:\{\{-?\s*(?:toYaml|include|template|with|range|if|tpl|else|end)\b|\{\{|\{%)/m.test(text);
}

/** The text between `{{ if }}` or `{{ with }}` and its `{{ end }}`: keys in it may be there or not. */
function conditionalBlocks(text: string): readonly { readonly start: number; readonly end: number }[] {
  const open: { readonly start: number; readonly conditional: boolean }[] = [];
  const out: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/\{\{-?\s*(if|with|range|define|block|end)\b/g)) {
    if (match[1] !== 'end') open.push({ start: match.index, conditional: match[1] === 'if' || match[1] === 'with' });
    else {
      const begun = open.pop();
      if (begun?.conditional) out.push({ start: begun.start, end: match.index });
    }
  }
  return out;
}

const wide = ' '.repeat(400);
const listed = '- '.repeat(100);

function deepIndent(text: string): boolean {
  return (text.includes(wide) || text.includes(listed)) && /^(?:[ ]{400,}|(?:- ){100,})\S/m.test(text);
}
