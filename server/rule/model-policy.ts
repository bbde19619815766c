import { declaredClasses, dataClassesOf } from '../analysis/data-classes.ts';
import { sensitiveName } from '../analysis/code/sensitive.ts';
import { modelCalled } from '../analysis/code/knowledge.ts';
import { modelIdentity } from '../analysis/code/model-identity.ts';
import { forbiddenClasses, type Forbidden } from '../analysis/model-policy.ts';
import { dataOf } from '../analysis/code/stores.ts';
import type { CodeFlow } from '../analysis/code/events.ts';
import type { ModelIdentity, ModelPolicy } from '../model/model-policy.ts';
import type { DataClass } from '../model/threat.ts';

/** A policy as it holds in one file, with the names that comments of the file give a class. */
export interface FilePolicy {
  readonly policy: ModelPolicy;
  readonly annotated: ReadonlyMap<string, readonly DataClass[]>;
}

/** Classes of what a name in code stands for: declared, said in a comment, or certain from the name. */
export function classesOfName({ policy, annotated }: FilePolicy, name: string): readonly DataClass[] {
  const said = annotated.get(name) ?? [];
  const declared = declaredClasses(name, policy.dataClasses);
  const label = sensitiveName(name);
  const certain = label === 'secret' ? ['credentials'] : label === 'personal' ? certainClass(name) : [];
  return [...new Set([...said, ...declared, ...certain])].sort();
}

const financial = /iban|card|cvv|cvc|^pan$|bank|account|salary|income|tax/i;
const health = /diagnos|hiv|medical|health|mrn|genetic/i;

function certainClass(name: string): readonly DataClass[] {
  return health.test(name) ? ['health'] : financial.test(name) ? ['financial'] : ['personal'];
}

/** A class of data that reaches a model which must not see it. */
export interface Breach extends Forbidden {
  readonly model: ModelIdentity;
  /** What carries the data: `patient.diagnosis`, `data of patients`. */
  readonly what: string;
  /** The class is only suggested by the name of a store. */
  readonly inferred: boolean;
}

/** How a flow into a model breaks the policy; empty where the model, or the class of the data, is not known. */
export function breachesOf(flow: CodeFlow, file: FilePolicy): readonly Breach[] {
  const { call, taint } = flow;
  if (!call || call.name === undefined) return [];
  const model = modelIdentity(call, modelCalled(call.name)?.model);
  if (!model) return [];
  const store = dataOf(taint.what);
  const names = store === undefined ? taint.what.split('.') : store.split(', ');
  const known = new Set(names.flatMap((name) => classesOfName(file, name)));
  const suggested = store === undefined ? [] : dataClassesOf(names).filter((one) => !known.has(one));
  return forbiddenClasses(file.policy, model, [...known, ...suggested].sort()).map((one): Breach => ({ ...one, model, what: taint.what, inferred: !known.has(one.dataClass) }));
}

/** How a model reads in a sentence: `gpt-4.1 of openai`. */
export function modelWords({ provider, name }: ModelIdentity): string {
  return name === undefined ? `a model of ${provider}` : name.includes(provider) ? name : `${name} of ${provider}`;
}
