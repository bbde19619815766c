import type { TSESTree } from '@typescript-eslint/types';
import type { TypeNode } from '../../model/code-tree.ts';

type Node = TSESTree.Node;

/** `a.b.c` of identifiers and members, '' for anything else. */
export function dotted(node: Node | undefined | null): string {
  switch (node?.type) {
    case 'Identifier': return node.name;
    case 'MemberExpression': return node.property.type === 'Identifier' && !node.computed ? join(dotted(node.object), node.property.name) : '';
    case 'TSQualifiedName': return join(dotted(node.left), node.right.name);
    default: return '';
  }
}

function join(left: string, right: string): string {
  return left === '' ? '' : `${left}.${right}`;
}

/** Reduces a type annotation; `depth` bounds nested types. */
export function lowerType(node: TSESTree.TypeNode | undefined, depth = 0): TypeNode | undefined {
  if (!node) return undefined;
  const [start, end] = node.range;
  const named = (name: string, args: readonly TypeNode[] = []): TypeNode => ({ start, end, name, args });
  const inner = (nodes: readonly TSESTree.TypeNode[]): readonly TypeNode[] => (depth > 6 ? [] : nodes.flatMap((one) => lowerType(one, depth + 1) ?? []));
  switch (node.type) {
    case 'TSTypeReference': return named(dotted(node.typeName), inner(node.typeArguments?.params ?? []));
    case 'TSArrayType': return named('Array', inner([node.elementType]));
    case 'TSUnionType': return named('|', inner(node.types));
    case 'TSIntersectionType': return named('&', inner(node.types));
    case 'TSStringKeyword': return named('string');
    case 'TSNumberKeyword': return named('number');
    case 'TSBigIntKeyword': return named('bigint');
    case 'TSBooleanKeyword': return named('boolean');
    case 'TSNullKeyword': return named('null');
    case 'TSUndefinedKeyword': return named('undefined');
    case 'TSTypeQuery': return named(`typeof ${dotted(node.exprName)}`);
    case 'TSTypeOperator': return lowerType(node.typeAnnotation, depth + 1);
    case 'TSLiteralType': {
      const value = node.literal.type === 'Literal' ? node.literal.value : undefined;
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { start, end, name: 'literal', args: [], literal: value } : named('');
    }
    case 'TSTypeLiteral': return { start, end, name: '{}', args: [], members: membersOf(node.members, depth) };
    default: return named('');
  }
}

function membersOf(nodes: readonly TSESTree.TypeElement[], depth: number): ReadonlyMap<string, TypeNode> {
  const members = new Map<string, TypeNode>();
  for (const member of depth > 6 ? [] : nodes) {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue;
    const type = lowerType(member.typeAnnotation?.typeAnnotation, depth + 1);
    if (type) members.set(member.key.name, type);
  }
  return members;
}

/** The members of an interface, with what it extends. */
export function lowerInterface(node: TSESTree.TSInterfaceDeclaration): TypeNode {
  const [start, end] = node.body.range;
  const own: TypeNode = { start, end, name: '{}', args: [], members: membersOf(node.body.body, 0) };
  const bases = node.extends.flatMap((one): readonly TypeNode[] => [{ start: one.range[0], end: one.range[1], name: dotted(one.expression), args: [] }]);
  return bases.length === 0 ? own : { start, end, name: '&', args: [own, ...bases] };
}
