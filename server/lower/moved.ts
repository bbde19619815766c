/** What nodes of the code tree call their offsets. */
const offsets: ReadonlySet<string> = new Set(['start', 'end', 'propertyStart', 'keyStart', 'keyEnd', 'nameStart', 'nameEnd', 'headEnd', 'open', 'moduleStart', 'moduleEnd']);

/** A copy of a part of the code tree with all offsets moved; the part itself where there is nothing to move. */
export function moved<T>(node: T, by: number): T {
  if (by === 0 || typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((one: unknown) => moved(one, by)) as T;
  if (node instanceof Map) return new Map([...node].map(([key, value]) => [key, moved(value as unknown, by)])) as T;
  const copy = { ...node } as Record<string, unknown>;
  // What stands for a part that broken text lacks lies nowhere.
  const absent = copy['end'] === 0;
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === 'number') {
      if (!absent && offsets.has(key)) copy[key] = value + by;
    } else if (typeof value === 'object') copy[key] = moved(value, by);
  }
  return copy as T;
}
