/** What artefact checks may ask. */
export type { ArtefactIssue, ArtefactReport } from '../artefact/report.ts';
import { hashText } from '../base/hash.ts';
import type { ArtefactReport } from '../artefact/report.ts';

/** Identity of what an artefact was found to hold: another payload in the same file is another finding. */
export function artefactIdentity(artefact: ArtefactReport, kind: string): string {
  return hashText([artefact.name, kind, ...artefact.issues.filter((one) => one.kind === kind).map((one) => `${one.member ?? ''} ${one.what}`)].join('\n')).slice(0, 32);
}
