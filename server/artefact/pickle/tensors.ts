import { itemsOf, nameOf, textOf, type PickleValue } from './value.ts';

/** A tensor that a pickle describes: torch's from its storage, NumPy's from its constructor. */
export interface PickledTensor {
  name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

const storages: Readonly<Record<string, string>> = { Float: 'F32', Double: 'F64', Half: 'F16', BFloat16: 'BF16', Long: 'I64', Int: 'I32', Short: 'I16', Char: 'I8', Byte: 'U8', Bool: 'BOOL', ComplexFloat: 'C64', ComplexDouble: 'C128', QInt8: 'QI8', QUInt8: 'QU8', QInt32: 'QI32' };

/** The tensor that a call makes, told from its arguments: `_rebuild_tensor_v2(storage, offset, size, …)`. */
export function tensorOf(name: string, args: readonly PickleValue[]): PickledTensor | undefined {
  if (!/^torch\._utils\._rebuild_(?:tensor|tensor_v2|tensor_v3|qtensor)$/.test(name)) return undefined;
  const [storage, , size] = args;
  const id = storage?.kind === 'persistent' ? itemsOf(storage.id) : [];
  const type = id[1] && nameOf(id[1])?.split('.').at(-1);
  return { name: '', dtype: type === undefined ? '' : storages[type.replace(/Storage$/, '')] ?? type, shape: shapeOf(size) };
}

/** The array that joblib writes behind its wrapper. */
export function wrappedArray(state: (key: string) => PickleValue | undefined): PickledTensor {
  const dtype = state('dtype');
  return { name: '', dtype: dtype?.kind === 'call' ? textOf(dtype.args[0]) ?? '' : '', shape: shapeOf(state('shape')) };
}

function shapeOf(value: PickleValue | undefined): readonly number[] {
  return itemsOf(value).flatMap((one) => (one.kind === 'number' ? [one.value] : []));
}
