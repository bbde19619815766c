import type { RelatedPlace } from './finding.ts';
import type { Fix } from './fix.ts';
import type { Origin } from './origin.ts';

/** Something wrong with a file of the team's own: configuration, suppression, baseline, custom rule. It is not a finding. */
export interface Problem extends Origin {
  /** `config/unknown-key`: kind of file and bad state. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence, as a finding's message. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** The way that data took, or another place that explains it. */
  readonly related?: readonly RelatedPlace[];
}
