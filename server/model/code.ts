/** The code model: the tree that front ends lower to. What is known of its names, values and flows is in analysis/code. */
export type {
  Call, ClassNode, CodeModule, CodeNode, Element, Expression, FunctionNode, Literal, Loop, ObjectEntry, ObjectLiteral, Parameter, Statement, Template, TypeNode,
} from './code-tree.ts';
