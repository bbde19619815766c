import { latin1, u16, u32, u64, utf8, type Reader } from '../source.ts';
import { createStack } from './stack.ts';
import { extend, keptItems, other, sequence, textOf, type Call, type Global, type PickleValue } from './value.ts';

/** What happens while a pickle is loaded, in its order. */
export interface PickleEvents {
  readonly global: (value: Global) => void;
  /** A function or class is called; the result stands on the stack. `made`: by `__new__`, which only classes have. */
  readonly call: (call: Call, made: boolean) => PickleValue;
  readonly build: (target: PickleValue, state: PickleValue) => void;
  /** Raw bytes that a library's own unpickler takes from the stream after BUILD. False: they cannot be skipped. */
  readonly afterBuild?: (target: PickleValue, reader: Reader) => boolean;
  readonly extension: (code: number) => void;
  /** A value gets a key in a dictionary. */
  readonly item?: (key: PickleValue, value: PickleValue) => void;
}

export interface PickleRun {
  /** STOP was reached. */
  readonly complete: boolean;
  readonly end: number;
  readonly steps: number;
  readonly proto: boolean;
  readonly result?: PickleValue;
  readonly failure?: string;
}

/** Bytes kept of one text or byte string; longer ones are skipped unread. */
const keptBytes = 1 << 16;
const keptNested = 1 << 24;
const deepest = 200_000;
const mostMemo = 2_000_000;

/**
 * Runs one pickle from where the reader stands, building nothing: the stack holds descriptions. Follows the opcodes of protocols 0
 * to 5 as CPython's Lib/pickletools.py documents them, and stops where Python would raise. Never throws.
 */
export function runPickle(reader: Reader, events: PickleEvents, budget: { steps: number }): PickleRun {
  const stack = createStack(deepest);
  // Pickles number their memo from 0 on; only hostile ones leave gaps.
  const memo: PickleValue[] = [];
  const sparse = new Map<number, PickleValue>();
  let steps = 0;
  let proto = false;
  const fail = (failure: string): PickleRun => ({ complete: false, end: reader.at(), steps, proto, failure });
  const put = (at: number): boolean => {
    const top = stack.top();
    if (!top) return false;
    if (at < memo.length) memo[at] = top;
    else if (at === memo.length && at < mostMemo) memo.push(top);
    else if (sparse.size < mostMemo) sparse.set(at, top);
    return true;
  };
  const get = (at: number): boolean => {
    const value = memo[at] ?? sparse.get(at);
    if (!value) return false;
    if (value.kind === 'global') events.global(value);
    stack.push(value);
    return true;
  };
  const number = (length: number): number | undefined => {
    const bytes = reader.bytes(length);
    return bytes === undefined ? undefined : length === 8 ? u64(bytes, 0) : length === 4 ? u32(bytes, 0) : length === 2 ? u16(bytes, 0) : bytes[0]!;
  };
  const text = (length: number | undefined, keep = keptBytes): boolean => {
    const bytes = length === undefined ? undefined : reader.bytes(length, keep);
    if (!bytes) return false;
    stack.push({ kind: 'text', value: utf8(bytes) });
    return true;
  };
  const binary = (length: number | undefined): boolean => {
    const bytes = length === undefined ? undefined : reader.bytes(length, keptNested);
    if (!bytes || length === undefined) return false;
    stack.push({ kind: 'bytes', value: bytes.length > 64 ? bytes.slice() : bytes, length });
    return true;
  };
  const lineText = (): string | undefined => {
    const line = reader.line();
    return line && utf8(line);
  };
  const pushGlobal = (module: string, name: string): void => {
    const value: Global = { kind: 'global', module, name };
    events.global(value);
    stack.push(value);
  };
  const call = (callee: PickleValue, args: readonly PickleValue[], made = false): void => stack.push(events.call({ kind: 'call', callee, args: args.slice(0, keptItems) }, made));
  const argsOf = (value: PickleValue): readonly PickleValue[] => (value.kind === 'sequence' ? value.items : [value]);
  const append = (target: PickleValue | undefined, values: readonly PickleValue[]): boolean => {
    if (!target) return false;
    if (target.kind === 'sequence') extend(target, values);
    else if (target.kind === 'global' && values.length > 0) events.build(target, sequence('[', values));
    else if (target.kind === 'call' && values.length > 0) {
      const own = target.state?.kind === 'sequence' ? target.state : sequence('[', []);
      for (const one of values) if (own.items.length < keptItems) own.items.push(one);
      target.state ??= own;
    }
    return true;
  };

  for (;;) {
    if (--budget.steps < 0) return fail('too many steps');
    steps++;
    const op = reader.byte();
    let ok = true;
    switch (op) {
      case -1: return fail('ends without STOP');
      case 0x80: {
        const version = reader.byte();
        if (version < 0 || version > 5) return fail(`protocol ${version}`);
        proto = true;
        break;
      }
      case 0x95: ok = reader.bytes(8, 0) !== undefined; break; // FRAME
      case 0x2e: { // STOP
        const result = stack.pop();
        return result ? { complete: true, end: reader.at(), steps, proto, result } : fail('STOP without a value');
      }
      case 0x28: stack.mark(); break;
      case 0x30: ok = stack.pop() !== undefined || stack.popMark(); break; // POP
      case 0x31: ok = stack.popMark(); break; // POP_MARK
      case 0x32: { const top = stack.top(); if (top) stack.push(top); else ok = false; break; } // DUP
      case 0x4e: stack.push({ kind: 'other', text: 'None' }); break;
      case 0x88: stack.push({ kind: 'other', text: 'True' }); break;
      case 0x89: stack.push({ kind: 'other', text: 'False' }); break;
      case 0x49: case 0x4c: { // INT, LONG
        const line = lineText()?.trim();
        if (line === undefined || !/^[+-]?(?:0x[\da-f]+|[\d_]+)L?$/i.test(line)) ok = false;
        else stack.push({ kind: 'number', value: Number(line.replace(/[L_]/gi, '')) });
        break;
      }
      case 0x46: ok = lineText() !== undefined; stack.push(other); break; // FLOAT
      case 0x47: ok = reader.bytes(8, 0) !== undefined; stack.push(other); break; // BINFLOAT
      case 0x4a: { const value = number(4); if (value === undefined) ok = false; else stack.push({ kind: 'number', value: value | 0 }); break; }
      case 0x4b: { const value = number(1); if (value === undefined) ok = false; else stack.push({ kind: 'number', value }); break; }
      case 0x4d: { const value = number(2); if (value === undefined) ok = false; else stack.push({ kind: 'number', value }); break; }
      case 0x8a: case 0x8b: { // LONG1, LONG4
        const length = number(op === 0x8a ? 1 : 4);
        const bytes = length === undefined ? undefined : reader.bytes(length, 16);
        if (!bytes) ok = false;
        else stack.push({ kind: 'number', value: bytes.reduce((sum, byte, at) => sum + byte * 2 ** (8 * at), 0) });
        break;
      }
      case 0x53: { // STRING
        const line = lineText()?.trim();
        const quote = line?.[0];
        const cut = line !== undefined && line.length > 60_000; // long lines come without their end
        if (line === undefined || line.length < 2 || (quote !== "'" && quote !== '"') || !(cut || line.endsWith(quote))) ok = false;
        else stack.push({ kind: 'text', value: unescaped(line.slice(1, cut ? undefined : -1)) });
        break;
      }
      case 0x56: { const line = lineText(); if (line === undefined) ok = false; else stack.push({ kind: 'text', value: unescaped(line) }); break; } // UNICODE
      case 0x54: ok = text(number(4)); break; // BINSTRING
      case 0x55: ok = text(number(1)); break;
      case 0x58: ok = text(number(4)); break; // BINUNICODE
      case 0x8c: ok = text(number(1)); break;
      case 0x8d: ok = text(number(8)); break;
      case 0x42: ok = binary(number(4)); break; // BINBYTES
      case 0x43: ok = binary(number(1)); break;
      case 0x8e: case 0x96: ok = binary(number(8)); break; // BINBYTES8, BYTEARRAY8
      case 0x97: stack.push(other); break; // NEXT_BUFFER
      case 0x98: break; // READONLY_BUFFER
      case 0x29: stack.push(sequence('(', [])); break;
      case 0x5d: stack.push(sequence('[', [])); break;
      case 0x7d: stack.push(sequence('{', [])); break;
      case 0x8f: stack.push(sequence('[', [])); break; // EMPTY_SET
      case 0x74: case 0x6c: case 0x64: case 0x91: { // TUPLE, LIST, DICT, FROZENSET
        const values = stack.toMark();
        if (!values) ok = false;
        else stack.push(sequence(op === 0x74 ? '(' : op === 0x64 ? '{' : '[', values));
        break;
      }
      case 0x85: case 0x86: case 0x87: { // TUPLE1..3
        const values: PickleValue[] = [];
        for (let at = 0; at < op - 0x84; at++) { const value = stack.pop(); if (value) values.unshift(value); else ok = false; }
        if (ok) stack.push(sequence('(', values));
        break;
      }
      case 0x61: { const value = stack.pop(); ok = value !== undefined && append(stack.top(), [value]); break; }
      case 0x73: { const value = stack.pop(); const key = stack.pop(); ok = value !== undefined && key !== undefined && append(stack.top(), [key, value]); if (ok) events.item?.(key!, value!); break; }
      case 0x65: case 0x75: case 0x90: { // APPENDS, SETITEMS, ADDITEMS
        const values = stack.toMark();
        ok = values !== undefined && append(stack.top(), values);
        if (op === 0x75 && values && events.item) for (let at = 0; at + 1 < values.length; at += 2) events.item(values[at]!, values[at + 1]!);
        break;
      }
      case 0x70: case 0x67: { const line = lineText(); const at = Number(line); ok = line !== undefined && Number.isInteger(at) && (op === 0x70 ? put(at) : get(at)); break; }
      case 0x71: { const at = number(1); ok = at !== undefined && put(at); break; }
      case 0x72: { const at = number(4); ok = at !== undefined && put(at); break; }
      case 0x94: ok = put(memo.length + sparse.size); break; // MEMOIZE
      case 0x68: { const at = number(1); ok = at !== undefined && get(at); break; }
      case 0x6a: { const at = number(4); ok = at !== undefined && get(at); break; }
      case 0x63: { // GLOBAL
        const module = lineText();
        const name = lineText();
        if (module === undefined || name === undefined || !plausible(module) || !plausible(name)) ok = false;
        else pushGlobal(module.trim(), name.trim());
        break;
      }
      case 0x93: { // STACK_GLOBAL
        const name = stack.pop();
        const module = stack.pop();
        if (!name || !module) ok = false;
        else pushGlobal(textOf(module) ?? '?', textOf(name) ?? '?');
        break;
      }
      case 0x82: case 0x83: case 0x84: { // EXT1, EXT2, EXT4
        const code = number(op === 0x82 ? 1 : op === 0x83 ? 2 : 4);
        if (code === undefined) { ok = false; break; }
        events.extension(code);
        stack.push(other);
        break;
      }
      case 0x52: { // REDUCE
        const args = stack.pop();
        const callee = stack.pop();
        if (!args || !callee) ok = false;
        else call(callee, argsOf(args));
        break;
      }
      case 0x81: { // NEWOBJ
        const args = stack.pop();
        const callee = stack.pop();
        if (!args || !callee) ok = false;
        else call(callee, argsOf(args), true);
        break;
      }
      case 0x92: { // NEWOBJ_EX
        const keywords = stack.pop();
        const args = stack.pop();
        const callee = stack.pop();
        if (!args || !callee || !keywords) ok = false;
        else call(callee, [...argsOf(args), ...(keywords.kind === 'sequence' && keywords.items.length > 0 ? [keywords] : [])], true);
        break;
      }
      case 0x69: { // INST
        const module = lineText();
        const name = lineText();
        const args = stack.toMark();
        if (module === undefined || name === undefined || !args || !plausible(module)) { ok = false; break; }
        pushGlobal(module.trim(), name.trim());
        call(stack.pop()!, args);
        break;
      }
      case 0x6f: { // OBJ
        const values = stack.toMark();
        const callee = values?.[0];
        if (!values || !callee) ok = false;
        else call(callee, values.slice(1));
        break;
      }
      case 0x62: { // BUILD
        const state = stack.pop();
        const target = stack.top();
        if (!state || !target) { ok = false; break; }
        events.build(target, state);
        if (target.kind === 'call') target.state ??= state;
        if (events.afterBuild && !events.afterBuild(target, reader)) return fail('array data of unknown length');
        break;
      }
      case 0x50: { const line = lineText(); if (line === undefined) ok = false; else stack.push({ kind: 'persistent', id: { kind: 'text', value: line } }); break; }
      case 0x51: { const id = stack.pop(); if (id) stack.push({ kind: 'persistent', id }); else ok = false; break; }
      default: return fail(`no opcode 0x${op.toString(16)}`);
    }
    if (!ok) return fail(`opcode 0x${op.toString(16)} cannot be carried out`);
  }
}

/** Module and attribute names as they can be written in GLOBAL. */
function plausible(name: string): boolean {
  return name.length > 0 && name.length < 512 && !/[\u0000-\u001f\s]/.test(name.trim());
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3})|([nrtabfv\\'"]))/gi, (whole, hex?: string, short?: string, long?: string, octal?: string, sign?: string) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) { const value = Number.parseInt(code, 16); return value <= 0x10ffff ? String.fromCodePoint(value) : whole; }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return sign === 'n' ? '\n' : sign === 't' ? '\t' : sign === 'r' ? '\r' : sign ?? whole;
  });
}

/** A persistent id's or a byte string's text, for those who look for names in it. */
export function asText(value: PickleValue): string {
  return value.kind === 'text' ? value.value : value.kind === 'bytes' ? latin1(value.value) : '';
}
