import type { TSESTree } from '@typescript-eslint/types';
import type { Argument, ClassMember, ClassNode, Expression, FunctionNode, ObjectEntry, Parameter, Pattern, Statement } from '../../model/code-tree.ts';
import { dotted, lowerType } from './types.ts';

type Node = TSESTree.Node;

/** Deeper expressions are left out, so that no later walk can overflow the stack. */
const deepest = 200;

/** What the parts of the lowering ask of each other. */
export interface Lowering {
  readonly expression: (node: Node | null | undefined) => Expression;
  readonly pattern: (node: Node) => Pattern;
  readonly fn: (node: FunctionLike, decorators?: readonly Expression[], name?: Node | null) => FunctionNode;
  readonly cls: (node: TSESTree.ClassDeclaration | TSESTree.ClassExpression) => ClassNode;
}

type FunctionLike = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression | TSESTree.TSDeclareFunction | TSESTree.TSEmptyBodyFunctionExpression;

export function createLowering(statements: (nodes: readonly Node[], lowering: Lowering) => readonly Statement[]): Lowering {
  let depth = 0;

  const unknown = (node: Node | null | undefined, parts: readonly Expression[] = []): Expression => ({ kind: 'other', type: 'unknown', parts, start: node?.range[0] ?? 0, end: node?.range[1] ?? 0 });

  const expression = (node: Node | null | undefined): Expression => {
    if (!node || depth > deepest) return unknown(node);
    depth++;
    const out = convert(node);
    depth--;
    return out;
  };

  const args = (nodes: readonly Node[]): readonly Argument[] => nodes.map((node): Argument => (node.type === 'SpreadElement'
    ? { value: expression(node.argument), spread: 'list', start: node.range[0], end: node.range[1] }
    : { value: expression(node), start: node.range[0], end: node.range[1] }));

  const entry = (node: TSESTree.ObjectLiteralElement): ObjectEntry => {
    const [start, end] = node.range;
    if (node.type === 'SpreadElement') return { key: undefined, keyStart: start, keyEnd: end, value: expression(node.argument), spread: true, start, end };
    const key = node.computed ? undefined : keyOf(node.key);
    return { key, keyStart: node.key.range[0], keyEnd: node.key.range[1], value: expression(node.value), start, end, ...(key === undefined ? { computed: expression(node.key) } : {}) };
  };

  /** A chain of `+`, flattened so that a sum of a thousand terms nests no deeper than one. */
  const sum = (node: TSESTree.BinaryExpression): Expression => {
    const operands: Node[] = [];
    let at: Node = node;
    while (at.type === 'BinaryExpression' && at.operator === '+') {
      operands.unshift(at.right);
      at = at.left;
      if (operands.length > 2000) return unknown(node);
    }
    operands.unshift(at);
    const parts = operands.map((one): string | Expression => (one.type === 'Literal' && typeof one.value === 'string' ? one.value : expression(one)));
    return { kind: 'template', parts, sum: true, start: node.range[0], end: node.range[1] };
  };

  const convert = (node: Node): Expression => {
    const [start, end] = node.range;
    switch (node.type) {
      case 'Literal':
        if ('regex' in node) return { kind: 'literal', value: node.regex.pattern, regex: node.regex.flags, start, end };
        return { kind: 'literal', value: typeof node.value === 'bigint' ? Number(node.value) : (node.value as string | number | boolean | null), start, end };
      case 'Identifier': return { kind: 'name', name: node.name, start, end };
      case 'PrivateIdentifier': return { kind: 'name', name: `#${node.name}`, start, end };
      case 'TemplateLiteral': return template(node);
      case 'TaggedTemplateExpression': return { ...template(node.quasi), tag: expression(node.tag), start, end } as Expression;
      case 'MemberExpression': {
        const object = expression(node.object);
        if (!node.computed) return { kind: 'member', object, property: node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : (node.property as TSESTree.Identifier).name, propertyStart: node.property.range[0], start, end };
        if (node.property.type === 'Literal' && typeof node.property.value === 'string') return { kind: 'member', object, property: node.property.value, propertyStart: node.property.range[0], start, end };
        return { kind: 'index', object, index: expression(node.property), start, end };
      }
      case 'CallExpression': return { kind: 'call', callee: expression(node.callee), args: args(node.arguments), isNew: false, open: node.typeArguments?.range[1] ?? node.callee.range[1], start, end };
      case 'NewExpression': return { kind: 'call', callee: expression(node.callee), args: args(node.arguments), isNew: true, open: node.typeArguments?.range[1] ?? node.callee.range[1], start, end };
      case 'ImportExpression': return { kind: 'call', callee: { kind: 'name', name: 'import', start, end: start + 6 }, args: args([node.source]), isNew: false, open: start + 6, start, end };
      case 'ObjectExpression': return { kind: 'object', entries: node.properties.map(entry), start, end };
      case 'ArrayExpression': return { kind: 'list', items: node.elements.map((one) => (one ? expression(one) : unknown(node))), start, end };
      case 'SpreadElement': return { kind: 'spread', value: expression(node.argument), start, end };
      case 'FunctionExpression': case 'ArrowFunctionExpression': return fn(node);
      case 'ClassExpression': return cls(node);
      case 'BinaryExpression': {
        if (node.operator === '+') return sum(node);
        const operator = node.operator === '==' ? '===' : node.operator === '!=' ? '!==' : node.operator;
        return { kind: 'binary', operator, left: expression(node.left), right: expression(node.right), start, end };
      }
      case 'LogicalExpression': return { kind: 'logical', operator: node.operator === '&&' ? 'and' : node.operator === '||' ? 'or' : 'nullish', left: expression(node.left), right: expression(node.right), start, end };
      case 'UnaryExpression': return node.operator === 'void' || node.operator === 'delete' ? unknown(node, [expression(node.argument)]) : { kind: 'unary', operator: node.operator === '!' ? 'not' : node.operator, value: expression(node.argument), start, end };
      case 'UpdateExpression': return { kind: 'unary', operator: '++', value: expression(node.argument), start, end };
      case 'ConditionalExpression': return { kind: 'conditional', test: expression(node.test), then: expression(node.consequent), otherwise: expression(node.alternate), start, end };
      case 'AssignmentExpression': {
        const operator = node.operator === '=' ? undefined : node.operator;
        return { kind: 'assign', target: pattern(node.left), value: expression(node.right), ...(operator ? { operator } : {}), start, end };
      }
      case 'AwaitExpression': return { kind: 'await', value: expression(node.argument), start, end };
      case 'YieldExpression': return { kind: 'other', type: 'yield', parts: [expression(node.argument)], start, end };
      case 'SequenceExpression': return { kind: 'other', type: 'sequence', parts: node.expressions.map(expression), start, end };
      case 'ThisExpression': return { kind: 'other', type: 'this', parts: [], start, end };
      case 'Super': return { kind: 'other', type: 'super', parts: [], start, end };
      case 'ChainExpression': case 'TSNonNullExpression': return expression(node.expression);
      case 'TSAsExpression': case 'TSSatisfiesExpression': case 'TSTypeAssertion': case 'TSInstantiationExpression': return expression(node.expression);
      case 'JSXElement': return {
        kind: 'element', name: jsxName(node.openingElement.name), start, end,
        attributes: node.openingElement.attributes.map((one): ObjectEntry => (one.type === 'JSXSpreadAttribute'
          ? { key: undefined, keyStart: one.range[0], keyEnd: one.range[1], value: expression(one.argument), spread: true, start: one.range[0], end: one.range[1] }
          : { key: jsxName(one.name), keyStart: one.name.range[0], keyEnd: one.name.range[1], value: one.value ? expression(one.value) : { kind: 'literal', value: true, start: one.range[0], end: one.range[1] }, start: one.range[0], end: one.range[1] })),
        children: node.children.map(expression),
      };
      case 'JSXFragment': return { kind: 'element', name: '', attributes: [], children: node.children.map(expression), start, end };
      case 'JSXExpressionContainer': case 'JSXSpreadChild': return expression(node.expression);
      case 'JSXText': return { kind: 'literal', value: node.value, start, end };
      case 'MetaProperty': return { kind: 'name', name: `${node.meta.name}.${node.property.name}`, start, end };
      default: return unknown(node);
    }
  };

  const template = (node: TSESTree.TemplateLiteral): Expression => {
    const parts: (string | Expression)[] = [];
    node.quasis.forEach((quasi, at) => {
      parts.push(quasi.value.cooked ?? quasi.value.raw);
      const value = node.expressions[at];
      if (value) parts.push(expression(value));
    });
    return { kind: 'template', parts: parts.filter((part) => part !== ''), start: node.range[0], end: node.range[1] };
  };

  const pattern = (node: Node): Pattern => {
    const [start, end] = node.range;
    const withFallback = (one: Node): { target: Pattern; fallback?: Expression; rest?: true } => {
      if (one.type === 'AssignmentPattern') return { target: pattern(one.left), fallback: expression(one.right) };
      if (one.type === 'RestElement') return { target: pattern(one.argument), rest: true };
      return { target: pattern(one) };
    };
    switch (node.type) {
      case 'Identifier': return { kind: 'name', name: node.name, start, end };
      case 'ArrayPattern': return { kind: 'list-pattern', items: node.elements.map((one) => (one ? withFallback(one) : undefined)), start, end };
      case 'ObjectPattern': return {
        kind: 'object-pattern', start, end,
        entries: node.properties.map((one) => (one.type === 'RestElement' ? { key: undefined, target: pattern(one.argument), rest: true as const } : { key: one.computed ? undefined : keyOf(one.key), ...withFallback(one.value) })),
      };
      case 'AssignmentPattern': return pattern(node.left);
      case 'TSAsExpression': case 'TSNonNullExpression': case 'TSTypeAssertion': return pattern(node.expression);
      default: {
        const target = expression(node);
        return target.kind === 'member' || target.kind === 'index' ? target : { kind: 'name', name: '', start, end };
      }
    }
  };

  const parameter = (node: TSESTree.Parameter): Parameter => {
    const [start, end] = node.range;
    const decorators = node.decorators.map((one) => expression(one.expression));
    if (node.type === 'TSParameterProperty') return { ...parameter(node.parameter as TSESTree.Parameter), property: true, decorators };
    if (node.type === 'RestElement') return { target: pattern(node.argument), rest: 'list', decorators, start, end, ...typed(node) };
    if (node.type === 'AssignmentPattern') return { target: pattern(node.left), fallback: expression(node.right), decorators, start, end, ...typed(node.left) };
    return { target: pattern(node), decorators, start, end, ...typed(node) };
  };

  const typed = (node: Node): { type?: NonNullable<ReturnType<typeof lowerType>> } => {
    const type = 'typeAnnotation' in node && node.typeAnnotation && node.typeAnnotation.type === 'TSTypeAnnotation' ? lowerType(node.typeAnnotation.typeAnnotation) : undefined;
    return type ? { type } : {};
  };

  const fn = (node: FunctionLike, decorators: readonly Expression[] = [], name: Node | null = node.id): FunctionNode => {
    const [start, end] = node.range;
    const block = node.body?.type === 'BlockStatement' ? node.body.body : undefined;
    const returns = lowerType(node.returnType?.typeAnnotation);
    return {
      kind: 'function', start, end, decorators,
      name: name ? keyOf(name) : undefined, nameStart: name?.range[0] ?? start, nameEnd: name?.range[1] ?? start,
      params: node.params.map(parameter),
      body: block ? statements(block, lowering) : node.body ? [{ kind: 'return', value: expression(node.body), start: node.body.range[0], end: node.body.range[1] }] : [],
      isAsync: node.async, isGenerator: node.generator, isArrow: node.type === 'ArrowFunctionExpression',
      directives: block ? directivesOf(block) : [],
      ...(returns ? { returns } : {}),
    };
  };

  const cls = (node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): ClassNode => {
    const [start, end] = node.range;
    return {
      kind: 'class', start, end, name: node.id?.name, nameStart: node.id?.range[0] ?? start, nameEnd: node.id?.range[1] ?? start,
      bases: node.superClass ? [expression(node.superClass)] : [],
      ...(node.implements.length > 0 ? { interfaces: node.implements.map((one) => dotted(one.expression)) } : {}),
      decorators: node.decorators.map((one) => expression(one.expression)),
      members: node.body.body.flatMap((member): readonly ClassMember[] => {
        const range = { start: member.range[0], end: member.range[1] };
        if (member.type === 'StaticBlock') return [];
        if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition' && member.type !== 'AccessorProperty') return [];
        const name = member.computed ? '' : keyOf(member.key) ?? '';
        const decorators = member.decorators.map((one) => expression(one.expression));
        if (member.type === 'MethodDefinition') {
          // A getter is read as a property, as one of Python's is.
          const getter: Expression[] = member.kind === 'get' ? [{ kind: 'name', name: 'property', start: member.range[0], end: member.range[0] }] : [];
          return [{ name, isStatic: member.static, method: fn(member.value, [...decorators, ...getter], member.key), decorators, ...range }];
        }
        const type = lowerType(member.typeAnnotation?.typeAnnotation);
        return [{ name, isStatic: member.static, decorators, ...(member.value ? { value: expression(member.value) } : {}), ...(type ? { type } : {}), ...range }];
      }),
    };
  };

  const lowering: Lowering = { expression, pattern, fn, cls };
  return lowering;
}

export function keyOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'PrivateIdentifier') return `#${node.name}`;
  return node.type === 'Literal' ? String(node.value) : undefined;
}

function directivesOf(nodes: readonly Node[]): readonly string[] {
  const out: string[] = [];
  for (const node of nodes) {
    if (node.type !== 'ExpressionStatement' || typeof node.directive !== 'string') break;
    out.push(node.directive);
  }
  return out;
}

function jsxName(node: TSESTree.JSXTagNameExpression): string {
  if (node.type === 'JSXIdentifier') return node.name;
  return node.type === 'JSXMemberExpression' ? `${jsxName(node.object)}.${node.property.name}` : `${node.namespace.name}:${node.name.name}`;
}

export { dotted };
