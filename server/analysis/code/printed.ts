import { taintsIn, type ClassValue, type Taint, type Value } from './value.ts';

/** Methods by which a class of Python says how its objects are printed. */
const describing = /^__(?:str|repr|format)__$/;

/**
 * The untrusted data in what is shown of a value that is printed as it is. Of an object of Python that is its class and its address, unless the class says
 * otherwise; of a library's object nothing is known.
 */
export function printedTaints(value: Value, python: boolean): readonly Taint[] {
  if (!python) return taintsIn(value);
  const bare = value.instance ? !describes(value.instance) : value.name?.endsWith('#') === true && !/^(?:dict|list|set|tuple)#$/.test(value.name);
  return bare ? value.taints : taintsIn(value);
}

/** Whether a class may show its fields: a model, a data class, one of a library's, one that describes itself. */
function describes(cls: ClassValue, depth = 0): boolean {
  if (cls.schema !== undefined || (cls.decorators?.length ?? 0) > 0 || cls.node.members.some((one) => one.method && describing.test(one.name))) return true;
  return cls.bases.some((base) => (base.cls ? base.cls !== cls && depth < 5 && describes(base.cls, depth + 1) : base.name !== 'abc.ABC' && base.name !== 'object'));
}
