import type { Value } from './value.ts';

type Make = () => Value | undefined;

/**
 * Values by name, some of which are made when they are first asked for: what a module hands on from others, fields that hold objects. Going
 * through it passes over those that nobody has asked for.
 */
export class LazyValues extends Map<string, Value> {
  readonly #waiting = new Map<string, Make>();
  readonly #behind: ((name: string) => Value | undefined)[] = [];
  /** Names that are being asked for behind: modules may hand on each other's. */
  readonly #asked = new Set<string>();

  /** Binds a name to what `make` gives; undefined leaves it unbound. */
  later(name: string, make: Make): void {
    super.delete(name);
    this.#waiting.set(name, make);
  }

  /** Asks `look` for names that are not bound here. */
  fallBack(look: (name: string) => Value | undefined): void {
    this.#behind.push(look);
  }

  override get(name: string): Value | undefined {
    const make = this.#waiting.get(name);
    if (make) {
      // It is not bound while it is made: what asks for it then goes round in a circle.
      this.#waiting.delete(name);
      const value = make();
      if (value && !super.has(name)) super.set(name, value);
    }
    const own = super.get(name);
    if (own || this.#behind.length === 0 || this.#asked.has(name)) return own;
    this.#asked.add(name);
    let found: Value | undefined;
    for (const look of this.#behind) if ((found = look(name))) break;
    this.#asked.delete(name);
    if (found) super.set(name, found);
    return found;
  }

  override has(name: string): boolean {
    return super.has(name) || this.#waiting.has(name);
  }

  override set(name: string, value: Value): this {
    this.#waiting.delete(name);
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    return this.#waiting.delete(name) || super.delete(name);
  }

  /** Binds all names of another one here that are not bound yet, without making their values. */
  inherit(other: ReadonlyMap<string, Value>, passes: (name: string) => boolean): void {
    for (const [name, value] of other) if (passes(name)) this.set(name, value);
    if (other instanceof LazyValues) for (const name of other.#waiting.keys()) if (passes(name)) this.later(name, () => other.get(name));
  }

  /** One of the same values that changes apart from it. */
  copy(): LazyValues {
    const copy = new LazyValues();
    copy.inherit(this, () => true);
    copy.#behind.push(...this.#behind);
    return copy;
  }
}
