/** Whether a body names something, or calls a method of that name. */
export function mentions(node: unknown, name: string): boolean {
  return holds(node, (kind, own, property) => (kind === 'name' && own === name) || (kind === 'member' && property === name));
}

/** Whether a body names a variable or function. */
export function refersTo(node: unknown, name: string): boolean {
  return holds(node, (kind, own) => kind === 'name' && own === name);
}

function holds(node: unknown, passes: (kind: unknown, name: unknown, property: unknown) => boolean, depth = 0): boolean {
  if (typeof node !== 'object' || node === null || depth > 40) return false;
  const { kind, name, property } = node as { kind?: unknown; name?: unknown; property?: unknown };
  return passes(kind, name, property) || Object.values(node).some((one) => holds(one, passes, depth + 1));
}
