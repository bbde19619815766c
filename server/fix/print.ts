import { printSetAttribute } from './attribute.ts';
import { printAddImport, printReplaceCallee, printSetKeywordArgument, printSetOption } from './code.ts';
import { printAddCompanion } from './companion.ts';
import { printRemoveAttribute, printRemoveItem } from './remove.ts';
import type { EditIntent, Fix, Printed, TextEdit } from '../model/fix.ts';
import type { Origin } from '../model/origin.ts';
import { isCode } from '../source/language.ts';
import { printEnvironmentFile } from './environment-file.ts';
import { printNarrowActions } from './narrow-actions.ts';
import { printMcpInput } from './secret-mcp.ts';
import { printLiteralToEnvironment } from './secret.ts';
import { printClearedOutput, printEnvironmentExample } from './secret-files.ts';
import { printDynamicReference, printSecretKey } from './secret-yaml.ts';
import { printDataSource } from './secret-terraform.ts';
import { stopped, withStops } from './stops.ts';
import { printLookup } from './vault/print.ts';
import type { FixSources } from './sources.ts';

/**
 * Prints a fix as text edits in the dialect of the place it changes. A refusal says why it must not be made here; undefined when it
 * cannot be printed without breaking the text: then it is not offered.
 */
export function printFix(fix: Fix, sources: FixSources): Printed {
  const edits: TextEdit[] = [];
  for (const intent of fix.intents) {
    const printed = printIntent(intent, sources);
    if (!printed || 'refused' in printed) return printed;
    edits.push(...printed.map((edit) => withStops(withLineEnds(edit, sources))));
  }
  return edits;
}

/** Printers write `\n`; a document with other line ends keeps its own. */
function withLineEnds(edit: TextEdit, sources: FixSources): TextEdit {
  return edit.text.includes('\n') && sources.document(edit.path)?.text.includes('\r\n') === true ? { ...edit, text: edit.text.replace(/\r?\n/g, '\r\n') } : edit;
}

/** Keeps the quotes of a literal of a program, which are a part of the value's place there. */
function printReplaceText({ origin, text, stop }: Extract<EditIntent, { kind: 'replaceText' }>, sources: FixSources): Printed {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { start, end } = origin.range;
  const written = document.text.slice(start, end);
  if (/^(?:True|False)$/.test(written) && /^(?:true|false)$/.test(text)) return [{ path: origin.path, range: origin.range, text: text[0]!.toUpperCase() + text.slice(1) }];
  if (isCode(document.language) && !literal.test(written)) return printInsteadOfCall(origin, written, stop ? stopped(text) : text, document.language === 'python');
  const quote = /^["'`]/.exec(written)?.[0];
  const inner = quote !== undefined && end - start > 1 && document.text[end - 1] === quote ? 1 : 0;
  return [{ path: origin.path, range: { start: start + inner, end: end - inner }, text: stop ? stopped(text) : text }];
}

/** A number, a yes or no, or a text: what a value of a program is where it is written out. */
const literal = /^(?:["'`]|[bfru]{1,2}["']|-?[\d.]+$|(?:true|false|True|False|null|None)$)/;

/** A call of the CDK that says which addresses are meant, with others; every other value of a program is computed. */
function printInsteadOfCall(origin: Origin, written: string, text: string, python: boolean): Printed {
  const peer = /^((?:\w+\.)*Peer\.)(?:any_?[iI]pv([46])\(\)|ipv([46])\(\s*["'][^"']*["']\s*\))$/.exec(written);
  if (!peer) return { refused: 'The value is computed; it has to be changed where it comes from.' };
  const quote = python ? '"' : "'";
  return [{ path: origin.path, range: origin.range, text: `${peer[1]}ipv${peer[2] ?? peer[3]}(${quote}${text}${quote})` }];
}

function printIntent(intent: EditIntent, sources: FixSources): Printed {
  switch (intent.kind) {
    case 'replace':
      return [{ path: intent.origin.path, range: intent.origin.range, text: intent.text }];
    case 'replaceText':
      return printReplaceText(intent, sources);
    case 'setAttribute':
      return printSetAttribute(intent, sources);
    case 'removeAttribute':
      return printRemoveAttribute(intent, sources);
    case 'removeItem':
      return printRemoveItem(intent, sources);
    case 'addCompanion':
      return printAddCompanion(intent, sources);
    case 'literalToEnvironment':
      return printLiteralToEnvironment(intent, sources);
    case 'addToEnvironmentExample':
      return printEnvironmentExample(intent, sources);
    case 'addToEnvironmentFile':
      return printEnvironmentFile(intent, sources);
    case 'literalToLookup':
      return printLookup(intent, sources);
    case 'literalToData':
      return printDataSource(intent, sources);
    case 'literalToSecretKey':
      return printSecretKey(intent, sources);
    case 'literalToDynamicReference':
      return printDynamicReference(intent, sources);
    case 'literalToInput':
      return printMcpInput(intent, sources);
    case 'narrowActions':
      return printNarrowActions(intent, sources);
    case 'clearCellOutput':
      return printClearedOutput(intent, sources);
    case 'setKeywordArgument':
      return printSetKeywordArgument(intent, sources);
    case 'setOption':
      return printSetOption(intent, sources);
    case 'replaceCallee':
      return printReplaceCallee(intent, sources);
    case 'addImport':
      return printAddImport(intent, sources);
    case 'printed':
      return [intent.edit];
    default:
      return undefined;
  }
}
