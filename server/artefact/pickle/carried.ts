import { isCut, nameOf, within, type PickleValue } from './value.ts';

/**
 * What dill writes with a function of the main module: the function's globals, which hold the dictionary of `builtins`, the module's
 * loader (made without its constructor) and functions of `dataclasses`. As values of that dictionary they do nothing; handed to
 * anything else, or reached from it, they run code.
 */
export interface Carried {
  /** Names of the kind that were looked up. */
  readonly names: Set<string>;
  /** True once one of them may have been reached by more than the globals of a function. */
  reached: boolean;
  /** Values that may still be looked at, all calls of the stream together. */
  left: number;
}

const most = 2_000_000;
const furniture = /^(?:_frozen_importlib_external\.SourceFileLoader|dataclasses\.(?:_create_fn|make_dataclass)|dill\._dill\._eval_repr|(?:_?io|builtins|__builtin__)\.open|[A-Za-z_][\w.]*\.__dict__)$/;
const makesFunction = /^dill\._dill\._create_function$/;

export function createCarried(): Carried {
  return { names: new Set(), reached: false, left: most };
}

/** True for a name that functions of a main module bring along. */
export function isFurniture(name: string): boolean {
  return furniture.test(name);
}

/** Looks at what a call is given, or at a state that is set, for what only the globals of a function may hold. */
export function seeHandedOn(callee: string | undefined, given: readonly PickleValue[], carried: Carried): void {
  if (carried.names.size === 0 || carried.reached || (callee !== undefined && makesFunction.test(callee))) return;
  for (const value of within(given, (one) => one.kind !== 'call' || !makesFunction.test(nameOf(one.callee) ?? ''), carried)) {
    if ((value.kind === 'global' && isFurniture(nameOf(value) ?? '')) || (value.kind === 'sequence' && isCut(value))) carried.reached = true;
  }
  if (carried.left <= 0) carried.reached = true;
}
