import type { Reader } from '../source.ts';
import { entryOf, itemsOf, nameOf, textOf, type PickleValue } from './value.ts';

export interface ArrayAfter {
  /** Objects: another pickle follows in the stream. Otherwise this many bytes of array data. */
  readonly objects: boolean;
  readonly bytes: number;
  /** A length byte and as much padding come first. */
  readonly aligned: boolean;
}

/** joblib writes an array's data into the stream right after its wrapper was built; see joblib/numpy_pickle.py. */
export function arrayAfter(target: PickleValue): ArrayAfter | 'unknown' | undefined {
  if (target.kind !== 'call' || !/(?:^|\.)numpy_pickle\.NumpyArrayWrapper$/.test(nameOf(target.callee) ?? '')) return undefined;
  const dtype = entryOf(target.state, 'dtype');
  const shape = itemsOf(entryOf(target.state, 'shape')).map((one) => (one.kind === 'number' ? one.value : Number.NaN));
  const size = dtype === undefined ? undefined : itemSize(dtype);
  if (size === undefined || shape.some((one) => !Number.isFinite(one) || one < 0)) return 'unknown';
  return { objects: size === 'objects', bytes: size === 'objects' ? 0 : shape.reduce((product, one) => product * one, size), aligned: entryOf(target.state, 'numpy_array_alignment_bytes')?.kind === 'number' };
}

/** Bytes an item takes, from `numpy.dtype('f8', False, True)` and the state that BUILD gives it: (version, order, …, size, …). */
function itemSize(dtype: PickleValue): number | 'objects' | undefined {
  if (dtype.kind !== 'call') return undefined;
  const code = textOf(dtype.args[0]);
  if (code === undefined) return undefined;
  const state = itemsOf(dtype.state);
  const fields = state[4];
  if (code.startsWith('O') || (fields?.kind === 'sequence' && fields.items.some((one) => itemsOf(one).some((inner) => inner.kind === 'call' && itemSize(inner) === 'objects')))) return 'objects';
  const given = state[5];
  if (given?.kind === 'number' && given.value > 0) return given.value;
  const digits = /\d+$/.exec(code)?.[0];
  return digits === undefined ? undefined : Number(digits) * (code.startsWith('U') ? 4 : 1);
}

/** Steps over the array's bytes. False when they end early. */
export function skipArray({ bytes, aligned }: ArrayAfter, reader: Reader): boolean {
  if (aligned) {
    const padding = reader.byte();
    if (padding < 0 || reader.bytes(padding, 0) === undefined) return false;
  }
  return reader.bytes(bytes, 0) !== undefined;
}
