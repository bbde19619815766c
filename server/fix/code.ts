import { lowerCode } from '../lower/code.ts';
import type { Call, CodeModule, ObjectLiteral } from '../model/code-tree.ts';
import type { EditIntent, Printed, TextEdit } from '../model/fix.ts';
import type { Origin } from '../model/origin.ts';
import type { Document } from '../source/document.ts';
import { isCode, isComponent } from '../source/language.ts';
import type { Sources } from '../source/sources.ts';

type Of<Kind extends EditIntent['kind']> = Extract<EditIntent, { kind: Kind }>;

/** Sets a keyword argument of a Python call: where it is written, or after the last argument. */
export function printSetKeywordArgument({ call, name, value }: Of<'setKeywordArgument'>, sources: Sources): readonly TextEdit[] | undefined {
  const found = callAt(call, sources);
  if (!found) return undefined;
  const { document, node } = found;
  const old = node.args.find((one) => one.name === name);
  if (old) return [{ path: document.path, range: { start: old.value.start, end: old.value.end }, text: value }];
  const last = node.args.at(-1);
  if (!last) return document.text[node.open] === '(' ? [insertion(document, node.open + 1, `${name}=${value}`)] : undefined;
  return [insertion(document, last.end, `, ${name}=${value}`)];
}

/** Sets a property of an object argument; a negative position takes the first object among the arguments. */
export function printSetOption({ call, argument, name, value }: Of<'setOption'>, sources: Sources): Printed {
  const found = callAt(call, sources);
  if (!found) return undefined;
  const { document, node } = found;
  const position = argument >= 0 ? argument : node.args.findIndex((one) => one.value.kind === 'object');
  const target = node.args[position]?.value;
  if (!target) {
    const last = node.args.at(-1);
    if (argument >= 0 && argument !== node.args.length) return undefined;
    if (last) return [insertion(document, last.end, `, { ${name}: ${value} }`)];
    return document.text[node.open] === '(' ? [insertion(document, node.open + 1, `{ ${name}: ${value} }`)] : undefined;
  }
  if (target.kind !== 'object') return { refused: 'The options are made elsewhere; they have to be changed there.' };
  const old = target.entries.find((one) => one.key === name);
  if (old) {
    const shorthand = old.keyStart === old.value.start;
    return [{ path: document.path, range: { start: old.value.start, end: old.value.end }, text: shorthand ? `${name}: ${value}` : value }];
  }
  const last = target.entries.at(-1);
  if (!last) return [{ path: document.path, range: { start: target.start, end: target.end }, text: `{ ${name}: ${value} }` }];
  const lines = document.lines;
  const own = lines.position(last.start).line !== lines.position(target.start).line;
  const indent = own ? document.text.slice(lines.start(lines.position(last.start).line), last.start) : '';
  return [insertion(document, last.end, own && indent.trim() === '' ? `,\n${indent}${name}: ${value}` : `, ${name}: ${value}`)];
}

export function printReplaceCallee({ callee, name, module }: Of<'replaceCallee'>, sources: Sources): readonly TextEdit[] | undefined {
  const edit: TextEdit = { path: callee.path, range: callee.range, text: name };
  if (module === undefined) return [edit];
  const imported = printAddImport({ kind: 'addImport', path: callee.path, module }, sources);
  return imported && [...imported, edit];
}

/** Adds an import after the last one at the top, unless it is there. Whole modules in Python, names in both languages. */
export function printAddImport({ path, module, name, alias }: Of<'addImport'>, sources: Sources): readonly TextEdit[] | undefined {
  const document = sources.document(path);
  if (!document || !isCode(document.language)) return undefined;
  const tree = lowerCode(document);
  const python = document.language === 'python';
  const local = alias ?? name ?? module;
  // A component without a script has no place for an import.
  if (isComponent(document.language) && tree.top === undefined) return undefined;
  let at = tree.top ?? 0;
  let any = false;
  for (const one of tree.body) {
    if (one.kind === 'import' && one.end > one.start) {
      if (one.module === module && one.names.some((each) => each.local === local && (name === undefined ? each.name === '*' || each.name === 'default' : each.name === name))) return [];
      at = one.end;
      any = true;
    } else if (any) break;
    else if (one.kind !== 'expression' || one.value.kind !== 'literal') break;
    else at = one.end;
  }
  const text = python
    ? name === undefined ? `import ${module}${alias === undefined ? '' : ` as ${alias}`}` : `from ${module} import ${name}${alias === undefined ? '' : ` as ${alias}`}`
    : name === undefined ? `import ${local} from '${module}';` : `import { ${name}${alias === undefined ? '' : ` as ${alias}`} } from '${module}';`;
  // Scripts of components are often indented as a whole.
  const [indent = ''] = isComponent(document.language) ? /^[ \t]*/.exec(document.text.slice(document.lines.start(document.lines.position(at).line))) ?? [] : [];
  return [insertion(document, at, at === (tree.top ?? 0) ? `${indent}${text}\n` : `\n${indent}${text}`)];
}

function insertion(document: Document, at: number, text: string): TextEdit {
  return { path: document.path, range: { start: at, end: at }, text };
}

function callAt(origin: Origin, sources: Sources): { readonly document: Document; readonly node: Call } | undefined {
  const document = sources.document(origin.path);
  if (!document || !isCode(document.language)) return undefined;
  const node = nodeAt(lowerCode(document), 'call', origin.range.start, origin.range.end);
  return node?.kind === 'call' ? { document, node } : undefined;
}

/** The call or object that covers exactly a range; nodes that do not hold the range are not entered. */
export function nodeAt(module: CodeModule, kind: 'call' | 'object', start: number, end: number): Call | ObjectLiteral | undefined {
  const stack: unknown[] = [...module.body];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) { stack.push(...(one as unknown[])); continue; }
    const node = one as { kind?: string; start?: number; end?: number };
    if (node.kind === kind && node.start === start && node.end === end) return node as Call | ObjectLiteral;
    if (node.start !== undefined && node.end !== undefined && (node.start > start || node.end < end) && node.kind !== 'function') continue;
    for (const value of one instanceof Map ? one.values() : Object.values(node)) if (typeof value === 'object') stack.push(value);
  }
  return undefined;
}
