import type { Statement } from '../../model/code-tree.ts';
import type { Language } from '../../source/language.ts';
import { parseTypeScript } from '../../syntax/typescript/parse.ts';
import { createLowering } from './expressions.ts';
import { moved } from './moved.ts';
import { statements } from './statements.ts';

/** A top-level statement as it was written, and what it is lowered to. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly body: readonly Statement[];
  /** An import or export, which makes the text a module. */
  readonly isModule: boolean;
  readonly directive?: string;
  /** An expression of one string: at the top of a module it would be a directive. */
  readonly isText: boolean;
}

/** A text by its top-level statements, in the order of their offsets. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Offsets of syntax errors. */
  readonly errors: readonly number[];
  readonly isModule: boolean;
}

/** Parses a text and lowers each of its top-level statements. Undefined when it cannot be read at all. Total. */
export function lowerPieces(text: string, language: Language): Pieces | undefined {
  const { program, parts, errors, isModule } = parseTypeScript(text, language);
  if (!program) {
    if (parts.length === 0) return undefined;
    const alone = parts.length === 1 && parts[0]![0] === 0 && parts[0]![1] === text.length;
    const pieces = parts.flatMap(([start, end]): readonly Piece[] => (alone ? undefined : lowerPieces(text.slice(start, end), language))?.pieces.map((piece) => moved(piece, start)) ?? [{ start, end, body: [], isModule: false, isText: false }]);
    return { pieces, errors: errors.length > 0 ? errors : [parts[0]![0]], isModule };
  }
  let lowering = createLowering(statements);
  const unreadable: number[] = [];
  const pieces = program.body.filter(({ range }) => range[0] < range[1]).map((node): Piece => {
    const [start, end] = node.range;
    // The range of `@a() export class B {}` begins at `export`.
    const decorated = 'declaration' in node && node.declaration && 'decorators' in node.declaration ? node.declaration.decorators[0]?.range[0] : undefined;
    const text = node.type === 'ExpressionStatement' && node.expression.type === 'Literal' && typeof node.expression.value === 'string';
    const directive = node.type === 'ExpressionStatement' && typeof node.directive === 'string' ? { directive: node.directive } : {};
    let body: readonly Statement[] = [];
    try {
      body = statements([node], lowering);
    } catch {
      // Trees of broken text may lack parts that their types promise.
      unreadable.push(start);
      lowering = createLowering(statements);
    }
    return { start: Math.min(start, decorated ?? start), end, body, isModule: /^(?:Import|Export|TSExport)/.test(node.type), isText: text, ...directive };
  });
  return { pieces, errors: [...errors, ...unreadable], isModule };
}
