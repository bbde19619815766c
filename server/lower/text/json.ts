import { visit } from 'jsonc-parser';
import { nestsDeeper } from '../../base/nesting.ts';
import { add, type Frame, type Naming } from './frame.ts';
import { decodeJson } from './decode.ts';
import { hasInner, isTemplate, lexLoose } from './loose.ts';

const deepest = 200;
const naming = /^(?:name|key|Name|Key|ParameterKey|OptionName)$/;
const valued = /^(?:value|Value|ParameterValue|default|Default|DefaultValue)$/;

/** Each string value with the path of its last keys; `{"name": "PASSWORD", "value": "…"}` is named by its neighbour. */
export function lexJson(frame: Frame): void {
  const { text } = frame;
  if (nestsDeeper(text, deepest)) {
    lexLoose(frame, 0, text.length);
    return;
  }
  const keys: (string | undefined)[] = [undefined];
  const beside: (string | undefined)[] = [undefined];
  let keyStart = 0;
  let keyEnd = 0;
  const push = (): void => {
    keys.push(undefined);
    beside.push(undefined);
  };
  const pop = (): void => {
    keys.pop();
    beside.pop();
  };
  visit(text, {
    onObjectBegin: push,
    onObjectEnd: pop,
    onArrayBegin: push,
    onArrayEnd: pop,
    onComment: (offset, length) => {
      const end = Math.min(text.length, offset + length);
      add(frame, offset, end, false, false, { role: 'comment', start: 0, end: 0 });
      lexLoose(frame, offset, end, 'comment');
    },
    onObjectProperty: (name, offset, length) => {
      keys[keys.length - 1] = name;
      keyStart = offset + 1;
      keyEnd = offset + length - 1;
    },
    onLiteralValue: (value, offset, length) => {
      if (typeof value !== 'string') return;
      const key = keys.at(-1);
      if (key !== undefined && naming.test(key)) beside[beside.length - 1] = value;
      const last = key !== undefined && valued.test(key) ? beside.at(-1) : key;
      // A `default` or `value` that no neighbour names is that of the key above it.
      const path = [...keys.slice(-4, -1), last ?? (keys.length > 2 && keys.at(-2) !== undefined ? undefined : key)].filter((one) => one !== undefined).join('.');
      const named: Naming = path === '' ? { role: 'element', start: 0, end: 0 } : { role: key === undefined ? 'element' : 'property', name: path, start: key === undefined ? 0 : keyStart, end: key === undefined ? 0 : keyEnd };
      const start = offset + 1;
      const end = Math.min(text.length, offset + length - 1);
      add(frame, start, end, true, isTemplate(text, start, end), named);
      inside(frame, start, end);
    },
  }, { allowTrailingComma: true, disallowComments: false });
}

/** Names and values within a string: read after unescaping where it holds lines. */
function inside(frame: Frame, start: number, end: number): void {
  const { text } = frame;
  if (!hasInner(text, start, end)) return;
  const escape = text.indexOf('\\', start);
  if (escape < 0 || escape >= end) {
    lexLoose(frame, start, end, 'string');
    return;
  }
  const decoded = decodeJson(text, [{ start, end }]);
  lexLoose({ text: decoded.text, items: frame.items, place: (offset) => frame.place(decoded.place(offset)), within: 'string' }, 0, decoded.text.length);
}
