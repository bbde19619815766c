import { lookIn, mapsOf, scalar, truth, type Fix, type MapValue, type Resource, type Severity, type Value } from '../server/rule/queries.ts';
import type { RuleId } from '../server/rule/rule.ts';
import { mapOfResource, objectRule } from './_kubernetes.ts';

/** The file and the first line of the samples. */
export const file = 'Dockerfile';
export const base = 'FROM python:3.12.4@sha256:0';

export interface Instruction {
  readonly keyword: string;
  readonly text: string;
  /** `--chmod=755`, `--platform=linux/amd64`. */
  readonly flags: string;
  readonly stage: number;
  readonly final: boolean;
  readonly argument: Value;
  readonly at: Value;
}

export function instructionsOf(resource: Resource): readonly Instruction[] {
  return lookIn(mapOfResource(resource), 'instructions')
    .values.flatMap(mapsOf)
    .flatMap((map: MapValue): Instruction[] => {
      const argument = map.entries.get('argument')?.value;
      const keyword = map.entries.get('keyword')?.value;
      if (argument?.kind !== 'string' || keyword?.kind !== 'string') return [];
      return [
        {
          keyword: keyword.value.toUpperCase(),
          text: argument.value,
          flags: String(scalar(map.entries.get('flags')?.value) ?? ''),
          stage: Number(scalar(map.entries.get('stage')?.value) ?? 0),
          final: truth(map.entries.get('final')?.value) === true,
          argument,
          at: keyword,
        },
      ];
    });
}

/** The images that stages build on and that are written out, or given by the default of an ARG; stages of the file itself and `scratch` are none. */
export function baseImages(all: readonly Instruction[]): readonly { readonly image: string; readonly at: Value }[] {
  const stages = new Set<string>();
  const defaults = new Map<string, string>();
  return all.flatMap(({ keyword, text, argument, stage }) => {
    const given = keyword === 'ARG' && stage < 0 ? /^(\w+)=["']?([^"'\s]*)/.exec(text) : undefined;
    if (given) defaults.set(given[1]!, given[2]!);
    if (keyword !== 'FROM') return [];
    const [written = '', as = '', name = ''] = text.replace(/--\w+=\S+\s+/g, '').split(/\s+/);
    const image = written.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, braced: string | undefined, plain: string | undefined) => defaults.get(braced ?? plain ?? '') ?? whole,
    );
    const own = stages.has(image.toLowerCase());
    if (/^as$/i.test(as)) stages.add(name.toLowerCase());
    return own || image.includes('$') || /^scratch$/i.test(image) ? [] : [{ image, at: argument }];
  });
}

/** The commands of a RUN: shell form, or the list of the exec form as one command. */
export function commandsOf(text: string): readonly string[] {
  const exec = /^\s*\[([\s\S]*)\]\s*$/.exec(text);
  const plain = exec ? [...exec[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]).join(' ') : text.replace(/^(?:\s*--\w+=\S+)+/, '');
  return plain
    .split(/&&|\|\||[;\n|]/)
    .map((one) => one.trim().replace(/^(?:sudo|exec|time)\s+(?:-\w+\s+)*/, ''))
    .filter((one) => one !== '');
}

/** Words of an install command that name packages. */
export function packages(command: string, verb: RegExp): readonly string[] {
  const match = verb.exec(command);
  if (!match) return [];
  const words = command
    .slice(match.index + match[0].length)
    .trim()
    .split(/\s+/);
  const out: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '' || word === '\\') continue;
    if (
      /^(?:-t|--target|--virtual|--dir|-r|--requirement|-c|--constraint|-e|--editable|--prefix|--index-url|-i|--extra-index-url|--repository|-X|--registry|--default-release|-n|--name|-p|--python|--root)$/.test(
        word,
      )
    )
      at++;
    else if (/^(?:-v|--version)$/.test(word)) {
      at++;
      out.pop();
    } else if (!word.startsWith('-') && !/^[.<>2&]/.test(word) && !word.startsWith('$') && !word.startsWith('/')) out.push(word.replace(/^["']|["']$/g, ''));
  }
  return out;
}

/** A rule on the instructions of an image. */
export const instruction = (
  id: RuleId,
  title: string,
  severity: Severity,
  what: string,
  why: string,
  references: readonly string[],
  check: (all: readonly Instruction[], tell: (at: Value, message: string, fixes?: readonly Fix[]) => void, resource: Resource) => void,
  bad: string,
  good: string,
  fixed?: string | true,
) =>
  objectRule({
    id,
    title,
    severity,
    types: ['dockerfile'],
    what,
    why,
    references,
    file,
    bad,
    good,
    ...(fixed === undefined ? {} : { fixed }),
    check: (resource, tell) => check(instructionsOf(resource), tell, resource),
  });
