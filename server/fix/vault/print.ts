import { lowerCode } from '../../lower/code.ts';
import type { ClassNode, CodeModule, FunctionNode } from '../../model/code-tree.ts';
import type { EditIntent, Printed } from '../../model/fix.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { printAddImport } from '../code.ts';

/** Puts a look-up in place of a whole literal, where what it needs is known and may be awaited. */
export function printLookup(intent: Extract<EditIntent, { kind: 'literalToLookup' }>, sources: Sources): Printed {
  const { origin, lookup } = intent;
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { text } = document;
  const { start, end } = origin.range;
  const quote = text[start - 1] ?? '';
  const whole = /["'`]/.test(quote) && text[end] === quote && text.slice(start - 3, start) !== quote.repeat(3);
  const prefix = document.language === 'python' ? /(?:^|\W)([rbfuRBFU]{1,2})$/.exec(text.slice(Math.max(0, start - 4), start - 1))?.[1] ?? '' : '';
  if (!whole || intent.literal !== undefined || /b/i.test(prefix)) return { refused: 'The secret is a part of another text; the look-up has to be put together with it by hand.' };
  const { fn, cls } = around(lowerCode(document), start);
  if (lookup.inside && !(lookup.inside.start <= start && end <= lookup.inside.end)) return { refused: `The client of ${lookup.service} is not known at this place.` };
  if (!fn && start < lookup.from) return { refused: `What asks ${lookup.service} is made further down in the file.` };
  if (lookup.isAsync && !mayAwait(document, fn, cls)) return { refused: `Asking ${lookup.service} takes an await, and the code around it is not asynchronous.` };
  const imported = lookup.imported ? printAddImport({ kind: 'addImport', path: origin.path, ...lookup.imported }, sources) : [];
  return imported && [...imported, { path: origin.path, range: { start: start - 1 - prefix.length, end: end + 1 }, text: lookup.expression }];
}

function mayAwait(document: Document, fn: FunctionNode | undefined, cls: ClassNode | undefined): boolean {
  if (fn) return fn.isAsync && !(cls && cls.start > fn.start);
  if (cls) return false;
  if (document.language === 'python') return document.cells !== undefined;
  return !document.path.endsWith('.cjs') && /^\s*(?:import|export)\b/m.test(document.text);
}

/** The innermost function whose body holds a place, and the innermost class. */
function around(module: CodeModule, at: number): { readonly fn: FunctionNode | undefined; readonly cls: ClassNode | undefined } {
  let fn: FunctionNode | undefined;
  let cls: ClassNode | undefined;
  const stack: unknown[] = [...module.body];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null) continue;
    const node = one as { kind?: string; start?: number; end?: number };
    const holds = node.start === undefined || node.end === undefined || (node.start <= at && at < node.end);
    if (holds && node.kind === 'function' && 'params' in node && (!fn || node.start! > fn.start)) fn = one as FunctionNode;
    if (holds && node.kind === 'class' && 'members' in node && (!cls || node.start! > cls.start)) cls = one as ClassNode;
    stack.push(...(one instanceof Map ? one.values() : (Object.values(one) as unknown[])));
  }
  return { fn, cls };
}
