import { detached } from './detach.ts';

const nothing = Symbol();
const mostByDefault = 5_000;

/** A function of a text alone that remembers what it answered; of many texts it starts over. */
export function remembered<T>(answer: (text: string) => T, most = mostByDefault): (text: string) => T | undefined {
  const known = new Map<string, T | typeof nothing>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found === nothing ? undefined : found;
    const made = answer(text);
    if (known.size >= most) known.clear();
    known.set(detached(text), made ?? nothing);
    return made;
  };
}
