import { keyword, type LibraryCall } from './library-call.ts';
import { isClass } from './named-result.ts';
import { noTaints, unknownValue, type Value } from './value.ts';

const fields = /^(?:dataclasses\.field|attrs?\.(?:ib|field)|pydantic\.(?:fields\.)?(?:Field|PrivateAttr))$/;

/** What a field of a data class holds unless it is given another value: `field(default_factory=AsyncOpenAI)`. */
export function fieldDefault(call: LibraryCall): Value | undefined {
  if (call.name === undefined || !fields.test(call.name)) return undefined;
  const factory = keyword(call, 'default_factory') ?? keyword(call, 'factory');
  if (factory) return made(call, factory);
  const value = keyword(call, 'default');
  return value && (value.instance || value.name?.endsWith('#')) ? value : undefined;
}

function made({ interpreter }: LibraryCall, { cls, fn, name }: Value): Value | undefined {
  if (cls) return interpreter.construct(cls);
  if (fn) {
    const { value } = interpreter.enter(fn, []);
    return value === unknownValue ? undefined : value;
  }
  if (name === undefined || !isClass(name, true, false)) return undefined;
  return { taints: noTaints, name: interpreter.knowledge.returned(name) ?? `${name}#` };
}
