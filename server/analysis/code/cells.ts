import type { CodeModule, Pattern, Statement } from '../../model/code-tree.ts';

/**
 * Whether a notebook reads a name at its top level before the cell that binds it: its cells were run in another order than they
 * stand in, so what later cells left in the kernel reaches earlier ones.
 */
export function readsAhead(module: CodeModule): boolean {
  const binds = module.body.map(boundBy);
  const later = new Map<string, number>();
  binds.forEach((names, at) => { for (const name of names) if (!later.has(name)) later.set(name, at); });
  return module.body.some((statement, at) => statement.kind !== 'function' && statement.kind !== 'class' && statement.kind !== 'import' && readBy(statement).some((name) => (later.get(name) ?? -1) > at));
}

function boundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    // Bound before anything runs.
    case 'import': case 'function': case 'class': return [];
    case 'expression': return statement.value.kind === 'assign' ? namesIn(statement.value.target) : [];
    case 'loop': return statement.target ? namesIn(statement.target) : [];
    case 'with': return statement.items.flatMap((one) => (one.target ? namesIn(one.target) : []));
    default: return [];
  }
}

function namesIn(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case 'name': return [pattern.name];
    case 'list-pattern': return pattern.items.flatMap((one) => (one ? namesIn(one.target) : []));
    case 'object-pattern': return pattern.entries.flatMap((one) => namesIn(one.target));
    default: return [];
  }
}

/** Names that a statement reads, those in functions of its own left out. Iterative: nesting is no depth of the stack. */
function readBy(statement: Statement): readonly string[] {
  const out: string[] = [];
  const stack: unknown[] = [statement];
  for (let steps = 0; stack.length > 0 && steps < 20_000; steps++) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { kind, name } = node as { readonly kind?: string; readonly name?: string };
    if (kind === 'function' || kind === 'class' || kind === 'comprehension') continue;
    if (kind === 'name' && name !== undefined) out.push(name);
    for (const [key, value] of Object.entries(node)) if (key !== 'target' || kind === 'call') stack.push(value);
  }
  return out;
}
