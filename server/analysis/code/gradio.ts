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

/** A function that Gradio calls with the values of the components that `inputs` names. */
export function enterGradio(interpreter: Interpreter, call: CodeCall): void {
  const closure = (argumentAt(call, 'fn')?.value ?? call.args[0]?.value)?.fn;
  if (!closure) return;
  const inputs = (argumentAt(call, 'inputs') ?? argumentAt(call, 1))?.value;
  const components = inputs?.items ?? (inputs ? [inputs] : []);
  closure.entry ??= params(closure).map((param, at) => (param.type && /^(?:int|float|bool|Image|np\.ndarray|PIL)/.test(param.type.name) ? unknownValue : given(interpreter, closure, at, components[at])));
  setRoute(closure, 'gradio');
  noteElsewhere(interpreter, closure);
}

function given(interpreter: Interpreter, closure: Closure, position: number, component: Value | undefined): Value {
  const name = component?.name ?? '';
  if (fixed.test(name) || (offered.test(name) && component?.call !== undefined && argumentAt(component.call, 'allow_custom_value') === undefined)) return { taints: noTaints };
  const value = data(interpreter, 'gradio.Param', closure, position);
  return filed.test(name) ? { ...value, taints: cleaned(value.taints, kindSet('path')) } : value;
}
