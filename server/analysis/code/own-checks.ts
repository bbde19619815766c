import type { Expression, FunctionNode, Statement } from '../../model/code-tree.ts';

const deepest = 6;

/** Whether a function throws at what it was given, after a look at more than its length, its type and whether it is there. */
export function checksContent({ body, params }: FunctionNode): boolean {
  const tests: (Expression | undefined)[] = [];
  collect(body, undefined, tests, 0);
  const given = new Set(params.flatMap(({ target }) => (target.kind === 'name' ? [target.name] : [])));
  return tests.some((test) => test === undefined || !shallow(test, given, 0));
}

/** Whether a function gives back what is wrong with what it was given, a text, and nothing where all is well. */
export function tellsProblem({ body, params }: FunctionNode): boolean {
  const problems: (Expression | undefined)[] = [];
  const given = new Set(params.flatMap(({ target }) => (target.kind === 'name' ? [target.name] : [])));
  const ends = /^(?:return|throw)$/.test(body.at(-1)?.kind ?? '');
  return (outcomes(body, undefined, problems, 0) || !ends) && problems.some((test) => test !== undefined && !shallow(test, given, 0));
}

/** Whether some way out gives nothing back; the conditions under which a text is given back are put in `problems`. */
function outcomes(body: readonly Statement[], test: Expression | undefined, problems: (Expression | undefined)[], depth: number): boolean {
  if (depth > deepest) return false;
  let fine = false;
  for (const one of body) {
    if (one.kind === 'return') {
      const { value } = one;
      if (value === undefined || (value.kind === 'literal' && value.value === null) || (value.kind === 'name' && value.name === 'undefined')) fine = true;
      else if (value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string' && value.value !== '')) problems.push(test);
    } else if (one.kind === 'if') {
      const then = outcomes(one.then, one.test, problems, depth + 1);
      fine = outcomes(one.otherwise, one.test, problems, depth + 1) || then || fine;
    } else if (one.kind === 'block' || one.kind === 'with' || one.kind === 'try') {
      fine = outcomes(one.body, test, problems, depth + 1) || fine;
      if (one.kind === 'try') for (const handler of one.handlers) outcomes(handler.body, undefined, problems, depth + 1);
    }
  }
  return fine;
}

/** The conditions under which a body throws; undefined where it may throw whatever holds. */
function collect(body: readonly Statement[], test: Expression | undefined, out: (Expression | undefined)[], depth: number): void {
  if (depth > deepest) return;
  for (const one of body) {
    switch (one.kind) {
      case 'throw': out.push(test); break;
      case 'if':
        collect(one.then, one.test, out, depth + 1);
        collect(one.otherwise, one.test, out, depth + 1);
        break;
      case 'block': case 'with': case 'loop': collect(one.body, test, out, depth + 1); break;
      case 'try':
        collect(one.body, test, out, depth + 1);
        for (const handler of one.handlers) collect(handler.body, test, out, depth + 1);
        break;
      default: break;
    }
  }
}

/** A test that says nothing of what a text holds: `!x`, `x === undefined`, `typeof x !== 'string'`, `x.length > 80`, `len(x) > 80`. */
function shallow(node: Expression, given: ReadonlySet<string>, depth: number): boolean {
  if (depth > deepest) return false;
  switch (node.kind) {
    case 'name': case 'member': return isGiven(node, given);
    case 'unary': return shallow(node.value, given, depth + 1);
    case 'logical': return shallow(node.left, given, depth + 1) && shallow(node.right, given, depth + 1);
    case 'binary': return comparisons.test(node.operator) && ((plain(node.left) && measured(node.right, given)) || (plain(node.right) && measured(node.left, given)));
    case 'call': return measured(node, given) || (node.callee.kind === 'name' && node.callee.name === 'isinstance' && node.args[1]?.value.kind === 'name' && /^(?:str|bytes|dict|list)$/.test(node.args[1].value.name));
    default: return false;
  }
}

const comparisons = /^(?:===?|!==?|is|is not|<|>|<=|>=)$/;

/** A parameter, or what hangs on one. */
function isGiven(node: Expression, given: ReadonlySet<string>): boolean {
  return node.kind === 'name' ? given.has(node.name) : node.kind === 'member' && isGiven(node.object, given);
}

/** A number, nothing, or the name of a type that texts may have. */
function plain(node: Expression): boolean {
  if (node.kind === 'name') return node.name === 'undefined';
  return node.kind === 'literal' && (typeof node.value === 'number' || node.value === null || /^(?:string|undefined|object|function|)$/.test(String(node.value)));
}

/** A parameter, its length or its type. */
function measured(node: Expression, given: ReadonlySet<string>): boolean {
  if (node.kind === 'call') return node.callee.kind === 'name' && node.callee.name === 'len' && node.args[0] !== undefined && isGiven(node.args[0].value, given);
  return isGiven(node.kind === 'unary' && node.operator === 'typeof' ? node.value : node, given);
}
