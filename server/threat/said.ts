import type { Say } from '../base/speech/speech.ts';
import type { RiskReason, Threat } from '../model/threat.ts';

/** What a threat says in the language of who reads it: its title, why it matters, what helps. One of the team's own stays as it was written. */
export function said(say: Say, { template, title, why, mitigation }: Pick<Threat, 'template' | 'title' | 'why' | 'mitigation'>): Pick<Threat, 'title' | 'why' | 'mitigation'> {
  const id = `threat.${template}`;
  return { title: say.other(id, title), why: say.other(`${id}.why`, why), mitigation: say.other(`${id}.mitigation`, mitigation) };
}

/** What made a risk greater or smaller. */
export function reasonsOf(say: Say, reasons: readonly RiskReason[]): string {
  return reasons.map((one) => (one.because === 'holds' ? say('risk.holds', { classes: one.classes.join(', ') }) : say(`risk.${one.because}`))).join(', ');
}

/** Sentences of threats by the ids of bundles. */
export function sentencesOf({ id, title, why, mitigation }: { readonly id: string } & Pick<Threat, 'title' | 'why' | 'mitigation'>): Readonly<Record<string, string>> {
  return { [`threat.${id}`]: title, [`threat.${id}.why`]: why, [`threat.${id}.mitigation`]: mitigation };
}
