import type { Resource, Value } from '../server/rule/queries.ts';
import type { ResourceContext } from '../server/rule/rule.ts';
import { sourceOf } from './_source.ts';

export const gitlabFile = '.gitlab-ci.yml';
export const azureFile = 'azure-pipelines.yml';
export const circleFile = '.circleci/config.yml';
export const bitbucketFile = 'bitbucket-pipelines.yml';

/** A job of GitLab that runs these commands. */
export const gitlabJob = (...lines: readonly string[]): string => ['train:', '  image: python:3.12@sha256:0', ...lines.map((line) => `  ${line}`), ''].join('\n');
export const azureSteps = (...lines: readonly string[]): string => ['pool:', '  vmImage: ubuntu-24.04', 'steps:', ...lines.map((line) => `  ${line}`), ''].join('\n');
export const circleSteps = (...lines: readonly string[]): string =>
  ['version: 2.1', 'jobs:', '  train:', '    docker:', '      - image: cimg/python@sha256:0', '    steps:', ...lines.map((line) => `      ${line}`), ''].join('\n');

export interface Written {
  readonly value: Value;
  /** As it stands in the file. */
  readonly text: string;
  readonly system: string;
}

/** The text of an entry, as it stands in the file. */
export function writtenAt(resource: Resource, key: string, context: ResourceContext): Written | undefined {
  const value = resource.attributes.get(key)?.value;
  const system = resource.attributes.get('ci_system')?.value;
  if (!value || system?.kind !== 'string') return undefined;
  const { path, range } = value.origin;
  return { value, text: sourceOf(context, { path, range }), system: system.value };
}

/** A part of what is written, as a place to report. */
export function partOf({ value }: Written, start: number, length: number): Value {
  const origin = { path: value.origin.path, range: { start: value.origin.range.start + start, end: value.origin.range.start + start + length } };
  return { kind: 'null', origin, at: origin };
}

/** The matches of a pattern outside of comments. */
export function found(written: Written, pattern: RegExp): readonly RegExpExecArray[] {
  return [...written.text.matchAll(pattern)].filter((match) => !/(?:^|\n)[ \t]*#[^\n]*$/.test(written.text.slice(0, match.index)));
}
