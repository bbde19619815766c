import type { Say } from '../base/speech/speech.ts';
import type { Threat } from '../model/threat.ts';

/** The title of a threat in the language of who reads it; one of the team's own stays as it was written. */
export function titleOf(say: Say, { template, title }: Pick<Threat, 'template' | 'title'>): string {
  return say.other(`threat.${template}`, title);
}
