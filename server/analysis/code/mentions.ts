/** Whether a body names something, or calls a method of that name. */
export function mentions(node: unknown, name: string, depth = 0): boolean {
  if (typeof node !== 'object' || node === null || depth > 40) return false;
  const { kind, name: own, property } = node as { kind?: unknown; name?: unknown; property?: unknown };
  if ((kind === 'name' && own === name) || (kind === 'member' && property === name)) return true;
  return Object.values(node).some((one) => mentions(one, name, depth + 1));
}
