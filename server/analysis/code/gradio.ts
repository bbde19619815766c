import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { kindSet } from './kinds.ts';
import { data, params, setRoute } from './parameters.ts';
import { argumentAt } from './sinks.ts';
import { cleaned, noTaints, unknownValue, type Closure, type Value } from './value.ts';
import { noteElsewhere } from './wrapped.ts';

/** Components that give one of their own values, a number or what the program has put there. */
const fixed = /^gradio\.(?:components\.)?(?:Radio|Checkbox|CheckboxGroup|Slider|Number|State|BrowserState|Button|ClearButton|Progress|Timer)#$/;
/** Components whose values may be typed as well, where they say so. */
const offered = /^gradio\.(?:components\.)?Dropdown#$/;
/** Components that give the name of a file that Gradio has put into its own folder. */
const filed = /^gradio\.(?:components\.)?(?:File|UploadButton|Image|ImageEditor|Audio|Video|Gallery|Model3D)#$/;

/** A function that Gradio calls with the values of the components that `inputs` names; what `partial` has filled in is the program's. */
export function enterGradio(interpreter: Interpreter, call: CodeCall): void {
  const handler = argumentAt(call, 'fn')?.value ?? call.args[0]?.value;
  const closure = handler?.fn;
  if (!closure) return;
  const inputs = (argumentAt(call, 'inputs') ?? argumentAt(call, 1))?.value;
  const components = inputs?.constant === null ? [] : inputs?.items ?? (inputs?.name?.startsWith('gradio.') ? [inputs] : undefined);
  const filled = handler.bound?.args.length ?? 0;
  closure.entry ??= params(closure).map(({ type, target, rest }, at) => {
    const from = at - filled;
    const asked = from >= 0 && (rest !== undefined || components === undefined || inputs?.complete === false || from < components.length);
    const own = target.kind === 'name' && handler.bound?.names.has(target.name);
    return !asked || own || (type && /^(?:int|float|bool|Image|np\.ndarray|PIL)/.test(type.name)) ? unknownValue : given(interpreter, closure, at, components?.[from]);
  });
  setRoute(closure, 'gradio');
  noteElsewhere(interpreter, closure);
}

function given(interpreter: Interpreter, closure: Closure, position: number, component: Value | undefined): Value {
  const name = component?.name ?? '';
  if (fixed.test(name) || (offered.test(name) && component?.call !== undefined && argumentAt(component.call, 'allow_custom_value') === undefined)) return { taints: noTaints };
  const value = data(interpreter, 'gradio.Param', closure, position);
  return filed.test(name) ? { ...value, taints: cleaned(value.taints, kindSet('path')) } : value;
}
