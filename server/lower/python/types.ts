import type { Expression, TypeNode } from '../../model/code-tree.ts';

/** A Python annotation, reduced from its expression; a quoted annotation counts by its leading name. */
export function typeOf(expression: Expression, depth = 0): TypeNode {
  const { start, end } = expression;
  const of = (name: string, args: readonly TypeNode[] = []): TypeNode => ({ start, end, name, args, expression });
  if (depth > 6) return of('');
  switch (expression.kind) {
    case 'name': return of(expression.name);
    case 'member': {
      const object = typeOf(expression.object, depth + 1).name;
      return of(object === '' ? '' : `${object}.${expression.property}`);
    }
    case 'index': {
      const base = typeOf(expression.object, depth + 1);
      const args = expression.index?.kind === 'list' ? expression.index.items : expression.index ? [expression.index] : [];
      return of(base.name === 'Union' || base.name === 'Optional' || base.name === 'typing.Optional' || base.name === 'typing.Union' ? '|' : base.name, args.map((one) => typeOf(one, depth + 1)));
    }
    case 'binary': return expression.operator === '|' ? of('|', [typeOf(expression.left, depth + 1), typeOf(expression.right, depth + 1)]) : of('');
    case 'list': return of('', expression.items.map((one) => typeOf(one, depth + 1)));
    case 'literal': {
      if (typeof expression.value === 'string') {
        const name = /^\s*([A-Za-z_][\w.]*)\s*$/.exec(expression.value)?.[1];
        return { ...of(name ?? 'literal'), ...(name ? {} : { literal: expression.value }), literal: expression.value };
      }
      return expression.value === null ? of('None') : { ...of('literal'), literal: expression.value };
    }
    case 'call': return of(typeOf(expression.callee, depth + 1).name);
    default: return of('');
  }
}
