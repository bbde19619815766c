import type { ModelIdentity, ModelPolicy } from '../model/model-policy.ts';
import type { DataClass } from '../model/threat.ts';
import { matchesName } from './data-classes.ts';

/** A class of data that a model must not see, and the entry of the configuration that says so. */
export interface Forbidden {
  readonly dataClass: DataClass;
  readonly entry: string;
}

/**
 * The classes that the policy keeps from a model. What any matching entry denies is forbidden; of the entries that list what is allowed the
 * longest, which is the most exact, decides. A model or a class that is not known is in no entry.
 */
export function forbiddenClasses(policy: ModelPolicy, model: ModelIdentity, classes: readonly DataClass[]): readonly Forbidden[] {
  const matching = [...policy.models].filter(([entry]) => namesModel(entry, model)).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  const allowing = matching.find(([, one]) => one.allow !== undefined);
  return classes.flatMap((dataClass): Forbidden[] => {
    const denying = matching.find(([, one]) => one.deny?.includes(dataClass));
    if (denying) return [{ dataClass, entry: denying[0] }];
    // Whatever is sent to a model is a prompt; a list of what is allowed is about what the prompt carries.
    return allowing && dataClass !== 'prompts' && !allowing[1].allow!.includes(dataClass) ? [{ dataClass, entry: allowing[0] }] : [];
  });
}

function namesModel(entry: string, { provider, name, also }: ModelIdentity): boolean {
  const owners = [provider, ...also];
  const colon = entry.indexOf(':');
  // Names of Bedrock and Ollama hold colons themselves: `llama3:8b`.
  if (colon > 0 && owners.some((owner) => matchesName(entry.slice(0, colon), owner)) && (entry.slice(colon + 1) === '*' || (name !== undefined && matchesName(entry.slice(colon + 1), name)))) return true;
  return owners.some((owner) => matchesName(entry, owner)) || (name !== undefined && matchesName(entry, name));
}
