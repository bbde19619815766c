import { analyzeModule, type CodeAnalysis } from '../analysis/code/analyze.ts';
import { createKnowledge, expand, type Knowledge } from '../analysis/code/knowledge.ts';
import { kindSet, sealed } from '../analysis/code/kinds.ts';
import { createCodePrefilter, type CodePrefilter } from './code-prefilter.ts';
import type { Loader } from '../analysis/code/interpreter.ts';
import { isTest } from '../rule/paths.ts';
import { lowerCode } from '../lower/code.ts';
import { createModuleLoader } from '../lower/modules.ts';
import { classesOfName, type FilePolicy } from '../rule/model-policy.ts';
import type { CallCheck, FlowCheck, Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { LinkedSources } from '../source/sources.ts';
import type { EngineHost } from './host.ts';
import type { Guard, RuleSink } from './run-resource.ts';
import { wordsOf } from './words.ts';

/** Code rules as they are asked: calls by name, flows by sink, and what is known of libraries with the sinks that rules add. */
interface Plan {
  readonly calls: ReadonlyMap<string, readonly { readonly rule: Rule; readonly check: CallCheck }[]>;
  readonly flows: ReadonlyMap<string, readonly { readonly rule: Rule; readonly check: FlowCheck }[]>;
  readonly knowledge: Knowledge;
  readonly mayReport: CodePrefilter;
  /** Where all that is asked are checks that say words without which they report nothing: these words. */
  readonly words: readonly string[] | undefined;
}

const plans = new WeakMap<readonly Rule[], Plan>();

function planOf(rules: readonly Rule[], trusted: readonly string[]): Plan {
  const known = plans.get(rules);
  if (known) return known;
  const calls = new Map<string, { rule: Rule; check: CallCheck }[]>();
  const flows = new Map<string, { rule: Rule; check: FlowCheck }[]>();
  const put = <T>(map: Map<string, T[]>, key: string, one: T): void => {
    const own = map.get(key);
    if (own) own.push(one);
    else map.set(key, [one]);
  };
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on === 'call') for (const name of new Set(check.callees.flatMap(expand))) put(calls, name, { rule, check });
      else if (check.on === 'flow') for (const kind of check.to) for (const label of check.from) put(flows, `${label} ${kind}`, { rule, check });
    }
  }
  const checks = rules.flatMap((rule) => rule.checks.flatMap((check) => (check.on === 'flow' ? [check] : [])));
  const sanitizers = checks.flatMap((check) => (check.sanitizers ? [{ names: check.sanitizers, kinds: kindSet(...check.to) }] : []));
  const asked = rules.flatMap((rule) => rule.checks.flatMap((check) => (check.on === 'call' || check.on === 'flow' ? [undefined] : check.on === 'code' ? [check.words] : [])));
  const plan: Plan = {
    calls, flows,
    words: asked.every((words) => words !== undefined) ? asked.flat() : undefined,
    mayReport: createCodePrefilter(rules),
    knowledge: createKnowledge({ sinks: checks.flatMap((check) => check.sinks ?? []), sources: checks.flatMap((check) => check.sources ?? []), sanitizers: [...sanitizers, ...(trusted.length > 0 ? [{ names: trusted, kinds: sealed }] : [])] }),
  };
  plans.set(rules, plan);
  return plan;
}

/** What the team's configuration adds to an analysis of code. */
export interface TeamNames {
  readonly trusted: readonly string[];
  readonly policy: FilePolicy | undefined;
}

/** Of tests only settings are judged, which stand in them: what they import, which is nearly all of a program, is not run for them. */
function loaderFor({ path }: Document, sources: LinkedSources): Loader {
  const loader = createModuleLoader(sources);
  return isTest(path) ? { ...loader, load: () => undefined } : loader;
}

/** Runs all call, code and flow checks on one file or the joined cells of a notebook; gives what the analysis found. */
export function runCodeRules(rules: readonly Rule[], { trusted, policy }: TeamNames, document: Document, sources: LinkedSources, sink: RuleSink, guard: Guard, artefact?: EngineHost['inspect']): CodeAnalysis | undefined {
  if (rules.length === 0) return undefined;
  const plan = planOf(rules, trusted);
  if (plan.words?.some((word) => document.text.includes(word)) === false || (!document.cells && !plan.mayReport(document, sources))) return undefined;
  let code: CodeAnalysis | undefined;
  guard(rules[0]!, () => { code = analyzeModule(lowerCode(document), loaderFor(document, sources), plan.knowledge, policy && ((name) => classesOfName(policy, name).length > 0)); });
  if (!code) return undefined;
  const found = code;
  const contextOf = (rule: Rule) => ({ document, code: found, sources, ...(artefact ? { artefact } : {}), ...(policy ? { modelPolicy: policy } : {}), report: (report: Report) => sink(rule, document, report) });
  for (const call of found.calls) {
    for (const { rule, check } of plan.calls.get(call.name ?? '') ?? []) guard(rule, () => check.check(call, contextOf(rule)));
  }
  for (const flow of found.flows) {
    for (const { rule, check } of plan.flows.get(`${flow.label} ${flow.sink}`) ?? []) guard(rule, () => check.check(flow, contextOf(rule)));
  }
  const holds = wordsOf(document.text);
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'code') continue;
      if (check.words && !holds(check.words)) continue;
      guard(rule, () => check.check(found, contextOf(rule)));
    }
  }
  return found;
}
