import type { Verdict } from '../report.ts';
import { isTool, listedDanger, moduleDanger, namedDanger } from './globals-dangerous.ts';
import { isHarmless } from './globals-safe.ts';

export interface Judgement {
  readonly verdict: Verdict;
  /** What makes it dangerous: `runs code`. */
  readonly why?: string;
}

/** Python 2 names that Python 3 maps when it loads, and modules that are the same under two names. */
const renamed: Readonly<Record<string, string>> = { __builtin__: 'builtins', copy_reg: 'copyreg', __builtins__: 'builtins', exceptions: 'builtins', UserDict: 'collections', UserList: 'collections', UserString: 'collections', Queue: 'queue' };

export function canonicalModule(module: string): string {
  return renamed[module] ?? module;
}

const plainDunder = /^__(?:main|new|init|or|and|xor|invert|add|sub|mul|truediv|floordiv|mod|pow|neg|pos|abs|eq|ne|lt|le|gt|ge|hash|len|iter|contains|str|repr|format|int|float|index|bool|name|doc|qualname)__$/;

/** True for an attribute in double underscores that leads to other things than values: `__globals__`, `__subclasses__`. */
export function reachesAttributes(name: string): boolean {
  return /^__\w+__$/.test(name) && !plainDunder.test(name);
}

/** What looking up a global means: single names first, then what is known to be harmless, then modules, then names. */
export function judgeGlobal(rawModule: string, name: string): Judgement {
  const module = canonicalModule(rawModule);
  const full = `${module}.${name}`;
  const listed = listedDanger(full);
  if (listed !== undefined) return { verdict: 'dangerous', why: listed };
  if (isTool(full)) return { verdict: 'unknown' };
  if (isHarmless(module, name) && namedDanger(name) === undefined) return { verdict: 'safe' };
  const why = moduleDanger(module) ?? (name.includes('.') ? moduleDanger(`${module}.${name.slice(0, name.lastIndexOf('.'))}`) : undefined) ?? namedDanger(name);
  if (why !== undefined) return { verdict: 'dangerous', why };
  if (name.split('.').some(reachesAttributes)) return { verdict: 'dangerous', why: 'reaches attributes' };
  return { verdict: 'unknown' };
}
