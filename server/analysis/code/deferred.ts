import type { CodeModule, Expression, Pattern, Statement } from '../../model/code-tree.ts';

/** A statement that does nothing but bind one name, which nothing else of its module binds. */
export interface Deferred {
  readonly name: string;
  readonly statement: Statement;
}

export interface Split {
  readonly later: readonly Deferred[];
  readonly now: readonly Statement[];
}

const splits = new WeakMap<CodeModule, Split>();

/**
 * The statements of a module that another one imports, apart: those that can wait until their name is asked for, and those that must be run. What is handed a
 * function must be run: it may register it.
 */
export function splitStatements(module: CodeModule): Split {
  let split = splits.get(module);
  if (split) return split;
  const bound = new Map<string, number>();
  bindings(module.body, (name) => bound.set(name, (bound.get(name) ?? 0) + 1));
  const later: Deferred[] = [];
  const now: Statement[] = [];
  for (const statement of module.body) {
    const name = boundName(statement);
    if (name !== undefined && bound.get(name) === 1) later.push({ name, statement });
    else now.push(statement);
  }
  split = { later, now };
  splits.set(module, split);
  return split;
}

/** The name that a statement binds, where that is all it does. */
function boundName(statement: Statement): string | undefined {
  // A class is also found by the interface that it implements.
  if (statement.kind === 'class') return statement.value.decorators.length === 0 && !statement.value.interfaces?.length ? statement.value.name : undefined;
  if (statement.kind !== 'expression' || statement.value.kind !== 'assign') return undefined;
  const { target, operator, value } = statement.value;
  return target.kind === 'name' && target.name !== '' && operator === undefined && isQuiet(value) ? target.name : undefined;
}

/** Names that statements bind, each time that they do; those inside functions and classes are their own. */
function bindings(body: readonly Statement[], bind: (name: string) => void): void {
  for (const statement of body) {
    switch (statement.kind) {
      case 'function': case 'class': if (statement.value.name !== undefined) bind(statement.value.name); break;
      case 'expression': assigned(statement.value, bind); break;
      case 'import': for (const { local } of statement.names) bind(local); break;
      case 'if': bindings(statement.then, bind); bindings(statement.otherwise, bind); break;
      case 'loop':
        if (statement.target) named(statement.target, bind);
        for (const part of [statement.before, statement.body, statement.otherwise]) bindings(part, bind);
        break;
      case 'try':
        for (const part of [statement.body, ...statement.handlers.map((one) => one.body), statement.final]) bindings(part, bind);
        break;
      case 'switch': for (const one of statement.cases) bindings(one.body, bind); break;
      case 'with':
        for (const { target } of statement.items) if (target) named(target, bind);
        bindings(statement.body, bind);
        break;
      case 'block': bindings(statement.body, bind); break;
      case 'delete': for (const target of statement.targets) if (target.kind === 'name') bind(target.name); break;
      default:
    }
  }
}

function assigned(value: Expression, bind: (name: string) => void): void {
  if (value.kind !== 'assign') return;
  named(value.target, bind);
  assigned(value.value, bind);
}

function named(pattern: Pattern, bind: (name: string) => void): void {
  if (pattern.kind === 'name') bind(pattern.name);
  else if (pattern.kind === 'object-pattern') for (const { target } of pattern.entries) named(target, bind);
  else if (pattern.kind === 'list-pattern') for (const item of pattern.items) if (item) named(item.target, bind);
}

/** Whether evaluating an expression only gives a value: nothing in it assigns, and no call is given a function. */
function isQuiet(node: Expression): boolean {
  switch (node.kind) {
    case 'literal': case 'name': case 'function': return true;
    case 'template': return node.parts.every((one) => typeof one === 'string' || isQuiet(one));
    case 'member': return isQuiet(node.object);
    case 'index': return isQuiet(node.object) && (!node.index || isQuiet(node.index));
    case 'call': return isQuiet(node.callee) && node.args.every(({ value }) => value.kind !== 'function' && isQuiet(value));
    case 'object': return node.entries.every(({ value, computed }) => isQuiet(value) && (!computed || isQuiet(computed)));
    case 'list': return node.items.every(isQuiet);
    case 'binary': case 'logical': return isQuiet(node.left) && isQuiet(node.right);
    case 'unary': case 'spread': case 'await': return isQuiet(node.value);
    case 'conditional': return isQuiet(node.test) && isQuiet(node.then) && isQuiet(node.otherwise);
    case 'comprehension': return isQuiet(node.element) && node.clauses.every((one) => isQuiet(one.iterable));
    default: return false;
  }
}
