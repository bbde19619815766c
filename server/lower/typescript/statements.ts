import type { TSESTree } from '@typescript-eslint/types';
import type { Expression, Statement, SwitchCase } from '../../model/code-tree.ts';
import { keyOf, type Lowering } from './expressions.ts';
import { lowerInterface, lowerType } from './types.ts';

type Node = TSESTree.Node;

/** Blocks nested deeper are left out. */
const deepest = 100;
let depth = 0;

/** Lowers statements in their order. Throws where the tree of a broken text lacks a part. */
export function statements(nodes: readonly Node[], lowering: Lowering): readonly Statement[] {
  if (depth > deepest) return [];
  depth++;
  try {
    const out: Statement[] = [];
    for (const node of nodes) out.push(...statement(node, lowering));
    return out;
  } finally {
    depth--;
  }
}

function body(node: Node | null | undefined, lowering: Lowering): readonly Statement[] {
  if (!node) return [];
  return statements(node.type === 'BlockStatement' ? node.body : [node], lowering);
}

function statement(node: Node, lowering: Lowering): readonly Statement[] {
  const [start, end] = node.range;
  const { expression, pattern } = lowering;
  switch (node.type) {
    case 'ExpressionStatement': return [{ kind: 'expression', value: expression(node.expression), start, end }];
    case 'VariableDeclaration': return node.declarations.flatMap((one): readonly Statement[] => {
      const type = 'typeAnnotation' in one.id ? lowerType(one.id.typeAnnotation?.typeAnnotation) : undefined;
      // What is declared here and set by a function belongs to this scope.
      if (!one.init && !type && (node.kind !== 'let' || node.parent?.type.startsWith('For'))) return [];
      const value: Expression = one.init ? expression(one.init) : node.kind === 'let' && !node.declare ? { kind: 'name', name: 'undefined', start: one.range[0], end: one.range[1] } : { kind: 'other', type: 'unknown', parts: [], start: one.range[0], end: one.range[1] };
      return [{ kind: 'expression', start, end, value: { kind: 'assign', target: pattern(one.id), value, declares: true, ...(type ? { type } : {}), start: one.range[0], end: one.range[1] } }];
    });
    case 'FunctionDeclaration': case 'TSDeclareFunction': return [{ kind: 'function', value: lowering.fn(node), start, end }];
    case 'ClassDeclaration': return [{ kind: 'class', value: lowering.cls(node), start, end }];
    case 'ReturnStatement': return [{ kind: 'return', value: node.argument ? expression(node.argument) : undefined, start, end }];
    case 'ThrowStatement': return [{ kind: 'throw', value: expression(node.argument), start, end }];
    case 'IfStatement': return [{ kind: 'if', test: expression(node.test), then: body(node.consequent, lowering), otherwise: body(node.alternate, lowering), start, end }];
    case 'WhileStatement': return [{ kind: 'loop', before: [], test: expression(node.test), update: [], body: body(node.body, lowering), otherwise: [], headEnd: node.body.range[0], start, end }];
    case 'DoWhileStatement': return [{ kind: 'loop', before: [], test: expression(node.test), update: [], body: body(node.body, lowering), otherwise: [], headEnd: start + 2, start, end }];
    case 'ForStatement': {
      const before = node.init ? node.init.type === 'VariableDeclaration' ? statement(node.init, lowering) : [{ kind: 'expression' as const, value: expression(node.init), start, end }] : [];
      return [{ kind: 'loop', before, ...(node.test ? { test: expression(node.test) } : {}), update: node.update ? [expression(node.update)] : [], body: body(node.body, lowering), otherwise: [], headEnd: node.body.range[0], start, end }];
    }
    case 'ForOfStatement': case 'ForInStatement': {
      const left = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
      return [{ kind: 'loop', before: [], ...(left ? { target: pattern(left) } : {}), iterable: expression(node.right), ...(node.type === 'ForInStatement' ? { keys: true as const } : {}), update: [], body: body(node.body, lowering), otherwise: [], headEnd: node.body.range[0], start, end }];
    }
    case 'TryStatement': {
      const handler = node.handler;
      const name = handler?.param?.type === 'Identifier' ? handler.param.name : undefined;
      return [{ kind: 'try', body: body(node.block, lowering), handlers: handler ? [{ ...(name ? { name } : {}), types: [], body: body(handler.body, lowering) }] : [], final: body(node.finalizer, lowering), start, end }];
    }
    case 'SwitchStatement': return [{ kind: 'switch', value: expression(node.discriminant), cases: cases(node, lowering), start, end }];
    case 'BlockStatement': return [{ kind: 'block', body: statements(node.body, lowering), start, end }];
    case 'LabeledStatement': return statement(node.body, lowering);
    case 'BreakStatement': return [{ kind: 'jump', type: 'break', start, end }];
    case 'ContinueStatement': return [{ kind: 'jump', type: 'continue', start, end }];
    case 'ImportDeclaration': return node.importKind === 'type' && node.specifiers.length === 0 ? [] : [{
      kind: 'import', module: String(node.source.value ?? ''), moduleStart: node.source.range[0], moduleEnd: node.source.range[1], start, end,
      ...(node.importKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')) ? { typeOnly: true as const } : {}),
      names: node.specifiers.map((one) => ({
        name: one.type === 'ImportNamespaceSpecifier' ? '*' : one.type === 'ImportDefaultSpecifier' ? 'default' : keyOf(one.imported) ?? '',
        local: one.local.name,
      })),
    }];
    case 'TSImportEqualsDeclaration': {
      const module = node.moduleReference.type === 'TSExternalModuleReference' && node.moduleReference.expression.type === 'Literal' ? String(node.moduleReference.expression.value) : undefined;
      return module === undefined ? [] : [{ kind: 'import', module, names: [{ name: '*', local: node.id.name }], moduleStart: start, moduleEnd: end, start, end }];
    }
    case 'ExportNamedDeclaration': {
      if (node.declaration) return statement(node.declaration, lowering).map((one): Statement => exported(one)).concat(namesOf(node.declaration).map((name): Statement => ({ kind: 'export', names: [{ local: name, name }], start, end })));
      return [{ kind: 'export', names: node.specifiers.map((one) => ({ local: keyOf(one.local) ?? '', name: keyOf(one.exported) ?? '' })), ...(node.source ? { module: String(node.source.value ?? '') } : {}), start, end }];
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = node;
      if ((declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id) {
        return [...statement(declaration, lowering).map(exported), { kind: 'export', names: [{ local: declaration.id.name, name: 'default' }], start, end }];
      }
      const value = declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction' ? lowering.fn(declaration) : declaration.type === 'ClassDeclaration' ? lowering.cls(declaration) : expression(declaration);
      return [{ kind: 'export', names: [], value, start, end }];
    }
    case 'ExportAllDeclaration': return [{ kind: 'export', names: node.exported ? [{ local: '*', name: keyOf(node.exported) ?? '' }] : [{ local: '*', name: '*' }], module: String(node.source.value ?? ''), start, end }];
    case 'TSExportAssignment': return [{ kind: 'export', names: [], value: expression(node.expression), start, end }];
    case 'TSInterfaceDeclaration': return [{ kind: 'type', name: node.id.name, type: lowerInterface(node), start, end }];
    case 'TSTypeAliasDeclaration': {
      const type = lowerType(node.typeAnnotation);
      return type ? [{ kind: 'type', name: node.id.name, type, start, end }] : [];
    }
    case 'TSModuleDeclaration': return node.body && node.body.type === 'TSModuleBlock' ? statements(node.body.body, lowering) : [];
    default: return [];
  }
}

function exported(one: Statement): Statement {
  return one.kind === 'function' || one.kind === 'class' ? { ...one, exported: true } : one;
}

function namesOf(node: Node): readonly string[] {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap((one) => bound(one.id));
  return 'id' in node && node.id && node.id.type === 'Identifier' && !node.type.startsWith('TS') ? [node.id.name] : [];
}

function bound(node: Node): readonly string[] {
  switch (node.type) {
    case 'Identifier': return [node.name];
    case 'ObjectPattern': return node.properties.flatMap((one) => bound(one.type === 'RestElement' ? one.argument : one.value));
    case 'ArrayPattern': return node.elements.flatMap((one) => (one ? bound(one) : []));
    case 'AssignmentPattern': return bound(node.left);
    case 'RestElement': return bound(node.argument);
    default: return [];
  }
}

/** Cases that share a body are joined; `falls` says that control runs into the next one. */
function cases(node: TSESTree.SwitchStatement, lowering: Lowering): readonly SwitchCase[] {
  const out: SwitchCase[] = [];
  let tests: Expression[] = [];
  let isDefault = false;
  for (const one of node.cases) {
    if (one.test) tests.push(lowering.expression(one.test));
    else isDefault = true;
    if (one.consequent.length === 0 && one !== node.cases.at(-1)) continue;
    const own = statements(one.consequent, lowering);
    out.push({ tests: isDefault ? undefined : tests, body: own.filter((part) => !(part.kind === 'jump' && part.type === 'break')), falls: !leaves(own) });
    tests = [];
    isDefault = false;
  }
  return out;
}

function leaves(list: readonly Statement[]): boolean {
  const last = list.at(-1);
  if (!last) return false;
  return last.kind === 'jump' || last.kind === 'return' || last.kind === 'throw' || (last.kind === 'block' && leaves(last.body));
}
