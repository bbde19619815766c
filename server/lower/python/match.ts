import type { SyntaxNode } from '@lezer/common';
import type { Expression, Pattern, Statement, SwitchCase } from '../../model/code-tree.ts';
import { children } from '../../syntax/python/parse.ts';
import type { Lowering } from './expressions.ts';

/** Cases of a match statement: fixed values become tests, captures become assignments from the subject's parts. */
export function matchCases(body: SyntaxNode, subject: Expression, lowering: Lowering, block: (body: SyntaxNode | undefined) => readonly Statement[]): SwitchCase[] {
  return children(body).filter((one) => one.name === 'MatchClause').map((clause): SwitchCase => {
    const kids = children(clause);
    const pattern = kids.find((one) => one.name.endsWith('Pattern'));
    const guard = kids.find((one) => one.name === 'Guard');
    const test = guard && children(guard).find((one) => one.name !== 'if');
    const target = pattern && captures(pattern, lowering);
    const binding: readonly Statement[] = target ? [{ kind: 'expression', value: { kind: 'assign', target, value: subject, start: clause.from, end: clause.from }, start: clause.from, end: clause.from }] : [];
    return {
      tests: pattern ? fixed(pattern, lowering) : [],
      body: [...binding, ...block(kids.find((one) => one.name === 'Body'))],
      falls: false,
      ...(test ? { guard: lowering.expression(test) } : {}),
    };
  });
}

/** The values a pattern compares with; undefined for a pattern that takes anything. */
function fixed(node: SyntaxNode, lowering: Lowering): readonly Expression[] | undefined {
  switch (node.name) {
    case 'LiteralPattern': return [lowering.expression(children(node)[0])];
    case 'OrPattern': {
      const parts = children(node).filter((one) => one.name !== 'LogicOp').map((one) => fixed(one, lowering));
      return parts.some((one) => one === undefined) ? undefined : parts.flatMap((one) => one!);
    }
    case 'AttributePattern': return [lowering.expression(node)];
    default: return undefined;
  }
}

function captures(node: SyntaxNode, lowering: Lowering): Pattern | undefined {
  const { from: start, to: end } = node;
  switch (node.name) {
    case 'CapturePattern': return { kind: 'name', name: lowering.source(node), start, end };
    case 'AsPattern': return captures(children(node).at(-1)!, lowering);
    case 'SequencePattern': return { kind: 'list-pattern', items: children(node).filter((one) => one.name.endsWith('Pattern')).map((one) => { const target = captures(one, lowering); return target && { target }; }), start, end };
    case 'StarPattern': return captures(children(node).at(-1)!, lowering);
    case 'MappingPattern': {
      const kids = children(node);
      const entries: { key: string | undefined; target: Pattern; rest?: true }[] = [];
      for (let at = 0; at < kids.length; at++) {
        const one = kids[at]!;
        if (one.name === '**') {
          const target = kids[at + 1] && captures(kids[at + 1]!, lowering);
          if (target) entries.push({ key: undefined, target, rest: true });
          at++;
        } else if (kids[at + 1]?.name === ':' && kids[at + 2]) {
          const key = fixed(one, lowering)?.[0];
          const target = captures(kids[at + 2]!, lowering);
          if (target) entries.push({ key: key?.kind === 'literal' ? String(key.value) : undefined, target });
          at += 2;
        }
      }
      return { kind: 'object-pattern', entries, start, end };
    }
    case 'ClassPattern': {
      const list = children(node).at(-1)!;
      const entries = children(list).filter((one) => one.name === 'KeywordPattern').flatMap((one) => {
        const [name, inner] = children(one);
        const target = inner && captures(inner, lowering);
        return name && target ? [{ key: lowering.source(name), target }] : [];
      });
      return { kind: 'object-pattern', entries, start, end };
    }
    default: return undefined;
  }
}
