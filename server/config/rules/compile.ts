import { severities, type Confidence, type Severity } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import type { MapValue } from '../../model/value.ts';
import { referenceOf } from '../../rule/references.ts';
import { scalar } from '../../rule/queries.ts';
import { defineRule, type Check, type Example, type Rule } from '../../rule/rule.ts';
import type { Document } from '../../source/document.ts';
import { readMap } from '../file.ts';
import type { KnownNames } from '../shape.ts';
import { validate } from '../validate.ts';
import type { Tell } from './condition.ts';
import { stringsOf, type Definition } from './definition.ts';
import { callCheck, taintCheck } from './code-rules.ts';
import { documentCheck } from './document-rule.ts';
import { policyCheck } from './policy-rule.ts';
import { resourceCheck } from './resource-rule.ts';
import { rulesShape } from './shape.ts';
import { textCheck } from './text-rule.ts';

/** A rule of the team's, with where it is written. */
export interface TeamRule {
  readonly rule: Rule;
  readonly definition: MapValue;
}

export interface CompiledRules {
  readonly rules: readonly TeamRule[];
  readonly problems: readonly Problem[];
}

const kinds: Readonly<Record<string, (definition: Definition) => Check | undefined>> = { resource: resourceCheck, policy: policyCheck, call: callCheck, taint: taintCheck, text: textCheck, document: documentCheck };

/** Compiles a file of the team's rules to the same objects that the built-in rules are. A rule with an error is left out. */
export function compileRules(document: Document, directory: string, known: KnownNames): CompiledRules {
  const { map, problems: syntax } = readMap(document);
  if (!map) return { rules: [], problems: syntax };
  const problems: Problem[] = [...syntax, ...validate(map, rulesShape, known)];
  const rules: TeamRule[] = [];
  const list = map.entries.get('rules')?.value;
  const seen = new Set<string>(known.rule);
  for (const item of list?.kind === 'list' ? list.items : []) {
    if (item.kind !== 'map') continue;
    const compiled = compileRule(item, directory, known, seen, problems);
    if (compiled) rules.push({ rule: compiled, definition: item });
  }
  return { rules, problems };
}

function compileRule(map: MapValue, directory: string, known: KnownNames, seen: Set<string>, problems: Problem[]): Rule | undefined {
  let broken = false;
  const tell: Tell = (at, message) => {
    broken = true;
    problems.push({ ...at, code: 'rules/wrong', severity: 'error', message, fixes: [] });
  };
  const text = (name: string): string | undefined => {
    const value = scalar(map.entries.get(name)?.value);
    return typeof value === 'string' ? value : undefined;
  };
  const id = text('id');
  const kind = text('kind');
  const message = text('message');
  if (id === undefined || kind === undefined || message === undefined || !/^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return undefined;
  const at = map.entries.get('id')!.value.at;
  if (!known.category.includes(id.slice(0, id.indexOf('/')))) tell(at, `"${id.slice(0, id.indexOf('/'))}" is no category; the categories are ${known.category.join(', ')}.`);
  if (seen.has(id)) tell(at, `There is another rule ${id}.`);
  seen.add(id);
  if (/[\r\n]/.test(message)) tell(map.entries.get('message')!.value.at, 'The message must be one line.');
  const references = stringsOf(map.entries.get('references')?.value);
  for (const [index, reference] of references.entries()) {
    const value = map.entries.get('references')!.value;
    if (!referenceOf(reference)) problems.push({ ...(value.kind === 'list' ? value.items[index]! : value).at, code: 'rules/unknown-reference', severity: 'warning', message: `"${reference}" is no known weakness or control.`, fixes: [] });
  }
  const check = kinds[kind]?.({ map, directory, tell, message: (words) => message.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole) });
  if (!kinds[kind]) return undefined;
  if (!check || broken) return undefined;
  const severity = text('severity') as Severity | undefined;
  const confidence = text('confidence') as Confidence | undefined;
  return defineRule({
    id: id as Rule['id'],
    title: text('title') ?? id,
    severity: severity && severities.includes(severity) ? severity : 'medium',
    confidence: confidence && ['high', 'medium', 'low'].includes(confidence) ? confidence : 'high',
    references: references.filter((one) => referenceOf(one)),
    what: text('title') ?? message,
    why: text('why') ?? 'The team has agreed on this rule.',
    whenNotToUse: 'The team decides; see the file that defines the rule.',
    tags: ['team', ...stringsOf(map.entries.get('tags')?.value)],
    ...(map.entries.has('fix') ? {} : { noFix: 'The rule defines no fix.' }),
    checks: [check],
    examples: examplesOf(map),
  });
}

function examplesOf(map: MapValue): readonly Example[] {
  const list = map.entries.get('examples')?.value;
  return (list?.kind === 'list' ? list.items : []).flatMap((item): Example[] => {
    if (item.kind !== 'map') return [];
    const text = (name: string): string | undefined => {
      const value = scalar(item.entries.get(name)?.value);
      return typeof value === 'string' ? value : undefined;
    };
    const file = text('file');
    const [bad, good, fixed] = [text('bad'), text('good'), text('fixed')];
    return file === undefined ? [] : [{ file, ...(bad === undefined ? {} : { bad }), ...(good === undefined ? {} : { good }), ...(fixed === undefined ? {} : { fixed }) }];
  });
}
