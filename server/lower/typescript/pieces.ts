import type { Statement } from '../../model/code-tree.ts';
import type { Language } from '../../source/language.ts';
import { parseTypeScript } from '../../syntax/typescript/parse.ts';
import { moved } from '../moved.ts';
import type { Piece, Pieces } from '../pieces.ts';
import { createLowering } from './expressions.ts';
import { statements } from './statements.ts';

/** Parses a text and lowers each of its top-level statements. Undefined when it cannot be read at all. Total. */
export function lowerPieces(text: string, language: Language): Pieces | undefined {
  const { program, parts, errors, isModule } = parseTypeScript(text, language);
  if (!program) {
    if (parts.length === 0) return undefined;
    const alone = parts.length === 1 && parts[0]![0] === 0 && parts[0]![1] === text.length;
    const pieces = parts.flatMap(([start, end]): readonly Piece[] => (alone ? undefined : lowerPieces(text.slice(start, end), language))?.pieces.map((piece) => moved(piece, start)) ?? [{ start, end, body: [] }]);
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
    return { start: Math.min(start, decorated ?? start), end, body, ...(/^(?:Import|Export|TSExport)/.test(node.type) ? { isModule: true as const } : {}), ...(text ? { isText: true as const } : {}), ...directive };
  });
  return { pieces, errors: [...errors, ...unreadable], isModule };
}
