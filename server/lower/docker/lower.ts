import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';

/**
 * A Dockerfile as one `dockerfile` resource with its stages (`stages[].from`, `.instructions[]`). Of an image only the last stage
 * and those it builds on count, so every instruction tells whether its stage is the final one.
 */
export function lowerDockerfile(document: Document): Resource[] {
  let instructions: readonly Instruction[];
  try {
    instructions = DockerfileParser.parse(document.text).getInstructions();
  } catch {
    return [];
  }
  const { path } = document;
  const at = (range: { start: { line: number; character: number }; end: { line: number; character: number } }): Origin => ({
    path,
    range: {
      start: document.lines.offset({ line: range.start.line, column: range.start.character }),
      end: document.lines.offset({ line: range.end.line, column: range.end.character }),
    },
  });
  const from = instructions.filter((one) => one.getKeyword() === 'FROM');
  const last = from.at(-1);
  if (!last) return [];
  const whole: Origin = { path, range: { start: 0, end: document.text.length } };
  let stage = -1;
  const items = instructions.flatMap((one): Value[] => {
    const keyword = one.getKeyword();
    if (keyword === 'FROM') stage++;
    const origin = at(one.getRange());
    const args = one.getArguments();
    const first = args[0];
    const end = args.at(-1);
    const argumentOrigin = first && end ? { path, range: { start: at(first.getRange()).range.start, end: at(end.getRange()).range.end } } : origin;
    const raw = document.text.slice(argumentOrigin.range.start, argumentOrigin.range.end).replace(/\\\r?\n/g, '  ');
    const entry = (key: string, value: Value): [string, MapEntry] => [key, { key, keyOrigin: at(one.getInstructionRange()), value }];
    const string = (value: string, place: Origin): Value => ({ kind: 'string', value, origin: place, at: place });
    return [{
      kind: 'map', complete: true, origin, at: origin,
      entries: new Map([
        entry('keyword', string(keyword, at(one.getInstructionRange()))),
        entry('argument', string(raw, argumentOrigin)),
        entry('flags', string(document.text.slice(at(one.getInstructionRange()).range.end, argumentOrigin.range.start).trim(), origin)),
        entry('first', string(first?.getValue() ?? '', first ? at(first.getRange()) : origin)),
        entry('final', { kind: 'boolean', value: stage === from.length - 1, origin, at: origin }),
        entry('stage', { kind: 'number', value: stage, origin, at: origin }),
      ]),
    }];
  });
  const header = at((last.getArguments()[0] ?? last).getRange());
  return [{
    type: 'dockerfile', name: last.getArguments()[0]?.getValue() ?? 'image', address: 'dockerfile', dialect: 'dockerfile',
    origin: whole, header,
    attributes: new Map([['instructions', { key: 'instructions', keyOrigin: whole, value: { kind: 'list', items, complete: true, origin: whole, at: whole } }]]),
    complete: true, companions: [], mode: 'managed',
  }];
}
